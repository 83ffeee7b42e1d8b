//! What is under way between nodes of the model.

use crate::disk::Rec;
use jiangsai_ledger::replication::{Heads, Pulled, Pushed, Receipt, Tip};
use jiangsai_ledger::{Hash, LogId, ScopeId, Signature};
use std::collections::BTreeMap;

#[derive(Clone)]
pub enum Request {
    Heads,
    Push(Vec<Rec>),
    /// Cursor, limit, the record that is known at the cursor, and what whoever asks has from elsewhere.
    Pull(u64, u64, Option<Hash>, BTreeMap<LogId, Tip>),
}

#[derive(Clone)]
pub enum Reply {
    Heads(Heads),
    Pushed(Pushed),
    /// The message as it is, and the records the model carries beside it.
    Pulled(Pulled, Vec<Vec<Rec>>),
    /// No: what came did not verify.
    Refused,
    /// The connection broke.
    Broken,
}

#[derive(Clone)]
pub enum Message {
    Request(Request),
    Reply(Reply),
}

#[derive(Clone)]
pub struct Envelope {
    /// Who asked, and its how manieth question.
    pub asker: usize,
    pub question: u64,
    pub server: usize,
    pub message: Message,
    /// Sent again by the network.
    pub copy: bool,
}

pub fn hash(number: u64) -> Hash {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Hash::from_bytes(&bytes).unwrap()
}

/// The key of a node, as receipts name it.
pub fn issuer(node: usize) -> Hash {
    hash(10 + node as u64)
}

/// A receipt of a node for a log up to a record.
pub fn receipt(node: usize, incarnation: Hash, last: &Rec) -> Receipt {
    Receipt {
        issuer: issuer(node),
        incarnation,
        scope: ScopeId::new(Hash::ZERO),
        log: LogId::new(*last.log.hash()),
        seq: last.seq,
        head: last.hash,
        at: 0,
        signature: Signature([0; 64]),
    }
}
