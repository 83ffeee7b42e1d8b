//! Having people sign in, and no longer: the effect is shown before.

use crate::backend::call;
use crate::components::{Dialog, TextField, beside};
use crate::i18n::{lang, t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::people::{BeginSignIn, EndSignIn, PeopleView};
use jiangsai_locales::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Refusals that stand beside the reason.
const REASON: &[&str] = &["reason-needed"];

/// The button, and its dialog.
#[component]
pub fn Turn(
    /// Who works here.
    list: RwSignal<Option<PeopleView>>,
    /// Called after it was done.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let on = Memo::new(move |_| list.with(|list| list.as_ref().is_some_and(|list| list.on)));
    let nobody = move || list.with(|list| list.as_ref().is_some_and(|list| list.nobody));
    let names = move || {
        let names = list.with(|list| {
            let ready = list.iter().flat_map(|list| &list.officers).filter(|own| own.pin && !own.officer.retired);
            ready.map(|own| own.officer.name.clone()).collect::<Vec<_>>()
        });
        names.join(if lang() == Lang::Zh { "、" } else { ", " })
    };
    let go = move || {
        let Some(competition) = session.competition.get_untracked() else { return };
        let (begins, reason) = (!on.get_untracked(), reason.get_untracked());
        spawn_local(async move {
            let answer = if begins {
                call(BeginSignIn { competition }).await
            } else {
                call(EndSignIn { competition, reason }).await
            };
            match answer {
                Ok(()) => {
                    open.try_set(false);
                    fault.try_set(None);
                    done.run(());
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let before = move || {
        if on.get() {
            return view! {
                <p>{t("people-end-effect")}</p>
                <TextField label="people-end-reason" value=reason testid="people-end-reason" must=true first=true wrong=beside(fault, REASON) />
            }
            .into_any();
        }
        view! {
            <p>{t("people-begin-effect")}</p>
            {if nobody() {
                view! { <p class="wrong-text">{t("people-begin-none")}</p> }.into_any()
            } else {
                view! { <p>{tx("people-begin-people", &[("names", &names())])}</p><p class="sub">{t("people-begin-others")}</p> }.into_any()
            }}
        }
        .into_any()
    };
    view! {
        <span class="tag plain" data-testid="people-state">{move || t(if on.get() { "people-on" } else { "people-off" })}</span>
        <button class="btn primary" data-testid="people-turn" on:click=move |_| {
            reason.set(String::new());
            fault.set(None);
            open.set(true);
        }>{move || t(if on.get() { "people-end" } else { "people-begin" })}</button>
        <Dialog
            open=open
            title=Signal::derive(move || t(if on.get() { "people-end-title" } else { "people-begin-title" }))
            close=Callback::new(move |()| open.set(false))
            testid="people-turning"
        >
            <form on:submit=move |event| { event.prevent_default(); go(); }>
                {before}
                {move || fault.get().filter(|fault| !REASON.contains(&fault.code.as_str())).map(|error| view! { <p class="wrong-text" role="alert" data-testid="people-turn-fault">{move || wire_error(&error)}</p> })}
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="people-turn-go" prop:disabled=move || !on.get() && nobody()>{move || t(if on.get() { "people-end" } else { "people-begin" })}</button>
                </p>
            </form>
        </Dialog>
    }
}
