//! What a well-formed rulebook must also satisfy: known ids, no cycles, sensible numbers, types that fit, every missing value
//! handled, and a cost that is known before anything is computed.

mod graph;
mod inputs;
mod sums;
mod types;

pub(crate) use graph::order;

use crate::fault::{Fault, FaultCode};
use crate::rulebook::{AdvanceRule, Condition, Expr, Key, Logic, Rulebook, SCHEMA, SEMANTICS};
use std::collections::HashSet;

/// Most items of a rulebook.
pub const MOST_ITEMS: usize = 2_000;
/// Most nodes of a rulebook.
pub const MOST_NODES: usize = 500;
/// Most panels of a rulebook.
pub const MOST_PANELS: usize = 200;
/// Most tie keys of a rulebook.
pub const MOST_KEYS: usize = 32;
/// Most stages of a rulebook.
pub const MOST_STAGES: usize = 32;
/// Most expressions of a rulebook together.
pub const MOST_EXPRESSIONS: usize = 20_000;
/// How deep expressions may lie in one another.
pub const DEEPEST: usize = 24;
/// Most judges of a panel.
pub const MOST_SEATS: u16 = 99;

/// Every fault of a rulebook; empty when it can be computed. Faults that make later checks meaningless (a wrong version,
/// a size over its limit, an id used twice) stand alone.
#[must_use]
pub fn check(rulebook: &Rulebook) -> Vec<Fault> {
    let mut faults = versions(rulebook);
    if faults.is_empty() {
        faults = sizes(rulebook);
    }
    if !faults.is_empty() {
        return faults;
    }
    ids(rulebook, &mut faults);
    if faults.iter().any(|fault| fault.code == FaultCode::DuplicateId) {
        return faults;
    }
    panels(rulebook, &mut faults);
    inputs::check(rulebook, &mut faults);
    match order(rulebook) {
        Ok(order) => types::check(rulebook, &order, &mut faults),
        Err(fault) => faults.push(fault),
    }
    sums::check(rulebook, &mut faults);
    faults
}

fn versions(rulebook: &Rulebook) -> Vec<Fault> {
    [("/schema", rulebook.schema, SCHEMA), ("/semantics", rulebook.semantics, SEMANTICS)]
        .into_iter()
        .filter(|(_, found, known)| found != known)
        .map(|(path, found, known)| {
            let code = if found > known { FaultCode::NeedsNewerVersion } else { FaultCode::UnknownVersion };
            Fault::new(path, code).with("found", found).with("known", known)
        })
        .collect()
}

fn sizes(rulebook: &Rulebook) -> Vec<Fault> {
    let mut faults: Vec<Fault> = [
        ("/items", rulebook.items.len(), MOST_ITEMS, "items"),
        ("/nodes", rulebook.nodes.len(), MOST_NODES, "nodes"),
        ("/panels", rulebook.panels.len(), MOST_PANELS, "panels"),
        ("/ranking/keys", rulebook.ranking.keys.len(), MOST_KEYS, "keys"),
        ("/parameters", rulebook.parameters.len(), MOST_PANELS, "parameters"),
        ("/scales", rulebook.scales.len(), MOST_PANELS, "scales"),
        ("/stages", rulebook.stages.len(), MOST_STAGES, "stages"),
        ("/awards/tiers", rulebook.awards.as_ref().map_or(0, |awards| awards.tiers.len()), MOST_PANELS, "awards"),
        ("/honours", rulebook.honours.len(), MOST_PANELS, "honours"),
    ]
    .into_iter()
    .filter(|(_, found, most, _)| found > most)
    .map(|(path, found, most, what)| {
        Fault::new(path, FaultCode::TooLarge).with("what", what).with("limit", most).with("found", found)
    })
    .collect();
    let mut count = 0;
    for (path, expr) in expressions(rulebook) {
        let (depth, size) = extent(expr);
        count += size;
        if depth > DEEPEST {
            faults.push(Fault::new(path, FaultCode::TooLarge).with("what", "depth").with("limit", DEEPEST));
        }
    }
    for (path, condition) in conditions(rulebook) {
        if condition_depth(condition) > DEEPEST {
            faults.push(Fault::new(path, FaultCode::TooLarge).with("what", "depth").with("limit", DEEPEST));
        }
    }
    if count > MOST_EXPRESSIONS {
        faults.push(Fault::new("", FaultCode::TooLarge).with("what", "expressions").with("limit", MOST_EXPRESSIONS));
    }
    faults
}

