//! Accounts (帐号) of those who come in by a browser from elsewhere: signing in, setting up, and the page of the own account.

mod again;
mod authenticator;
mod password;
mod sessions;
mod set_up;
mod sign_in;

pub use set_up::SetUpPage;
pub use sign_in::SignInForm;

use crate::door;
use crate::i18n::{t, tx};
use authenticator::Another;
use leptos::prelude::*;
use password::NewPassword;
use sessions::Sessions;

/// The page of the own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    // What changed elsewhere, or a code that was used: as it is now.
    door::look();
    let mine = move || {
        door::mine().map(|mine| {
            let left = mine.recovery_left;
            let few = left < 3;
            view! {
                <p data-testid="account-name"><b>{mine.name}</b></p>
                <p class="sub" data-testid="account-may">{move || t(&format!("account-may-{}-about", mine.may.name()))}</p>
                <p class:wrong-text=few data-testid="account-recovery">{move || tx("account-recovery-left", &[("count", &left.to_string())])}</p>
            }
        })
    };
    view! {
        <div class="narrow account">
            <header class="head"><h1>{move || t("account-title")}</h1></header>
            <section class="card pad stack">{mine}</section>
            <section class="card pad stack"><NewPassword /></section>
            <section class="card pad stack"><Another /></section>
            <section class="card pad stack"><Sessions /></section>
            <p class="actions"><a href="#/">{move || t("sign-in-to-start")}</a></p>
        </div>
    }
}
