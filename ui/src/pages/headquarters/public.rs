//! The cells of a competition of which public facts and figures alone come here: what was published, in counts.

use crate::i18n::{language, t, tx};
use crate::time::moment;
use jiangsai_domain::command::headquarters::{EventOverview, PublishedFigures};
use leptos::prelude::*;

/// What is said once beside the title.
pub fn mark() -> impl IntoView {
    view! { <br /><span class="tag plain" data-testid="hq-public-part" title=t("hq-public-about")>{t("hq-public-part")}</span> }
}

/// The cells of an event: name, counts, bulletin, what waits. Of marks nothing is known here.
pub fn cells(event: &EventOverview, waits: Vec<String>) -> impl IntoView + use<> {
    let waits = waits.into_iter().map(|words| view! { <span class="tag warn">{words}</span>" " }).collect_view();
    let name = event.name.clone();
    match &event.figures {
        None => view! {
            <td>{name}</td>
            <td colspan="2" data-testid="hq-figures-none">{t("hq-figures-none")}</td>
            <td>{waits}</td>
            <td></td>
        }
        .into_any(),
        Some(told) => {
            let (figures, bulletin) = (counts(told), bulletin(told));
            view! {
                <td>{name}</td>
                <td data-testid="hq-figures">{figures}</td>
                <td data-testid="hq-bulletin">{bulletin}<br /><small class="sub">{moment(told.at)}</small></td>
                <td>{waits}</td>
                <td></td>
            }
            .into_any()
        }
    }
}

fn bulletin(told: &PublishedFigures) -> String {
    let kind = t(&format!("bulletin-kind-{}", told.figures.kind.name()));
    tx("bulletin-named", &[("kind", &kind), ("number", &told.figures.number.to_string())])
}

fn counts(told: &PublishedFigures) -> impl IntoView + use<> {
    let own = &told.figures;
    let [registered, came, judges] = [own.registered, own.took_part, own.judges].map(|count| count.to_string());
    let who = tx("hq-figures", &[("registered", &registered), ("came", &came), ("judges", &judges)]);
    let units = match own.units {
        Some(units) => tx("hq-figures-units", &[("units", &units.to_string())]),
        None => t("hq-figures-units-sealed"),
    };
    let award = |name: &str, count: u32| tx("hq-figures-award", &[("name", name), ("count", &count.to_string())]);
    let awards = own.awards.iter().map(|one| view! { <li>{award(one.name.get(&language()), one.count)}</li> });
    let awards = awards.collect_view();
    view! { {who}<br />{units}{(!own.awards.is_empty()).then(|| view! { <ul>{awards}</ul> })} }
}
