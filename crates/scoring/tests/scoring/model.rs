//! An independent computation of whole fields, written from the laws in the rulebook's documentation over big rationals: slow, without lanes,
//! orders or caches that the engine has, and exact where a root is rounded.

mod awards;
mod number;
mod rank;
mod wide;

use crate::numbers::reference as exact_of;
use crate::reference::Missing;
use jiangsai_scoring::rulebook::{
    AnswerCount, AnswerKey, Compare, Condition, Expr, Gap, Input, Item, Logic, Operands, ParameterKind, Relation,
    StatusRule, StatusTotal, TeamPart, Unmarked, Which,
};
use jiangsai_scoring::{EntryStatus, Exact, Field, Mark, Rulebook};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

pub type Result = std::result::Result<BigRational, Missing>;
type List = std::result::Result<Vec<BigRational>, Missing>;

pub fn int(value: usize) -> BigRational {
    BigRational::from_integer(BigInt::from(value))
}

pub fn num(value: &Exact) -> BigRational {
    exact_of(value)
}

/// For whom an expression is computed.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub entry: usize,
    own: Option<&'a Item>,
    seat: usize,
    attempt: u16,
    members: Option<&'a [usize]>,
    member: bool,
}

/// What is known once entries are ranked.
#[derive(Default)]
pub struct After {
    pub ranks: Vec<Option<u32>>,
    pub awards: Vec<Vec<usize>>,
}

pub struct Model<'a> {
    pub book: &'a Rulebook,
    pub field: &'a Field,
    marks: HashMap<(usize, &'a str, u16, usize), &'a Mark>,
    /// The last stage of each entry, and whether it is open that it goes on.
    pub reached: Vec<(usize, bool)>,
    known: RefCell<HashMap<(String, usize), Result>>,
    wides: RefCell<HashMap<(usize, usize, u16), Vec<Result>>>,
    pub after: Option<After>,
}

impl<'a> Model<'a> {
    pub fn new(book: &'a Rulebook, field: &'a Field) -> Self {
        let by_id: HashMap<&str, usize> =
            field.entries.iter().enumerate().map(|(index, entry)| (entry.id.as_str(), index)).collect();
        let mut marks = HashMap::new();
        for row in &field.marks {
            let panel = book.item(&row.item).unwrap().panel();
            let seat = match (panel, &row.judge) {
                (Some(panel), Some(judge)) => field.panels[panel].iter().position(|own| own == judge).unwrap(),
                _ => 0,
            };
            marks.insert((by_id[row.entry.as_str()], row.item.as_str(), row.attempt, seat), &row.mark);
        }
        let reached = vec![(0, false); field.entries.len()];
        let mut model =
            Self { book, field, marks, reached, known: RefCell::default(), wides: RefCell::default(), after: None };
        model.go_on();
        model
    }

    pub fn forget(&self) {
        self.known.borrow_mut().clear();
        self.wides.borrow_mut().clear();
    }

