//! The side that asks: a node's connection to its upstream about one scope. `step(state, input) -> (state, effects)`.

use crate::hash::{Hash, LogId};
use crate::replication::{Heads, Pulled, Pushed, Receipt, ReceiptMark, full_jitter};
use std::collections::{BTreeMap, BTreeSet};

/// Records asked for or sent at once, at first and at most.
const BATCH: (u64, u64) = (256, 2_048);

/// A branch that lost: kept, and to be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Branch {
    /// Log.
    pub log: LogId,
    /// First number that differs.
    pub at: u64,
    /// Hash of its last record.
    pub tip: Hash,
}

/// What the node holds as it takes a turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ours {
    /// The next number of each log.
    pub next: BTreeMap<LogId, u64>,
    /// Hash of the last record of each, where [`Link::compares`].
    pub last: BTreeMap<LogId, Hash>,
    /// Branches set apart.
    pub apart: Vec<Branch>,
    /// Of logs with withheld bodies the number after the last of them: what comes before it is for others to send.
    pub withheld: BTreeMap<LogId, u64>,
}

/// Rounds that pass at most before what was refused is offered again, as a power of two.
const PATIENCE: u32 = 5;

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// Not in time, or the upstream does not take so much at once: perhaps the batch is too large.
    TimedOut,
    /// No connection, or it broke.
    Unreachable,
    /// The upstream answers nothing more before so many milliseconds.
    Later(u64),
}

/// Longest wait that an upstream is believed, in milliseconds.
const LONGEST_WAIT: u64 = 10 * 60 * 1_000;

impl Failed {
    /// Milliseconds that the upstream asked for, as far as it is believed; the usual wait comes on top, so that not all come back at once.
    #[must_use]
    pub const fn asked_for(self) -> u64 {
        match self {
            Self::Later(ms) if ms < LONGEST_WAIT => ms,
            Self::Later(_) => LONGEST_WAIT,
            Self::TimedOut | Self::Unreachable => 0,
        }
    }
}

/// What happens to a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Time to do the next thing.
    Turn(Ours),
    /// An answer to [`Effect::AskHeads`].
    Heads(Heads),
    /// An answer to [`Effect::Push`] or [`Effect::Report`].
    Pushed(Pushed),
    /// An answer to [`Effect::Pull`].
    Pulled(Pulled),
    /// What [`Effect::Keep`] asked for is durable.
    Kept,
    /// What was pulled does not follow what is here: all is to be pulled again.
    Missing,
    /// No answer. With a random number for the time to wait.
    Failed(Failed, u64),
    /// An answer, and it is no. With a random number for the time to wait, should nothing be left to do meanwhile.
    Refused(u64),
}

/// What the runner is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask what the upstream holds.
    AskHeads,
    /// Send records of a log, cut at a checkpoint.
    Push {
        /// Log.
        log: LogId,
        /// First number.
        from: u64,
        /// At most about so many.
        limit: u64,
    },
    /// Send a branch that was set apart, from this number to its tip.
    Report {
        /// The branch.
        branch: Branch,
        /// First number.
        from: u64,
    },
    /// Ask for what was accepted after a cursor.
    Pull {
        /// The cursor.
        after: u64,
        /// At most about so many.
        limit: u64,
        /// It is asked from the beginning on, and what is here may be said with it ([`crate::replication::Pull::known`]).
        anew: bool,
        /// Receipts of headquarters that were kept ([`crate::replication::Pull::receipts_after`]).
        receipts: ReceiptMark,
    },
    /// Another store answers: keep its incarnation, and a cursor at the beginning, before anything else of it. Else the one of before, should it
    /// come back, would be taken for what was known all the time.
    Anew(Hash),
    /// Keep a receipt.
    Receipt(Receipt),
    /// Keep what was pulled, and the cursor, in one transaction; then say [`Input::Kept`].
    Keep(Pulled),
    /// Nothing to do until something is written here or the upstream has something.
    Rest,
    /// Try again after so many milliseconds.
    Wait(u64),
}

/// What is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Flight {
    Heads,
    Push(LogId, u64),
    Report(Branch, u64),
    Pull,
    Keep(u64, bool, ReceiptMark),
}

