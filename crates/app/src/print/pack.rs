//! What a result pack (成绩资料包) holds: documents by the names of their files, in the order in which a ceremony needs them. A long one is
//! cut into files of so many sheets, so that whoever waits sees how far it is and can stop.

use super::who::who;
use super::{certificates, notices, title_key, words};
use jiangsai_domain::bulletin::BulletinKind;
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest, FileFormat, Slice, Whom};
use jiangsai_domain::command::pack::PackRequest;
use jiangsai_domain::competition::{Competition, Event};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::EventId;
use jiangsai_domain::view::awards::awards;
use jiangsai_domain::view::{blind, bulletins, printed};
use jiangsai_locales::Lang;

/// Sheets in one file of a long document.
const SHEETS: u32 = 50;

/// One part of a pack: the name of its file without the ending, and what stands in it.
pub(crate) struct Part {
    name: String,
    pub holds: Holds,
}

/// What stands in a part.
pub(crate) enum Holds {
    /// A document.
    Document(DocumentRequest),
    /// The records of the competition, as a database.
    Records,
}

impl Part {
    /// The name of its file.
    pub(crate) fn file_name(&self) -> String {
        let ending = match &self.holds {
            Holds::Records => "db",
            Holds::Document(document) => match (&document.kind, document.format) {
                (DocumentKind::StandingsWorkbook | DocumentKind::RosterWorkbook, _) => "xlsx",
                (_, FileFormat::Docx) => "docx",
                (_, FileFormat::Pdf) => "pdf",
            },
        };
        format!("{}.{ending}", self.name)
    }
}

/// The parts of a pack.
///
/// # Errors
/// `names-sealed`: most of them need names; and those of the standings.
pub(crate) fn parts(state: &Competition, pack: &PackRequest, lang: Lang) -> Result<Vec<Part>, Refusal> {
    let mut parts = Parts { pack, lang, number: 0, last: "", all: Vec::new() };
    if let Some(only) = &pack.only {
        parts.sheets(sheets(state, &pack.event, only)?, only);
        return Ok(parts.all);
    }
    blind::needs_names(state, &pack.event)?;
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
    parts.pdf(DocumentKind::ScoreSummary);
    parts.docx(DocumentKind::ScoreSummary);
    parts.pdf(DocumentKind::RankList);
    let rulebook = setup.and_then(Event::engine).map(|engine| engine.rulebook());
    if rulebook.is_some_and(|rulebook| rulebook.teams.is_some()) {
        parts.pdf(DocumentKind::TeamList);
        parts.docx(DocumentKind::TeamList);
    }
    parts.pdf(DocumentKind::AwardList { top: pack.top });
    parts.docx(DocumentKind::AwardList { top: pack.top });
    if rulebook.is_some_and(|rulebook| !rulebook.honours.is_empty()) {
        parts.pdf(DocumentKind::ProposalList);
        parts.docx(DocumentKind::ProposalList);
    }
    parts.pdf(DocumentKind::CeremonyScript { top: pack.top });
    parts.pdf(posted.clone());
    parts.docx(posted);
    let long = |kind: DocumentKind| Ok::<_, Refusal>((sheets(state, &pack.event, &kind)?, kind));
    let (count, notices) = long(DocumentKind::UnitNotices { unit: None, part: None })?;
    parts.sheets(count, &notices);
    let (count, grounds) = long(DocumentKind::RankReasons { whom: Whom::All, part: None })?;
    parts.sheets(count, &grounds);
    let (_, groups) = awards(state, &pack.event, pack.top)?;
    if groups.iter().any(|group| !group.rows.is_empty()) {
        let (count, certificates) = long(DocumentKind::Certificates { whom: winners(), part: None })?;
        parts.sheets(count, &certificates);
    }
    if setup.is_some_and(|event| !event.recheck.is_empty()) {
        parts.pdf(DocumentKind::RecheckRecord);
    }
    parts.pdf(DocumentKind::Corrections);
    parts.pdf(DocumentKind::Incidents);
    parts.pdf(DocumentKind::Rules { both: false });
    parts.pdf(DocumentKind::StandingsWorkbook);
    if pack.records {
        parts.add("file-records", "", Holds::Records);
    }
    Ok(parts.all)
}

/// Sheets of a document that has one for somebody each, or 1.
fn sheets(state: &Competition, event: &EventId, kind: &DocumentKind) -> Result<usize, Refusal> {
    Ok(match kind {
        DocumentKind::MarkSheets { module, judge, entry, number, part: None, .. } => {
            let wanted = printed::Wanted { judge: judge.as_ref(), entry: entry.as_ref(), number };
            printed::mark_sheets(state, event, module, false, wanted)?.len()
        }
        DocumentKind::UnitNotices { unit: None, part: None } => notices::count(state, event)?,
        DocumentKind::RankReasons { whom, part: None } => who(state, event, whom)?.1.len(),
        DocumentKind::Certificates { whom, part: None } => certificates::wanted(state, event, whom)?.len(),
        _ => 1,
    })
}

struct Parts<'a> {
    pack: &'a PackRequest,
    lang: Lang,
    number: u32,
    /// Key of the title of the last part: the same paper as another kind of file, or its next sheets, has the same number.
    last: &'static str,
    all: Vec<Part>,
}

impl Parts<'_> {
    fn pdf(&mut self, kind: DocumentKind) {
        self.document(kind, FileFormat::Pdf, "");
    }

    fn docx(&mut self, kind: DocumentKind) {
        self.document(kind, FileFormat::Docx, "");
    }

    /// A document of so many sheets, one for somebody each.
    fn sheets(&mut self, all: usize, kind: &DocumentKind) {
        let all = u32::try_from(all).unwrap_or(u32::MAX);
        if all <= SHEETS {
            return self.pdf(kind.clone());
        }
        for first in (0..all).step_by(SHEETS as usize) {
            let slice = Slice { first, count: SHEETS.min(all - first) };
            let which = format!(" {:03}-{:03}", first + 1, first + slice.count);
            self.document(kind.clone().only(slice), FileFormat::Pdf, &which);
        }
    }

    fn document(&mut self, kind: DocumentKind, format: FileFormat, which: &str) {
        let title = match &kind {
            DocumentKind::Bulletin { .. } => "print-result-list",
            kind => title_key(kind),
        };
        let (event, language) = (self.pack.event.clone(), self.pack.language.clone());
        self.add(title, which, Holds::Document(DocumentRequest { event, kind, language, format }));
    }

    fn add(&mut self, title: &'static str, which: &str, holds: Holds) {
        if title != self.last {
            self.number += 1;
            self.last = title;
        }
        self.all.push(Part { name: format!("{:02} {}{which}", self.number, words(self.lang, title)), holds });
    }
}
