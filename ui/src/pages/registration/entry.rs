//! One entry by hand: every field in use, what is wrong said beside it.

use super::{Editing, label};
use crate::backend::call;
use crate::components::{Dialog, Foresight};
use crate::i18n::{language, message, t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::foresee::Step;
use jiangsai_domain::command::registration::{AddEntry, EditEntry, FieldFault, FieldId, Form, Saved};
use jiangsai_domain::form::{choices, is_required};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// The dialog.
#[component]
pub fn EntryDialog(
    /// What it is about; closed while `None`.
    editing: RwSignal<Option<Editing>>,
    /// Fields in use.
    fields: Signal<Vec<FieldId>>,
    /// Called after it was saved.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let form = RwSignal::new(Form::new());
    let reason = RwSignal::new(String::new());
    let faults = RwSignal::new(Vec::<FieldFault>::new());
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        let start = match editing.get() {
            Some(Editing::Row(row)) => row.form.clone(),
            Some(Editing::New) | None => Form::new(),
        };
        form.set(start);
        reason.set(String::new());
        faults.set(Vec::new());
        fault.set(None);
    });
    let is_new = move || editing.with(|editing| matches!(editing, Some(Editing::New)));
    // A name that stands on a document that is out, or a datum that the rules look at.
    let steps = Signal::derive(move || {
        let (Some(competition), Some(Editing::Row(row))) = (session.competition.get(), editing.get()) else {
            return Vec::new();
        };
        let form = form.get();
        if form == row.form {
            return Vec::new();
        }
        let (entry, replaces, reason) = (row.id.clone(), row.facts.clone(), String::new());
        vec![Step::Person(EditEntry { competition, entry, form, replaces, reason })]
    });
    let save = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let (form, reason, what) = (form.get_untracked(), reason.get_untracked(), editing.get_untracked());
        spawn_local(async move {
            let answer = match what {
                Some(Editing::New) => call(AddEntry { competition, event, form }).await,
                Some(Editing::Row(row)) => {
                    call(EditEntry { competition, entry: row.id, form, replaces: row.facts, reason }).await
                }
                None => return,
            };
            match answer {
                Ok(Saved::Saved(_)) => {
                    editing.try_set(None);
                    done.run(());
                }
                Ok(Saved::Refused(found)) => {
                    fault.try_set(None);
                    faults.try_set(found);
                    request_animation_frame(first_wrong);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            title=Signal::derive(move || t(if is_new() { "entry-new" } else { "entry-edit" }))
            close=Callback::new(move |()| editing.set(None))
            testid="entry"
            wide=true
        >
            <form on:submit=move |event| { event.prevent_default(); save(); }>
                <div class="fields">
                    {move || fields.get().into_iter().map(|id| field(id, form, faults)).collect_view()}
                </div>
                <Foresight steps=steps quiet=true />
                <Show when=move || !is_new()>
                    <label class="field">
                        <span>{move || t("reason")}</span>
                        <input data-testid="entry-reason" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
                    </label>
                </Show>
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="entry-fault">{move || wire_error(&error)}</p> })}
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| editing.set(None)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="entry-save">{move || t("save")}</button>
                </p>
            </form>
        </Dialog>
    }
}

/// Brings the keyboard to the first field that must be mended.
fn first_wrong() {
    let field = document().query_selector("dialog[open] [aria-invalid='true']").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A field that cannot take the focus says what is wrong all the same.
        let _ = field.focus();
    }
}

fn field(id: FieldId, form: RwSignal<Form>, faults: RwSignal<Vec<FieldFault>>) -> impl IntoView {
    let wrong = move || {
        faults.with(|faults| {
            faults.iter().find(|fault| fault.field == id).map(|fault| message(&fault.why.0, &fault.why.1))
        })
    };
    let now = move || form.with(|form| form.get(&id).cloned().unwrap_or_default());
    let set = move |text: String| {
        form.update(|form| {
            if text.is_empty() {
                form.remove(&id);
            } else {
                form.insert(id, text);
            }
        })
    };
    let testid = format!("entry-{}", label(id));
    let invalid = move || wrong().is_some().to_string();
    let input = if choices(id).is_empty() {
        view! {
            <input data-testid=testid maxlength="500" autocomplete="off" aria-invalid=invalid prop:value=now on:input=move |event| set(event_target_value(&event)) />
        }
        .into_any()
    } else {
        let options = move || {
            let chosen = now();
            let language = language();
            choices(id)
                .into_iter()
                .map(|(code, name)| {
                    view! {
                        <option value=code selected=code == chosen>{name.get(&language).to_owned()}</option>
                    }
                })
                .collect_view()
        };
        view! {
            <select data-testid=testid aria-invalid=invalid on:change=move |event| set(event_target_value(&event))>
                <option value=""></option>
                {options}
            </select>
        }
        .into_any()
    };
    view! {
        <label class="field">
            <span class:must=is_required(id)>{move || t(&label(id))}</span>
            {input}
            {move || wrong().map(|words| view! { <span class="wrong" role="alert">{words}</span> })}
        </label>
    }
}
