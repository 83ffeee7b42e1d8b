//! Settling what differs, with the paper at hand: nothing but the differences is shown.

use super::desk::{Desk, focus, focus_now};
use crate::components::Foresight;
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::foresee::Step;
use jiangsai_domain::command::paper::{Difference, SheetForm};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The differences of a sheet, and the total where that differs.
pub fn settle(desk: Desk) -> impl IntoView {
    move || {
        let form = desk.differing.get()?;
        let count = form.differences.len() + usize::from(form.totals.is_some());
        let rights = RwSignal::new(vec![String::new(); count]);
        let reason = RwSignal::new(t("paper-reason-default"));
        let lines: Vec<u32> = form.differences.iter().map(|difference| difference.line).collect();
        let said = move |lines: &[u32], mut rights: Vec<String>| {
            let total = if rights.len() > lines.len() { rights.pop().unwrap_or_default() } else { String::new() };
            (lines.iter().copied().zip(rights).collect::<Vec<_>>(), total)
        };
        // Shown once everything that differs has an answer.
        let (known, number) = (lines.clone(), form.sheet.number.clone());
        let steps = Signal::derive(move || {
            let typed = rights.get();
            if typed.iter().any(|text| text.trim().is_empty()) {
                return Vec::new();
            }
            let (texts, total) = said(&known, typed);
            desk.settling(number.clone(), texts, total).map(Step::Settle).into_iter().collect()
        });
        let go = move || {
            let (texts, total) = said(&lines, rights.get_untracked());
            desk.settle(texts, total, reason.get_untracked());
        };
        let on = move |event: &KeyboardEvent, at: usize| {
            // In the last field Enter sends the form.
            if event.key() == "Enter" && !event.is_composing() && at + 1 < count {
                event.prevent_default();
                focus_now(&format!("paper-right-{}", at + 1));
            }
        };
        focus("paper-right-0");
        let rows = form
            .differences
            .iter()
            .enumerate()
            .map(|(at, difference)| row(&form, at, difference, input(desk, at, rights, on)));
        let rows = rows.collect_view();
        let at = form.differences.len();
        let total = form.totals.as_ref().map(|(typed, computed)| {
            let said = tx("paper-totals-settle", &[("typed", typed), ("computed", computed)]);
            view! { <p data-testid="paper-totals">{said}</p><label class="paper-line"><span>{t("paper-total")}</span>{input(desk, at, rights, on)}</label> }
        });
        let heading = (!form.differences.is_empty()).then(|| view! { <h2>{t("paper-differences")}</h2> });
        Some(view! {
            <form class="paper-settle" data-testid="paper-settle" on:submit=move |event| { event.prevent_default(); go(); }>
                <b class="paper-code">{form.sheet.code.clone()}</b>
                {heading}
                {rows}
                {total}
                <Foresight steps=steps quiet=true />
                <label class="field">
                    <span class="must">{t("reason")}</span>
                    <input data-testid="paper-settle-reason" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
                </label>
                <p><button type="submit" class="btn primary" data-testid="paper-settle-do" prop:disabled=move || desk.busy.get()>{t("paper-settle")}</button></p>
            </form>
        })
    }
}

fn row<I: IntoView>(form: &SheetForm, at: usize, difference: &Difference, input: I) -> impl IntoView + use<I> {
    let line = usize::try_from(difference.line).ok().and_then(|line| form.lines.get(line));
    let name = line.map(|line| tx("paper-line", &[("id", &line.id), ("name", line.name.get(&language()))]));
    let said = format!("{} {} ≠ {} {}", t("paper-first"), difference.first, t("paper-second"), difference.second);
    view! { <label class="paper-line"><span>{name} " · " <b data-testid=format!("paper-differs-{at}")>{said}</b></span>{input}</label> }
}

fn input(
    desk: Desk,
    at: usize,
    rights: RwSignal<Vec<String>>,
    on: impl Fn(&KeyboardEvent, usize) + Copy + 'static,
) -> impl IntoView {
    let set = move |event| {
        rights.update(|rights| {
            if let Some(text) = rights.get_mut(at) {
                *text = event_target_value(&event);
            }
        });
    };
    view! {
        <input
            class="paper-digits"
            data-testid=format!("paper-right-{at}")
            inputmode="decimal"
            autocomplete="off"
            maxlength="20"
            readonly=move || desk.busy.get()
            on:input=set
            on:keydown=move |event| on(&event, at)
        />
    }
}
