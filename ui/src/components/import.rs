//! The import of a file: choose, see what it would do and every fault by cell, then all of it or nothing.

mod changes;
mod questions;

use super::{Dialog, beside};
use crate::files::{download, read_chosen};
use crate::i18n::{message, t, tx, wire_error};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::files::{File, Upload};
use jiangsai_domain::command::marks::{Answer, MarksPreview};
use jiangsai_domain::command::registration::{CellFault, ImportPreview, Imported};
use jiangsai_domain::ids::EntryId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::sync::Arc;

/// The refusal that belongs to the reason's field.
const REASON: &str = "reason-needed";

/// An answer that comes later.
pub type Later<T> = Pin<Box<dyn Future<Output = Result<T, WireError>>>>;

/// Applies a file: with the token of its preview, the answers, who was absent, and why marks on record change.
pub type Apply = Arc<dyn Fn(Upload, String, Vec<Answer>, Vec<EntryId>, String) -> Later<Imported> + Send + Sync>;

/// What an import calls.
#[derive(Clone)]
pub struct Flow {
    /// Prefix of test ids and locale keys: `roster` or `marks`.
    pub name: &'static str,
    /// An empty file to fill in.
    pub template: Arc<dyn Fn() -> Later<File> + Send + Sync>,
    /// What a file would do, with answers to its questions.
    pub preview: Arc<dyn Fn(Upload, Vec<Answer>) -> Later<MarksPreview> + Send + Sync>,
    /// Does it; with the token of the preview, the same answers, who was absent, and the reason.
    pub apply: Apply,
}

