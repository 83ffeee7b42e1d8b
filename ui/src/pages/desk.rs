//! The judge's desk (评分台): signing in by PIN, then one sheet at a time or all of them, from the numeric keypad alone.

mod acts;
mod cell;
mod faults;
mod keys;
mod line;
mod list;
mod lost;
mod release;
mod sending;
mod sheet;
mod side;
mod sign_in;
mod watch;
mod work;

use crate::backend::call;
use crate::components::{Away, guard, leaving};
use crate::i18n::{language, t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::desk::{DeskView, LetLook, SignOut};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sign_in::SignInCard;
use work::Work;

/// The desk.
#[component]
pub fn DeskPage() -> impl IntoView {
    let session = use_session();
    let work = Work::new(session);
    Effect::new(move |_| {
        session.revision.track();
        // What was just typed comes back with its own answer.
        if work.token.with(Option::is_some) && session.event.with(Option::is_some) {
            work.ask();
        }
    });
    let away: Away = RwSignal::new(None);
    guard(
        move || {
            cell::settle_all(work);
            untrack(|| work.unsaved())
        },
        move || work.unsaved(),
        away,
    );
    let stay = Callback::new(move |()| {
        // What was not saved is what one stays for.
        let field = untrack(|| work.first_refused()).or_else(|| work.now.get_untracked());
        if let Some(field) = field.filter(|_| untrack(|| work.writable())) {
            work.focus(field);
        }
    });
    let inside = move || work.token.with(Option::is_some);
    let whole = RwSignal::new(false);
    Effect::new(move |_| {
        // Whoever signs in begins with one sheet.
        if work.token.with(Option::is_none) {
            whole.set(false);
        }
    });
    view! {
        <div class="desk" data-testid="desk">
            <h1 class="sr-only">{move || t("desk-title")}</h1>
            {move || work.wrong().map(|error| view! {
                <p class="marks-banner bad" role="alert" data-testid="desk-fault">{move || wire_error(&error)}</p>
            })}
            <Show when=move || !inside()><SignInCard work=work /></Show>
            <Show when=inside>
                {head(work, whole, away)}
                {lost::lost(work)}
                <Show when=move || work.view.with(|view| view.as_ref().is_some_and(|view| view.sheets.is_empty()))>
                    <section class="card empty" data-testid="desk-empty">
                        <h2>{move || t("desk-empty-title")}</h2>
                        <p>{move || t("desk-empty")}</p>
                    </section>
                </Show>
                <Show when=move || work.view.with(|view| view.as_ref().is_some_and(|view| view.sheet.is_some()))>
                    <div class="desk-work" class:hidden=move || whole.get()>
                        <div>{sheet::sheet(work)}{side::keys()}</div>
                        {side::side(work)}
                    </div>
                    <Show when=move || whole.get()>{list::whole(work, whole)}</Show>
                </Show>
                <acts::Acts work=work />
            </Show>
            {leaving(move || work.unsaved().refused, away, stay)}
        </div>
    }
}

/// Who sits here, and what a desk as a whole can do.
fn head(work: Work, whole: RwSignal<bool>, away: Away) -> impl IntoView {
    let said = move |read: fn(&DeskView) -> String| work.view.with(|view| view.as_ref().map(read).unwrap_or_default());
    let looking = move || work.view.with(|view| view.as_ref().is_some_and(|view| view.looking));
    let sign_out = Callback::new(move |()| {
        let (Some(competition), Some(token)) = (work.session.competition.get_untracked(), work.token.get_untracked())
        else {
            return;
        };
        spawn_local(async move {
            // A token that is not known any more is as good as closed.
            let _ = call(SignOut { competition, token }).await;
            work.leave();
        });
    });
    // Once everything is saved, or given up.
    let out = move |_| {
        cell::settle_all(work);
        away.set(Some(sign_out));
    };
    let look = move |_| {
        let (Some(competition), Some(token)) = (work.session.competition.get_untracked(), work.token.get_untracked())
        else {
            return;
        };
        spawn_local(async move {
            match call(LetLook { competition, token }).await {
                Ok(()) => {
                    work.did(None);
                    work.ask();
                }
                Err(error) => work.did(Some(error)),
            }
        });
    };
    view! {
        <header class="head">
            <p class="desk-who">
                {move || { let _ = language(); said(|view| t(view.kind.key())) }} " "
                <b data-testid="desk-judge">{move || said(|view| view.code.clone())}</b>
            </p>
            <Show when=looking><span class="tag warn" data-testid="desk-looking">{move || t("desk-looking")}</span></Show>
            <span class="sub" class:wrong-text=move || work.refused() != 0 role="status" data-testid="desk-safe">
                {move || match (work.refused(), work.waiting.get()) {
                    (0, 0) => t("marks-all-saved"),
                    (0, count) => tx("marks-saving", &[("count", &count.to_string())]),
                    (count, _) => tx("desk-not-saved", &[("count", &count.to_string())]),
                }}
            </span>
            <span class="push">
                <button class="btn" data-testid="desk-whole" aria-pressed=move || whole.get().to_string() on:click=move |_| whole.update(|on| *on = !*on)>
                    {move || t(if whole.get() { "desk-one" } else { "desk-whole" })}
                </button>
                <button class="btn" data-testid="desk-look" prop:disabled=looking on:click=look>{move || t("desk-look")}</button>
                <button class="btn" data-testid="desk-out" on:click=out>{move || t("desk-out")}</button>
            </span>
        </header>
    }
}
