//! What needs what: an order of computation, or the cycle that prevents one.

use crate::fault::{Fault, FaultCode};
use crate::rulebook::{AdvanceRule, Expr, Rulebook};
use std::collections::HashMap;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Slots (items first, then nodes, both in document order) in an order in which each comes after all it needs. Names nothing
/// has are passed over.
///
/// # Errors
/// The first cycle that is found.
pub(crate) fn order(rulebook: &Rulebook) -> Result<Vec<usize>, Fault> {
    let items = rulebook.items.len();
    let ids: Vec<&str> = rulebook
        .items
        .iter()
        .map(|item| item.id.as_str())
        .chain(rulebook.nodes.iter().map(|node| node.id.as_str()))
        .collect();
    let mut by_id: HashMap<&str, usize> = HashMap::with_capacity(ids.len());
    for (slot, id) in ids.iter().enumerate() {
        by_id.entry(id).or_insert(slot);
    }
    let needs: Vec<Vec<usize>> = (0..ids.len())
        .map(|slot| {
            let value = match rulebook.items.get(slot) {
                Some(item) => item.score.as_ref(),
                None => rulebook.nodes.get(slot - items).map(|node| &node.value),
            };
            let mut found = Vec::new();
            let mut stage = rulebook.items.get(slot).and_then(|item| stage_index(rulebook, item.stage.as_deref()?));
            if let Some(value) = value {
                value.scores(&mut |id| found.extend(by_id.get(id)));
                value.conditions(&mut |condition| {
                    condition.stages(&mut |id| stage = stage.max(stage_index(rulebook, id)));
                });
            }
            // Whoever takes part in a stage is decided by the results of those before it.
            for before in rulebook.stages.iter().take(stage.unwrap_or(0)) {
                found.extend(before.by.iter().filter_map(|id| by_id.get(id.as_str())));
                let mut need = |expr: &Expr| expr.scores(&mut |id| found.extend(by_id.get(id)));
                before.keys.iter().for_each(|key| need(&key.by));
                let advance = before.advance.iter();
                let conditions = advance.flat_map(|advance| {
                    let own = advance.take.iter().filter_map(|rule| match rule {
                        AdvanceRule::All(condition) => Some(condition),
                        AdvanceRule::PerGroup(_) | AdvanceRule::Best(_) | AdvanceRule::Percent { .. } => None,
                    });
                    own.chain(&advance.only)
                });
                conditions.for_each(|condition| condition.expressions(&mut need));
            }
            found
        })
        .collect();

    let mut states = vec![State::New; ids.len()];
    let mut order = Vec::with_capacity(ids.len());
    for start in 0..ids.len() {
        let mut stack = vec![(start, 0usize)];
        while let Some((slot, next)) = stack.pop() {
            if next == 0 {
                if states[slot] == State::Done {
                    continue;
                }
                states[slot] = State::Open;
            }
            match needs[slot].get(next) {
                None => {
                    states[slot] = State::Done;
                    order.push(slot);
                }
                Some(need) => {
                    stack.push((slot, next + 1));
                    match states[*need] {
                        State::Done => {}
                        State::New => stack.push((*need, 0)),
                        State::Open => return Err(cycle(*need, &stack, &ids, items)),
                    }
                }
            }
        }
    }
    Ok(order)
}

fn stage_index(rulebook: &Rulebook, id: &str) -> Option<usize> {
    rulebook.stages.iter().position(|stage| stage.id == id)
}

/// The cycle is the part of the stack from the slot that was met again.
fn cycle(again: usize, stack: &[(usize, usize)], ids: &[&str], items: usize) -> Fault {
    let from = stack.iter().position(|(slot, _)| *slot == again).unwrap_or(0);
    let mut names: Vec<&str> = stack[from..].iter().map(|(slot, _)| ids[*slot]).collect();
    names.push(ids[again]);
    let path = if again < items { format!("/items/{again}/score") } else { format!("/nodes/{}/value", again - items) };
    Fault::new(path, FaultCode::Cycle).with("ids", names.join(" → "))
}
