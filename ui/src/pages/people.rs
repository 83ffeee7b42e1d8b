//! Who works for the competition (工作人员), whether people sign in, and what waits for approval.

mod awaited;
mod edit;
mod turn;

use crate::backend::call;
use crate::components::{KeysDialog, KeysOf, roles};
use crate::i18n::{message, t, tx, wire_error};
use crate::session::use_session;
use awaited::awaited;
use edit::OfficerDialog;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::people::{ListPeople, OfficerRow, PeopleView};
use jiangsai_domain::ids::OfficerId;
use jiangsai_domain::people::{Officer, Signer};
use leptos::prelude::*;
use leptos::task::spawn_local;
use turn::Turn;

/// Who is edited, `None` for somebody new.
type Editing = RwSignal<Option<(Option<OfficerId>, Officer)>>;

/// The page.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let session = use_session();
    let list = RwSignal::new(None::<PeopleView>);
    let fault = RwSignal::new(None::<WireError>);
    let editing: Editing = RwSignal::new(None);
    let keys = RwSignal::new(None::<KeysOf>);
    Effect::new(move |_| {
        session.revision.track();
        let Some(competition) = session.competition.get() else { return };
        spawn_local(async move {
            match call(ListPeople { competition }).await {
                Ok(found) => {
                    fault.try_set(None);
                    if list.with_untracked(|list| list.as_ref() != Some(&found)) {
                        list.try_set(Some(found));
                    }
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let done = Callback::new(move |()| {
        session.revision.try_update(|revision| *revision += 1);
    });
    let empty = move || list.with(|list| list.as_ref().is_some_and(|list| list.officers.is_empty()));
    let rows = move || {
        list.with(|list| {
            list.as_ref().map(|list| list.officers.iter().cloned().map(|own| row(own, editing, keys)).collect_view())
        })
    };
    let warnings = move || {
        let warnings = list.with(|list| list.as_ref().map(|list| list.warnings.clone()).unwrap_or_default());
        (!warnings.is_empty()).then(|| view! {
            <section class="card pad" data-testid="people-warnings">
                <h2>{t("people-warnings")}</h2>
                <ul>{warnings.into_iter().map(|(key, args)| view! { <li>{message(&key, &args)}</li> }).collect_view()}</ul>
            </section>
        })
    };
    view! {
        <div class="stack">
            <header class="head">
                <h1>{move || t("people-title")}</h1>
                <span class="push">
                    <button class="btn" data-testid="officer-add" on:click=move |_| editing.set(Some((None, Officer::default())))>{move || t("people-add")}</button>
                    <Turn list=list done=done />
                </span>
            </header>
            <p class="sub">{move || t("people-about")}</p>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert" data-testid="people-fault">{move || wire_error(&error)}</p> })}
            <section class="card">
                <Show when=empty>
                    <div class="empty" data-testid="people-empty">
                        <h2>{move || t("people-empty-title")}</h2>
                        <p>{move || t("people-empty")}</p>
                    </div>
                </Show>
                <div class="scroll" tabindex="0" class:hidden=empty>
                    <table>
                        <thead><tr>
                            <th>{move || t("people-name")}</th>
                            <th>{move || t("people-unit")}</th>
                            <th>{move || t("people-roles")}</th>
                            <th>{move || t("people-nodes")}</th>
                            <th>{move || t("people-pin-here")}</th>
                            <th>{move || t("people-keys")}</th>
                            <th><span class="sr-only">{move || t("registration-actions")}</span></th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
            {warnings}
            {move || list.get().filter(|list| list.on).map(|list| awaited(list.awaited, done))}
            <OfficerDialog editing=editing list=list done=done />
            <KeysDialog shown=keys done=done />
        </div>
    }
}

fn row(own: OfficerRow, editing: Editing, shown: RwSignal<Option<KeysOf>>) -> impl IntoView {
    let OfficerRow { id, officer, pin, keys, crosses } = own;
    let edited = (Some(id.clone()), officer.clone());
    let held = officer.roles.clone();
    let at = officer.nodes.len();
    let places =
        move || if at == 0 { t("people-everywhere") } else { tx("people-some", &[("count", &at.to_string())]) };
    let count = keys.len();
    let known = move || {
        if count == 0 { t("people-keys-none") } else { tx("people-keys-count", &[("count", &count.to_string())]) }
    };
    let named = officer.name.clone();
    let whole = KeysOf { signer: Signer::Officer(id), name: named.clone(), keys };
    let look = (count > 0).then(|| {
        let testid = format!("officer-keys-{named}");
        view! { <button class="btn quiet" data-testid=testid on:click=move |_| shown.set(Some(whole.clone()))>{move || t("people-keys-show")}</button> }
    });
    view! {
        <tr data-testid=format!("officer-row-{}", officer.name)>
            <td>
                <b>{officer.name.clone()}</b>
                {officer.retired.then(|| view! { " "<span class="tag plain">{move || t("people-retired")}</span> })}
                {crosses.then(|| view! { " "<span class="tag warn">{move || t("people-crosses")}</span> })}
            </td>
            <td>{officer.unit}</td>
            <td>{move || roles(&held)}</td>
            <td>{places}</td>
            <td>{move || t(if pin { "judge-pin-set" } else { "judge-pin-none" })}</td>
            <td>{known}" "{look}</td>
            <td><button class="btn quiet" data-testid=format!("officer-edit-{named}") on:click=move |_| editing.set(Some(edited.clone()))>{move || t("edit")}</button></td>
        </tr>
    }
}