/// A connection about one scope. Only incarnation and cursor are worth keeping; the rest is found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Incarnation of the upstream's store that the cursor belongs to.
    incarnation: Option<Hash>,
    cursor: u64,
    /// Everything up to this cursor was asked for from the beginning on, there is more, and something was here before.
    anew: bool,
    /// Does `theirs` say what the upstream holds?
    asked: bool,
    theirs: BTreeMap<LogId, u64>,
    /// The last record that it holds of each log, as long as nothing was sent of it since.
    last: BTreeMap<LogId, Hash>,
    /// Logs of which another branch stands upstream: not pushed until that was pulled.
    forked: BTreeSet<LogId>,
    /// How far to go back the next time a batch does not follow what is there.
    back: BTreeMap<LogId, u64>,
    /// Where to begin with a branch that does not follow what is there.
    report_from: BTreeMap<Branch, u64>,
    /// Told of, as long as it is surely the same store: one that was copied back may have forgotten, and does not say so.
    told: BTreeSet<Branch>,
    /// Logs and branches that the upstream refused: they hold nothing else up, and are offered again after the next heads.
    refused: BTreeSet<LogId>,
    refused_branches: BTreeSet<Branch>,
    /// Rounds in a row that something was refused in, and that are to pass before it is offered again.
    refusals: u32,
    patience: u32,
    pulled: bool,
    /// Up to where receipts of headquarters came from this store, and are kept.
    receipts: ReceiptMark,
    /// Since it was asked what the upstream holds, it was seen that none of it was passed over, or everything was pulled from the beginning.
    sure: bool,
    batch: u64,
    /// Failures since something was got on with. That a smaller question was answered meanwhile says nothing.
    failures: u32,
    /// The upstream said that it carries what it may not read.
    carrier: bool,
    flight: Option<Flight>,
}

impl Link {
    /// A connection that goes on from what was kept: incarnation of the upstream and cursor.
    #[must_use]
    pub fn new(kept: Option<(Hash, u64)>) -> Self {
        Self {
            incarnation: kept.map(|(incarnation, _)| incarnation),
            cursor: kept.map_or(0, |(_, cursor)| cursor),
            anew: false,
            asked: false,
            theirs: BTreeMap::new(),
            last: BTreeMap::new(),
            forked: BTreeSet::new(),
            back: BTreeMap::new(),
            report_from: BTreeMap::new(),
            told: BTreeSet::new(),
            refused: BTreeSet::new(),
            refused_branches: BTreeSet::new(),
            refusals: 0,
            patience: 0,
            pulled: false,
            receipts: ReceiptMark::NONE,
            sure: false,
            batch: BATCH.0,
            failures: 0,
            carrier: false,
            flight: None,
        }
    }

    /// Did the upstream say that it carries what it may not read? Once said it holds for as long as this connection is kept: a node that carries
    /// cannot talk others into sending it what it may not read.
    #[must_use]
    pub const fn is_to_carrier(&self) -> bool {
        self.carrier
    }

    /// Is something not sent because the upstream refused it?
    #[must_use]
    pub fn holds_back(&self) -> bool {
        !self.refused.is_empty() || !self.refused_branches.is_empty()
    }

    /// Takes one step. An answer that nothing asked for changes nothing.
    #[must_use]
    pub fn step(mut self, input: Input) -> (Self, Vec<Effect>) {
        let effects = match (input, self.flight.clone()) {
            (Input::Turn(ours), None) => vec![self.turn(&ours)],
            (Input::Heads(heads), Some(Flight::Heads)) => self.heads(heads),
            (Input::Pushed(answer), Some(Flight::Push(log, from))) => self.pushed(&answer, log, from),
            (Input::Pushed(answer), Some(Flight::Report(branch, from))) => self.reported(&answer, branch, from),
            (Input::Pulled(pulled), Some(Flight::Pull)) => self.take(pulled),
            (Input::Kept, Some(Flight::Keep(cursor, more, receipts))) => {
                self.receipts = receipts;
                self.kept(cursor, more)
            }
            (Input::Missing, Some(Flight::Keep(..))) => {
                self.flight = None;
                // What does not even follow from the beginning is no better a moment later.
                self.pulled = self.cursor == 0;
                self.cursor = 0;
                Vec::new()
            }
            (Input::Refused(random), Some(flight)) => self.refused(&flight, random),
            (Input::Failed(why, random), Some(_)) => self.failed(why, random),
            _ => Vec::new(),
        };
        (self, effects)
    }

