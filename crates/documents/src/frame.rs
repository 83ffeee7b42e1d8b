//! What stands on every page, whatever the document.

use jiangsai_locales::Lang;
use serde::Serialize;

/// What stands on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The language of the printed words; data stays as it is.
    #[serde(skip)]
    pub lang: Lang,
    /// Title of the competition.
    pub competition: String,
    /// Title of the event (赛项).
    pub event: String,
    /// 场次, or empty.
    pub session: String,
    /// Who holds it, as label and value (主办单位, 承办单位 …); on the first page of a summary and a result list.
    pub hosts: Vec<(String, String)>,
    /// When it was printed, in words. To the minute is best: pages of a preview are typeset again when it changes.
    pub printed_at: String,
    /// Version of the results, such as the short hash or number that a later print can be compared with.
    pub version: String,
    /// Not final: 暂定 stands across every page.
    pub provisional: bool,
    /// Invented data: 模拟数据 stands at the head of every page.
    pub synthetic: bool,
    /// What stands before the number of each mark sheet.
    pub sheet_no_prefix: String,
    /// Templates of the organiser's own that take the place of ours, by file name (`listings.typ`), with their text.
    #[serde(skip)]
    pub templates: Vec<(String, String)>,
    /// A text document (.docx) of the organiser's own that lists are set into.
    #[serde(skip)]
    pub letter: Option<Vec<u8>>,
}
