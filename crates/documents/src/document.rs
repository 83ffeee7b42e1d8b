//! The documents that can be printed, as data.

use serde::Serialize;

/// A document to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum Document {
    /// 评分表, each on pages of its own.
    MarkSheets(Vec<MarkSheet>),
    /// 成绩汇总表.
    ScoreSummary(SignedTable),
    /// 抽签登记表.
    DrawRegister(SignedTable),
    /// 成绩公示.
    ResultList(ResultList),
}

/// One mark sheet (评分表). It is blind: it holds no name and no unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MarkSheet {
    /// Number of the sheet; [`Frame::sheet_no_prefix`](crate::Frame::sheet_no_prefix) stands before it.
    pub number: String,
    /// What a scanner reads from the sheet's QR code; empty for none.
    #[serde(serialize_with = "crate::qr::serialize")]
    pub scan: String,
    /// 场次 of this sheet; empty for the one of the frame.
    pub session: String,
    /// 赛位号.
    pub station: String,
    /// Name of the module.
    pub module: String,
    /// Code of the judge; `None` for what the judges agree on.
    pub judge: Option<String>,
    /// Items in reading order.
    pub lines: Vec<SheetLine>,
    /// Sum of 配分, or empty.
    pub max: String,
    /// Result of the module as printed, or empty.
    pub total: String,
    /// Labels of the signature boxes; empty for the usual ones.
    pub signatures: Vec<String>,
}

/// One item on a mark sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SheetLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// 配分, or empty.
    pub max: String,
    /// How it is marked, in words.
    pub rule: String,
    /// The mark as printed; empty on a blank sheet.
    pub value: String,
}

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

/// 成绩公示: rank or prize, name, unit; never a document number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResultList {
    /// Rows in order.
    pub rows: Vec<ResultRow>,
    /// Sentences below the table, such as how long it hangs and where to object.
    pub notes: Vec<String>,
}

/// A row of a [`ResultList`]. A column that no row fills is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResultRow {
    /// 名次, or empty.
    pub rank: String,
    /// 奖项, or empty.
    pub prize: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
}

impl Document {
    /// The template that sets it.
    pub(crate) const fn template(&self) -> &'static str {
        match self {
            Self::MarkSheets(_) => "/mark-sheets.typ",
            Self::ScoreSummary(_) | Self::DrawRegister(_) => "/signed-table.typ",
            Self::ResultList(_) => "/result-list.typ",
        }
    }

    /// The key of its title.
    pub(crate) const fn title(&self) -> &'static str {
        match self {
            Self::MarkSheets(_) => "print-mark-sheet",
            Self::ScoreSummary(_) => "print-score-summary",
            Self::DrawRegister(_) => "print-draw-register",
            Self::ResultList(_) => "print-result-list",
        }
    }
}
