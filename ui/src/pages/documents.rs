//! The page for prints and exports: which document on the left, its pages as they will be printed on the right.

mod kinds;
mod options;
mod preview;
mod save;

use crate::backend::call;
use crate::i18n::{language, t};
use crate::session::use_session;
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::command::marks::{SheetOf, ShowSheet};
use kinds::{Asked, KINDS, Kind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use options::{Modules, options};
use preview::Preview;
use save::SaveBar;

/// The page for prints and exports.
#[component]
pub fn DocumentsPage() -> impl IntoView {
    let session = use_session();
    let asked = RwSignal::new(Asked { language: language(), ..Asked::default() });
    let modules = RwSignal::new(Modules::default());
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
    let document = Signal::derive(move || {
        let event = session.event.get()?;
        let asked = asked.get();
        Some(DocumentRequest { event, kind: asked.kind()?, language: asked.language })
    });
    let kinds = KINDS.iter().map(|kind| one(*kind, asked)).collect_view();
    view! {
        <div>
            <header class="head"><h1 data-testid="documents-title">{move || t("documents-title")}</h1></header>
            <div class="documents">
                <div>
                    <section class="card documents-kinds" role="group" aria-label=move || t("documents-kinds")>{kinds}</section>
                    {options(asked, modules)}
                </div>
                <section class="documents-view">
                    <SaveBar document=document />
                    <Preview document=document paged=Signal::derive(move || asked.with(|asked| asked.which.paged())) />
                </section>
            </div>
        </div>
    }
}

fn one(kind: Kind, asked: RwSignal<Asked>) -> impl IntoView {
    view! {
        <button
            class="documents-kind"
            data-testid=format!("doc-kind-{}", kind.id())
            aria-pressed=move || if asked.with(|asked| asked.which == kind) { "true" } else { "false" }
            on:click=move |_| asked.update(|asked| asked.which = kind)
        >
            <b>{move || t(kind.name_key())}</b>
            <small>{move || t(kind.about_key())}</small>
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
