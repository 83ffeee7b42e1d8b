//! From the state of a competition to a printed document: which texts stand in it. How it looks is the documents' matter.

mod certificates;
mod corrections;
mod duties;
mod incidents;
mod lists;
mod notices;
pub(crate) mod pack;
mod posted;
mod proposals;
mod reasons;
mod recheck;
mod register;
mod rules;
mod script;
pub(crate) mod sheets;
mod teams;
mod unsigned;
mod who;
pub(crate) mod workbooks;

use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use jiangsai_documents::{Document, Frame, Rendered};
use jiangsai_domain::bulletin::{Columns, Heading};
use jiangsai_domain::command::certificates::Picture;
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest, FileFormat, Slice};
use jiangsai_domain::competition::{Competition, Event};
use jiangsai_domain::decide::draw::DrawPlace;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::{CompetitionId, EventId};
use jiangsai_domain::view;
use jiangsai_domain::view::printed::Wanted;
use jiangsai_locales::{Lang, text};
use sha2::{Digest, Sha256};

/// Typesetting is done one document at a time: it takes all there is.
#[derive(Debug, Default)]
pub(crate) struct Printer(tokio::sync::Mutex<()>);

/// What a document is made of.
pub(crate) enum Made {
    /// Pages.
    Pages(Box<(Frame, Document)>),
    /// A file as it is: its ending and its bytes.
    File(&'static str, Vec<u8>),
}

/// A word or sentence.
pub(crate) fn words(lang: Lang, key: &str) -> String {
    text(lang, key, &[])
}

impl App {
    /// Puts a document together.
    pub(crate) async fn make(&self, id: &CompetitionId, request: &DocumentRequest) -> Result<Made, Failure> {
        let lang: Lang = request.language.parse().map_err(|_| Failure::BadRequest(request.language.clone()))?;
        if request.format == FileFormat::Docx && !request.kind.has_docx() {
            return Err(Refusal::new("no-docx").into());
        }
        let moment = self.0.host.moment(self.0.host.now_ms());
        let pictures = match request.kind {
            DocumentKind::Certificates { .. } => {
                [self.artwork(id, Picture::Background).await?, self.artwork(id, Picture::Seal).await?]
            }
            _ => [None, None],
        };
        let own = self.own_look().await?;
        let live = self.look(id).await?;
        let state = live.in_sight();
        let document = match &request.kind {
            DocumentKind::MarkSheets { module, filled, judge, entry, number, part } => {
                let wanted = Wanted { judge: judge.as_ref(), entry: entry.as_ref(), number };
                let sheets = sheets::mark_sheets(state, request, lang, module, *filled, wanted)?;
                Document::MarkSheets(Slice::of(*part, sheets.into_iter()).collect())
            }
            DocumentKind::ScoreSummary => Document::ScoreSummary(sheets::summary(state, request, lang)?),
            DocumentKind::RankList => Document::Listings(lists::ranks(state, request, lang)?),
            DocumentKind::TeamList => Document::Listings(teams::list(state, request, lang)?),
            DocumentKind::AwardList { top } => Document::Listings(lists::award_list(state, request, lang, *top)?),
            DocumentKind::ProposalList => Document::Listings(proposals::list(state, request, lang)?),
            DocumentKind::CeremonyScript { top } => Document::Script(script::script(state, request, lang, *top)?),
            DocumentKind::ResultList { whom, scores, occupation, period, contact } => {
                let columns = Columns { whom: whom.clone(), scores: *scores, occupation: *occupation };
                Document::Listings(posted::list(state, request, lang, &columns, (period, contact))?)
            }
            DocumentKind::Bulletin { number } => {
                let day = |at| self.0.host.moment(at).chars().take(10).collect();
                Document::Listings(posted::bulletin(state, request, lang, *number, day)?)
            }
            DocumentKind::UnitNotices { unit, part } => {
                Document::Listings(notices::notices(state, request, lang, (unit.as_deref(), *part))?)
            }
            DocumentKind::DrawRegister { layer, session } => {
                let place = DrawPlace { event: &request.event, layer: *layer, session };
                Document::DrawRegister(register::draw(state, place, lang)?)
            }
            DocumentKind::RecheckRecord => Document::RecheckRecord(recheck::record(state, &request.event, lang)?),
            DocumentKind::RankReasons { whom, part } => {
                Document::Reasons(reasons::grounds(state, request, lang, whom, *part)?)
            }
            DocumentKind::Certificates { whom, part } => {
                Document::Certificates(certificates::certificates(state, request, lang, (whom, *part), pictures)?)
            }
            DocumentKind::Rules { both } => Document::Rules(rules::rules(state, request, lang, *both)?),
            DocumentKind::Corrections => {
                Document::Listings(corrections::sheet(state, request, lang, self.0.host.as_ref()))
            }
            DocumentKind::Incidents => {
                Document::Listings(incidents::record(state, request, lang, self.0.host.as_ref()))
            }
            DocumentKind::UnsignedSheets => Document::Listings(unsigned::unsigned(state, request, lang)?),
            DocumentKind::StandingsWorkbook => {
                return Ok(Made::File("xlsx", workbooks::standings(state, request, lang)?));
            }
            DocumentKind::RosterWorkbook => return Ok(Made::File("xlsx", workbooks::roster(state, request, lang)?)),
        };
        let frame = match &request.kind {
            DocumentKind::Bulletin { number } => posted::frame(state, request, lang, *number, &moment)?,
            _ => frame(state, request, lang, &moment)?,
        };
        let frame = Frame { templates: own.templates, letter: own.letter, ..frame };
        drop(live);
        match request.format {
            FileFormat::Pdf => Ok(Made::Pages(Box::new((frame, document)))),
            FileFormat::Docx => {
                let letter = blocking(move || jiangsai_documents::render_docx(&frame, &document)).await??;
                Ok(Made::File("docx", letter))
            }
        }
    }

