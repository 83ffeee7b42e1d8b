//! Signing in to a competition where people sign in: who, and the PIN. With the numeric keypad alone: + and − choose who, then the digits and
//! Enter. Whoever has no PIN at this computer chooses one here.

use crate::backend::call;
use crate::components::PinField;
use crate::i18n::{t, tx, wire_error};
use crate::session::{link, use_session};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::people::{AskIn, AskedIn, Door, DoorState, SignIn};
use jiangsai_domain::ids::OfficerId;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page that stands in the place of every other one.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(None::<OfficerId>);
    let pin = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let asked = RwSignal::new(None::<AskedIn>);
    let busy = RwSignal::new(false);
    let field = NodeRef::<html::Input>::new();
    let people =
        Memo::new(move |_| session.people.with(|own| own.as_ref().map(|own| own.people.clone()).unwrap_or_default()));
    let title = move || session.people.with(|own| own.as_ref().map(|own| own.title.clone()).unwrap_or_default());
    // Who is chosen, not at which place: a list that is read again may have moved them.
    let own = Memo::new(move |_| {
        let id = chosen.get();
        people.with(|people| people.iter().find(|own| Some(&own.officer) == id.as_ref()).or(people.first()).cloned())
    });
    let state = move || own.with(|own| own.as_ref().map(|own| own.state));
    let chooses = move || state() != Some(DoorState::Ready);
    Effect::new(move |_| {
        if let Some(input) = field.get() {
            request_animation_frame(move || {
                // A field that cannot take the focus is reached with the keyboard all the same.
                let _ = input.focus();
            });
        }
    });
    let choose = move |officer: OfficerId| {
        chosen.set(Some(officer));
        // What was typed was the PIN of somebody else.
        pin.set(String::new());
        fault.set(None);
        asked.set(None);
    };
    let turn = move |forth: bool| {
        let all = people.get_untracked();
        let now = own.get_untracked().map(|own| own.officer);
        let at = all.iter().position(|own| Some(&own.officer) == now.as_ref()).unwrap_or_default();
        let to = if forth { at + 1 } else { at + all.len().saturating_sub(1) };
        if let Some(next) = all.get(to.checked_rem(all.len()).unwrap_or_default()) {
            choose(next.officer.clone());
        }
    };
    let send = move || {
        let (Some(competition), Some(Door { officer, state, .. }), false) =
            (session.competition.get_untracked(), own.get_untracked(), busy.get_untracked())
        else {
            return;
        };
        let typed = pin.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let answer = if state == DoorState::Ready {
                let signed_in = call(SignIn { competition: competition.clone(), officer, pin: typed }).await;
                signed_in.map(|signed_in| session.sign(&competition, Some(&signed_in.token)))
            } else {
                let chosen = call(AskIn { competition, officer, pin: typed }).await;
                chosen.map(|chosen| {
                    asked.try_set(Some(chosen));
                    session.revision.update(|revision| *revision += 1);
                })
            };
            busy.try_set(false);
            pin.try_set(String::new());
            fault.try_set(answer.err());
        });
    };
    let options = move || {
        let now = own.get().map(|own| own.officer);
        let option = move |door: Door| {
            let selected = Some(&door.officer) == now.as_ref();
            let beside = match door.state {
                DoorState::Ready => String::new(),
                DoorState::New => format!("　{}", t("sign-in-new")),
                DoorState::Awaiting => format!("　{}", t("sign-in-awaiting")),
            };
            view! { <option value=door.officer.to_string() selected=selected>{format!("{}{beside}", door.name)}</option> }
        };
        people.get().into_iter().map(option).collect_view()
    };
    let said = move || {
        asked.get().map(|own| {
            let words = t(if own.awaits { "sign-in-awaits-about" } else { "sign-in-chosen" });
            view! {
                <p class="marks-banner" role="status" data-testid="sign-in-asked">{words}</p>
                {own.awaits.then(|| view! { <p data-testid="sign-in-fingerprint">{tx("sign-in-fingerprint", &[("key", &own.fingerprint)])}</p> })}
            }
        })
    };
    view! {
        <section class="card desk-sign-in" data-testid="sign-in">
            <h1>{move || t("sign-in-title")}</h1>
            <p class="sub">{move || tx("sign-in-about", &[("title", &title())])}</p>
            <Show when=move || people.with(Vec::is_empty)>
                <p class="empty" data-testid="sign-in-nobody">{move || t("sign-in-nobody-here")}</p>
            </Show>
            <form class:hidden=move || people.with(Vec::is_empty) on:submit=move |event| { event.prevent_default(); send(); }>
                <label class="field">
                    <span>{move || t("sign-in-who")}</span>
                    <select data-testid="sign-in-who" on:change=move |event| choose(OfficerId::new(event_target_value(&event)))>{options}</select>
                </label>
                <Show when=move || chooses()><p class="sub" data-testid="sign-in-choose-about">{move || t("sign-in-choose-about")}</p></Show>
                <PinField label="sign-in-pin" pin=pin field=field testid="sign-in-pin" turn=Callback::new(turn) />
                <p class="sub">{move || t("sign-in-keys")}</p>
                {said}
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="sign-in-fault">{move || wire_error(&error)}</p> })}
                <button type="submit" class="btn primary" data-testid="sign-in-enter" prop:disabled=move || busy.get()>
                    {move || t(if chooses() { "sign-in-choose" } else { "sign-in-enter" })}
                </button>
            </form>
            <p class="actions">
                <a href=move || link("desk") data-testid="sign-in-desk">{move || t("sign-in-desk")}</a>
                <a href="#/">{move || t("sign-in-to-start")}</a>
            </p>
        </section>
    }
}