/// Every expression a rulebook writes out, with its place.
pub(crate) fn expressions(rulebook: &Rulebook) -> Vec<(String, &Expr)> {
    let items = rulebook.items.iter().enumerate();
    let scores = items.filter_map(|(index, item)| Some((format!("/items/{index}/score"), item.score.as_ref()?)));
    let nodes = rulebook.nodes.iter().enumerate().map(|(index, node)| (format!("/nodes/{index}/value"), &node.value));
    let mut all: Vec<(String, &Expr)> = scores.chain(nodes).collect();
    keys(&rulebook.ranking.keys, "/ranking", &mut all);
    for (index, stage) in rulebook.stages.iter().enumerate() {
        let path = format!("/stages/{index}");
        keys(&stage.keys, &path, &mut all);
        let Some(advance) = &stage.advance else { continue };
        for (index, rule) in advance.take.iter().enumerate() {
            if let AdvanceRule::All(condition) = rule {
                compared(condition, &format!("{path}/advance/take/{index}/all"), &mut all);
            }
        }
        if let Some(only) = &advance.only {
            compared(only, &format!("{path}/advance/only"), &mut all);
        }
    }
    if let Some(teams) = &rulebook.teams {
        all.push(("/teams/value".to_owned(), &teams.value));
        keys(&teams.keys, "/teams", &mut all);
    }
    for (index, tier) in rulebook.awards.iter().flat_map(|awards| &awards.tiers).enumerate() {
        if let Some(only) = &tier.only {
            compared(only, &format!("/awards/tiers/{index}/only"), &mut all);
        }
    }
    for (index, honour) in rulebook.honours.iter().enumerate() {
        compared(&honour.to, &format!("/honours/{index}/to"), &mut all);
    }
    all
}

/// Every condition a rulebook writes out, those within expressions included.
fn conditions(rulebook: &Rulebook) -> Vec<(String, &Condition)> {
    let mut all = Vec::new();
    for (index, stage) in rulebook.stages.iter().enumerate() {
        let path = format!("/stages/{index}/advance");
        if let Some(advance) = &stage.advance {
            let own = advance.take.iter().filter_map(|rule| match rule {
                AdvanceRule::All(condition) => Some(condition),
                AdvanceRule::PerGroup(_) | AdvanceRule::Best(_) | AdvanceRule::Percent { .. } => None,
            });
            all.extend(own.chain(&advance.only).map(|condition| (path.clone(), condition)));
        }
    }
    for (index, tier) in rulebook.awards.iter().flat_map(|awards| &awards.tiers).enumerate() {
        all.extend(tier.only.iter().map(|only| (format!("/awards/tiers/{index}/only"), only)));
    }
    all.extend(rulebook.honours.iter().enumerate().map(|(index, honour)| (format!("/honours/{index}/to"), &honour.to)));
    for (path, expr) in expressions(rulebook) {
        expr.conditions(&mut |condition| all.push((path.clone(), condition)));
    }
    all
}

fn keys<'a>(keys: &'a [Key], path: &str, all: &mut Vec<(String, &'a Expr)>) {
    all.extend(keys.iter().enumerate().map(|(index, key)| (format!("{path}/keys/{index}/by"), &key.by)));
}

fn compared<'a>(condition: &'a Condition, path: &str, all: &mut Vec<(String, &'a Expr)>) {
    condition.expressions(&mut |expr| all.push((path.to_owned(), expr)));
}

