//! From a checked rulebook to a plan.

mod expr;

use super::code::{Code, KeyCode, Style, Test, Wide, WideKind};
use super::plan::{AdvancePlan, KeyPlan, ParameterPlan, Plan, Slot, StagePlan, TakePlan, TeamPlan};
use super::{lane, sitting};
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{AdvanceRule, Expr, Input, Key, On, ParameterKind, Rulebook};
use expr::Context;
use std::collections::HashMap;

/// The datum that holds decisions between equals.
pub(crate) const DECISION: &str = "decision";

/// Compiles a rulebook. The checker has found every fault already; the ones returned here are a second line of defence.
pub(super) fn compile(rulebook: &Rulebook) -> Result<Plan, Fault> {
    let ids = rulebook.items.iter().map(|item| &item.id).chain(rulebook.nodes.iter().map(|node| &node.id));
    let by_id: HashMap<String, usize> = ids.enumerate().map(|(slot, id)| (id.clone(), slot)).collect();
    let item_panels: Vec<Option<usize>> = rulebook
        .items
        .iter()
        .map(|item| item.panel().and_then(|id| rulebook.panels.iter().position(|panel| panel.id == id)))
        .collect();
    let mut compiler = Compiler {
        rulebook,
        by_id: &by_id,
        item_panels: &item_panels,
        numbers: Vec::new(),
        texts: Vec::new(),
        wides: Vec::new(),
        slots: Vec::new(),
    };
    for (index, item) in rulebook.items.iter().enumerate() {
        compiler.push(&item.score_expr(), Context::item(index))?;
    }
    for node in &rulebook.nodes {
        compiler.push(&node.value, Context::default())?;
    }
    let stages = compiler.stages()?;
    let decision = rulebook.ranking.last.is_decided().then(|| compiler.number(DECISION));
    let parameters: Vec<ParameterPlan> = rulebook
        .parameters
        .iter()
        .map(|one| ParameterPlan { kind: one.kind, by: one.by.as_ref().map(|name| compiler.text(name)) })
        .collect();
    let mut teams = compiler.teams()?;
    let awards = rulebook.awards.iter().flat_map(|awards| &awards.tiers);
    let tiers = awards
        .map(|tier| tier.only.as_ref().map(|only| compiler.test(only, Context::default())).transpose())
        .collect::<Result<Vec<_>, _>>()?;
    let honours = rulebook
        .honours
        .iter()
        .map(|honour| compiler.test(&honour.to, Context::default()))
        .collect::<Result<Vec<_>, _>>()?;
    let Compiler { numbers, texts, mut wides, slots: codes, .. } = compiler;

    let item_stages: Vec<Option<usize>> = rulebook
        .items
        .iter()
        .map(|item| item.stage.as_ref().and_then(|id| rulebook.stages.iter().position(|stage| stage.id == *id)))
        .collect();
    let needs: Vec<Vec<usize>> =
        (0..codes.len()).map(|slot| needs(slot, &codes, &wides, &item_stages, &stages)).collect();
    let order = sorted(&needs).ok_or_else(|| Fault::new("", FaultCode::Cycle))?;
    let slots = slots(rulebook, codes, &mut wides, &order, &needs, &item_stages);
    if let Some(teams) = &mut teams {
        let times: Vec<bool> = slots.iter().map(|slot| slot.style.time).collect();
        let items = items_timed(rulebook);
        let timed = |code: &Code| is_time(rulebook, code, &wides, &times, &items);
        teams.style.time = timed(&teams.value);
        teams.keys.iter_mut().for_each(|(key, _, style)| style.time = timed(key));
    }
    let reads: Vec<Vec<usize>> = slots.iter().map(|slot| reads(slot, &wides)).collect();
    let dependents = (0..rulebook.items.len()).map(|item| dependents(item, &order, &needs, &reads)).collect();
    let columns = rulebook.columns();
    let column_slots = columns.iter().filter_map(|column| by_id.get(&column.id).copied()).collect();
    let total = stages.last().map_or(0, |stage| stage.published);
    let mut below = vec![false; slots.len()];
    below[total] = true;
    for slot in order.iter().rev().filter(|slot| **slot < slots.len()) {
        if below[*slot] {
            needs[*slot].iter().for_each(|need| below[*need] = true);
        }
    }
    let needed = (0..rulebook.items.len()).filter(|item| below[*item]).collect();
    Ok(Plan {
        columns,
        column_slots,
        slots,
        order,
        dependents,
        compared: sitting::compared(rulebook, &item_panels, &wides),
        item_panels,
        item_stages,
        settles: rulebook.items.iter().map(|item| rulebook.settle_of(item)).collect(),
        rules: crate::EntryStatus::ALL.iter().map(|status| rulebook.statuses.rule(*status)).collect(),
        numbers,
        texts,
        parameters,
        wides,
        stages,
        needed,
        decision,
        teams,
        tiers,
        honours,
        by_id,
        rulebook: rulebook.clone(),
    })
}

