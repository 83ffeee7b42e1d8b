//! A form drawn from a shape: fields of records, entries of lists, one of several forms. Only what changes its structure is drawn again.

use super::block::{condition, expression, operand_list};
use super::chosen::{flag, refer, refers, words};
use super::desk::use_desk;
use super::leaf::{id, kind_name, label_of, typed, word_of};
use super::place::{child, name_of, push, put, shift, take};
use super::refs::{fresh, fresh_case, usual};
use super::shape::{Case, Field, Need, Shape};
use crate::i18n::tx;
use leptos::prelude::*;
use serde_json::Value;

/// The fields of a record; what is long stands below what is short.
pub fn record(path: &str, fields: &'static [Field]) -> AnyView {
    let draw = |long: bool| {
        let own = fields.iter().filter(move |field| is_long(field.shape) == long);
        own.map(|field| field_of(child(path, field.name), field)).collect::<Vec<_>>()
    };
    let (short, long) = (draw(false), draw(true));
    view! { {(!short.is_empty()).then(|| view! { <div class="fields">{short}</div> })} {long} }.into_any()
}

/// What stands under a name by itself.
pub fn content_label(shape: Shape) -> String {
    if let Shape::Refer(kind) = shape { kind_name(kind) } else { label_of("content") }
}

/// Does it take more than one field?
pub fn is_long(shape: Shape) -> bool {
    !matches!(
        shape,
        Shape::Line | Shape::Number | Shape::Whole | Shape::Flag | Shape::Words(_) | Shape::Id(_) | Shape::Refer(_)
    )
}

fn field_of(path: String, field: &'static Field) -> AnyView {
    let label = move || label_of(field.label);
    if field.need == Need::Must || !is_long(field.shape) || is_list(field.shape) {
        return view! { {move || place(path.clone(), label(), field.shape, field.need)} }.into_any();
    }
    optional(path, field)
}

fn is_list(shape: Shape) -> bool {
    matches!(shape, Shape::List(_) | Shape::Lines | Shape::Map(..))
}

/// A field that may be left out: a button that puts it in, or the field with a button that takes it out.
fn optional(path: String, field: &'static Field) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let there = Memo::new(move |_| desk.draft.with(|draft| draft.value().pointer(&own).is_some()));
    let draw = move || {
        let (own, testid) = (path.clone(), format!("add{path}"));
        if there.get() {
            let leave = move |_| {
                desk.edit(|document| take(document, &own).map(drop));
            };
            view! {
                <div class="rule-optional">
                    {place(path.clone(), label_of(field.label), field.shape, Need::Must)}
                    <button type="button" class="btn quiet" on:click=leave>{tx("rule-take-out", &[("what", &label_of(field.label))])}</button>
                </div>
            }
            .into_any()
        } else {
            let enter = move |_| {
                desk.edit(|document| {
                    let value = usual(&own).unwrap_or_else(|| fresh(document, field.shape));
                    put(document, &own, value)
                });
            };
            view! {
                <p class="rule-absent">
                    <button type="button" class="btn quiet" data-testid=testid data-path=path.clone() on:click=enter>
                        {tx("rule-put-in", &[("what", &label_of(field.label))])}
                    </button>
                </p>
            }
            .into_any()
        }
    };
    view! { {draw} }.into_any()
}

/// What stands at a place.
pub fn place(path: String, label: String, shape: Shape, need: Need) -> AnyView {
    match shape {
        Shape::Line | Shape::Number | Shape::Whole | Shape::Lines => typed(path, label, shape, need),
        Shape::Words(all) => words(path, label, all, need),
        Shape::Flag => flag(path, label, need),
        Shape::Id(kind) => id(path, label, kind),
        Shape::Refer(kind) => refer(path, label, kind, need),
        Shape::Refers(kind) => refers(path, label, kind),
        Shape::Name => name(&path, &label),
        Shape::Record(fields) => group(&path, label, record(&path, fields)),
        Shape::Cases(all) => cases(path, label, all),
        Shape::List(of) => list(path, label, *of),
        Shape::Map(key, of) => super::map::map(path, label, *key, *of),
        Shape::Expr => group(&path, label, expression(path.clone())),
        Shape::Operands => group(&path, label, operand_list(path.clone())),
        Shape::Condition => group(&path, label, condition(path.clone())),
    }
}

/// Fields that belong together, with their name.
pub fn group(path: &str, label: String, inside: AnyView) -> AnyView {
    view! { <fieldset class="rule-group" data-path=path.to_owned() tabindex="-1"><legend>{label}</legend>{inside}</fieldset> }.into_any()
}

