//! The values of parameters as tables: one for each datum that chooses them, parameters down, texts across.

use super::Typed;
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::parameters::{ParameterCell, ParameterView, ParametersView};
use jiangsai_scoring::rulebook::ParameterKind;
use leptos::prelude::*;

/// The tables.
pub(super) fn tables(view: ParametersView, typed: Typed, saved: RwSignal<bool>) -> impl IntoView {
    let mut groups: Vec<(Option<String>, Vec<ParameterView>)> = Vec::new();
    for parameter in view.parameters {
        match groups.iter_mut().find(|(by, _)| *by == parameter.by) {
            Some((_, own)) => own.push(parameter),
            None => groups.push((parameter.by.clone(), vec![parameter])),
        }
    }
    groups.into_iter().map(|(by, own)| one(by.as_deref(), own, typed, saved)).collect_view()
}

fn one(by: Option<&str>, parameters: Vec<ParameterView>, typed: Typed, saved: RwSignal<bool>) -> impl IntoView + use<> {
    let mut texts: Vec<(String, u32)> = Vec::new();
    for cell in parameters.iter().flat_map(|parameter| &parameter.cells) {
        if !texts.iter().any(|(text, _)| *text == cell.text) {
            texts.push((cell.text.clone(), cell.entries));
        }
    }
    // As the application orders them: the one for everybody else is the last.
    texts.sort_by_key(|(text, _)| (text.is_empty(), text.chars().count(), text.clone()));
    let alone = by.is_none();
    let datum = by.map(|by| tx("parameters-by", &[("datum", &tx("datum", &[("name", by)]))]));
    let heads = texts.iter().map(|(text, entries)| {
        view! {
            <th>
                {name_of(text, alone)}
                {(*entries > 0).then(|| view! { <span class="max">{tx("parameters-entries", &[("count", &entries.to_string())])}</span> })}
            </th>
        }
    });
    let heads = heads.collect_view();
    let rows = parameters.into_iter().map(|parameter| {
        let name = parameter.name.get(&language()).to_owned();
        let kind = match parameter.kind {
            ParameterKind::Number => "number",
            ParameterKind::Time => "time",
            ParameterKind::Answer => "answer",
        };
        let cells = texts.iter().map(|(text, _)| {
            let own = parameter.cells.iter().find(|cell| cell.text == *text).cloned();
            let label = tx("parameters-cell", &[("parameter", &name), ("text", &name_of(text, alone))]);
            let own = own.unwrap_or_else(|| ParameterCell { text: text.clone(), ..ParameterCell::default() });
            cell(parameter.id.as_str(), &own, label, typed, saved)
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <td class="id">{parameter.id.to_string()}</td>
                <td class="name">{name.clone()}</td>
                <td>{tx("parameters-kind", &[("kind", kind)])}</td>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="scroll" tabindex="0"><table>
            <thead><tr>
                <th>{t("rules-col-id")}</th>
                <th>{t("parameters-col-name")}{datum.map(|datum| view! { <span class="max">{datum}</span> })}</th>
                <th>{t("parameters-col-kind")}</th>
                {heads}
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

/// Whom a value is for.
fn name_of(text: &str, alone: bool) -> String {
    match (text.is_empty(), alone) {
        (false, _) => text.to_owned(),
        (true, true) => t("parameters-for-all"),
        (true, false) => t("parameters-for-rest"),
    }
}

fn cell(
    parameter: &str,
    cell: &ParameterCell,
    label: String,
    typed: Typed,
    saved: RwSignal<bool>,
) -> impl IntoView + use<> {
    let place = (parameter.to_owned(), cell.text.clone());
    let (mine, change, dirty) = (place.clone(), place.clone(), place);
    let given = cell.given.clone();
    let stands = given.clone();
    let crossing = (!cell.crossing.is_empty()).then(|| {
        cell.crossing.iter().map(|value| if value.is_empty() { "—" } else { value }).collect::<Vec<_>>().join(" / ")
    });
    let note = if let Some(values) = &crossing {
        Some(("bad", tx("parameters-crossing", &[("values", values)])))
    } else if cell.unread {
        Some(("bad", t("parameters-unread")))
    } else if cell.missing {
        Some(("warn", t("parameters-missing")))
    } else if !cell.own.is_empty() && !given.is_empty() {
        Some(("plain", tx("parameters-own", &[("value", &cell.own)])))
    } else {
        None
    };
    let id = format!("parameter-{parameter}-{}", if cell.text.is_empty() { "all" } else { &cell.text });
    view! {
        <td>
            <input
                class="parameter"
                data-testid=id
                aria-label=label
                maxlength="100"
                autocomplete="off"
                spellcheck="false"
                placeholder=cell.own.clone()
                data-dirty=move || typed.with(|typed| typed.contains_key(&dirty)).to_string()
                prop:value=move || typed.with(|typed| typed.get(&mine).cloned()).unwrap_or_else(|| given.clone())
                on:input=move |event| {
                    let value = event_target_value(&event);
                    saved.set(false);
                    typed.update(|typed| {
                        // A crossing value is settled by typing either of them again.
                        if value == stands && crossing.is_none() {
                            typed.remove(&change);
                        } else {
                            typed.insert(change.clone(), value);
                        }
                    });
                }
            />
            {note.map(|(class, text)| view! { <span class=format!("tag {class}")>{text}</span> })}
        </td>
    }
}
