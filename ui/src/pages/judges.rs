//! Judges, their PINs, and who sits on which panel.

mod edit;
mod leaders;
mod panel;

use crate::backend::call;
use crate::components::{KeysDialog, KeysOf};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use edit::JudgeDialog;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::judging::{Judge, JudgeKeys, JudgeKind, JudgeList, KeyHere, ListJudges};
use jiangsai_domain::ids::JudgeId;
use jiangsai_domain::people::Signer;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The judges page.
#[component]
pub fn JudgesPage() -> impl IntoView {
    let session = use_session();
    let list = RwSignal::new(None::<JudgeList>);
    let fault = RwSignal::new(None::<WireError>);
    let editing = RwSignal::new(None::<(Option<JudgeId>, Judge)>);
    let shown = RwSignal::new(None::<KeysOf>);
    let again = RwSignal::new(0_u32);
    Effect::new(move |_| {
        session.revision.track();
        again.track();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else { return };
        spawn_local(async move {
            match call(ListJudges { competition, event }).await {
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
    let empty = move || list.with(|list| list.as_ref().is_some_and(|list| list.judges.is_empty()));
    let rows = move || {
        list.with(|list| {
            let keys = |list: &JudgeList, id: &JudgeId| list.keys.iter().find(|own| own.judge == *id).cloned();
            let one = |list: &JudgeList| {
                let rows = list.judges.iter().cloned().map(|judge| (keys(list, &judge.0), judge));
                rows.map(|(keys, judge)| row(judge, keys, editing, shown)).collect_view()
            };
            list.as_ref().map(one)
        })
    };
    view! {
        <div>
            <header class="head">
                <h1>{move || t("judges-title")}</h1>
                <span class="push">
                    <button class="btn primary" data-testid="judge-add" on:click=move |_| {
                        let kind = JudgeKind::Scoring;
                        editing.set(Some((None, Judge { kind, ..Judge::default() })));
                    }>{move || t("judges-add")}</button>
                </span>
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{move || wire_error(&error)}</p> })}
            <div class="judges">
                <section class="card">
                    <Show when=empty>
                        <div class="empty" data-testid="judges-empty">
                            <h2>{move || t("judges-empty-title")}</h2>
                            <p>{move || t("judges-empty")}</p>
                        </div>
                    </Show>
                    <div class="scroll" tabindex="0" class:hidden=empty>
                        <table>
                            <thead><tr>
                                <th>{move || t("judge-code")}</th>
                                <th>{move || t("judge-name")}</th>
                                <th>{move || t("judge-kind")}</th>
                                <th>{move || t("judge-unit")}</th>
                                <th>{move || t("judge-pin-short")}</th>
                                <th><span class="sr-only">{move || t("registration-actions")}</span></th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
                {move || list.with(|list| list.as_ref().map(|list| view! { <div class="panels">{panel::panels(list, again)}{leaders::leaders(list, again)}</div> }))}
            </div>
            <KeysDialog shown=shown done=Callback::new(move |()| again.update(|count| *count += 1)) />
            <JudgeDialog editing=editing done=Callback::new(move |()| {
                again.update(|count| *count += 1);
                session.revision.try_update(|revision| *revision += 1);
            }) />
        </div>
    }
}

fn row(
    (id, judge, pin): (JudgeId, Judge, bool),
    keys: Option<JudgeKeys>,
    editing: RwSignal<Option<(Option<JudgeId>, Judge)>>,
    shown: RwSignal<Option<KeysOf>>,
) -> impl IntoView {
    let kind = judge.kind.key();
    let edited = (Some(id.clone()), judge.clone());
    let here = keys.as_ref().and_then(|own| key_here(own.here));
    let known = keys.map(|own| own.keys).filter(|keys| !keys.is_empty());
    let look = known.map(|keys| {
        let of = KeysOf { signer: Signer::Judge(id), name: judge.code.clone(), keys };
        let testid = format!("judge-keys-{}", judge.code);
        view! { " "<button class="btn quiet" data-testid=testid on:click=move |_| shown.set(Some(of.clone()))>{move || t("judge-keys-show")}</button> }
    });
    view! {
        <tr data-testid=format!("judge-row-{}", judge.code)>
            <td class="num"><b>{judge.code.clone()}</b></td>
            <td>{judge.name.clone()}{judge.retired.then(|| view! { " "<span class="tag plain">{move || t("judge-retired")}</span> })}</td>
            <td>{move || t(kind)}</td>
            <td>{judge.unit.clone()}</td>
            <td>
                {move || t(if pin { "judge-pin-set" } else { "judge-pin-none" })}
                {here.map(|key| view! { " "<small class="sub" data-testid=format!("judge-key-{}", judge.code)>{move || t(key)}</small> })}
                {look}
            </td>
            <td><button class="btn quiet" data-testid=format!("judge-edit-{}", judge.code) on:click=move |_| editing.set(Some(edited.clone()))>{move || t("edit")}</button></td>
        </tr>
    }
}

/// What is said of a judge's key at this computer, if anything.
const fn key_here(here: KeyHere) -> Option<&'static str> {
    match here {
        KeyHere::None => None,
        KeyHere::Waits => Some("judge-key-waits"),
        KeyHere::Counts => Some("judge-key-counts"),
        KeyHere::Revoked => Some("judge-key-revoked"),
    }
}
