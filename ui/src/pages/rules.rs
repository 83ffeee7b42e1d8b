//! The rulebook of the event: the tree in words, the document, and putting another in its place with the effect shown before.

mod editor;
mod scheme;

use self::scheme::SchemeImport;
use crate::backend::call;
use crate::components::Dialog;
use crate::i18n::{language, t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{ReplaceRulebook, RuleLine, RulebookChange, RulebookView, ShowRulebook};
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
    view! {
        <div class="rules">
            <header class="head">
                <h1>{move || t("rules-title")}</h1>
                <span class="sub">{move || view_of.with(|view| view.as_ref().map(|view| format!(
                    "{} · {}",
                    view.title.get(&language()),
                    tx("rules-version", &[("version", &view.version.to_string()), ("hash", view.hash.get(..12).unwrap_or_default())])
                )))}</span>
                <span class="push">
                    <button class="btn" data-testid="rules-json" on:click=move |_| shown.update(|on| *on = !*on)>{move || t("rules-json")}</button>
                    <button class="btn" data-testid="rules-replace" on:click=move |_| replacing.set(true)>{move || t("rules-replace")}</button>
                </span>
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{move || wire_error(&error)}</p> })}
            <Show when=move || shown.get()>
                <pre class="card" tabindex="0" data-testid="rules-document">{move || view_of.with(|view| view.as_ref().map(|view| view.json.clone()))}</pre>
            </Show>
            <div class="card scroll" data-testid="rules-lines">
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
            {replace(replacing, view_of)}
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

fn replace(open: RwSignal<bool>, view_of: RwSignal<Option<RulebookView>>) -> impl IntoView {
    let session = use_session();
    let json = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let change = RwSignal::new(None::<RulebookChange>);
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        if open.get() {
            json.set(view_of.with_untracked(|view| view.as_ref().map(|view| view.json.clone()).unwrap_or_default()));
            change.set(None);
            fault.set(None);
        }
    });
    let send = move |preview: bool| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let command =
            ReplaceRulebook { competition, event, json: json.get_untracked(), reason: reason.get_untracked(), preview };
        spawn_local(async move {
            match call(command).await {
                Ok(answer) if answer.applied => {
                    open.try_set(false);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Ok(answer) => {
                    fault.try_set(None);
                    change.try_set(Some(answer));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let taken = Callback::new(move |made: String| {
        json.set(made);
        change.set(None);
        fault.set(None);
    });
    let effect = move || {
        change.get().map(|change| {
        let (count, orphaned) = (change.changes.len().to_string(), change.orphaned.to_string());
        let rows = change.changes.into_iter().map(|(number, before, after)| view! {
            <tr><td>{number}</td><td class="num">{before}</td><td class="num">{after}</td></tr>
        });
        view! {
            <p data-testid="rules-effect">{move || tx("rules-effect", &[("count", &count), ("orphaned", &orphaned)])}</p>
            <div class="scroll short card"><table>
                <thead><tr><th>{move || t("entry-number")}</th><th class="num">{move || t("rules-before")}</th><th class="num">{move || t("rules-after")}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table></div>
        }
    })
    };
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t("rules-replace-title"))
            close=Callback::new(move |()| open.set(false))
            testid="rules-dialog"
            wide=true
        >
            <p>{move || t("rules-replace-about")}</p>
            <p class="actions"><SchemeImport done=taken /></p>
            <label class="field">
                <span>{move || t("rules-document")}</span>
                <textarea data-testid="rules-text" spellcheck="false" prop:value=move || json.get() on:input=move |event| {
                    json.set(event_target_value(&event));
                    change.set(None);
                }></textarea>
            </label>
            <label class="field">
                <span>{move || t("reason")}</span>
                <input data-testid="rules-reason" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
            </label>
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="rules-fault">{move || wire_error(&error)}</p> })}
            {effect}
            <p class="dialog-actions">
                <button class="btn" on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                <button class="btn" data-testid="rules-preview" on:click=move |_| send(true)>{move || t("rules-preview")}</button>
                <button class="btn primary" data-testid="rules-apply" prop:disabled=move || change.with(Option::is_none) on:click=move |_| send(false)>
                    {move || t("rules-apply")}
                </button>
            </p>
        </Dialog>
    }
}
