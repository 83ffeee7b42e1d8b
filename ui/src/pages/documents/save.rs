//! Saving, opening and downloading a document, or one page of it. One with sheets for very many is written in files of so many, with how far
//! it is and a way to stop.

use super::glyphs::missing;
use super::writing::Writing;
use crate::backend::call;
use crate::files::download;
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::files::{DocumentRequest, FileFormat, OpenFile, RenderDocument, SaveDocument, SavedFile};
use jiangsai_domain::command::pack::{PackRequest, PlanPack};
use jiangsai_domain::ids::CompetitionId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is saved and what became of it. Copies are the same.
#[derive(Clone, Copy)]
struct Saving {
    saved: RwSignal<Option<SavedFile>>,
    glyphs: RwSignal<Vec<(String, String)>>,
    fault: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    writing: Writing,
}

impl Saving {
    fn new(name: &'static str) -> Self {
        Self {
            saved: RwSignal::new(None),
            glyphs: RwSignal::new(Vec::new()),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
            writing: Writing::new(name),
        }
    }

    fn forget(self) {
        self.saved.set(None);
        self.glyphs.set(Vec::new());
        self.fault.set(None);
        self.writing.forget();
    }

    /// Saves a document or a page of it on this computer, or hands it to the browser's downloads.
    fn run(self, competition: CompetitionId, document: DocumentRequest, page: Option<u32>, fetches: bool) {
        self.forget();
        self.busy.set(true);
        spawn_local(async move {
            if let Err(error) = self.make(competition, document, page, fetches).await {
                self.fault.try_set(Some(wire_error(&error)));
            }
            self.busy.try_set(false);
        });
    }

    async fn make(
        self,
        competition: CompetitionId,
        document: DocumentRequest,
        page: Option<u32>,
        fetches: bool,
    ) -> Result<(), WireError> {
        if page.is_none()
            && let Some(pack) = long(&competition, &document).await?
        {
            let zip = self.writing.write(competition, pack).await;
            if let Some(zip) = zip.filter(|_| fetches) {
                self.writing.fetch(zip).await;
            }
        } else if fetches {
            let file = call(RenderDocument { competition, document, page }).await?;
            download(&file);
            self.glyphs.try_set(file.missing_glyphs);
        } else {
            let file = call(SaveDocument { competition, document, page }).await?;
            self.glyphs.try_set(file.missing_glyphs.clone());
            self.saved.try_set(Some(file));
        }
        Ok(())
    }

    fn shown(self, name: &'static str) -> impl IntoView {
        let session = use_session();
        let can_open =
            move || session.status.with(|status| status.as_ref().is_some_and(|status| status.can_open_files));
        let open = move |path: String| {
            spawn_local(async move {
                if let Err(error) = call(OpenFile { path }).await {
                    self.fault.try_set(Some(wire_error(&error)));
                }
            });
        };
        view! {
            {move || self.saved.get().map(|file| {
                let path = file.path.clone();
                view! {
                    <p class="documents-saved" role="status">
                        <span>{t("documents-saved")}</span>
                        <code data-testid=format!("{name}-saved-path")>{file.path}</code>
                        {can_open().then(|| view! { <button class="btn" data-testid=format!("{name}-open") on:click=move |_| open(path.clone())>{t("documents-open")}</button> })}
                    </p>
                }
            })}
            {self.writing.shown()}
            {move || missing(self.glyphs.get(), "doc-saved-glyphs")}
            {move || self.fault.get().map(|fault| view! { <p class="marks-banner bad" role="alert" data-testid=format!("{name}-save-fault")>{fault}</p> })}
        }
    }
}

/// The pack that a document is written as where it has more than one part; `None` where one file holds it.
async fn long(competition: &CompetitionId, document: &DocumentRequest) -> Result<Option<PackRequest>, WireError> {
    if document.format != FileFormat::Pdf || !document.kind.has_parts() {
        return Ok(None);
    }
    let pack = PackRequest {
        event: document.event.clone(),
        language: document.language.clone(),
        top: 0,
        period: String::new(),
        contact: String::new(),
        records: false,
        only: Some(document.kind.clone()),
    };
    let parts = call(PlanPack { competition: competition.clone(), pack: pack.clone() }).await?;
    Ok((parts.len() > 1).then_some(pack))
}

/// The buttons, and what became of the document.
#[component]
pub fn SaveBar(
    /// Which document.
    document: Signal<Option<DocumentRequest>>,
) -> impl IntoView {
    let session = use_session();
    let saving = Saving::new("doc-parts");
    Effect::new(move |_| {
        document.track();
        saving.forget();
    });
    let run = move |fetches| {
        if let (Some(competition), Some(document)) = (session.competition.get_untracked(), document.get_untracked()) {
            saving.run(competition, document, None, fetches);
        }
    };
    let waiting = move || saving.busy.get() || document.with(Option::is_none);
    view! {
        <div class="documents-tools">
            <button class="btn primary" data-testid="doc-save" prop:disabled=waiting on:click=move |_| run(false)>{move || t("documents-save")}</button>
            <button class="btn" data-testid="doc-download" prop:disabled=waiting on:click=move |_| run(true)>{move || t("documents-download")}</button>
            {saving.writing.stopping()}
        </div>
        {saving.shown("doc")}
    }
}

/// The same for one page that is looked at.
#[component]
pub fn PageBar(
    /// Which document.
    document: Signal<Option<DocumentRequest>>,
    /// Which page, from 0; `None` while there is none.
    page: Signal<Option<u32>>,
) -> impl IntoView {
    let session = use_session();
    let saving = Saving::new("page-parts");
    Effect::new(move |_| {
        document.track();
        page.track();
        saving.forget();
    });
    let run = move |fetches| {
        let asked = (session.competition.get_untracked(), document.get_untracked(), page.get_untracked());
        if let (Some(competition), Some(document), page @ Some(_)) = asked {
            saving.run(competition, document, page, fetches);
        }
    };
    let waiting = move || saving.busy.get() || page.with(Option::is_none);
    view! {
        <div class="documents-tools">
            <button class="btn" data-testid="page-save" prop:disabled=waiting on:click=move |_| run(false)>{move || t("documents-page-save")}</button>
            <button class="btn" data-testid="page-download" prop:disabled=waiting on:click=move |_| run(true)>{move || t("documents-page-download")}</button>
        </div>
        {saving.shown("page")}
    }
}
