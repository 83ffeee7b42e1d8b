//! Files in and out: uploads, printed documents, exports.

use super::{Needs, Role};
use crate::command;
use crate::draw::Layer;
use crate::ids::{EventId, JudgeId};
use serde::{Deserialize, Serialize};

/// A file that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// Its name; the ending says what it is when the content does not.
    pub name: String,
    /// Its bytes, base64. At most 10 MiB decoded.
    pub base64: String,
}

/// A file that goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Suggested name.
    pub name: String,
    /// MIME type.
    pub mime: String,
    /// Its bytes, base64.
    pub base64: String,
}

/// A document that can be printed or exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DocumentKind {
    /// 评分表, blank or filled, one sheet per entry (and judge, for panel items), by 赛位号.
    MarkSheets {
        /// Module.
        module: String,
        /// With the marks.
        filled: bool,
        /// Only this judge's.
        judge: Option<JudgeId>,
    },
    /// 成绩汇总表 with the signature lines.
    ScoreSummary,
    /// 公示: rank, name, unit; never a document number.
    ResultList {
        /// Only the first so many ranks; 0 for all.
        top: u32,
    },
    /// 抽签登记表 with the signature lines.
    DrawRegister {
        /// Which layer.
        layer: Layer,
        /// 场次, or empty for the whole event.
        session: String,
    },
    /// Standings as a workbook.
    StandingsWorkbook,
    /// Roster as a workbook (document numbers as text).
    RosterWorkbook,
}

/// Which document, in which language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentRequest {
    /// Which event.
    pub event: EventId,
    /// What.
    pub kind: DocumentKind,
    /// `zh-CN` or `en`.
    pub language: String,
}

command! {
    /// Pages of a document as pictures (SVG), for the preview in the window.
    PreviewDocument in competition = "documents.preview", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Recorder]), {
        /// Which document.
        document: DocumentRequest,
        /// Page, from 0.
        page: u32
    } => DocumentPage
}

/// Reply of [`PreviewDocument`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPage {
    /// The page as SVG text.
    pub svg: String,
    /// Pages in all.
    pub pages: u32,
    /// Characters no font has, with where they stand.
    pub missing_glyphs: Vec<(String, String)>,
}

command! {
    /// The document as a file (PDF or xlsx).
    RenderDocument in competition = "documents.render", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Recorder]), {
        /// Which document.
        document: DocumentRequest
    } => File
}

command! {
    /// Writes the document into the folder `exports` of the data folder and returns its path.
    SaveDocument in competition = "documents.save", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Recorder]), {
        /// Which document.
        document: DocumentRequest
    } => SavedFile
}

/// A file written on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    /// Full path.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
}

command! {
    /// Opens a file in `exports` in the system's viewer.
    OpenFile = "files.open", Mutation, Needs::Anyone, {
        /// Full path, as [`SaveDocument`] returned it.
        path: String
    } => ()
}
