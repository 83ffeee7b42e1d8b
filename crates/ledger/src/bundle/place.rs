//! Where something is wrong in a bundle.

use crate::hash::LogId;
use std::fmt;
use std::ops::Range;

/// A place: as exactly as it can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which log, where it is one.
    pub log: Option<LogId>,
    /// Which record of it.
    pub seq: Option<u64>,
    /// Which part: `head`, `run`, `record`, `header`, `body`, `receipt`, `content`, `seal`.
    pub field: &'static str,
    /// Bytes of the file, from 0; the end is not among them.
    pub bytes: Range<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(log) = &self.log {
            write!(f, "log {log}, ")?;
        }
        if let Some(seq) = self.seq {
            write!(f, "record {seq}, ")?;
        }
        write!(f, "{}, bytes {}-{}", self.field, self.bytes.start, self.bytes.end)
    }
}

/// Something wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Wrong {
    /// Where.
    pub place: Place,
    /// What, in plain words. Nothing of the content of records.
    pub what: String,
}
