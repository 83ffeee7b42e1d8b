//! Saving, opening and downloading a document.

use super::glyphs::missing;
use crate::backend::call;
use crate::files::download;
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::files::{DocumentRequest, OpenFile, RenderDocument, SaveDocument, SavedFile};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The buttons, and what became of the document.
#[component]
pub fn SaveBar(
    /// Which document.
    document: Signal<Option<DocumentRequest>>,
) -> impl IntoView {
    let session = use_session();
    let saved = RwSignal::new(None::<SavedFile>);
    let glyphs = RwSignal::new(Vec::new());
    let fault = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        document.track();
        saved.set(None);
        glyphs.set(Vec::new());
        fault.set(None);
    });
    let asked = move || Some((session.competition.get_untracked()?, document.get_untracked()?));
    let save = move |_| {
        let Some((competition, document)) = asked() else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            match call(SaveDocument { competition, document }).await {
                Ok(file) => {
                    fault.try_set(None);
                    glyphs.try_set(file.missing_glyphs.clone());
                    saved.try_set(Some(file));
                }
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
            busy.try_set(false);
        });
    };
    let fetch = move |_| {
        let Some((competition, document)) = asked() else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            match call(RenderDocument { competition, document }).await {
                Ok(file) => {
                    fault.try_set(None);
                    download(&file);
                    glyphs.try_set(file.missing_glyphs);
                }
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
            busy.try_set(false);
        });
    };
    let open = move |path: String| {
        spawn_local(async move {
            if let Err(error) = call(OpenFile { path }).await {
                fault.try_set(Some(wire_error(&error)));
            }
        });
    };
    let can_open = move || session.status.with(|status| status.as_ref().is_some_and(|status| status.can_open_files));
    let waiting = move || busy.get() || document.with(Option::is_none);
    view! {
        <div class="documents-tools">
            <button class="btn primary" data-testid="doc-save" prop:disabled=waiting on:click=save>{move || t("documents-save")}</button>
            <button class="btn" data-testid="doc-download" prop:disabled=waiting on:click=fetch>{move || t("documents-download")}</button>
        </div>
        {move || saved.get().map(|file| {
            let path = file.path.clone();
            view! {
                <p class="documents-saved" role="status">
                    <span>{t("documents-saved")}</span>
                    <code data-testid="doc-saved-path">{file.path}</code>
                    {can_open().then(|| view! { <button class="btn" data-testid="doc-open" on:click=move |_| open(path.clone())>{t("documents-open")}</button> })}
                </p>
            }
        })}
        {move || missing(glyphs.get(), "doc-saved-glyphs")}
        {move || fault.get().map(|fault| view! { <p class="marks-banner bad" role="alert" data-testid="doc-save-fault">{fault}</p> })}
    }
}
