//! Erasing a person (删除个人信息): what goes and what stays is shown before, and the legal basis is asked for.

use super::label;
use crate::backend::call;
use crate::components::{Dialog, TextField};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::erasure::{ErasePerson, ErasurePreview, PreviewErasure};
use jiangsai_domain::command::registration::EntryRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the application answers when something came since the preview.
const STALE: &str = "erase-stale";

/// The dialog.
#[component]
pub fn EraseDialog(
    /// Whose person; closed while `None`.
    row: RwSignal<Option<EntryRow>>,
    /// Called after the person was erased.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let preview = RwSignal::new(None::<ErasurePreview>);
    let basis = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let anew = RwSignal::new(0_u32);
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        row.track();
        basis.set(String::new());
        fault.set(None);
    });
    Effect::new(move |_| {
        anew.track();
        preview.set(None);
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        let (Some(competition), Some(own)) = (session.competition.get(), row.get()) else { return };
        spawn_local(async move {
            let answer = call(PreviewErasure { competition, entry: own.id }).await;
            if asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(found) => preview.set(Some(found)),
                Err(error) => fault.set(Some(error)),
            }
        });
    });
    let erase = move || {
        let (Some(competition), Some(own), Some(seen)) =
            (session.competition.get_untracked(), row.get_untracked(), preview.get_untracked())
        else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(None);
        let basis = basis.get_untracked();
        spawn_local(async move {
            let answer = call(ErasePerson { competition, entry: own.id, basis, token: seen.token }).await;
            busy.try_set(false);
            match answer {
                Ok(reply) => {
                    row.try_set(None);
                    session.say(move || t(if reply.rewritten { "erase-done" } else { "erase-done-later" }));
                    done.run(());
                }
                Err(error) => {
                    if error.code == STALE {
                        anew.try_update(|count| *count += 1);
                    }
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || row.with(Option::is_some))
            title=Signal::derive(move || t("erase-title"))
            close=Callback::new(move |()| row.set(None))
            testid="erase"
            wide=true
        >
            <form on:submit=move |event| { event.prevent_default(); erase(); }>
                <div class="stack">
                    <p>{move || t("erase-about")}</p>
                    {move || preview.get().map(shown)}
                    <Show when=move || preview.with(Option::is_none) && fault.with(Option::is_none)><p role="status">{move || t("erase-reading")}</p></Show>
                    <TextField label="erase-basis" value=basis testid="erase-basis" must=true />
                    <p class="sub">{move || t("erase-basis-about")}</p>
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="erase-fault">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" data-testid="erase-cancel" on:click=move |_| row.set(None)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="erase-apply" prop:disabled=move || busy.get() || preview.with(Option::is_none)>{move || t("erase-do")}</button>
                </p>
            </form>
        </Dialog>
    }
}

/// What goes, and what stays.
fn shown(preview: ErasurePreview) -> AnyView {
    let counted = [
        ("erase-forms", preview.forms),
        ("erase-notes", preview.notes),
        ("erase-inquiries", preview.inquiries),
        ("erase-scans", preview.scans),
    ];
    let goes = counted.into_iter().filter(|(_, count)| *count > 0);
    let goes = goes.map(|(key, count)| view! { <li>{tx(key, &[("count", &count.to_string())])}</li> }).collect_view();
    let numbered = |key: &'static str, all: Vec<(String, u32)>| {
        let line = move |(event, number): (String, u32)| {
            view! { <li>{tx(key, &[("event", &event), ("number", &number.to_string())])}</li> }
        };
        all.into_iter().map(line).collect_view()
    };
    let (lines, whole) = (numbered("erase-line", preview.lines), numbered("erase-bulletin", preview.bulletins));
    let events = preview.events.into_iter();
    let events =
        events.map(|(event, number)| view! { <li>{tx("erase-entry", &[("event", &event), ("number", &number)])}</li> });
    let kept: Vec<String> = preview.kept.into_iter().map(|field| t(&label(field))).collect();
    let kept = kept.join(" · ");
    view! {
        <p data-testid="erase-whom">{tx("erase-whom", &[("name", &preview.name), ("unit", &preview.unit)])}</p>
        <h3>{t("erase-goes")}</h3>
        <ul data-testid="erase-goes">{goes}{lines}{whole}</ul>
        <h3>{t("erase-stays")}</h3>
        <ul data-testid="erase-stays">
            {events.collect_view()}
            <li>{tx("erase-marks", &[("count", &preview.marks.to_string())])}</li>
            {(!kept.is_empty()).then(|| view! { <li>{tx("erase-kept", &[("fields", &kept)])}</li> })}
        </ul>
        <p class="wrong-text">{t("erase-for-good")}</p>
    }
    .into_any()
}
