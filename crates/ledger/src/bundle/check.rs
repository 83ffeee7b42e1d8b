//! Checking a bundle: its form, every hash, chain and signature that it holds, its receipts and its seal.

use super::place::{Place, Wrong};
use super::read::{Item, Reader};
use super::seal::{self, Seal};
use super::{Content, Head, Kind, Packed, Run};
use crate::checkpoint::Checkpoint;
use crate::hash::{Hash, LogId, ScopeId};
use crate::header::Header;
use crate::log::Record;
use crate::replication::{Receipt, opening};
use crate::verify::{What, examine, examine_header};
use ed25519_dalek::VerifyingKey;
use std::collections::BTreeMap;
use std::ops::Range;

/// Most faults that are named.
const MOST: usize = 100;

/// What was found in a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// Its head, if it could be read.
    pub head: Option<Head>,
    /// Everything in it that could be read.
    pub content: Content,
    /// Records.
    pub records: u64,
    /// Of these, without their bodies.
    pub withheld: u64,
    /// Checkpoints that verify.
    pub checkpoints: u64,
    /// Checkpoints of logs whose beginning is not in the bundle: only a node that holds it can verify them.
    pub unchecked: u64,
    /// Logs that begin later in the bundle than with their first record, and where.
    pub begins: BTreeMap<LogId, u64>,
    /// What is wrong, from the front to the back; at most 100.
    pub wrong: Vec<Wrong>,
}

/// Checks a bundle. Records are held to belong to `scope`, where one is given, else to the one that the head names.
#[must_use]
pub fn check(bytes: &[u8], scope: Option<ScopeId>) -> Bundle {
    let mut reader = Reader::new(bytes);
    let head = match reader.head() {
        Ok(head) => head,
        Err(wrong) => return Bundle { wrong: vec![wrong], ..Bundle::default() },
    };
    let mut checker = Checker {
        head,
        scope: scope.unwrap_or(head.scope),
        found: Bundle { head: Some(head), ..Bundle::default() },
        logs: BTreeMap::new(),
        run: None,
        broken: false,
    };
    let begin = reader.at;
    let seal = checker.items(&mut reader);
    if let Some(seal) = seal {
        let rest = seal.bytes.end..bytes.len();
        if !rest.is_empty() {
            checker.wrong("seal", rest, "something stands behind the seal");
        }
        let of = |range: Range<usize>| (Hash::of(bytes.get(range.clone()).unwrap_or_default()), range);
        let (head, content) = (of(0..begin), of(begin..seal.bytes.start));
        let broken = seal::check(&seal, checker.head.from, &head, &content);
        let found = &mut checker.found.wrong;
        // A fault in the content that was found has a better place already.
        found.extend(
            broken.into_iter().filter(|one| one.place.field != "content" || found.is_empty()).collect::<Vec<_>>(),
        );
    }
    if scope.is_some_and(|scope| scope != head.scope) && checker.found.wrong.is_empty() {
        checker.wrong("head", 0..begin, "a bundle of another scope");
    }
    let mut found = checker.found;
    found.wrong.sort_by_key(|wrong| wrong.place.bytes.start);
    found
}

/// What is known of a log.
struct Log {
    key: Option<VerifyingKey>,
    from: u64,
    hashes: Vec<Hash>,
}

/// The run that is being read.
struct Open {
    run: Run,
    /// Records that it says it has.
    count: u64,
    /// Place of its line.
    line: Range<usize>,
    /// Something is wrong in it; what follows of it would only be blamed for that.
    broken: bool,
}

struct Checker {
    head: Head,
    scope: ScopeId,
    found: Bundle,
    logs: BTreeMap<LogId, Log>,
    run: Option<Open>,
    /// Something was wrong in a run: what it holds further on is not known.
    broken: bool,
}

impl Checker {
    fn wrong(&mut self, field: &'static str, bytes: Range<usize>, what: &str) {
        self.put(Wrong { place: Place { log: None, seq: None, field, bytes }, what: what.to_owned() });
    }

    fn put(&mut self, wrong: Wrong) {
        if self.found.wrong.len() < MOST {
            self.found.wrong.push(wrong);
        }
    }

    /// Goes through everything up to the seal; `None` when it cannot be read to there.
    fn items(&mut self, reader: &mut Reader<'_>) -> Option<Seal> {
        while !reader.is_at_end() {
            let (item, bytes) = match reader.item(self.scope) {
                Ok(item) => item,
                Err(mut wrong) => {
                    if let Some(open) = self.run.as_ref().filter(|open| open.left() > 0) {
                        wrong.place.log = Some(open.run.log);
                        wrong.place.seq = Some(open.next());
                    }
                    self.put(wrong);
                    return None;
                }
            };
            match (item, self.run.as_ref().map_or(0, Open::left)) {
                (Item::Record(one), left) if left > 0 => self.record(one, bytes),
                (Item::Record(_), _) => {
                    let begin = self.run.as_ref().map_or(bytes.start, |open| open.line.start);
                    self.wrong("run", begin..bytes.end, "more records than the run says");
                    return None;
                }
                (_, left) if left > 0 => {
                    let begin = self.run.as_ref().map_or(bytes.start, |open| open.line.start);
                    self.wrong("run", begin..bytes.end, "fewer records than the run says");
                    return None;
                }
                (Item::Run(log, from, count), _) => {
                    self.close();
                    if count == 0 || self.head.kind == Kind::Receipts {
                        self.wrong("run", bytes.clone(), "an empty run, or one that does not belong here");
                    }
                    if from > 0 && !self.logs.contains_key(&log) {
                        self.found.begins.insert(log, from);
                    }
                    let run = Run { log, from, records: Vec::new() };
                    self.run = Some(Open { run, count, line: bytes, broken: false });
                }
                (Item::Receipt(one), _) => {
                    self.close();
                    self.receipt(one, bytes);
                }
                (Item::Seal(seal), _) => {
                    self.close();
                    return Some(seal);
                }
            }
        }
        let end = reader.at;
        self.wrong("seal", end..end, "the file ends without a seal");
        None
    }

