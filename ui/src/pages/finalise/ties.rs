//! Equal totals and how they were set apart, in plain words; what somebody has to decide is decided here.

use crate::components::follow;
use crate::i18n::{t, tx, wire_error};
use crate::pages::standings::{EqualsSection, reason};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::finalising::FinalisingView;
use jiangsai_domain::command::results::{ShowStandings, StandingsView};
use leptos::prelude::*;

/// Those that nobody has decided between yet, as at the standings.
#[component]
pub fn OpenTies() -> impl IntoView {
    let standings = RwSignal::new(None::<StandingsView>);
    let fault = RwSignal::new(None::<WireError>);
    follow(|competition, event| ShowStandings { competition, event }, standings, fault);
    view! {
        {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{wire_error(&error)}</p> })}
        <EqualsSection view=standings />
    }
}

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