    pub fn at(&self, entry: usize) -> At<'a> {
        At { entry, own: None, seat: 0, attempt: 1, members: None, member: false }
    }

    pub fn of_team<'b>(&self, members: &'b [usize]) -> At<'b>
    where
        'a: 'b,
    {
        At { members: Some(members), ..self.at(members.first().copied().unwrap_or(0)) }
    }

    pub fn status(&self, entry: usize) -> StatusRule {
        rule(self.book, self.state(entry))
    }

    /// What an entry is to its team.
    pub fn part(&self, entry: usize) -> TeamPart {
        let rule = self.status(entry);
        match (rule.team, rule.total) {
            (Some(part), _) => part,
            (None, StatusTotal::None) => TeamPart::Absent,
            (None, StatusTotal::Computed | StatusTotal::Zero) => TeamPart::Member,
        }
    }

    /// What became of an entry in the last stage it takes part in.
    pub fn state(&self, entry: usize) -> EntryStatus {
        self.state_in(self.reached[entry].0, entry)
    }

    /// What had become of an entry in a stage.
    pub fn state_in(&self, stage: usize, entry: usize) -> EntryStatus {
        let own = &self.field.entries[entry];
        let since = own.since.as_ref().map_or(0, |id| self.stage_named(id));
        if stage < since { EntryStatus::Ok } else { own.status }
    }

    fn stage_named(&self, id: &str) -> usize {
        self.book.stages.iter().position(|own| own.id == *id).unwrap()
    }

    pub(super) fn stage_of_item(&self, item: &Item) -> usize {
        item.stage.as_ref().map_or(0, |id| self.stage_named(id))
    }

    /// The latest stage that anything named in a document belongs to.
    pub(super) fn latest(&self, of: &serde_json::Value) -> usize {
        match of {
            serde_json::Value::String(id) => {
                let item = self.book.item(id).map(|item| {
                    let below = item.score.as_ref().map_or(0, |score| self.latest(&document(score)));
                    self.stage_of_item(item).max(below)
                });
                let node = self.book.node(id).map(|node| self.latest(&document(&node.value)));
                let stage = self.book.stages.iter().position(|own| own.id == *id);
                item.or(node).or(stage).unwrap_or(0)
            }
            serde_json::Value::Array(of) => of.iter().map(|one| self.latest(one)).max().unwrap_or(0),
            serde_json::Value::Object(of) => of.values().map(|one| self.latest(one)).max().unwrap_or(0),
            _ => 0,
        }
    }

    pub fn text(&self, entry: usize, name: &str) -> &str {
        self.field.entries[entry].data.get(name).map_or("", |text| text.trim())
    }

    pub fn datum(&self, entry: usize, name: &str) -> Option<BigRational> {
        let text = self.text(entry, name);
        (!text.is_empty()).then(|| num(&text.parse().unwrap()))
    }

    fn seats(&self, item: &Item) -> usize {
        item.panel().map_or(1, |panel| usize::from(self.book.panel(panel).unwrap().seats))
    }

    fn mark(&self, entry: usize, item: &Item, attempt: u16, seat: usize) -> Mark {
        let attempt = if item.attempts.is_some() { attempt } else { 1 };
        self.marks.get(&(entry, item.id.as_str(), attempt, seat)).map_or(Mark::NotYet, |mark| (*mark).clone())
    }

    fn cell(&self, entry: usize, item: &Item, attempt: u16, seat: usize) -> Result {
        match self.mark(entry, item, attempt, seat) {
            Mark::Value(value) => Ok(num(&value)),
            Mark::NotYet => Err(Missing::NotYet),
            Mark::Absent => Err(Missing::Absent),
            Mark::Void | Mark::Answer(_) => Err(Missing::Void),
        }
    }

    /// The score of an item or the value of a node.
    pub fn value(&self, id: &str, entry: usize) -> Result {
        let key = (id.to_owned(), entry);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let result = match self.book.item(id) {
            Some(item) => self.score(item, entry),
            None => self.eval(&self.book.node(id).unwrap().value, self.at(entry)),
        };
        self.known.borrow_mut().insert(key, result.clone());
        result
    }

    fn score(&self, item: &'a Item, entry: usize) -> Result {
        let stage = self.stage_of_item(item);
        let (reached, open) = self.reached[entry];
        if reached < stage {
            return Err(if open { Missing::NotYet } else { Missing::Absent });
        }
        let result = match &item.score {
            Some(score) => self.eval(score, At { own: Some(item), ..self.at(entry) }),
            None => self.default_score(item, entry),
        };
        let attempts = 1..=item.attempts.unwrap_or(1);
        if let Some(limit) = &item.spread {
            for attempt in attempts.clone() {
                let values: Vec<BigRational> =
                    (0..self.seats(item)).filter_map(|seat| self.cell(entry, item, attempt, seat).ok()).collect();
                if let (Some(low), Some(high)) = (values.iter().min(), values.iter().max())
                    && high - low > num(limit)
                {
                    return Err(Missing::NotYet);
                }
            }
        }
        let general = if item.panel().is_none() { self.book.settle.clone() } else { None };
        let settle = item.settle.clone().or(general).unwrap_or_default();
        let mut places = attempts.flat_map(|attempt| (0..self.seats(item)).map(move |seat| (attempt, seat)));
        match result {
            Err(Missing::NotYet)
                if places.all(|(attempt, seat)| self.mark(entry, item, attempt, seat) == Mark::NotYet) =>
            {
                match (settle.not_yet.as_ref().map(num), self.unmarked(item, entry)) {
                    (Some(value), _) => Ok(value),
                    (None, Unmarked::Zero) => nothing(item),
                    (None, Unmarked::NotYet) => Err(Missing::NotYet),
                }
            }
            Err(Missing::Absent) => settle.absent.as_ref().map(num).ok_or(Missing::Absent),
            Err(Missing::Void) => settle.void.as_ref().map(num).ok_or(Missing::Void),
            other => other,
        }
    }

    fn unmarked(&self, item: &Item, entry: usize) -> Unmarked {
        rule(self.book, self.state_in(self.stage_of_item(item), entry)).unmarked
    }

    fn default_score(&self, item: &Item, entry: usize) -> Result {
        let seats = self.seats(item);
        let marks = all((0..seats).map(|seat| self.cell(entry, item, 1, seat)).collect())?;
        let mut mark: BigRational = marks.into_iter().sum();
        if item.panel().is_some() && !matches!(item.input, Input::Vote {}) {
            mark /= int(seats);
        }
        let full = item.max.as_ref().map(num);
        Ok(match (&item.input, full) {
            (Input::Level { max, .. }, Some(full)) => mark * full / int(usize::from(*max)),
            (Input::Tick {}, Some(full)) => mark * full,
            (Input::Count { each, .. }, _) => mark * num(each),
            (Input::Deduction { each, .. }, full) => {
                let lost = each.as_ref().map_or(mark.clone(), |each| mark * num(each));
                full.map_or(lost.clone(), |full| (full - lost).max(int(0)))
            }
            _ => mark,
        })
    }

    fn list(&self, of: &'a Operands, at: At<'_>) -> List {
        let parts: Vec<List> = of.0.iter().map(|one| self.flat(one, at)).collect();
        if let Some(missing) = parts.iter().filter_map(|part| part.as_ref().err()).max() {
            return Err(*missing);
        }
        Ok(parts.into_iter().flat_map(std::result::Result::unwrap).collect())
    }

    /// One operand as the values it stands for.
    fn flat(&self, expr: &'a Expr, at: At<'_>) -> List {
        match expr {
            Expr::Panel { item, minimum, absent, void } => {
                let item = self.item(item.as_deref(), at);
                let panel = self.book.panel(item.panel().unwrap()).unwrap();
                let fewest = minimum.or(panel.minimum).unwrap_or(panel.seats);
                let all = (0..usize::from(panel.seats)).map(|seat| self.cell(at.entry, item, at.attempt, seat));
                kept(all.collect(), Gap::Refuse, *absent, *void, usize::from(fewest))
            }
            Expr::EachJudge { panel, of, minimum, absent, void } => {
                let panel = self.book.panel(panel).unwrap();
                let fewest = minimum.or(panel.minimum).unwrap_or(panel.seats);
                let all = (0..usize::from(panel.seats)).map(|seat| self.eval(of, At { seat, ..at }));
                kept(all.collect(), Gap::Refuse, *absent, *void, usize::from(fewest))
            }
            Expr::EachAttempt { item, of, minimum, not_yet, absent, void } => {
                let item = self.item(item.as_deref(), at);
                let attempts = item.attempts.unwrap();
                let bare = |attempt: u16| {
                    (0..self.seats(item)).all(|seat| self.mark(at.entry, item, attempt, seat) == Mark::NotYet)
                };
                let some = !(1..=attempts).all(bare);
                let zero = some && *not_yet == Gap::Refuse && self.unmarked(item, at.entry) == Unmarked::Zero;
                let all = (1..=attempts).map(|attempt| match self.eval(of, At { attempt, ..at }) {
                    Err(Missing::NotYet) if zero && bare(attempt) => nothing(item),
                    other => other,
                });
                kept(all.collect(), *not_yet, *absent, *void, usize::from(minimum.unwrap_or(1)))
            }
            Expr::Members { of, minimum, absent, void } => {
                let all = at.members.unwrap().iter().map(|entry| {
                    if self.part(*entry) == TeamPart::Absent {
                        Err(Missing::Absent)
                    } else {
                        self.eval(of, At { entry: *entry, member: true, ..at })
                    }
                });
                kept(all.collect(), Gap::Refuse, *absent, *void, usize::from(minimum.unwrap_or(1)))
            }
            Expr::Trim(trim) => {
                let mut values = self.list(&trim.of, at)?;
                let row =
                    trim.by_size.iter().filter(|row| usize::from(row.from) <= values.len()).max_by_key(|row| row.from);
                let (low, high) = row.map_or((trim.low, trim.high), |row| (row.low, row.high));
                if usize::from(low) + usize::from(high) >= values.len() {
                    return Err(Missing::Absent);
                }
                for _ in 0..low {
                    let least = values.iter().min().unwrap().clone();
                    values.remove(values.iter().position(|value| *value == least).unwrap());
                }
                for _ in 0..high {
                    let most = values.iter().max().unwrap().clone();
                    values.remove(values.iter().position(|value| *value == most).unwrap());
                }
                Ok(values)
            }
            Expr::Take { of, which, count } => {
                let mut values = self.list(of, at)?;
                while values.len() > usize::from(*count) {
                    let last = values.len() - 1;
                    // Of several equal ones the first is taken, so the last is left.
                    let gone = match which {
                        Which::First => last,
                        Which::Last => 0,
                        Which::Highest => (0..=last).rev().min_by_key(|place| values[*place].clone()).unwrap(),
                        Which::Lowest => (0..=last).max_by_key(|place| values[*place].clone()).unwrap(),
                    };
                    values.remove(gone);
                }
                Ok(values)
            }
            _ => self.eval(expr, at).map(|value| vec![value]),
        }
    }

    fn item(&self, id: Option<&str>, at: At<'_>) -> &'a Item {
        match id {
            Some(id) => self.book.item(id).unwrap(),
            None => self.book.item(&at.own.unwrap().id).unwrap(),
        }
    }

    fn letters(&self, entry: usize, item: &Item, attempt: u16) -> std::result::Result<String, Missing> {
        match self.mark(entry, item, attempt, 0) {
            Mark::Answer(letters) => Ok(letters),
            Mark::NotYet => Err(Missing::NotYet),
            Mark::Absent => Err(Missing::Absent),
            _ => Err(Missing::Void),
        }
    }

    fn parameter(&self, id: &str, entry: usize) -> Option<String> {
        let parameter = self.book.parameter(id).unwrap();
        let given = self.field.parameters.get(id);
        let of = |text: &str| {
            let own = if text.is_empty() { parameter.value.as_ref() } else { parameter.values.get(text) };
            given.and_then(|given| given.get(text)).or(own).cloned()
        };
        let text = parameter.by.as_ref().map_or("", |by| self.text(entry, by));
        of(text).or_else(|| of(""))
    }

    pub fn eval(&self, expr: &'a Expr, at: At<'_>) -> Result {
        let of_list = |of: &'a Operands| self.list(of, at);
        match expr {
            Expr::Mark => self.cell(at.entry, at.own.unwrap(), at.attempt, 0),
            Expr::Reading(id) => self.cell(at.entry, self.book.item(id).unwrap(), at.attempt, 0),
            Expr::Own(id) => self.cell(at.entry, self.book.item(id).unwrap(), at.attempt, at.seat),
            Expr::Answer { item, key, count } => {
                let answer: Vec<char> =
                    self.letters(at.entry, self.item(item.as_deref(), at), at.attempt)?.chars().collect();
                let key = match key {
                    AnswerKey::Letters(letters) => letters.to_uppercase(),
                    AnswerKey::Parameter(id) => self.parameter(id, at.entry).ok_or(Missing::NotYet)?.to_uppercase(),
                    AnswerKey::Item(id) => self.letters(at.entry, self.book.item(id).unwrap(), 1)?,
                };
                let key: Vec<char> = key.chars().collect();
                Ok(int(match count {
                    AnswerCount::Matches => {
                        (0..answer.len().min(key.len())).filter(|place| answer[*place] == key[*place]).count()
                    }
                    AnswerCount::Same => usize::from(answer == key),
                    AnswerCount::Displacement => (0..key.len())
                        .map(|place| {
                            let found = (0..answer.len()).find(|other| answer[*other] == key[place]);
                            found.map_or(key.len(), |other| other.abs_diff(place))
                        })
                        .sum(),
                }))
            }
            Expr::Parameter(id) => {
                let time = self.book.parameter(id).unwrap().kind == ParameterKind::Time;
                assert!(!time, "times as parameters are tested elsewhere");
                self.parameter(id, at.entry).map(|text| num(&text.parse().unwrap())).ok_or(Missing::NotYet)
            }
            Expr::Item(id) => self.value(id, at.entry),
            Expr::Node(id) if self.after.is_some() && *id == self.book.ranking.by => {
                let rule = self.status(at.entry);
                if at.member && rule.team == Some(TeamPart::Member) {
                    self.value(id, at.entry)
                } else {
                    self.published(at.entry)
                }
            }
            Expr::Node(id) => self.value(id, at.entry),
            Expr::Constant(value) | Expr::Seconds(value) => Ok(num(value)),
            Expr::Datum(name) => self.datum(at.entry, name).ok_or(Missing::Absent),
            Expr::Age { born, on } => age(self.text(at.entry, born), on).ok_or(Missing::Absent),
            Expr::InSeconds(of) | Expr::InPlaces(of) => self.eval(of, at),
            Expr::Sum(of) => of_list(of).map(|all| all.into_iter().sum()),
            Expr::Times(of) => of_list(of).map(|all| all.into_iter().product()),
            Expr::Mean(of) => of_list(of).map(|all| all.iter().sum::<BigRational>() / int(all.len())),
            Expr::Count(of) => of_list(of).map(|all| int(all.len())),
            Expr::Min(of) => of_list(of).map(|all| all.into_iter().min().unwrap()),
            Expr::Max(of) => of_list(of).map(|all| all.into_iter().max().unwrap()),
            Expr::Median(of) => of_list(of).map(median),
            Expr::Weigh { of, .. } => {
                let parts = of.iter().map(|weight| Ok(self.eval(&weight.of, at)? * num(&weight.by))).collect();
                all(parts).map(|all| all.into_iter().sum())
            }
            Expr::Scale { of, from, to } => self.eval(of, at).map(|value| value * num(to) / num(from)),
            Expr::Minus { from, less, floor } => {
                let less = self.list(less, at).map(|all| all.into_iter().sum());
                let both = all(vec![self.eval(from, at), less])?;
                let result = &both[0] - &both[1];
                Ok(floor.as_ref().map_or(result.clone(), |floor| result.max(num(floor))))
            }
            Expr::Clamp { of, low, high } => {
                let value = self.eval(of, at)?;
                let value = low.as_ref().map_or(value.clone(), |low| value.max(num(low)));
                Ok(high.as_ref().map_or(value.clone(), |high| value.min(num(high))))
            }
            Expr::Abs(of) => self.eval(of, at).map(|value| value.abs()),
            Expr::Divide { of, by, zero } => {
                let both = all(vec![self.eval(of, at), self.eval(by, at)])?;
                if both[1].is_zero() { self.eval(zero.as_ref().unwrap(), at) } else { Ok(&both[0] / &both[1]) }
            }
            Expr::Round { of, digits, mode } => self.eval(of, at).map(|value| number::round(&value, *digits, *mode)),
            Expr::Root { of, digits, mode } => {
                let value = self.eval(of, at)?;
                if value.is_negative() { Err(Missing::Absent) } else { Ok(number::root(&value, false, *digits, *mode)) }
            }
            Expr::Settle { of, absent, void } => match self.eval(of, at) {
                Err(Missing::Absent) => absent.as_ref().map(num).ok_or(Missing::Absent),
                Err(Missing::Void) => void.as_ref().map(num).ok_or(Missing::Void),
                other => other,
            },
            Expr::Table(table) => {
                let value = self.eval(&table.of, at)?;
                let band = table.bands.iter().find(|band| relation(band.is, &value, &num(&band.edge)));
                Ok(num(band.map_or(&table.otherwise, |band| &band.points)))
            }
            Expr::When { is, then, otherwise } => {
                if self.strict(is, at)? {
                    self.eval(then, at)
                } else {
                    self.eval(otherwise, at)
                }
            }
            Expr::Across { .. }
            | Expr::Standardise { .. }
            | Expr::Place { .. }
            | Expr::PlacePoints { .. }
            | Expr::MajorityPlace(_) => {
                let key = (std::ptr::from_ref(expr).addr(), at.seat, at.attempt);
                if let Some(known) = self.wides.borrow().get(&key) {
                    return known[at.entry].clone();
                }
                let all = self.wide(expr, at);
                let own = all[at.entry].clone();
                self.wides.borrow_mut().insert(key, all);
                own
            }
            Expr::Rank => {
                let rank = self.after.as_ref().and_then(|after| after.ranks[at.entry]);
                rank.map(|rank| int(usize::try_from(rank).unwrap())).ok_or(Missing::Absent)
            }
            Expr::AwardPoints { points, otherwise } => {
                let own = self.after.as_ref().map_or(&[][..], |after| &after.awards[at.entry]);
                let tiers = &self.book.awards.as_ref().unwrap().tiers;
                let best = own.iter().filter_map(|tier| points.get(&tiers[*tier].id)).next();
                Ok(num(best.unwrap_or(otherwise)))
            }
            Expr::Panel { .. }
            | Expr::EachJudge { .. }
            | Expr::EachAttempt { .. }
            | Expr::Members { .. }
            | Expr::Trim(_)
            | Expr::Take { .. } => {
                panic!("a list is no value")
            }
            Expr::Skating(_) => panic!("the skating system is tested by its own examples"),
        }
    }

    /// A condition in an expression: missing where anything compared is.
    fn strict(&self, is: &'a Condition, at: At<'_>) -> std::result::Result<bool, Missing> {
        let several = |of: &'a [Condition]| {
            let all: Vec<std::result::Result<bool, Missing>> = of.iter().map(|one| self.strict(one, at)).collect();
            match all.iter().filter_map(|one| one.as_ref().err()).max() {
                Some(missing) => Err(*missing),
                None => Ok(all.into_iter().map(std::result::Result::unwrap).collect::<Vec<bool>>()),
            }
        };
        match is {
            Condition::Compare(Compare { left, is, right }) => {
                let both = all(vec![self.eval(left, at), self.eval(right, at)])?;
                Ok(relation(*is, &both[0], &both[1]))
            }
            Condition::Logic(Logic::All(of)) => several(of).map(|all| !all.contains(&false)),
            Condition::Logic(Logic::Any(of)) => several(of).map(|all| all.contains(&true)),
            Condition::Logic(Logic::Not(of)) => self.strict(of, at).map(|holds| !holds),
            Condition::Logic(Logic::InStage(id)) => {
                let stage = self.book.stages.iter().position(|own| own.id == *id).unwrap();
                match self.reached[at.entry] {
                    (reached, _) if reached >= stage => Ok(true),
                    (_, true) => Err(Missing::NotYet),
                    (_, false) => Ok(false),
                }
            }
            Condition::Logic(_) => Ok(self.plain(is, at)),
        }
    }

    /// A condition of awards, honours or stages: what hangs on a missing value does not hold, and neither does its `not`.
    pub fn holds(&self, is: &'a Condition, at: At<'_>) -> bool {
        self.certain(is, true, at)
    }

    /// Is it certain that a condition holds, or that it does not, whatever the missing values may be?
    fn certain(&self, is: &'a Condition, wanted: bool, at: At<'_>) -> bool {
        match is {
            Condition::Compare(_) | Condition::Logic(Logic::InStage(_)) => self.strict(is, at) == Ok(wanted),
            Condition::Logic(Logic::Not(of)) => self.certain(of, !wanted, at),
            Condition::Logic(Logic::All(of)) if wanted => of.iter().all(|one| self.certain(one, true, at)),
            Condition::Logic(Logic::All(of)) => of.iter().any(|one| self.certain(one, false, at)),
            Condition::Logic(Logic::Any(of)) if wanted => of.iter().any(|one| self.certain(one, true, at)),
            Condition::Logic(Logic::Any(of)) => of.iter().all(|one| self.certain(one, false, at)),
            _ => self.plain(is, at) == wanted,
        }
    }

    /// A condition that nothing can be missing of.
    fn plain(&self, is: &'a Condition, at: At<'_>) -> bool {
        match is {
            Condition::Compare(_)
            | Condition::Logic(Logic::All(_) | Logic::Any(_) | Logic::Not(_) | Logic::InStage(_)) => {
                unreachable!("those can hang on a missing value")
            }
            Condition::Logic(Logic::DatumIs { name, any_of }) => {
                any_of.iter().any(|text| text == self.text(at.entry, name))
            }
            Condition::Logic(Logic::OnScale { scale, datum, is, than }) => {
                let scale = &self.book.scales.iter().find(|own| own.id == *scale).unwrap().values;
                let place = |text: &str| int(scale.iter().position(|own| own == text).map_or(0, |place| place + 1));
                relation(*is, &place(self.text(at.entry, datum)), &place(than))
            }
            Condition::Logic(Logic::Award(ids)) => {
                let tiers = &self.book.awards.as_ref().unwrap().tiers;
                self.after
                    .as_ref()
                    .is_some_and(|after| after.awards[at.entry].iter().any(|tier| ids.contains(&tiers[*tier].id)))
            }
        }
    }

    /// The total as it is published.
    pub fn published(&self, entry: usize) -> Result {
        match self.status(entry).total {
            StatusTotal::Computed => self.value(&self.book.ranking.by, entry),
            StatusTotal::Zero => Ok(int(0)),
            StatusTotal::None => Err(Missing::Absent),
        }
    }
}

