//! The page for prints and exports: which document on the left, its pages as they will be printed on the right.

mod asked;
mod certificates;
mod glyphs;
mod kinds;
mod lacking;
mod layouts;
mod options;
mod pack;
mod preview;
mod save;
mod unnumbered;
mod whom;
mod writing;

use crate::backend::call;
use crate::i18n::t;
use crate::session::use_session;
use asked::Asked;
use certificates::CertificatesPanel;
use jiangsai_domain::command::files::{DocumentRequest, FileFormat};
use jiangsai_domain::command::marks::{SheetOf, ShowSheet};
use kinds::{GROUPS, Kind};
use layouts::LayoutsPanel;
use leptos::prelude::*;
use leptos::task::spawn_local;
use options::{Modules, options};
use pack::PackPanel;
use preview::Preview;
pub use save::SaveBar;

/// The page for prints and exports.
#[component]
pub fn DocumentsPage() -> impl IntoView {
    let session = use_session();
    let asked = RwSignal::new(Asked::new());
    let modules = RwSignal::new(Modules::default());
    if let Some(kind) = session.document.get_untracked() {
        asked.update(|asked| asked.take(&kind));
        session.document.set(None);
    }
    Effect::new(move |_| {
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else {
            return;
        };
        spawn_local(async move {
            if let Ok(sheet) = call(ShowSheet { competition, event, of: None }).await {
                let found = modules_of(&sheet.choices);
                if let Some((first, _)) = found.first() {
                    asked.try_update(|asked| {
                        if asked.module.is_empty() {
                            asked.module.clone_from(first);
                        }
                    });
                }
                modules.try_set(found);
            }
        });
    });
    let document = Signal::derive(move || asked.get().request(session.event.get()?));
    // What is looked at are pages, whatever it is saved as.
    let looked_at = Memo::new(move |_| Some(DocumentRequest { format: FileFormat::Pdf, ..document.get()? }));
    let groups = GROUPS.iter().map(|(key, kinds)| {
        let kinds = kinds.iter().map(|kind| one(*kind, asked)).collect_view();
        view! { <h2 class="documents-group">{move || t(key)}</h2> {kinds} }
    });
    let groups = groups.collect_view();
    let certificates = move || asked.with(|asked| asked.which == Kind::Certificates);
    view! {
        <div>
            <header class="head"><h1 data-testid="documents-title">{move || t("documents-title")}</h1></header>
            <div class="documents">
                <div>
                    <PackPanel asked=asked />
                    <section class="card documents-kinds" role="group" aria-label=move || t("documents-kinds")>{groups}</section>
                    <LayoutsPanel />
                </div>
                <section class="documents-view" aria-labelledby="doc-title">
                    <h2 id="doc-title" data-testid="doc-title">{move || t(&format!("documents-kind-{}", asked.with(|asked| asked.which.id())))}</h2>
                    {lacking::lacking(asked)}
                    {options(asked, modules)}
                    <Show when=certificates><CertificatesPanel asked=asked /></Show>
                    <SaveBar document=document />
                    <Preview document=looked_at.into() paged=Signal::derive(move || asked.with(|asked| asked.which.paged())) />
                </section>
            </div>
        </div>
    }
}

fn one(kind: Kind, asked: RwSignal<Asked>) -> impl IntoView {
    let key = format!("documents-kind-{}", kind.id());
    let about = format!("{key}-about");
    view! {
        <button
            class="documents-kind"
            data-testid=format!("doc-kind-{}", kind.id())
            aria-pressed=move || if asked.with(|asked| asked.which == kind) { "true" } else { "false" }
            on:click=move |_| asked.update(|asked| asked.which = kind)
        >
            <b>{move || t(&key)}</b>
            <small>{move || t(&about)}</small>
        </button>
    }
}

/// The modules that have something to mark, in reading order: id and name.
fn modules_of(choices: &[jiangsai_domain::command::marks::SheetChoice]) -> Modules {
    let mut found = Modules::default();
    for choice in choices {
        if let SheetOf::Module { module, .. } = &choice.of
            && !found.iter().any(|(id, _)| id == module)
        {
            found.push((module.clone(), choice.module.clone()));
        }
    }
    found
}
