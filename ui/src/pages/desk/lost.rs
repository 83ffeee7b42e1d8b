//! Texts of other sheets that were not saved, each with its sheet and item, until it is saved or given up.

use super::cell::words;
use super::work::{Field, Why, Work};
use crate::i18n::{t, tx};
use jiangsai_domain::command::desk::DeskPlace;
use leptos::prelude::*;

/// The list, while there are any.
pub fn lost(work: Work) -> impl IntoView {
    let line = move |(at, station, field, text, why): (DeskPlace, String, Field, String, Why)| {
        let why = words(&why);
        let args =
            [("station", station.as_str()), ("item", field.0.as_str()), ("text", text.as_str()), ("why", why.as_str())];
        let said = tx("desk-lost-line", &args);
        let (place, own) = (at.clone(), field.clone());
        view! {
            <li>
                <span>{said}</span>
                <button class="btn" data-testid=format!("desk-lost-{station}-{}", field.0) on:click=move |_| work.go(at.clone())>{t("desk-lost-go")}</button>
                <button class="btn quiet" on:click=move |_| work.put(&place, &own, None)>{t("desk-lost-drop")}</button>
            </li>
        }
    };
    move || {
        let lost = work.lost();
        (!lost.is_empty()).then(|| {
            view! {
                <section class="marks-banner bad" role="alert" data-testid="desk-lost">
                    <p>{tx("marks-not-saved", &[("count", &lost.len().to_string())])}</p>
                    <ul class="notes">{lost.into_iter().map(line).collect_view()}</ul>
                </section>
            }
            .into_any()
        })
    }
}
