//! One judge: code, name, kind, unit, PIN.

use crate::backend::call;
use crate::components::{Choice, Dialog, TextField, beside};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::judging::{Judge, JudgeKind, SaveJudge, SetPin};
use jiangsai_domain::decide::judges;
use jiangsai_domain::ids::JudgeId;
use leptos::prelude::*;
use leptos::task::spawn_local;

const KINDS: [JudgeKind; 7] = [
    JudgeKind::Scoring,
    JudgeKind::OnSite,
    JudgeKind::Timing,
    JudgeKind::CheckIn,
    JudgeKind::Encryption,
    JudgeKind::GroupLeader,
    JudgeKind::Chief,
];

/// Refusals that stand beside the code, the name and the PIN.
const CODE: &[&str] = &["missing-code", "code-form", "duplicate-code"];
const NAME: &[&str] = &["missing-name"];
const PIN: &[&str] = &["pin-form"];

/// The dialog.
#[component]
pub fn JudgeDialog(
    /// Which judge (`None` for a new one) and its fields; closed while `None`.
    editing: RwSignal<Option<(Option<JudgeId>, Judge)>>,
    /// Called after it was saved.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let [code, name, unit, kind, pin] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let retired = RwSignal::new(false);
    let fault = RwSignal::new(None::<WireError>);
    // Codes of everything that is wrong with what was typed.
    let faults = RwSignal::new(Vec::<&'static str>::new());
    let wrong = move |codes: &'static [&'static str]| {
        let refused = beside(fault, codes);
        Signal::derive(move || {
            let own = faults.with(|faults| faults.iter().find(|code| codes.contains(code)).copied());
            own.map_or_else(|| refused.get(), |code| t(&format!("error-{code}")))
        })
    };
    let is_new = move || editing.with(|editing| editing.as_ref().is_some_and(|(id, _)| id.is_none()));
    Effect::new(move |_| {
        let judge = editing.get().map(|(_, judge)| judge).unwrap_or_default();
        code.set(judge.code);
        name.set(judge.name);
        unit.set(judge.unit);
        kind.set(judge.kind.key().to_owned());
        retired.set(judge.retired);
        pin.set(String::new());
        fault.set(None);
        faults.set(Vec::new());
    });
    let kinds =
        Signal::derive(move || KINDS.iter().map(|kind| (kind.key().to_owned(), t(kind.key()))).collect::<Vec<_>>());
    let save = move || {
        let (Some(competition), Some((id, _))) = (session.competition.get_untracked(), editing.get_untracked()) else {
            return;
        };
        let wanted = kind.get_untracked();
        let judge = Judge {
            code: code.get_untracked(),
            name: name.get_untracked(),
            kind: KINDS.into_iter().find(|kind| kind.key() == wanted).unwrap_or_default(),
            unit: unit.get_untracked(),
            retired: retired.get_untracked(),
        };
        let secret = pin.get_untracked();
        let mut found = judges::faults(&judge);
        if !secret.is_empty() && !judges::is_pin(&secret) {
            found.push("pin-form");
        }
        fault.set(None);
        faults.set(found.clone());
        if !found.is_empty() {
            return;
        }
        spawn_local(async move {
            let saved = match call(SaveJudge { competition: competition.clone(), id, judge }).await {
                Ok(judge) if secret.is_empty() => {
                    let _ = judge;
                    Ok(())
                }
                Ok(judge) => call(SetPin { competition, judge, pin: secret }).await,
                Err(error) => Err(error),
            };
            match saved {
                Ok(()) => {
                    editing.try_set(None);
                    done.run(());
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            title=Signal::derive(move || t(if is_new() { "judges-add" } else { "judge-title" }))
            close=Callback::new(move |()| editing.set(None))
            testid="judge"
        >
            <form on:submit=move |event| { event.prevent_default(); save(); }>
                <div class="fields">
                    <TextField label="judge-code" value=code testid="judge-code" must=true first=true wrong=wrong(CODE) />
                    <TextField label="judge-name" value=name testid="judge-name" must=true wrong=wrong(NAME) />
                    <Choice label="judge-kind" value=kind options=kinds testid="judge-kind" />
                    <TextField label="judge-unit" value=unit testid="judge-unit" />
                    <Show
                        when=is_new
                        fallback=move || view! { <TextField label="judge-pin" value=pin testid="judge-pin" kind="password" wrong=wrong(PIN) /> }
                    >
                        <TextField label="judge-pin-new" value=pin testid="judge-pin" kind="password" wrong=wrong(PIN) />
                    </Show>
                </div>
                <Show when=move || !is_new()>
                    <label class="check">
                        <input type="checkbox" prop:checked=move || retired.get() on:change=move |_| retired.update(|on| *on = !*on) />
                        <span>{move || t("judge-retired")}</span>
                    </label>
                </Show>
                {move || fault.get().filter(|fault| ![CODE, NAME, PIN].concat().contains(&fault.code.as_str())).map(|error| view! { <p class="wrong-text" role="alert" data-testid="judge-fault">{move || wire_error(&error)}</p> })}
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| editing.set(None)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="judge-save">{move || t("save")}</button>
                </p>
            </form>
        </Dialog>
    }
}
