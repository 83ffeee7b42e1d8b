//! Registration: the list of entries, by hand and from a file, numbers and withdrawals.

mod entry;
mod erase;
mod number;
mod status;

use crate::backend::call;
use crate::components::{Flow, ImportDialog};
use crate::i18n::{language, t, tx, wire_error};
use crate::pages::history::dialog::HistoryDialog;
use crate::session::{Session, use_session};
use entry::EntryDialog;
use erase::EraseDialog;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::About;
use jiangsai_domain::command::marks::MarksPreview;
use jiangsai_domain::command::registration::{
    EntryList, EntryRow, FieldId, Form, ImportRoster, ListEntries, PreviewRoster, RosterTemplate,
};
use jiangsai_domain::form::{choices, in_use};
use jiangsai_domain::ids::{CompetitionId, EntryId, EventId};
use jiangsai_domain::import::roster::field_key;
use jiangsai_scoring::EntryStatus;
use leptos::prelude::*;
use leptos::task::spawn_local;
use number::NumberDialog;
pub use status::StatusDialog;
use std::sync::Arc;

/// What the dialog of one entry is about: a new one, or one that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Editing {
    /// A new entry.
    New,
    /// This one.
    Row(Box<EntryRow>),
}

/// The registration page.
#[component]
pub fn RegistrationPage() -> impl IntoView {
    let session = use_session();
    let list = RwSignal::new(None::<EntryList>);
    let search = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let importing = RwSignal::new(false);
    let numbering = RwSignal::new(false);
    let editing = RwSignal::new(None::<Editing>);
    let status = RwSignal::new(None::<EntryRow>);
    let erasing = RwSignal::new(None::<EntryRow>);
    let history = RwSignal::new(None::<(EntryId, String)>);
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        session.revision.track();
        let text = search.get();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else { return };
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        spawn_local(async move {
            let answer = call(ListEntries { competition, event, search: text }).await;
            if asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(found) => {
                    fault.set(None);
                    list.set(Some(found));
                }
                Err(error) => fault.set(Some(error)),
            }
        });
    });
    let changed = move || {
        session.revision.try_update(|revision| *revision += 1);
    };
    let imported = Callback::new(move |rows: u32| {
        session.say(move || tx("roster-imported", &[("count", &rows.to_string())]));
        changed();
    });
    let sealed = move || list.with(|list| list.as_ref().is_some_and(|list| list.sealed));
    let empty = move || list.with(|list| list.as_ref().is_some_and(|list| list.total == 0));
    let none_found = move || list.with(|list| list.as_ref().is_some_and(|list| list.total > 0 && list.rows.is_empty()));
    view! {
        <div class="registration">
            <header class="head">
                <h1>{move || t("registration-title")}</h1>
                <span class="sub" data-testid="entry-total">
                    {move || list.with(|list| list.as_ref().map(|list| tx("registration-total", &[("count", &list.total.to_string())])))}
                </span>
                <input
                    class="search"
                    type="search"
                    data-testid="entry-search"
                    placeholder=move || t("registration-search")
                    aria-label=move || t("registration-search")
                    on:input=move |event| search.set(event_target_value(&event))
                />
                <span class="push">
                    <button class="btn" class:primary=empty data-testid="roster-open" prop:disabled=sealed on:click=move |_| importing.set(true)>{move || t("registration-import")}</button>
                    <button class="btn" data-testid="entry-add" prop:disabled=sealed on:click=move |_| editing.set(Some(Editing::New))>{move || t("registration-add")}</button>
                    <button class="btn" data-testid="number-open" prop:disabled=move || empty() || sealed() on:click=move |_| numbering.set(true)>{move || t("registration-number")}</button>
                </span>
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{move || wire_error(&error)}</p> })}
            <Show when=sealed><p class="marks-banner" data-testid="registration-sealed">{move || t("registration-sealed")}</p></Show>
            <Show when=empty>
                <section class="card empty" data-testid="registration-empty">
                    <h2>{move || t("registration-empty-title")}</h2>
                    <p>{move || t("registration-empty-text")}</p>
                </section>
            </Show>
            <Show when=none_found>
                <p class="card empty" role="status" data-testid="registration-none-found">{move || tx("registration-none-found", &[("text", &search.get())])}</p>
            </Show>
            <div class="card scroll" tabindex="0" class:hidden=move || empty() || none_found()>
                <table>
                    <thead><tr>
                        <th>{move || t("field-number")}</th>
                        <th>{move || t("registration-place")}</th>
                        <th>{move || t("field-name")}</th>
                        <th>{move || t("field-unit")}</th>
                        <th>{move || t("registration-status")}</th>
                        <th>{move || t("field-skill-level")}</th>
                        <th>{move || t("field-document-number")}</th>
                        <th>{move || t("field-phone")}</th>
                        <th><span class="sr-only">{move || t("registration-actions")}</span></th>
                    </tr></thead>
                    <tbody>
                        {move || list.with(|list| list.as_ref().map(|list| {
                            list.rows.iter().cloned().map(|row| line(row, editing, status, erasing, history)).collect_view()
                        }))}
                    </tbody>
                </table>
            </div>
            <ImportDialog open=importing flow=flow(session) done=imported />
            <NumberDialog open=numbering done=Callback::new(move |()| changed()) />
            <EntryDialog editing=editing fields=Signal::derive(move || list.with(|list| list.as_ref().map_or_else(|| in_use(&[]), |list| list.fields.clone()))) done=Callback::new(move |()| changed()) />
            <StatusDialog row=status stages=Signal::derive(move || list.with(|list| list.as_ref().map(|list| list.stages.clone()).unwrap_or_default())) done=Callback::new(move |()| changed()) />
            <EraseDialog row=erasing done=Callback::new(move |()| changed()) />
            <HistoryDialog
                about=Signal::derive(move || history.get().map(|(entry, _)| About::Entry(entry)))
                title=Signal::derive(move || history.get().map(|(_, label)| tx("registration-history", &[("entry", &label)])).unwrap_or_default())
                close=Callback::new(move |()| history.set(None))
            />
        </div>
    }
}

