//! Verifying: every hash, the chain without gaps, every signature. The first fault is named.

use crate::body::Body;
use crate::checkpoint::Checkpoint;
use crate::hash::{Hash, LogId, ScopeId};
use crate::header::{Class, Header};
use crate::log::Record;
use crate::replication::{Reads, opening};
use crate::{LONGEST_BODY, LONGEST_HEADER};
use ed25519_dalek::VerifyingKey;
use std::collections::BTreeMap;

/// What is wrong with a record or checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// Header bytes are not a header.
    #[error("header: not a header")]
    HeaderForm,
    /// Body bytes are not a body.
    #[error("body: not a body")]
    BodyForm,
    /// Header or body over its limit.
    #[error("too long")]
    TooLong,
    /// The hash it is stored under is not the hash of its header.
    #[error("hash: not the hash of the header")]
    Hash,
    /// The body is withheld where it has to be whole.
    #[error("body: missing")]
    Withheld,
    /// The body is not the one the header commits to.
    #[error("body: not the one its header commits to")]
    Body,
    /// What is encrypted is not as long as a body, or stands beside what it takes the place of.
    #[error("sealed: not an encrypted body")]
    Sealed,
    /// A body that came encrypted and that its key does not open: it was changed on the way, or is of another record.
    #[error("sealed: does not open")]
    Unopened,
    /// A body is legible where the node may not read it.
    #[error("body: not for this node")]
    Plain,
    /// A display order so far beyond any that was seen that no work explains it.
    #[error("order: far beyond any that is known")]
    Order,
    /// Another scope than the log's.
    #[error("scope: not this scope")]
    Scope,
    /// It is not the next record of its log.
    #[error("seq: a record is missing before it")]
    Gap,
    /// It does not name the header before it.
    #[error("prev: not the hash of the header before")]
    Prev,
    /// The first record of a log does not open it.
    #[error("body: does not open the log")]
    Opening,
    /// A checkpoint is of a header that the log does not have.
    #[error("checkpoint: of another header")]
    CheckpointHead,
    /// A signature that the log's key did not make.
    #[error("checkpoint: signature does not verify")]
    Signature,
    /// Records after the last checkpoint: nobody vouches for them.
    #[error("checkpoint: missing")]
    Unsigned,
}

/// The first fault of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("log {log}, record {seq}: {what}")]
pub struct Fault {
    /// Which log.
    pub log: LogId,
    /// Which record.
    pub seq: u64,
    /// What is wrong.
    pub what: What,
}

/// What can be said of one record by itself: lengths, form, both hashes, scope.
pub(crate) fn examine(scope: ScopeId, seq: u64, record: &Record) -> Result<(Header, Body), What> {
    if record.body.len() > LONGEST_BODY {
        return Err(What::TooLong);
    }
    let header = examine_header(scope, seq, record.hash, &record.header)?;
    if Hash::of_two(&record.salt, &record.body) != header.body {
        return Err(What::Body);
    }
    let body = Body::read(&record.body).map_err(|_| What::BodyForm)?;
    Ok((header, body))
}

/// What can be said of one record whose body may be withheld, unless everybody may read it. One whose body was erased has it nowhere. Who has to have more
/// of it than that is said by whoever takes it ([`crate::replication::Batch`]).
pub(crate) fn examine_part(
    scope: ScopeId,
    seq: u64,
    record: &Record,
    erased: bool,
) -> Result<(Header, Option<Body>), What> {
    if !record.is_withheld() {
        return examine(scope, seq, record).map(|(header, body)| (header, Some(body)));
    }
    let header = examine_header(scope, seq, record.hash, &record.header)?;
    // What opens logs, adopts branches or is for everybody names nobody.
    let needed = header.audience == "public" || (erased && header.class == Class::Trust);
    if needed { Err(What::Withheld) } else { Ok((header, None)) }
}

/// What can be said of a header whose body may be elsewhere: length, hash, form, scope.
pub(crate) fn examine_header(scope: ScopeId, seq: u64, hash: Hash, bytes: &[u8]) -> Result<Header, What> {
    if bytes.len() > LONGEST_HEADER {
        return Err(What::TooLong);
    }
    if Hash::of(bytes) != hash {
        return Err(What::Hash);
    }
    let header = Header::read(bytes).map_err(|_| What::HeaderForm)?;
    // The record that founds a scope cannot name it: it is named by this very record.
    let founds = seq == 0 && hash == *scope.hash();
    if header.scope != if founds { Hash::ZERO } else { *scope.hash() } {
        return Err(What::Scope);
    }
    Ok(header)
}

/// What was verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Records.
    pub records: u64,
    /// Of these, without their bodies: for others to read.
    pub withheld: u64,
    /// Of these, without bodies that were erased.
    pub erased: u64,
    /// Checkpoints.
    pub checkpoints: u64,
    /// Last record of each log.
    pub heads: BTreeMap<LogId, (u64, Hash)>,
}

