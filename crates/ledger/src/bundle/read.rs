//! Reading the lines of a bundle: one spelling only, every length held against its limit and against what is there.

use super::place::{Place, Wrong};
use super::seal::Seal;
use super::{Head, Kind, Packed, TYPE};
use crate::hash::{Hash, LogId, ScopeId};
use crate::replication::Receipt;
use crate::signature::Signature;
use crate::{LONGEST_BODY, LONGEST_HEADER};
use std::ops::Range;

/// Longest line of the bundle's own.
const LONGEST_LINE: usize = 640;

/// Do these bytes begin as a bundle does?
#[must_use]
pub fn looks_like(bytes: &[u8]) -> bool {
    bytes.strip_prefix(TYPE.as_bytes()).is_some_and(|rest| rest.first() == Some(&b'\n'))
}

/// One thing in a bundle, and its bytes.
pub(super) enum Item {
    /// A run begins: log, first number, how many.
    Run(LogId, u64, u64),
    Record(Packed),
    Receipt(Receipt),
    Seal(Seal),
}

/// Goes through the bytes.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// The head.
    pub(super) fn head(&mut self) -> Result<Head, Wrong> {
        if !looks_like(self.bytes) {
            return Err(wrong("head", 0..self.bytes.len().min(TYPE.len() + 1), "not a bundle of version 1"));
        }
        self.at = TYPE.len() + 1;
        Ok(Head {
            kind: self.named("kind", |word| Kind::ALL.into_iter().find(|kind| kind.word() == word))?,
            scope: self.named("scope", |word| word.parse::<ScopeId>().ok())?,
            from: self.named("from", |word| word.parse::<Hash>().ok())?,
            to: self.named("to", |word| if word == "everyone" { Some(None) } else { word.parse().ok().map(Some) })?,
            incarnation: self.named("incarnation", |word| word.parse::<Hash>().ok())?,
            at: self.named("at", signed)?,
        })
    }

    fn named<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Wrong> {
        let begin = self.at;
        let line = self.line("head")?;
        let value = line.strip_prefix(name).and_then(|rest| rest.strip_prefix(' ')).and_then(read);
        value.ok_or_else(|| wrong("head", begin..self.at, &format!("not a line `{name}`")))
    }

    /// The next thing, with the place of its first line and of all of it.
    pub(super) fn item(&mut self, scope: ScopeId) -> Result<(Item, Range<usize>), Wrong> {
        let begin = self.at;
        let line = self.line("content")?;
        let words: Vec<&str> = line.split(' ').collect();
        let unfit = |end: usize, field| wrong(field, begin..end, "not a line of a bundle");
        let item = match words.as_slice() {
            ["run", log, from, count] => {
                let read = log.parse().ok().zip(number(from)).zip(number(count));
                let ((log, from), count) = read.ok_or_else(|| unfit(self.at, "run"))?;
                Item::Run(log, from, count)
            }
            ["record", hash, header, body, salt, signature] => {
                let lengths = (number(header), if *body == "-" { Some(None) } else { number(body).map(Some) });
                let salt = if *salt == "-" { Some(None) } else { salt.parse::<Hash>().ok().map(Some) };
                let signature = if *signature == "-" { Some(None) } else { Signature::from_hex(signature).map(Some) };
                let read = hash.parse::<Hash>().ok().zip(salt).zip(signature);
                let (((hash, salt), signature), (Some(header), Some(body))) =
                    read.zip(Some(lengths)).ok_or_else(|| unfit(self.at, "record"))?
                else {
                    return Err(unfit(self.at, "record"));
                };
                let header = self.text(begin, header, LONGEST_HEADER)?;
                let body = body.map(|length| self.text(begin, length, LONGEST_BODY)).transpose()?;
                let body = match (salt, body) {
                    (Some(salt), Some(body)) => Some((salt, body)),
                    (None, None) => None,
                    _ => return Err(unfit(self.at, "record")),
                };
                Item::Record(Packed { hash, header, body, signature })
            }
            ["receipt", issuer, incarnation, log, seq, head, at, signature] => {
                let read = || {
                    Some(Receipt {
                        issuer: issuer.parse().ok()?,
                        incarnation: incarnation.parse().ok()?,
                        scope,
                        log: log.parse().ok()?,
                        seq: number(seq)?,
                        head: head.parse().ok()?,
                        at: signed(at)?,
                        signature: Signature::from_hex(signature)?,
                    })
                };
                Item::Receipt(read().ok_or_else(|| unfit(self.at, "receipt"))?)
            }
            ["seal", head, content, signature] => {
                let read = head.parse().ok().zip(content.parse().ok()).zip(Signature::from_hex(signature));
                let ((head, content), signature) = read.ok_or_else(|| unfit(self.at, "seal"))?;
                Item::Seal(Seal { head, content, signature, bytes: begin..self.at })
            }
            [word, ..] => return Err(unfit(self.at, named(word))),
            [] => return Err(unfit(self.at, "content")),
        };
        Ok((item, begin..self.at))
    }

    /// A line without its end.
    fn line(&mut self, field: &'static str) -> Result<&'a str, Wrong> {
        let begin = self.at;
        let left = self.bytes.get(begin..).unwrap_or_default();
        let seen = &left[..left.len().min(LONGEST_LINE)];
        let Some(length) = seen.iter().position(|byte| *byte == b'\n') else {
            let what = if seen.len() < LONGEST_LINE { "the file ends too early" } else { "a line without an end" };
            return Err(wrong(field, begin..begin + seen.len(), what));
        };
        self.at = begin + length + 1;
        std::str::from_utf8(&seen[..length]).map_err(|_| wrong(field, begin..self.at, "not text"))
    }

    /// So many bytes of text and a line end; they belong to what began at `begin`.
    fn text(&mut self, begin: usize, length: u64, longest: usize) -> Result<String, Wrong> {
        let record = |end, what| wrong("record", begin..end, what);
        let length = usize::try_from(length).ok().filter(|length| *length <= longest);
        let length = length.ok_or_else(|| record(self.at, "a length over its limit"))?;
        let left = self.bytes.get(self.at..).unwrap_or_default();
        let Some(bytes) = left.get(..length).filter(|_| left.len() > length) else {
            return Err(record(self.bytes.len(), "the file ends too early"));
        };
        let end = self.at + length + 1;
        if left[length] != b'\n' {
            return Err(record(end, "a length that is not the one of what follows"));
        }
        self.at = end;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| record(end, "not text"))
    }
}

fn wrong(field: &'static str, bytes: Range<usize>, what: &str) -> Wrong {
    Wrong { place: Place { log: None, seq: None, field, bytes }, what: what.to_owned() }
}

/// The part of a bundle whose lines begin with a word.
fn named(word: &str) -> &'static str {
    ["run", "record", "receipt", "seal"].into_iter().find(|known| *known == word).unwrap_or("content")
}

/// A whole number in its only spelling.
fn number(word: &str) -> Option<u64> {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    (digits && (word == "0" || !word.starts_with('0'))).then(|| word.parse().ok()).flatten()
}

/// As [`number`], perhaps below zero.
fn signed(word: &str) -> Option<i64> {
    let size = word.strip_prefix('-').unwrap_or(word);
    (number(size).is_some() && word != "-0").then(|| word.parse().ok()).flatten()
}
