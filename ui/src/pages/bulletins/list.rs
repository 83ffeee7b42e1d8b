//! The list of bulletins. Those that no longer stand stay in it, struck through.

use crate::i18n::{t, tx};
use crate::time::moment;
use jiangsai_domain::command::bulletins::{BulletinLine, BulletinState, BulletinsView};
use jiangsai_domain::ids::FactId;
use leptos::prelude::*;

/// The list, or what it is for.
pub fn list(view: RwSignal<Option<BulletinsView>>, chosen: RwSignal<Option<FactId>>) -> AnyView {
    let lines = move || view.with(|view| view.as_ref().map(|view| view.lines.clone()).unwrap_or_default());
    let empty = move || view.with(|view| view.as_ref().is_some_and(|view| view.lines.is_empty()));
    view! {
        <Show when=move || !empty() fallback=move || view! {
            <section class="card empty" data-testid="bulletins-empty">
                <h2>{t("bulletins-empty-title")}</h2>
                <p>{t("bulletins-empty-text")}</p>
            </section>
        }>
            <section class="card scroll">
                <table data-testid="bulletins">
                    <thead><tr>
                        {["bulletin-number", "bulletin-kind", "bulletin-published", "bulletin-period", "bulletin-state"].map(|key| view! { <th scope="col">{move || t(key)}</th> }).into_iter().collect_view()}
                    </tr></thead>
                    <tbody>{move || lines().iter().map(|own| line(own, chosen)).collect_view()}</tbody>
                </table>
            </section>
        </Show>
    }
    .into_any()
}

fn line(line: &BulletinLine, chosen: RwSignal<Option<FactId>>) -> AnyView {
    let gone = matches!(line.state, BulletinState::Corrected | BulletinState::Dropped);
    let (fact, number) = (line.fact.clone(), line.number.to_string());
    let kind = t(&format!("bulletin-kind-{}", line.kind.name()));
    let named = tx("bulletin-named", &[("kind", &kind), ("number", &number)]);
    let told = if gone { view! { <s>{named}</s> }.into_any() } else { named.into_any() };
    let pressed = {
        let fact = fact.clone();
        move || chosen.with(|chosen| chosen.as_ref() == Some(&fact)).to_string()
    };
    let period = line.period.as_ref().map(|period| {
        let key = if line.over { "bulletin-period-over" } else { "bulletin-period-runs" };
        tx(key, &[("from", &period.from), ("until", &period.until)])
    });
    view! {
        <tr data-testid=format!("bulletin-{number}") data-state=line.state.name() class:gone=gone>
            <td class="num">{number.clone()}</td>
            <td>
                <button class="btn quiet" data-testid=format!("bulletin-open-{number}") aria-pressed=pressed on:click=move |_| chosen.set(Some(fact.clone()))>{told}</button>
            </td>
            <td>{tx("bulletin-by", &[("name", &line.by), ("time", &moment(line.at))])}</td>
            <td>{period}</td>
            <td>{state(line)}</td>
        </tr>
    }
    .into_any()
}

/// What became of it, and whether the standings are still these.
fn state(line: &BulletinLine) -> AnyView {
    let by = line.corrected_by.map(|number| number.to_string()).unwrap_or_default();
    let said = tx(&format!("bulletin-state-{}", line.state.name()), &[("number", &by)]);
    let class = match line.state {
        BulletinState::Stands => "tag ok",
        BulletinState::Crosses => "tag bad",
        BulletinState::Corrected | BulletinState::Dropped => "tag plain",
    };
    let lapsed = line.state == BulletinState::Stands && !line.holds;
    view! {
        <span class=class>{said}</span>
        {lapsed.then(|| view! { " " <span class="tag warn">{t("bulletin-lapsed")}</span> })}
    }
    .into_any()
}
