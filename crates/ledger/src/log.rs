//! Writing a log: sealing facts into records.

use crate::body::{Body, Opening};
use crate::hash::{Hash, LogId, ScopeId};
use crate::header::{Class, Header, TYPE};
use crate::{LAST_ORDER, LONGEST_BODY, LONGEST_HEADER};

/// What is to be sealed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Coarse class.
    pub class: Class,
    /// Who may read the body.
    pub audience: String,
    /// Who acted.
    pub actor: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Exact kind.
    pub kind: String,
    /// Version of the kind.
    pub version: u32,
    /// Records the author saw as current.
    pub replaces: Vec<Hash>,
    /// Why, or empty.
    pub reason: String,
    /// The content.
    pub fact: serde_json::Value,
}

/// A sealed record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Hash of the header: its name.
    pub hash: Hash,
    /// Header bytes.
    pub header: Vec<u8>,
    /// Salt of the body; zeros where it is withheld.
    pub salt: [u8; 32],
    /// Body bytes; none where the body is withheld: there is no body without bytes.
    pub body: Vec<u8>,
}

impl Record {
    /// Is the body somewhere else, for others to read? The header says all the same what it is.
    #[must_use]
    pub const fn is_withheld(&self) -> bool {
        self.body.is_empty()
    }
}

/// Why something cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The header would be over the limit.
    #[error("the header is too long")]
    HeaderTooLong,
    /// The body would be over the limit.
    #[error("the body is too long")]
    BodyTooLong,
    /// The content is not strict JSON (a fraction, a number over 2^53−1).
    #[error("the content is not strict JSON")]
    NotStrict,
}

/// Whose log it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Who opens it and when, and what it says of itself.
    pub opening: Opening,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
}

/// The end of a log, to which records are added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogWriter {
    scope: ScopeId,
    log: LogId,
    next: u64,
    head: Hash,
    order: u64,
}

impl LogWriter {
    /// Opens a log. Without a scope it founds one, named by this very record.
    ///
    /// # Errors
    /// When the opening is over a limit.
    pub fn open(scope: Option<ScopeId>, start: Start, order: u64, salt: [u8; 32]) -> Result<(Self, Record), SealError> {
        let draft = Draft {
            class: Class::Trust,
            audience: "public".to_owned(),
            actor: start.actor,
            at: start.at,
            kind: Body::OPENED.to_owned(),
            version: 1,
            replaces: Vec::new(),
            reason: String::new(),
            fact: serde_json::to_value(start.opening).map_err(|_| SealError::NotStrict)?,
        };
        let order = order.min(LAST_ORDER);
        let place = Place {
            scope: scope.map_or(Hash::ZERO, |scope| *scope.hash()),
            log: Hash::ZERO,
            seq: 0,
            prev: Hash::ZERO,
            order,
        };
        let record = seal(draft, &place, salt)?;
        let writer = Self {
            scope: scope.unwrap_or(ScopeId::new(record.hash)),
            log: LogId::new(record.hash),
            next: 1,
            head: record.hash,
            order: after(order),
        };
        Ok((writer, record))
    }

    /// Goes on with a log whose last record is known. `order` is the display order of the next record: one more than any that was seen.
    #[must_use]
    pub const fn resume(scope: ScopeId, log: LogId, last: u64, head: Hash, order: u64) -> Self {
        let order = if order > LAST_ORDER { LAST_ORDER } else { order };
        Self { scope, log, next: last + 1, head, order }
    }

    /// The scope it writes in.
    #[must_use]
    pub const fn scope(&self) -> ScopeId {
        self.scope
    }

    /// The log.
    #[must_use]
    pub const fn log(&self) -> LogId {
        self.log
    }

    /// Number of the last record.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.next - 1
    }

    /// Hash of the last record.
    #[must_use]
    pub const fn head(&self) -> Hash {
        self.head
    }

    /// Display order of the next record.
    #[must_use]
    pub const fn order(&self) -> u64 {
        self.order
    }

    /// Seals one fact. The salt is random and used once.
    ///
    /// # Errors
    /// When it is over a limit or not strict JSON; the log stays as it was.
    pub fn seal(&mut self, draft: Draft, salt: [u8; 32]) -> Result<Record, SealError> {
        let place = Place {
            scope: *self.scope.hash(),
            log: *self.log.hash(),
            seq: self.next,
            prev: self.head,
            order: self.order,
        };
        let record = seal(draft, &place, salt)?;
        self.next += 1;
        self.order = after(self.order);
        self.head = record.hash;
        Ok(record)
    }
}

/// The display order after one.
fn after(order: u64) -> u64 {
    order.saturating_add(1).min(LAST_ORDER)
}

struct Place {
    scope: Hash,
    log: Hash,
    seq: u64,
    prev: Hash,
    order: u64,
}

fn seal(draft: Draft, place: &Place, salt: [u8; 32]) -> Result<Record, SealError> {
    let body = Body {
        kind: draft.kind,
        version: draft.version,
        replaces: draft.replaces,
        reason: draft.reason,
        fact: draft.fact,
        pad: String::new(),
    };
    let body = body.bytes(draft.audience == "public");
    if body.len() > LONGEST_BODY {
        return Err(SealError::BodyTooLong);
    }
    Body::read(&body).map_err(|_| SealError::NotStrict)?;
    let header = Header {
        kind: TYPE.to_owned(),
        scope: place.scope,
        log: place.log,
        seq: place.seq,
        prev: place.prev,
        class: draft.class,
        audience: draft.audience,
        actor: draft.actor,
        at: draft.at,
        order: place.order,
        body: Hash::of_two(&salt, &body),
    };
    let header = header.bytes();
    if header.len() > LONGEST_HEADER {
        return Err(SealError::HeaderTooLong);
    }
    // What nobody could read must not become the end of a log.
    Header::read(&header).map_err(|_| SealError::NotStrict)?;
    Ok(Record { hash: Hash::of(&header), header, salt, body })
}
