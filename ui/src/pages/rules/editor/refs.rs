//! What refers to what: ids to choose from, and references that follow when an id changes.

use super::grammar::DOCUMENT;
use super::operations::{COMPARE, logic, operation};
use super::place::name_of;
use super::shape::{Kind, Need, Shape};
use jiangsai_scoring::EntryStatus;
use jiangsai_scoring::rulebook::Statuses;
use serde_json::{Value, json};

/// The ids of a kind with their names (`zh`, `en`), in reading order.
pub fn known(document: &Value, kind: Kind) -> Vec<(String, String, String)> {
    let text = |value: &Value, place: &str| value.pointer(place).and_then(Value::as_str).unwrap_or_default().to_owned();
    let all = document.pointer(kind.list()).and_then(Value::as_array);
    all.into_iter().flatten().map(|one| (text(one, "/id"), text(one, "/name/zh"), text(one, "/name/en"))).collect()
}

/// An id of a kind that nothing has yet: the stem and the first free number.
pub fn fresh_id(document: &Value, stem: &str) -> String {
    let kinds =
        [Kind::Item, Kind::Node, Kind::Panel, Kind::Parameter, Kind::Scale, Kind::Stage, Kind::Award, Kind::Honour];
    let taken: Vec<String> = kinds.into_iter().flat_map(|kind| known(document, kind)).map(|(id, ..)| id).collect();
    (1..).map(|number: u32| format!("{stem}{number}")).find(|id| !taken.contains(id)).unwrap_or_default()
}

/// Gives everything that refers to `old` the id `new`.
pub fn rename(document: &mut Value, kind: Kind, old: &str, new: &str) {
    walk(document, DOCUMENT, &mut |of, id| {
        if of == kind && id == old {
            new.clone_into(id);
        }
    });
}

/// Calls `visit` with every reference below a value of a shape.
fn walk(value: &mut Value, shape: Shape, visit: &mut impl FnMut(Kind, &mut String)) {
    match (shape, value) {
        (Shape::Refer(kind), Value::String(id)) => visit(kind, id),
        (Shape::Refers(kind), Value::Array(ids)) => ids.iter_mut().for_each(|id| walk(id, Shape::Refer(kind), visit)),
        (Shape::Record(all), Value::Object(own)) => {
            for field in all {
                if let Some(value) = own.get_mut(field.name) {
                    walk(value, field.shape, visit);
                }
            }
        }
        (Shape::Cases(all), Value::Object(own)) => {
            for case in all {
                if let (Some(value), Some(content)) = (own.get_mut(case.name), case.content) {
                    walk(value, content, visit);
                }
            }
        }
        (Shape::List(of), Value::Array(all)) => all.iter_mut().for_each(|one| walk(one, *of, visit)),
        (Shape::Map(Shape::Refer(kind), _), Value::Object(own)) => {
            *own = std::mem::take(own)
                .into_iter()
                .map(|(mut id, value)| {
                    visit(*kind, &mut id);
                    (id, value)
                })
                .collect();
        }
        (Shape::Operands, Value::Array(all)) => all.iter_mut().for_each(|one| walk(one, Shape::Expr, visit)),
        (Shape::Expr | Shape::Operands, Value::Object(own)) => {
            for (name, value) in own {
                if let Some(content) = operation(name).and_then(|case| case.content) {
                    walk(value, content, visit);
                }
            }
        }
        (Shape::Condition, value @ Value::Object(_)) => {
            let name = name_of(value);
            if name == "compare" {
                walk(value, COMPARE, visit);
            } else if let (Some(content), Some(below)) =
                (logic(&name).and_then(|case| case.content), value.get_mut(&name))
            {
                walk(below, content, visit);
            }
        }
        _ => {}
    }
}

/// A fresh value of a shape: the least that the grammar takes.
pub fn fresh(document: &Value, shape: Shape) -> Value {
    let first = |kind: Kind| known(document, kind).into_iter().next().map(|(id, ..)| id).unwrap_or_default();
    match shape {
        Shape::Name => json!({ "zh": "", "en": "" }),
        Shape::Line => json!(""),
        Shape::Lines | Shape::Refers(_) | Shape::List(Shape::Condition) => json!([]),
        Shape::Number => json!("0"),
        Shape::Whole => json!(1),
        Shape::Flag => json!(true),
        Shape::Words(all) => json!(all.first()),
        Shape::Id(_) => json!(fresh_id(document, "n")),
        Shape::Refer(kind) => json!(first(kind)),
        Shape::Record(all) => all
            .iter()
            .filter(|field| field.need == Need::Must)
            .map(|field| (field.name.to_owned(), fresh(document, field.shape)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Shape::Cases(all) => all.first().map(|case| fresh_case(document, case.name, case.content)).unwrap_or_default(),
        Shape::List(of) => Value::Array(vec![fresh(document, *of)]),
        Shape::Map(..) => json!({}),
        Shape::Expr | Shape::Operands => json!({ "constant": "0" }),
        Shape::Condition => fresh(document, COMPARE),
    }
}

/// What a status does as long as nothing is said: where saying something begins.
pub fn usual(path: &str) -> Option<Value> {
    let status = path.strip_prefix("/statuses/")?;
    let status: EntryStatus = serde_json::from_value(json!(status)).ok()?;
    serde_json::to_value(Statuses::default().rule(status)).ok()
}

/// A fresh value of one of several forms.
pub fn fresh_case(document: &Value, name: &str, content: Option<Shape>) -> Value {
    content.map_or_else(|| json!(name), |content| json!({ name: fresh(document, content) }))
}
