//! What is asked about before it is done: the signature, a note, 补时, the contestant's word.

use super::faults;
use super::work::{Ask, Work, focus_on};
use crate::backend::call;
use crate::components::{Choice, Dialog, TextField};
use crate::i18n::{t, tx, wire_error};
use jiangsai_domain::command::desk::{AddTime, ConfirmResults, DeskNote, DeskPlace, DeskView, SignSheet};
use jiangsai_domain::command::{Command, WireError};
use jiangsai_domain::sheet::Confirmation;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn Acts(
    /// The desk.
    work: Work,
) -> impl IntoView {
    let fault = RwSignal::new(None::<WireError>);
    // What stands in a field to which no fault can be added.
    let unread = RwSignal::new(None::<String>);
    let [text, minutes, said] = std::array::from_fn(|_| RwSignal::new(String::new()));
    Effect::new(move |_| {
        let asking = work.asking.get();
        fault.set(None);
        unread.set(None);
        untrack(|| {
            text.set(match &asking {
                Some(Ask::Note(item)) => work.item(item, |item| item.note.clone()).unwrap_or_default(),
                _ => String::new(),
            });
            let extra = work.sheet(|sheet| sheet.extra_time).unwrap_or_default();
            minutes.set(if extra == 0 { String::new() } else { (extra / 60).to_string() });
            said.set("signed".to_owned());
        });
        if matches!(asking, Some(Ask::Sign | Ask::Fault(_, Some(_)))) {
            request_animation_frame(|| {
                focus_on("desk-sign-yes");
            });
        }
    });
    let close = Callback::new(move |()| {
        work.asking.set(None);
        if let Some(field) = work.now.get_untracked().filter(|_| untrack(|| work.writable())) {
            work.focus(field);
        }
    });
    let station = move || work.sheet(|sheet| sheet.station.clone()).unwrap_or_default();
    let title = Signal::derive(move || match work.asking.get() {
        Some(Ask::Note(item)) => tx("desk-note-title", &[("item", item.as_str())]),
        Some(Ask::Fault(item, _)) => tx("desk-fault-title", &[("item", item.as_str())]),
        Some(Ask::ExtraTime) => tx("desk-extra-title", &[("station", &station())]),
        Some(Ask::Confirm) => t("desk-confirm"),
        Some(Ask::Reason) => t("reason"),
        Some(Ask::Sign) | None => t("desk-sign"),
    });
    let send = move || {
        let (Some((competition, event, token)), Some(at)) = (work.whose(), work.at.get_untracked()) else { return };
        match work.asking.get_untracked() {
            None => {}
            Some(Ask::Sign) => {
                let shown = untrack(|| work.sheet(|sheet| (sheet.at == at).then(|| sheet.marks()))).flatten();
                let Some(marks) = shown else { return };
                go(work, fault, &at.clone(), SignSheet { competition, event, token, at, marks });
            }
            Some(Ask::Note(item)) => {
                let text = text.get_untracked();
                go(work, fault, &at.clone(), DeskNote { competition, event, token, at, item, text });
            }
            Some(Ask::Fault(item, sure)) => unread.set(faults::choose(work, &item, sure, &text.get_untracked())),
            Some(Ask::Reason) => {
                // Without one the marks stay as they are: not saved.
                work.because(text.get_untracked());
                close.run(());
            }
            Some(Ask::ExtraTime) => {
                let typed = crate::pages::marks::keys::normal(&minutes.get_untracked());
                // What is no number is refused as too long, with the limit.
                let seconds = typed.parse::<u32>().ok().and_then(|minutes| minutes.checked_mul(60)).unwrap_or(u32::MAX);
                let reason = text.get_untracked();
                go(work, fault, &at.clone(), AddTime { competition, event, token, at, seconds, reason });
            }
            Some(Ask::Confirm) => {
                let confirmation = match said.get_untracked().as_str() {
                    "refused" => Confirmation::Refused,
                    "withdrawn" => Confirmation::Withdrawn,
                    _ => Confirmation::Signed,
                };
                let reason = text.get_untracked();
                go(work, fault, &at.clone(), ConfirmResults { competition, event, token, at, confirmation, reason });
            }
        }
    };
    let answers = Signal::derive(|| {
        ["signed", "refused", "withdrawn"].map(|own| (own.to_owned(), t(&format!("desk-confirm-{own}")))).to_vec()
    });
    let body = move || {
        match work.asking.get() {
        Some(Ask::Sign) => view! {
            <p data-testid="desk-sign-about">{move || work.sheet(|sheet| tx("desk-sign-about", &[("station", &sheet.station), ("total", &sheet.total), ("max", &sheet.max), ("count", &sheet.items.len().to_string())]))}</p>
            <p class="sub">{t("desk-sign-then")}</p>
        }.into_any(),
        Some(Ask::Note(_)) => view! { <TextField label="desk-note-text" value=text testid="desk-note-text" first=true /> }.into_any(),
        Some(Ask::Fault(item, sure)) => faults::list(work, &item, sure, text, unread).into_any(),
        Some(Ask::Reason) => view! { <TextField label="reason" value=text testid="desk-reason" must=true first=true /> }.into_any(),
        Some(Ask::ExtraTime) => view! {
            <p class="sub" data-testid="desk-extra-about">{move || extra_before(work)}</p>
            <div class="fields">
                <TextField label="desk-extra-minutes" value=minutes testid="desk-extra-minutes" must=true first=true />
                <TextField label="reason" value=text testid="desk-extra-reason" must=true />
            </div>
        }.into_any(),
        Some(Ask::Confirm) => view! {
            <p class="sub">{t("desk-confirm-about")}</p>
            <div class="fields">
                <Choice label="desk-confirm-said" value=said options=answers testid="desk-confirm-said" />
                <TextField label="desk-confirm-reason" value=text testid="desk-confirm-reason" />
            </div>
        }.into_any(),
        None => ().into_any(),
    }
    };
    view! {
        <Dialog open=Signal::derive(move || work.asking.with(Option::is_some)) title=title close=close testid="desk-act">
            <form on:submit=move |event| { event.prevent_default(); send(); }>
                {body}
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="desk-act-fault">{move || wire_error(&error)}</p> })}
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                    <button type="submit" id="desk-sign-yes" class="btn primary" data-testid="desk-act-yes">
                        {move || t(if work.asking.get() == Some(Ask::Sign) { "desk-sign" } else { "save" })}
                    </button>
                </p>
            </form>
        </Dialog>
    }
}

/// What stands of extra time, and that the number replaces it.
fn extra_before(work: Work) -> String {
    let before = work.sheet(|sheet| sheet.extra_time).unwrap_or_default();
    let (minutes, seconds) = ((before / 60).to_string(), (before % 60).to_string());
    if before == 0 {
        t("desk-extra-none")
    } else {
        tx("desk-extra-before", &[("minutes", &minutes), ("seconds", &seconds)])
    }
}

/// Sends it; the dialog closes when it was done.
fn go<C: Command<Reply = DeskView>>(work: Work, fault: RwSignal<Option<WireError>>, at: &DeskPlace, command: C) {
    let at = at.clone();
    spawn_local(async move {
        match call(command).await {
            Ok(view) => {
                work.asking.try_set(None);
                work.did(None);
                work.changed(view, &at);
                if let Some(field) = work.now.get_untracked().filter(|_| untrack(|| work.writable())) {
                    work.focus(field);
                }
            }
            Err(error) => {
                if error.code == "stale" {
                    // What is shown next is what can be signed.
                    work.ask();
                }
                fault.try_set(Some(error));
            }
        }
    });
}
