//! How a number came about, as data.

use super::code::{Code, Fold, Style, Trimmed};
use super::compile::id_of;
use super::eval::{Missing, Sheet, eval, list, mark_value, score};
use super::{Engine, Evaluated, Seats};
use crate::exact::Exact;
use crate::field::Mark;
use crate::outcome::{Derivation, Score};
use crate::rulebook::{Gap, Input};

impl Engine {
    /// How the value of an item or node came about for an evaluated entry. A value that was explained before in the same tree stands
    /// there as `seen`, without its parts. `None` when the rulebook has no such id.
    #[must_use]
    pub fn explain(&self, seats: &Seats, evaluated: &Evaluated, node: &str) -> Option<Derivation> {
        let slot = *self.by_id.get(node)?;
        let sheet = Sheet { marks: &evaluated.marks, data: &evaluated.data, slots: &evaluated.slots };
        let mut explainer = Explainer { engine: self, seats, sheet, seen: vec![false; self.slots.len()] };
        let mut tree = explainer.slot(slot);
        if slot == self.total && tree.score != evaluated.total {
            let shown = self.slots[slot].style.score(&evaluated.total);
            let under = Derivation { node: None, label: None, ..tree.clone() };
            tree = Derivation {
                op: "status".to_owned(),
                with: Vec::new(),
                score: evaluated.total.clone(),
                shown,
                parts: vec![under],
                ..tree
            };
        }
        Some(tree)
    }
}

struct Explainer<'a> {
    engine: &'a Engine,
    seats: &'a Seats,
    sheet: Sheet<'a>,
    seen: Vec<bool>,
}

