//! How a number came about, as data.

mod parts;

use super::board::Board;
use super::code::{Code, Fold, KeyCode, Style, Test, WideKind};
use super::eval::{At, eval, score, test};
use super::plan::Plan;
use super::sheet::ParameterValue;
use crate::exact::Exact;
use crate::field::Mark;
use crate::outcome::{Derivation, Score};
use crate::rulebook::{AnswerCount, Input};

impl Board {
    /// How the value of an item or node came about for an entry. A value that was explained before in the same tree stands there as
    /// `seen`, without its parts. `None` when there is no such entry or id.
    #[must_use]
    pub fn explain(&self, entry: usize, node: &str) -> Option<Derivation> {
        let plan = &*self.plan;
        let slot = *plan.by_id.get(node)?;
        if entry >= self.len() {
            return None;
        }
        let mut explainer = Explainer { board: self, entry, seat: 0, attempt: 0, seen: vec![false; plan.slots.len()] };
        let mut tree = explainer.slot(slot);
        let total = score(self.total(entry));
        if slot == plan.total() && tree.score != total {
            let shown = plan.slots[slot].style.score(&total);
            let under = Derivation { node: None, label: None, ..tree.clone() };
            tree = Derivation {
                op: "status".to_owned(),
                with: Vec::new(),
                score: total,
                shown,
                parts: vec![under],
                ..tree
            };
        }
        Some(tree)
    }
}

struct Explainer<'a> {
    board: &'a Board,
    entry: usize,
    seat: usize,
    attempt: usize,
    seen: Vec<bool>,
}

fn param(name: &str, value: impl std::fmt::Display) -> (String, String) {
    (name.to_owned(), value.to_string())
}

fn step(op: &str, score: Score, shown: String) -> Derivation {
    Derivation {
        node: None,
        label: None,
        op: op.to_owned(),
        with: Vec::new(),
        score,
        shown,
        max: None,
        left_out: false,
        parts: Vec::new(),
    }
}

