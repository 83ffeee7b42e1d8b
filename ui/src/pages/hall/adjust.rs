//! 处罚与调整: what the chief judge gives alone, with a reason. It stands on no sheet.

use super::View;
use super::act::Act;
use crate::components::{Choice, TextField};
use crate::i18n::{language, t};
use jiangsai_domain::command::hall::HallAdjusted;
use jiangsai_domain::command::marks::CellState;
use jiangsai_domain::ids::{EntryId, ItemId};
use leptos::prelude::*;

/// What was adjusted, and the form to adjust more.
pub(super) fn adjust(view: View) -> impl IntoView {
    let [entry, item, value] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let entries = view.entries();
    // An item with several attempts has a line for each.
    let items = Signal::derive(move || {
        let mut found = vec![(String::new(), t("hall-choose"))];
        for (id, name, attempts) in view.read(|hall| hall.adjustable.clone()) {
            for attempt in 1..=attempts {
                let shown = if attempts > 1 { format!("{id}·{attempt}") } else { id.to_string() };
                found.push((format!("{attempt} {id}"), format!("{shown} {}", name.get(&language()))));
            }
        }
        found
    });
    let ready = move || [entry, item, value].iter().all(|field| !field.with(|text| text.trim().is_empty()));
    let ask = move || {
        if !untrack(ready) {
            return;
        }
        let (entry_id, chosen) = (EntryId::new(entry.get_untracked()), item.get_untracked());
        let Some((attempt, id)) = chosen.split_once(' ') else { return };
        let (attempt, id) = (attempt.parse().unwrap_or(1), ItemId::new(id.to_owned()));
        let shown = |list: Signal<Vec<(String, String)>>, value: &str| {
            untrack(|| list.get()).into_iter().find(|(own, _)| own == value).map(|(_, shown)| shown).unwrap_or_default()
        };
        let said = [shown(entries, entry_id.as_str()), shown(items, &chosen)];
        let own = |own: &&HallAdjusted| own.entry == entry_id && own.item == id && own.attempt == attempt;
        let replaces = view.hall.with_untracked(|hall| {
            let found = hall.as_ref().and_then(|hall| hall.adjusted.iter().find(own));
            found.map(|own| own.cell.current.clone()).unwrap_or_default()
        });
        view.act.set(Some(Act::Adjust(entry_id, id, attempt, value.get_untracked().trim().to_owned(), replaces, said)));
    };
    // What was typed is done with once it stands.
    Effect::new(move |before: Option<bool>| {
        let asked = view.act.with(|act| matches!(act, Some(Act::Adjust(..))));
        if before == Some(true) && !asked {
            value.set(String::new());
        }
        asked
    });
    let none = move || view.read(|hall| hall.adjustable.is_empty());
    view! {
        <section class="card pad" data-testid="hall-adjust-card">
            <h2>{move || t("hall-adjusts")}</h2>
            <p class="sub">{move || t(if none() { "hall-adjusts-none" } else { "hall-adjusts-about" })}</p>
            <Show when=move || !none()>
                <form on:submit=move |event| { event.prevent_default(); ask(); }>
                    <div class="fields">
                        <Choice label="hall-station" value=entry options=entries testid="hall-adjust-entry" />
                        <Choice label="hall-item" value=item options=items testid="hall-adjust-item" />
                        <TextField label="hall-adjust-value" value=value testid="hall-adjust-value" />
                    </div>
                    <p class="actions">
                        <button type="submit" class="btn" data-testid="hall-adjust" prop:disabled=move || !ready()>{move || t("hall-adjust")}</button>
                    </p>
                </form>
            </Show>
            {move || {
                let _ = language();
                let adjusted = view.read(|hall| hall.adjusted.clone());
                let standing = adjusted.into_iter().filter(|own| own.cell.state != CellState::NotYet).collect::<Vec<_>>();
                (!standing.is_empty()).then(|| view! {
                    <div class="scroll short" tabindex="0" role="region" aria-label=t("hall-adjusts")>
                        <table>
                            <thead><tr>
                                <th>{t("hall-session")}</th><th>{t("hall-station")}</th><th>{t("hall-item")}</th>
                                <th class="num">{t("hall-adjust-value")}</th><th>{t("reason")}</th>
                                <th><span class="sr-only">{t("hall-do")}</span></th>
                            </tr></thead>
                            <tbody>{standing.into_iter().map(|own| row(view, own)).collect_view()}</tbody>
                        </table>
                    </div>
                })
            }}
        </section>
    }
}

fn row(view: View, own: HallAdjusted) -> impl IntoView {
    let HallAdjusted { entry, session, station, item, name, attempt, cell, reason } = own;
    let shown = format!("{item} {}", name.get(&language()));
    let said = [format!("{session} {station}"), shown.clone()];
    let act = Act::Adjust(entry, item, attempt, String::new(), cell.current, said);
    view! {
        <tr>
            <td>{session}</td><th scope="row">{station}</th><td>{shown}</td><td class="num">{cell.text}</td><td>{reason}</td>
            <td><button class="btn quiet" on:click=move |_| view.act.set(Some(act.clone()))>{t("hall-adjust-undo")}</button></td>
        </tr>
    }
}
