//! Locking (密封): who does it, then the papers that are shown this once, then the proof that they are in somebody's hands.

use super::papers::Papers;
use crate::backend::call;
use crate::components::{Dialog, TextField};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::draw::{LockNames, LockPlan, PrepareLock};
use jiangsai_domain::draw::Office;
use jiangsai_domain::pairing::symbols;
use leptos::prelude::*;
use leptos::task::spawn_local;

const EFFECTS: [&str; 4] = ["lock-effect-numbers", "lock-effect-gone", "lock-effect-open", "lock-effect-paper"];

/// The dialog: everything in it is gone when it closes.
#[component]
pub fn LockDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t("lock-dialog-title"))
            close=Callback::new(move |()| open.set(false))
            testid="lock"
            wide=true
        >
            <Steps open=open />
        </Dialog>
    }
}

#[component]
fn Steps(open: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let [officer, supervisor, prefix] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<WireError>);
    let plan = RwSignal::new(None::<LockPlan>);
    let prepare = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let prefix = prefix.get_untracked();
        spawn_local(async move {
            match call(PrepareLock { competition, event, prefix }).await {
                Ok(made) => {
                    fault.try_set(None);
                    plan.try_set(Some(made));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let lock = move || {
        let (Some(competition), Some(event), Some(LockPlan { key, codes, labels, .. })) =
            (session.competition.get_untracked(), session.event.get_untracked(), plan.get_untracked())
        else {
            return;
        };
        let [officer, supervisor, prefix] = [officer, supervisor, prefix].map(|text| text.get_untracked());
        spawn_local(async move {
            match call(LockNames { competition, event, officer, supervisor, prefix, key, codes, labels }).await {
                Ok(()) => {
                    open.try_set(false);
                    session.say(move || t("lock-done"));
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let fault_line = move || {
        fault.get().map(|error| {
            view! { <p class="wrong-text" role="alert" data-testid="lock-fault">{move || wire_error(&error)}</p> }
        })
    };
    let ask = move || {
        view! {
            <form on:submit=move |event| { event.prevent_default(); prepare(); }>
                <div class="stack">
                    <ul class="notes">{EFFECTS.iter().map(|key| view! { <li>{t(key)}</li> }).collect_view()}</ul>
                    <TextField label="seal-officer" value=officer testid="lock-officer" must=true first=true />
                    <TextField label="seal-supervisor" value=supervisor testid="lock-supervisor" must=true />
                    <TextField label="lock-prefix" value=prefix testid="lock-prefix" />
                    {fault_line}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="lock-prepare">{t("lock-prepare")}</button>
                </p>
            </form>
        }
    };
    move || {
        match plan.get() {
        None => ask().into_any(),
        Some(own) => view! {
            <Papers plan=own.clone() />
            <Proof plan=own lock=Callback::new(move |()| lock()) again=Callback::new(move |()| { fault.set(None); plan.set(None); }) />
            {fault_line}
        }
        .into_any(),
    }
    }
}

/// The last group of each code, typed from the slips.
#[component]
fn Proof(
    /// What was printed.
    plan: LockPlan,
    /// Every group is right.
    lock: Callback<()>,
    /// Other numbers are wanted.
    again: Callback<()>,
) -> impl IntoView {
    let typed: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<Office>);
    let go = move || {
        let proven = |(office, typed): &(Office, RwSignal<String>)| {
            let last = plan.codes.get(office).and_then(|code| code.rsplit('-').next());
            last.is_some_and(|last| symbols(&typed.get_untracked()) == symbols(last))
        };
        let missing = Office::ALL.into_iter().zip(typed).find(|own| !proven(own)).map(|(office, _)| office);
        wrong.set(missing);
        if missing.is_none() {
            lock.run(());
        }
    };
    let field = move |(office, value): (Office, RwSignal<String>)| {
        view! {
            <label class="field">
                <span class="must">{tx("lock-proof-of", &[("office", &t(office.key()))])}</span>
                <input class="mono" data-testid=format!("lock-proof-{}", office.name()) autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12" prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
            </label>
        }
    };
    view! {
        <form class="stack lock-proof" on:submit=move |event| { event.prevent_default(); go(); }>
            <p>{t("lock-proof")}</p>
            <div class="lock-groups">{Office::ALL.into_iter().zip(typed).map(field).collect_view()}</div>
            {move || wrong.get().map(|office| view! { <p class="wrong-text" role="alert" data-testid="lock-proof-wrong">{tx("lock-proof-wrong", &[("office", &t(office.key()))])}</p> })}
            <p class="sub">{t("lock-nothing-yet")}</p>
            <p class="dialog-actions">
                <button type="button" class="btn" data-testid="lock-again" on:click=move |_| again.run(())>{t("lock-again")}</button>
                <button type="submit" class="btn primary" data-testid="lock-do">{t("lock-do")}</button>
            </p>
        </form>
    }
}
