//! One person: name, unit, roles, computers, and the PIN at this one.

use super::Editing;
use crate::backend::call;
use crate::components::{Dialog, TextField, beside};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::people::{PeopleView, SaveOfficer, SetOfficerPin};
use jiangsai_domain::command::{Role, WireError};
use jiangsai_domain::ids::NodeKey;
use jiangsai_domain::people::Officer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// Refusals that stand beside the name, the PIN and the reason.
const NAME: &[&str] = &["missing-name", "duplicate-officer"];
const PIN: &[&str] = &["pin-form"];
const REASON: &[&str] = &["reason-needed"];

/// The dialog.
#[component]
pub fn OfficerDialog(
    /// Whom, and the person; closed while `None`.
    editing: Editing,
    /// Who works here.
    list: RwSignal<Option<PeopleView>>,
    /// Called after it was saved.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let [name, unit, pin, reason] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let roles = RwSignal::new(BTreeSet::<Role>::new());
    let nodes = RwSignal::new(BTreeSet::<NodeKey>::new());
    let retired = RwSignal::new(false);
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        let officer = editing.get().map(|(_, officer)| officer).unwrap_or_default();
        name.set(officer.name);
        unit.set(officer.unit);
        roles.set(officer.roles);
        nodes.set(officer.nodes);
        retired.set(officer.retired);
        pin.set(String::new());
        reason.set(String::new());
        fault.set(None);
    });
    let here = move || list.with_untracked(|list| list.as_ref().map(|list| list.node.clone()).unwrap_or_default());
    let save = move || {
        let (Some(competition), Some((id, _))) = (session.competition.get_untracked(), editing.get_untracked()) else {
            return;
        };
        let officer = Officer {
            name: name.get_untracked(),
            unit: unit.get_untracked(),
            roles: roles.get_untracked(),
            nodes: nodes.get_untracked(),
            retired: retired.get_untracked(),
        };
        let (reason, secret, kept) = (reason.get_untracked(), pin.get_untracked(), officer.clone());
        spawn_local(async move {
            let saved = match call(SaveOfficer { competition: competition.clone(), id, officer, reason }).await {
                Ok(_) if secret.is_empty() => Ok(()),
                Ok(officer) => {
                    // Should the PIN be refused, the person is on record, and is not added once more.
                    editing.try_update(|editing| *editing = Some((Some(officer.clone()), kept)));
                    call(SetOfficerPin { competition, officer, pin: secret }).await
                }
                Err(error) => Err(error),
            };
            match saved {
                Ok(()) => {
                    editing.try_set(None);
                    done.run(());
                }
                Err(error) => {
                    fault.try_set(Some(error));
                    done.run(());
                }
            }
        });
    };
    let choice = move |role: Role| {
        let flip = move |_| {
            roles.update(|roles| {
                if !roles.remove(&role) {
                    roles.insert(role);
                }
            });
        };
        view! {
            <label class="check">
                <input type="checkbox" data-testid=format!("officer-role-{}", role.name()) prop:checked=move || roles.with(|roles| roles.contains(&role)) on:change=flip />
                <span>{move || t(role.key())}</span>
            </label>
        }
    };
    let only_here = move |_| {
        nodes.update(|nodes| {
            *nodes = if nodes.is_empty() { [here()].into() } else { BTreeSet::new() };
        })
    };
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            title=Signal::derive(move || t("people-title"))
            close=Callback::new(move |()| editing.set(None))
            testid="officer"
        >
            <form on:submit=move |event| { event.prevent_default(); save(); }>
                <div class="fields">
                    <TextField label="people-name" value=name testid="officer-name" must=true first=true wrong=beside(fault, NAME) />
                    <TextField label="people-unit" value=unit testid="officer-unit" />
                </div>
                <fieldset>
                    <legend>{move || t("people-roles")}</legend>
                    <div class="fields">{Role::GRANTED.into_iter().map(choice).collect_view()}</div>
                </fieldset>
                <label class="check">
                    <input type="checkbox" data-testid="officer-here" prop:checked=move || !nodes.with(BTreeSet::is_empty) on:change=only_here />
                    <span>{move || t("people-only-here")}</span>
                </label>
                <TextField label="people-pin" value=pin testid="officer-pin" kind="password" wrong=beside(fault, PIN) />
                <p class="sub">{move || t("people-pin-about")}</p>
                <label class="check">
                    <input type="checkbox" data-testid="officer-retired" prop:checked=move || retired.get() on:change=move |_| retired.update(|on| *on = !*on) />
                    <span>{move || t("people-retired")}</span>
                </label>
                <Show when=move || retired.get()>
                    <TextField label="people-reason" value=reason testid="officer-reason" must=true wrong=beside(fault, REASON) />
                </Show>
                {move || fault.get().filter(|fault| ![NAME, PIN, REASON].concat().contains(&fault.code.as_str())).map(|error| view! { <p class="wrong-text" role="alert" data-testid="officer-fault">{move || wire_error(&error)}</p> })}
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| editing.set(None)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="officer-save">{move || t("save")}</button>
                </p>
            </form>
        </Dialog>
    }
}
