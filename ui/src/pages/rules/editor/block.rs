//! Expressions and conditions as nested blocks: each with a choice of what it does, its fields, and its operands as blocks inside.

use super::blocks::{turn, turn_condition, unwrap, wrap, wraps};
use super::desk::use_desk;
use super::form::{content_label, is_long, place, record, row_actions};
use super::grammar::fields;
use super::leaf::label_of;
use super::operations::{COMPARE, GROUPS, LOGIC, allowed, condition_allowed, logic, operation};
use super::place::{child, name_of, operands, push, put};
use super::shape::{Need, Shape};
use crate::i18n::{t, tx};
use leptos::prelude::*;
use serde_json::{Value, json};

fn op_name(name: &str) -> String {
    t(&format!("rule-op-{}", name.replace('_', "-")))
}

/// Operations in their groups that may stand at a place and that `fits`.
fn grouped(path: &str, now: &str, fits: impl Fn(&str) -> bool) -> AnyView {
    let group = |(name, cases): &(&str, &'static [super::shape::Case])| {
        let own = cases.iter().filter(|case| case.name == now || (allowed(case.name, path) && fits(case.name)));
        let options: Vec<_> = own
            .map(|case| view! { <option value=case.name selected=case.name == now>{op_name(case.name)}</option> })
            .collect();
        let label = t(&format!("rule-group-{name}"));
        (!options.is_empty()).then(|| view! { <optgroup label=label>{options}</optgroup> })
    };
    GROUPS.iter().map(group).collect_view().into_any()
}

/// The block of the expression at a place.
pub fn expression(path: String) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let now = Memo::new(move |_| desk.at(&own).as_ref().map(name_of).unwrap_or_default());
    // Walking through the choices with the arrow keys always starts from what stood there at first.
    let origin = StoredValue::new(None::<Value>);
    let own = path.clone();
    let begin = move |_| origin.set_value(desk.draft.with_untracked(|draft| draft.value().pointer(&own).cloned()));
    let own = path.clone();
    let choose = move |event| {
        let name = event_target_value(&event);
        desk.type_at(&child(&own, "?"), |document| {
            let old = origin.get_value().or_else(|| document.pointer(&own).cloned())?;
            let value = turn(document, &old, &name);
            put(document, &own, value)
        });
    };
    let rest = move |_| desk.draft.update_untracked(super::draft::Draft::rest);
    let own = path.clone();
    let content = move || {
        let name = now.get();
        let case = operation(&name)?;
        Some(content(child(&own, &name), case.content?))
    };
    let own = path.clone();
    let options = move || grouped(&own, &now.get(), |_| true);
    let wrong = {
        let path = path.clone();
        move || desk.faults.with(|faults| faults.iter().any(|fault| fault.path == path)).to_string()
    };
    let short = move || operation(&now.get()).and_then(|case| case.content).is_some_and(|content| !is_long(content));
    let (testid, label) = (format!("at{path}"), t("rule-operation"));
    view! {
        <div class="rule-block" class:inline=short>
            <div class="rule-block-head">
                <select aria-label=label data-testid=testid data-path=path.clone() aria-invalid=wrong prop:value=move || now.get()
                    on:focus=begin on:change=choose on:blur=rest>{options}</select>
                {around(path)}
            </div>
            {content}
        </div>
    }
    .into_any()
}

/// Wrapping the block in an operation, and taking the outermost one away.
fn around(path: String) -> AnyView {
    let desk = use_desk();
    let within = RwSignal::new("round".to_owned());
    let own = path.clone();
    let enter = move |_| {
        desk.edit(|document| {
            let old = document.pointer(&own).cloned()?;
            let value = wrap(document, &old, &within.get_untracked());
            put(document, &own, value)
        });
    };
    let own = path.clone();
    let leave = move |_| {
        desk.edit(|document| {
            let inner = document.pointer(&own).and_then(unwrap)?;
            put(document, &own, inner)
        });
    };
    let own = path.clone();
    let inner = Memo::new(move |_| desk.at(&own).as_ref().and_then(unwrap).is_some());
    let own = path.clone();
    let options = move || grouped(&own, &within.get(), wraps);
    view! {
        <details class="rule-around">
            <summary data-testid=format!("around{path}") title=t("rule-around") aria-label=t("rule-around")>"⋯"</summary>
            <div class="actions">
                <select aria-label=t("rule-wrap-in") data-testid=format!("wrap-in{path}") on:change=move |event| within.set(event_target_value(&event))>{options}</select>
                <button type="button" class="btn" data-testid=format!("wrap{path}") on:click=enter>{t("rule-wrap")}</button>
                <button type="button" class="btn" data-testid=format!("unwrap{path}") prop:disabled=move || !inner.get() on:click=leave>{t("rule-unwrap")}</button>
            </div>
        </details>
    }
    .into_any()
}

/// What stands under the name of an operation; a single operand needs no name of its own.
fn content(path: String, shape: Shape) -> AnyView {
    match shape {
        Shape::Expr => expression(path),
        Shape::Operands => operand_list(path),
        Shape::Record(all) => record(&path, all),
        Shape::Condition => condition(path),
        Shape::Refers(_) | Shape::List(_) => place(path, label_of("list"), shape, Need::Must),
        shape => place(path, content_label(shape), shape, Need::Must),
    }
}

/// Operands: blocks that can be added, moved and taken out.
pub fn operand_list(path: String) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let places = Memo::new(move |_| desk.draft.with(|draft| operands(draft.value(), &own)));
    let rows = move || {
        let places = places.get();
        let alone = places.len() == 1;
        let row = |(index, path): (usize, String)| {
            let number = (index + 1).to_string();
            let actions = (!alone).then(|| row_actions(path.clone(), number.clone()));
            view! { <li class="rule-entry" aria-label=tx("rule-operand", &[("number", &number)])><div>{expression(path)}</div>{actions}</li> }
        };
        places.into_iter().enumerate().map(row).collect_view()
    };
    let own = path.clone();
    let enter = move |_| {
        desk.edit(|document| push(document, &own, json!({ "constant": "0" })));
    };
    view! {
        <ol class="rule-list">{rows}</ol>
        <p><button type="button" class="btn quiet" data-testid=format!("add{path}") on:click=enter>{t("rule-add-operand")}</button></p>
    }
    .into_any()
}

/// The block of the condition at a place.
pub fn condition(path: String) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let now = Memo::new(move |_| desk.at(&own).as_ref().map(name_of).unwrap_or_default());
    let own = path.clone();
    let choose = move |event| {
        let name = event_target_value(&event);
        desk.edit(|document| {
            let old = document.pointer(&own).cloned()?;
            let value = turn_condition(document, &old, &name);
            put(document, &own, value)
        });
    };
    let own = path.clone();
    let content = move || {
        let name = now.get();
        if name == "compare" {
            return Some(record(&own, fields(COMPARE)));
        }
        Some(content(child(&own, &name), logic(&name)?.content?))
    };
    let own = path.clone();
    let options = move || {
        let now = now.get();
        let names = std::iter::once("compare").chain(LOGIC.iter().map(|case| case.name));
        names
            .filter(|name| *name == now || condition_allowed(name, &own))
            .map(|name| {
                let word = t(&format!("rule-if-{}", name.replace('_', "-")));
                view! { <option value=name selected=name == now>{word}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="rule-block condition">
            <div class="rule-block-head">
                <select aria-label=t("rule-condition") data-testid=format!("at{path}") data-path=path prop:value=move || now.get() on:change=choose>{options}</select>
            </div>
            {content}
        </div>
    }
    .into_any()
}
