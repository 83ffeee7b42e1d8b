//! Whether the marks add up: each criterion to the total the sheet gives, all of them to 100.

use super::scheme::{Criterion, Declared, Scheme};
use crate::import::{Faults, one_line, why};
use crate::view::Words;
use jiangsai_scoring::Exact;

/// What the criteria of a skill add up to.
pub(super) const WHOLE: i64 = 100;

/// Names every sum that is not what it should be. A sum with a part that could not be read is not compared.
pub(super) fn check(scheme: &Scheme, faults: &mut Faults<'_>) {
    for criterion in scheme.criteria.iter().filter(|criterion| !criterion.unsummed) {
        if let Some(declared) = criterion.declared.as_ref().filter(|declared| declared.value != criterion.sum) {
            let (stated, sum) = (declared.value.to_string(), criterion.sum.to_string());
            let args = [("criterion", criterion.id.as_str()), ("declared", &stated), ("sum", &sum)];
            at(declared, why("fault-scheme-total", &args), faults);
        }
    }
    if scheme.unsummed || scheme.criteria.iter().any(|criterion| criterion.unsummed) {
        return;
    }
    let sum: Exact = scheme.criteria.iter().map(|criterion| &criterion.sum).sum();
    let said = sum.to_string();
    if sum != Exact::from_int(WHOLE) {
        if sum.is_zero() {
            // Nothing was there to add, which is said in another way.
            return;
        }
        let part = |criterion: &Criterion| format!("{} = {}", criterion.id, criterion.sum);
        let parts: Vec<String> =
            scheme.criteria.iter().filter(|criterion| !criterion.sum.is_zero()).map(part).collect();
        let words = why("fault-scheme-hundred", &[("sum", &said), ("parts", &parts.join("; "))]);
        match &scheme.declared {
            Some(declared) => at(declared, words, faults),
            None => faults.file(words),
        }
    } else if let Some(declared) = scheme.declared.as_ref().filter(|declared| declared.value != sum) {
        let args = [("declared", declared.value.to_string()), ("sum", said)];
        at(declared, why("fault-scheme-all", &args.each_ref().map(|(name, value)| (*name, value.as_str()))), faults);
    }
}

/// A fault in the cell of a sum, called by the words to its left.
fn at(declared: &Declared, words: Words, faults: &mut Faults<'_>) {
    let header = one_line(faults.table.cell(declared.row, declared.column.saturating_sub(1)));
    faults.named_cell(declared.row, declared.column, header, words);
}
