//! Files in and out: uploads, printed documents, exports.

use super::{Needs, Role};
use crate::command;
use crate::draw::Layer;
use crate::ids::{EntryId, EventId, JudgeId};
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
    /// Characters no font has, with where they stand: boxes are printed in their places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_glyphs: Vec<(String, String)>,
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
        /// Only those of this entry, by its blind code while sealed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<EntryId>,
        /// Only the sheet with this number, of whatever module; empty for all.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        number: String,
        /// Only these of them.
        #[serde(default)]
        part: Option<Slice>,
    },
    /// 成绩汇总表 with the signature lines.
    ScoreSummary,
    /// 名次表: everybody by rank, with total and award.
    RankList,
    /// 团体名次表: every team with its members.
    TeamList,
    /// 获奖名单 by award, the highest first.
    AwardList {
        /// Where the rulebook has no awards: the first so many ranks; 0 for all.
        top: u32,
    },
    /// 拟推荐名单: who is proposed for an honour or level, and on what ground.
    ProposalList,
    /// 抽签登记表 with the signature lines.
    DrawRegister {
        /// Which layer.
        layer: Layer,
        /// 场次, or empty for the whole event.
        session: String,
    },
    /// 主持人颁奖稿, from the last award to the first.
    CeremonyScript {
        /// Where the rulebook has no awards: the first so many ranks; 0 for all.
        top: u32,
    },
    /// 公示: rank, award, name, unit; never a whole document number.
    ResultList {
        /// Who stands on it.
        whom: Whom,
        /// With the total.
        scores: bool,
        /// With the occupation.
        occupation: bool,
        /// From when to when it hangs, in words, or empty.
        period: String,
        /// Where to object, in words, or empty.
        contact: String,
    },
    /// A bulletin as it was published.
    Bulletin {
        /// Its number.
        number: u32,
    },
    /// 代表队成绩通知单, one for every delegation, or unit where there is no delegation.
    UnitNotices {
        /// Only this one's.
        unit: Option<String>,
        /// Only these of them.
        #[serde(default)]
        part: Option<Slice>,
    },
    /// 名次依据单: why an entry has its rank, one for each.
    RankReasons {
        /// For whom.
        whom: Whom,
        /// Only these of them.
        #[serde(default)]
        part: Option<Slice>,
    },
    /// 获奖证书, one for each award.
    Certificates {
        /// For whom.
        whom: Whom,
        /// Only these of them.
        #[serde(default)]
        part: Option<Slice>,
    },
    /// 竞赛计分规则说明: the rulebook in words.
    Rules {
        /// In both languages, the one asked for first.
        both: bool,
    },
    /// 成绩更正单.
    Corrections,
    /// 赛场情况记录表: extra time, refused signatures, statuses, changed seats.
    Incidents,
    /// 未交表清单: sheets that are not signed, by judge, with what is missing.
    UnsignedSheets,
    /// 复核记录表.
    RecheckRecord,
    /// Standings as a workbook.
    StandingsWorkbook,
    /// Roster as a workbook (document numbers as text).
    RosterWorkbook,
}

/// Some of the sheets of a long document, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// The first, from 0.
    pub first: u32,
    /// How many at most.
    pub count: u32,
}

impl Slice {
    /// These of all there are.
    pub fn of<T>(part: Option<Self>, all: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        let Self { first, count } = part.unwrap_or(Self { first: 0, count: u32::MAX });
        all.skip(first as usize).take(count as usize)
    }
}

/// Who stands in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Whom {
    /// Who gets an award.
    Winners {
        /// Where the rulebook has no awards: the first so many ranks; 0 for all.
        top: u32,
    },
    /// The first so many ranks, ties included; 0 for every rank.
    Top(u32),
    /// Everybody, ranked or not.
    All,
    /// One entry.
    Entry(EntryId),
}

/// What kind of file a document becomes. Workbooks are always .xlsx.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// Pages as they are printed.
    #[default]
    Pdf,
    /// A text document (.docx), for lists that become the annex of a letter.
    Docx,
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
    /// As which kind of file.
    #[serde(default)]
    pub format: FileFormat,
}

impl DocumentKind {
    /// Can it become a text document?
    #[must_use]
    pub const fn has_docx(&self) -> bool {
        matches!(
            self,
            Self::ScoreSummary
                | Self::RankList
                | Self::TeamList
                | Self::AwardList { .. }
                | Self::ProposalList
                | Self::ResultList { .. }
                | Self::Bulletin { .. }
                | Self::UnitNotices { .. }
        )
    }

    /// Has it sheets for somebody each, so that it may be long and can be made in parts?
    #[must_use]
    pub const fn has_parts(&self) -> bool {
        matches!(
            self,
            Self::MarkSheets { .. } | Self::UnitNotices { .. } | Self::RankReasons { .. } | Self::Certificates { .. }
        )
    }

    /// These of its sheets alone, where it has sheets for somebody each.
    #[must_use]
    pub fn only(mut self, these: Slice) -> Self {
        if let Self::MarkSheets { part, .. }
        | Self::UnitNotices { part, .. }
        | Self::RankReasons { part, .. }
        | Self::Certificates { part, .. } = &mut self
        {
            *part = Some(these);
        }
        self
    }
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
    /// The document as a file (PDF, docx or xlsx).
    RenderDocument in competition = "documents.render", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Recorder]), {
        /// Which document.
        document: DocumentRequest,
        /// One of its pages alone, counted from 0; all of them when not given.
        page: Option<u32>
    } => File
}

command! {
    /// Writes the document into the folder `exports` of the data folder and returns its path.
    SaveDocument in competition = "documents.save", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Recorder]), {
        /// Which document.
        document: DocumentRequest,
        /// One of its pages alone, counted from 0; all of them when not given.
        page: Option<u32>
    } => SavedFile
}

/// A file written on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    /// Full path.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Characters no font has, with where they stand: boxes are printed in their places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_glyphs: Vec<(String, String)>,
}

command! {
    /// Opens a file in `exports` in the system's viewer.
    OpenFile = "files.open", Mutation, Needs::SignedIn, {
        /// Full path, as [`SaveDocument`] returned it.
        path: String
    } => ()
}

command! {
    /// A file in `exports` as it is, for a browser on another computer.
    FetchFile = "files.fetch", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Recorder]), {
        /// Full path, as it was returned when the file was saved.
        path: String
    } => File
}