/// The elements of a list with what was done to it.
#[derive(Default)]
struct Parts {
    parts: Vec<Derivation>,
    with: Vec<(String, String)>,
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

impl Explainer<'_> {
    fn slot(&mut self, slot: usize) -> Derivation {
        let engine = self.engine;
        let value = self.sheet.slots.get(slot).cloned().unwrap_or(Score::NotYet);
        let shown = engine.slots[slot].style.score(&value);
        let mut tree = if std::mem::replace(&mut self.seen[slot], true) {
            step("seen", value, shown)
        } else {
            let own = self.code(&engine.slots[slot].code);
            if own.score != value {
                // A policy for missing values, or a failed spread check, stands between the two.
                let op = if matches!(value, Score::Value(_)) { "settle" } else { "spread" };
                let mut outer = step(op, value, shown);
                if let Some(limit) = engine.rulebook.items.get(slot).and_then(|item| item.spread.as_ref()) {
                    outer.with.push(param("limit", limit));
                }
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
        tree.node = Some(id_of(&engine.rulebook, slot).to_owned());
        let (name, max) = match engine.rulebook.items.get(slot) {
            Some(item) => (Some(item.name.clone()), item.max.clone()),
            None => engine
                .rulebook
                .nodes
                .get(slot - engine.rulebook.items.len())
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
        let result = score(eval(code, &self.sheet));
        let style = self.style(code);
        let shown = style.score(&result);
        let mut tree = step(op(code), result, shown);
        match code {
            Code::Mark(item) => {
                let mark = self.sheet.marks.get(*item).and_then(|seats| seats.first());
                tree.shown = mark.map_or(String::new(), |mark| self.shown(*item, mark));
                tree.with.push(param("item", id_of(&self.engine.rulebook, *item)));
            }
            Code::Slot(_) | Code::Constant(_) | Code::Seconds(_) => {}
            Code::Datum(index) => tree.with.extend(self.engine.data.get(*index).map(|name| param("name", name))),
            Code::Fold(_, of) => {
                let own = self.list(of);
                (tree.parts, tree.with) = (own.parts, own.with);
            }
            Code::Panel { .. } | Code::Trim(_) => {
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
            Code::InSeconds(of) | Code::Abs(of) => tree.parts.push(self.code(of)),
            Code::Divide { of, by, zero } => {
                tree.parts = vec![self.code(of), self.code(by)];
                if let Some(zero) = zero
                    && tree.parts[1].score == Score::Value(Exact::ZERO)
                {
                    let zero = self.code(zero);
                    tree.parts.push(zero);
                }
            }
            Code::Round { of, digits, mode } => {
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
                let (left, right) = (self.code(&branch.left), self.code(&branch.right));
                tree.with.push(param("is", branch.is.sign()));
                if let (Score::Value(one), Score::Value(other)) = (&left.score, &right.score) {
                    let holds = branch.is.holds(one, other);
                    tree.with.push(param("holds", holds));
                    let taken = self.code(if holds { &branch.then } else { &branch.otherwise });
                    tree.parts = vec![left, right, taken];
                } else {
                    tree.parts = vec![left, right];
                }
            }
        }
        tree
    }

    /// The elements of operands laid out flat, with those that were left out marked.
    fn list(&mut self, of: &[Code]) -> Parts {
        let mut all = Parts::default();
        for code in of {
            match code {
                Code::Panel { item, absent, void, .. } => all.parts.extend(self.panel(*item, *absent, *void)),
                Code::Trim(trim) => {
                    let own = self.trim(trim);
                    all.parts.extend(own.parts);
                    all.with.extend(own.with);
                }
                _ => all.parts.push(self.code(code)),
            }
        }
        all
    }

    fn panel(&self, item: usize, absent: Gap, void: Gap) -> Vec<Derivation> {
        let judges =
            self.engine.item_panels.get(item).copied().flatten().and_then(|panel| self.seats.judges.get(panel));
        let seats = self.sheet.marks.get(item).map_or(&[][..], Vec::as_slice);
        let own = seats.iter().enumerate().map(|(seat, mark)| {
            let policy = match mark_value(mark) {
                Err(Missing::Absent) => absent,
                Err(Missing::Void) => void,
                Ok(_) | Err(Missing::NotYet) => Gap::Refuse,
            };
            let (value, shown) = match policy {
                Gap::Zero => (Score::Value(Exact::ZERO), "0".to_owned()),
                Gap::Refuse | Gap::LeaveOut => (score(mark_value(mark)), self.shown(item, mark)),
            };
            let mut tree = step("mark", value, shown);
            tree.left_out = policy == Gap::LeaveOut;
            if let Some(judge) = judges.and_then(|judges| judges.get(seat)) {
                tree.with.push(param("judge", judge));
            }
            tree.with.push(param("seat", seat + 1));
            tree
        });
        own.collect()
    }

    fn trim(&mut self, trim: &Trimmed) -> Parts {
        let mut own = self.list(&trim.of);
        let Ok(values) = list(&trim.of, &self.sheet) else {
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

    fn shown(&self, item: usize, mark: &Mark) -> String {
        self.engine.rulebook.items.get(item).map_or(String::new(), |item| crate::input::show_mark(item, mark))
    }

    fn style(&self, code: &Code) -> Style {
        match code {
            Code::Slot(slot) => self.engine.slots[*slot].style,
            Code::Round { of, digits, .. } => Style { digits: Some(*digits), ..self.style(of) },
            Code::Settle { of, .. } => self.style(of),
            _ => Style { time: self.is_time(code), digits: None },
        }
    }

    fn is_time(&self, code: &Code) -> bool {
        match code {
            Code::Mark(item) | Code::Panel { item, .. } => {
                self.engine.rulebook.items.get(*item).is_some_and(|item| matches!(item.input, Input::Time { .. }))
            }
            Code::Slot(slot) => self.engine.slots[*slot].style.time,
            Code::Seconds(_) => true,
            Code::When(branch) => self.is_time(&branch.then),
            Code::Fold(Fold::Times | Fold::Count, _)
            | Code::Weigh(_)
            | Code::Scale { .. }
            | Code::Divide { .. }
            | Code::Table { .. }
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
        Code::Mark(_) => "mark",
        Code::Panel { .. } => "panel",
        Code::Slot(_) => "is",
        Code::Constant(_) | Code::Seconds(_) => "constant",
        Code::Datum(_) => "datum",
        Code::InSeconds(_) => "in_seconds",
        Code::Fold(fold, _) => fold.name(),
        Code::Trim(_) => "trim",
        Code::Weigh(_) => "weigh",
        Code::Scale { .. } => "scale",
        Code::Minus { .. } => "minus",
        Code::Clamp { .. } => "clamp",
        Code::Abs(_) => "abs",
        Code::Divide { .. } => "divide",
        Code::Round { .. } => "round",
        Code::Settle { .. } => "settle",
        Code::Table { .. } => "table",
        Code::When(_) => "when",
    }
}
