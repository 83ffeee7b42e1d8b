//! The result pack: one button for every document, with how far it is and a way to stop.

use super::asked::Asked;
use super::glyphs::missing;
use super::unnumbered::Unnumbered;
use crate::backend::call;
use crate::files::download;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::files::{FetchFile, OpenFile};
use jiangsai_domain::command::pack::{BeginPack, ClosePack, ClosedPack, DropPack, PackRequest, WritePart};
use jiangsai_domain::ids::CompetitionId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// How far a pack is: the part that is being written, how many are, and how many there will be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Progress {
    part: String,
    done: usize,
    all: usize,
}

/// Characters that no font has, with where they stand, of all parts.
type Glyphs = BTreeSet<(String, String)>;

/// The signals of the panel.
#[derive(Clone, Copy)]
struct Making {
    progress: RwSignal<Option<Progress>>,
    /// Somebody asked to stop; looked at between two parts.
    stop: RwSignal<bool>,
}

/// The panel.
#[component]
pub fn PackPanel(
    /// What is asked for on the page: language, ranks, and what a list to post says.
    asked: RwSignal<Asked>,
) -> impl IntoView {
    let session = use_session();
    let making = Making { progress: RwSignal::new(None), stop: RwSignal::new(false) };
    let records = RwSignal::new(false);
    let closed = RwSignal::new(None::<(ClosedPack, Glyphs)>);
    let said = RwSignal::new(None::<String>);
    // Who leaves the page does not look on any more.
    on_cleanup(move || {
        making.stop.try_set(true);
    });
    let make = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let pack = asked.with_untracked(|asked| PackRequest {
            event,
            language: asked.language.clone(),
            top: asked.top,
            period: asked.period.clone(),
            contact: asked.contact.clone(),
            records: records.get_untracked(),
        });
        closed.set(None);
        said.set(None);
        making.stop.set(false);
        making.progress.set(Some(Progress::default()));
        spawn_local(async move {
            match write(competition, pack, making).await {
                Ok(Some(pack)) => closed.try_set(Some(pack)),
                Ok(None) => {
                    said.try_set(Some(t("documents-pack-stopped")));
                    None
                }
                Err(error) => {
                    said.try_set(Some(wire_error(&error)));
                    None
                }
            };
            making.progress.try_set(None);
        });
    };
    let can_open = move || session.status.with(|status| status.as_ref().is_some_and(|status| status.can_open_files));
    let busy = move || making.progress.with(Option::is_some);
    view! {
        <section class="card documents-pack" data-testid="pack">
            <h2>{move || t("documents-pack")}</h2>
            <p>{move || t("documents-pack-about")}</p>
            <Unnumbered asked=asked />
            <Show when=move || session.status.with(|status| status.as_ref().is_none_or(|status| status.has_file))><label class="check">
                <input type="checkbox" data-testid="pack-records" prop:checked=move || records.get() on:change=move |_| records.update(|on| *on = !*on) />
                <span>{move || t("documents-pack-records")}</span>
            </label></Show>
            <div class="documents-tools">
                <button class="btn primary" data-testid="pack-make" prop:disabled=busy on:click=make>{move || t("documents-pack-make")}</button>
                <Show when=busy>
                    <button class="btn" data-testid="pack-stop" prop:disabled=move || making.stop.get() on:click=move |_| making.stop.set(true)>
                        {move || t("documents-pack-stop")}
                    </button>
                </Show>
            </div>
            <div role="status" aria-live="polite">
                {move || making.progress.get().map(|progress| view! {
                    <label class="documents-progress">
                        <span data-testid="pack-progress">{tx("documents-pack-progress", &[
                            ("done", &progress.done.to_string()), ("all", &progress.all.to_string()), ("part", &progress.part),
                        ])}</span>
                        <progress value=progress.done.to_string() max=progress.all.max(1).to_string()></progress>
                    </label>
                })}
                {move || said.get().map(|said| view! { <p class="marks-banner warn" data-testid="pack-said">{said}</p> })}
                {move || closed.get().map(|(pack, glyphs)| view! {
                    {finished(pack, can_open(), said)}
                    {missing(glyphs.into_iter().collect(), "pack-missing-glyphs")}
                })}
            </div>
        </section>
    }
}

fn finished(pack: ClosedPack, can_open: bool, said: RwSignal<Option<String>>) -> impl IntoView {
    let (folder, zip) = (pack.folder.clone(), pack.zip.clone());
    let open = move |_| {
        let path = folder.clone();
        spawn_local(async move {
            if let Err(error) = call(OpenFile { path }).await {
                said.try_set(Some(wire_error(&error)));
            }
        });
    };
    let fetch = move |_| {
        let path = zip.clone();
        spawn_local(async move {
            match call(FetchFile { path }).await {
                Ok(file) => download(&file),
                Err(error) => {
                    said.try_set(Some(wire_error(&error)));
                }
            }
        });
    };
    view! {
        <div class="documents-saved">
            <span>{t("documents-saved")}</span>
            <code data-testid="pack-path">{pack.folder}</code>
            {can_open.then(|| view! { <button class="btn" data-testid="pack-open" on:click=open>{t("documents-pack-open")}</button> })}
            <button class="btn" data-testid="pack-download" on:click=fetch>{t("documents-pack-download")}</button>
        </div>
    }
}

/// Writes a pack part by part; `None` when it was stopped. What was written of a pack that is not finished is dropped.
async fn write(
    competition: CompetitionId,
    pack: PackRequest,
    making: Making,
) -> Result<Option<(ClosedPack, Glyphs)>, WireError> {
    let begun = call(BeginPack { competition: competition.clone(), pack: pack.clone() }).await?;
    let all = begun.parts.len();
    let (mut result, mut glyphs) = (Ok(()), Glyphs::new());
    for ((done, part), number) in begun.parts.into_iter().enumerate().zip(0..) {
        if making.stop.try_get_untracked().unwrap_or(true) {
            call(DropPack { competition, id: begun.id }).await?;
            return Ok(None);
        }
        making.progress.try_set(Some(Progress { part, done, all }));
        let (competition, pack, id) = (competition.clone(), pack.clone(), begun.id.clone());
        let written = call(WritePart { competition, pack, id, facts: begun.facts, part: number }).await;
        result = written.map(|part| glyphs.extend(part.missing_glyphs));
        if result.is_err() {
            break;
        }
    }
    let closed = match result {
        Ok(()) => {
            let (competition, id) = (competition.clone(), begun.id.clone());
            call(ClosePack { competition, pack, id, facts: begun.facts }).await
        }
        Err(error) => Err(error),
    };
    match closed {
        Ok(closed) => Ok(Some((closed, glyphs))),
        Err(error) => {
            // The first fault is what the person has to know.
            let _ = call(DropPack { competition, id: begun.id }).await;
            Err(error)
        }
    }
}
