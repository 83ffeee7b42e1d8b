//! What an authenticator app is given, as a code and in letters; and the recovery codes, which are shown once.

use crate::i18n::t;
use jiangsai_domain::account::Authenticator;
use leptos::prelude::*;

/// The code to be read by a camera, and the same to be typed.
#[component]
pub fn AuthenticatorCode(
    /// What the app is given.
    made: Authenticator,
) -> impl IntoView {
    let side = made.side;
    view! {
        <div class="authenticator">
            <svg viewBox=format!("0 0 {side} {side}") role="img" aria-label=move || t("authenticator-code-label") data-testid="authenticator-code" data-address=made.address>
                <rect class="paper" width=side height=side></rect>
                <path class="ink" d=made.path></path>
            </svg>
            <div class="stack">
                <p>{move || t("authenticator-about")}</p>
                <p class="sub">{move || t("authenticator-letters")}</p>
                <code data-testid="authenticator-letters">{made.letters}</code>
            </div>
        </div>
    }
}

/// Codes for the day on which the app is lost.
#[component]
pub fn RecoveryCodes(
    /// The codes.
    codes: Vec<String>,
    /// They were kept.
    kept: Callback<()>,
) -> impl IntoView {
    view! {
        <section class="stack" data-testid="recovery">
            <h2 tabindex="-1">{move || t("recovery-title")}</h2>
            <p class="sub">{move || t("recovery-about")}</p>
            <ul class="recovery">{codes.into_iter().map(|code| view! { <li><code data-testid="recovery-code">{code}</code></li> }).collect_view()}</ul>
            <p class="actions"><button type="button" class="btn primary" data-testid="recovery-kept" on:click=move |_| kept.run(())>{move || t("recovery-kept")}</button></p>
        </section>
    }
}
