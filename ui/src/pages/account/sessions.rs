//! The browsers in which the account is signed in, and the way out of all of them.

use crate::door;
use crate::i18n::{t, wire_error};
use crate::time::moment;
use jiangsai_domain::account::{AskSessions, EndEverywhere, OpenSession};
use jiangsai_domain::command::WireError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list.
#[component]
pub fn Sessions() -> impl IntoView {
    let (list, fault) = (RwSignal::new(Vec::<OpenSession>::new()), RwSignal::new(None::<WireError>));
    Effect::new(move |_| {
        // Again after a change of the account, which ends the others.
        door::at();
        spawn_local(async move {
            match door::ask(AskSessions {}).await {
                Ok(found) => {
                    list.try_set(found);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let everywhere = move |_| {
        spawn_local(async move {
            match door::ask(EndEverywhere {}).await {
                Ok(()) => door::leave(),
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let rows = move || {
        let row = |one: OpenSession| {
            view! {
                <tr data-testid="account-session">
                    <td>{one.browser}{one.own.then(|| view! { " "<span class="tag ok">{t("sessions-own")}</span> })}</td>
                    <td>{moment(one.begun_at)}</td>
                    <td>{moment(one.acted_at)}</td>
                </tr>
            }
        };
        list.get().into_iter().map(row).collect_view()
    };
    view! {
        <h2>{move || t("sessions-title")}</h2>
        <p class="sub">{move || t("sessions-about")}</p>
        <div class="scroll short" tabindex="0" role="region" aria-label=move || t("sessions-title")>
            <table>
                <thead><tr><th>{move || t("sessions-browser")}</th><th>{move || t("sessions-begun")}</th><th>{move || t("sessions-acted")}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{move || wire_error(&error)}</p> })}
        <p class="actions"><button class="btn" data-testid="sessions-everywhere" on:click=everywhere>{move || t("sessions-everywhere")}</button></p>
    }
}
