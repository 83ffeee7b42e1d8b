//! Whether 配分 adds up: a node that sums or weighs parts has the maximum its parts make.

use crate::exact::Exact;
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{Expr, Rulebook};

pub(super) fn check(rulebook: &Rulebook, faults: &mut Vec<Fault>) {
    for (index, node) in rulebook.nodes.iter().enumerate() {
        if let (Some(max), Some(sum)) = (&node.max, full(rulebook, &node.value))
            && *max != sum
        {
            faults.push(
                Fault::new(format!("/nodes/{index}/max"), FaultCode::MaxDiffers).with("max", max).with("sum", sum),
            );
        }
    }
}

/// What the parts of a sum or of weights can reach together. Deductions, rounding and limits around it change nothing. `None` when
/// the value is made in another way, or a part is a computed value without a maximum; an item without one adds nothing.
fn full(rulebook: &Rulebook, value: &Expr) -> Option<Exact> {
    match value {
        Expr::Round { of, .. } | Expr::Settle { of, .. } | Expr::Clamp { of, .. } | Expr::Minus { from: of, .. } => {
            full(rulebook, of)
        }
        Expr::Sum(of) => of.0.iter().map(|one| part(rulebook, one)).sum(),
        Expr::Weigh { of, .. } => of.iter().map(|one| Some(part(rulebook, &one.of)? * &one.by)).sum(),
        _ => None,
    }
}

fn part(rulebook: &Rulebook, value: &Expr) -> Option<Exact> {
    match value {
        Expr::Item(id) => rulebook.item(id).map(|item| item.max.clone().unwrap_or_default()),
        Expr::Node(id) => rulebook.node(id).and_then(|node| node.max.clone()),
        Expr::Round { of, .. } | Expr::Settle { of, .. } => part(rulebook, of),
        _ => None,
    }
}
