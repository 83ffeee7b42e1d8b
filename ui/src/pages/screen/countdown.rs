//! The countdown: the clock, and what is done to it.

use super::send;
use crate::components::{TextField, beside};
use crate::i18n::t;
use crate::session::use_session;
use crate::time::now;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::screen::{CountDown, ScreenView};
use jiangsai_domain::screen::Count;
use leptos::prelude::*;
use std::time::Duration;

/// The clock and its buttons.
pub fn countdown(view: RwSignal<Option<ScreenView>>, fault: RwSignal<Option<WireError>>) -> AnyView {
    let session = use_session();
    let minutes = RwSignal::new("120".to_owned());
    let act = move |act: Count| {
        if let Some(competition) = session.competition.get_untracked() {
            send(session, fault, CountDown { competition, act });
        }
    };
    let set = move || {
        // What is no number of minutes is refused as a countdown of no length.
        let minutes: u32 = minutes.get_untracked().trim().parse().unwrap_or(0);
        act(Count::Set(minutes.saturating_mul(60)));
    };
    let has = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.left.is_some())));
    let running = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.running)));
    let left = left(view);
    view! {
        <section class="card pad">
            <h2>{move || t("screen-countdown")}</h2>
            <p class="screen-clock" role="timer" data-testid="screen-clock">{move || left.get().map_or_else(|| t("screen-countdown-none"), clock)}</p>
            <form class="final-form" on:submit=move |event| { event.prevent_default(); set(); }>
                <TextField label="screen-minutes" value=minutes testid="screen-minutes" kind="number" wrong=beside(fault, &["countdown-length"]) />
                <button type="submit" class="btn" data-testid="screen-set">{move || t("screen-set")}</button>
            </form>
            <p class="actions">
                <button class="btn primary" data-testid="screen-start" prop:disabled=move || !has.get() || running.get() on:click=move |_| act(Count::Start)>{move || t("screen-start")}</button>
                <button class="btn" data-testid="screen-pause" prop:disabled=move || !running.get() on:click=move |_| act(Count::Pause)>{move || t("screen-pause")}</button>
                <button class="btn" data-testid="screen-clear" prop:disabled=move || !has.get() on:click=move |_| act(Count::Clear)>{move || t("screen-clear")}</button>
            </p>
        </section>
    }
    .into_any()
}

/// Whole seconds left, counted on here from what the application said; `None` without a countdown.
pub fn left(view: RwSignal<Option<ScreenView>>) -> Memo<Option<i64>> {
    let (present, since) = (RwSignal::new(0_u64), RwSignal::new(0_u64));
    Effect::new(move |_| {
        view.track();
        let moment = now();
        since.set(moment);
        present.set(moment);
    });
    let tick = set_interval_with_handle(
        move || {
            present.try_set(now());
        },
        Duration::from_millis(250),
    )
    .ok();
    on_cleanup(move || {
        if let Some(tick) = tick {
            tick.clear();
        }
    });
    Memo::new(move |_| {
        let passed = i64::try_from(present.get().saturating_sub(since.get())).unwrap_or(i64::MAX);
        view.with(|view| {
            let view = view.as_ref()?;
            let left = if view.running { view.left?.saturating_sub(passed) } else { view.left? };
            Some((left.max(0) + 999) / 1_000)
        })
    })
}

/// Seconds as a clock shows them.
pub fn clock(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}
