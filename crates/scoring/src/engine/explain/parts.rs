//! The elements of lists in a derivation, with those that were left out marked.

use super::{Explainer, param, step};
use crate::engine::code::{Code, Policy, Trimmed, WideKind};
use crate::engine::eval::{Value, list, policy_gap, policy_list, score, taken};
use crate::engine::skating::DecidedBy;
use crate::engine::wide::{final_place, shared};
use crate::exact::Exact;
use crate::outcome::{Derivation, Score};
use crate::rulebook::{AcrossFold, Gap, Which};

/// Nothing is made of what is missing.
const AS_TYPED: Policy = Policy { minimum: 0, not_yet: Gap::Refuse, absent: Gap::Refuse, void: Gap::Refuse };

/// The elements of a list with what was done to it.
#[derive(Default)]
pub(super) struct Parts {
    pub parts: Vec<Derivation>,
    pub with: Vec<(String, String)>,
}

pub(super) const fn across_name(fold: AcrossFold) -> &'static str {
    match fold {
        AcrossFold::Max => "max",
        AcrossFold::Min => "min",
        AcrossFold::Sum => "sum",
        AcrossFold::Mean => "mean",
        AcrossFold::Median => "median",
        AcrossFold::Count => "count",
    }
}

pub(super) const fn wide_name(kind: &WideKind) -> &'static str {
    match kind {
        WideKind::Across { .. } => "across",
        WideKind::Place { .. } => "place",
        WideKind::Points { .. } => "place_points",
        WideKind::Standardise { .. } => "standardise",
        WideKind::Majority(_) => "majority_place",
        WideKind::Skating(_) => "skating",
    }
}

const fn which_name(which: Which) -> &'static str {
    match which {
        Which::Highest => "highest",
        Which::Lowest => "lowest",
        Which::First => "first",
        Which::Last => "last",
    }
}

/// What a value becomes under a policy, and whether it is left out.
fn under(policy: Policy, value: Value) -> (Score, bool) {
    match value {
        Ok(value) => (Score::Value(value), false),
        Err(missing) => match policy_gap(&policy, missing) {
            Gap::Zero => (Score::Value(Exact::ZERO), false),
            Gap::LeaveOut => (score(Err(missing)), true),
            Gap::Refuse => (score(Err(missing)), false),
        },
    }
}

/// How many values of a list are left, of how many, and how many are needed, where that alone leaves the list without a value.
fn too_few(policy: Policy, parts: &[Derivation]) -> Vec<(String, String)> {
    let left: Vec<&Derivation> = parts.iter().filter(|part| !part.left_out).collect();
    let needed = policy.minimum.max(1);
    if left.len() >= needed || left.iter().any(|part| !matches!(part.score, Score::Value(_))) {
        return Vec::new();
    }
    vec![param("left", left.len()), param("all", parts.len()), param("needed", needed)]
}

