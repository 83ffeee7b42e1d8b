//! The stopwatch of a desk, with 补时; and the contestant's word on the results.

use super::work::{Ask, Field, Work};
use crate::i18n::{t, tx};
use crate::time::now;
use jiangsai_domain::ids::ItemId;
use jiangsai_domain::sheet::Confirmation;
use jiangsai_scoring::rulebook::Input;
use leptos::prelude::*;
use std::time::Duration;

/// Tenths of a second as `m:ss.t`, as a time is typed.
fn shown(tenths: u64) -> String {
    format!("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

/// The card.
pub fn watch(work: Work) -> impl IntoView {
    let since = RwSignal::new(None::<u64>);
    let before = RwSignal::new(0_u64);
    let tenths = RwSignal::new(0_u64);
    let read =
        move || (before.get_untracked() + since.get_untracked().map_or(0, |since| now().saturating_sub(since))) / 100;
    let tick = set_interval_with_handle(
        move || {
            if since.try_get_untracked().flatten().is_some() {
                tenths.set(read());
            }
        },
        Duration::from_millis(100),
    );
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    let toggle = move |_| match since.get_untracked() {
        None => since.set(Some(now())),
        Some(begun) => {
            before.update(|before| *before += now().saturating_sub(begun));
            since.set(None);
            tenths.set(read());
        }
    };
    let reset = move |_| {
        since.set(None);
        before.set(0);
        tenths.set(0);
    };
    // The first time on the sheet that has none yet, else the first.
    let field = move || -> Option<Field> {
        let times: Vec<Field> = work
            .fields()
            .into_iter()
            .filter(|(id, _)| work.item(id, |item| matches!(item.rule.input, Input::Time { .. })).unwrap_or(false))
            .collect();
        times.iter().find(|field| work.text(field).is_empty()).or_else(|| times.first()).cloned()
    };
    let write = move |_| {
        let Some(field) = untrack(field) else { return };
        let whole = untrack(|| {
            work.item(&field.0, |item| match &item.rule.input {
                Input::Time { step: Some(step), .. } => *step >= jiangsai_scoring::Exact::ONE,
                _ => false,
            })
        });
        let tenths = tenths.get_untracked();
        let text =
            if whole == Some(true) { format!("{}:{:02}", tenths / 600, tenths / 10 % 60) } else { shown(tenths) };
        untrack(|| work.save(&field, text));
        let id: ItemId = field.0.clone();
        work.focus((id, field.1));
    };
    let extra = move || work.sheet(|sheet| sheet.extra_time).unwrap_or_default();
    let said = move || work.sheet(|sheet| sheet.confirmed).flatten();
    view! {
        <section class="card pad">
            <h2>{move || t("desk-watch")}</h2>
            <p class="desk-watch" role="timer" data-testid="desk-watch-shown">{move || shown(tenths.get())}</p>
            <p class="actions">
                <button id="desk-watch" class="btn" data-testid="desk-watch" on:click=toggle>
                    {move || t(if since.with(Option::is_some) { "desk-watch-stop" } else { "desk-watch-start" })}
                </button>
                <Show when=move || field().is_some()>
                    <button class="btn" data-testid="desk-watch-write" prop:disabled=move || !work.writable() || tenths.get() == 0 || since.with(Option::is_some) on:click=write>{move || t("desk-watch-write")}</button>
                </Show>
                <button class="btn quiet" on:click=reset>{move || t("desk-watch-reset")}</button>
            </p>
            <p class="actions">
                <button class="btn" data-testid="desk-extra" prop:disabled=move || !work.writable() on:click=move |_| work.asking.set(Some(Ask::ExtraTime))>{move || t("desk-extra")}</button>
                <span class="sub" data-testid="desk-extra-shown">{move || (extra() > 0).then(|| tx("desk-extra-shown", &[("minutes", &(extra() / 60).to_string()), ("seconds", &(extra() % 60).to_string())]))}</span>
            </p>
            <p class="actions">
                <button class="btn" data-testid="desk-confirm" prop:disabled=move || work.view.with(|view| view.as_ref().is_none_or(|view| view.looking || view.locked)) on:click=move |_| work.asking.set(Some(Ask::Confirm))>{move || t("desk-confirm")}</button>
                <span class="sub" data-testid="desk-confirm-shown">{move || said().map(|said| t(match said {
                    Confirmation::Signed => "desk-confirm-signed",
                    Confirmation::Refused => "desk-confirm-refused",
                    Confirmation::Withdrawn => "desk-confirm-withdrawn",
                }))}</span>
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_shows_what_could_be_typed() {
        assert_eq!([0, 9, 605, 36_000].map(shown), ["0:00.0", "0:00.9", "1:00.5", "60:00.0"]);
    }
}