/// A value, and the values of the field it is made of.
pub(super) struct Compiled {
    code: Code,
    wides: std::ops::Range<usize>,
    /// Decimals it is printed with.
    digits: Option<u8>,
}

pub(super) struct Compiler<'a> {
    rulebook: &'a Rulebook,
    by_id: &'a HashMap<String, usize>,
    item_panels: &'a [Option<usize>],
    numbers: Vec<String>,
    texts: Vec<String>,
    wides: Vec<Wide>,
    slots: Vec<Compiled>,
}

impl Compiler<'_> {
    /// A slot of its own for an expression.
    fn push(&mut self, expr: &Expr, context: Context) -> Result<usize, Fault> {
        let from = self.wides.len();
        let code = self.code(expr, context)?;
        self.slots.push(Compiled { code, wides: from..self.wides.len(), digits: self.rulebook.digits_of(expr) });
        Ok(self.slots.len() - 1)
    }

    fn number(&mut self, name: &str) -> usize {
        place(&mut self.numbers, name)
    }

    fn text(&mut self, name: &str) -> usize {
        place(&mut self.texts, name)
    }

    fn stages(&mut self) -> Result<Vec<StagePlan>, Fault> {
        let rulebook = self.rulebook;
        let mut plans = Vec::new();
        for stage in rulebook.stages.iter().take(rulebook.stages.len().saturating_sub(1)) {
            let published = self.slot(stage.by.as_deref().unwrap_or_default())?;
            let advance = match &stage.advance {
                None => None,
                Some(advance) => Some(AdvancePlan {
                    take: advance
                        .take
                        .iter()
                        .map(|rule| match (TakePlan::of(rule), rule) {
                            (None, AdvanceRule::All(condition)) => Ok(TakePlan::All(self.slot_test(condition)?)),
                            (plan, _) => Ok(plan.unwrap_or(TakePlan::Best(0))),
                        })
                        .collect::<Result<_, Fault>>()?,
                    ties: advance.ties,
                    only: advance.only.as_ref().map(|only| self.slot_test(only)).transpose()?,
                }),
            };
            plans.push(StagePlan {
                ranked_by: published,
                published,
                direction: stage.direction,
                keys: self.keys(&stage.keys)?,
                groups: stage.groups.as_ref().map(|name| self.text(name)),
                advance,
            });
        }
        let ranking = &rulebook.ranking;
        let published = self.slot(&ranking.by)?;
        let ranked_by = match ranking.on {
            On::Published => published,
            On::Exact => self.push(&unrounded(rulebook, &ranking.by), Context::default())?,
        };
        plans.push(StagePlan {
            ranked_by,
            published,
            direction: ranking.direction,
            keys: self.keys(&ranking.keys)?,
            groups: None,
            advance: None,
        });
        Ok(plans)
    }

    fn keys(&mut self, keys: &[Key]) -> Result<Vec<KeyPlan>, Fault> {
        let one = |key: &Key| Ok(KeyPlan { slot: self.push(&key.by, Context::default())?, direction: key.direction });
        keys.iter().map(one).collect()
    }

    fn teams(&mut self) -> Result<Option<TeamPlan>, Fault> {
        let Some(teams) = &self.rulebook.teams else { return Ok(None) };
        let keys = teams
            .keys
            .iter()
            .map(|key| Ok((self.code(&key.by, Context::default())?, key.direction, style_of(self.rulebook, &key.by))))
            .collect::<Result<_, Fault>>()?;
        let value = self.code(&teams.value, Context::default())?;
        Ok(Some(TeamPlan { value, style: style_of(self.rulebook, &teams.value), keys }))
    }
}

/// Which items are timed.
fn items_timed(rulebook: &Rulebook) -> Vec<bool> {
    rulebook.items.iter().map(|item| matches!(item.input, Input::Time { .. })).collect()
}

/// How a value of teams is printed, but for whether it is a time.
fn style_of(rulebook: &Rulebook, expr: &Expr) -> Style {
    Style { time: false, digits: rulebook.digits_of(expr) }
}

fn place(names: &mut Vec<String>, name: &str) -> usize {
    names.iter().position(|one| one == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    })
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

