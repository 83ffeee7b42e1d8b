//! Which standings the screen may show: on record, for each event.

use super::send;
use crate::i18n::t;
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::screen::{ReleaseStandings, ScreenView};
use jiangsai_domain::screen::Shown;
use leptos::prelude::*;

/// The three choices, and whether what was released can be shown.
pub fn release(view: RwSignal<Option<ScreenView>>, fault: RwSignal<Option<WireError>>) -> AnyView {
    let session = use_session();
    let choose = move |shown: Shown| {
        let event = view.with_untracked(|view| view.as_ref().map(|view| view.event.clone()));
        if let (Some(competition), Some(event)) = (session.competition.get_untracked(), event) {
            send(session, fault, ReleaseStandings { competition, event, shown });
        }
    };
    let button = move |shown: Shown| {
        let id = shown.name();
        let pressed =
            move || view.with(|view| view.as_ref().is_some_and(|view| !view.crosses && view.released == shown));
        view! {
            <button class="btn" data-testid=format!("screen-release-{id}") aria-pressed=move || pressed().to_string() on:click=move |_| choose(shown)>
                {move || t(&format!("screen-shown-{id}"))}
            </button>
        }
    };
    let said = move || {
        view.with(|view| match view {
            Some(view) if view.crosses => "screen-release-crosses",
            Some(view) if view.released == Shown::Nothing => "screen-release-nothing",
            Some(view) if !view.shows => "screen-release-waits",
            Some(view) if view.released == Shown::Provisional => "screen-release-provisional",
            _ => "screen-release-final",
        })
    };
    view! {
        <section class="card pad">
            <h2>{move || t("screen-release")}</h2>
            <p class="screen-choice" role="group" aria-label=move || t("screen-release")>{Shown::ALL.into_iter().map(button).collect_view()}</p>
            <p class="sub" data-testid="screen-released">{move || t(said())}</p>
        </section>
    }
    .into_any()
}
