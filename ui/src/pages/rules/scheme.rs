//! A rulebook from a WorldSkills marking scheme: choose the workbook, see what is wrong by cell, hand the document over.

use crate::backend::call;
use crate::components::{Dialog, fault_list};
use crate::files::read_chosen;
use crate::i18n::{language, t, tx, wire_error};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::scheme::{FromMarkingScheme, SchemeRead, SchemeRulebook};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A button with its dialog.
#[component]
pub fn SchemeImport(
    /// Called with the rulebook document (JSON) that a person has chosen to take.
    done: Callback<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let read = RwSignal::new(None::<SchemeRead>);
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let reset = move || {
        read.set(None);
        fault.set(None);
    };
    let close = Callback::new(move |()| {
        open.set(false);
        reset();
    });
    let chosen = move |event: leptos::ev::Event| {
        let Some(file) = read_chosen(&event) else { return };
        reset();
        busy.set(true);
        spawn_local(async move {
            let answer = match file.await {
                Ok(file) => call(FromMarkingScheme { file }).await,
                Err(error) => Err(error),
            };
            busy.try_set(false);
            match answer {
                Ok(answer) => {
                    read.try_set(Some(answer));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let made = move || {
        read.with(|read| if let Some(SchemeRead::Rulebook(made)) = read { Some(made.json.clone()) } else { None })
    };
    let take = move |_| {
        if let Some(json) = made() {
            close.run(());
            done.run(json);
        }
    };
    view! {
        <button type="button" class="btn" data-testid="scheme-open" on:click=move |_| open.set(true)>{move || t("scheme-open")}</button>
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t("scheme-title"))
            close=close
            testid="scheme"
            wide=true
        >
            <p>{move || t("scheme-about")}</p>
            <div class="filebox">
                <span>{move || if busy.get() { t("import-reading") } else { t("scheme-choose") }}</span>
                <input type="file" accept=".xlsx" data-testid="scheme-file" aria-label=move || t("scheme-choose") on:change=chosen />
            </div>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert" data-testid="scheme-error">{move || wire_error(&error)}</p> })}
            {move || read.get().map(shown)}
            <p class="dialog-actions">
                <button type="button" class="btn" data-testid="scheme-cancel" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button
                    type="button"
                    class="btn primary"
                    data-testid="scheme-use"
                    prop:disabled=move || made().is_none() || busy.get()
                    on:click=take
                >
                    {move || t("scheme-use")}
                </button>
            </p>
        </Dialog>
    }
}

/// What the file is: how much is in it, or every fault.
fn shown(read: SchemeRead) -> AnyView {
    match read {
        SchemeRead::Rulebook(made) => {
            view! { <p role="status" class="saved-text" data-testid="scheme-summary">{move || summary(&made)}</p> }
                .into_any()
        }
        SchemeRead::Refused(faults) => {
            let count = faults.len().to_string();
            view! {
                <p role="status" class="wrong-text" data-testid="scheme-summary">{move || tx("scheme-faulty", &[("count", &count)])}</p>
                {fault_list("scheme", faults)}
            }
            .into_any()
        }
    }
}

fn summary(made: &SchemeRulebook) -> String {
    let counts = [made.criteria, made.sub_criteria, made.measurement, made.judgement].map(|count| count.to_string());
    let args = [
        ("title", made.title.get(&language())),
        ("criteria", &counts[0]),
        ("subs", &counts[1]),
        ("measurement", &counts[2]),
        ("judgement", &counts[3]),
    ];
    tx("scheme-good", &args)
}
