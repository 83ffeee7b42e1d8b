//! Expressions and conditions with every name resolved.

use super::Compiler;
use crate::engine::code::{Branch, Code, Date, Fold, KeyCode, Policy, Test, Trimmed, Wide, WideKind};
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{AnswerKey, Condition, Expr, Gap, Logic, Operands, Trim};

/// Where an expression stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// The item whose score it is.
    own: Option<usize>,
    /// The panel whose judges are gone through.
    panel: Option<usize>,
    /// How many attempts are gone through.
    attempts: Option<usize>,
}

impl Context {
    pub const fn item(item: usize) -> Self {
        Self { own: Some(item), panel: None, attempts: None }
    }
}

impl Compiler<'_> {
    pub(super) fn slot(&self, id: &str) -> Result<usize, Fault> {
        self.by_id.get(id).copied().ok_or_else(|| Fault::new("", FaultCode::UnknownId).with("id", id))
    }

    fn codes(&mut self, of: &Operands, context: Context) -> Result<Vec<Code>, Fault> {
        of.0.iter().map(|one| self.code(one, context)).collect()
    }

    fn boxed(&mut self, of: &Expr, context: Context) -> Result<Box<Code>, Fault> {
        self.code(of, context).map(Box::new)
    }

    fn fold(&mut self, fold: Fold, of: &Operands, context: Context) -> Result<Code, Fault> {
        Ok(Code::Fold(fold, self.codes(of, context)?))
    }

    /// The item a form speaks of: the one it names or the one at hand.
    fn item(&self, named: Option<&String>, context: Context) -> Result<usize, Fault> {
        match named {
            Some(id) => self.slot(id),
            None => context.own.ok_or_else(|| Fault::new("", FaultCode::NoMarkHere)),
        }
    }

    fn parameter(&self, id: &str) -> Result<usize, Fault> {
        let found = self.rulebook.parameters.iter().position(|one| one.id == id);
        found.ok_or_else(|| Fault::new("", FaultCode::UnknownId).with("id", id))
    }

    /// A value of the field, computed for every judge and attempt that is gone through.
    fn wide(&mut self, kind: WideKind, within: Option<&String>, context: Context) -> Code {
        let within = within.map(|name| self.text(name));
        let seats = context.panel.and_then(|panel| self.rulebook.panels.get(panel)).map_or(1, |panel| panel.seats);
        let (panel, attempts) = (context.panel, context.attempts.unwrap_or(1));
        let wide = Wide { kind, within, panel, seats: usize::from(seats), attempts, stage: 0 };
        self.wides.push(wide);
        Code::Wide(self.wides.len() - 1)
    }

    pub(super) fn code(&mut self, expr: &Expr, context: Context) -> Result<Code, Fault> {
        let no_mark = || Fault::new("", FaultCode::NoMarkHere);
        Ok(match expr {
            Expr::Mark => Code::Mark(context.own.ok_or_else(no_mark)?),
            Expr::Reading(id) => Code::Mark(self.slot(id)?),
            Expr::Own(id) => Code::Own(self.slot(id)?),
            Expr::Panel { item, minimum, absent, void } => {
                let item = self.item(item.as_ref(), context)?;
                let panel = self.item_panels.get(item).copied().flatten().ok_or_else(no_mark)?;
                let panel = &self.rulebook.panels[panel];
                let minimum = usize::from(minimum.or(panel.minimum).unwrap_or(panel.seats));
                Code::Panel { item, policy: Policy { minimum, not_yet: Gap::Refuse, absent: *absent, void: *void } }
            }
            Expr::EachJudge { panel, of, minimum, absent, void } => {
                let index = self.rulebook.panels.iter().position(|one| one.id == *panel).ok_or_else(no_mark)?;
                let rule = &self.rulebook.panels[index];
                let minimum = usize::from(minimum.or(rule.minimum).unwrap_or(rule.seats));
                let of = self.boxed(of, Context { panel: Some(index), ..context })?;
                let policy = Policy { minimum, not_yet: Gap::Refuse, absent: *absent, void: *void };
                Code::EachJudge { panel: index, of, policy }
            }
            Expr::EachAttempt { item, of, minimum, not_yet, absent, void } => {
                let item = self.item(item.as_ref(), context)?;
                let attempts = self.rulebook.items.get(item).map_or(1, |item| usize::from(item.attempt_count()));
                let of = self.boxed(of, Context { attempts: Some(attempts), ..context })?;
                let minimum = usize::from(minimum.unwrap_or(1));
                let policy = Policy { minimum, not_yet: *not_yet, absent: *absent, void: *void };
                Code::EachAttempt { item, attempts, of, policy }
            }
            Expr::Answer { item, key, count } => {
                let item = self.item(item.as_ref(), context)?;
                let key = match key {
                    AnswerKey::Letters(letters) => KeyCode::Letters(letters.to_uppercase()),
                    AnswerKey::Parameter(id) => KeyCode::Parameter(self.parameter(id)?),
                    AnswerKey::Item(id) => KeyCode::Item(self.slot(id)?),
                };
                Code::Answer { item, key, count: *count }
            }
            Expr::Parameter(id) => Code::Parameter(self.parameter(id)?),
            Expr::Item(id) | Expr::Node(id) => Code::Slot(self.slot(id)?),
            Expr::Constant(value) => Code::Constant(value.clone()),
            Expr::Seconds(value) => Code::Seconds(value.clone()),
            Expr::Datum(name) => Code::Datum(self.number(name)),
            Expr::Age { born, on } => {
                let on = Date::read(on).ok_or_else(|| Fault::new("", FaultCode::OutOfRange))?;
                Code::Age { born: self.text(born), on }
            }
            Expr::InSeconds(of) => Code::InSeconds(self.boxed(of, context)?),
            Expr::InPlaces(of) => Code::InPlaces(self.boxed(of, context)?),
            Expr::Mean(of) => self.fold(Fold::Mean, of, context)?,
            Expr::Median(of) => self.fold(Fold::Median, of, context)?,
            Expr::Sum(of) => self.fold(Fold::Sum, of, context)?,
            Expr::Times(of) => self.fold(Fold::Times, of, context)?,
            Expr::Min(of) => self.fold(Fold::Min, of, context)?,
            Expr::Max(of) => self.fold(Fold::Max, of, context)?,
            Expr::Count(of) => self.fold(Fold::Count, of, context)?,
            Expr::Trim(trim) => {
                let of = self.codes(&trim.of, context)?;
                Code::Trim(Box::new(Trimmed { of, rule: Trim { of: Operands::default(), ..trim.clone() } }))
            }
            Expr::Take { of, which, count } => {
                Code::Take { of: self.codes(of, context)?, which: *which, count: usize::from(*count) }
            }
            Expr::Weigh { of, .. } => Code::Weigh(
                of.iter()
                    .map(|weight| Ok((self.code(&weight.of, context)?, weight.by.clone())))
                    .collect::<Result<_, Fault>>()?,
            ),
            Expr::Scale { of, from, to } => {
                Code::Scale { of: self.boxed(of, context)?, from: from.clone(), to: to.clone() }
            }
            Expr::Minus { from, less, floor } => {
                Code::Minus { from: self.boxed(from, context)?, less: self.codes(less, context)?, floor: floor.clone() }
            }
            Expr::Clamp { of, low, high } => {
                Code::Clamp { of: self.boxed(of, context)?, low: low.clone(), high: high.clone() }
            }
            Expr::Abs(of) => Code::Abs(self.boxed(of, context)?),
            Expr::Divide { of, by, zero } => Code::Divide {
                of: self.boxed(of, context)?,
                by: self.boxed(by, context)?,
                zero: zero.as_ref().map(|zero| self.boxed(zero, context)).transpose()?,
            },
            Expr::Round { of, digits, mode } => {
                Code::Round { of: self.boxed(of, context)?, digits: *digits, mode: *mode }
            }
            Expr::Root { of, digits, mode } => {
                Code::Root { of: self.boxed(of, context)?, digits: *digits, mode: *mode }
            }
            Expr::Settle { of, absent, void } => {
                Code::Settle { of: self.boxed(of, context)?, absent: absent.clone(), void: void.clone() }
            }
            Expr::Table(table) => {
                let mut bands = table.clone();
                *bands.of = Expr::Mark;
                Code::Table { of: self.boxed(&table.of, context)?, table: Box::new(bands) }
            }
            Expr::When { is, then, otherwise } => Code::When(Box::new(Branch {
                is: self.test(is, context)?,
                then: self.code(then, context)?,
                otherwise: self.code(otherwise, context)?,
            })),
            Expr::Across { of, fold, within } => {
                let of = self.code(of, context)?;
                self.wide(WideKind::Across { of, fold: *fold }, within.as_ref(), context)
            }
            Expr::Place { of, direction, ties, within } => {
                let of = self.code(of, context)?;
                let kind = WideKind::Place { of, direction: *direction, ties: *ties };
                self.wide(kind, within.as_ref(), context)
            }
            Expr::PlacePoints { of, points, direction, ties, within } => {
                let of = self.code(of, context)?;
                let kind = WideKind::Points { of, points: points.clone(), direction: *direction, ties: *ties };
                self.wide(kind, within.as_ref(), context)
            }
            Expr::Standardise { of, digits, mode, zero, within } => {
                let of = self.code(of, context)?;
                let kind = WideKind::Standardise { of, digits: *digits, mode: *mode, zero: zero.clone() };
                self.wide(kind, within.as_ref(), context)
            }
            Expr::MajorityPlace(id) => {
                let item = self.slot(id)?;
                self.wide(WideKind::Majority(item), None, Context::default())
            }
            Expr::Skating(ids) => {
                let items = ids.iter().map(|id| self.slot(id)).collect::<Result<_, _>>()?;
                self.wide(WideKind::Skating(items), None, Context::default())
            }
            Expr::Rank => Code::Rank,
            Expr::AwardPoints { points, otherwise } => Code::AwardPoints {
                points: points
                    .iter()
                    .map(|(id, points)| Ok((self.tier(id)?, points.clone())))
                    .collect::<Result<_, Fault>>()?,
                otherwise: otherwise.clone(),
            },
            Expr::Members { of, minimum, absent, void } => {
                let minimum = usize::from(minimum.unwrap_or(1));
                let policy = Policy { minimum, not_yet: Gap::Refuse, absent: *absent, void: *void };
                Code::Members { of: self.boxed(of, context)?, policy }
            }
        })
    }

    fn tier(&self, id: &str) -> Result<usize, Fault> {
        let tiers = self.rulebook.awards.as_ref().map_or(&[][..], |awards| &awards.tiers);
        tiers.iter().position(|tier| tier.id == id).ok_or_else(|| Fault::new("", FaultCode::UnknownId).with("id", id))
    }

    /// A condition whose compared values are slots of their own, computed before it is asked.
    pub(super) fn slot_test(&mut self, condition: &Condition) -> Result<Test, Fault> {
        Ok(match condition {
            Condition::Compare(compare) => Test::Compare {
                left: Code::Slot(self.push(&compare.left, Context::default())?),
                is: compare.is,
                right: Code::Slot(self.push(&compare.right, Context::default())?),
            },
            Condition::Logic(Logic::All(of)) => {
                Test::All(of.iter().map(|one| self.slot_test(one)).collect::<Result<_, _>>()?)
            }
            Condition::Logic(Logic::Any(of)) => {
                Test::Any(of.iter().map(|one| self.slot_test(one)).collect::<Result<_, _>>()?)
            }
            Condition::Logic(Logic::Not(of)) => Test::Not(Box::new(self.slot_test(of)?)),
            Condition::Logic(_) => self.test(condition, Context::default())?,
        })
    }

    pub(super) fn test(&mut self, condition: &Condition, context: Context) -> Result<Test, Fault> {
        let unknown = |id: &str| Fault::new("", FaultCode::UnknownId).with("id", id);
        Ok(match condition {
            Condition::Compare(compare) => Test::Compare {
                left: self.code(&compare.left, context)?,
                is: compare.is,
                right: self.code(&compare.right, context)?,
            },
            Condition::Logic(Logic::All(of)) => {
                Test::All(of.iter().map(|one| self.test(one, context)).collect::<Result<_, _>>()?)
            }
            Condition::Logic(Logic::Any(of)) => {
                Test::Any(of.iter().map(|one| self.test(one, context)).collect::<Result<_, _>>()?)
            }
            Condition::Logic(Logic::Not(of)) => Test::Not(Box::new(self.test(of, context)?)),
            Condition::Logic(Logic::DatumIs { name, any_of }) => {
                Test::DatumIs { text: self.text(name), any_of: any_of.clone() }
            }
            Condition::Logic(Logic::OnScale { scale, datum, is, than }) => {
                let found = self.rulebook.scales.iter().find(|one| one.id == *scale).ok_or_else(|| unknown(scale))?;
                let at = found.values.iter().position(|value| value == than).ok_or_else(|| unknown(than))?;
                Test::OnScale { text: self.text(datum), scale: found.values.clone(), is: *is, than: at + 1 }
            }
            Condition::Logic(Logic::Award(ids)) => {
                Test::Award(ids.iter().map(|id| self.tier(id)).collect::<Result<_, _>>()?)
            }
            Condition::Logic(Logic::InStage(id)) => {
                let stage = self.rulebook.stages.iter().position(|stage| stage.id == *id);
                Test::InStage(stage.ok_or_else(|| unknown(id))?)
            }
        })
    }
}