pub fn document(expr: &Expr) -> serde_json::Value {
    serde_json::to_value(expr).unwrap()
}

/// The least an item can be; absent where zero would be the best.
fn nothing(item: &Item) -> Result {
    let from_zero = !matches!(item.input, Input::Time { .. } | Input::Placing { .. });
    if from_zero { Ok(int(0)) } else { Err(Missing::Absent) }
}

/// What a status does, as the rulebook says or by the documented default.
pub fn rule(book: &Rulebook, status: EntryStatus) -> StatusRule {
    let statuses = &book.statuses;
    let (own, total, ranked, counted, unmarked) = match status {
        EntryStatus::Ok => (statuses.ok, true, true, true, Unmarked::NotYet),
        EntryStatus::Absent => (statuses.absent, false, false, false, Unmarked::NotYet),
        EntryStatus::Withdrawn => (statuses.withdrawn, false, false, false, Unmarked::NotYet),
        EntryStatus::NotCheckedIn => (statuses.not_checked_in, false, false, false, Unmarked::NotYet),
        EntryStatus::Retired => (statuses.retired, true, true, true, Unmarked::Zero),
        EntryStatus::Unfinished => (statuses.unfinished, true, true, true, Unmarked::Zero),
        EntryStatus::Disqualified => (statuses.disqualified, false, false, true, Unmarked::NotYet),
        EntryStatus::Void => (statuses.void, false, false, true, Unmarked::NotYet),
    };
    let total = if total { StatusTotal::Computed } else { StatusTotal::None };
    own.unwrap_or(StatusRule { total, ranked, counted, unmarked, team: None, honours: None })
}

