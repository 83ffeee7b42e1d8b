//! Every expression of a rulebook with its place, and what lies in it.

use crate::rulebook::{AdvanceRule, Condition, Expr, Item, Key, Logic, Operands, Rulebook};

/// An expression that stands by itself.
pub(super) struct Root<'a> {
    pub path: String,
    pub expr: &'a Expr,
    /// The item whose score it is.
    pub own: Option<&'a Item>,
}

/// Every expression a rulebook writes out, with its place.
pub(super) fn roots(rulebook: &Rulebook) -> Vec<Root<'_>> {
    let mut all = Vec::new();
    for (index, item) in rulebook.items.iter().enumerate() {
        if let Some(expr) = &item.score {
            all.push(Root { path: format!("/items/{index}/score"), expr, own: Some(item) });
        }
    }
    let mut put = |path: String, expr| all.push(Root { path, expr, own: None });
    for (index, node) in rulebook.nodes.iter().enumerate() {
        put(format!("/nodes/{index}/value"), &node.value);
    }
    for (path, keys) in keys_of(rulebook) {
        keys.iter().enumerate().for_each(|(index, key)| put(format!("{path}/keys/{index}/by"), &key.by));
    }
    if let Some(teams) = &rulebook.teams {
        put("/teams/value".to_owned(), &teams.value);
    }
    for (path, condition) in conditions(rulebook) {
        compared(condition, &path, &mut |expr, path| put(path, expr));
    }
    all
}

/// Every list of keys with the place of its owner.
pub(super) fn keys_of(rulebook: &Rulebook) -> Vec<(String, &[Key])> {
    let mut all = vec![("/ranking".to_owned(), rulebook.ranking.keys.as_slice())];
    let stages = rulebook.stages.iter().enumerate();
    all.extend(stages.map(|(index, stage)| (format!("/stages/{index}"), stage.keys.as_slice())));
    all.extend(rulebook.teams.iter().map(|teams| ("/teams".to_owned(), teams.keys.as_slice())));
    all
}

/// Every condition that stands outside an expression.
pub(super) fn conditions(rulebook: &Rulebook) -> Vec<(String, &Condition)> {
    let mut all = Vec::new();
    for (stage, advance) in rulebook.stages.iter().enumerate().filter_map(|(at, one)| Some((at, one.advance.as_ref()?)))
    {
        for (index, rule) in advance.take.iter().enumerate() {
            match rule {
                AdvanceRule::All(condition) => {
                    all.push((format!("/stages/{stage}/advance/take/{index}/all"), condition));
                }
                AdvanceRule::PerGroup(_) | AdvanceRule::Best(_) | AdvanceRule::Percent { .. } => {}
            }
        }
        all.extend(advance.only.iter().map(|only| (format!("/stages/{stage}/advance/only"), only)));
    }
    for (index, tier) in rulebook.awards.iter().flat_map(|awards| &awards.tiers).enumerate() {
        all.extend(tier.only.iter().map(|only| (format!("/awards/tiers/{index}/only"), only)));
    }
    let honours = rulebook.honours.iter().enumerate();
    all.extend(honours.map(|(index, honour)| (format!("/honours/{index}/to"), &honour.to)));
    all
}

/// Every expression that a condition compares, with its place.
pub(super) fn compared<'a>(of: &'a Condition, path: &str, visit: &mut dyn FnMut(&'a Expr, String)) {
    match of {
        Condition::Compare(compare) => {
            visit(&compare.left, format!("{path}/left"));
            visit(&compare.right, format!("{path}/right"));
        }
        Condition::Logic(Logic::All(all)) => {
            all.iter().enumerate().for_each(|(index, one)| compared(one, &format!("{path}/all/{index}"), visit));
        }
        Condition::Logic(Logic::Any(all)) => {
            all.iter().enumerate().for_each(|(index, one)| compared(one, &format!("{path}/any/{index}"), visit));
        }
        Condition::Logic(Logic::Not(one)) => compared(one, &format!("{path}/not"), visit),
        Condition::Logic(Logic::DatumIs { .. } | Logic::OnScale { .. } | Logic::Award(_) | Logic::InStage(_)) => {}
    }
}

/// Every condition below one, itself included.
pub(super) fn each_condition<'a>(of: &'a Condition, visit: &mut dyn FnMut(&'a Condition)) {
    visit(of);
    match of {
        Condition::Logic(Logic::All(all) | Logic::Any(all)) => all.iter().for_each(|one| each_condition(one, visit)),
        Condition::Logic(Logic::Not(one)) => each_condition(one, visit),
        Condition::Compare(_)
        | Condition::Logic(Logic::DatumIs { .. } | Logic::OnScale { .. } | Logic::Award(_) | Logic::InStage(_)) => {}
    }
}