/// The slots a slot needs: those it names, those the values of the field are made of, and for an item of a later stage all that decides who
/// goes on to it.
fn needs(
    slot: usize,
    codes: &[Compiled],
    wides: &[Wide],
    item_stages: &[Option<usize>],
    stages: &[StagePlan],
) -> Vec<usize> {
    let mut found = Vec::new();
    let own = &codes[slot];
    let mut roots = vec![&own.code];
    roots.extend(wides[own.wides.clone()].iter().filter_map(Wide::code));
    let mut reached = item_stages.get(slot).copied().flatten();
    for root in roots {
        root.walk(&mut |code| match code {
            Code::Slot(need) => found.push(*need),
            Code::When(branch) => branch.is.stages(&mut |stage| reached = reached.max(Some(stage))),
            _ => {}
        });
    }
    for before in stages.iter().take(reached.unwrap_or(0)) {
        found.extend([before.ranked_by, before.published]);
        found.extend(before.keys.iter().map(|key| key.slot));
        let advance = before.advance.iter();
        let tests = advance.flat_map(|advance| {
            let own = advance.take.iter().filter_map(|take| match take {
                TakePlan::All(test) => Some(test),
                TakePlan::PerGroup(_) | TakePlan::Best(_) | TakePlan::Percent { .. } => None,
            });
            own.chain(&advance.only)
        });
        for test in tests {
            test_needs(test, &mut found);
        }
    }
    found
}

fn test_needs(test: &Test, found: &mut Vec<usize>) {
    test.codes(&mut |code| {
        code.walk(&mut |one| {
            if let Code::Slot(need) = one {
                found.push(*need);
            }
        });
    });
}

/// An order in which each slot comes after all it needs; `None` where there is none.
fn sorted(needs: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut order = Vec::with_capacity(needs.len());
    // 0: new, 1: open, 2: done.
    let mut states = vec![0u8; needs.len()];
    for start in 0..needs.len() {
        let mut stack = vec![(start, 0usize)];
        while let Some((slot, next)) = stack.pop() {
            if next == 0 {
                if states[slot] == 2 {
                    continue;
                }
                states[slot] = 1;
            }
            match needs[slot].get(next) {
                None => {
                    states[slot] = 2;
                    order.push(slot);
                }
                Some(need) => {
                    stack.push((slot, next + 1));
                    match states.get(*need)? {
                        0 => stack.push((*need, 0)),
                        1 => return None,
                        _ => {}
                    }
                }
            }
        }
    }
    Some(order)
}

/// The items whose marks a slot looks at itself.
fn reads(slot: &Slot, wides: &[Wide]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut look = |code: &Code| {
        code.walk(&mut |one| match one {
            Code::Mark(item) | Code::Own(item) | Code::Panel { item, .. } | Code::EachAttempt { item, .. } => {
                found.push(*item);
            }
            Code::Answer { item, key, .. } => {
                found.push(*item);
                if let KeyCode::Item(other) = key {
                    found.push(*other);
                }
            }
            _ => {}
        });
    };
    look(&slot.code);
    let own = &wides[slot.wides.clone()];
    own.iter().filter_map(Wide::code).for_each(&mut look);
    for wide in own {
        match &wide.kind {
            WideKind::Majority(item) => found.push(*item),
            WideKind::Skating(items) => found.extend(items),
            WideKind::Across { .. }
            | WideKind::Place { .. }
            | WideKind::Points { .. }
            | WideKind::Standardise { .. } => {}
        }
    }
    found
}

/// Everything that changes with the marks of an item, in the order of computation.
fn dependents(item: usize, order: &[usize], needs: &[Vec<usize>], reads: &[Vec<usize>]) -> Vec<usize> {
    let mut touched: Vec<bool> = reads.iter().map(|reads| reads.contains(&item)).collect();
    touched[item] = true;
    order
        .iter()
        .copied()
        .filter(|slot| {
            touched[*slot] |= needs[*slot].iter().any(|need| touched[*need]);
            touched[*slot]
        })
        .collect()
}