/// A name in both languages.
fn name(path: &str, label: &str) -> AnyView {
    let one = |token: &str| {
        let key = if token == "zh" { "rule-in-chinese" } else { "rule-in-english" };
        let label = tx(key, &[("label", label)]);
        typed(child(path, token), label, Shape::Line, Need::Must)
    };
    view! { <div class="fields names">{one("zh")}{one("en")}</div> }.into_any()
}

/// One of several forms, and its content.
fn cases(path: String, label: String, all: &'static [Case]) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let now = Memo::new(move |_| desk.at(&own).as_ref().map(name_of).unwrap_or_default());
    let own = path.clone();
    let choose = move |event| {
        let name = event_target_value(&event);
        desk.edit(|document| {
            let content = all.iter().find(|case| case.name == name)?.content;
            let value = fresh_case(document, &name, content);
            put(document, &own, value)
        });
    };
    let own = path.clone();
    let options = move || {
        let now = now.get();
        let one = |case: &Case| {
            view! { <option value=case.name selected=case.name == now>{word_of("case", &own, case.name)}</option> }
        };
        all.iter().map(one).collect_view()
    };
    let short = move || {
        let content = all.iter().find(|case| case.name == now.get()).and_then(|case| case.content);
        content.is_some_and(|content| !is_long(content))
    };
    let own = path.clone();
    let content = move || {
        let name = now.get();
        let content = all.iter().find(|case| case.name == name)?.content?;
        let path = child(&own, &name);
        Some(match content {
            Shape::Record(fields) => record(&path, fields),
            shape => place(path, content_label(shape), shape, Need::Must),
        })
    };
    let testid = format!("at{path}");
    view! {
        <div class="rule-cases" class:inline=short>
            <label class="field"><span>{label}</span>
                <select data-testid=testid data-path=path prop:value=move || now.get() on:change=choose>{options}</select>
            </label>
            <div class="rule-content">{content}</div>
        </div>
    }
    .into_any()
}

/// A list with adding, moving and taking out.
fn list(path: String, label: String, of: Shape) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let count = Memo::new(move |_| {
        desk.draft.with(|draft| draft.value().pointer(&own).and_then(Value::as_array).map_or(0, Vec::len))
    });
    let own = path.clone();
    let rows =
        move || (0..count.get()).map(|index| row(child(&own, &index.to_string()), index, of)).collect::<Vec<_>>();
    let own = path.clone();
    let enter = move |_| {
        desk.edit(|document| {
            let mut value = fresh(document, of);
            if value.get("id").is_some() {
                let id = super::refs::fresh_id(document, "prize-");
                put(&mut value, "/id", id.into())?;
            }
            push(document, &own, value)
        });
    };
    let testid = format!("add{path}");
    let add = tx("rule-put-in", &[("what", &label)]);
    let inside = view! {
        <ol class="rule-list">{rows}</ol>
        <p><button type="button" class="btn quiet" data-testid=testid on:click=enter>{add}</button></p>
    };
    group(&path, label, inside.into_any())
}

fn row(path: String, index: usize, of: Shape) -> AnyView {
    let number = (index + 1).to_string();
    let label = tx("rule-entry", &[("number", &number)]);
    let inside = match of {
        Shape::Record(fields) => record(&path, fields),
        Shape::Condition => condition(path.clone()),
        shape => place(path.clone(), label.clone(), shape, Need::Must),
    };
    view! { <li class="rule-entry" aria-label=label><div>{inside}</div>{row_actions(path, number)}</li> }.into_any()
}

/// Buttons of an entry of a list: up, down, out.
pub fn row_actions(path: String, number: String) -> AnyView {
    let desk = use_desk();
    let moved = |by: isize| {
        let path = path.clone();
        move |_| {
            desk.edit(|document| shift(document, &path, by).map(drop));
        }
    };
    let (up, down) = (moved(-1), moved(1));
    let out = {
        let path = path.clone();
        move |_| {
            desk.edit(|document| take(document, &path).map(drop));
        }
    };
    let name = |key: &str| tx(key, &[("number", &number)]);
    view! {
        <span class="rule-row-actions">
            <button type="button" class="btn quiet" aria-label=name("rule-entry-up") title=name("rule-entry-up") on:click=up>"↑"</button>
            <button type="button" class="btn quiet" aria-label=name("rule-entry-down") title=name("rule-entry-down") on:click=down>"↓"</button>
            <button type="button" class="btn quiet" aria-label=name("rule-entry-out") title=name("rule-entry-out") data-testid=format!("out{path}") on:click=out>"×"</button>
        </span>
    }
    .into_any()
}
