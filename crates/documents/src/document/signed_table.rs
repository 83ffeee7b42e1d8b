//! Tables to sign, and the columns every table has.

use serde::Serialize;

/// A table of entries with lines for signatures below it: 成绩汇总表, 抽签登记表.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SignedTable {
    /// Columns in order.
    pub columns: Vec<Column>,
    /// One text per column in every row.
    pub rows: Vec<Vec<String>>,
    /// Labels of the signature lines; empty for the usual ones.
    pub signatures: Vec<String>,
    /// Sentences below the table.
    pub notes: Vec<String>,
}

/// A column of a [`SignedTable`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Small print below the title, such as 配分 or a weight; or empty.
    pub note: String,
    /// Where its texts stand.
    pub align: Align,
    /// Takes a share of the width that is left, for names and units.
    pub wide: bool,
}

/// Where the texts of a column stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left, for words.
    Start,
    /// In the middle, for short codes.
    #[default]
    Center,
    /// At the right, so that decimals stand below each other.
    End,
}
