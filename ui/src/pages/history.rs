//! The history page: who did what, when and why; whether the chain of records is intact; and who held which duties.

mod about;
pub mod dialog;
mod ledger;
mod list;

use crate::components::{duties, follow};
use crate::i18n::t;
use crate::session::use_session;
use about::{Filter, filter};
use jiangsai_domain::command::competition::About;
use jiangsai_domain::command::finalising::ShowFinalising;
use ledger::Ledger;
use leptos::prelude::*;
use list::HistoryList;

/// The history page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(Filter::All);
    let entry = RwSignal::new(None);
    // Where there is nothing to finalise nobody held a duty: what is wrong then is said elsewhere.
    let (finalising, fault) = (RwSignal::new(None), RwSignal::new(None));
    follow(|competition, event| ShowFinalising { competition, event }, finalising, fault);
    let about = Signal::derive(move || {
        session.competition.get().and_then(|_| match chosen.get() {
            Filter::All => Some(About::All),
            Filter::Settings => Some(About::Settings),
            Filter::Judges => Some(About::Judges),
            Filter::Draws => Some(About::Draws),
            Filter::Entry => entry.get().map(About::Entry),
        })
    });
    view! {
        <div class="history">
            <header class="head">
                <h1 data-testid="history-title">{move || t("history-title")}</h1>
                <span class="sub">{move || t("history-about")}</span>
            </header>
            <Ledger />
            {filter(chosen, entry)}
            <HistoryList about=about page_size=50 testids=true />
            {duties(finalising)}
        </div>
    }
}
