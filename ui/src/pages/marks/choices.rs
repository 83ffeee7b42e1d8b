//! What there is to mark, by module, with how many cells are still open.

use super::desk::Signals;
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::marks::{SheetChoice, SheetOf};
use jiangsai_scoring::Text;
use leptos::prelude::*;

/// The list of choices.
pub fn choices(signals: Signals, choose: Callback<SheetOf>) -> impl IntoView {
    let (list, shown) = signals
        .sheet
        .with(|sheet| sheet.as_ref().map(|sheet| (sheet.choices.clone(), Some(sheet.of.clone()))).unwrap_or_default());
    let mut modules: Vec<(Text, Vec<(usize, SheetChoice)>)> = Vec::new();
    for (index, choice) in list.into_iter().enumerate() {
        match modules.last_mut() {
            Some((module, choices)) if *module == choice.module => choices.push((index, choice)),
            _ => modules.push((choice.module.clone(), vec![(index, choice)])),
        }
    }
    let language = language();
    view! {
        <nav class="card marks-choices" aria-label=t("marks-choices")>
            {modules
                .into_iter()
                .map(|(module, choices)| {
                    let alone = choices.len() == 1 && choices.iter().all(|(_, choice)| choice.name == module);
                    view! {
                        {(!alone).then(|| view! { <h2>{module.get(&language).to_owned()}</h2> })}
                        <ul>{choices.into_iter().map(|(index, choice)| one(index, choice, &language, shown.as_ref(), choose)).collect_view()}</ul>
                    }
                })
                .collect_view()}
        </nav>
    }
}

fn one(
    index: usize,
    choice: SheetChoice,
    language: &str,
    shown: Option<&SheetOf>,
    choose: Callback<SheetOf>,
) -> impl IntoView + use<> {
    let SheetChoice { of, name, open, .. } = choice;
    let current = if shown == Some(&of) { "true" } else { "false" };
    let left =
        if open == 0 { t("marks-choices-done") } else { tx("marks-choices-left", &[("count", &open.to_string())]) };
    view! {
        <li>
            <button class="marks-choice" data-testid=format!("marks-choice-{index}") aria-current=current on:click=move |_| choose.run(of.clone())>
                <span class="name">{name.get(language).to_owned()}</span>
                <span class="left" class:none=move || open == 0 title=left.clone() aria-label=left.clone() data-testid=format!("marks-choice-open-{index}")>
                    {if open == 0 { "✓".to_owned() } else { open.to_string() }}
                </span>
            </button>
        </li>
    }
}
