//! Verifying a run of records of one log, wherever it comes from: form, hashes, chain and signatures, before anything is stored.

use crate::body::{Body, Opening};
use crate::checkpoint::Checkpoint;
use crate::hash::{Hash, LogId, ScopeId};
use crate::header::Header;
use crate::log::Record;
use crate::replication::{Named, Push, Reads, Sealed};
use crate::verify::{Fault, What, examine, examine_part};
use ed25519_dalek::VerifyingKey;
use std::collections::{BTreeMap, BTreeSet};

/// A display order may be so far beyond those that are known: records that a node has not seen yet, and then some.
const LEAP: u64 = 1 << 32;

/// Why a batch is refused, with nothing stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A record or signature is not what it should be.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// It holds no records.
    #[error("an empty batch")]
    Empty,
    /// Its log begins elsewhere, and what it begins with is not known.
    #[error("log {0} is not known")]
    UnknownLog(LogId),
}

/// A verified run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Records with their headers and, at checkpoints, signatures.
    pub records: Vec<(Record, Header, Option<[u8; 64]>)>,
    /// Of these, whose bodies were erased where they come from.
    pub erased: BTreeSet<Hash>,
    /// What stands in the place of bodies that are encrypted.
    pub sealed: BTreeMap<Hash, Sealed>,
}

impl Batch {
    /// Verifies a run. `key` is the log's, unless the run begins with the record that holds it. Bodies may be withheld; see
    /// [`Batch::is_whole`] and [`Batch::serves_desks`].
    ///
    /// # Errors
    /// What is wrong, and with which record.
    pub fn verify(push: &Push, key: Option<VerifyingKey>) -> Result<Self, Refused> {
        let mut key = key;
        let mut records: Vec<(Record, Header, Option<[u8; 64]>)> = Vec::with_capacity(push.records.len());
        let (mut erased, mut sealed) = (BTreeSet::new(), BTreeMap::new());
        let fault = |seq, what| Refused::Fault(Fault { log: push.log, seq, what });
        for (seq, carried) in (push.from..).zip(&push.records) {
            let record = carried.record();
            if carried.salt.is_some() == record.is_withheld() {
                return Err(fault(seq, What::Body));
            }
            // Whoever says that a body was erased and sends it is refused, as whoever sends a body without salt is.
            if carried.erased && !record.is_withheld() {
                return Err(fault(seq, What::Body));
            }
            // One or the other, never both: nobody could say which of them counts.
            if let Some(one) = &carried.sealed
                && (!record.is_withheld() || carried.erased || !one.has_form())
            {
                return Err(fault(seq, What::Sealed));
            }
            let examined = examine_part(push.scope, seq, &record, carried.erased);
            let (header, body) = examined.map_err(|what| fault(seq, what))?;
            // Judges' desks read it, and nobody opens it for them.
            if carried.sealed.is_some() && Reads::JudgesDesk.may(&header.audience) {
                return Err(fault(seq, What::Withheld));
            }
            if seq == 0 {
                let body = body.ok_or_else(|| fault(seq, What::Withheld))?;
                key = Some(opening(push.log, &record, &header, body).map_err(|what| fault(seq, what))?);
            } else if header.log != *push.log.hash() || header.seq != seq {
                return Err(fault(seq, What::Gap));
            } else if records.last().is_some_and(|(before, ..)| before.hash != header.prev) {
                return Err(fault(seq, What::Prev));
            }
            if let Some(signature) = carried.signature {
                let key = key.ok_or(Refused::UnknownLog(push.log))?;
                let checkpoint = Checkpoint { log: push.log, seq, head: record.hash, signature: signature.0 };
                if !checkpoint.is_signed_by(&key) {
                    return Err(fault(seq, What::Signature));
                }
            }
            erased.extend(carried.erased.then_some(record.hash));
            sealed.extend(carried.sealed.clone().map(|one| (record.hash, one)));
            records.push((record, header, carried.signature.map(|signature| signature.0)));
        }
        match records.last() {
            None => Err(Refused::Empty),
            Some((_, header, None)) => Err(fault(header.seq, What::Unsigned)),
            Some(_) => Ok(Self { records, erased, sealed }),
        }
    }

    /// Refuses a run of which a body is withheld: who sends it up has no more than a part, and what is kept here is kept for others. One that was
    /// erased nobody has, and one that is encrypted others open.
    ///
    /// # Errors
    /// The first record without its body.
    pub fn is_whole(&self) -> Result<(), Refused> {
        self.lacks_none(|record, _| !self.sealed.contains_key(&record.hash))
    }

    /// Refuses a run of which a body is withheld that judges' desks read: a desk, or a node that carries, would go on without what it has to know.
    ///
    /// # Errors
    /// The first record without such a body.
    pub fn serves_desks(&self) -> Result<(), Refused> {
        self.lacks_none(|_, header| Reads::JudgesDesk.may(&header.audience))
    }

    /// No body is missing of those that are wanted.
    fn lacks_none(&self, wanted: impl Fn(&Record, &Header) -> bool) -> Result<(), Refused> {
        let lacks = |record: &Record, header: &Header| {
            record.is_withheld() && !self.erased.contains(&record.hash) && wanted(record, header)
        };
        let Some((record, header, _)) = self.records.iter().find(|(record, header, _)| lacks(record, header)) else {
            return Ok(());
        };
        let log = if header.seq == 0 { LogId::new(record.hash) } else { LogId::new(header.log) };
        Err(Refused::Fault(Fault { log, seq: header.seq, what: What::Withheld }))
    }

    /// Refuses display orders that no work explains: one at the end of the range would be the last of its competition. `next` is one more
    /// than any that is here.
    ///
    /// # Errors
    /// The first record that leaps.
    pub fn leaps_nowhere(&self, next: u64) -> Result<(), Refused> {
        let mut next = next;
        for (record, header, _) in &self.records {
            if header.order > next.saturating_add(LEAP) {
                let log = if header.seq == 0 { LogId::new(record.hash) } else { LogId::new(header.log) };
                return Err(Refused::Fault(Fault { log, seq: header.seq, what: What::Order }));
            }
            next = next.max(header.order.saturating_add(1));
        }
        Ok(())
    }

    /// What [`crate::replication::judge`] needs of it.
    #[must_use]
    pub fn named(&self) -> Vec<Named> {
        self.records.iter().map(|(record, header, _)| Named { hash: record.hash, prev: header.prev }).collect()
    }
}

/// The key in the first record of a log.
pub(crate) fn opening(log: LogId, record: &Record, header: &Header, body: Body) -> Result<VerifyingKey, What> {
    if record.hash != *log.hash() || header.seq != 0 || header.log != Hash::ZERO || header.prev != Hash::ZERO {
        return Err(What::Opening);
    }
    if body.kind != Body::OPENED || !body.fact.is_object() {
        return Err(What::Opening);
    }
    let opening: Opening = serde_json::from_value(body.fact).map_err(|_| What::Opening)?;
    VerifyingKey::from_bytes(opening.key.bytes()).map_err(|_| What::Opening)
}

/// The key of a log, from its first record as it is kept.
///
/// # Errors
/// When it does not open that log.
pub fn key_of(scope: ScopeId, log: LogId, first: &Record) -> Result<VerifyingKey, Fault> {
    let fault = |what| Fault { log, seq: 0, what };
    let (header, body) = examine(scope, 0, first).map_err(fault)?;
    opening(log, first, &header, body).map_err(fault)
}
