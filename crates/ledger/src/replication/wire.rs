//! What travels between two nodes. JSON; the bytes of a record travel as the text they are.

use crate::hash::{Hash, LogId, ScopeId};
use crate::log::Record;
use crate::replication::{Receipt, Sealed};
use crate::signature::Signature;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A record on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Header bytes; strict JSON, so text.
    pub header: String,
    /// Salt of the body; nothing where the body is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<Hash>,
    /// Body bytes; strict JSON, so text. Nothing where it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Of the checkpoint at this record, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// Its body was erased where it comes from: nobody has it to send. A fact that names it says so too, here or on its way.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
    /// Salt and body as whoever carries it without reading it gets them, in the place of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
}

impl Carried {
    /// The record, named by the hash of the header that came.
    #[must_use]
    pub fn record(&self) -> Record {
        Record {
            hash: Hash::of(self.header.as_bytes()),
            header: self.header.clone().into_bytes(),
            salt: self.salt.map_or([0; 32], |salt| *salt.bytes()),
            body: self.body.clone().unwrap_or_default().into_bytes(),
        }
    }

    /// Leaves the body out, and the salt with which somebody could try out what it was.
    pub(crate) fn withhold(&mut self) {
        (self.salt, self.body, self.erased, self.sealed) = (None, None, false, None);
    }

    /// Puts salt and body, which were encrypted, in their places. Whether they are those of the record is verified as ever.
    pub fn open(&mut self, salt: Hash, body: String) {
        (self.salt, self.body, self.sealed) = (Some(salt), Some(body), None);
    }
}

/// Records of one log without a gap, the last with a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// Scope.
    pub scope: ScopeId,
    /// Log.
    pub log: LogId,
    /// Number of the first record.
    pub from: u64,
    /// The records.
    pub records: Vec<Carried>,
}

/// Answer to a [`Push`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "answer", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "one at a time, on its way to be written down")]
pub enum Pushed {
    /// All of it is durable here (now or before).
    Receipt(Receipt),
    /// Records are missing before it.
    Gap {
        /// The number that is wanted next.
        expected: u64,
    },
    /// The first record does not follow what is here: an earlier one is another.
    Diverged,
    /// From this number on another branch stands here. What came is kept apart and reported.
    Fork {
        /// First number with two records.
        at: u64,
    },
}

/// What an upstream holds of a scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// Incarnation of its store.
    pub incarnation: Hash,
    /// The number wanted next of each log.
    pub next: BTreeMap<LogId, u64>,
    /// Hash of the last record of each: whoever holds as many may hold another branch.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub last: BTreeMap<LogId, Hash>,
    /// It carries what it may not read: that is sent to it encrypted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub carrier: bool,
}

impl Heads {
    /// As it counts for a node that sends what is public and pulls nothing: a log is held as far as a receipt says so, and no further, so that what the
    /// answer with its receipt was lost of is sent again. `reached`: the last record of each log that a receipt of this incarnation covers.
    #[must_use]
    pub fn as_receipted(mut self, reached: &BTreeMap<LogId, u64>) -> Self {
        self.next =
            self.next.into_iter().filter_map(|(log, next)| Some((log, next.min(reached.get(&log)? + 1)))).collect();
        self.last.retain(|log, _| self.next.contains_key(log));
        self
    }
}

/// Where a log ends, for whoever says so: it has the log up to this record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tip {
    /// Number of the record.
    pub seq: u64,
    /// Hash of its header.
    pub head: Hash,
}

/// Asks for records that were accepted after a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pull {
    /// Scope.
    pub scope: ScopeId,
    /// Cursor of the last record that is known; 0 for none.
    pub after: u64,
    /// At most about so many records (a batch ends at a checkpoint of every log in it or goes on with the next).
    pub limit: u64,
    /// Hash of the record at that cursor, where it is known: a store that was copied back keeps its incarnation and gives its cursors out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Hash>,
    /// Of whoever begins at a store it has not asked before, and has most of it from another: what it has. It need not come again. Logs of which it
    /// lacks a body that it may read are not among them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub known: BTreeMap<LogId, Tip>,
    /// What the last answer that was kept said of the receipts in it ([`Pulled::receipts_until`]): they need not come again. Whoever says nothing of
    /// them is of an older build, and gets all of them every time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipts_after: Option<ReceiptMark>,
}

impl Pull {
    /// Asks for this stretch, saying nothing of what is known.
    #[must_use]
    pub const fn after(scope: ScopeId, after: u64, limit: u64) -> Self {
        Self { scope, after, limit, head: None, known: BTreeMap::new(), receipts_after: None }
    }
}

/// Answer to a [`Pull`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pulled {
    /// Incarnation of the store that answers; cursors of another one mean nothing here.
    pub incarnation: Hash,
    /// Cursor of the last record below. Less than was asked from: that cursor was never given out here.
    pub cursor: u64,
    /// Are there more?
    pub more: bool,
    /// The records, in the order in which they were accepted: runs of one log each, every run ending with a checkpoint. Runs that are known may be
    /// left out, but not the one that ends at the cursor.
    pub runs: Vec<Push>,
    /// Receipts of the upstream's own upstream, the newest of each log, but for those that came up to [`Pull::receipts_after`].
    pub receipts: Vec<Receipt>,
    /// Incarnation of headquarters, as far as the upstream knows it: only its receipts from there count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Hash>,
    /// To a node that carries: the readers' key that bodies are encrypted to, if there is one. What was handed out before there was is asked for again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers: Option<Hash>,
    /// How far the receipts of headquarters go that the upstream has, for whoever asked what came after a mark. Where it does not count them, all come
    /// every time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipts_until: Option<ReceiptMark>,
}

impl Pulled {
    /// That a store is there, how far it goes, and nothing else.
    #[must_use]
    pub const fn up_to(incarnation: Hash, cursor: u64) -> Self {
        Self {
            incarnation,
            cursor,
            more: false,
            runs: Vec::new(),
            receipts: Vec::new(),
            root: None,
            readers: None,
            receipts_until: None,
        }
    }
}

/// A place in the order in which a node came by the receipts of headquarters for a scope. It says nothing to anybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReceiptMark {
    /// The order: random, another one each time the node starts or counts anew.
    pub order: Hash,
    /// The place.
    pub at: u64,
}

impl ReceiptMark {
    /// Before all receipts of any order.
    pub const NONE: Self = Self { order: Hash::ZERO, at: 0 };
}
