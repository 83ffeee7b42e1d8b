//! The documents one can choose from.

use jiangsai_domain::command::files::DocumentKind;
use jiangsai_domain::draw::Layer;
use jiangsai_domain::ids::JudgeId;

/// A document as the page lists it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// 评分表, to fill in.
    #[default]
    BlankSheets,
    /// 评分表, with the marks.
    FilledSheets,
    /// 成绩汇总表.
    ScoreSummary,
    /// 公示.
    ResultList,
    /// 抽签登记表.
    DrawRegister,
    /// Standings as a workbook.
    StandingsWorkbook,
    /// Roster as a workbook.
    RosterWorkbook,
}

/// All of them, in the order of the page.
pub const KINDS: [Kind; 7] = [
    Kind::BlankSheets,
    Kind::FilledSheets,
    Kind::ScoreSummary,
    Kind::ResultList,
    Kind::DrawRegister,
    Kind::StandingsWorkbook,
    Kind::RosterWorkbook,
];

impl Kind {
    /// Its id in test ids.
    pub const fn id(self) -> &'static str {
        match self {
            Self::BlankSheets => "mark-sheets-blank",
            Self::FilledSheets => "mark-sheets-filled",
            Self::ScoreSummary => "score-summary",
            Self::ResultList => "result-list",
            Self::DrawRegister => "draw-register",
            Self::StandingsWorkbook => "standings-workbook",
            Self::RosterWorkbook => "roster-workbook",
        }
    }

    /// Its name.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::BlankSheets => "documents-kind-mark-sheets-blank",
            Self::FilledSheets => "documents-kind-mark-sheets-filled",
            Self::ScoreSummary => "documents-kind-score-summary",
            Self::ResultList => "documents-kind-result-list",
            Self::DrawRegister => "documents-kind-draw-register",
            Self::StandingsWorkbook => "documents-kind-standings-workbook",
            Self::RosterWorkbook => "documents-kind-roster-workbook",
        }
    }

    /// What it is for.
    pub const fn about_key(self) -> &'static str {
        match self {
            Self::BlankSheets => "documents-kind-mark-sheets-blank-about",
            Self::FilledSheets => "documents-kind-mark-sheets-filled-about",
            Self::ScoreSummary => "documents-kind-score-summary-about",
            Self::ResultList => "documents-kind-result-list-about",
            Self::DrawRegister => "documents-kind-draw-register-about",
            Self::StandingsWorkbook => "documents-kind-standings-workbook-about",
            Self::RosterWorkbook => "documents-kind-roster-workbook-about",
        }
    }

    /// It has pages to look at; a workbook has none.
    pub const fn paged(self) -> bool {
        !matches!(self, Self::StandingsWorkbook | Self::RosterWorkbook)
    }

    /// It is about one module.
    pub const fn by_module(self) -> bool {
        matches!(self, Self::BlankSheets | Self::FilledSheets)
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Which document.
    pub which: Kind,
    /// Module, for mark sheets.
    pub module: String,
    /// Only this judge's, for mark sheets.
    pub judge: Option<JudgeId>,
    /// Layer and session, for the draw register.
    pub draw: (Layer, String),
    /// Only the first so many ranks; 0 for all.
    pub top: u32,
    /// `zh-CN` or `en`.
    pub language: String,
}

impl Asked {
    /// As the contract names it; `None` while the module is not known yet.
    pub fn kind(&self) -> Option<DocumentKind> {
        let sheets = |filled| {
            (!self.module.is_empty()).then(|| DocumentKind::MarkSheets {
                module: self.module.clone(),
                filled,
                judge: self.judge.clone(),
            })
        };
        match self.which {
            Kind::BlankSheets => sheets(false),
            Kind::FilledSheets => sheets(true),
            Kind::ScoreSummary => Some(DocumentKind::ScoreSummary),
            Kind::ResultList => Some(DocumentKind::ResultList { top: self.top }),
            Kind::DrawRegister => {
                let (layer, session) = self.draw.clone();
                Some(DocumentKind::DrawRegister { layer, session })
            }
            Kind::StandingsWorkbook => Some(DocumentKind::StandingsWorkbook),
            Kind::RosterWorkbook => Some(DocumentKind::RosterWorkbook),
        }
    }
}
