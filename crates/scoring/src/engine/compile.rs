//! From a checked rulebook to an engine.

use super::code::{Branch, Code, Fold, Style, Trimmed};
use super::{Engine, Slot};
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{Expr, Input, Operands, Rulebook, Trim};
use std::collections::HashMap;

/// Compiles a rulebook. The checker has found every fault already; the ones returned here are a second line of defence.
pub(super) fn compile(rulebook: &Rulebook) -> Result<Engine, Fault> {
    let ids = rulebook.items.iter().map(|item| &item.id).chain(rulebook.nodes.iter().map(|node| &node.id));
    let by_id: HashMap<String, usize> = ids.enumerate().map(|(slot, id)| (id.clone(), slot)).collect();
    let panels: Vec<Option<usize>> = rulebook
        .items
        .iter()
        .map(|item| item.panel().and_then(|id| rulebook.panels.iter().position(|panel| panel.id == id)))
        .collect();
    let mut compiler = Compiler { rulebook, by_id: &by_id, panels: &panels, data: Vec::new() };
    let mut codes = Vec::with_capacity(by_id.len());
    for (index, item) in rulebook.items.iter().enumerate() {
        codes.push(compiler.code(&item.score_expr(), Some(index))?);
    }
    for node in &rulebook.nodes {
        codes.push(compiler.code(&node.value, None)?);
    }
    let order = crate::check::order(rulebook)?;
    let total = compiler.slot(&rulebook.ranking.by)?;
    let exact_total = compiler.code(&unrounded(rulebook, &rulebook.ranking.by), None)?;
    let key_codes: Vec<Code> =
        rulebook.ranking.keys.iter().map(|key| compiler.code(&key.by, None)).collect::<Result<_, _>>()?;
    let data = compiler.data;

    let mut times: Vec<bool> = rulebook.items.iter().map(|item| matches!(item.input, Input::Time { .. })).collect();
    let items_timed = times.clone();
    times.resize(codes.len(), false);
    for slot in &order {
        times[*slot] = is_time(&codes[*slot], &times, &items_timed);
    }
    let keys = key_codes
        .into_iter()
        .map(|code| {
            let digits = match &code {
                Code::Slot(slot) => rulebook.digits(id_of(rulebook, *slot)),
                Code::Round { digits, .. } => Some(*digits),
                _ => None,
            };
            let time = is_time(&code, &times, &items_timed);
            (code, Style { time, digits })
        })
        .collect();
    let slots: Vec<Slot> = codes
        .into_iter()
        .enumerate()
        .map(|(slot, code)| {
            let style = Style { time: times[slot], digits: rulebook.digits(id_of(rulebook, slot)) };
            Slot { code, style }
        })
        .collect();
    let needed = needed(&slots, total, rulebook.items.len());
    let columns = rulebook.columns();
    let column_slots = columns.iter().filter_map(|column| by_id.get(&column.id).copied()).collect();
    Ok(Engine {
        rulebook: rulebook.clone(),
        columns,
        column_slots,
        slots,
        order,
        by_id,
        item_panels: panels,
        settles: rulebook.items.iter().map(|item| rulebook.settle_of(item)).collect(),
        data,
        total,
        exact_total,
        keys,
        needed,
    })
}

/// The id of the item or node of a slot.
pub(super) fn id_of(rulebook: &Rulebook, slot: usize) -> &str {
    match rulebook.items.get(slot) {
        Some(item) => &item.id,
        None => rulebook.nodes.get(slot - rulebook.items.len()).map_or("", |node| &node.id),
    }
}

/// The value of a node before its outermost rounding.
fn unrounded(rulebook: &Rulebook, id: &str) -> Expr {
    fn peel(rulebook: &Rulebook, value: &Expr, left: usize) -> Expr {
        match value {
            Expr::Round { of, .. } => (**of).clone(),
            Expr::Node(id) if left > 0 => match rulebook.node(id) {
                Some(node) => peel(rulebook, &node.value, left - 1),
                None => value.clone(),
            },
            Expr::Settle { of, absent, void } => {
                Expr::Settle { of: Box::new(peel(rulebook, of, left)), absent: absent.clone(), void: void.clone() }
            }
            _ => value.clone(),
        }
    }
    peel(rulebook, &Expr::Node(id.to_owned()), rulebook.nodes.len() + 1)
}

