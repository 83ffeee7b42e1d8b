//! What stands before the interface where one comes in by a browser from elsewhere: signing in, setting up an account; and over it, when a session has ended.

use crate::app::{Choices, Inside};
use crate::components::Dialog;
use crate::door::{self, At};
use crate::i18n::{lang, t, wire_error};
use crate::pages::account::{SetUpPage, SignInForm};
use leptos::prelude::*;

/// Part of the address behind which a set-up code stands.
const SET_UP: &str = "#/set-up";

/// The interface behind its door.
#[component]
pub fn Gate() -> impl IntoView {
    crate::i18n::speak_kept();
    door::look();
    door::stay();
    let hash = || window().location().hash().unwrap_or_default();
    let address = RwSignal::new(hash());
    let moved = window_event_listener(leptos::ev::hashchange, move |_| address.set(hash()));
    on_cleanup(move || moved.remove());
    let link = Memo::new(move |_| {
        let code = address.with(|address| address.strip_prefix(SET_UP).map(str::to_owned));
        code.map(|code| code.trim_start_matches('/').to_owned())
    });
    let inside = Memo::new(move |_| link.with(Option::is_none) && matches!(door::at(), At::Inside(_) | At::Ended(_)));
    let is_ended = Signal::derive(move || matches!(door::at(), At::Ended(_)));
    Effect::new(move |_| {
        if !inside.get() {
            let page = if link.with(Option::is_some) { "set-up-title" } else { "door-title" };
            document().set_title(&format!("{} · {}", t(page), t("app-name")));
        }
    });
    let before = move || {
        if let Some(code) = link.get() {
            return view! { <SetUpPage link=code /> }.into_any();
        }
        match door::at() {
            At::Asking => ().into_any(),
            At::Unanswered(error) => view! {
                <p class="marks-banner bad" role="alert" data-testid="door-fault">{move || wire_error(&error)}</p>
                <p class="actions"><button class="btn" on:click=move |_| door::look()>{move || t("door-again")}</button></p>
            }
            .into_any(),
            _ => view! {
                <section class="card door" data-testid="door">
                    <h1>{move || t("door-title")}</h1>
                    <p class="sub">{move || t("door-about")}</p>
                    <SignInForm />
                </section>
            }
            .into_any(),
        }
    };
    view! {
        <Show when=move || inside.get() fallback=move || view! {
            <div class="app bare">
                <header class="bar">
                    <span class="mark">{move || t("app-name")}</span>
                    <span class="push"><Choices keep=Callback::new(|()| ()) /></span>
                </header>
                <main id="main" tabindex="-1" lang=move || lang().tag()>{before}</main>
            </div>
        }>
            <Inside />
            <Dialog open=is_ended title=Signal::derive(|| t("door-ended-title")) close=Callback::new(|()| ()) testid="door-ended" cover=true>
                <p class="sub">{move || t("door-ended-about")}</p>
                <SignInForm name={door::mine().map(|mine| mine.name).unwrap_or_default()} />
                <p class="actions"><button type="button" class="btn quiet" data-testid="door-leave" on:click=move |_| door::leave()>{move || t("door-leave")}</button></p>
            </Dialog>
        </Show>
    }
}
