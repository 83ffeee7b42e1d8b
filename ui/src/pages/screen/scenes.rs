//! What is put on the screen, and the awards that are revealed one after the other.

use super::{send, staged};
use crate::i18n::{language, t, tx};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::screen::{ScreenAward, ScreenView, StageScreen};
use jiangsai_domain::ids::EventId;
use jiangsai_domain::screen::Scene;
use leptos::prelude::*;

/// Stations, standings or ceremony; of which 场次.
pub fn scenes(view: RwSignal<Option<ScreenView>>, fault: RwSignal<Option<WireError>>) -> AnyView {
    let session = use_session();
    let put = move |change: &dyn Fn(StageScreen) -> StageScreen| {
        if let Some(now) = staged(session, view) {
            send(session, fault, change(now));
        }
    };
    let button = move |scene: Scene| {
        let id = scene.name();
        let pressed = move || view.with(|view| view.as_ref().is_some_and(|view| view.scene == scene)).to_string();
        view! {
            <button class="btn" data-testid=format!("screen-scene-{id}") aria-pressed=pressed on:click=move |_| put(&|now| StageScreen { scene, ..now })>
                {move || t(&format!("screen-scene-{id}"))}
            </button>
        }
    };
    let options = move || {
        view.with(|view| {
            let view = view.as_ref();
            let chosen = view.map(|view| view.session.clone()).unwrap_or_default();
            let all = view.map(|view| view.sessions.clone()).unwrap_or_default();
            let one =
                |name: String| view! { <option value=name.clone() selected=name == chosen>{name.clone()}</option> };
            all.into_iter().map(one).collect_view()
        })
    };
    let choose = move |event| {
        let chosen = event_target_value(&event);
        put(&move |now| StageScreen { session: chosen.clone(), ..now });
    };
    let several = move || view.with(|view| view.as_ref().is_some_and(|view| view.events.len() > 1));
    let events = move || {
        view.with(|view| {
            let (chosen, all) = view.as_ref().map(|view| (view.event.clone(), view.events.clone())).unwrap_or_default();
            let one = |(id, name): (EventId, String)| {
                let selected = id == chosen;
                view! { <option value=id.to_string() selected=selected>{name}</option> }
            };
            all.into_iter().map(one).collect_view()
        })
    };
    let turn = move |event| {
        let chosen = EventId::new(event_target_value(&event));
        // 场次 and revealed awards are those of the event before.
        put(&move |now| StageScreen {
            event: chosen.clone(),
            scene: Scene::Hall,
            session: String::new(),
            revealed: 0,
            ..now
        });
    };
    view! {
        <section class="card pad">
            <h2>{move || t("screen-now")}</h2>
            <Show when=several>
                <label class="field">
                    <span>{move || t("screen-event")}</span>
                    <select data-testid="screen-event" on:change=turn>{events}</select>
                </label>
            </Show>
            <p class="screen-choice" role="group" aria-label=move || t("screen-now")>{Scene::ALL.into_iter().map(button).collect_view()}</p>
            <label class="field">
                <span>{move || t("screen-session")}</span>
                <select data-testid="screen-session" on:change=choose>
                    <option value="" selected=move || view.with(|view| view.as_ref().is_some_and(|view| view.session.is_empty()))>{move || t("screen-session-all")}</option>
                    {options}
                </select>
            </label>
            <Show when=move || view.with(|view| view.as_ref().is_some_and(|view| view.sealed))>
                <p class="sub" data-testid="screen-sealed">{move || t("screen-sealed")}</p>
            </Show>
        </section>
    }
    .into_any()
}

/// What an award is called.
pub fn called(award: &ScreenAward) -> String {
    match award.rank {
        Some(rank) => tx("print-rank-nth", &[("rank", &rank.to_string())]),
        None => award.name.get(&language()).to_owned(),
    }
}

/// The awards: how many were revealed, which one comes next.
pub fn ceremony(view: RwSignal<Option<ScreenView>>, fault: RwSignal<Option<WireError>>) -> AnyView {
    let session = use_session();
    let step = move |forward: bool| {
        if let Some(now) = staged(session, view) {
            let revealed = if forward { now.revealed + 1 } else { now.revealed.saturating_sub(1) };
            send(session, fault, StageScreen { scene: Scene::Ceremony, revealed, ..now });
        }
    };
    let revealed = move || view.with(|view| view.as_ref().map_or(0, |view| view.revealed as usize));
    let all = move || view.with(|view| view.as_ref().map_or(0, |view| view.awards.len()));
    let next =
        move || view.with(|view| view.as_ref().and_then(|view| view.awards.get(view.revealed as usize)).map(called));
    let about = move || match (all(), next()) {
        (0, _) => t("screen-ceremony-later"),
        (all, next) => {
            let (done, all) = (revealed().to_string(), all.to_string());
            match next {
                Some(award) => tx("screen-ceremony-next", &[("done", &done), ("all", &all), ("award", &award)]),
                None => tx("screen-ceremony-done", &[("all", &all)]),
            }
        }
    };
    view! {
        <section class="card pad">
            <h2>{move || t("screen-ceremony")}</h2>
            <p data-testid="screen-ceremony" data-revealed=move || revealed().to_string()>{about}</p>
            <p class="actions">
                <button class="btn primary" data-testid="screen-reveal" prop:disabled=move || next().is_none() on:click=move |_| step(true)>{move || t("screen-reveal")}</button>
                <button class="btn" data-testid="screen-back" prop:disabled=move || revealed() == 0 on:click=move |_| step(false)>{move || t("screen-back")}</button>
            </p>
            <p class="sub">{move || t("screen-keys")}</p>
        </section>
    }
    .into_any()
}
