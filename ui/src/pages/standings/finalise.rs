//! Making results final and opening them again: what is missing, and why.

use super::equals::numbers;
use super::reason;
use crate::backend::call;
use crate::components::Dialog;
use crate::i18n::{language, t, tx, wire_error};
use crate::pages::paper::state_key;
use crate::session::use_session;
use jiangsai_domain::command::competition::{Counts, Home};
use jiangsai_domain::command::paper::{ListSheets, SheetLine, SheetState};
use jiangsai_domain::command::results::{Decided, Finalise, Reopen, StandingsView};
use jiangsai_domain::view::equals::name;
use jiangsai_scoring::EntryStatus;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog for both.
#[component]
pub fn FinaliseDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The standings on screen.
    view: RwSignal<Option<StandingsView>>,
) -> impl IntoView {
    let session = use_session();
    let why = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let counts = RwSignal::new(Counts::default());
    let sheets = RwSignal::new(Vec::<SheetLine>::new());
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        why.set(String::new());
        fault.set(None);
        if let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked()) {
            spawn_local(async move {
                if let Ok(home) = call(Home { competition: competition.clone() }).await {
                    counts.try_set(home.counts);
                }
                if let Ok(list) = call(ListSheets { competition, event }).await {
                    let open =
                        list.sheets.into_iter().filter(|sheet| list.wanted && sheet.state != SheetState::Verified);
                    sheets.try_set(open.collect());
                }
            });
        }
    });
    let finalised =
        Signal::derive(move || view.with(|view| view.as_ref().is_some_and(|view| view.finalised.is_some())));
    let missing = Signal::derive(move || {
        let lines = |view: &StandingsView| missing_lines(view, &counts.get(), &sheets.get());
        view.with(|view| view.as_ref().map(lines).unwrap_or_default())
    });
    let undecided = move || {
        let open = |view: &StandingsView| view.equals.iter().any(|group| group.state != Decided::Decided);
        !finalised.get() && view.with(|view| view.as_ref().is_some_and(open))
    };
    let needs_reason = move || finalised.get() || !missing.with(Vec::is_empty);
    let go = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let reason = why.get_untracked().trim().to_owned();
        if reason.is_empty() && needs_reason() {
            fault.set(Some(t("standings-reason-needed")));
            return;
        }
        let reopen = finalised.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let answer = if reopen {
                call(Reopen { competition, event, reason }).await
            } else {
                call(Finalise { competition, event, reason }).await
            };
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    open.try_set(false);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
        });
    };
    let key = move |finalise: &'static str, reopen: &'static str| t(if finalised.get() { reopen } else { finalise });
    let list = move || {
        let lines = missing.get();
        if finalised.get() {
            ().into_any()
        } else if lines.is_empty() {
            view! { <p data-testid="finalise-complete">{t("finalise-complete")}</p> }.into_any()
        } else {
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! { <div class="finalise-missing" data-testid="finalise-missing">{t("finalise-missing")}<ul>{lines}</ul></div> }.into_any()
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || key("finalise-title", "reopen-title"))
            close=Callback::new(move |()| open.set(false))
            testid="finalise-dialog"
        >
            <p>{move || key("finalise-text", "reopen-text")}</p>
            {list}
            {move || undecided().then(|| view! { <p class="wrong-text" role="alert" data-testid="finalise-must-decide">{t("finalise-must-decide")}</p> })}
            <label class="field">
                <span>
                    {move || key("finalise-reason", "reopen-reason")}
                    {move || (!finalised.get() && needs_reason()).then(|| format!(" · {}", t("finalise-reason-hint")))}
                </span>
                <input
                    data-testid="finalise-reason"
                    maxlength="500"
                    prop:value=move || why.get()
                    on:input=move |event| why.set(event_target_value(&event))
                />
            </label>
            {move || fault.get().map(|fault| view! { <p class="marks-banner bad" role="alert" data-testid="finalise-fault">{fault}</p> })}
            <p class="dialog-actions">
                <button class="btn" data-testid="finalise-cancel" on:click=move |_| open.set(false)>{move || t("standings-cancel")}</button>
                <button class="btn primary" data-testid="finalise-do" prop:disabled=move || busy.get() || undecided() on:click=go>
                    {move || key("finalise-do", "reopen-do")}
                </button>
            </p>
        </Dialog>
    }
}

/// Most sheets that are named one by one.
const NAMED: usize = 20;

/// What is missing before the results can be final, in words.
fn missing_lines(view: &StandingsView, counts: &Counts, sheets: &[SheetLine]) -> Vec<String> {
    let mut lines: Vec<String> = view
        .rows
        .iter()
        .filter(|row| row.rank.is_none() && row.status == EntryStatus::Ok)
        .map(|row| {
            let why = row.why.as_ref().map(reason).unwrap_or_default();
            tx("finalise-missing-entry", &[("number", &row.number), ("why", &why)])
        })
        .collect();
    let by = name(Some(view.last));
    let open = view.equals.iter().filter(|group| group.state != Decided::Decided);
    lines.extend(open.map(|group| {
        let numbers = numbers(view, &group.entries, &t("standings-list-separator"));
        tx("finalise-missing-equals", &[("numbers", &numbers), ("by", by)])
    }));
    // The sheets are named one by one as soon as they are here.
    if sheets.is_empty() && view.unverified > 0 {
        lines.push(tx("standings-unverified", &[("count", &view.unverified.to_string())]));
    }
    lines.extend(sheets.iter().take(NAMED).map(|sheet| {
        let judge = if sheet.judge.is_empty() { t("paper-judge-agreed") } else { sheet.judge.clone() };
        let (module, state) = (sheet.module.get(&language()).to_owned(), t(state_key(sheet.state)));
        tx(
            "finalise-missing-sheet",
            &[("code", &sheet.code), ("module", &module), ("judge", &judge), ("state", &state)],
        )
    }));
    if sheets.len() > NAMED {
        lines.push(tx("finalise-missing-sheets", &[("count", &(sheets.len() - NAMED).to_string())]));
    }
    if counts.findings > 0 {
        lines.push(tx("finalise-missing-findings", &[("count", &counts.findings.to_string())]));
    }
    lines
}
