//! What a result pack (成绩资料包) holds: documents by the names of their files, in the order in which a ceremony needs them.

use super::{title_key, words};
use jiangsai_domain::bulletin::BulletinKind;
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest, FileFormat, Whom};
use jiangsai_domain::command::pack::PackRequest;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::view::awards::awards;
use jiangsai_domain::view::{blind, bulletins};
use jiangsai_locales::Lang;

/// One part of a pack: the name of its file without the ending, and what stands in it.
pub(crate) struct Part {
    pub name: String,
    pub document: DocumentRequest,
}

impl Part {
    /// The name of its file.
    pub(crate) fn file_name(&self) -> String {
        let ending = match (&self.document.kind, self.document.format) {
            (DocumentKind::StandingsWorkbook | DocumentKind::RosterWorkbook, _) => "xlsx",
            (_, FileFormat::Docx) => "docx",
            (_, FileFormat::Pdf) => "pdf",
        };
        format!("{}.{ending}", self.name)
    }
}

/// The parts of a pack.
///
/// # Errors
/// `names-sealed`: most of them need names; and those of the standings.
pub(crate) fn parts(state: &Competition, pack: &PackRequest, lang: Lang) -> Result<Vec<Part>, Refusal> {
    blind::needs_names(state, &pack.event)?;
    let (_, groups) = awards(state, &pack.event, pack.top)?;
    let winners = || Whom::Winners { top: pack.top };
    let setup = state.events.get(&pack.event);
    // What hangs is what was published.
    let published = setup.and_then(|setup| bulletins::standing(setup, BulletinKind::Posted));
    let posted = match published {
        Some((number, _)) => DocumentKind::Bulletin { number },
        None => DocumentKind::ResultList {
            whom: winners(),
            scores: false,
            occupation: false,
            period: pack.period.clone(),
            contact: pack.contact.clone(),
        },
    };
    let pdf = |kind| (kind, FileFormat::Pdf);
    let docx = |kind| (kind, FileFormat::Docx);
    let mut kinds = vec![
        pdf(DocumentKind::ScoreSummary),
        docx(DocumentKind::ScoreSummary),
        pdf(DocumentKind::RankList),
        pdf(DocumentKind::AwardList { top: pack.top }),
        docx(DocumentKind::AwardList { top: pack.top }),
        pdf(DocumentKind::CeremonyScript { top: pack.top }),
        pdf(posted.clone()),
        docx(posted),
        pdf(DocumentKind::UnitNotices { unit: None }),
        pdf(DocumentKind::RankReasons { whom: Whom::All }),
    ];
    if groups.iter().any(|group| !group.rows.is_empty()) {
        kinds.push(pdf(DocumentKind::Certificates { whom: winners() }));
    }
    if setup.is_some_and(|event| !event.recheck.is_empty()) {
        kinds.push(pdf(DocumentKind::RecheckRecord));
    }
    kinds.extend([
        pdf(DocumentKind::Corrections),
        pdf(DocumentKind::Rules { both: false }),
        pdf(DocumentKind::StandingsWorkbook),
    ]);
    let mut number = 0;
    let mut last = "";
    let part = |(kind, format): (DocumentKind, FileFormat)| {
        let title = match kind {
            DocumentKind::Bulletin { .. } => "print-result-list",
            ref kind => title_key(kind),
        };
        // The same paper as another kind of file has the same number.
        if title != last {
            number += 1;
            last = title;
        }
        Part {
            name: format!("{number:02} {}", words(lang, title)),
            document: DocumentRequest { event: pack.event.clone(), kind, language: pack.language.clone(), format },
        }
    };
    Ok(kinds.into_iter().map(part).collect())
}
