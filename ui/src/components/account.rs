//! With which account one is signed in, at the top of every page, with the way to it and the way out.

use crate::door;
use crate::i18n::t;
use jiangsai_domain::account::{EndSession, May};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Name, what it may not do, and signing out.
#[component]
pub fn AccountMark() -> impl IntoView {
    let out = move |_| {
        spawn_local(async {
            if door::ask(EndSession {}).await.is_ok() {
                door::leave();
            }
        });
    };
    view! {
        {move || door::mine().map(|mine| view! {
            {(mine.may == May::Look).then(|| view! { <span class="tag warn" data-testid="account-look" title=t("account-may-look-about")>{t("account-may-look")}</span> })}
            <a href="#/account" data-testid="account-open"><span class="sr-only">{t("account-title")}" "</span>{mine.name}</a>
        })}
        <button class="btn quiet" data-testid="account-out" on:click=out>{move || t("sign-out")}</button>
    }
}
