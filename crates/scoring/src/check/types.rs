//! Types of expressions: number or time, one value or a list, which values can be missing, and how long a number can get.

mod conditions;
mod field;
mod forms;
mod numbers;
mod rest;
mod shared;
mod slots;

use super::range;
use crate::exact::Exact;
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{Expr, Input, Item, Operands, Rulebook};
use numbers::Length;
use std::collections::HashMap;

/// Which kinds of missing value an expression can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Gaps {
    absent: bool,
    void: bool,
}

impl Gaps {
    const ALL: Self = Self { absent: true, void: true };

    const fn and(self, other: Self) -> Self {
        Self { absent: self.absent || other.absent, void: self.void || other.void }
    }
}

/// Lengths of operands, with how many values each stands for.
type Lengths = Vec<(Length, usize)>;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Time,
    Place,
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// The item whose score it is.
    own: Option<usize>,
    /// The panel whose judges are gone through.
    panel: Option<usize>,
    /// How many attempts are gone through; 0 outside of `each_attempt`.
    attempts: u16,
    /// Ranks are known.
    after: bool,
    /// It is a value of a team.
    team: bool,
    /// It is the value of each member of a team.
    member: bool,
}

impl Place {
    const fn item(slot: usize) -> Self {
        Self { own: Some(slot), panel: None, attempts: 0, after: false, team: false, member: false }
    }

    const fn after() -> Self {
        Self { own: None, panel: None, attempts: 0, after: true, team: false, member: false }
    }
}

/// The type of an expression.
#[derive(Clone, Copy, Debug)]
struct Type {
    kind: Kind,
    /// Fewest and most values, for a list.
    list: Option<(usize, usize)>,
    gaps: Gaps,
    length: Length,
}

impl Type {
    const fn number(length: Length) -> Self {
        Self { kind: Kind::Number, list: None, gaps: Gaps { absent: false, void: false }, length }
    }

    const fn name(&self) -> &'static str {
        match (self.list.is_some(), self.kind) {
            (false, Kind::Number) => "value",
            (false, Kind::Time) => "time",
            (false, Kind::Place) => "place",
            (true, Kind::Number) => "list_of_values",
            (true, Kind::Time) => "list_of_times",
            (true, Kind::Place) => "list_of_places",
        }
    }
}

/// Checks every expression in an order in which each named value is known before it is used.
pub(super) fn check(rulebook: &Rulebook, order: &[usize], faults: &mut Vec<Fault>) {
    let ids = rulebook.items.iter().map(|item| &item.id).chain(rulebook.nodes.iter().map(|node| &node.id));
    let mut by_id = HashMap::new();
    for (slot, id) in ids.enumerate() {
        by_id.entry(id.as_str()).or_insert(slot);
    }
    let slots = vec![None; rulebook.items.len() + rulebook.nodes.len()];
    let mut checker = Checker { rulebook, by_id, slots, faults };
    for slot in order {
        checker.slots[*slot] = checker.slot(*slot);
    }
    checker.ranking();
    checker.rest();
}

struct Checker<'a> {
    rulebook: &'a Rulebook,
    by_id: HashMap<&'a str, usize>,
    /// Types of items and nodes; `None` where a fault was reported.
    slots: Vec<Option<Type>>,
    faults: &'a mut Vec<Fault>,
}

