//! Decisions that lack an approval, each with the roles that are still wanted.

use crate::backend::call;
use crate::i18n::{lang, message, t, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::Role;
use jiangsai_domain::command::people::{Approve, Awaited};
use jiangsai_locales::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list.
pub fn awaited(list: Vec<Awaited>, done: Callback<()>) -> impl IntoView {
    let none = list.is_empty();
    view! {
        <section class="card pad" data-testid="people-awaited">
            <h2>{move || t("people-awaited")}</h2>
            <p class="sub">{move || t("people-awaited-about")}</p>
            {if none {
                view! { <p class="saved-text" data-testid="people-awaited-none">{move || t("people-awaited-none")}</p> }.into_any()
            } else {
                view! {
                    <div class="scroll" tabindex="0">
                        <table>
                            <thead><tr>
                                <th>{move || t("people-awaited-what")}</th>
                                <th>{move || t("people-awaited-by")}</th>
                                <th>{move || t("people-awaited-missing")}</th>
                                <th><span class="sr-only">{move || t("registration-actions")}</span></th>
                            </tr></thead>
                            <tbody>{list.into_iter().enumerate().map(|(index, own)| row(index, own, done)).collect_view()}</tbody>
                        </table>
                    </div>
                }.into_any()
            }}
        </section>
    }
}

/// The roles that are wanted, by place; of one that only the judge can fill what to do.
fn lacking(missing: &[Vec<Role>]) -> String {
    if missing.iter().flatten().all(|role| *role == Role::Judge) {
        return t("people-awaited-judge");
    }
    let or = format!(" {} ", t("people-awaited-or"));
    let any = |own: &Vec<Role>| own.iter().map(|role| t(role.key())).collect::<Vec<_>>().join(&or);
    missing.iter().map(any).collect::<Vec<_>>().join(if lang() == Lang::Zh { "、" } else { ", " })
}

fn row(index: usize, own: Awaited, done: Callback<()>) -> impl IntoView {
    let session = use_session();
    let Awaited { record, what: (key, args), by, at, missing, idle, .. } = own;
    let by_judge = missing.iter().flatten().all(|role| *role == Role::Judge);
    let approve = move |_| {
        let (Some(competition), record) = (session.competition.get_untracked(), record.clone()) else { return };
        spawn_local(async move {
            match call(Approve { competition, record }).await {
                Ok(()) => done.run(()),
                Err(error) => session.say(move || wire_error(&error)),
            }
        });
    };
    view! {
        <tr data-testid=format!("awaited-row-{index}")>
            <td>{move || message(&key, &args)}</td>
            <td>{move || if by == "operator" { t("history-operator") } else { by.clone() }}<small class="sub">" "{moment(at)}</small></td>
            <td>{move || lacking(&missing)}</td>
            <td>{(!by_judge).then(|| view! { <button class="btn" data-testid=format!("approve-{index}") on:click=approve>{move || t(if idle { "people-approve-key" } else { "people-approve" })}</button> })}</td>
        </tr>
    }
}