/// The dialog of an import.
#[component]
pub fn ImportDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it calls.
    flow: Flow,
    /// Called with the number of rows after they were imported.
    done: Callback<u32>,
) -> impl IntoView {
    let flow = StoredValue::new(flow);
    let name = flow.with_value(|flow| flow.name);
    let upload = RwSignal::new(None::<Upload>);
    let preview = RwSignal::new(None::<MarksPreview>);
    let answers = RwSignal::new(Vec::<Answer>::new());
    let absent = RwSignal::new(Vec::<EntryId>::new());
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let reset = move || {
        upload.set(None);
        preview.set(None);
        answers.set(Vec::new());
        absent.set(Vec::new());
        reason.set(String::new());
        fault.set(None);
    };
    let look = move |file: Upload| async move {
        let answer = flow.with_value(|flow| (flow.preview)(file, answers.get_untracked())).await;
        match answer {
            Ok(answer) => preview.try_set(Some(answer)).map(drop),
            Err(error) => fault.try_set(Some(error)).map(drop),
        };
    };
    let answered = Callback::new(move |()| {
        if let Some(file) = upload.get_untracked() {
            spawn_local(look(file));
        }
    });
    let close = Callback::new(move |()| {
        open.set(false);
        reset();
    });
    let chosen = move |event: leptos::ev::Event| {
        let Some(file) = read_chosen(&event) else { return };
        reset();
        busy.set(true);
        spawn_local(async move {
            match file.await {
                Ok(file) => {
                    upload.try_set(Some(file.clone()));
                    look(file).await;
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
            busy.try_set(false);
        });
    };
    let apply = move |_| {
        let (Some(file), Some(token)) =
            (upload.get(), preview.with(|preview| preview.as_ref().map(|preview| preview.file.token.clone())))
        else {
            return;
        };
        busy.set(true);
        fault.set(None);
        let why = reason.get_untracked();
        spawn_local(async move {
            let answer = flow
                .with_value(|flow| (flow.apply)(file, token, answers.get_untracked(), absent.get_untracked(), why))
                .await;
            busy.try_set(false);
            match answer {
                Ok(Imported::Applied(rows)) => {
                    close.run(());
                    done.run(rows);
                }
                Ok(Imported::Refused(faults)) => {
                    preview.try_update(|preview| {
                        if let Some(preview) = preview {
                            preview.file.faults = faults
                        }
                    });
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let template = move |_| {
        spawn_local(async move {
            match flow.with_value(|flow| (flow.template)()).await {
                Ok(file) => download(&file),
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let ready = move || {
        preview.with(|preview| {
            preview.as_ref().is_some_and(|preview| preview.file.faults.is_empty() && preview.file.total > 0)
        })
    };
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t(&format!("{name}-import-title")))
            close=close
            testid=name
            wide=true
        >
            <p>{move || t(&format!("{name}-import-about"))}</p>
            <div class="filebox">
                <span>{move || if busy.get() { t("import-reading") } else { t("import-choose") }}</span>
                <input type="file" accept=".xlsx,.csv,.txt" data-testid=format!("{name}-file") aria-label=move || t("import-choose") on:change=chosen />
            </div>
            {move || fault.get().filter(|error| error.code != REASON).map(|error| view! { <p class="marks-banner bad" role="alert" data-testid="import-fault">{wire_error(&error)}</p> })}
            {move || preview.get().map(|preview| view! {
                {questions::questions(name, preview.questions, answers, answered)}
                {shown(name, &preview.file)}
                {changes::changes(preview.changes, reason, beside(fault, &[REASON]))}
                {questions::missing(name, preview.missing, absent)}
            })}
            <p class="dialog-actions">
                <button class="btn" data-testid=format!("{name}-template") on:click=template>{move || t("import-template")}</button>
                <button class="btn" data-testid=format!("{name}-cancel") on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button class="btn primary" data-testid=format!("{name}-apply") prop:disabled=move || !ready() || busy.get() on:click=apply>
                    {move || preview.with(|preview| match preview {
                        Some(preview) => tx("import-apply", &[("count", &preview.file.total.to_string())]),
                        None => t("import-apply-nothing"),
                    })}
                </button>
            </p>
        </Dialog>
    }
}

/// The preview: how many rows, every fault by cell, notes, the rows as read.
fn shown(name: &'static str, preview: &ImportPreview) -> impl IntoView + use<> {
    let faults = preview.faults.clone();
    let notes = preview.notes.clone();
    let good = faults.is_empty();
    let count = faults.len();
    let only_questions = faults.iter().all(|fault| fault.why.0 == "fault-question");
    let total = preview.total;
    let columns = preview.columns.clone();
    let wrong: std::collections::BTreeSet<(u32, String)> =
        faults.iter().map(|fault| (fault.row, fault.column.clone())).collect();
    let row = move |row: jiangsai_domain::command::registration::PreviewRow| {
        let wrong = wrong.clone();
        let number = row.row;
        let cells = row.cells.into_iter().enumerate().map(move |(index, text)| {
            let bad = wrong.contains(&(number, jiangsai_domain::table::column_letter(index)));
            view! { <td aria-invalid=bad.to_string() class:wrong-text=bad>{text}</td> }
        });
        view! { <tr><td class="num">{number}</td>{cells.collect_view()}</tr> }
    };
    view! {
        <p role="status" data-testid=format!("{name}-summary") class:saved-text=good class:wrong-text=!good>
            {move || if good {
                tx("import-good", &[("count", &total.to_string())])
            } else if only_questions {
                tx("import-unanswered", &[("count", &count.to_string())])
            } else {
                tx("import-faulty", &[("count", &count.to_string())])
            }}
        </p>
        {(!good).then(|| fault_list(name, faults))}
        {(!notes.is_empty()).then(|| view! { <ul class="notes">{notes.into_iter().map(|(key, args)| view! { <li>{move || message(&key, &args)}</li> }).collect_view()}</ul> })}
        <div class="scroll short card" tabindex="0">
            <table>
                <thead><tr>
                    <th class="num">{move || t("import-row")}</th>
                    {columns.into_iter().map(|(header, key)| view! {
                        <th><span translate="no">{header.clone()}</span>{move || (!key.is_empty() && t(&key) != header).then(|| view! { <small>" → "{t(&key)}</small> })}</th>
                    }).collect_view()}
                </tr></thead>
                <tbody>{preview.rows.clone().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Every fault of a file by cell; `name` begins the test ids.
pub fn fault_list(name: &'static str, faults: Vec<CellFault>) -> impl IntoView {
    let lines = faults.into_iter().map(|fault| line(name, fault)).collect_view();
    view! { <ul class="faults" aria-label=move || t("import-faults")>{lines}</ul> }
}

fn line(name: &'static str, fault: CellFault) -> impl IntoView {
    let place = format!("{}{}", fault.column, fault.row);
    let (key, args) = fault.why;
    let header = fault.header;
    view! {
        <li data-testid=format!("{name}-fault-{}-{}", fault.row, fault.column)>
            <span class="cell">{if fault.row == 0 { String::new() } else { place }}</span>
            <span translate="no">{header}</span>
            <span>{move || message(&key, &args)}</span>
        </li>
    }
}
