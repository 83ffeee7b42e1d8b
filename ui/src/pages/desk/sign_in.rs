//! Signing in: who, and the PIN. With the numeric keypad alone: + and − choose who, then the digits and Enter.

use super::work::{Work, focus_on};
use crate::backend::call;
use crate::i18n::{t, tx, wire_error};
use crate::pages::judges::kind_key;
use crate::session::link;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::desk::{DeskSeats, ShowSeats, SignIn};
use leptos::ev;
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
    let chosen = RwSignal::new(0_usize);
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
                    chosen.try_update(|at| *at = (*at).min(found.judges.len().saturating_sub(1)));
                    seats.try_set(Some(found));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
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
        let all = count();
        if all > 0 {
            chosen.update(|at| *at = if forth { (*at + 1) % all } else { (*at + all - 1) % all });
        }
    };
    let send = move || {
        let judge = seats.with_untracked(|seats| {
            seats.as_ref().and_then(|seats| seats.judges.get(chosen.get_untracked())).map(|(id, ..)| id.clone())
        });
        let (Some(competition), Some(judge), false) =
            (session.competition.get_untracked(), judge, busy.get_untracked())
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
                Ok(signed_in) => work.enter(signed_in.token),
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
        let at = chosen.get();
        let judges = seats.with(|seats| seats.as_ref().map(|seats| seats.judges.clone()).unwrap_or_default());
        let option = move |(index, (_, code, kind)): (usize, (_, String, _))| {
            view! { <option value=index.to_string() selected=index == at>{format!("{code}　{}", t(kind_key(kind)))}</option> }
        };
        judges.into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <section class="card desk-sign-in">
            <h2>{move || t("desk-sign-in")}</h2>
            {move || lock().map(|words| view! { <p class="sub" data-testid="desk-lock-said">{words}</p> })}
            <Show when=move || seats.with(|seats| seats.as_ref().is_some_and(|seats| seats.judges.is_empty()))>
                <div class="empty" data-testid="desk-nobody">
                    <p>{move || t("desk-nobody")}</p>
                    <a class="btn primary" href=move || link("judges")>{move || t("nav-judges")}</a>
                </div>
            </Show>
            <form class:hidden=move || count() == 0 on:submit=move |event| { event.prevent_default(); send(); }>
                <label class="field">
                    <span>{move || t("desk-judge")}</span>
                    <select data-testid="desk-judge-choice" on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default())>{options}</select>
                </label>
                <label class="field">
                    <span>{move || t("desk-pin")}</span>
                    <input
                        node_ref=field
                        id="desk-pin"
                        type="password"
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength="12"
                        data-testid="desk-pin"
                        prop:value=move || pin.get()
                        on:input=move |event| pin.set(event_target_value(&event))
                        on:keydown=move |event: ev::KeyboardEvent| {
                            let forth = match event.key().as_str() {
                                "+" | "ArrowDown" => true,
                                "-" | "ArrowUp" => false,
                                _ => return,
                            };
                            event.prevent_default();
                            turn(forth);
                        }
                    />
                </label>
                <p class="sub">{move || t("desk-sign-in-keys")}</p>
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="desk-sign-in-fault">{move || wire_error(&error)}</p> })}
                <button type="submit" class="btn primary" data-testid="desk-enter" prop:disabled=move || busy.get()>{move || t("desk-enter")}</button>
            </form>
            <p class="sub"><a href=move || link("home")>{move || t("desk-back")}</a></p>
        </section>
    }
}
