//! The documents one can choose from.

use super::asked::{Asked, Chosen};
use jiangsai_domain::command::files::DocumentKind;

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
    /// 名次表.
    RankList,
    /// 团体名次表.
    TeamList,
    /// 名次依据单.
    RankReasons,
    /// 成绩更正单.
    Corrections,
    /// 赛场情况记录表.
    Incidents,
    /// 未交表清单.
    UnsignedSheets,
    /// 复核记录表.
    RecheckRecord,
    /// 公示.
    ResultList,
    /// 抽签登记表.
    DrawRegister,
    /// 获奖名单.
    AwardList,
    /// 拟推荐名单.
    ProposalList,
    /// 主持人颁奖稿.
    CeremonyScript,
    /// 代表队成绩通知单.
    UnitNotices,
    /// 获奖证书.
    Certificates,
    /// 竞赛计分规则说明.
    Rules,
    /// Standings as a workbook.
    StandingsWorkbook,
    /// Roster as a workbook.
    RosterWorkbook,
}

/// All of them in the order of the page, by the key of what they are for.
pub const GROUPS: [(&str, &[Kind]); 4] = [
    (
        "documents-group-marking",
        &[
            Kind::DrawRegister,
            Kind::BlankSheets,
            Kind::FilledSheets,
            Kind::UnsignedSheets,
            Kind::Incidents,
            Kind::Rules,
        ],
    ),
    (
        "documents-group-results",
        &[
            Kind::ScoreSummary,
            Kind::RankList,
            Kind::TeamList,
            Kind::RankReasons,
            Kind::Corrections,
            Kind::RecheckRecord,
        ],
    ),
    (
        "documents-group-ceremony",
        &[
            Kind::ResultList,
            Kind::AwardList,
            Kind::ProposalList,
            Kind::CeremonyScript,
            Kind::UnitNotices,
            Kind::Certificates,
        ],
    ),
    ("documents-group-data", &[Kind::StandingsWorkbook, Kind::RosterWorkbook]),
];

impl Kind {
    /// Its id in test ids and in the keys of its name (`documents-kind-<id>`).
    pub const fn id(self) -> &'static str {
        match self {
            Self::BlankSheets => "mark-sheets-blank",
            Self::FilledSheets => "mark-sheets-filled",
            Self::ScoreSummary => "score-summary",
            Self::RankList => "rank-list",
            Self::TeamList => "team-list",
            Self::RankReasons => "rank-reasons",
            Self::Corrections => "corrections",
            Self::Incidents => "incidents",
            Self::UnsignedSheets => "unsigned-sheets",
            Self::RecheckRecord => "recheck",
            Self::ResultList => "result-list",
            Self::DrawRegister => "draw-register",
            Self::AwardList => "award-list",
            Self::ProposalList => "proposal-list",
            Self::CeremonyScript => "ceremony-script",
            Self::UnitNotices => "unit-notices",
            Self::Certificates => "certificates",
            Self::Rules => "rules",
            Self::StandingsWorkbook => "standings-workbook",
            Self::RosterWorkbook => "roster-workbook",
        }
    }

    /// It has pages to look at; a workbook has none.
    pub const fn paged(self) -> bool {
        !matches!(self, Self::StandingsWorkbook | Self::RosterWorkbook)
    }

    /// It has nothing in it while nobody is registered.
    pub const fn of_entries(self) -> bool {
        !matches!(self, Self::Rules)
    }

    /// What it says follows from marks.
    pub const fn of_results(self) -> bool {
        matches!(
            self,
            Self::ScoreSummary
                | Self::RankList
                | Self::TeamList
                | Self::RankReasons
                | Self::ResultList
                | Self::AwardList
                | Self::ProposalList
                | Self::CeremonyScript
                | Self::UnitNotices
                | Self::Certificates
                | Self::StandingsWorkbook
        )
    }

    /// It is about one module.
    pub const fn by_module(self) -> bool {
        matches!(self, Self::BlankSheets | Self::FilledSheets)
    }

    /// One chooses who stands in it.
    pub const fn by_whom(self) -> bool {
        matches!(self, Self::ResultList | Self::RankReasons | Self::Certificates)
    }

    /// It can be for one entry alone.
    pub const fn by_entry(self) -> bool {
        matches!(self, Self::RankReasons | Self::Certificates)
    }

    /// It is about winners.
    pub const fn by_award(self) -> bool {
        matches!(self, Self::AwardList | Self::CeremonyScript)
    }

    /// As the contract names it; `None` while something is not known yet.
    pub fn document(self, asked: &Asked) -> Option<DocumentKind> {
        let sheets = |filled| {
            (!asked.module.is_empty()).then(|| DocumentKind::MarkSheets {
                module: asked.module.clone(),
                filled,
                judge: asked.judge.clone(),
                entry: match &asked.chosen {
                    Chosen::One(entry) => Some(entry.clone()),
                    _ => None,
                },
                number: String::new(),
                part: None,
            })
        };
        Some(match self {
            Self::BlankSheets => return sheets(false),
            Self::FilledSheets => return sheets(true),
            Self::ScoreSummary => DocumentKind::ScoreSummary,
            Self::RankList => DocumentKind::RankList,
            Self::TeamList => DocumentKind::TeamList,
            Self::RankReasons => DocumentKind::RankReasons { whom: asked.whom(), part: None },
            Self::Corrections => DocumentKind::Corrections,
            Self::Incidents => DocumentKind::Incidents,
            Self::UnsignedSheets => DocumentKind::UnsignedSheets,
            Self::RecheckRecord => DocumentKind::RecheckRecord,
            Self::ResultList => DocumentKind::ResultList {
                whom: asked.whom(),
                scores: asked.scores,
                occupation: asked.occupation,
                period: asked.period.clone(),
                contact: asked.contact.clone(),
            },
            Self::AwardList => DocumentKind::AwardList { top: asked.top },
            Self::ProposalList => DocumentKind::ProposalList,
            Self::CeremonyScript => DocumentKind::CeremonyScript { top: asked.top },
            Self::UnitNotices => DocumentKind::UnitNotices { unit: None, part: None },
            Self::Certificates => DocumentKind::Certificates { whom: asked.whom(), part: None },
            Self::Rules => DocumentKind::Rules { both: asked.both },
            Self::DrawRegister => {
                let (layer, session) = asked.draw.clone();
                DocumentKind::DrawRegister { layer, session }
            }
            Self::StandingsWorkbook => DocumentKind::StandingsWorkbook,
            Self::RosterWorkbook => DocumentKind::RosterWorkbook,
        })
    }
}
