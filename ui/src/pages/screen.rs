//! The control of the big screen (大屏): what is on it now, the countdown, which standings it may show, the awards,
//! and on which other computers it is seen.

pub mod countdown;
mod release;
pub mod scenes;
mod sharing;

use crate::backend::{ask_window, call, in_window};
use crate::components::follow;
use crate::i18n::{t, wire_error};
use crate::session::{Session, link, use_session};
use jiangsai_domain::command::screen::{ScreenView, ShowScreen, StageScreen};
use jiangsai_domain::command::{Command, WireError};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
#[component]
pub fn ScreenPage() -> impl IntoView {
    let session = use_session();
    // A refusal stays, whatever is shown anew meanwhile.
    let (unknown, fault) = (RwSignal::new(None::<WireError>), RwSignal::new(None::<WireError>));
    let view = followed(unknown);
    let open = move |_| {
        let Some(competition) = session.competition.get_untracked() else { return };
        spawn_local(async move {
            if !ask_window("open_screen", competition.as_str()).await {
                session.say(move || t("screen-not-opened"));
            }
        });
    };
    // A browser has as many windows as there are screens.
    let alone = move || {
        let event =
            view.with(|view| view.as_ref().filter(|view| view.events.len() > 1).map(|view| view.event.clone()))?;
        let address = format!("{}/{event}", link("wall"));
        Some(
            view! { <a class="btn" data-testid="screen-open-event" target="_blank" rel="noopener" href=address>{t("screen-open-event")}</a> },
        )
    };
    let way = if in_window() {
        view! { <button class="btn primary" data-testid="screen-open" on:click=open>{move || t("screen-open")}</button> }.into_any()
    } else {
        view! {
            {alone}
            <a class="btn primary" data-testid="screen-open" target="_blank" rel="noopener" href=move || link("wall")>{move || t("screen-open")}</a>
        }
        .into_any()
    };
    view! {
        <div class="screen-page">
            <header class="head">
                <h1 data-testid="screen-title">{move || t("screen-title")}</h1>
                <span class="sub">{move || t("screen-about")}</span>
                <span class="push">{way}</span>
            </header>
            {move || fault.get().or_else(|| unknown.get()).map(|error| view! { <p class="marks-banner bad" role="alert" data-testid="screen-fault">{wire_error(&error)}</p> })}
            <Show when=move || view.with(Option::is_some)>
                <div class="screen-parts">
                    {scenes::scenes(view, fault)}
                    {countdown::countdown(view, fault)}
                    {release::release(view, fault)}
                    {scenes::ceremony(view, fault)}
                    {sharing::sharing()}
                </div>
            </Show>
        </div>
    }
}

/// What is on the screen, asked for again with every change.
pub fn followed(unknown: RwSignal<Option<WireError>>) -> RwSignal<Option<ScreenView>> {
    let view = RwSignal::new(None);
    let session = use_session();
    follow(move |competition, _| ShowScreen { competition, event: session.screened.get() }, view, unknown);
    view
}

/// Sends a change, and says what came of it.
fn send<C: Command>(session: Session, fault: RwSignal<Option<WireError>>, command: C) {
    spawn_local(async move {
        let answer = call(command).await.err();
        if answer.is_none() {
            session.revision.try_update(|revision| *revision += 1);
        }
        fault.try_set(answer);
    });
}

/// What is on the screen now, to be put there with a change.
pub fn staged(session: Session, view: RwSignal<Option<ScreenView>>) -> Option<StageScreen> {
    let competition = session.competition.get_untracked()?;
    view.with_untracked(|view| {
        view.as_ref().map(|view| StageScreen {
            competition,
            event: view.event.clone(),
            scene: view.scene,
            session: view.session.clone(),
            revealed: view.revealed,
        })
    })
}
