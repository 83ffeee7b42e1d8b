//! Tie keys that never decide: constants, what equals share already, and what follows from it.
//!
//! Equals have the same result. Where the result is a weighted sum, a key that is itself a weighted sum of the same parts tells one more
//! thing about them; once nothing is left to tell, the next such key decides nothing.

use super::spans::Spans;
use super::walk::below;
use super::{Lint, LintCode};
use crate::exact::Exact;
use crate::field::EntryStatus;
use crate::rulebook::{Expr, Key, On, Operands, StatusTotal};
use std::collections::{BTreeMap, HashMap};

pub(super) fn find(spans: &Spans<'_>, lints: &mut Vec<Lint>) {
    let book = spans.book;
    // Whoever is ranked with a fixed total may have any parts.
    let fixed = EntryStatus::ALL.iter().any(|status| {
        let rule = book.statuses.rule(*status);
        rule.ranked && rule.total == StatusTotal::Zero
    });
    let mut forms = Forms { spans, known: HashMap::new() };
    let total = Expr::Node(book.ranking.by.clone());
    let ranked = match book.ranking.on {
        On::Published => total,
        On::Exact => forms.unrounded(total),
    };
    forms.keys(&ranked, &book.ranking.keys, fixed, "/ranking", lints);
    for (index, stage) in book.stages.iter().enumerate() {
        if let Some(by) = &stage.by {
            forms.keys(&Expr::Node(by.clone()), &stage.keys, fixed, &format!("/stages/{index}"), lints);
        }
    }
    if let Some(teams) = &book.teams {
        forms.keys(&teams.value, &teams.keys, false, "/teams", lints);
    }
}

/// A weighted sum of parts, by what they are; what is the same for everybody is left out. A part with weight zero stays: without it there
/// is no value.
type Form = BTreeMap<String, Exact>;

struct Forms<'a> {
    spans: &'a Spans<'a>,
    known: HashMap<String, Form>,
}

impl Forms<'_> {
    fn keys(&mut self, result: &Expr, keys: &[Key], fixed: bool, path: &str, lints: &mut Vec<Lint>) {
        let total = if fixed { Form::new() } else { self.form(result) };
        let parts: Vec<String> = total.keys().cloned().collect();
        let mut rows = Rows::default();
        rows.put(total);
        // Keys over other parts may have no value, so that only the same one again follows from them.
        let mut others: Vec<Form> = Vec::new();
        for (index, key) in keys.iter().enumerate() {
            let form = self.form(&key.by);
            let label = if key.label.en.is_empty() { &key.label.zh } else { &key.label.en };
            let mut known = Known { parts: &parts, rows: &rows, others: &others, nodes: HashMap::new() };
            let sure = form.keys().all(|part| parts.contains(part));
            let code = if sure && is_flat(&form) {
                Some(LintCode::ConstantKey)
            } else if self.decided(&key.by, &mut known) {
                Some(LintCode::DecidedKey)
            } else {
                None
            };
            if let Some(code) = code {
                lints.push(Lint::new(format!("{path}/keys/{index}"), code).with("key", label));
            } else if sure {
                rows.put(form);
            } else {
                others.push(scaled(form));
            }
        }
    }

    /// The value before its outermost rounding.
    fn unrounded(&self, mut of: Expr) -> Expr {
        for _ in 0..=self.spans.book.nodes.len() {
            of = match of {
                Expr::Node(id) => match self.spans.book.node(&id) {
                    Some(node) => node.value.clone(),
                    None => return Expr::Node(id),
                },
                Expr::Settle { of, .. } => *of,
                Expr::Round { of, .. } => return *of,
                other => return other,
            };
        }
        of
    }

    /// Does the value follow from what equals share?
    fn decided(&mut self, expr: &Expr, known: &mut Known<'_>) -> bool {
        let form = self.form(expr);
        if known.follows(form) {
            return true;
        }
        match expr {
            Expr::Node(id) => {
                if let Some(decided) = known.nodes.get(id) {
                    return *decided;
                }
                let value = self.spans.book.node(id).map(|node| node.value.clone());
                known.nodes.insert(id.clone(), false);
                let decided = value.is_some_and(|value| self.decided(&value, known));
                known.nodes.insert(id.clone(), decided);
                decided
            }
            Expr::Settle { of, absent, void } => absent == void && self.decided(of, known),
            Expr::Across { within: None, .. } => true,
            Expr::InSeconds(_)
            | Expr::InPlaces(_)
            | Expr::Mean(_)
            | Expr::Median(_)
            | Expr::Sum(_)
            | Expr::Times(_)
            | Expr::Min(_)
            | Expr::Max(_)
            | Expr::Weigh { .. }
            | Expr::Scale { .. }
            | Expr::Minus { .. }
            | Expr::Clamp { .. }
            | Expr::Abs(_)
            | Expr::Divide { .. }
            | Expr::Round { .. }
            | Expr::Root { .. }
            | Expr::Table(_) => {
                let mut children = Vec::new();
                below(expr, "", &mut |child, _| children.push(child));
                children.into_iter().all(|child| self.decided(child, known))
            }
            Expr::Mark
            | Expr::Reading(_)
            | Expr::Panel { .. }
            | Expr::Own(_)
            | Expr::EachJudge { .. }
            | Expr::EachAttempt { .. }
            | Expr::Members { .. }
            | Expr::Answer { .. }
            | Expr::Parameter(_)
            | Expr::Item(_)
            | Expr::Constant(_)
            | Expr::Seconds(_)
            | Expr::Datum(_)
            | Expr::Age { .. }
            | Expr::Count(_)
            | Expr::Trim(_)
            | Expr::Take { .. }
            | Expr::Across { .. }
            | Expr::Standardise { .. }
            | Expr::Place { .. }
            | Expr::PlacePoints { .. }
            | Expr::MajorityPlace(_)
            | Expr::Skating(_)
            | Expr::Rank
            | Expr::AwardPoints { .. }
            | Expr::When { .. } => false,
        }
    }

    /// The value as a weighted sum.
    fn form(&mut self, expr: &Expr) -> Form {
        match expr {
            Expr::Constant(_) | Expr::Seconds(_) => Form::new(),
            Expr::Node(id) => {
                if let Some(form) = self.known.get(id) {
                    return form.clone();
                }
                let value = self.spans.book.node(id).map(|node| node.value.clone());
                // Whatever names itself, in a rulebook that is refused, is a part by itself.
                self.known.insert(id.clone(), part(expr));
                let form = value.map_or_else(|| part(expr), |value| self.form(&value));
                self.known.insert(id.clone(), form.clone());
                form
            }
            Expr::InSeconds(of) | Expr::InPlaces(of) => self.form(of),
            Expr::Sum(of) if of.0.iter().all(is_one) => self.sum(of, &Exact::ONE),
            Expr::Mean(of) | Expr::Median(of) | Expr::Min(of) | Expr::Max(of) | Expr::Times(of)
                if of.0.len() == 1 && of.0.iter().all(is_one) =>
            {
                self.sum(of, &Exact::ONE)
            }
            Expr::Mean(of) if of.0.iter().all(is_one) => {
                let count = Exact::from_int(i64::try_from(of.0.len()).unwrap_or(1));
                Exact::ONE.divide(&count).map_or_else(|_| part(expr), |by| self.sum(of, &by))
            }
            Expr::Weigh { of, .. } => {
                let mut all = Form::new();
                for one in of {
                    add(&mut all, self.form(&one.of), &one.by);
                }
                all
            }
            Expr::Scale { of, from, to } => match to.divide(from) {
                Ok(by) => times(self.form(of), &by),
                Err(_) => part(expr),
            },
            Expr::Times(of) => match of.0.as_slice() {
                [one, Expr::Constant(by)] | [Expr::Constant(by), one] if is_one(one) => times(self.form(one), by),
                _ => part(expr),
            },
            Expr::Divide { of, by, zero: _ } => match &**by {
                Expr::Constant(by) | Expr::Seconds(by) => match Exact::ONE.divide(by) {
                    Ok(by) => times(self.form(of), &by),
                    Err(_) => part(expr),
                },
                _ => part(expr),
            },
            Expr::Minus { from, less, floor: None } if less.0.iter().all(is_one) => {
                let mut all = self.form(from);
                add(&mut all, self.sum(less, &Exact::ONE), &Exact::from_int(-1));
                all
            }
            Expr::Round { of, digits, .. } if self.spans.of(of, None).digits.is_some_and(|has| has <= *digits) => {
                self.form(of)
            }
            _ => part(expr),
        }
    }

    fn sum(&mut self, of: &Operands, by: &Exact) -> Form {
        let mut all = Form::new();
        for one in &of.0 {
            add(&mut all, self.form(one), by);
        }
        all
    }
}

