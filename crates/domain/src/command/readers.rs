//! Commands about who reads what carriers pass on (只转送).

use super::{Needs, Role};
use crate::command;
use crate::ids::NodeKey;
use crate::pairing::Fingerprint;
use serde::{Deserialize, Serialize};

command! {
    /// Which computers may read what carriers pass on, and which others read everything as far as it is known here.
    ShowReaders in competition = "readers.show", Query, Needs::AnyOf(&[Role::Organiser]), {} => Readers
}

command! {
    /// Has these computers, and this one, read what carriers pass on; whoever is left out gets a key no more. Or says what that would change.
    GrantReaders in competition = "readers.grant", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// By their public keys; this one is always among them.
        nodes: Vec<NodeKey>,
        /// Only say what it would change.
        #[serde(default)]
        preview: bool
    } => ReadersEffect
}

/// Reply of [`ShowReaders`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readers {
    /// This computer carries what it may not read itself: it grants nothing.
    pub carries: bool,
    /// The computer above does: without a key nothing goes up that it may not read.
    pub above_carries: bool,
    /// There is a key that this computer encrypts to.
    pub has_key: bool,
    /// There are keys, none of them of a computer that this one trusts. Who granted the latest.
    pub untrusted: Option<Reader>,
    /// Records here that are encrypted and do not open.
    pub unopened: u64,
    /// Of these, those that should open and do not: they were changed on the way.
    pub damaged: u64,
    /// Computers that read everything, this one first.
    pub nodes: Vec<ReaderRow>,
}

/// A computer, as people compare it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// Its public key.
    pub key: NodeKey,
    /// What two people compare by voice.
    pub fingerprint: Fingerprint,
    /// Its name, as it says it; empty where only its key is known.
    pub name: String,
}

/// A computer that may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderRow {
    /// Which.
    #[serde(flatten)]
    pub reader: Reader,
    /// It is this one.
    pub own: bool,
    /// It opens what is encrypted now.
    pub reads: bool,
    /// It is behind a computer that carries: what is known of it came through that one, signed by it.
    pub behind: bool,
}

/// Reply of [`GrantReaders`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadersEffect {
    /// Computers that will read and did not.
    pub added: Vec<Reader>,
    /// Computers that will read no more what is written from now on.
    pub left_out: Vec<Reader>,
    /// A new key is made.
    pub fresh: bool,
    /// It was done.
    pub applied: bool,
}
