//! The standings page: the table left, why an entry stands where it stands right. Both follow every mark.

mod equals;
mod line_view;
mod reopen;
mod table;
mod teams;
mod why;

use crate::backend::call;
use crate::i18n::{language, message, t, tx, wire_error};
use crate::pages::history::dialog::HistoryDialog;
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::About;
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest, FileFormat, SaveDocument};
use jiangsai_domain::command::results::{ShowStandings, StandingsView};
use jiangsai_domain::command::teams::TeamsView;
use jiangsai_domain::ids::EntryId;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub use equals::EqualsSection;
pub use line_view::{formula, tree};
pub use reopen::ReopenDialog;
pub use teams::teams;
use why::WhyPanel;

/// The standings page.
#[component]
pub fn StandingsPage() -> impl IntoView {
    let session = use_session();
    let view = RwSignal::new(None::<StandingsView>);
    let fault = RwSignal::new(None::<WireError>);
    let chosen = RwSignal::new(None::<EntryId>);
    let reopening = RwSignal::new(false);
    let history = RwSignal::new(None::<(EntryId, String)>);
    let told = RwSignal::new(None::<String>);
    let asked = StoredValue::new(0_u32);

    Effect::new(move |_| {
        session.revision.track();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else {
            return;
        };
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        spawn_local(async move {
            let answer = call(ShowStandings { competition, event }).await;
            if asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(answer) => {
                    fault.set(None);
                    let known =
                        chosen.get_untracked().is_some_and(|entry| answer.rows.iter().any(|row| row.entry == entry));
                    if !known {
                        chosen.set(answer.rows.first().map(|row| row.entry.clone()));
                    }
                    if view.with_untracked(|old| old.as_ref() != Some(&answer)) {
                        view.set(Some(answer));
                    }
                }
                Err(error) => fault.set(Some(error)),
            }
        });
    });

    let export = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let kind = DocumentKind::StandingsWorkbook;
        let document = DocumentRequest { event, kind, language: language(), format: FileFormat::default() };
        spawn_local(async move {
            match call(SaveDocument { competition, document, page: None }).await {
                Ok(saved) => told.try_set(Some(tx("standings-exported", &[("path", &saved.path)]))),
                Err(error) => told.try_set(Some(wire_error(&error))),
            };
        });
    };
    let finality = move || view.with(|view| view.as_ref().and_then(|view| view.finalised.clone()));
    let unfinished = move || view.with(|view| view.as_ref().map_or(0, |view| view.unfinished));
    let empty = move || view.with(|view| view.as_ref().is_some_and(|view| view.rows.is_empty()));

    view! {
        <div>
            <header class="head">
                <h1 data-testid="standings-title">{move || t("standings-title")}</h1>
                {move || match finality() {
                    Some(finality) => view! {
                        <span class="tag ok" data-testid="standings-state" data-state="final">{t("standings-final")}</span>
                        <span class="sub">
                            {tx("standings-final-about", &[("number", &finality.number.to_string()), ("time", &moment(finality.at)), ("actor", &actor(&finality.actor))])}
                        </span>
                    }.into_any(),
                    None => view! {
                        <span class="tag warn" data-testid="standings-state" data-state="provisional">{t("standings-provisional")}</span>
                        <span class="sub" data-testid="standings-unfinished">
                            {move || if empty() { String::new() } else if unfinished() == 0 { t("standings-complete") } else { tx("standings-unfinished", &[("count", &unfinished().to_string())]) }}
                        </span>
                    }.into_any(),
                }}
                <span class="push">
                    <button class="btn" data-testid="standings-export" on:click=export>{move || t("standings-export")}</button>
                    <a class="btn" data-testid="standings-print" href=move || crate::session::link("print")>{move || t("standings-print")}</a>
                    {move || if finality().is_some() {
                        view! { <button class="btn" data-testid="standings-reopen" on:click=move |_| reopening.set(true)>{t("standings-reopen")}</button> }.into_any()
                    } else {
                        view! { <a class="btn primary" data-testid="standings-finalise" href=crate::session::link("finalise")>{t("standings-finalise")}</a> }.into_any()
                    }}
                </span>
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{wire_error(&error)}</p> })}
            {move || told.get().map(|said| view! { <p class="documents-saved" role="status" data-testid="standings-told">{said}</p> })}
            <Show when=empty>
                <section class="card empty">
                    <h2>{move || t("standings-empty-title")}</h2>
                    <p>{move || t("standings-empty-text")}</p>
                    <a class="btn primary" href=move || crate::session::link("marks")>{move || t("standings-empty-marks")}</a>
                </section>
            </Show>
            <Show when=move || view.with(|view| view.as_ref().is_some_and(|view| view.sealed))>
                <p class="marks-banner" data-testid="standings-sealed">{move || t("standings-sealed")}</p>
            </Show>
            {move || {
                let veiled = view.with(|view| view.as_ref().map_or(0, |view| view.veiled));
                (veiled > 0).then(|| view! {
                    <p class="marks-banner" data-testid="standings-veiled">{tx("standings-veiled", &[("count", &veiled.to_string())])}</p>
                })
            }}
            <Show when=move || view.with(|view| view.as_ref().is_some_and(|view| view.changed))>
                <p class="marks-banner bad" role="alert" data-testid="standings-changed">{move || t("standings-changed")}</p>
            </Show>
            {move || {
                let open = view.with(|view| view.as_ref().map_or(0, |view| view.unverified));
                (open > 0).then(|| view! {
                    <p class="marks-banner" data-testid="standings-unverified">
                        {tx("standings-unverified", &[("count", &open.to_string())])} " "
                        <a href=crate::session::link("paper")>{t("nav-paper")}</a>
                    </p>
                })
            }}
            <EqualsSection view=view />
            <div class="standings" class:hidden=empty>
                <div>
                    <div class="card standings-table">{move || view.get().map(|view| table::table(view, chosen))}</div>
                    <p class="standings-rule" data-testid="standings-tie-rule">{move || view.with(|view| view.as_ref().map(tie_rule))}</p>
                </div>
                <WhyPanel entry=chosen seen=view history=history />
            </div>
            {move || view.with(|view| view.as_ref().and_then(|view| Some(team_card(view.teams.clone()?, view.sealed))))}
            <ReopenDialog open=reopening />
            <HistoryDialog
                about=Signal::derive(move || history.get().map(|(entry, _)| About::Entry(entry)))
                title=Signal::derive(move || history.get().map(|(_, number)| tx("standings-history-of", &[("number", &number)])).unwrap_or_default())
                close=Callback::new(move |()| history.set(None))
            />
        </div>
    }
}

/// The teams below the standings.
fn team_card(of: TeamsView, sealed: bool) -> impl IntoView {
    view! {
        <section class="card pad standings-teams" data-testid="standings-teams">
            <h2>{t("standings-teams")}</h2>
            {teams(of, sealed)}
        </section>
    }
}

/// Who made the results final, as shown.
fn actor(actor: &str) -> String {
    if actor == "operator" { t("history-operator") } else { actor.to_owned() }
}

fn tie_rule(view: &StandingsView) -> String {
    if view.tie_rule.is_empty() {
        return t("standings-no-tie-rule");
    }
    let keys: Vec<String> = view.tie_rule.iter().map(|key| key.get(&language()).to_owned()).collect();
    tx("standings-tie-rule", &[("keys", &keys.join(&t("standings-list-separator")))])
}

/// A reason of the core in words.
pub fn reason(why: &(String, Vec<(String, String)>)) -> String {
    message(&why.0, &why.1)
}
