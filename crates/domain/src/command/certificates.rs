//! Certificates (获奖证书): who gets one, their numbers, the pictures they are printed with.

use super::files::Upload;
use super::{Needs, Role};
use crate::command;
use crate::fact::Certificate;
use crate::ids::{EntryId, EventId};
use jiangsai_scoring::Text;
use serde::{Deserialize, Serialize};

command! {
    /// The certificates of an event: those to be issued and those that were.
    ListCertificates in competition = "certificates.list", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Where the rulebook has no awards: for the first so many ranks; 0 for all.
        top: u32
    } => CertificateList
}

/// Reply of [`ListCertificates`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateList {
    /// Certificates, the highest award first.
    pub rows: Vec<CertificateRow>,
    /// Those of them that have no number yet, or one that issuing on two computers at once left open.
    pub unissued: u32,
    /// Numbers given to entries that no longer have the award: they stay on record and are not given again.
    pub superseded: Vec<String>,
    /// Results are final and what was confirmed, so numbers can be given.
    pub finalised: bool,
    /// Pictures that are there.
    pub pictures: Vec<Picture>,
}

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateRow {
    /// Whose.
    pub entry: EntryId,
    /// The award by its id in the rulebook; `None` for a rank.
    pub award: Option<String>,
    /// Name of the award; empty for a rank.
    pub title: Text,
    /// The rank.
    pub rank: Option<u32>,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// What was issued; `None` while it has no number.
    pub certificate: Option<Certificate>,
}

command! {
    /// Gives numbers and verification ids to the certificates that have none, in the order of the list. Answers how many.
    IssueCertificates in competition = "certificates.issue", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Which event.
        event: EventId,
        /// How a number is written: a row of `#` stands for the running number, filled up with zeros.
        pattern: String,
        /// The first running number. Numbers that were given before are passed over.
        first: u32,
        /// Where the rulebook has no awards: for the first so many ranks; 0 for all.
        top: u32
    } => u32
}

/// A picture for certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// What lies under the whole page, A4 landscape.
    Background,
    /// The seal of the issuer, best as a PNG that can be seen through.
    Seal,
}

command! {
    /// Keeps a picture on this computer for the certificates of this competition, or removes it.
    SetArtwork in competition = "certificates.artwork", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Which picture.
        picture: Picture,
        /// A PNG or JPEG; `None` removes it.
        file: Option<Upload>
    } => ()
}