fn slots(
    rulebook: &Rulebook,
    codes: Vec<Compiled>,
    wides: &mut [Wide],
    order: &[usize],
    needs: &[Vec<usize>],
    item_stages: &[Option<usize>],
) -> Vec<Slot> {
    let items_timed = items_timed(rulebook);
    let mut times = items_timed.clone();
    times.resize(codes.len(), false);
    let mut wide = vec![false; codes.len()];
    let mut stages = vec![0; codes.len()];
    let mut shapes: Vec<Option<lane::Shape>> = vec![None; codes.len()];
    let mut lanes: Vec<Option<lane::Lane>> = vec![None; codes.len()];
    for slot in order {
        let own = &codes[*slot];
        times[*slot] = is_time(rulebook, &own.code, wides, &times, &items_timed);
        let item_stage = item_stages.get(*slot).copied().flatten().unwrap_or(0);
        let staged = item_stage > 0;
        let mut asks = false;
        let mut stage = needs[*slot].iter().map(|need| stages[*need]).fold(item_stage, usize::max);
        own.code.walk(&mut |code| {
            if let Code::When(branch) = code {
                branch.is.stages(&mut |asked| {
                    asks = true;
                    stage = stage.max(asked);
                });
            }
        });
        for index in own.wides.clone() {
            wides[index].stage = stage_of(&wides[index], wides, &stages, item_stages);
            stage = stage.max(wides[index].stage);
        }
        stages[*slot] = stage;
        wide[*slot] = staged || asks || !own.wides.is_empty() || needs[*slot].iter().any(|need| wide[*need]);
        if !staged && let Some((lane, shape)) = lane::compile(rulebook, &own.code, &shapes) {
            lanes[*slot] = Some(lane);
            shapes[*slot] = Some(shape);
        }
    }
    codes
        .into_iter()
        .enumerate()
        .map(|(slot, own)| {
            let den = shapes[slot].map(|shape| shape.den).or_else(|| lane::denominator(&own.code));
            Slot {
                style: Style { time: times[slot], digits: own.digits },
                den,
                most: shapes[slot].map_or(i64::MAX, lane::Shape::most),
                lane: lanes[slot].take(),
                wides: own.wides,
                stage: stages[slot],
                wide: wide[slot],
                code: own.code,
            }
        })
        .collect()
}

/// The latest stage of anything a value of the field is made of; those before it and the slots it needs are known.
fn stage_of(wide: &Wide, wides: &[Wide], slots: &[usize], items: &[Option<usize>]) -> usize {
    let item_stage = |item: usize| items.get(item).copied().flatten().unwrap_or(0);
    let mut latest = 0;
    if let Some(code) = wide.code() {
        code.walk(&mut |code| match code {
            Code::Slot(slot) => latest = latest.max(slots[*slot]),
            Code::Mark(item) | Code::Own(item) | Code::Panel { item, .. } | Code::EachAttempt { item, .. } => {
                latest = latest.max(item_stage(*item));
            }
            Code::Answer { item, key, .. } => {
                latest = latest.max(item_stage(*item));
                if let KeyCode::Item(other) = key {
                    latest = latest.max(item_stage(*other));
                }
            }
            Code::Wide(index) => latest = latest.max(wides[*index].stage),
            Code::When(branch) => branch.is.stages(&mut |asked| latest = latest.max(asked)),
            _ => {}
        });
    }
    match &wide.kind {
        WideKind::Majority(item) => item_stage(*item),
        WideKind::Skating(items) => items.iter().map(|item| item_stage(*item)).max().unwrap_or(0),
        WideKind::Across { .. } | WideKind::Place { .. } | WideKind::Points { .. } | WideKind::Standardise { .. } => {
            latest
        }
    }
}

/// Is the value a time? `times` holds what is known of the slots that were looked at before.
fn is_time(rulebook: &Rulebook, code: &Code, wides: &[Wide], times: &[bool], items: &[bool]) -> bool {
    let below = |code: &Code| is_time(rulebook, code, wides, times, items);
    match code {
        Code::Mark(item) | Code::Own(item) | Code::Panel { item, .. } => items.get(*item).copied().unwrap_or(false),
        Code::Slot(slot) => times.get(*slot).copied().unwrap_or(false),
        Code::Parameter(index) => {
            rulebook.parameters.get(*index).is_some_and(|parameter| parameter.kind == ParameterKind::Time)
        }
        Code::Seconds(_) => true,
        Code::Wide(index) => match wides.get(*index).map(|wide| &wide.kind) {
            Some(WideKind::Across { of, fold }) => *fold != crate::rulebook::AcrossFold::Count && below(of),
            _ => false,
        },
        Code::When(branch) => below(&branch.then),
        Code::Fold(super::code::Fold::Count, _)
        | Code::Weigh(_)
        | Code::Scale { .. }
        | Code::Divide { .. }
        | Code::Table { .. }
        | Code::Root { .. }
        | Code::InSeconds(_) => false,
        _ => code.below().first().is_some_and(|of| below(of)),
    }
}