    /// Sets pages as a PDF.
    pub(crate) async fn pdf(&self, frame: Frame, document: Document) -> Result<Rendered, Failure> {
        let _turn = self.0.printer.0.lock().await;
        let task = tokio::task::spawn_blocking(move || jiangsai_documents::render_pdf(&frame, &document));
        Ok(task.await.map_err(|error| Failure::Internal(error.to_string()))??)
    }

    /// Sets one page as a PDF.
    pub(crate) async fn page(&self, frame: Frame, document: Document, page: usize) -> Result<Rendered, Failure> {
        let _turn = self.0.printer.0.lock().await;
        let task = tokio::task::spawn_blocking(move || jiangsai_documents::render_page(&frame, &document, page));
        Ok(task.await.map_err(|error| Failure::Internal(error.to_string()))??)
    }

    /// Sets one page as a picture.
    pub(crate) async fn picture(
        &self,
        frame: Frame,
        document: Document,
        page: usize,
    ) -> Result<jiangsai_documents::Preview, Failure> {
        let _turn = self.0.printer.0.lock().await;
        let task = tokio::task::spawn_blocking(move || jiangsai_documents::render_svg(&frame, &document, page));
        Ok(task.await.map_err(|error| Failure::Internal(error.to_string()))??)
    }
}

fn frame(state: &Competition, request: &DocumentRequest, lang: Lang, moment: &str) -> Result<Frame, Refusal> {
    let event = state.events.get(&request.event).ok_or(Refusal::new("not-found"))?;
    let heading = view::bulletins::heading(state, &request.event);
    Ok(Frame {
        session: sessions(&heading.sessions, request, lang),
        // A later print of the same facts has the same number.
        version: [env!("CARGO_PKG_VERSION").to_owned(), state.facts().to_string()]
            .into_iter()
            .chain(rules_version(state, &request.event, event, lang))
            .collect::<Vec<_>>()
            .join(" · "),
        // Rules hold whether or not results are final.
        provisional: !matches!(request.kind, DocumentKind::Rules { .. })
            && !view::finalising::holds(state, &request.event),
        ..headed(lang, &heading, moment)
    })
}

/// Number, from 1, and hex SHA-256 of the version of the rulebook that results are computed by; `None` without a rulebook.
pub(crate) fn rules_in_force(state: &Competition, id: &EventId, event: &Event) -> Option<(u32, String)> {
    let versions = view::rulebook::versions(state, id, event, hash_of);
    versions.into_iter().find(|version| version.holds).map(|own| (own.number, own.hash))
}

/// What a heading says on every page.
fn headed(lang: Lang, heading: &Heading, moment: &str) -> Frame {
    let hosts = [
        ("print-host", &heading.host),
        ("print-organiser", &heading.organiser),
        ("print-co-organiser", &heading.co_organiser),
        ("print-date", &heading.date),
        ("print-place", &heading.place),
    ];
    let hosts = hosts.into_iter().filter(|(_, name)| !name.is_empty());
    Frame {
        lang,
        competition: heading.competition.clone(),
        event: heading.event.clone(),
        hosts: hosts.map(|(key, name)| (words(lang, key), name.clone())).collect(),
        printed_at: moment.to_owned(),
        synthetic: heading.synthetic,
        ..Frame::default()
    }
}

/// The hex SHA-256 of a document.
pub(crate) fn hash_of(document: &str) -> String {
    hex::encode(Sha256::digest(document.as_bytes()))
}

/// The version of the rulebook that results are computed by, with the beginning of its checksum; `None` without a rulebook.
pub(crate) fn rules_version(state: &Competition, id: &EventId, event: &Event, lang: Lang) -> Option<String> {
    let (number, hash) = rules_in_force(state, id, event)?;
    let (number, hash) = (number.to_string(), hash.get(..12).unwrap_or_default());
    Some(text(lang, "print-rules-in-force", &[("version", &number), ("hash", hash)]))
}

/// Most sessions that are named one by one.
const NAMED: usize = 8;

/// What a document is called, as a title and as the name of its file.
pub(crate) const fn title_key(kind: &DocumentKind) -> &'static str {
    match kind {
        DocumentKind::MarkSheets { .. } => "print-mark-sheet",
        DocumentKind::ScoreSummary => "print-score-summary",
        DocumentKind::StandingsWorkbook => "print-standings-workbook",
        DocumentKind::RankList => "print-rank-list",
        DocumentKind::TeamList => "print-team-list",
        DocumentKind::AwardList { .. } => "print-award-list",
        DocumentKind::ProposalList => "print-proposal-list",
        DocumentKind::CeremonyScript { .. } => "print-script",
        DocumentKind::ResultList { .. } => "print-result-list",
        DocumentKind::Bulletin { .. } => "print-bulletin",
        DocumentKind::UnitNotices { .. } => "print-notice",
        DocumentKind::RankReasons { .. } => "print-reasons",
        DocumentKind::Certificates { .. } => "print-certificate",
        DocumentKind::Rules { .. } => "print-rules",
        DocumentKind::Corrections => "print-corrections",
        DocumentKind::Incidents => "print-incidents",
        DocumentKind::UnsignedSheets => "print-unsigned",
        DocumentKind::DrawRegister { .. } => "print-draw-register",
        DocumentKind::RecheckRecord => "print-recheck",
        DocumentKind::RosterWorkbook => "print-roster",
    }
}

/// The sessions a document covers. Every mark sheet names its own.
fn sessions(all: &[String], request: &DocumentRequest, lang: Lang) -> String {
    match &request.kind {
        DocumentKind::MarkSheets { .. } => String::new(),
        DocumentKind::DrawRegister { session, .. } if !session.is_empty() => session.clone(),
        _ => named(lang, all),
    }
}

/// Sessions by name while they are few, else that it is all of them.
fn named(lang: Lang, sessions: &[String]) -> String {
    if sessions.is_empty() || sessions.len() > NAMED {
        words(lang, "print-all-sessions")
    } else {
        sessions.join(&words(lang, "print-list-separator"))
    }
}
