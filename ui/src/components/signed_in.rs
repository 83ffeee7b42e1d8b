//! Who is signed in, at the top of every page, with the way out.

use crate::backend::call;
use crate::i18n::{lang, t, tx, wire_error};
use crate::session::use_session;
use crate::signed_in::token;
use jiangsai_domain::command::Role;
use jiangsai_domain::command::people::{Me, SignOut};
use jiangsai_locales::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Roles in words.
pub fn roles<'a>(roles: impl IntoIterator<Item = &'a Role>) -> String {
    let words: Vec<String> = roles.into_iter().map(|role| t(role.key())).collect();
    words.join(if lang() == Lang::Zh { "、" } else { ", " })
}

/// Name, roles, and signing out.
#[component]
pub fn SignedInMark(
    /// Who.
    me: Me,
) -> impl IntoView {
    let session = use_session();
    let out = move |_| {
        let Some(competition) = session.competition.get_untracked() else { return };
        spawn_local(async move {
            let token = token(competition.as_str()).unwrap_or_default();
            match call(SignOut { competition: competition.clone(), token }).await {
                Ok(()) => {
                    session.sign(&competition, None);
                    session.say(move || t("signed-out-said"));
                }
                Err(error) => session.say(move || wire_error(&error)),
            }
        });
    };
    let said = move || tx("signed-in-as", &[("name", &me.name), ("roles", &roles(&me.roles))]);
    view! {
        <span class="tag plain" data-testid="signed-in" title=move || t("signed-in-label")><span class="sr-only">{move || t("signed-in-label")}" "</span>{said}</span>
        <button class="btn quiet" data-testid="sign-out" on:click=out>{move || t("sign-out")}</button>
    }
}
