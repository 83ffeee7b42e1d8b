//! 评分表.

use serde::Serialize;

/// One mark sheet (评分表). It is blind: it holds no name and no unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MarkSheet {
    /// Number of the sheet; [`Frame::sheet_no_prefix`](crate::Frame::sheet_no_prefix) stands before it.
    pub number: String,
    /// What a scanner reads from the code on the sheet, such as its number as bare digits; empty for no code.
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
