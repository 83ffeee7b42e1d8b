//! The marking scheme of a WorldSkills skill, as its Competition Information System takes it in: one sheet, a block of rows for each
//! criterion, its sub-criteria and their aspects. It becomes a rulebook, or every fault by cell.
//!
//! Where a block begins and which column is what is read from its header row, so that the present layout (types in column D) and the
//! older one (types in column C) are both understood. Aspects have no ids in the sheet: they are counted, A1.1, A1.2 …

mod build;
mod layout;
mod notes;
mod number;
mod reader;
mod scheme;
mod sums;

use self::reader::Reader;
use super::{Faults, why};
use crate::command::registration::CellFault;
use crate::command::scheme::SchemeRulebook;
use crate::table::Table;
use jiangsai_scoring::rulebook::NodeKind;
use jiangsai_scoring::{Engine, Fault, Rulebook};

/// The name of the sheet, exactly.
pub const SHEET: &str = "CIS Marking Scheme Import";

/// Reads a marking scheme. The rulebook has passed every check of the engine.
///
/// * A measurement aspect is an item with one agreed mark in steps of 0.01.
/// * A judgement aspect is an item of three judges, each with a level from 0 to 3 and at most one apart; its score is the mean scaled
///   to the aspect's maximum and rounded to two decimals.
/// * Sub-criteria and criteria add up what they are made of; the total is 100.
///
/// # Errors
/// Every fault, by row and then column.
pub fn read(table: &Table) -> Result<Rulebook, Vec<CellFault>> {
    let Some(first) = layout::next_header(table, 0) else {
        let mut faults = Faults::new(table, 0);
        let key = if table.rows.is_empty() { "fault-no-rows" } else { "fault-scheme-no-header" };
        faults.file(why(key, &[]));
        return Err(faults.list);
    };
    let (scheme, mut faults) = Reader::new(table, first).read();
    sums::check(&scheme, &mut faults);
    if scheme.criteria.iter().all(|criterion| criterion.subs.is_empty()) && faults.list.is_empty() {
        faults.file(why("fault-no-rows", &[]));
    }
    if !faults.list.is_empty() {
        return Err(faults.sorted());
    }
    let rulebook = Rulebook::from_json(&build::document(&scheme).to_string());
    rulebook.and_then(|rulebook| Engine::new(&rulebook).map(|_| rulebook)).map_err(|found| refused(&found))
}

/// What the engine says against a scheme in which each cell is right: it is too long.
fn refused(found: &[Fault]) -> Vec<CellFault> {
    let fault = |fault: &Fault| CellFault {
        row: 0,
        column: String::new(),
        header: String::new(),
        why: (format!("fault-rulebook-{}", fault.code.name().replace('_', "-")), fault.args.clone()),
    };
    found.iter().map(fault).collect()
}

/// The rulebook as it is handed on, with what it holds.
#[must_use]
pub fn summary(rulebook: &Rulebook) -> SchemeRulebook {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let nodes = |kind| count(rulebook.nodes.iter().filter(|node| node.kind == kind).count());
    let judgement = count(rulebook.items.iter().filter(|item| item.panel().is_some()).count());
    SchemeRulebook {
        title: rulebook.title.clone(),
        json: rulebook.to_json(),
        criteria: nodes(NodeKind::Module),
        sub_criteria: nodes(NodeKind::Other),
        measurement: count(rulebook.items.len()).saturating_sub(judgement),
        judgement,
    }
}

#[cfg(test)]
mod tests;
