//! How documents look: the template in use to be changed, an organiser's own in its place, ours back.

use crate::backend::call;
use crate::files::{download, read_chosen};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::files::Upload;
use jiangsai_domain::command::layouts::{FetchLayout, LayoutRow, ListLayouts, SetLayout};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The panel, folded until it is wanted. The preview follows a new template: the session's revision is counted up.
#[component]
pub fn LayoutsPanel() -> impl IntoView {
    let session = use_session();
    let rows = RwSignal::new(Vec::<LayoutRow>::new());
    let which = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    let answered = move |answer: Result<Vec<LayoutRow>, WireError>| {
        fault.try_set(answer.as_ref().err().map(wire_error));
        if let Ok(found) = answer {
            which.try_update(|which| {
                if which.is_empty()
                    && let Some(last) = found.last()
                {
                    which.clone_from(&last.name);
                }
            });
            rows.try_set(found);
        }
    };
    Effect::new(move |_| spawn_local(async move { answered(call(ListLayouts {}).await) }));
    let own = move || rows.with(|rows| rows.iter().any(|row| row.own && which.with(|which| *which == row.name)));
    let fetch = move |_| {
        let name = which.get_untracked();
        spawn_local(async move {
            match call(FetchLayout { name }).await {
                Ok(file) => download(&file),
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
        });
    };
    let set = move |file: Option<Upload>| {
        let name = which.get_untracked();
        spawn_local(async move {
            let answer = call(SetLayout { name, file }).await;
            if answer.is_ok() {
                session.say(move || t("documents-template-taken"));
                session.revision.try_update(|revision| *revision += 1);
            }
            answered(answer);
        });
    };
    let choose = move |event: leptos::ev::Event| {
        let Some(file) = read_chosen(&event) else { return };
        spawn_local(async move {
            match file.await {
                Ok(upload) => set(Some(upload)),
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
        });
    };
    let option = move |row: LayoutRow| {
        let stem = row.name.rsplit_once('.').map_or(row.name.as_str(), |(stem, _)| stem).to_owned();
        let chosen = row.name.clone();
        let words = move || {
            let what = t(&format!("documents-template-{stem}"));
            if row.own { tx("documents-template-own", &[("what", &what)]) } else { what }
        };
        view! { <option value=row.name.clone() prop:selected=move || which.with(|which| *which == chosen)>{words}</option> }
    };
    let about = move || {
        if which.with(|which| which.ends_with(".docx")) {
            "documents-template-about-letter"
        } else {
            "documents-template-about"
        }
    };
    view! {
        <details class="card documents-templates" data-testid="templates">
            <summary>{move || t("documents-templates")}</summary>
            <div class="documents-options">
                <label>
                    <span>{move || t("documents-template-which")}</span>
                    <select data-testid="template-which" on:change=move |event| which.set(event_target_value(&event))>
                        {move || rows.get().into_iter().map(option).collect_view()}
                    </select>
                </label>
                <p>{move || t(about())}</p>
                <div class="documents-tools">
                    <button class="btn" data-testid="template-fetch" on:click=fetch>{move || t("documents-template-fetch")}</button>
                    <button class="btn" data-testid="template-ours" prop:disabled=move || !own() on:click=move |_| set(None)>{move || t("documents-template-ours")}</button>
                </div>
                <label>
                    <span>{move || t("documents-template-set")}</span>
                    <input type="file" accept=".typ,.docx" data-testid="template-file" on:change=choose />
                </label>
                {move || fault.get().map(|fault| view! { <p class="marks-banner bad" role="alert" data-testid="template-fault">{fault}</p> })}
            </div>
        </details>
    }
}