struct Compiler<'a> {
    rulebook: &'a Rulebook,
    by_id: &'a HashMap<String, usize>,
    panels: &'a [Option<usize>],
    data: Vec<String>,
}

impl Compiler<'_> {
    fn slot(&self, id: &str) -> Result<usize, Fault> {
        self.by_id.get(id).copied().ok_or_else(|| Fault::new("", FaultCode::UnknownId).with("id", id))
    }

    fn codes(&mut self, of: &Operands, own: Option<usize>) -> Result<Vec<Code>, Fault> {
        of.0.iter().map(|one| self.code(one, own)).collect()
    }

    fn boxed(&mut self, of: &Expr, own: Option<usize>) -> Result<Box<Code>, Fault> {
        self.code(of, own).map(Box::new)
    }

    fn fold(&mut self, fold: Fold, of: &Operands, own: Option<usize>) -> Result<Code, Fault> {
        Ok(Code::Fold(fold, self.codes(of, own)?))
    }

    fn code(&mut self, expr: &Expr, own: Option<usize>) -> Result<Code, Fault> {
        let no_mark = || Fault::new("", FaultCode::NoMarkHere);
        Ok(match expr {
            Expr::Mark => Code::Mark(own.ok_or_else(no_mark)?),
            Expr::Reading(id) => Code::Mark(self.slot(id)?),
            Expr::Panel { item, minimum, absent, void } => {
                let item = match item {
                    Some(id) => self.slot(id)?,
                    None => own.ok_or_else(no_mark)?,
                };
                let panel = self.panels.get(item).copied().flatten().ok_or_else(no_mark)?;
                let panel = &self.rulebook.panels[panel];
                let minimum = minimum.or(panel.minimum).unwrap_or(panel.seats);
                Code::Panel { item, minimum: usize::from(minimum), absent: *absent, void: *void }
            }
            Expr::Item(id) | Expr::Node(id) => Code::Slot(self.slot(id)?),
            Expr::Constant(value) => Code::Constant(value.clone()),
            Expr::Seconds(value) => Code::Seconds(value.clone()),
            Expr::Datum(name) => {
                let known = self.data.iter().position(|one| one == name);
                Code::Datum(known.unwrap_or_else(|| {
                    self.data.push(name.clone());
                    self.data.len() - 1
                }))
            }
            Expr::InSeconds(of) => Code::InSeconds(self.boxed(of, own)?),
            Expr::Mean(of) => self.fold(Fold::Mean, of, own)?,
            Expr::Median(of) => self.fold(Fold::Median, of, own)?,
            Expr::Sum(of) => self.fold(Fold::Sum, of, own)?,
            Expr::Times(of) => self.fold(Fold::Times, of, own)?,
            Expr::Min(of) => self.fold(Fold::Min, of, own)?,
            Expr::Max(of) => self.fold(Fold::Max, of, own)?,
            Expr::Count(of) => self.fold(Fold::Count, of, own)?,
            Expr::Trim(trim) => {
                let of = self.codes(&trim.of, own)?;
                Code::Trim(Box::new(Trimmed { of, rule: Trim { of: Operands::default(), ..trim.clone() } }))
            }
            Expr::Weigh { of, .. } => Code::Weigh(
                of.iter()
                    .map(|weight| Ok((self.code(&weight.of, own)?, weight.by.clone())))
                    .collect::<Result<_, Fault>>()?,
            ),
            Expr::Scale { of, from, to } => {
                Code::Scale { of: self.boxed(of, own)?, from: from.clone(), to: to.clone() }
            }
            Expr::Minus { from, less, floor } => {
                Code::Minus { from: self.boxed(from, own)?, less: self.codes(less, own)?, floor: floor.clone() }
            }
            Expr::Clamp { of, low, high } => {
                Code::Clamp { of: self.boxed(of, own)?, low: low.clone(), high: high.clone() }
            }
            Expr::Abs(of) => Code::Abs(self.boxed(of, own)?),
            Expr::Divide { of, by, zero } => Code::Divide {
                of: self.boxed(of, own)?,
                by: self.boxed(by, own)?,
                zero: zero.as_ref().map(|zero| self.boxed(zero, own)).transpose()?,
            },
            Expr::Round { of, digits, mode } => Code::Round { of: self.boxed(of, own)?, digits: *digits, mode: *mode },
            Expr::Settle { of, absent, void } => {
                Code::Settle { of: self.boxed(of, own)?, absent: absent.clone(), void: void.clone() }
            }
            Expr::Table(table) => {
                let mut bands = table.clone();
                *bands.of = Expr::Mark;
                Code::Table { of: self.boxed(&table.of, own)?, table: Box::new(bands) }
            }
            Expr::When { is, then, otherwise } => Code::When(Box::new(Branch {
                left: self.code(&is.left, own)?,
                is: is.is,
                right: self.code(&is.right, own)?,
                then: self.code(then, own)?,
                otherwise: self.code(otherwise, own)?,
            })),
        })
    }
}