    fn turn(&mut self, ours: &Ours) -> Effect {
        if !self.asked {
            return self.fly(Flight::Heads, Effect::AskHeads);
        }
        if let Some(log) = self.behind(ours) {
            let from = self.theirs.get(&log).copied().unwrap_or(0);
            self.last.remove(&log);
            return self.fly(Flight::Push(log, from), Effect::Push { log, from, limit: self.batch });
        }
        if let Some(branch) = self.untold(ours) {
            let from = self.report_from.get(&branch).copied().unwrap_or(branch.at);
            return self.fly(Flight::Report(branch, from), Effect::Report { branch, from });
        }
        if self.compares() {
            if self.passed_over(ours) {
                (self.cursor, self.pulled) = (0, false);
            }
            self.sure = true;
        }
        if !self.pulled {
            self.sure |= self.cursor == 0;
            if self.cursor == 0 {
                // Where nothing is here there is nothing to say.
                self.anew = !ours.next.is_empty();
            }
            let (limit, anew, receipts) = (self.batch, self.anew, self.receipts);
            return self.fly(Flight::Pull, Effect::Pull { after: self.cursor, limit, anew, receipts });
        }
        self.rest()
    }

    /// A log of which the upstream lacks something that can be sent.
    fn behind(&self, ours: &Ours) -> Option<LogId> {
        let lacks = |log: &LogId, next: u64| next > self.theirs.get(log).copied().unwrap_or(0);
        let set_aside = |log: &LogId| self.forked.contains(log) || self.refused.contains(log);
        let withheld = |log: &LogId| {
            let whole = ours.withheld.get(log).copied().unwrap_or(0);
            self.theirs.get(log).copied().unwrap_or(0) < whole
        };
        let sent = |(log, next): &(&LogId, &u64)| lacks(log, **next) && !set_aside(log) && !withheld(log);
        ours.next.iter().find(sent).map(|(log, _)| *log)
    }

    /// A branch that was set apart and is to be reported.
    fn untold(&self, ours: &Ours) -> Option<Branch> {
        let untold = |branch: &&Branch| !self.told.contains(branch) && !self.refused_branches.contains(branch);
        ours.apart.iter().find(untold).copied()
    }

    /// Would a turn send something, or ask first what the upstream holds? If not, whatever changed here came from there.
    #[must_use]
    pub fn has_to_send(&self, ours: &Ours) -> bool {
        !self.asked || self.behind(ours).is_some() || self.untold(ours).is_some()
    }

    /// Is the last record of each log wanted in the next turn? Otherwise nobody looks at them.
    #[must_use]
    pub const fn compares(&self) -> bool {
        self.asked && self.pulled && !self.sure
    }

    /// Does the upstream hold something that did not come, though everything behind the cursor did? It was copied back, took in other records, and
    /// then by chance the same one at the cursor, so that this looks as if it had been given out there.
    fn passed_over(&self, ours: &Ours) -> bool {
        self.theirs.iter().any(|(log, next)| {
            let own = ours.next.get(log).copied().unwrap_or(0);
            let other = || self.last.get(log).is_some_and(|last| ours.last.get(log).is_some_and(|own| own != last));
            own < *next || (own == *next && other())
        })
    }

    /// The upstream may be another than it was, or an older one: what it holds is asked for before anything else.
    pub fn ask_again(&mut self) {
        self.asked = false;
    }

    /// A round is over: all that can be done was done. The next turn begins another.
    fn rest(&mut self) -> Effect {
        self.pulled = false;
        self.failures = 0;
        if !self.holds_back() {
            (self.refusals, self.patience) = (0, 0);
        } else if self.patience > 0 {
            self.patience -= 1;
        } else {
            // Offered again, ever more seldom.
            self.asked = false;
            self.refusals = self.refusals.saturating_add(1).min(PATIENCE);
            self.patience = 1 << self.refusals;
        }
        Effect::Rest
    }

    fn fly(&mut self, flight: Flight, effect: Effect) -> Effect {
        self.flight = Some(flight);
        effect
    }

    /// Another store answers than the one we knew: begin anew, and offer again what it lacks.
    fn begin_anew(&mut self, incarnation: Hash) -> Effect {
        self.incarnation = Some(incarnation);
        self.cursor = 0;
        self.asked = false;
        self.pulled = false;
        self.receipts = ReceiptMark::NONE;
        self.told.clear();
        Effect::Anew(incarnation)
    }

    fn heads(&mut self, heads: Heads) -> Vec<Effect> {
        self.flight = None;
        let other = self.incarnation != Some(heads.incarnation);
        let effects = if other { vec![self.begin_anew(heads.incarnation)] } else { Vec::new() };
        self.asked = true;
        self.sure = false;
        self.carrier |= heads.carrier;
        (self.theirs, self.last) = (heads.next, heads.last);
        self.back.clear();
        self.refused.clear();
        self.refused_branches.clear();
        effects
    }

