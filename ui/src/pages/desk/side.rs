//! Beside the sheet: the running total, what is missing, the judge's sheets, the watch, and the signature; below it the keys.

use super::watch::watch;
use super::work::{Ask, Work, focus_on};
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::desk::{DeskLine, DeskPlace, SheetStage};
use leptos::prelude::*;

/// The column.
pub fn side(work: Work) -> impl IntoView {
    view! {
        <aside class="desk-side">
            {total(work)}
            {signing(work)}
            {places(work)}
            {watch(work)}
        </aside>
    }
}

fn total(work: Work) -> impl IntoView {
    let missing = move || work.sheet(|sheet| sheet.missing.clone()).unwrap_or_default();
    let max = move || work.sheet(|sheet| sheet.max.clone()).filter(|max| !max.is_empty());
    let share = move || {
        let done = work.sheet(|sheet| (sheet.items.len() - sheet.missing.len(), sheet.items.len()));
        done.unwrap_or_default()
    };
    view! {
        <section class="card pad">
            <p class="sub">{move || t("desk-total")}</p>
            <p class="desk-total" data-testid="desk-total">
                {move || work.sheet(|sheet| sheet.total.clone())}
                {move || max().map(|max| view! { <small>{format!(" / {max}")}</small> })}
            </p>
            <progress class="meter" max=move || share().1.to_string() value=move || share().0.to_string() aria-label=move || t("desk-progress")></progress>
            <p role="status" data-testid="desk-missing">
                {move || {
                    let missing = missing();
                    let ids: Vec<String> = missing.iter().map(ToString::to_string).collect();
                    if let Some((item, _)) = work.first_refused() {
                        view! { <span class="tag bad">{t("desk-refused-one")}</span> " " {item.to_string()} }.into_any()
                    } else if ids.is_empty() {
                        let signed = work.sheet(|sheet| sheet.state == SheetStage::Signed).unwrap_or(false);
                        view! { <span class="tag ok">{t(if signed { "desk-state-signed" } else { "desk-complete" })}</span> }.into_any()
                    } else {
                        view! {
                            <span class="tag warn">{tx("desk-missing", &[("count", &ids.len().to_string())])}</span> " "
                            {ids.join(&t("desk-list-separator"))}
                        }.into_any()
                    }
                }}
            </p>
        </section>
    }
}

fn signing(work: Work) -> impl IntoView {
    let signed = move || work.sheet(|sheet| sheet.state == SheetStage::Signed).unwrap_or(false);
    let complete = move || work.sheet(|sheet| sheet.missing.is_empty()).unwrap_or(false);
    // The sheet it was pressed on. While marks are on their way it is done once they are saved, unless another sheet is chosen meanwhile.
    let pressed = RwSignal::new(None::<DeskPlace>);
    Effect::new(move |_| {
        let (Some(at), 0) = (pressed.get(), work.waiting.get()) else { return };
        pressed.set(None);
        untrack(|| {
            if work.at.get().as_ref() != Some(&at) || work.shown() != Some(at) {
                return;
            }
            if let Some(field) = work.first_refused() {
                work.focus(field);
            } else if signed() {
                if let Some(at) = work.next_sheet() {
                    work.go(at);
                }
            } else if complete() {
                work.asking.set(Some(Ask::Sign));
            } else if let Some(field) = work.first_missing() {
                work.focus(field);
            }
        });
    });
    let press = move |_| pressed.set(untrack(|| work.shown()));
    Effect::new(move |before: Option<bool>| {
        let now = signed();
        if now && before == Some(false) {
            // Enter goes on to the next sheet.
            request_animation_frame(|| {
                focus_on("desk-sign");
            });
        }
        now
    });
    view! {
        <button id="desk-sign" class="btn primary big" data-testid="desk-sign" prop:disabled=move || !signed() && !work.writable() on:click=press>
            {move || t(match (signed(), complete()) {
                (true, _) => "desk-next",
                _ if work.first_refused().is_some() => "desk-to-refused",
                (false, true) => "desk-sign",
                (false, false) => "desk-to-missing",
            })}
        </button>
    }
}