impl<'a> Explainer<'a> {
    fn plan(&self) -> &'a Plan {
        &self.board.plan
    }

    fn at(&self) -> At<'a> {
        At { seat: self.seat, attempt: self.attempt, ..At::new(&self.board.plan, &self.board.sheet, self.entry) }
    }

    fn slot(&mut self, slot: usize) -> Derivation {
        let plan = self.plan();
        let value = score(self.board.value(slot, self.entry));
        let shown = plan.slots[slot].style.score(&value);
        let mut tree = if std::mem::replace(&mut self.seen[slot], true) {
            step("seen", value, shown)
        } else {
            // A value with a name is the same for every judge and attempt.
            let place = (std::mem::take(&mut self.seat), std::mem::take(&mut self.attempt));
            let own = self.code(&plan.slots[slot].code);
            (self.seat, self.attempt) = place;
            if own.score != value {
                // A policy for missing values, a failed spread check, or a stage it does not take part in, stands between the two.
                let spread = plan.rulebook.items.get(slot).and_then(|item| item.spread.as_ref());
                let op = match (&value, spread) {
                    (Score::Value(_), _) => "settle",
                    (Score::NotYet, Some(_)) => "spread",
                    _ => "stage",
                };
                let mut outer = step(op, value, shown);
                outer.with.extend(spread.map(|limit| param("limit", limit)));
                outer.with.push(param("was", was(&own.score)));
                outer.parts.push(own);
                outer
            } else if own.node.is_some() {
                let mut outer = step("is", value, shown);
                outer.parts.push(own);
                outer
            } else {
                Derivation { shown, ..own }
            }
        };
        tree.node = Some(plan.id(slot).to_owned());
        let (name, max) = match plan.rulebook.items.get(slot) {
            Some(item) => (Some(item.name.clone()), item.max.clone()),
            None => plan
                .rulebook
                .nodes
                .get(slot - plan.rulebook.items.len())
                .map_or((None, None), |node| (Some(node.name.clone()), node.max.clone())),
        };
        tree.label = name;
        tree.max = max;
        tree
    }

    fn code(&mut self, code: &Code) -> Derivation {
        if let Code::Slot(slot) = code {
            return self.slot(*slot);
        }
        let result = score(eval(code, self.at()));
        let style = self.style(code);
        let shown = style.score(&result);
        let mut tree = step(op(code), result, shown);
        match code {
            Code::Mark(item) | Code::Own(item) => {
                let column = &self.board.sheet.marks[*item];
                let seat = if matches!(code, Code::Own(_)) { self.seat } else { 0 };
                let mark = column.mark(column.index(self.entry, self.attempt.min(column.attempts - 1), seat));
                tree.shown = self.shown(*item, &mark);
                tree.with.push(param("item", self.plan().id(*item)));
            }
            Code::Slot(_) | Code::Constant(_) | Code::Seconds(_) | Code::Rank | Code::AwardPoints { .. } => {}
            Code::Datum(index) => tree.with.extend(self.plan().numbers.get(*index).map(|name| param("name", name))),
            Code::Age { born, .. } => tree.with.extend(self.plan().texts.get(*born).map(|name| param("name", name))),
            Code::Parameter(index) => {
                let parameter = self.plan().rulebook.parameters.get(*index);
                tree.with.extend(parameter.map(|parameter| param("name", &parameter.id)));
                tree.label = parameter.map(|parameter| parameter.name.clone());
            }
            Code::Answer { item, key, count } => {
                let letters = |item: usize| {
                    let column = &self.board.sheet.marks[item];
                    let attempt = self.attempt.min(column.attempts - 1);
                    match column.mark(column.index(self.entry, attempt, 0)) {
                        Mark::Answer(letters) => letters,
                        _ => String::new(),
                    }
                };
                let right = match key {
                    KeyCode::Letters(letters) => letters.clone(),
                    KeyCode::Item(item) => letters(*item),
                    KeyCode::Parameter(index) => match self.board.sheet.parameter(self.plan(), *index, self.entry) {
                        Some(ParameterValue::Letters(letters)) => letters.clone(),
                        _ => String::new(),
                    },
                };
                tree.with = vec![
                    param("answer", letters(*item)),
                    param("key", right),
                    param(
                        "count",
                        match count {
                            AnswerCount::Matches => "matches",
                            AnswerCount::Displacement => "displacement",
                            AnswerCount::Same => "same",
                        },
                    ),
                ];
                if let KeyCode::Parameter(index) = key {
                    let parameter = self.plan().rulebook.parameters.get(*index);
                    tree.with.extend(parameter.map(|parameter| param("parameter", &parameter.id)));
                }
            }
            Code::Fold(_, of) => {
                let own = self.list(of);
                (tree.parts, tree.with) = (own.parts, own.with);
            }
            Code::Panel { .. }
            | Code::Trim(_)
            | Code::Take { .. }
            | Code::EachJudge { .. }
            | Code::EachAttempt { .. }
            | Code::Members { .. } => {
                let own = self.list(std::slice::from_ref(code));
                (tree.parts, tree.with) = (own.parts, own.with);
            }
            Code::Weigh(of) => {
                for (of, by) in of {
                    tree.parts.push(self.code(of));
                    tree.with.push(param("by", by));
                }
            }
            Code::Scale { of, from, to } => {
                tree.parts.push(self.code(of));
                tree.with = vec![param("from", from), param("to", to)];
            }
            Code::Minus { from, less, floor } => {
                tree.parts.push(self.code(from));
                tree.parts.extend(self.list(less).parts);
                tree.with.extend(floor.iter().map(|floor| param("floor", floor)));
            }
            Code::Clamp { of, low, high } => {
                tree.parts.push(self.code(of));
                tree.with.extend(low.iter().map(|low| param("low", low)));
                tree.with.extend(high.iter().map(|high| param("high", high)));
            }
            Code::InSeconds(of) | Code::InPlaces(of) | Code::Abs(of) => tree.parts.push(self.code(of)),
            Code::Divide { of, by, zero } => {
                tree.parts = vec![self.code(of), self.code(by)];
                if let Some(zero) = zero
                    && tree.parts[1].score == Score::Value(Exact::ZERO)
                {
                    let zero = self.code(zero);
                    tree.parts.push(zero);
                }
            }
            Code::Round { of, digits, mode } | Code::Root { of, digits, mode } => {
                tree.parts.push(self.code(of));
                tree.with = vec![param("digits", digits), param("mode", mode.name())];
            }
            Code::Settle { of, absent, void } => {
                tree.parts.push(self.code(of));
                tree.with.extend(absent.iter().map(|absent| param("absent", absent)));
                tree.with.extend(void.iter().map(|void| param("void", void)));
            }
            Code::Table { of, table } => {
                let of_tree = self.code(of);
                if let Score::Value(value) = &of_tree.score {
                    match table.bands.iter().find(|band| band.is.holds(value, &band.edge)) {
                        Some(band) => tree.with.push(param("band", format!("{} {}", band.is.sign(), band.edge))),
                        None => tree.with.push(param("otherwise", &table.otherwise)),
                    }
                }
                tree.parts.push(of_tree);
            }
            Code::When(branch) => {
                if let Test::Compare { left, is, right } = &branch.is {
                    tree.parts = vec![self.code(left), self.code(right)];
                    tree.with.push(param("is", is.sign()));
                }
                if let Ok(holds) = test(&branch.is, self.at()) {
                    tree.with.push(param("holds", holds));
                    let taken = self.code(if holds { &branch.then } else { &branch.otherwise });
                    tree.parts.push(taken);
                }
            }
            Code::Wide(index) => {
                let plan = self.plan();
                if let Some(wide) = plan.wides.get(*index) {
                    tree.with
                        .extend(wide.within.and_then(|text| plan.texts.get(text)).map(|name| param("within", name)));
                    match &wide.kind {
                        WideKind::Place { of, .. } | WideKind::Points { of, .. } => tree.parts.push(self.code(of)),
                        WideKind::Standardise { of, digits, mode, .. } => {
                            tree.parts.push(self.code(of));
                            tree.with.extend([param("digits", digits), param("mode", mode.name())]);
                        }
                        WideKind::Across { fold, .. } => tree.with.push(param("fold", parts::across_name(*fold))),
                        WideKind::Majority(item) => tree.parts.extend(self.placings(*item)),
                        WideKind::Skating(items) => (tree.parts, tree.with) = self.dances(*index, items),
                    }
                    tree.op = parts::wide_name(&wide.kind).to_owned();
                }
            }
        }
        tree
    }

    fn shown(&self, item: usize, mark: &Mark) -> String {
        self.plan().rulebook.items.get(item).map_or(String::new(), |item| crate::input::show_mark(item, mark))
    }

    fn style(&self, code: &Code) -> Style {
        match code {
            Code::Slot(slot) => self.plan().slots[*slot].style,
            Code::Round { of, digits, .. } => Style { digits: Some(*digits), ..self.style(of) },
            Code::Root { digits, .. } => Style { digits: Some(*digits), time: false },
            Code::Settle { of, .. } | Code::Clamp { of, .. } | Code::Abs(of) => self.style(of),
            Code::Wide(index) => {
                let digits = self.plan().wides.get(*index).and_then(|wide| match &wide.kind {
                    WideKind::Standardise { digits, .. } => Some(*digits),
                    _ => None,
                });
                Style { time: self.is_time(code), digits }
            }
            _ => Style { time: self.is_time(code), digits: None },
        }
    }

    fn is_time(&self, code: &Code) -> bool {
        match code {
            Code::Mark(item) | Code::Own(item) | Code::Panel { item, .. } => {
                self.plan().rulebook.items.get(*item).is_some_and(|item| matches!(item.input, Input::Time { .. }))
            }
            Code::Slot(slot) => self.plan().slots[*slot].style.time,
            Code::Seconds(_) => true,
            Code::When(branch) => self.is_time(&branch.then),
            Code::Fold(Fold::Count, _)
            | Code::Weigh(_)
            | Code::Scale { .. }
            | Code::Divide { .. }
            | Code::Table { .. }
            | Code::Root { .. }
            | Code::InSeconds(_) => false,
            _ => code.below().first().is_some_and(|of| self.is_time(of)),
        }
    }
}