impl Explainer<'_> {
    /// The elements of operands laid out flat, with those that were left out marked.
    pub(super) fn list(&mut self, of: &[Code]) -> Parts {
        let mut all = Parts::default();
        for code in of {
            match code {
                Code::Panel { item, policy } => {
                    let own = self.panel(*item, *policy);
                    all.with.extend(too_few(*policy, &own));
                    all.parts.extend(own);
                }
                Code::EachJudge { panel, of, policy } => {
                    let first = all.parts.len();
                    for (seat, value) in policy_list(code, self.at()).into_iter().enumerate() {
                        let before = std::mem::replace(&mut self.seat, seat);
                        let tree = self.one(of, *policy, value);
                        self.seat = before;
                        let mut tree = tree;
                        let judge = self.board.sheet.sitting.judge(*panel, self.entry, seat);
                        tree.with.extend(judge.map(|judge| param("judge", judge)));
                        tree.with.push(param("seat", seat + 1));
                        all.parts.push(tree);
                    }
                    all.with.extend(too_few(*policy, &all.parts[first..]));
                }
                Code::EachAttempt { of, policy, .. } => {
                    let first = all.parts.len();
                    for (attempt, value) in policy_list(code, self.at()).into_iter().enumerate() {
                        let before = std::mem::replace(&mut self.attempt, attempt);
                        let mut tree = self.one(of, *policy, value);
                        self.attempt = before;
                        tree.with.push(param("attempt", attempt + 1));
                        all.parts.push(tree);
                    }
                    all.with.extend(too_few(*policy, &all.parts[first..]));
                }
                Code::Trim(trim) => {
                    let own = self.trim(trim);
                    all.parts.extend(own.parts);
                    all.with.extend(own.with);
                }
                Code::Take { of, which, count } => {
                    let mut own = self.list(of);
                    own.with.push(param("which", which_name(*which)));
                    own.with.push(param("take", count));
                    if let Ok(values) = list(of, self.at()) {
                        let kept: Vec<usize> =
                            taken(values, *which, *count).into_iter().map(|(place, _)| place).collect();
                        let there = own.parts.iter_mut().filter(|part| !part.left_out).enumerate();
                        there.for_each(|(place, part)| part.left_out = !kept.contains(&place));
                    }
                    all.parts.extend(own.parts);
                    all.with.extend(own.with);
                }
                _ => all.parts.push(self.code(code)),
            }
        }
        all
    }

    /// One element of a list with policies.
    fn one(&mut self, of: &Code, policy: Policy, value: Value) -> Derivation {
        let tree = self.code(of);
        let (value, left_out) = under(policy, value);
        if tree.score == value {
            return Derivation { left_out, ..tree };
        }
        let shown = if matches!(value, Score::Value(_)) { "0".to_owned() } else { String::new() };
        let mut outer = step("settle", value, shown);
        outer.left_out = left_out;
        outer.parts.push(tree);
        outer
    }

    fn panel(&self, item: usize, policy: Policy) -> Vec<Derivation> {
        let plan = self.plan();
        let panel = plan.item_panels.get(item).copied().flatten();
        let Some(column) = self.board.sheet.marks.get(item) else { return Vec::new() };
        let attempt = self.attempt.min(column.attempts - 1);
        let own = (0..column.seats).map(|seat| {
            let index = column.index(self.entry, attempt, seat);
            let given = column.value(index);
            let zeroed = given.is_err();
            let (value, left_out) = under(policy, given);
            let zeroed = zeroed && matches!(value, Score::Value(_));
            let shown = if zeroed { "0".to_owned() } else { self.shown(item, &column.mark(index)) };
            let mut tree = step("mark", value, shown);
            tree.left_out = left_out;
            let judge = panel.and_then(|panel| self.board.sheet.sitting.judge(panel, self.entry, seat));
            tree.with.extend(judge.map(|judge| param("judge", judge)));
            tree.with.push(param("seat", seat + 1));
            tree
        });
        own.collect()
    }

    /// The placings of a panel under the name of their item.
    pub(super) fn placings(&self, item: usize) -> Vec<Derivation> {
        let mut parts = self.panel(item, AS_TYPED);
        for part in &mut parts {
            part.with.push(param("item", self.plan().id(item)));
        }
        parts
    }

    /// The dances of a final, each with its place and the placings it comes from; the sum of these places, and the rule of the skating
    /// system that set the couple apart from the others.
    pub(super) fn dances(&self, index: usize, items: &[usize]) -> (Vec<Derivation>, Vec<(String, String)>) {
        let Some(own) = final_place(self.plan(), &self.board.sheet, index, self.entry) else {
            return (items.iter().flat_map(|item| self.placings(*item)).collect(), Vec::new());
        };
        let places: Vec<Exact> = own.dances.iter().map(|place| shared(*place)).collect();
        let dance = |(item, place): (&usize, &Exact)| {
            let mut tree = step("majority_place", Score::Value(place.clone()), place.to_string());
            tree.node = Some(self.plan().id(*item).to_owned());
            tree.label = self.plan().rulebook.items.get(*item).map(|item| item.name.clone());
            tree.parts = self.panel(*item, AS_TYPED);
            tree
        };
        let parts = items.iter().zip(&places).map(dance).collect();
        let rule = match own.by {
            _ if own.shared => "shared",
            DecidedBy::Nine | DecidedBy::Nothing => "9",
            DecidedBy::Ten => "10",
            DecidedBy::Eleven => "11",
        };
        (parts, vec![param("sum", places.iter().sum::<Exact>()), param("rule", rule)])
    }

    fn trim(&mut self, trim: &Trimmed) -> Parts {
        let mut own = self.list(&trim.of);
        let Ok(values) = list(&trim.of, self.at()) else {
            return own;
        };
        let (low, high) = trim.rule.cut(values.len());
        own.with.push(param("low", low));
        own.with.push(param("high", high));
        let mut kept: Vec<usize> = (0..own.parts.len()).filter(|index| !own.parts[*index].left_out).collect();
        let key = |parts: &[Derivation], index: usize| match &parts[index].score {
            Score::Value(value) => Some(value.clone()),
            Score::NotYet | Score::Absent | Score::Void => None,
        };
        for _ in 0..low.min(kept.len()) {
            // The first of several equal ones.
            if let Some(at) = (0..kept.len()).min_by_key(|at| key(&own.parts, kept[*at])) {
                own.parts[kept.remove(at)].left_out = true;
            }
        }
        for _ in 0..high.min(kept.len()) {
            if let Some(at) = (0..kept.len()).rev().max_by_key(|at| key(&own.parts, kept[*at])) {
                own.parts[kept.remove(at)].left_out = true;
            }
        }
        own
    }
}
