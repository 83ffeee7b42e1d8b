//! Why an entry stands where it stands, in the words one would say to a contestant.

use super::line_view::{formula, tree};
use super::reason;
use crate::backend::call;
use crate::i18n::{t, tx, wire_error};
use crate::session::{go, link, use_session};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::files::{DocumentKind, Whom};
use jiangsai_domain::command::results::{ExplainEntry, Explanation, StandingsView};
use jiangsai_domain::ids::EntryId;
use jiangsai_domain::view::derivation::lines;
use jiangsai_domain::view::reasons;
use jiangsai_scoring::EntryStatus;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The panel beside the standings.
#[component]
pub fn WhyPanel(
    /// Which entry.
    entry: RwSignal<Option<EntryId>>,
    /// The standings on screen: when they change, the reasons are asked for again.
    seen: RwSignal<Option<StandingsView>>,
    /// Opens the history of an entry.
    history: RwSignal<Option<(EntryId, String)>>,
) -> impl IntoView {
    let session = use_session();
    let explanation = RwSignal::new(None::<Explanation>);
    let fault = RwSignal::new(None::<WireError>);
    let asked = StoredValue::new(0_u32);
    let panel = NodeRef::<html::Aside>::new();
    let reading = StoredValue::new(None::<EntryId>);
    Effect::new(move |_| {
        seen.track();
        let (Some(competition), Some(event), Some(entry)) =
            (session.competition.get_untracked(), session.event.get_untracked(), entry.get())
        else {
            explanation.set(None);
            return;
        };
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        // Another entry is read from its beginning.
        if reading.try_get_value().as_ref() != Some(&Some(entry.clone())) {
            reading.set_value(Some(entry.clone()));
            if let Some(panel) = panel.get_untracked() {
                panel.set_scroll_top(0);
            }
        }
        spawn_local(async move {
            let answer = call(ExplainEntry { competition, event, entry }).await;
            if asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(answer) => {
                    fault.set(None);
                    if explanation.with_untracked(|old| old.as_ref() != Some(&answer)) {
                        explanation.set(Some(answer));
                    }
                }
                Err(error) => fault.set(Some(error)),
            }
        });
    });
    view! {
        <aside node_ref=panel class="card why-panel" tabindex="0" aria-label=move || t("why-panel") data-testid="why-panel" aria-live="polite">
            {move || fault.get().map(|error| view! { <p class="marks-banner bad">{wire_error(&error)}</p> })}
            {move || match explanation.get() {
                Some(explanation) => told(explanation, history).into_any(),
                None => view! { <p class="whose">{t("why-choose")}</p> }.into_any(),
            }}
        </aside>
    }
}

fn told(explanation: Explanation, history: RwSignal<Option<(EntryId, String)>>) -> impl IntoView {
    let (session, print) = (use_session(), link("documents"));
    let said: Vec<String> = reasons::reasons(&explanation).iter().map(reason).collect();
    let around: Vec<String> = reasons::neighbours(&explanation).iter().map(reason).collect();
    let Explanation { row, derivation, judges, .. } = explanation;
    let line = lines(&derivation, &judges.into_iter().collect());
    let title = match row.rank {
        Some(rank) => tx("why-title-ranked", &[("number", &row.number), ("rank", &rank.to_string())]),
        None => tx("why-title-unranked", &[("number", &row.number)]),
    };
    let whose = [row.name.clone(), row.unit.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let total = match &line.value {
        Ok(total) => total.clone(),
        // Nobody was absent: what became of the entry leaves it without a total.
        Err(_) if row.status != EntryStatus::Ok => t("why-no-value"),
        Err(missing) => t(missing),
    };
    let (own, entry, number) = (row.entry.clone(), row.entry.clone(), row.number.clone());
    view! {
        <h2 data-testid="why-title">{title}</h2>
        <p class="whose">{whose}</p>
        {tree(&line)}
        <p class="why-total"><span data-testid="why-formula">{formula(&line)}</span><span data-testid="why-total">{total}</span></p>
        <div data-testid="why-reason">{said.into_iter().map(|said| view! { <p class="reason">{said}</p> }).collect_view()}</div>
        <ul class="neighbours" data-testid="why-neighbours">{around.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
        <p class="actions">
            <button class="btn" data-testid="why-print" on:click=move |_| {
                session.document.set(Some(DocumentKind::RankReasons { whom: Whom::Entry(own.clone()), part: None }));
                go(&print);
            }>{t("why-print")}</button>
            <button class="btn" data-testid="why-history" on:click=move |_| history.set(Some((entry.clone(), number.clone())))>{t("why-history")}</button>
        </p>
    }
}
