//! The lines of one competition: one for each event, asked for again when this competition changes.

use super::copy::Copy;
use super::public;
use crate::backend::call;
use crate::components::calmly;
use crate::i18n::{t, tx, wire_error};
use crate::session::{says, use_session};
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::CompetitionRow;
use jiangsai_domain::command::headquarters::{EventOverview, Overview, ResultsState, ShowOverview};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The lines.
#[component]
pub fn CompetitionLines(
    /// Which competition.
    row: CompetitionRow,
) -> impl IntoView {
    let session = use_session();
    let overview = RwSignal::new(None::<Overview>);
    let fault = RwSignal::new(None::<WireError>);
    let own = row.id.clone();
    let ask = move || {
        let competition = own.clone();
        spawn_local(async move {
            match call(ShowOverview { competition }).await {
                Ok(found) => {
                    fault.try_set(None);
                    overview.try_set(Some(found));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    ask();
    let (own, again) = (row.id.clone(), calmly(ask));
    Effect::new(move |before: Option<()>| {
        let heard = session.heard.get();
        // Of this competition, or where everything may have changed.
        if before.is_some() && says(&heard, own.as_str()) {
            again();
        }
    });
    let home = format!("#/c/{}/home", row.id);
    let (title, date, host) = (row.title.clone(), row.date.clone(), row.host.clone());
    let about: Vec<String> = [date, host].into_iter().filter(|part| !part.is_empty()).collect();
    let name = move || {
        let (home, title, about) = (home.clone(), title.clone(), about.join(" · "));
        let title = view! { <b>{title}</b> };
        // Of public facts alone there is no more to see than stands here.
        let title = match row.public {
            true => view! { <span data-testid="hq-competition">{title}</span> }.into_any(),
            false => view! { <a href=home data-testid="hq-competition">{title}</a> }.into_any(),
        };
        view! {
            {title}
            {row.synthetic.then(|| view! { " "<span class="tag plain">{t("synthetic")}</span> })}
            <br /><small class="sub">{about}</small>
        }
    };
    let id = row.id.clone();
    move || {
        let overview = overview.get();
        let events = overview.as_ref().map(|overview| overview.events.clone()).unwrap_or_default();
        let (lines, part) = (events.len().max(1), overview.as_ref().is_some_and(|overview| overview.public));
        let cells = move |event: &EventOverview, beside: Vec<String>| match part {
            true => public::cells(event, beside).into_any(),
            false => cells(event, beside).into_any(),
        };
        let first = events.first().cloned();
        let beside = overview.as_ref().map(beside).unwrap_or_default();
        let wrong = fault.get().map(|error| view! { <p class="wrong-text">{wire_error(&error)}</p> });
        let (ahead, copied) = (name(), id.clone());
        let rest =
            events.into_iter().skip(1).map(|event| view! { <tr>{cells(&event, Vec::new())}</tr> }).collect_view();
        view! {
            <tr data-testid="hq-row">
                <th scope="row" rowspan=lines.to_string()>{ahead}{part.then(public::mark)}{wrong}</th>
                {match first {
                    Some(event) => cells(&event, beside),
                    None if part => view! { <td colspan="5">{t("hq-figures-none")}</td> }.into_any(),
                    None => view! { <td colspan="5">{t("hq-loading")}</td> }.into_any(),
                }}
                <td rowspan=lines.to_string()>{(!part).then(|| view! { {links(copied.as_str())}<Copy competition=copied.clone() /> })}</td>
            </tr>
            {rest}
        }
    }
}

/// What waits for somebody in the competition as a whole.
fn beside(overview: &Overview) -> Vec<String> {
    let mut said = Vec::new();
    if overview.held > 0 {
        said.push(tx("hq-held", &[("count", &overview.held.to_string())]));
    }
    if overview.forks > 0 {
        said.push(tx("hq-forks", &[("count", &overview.forks.to_string())]));
    }
    said
}

/// The cells of an event: name, results, bulletin, what waits, progress.
fn cells(event: &EventOverview, mut waits: Vec<String>) -> impl IntoView + use<> {
    let tag = match event.state {
        ResultsState::Provisional => "tag plain",
        ResultsState::Final => "tag ok",
        ResultsState::Changed => "tag bad",
    };
    let state = t(&format!("hq-results-{}", event.state.name()));
    let bulletin = event.bulletin.map(|one| {
        let kind = t(&format!("bulletin-kind-{}", one.kind.name()));
        let words = tx("bulletin-named", &[("kind", &kind), ("number", &one.number.to_string())]);
        view! { {words}<br /><small class="sub">{moment(one.at)}</small> }
    });
    for (key, count) in [("hq-findings", event.findings), ("hq-undecided", event.undecided)] {
        if count > 0 {
            waits.push(tx(key, &[("count", &count.to_string())]));
        }
    }
    let waits = waits.into_iter().map(|words| view! { <span class="tag warn">{words}</span>" " }).collect_view();
    let entries = tx("registration-total", &[("count", &event.entries.to_string())]);
    let progress = format!("{} / {}", event.marked, event.cells);
    view! {
        <td>{event.name.clone()}<br /><small class="sub">{entries}</small></td>
        <td><span class=tag data-testid="hq-results">{state}</span></td>
        <td data-testid="hq-bulletin">{bulletin}</td>
        <td>{waits}</td>
        <td class="num" data-testid="hq-progress">{progress}</td>
    }
}

fn links(id: &str) -> impl IntoView + use<> {
    let link = |page: &'static str| {
        let address = format!("#/c/{id}/{page}");
        view! { <a href=address data-testid=format!("hq-open-{page}")>{t(&format!("nav-{page}"))}</a>" " }
    };
    ["standings", "bulletins", "history"].map(link).into_iter().collect_view()
}
