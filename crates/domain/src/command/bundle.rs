//! Commands about bundles (介质包): what is carried between computers in a file, and competitions for whoever wants to verify them.

use super::files::Upload;
use super::{Needs, Role};
use crate::command;
use crate::ids::CompetitionId;
use serde::{Deserialize, Serialize};

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleWhat {
    /// What the computer above has not receipted, encrypted to it.
    Lacking,
    /// Everything, encrypted to the computer above.
    Everything,
    /// The whole competition for everyone, without what is about persons.
    Published,
    /// Receipts for the computers below.
    Receipts,
}

impl BundleWhat {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Lacking, Self::Everything, Self::Published, Self::Receipts];

    /// Its word in names of files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lacking | Self::Everything => "records",
            Self::Published => "published",
            Self::Receipts => "receipts",
        }
    }
}

command! {
    /// Makes a bundle and puts it into the folder of exports, whole or not at all.
    ExportBundle in competition = "bundle.export", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// What goes into it.
        what: BundleWhat
    } => BundleMade
}

command! {
    /// Takes a bundle in: records from a computer below, or receipts from the one above. The same bundle twice changes nothing.
    ImportBundle = "bundle.import", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// The bundle.
        file: Upload
    } => BundleTaken
}

command! {
    /// As [`ImportBundle`], of a file on this computer that is read where it lies, up to 1 GiB. Only the window takes a path: whoever uses it
    /// sits at this computer.
    ImportBundleFrom = "bundle.import_from", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Full path.
        path: String
    } => BundleTaken
}

/// A bundle that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleMade {
    /// Full path.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Logs in it.
    pub logs: u32,
    /// Records in it.
    pub records: u64,
    /// Of these, without their bodies, because they are about persons.
    pub withheld: u64,
    /// Receipts in it.
    pub receipts: u32,
    /// It is as long as a bundle may be and not all of it fitted: the rest goes into the next one, when the receipts for this one are here.
    #[serde(default)]
    pub more: bool,
}

/// What a bundle was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleKind {
    /// Records from a computer below.
    Records,
    /// Receipts from the computer above.
    Receipts,
}

/// What became of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleTaken {
    /// Which competition.
    pub competition: CompetitionId,
    /// What it was for.
    pub kind: BundleKind,
    /// Public key of the computer that made it.
    pub from: String,
    /// When, in milliseconds since 1970 by its clock.
    pub made_at: i64,
    /// Records that were not here before.
    pub new: u64,
    /// Records that were here already.
    pub known: u64,
    /// Receipts that are newer than those here.
    pub receipts: u32,
    /// Each log in it.
    pub logs: Vec<BundleLog>,
}

impl BundleTaken {
    /// Logs that could not be taken in whole.
    pub fn left_out(&self) -> impl Iterator<Item = &BundleLog> {
        self.logs.iter().filter(|log| log.became != Became::Held)
    }
}

/// What became of a log in a bundle. All of it was taken in, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleLog {
    /// Its id.
    pub log: String,
    /// Number of the first record in the bundle.
    pub first: u64,
    /// Number of the last.
    pub last: u64,
    /// What became of it.
    pub became: Became,
}

/// What became of the records of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Became {
    /// All of them are durable here.
    Held,
    /// Records are missing before them: an earlier bundle comes first.
    Missing {
        /// The number wanted next.
        expected: u64,
    },
    /// They follow another record than the one here: the bundle with everything is needed.
    Diverged,
    /// Another branch stands here; they are kept apart.
    Apart {
        /// First number with two records.
        at: u64,
    },
}
