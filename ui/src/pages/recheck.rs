//! Re-checking results (成绩复核) and what delegations ask about them (查分).

mod begin;
mod inquiries;
mod sheets;

use crate::components::follow;
use crate::i18n::{t, tx, wire_error};
use crate::session::Session;
use begin::Begin;
use inquiries::Inquiries;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::recheck::{RecheckView, ShowRecheck};
use jiangsai_domain::ids::{CompetitionId, EventId};
use leptos::prelude::*;
use sheets::Sheets;

/// The page.
#[component]
pub fn RecheckPage() -> impl IntoView {
    let view = RwSignal::new(RecheckView::default());
    let fault = RwSignal::new(None::<WireError>);
    let unknown = RwSignal::new(None::<WireError>);
    follow(|competition, event| ShowRecheck { competition, event }, view, unknown);
    let progress = move || {
        view.with(|view| {
            let (done, all) = (view.done.to_string(), view.sheets.len().to_string());
            tx("recheck-progress", &[("done", &done), ("all", &all), ("wrong", &view.wrong.to_string())])
        })
    };
    let begun = Memo::new(move |_| view.with(|view| view.extent.is_some()));
    view! {
        <div class="recheck">
            <header class="head">
                <h1 data-testid="recheck-title">{move || t("recheck-title")}</h1>
                <Show when=move || begun.get()><span class="sub" data-testid="recheck-progress">{progress}</span></Show>
            </header>
            {move || unknown.get().map(|error| view! { <p class="marks-banner bad" role="alert">{wire_error(&error)}</p> })}
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert" data-testid="recheck-fault">{wire_error(&error)}</p> })}
            <Show when=move || view.with(|view| view.all)>
                <p class="marks-banner bad" role="status" data-testid="recheck-all">{move || t("recheck-all")}</p>
            </Show>
            <div class="paper-work">
                <Begin begun=begun fault=fault />
                <Sheets view=view fault=fault />
            </div>
            <Inquiries view=view fault=fault />
        </div>
    }
}

/// Where one is.
fn place(session: Session) -> Option<(CompetitionId, EventId)> {
    Some((session.competition.get_untracked()?, session.event.get_untracked()?))
}

/// Shows what came of a change.
fn settle<T>(session: Session, fault: RwSignal<Option<WireError>>, answer: Result<T, WireError>) -> bool {
    let done = answer.is_ok();
    fault.try_set(answer.err());
    if done {
        session.revision.try_update(|revision| *revision += 1);
    }
    done
}
