//! Equal totals and how they were set apart, in plain words.

use crate::i18n::{t, tx};
use crate::pages::standings::reason;
use jiangsai_domain::command::finalising::FinalisingView;
use leptos::prelude::*;

/// The list, folded where it is long; nothing where no totals are equal.
pub fn ties(view: RwSignal<Option<FinalisingView>>) -> impl IntoView {
    move || {
        let ties = view.with(|view| view.as_ref().map(|view| view.ties.clone()).unwrap_or_default());
        (!ties.is_empty()).then(|| {
            let count = ties.len();
            let lines = ties.into_iter().map(|tie| {
                let rank = tie.rank.to_string();
                let why = reason(&tie.why);
                view! { <li>{tx("finalising-tie", &[("rank", &rank), ("number", &tie.number), ("why", &why)])}</li> }
            });
            view! {
                <details class="final-ties" open={count <= SHORT} data-testid="finalising-ties-list">
                    <summary>{tx("finalising-ties-count", &[("count", &count.to_string())])}</summary>
                    <ul>{lines.collect_view()}</ul>
                    {(count >= MOST).then(|| view! { <p>{t("finalising-ties-more")}</p> })}
                </details>
            }
        })
    }
}

/// So many are shown at once.
const SHORT: usize = 8;
/// The list ends here.
const MOST: usize = 200;