impl Checker<'_> {
    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// The type of an expression that must be one value.
    fn value(&mut self, expr: &Expr, at: Place, path: &str) -> Option<Type> {
        let found = self.typed(expr, at, path)?;
        if found.list.is_some() {
            self.fault(mismatch(path, "value", found.name()));
            return None;
        }
        if found.length.is_too_long() {
            self.fault(Fault::new(path, FaultCode::TooLarge).with("what", "bits").with("limit", numbers::LONGEST));
            return None;
        }
        Some(found)
    }

    /// The type of an expression that must be one number.
    fn number(&mut self, expr: &Expr, at: Place, path: &str) -> Option<Type> {
        let found = self.value(expr, at, path)?;
        if found.kind != Kind::Number {
            self.fault(mismatch(path, "value", found.name()));
            return None;
        }
        Some(found)
    }

    /// Operands laid out flat: their common kind, how many there are, all that can be missing, and their lengths.
    fn operands(&mut self, of: &Operands, at: Place, path: &str) -> Option<(Type, Lengths)> {
        if of.0.is_empty() {
            self.fault(Fault::new(path, FaultCode::Empty));
            return None;
        }
        let single = of.0.len() == 1;
        let mut all: Option<Type> = None;
        let mut lengths = Vec::with_capacity(of.0.len());
        let mut fine = true;
        for (index, expr) in of.0.iter().enumerate() {
            let path = if single { path.to_owned() } else { format!("{path}/{index}") };
            let Some(one) = self.typed(expr, at, &path) else {
                fine = false;
                continue;
            };
            let (low, high) = one.list.unwrap_or((1, 1));
            lengths.push((one.length, high));
            all = match all {
                None => Some(Type { list: Some((low, high)), ..one }),
                Some(before) if before.kind != one.kind => {
                    self.fault(mismatch(&path, Type { list: None, ..before }.name(), one.name()));
                    fine = false;
                    Some(before)
                }
                Some(before) => {
                    let (known_low, known_high) = before.list.unwrap_or((0, 0));
                    Some(Type {
                        list: Some((known_low + low, known_high + high)),
                        gaps: before.gaps.and(one.gaps),
                        length: before.length.or(one.length),
                        ..before
                    })
                }
            };
        }
        all.filter(|_| fine).map(|all| (all, lengths))
    }

    /// An aggregate that gives one value of the kind of its operands: its type, their lengths, and how many there are at most.
    fn fold(&mut self, of: &Operands, at: Place, path: &str) -> Option<(Type, Lengths, usize)> {
        let (all, lengths) = self.operands(of, at, path)?;
        let most = all.list.map_or(1, |(_, high)| high);
        Some((Type { list: None, ..all }, lengths, most))
    }

    fn typed(&mut self, expr: &Expr, at: Place, path: &str) -> Option<Type> {
        if at.team && !at.member && self.is_of_entry(expr) {
            self.no_mark(path, "members");
            return None;
        }
        match expr {
            Expr::Mark => match at.own.and_then(|slot| self.rulebook.items.get(slot)) {
                Some(item) if item.panel().is_none() => self.marked(item, at, path),
                _ => {
                    self.no_mark(path, "mark");
                    None
                }
            },
            Expr::Reading(id) => {
                let path = format!("{path}/reading");
                match self.rulebook.item(id) {
                    Some(item) if item.panel().is_none() => self.marked(item, at, &path),
                    Some(_) => {
                        self.no_mark(path, "mark");
                        None
                    }
                    None => {
                        self.fault(unknown(path, id, "item"));
                        None
                    }
                }
            }
            Expr::Own(id) => self.own(id, at, &format!("{path}/own")),
            Expr::EachJudge { panel, of, minimum, absent, void } => {
                self.each_judge(panel, of, (*minimum, *absent, *void), at, &format!("{path}/each_judge"))
            }
            Expr::EachAttempt { item, of, minimum, not_yet, absent, void } => {
                let policy = (*minimum, *not_yet, *absent, *void);
                self.each_attempt(item.as_deref(), of, policy, at, &format!("{path}/each_attempt"))
            }
            Expr::Answer { item, key, .. } => self.answer(item.as_deref(), key, at, &format!("{path}/answer")),
            Expr::Parameter(id) => self.parameter(id, &format!("{path}/parameter")),
            Expr::Age { on, .. } => self.age(on, &format!("{path}/age")),
            Expr::InPlaces(of) => {
                let path = format!("{path}/in_places");
                let of = self.value(of, at, &path)?;
                if of.kind != Kind::Place {
                    self.fault(mismatch(&path, "place", of.name()));
                    return None;
                }
                Some(Type { kind: Kind::Number, ..of })
            }
            Expr::Take { of, count, .. } => self.take(of, *count, at, &format!("{path}/take")),
            Expr::Root { of, digits, .. } => {
                let path = format!("{path}/root");
                self.digits(*digits, &path);
                let of = self.number(of, at, &format!("{path}/of"))?;
                let gaps = Gaps { absent: true, ..of.gaps };
                Some(Type { gaps, length: of.length.rounded(*digits), ..of })
            }
            Expr::Across { of, fold, .. } => self.across(of, *fold, at, &format!("{path}/across")),
            Expr::Standardise { of, digits, zero, .. } => {
                self.standardise(of, *digits, zero, at, &format!("{path}/standardise"))
            }
            Expr::Place { of, .. } => self.place(of, at, &format!("{path}/place")),
            Expr::PlacePoints { of, points, ties, .. } => {
                self.place_points(of, points, *ties, at, &format!("{path}/place_points"))
            }
            Expr::MajorityPlace(id) => self.majority(std::slice::from_ref(id), at, &format!("{path}/majority_place")),
            Expr::Skating(ids) => self.majority(ids, at, &format!("{path}/skating")),
            Expr::Rank => self.rank(at, path),
            Expr::AwardPoints { points, otherwise } => {
                self.award_points(points, otherwise, at, &format!("{path}/award_points"))
            }
            Expr::Members { of, minimum, absent, void } => {
                self.members(of, (*minimum, *absent, *void), at, &format!("{path}/members"))
            }
            Expr::Panel { item, minimum, absent, void } => {
                let path = format!("{path}/panel");
                self.panel(item.as_deref(), at, *minimum, (*absent, *void), &path)
            }
            Expr::Item(id) => {
                let slot = self.by_id.get(id.as_str()).copied().filter(|slot| *slot < self.rulebook.items.len());
                self.named(slot, id, "item", path)
            }
            Expr::Node(id) => {
                let slot = self.by_id.get(id.as_str()).copied().filter(|slot| *slot >= self.rulebook.items.len());
                self.named(slot, id, "node", path)
            }
            Expr::Constant(value) => Some(Type::number(Length::of(value))),
            Expr::Seconds(value) => Some(Type { kind: Kind::Time, ..Type::number(Length::of(value)) }),
            Expr::Datum(_) => Some(Type { gaps: Gaps { absent: true, void: false }, ..Type::number(Length::TYPED) }),
            Expr::InSeconds(of) => {
                let path = format!("{path}/in_seconds");
                let of = self.value(of, at, &path)?;
                if of.kind != Kind::Time {
                    self.fault(mismatch(&path, "time", of.name()));
                    return None;
                }
                Some(Type { kind: Kind::Number, ..of })
            }
            Expr::Min(of) => self.fold(of, at, &format!("{path}/min")).map(|(all, _, _)| all),
            Expr::Max(of) => self.fold(of, at, &format!("{path}/max")).map(|(all, _, _)| all),
            Expr::Sum(of) => {
                let (all, lengths, _) = self.fold(of, at, &format!("{path}/sum"))?;
                Some(Type { length: Length::sum(&lengths), ..all })
            }
            Expr::Mean(of) => {
                let (all, lengths, most) = self.fold(of, at, &format!("{path}/mean"))?;
                Some(Type { length: Length::sum(&lengths).times(Length::of_count(most)), ..all })
            }
            Expr::Median(of) => {
                let (all, _, _) = self.fold(of, at, &format!("{path}/median"))?;
                Some(Type { length: all.length.times(all.length).times(Length::of_count(2)), ..all })
            }
            Expr::Times(of) => self.times(of, at, &format!("{path}/times")),
            Expr::Count(of) => {
                let (all, _, most) = self.fold(of, at, &format!("{path}/count"))?;
                Some(Type { kind: Kind::Number, length: Length::of_count(most), ..all })
            }
            Expr::Trim(trim) => self.trim(trim, at, &format!("{path}/trim")),
            Expr::Weigh { of, whole } => {
                let path = format!("{path}/weigh");
                if of.is_empty() {
                    self.fault(Fault::new(&path, FaultCode::Empty));
                    return None;
                }
                let sum: Exact = of.iter().map(|weight| &weight.by).sum();
                if let Some(whole) = whole.as_ref().filter(|whole| **whole != sum) {
                    self.fault(Fault::new(&path, FaultCode::Weights).with("sum", &sum).with("whole", whole));
                }
                let mut gaps = Gaps::default();
                let mut lengths = Vec::with_capacity(of.len());
                let mut fine = true;
                for (index, weight) in of.iter().enumerate() {
                    match self.number(&weight.of, at, &format!("{path}/of/{index}/of")) {
                        Some(one) => {
                            gaps = gaps.and(one.gaps);
                            lengths.push((one.length.times(Length::of(&weight.by)), 1));
                        }
                        None => fine = false,
                    }
                }
                fine.then(|| Type { gaps, ..Type::number(Length::sum(&lengths)) })
            }
            Expr::Scale { of, from, to } => {
                let path = format!("{path}/scale");
                if from.is_zero() {
                    self.fault(Fault::new(format!("{path}/from"), FaultCode::DivisionByZero));
                }
                let of = self.number(of, at, &format!("{path}/of"))?;
                Some(Type { length: of.length.times(Length::of(from)).times(Length::of(to)), ..of })
            }
            Expr::Minus { from, less, floor } => {
                let path = format!("{path}/minus");
                let start = self.value(from, at, &format!("{path}/from"));
                let (less, mut lengths, _) = self.fold(less, at, &format!("{path}/less"))?;
                let start = start?;
                if start.kind != less.kind {
                    self.fault(mismatch(format!("{path}/less"), start.name(), less.name()));
                    return None;
                }
                lengths.push((start.length, 1));
                let mut length = Length::sum(&lengths);
                if let Some(floor) = floor {
                    length = length.or(Length::of(floor));
                }
                Some(Type { gaps: start.gaps.and(less.gaps), length, ..start })
            }
            Expr::Clamp { of, low, high } => {
                let path = format!("{path}/clamp");
                if let (Some(low), Some(high)) = (low, high)
                    && low > high
                {
                    self.fault(range(format!("{path}/high"), low.to_string(), String::new(), high.to_string()));
                }
                let mut of = self.value(of, at, &format!("{path}/of"))?;
                for limit in [low, high].into_iter().flatten() {
                    of.length = of.length.or(Length::of(limit));
                }
                Some(of)
            }
            Expr::Abs(of) => self.value(of, at, &format!("{path}/abs")),
            Expr::Divide { of, by, zero } => self.divide((of, by, zero.as_deref()), at, &format!("{path}/divide")),
            Expr::Round { of, digits, .. } => {
                let path = format!("{path}/round");
                self.digits(*digits, &path);
                let of = self.value(of, at, &format!("{path}/of"))?;
                Some(Type { length: of.length.rounded(*digits), ..of })
            }
            Expr::Settle { of, absent, void } => {
                let mut of = self.value(of, at, &format!("{path}/settle/of"))?;
                of.gaps.absent &= absent.is_none();
                of.gaps.void &= void.is_none();
                for value in [absent, void].into_iter().flatten() {
                    of.length = of.length.or(Length::of(value));
                }
                Some(of)
            }
            Expr::Table(table) => self.table(table, at, &format!("{path}/table")),
            Expr::When { is, then, otherwise } => {
                let path = format!("{path}/when");
                let is = self.condition(is, at, &format!("{path}/is"));
                let then = self.value(then, at, &format!("{path}/then"));
                let other = self.value(otherwise, at, &format!("{path}/otherwise"))?;
                let (is, then) = (is?, then?);
                if then.kind != other.kind {
                    self.fault(mismatch(format!("{path}/otherwise"), then.name(), other.name()));
                    return None;
                }
                let gaps = is.and(then.gaps).and(other.gaps);
                Some(Type { gaps, length: then.length.or(other.length), ..then })
            }
        }
    }

    /// A mark where it stands: an answer is no number, and an item with attempts has no one mark.
    fn marked(&mut self, item: &Item, at: Place, path: &str) -> Option<Type> {
        if matches!(item.input, Input::Answer { .. }) {
            self.fault(mismatch(path, "value", "answer"));
            return None;
        }
        self.attempted(item, at, path).then(|| mark_type(item))
    }

    /// Does an item have the attempt at hand? One that is marked once has it always.
    fn attempted(&mut self, item: &Item, at: Place, path: &str) -> bool {
        let fits = item.attempts.is_none_or(|attempts| at.attempts > 0 && at.attempts <= attempts);
        if !fits {
            self.no_mark(path, "each_attempt");
        }
        fits
    }

    fn no_mark(&mut self, path: impl Into<String>, wanted: &str) {
        self.fault(Fault::new(path, FaultCode::NoMarkHere).with("wanted", wanted));
    }

    fn digits(&mut self, digits: u8, path: &str) {
        if digits > 12 {
            self.fault(range(format!("{path}/digits"), 0, 12, digits));
        }
    }

    fn named(&mut self, slot: Option<usize>, id: &str, wanted: &str, path: &str) -> Option<Type> {
        match slot {
            Some(slot) => self.slots[slot],
            None => {
                self.fault(unknown(format!("{path}/{wanted}"), id, wanted));
                None
            }
        }
    }
}

/// The type of an item's mark.
fn mark_type(item: &Item) -> Type {
    let kind = match item.input {
        Input::Time { .. } => Kind::Time,
        Input::Placing { .. } => Kind::Place,
        _ => Kind::Number,
    };
    Type { kind, list: None, gaps: Gaps::ALL, length: Length::of_mark(item) }
}

fn mismatch(path: impl Into<String>, wanted: &str, found: &str) -> Fault {
    Fault::new(path, FaultCode::TypeMismatch).with("wanted", wanted).with("found", found)
}

fn unknown(path: impl Into<String>, id: &str, wanted: &str) -> Fault {
    Fault::new(path, FaultCode::UnknownId).with("id", id).with("wanted", wanted)
}
