//! The rulebook of the event: the tree in words, its parameters and versions, the document, and putting another in its place with the effect shown before.

mod editor;
mod parameters;
mod replace;
mod said;
mod scheme;
mod versions;

use self::editor::Editor;
use self::parameters::Parameters;
use self::replace::Replace;
use self::said::Said;
use self::versions::Versions;
use crate::backend::call;
use crate::i18n::{language, t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{RuleLine, RulebookView, ShowRulebook};
use jiangsai_scoring::Rulebook;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The rules page.
#[component]
pub fn RulesPage() -> impl IntoView {
    let session = use_session();
    let view_of = RwSignal::new(None::<RulebookView>);
    let fault = RwSignal::new(None::<WireError>);
    let replacing = RwSignal::new(false);
    let shown = RwSignal::new(false);
    let editing = RwSignal::new(None::<Rulebook>);
    let edit = move |_| {
        // The stored document was checked when it was stored.
        editing.set(view_of.with_untracked(|view| view.as_ref().and_then(|view| Rulebook::from_json(&view.json).ok())));
    };
    Effect::new(move |_| {
        session.revision.track();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else { return };
        spawn_local(async move {
            match call(ShowRulebook { competition, event }).await {
                Ok(answer) => {
                    view_of.try_set(Some(answer));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let document =
        Signal::derive(move || view_of.with(|view| view.as_ref().map(|view| view.json.clone()).unwrap_or_default()));
    view! {
        {move || editing.get().map(|rulebook| view! { <Editor rulebook=rulebook leave=Callback::new(move |()| editing.set(None)) /> })}
        <div class="rules" class:hidden=move || editing.with(Option::is_some)>
            <header class="head">
                <h1>{move || t("rules-title")}</h1>
                <span class="sub">{move || view_of.with(|view| view.as_ref().map(|view| format!(
                    "{} · {}",
                    view.title.get(&language()),
                    tx("rules-version", &[("version", &view.version.to_string()), ("hash", view.hash.get(..12).unwrap_or_default())])
                )))}</span>
                <span class="push">
                    <button class="btn" data-testid="rules-json" on:click=move |_| shown.update(|on| *on = !*on)>{move || t("rules-json")}</button>
                    <button class="btn primary" data-testid="rules-edit" prop:disabled=move || view_of.with(Option::is_none) on:click=edit>{move || t("rules-edit")}</button>
                    <button class="btn" data-testid="rules-replace" on:click=move |_| replacing.set(true)>{move || t("rules-replace")}</button>
                </span>
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{move || wire_error(&error)}</p> })}
            <Show when=move || shown.get()>
                <pre class="card" tabindex="0" data-testid="rules-document">{move || view_of.with(|view| view.as_ref().map(|view| view.json.clone()))}</pre>
            </Show>
            <div class="card scroll" tabindex="0" data-testid="rules-lines">
                <table>
                    <thead><tr>
                        <th>{move || t("rules-col-id")}</th>
                        <th>{move || t("rules-col-name")}</th>
                        <th class="num">{move || t("rules-col-max")}</th>
                        <th>{move || t("rules-col-how")}</th>
                    </tr></thead>
                    <tbody>{move || view_of.with(|view| view.as_ref().map(|view| view.lines.iter().map(line).collect_view()))}</tbody>
                </table>
            </div>
            <Parameters />
            <Said document=document />
            <Versions versions=Signal::derive(move || view_of.with(|view| view.as_ref().map(|view| view.versions.clone()).unwrap_or_default())) />
            <Replace open=replacing document=document done=Callback::new(|()| ()) />
        </div>
    }
}

fn line(line: &RuleLine) -> impl IntoView + use<> {
    let (name, how) = (line.name.clone(), line.how.clone());
    view! {
        <tr data-depth=line.depth.to_string()>
            <td class="id">{line.id.clone()}</td>
            <td class="name">{move || name.get(&language()).to_owned()}</td>
            <td class="num">{line.max.clone()}</td>
            <td class="how">{move || how.get(&language()).to_owned()}</td>
        </tr>
    }
}