impl Code {
    /// The expressions directly below.
    pub(super) fn below(&self) -> Vec<&Self> {
        match self {
            Self::Mark(_)
            | Self::Panel { .. }
            | Self::Slot(_)
            | Self::Constant(_)
            | Self::Seconds(_)
            | Self::Datum(_) => Vec::new(),
            Self::Fold(_, of) => of.iter().collect(),
            Self::Trim(trim) => trim.of.iter().collect(),
            Self::Weigh(of) => of.iter().map(|(of, _)| of).collect(),
            Self::InSeconds(of)
            | Self::Abs(of)
            | Self::Scale { of, .. }
            | Self::Clamp { of, .. }
            | Self::Round { of, .. }
            | Self::Settle { of, .. }
            | Self::Table { of, .. } => vec![of],
            Self::Minus { from, less, .. } => std::iter::once(&**from).chain(less).collect(),
            Self::Divide { of, by, zero } => {
                [Some(of), Some(by), zero.as_ref()].into_iter().flatten().map(|one| &**one).collect()
            }
            Self::When(branch) => vec![&branch.left, &branch.right, &branch.then, &branch.otherwise],
        }
    }

    fn slots(&self, found: &mut Vec<usize>) {
        if let Self::Slot(slot) = self {
            found.push(*slot);
        }
        for below in self.below() {
            below.slots(found);
        }
    }
}

/// Is the value a time?
fn is_time(code: &Code, slots: &[bool], items: &[bool]) -> bool {
    match code {
        Code::Mark(item) | Code::Panel { item, .. } => items.get(*item).copied().unwrap_or(false),
        Code::Slot(slot) => slots.get(*slot).copied().unwrap_or(false),
        Code::Seconds(_) => true,
        Code::Constant(_)
        | Code::Datum(_)
        | Code::InSeconds(_)
        | Code::Weigh(_)
        | Code::Scale { .. }
        | Code::Divide { .. }
        | Code::Table { .. }
        | Code::Fold(Fold::Times | Fold::Count, _) => false,
        Code::When(branch) => is_time(&branch.then, slots, items),
        Code::Fold(..)
        | Code::Trim(_)
        | Code::Minus { .. }
        | Code::Clamp { .. }
        | Code::Abs(_)
        | Code::Round { .. }
        | Code::Settle { .. } => code.below().first().is_some_and(|of| is_time(of, slots, items)),
    }
}

/// Items the total depends on, in document order.
fn needed(slots: &[Slot], total: usize, items: usize) -> Vec<usize> {
    let mut seen = vec![false; slots.len()];
    let mut stack = vec![total];
    while let Some(slot) = stack.pop() {
        if std::mem::replace(&mut seen[slot], true) {
            continue;
        }
        slots[slot].code.slots(&mut stack);
        marks(&slots[slot].code, &mut stack);
    }
    (0..items).filter(|item| seen[*item]).collect()
}

fn marks(code: &Code, found: &mut Vec<usize>) {
    if let Code::Mark(item) | Code::Panel { item, .. } = code {
        found.push(*item);
    }
    for below in code.below() {
        marks(below, found);
    }
}
