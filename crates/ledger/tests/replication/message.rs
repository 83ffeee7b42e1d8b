//! What is under way between nodes of the model.

use crate::disk::Rec;
use jiangsai_ledger::replication::{Heads, Pull, Pulled, Pushed, Receipt};
use jiangsai_ledger::{Hash, LogId, ScopeId, Signature};

#[derive(Clone)]
pub enum Request {
    Heads,
    Push(Vec<Rec>),
    Pull(Pull),
}

#[derive(Clone)]
pub enum Reply {
    Heads(Heads),
    Pushed(Pushed),
    /// The message as it is, the records the model carries beside it, and the receipts of headquarters that the server has.
    Pulled(Pulled, Vec<Vec<Rec>>, Vec<Receipt>),
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
