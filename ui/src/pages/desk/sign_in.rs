//! Signing in: who, and the PIN. With the numeric keypad alone: + and − choose who, then the digits and Enter.

use super::release::Release;
use super::work::{Work, focus_on};
use crate::backend::call;
use crate::components::PinField;
use crate::i18n::{t, tx, wire_error};
use crate::session::link;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::desk::{DeskSeats, ShowSeats, SignIn};
use jiangsai_domain::command::judging::JudgeKind;
use jiangsai_domain::ids::JudgeId;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The card.
#[component]
pub fn SignInCard(
    /// The desk.
    work: Work,
) -> impl IntoView {
    let session = work.session;
    let seats = RwSignal::new(None::<DeskSeats>);
    // Who is chosen, not at which place: a list that is read again may have moved them.
    let chosen = RwSignal::new(None::<JudgeId>);
    let pin = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        session.revision.track();
        let Some(competition) = session.competition.get() else { return };
        spawn_local(async move {
            match call(ShowSeats { competition }).await {
                Ok(found) => {
                    let known = |own: &JudgeId| found.judges.iter().any(|(id, ..)| id == own);
                    if chosen.try_with_untracked(|own| own.as_ref().is_some_and(known)) == Some(false) {
                        chosen.try_set(found.judges.first().map(|(id, ..)| id.clone()));
                        // What was typed was the PIN of somebody else.
                        pin.try_set(String::new());
                    }
                    seats.try_set(Some(found));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let open = move || session.closed().is_none();
    let count = move || seats.with(|seats| seats.as_ref().map_or(0, |seats| seats.judges.len()));
    Effect::new(move |before: Option<bool>| {
        let shown = field.get().is_some() && count() > 0;
        if shown && before != Some(true) {
            // Once the form can be seen.
            request_animation_frame(|| {
                focus_on("desk-pin");
            });
        }
        shown
    });
    let turn = move |forth: bool| {
        let judges = seats.with_untracked(|seats| seats.as_ref().map(|seats| seats.judges.clone()).unwrap_or_default());
        let all = judges.len();
        let own = chosen.get_untracked();
        let at = judges.iter().position(|(id, ..)| Some(id) == own.as_ref()).unwrap_or_default();
        let to = if forth { at + 1 } else { at + all.saturating_sub(1) };
        if let Some((id, ..)) = judges.get(to.checked_rem(all).unwrap_or_default()) {
            chosen.set(Some(id.clone()));
        }
    };
    let send = move || {
        let (Some(competition), Some(judge), false) =
            (session.competition.get_untracked(), chosen.get_untracked(), busy.get_untracked())
        else {
            return;
        };
        let typed = pin.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let answer = call(SignIn { competition, judge, pin: typed }).await;
            busy.try_set(false);
            pin.try_set(String::new());
            match answer {
                Ok(signed_in) => work.enter(signed_in),
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let lock = move || {
        seats.with(|seats| {
            let lock = &seats.as_ref()?.lock;
            let parts = [("desk-lock-session", &lock.session), ("desk-lock-station", &lock.station)];
            let parts: Vec<String> = parts
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(key, text)| tx(key, &[("name", text)]))
                .collect();
            (!parts.is_empty()).then(|| parts.join(" · "))
        })
    };
    let options = move || {
        let own = chosen.get();
        let judges = seats.with(|seats| seats.as_ref().map(|seats| seats.judges.clone()).unwrap_or_default());
        let option = move |(id, code, kind): (JudgeId, String, JudgeKind)| {
            let selected = Some(&id) == own.as_ref();
            view! { <option value=id.to_string() selected=selected>{format!("{code}　{}", t(kind.key()))}</option> }
        };
        judges.into_iter().map(option).collect_view()
    };
    view! {
        <section class="card desk-sign-in">
            <h2>{move || t("desk-sign-in")}</h2>
            {move || lock().map(|words| view! { <p class="sub" data-testid="desk-lock-said">{words}</p> })}
            <Show when=move || seats.with(|seats| seats.as_ref().is_some_and(|seats| seats.judges.is_empty()))>
                <div class="empty" data-testid="desk-nobody">
                    <p>{move || t("desk-nobody")}</p>
                    <Show when=open><a class="btn primary" href=move || link("judges")>{move || t("nav-judges")}</a></Show>
                </div>
            </Show>
            <form class:hidden=move || count() == 0 on:submit=move |event| { event.prevent_default(); send(); }>
                <label class="field">
                    <span>{move || t("desk-judge")}</span>
                    <select data-testid="desk-judge-choice" on:change=move |event| chosen.set(Some(JudgeId::new(event_target_value(&event))))>{options}</select>
                </label>
                <PinField label="desk-pin" pin=pin field=field testid="desk-pin" turn=Callback::new(turn) />
                <p class="sub">{move || t("desk-sign-in-keys")}</p>
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="desk-sign-in-fault">{move || wire_error(&error)}</p> })}
                <button type="submit" class="btn primary" data-testid="desk-enter" prop:disabled=move || busy.get()>{move || t("desk-enter")}</button>
            </form>
            <Show when=open fallback=move || view! { <Release /> }>
                <p class="sub"><a href=move || link("home")>{move || t("desk-back")}</a></p>
            </Show>
        </section>
    }
}
