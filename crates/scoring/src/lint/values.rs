//! What has no effect within an expression: zero weights, idle roundings, limits and bands out of reach, idle policies.

use super::span::Span;
use super::spans::Spans;
use super::walk::{Root, each, roots};
use super::{Lint, LintCode};
use crate::exact::Exact;
use crate::rulebook::{Direction, Expr, Gap, Item, Relation, Table};
use crate::words::is_time;

pub(super) fn find(spans: &Spans<'_>, lints: &mut Vec<Lint>) {
    for root in roots(spans.book) {
        let printed = printed(&root);
        each(root.expr, &root.path, &mut |expr, path| one(spans, &root, expr, (path, &printed), lints));
    }
    for (index, node) in spans.book.nodes.iter().enumerate() {
        let span = spans.of(&Expr::Node(node.id.clone()), None);
        if let Some(max) = node.max.as_ref().filter(|max| span.must(Relation::Less, max)) {
            let lint = Lint::new(format!("/nodes/{index}/max"), LintCode::MaxOutOfReach).with("max", max);
            lints.push(reach(lint, &span));
        }
    }
}

/// The place of the rounding that says with how many decimals an item or node is printed.
fn printed(root: &Root<'_>) -> Option<String> {
    let named = root.own.is_some() || root.path.starts_with("/nodes/");
    let mut path = root.path.clone();
    let mut at = root.expr;
    while let Expr::Settle { of, .. } = at {
        path.push_str("/settle/of");
        at = of;
    }
    named.then_some(path)
}

/// What values there are, as arguments.
fn reach(lint: Lint, span: &Span) -> Lint {
    let shown = |value: &Option<Exact>, open: &str| value.as_ref().map_or_else(|| open.to_owned(), ToString::to_string);
    lint.with("low", shown(&span.low, "-∞")).with("high", shown(&span.high, "∞"))
}

