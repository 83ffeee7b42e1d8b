//! A bundle (介质包): the records of one scope in a file, for where there is no network. The same words as over the network
//! ([`crate::replication`]) with a head that says from whom and for whom, and a seal over all of it.
//!
//! Reading allocates nothing that a length in the file asks for: lengths are held against their limits and against what is there first.
//! Left out: encryption, files, and what is taken in of it. The format is described in `docs/protocol.md`.

mod check;
mod place;
mod read;
mod seal;
mod write;

pub use check::{Bundle, check};
pub use place::{Place, Wrong};
pub use read::looks_like;
pub use write::write;

use crate::hash::{Hash, LogId, ScopeId};
use crate::header::{Class, Header};
use crate::replication::{Carried, Push, Receipt};
use crate::signature::Signature;

/// First line of a bundle.
pub const TYPE: &str = "jiangsai.bundle.v1";

/// Most bytes of a bundle.
pub const LONGEST: u64 = 1 << 30;

/// What a bundle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Records on their way to the node above.
    Records,
    /// A whole scope, for whoever wants to verify it; bodies may be withheld.
    Published,
    /// Receipts on their way back.
    Receipts,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Records, Self::Published, Self::Receipts];

    /// Its word in the head.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Published => "published",
            Self::Receipts => "receipts",
        }
    }

    /// May the body of a record be left out? Never of the first of a log, which says its key. A published bundle leaves out what is about persons,
    /// and of that the header tells class and audience. Of records on their way up only what was erased has no body.
    #[must_use]
    pub fn may_lack(self, header: &Header) -> bool {
        let fits = match (self, header.class) {
            (Self::Published, Class::Roster) => header.audience == "registrars",
            (Self::Published, Class::Mark) => header.audience == "scoring" || header.audience.starts_with("desk:"),
            (Self::Published, Class::Ruling | Class::Bulletin) => header.audience == "scoring",
            (Self::Published, _) => false,
            _ => header.class != Class::Trust && header.audience != "public",
        };
        fits && header.seq > 0
    }
}

/// The head of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// What it is for.
    pub kind: Kind,
    /// The scope of all that is in it.
    pub scope: ScopeId,
    /// Public key of the node that made it.
    pub from: Hash,
    /// Public key of the node it is for; `None` for everyone.
    pub to: Option<Hash>,
    /// Incarnation of the store it was made from.
    pub incarnation: Hash,
    /// Milliseconds since 1970 by its maker's clock: information only.
    pub at: i64,
}

/// A record in a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Its name: the hash of its header.
    pub hash: Hash,
    /// Header bytes, which are text.
    pub header: String,
    /// Salt and body bytes; `None` where they are withheld.
    pub body: Option<(Hash, String)>,
    /// Of the checkpoint at this record, if there is one.
    pub signature: Option<Signature>,
}

impl From<Carried> for Packed {
    fn from(one: Carried) -> Self {
        let hash = Hash::of(one.header.as_bytes());
        Self { hash, header: one.header, body: one.salt.zip(one.body), signature: one.signature }
    }
}

/// Records of one log without a gap, the last with a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Log.
    pub log: LogId,
    /// Number of the first record.
    pub from: u64,
    /// The records.
    pub records: Vec<Packed>,
}

impl From<Push> for Run {
    fn from(push: Push) -> Self {
        Self { log: push.log, from: push.from, records: push.records.into_iter().map(Packed::from).collect() }
    }
}

impl Run {
    /// As it goes over the network. A body that is left out was erased: those of published bundles are not taken in.
    #[must_use]
    pub fn push(self, scope: ScopeId) -> Push {
        let carry = |one: Packed| {
            let erased = one.body.is_none();
            let (salt, body) = one.body.unzip();
            Carried { header: one.header, salt, body, signature: one.signature, erased, sealed: None }
        };
        let records = self.records.into_iter().map(carry).collect();
        Push { scope, log: self.log, from: self.from, records }
    }
}

/// What goes into a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Runs, in the order in which they stand.
    pub runs: Vec<Run>,
    /// Receipts.
    pub receipts: Vec<Receipt>,
}
