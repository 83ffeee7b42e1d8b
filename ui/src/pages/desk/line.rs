//! One item of a sheet: what it is, what may be given, the field, what it is worth.

use super::cell::{cell, refused};
use super::work::{Ask, Field, Work};
use crate::i18n::{language, t, tx};
use jiangsai_domain::ids::ItemId;
use jiangsai_scoring::Text;
use jiangsai_scoring::rulebook::{Input, Item};
use leptos::prelude::*;

/// Values that can be chosen by pointing, each with what it stands for.
fn values(item: &Item) -> Vec<(String, Text)> {
    match &item.input {
        Input::Level { max, texts } => {
            let text = |level: u8| texts.get(usize::from(level)).cloned().unwrap_or_default();
            (0..=*max).map(|level| (level.to_string(), text(level))).collect()
        }
        Input::Choice { options } => {
            options.iter().map(|own| (own.value.to_string(), own.text.clone().unwrap_or_default())).collect()
        }
        Input::Tick {} | Input::Vote {} => {
            vec![("1".to_owned(), Text::new("是", "yes")), ("0".to_owned(), Text::new("否", "no"))]
        }
        _ => Vec::new(),
    }
}

/// The line of an item.
pub fn line(work: Work, item: Item) -> impl IntoView {
    let id = ItemId::from(item.id.as_str());
    let name = item.name.clone();
    let (own, label_name, label_id) = (id.clone(), item.name.clone(), item.id.clone());
    let about = {
        let id = id.clone();
        move || work.item(&id, |item| item.about.get(&language()).to_owned()).unwrap_or_default()
    };
    let fields = {
        let item = item.clone();
        let id = id.clone();
        (1..=item.attempt_count())
            .map(move |attempt| {
                let field: Field = (id.clone(), attempt);
                let (name, code, several) = (label_name.clone(), label_id.clone(), item.attempts.is_some());
                let label = Signal::derive(move || {
                    let name = format!("{code} {}", name.get(&language()));
                    if several {
                        tx("desk-attempt", &[("item", &name), ("attempt", &attempt.to_string())])
                    } else {
                        name
                    }
                });
                cell(work, field, item.clone(), label)
            })
            .collect_view()
    };
    let faults = {
        let id = id.clone();
        let attempts = item.attempt_count();
        move || (1..=attempts).find_map(|attempt| refused(work, &(id.clone(), attempt)))
    };
    let missing = {
        let id = id.clone();
        move || work.sheet(|sheet| sheet.missing.contains(&id)).unwrap_or(false)
    };
    let lacks = missing.clone();
    let worth = {
        let id = id.clone();
        let max = item.max.as_ref().map(ToString::to_string);
        move || {
            let worth = work.item(&id, |item| item.worth.clone()).unwrap_or_default();
            max.as_ref().map_or_else(|| worth.clone(), |max| format!("{worth} / {max}"))
        }
    };
    let note = {
        let id = id.clone();
        move || work.item(&id, |item| item.note.clone()).unwrap_or_default()
    };
    let again = {
        let id = id.clone();
        move || {
            let (first, why) = work.item(&id, |item| (item.first.join(" "), item.why.clone())).unwrap_or_default();
            (!first.is_empty()).then(|| tx("desk-again", &[("first", &first), ("why", &why)]))
        }
    };
    let choose = chosen(work, &item);
    let (noted, note_test) = (id.clone(), format!("desk-note-{id}"));
    view! {
        <li class="desk-line" class:now=move || work.now.with(|now| now.as_ref().is_some_and(|(item, _)| *item == own)) class:missing=lacks>
            <span class="id">{item.id.clone()}</span>
            <div class="what">
                <span>{move || name.get(&language()).to_owned()}</span>
                <small>{about}</small>
                {move || again().map(|words| view! { <small class="tag warn">{words}</small> })}
                {move || Some(note()).filter(|note| !note.is_empty()).map(|note| view! { <small class="note">{tx("desk-noted", &[("note", &note)])}</small> })}
                {move || faults().map(|words| view! { <small class="wrong-text" role="alert">{words}</small> })}
            </div>
            {choose}
            <span class="fields">{fields}</span>
            <span class="worth">{worth}</span>
            <span class="state">{move || missing().then(|| view! { <span class="tag warn">{move || t("desk-missing-one")}</span> })}</span>
            <button
                type="button"
                class="btn quiet"
                tabindex="-1"
                data-testid=note_test
                prop:disabled=move || !work.writable()
                on:click=move |_| work.asking.set(Some(Ask::Note(noted.clone())))
            >{move || t("desk-note")}</button>
        </li>
    }
}

/// The values as buttons, with the text of the one that stands.
fn chosen(work: Work, item: &Item) -> impl IntoView + use<> {
    let values = values(item);
    let field: Field = (ItemId::from(item.id.as_str()), 1);
    let once = item.attempts.is_none();
    (once && !values.is_empty() && values.len() <= 8).then(|| {
        let told = {
            let (values, field) = (values.clone(), field.clone());
            move || {
                let text = work.text(&field);
                let own = values.iter().find(|(value, _)| *value == text);
                let text = own.map(|(value, text)| (value, text.get(&language()).to_owned()));
                // With its value: under a row of buttons a text alone would seem to be of the nearest.
                text.filter(|(_, text)| !text.is_empty())
                    .map(|(value, text)| format!("{value} · {text}"))
                    .unwrap_or_default()
            }
        };
        let buttons = values.into_iter().map(|(value, text)| {
            let (own, shown, title, field, on) = (value.clone(), value.clone(), text, field.clone(), field.clone());
            let pressed = move || work.text(&on) == own;
            view! {
                <button
                    type="button"
                    tabindex="-1"
                    aria-pressed=move || pressed().to_string()
                    title=move || title.get(&language()).to_owned()
                    prop:disabled=move || !work.writable()
                    on:click=move |_| {
                        untrack(|| work.save(&field, value.clone()));
                        work.focus(field.clone());
                    }
                >{shown}</button>
            }
        });
        view! { <span class="levels"><span class="row">{buttons.collect_view()}</span><small>{told}</small></span> }
    })
}
