//! The documents that can be printed, as data.

mod certificate;
mod listing;
mod mark_sheet;
mod reasons;
mod rules;
mod script;
mod signed_table;

pub use certificate::{Certificate, Certificates};
pub use listing::{Listing, Listings, Section};
pub use mark_sheet::{MarkSheet, SheetLine};
pub use reasons::{JudgeMark, ReasonLine, Reasons};
pub use rules::{Rules, RulesParagraph};
pub use script::{Call, Script};
pub use signed_table::{Align, Column, SignedTable};

use crate::{DocumentError, code};
use jiangsai_locales::{Lang, text};
use serde::Serialize;
use typst::foundations::Bytes;

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
    /// 复核记录表.
    RecheckRecord(SignedTable),
    /// Lists of people with their results.
    Listings(Listings),
    /// 竞赛计分规则说明.
    Rules(Rules),
    /// 名次依据单, each on pages of its own.
    Reasons(Vec<Reasons>),
    /// 主持人颁奖稿.
    Script(Script),
    /// 获奖证书, each a page.
    Certificates(Certificates),
}

impl Document {
    /// The template that sets it.
    pub(crate) const fn template(&self) -> &'static str {
        match self {
            Self::MarkSheets(_) => "/mark-sheets.typ",
            Self::ScoreSummary(_) | Self::DrawRegister(_) | Self::RecheckRecord(_) => "/signed-table.typ",
            Self::Listings(_) => "/listings.typ",
            Self::Rules(_) => "/rules.typ",
            Self::Reasons(_) => "/reasons.typ",
            Self::Script(_) => "/script.typ",
            Self::Certificates(_) => "/certificates.typ",
        }
    }

    /// Its title.
    pub(crate) fn title(&self, lang: Lang) -> String {
        let key = match self {
            Self::Listings(listings) => return listings.title.clone(),
            Self::MarkSheets(_) => "print-mark-sheet",
            Self::ScoreSummary(_) => "print-score-summary",
            Self::DrawRegister(_) => "print-draw-register",
            Self::RecheckRecord(_) => "print-recheck",
            Self::Rules(_) => "print-rules",
            Self::Reasons(_) => "print-reasons",
            Self::Script(_) => "print-script",
            Self::Certificates(_) => "print-certificate",
        };
        text(lang, key, &[])
    }

    /// Files its template reads besides the data, by path.
    pub(crate) fn files(&self) -> Result<Vec<(String, Bytes)>, DocumentError> {
        let pictures = match self {
            Self::Certificates(own) => vec![("/background", &own.background), ("/seal", &own.seal)],
            _ => Vec::new(),
        };
        let pictures =
            pictures.into_iter().filter_map(|(path, own)| Some((path.to_owned(), own.as_ref()?.bytes().clone())));
        let codes = self.codes().filter(|text| !text.is_empty());
        let codes = codes.map(|text| Ok((format!("/code/{text}"), Bytes::from_string(code::svg(text)?))));
        pictures.map(Ok).chain(codes).collect()
    }

    /// What stands on it as a code to scan; empty texts where there is none.
    fn codes(&self) -> Box<dyn Iterator<Item = &String> + '_> {
        match self {
            Self::Certificates(certificates) => Box::new(certificates.all.iter().map(|own| &own.verification)),
            Self::MarkSheets(sheets) => Box::new(sheets.iter().map(|sheet| &sheet.scan)),
            _ => Box::new(std::iter::empty()),
        }
    }
}