/// The expression and everything below it, with places.
pub(super) fn each<'a>(expr: &'a Expr, path: &str, visit: &mut dyn FnMut(&'a Expr, &str)) {
    visit(expr, path);
    below(expr, path, &mut |child, path| each(child, &path, visit));
}

/// What lies directly below an expression, with its place.
pub(super) fn below<'a>(expr: &'a Expr, path: &str, visit: &mut dyn FnMut(&'a Expr, String)) {
    let operands = |of: &'a Operands, path: String, visit: &mut dyn FnMut(&'a Expr, String)| match of.0.as_slice() {
        [single] => visit(single, path),
        many => many.iter().enumerate().for_each(|(index, one)| visit(one, format!("{path}/{index}"))),
    };
    match expr {
        Expr::Mark
        | Expr::Reading(_)
        | Expr::Panel { .. }
        | Expr::Own(_)
        | Expr::Answer { .. }
        | Expr::Parameter(_)
        | Expr::Item(_)
        | Expr::Node(_)
        | Expr::Constant(_)
        | Expr::Seconds(_)
        | Expr::Datum(_)
        | Expr::Age { .. }
        | Expr::MajorityPlace(_)
        | Expr::Skating(_)
        | Expr::Rank
        | Expr::AwardPoints { .. } => {}
        Expr::EachJudge { of, .. } => visit(of, format!("{path}/each_judge/of")),
        Expr::EachAttempt { of, .. } => visit(of, format!("{path}/each_attempt/of")),
        Expr::Members { of, .. } => visit(of, format!("{path}/members/of")),
        Expr::InSeconds(of) => visit(of, format!("{path}/in_seconds")),
        Expr::InPlaces(of) => visit(of, format!("{path}/in_places")),
        Expr::Mean(of) => operands(of, format!("{path}/mean"), visit),
        Expr::Median(of) => operands(of, format!("{path}/median"), visit),
        Expr::Sum(of) => operands(of, format!("{path}/sum"), visit),
        Expr::Times(of) => operands(of, format!("{path}/times"), visit),
        Expr::Min(of) => operands(of, format!("{path}/min"), visit),
        Expr::Max(of) => operands(of, format!("{path}/max"), visit),
        Expr::Count(of) => operands(of, format!("{path}/count"), visit),
        Expr::Trim(trim) => operands(&trim.of, format!("{path}/trim/of"), visit),
        Expr::Take { of, .. } => operands(of, format!("{path}/take/of"), visit),
        Expr::Weigh { of, .. } => {
            of.iter().enumerate().for_each(|(index, one)| visit(&one.of, format!("{path}/weigh/of/{index}/of")));
        }
        Expr::Scale { of, .. } => visit(of, format!("{path}/scale/of")),
        Expr::Minus { from, less, .. } => {
            visit(from, format!("{path}/minus/from"));
            operands(less, format!("{path}/minus/less"), visit);
        }
        Expr::Clamp { of, .. } => visit(of, format!("{path}/clamp/of")),
        Expr::Abs(of) => visit(of, format!("{path}/abs")),
        Expr::Divide { of, by, zero } => {
            visit(of, format!("{path}/divide/of"));
            visit(by, format!("{path}/divide/by"));
            zero.iter().for_each(|zero| visit(zero, format!("{path}/divide/zero")));
        }
        Expr::Round { of, .. } => visit(of, format!("{path}/round/of")),
        Expr::Root { of, .. } => visit(of, format!("{path}/root/of")),
        Expr::Settle { of, .. } => visit(of, format!("{path}/settle/of")),
        Expr::Table(table) => visit(&table.of, format!("{path}/table/of")),
        Expr::Across { of, .. } => visit(of, format!("{path}/across/of")),
        Expr::Standardise { of, .. } => visit(of, format!("{path}/standardise/of")),
        Expr::Place { of, .. } => visit(of, format!("{path}/place/of")),
        Expr::PlacePoints { of, .. } => visit(of, format!("{path}/place_points/of")),
        Expr::When { is, then, otherwise } => {
            compared(is, &format!("{path}/when/is"), visit);
            visit(then, format!("{path}/when/then"));
            visit(otherwise, format!("{path}/when/otherwise"));
        }
    }
}
