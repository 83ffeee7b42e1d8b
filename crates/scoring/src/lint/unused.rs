//! Items, panels, parameters, scales and stages that nothing looks at.

use super::walk::{Root, each, each_condition, roots};
use super::{Lint, LintCode};
use crate::rulebook::{AnswerKey, Condition, Expr, Logic, Rulebook};
use std::collections::HashSet;

pub(super) fn find(rulebook: &Rulebook, lints: &mut Vec<Lint>) {
    let roots = roots(rulebook);
    let seen = seen(rulebook, &roots);
    let put =
        |list: &str, index: usize, code: LintCode, id: &str| Lint::new(format!("/{list}/{index}"), code).with("id", id);
    for (index, item) in rulebook.items.iter().enumerate().filter(|(_, item)| !seen.contains(item.id.as_str())) {
        lints.push(put("items", index, LintCode::UnusedItem, &item.id));
    }
    let panels: HashSet<&str> = rulebook.items.iter().filter_map(|item| item.panel()).collect();
    for (index, panel) in rulebook.panels.iter().enumerate().filter(|(_, panel)| !panels.contains(panel.id.as_str())) {
        lints.push(put("panels", index, LintCode::UnusedPanel, &panel.id));
    }
    let (parameters, scales) = compared(rulebook, &roots);
    let free = rulebook.parameters.iter().enumerate().filter(|(_, one)| !parameters.contains(one.id.as_str()));
    for (index, parameter) in free {
        lints.push(put("parameters", index, LintCode::UnusedParameter, &parameter.id));
    }
    for (index, scale) in rulebook.scales.iter().enumerate().filter(|(_, one)| !scales.contains(one.id.as_str())) {
        lints.push(put("scales", index, LintCode::UnusedScale, &scale.id));
    }
    let stages: HashSet<&str> = rulebook.items.iter().filter_map(|item| item.stage.as_deref()).collect();
    for (index, stage) in rulebook.stages.iter().enumerate().filter(|(_, one)| !stages.contains(one.id.as_str())) {
        lints.push(put("stages", index, LintCode::EmptyStage, &stage.id));
    }
}

/// Ids of everything that ranking, stages, teams, awards and honours look at.
fn seen<'a>(rulebook: &'a Rulebook, roots: &[Root<'a>]) -> HashSet<&'a str> {
    let mut open: Vec<&str> = vec![rulebook.ranking.by.as_str()];
    open.extend(rulebook.stages.iter().filter_map(|stage| stage.by.as_deref()));
    let standing = roots.iter().filter(|root| root.own.is_none() && !root.path.starts_with("/nodes/"));
    standing.for_each(|root| root.expr.names(&mut |id| open.push(id)));
    let mut seen = HashSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let score = rulebook.item(id).and_then(|item| item.score.as_ref());
        if let Some(value) = score.or_else(|| rulebook.node(id).map(|node| &node.value)) {
            value.names(&mut |id| open.push(id));
        }
    }
    seen
}

/// Ids of the parameters and scales that something is compared with.
fn compared<'a>(rulebook: &'a Rulebook, roots: &[Root<'a>]) -> (HashSet<&'a str>, HashSet<&'a str>) {
    let (mut parameters, mut scales) = (HashSet::new(), HashSet::new());
    let mut on_scale = |condition: &'a Condition| {
        each_condition(condition, &mut |one| match one {
            Condition::Logic(Logic::OnScale { scale, .. }) => {
                scales.insert(scale.as_str());
            }
            Condition::Compare(_)
            | Condition::Logic(
                Logic::All(_)
                | Logic::Any(_)
                | Logic::Not(_)
                | Logic::DatumIs { .. }
                | Logic::Award(_)
                | Logic::InStage(_),
            ) => {}
        });
    };
    for root in roots {
        each(root.expr, &root.path, &mut |expr, _| {
            if let Expr::Parameter(id) | Expr::Answer { key: AnswerKey::Parameter(id), .. } = expr {
                parameters.insert(id.as_str());
            }
        });
        root.expr.conditions(&mut on_scale);
    }
    super::walk::conditions(rulebook).into_iter().for_each(|(_, condition)| on_scale(condition));
    (parameters, scales)
}
