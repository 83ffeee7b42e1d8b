//! From the state of a competition to a printed document: which texts stand in it. How it looks is the documents' matter.

mod register;
pub(crate) mod sheets;
pub(crate) mod workbooks;

use crate::App;
use crate::failure::Failure;
use jiangsai_documents::{Document, Frame, Rendered};
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::draw::DrawPlace;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_locales::{Lang, text};
use jiangsai_scoring::EntryStatus;

/// Typesetting is done one document at a time: it takes all there is.
#[derive(Debug, Default)]
pub(crate) struct Printer(tokio::sync::Mutex<()>);

/// What a document is made of.
pub(crate) enum Made {
    /// Pages.
    Pages(Box<(Frame, Document)>),
    /// A workbook, as bytes.
    Workbook(Vec<u8>),
}

/// A word or sentence.
pub(crate) fn words(lang: Lang, key: &str) -> String {
    text(lang, key, &[])
}

/// A sentence of the core.
pub(crate) fn said(lang: Lang, (key, args): &(String, Vec<(String, String)>)) -> String {
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    text(lang, key, &args)
}

impl App {
    /// Puts the texts of a document together.
    pub(crate) async fn make(&self, id: &CompetitionId, request: &DocumentRequest) -> Result<Made, Failure> {
        let lang: Lang = request.language.parse().map_err(|_| Failure::BadRequest(request.language.clone()))?;
        let moment = self.0.host.moment(self.0.host.now_ms());
        let live = self.live(id).await?;
        let live = live.read().await;
        let state = &live.state;
        let frame = || frame(state, request, lang, &moment);
        Ok(match &request.kind {
            DocumentKind::MarkSheets { module, filled, judge } => {
                let sheets = sheets::mark_sheets(state, request, lang, module, *filled, judge.as_ref())?;
                Made::Pages(Box::new((frame()?, Document::MarkSheets(sheets))))
            }
            DocumentKind::ScoreSummary => {
                Made::Pages(Box::new((frame()?, Document::ScoreSummary(sheets::summary(state, request, lang)?))))
            }
            DocumentKind::ResultList { top } => {
                Made::Pages(Box::new((frame()?, Document::ResultList(sheets::results(state, request, lang, *top)?))))
            }
            DocumentKind::DrawRegister { layer, session } => {
                let place = DrawPlace { event: &request.event, layer: *layer, session };
                Made::Pages(Box::new((frame()?, Document::DrawRegister(register::draw(state, place, lang)?))))
            }
            DocumentKind::StandingsWorkbook => Made::Workbook(workbooks::standings(state, request, lang)?),
            DocumentKind::RosterWorkbook => Made::Workbook(workbooks::roster(state, request, lang)?),
        })
    }

    /// Sets pages as a PDF.
    pub(crate) async fn pdf(&self, frame: Frame, document: Document) -> Result<Rendered, Failure> {
        let _turn = self.0.printer.0.lock().await;
        let task = tokio::task::spawn_blocking(move || jiangsai_documents::render_pdf(&frame, &document));
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
    let settings = state.settings();
    let event = state.events.get(&request.event).ok_or(Refusal::new("not-found"))?;
    let hosts = [
        ("print-host", &settings.host),
        ("print-organiser", &settings.organiser),
        ("print-co-organiser", &settings.co_organiser),
        ("print-date", &settings.date),
        ("print-place", &settings.place),
    ];
    let hosts = hosts.into_iter().filter(|(_, name)| !name.is_empty());
    Ok(Frame {
        lang,
        competition: settings.title.clone(),
        event: event.name.value().cloned().unwrap_or_default(),
        session: sessions(state, request, lang),
        hosts: hosts.map(|(key, name)| (words(lang, key), name.clone())).collect(),
        printed_at: moment.to_owned(),
        // A later print of the same facts has the same number.
        version: format!("{} · {}", env!("CARGO_PKG_VERSION"), state.facts()),
        provisional: !event.is_final(),
        synthetic: settings.synthetic,
        sheet_no_prefix: String::new(),
    })
}

/// Most sessions that are named one by one.
const NAMED: usize = 8;

/// The sessions a document covers: by name while they are few, else that it is all of them. Every mark sheet names its own.
fn sessions(state: &Competition, request: &DocumentRequest, lang: Lang) -> String {
    match &request.kind {
        DocumentKind::MarkSheets { .. } => return String::new(),
        DocumentKind::DrawRegister { session, .. } if !session.is_empty() => return session.clone(),
        _ => {}
    }
    let mut named: Vec<String> = state
        .entries_of(&request.event)
        .filter(|(_, entry)| entry.status() != EntryStatus::Withdrawn)
        .map(|(_, entry)| state.numbers(entry).session)
        .filter(|session| !session.is_empty())
        .collect();
    named.sort_by_key(|session| (session.chars().count(), session.clone()));
    named.dedup();
    if named.is_empty() || named.len() > NAMED {
        words(lang, "print-all-sessions")
    } else {
        named.join(&words(lang, "print-list-separator"))
    }
}
