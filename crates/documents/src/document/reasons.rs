//! 名次依据单: why an entry has its rank, down to every mark.

use serde::Serialize;

/// The grounds of one entry's rank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reasons {
    /// Names are sealed: the number is the blind code, and there is neither name nor unit.
    pub blind: bool,
    /// 参赛号, or the blind code.
    pub number: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Rank, or why there is none, in words.
    pub rank: String,
    /// The total as printed, or what is missing.
    pub total: String,
    /// Awards and proposals, in words; empty where there are none.
    pub awards: String,
    /// Why it stands behind the one before and before the one after, one sentence each.
    pub ties: Vec<String>,
    /// The calculation, the total first.
    pub lines: Vec<ReasonLine>,
    /// Sentences below, such as which rules were applied.
    pub notes: Vec<String>,
}

/// One step of the calculation: an item, a module, a part or the total.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReasonLine {
    /// Depth in the tree, the total being 0.
    pub depth: u16,
    /// Its name.
    pub name: String,
    /// The judges' marks it was made from.
    pub marks: Vec<JudgeMark>,
    /// How it came about, in words and formulas.
    pub how: String,
    /// 配分, or empty.
    pub max: String,
    /// Its value as printed, or what is missing.
    pub value: String,
}

/// What one judge gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JudgeMark {
    /// Code of the judge.
    pub judge: String,
    /// The mark as printed.
    pub mark: String,
    /// It was left out (the highest, the lowest).
    pub left_out: bool,
}
