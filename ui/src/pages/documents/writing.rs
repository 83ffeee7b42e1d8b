//! Writing files part by part, as the result pack and long documents are: how far it is, a way to stop between any two parts, and what came of
//! it.

use super::glyphs::missing;
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

/// How far it is: the part that is being written, how many are, and how many there will be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Progress {
    part: String,
    done: usize,
    all: usize,
}

/// Characters that no font has, with where they stand, of all parts.
type Glyphs = BTreeSet<(String, String)>;

/// Something that is written. Copies are the same.
#[derive(Clone, Copy)]
pub struct Writing {
    progress: RwSignal<Option<Progress>>,
    /// Somebody asked to stop; looked at between two parts.
    stop: RwSignal<bool>,
    /// What is on this computer now.
    closed: RwSignal<Option<(ClosedPack, Glyphs)>>,
    /// What became of it otherwise.
    said: RwSignal<Option<String>>,
    /// The beginning of its test ids.
    name: &'static str,
}

impl Writing {
    /// Nothing is written yet.
    pub fn new(name: &'static str) -> Self {
        let own = Self {
            progress: RwSignal::new(None),
            stop: RwSignal::new(false),
            closed: RwSignal::new(None),
            said: RwSignal::new(None),
            name,
        };
        // Who leaves the page does not look on any more.
        on_cleanup(move || {
            own.stop.try_set(true);
        });
        own
    }

    /// Is something being written?
    pub fn is_busy(self) -> bool {
        self.progress.with(Option::is_some)
    }

    /// Forgets what came of the last one; what is being written goes on.
    pub fn forget(self) {
        if self.progress.with_untracked(Option::is_none) {
            self.closed.set(None);
            self.said.set(None);
        }
    }

    /// Writes all parts; the path of the .zip, or nothing when it was stopped or did not succeed.
    pub async fn write(self, competition: CompetitionId, pack: PackRequest) -> Option<String> {
        self.closed.try_set(None);
        self.said.try_set(None);
        self.stop.try_set(false);
        self.progress.try_set(Some(Progress::default()));
        let written = write(competition, pack, self).await;
        self.progress.try_set(None);
        let said = match written {
            Ok(Some(pack)) => {
                let zip = pack.0.zip.clone();
                self.closed.try_set(Some(pack));
                return Some(zip);
            }
            Ok(None) => t("documents-pack-stopped"),
            Err(error) => wire_error(&error),
        };
        self.said.try_set(Some(said));
        None
    }

    /// The button that stops it.
    pub fn stopping(self) -> impl IntoView {
        view! {
            <Show when=move || self.is_busy()>
                <button class="btn" data-testid=format!("{}-stop", self.name) prop:disabled=move || self.stop.get() on:click=move |_| self.stop.set(true)>
                    {move || t("documents-pack-stop")}
                </button>
            </Show>
        }
    }

    /// How far it is, and what came of it.
    pub fn shown(self) -> impl IntoView {
        let name = self.name;
        view! {
            <div role="status" aria-live="polite">
                {move || self.progress.get().map(|progress| view! {
                    <label class="documents-progress">
                        <span data-testid=format!("{name}-progress")>{tx("documents-pack-progress", &[
                            ("done", &progress.done.to_string()), ("all", &progress.all.to_string()), ("part", &progress.part),
                        ])}</span>
                        <progress value=progress.done.to_string() max=progress.all.max(1).to_string()></progress>
                    </label>
                })}
                {move || self.said.get().map(|said| view! { <p class="marks-banner warn" data-testid=format!("{name}-said")>{said}</p> })}
                {move || self.closed.get().map(|(pack, glyphs)| view! {
                    {self.finished(pack)}
                    {missing(glyphs.into_iter().collect(), "pack-missing-glyphs")}
                })}
            </div>
        }
    }

    fn finished(self, pack: ClosedPack) -> impl IntoView {
        let session = use_session();
        let can_open =
            session.status.with_untracked(|status| status.as_ref().is_some_and(|status| status.can_open_files));
        let (name, folder, zip) = (self.name, pack.folder.clone(), pack.zip.clone());
        let open = move |_| {
            let path = folder.clone();
            spawn_local(async move {
                if let Err(error) = call(OpenFile { path }).await {
                    self.said.try_set(Some(wire_error(&error)));
                }
            });
        };
        let fetch = move |_| {
            let zip = zip.clone();
            spawn_local(async move { self.fetch(zip).await });
        };
        view! {
            <div class="documents-saved">
                <span>{t("documents-saved")}</span>
                <code data-testid=format!("{name}-path")>{pack.folder}</code>
                {can_open.then(|| view! { <button class="btn" data-testid=format!("{name}-open") on:click=open>{t("documents-pack-open")}</button> })}
                <button class="btn" data-testid=format!("{name}-download") on:click=fetch>{t("documents-pack-download")}</button>
            </div>
        }
    }

    /// Hands the .zip to the browser's downloads.
    pub async fn fetch(self, path: String) {
        match call(FetchFile { path }).await {
            Ok(file) => download(&file),
            Err(error) => {
                self.said.try_set(Some(wire_error(&error)));
            }
        }
    }
}

/// Writes part by part; `None` when it was stopped. What was written of a pack that is not finished is dropped.
async fn write(
    competition: CompetitionId,
    pack: PackRequest,
    writing: Writing,
) -> Result<Option<(ClosedPack, Glyphs)>, WireError> {
    let begun = call(BeginPack { competition: competition.clone(), pack: pack.clone() }).await?;
    let all = begun.parts.len();
    let (mut result, mut glyphs) = (Ok(()), Glyphs::new());
    for ((done, part), number) in begun.parts.into_iter().enumerate().zip(0..) {
        if writing.stop.try_get_untracked().unwrap_or(true) {
            call(DropPack { competition, id: begun.id }).await?;
            return Ok(None);
        }
        writing.progress.try_set(Some(Progress { part, done, all }));
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
