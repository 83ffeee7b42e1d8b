//! Typing paper lots: a line an entry. Enter saves and goes to the next line; what is refused stays in the field with its reason.

mod line;

use super::session_name;
use crate::i18n::{t, tx};
use jiangsai_domain::command::draw::{DrawRow, DrawView, HeldView};
use jiangsai_domain::draw::Layer;
use jiangsai_domain::ids::EntryId;
use leptos::prelude::*;
use line::LotLine;
use std::collections::HashMap;

/// How this draw was held, or how to hold it.
pub fn about(view: RwSignal<Option<DrawView>>) -> impl IntoView {
    move || {
        let DrawView { of: (layer, session), held, .. } = view.get()?;
        let title = format!("{} · {}", t(layer.key()), session_name(&session));
        let said = held.as_ref().map_or_else(|| vec![t("draw-about-lots")], how);
        let work = (layer == Layer::Work && held.is_none()).then(|| view! { <p>{t("draw-about-work")}</p> });
        Some(view! {
            <div class="draw-about" data-testid="draw-about">
                <h2>{title}</h2>
                <p>{said.join(" · ")}</p>
                {work}
            </div>
        })
    }
}

fn how(held: &HeldView) -> Vec<String> {
    let mut said = vec![match &held.seed {
        Some(seed) => tx("draw-by-computer", &[("seed", seed)]),
        None => t("draw-by-lots"),
    }];
    if let Some(agrees) = held.agrees {
        said.push(t(if agrees { "draw-agrees" } else { "draw-differs" }));
    }
    if held.voided > 0 {
        said.push(tx("draw-voided-before", &[("count", &held.voided.to_string())]));
    }
    said
}

/// The table of lots.
#[component]
pub fn Lots(
    /// The draw on screen.
    view: RwSignal<Option<DrawView>>,
) -> impl IntoView {
    let of = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.of.clone()).unwrap_or_default()));
    let rows: Memo<HashMap<EntryId, DrawRow>> = Memo::new(move |_| {
        view.with(|view| view.as_ref().map(|view| view.rows.clone()).unwrap_or_default())
            .into_iter()
            .map(|row| (row.entry.clone(), row))
            .collect()
    });
    // Lines of another draw are other lines: nothing typed in one may end up in the other.
    let keys = move || {
        let of = of.get();
        let list = view.with(|view| view.as_ref().map(|view| view.rows.clone()).unwrap_or_default());
        list.into_iter().enumerate().map(|(index, row)| (of.clone(), row.entry, index)).collect::<Vec<_>>()
    };
    let together = Memo::new(move |_| of.with(|(layer, session)| *layer == Layer::Place && session.is_empty()));
    let locked =
        Memo::new(move |_| view.with(|view| view.as_ref().is_none_or(|view| view.locked || !view.crossing.is_empty())));
    view! {
        <div class="card scroll draw-lots">
            <table>
                <thead><tr>
                    <Show when=move || of.with(|(layer, _)| *layer != Layer::Number)><th>{move || t("draw-col-before")}</th></Show>
                    <th>{move || t("draw-col-name")}</th>
                    <th>{move || t("draw-col-unit")}</th>
                    <Show when=move || together.get()><th>{move || t("draw-col-session")}</th></Show>
                    <th>{move || t(of.with(|(layer, _)| layer.key()))}</th>
                    <th>{move || t("draw-col-state")}</th>
                </tr></thead>
                <tbody>
                    <For each=keys key=|key| key.clone() let:key>
                        {
                            let (of, entry, index) = key;
                            let row = Memo::new(move |_| rows.with(|rows| rows.get(&entry).cloned()));
                            view! { <LotLine row=row of=of index=index locked=locked /> }
                        }
                    </For>
                </tbody>
            </table>
        </div>
    }
}