    /// Ends the run that was read.
    fn close(&mut self) {
        let Some(open) = self.run.take() else { return };
        if !open.broken && open.run.records.last().is_some_and(|one| one.signature.is_none()) {
            let place = Place { log: Some(open.run.log), seq: Some(open.next() - 1), field: "run", bytes: open.line };
            self.put(Wrong { place, what: What::Unsigned.to_string() });
        }
        self.found.content.runs.push(open.run);
    }

    fn record(&mut self, one: Packed, bytes: Range<usize>) {
        let Some(mut open) = self.run.take() else { return };
        self.found.records += 1;
        self.found.withheld += u64::from(one.body.is_none());
        if !open.broken
            && let Err((field, what)) = self.examine(&open, &one)
        {
            open.broken = true;
            self.broken = true;
            // The first record of a run says which log and number the run has: either may be what is wrong.
            let begin = if field == "run" { open.line.start } else { bytes.start };
            let place = Place { log: Some(open.run.log), seq: Some(open.next()), field, bytes: begin..bytes.end };
            self.put(Wrong { place, what: what.to_string() });
        }
        open.run.records.push(one);
        self.run = Some(open);
    }

    fn examine(&mut self, open: &Open, one: &Packed) -> Result<(), (&'static str, What)> {
        let (seq, log) = (open.next(), open.run.log);
        let (header, key) = self.by_itself(one, log, seq)?;
        let is_first = open.run.records.is_empty();
        let place = |what| if is_first { ("run", what) } else { ("header", what) };
        let own = if seq == 0 { one.hash == *log.hash() } else { header.log == *log.hash() };
        if !own || header.seq != seq {
            return Err(place(What::Gap));
        }
        let known = self.logs.get(&log).map(|own| (own.from + own.hashes.len() as u64, own.hashes.last().copied()));
        match known {
            Some((next, before)) if next != seq || before != Some(header.prev) => return Err(place(What::Prev)),
            None if seq == 0 && header.prev != Hash::ZERO => return Err(place(What::Prev)),
            _ => {}
        }
        let own = self.logs.entry(log).or_insert_with(|| Log { key, from: seq, hashes: Vec::new() });
        own.hashes.push(one.hash);
        let Some(signature) = one.signature else { return Ok(()) };
        let Some(key) = own.key else {
            self.found.unchecked += 1;
            return Ok(());
        };
        if !(Checkpoint { log, seq, head: one.hash, signature: signature.0 }).is_signed_by(&key) {
            return Err(("record", What::Signature));
        }
        self.found.checkpoints += 1;
        Ok(())
    }

    /// What can be said of a record by itself; of the first of a log, its key.
    fn by_itself(
        &self,
        one: &Packed,
        log: LogId,
        seq: u64,
    ) -> Result<(Header, Option<VerifyingKey>), (&'static str, What)> {
        let header = examine_header(self.scope, seq, one.hash, one.header.as_bytes());
        // The record that founds a scope names none: with another number it would seem to be of another scope.
        let header = header.map_err(|what| if what == What::Scope { ("run", what) } else { ("header", what) })?;
        let Some((salt, text)) = &one.body else {
            let allowed = seq > 0 && self.head.kind.may_lack(&header);
            return if allowed { Ok((header, None)) } else { Err(("body", What::Withheld)) };
        };
        let record = Record {
            hash: one.hash,
            header: one.header.clone().into_bytes(),
            salt: *salt.bytes(),
            body: text.clone().into_bytes(),
        };
        let (header, body) = examine(self.scope, seq, &record).map_err(|what| ("body", what))?;
        // Whether it is this log's is for the run to say; here it opens the log that it names.
        let key = (seq == 0).then(|| opening(LogId::new(one.hash), &record, &header, body));
        match key.transpose() {
            Ok(key) => Ok((header, key)),
            Err(_) if one.hash != *log.hash() => Err(("run", What::Opening)),
            Err(what) => Err(("body", what)),
        }
    }

    fn receipt(&mut self, one: Receipt, bytes: Range<usize>) {
        let place = Place { log: Some(one.log), seq: Some(one.seq), field: "receipt", bytes };
        if !one.verifies() {
            self.put(Wrong { place, what: "the signature does not verify".to_owned() });
        } else if self.named(one.log, one.seq).is_some_and(|hash| hash != one.head) {
            self.put(Wrong { place, what: "of another record than the one here".to_owned() });
        } else if self.head.kind != Kind::Receipts && !self.broken && self.lacks(one.log, one.seq) {
            self.put(Wrong { place, what: "of a record that is not in this bundle".to_owned() });
        }
        self.found.content.receipts.push(one);
    }

    /// Does the bundle end before this record of a log, or hold nothing of it?
    fn lacks(&self, log: LogId, seq: u64) -> bool {
        self.logs.get(&log).is_none_or(|own| seq >= own.from.saturating_add(own.hashes.len() as u64))
    }

    fn named(&self, log: LogId, seq: u64) -> Option<Hash> {
        let own = self.logs.get(&log)?;
        own.hashes.get(usize::try_from(seq.checked_sub(own.from)?).ok()?).copied()
    }
}

impl Open {
    /// Number of the next record; it never passes what a number holds.
    fn next(&self) -> u64 {
        self.run.from.saturating_add(self.run.records.len() as u64)
    }

    /// Records that are still to come.
    fn left(&self) -> u64 {
        self.count.saturating_sub(self.run.records.len() as u64)
    }
}
