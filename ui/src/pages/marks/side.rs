//! Beside the grid: whom, the keys, what a cell's look means.

use super::desk::Signals;
use crate::i18n::{t, tx};
use leptos::prelude::*;

/// The panel beside the grid.
pub fn side(signals: Signals) -> impl IntoView {
    let whom = signals.whom;
    let locked = signals.sheet.with(|sheet| sheet.as_ref().is_some_and(|sheet| sheet.locked));
    view! {
        <aside class="marks-side" tabindex="0" aria-label=move || t("marks-side")>
            <section class="card marks-whom" aria-live="polite" data-testid="marks-whom">
                <span class="label">
                    {move || t("marks-whom-station")}
                    {move || {
                        let session = whom.with(|whom| whom.session.clone());
                        (!session.is_empty()).then(|| format!(" · {}", tx("marks-whom-session", &[("session", &session)])))
                    }}
                </span>
                <span class="station" data-testid="marks-whom-station">{move || whom.with(|whom| whom.station.clone())}</span>
                <span class="about">
                    {move || whom.with(|whom| {
                        let key = if whom.typing { "marks-whom-typing" } else { "marks-whom-at" };
                        tx(key, &[("column", &whom.column)])
                    })}
                </span>
                <span class="about">
                    {move || {
                        let (filled, all) = whom.with(|whom| whom.filled);
                        tx("marks-whom-filled", &[("filled", &filled.to_string()), ("all", &all.to_string())])
                    }}
                </span>
                <span class="about" data-testid="marks-safe">{move || safe(signals)}</span>
                <span class="asks" role="alert">{move || whom.with(|whom| whom.asks.clone())}</span>
            </section>
            {(!locked).then(keys)}
            {legend()}
        </aside>
    }
}

fn safe(signals: Signals) -> String {
    let unsaved = signals.unsaved.get();
    if unsaved.saving > 0 {
        tx("marks-saving", &[("count", &unsaved.saving.to_string())])
    } else if unsaved.refused > 0 {
        tx("marks-not-saved", &[("count", &unsaved.refused.to_string())])
    } else if unsaved.typing > 0 {
        t("marks-enter-saves")
    } else {
        t("marks-all-saved")
    }
}

fn keys() -> impl IntoView {
    const KEYS: [(&[&str], &str); 11] = [
        (&["0–9", "."], "marks-key-type"),
        (&["Enter"], "marks-key-enter"),
        (&["Tab"], "marks-key-tab"),
        (&["↑ ↓ ← →"], "marks-key-arrows"),
        (&["F2"], "marks-key-edit"),
        (&["Esc"], "marks-key-escape"),
        (&["Del"], "marks-key-delete"),
        (&["-"], "marks-key-absent"),
        (&["Ctrl Z"], "marks-key-undo"),
        (&["Ctrl Y"], "marks-key-redo"),
        (&["H"], "marks-key-history"),
    ];
    let lines = KEYS.iter().map(|(keys, about)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view();
        view! { <dt>{keys}</dt><dd>{move || t(about)}</dd> }
    });
    view! {
        <section class="card">
            <h2>{move || t("marks-keys")}</h2>
            <dl class="marks-keys">{lines.collect_view()}</dl>
        </section>
    }
}

fn legend() -> impl IntoView {
    const STATES: [(&str, &str, &str); 10] = [
        ("not_yet", "", "marks-state-not-yet"),
        ("saved", "3.5", "marks-state-saved"),
        ("saved", "0.0", "marks-state-zero"),
        ("typing", "3.", "marks-state-typing"),
        ("saving", "3.5", "marks-state-saving"),
        ("refused", "87..5", "marks-state-refused"),
        ("absent", "—", "marks-state-absent"),
        ("dropped", "4.0", "marks-state-dropped"),
        ("out_of_line", "1.5", "marks-state-out-of-line"),
        ("crossing", "2.0", "marks-state-crossing"),
    ];
    let lines = STATES.iter().map(|(state, shown, about)| {
        view! { <li><span class="cell" data-state=*state aria-hidden="true">{*shown}</span><span>{move || t(about)}</span></li> }
    });
    view! {
        <section class="card">
            <h2>{move || t("marks-legend")}</h2>
            <ul class="marks-legend">{lines.collect_view()}</ul>
        </section>
    }
}