const fn was(score: &Score) -> &'static str {
    match score {
        Score::NotYet => "not_yet",
        Score::Absent => "absent",
        Score::Void => "void",
        Score::Value(_) => "value",
    }
}

const fn op(code: &Code) -> &'static str {
    match code {
        Code::Mark(_) | Code::Own(_) => "mark",
        Code::Panel { .. } => "panel",
        Code::EachJudge { .. } => "each_judge",
        Code::EachAttempt { .. } => "each_attempt",
        Code::Members { .. } => "members",
        Code::Answer { .. } => "answer",
        Code::Parameter(_) => "parameter",
        Code::Slot(_) => "is",
        Code::Constant(_) | Code::Seconds(_) => "constant",
        Code::Datum(_) => "datum",
        Code::Age { .. } => "age",
        Code::InSeconds(_) => "in_seconds",
        Code::InPlaces(_) => "in_places",
        Code::Fold(fold, _) => fold.name(),
        Code::Trim(_) => "trim",
        Code::Take { .. } => "take",
        Code::Weigh(_) => "weigh",
        Code::Scale { .. } => "scale",
        Code::Minus { .. } => "minus",
        Code::Clamp { .. } => "clamp",
        Code::Abs(_) => "abs",
        Code::Divide { .. } => "divide",
        Code::Round { .. } => "round",
        Code::Root { .. } => "root",
        Code::Settle { .. } => "settle",
        Code::Table { .. } => "table",
        Code::When(_) => "when",
        Code::Wide(_) => "wide",
        Code::Rank => "rank",
        Code::AwardPoints { .. } => "award_points",
    }
}