/// How deep conditions lie in one another, without recursion.
fn condition_depth(condition: &Condition) -> usize {
    let mut stack = vec![(condition, 1)];
    let mut deepest = 0;
    while let Some((one, depth)) = stack.pop() {
        deepest = deepest.max(depth);
        match one {
            Condition::Logic(Logic::All(of) | Logic::Any(of)) => {
                stack.extend(of.iter().map(|below| (below, depth + 1)))
            }
            Condition::Logic(Logic::Not(of)) => stack.push((of, depth + 1)),
            Condition::Compare(_)
            | Condition::Logic(Logic::DatumIs { .. } | Logic::OnScale { .. } | Logic::Award(_) | Logic::InStage(_)) => {
            }
        }
    }
    deepest
}

/// Depth and number of the expressions in one, without recursion, so that no depth is too deep to be measured.
fn extent(expr: &Expr) -> (usize, usize) {
    let mut stack = vec![(expr, 1)];
    let (mut deepest, mut count) = (0, 0);
    while let Some((expr, depth)) = stack.pop() {
        deepest = deepest.max(depth);
        count += 1;
        expr.children(&mut |child| stack.push((child, depth + 1)));
    }
    (deepest, count)
}

/// Is the id short and made of letters (of any script), digits, `_`, `.` and `-`?
fn good_id(id: &str) -> bool {
    let count = id.chars().count();
    (1..=64).contains(&count) && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

fn ids(rulebook: &Rulebook, faults: &mut Vec<Fault>) {
    if !good_id(&rulebook.id) {
        faults.push(Fault::new("/id", FaultCode::BadId).with("id", &rulebook.id));
    }
    let items = rulebook.items.iter().enumerate().map(|(index, item)| (format!("/items/{index}/id"), &item.id));
    let nodes = rulebook.nodes.iter().enumerate().map(|(index, node)| (format!("/nodes/{index}/id"), &node.id));
    let panels = rulebook.panels.iter().enumerate();
    distinct(items.chain(nodes), faults);
    distinct(panels.map(|(index, panel)| (format!("/panels/{index}/id"), &panel.id)), faults);
    let parameters = rulebook.parameters.iter().enumerate();
    distinct(parameters.map(|(index, one)| (format!("/parameters/{index}/id"), &one.id)), faults);
    let scales = rulebook.scales.iter().enumerate();
    distinct(scales.map(|(index, one)| (format!("/scales/{index}/id"), &one.id)), faults);
    let stages = rulebook.stages.iter().enumerate();
    distinct(stages.map(|(index, one)| (format!("/stages/{index}/id"), &one.id)), faults);
    let tiers = rulebook.awards.iter().flat_map(|awards| &awards.tiers).enumerate();
    distinct(tiers.map(|(index, one)| (format!("/awards/tiers/{index}/id"), &one.id)), faults);
    let honours = rulebook.honours.iter().enumerate();
    distinct(honours.map(|(index, one)| (format!("/honours/{index}/id"), &one.id)), faults);
}

fn distinct<'a>(ids: impl Iterator<Item = (String, &'a String)>, faults: &mut Vec<Fault>) {
    let mut seen = HashSet::new();
    for (path, id) in ids {
        if !good_id(id) {
            faults.push(Fault::new(path, FaultCode::BadId).with("id", id));
        } else if !seen.insert(id) {
            faults.push(Fault::new(path, FaultCode::DuplicateId).with("id", id));
        }
    }
}

fn panels(rulebook: &Rulebook, faults: &mut Vec<Fault>) {
    for (index, panel) in rulebook.panels.iter().enumerate() {
        if !(1..=MOST_SEATS).contains(&panel.seats) {
            faults.push(range(format!("/panels/{index}/seats"), 1, MOST_SEATS, panel.seats));
        }
        if let Some(minimum) = panel.minimum
            && !(1..=panel.seats).contains(&minimum)
        {
            faults.push(range(format!("/panels/{index}/minimum"), 1, panel.seats, minimum));
        }
    }
}

fn range<T: std::fmt::Display>(path: impl Into<String>, low: T, high: T, found: T) -> Fault {
    Fault::new(path, FaultCode::OutOfRange).with("low", low).with("high", high).with("found", found)
}
