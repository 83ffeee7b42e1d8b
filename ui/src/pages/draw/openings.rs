//! Unsealing (解密): each of two people types a name and confirms, and where names are locked an opening code.

use crate::backend::call;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::draw::{OpenEnvelope, OpenSeal, SealView};
use jiangsai_domain::draw::Office;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The two confirmations, and the reason where one is wanted.
pub fn openings(seal: Memo<SealView>) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let done = Memo::new(move |_| seal.with(|seal| seal.done));
    let locked = Memo::new(move |_| seal.with(|seal| seal.locked));
    let offices = move || if locked.get() { &Office::ALL[..] } else { &Office::PAIR[..] };
    let marks = move || {
        let marks = seal.with(|seal| seal.marks.clone());
        let text = match &marks[..] {
            [] => return None,
            [mark] => tx("unseal-mark", &[("mark", mark)]),
            several => tx("unseal-marks", &[("marks", &several.join(", "))]),
        };
        Some(view! { <p data-testid="unseal-mark">{text}</p> })
    };
    view! {
        <h2>{move || t("unseal-title")}</h2>
        <p>{move || t(if locked.get() { "unseal-locked-about" } else { "unseal-about" })}</p>
        {marks}
        <Show when=move || !done.get()>
            <label class="field">
                <span class="must">{move || t(if locked.get() { "unseal-locked-early" } else { "unseal-not-final" })}</span>
                <input data-testid="unseal-reason" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
            </label>
        </Show>
        {move || offices().iter().map(|office| view! { <Confirmation office=*office seal=seal reason=reason locked=locked.get() /> }).collect_view()}
    }
}

#[component]
fn Confirmation(
    /// Whose.
    office: Office,
    /// The seal.
    seal: Memo<SealView>,
    /// Why it is opened now.
    reason: RwSignal<String>,
    /// It takes a code.
    locked: bool,
) -> impl IntoView {
    let session = use_session();
    let [name, code] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<WireError>);
    let id = match office {
        Office::DrawOfficer => "officer",
        Office::Supervisor => "supervisor",
        Office::Envelope => "envelope",
    };
    let confirmed = move || seal.with(|seal| seal.opened.iter().find(|(own, ..)| *own == office).cloned());
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let (name, code, reason) = (name.get_untracked(), code.get_untracked(), reason.get_untracked());
        let second = seal.with_untracked(|seal| seal.opened.iter().any(|(own, ..)| *own != office));
        spawn_local(async move {
            let opened = match office {
                Office::Envelope => call(OpenEnvelope { competition, event, name, code, reason }).await,
                Office::DrawOfficer | Office::Supervisor => {
                    call(OpenSeal { competition, event, office, name, code, reason }).await
                }
            };
            match opened {
                Ok(()) => {
                    session.say(move || t(if second { "unseal-done" } else { "unseal-first" }));
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    move || {
        match confirmed() {
        Some((_, name, at)) => {
            let args = [("office", t(office.key())), ("name", name), ("time", moment(at))];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            view! { <p class="saved-text" data-testid=format!("unsealed-{id}")>{tx("unseal-confirmed", &args)}</p> }
                .into_any()
        }
        None => view! {
            <form class="stack unseal-one" on:submit=move |event| { event.prevent_default(); go(); }>
                <label class="field">
                    <span class="must">{tx("unseal-name", &[("office", &t(office.key()))])}</span>
                    <input data-testid=format!("unseal-{id}") autocomplete="off" maxlength="60" prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event)) />
                </label>
                {locked.then(|| view! {
                    <label class="field">
                        <span class="must">{t("unseal-code")}</span>
                        <input class="mono" data-testid=format!("unseal-{id}-code") autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="60" prop:value=move || code.get() on:input=move |event| code.set(event_target_value(&event)) />
                    </label>
                })}
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid=format!("unseal-{id}-fault")>{wire_error(&error)}</p> })}
                <p><button type="submit" class="btn" data-testid=format!("unseal-{id}-do")>{t("unseal-confirm")}</button></p>
            </form>
        }
        .into_any(),
    }
    }
}