fn places(work: Work) -> impl IntoView {
    let lines = move || work.view.with(|view| view.as_ref().map(|view| view.sheets.clone()).unwrap_or_default());
    // Sheets of the module on screen; another module is one of the buttons above them.
    let here = move || work.at.get();
    let modules = move || {
        let mut found: Vec<DeskLine> = Vec::new();
        for line in lines() {
            if !found.iter().any(|own| (&own.at.module, own.at.common) == (&line.at.module, line.at.common)) {
                found.push(line);
            }
        }
        found
    };
    let tab = move |line: DeskLine| {
        let same = here().is_some_and(|at| (&at.module, at.common) == (&line.at.module, line.at.common));
        let name = line.module.get(&language()).to_owned();
        let name = if line.at.common { tx("desk-common-of", &[("module", &name)]) } else { name };
        let key = (line.at.module.clone(), line.at.common);
        let go = move |_| {
            let entry = work.at.get_untracked().map(|at| at.entry);
            let own = untrack(lines).into_iter().filter(|line| (&line.at.module, line.at.common) == (&key.0, key.1));
            let own: Vec<DeskLine> = own.collect();
            let at = own.iter().find(|line| Some(&line.at.entry) == entry.as_ref()).or_else(|| own.first());
            if let Some(line) = at {
                work.go(line.at.clone());
            }
        };
        view! { <button class="btn" aria-pressed=same.to_string() on:click=go>{name}</button> }
    };
    let place = move |line: DeskLine| {
        let now = here().as_ref() == Some(&line.at);
        let (mark, about) = match (line.state, line.missing) {
            (SheetStage::Signed, _) => ("✓", t("desk-state-signed")),
            (_, 0) => ("○", t("desk-state-complete")),
            (..) => ("·", tx("desk-missing", &[("count", &line.missing.to_string())])),
        };
        let testid = format!("desk-go-{}", line.station);
        let (at, signed) = (line.at.clone(), line.state == SheetStage::Signed);
        view! {
            <button class="btn" class:done=signed aria-current=now.then_some("true") title=about.clone() data-testid=testid on:click=move |_| work.go(at.clone())>
                {line.station.clone()} <span aria-hidden="true">{mark}</span><span class="sr-only">{about.clone()}</span>
            </button>
        }
    };
    view! {
        <section class="card pad">
            <h2>{move || t("desk-places")}</h2>
            <div class="actions" role="group" aria-label=move || t("desk-modules")>
                {move || Some(modules()).filter(|modules| modules.len() > 1).map(|modules| modules.into_iter().map(tab).collect_view())}
            </div>
            <div class="desk-places">
                {move || {
                    let at = here();
                    let own = |line: &DeskLine| at.as_ref().is_some_and(|at| (&at.module, at.common) == (&line.at.module, line.at.common));
                    lines().into_iter().filter(own).map(place).collect_view()
                }}
            </div>
        </section>
    }
}

/// What the keys mean.
pub fn keys() -> impl IntoView {
    const KEYS: [(&str, &str); 9] = [
        ("0–9 .", "marks-key-type"),
        ("Enter", "desk-key-enter"),
        ("+", "desk-key-full"),
        ("*", "desk-key-same"),
        ("−", "desk-key-back"),
        ("/", "desk-key-next"),
        ("/", "desk-key-faults"),
        ("/ *", "desk-key-time"),
        ("Esc", "desk-key-escape"),
    ];
    let lines =
        KEYS.iter().map(|(key, about)| view! { <div><dt><kbd>{*key}</kbd></dt><dd>{move || t(about)}</dd></div> });
    view! { <dl class="desk-keys" aria-label=move || t("marks-keys")>{lines.collect_view()}</dl> }
}
