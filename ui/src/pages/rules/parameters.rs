//! The parameters of the rules: which values they have, which are missing, filling them in with the effect shown before.

mod table;

use crate::backend::call;
use crate::components::EffectDialog;
use crate::components::effect::{Answer, Step};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::parameters::{ParameterValue, ParametersView, SetParameters, ShowParameters};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// What was typed and not saved, by parameter and by the text that chooses the value.
pub(super) type Typed = RwSignal<BTreeMap<(String, String), String>>;

/// The section; nothing where the rules have no parameters.
#[component]
pub fn Parameters() -> impl IntoView {
    let session = use_session();
    let shown = RwSignal::new(None::<ParametersView>);
    let fault = RwSignal::new(None::<WireError>);
    let typed: Typed = RwSignal::new(BTreeMap::new());
    let asking = RwSignal::new(false);
    let saved = RwSignal::new(false);
    Effect::new(move |_| {
        session.revision.track();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else { return };
        spawn_local(async move {
            match call(ShowParameters { competition, event }).await {
                Ok(answer) => {
                    shown.try_set(Some(answer));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let send = move |(preview, reason): Step| {
        let (competition, event) = (session.competition.get_untracked()?, session.event.get_untracked()?);
        let values = shown.with_untracked(|view| typed.with_untracked(|typed| values(view.as_ref(), typed)));
        let command = SetParameters { competition, event, values, reason, preview };
        Some(Box::pin(call(command)) as Answer)
    };
    let done = Callback::new(move |()| {
        typed.set(BTreeMap::new());
        saved.set(true);
    });
    let send = Callback::new(send);
    let save = move |_| {
        fault.set(None);
        if shown.with_untracked(|view| view.as_ref().is_some_and(|view| view.in_use)) {
            asking.set(true);
            return;
        }
        // Nothing is marked: nobody's result can change.
        let Some(answer) = send.run((false, String::new())) else { return };
        spawn_local(async move {
            match answer.await {
                Ok(_) => {
                    done.try_run(());
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let count = move || typed.with(BTreeMap::len).to_string();
    let some = move || shown.with(|view| view.as_ref().is_some_and(|view| !view.parameters.is_empty()));
    let in_use = move || shown.with(|view| view.as_ref().is_some_and(|view| view.in_use));
    let missing = move || {
        shown.with(|view| {
            let cells = view.iter().flat_map(|view| &view.parameters).flat_map(|parameter| &parameter.cells);
            cells.filter(|cell| cell.missing).count()
        })
    };
    view! {
        <Show when=some>
            <section class="card pad parameters" aria-label=move || t("parameters-title") data-testid="parameters">
                <h2>
                    {move || t("parameters-title")}" "
                    {move || match missing() {
                        0 => view! { <span class="tag ok" data-testid="parameters-state">{t("parameters-complete")}</span> }.into_any(),
                        count => view! { <span class="tag warn" data-testid="parameters-state">{tx("parameters-missing-count", &[("count", &count.to_string())])}</span> }.into_any(),
                    }}
                </h2>
                <p class="sub">{move || t("parameters-about")}{move || in_use().then(|| format!(" {}", t("parameters-about-in-use")))}</p>
                {move || shown.get().map(|view| table::tables(view, typed, saved))}
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="parameters-fault">{move || wire_error(&error)}</p> })}
                <p class="actions">
                    <button class="btn primary" data-testid="parameters-save" prop:disabled=move || typed.with(BTreeMap::is_empty) on:click=save>{move || t("parameters-save")}</button>
                    <button class="btn" data-testid="parameters-drop" prop:disabled=move || typed.with(BTreeMap::is_empty) on:click=move |_| typed.set(BTreeMap::new())>{move || t("parameters-drop")}</button>
                    {move || (!typed.with(BTreeMap::is_empty)).then(|| view! { <span class="sub" role="status">{tx("parameters-typed", &[("count", &count())])}</span> })}
                    <Show when=move || saved.get() && typed.with(BTreeMap::is_empty)><span class="saved-text" role="status" data-testid="parameters-saved">{move || t("parameters-saved")}</span></Show>
                </p>
                <EffectDialog
                    open=asking
                    title=Signal::derive(move || t("parameters-dialog"))
                    about=Signal::derive(move || tx("parameters-dialog-about", &[("count", &count())]))
                    send=send
                    done=done
                    testid="parameters-dialog"
                    apply="parameters-apply"
                    must=Signal::derive(|| true)
                />
            </section>
        </Show>
    }
}

/// What is sent: every value typed, with the versions that were on screen.
fn values(view: Option<&ParametersView>, typed: &BTreeMap<(String, String), String>) -> Vec<ParameterValue> {
    let current = |parameter: &str, text: &str| {
        let own = view.iter().flat_map(|view| &view.parameters).find(|own| own.id.as_str() == parameter)?;
        own.cells.iter().find(|cell| cell.text == text).map(|cell| cell.current.clone())
    };
    let value = |((parameter, text), value): (&(String, String), &String)| ParameterValue {
        parameter: parameter.as_str().into(),
        text: text.clone(),
        value: value.clone(),
        replaces: current(parameter, text).unwrap_or_default(),
    };
    typed.iter().map(value).collect()
}