    /// What was sent is set aside; without an answer to a question there is nothing to do but to wait.
    fn refused(&mut self, flight: &Flight, random: u64) -> Vec<Effect> {
        match flight {
            Flight::Push(log, _) => self.refused.insert(*log),
            Flight::Report(branch, _) => self.refused_branches.insert(*branch),
            Flight::Heads | Flight::Pull | Flight::Keep(..) => return self.failed(Failed::Unreachable, random),
        };
        self.flight = None;
        Vec::new()
    }

    fn pushed(&mut self, answer: &Pushed, log: LogId, from: u64) -> Vec<Effect> {
        self.flight = None;
        match answer {
            Pushed::Receipt(receipt) => {
                self.failures = 0;
                self.back.remove(&log);
                self.batch = (self.batch * 2).min(BATCH.1);
                let mut effects = vec![Effect::Receipt(*receipt)];
                if self.incarnation != Some(receipt.incarnation) {
                    effects.insert(0, self.begin_anew(receipt.incarnation));
                }
                self.theirs.insert(log, receipt.seq + 1);
                return effects;
            }
            // What it was thought to hold it does not hold any more; asking again says what else is missing.
            Pushed::Gap { expected } => {
                self.theirs.insert(log, *expected);
                self.asked = false;
            }
            Pushed::Diverged => {
                let back = self.back.entry(log).or_insert(1);
                self.theirs.insert(log, from.saturating_sub(*back));
                *back = back.saturating_mul(2);
            }
            // All is pulled again, so that the branch that stands there comes whatever the cursor says.
            Pushed::Fork { .. } => {
                self.forked.insert(log);
                self.cursor = 0;
                self.pulled = false;
            }
        }
        Vec::new()
    }

    fn reported(&mut self, answer: &Pushed, branch: Branch, from: u64) -> Vec<Effect> {
        self.flight = None;
        match answer {
            Pushed::Fork { .. } | Pushed::Receipt(_) => {
                self.failures = 0;
                self.told.insert(branch);
                self.report_from.remove(&branch);
            }
            Pushed::Diverged => {
                let back = (branch.at.saturating_sub(from)).max(1);
                self.report_from.insert(branch, from.saturating_sub(back));
            }
            Pushed::Gap { expected } => {
                self.report_from.insert(branch, *expected);
                self.asked = false;
            }
        }
        Vec::new()
    }

    fn take(&mut self, pulled: Pulled) -> Vec<Effect> {
        self.flight = None;
        // A cursor below what was asked from was never given out: the store is an older one, whatever it calls itself.
        if self.incarnation != Some(pulled.incarnation) || pulled.cursor < self.cursor {
            return vec![self.begin_anew(pulled.incarnation)];
        }
        for run in &pulled.runs {
            let next = run.from.saturating_add(run.records.len() as u64);
            // It holds what it hands out: that is not sent back to it.
            if self.theirs.get(&run.log).is_none_or(|theirs| *theirs < next) {
                self.theirs.insert(run.log, next);
                self.last.remove(&run.log);
            }
        }
        let receipts = pulled.receipts_until.unwrap_or(ReceiptMark::NONE);
        self.flight = Some(Flight::Keep(pulled.cursor, pulled.more, receipts));
        vec![Effect::Keep(pulled)]
    }

    fn kept(&mut self, cursor: u64, more: bool) -> Vec<Effect> {
        self.flight = None;
        if self.cursor != cursor {
            self.failures = 0;
        }
        self.cursor = cursor;
        self.anew &= more;
        self.pulled = !more;
        if !more && !self.forked.is_empty() {
            self.forked.clear();
            self.asked = false;
        }
        Vec::new()
    }

    fn failed(&mut self, why: Failed, random: u64) -> Vec<Effect> {
        let wait = full_jitter(self.failures, random).saturating_add(why.asked_for());
        self.flight = None;
        self.failures = self.failures.saturating_add(1);
        // Whether it arrived is not known, and a new connection may be to a restored store.
        self.asked = false;
        self.pulled = false;
        match why {
            Failed::TimedOut => self.batch = (self.batch / 2).max(1),
            Failed::Unreachable => self.told.clear(),
            Failed::Later(_) => {}
        }
        vec![Effect::Wait(wait)]
    }
}
