//! The big screen itself: no navigation, type for the back of a hall, pages that turn by themselves. Keys: Space, Page Down or → reveals the
//! next award or turns the page, Page Up or ← goes back, P holds the page, F fills the screen,
//! E goes on to the next event and 1 to 9 to one of them: this screen then shows that event alone, as its address says.

mod scenes;

use crate::backend::{ask_window, call, in_window, looked_at};
use crate::i18n::{t, tx, wire_error};
use crate::pages::screen::countdown::{clock, left};
use crate::pages::screen::{followed, staged};
use crate::session::{Session, go, use_session};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::screen::{ScreenView, StageScreen, StationState};
use jiangsai_domain::screen::Scene;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How long a page stays. With every turn what is on it is asked for again, should a change not have been heard of.
const TURN: Duration = Duration::from_secs(10);
/// What another computer is told that asks for a screen which is shown there no more.
const NOT_SHOWN: &str = "screen-not-shared";

/// The page.
#[component]
pub fn WallPage() -> impl IntoView {
    let session = use_session();
    let (unknown, fault) = (RwSignal::new(None::<WireError>), RwSignal::new(None::<WireError>));
    let view = followed(unknown);
    let (page, held) = (RwSignal::new(0_usize), RwSignal::new(false));
    let turning = set_interval_with_handle(
        move || {
            if session.ended.get_untracked() {
                return;
            }
            if !held.get_untracked() {
                page.update(|page| *page = page.wrapping_add(1));
            }
            session.revision.update(|revision| *revision += 1);
        },
        TURN,
    )
    .ok();
    let keys = window_event_listener(ev::keydown, move |event| match event.key().as_str() {
        " " | "PageDown" | "ArrowRight" | "Enter" => {
            event.prevent_default();
            step(session, view, fault, page, true);
        }
        "PageUp" | "ArrowLeft" => {
            event.prevent_default();
            step(session, view, fault, page, false);
        }
        "p" | "P" => held.update(|held| *held = !*held),
        "f" | "F" => fill(),
        "e" | "E" => turn(session, view, None),
        key => {
            if let Some(place) = key.parse().ok().filter(|place| (1..=9).contains(place)) {
                turn(session, view, Some(place));
            }
        }
    });
    on_cleanup(move || {
        keys.remove();
        if let Some(turning) = turning {
            turning.clear();
        }
    });
    let scene = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| (view.scene, view.revealed))));
    Effect::new(move |_| {
        scene.track();
        page.set(0);
    });
    Effect::new(move |_| {
        // A hall looks at this: what was refused here is no matter any more once something else is shown, whoever saw to it.
        view.track();
        fault.set(None);
    });
    Effect::new(move |_| {
        if unknown.with(|unknown| unknown.as_ref().is_some_and(|unknown| unknown.code == NOT_SHOWN)) {
            session.ended.set(true);
        }
    });
    let left = left(view);
    let of = move |read: fn(&ScreenView) -> String| view.with(|view| view.as_ref().map(read).unwrap_or_default());
    let dark = move || {
        view! {
            <div class="wall ended" data-theme="dark" data-testid="wall-ended">
                <p class="wall-said" role="status">{move || t("wall-ended")}</p>
            </div>
        }
    };
    view! {
        <Show when=move || !session.ended.get() fallback=dark>
            <div class="wall" data-theme="dark" data-testid="wall" data-scene=move || of(|view| view.scene.name().to_owned())>
                <header class="wall-head">
                    <div>
                        <p class="wall-sub">{move || of(|view| view.title.clone())}</p>
                        <h1 data-testid="wall-event">{move || of(|view| view.name.clone())}</h1>
                        <p class="wall-sub">{move || view.with(|view| view.as_ref().map(about))}</p>
                    </div>
                    {move || left.get().map(|seconds| view! {
                        <div class="wall-count">
                            <p class="wall-sub">{t("wall-left")}</p>
                            <p class="wall-clock" role="timer" data-testid="wall-clock" class:over=seconds == 0>{clock(seconds)}</p>
                        </div>
                    })}
                </header>
                {move || fault.get().or_else(|| unknown.get()).map(|error| view! { <p class="wall-sub" role="alert" data-testid="wall-fault">{wire_error(&error)}</p> })}
                <div class="wall-main">{move || view.with(|view| view.as_ref().map(|view| scenes::scene(view, page.get())))}</div>
                <footer class="wall-sub wall-foot">{move || view.with(|view| view.as_ref().map(foot))}</footer>
            </div>
        </Show>
    }
}

/// 场次, and what one sees.
fn about(view: &ScreenView) -> String {
    let scene = t(&format!("screen-scene-{}", view.scene.name()));
    let mut parts = Vec::new();
    if view.scene == Scene::Hall && !view.session.is_empty() {
        parts.push(tx("wall-session", &[("session", &view.session)]));
    }
    parts.push(scene);
    if view.synthetic {
        parts.push(t("synthetic"));
    }
    parts.join(" · ")
}

/// How many stations are in which state.
fn foot(view: &ScreenView) -> AnyView {
    if view.scene != Scene::Hall {
        return ().into_any();
    }
    let one = |state: StationState| {
        let count = view.stations.iter().filter(|station| station.state == state).count();
        let said = format!("{} {count}", t(&format!("wall-station-{}", state.name())));
        (count > 0).then(|| view! { <span><i class="wall-key" data-state=state.name()></i>{said}</span> })
    };
    StationState::ALL.into_iter().filter_map(one).collect_view().into_any()
}

/// One step on or back: of the ceremony, or by a page.
fn step(
    session: Session,
    view: RwSignal<Option<ScreenView>>,
    fault: RwSignal<Option<WireError>>,
    page: RwSignal<usize>,
    forward: bool,
) {
    let known = view.with_untracked(|view| view.as_ref().map(|view| (view.scene, view.awards.len())));
    let (Some((scene, awards)), Some(now)) = (known, staged(session, view)) else { return };
    if scene != Scene::Ceremony {
        // Pages are counted modulo their number, which a whole turn backwards leaves as it is.
        page.update(|page| *page = if forward { page.wrapping_add(1) } else { page.saturating_sub(1) });
        return;
    }
    let revealed = if forward { now.revealed + 1 } else { now.revealed.saturating_sub(1) };
    // On another computer it is only looked at.
    if looked_at().is_some() || revealed == now.revealed || revealed as usize > awards {
        return;
    }
    spawn_local(async move {
        let answer = call(StageScreen { revealed, ..now }).await.err();
        fault.try_set(answer);
        session.revision.try_update(|revision| *revision += 1);
    });
}

/// Turns this screen to the event in a place, counted from 1; to the one after that which it shows where no place is named.
fn turn(session: Session, view: RwSignal<Option<ScreenView>>, place: Option<usize>) {
    let next = view.with_untracked(|view| {
        let view = view.as_ref()?;
        let own = view.events.iter().position(|(id, _)| *id == view.event)?;
        let at = place.map_or((own + 1) % view.events.len(), |place| place - 1);
        view.events.get(at).filter(|_| view.events.len() > 1).map(|(id, _)| id.clone())
    });
    if let (Some(competition), Some(event)) = (session.competition.get_untracked(), next) {
        go(&format!("#/c/{competition}/wall/{event}"));
    }
}

/// Fills the screen, or gives it back.
fn fill() {
    if in_window() {
        spawn_local(async {
            // A window that cannot fill the screen stays as it is.
            let _ = ask_window("fill_screen", "").await;
        });
    } else if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else if let Some(root) = document().document_element() {
        // A browser that does not allow it leaves the window as it is.
        let _ = root.request_fullscreen();
    }
}