/// Verifies a scope record by record; records of a log come in order, each log's checkpoints with or after the records they name.
#[derive(Debug)]
pub struct Verifier {
    scope: ScopeId,
    logs: BTreeMap<LogId, Log>,
    done: Verified,
    /// The first record without a body that judges' desks read.
    lacking: Option<Fault>,
    /// A body is here that is not public.
    holds_more: bool,
}

/// Why a record may have no body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// It is for others to read.
    Withheld,
    /// It was erased.
    Erased,
    /// It cannot be read here.
    Unread,
}

#[derive(Debug)]
struct Log {
    key: VerifyingKey,
    /// Hash of each record, by number.
    hashes: Vec<Hash>,
    vouched: u64,
}

impl Verifier {
    /// Begins to verify a scope.
    #[must_use]
    pub fn new(scope: ScopeId) -> Self {
        Self { scope, logs: BTreeMap::new(), done: Verified::default(), lacking: None, holds_more: false }
    }

    /// Takes the next record of a log.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn record(&mut self, log: LogId, seq: u64, record: &Record) -> Result<(), Fault> {
        self.check(log, seq, record, Missing::Withheld).map_err(|what| Fault { log, seq, what })
    }

    /// As [`Verifier::record`], of a record whose body was erased: its header alone.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn erased(&mut self, log: LogId, seq: u64, record: &Record) -> Result<(), Fault> {
        self.check(log, seq, record, Missing::Erased).map_err(|what| Fault { log, seq, what })
    }

    /// As [`Verifier::record`], of a record whose body cannot be read here, whoever it is for: its header alone.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn unread(&mut self, log: LogId, seq: u64, record: &Record) -> Result<(), Fault> {
        self.check(log, seq, record, Missing::Unread).map_err(|what| Fault { log, seq, what })
    }

    fn check(&mut self, log: LogId, seq: u64, record: &Record, missing: Missing) -> Result<(), What> {
        let erased = missing == Missing::Erased;
        let (header, body) = examine_part(self.scope, seq, record, erased)?;
        self.holds_more |= body.is_some() && header.audience != "public";
        if body.is_none() && missing == Missing::Withheld && Reads::JudgesDesk.may(&header.audience) {
            self.lacking.get_or_insert(Fault { log, seq, what: What::Withheld });
        }
        if seq == 0 {
            let body = body.ok_or(What::Withheld)?;
            let key = opening(log, record, &header, body)?;
            if self.logs.contains_key(&log) {
                return Err(What::Opening);
            }
            self.logs.insert(log, Log { key, hashes: vec![record.hash], vouched: 0 });
        } else {
            let own = self.logs.get_mut(&log).ok_or(What::Gap)?;
            if header.seq != seq || usize::try_from(seq).ok() != Some(own.hashes.len()) {
                return Err(What::Gap);
            }
            if header.log != *log.hash() || own.hashes.last() != Some(&header.prev) {
                return Err(What::Prev);
            }
            own.hashes.push(record.hash);
        }
        self.done.records += 1;
        self.done.withheld += u64::from(record.is_withheld() && !erased);
        self.done.erased += u64::from(record.is_withheld() && erased);
        Ok(())
    }

    /// Takes a checkpoint.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<(), Fault> {
        let fault = |what| Fault { log: checkpoint.log, seq: checkpoint.seq, what };
        let own = self.logs.get_mut(&checkpoint.log).ok_or_else(|| fault(What::CheckpointHead))?;
        let at = usize::try_from(checkpoint.seq).ok();
        if at.and_then(|at| own.hashes.get(at)) != Some(&checkpoint.head) {
            return Err(fault(What::CheckpointHead));
        }
        if !checkpoint.is_signed_by(&own.key) {
            return Err(fault(What::Signature));
        }
        own.vouched = own.vouched.max(checkpoint.seq);
        self.done.checkpoints += 1;
        Ok(())
    }

    /// Ends: every log must be vouched for up to its last record; and where more is held than what is public, as the level above holds it, no body
    /// is missing that judges' desks read.
    ///
    /// # Errors
    /// The first log that is not, the first record that lacks such a body.
    pub fn finish(mut self) -> Result<Verified, Fault> {
        if let Some(lacking) = self.lacking.filter(|_| self.holds_more) {
            return Err(lacking);
        }
        for (log, own) in &self.logs {
            let last = own.hashes.len() as u64 - 1;
            if self.done.checkpoints == 0 || own.vouched != last {
                return Err(Fault { log: *log, seq: last, what: What::Unsigned });
            }
            if let Some(head) = own.hashes.last() {
                self.done.heads.insert(*log, (last, *head));
            }
        }
        Ok(self.done)
    }
}
