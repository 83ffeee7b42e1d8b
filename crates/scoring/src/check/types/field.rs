//! Forms over judges, attempts, answers, parameters and the whole field.

use super::numbers::Length;
use super::{Checker, Gaps, Kind, Place, Type, mismatch, unknown};
use crate::check::range;
use crate::engine::is_date;
use crate::exact::Exact;
use crate::fault::{Fault, FaultCode};
use crate::field::Mark;
use crate::input::check_mark;
use crate::rulebook::{AcrossFold, AnswerKey, Expr, Gap, Input, Item, Operands, ParameterKind, PlaceTies};
use std::collections::BTreeMap;

/// Most values `take` can take.
const MOST_TAKEN: u16 = 999;
/// Most members of a team that a value is made of.
pub(super) const MOST_MEMBERS: usize = 99;

impl Checker<'_> {
    pub(super) fn own(&mut self, id: &str, at: Place, path: &str) -> Option<Type> {
        let Some(item) = self.rulebook.item(id) else {
            self.fault(unknown(path, id, "item"));
            return None;
        };
        let panel = item.panel().and_then(|id| self.rulebook.panels.iter().position(|panel| panel.id == id));
        if panel.is_none() || panel != at.panel {
            self.no_mark(path, "judge");
            return None;
        }
        self.marked(item, at, path)
    }

    pub(super) fn each_judge(
        &mut self,
        panel: &str,
        of: &Expr,
        (minimum, absent, void): (Option<u16>, Gap, Gap),
        at: Place,
        path: &str,
    ) -> Option<Type> {
        let Some(index) = self.rulebook.panels.iter().position(|one| one.id == panel) else {
            self.fault(unknown(format!("{path}/panel"), panel, "panel"));
            return None;
        };
        if at.panel.is_some() {
            self.nested(path);
            return None;
        }
        let rule = &self.rulebook.panels[index];
        let of = self.value(of, Place { panel: Some(index), ..at }, &format!("{path}/of"))?;
        let fewest = minimum.or(rule.minimum).unwrap_or(rule.seats);
        if !(1..=rule.seats).contains(&fewest) {
            self.fault(range(format!("{path}/minimum"), 1, rule.seats, fewest));
            return None;
        }
        let shrinks = absent == Gap::LeaveOut || void == Gap::LeaveOut;
        Some(each(of, (absent, void), shrinks, usize::from(fewest), usize::from(rule.seats)))
    }

    /// Judges within judges and attempts within attempts multiply: a few of them would never come to an end.
    fn nested(&mut self, path: &str) {
        self.fault(Fault::new(path, FaultCode::TooLarge).with("what", "depth").with("limit", 1));
    }

    pub(super) fn each_attempt(
        &mut self,
        item: Option<&str>,
        of: &Expr,
        (minimum, not_yet, absent, void): (Option<u16>, Gap, Gap, Gap),
        at: Place,
        path: &str,
    ) -> Option<Type> {
        let found = match item {
            Some(id) => self.rulebook.item(id),
            None => at.own.and_then(|slot| self.rulebook.items.get(slot)),
        };
        let Some(found) = found else {
            match item {
                Some(id) => self.fault(unknown(format!("{path}/item"), id, "item")),
                None => self.no_mark(path, "item"),
            }
            return None;
        };
        if found.attempts.is_none() {
            self.no_mark(path, "attempts");
            return None;
        }
        if at.attempts > 0 {
            self.nested(path);
            return None;
        }
        let attempts = found.attempt_count();
        let of = self.value(of, Place { attempts, ..at }, &format!("{path}/of"))?;
        let fewest = minimum.unwrap_or(1);
        if !(1..=attempts).contains(&fewest) {
            self.fault(range(format!("{path}/minimum"), 1, attempts, fewest));
            return None;
        }
        let shrinks = [not_yet, absent, void].contains(&Gap::LeaveOut);
        Some(each(of, (absent, void), shrinks, usize::from(fewest), usize::from(attempts)))
    }

    /// Is the value that of one entry, which a team is not?
    pub(super) fn is_of_entry(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Parameter(id) => self.rulebook.parameter(id).is_some_and(|parameter| parameter.by.is_some()),
            Expr::Mark
            | Expr::Reading(_)
            | Expr::Panel { .. }
            | Expr::EachJudge { .. }
            | Expr::EachAttempt { .. }
            | Expr::Answer { .. }
            | Expr::Item(_)
            | Expr::Node(_)
            | Expr::Datum(_)
            | Expr::Age { .. } => true,
            _ => false,
        }
    }

    pub(super) fn take(&mut self, of: &Operands, count: u16, at: Place, path: &str) -> Option<Type> {
        if !(1..=MOST_TAKEN).contains(&count) {
            self.fault(range(format!("{path}/count"), 1, MOST_TAKEN, count));
        }
        let (all, _) = self.operands(of, at, &format!("{path}/of"))?;
        let (low, high) = all.list.unwrap_or((1, 1));
        let count = usize::from(count);
        Some(Type { list: Some((low.min(count), high.min(count))), ..all })
    }

    pub(super) fn answer(&mut self, item: Option<&str>, key: &AnswerKey, at: Place, path: &str) -> Option<Type> {
        let found = match item {
            Some(id) => self.rulebook.item(id),
            None => at.own.and_then(|slot| self.rulebook.items.get(slot)),
        };
        let mut fine;
        match (found, item) {
            (None, Some(id)) => {
                self.fault(unknown(format!("{path}/item"), id, "item"));
                return None;
            }
            (None, None) => {
                self.no_mark(path, "answer");
                return None;
            }
            (Some(found), _) => {
                if !matches!(found.input, Input::Answer { .. }) || found.panel().is_some() {
                    self.no_mark(path, "answer");
                    return None;
                }
                fine = self.attempted(found, at, path);
            }
        }
        match key {
            AnswerKey::Letters(letters) => {
                fine &= self.key(found, letters, &format!("{path}/key/letters"));
            }
            AnswerKey::Parameter(id) => match self.rulebook.parameter(id) {
                Some(parameter) if parameter.kind == ParameterKind::Answer => {
                    let index = self.rulebook.parameters.iter().position(|one| one.id == parameter.id);
                    let place = format!("/parameters/{}", index.unwrap_or_default());
                    let own = parameter.value.iter().map(|value| (format!("{place}/value"), value));
                    let by_text = parameter.values.iter();
                    for (place, key) in own.chain(by_text.map(|(text, key)| (format!("{place}/values/{text}"), key))) {
                        // One without letters is refused where parameters are.
                        let key = key.trim();
                        fine &= key.is_empty() || self.key(found, key, &place);
                    }
                }
                Some(_) => {
                    self.fault(mismatch(format!("{path}/key/parameter"), "answer", "value"));
                    fine = false;
                }
                None => {
                    self.fault(unknown(format!("{path}/key/parameter"), id, "parameter"));
                    fine = false;
                }
            },
            AnswerKey::Item(id) => match self.rulebook.item(id) {
                Some(other)
                    if matches!(other.input, Input::Answer { .. })
                        && other.panel().is_none()
                        && other.attempts.is_none() => {}
                Some(_) => {
                    self.no_mark(format!("{path}/key/item"), "answer");
                    fine = false;
                }
                None => {
                    self.fault(unknown(format!("{path}/key/item"), id, "item"));
                    fine = false;
                }
            },
        }
        fine.then(|| Type { gaps: Gaps::ALL, ..Type::number(Length::of_count(usize::from(u16::MAX))) })
    }

    /// Could the key be an answer to the item?
    fn key(&mut self, item: Option<&Item>, key: &str, path: &str) -> bool {
        if let Some(Input::Answer { length, letters: Some(letters), once: true }) = item.map(|item| &item.input)
            && letters.chars().count() < usize::from(*length)
        {
            // Nothing can be answered, which is said of the item.
            return true;
        }
        let answer = Mark::Answer(key.to_uppercase());
        let Some(Err(why)) = item.map(|item| check_mark(item, &answer)) else { return true };
        let item = item.map_or("", |item| item.id.as_str());
        let mut fault = Fault::new(path, FaultCode::AnswerKey).with("found", key).with("item", item);
        fault.args.extend(why.args());
        // Several expressions may use one parameter.
        if !self.faults.contains(&fault) {
            self.fault(fault);
        }
        false
    }

    pub(super) fn parameter(&mut self, id: &str, path: &str) -> Option<Type> {
        let kind = match self.rulebook.parameter(id).map(|parameter| parameter.kind) {
            Some(ParameterKind::Number) => Kind::Number,
            Some(ParameterKind::Time) => Kind::Time,
            Some(ParameterKind::Answer) => {
                self.fault(mismatch(path, "value", "answer"));
                return None;
            }
            None => {
                self.fault(unknown(path, id, "parameter"));
                return None;
            }
        };
        Some(Type { kind, ..Type::number(Length::TYPED) })
    }

    pub(super) fn age(&mut self, on: &str, path: &str) -> Option<Type> {
        if !is_date(on) {
            self.fault(
                Fault::new(format!("{path}/on"), FaultCode::OutOfRange).with("low", "YYYY-MM-DD").with("found", on),
            );
        }
        Some(Type { gaps: Gaps { absent: true, void: false }, ..Type::number(Length::of_count(9999)) })
    }

    /// A value of the field whose entries share a denominator; without one, a thousand entries could make a number without end.
    fn of_field(&mut self, of: &Expr, at: Place, path: &str) -> Option<Type> {
        if at.after {
            self.no_mark(path, "field");
            return None;
        }
        let path = format!("{path}/of");
        let found = self.value(of, at, &path)?;
        let Some(shared) = self.shared(of, at) else {
            self.fault(mismatch(path, "rounded_value", found.name()));
            return None;
        };
        Some(Type {
            length: found.length.of_field(shared),
            gaps: Gaps { absent: true, void: found.gaps.void },
            ..found
        })
    }

    pub(super) fn across(&mut self, of: &Expr, fold: AcrossFold, at: Place, path: &str) -> Option<Type> {
        let found = self.of_field(of, at, path)?;
        let gaps = Gaps { absent: true, void: false };
        match fold {
            AcrossFold::Count => Some(Type { gaps: Gaps::default(), ..Type::number(Length::of_count(usize::MAX)) }),
            _ => Some(Type { gaps, ..found }),
        }
    }

    pub(super) fn standardise(&mut self, of: &Expr, digits: u8, zero: &Exact, at: Place, path: &str) -> Option<Type> {
        self.digits(digits, path);
        let found = self.of_field(of, at, path)?;
        if found.kind != Kind::Number {
            self.fault(mismatch(format!("{path}/of"), "value", found.name()));
            return None;
        }
        Some(Type { length: found.length.rounded(digits).or(Length::of(zero)), ..found })
    }

    pub(super) fn place(&mut self, of: &Expr, at: Place, path: &str) -> Option<Type> {
        if at.after {
            self.no_mark(path, "field");
            return None;
        }
        let found = self.value(of, at, &format!("{path}/of"))?;
        let gaps = Gaps { absent: true, void: found.gaps.void };
        Some(Type { kind: Kind::Place, gaps, ..Type::number(Length::of_count(usize::MAX)) })
    }

    pub(super) fn place_points(
        &mut self,
        of: &Expr,
        points: &[Exact],
        ties: PlaceTies,
        at: Place,
        path: &str,
    ) -> Option<Type> {
        if points.is_empty() || points.len() > usize::from(MOST_TAKEN) {
            let path = format!("{path}/points");
            self.fault(range(path, 1, MOST_TAKEN, u16::try_from(points.len()).unwrap_or(u16::MAX)));
            return None;
        }
        let place = self.place(of, at, path)?;
        let lengths: Vec<(Length, usize)> = points.iter().map(|points| (Length::of(points), 1)).collect();
        let one = lengths.iter().fold(Length::of(&Exact::ZERO), |all, (own, _)| all.or(*own));
        let length = match ties {
            PlaceTies::First | PlaceTies::Dense => one,
            PlaceTies::Mean => Length::sum(&lengths).times(Length::of_count(usize::MAX)),
        };
        Some(Type { kind: Kind::Number, length, ..place })
    }

    /// Panel items of placings.
    pub(super) fn majority(&mut self, ids: &[String], at: Place, path: &str) -> Option<Type> {
        if at.after {
            self.no_mark(path, "field");
            return None;
        }
        if ids.is_empty() {
            self.fault(Fault::new(path, FaultCode::Empty));
            return None;
        }
        let mut fine = true;
        for id in ids {
            match self.rulebook.item(id) {
                Some(item)
                    if item.panel().is_some()
                        && matches!(item.input, Input::Placing { .. })
                        && item.attempts.is_none() => {}
                Some(_) => {
                    self.no_mark(path, "placing");
                    fine = false;
                }
                None => {
                    self.fault(unknown(path, id, "item"));
                    fine = false;
                }
            }
        }
        fine.then(|| Type { kind: Kind::Place, gaps: Gaps::ALL, ..Type::number(Length::of_count(usize::MAX)) })
    }

    pub(super) fn rank(&mut self, at: Place, path: &str) -> Option<Type> {
        if !at.after || (at.team && !at.member) {
            self.no_mark(path, "rank");
            return None;
        }
        let gaps = Gaps { absent: true, void: false };
        Some(Type { kind: Kind::Place, gaps, ..Type::number(Length::of_count(usize::MAX)) })
    }

    pub(super) fn award_points(
        &mut self,
        points: &BTreeMap<String, Exact>,
        otherwise: &Exact,
        at: Place,
        path: &str,
    ) -> Option<Type> {
        if !at.after || (at.team && !at.member) {
            self.no_mark(path, "award");
            return None;
        }
        let missing: Vec<&String> = points.keys().filter(|id| !self.has_award(id)).collect();
        for id in missing {
            self.fault(unknown(format!("{path}/points"), id, "award"));
        }
        let lengths = points.values().map(Length::of);
        Some(Type::number(lengths.fold(Length::of(otherwise), Length::or)))
    }

    pub(super) fn has_award(&self, id: &str) -> bool {
        self.rulebook.awards.as_ref().is_some_and(|awards| awards.tiers.iter().any(|tier| tier.id == *id))
    }

    pub(super) fn members(
        &mut self,
        of: &Expr,
        (minimum, absent, void): (Option<u16>, Gap, Gap),
        at: Place,
        path: &str,
    ) -> Option<Type> {
        if !at.team || at.member {
            self.no_mark(path, "team");
            return None;
        }
        let of = self.value(of, Place { member: true, ..at }, &format!("{path}/of"))?;
        let fewest = usize::from(minimum.unwrap_or(1));
        if !(1..=MOST_MEMBERS).contains(&fewest) {
            self.fault(range(format!("{path}/minimum"), 1, MOST_MEMBERS, fewest));
            return None;
        }
        Some(each(of, (absent, void), true, fewest, MOST_MEMBERS))
    }
}

/// A list of so many values of a type under its policies.
fn each(of: Type, (absent, void): (Gap, Gap), shrinks: bool, fewest: usize, most: usize) -> Type {
    let gaps = Gaps {
        absent: (of.gaps.absent && absent == Gap::Refuse) || shrinks,
        void: of.gaps.void && void == Gap::Refuse,
    };
    Type { list: Some((if shrinks { fewest } else { most }, most)), gaps, ..of }
}