/// What equals share.
struct Known<'a> {
    /// The parts of the result, which have values.
    parts: &'a [String],
    rows: &'a Rows,
    others: &'a [Form],
    /// What was found of nodes.
    nodes: HashMap<String, bool>,
}

impl Known<'_> {
    fn follows(&self, form: Form) -> bool {
        let sure = form.keys().all(|part| self.parts.contains(part));
        (sure && is_flat(&self.rows.reduced(form.clone()))) || self.others.contains(&scaled(form))
    }
}

/// Weighted sums whose values are known, each without the first parts of those before it.
#[derive(Default)]
struct Rows(Vec<(String, Form)>);

impl Rows {
    fn reduced(&self, mut form: Form) -> Form {
        for (pivot, row) in &self.0 {
            if let Some(by) = form.get(pivot).cloned().filter(|by| !by.is_zero()) {
                add(&mut form, row.clone(), &-by);
            }
        }
        form
    }

    fn put(&mut self, form: Form) {
        let form = scaled(self.reduced(form));
        if let Some(pivot) = form.iter().find(|(_, by)| !by.is_zero()).map(|(part, _)| part.clone()) {
            self.0.push((pivot, form));
        }
    }
}

/// Is it the same for everybody?
fn is_flat(form: &Form) -> bool {
    form.values().all(Exact::is_zero)
}

/// Divided by its first weight that is not zero.
fn scaled(form: Form) -> Form {
    let by = form.values().find(|by| !by.is_zero()).and_then(|first| Exact::ONE.divide(first).ok());
    match by {
        Some(by) => times(form, &by),
        None => form,
    }
}

fn part(expr: &Expr) -> Form {
    let name = serde_json::to_string(expr).unwrap_or_default();
    Form::from([(name, Exact::ONE)])
}

fn times(form: Form, by: &Exact) -> Form {
    let mut all = Form::new();
    add(&mut all, form, by);
    all
}

fn add(to: &mut Form, form: Form, by: &Exact) {
    for (part, weight) in form {
        let sum = to.remove(&part).unwrap_or_default() + &weight * by;
        to.insert(part, sum);
    }
}

/// Is it one value and not a list?
fn is_one(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::Panel { .. }
            | Expr::Trim(_)
            | Expr::Take { .. }
            | Expr::EachJudge { .. }
            | Expr::EachAttempt { .. }
            | Expr::Members { .. }
    )
}