pub fn all(values: Vec<Result>) -> List {
    match values.iter().filter_map(|value| value.as_ref().err()).max() {
        Some(missing) => Err(*missing),
        None => Ok(values.into_iter().map(std::result::Result::unwrap).collect()),
    }
}

pub fn median(mut all: Vec<BigRational>) -> BigRational {
    all.sort();
    let size = all.len();
    (&all[(size - 1) / 2] + &all[size / 2]) / int(2)
}

pub fn relation(is: Relation, left: &BigRational, right: &BigRational) -> bool {
    match is {
        Relation::Less => left < right,
        Relation::AtMost => left <= right,
        Relation::Equal => left == right,
        Relation::AtLeast => left >= right,
        Relation::More => left > right,
    }
}

/// A list under its policies.
fn kept(of: Vec<Result>, not_yet: Gap, absent: Gap, void: Gap, fewest: usize) -> List {
    let awaited = of.contains(&Err(Missing::NotYet));
    let mut results = Vec::new();
    for one in of {
        let policy = match &one {
            Ok(_) => Gap::Refuse,
            Err(Missing::NotYet) => not_yet,
            Err(Missing::Absent) => absent,
            Err(Missing::Void) => void,
        };
        match policy {
            Gap::LeaveOut => {}
            Gap::Zero => results.push(Ok(int(0))),
            Gap::Refuse => results.push(one),
        }
    }
    let values = all(results)?;
    if values.len() >= fewest.max(1) {
        Ok(values)
    } else {
        Err(if awaited { Missing::NotYet } else { Missing::Absent })
    }
}

/// Whole years between a date as a person writes it and one of the rulebook.
fn age(born: &str, on: &str) -> Option<BigRational> {
    let parts = |text: &str| -> Option<(usize, usize)> {
        let own: Vec<&str> = text.split(['-', '/', '.']).collect();
        let own = if own.len() == 1 && text.len() == 8 { vec![&text[..4], &text[4..6], &text[6..]] } else { own };
        let own: Vec<usize> = own.iter().filter_map(|part| part.parse().ok()).collect();
        (own.len() == 3).then(|| (own[0], own[1] * 100 + own[2]))
    };
    let ((year, day), (on_year, on_day)) = (parts(born)?, parts(on)?);
    Some(int(on_year - year - usize::from(on_day < day)))
}

/// Entries by the text of a datum.
pub fn groups(model: &Model<'_>, name: Option<&String>, of: &[usize]) -> BTreeMap<String, Vec<usize>> {
    let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for entry in of {
        let text = name.map_or("", |name| model.text(*entry, name)).to_owned();
        all.entry(text).or_default().push(*entry);
    }
    all
}