fn line(
    row: EntryRow,
    editing: RwSignal<Option<Editing>>,
    status: RwSignal<Option<EntryRow>>,
    erasing: RwSignal<Option<EntryRow>>,
    history: RwSignal<Option<(EntryId, String)>>,
) -> impl IntoView {
    let form = row.form.clone();
    let place = [row.session.as_str(), row.station.as_str()]
        .iter()
        .filter(|text| !text.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" · ");
    let said = row.status.map(crate::pages::marks::status_key);
    let known = row.status.is_some();
    // Of somebody who was erased there is nothing to edit.
    let open = known && !row.erased;
    let (edited, other, gone, asked) = (row.clone(), row.clone(), row.clone(), row.clone());
    let level = form.clone();
    view! {
        <tr class:off=row.status.is_some_and(|status| status != EntryStatus::Ok) data-testid=format!("entry-row-{}", row.number)>
            <td class="num">{row.number.clone()}</td>
            <td class="num">{place}</td>
            <td class="name">{text(&form, FieldId::Name)}</td>
            <td class="unit" title=text(&form, FieldId::Unit)>{text(&form, FieldId::Unit)}</td>
            <td>{move || said.map(t)}</td>
            <td class="level">{move || named(FieldId::SkillLevel, &text(&level, FieldId::SkillLevel))}</td>
            <td class="num">{text(&form, FieldId::DocumentNumber)}</td>
            <td class="num">{text(&form, FieldId::Phone)}</td>
            <td class="actions">
                <button class="btn quiet" data-testid=format!("entry-edit-{}", row.number) prop:disabled=!open on:click=move |_| editing.set(Some(Editing::Row(Box::new(edited.clone()))))>{move || t("edit")}</button>
                <button class="btn quiet" data-testid=format!("entry-status-{}", row.number) prop:disabled=!known on:click=move |_| status.set(Some(other.clone()))>{move || t("registration-status")}</button>
                <button class="btn quiet" data-testid=format!("entry-erase-{}", row.number) prop:disabled=!known on:click=move |_| erasing.set(Some(gone.clone()))>{move || t("erase-open")}</button>
                <button class="btn quiet" on:click=move |_| history.set(Some((asked.id.clone(), asked.number.clone())))>{move || t("history")}</button>
            </td>
        </tr>
    }
}

fn text(form: &Form, field: FieldId) -> String {
    form.get(&field).cloned().unwrap_or_default()
}

/// What a value of a field with fixed choices is called.
fn named(field: FieldId, code: &str) -> String {
    let language = language();
    let found = choices(field).into_iter().find(|(own, _)| *own == code);
    found.map_or_else(|| code.to_owned(), |(_, name)| name.get(&language).to_owned())
}

fn flow(session: Session) -> Flow {
    Flow {
        name: "roster",
        template: Arc::new(move || {
            let (competition, event) = place(session);
            Box::pin(call(RosterTemplate { competition, event }))
        }),
        preview: Arc::new(move |file, _| {
            let (competition, event) = place(session);
            Box::pin(async move {
                let file = call(PreviewRoster { competition, event, file }).await?;
                Ok(MarksPreview { file, questions: Vec::new(), missing: Vec::new(), changes: Vec::new() })
            })
        }),
        apply: Arc::new(move |file, token, _, _, _| {
            let (competition, event) = place(session);
            Box::pin(call(ImportRoster { competition, event, file, token }))
        }),
    }
}

/// Where one is; the application refuses an empty id with a message.
fn place(session: Session) -> (CompetitionId, EventId) {
    (session.competition.get_untracked().unwrap_or_default(), session.event.get_untracked().unwrap_or_default())
}

/// Locale key of a field's label.
pub(super) fn label(field: FieldId) -> String {
    field_key(field)
}