fn one(
    spans: &Spans<'_>,
    root: &Root<'_>,
    expr: &Expr,
    (path, printed): (&str, &Option<String>),
    lints: &mut Vec<Lint>,
) {
    let limit = |place: String, limit: &Exact, span: &Span| {
        reach(Lint::new(place, LintCode::IdleLimit).with("limit", limit), span)
    };
    match expr {
        Expr::Weigh { of, .. } => {
            for (index, _) in of.iter().enumerate().filter(|(_, weight)| weight.by.is_zero()) {
                lints.push(Lint::new(format!("{path}/weigh/of/{index}/by"), LintCode::ZeroWeight));
            }
        }
        Expr::Round { of, digits, .. } => {
            let prints = printed.as_deref() == Some(path) && inner_digits(spans, of) != Some(*digits);
            if let Some(has) = spans.of(of, root.own).digits.filter(|has| has <= digits && !prints) {
                lints.push(
                    Lint::new(format!("{path}/round"), LintCode::IdleRounding).with("digits", digits).with("has", has),
                );
            }
        }
        Expr::Minus { from, less, floor: Some(floor) } => {
            let free = Expr::Minus { from: from.clone(), less: less.clone(), floor: None };
            let span = spans.of(&free, root.own);
            if span.must(Relation::AtLeast, floor) {
                lints.push(limit(format!("{path}/minus/floor"), floor, &span));
            }
        }
        Expr::Clamp { of, low, high } => {
            let span = spans.of(of, root.own);
            if let Some(low) = low.as_ref().filter(|low| span.must(Relation::AtLeast, low)) {
                lints.push(limit(format!("{path}/clamp/low"), low, &span));
            }
            if let Some(high) = high.as_ref().filter(|high| span.must(Relation::AtMost, high)) {
                lints.push(limit(format!("{path}/clamp/high"), high, &span));
            }
        }
        Expr::Place { of, direction: Direction::Higher, .. } if is_time(spans.book, of, root.own) => {
            lints.push(Lint::new(format!("{path}/place"), LintCode::LongestFirst));
        }
        Expr::PlacePoints { of, direction: Direction::Higher, .. } if is_time(spans.book, of, root.own) => {
            lints.push(Lint::new(format!("{path}/place_points"), LintCode::LongestFirst));
        }
        Expr::Table(table) => bands(spans, root.own, table, path, lints),
        Expr::Panel { item, minimum, absent, void } => {
            let item = item.as_ref().map_or(root.own, |id| spans.book.item(id));
            if let Some(panel) = item.and_then(Item::panel) {
                judges(spans, panel, *minimum, &[*absent, *void], format!("{path}/panel"), lints);
            }
        }
        Expr::EachJudge { panel, minimum, absent, void, .. } => {
            judges(spans, panel, *minimum, &[*absent, *void], format!("{path}/each_judge"), lints);
        }
        Expr::EachAttempt { item, minimum, not_yet, absent, void, .. } => {
            let item = item.as_ref().map_or(root.own, |id| spans.book.item(id));
            let most = item.map_or(1, Item::attempt_count);
            let least = minimum.unwrap_or(1);
            leave_out(&[*not_yet, *absent, *void], least, most, format!("{path}/each_attempt"), lints);
        }
        Expr::Mark
        | Expr::Reading(_)
        | Expr::Own(_)
        | Expr::Members { .. }
        | Expr::Answer { .. }
        | Expr::Parameter(_)
        | Expr::Item(_)
        | Expr::Node(_)
        | Expr::Constant(_)
        | Expr::Seconds(_)
        | Expr::Datum(_)
        | Expr::Age { .. }
        | Expr::InSeconds(_)
        | Expr::InPlaces(_)
        | Expr::Mean(_)
        | Expr::Median(_)
        | Expr::Sum(_)
        | Expr::Times(_)
        | Expr::Min(_)
        | Expr::Max(_)
        | Expr::Count(_)
        | Expr::Trim(_)
        | Expr::Take { .. }
        | Expr::Scale { .. }
        | Expr::Minus { floor: None, .. }
        | Expr::Abs(_)
        | Expr::Divide { .. }
        | Expr::Root { .. }
        | Expr::Settle { .. }
        | Expr::Across { .. }
        | Expr::Standardise { .. }
        | Expr::Place { .. }
        | Expr::PlacePoints { .. }
        | Expr::MajorityPlace(_)
        | Expr::Skating(_)
        | Expr::Rank
        | Expr::AwardPoints { .. }
        | Expr::When { .. } => {}
    }
}

/// With how many decimals the value would be printed without the rounding around it.
fn inner_digits(spans: &Spans<'_>, of: &Expr) -> Option<u8> {
    match of {
        Expr::Settle { of, .. } => inner_digits(spans, of),
        Expr::Round { digits, .. } => Some(*digits),
        Expr::Item(id) | Expr::Node(id) => spans.book.digits(id),
        _ => None,
    }
}

fn bands(spans: &Spans<'_>, own: Option<&Item>, table: &Table, path: &str, lints: &mut Vec<Lint>) {
    let span = spans.of(&table.of, own);
    let mut all = false;
    for (index, band) in table.bands.iter().enumerate() {
        let code = if all { LintCode::BandNeverReached } else { LintCode::BandOutOfRange };
        if all || !span.can(band.is, &band.edge) {
            let place = format!("{path}/table/bands/{index}");
            lints.push(reach(Lint::new(place, code).with("edge", &band.edge), &span));
        }
        all |= span.must(band.is, &band.edge);
    }
}

fn judges(spans: &Spans<'_>, panel: &str, minimum: Option<u16>, gaps: &[Gap], path: String, lints: &mut Vec<Lint>) {
    if let Some(panel) = spans.book.panel(panel) {
        let least = minimum.or(panel.minimum).unwrap_or(panel.seats);
        leave_out(gaps, least, panel.seats, path, lints);
    }
}

fn leave_out(gaps: &[Gap], least: u16, most: u16, path: String, lints: &mut Vec<Lint>) {
    if gaps.contains(&Gap::LeaveOut) && least >= most {
        lints.push(Lint::new(path, LintCode::IdleLeaveOut).with("minimum", least).with("most", most));
    }
}
