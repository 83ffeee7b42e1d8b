//! The keys of a person or a judge, and revoking one (吊销密钥): what would lack its approval is shown first, and which approvals are still trusted is chosen.

use super::effect::event_effects;
use super::{Dialog, Foretold, TextField};
use crate::backend::call;
use crate::i18n::{message, t, tx, value, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::people::{Awaited, KeyApproval, KeyEffect, OwnKey, RevokeKey};
use jiangsai_domain::ids::FactId;
use jiangsai_domain::people::Signer;
use jiangsai_domain::view::people::short;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Whose keys are shown.
#[derive(Clone)]
pub struct KeysOf {
    /// Whose.
    pub signer: Signer,
    /// What that one is called.
    pub name: String,
    /// The keys.
    pub keys: Vec<OwnKey>,
}

/// The dialog.
#[component]
pub fn KeysDialog(
    /// Whose keys; `None` while the dialog is closed.
    shown: RwSignal<Option<KeysOf>>,
    /// Called when one was revoked.
    done: Callback<()>,
) -> impl IntoView {
    let chosen = RwSignal::new(None::<OwnKey>);
    Effect::new(move |_| {
        shown.track();
        chosen.set(None);
    });
    let close = Callback::new(move |()| shown.set(None));
    let name = move || shown.with(|shown| shown.as_ref().map(|own| own.name.clone()).unwrap_or_default());
    let body = move || {
        let Some(own) = shown.get() else { return ().into_any() };
        match chosen.get() {
            Some(key) => view! { <Revoke signer=own.signer key=key close=close done=done /> }.into_any(),
            None => {
                own.keys.into_iter().enumerate().map(|(index, key)| line(index, key, chosen)).collect_view().into_any()
            }
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || shown.with(Option::is_some))
            title=Signal::derive(move || tx("people-keys-of", &[("name", &name())]))
            close=close
            testid="keys"
            wide=true
        >
            <p class="sub">{move || t("people-keys-about")}</p>
            {body}
        </Dialog>
    }
}

fn line(index: usize, key: OwnKey, chosen: RwSignal<Option<OwnKey>>) -> impl IntoView {
    let words = tx("people-key-at", &[("key", &short(&key.key)), ("node", &short(key.node.as_str()))]);
    view! {
        <p class="dialog-actions" data-testid=format!("key-{index}")>
            <span class="push">{words}</span>
            <button type="button" class="btn" data-testid=format!("key-revoke-{index}") on:click=move |_| chosen.set(Some(key.clone()))>{move || t("people-key-revoke")}</button>
        </p>
    }
}

/// What revoking would change, and why it is done.
#[component]
fn Revoke(signer: Signer, key: OwnKey, close: Callback<()>, done: Callback<()>) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    // Everything is trusted until somebody says otherwise.
    let doubted = RwSignal::new(BTreeSet::<FactId>::new());
    let foretold = Foretold::<KeyEffect>::new();
    let Foretold { effect, fault, busy, .. } = foretold;
    let words = tx("people-key-at", &[("key", &short(&key.key)), ("node", &short(key.node.as_str()))]);
    let (signer, of) = (StoredValue::new(signer), StoredValue::new(key));
    let ask = move |trusted: Vec<FactId>, preview: bool| {
        let (competition, reason) = (session.competition.get_untracked().unwrap_or_default(), reason.get_untracked());
        let OwnKey { node, key } = of.get_value();
        call(RevokeKey { competition, signer: signer.get_value(), node, key, trusted, reason, preview })
    };
    let trusted = move |approvals: &[KeyApproval], doubted: &BTreeSet<FactId>| -> Vec<FactId> {
        approvals.iter().map(|own| own.approval.clone()).filter(|id| !doubted.contains(id)).collect()
    };
    Effect::new(move |_| {
        let doubted = doubted.get();
        let known = effect.with_untracked(|found| found.as_ref().map(|found| found.approvals.clone()));
        foretold.ask(async move {
            // Which approvals there are is asked first.
            let known = match known {
                Some(known) => known,
                None => ask(Vec::new(), true).await?.approvals,
            };
            ask(trusted(&known, &doubted), true).await
        });
    });
    let go = move |_| {
        let Some(known) = effect.with_untracked(|found| found.as_ref().map(|found| found.approvals.clone())) else {
            return;
        };
        let trusted = doubted.with_untracked(|doubted| trusted(&known, doubted));
        foretold.take(ask(trusted, false), move || {
            close.try_run(());
            done.try_run(());
        });
    };
    // They stay as they are while one of them is ticked: the box keeps the keyboard.
    let approvals = Memo::new(move |_| effect.with(|found| found.as_ref().map(|found| found.approvals.clone())));
    let ready = move || !busy.get() && effect.with(Option::is_some) && reason.with(|reason| !reason.trim().is_empty());
    view! {
        <h3>{words}</h3>
        <p>{move || t("people-key-revoke-about")}</p>
        {move || approvals.get().map(|approvals| chosen_of(approvals, doubted))}
        {move || match effect.get() {
            Some(found) => follows(found).into_any(),
            None if fault.with(Option::is_none) => view! { <p role="status">{t("effect-reading")}</p> }.into_any(),
            None => ().into_any(),
        }}
        <TextField label="reason" value=reason testid="key-reason" must=true />
        {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="key-fault">{wire_error(&error)}</p> })}
        <p class="dialog-actions">
            <button type="button" class="btn" data-testid="key-cancel" on:click=move |_| close.run(())>{move || t("cancel")}</button>
            <button type="button" class="btn primary" data-testid="key-apply" prop:disabled=move || !ready() on:click=go>{move || t("people-key-revoke-do")}</button>
        </p>
    }
}

/// The approvals, each trusted or not.
fn chosen_of(approvals: Vec<KeyApproval>, doubted: RwSignal<BTreeSet<FactId>>) -> impl IntoView {
    let none = approvals.is_empty();
    let one = move |(index, own): (usize, KeyApproval)| {
        let what = own.line.map_or_else(
            || t("people-key-approval-other"),
            |line| format!("{} {}", message(&line.what.0, &line.what.1), value(&line.after)),
        );
        let (id, own_id) = (own.approval.clone(), own.approval);
        let is = doubted.with_untracked(|doubted| !doubted.contains(&id));
        let turn = move |event| {
            let trusted = event_target_checked(&event);
            doubted.update(|all| {
                if trusted {
                    all.remove(&own_id)
                } else {
                    all.insert(own_id.clone())
                };
            });
        };
        view! {
            <label class="check">
                <input type="checkbox" data-testid=format!("key-trust-{index}") prop:checked=is on:change=turn />
                <span>{moment(own.at)}" · "{what}</span>
            </label>
        }
    };
    view! {
        <fieldset class="stack" data-testid="key-approvals">
            <legend>{t("people-key-approvals")}</legend>
            {none.then(|| view! { <p class="sub">{t("people-key-approvals-none")}</p> })}
            {approvals.into_iter().enumerate().map(one).collect_view()}
        </fieldset>
    }
}

/// What follows.
fn follows(found: KeyEffect) -> impl IntoView {
    let KeyEffect { lacking, quarantined, events, .. } = found;
    let lacks = |own: Awaited| view! { <li>{message(&own.what.0, &own.what.1)}</li> };
    let count = lacking.len();
    view! {
        <p role="status" data-testid="key-counts">{tx("people-key-lacking", &[("count", &count.to_string()), ("quarantined", &quarantined.to_string())])}</p>
        {(count > 0).then(|| view! { <ul>{lacking.into_iter().map(lacks).collect_view()}</ul> })}
        {event_effects(events)}
    }
}
