//! Opening a sheet and typing it: Enter goes on, and saves at the end. In 唱分 one large mark at a time.

use super::desk::{Desk, Mode, focus, focus_now};
use crate::components::Foresight;
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::foresee::Step;
use jiangsai_domain::command::paper::{FormLine, SheetForm};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Name and number.
pub fn opening(desk: Desk) -> impl IntoView {
    let label = move || t(if desk.mode.get() == Mode::Record { "paper-by-record" } else { "paper-by-check" });
    view! {
        <form class="paper-opening" on:submit=move |event| { event.prevent_default(); desk.find(); }>
            <label class="field">
                <span class="must">{label}</span>
                <input data-testid="paper-by" autocomplete="off" maxlength="60" prop:value=move || desk.by.get() on:input=move |event| desk.by.set(event_target_value(&event)) />
            </label>
            <label class="field">
                <span class="must">{move || t("paper-number")}</span>
                <input data-testid="paper-number" class="paper-digits" inputmode="numeric" autocomplete="off" maxlength="30" prop:value=move || desk.number.get() on:input=move |event| desk.number.set(event_target_value(&event)) />
            </label>
            <button type="submit" class="btn" data-testid="paper-find">{move || t("paper-find")}</button>
        </form>
    }
}

/// The sheet that is open.
pub fn form(desk: Desk) -> impl IntoView {
    move || {
        let form = desk.open.get()?;
        let mode = desk.mode.get_untracked();
        let head = heading(&form);
        let totals = form.totals.as_ref().map(|(typed, computed)| {
            let said = tx("paper-totals", &[("typed", typed), ("computed", computed)]);
            view! { <p class="marks-banner bad" role="alert" data-testid="paper-totals">{said}</p> }
        });
        let body = if mode == Mode::Called { called(desk, form).into_any() } else { lines(desk, form).into_any() };
        Some(view! { <div class="paper-sheet" data-testid="paper-sheet">{head}{totals}{body}</div> })
    }
}

fn heading(form: &SheetForm) -> impl IntoView + use<> {
    let sheet = &form.sheet;
    let judge = if sheet.judge.is_empty() { t("paper-judge-agreed") } else { sheet.judge.clone() };
    let about = [sheet.session.clone(), sheet.module.get(&language()).to_owned(), judge];
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    view! { <h2><b class="paper-code" data-testid="paper-code">{sheet.code.clone()}</b> " " {about.join(" · ")}</h2> }
}

fn name(line: &FormLine) -> String {
    tx("paper-line", &[("id", &line.id), ("name", line.name.get(&language()))])
}

/// Enter in the last field saves, before it goes to the next.
fn enter(desk: Desk, event: &KeyboardEvent, at: usize, last: usize) {
    if event.key() != "Enter" || event.is_composing() {
        return;
    }
    event.prevent_default();
    if at < last {
        focus_now(&format!("paper-line-{}", at + 1));
    } else {
        desk.save();
    }
}

fn lines(desk: Desk, form: SheetForm) -> impl IntoView {
    let total = desk.wants_total(&form).then(|| t("paper-total"));
    let labels: Vec<String> = form.lines.iter().map(name).chain(total).collect();
    let last = labels.len().saturating_sub(1);
    focus("paper-line-0");
    let field = move |(at, label): (usize, String)| {
        let set = move |event| {
            desk.texts.update(|texts| {
                if let Some(text) = texts.get_mut(at) {
                    *text = event_target_value(&event);
                }
            });
        };
        view! {
            <label class="paper-line">
                <span>{label}</span>
                <input
                    class="paper-digits"
                    data-testid=format!("paper-line-{at}")
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="20"
                    readonly=move || desk.busy.get()
                    prop:value=move || desk.texts.with(|texts| texts.get(at).cloned().unwrap_or_default())
                    on:input=set
                    on:keydown=move |event| enter(desk, &event, at, last)
                />
            </label>
        }
    };
    view! {
        {labels.into_iter().enumerate().map(field).collect_view()}
        {reason(desk)}
        <p><button class="btn primary" data-testid="paper-save" prop:disabled=move || desk.busy.get() on:click=move |_| desk.save()>{t("paper-save")}</button></p>
    }
}

/// Asked for only once it is wanted.
fn reason(desk: Desk) -> impl IntoView {
    let asked =
        Memo::new(move |_| desk.fault.with(|fault| fault.as_ref().is_some_and(|fault| fault.code == "reason-needed")));
    view! {
        <Show when=move || asked.get()>
            <Foresight steps=Signal::derive(move || desk.recording().map(Step::Record).into_iter().collect::<Vec<_>>()) />
            <label class="field">
                <span class="must">{move || t("reason")}</span>
                <input data-testid="paper-reason" prop:value=move || desk.reason.get() on:input=move |event| desk.reason.set(event_target_value(&event)) />
            </label>
        </Show>
    }
}

/// One mark at a time: Enter when the paper says the same, else what it says.
fn called(desk: Desk, form: SheetForm) -> impl IntoView {
    let count = form.lines.len();
    let heard = RwSignal::new(String::new());
    focus("paper-heard");
    let go = move || {
        let text = heard.get_untracked();
        let at = desk.line.get_untracked();
        if !text.trim().is_empty() {
            desk.texts.update(|texts| {
                if let Some(own) = texts.get_mut(at) {
                    *own = text.trim().to_owned();
                }
            });
        }
        heard.set(String::new());
        if at + 1 < count {
            desk.line.set(at + 1);
        } else {
            desk.save();
        }
    };
    let shown = move || desk.texts.with(|texts| texts.get(desk.line.get()).cloned().unwrap_or_default());
    let label = move || form.lines.get(desk.line.get()).map(name);
    view! {
        <form on:submit=move |event| { event.prevent_default(); go(); }>
            <p class="paper-called-item">{label} " " <small>{move || format!("{} / {count}", desk.line.get() + 1)}</small></p>
            <p class="paper-called" aria-live="polite" data-testid="paper-called">{move || { let mark = shown(); if mark.is_empty() { "·".to_owned() } else { mark } }}</p>
            <input
                class="paper-digits"
                data-testid="paper-heard"
                inputmode="decimal"
                autocomplete="off"
                maxlength="20"
                aria-label=move || t("paper-right")
                readonly=move || desk.busy.get()
                prop:value=move || heard.get()
                on:input=move |event| heard.set(event_target_value(&event))
            />
        </form>
    }
}
