//! The parts of a rulebook, each at its place: what the outline shows, which part a fault belongs to, adding and moving.

use super::place::{child, name_of, operands, push, put, shift, split};
use super::refs::{fresh, fresh_id};
use super::shape::Kind;
use jiangsai_scoring::{Rulebook, Text};
use serde_json::{Value, json};
use std::collections::HashSet;

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its place; empty for the rulebook as a whole.
    pub path: String,
    /// Its id, or empty.
    pub id: String,
    /// Its name; empty where the kind says everything.
    pub name: Text,
    /// Locale key of its kind: `rule-part-<kind>`.
    pub kind: &'static str,
    /// How deep it lies among the results.
    pub depth: u8,
}

/// What can be added, in the order in which it is offered.
pub const ADDABLE: [&str; 10] =
    ["item", "module", "node", "panel", "parameter", "scale", "stage", "teams", "awards", "honour"];

/// The lines of the outline, in order.
pub fn parts(rulebook: &Rulebook) -> Vec<Part> {
    let part =
        |path: String, id: &str, name: &Text, kind| Part { path, id: id.into(), name: name.clone(), kind, depth: 0 };
    let bare = |path: &str, kind| part(path.into(), "", &Text::default(), kind);
    let mut all = vec![part(String::new(), "", &rulebook.title, "general")];
    let at = |list: &str, index: usize| format!("/{list}/{index}");
    all.extend(rulebook.panels.iter().enumerate().map(|(n, own)| part(at("panels", n), &own.id, &own.name, "panel")));
    let parameters = rulebook.parameters.iter().enumerate();
    all.extend(parameters.map(|(n, own)| part(at("parameters", n), &own.id, &own.name, "parameter")));
    all.extend(rulebook.scales.iter().enumerate().map(|(n, own)| part(at("scales", n), &own.id, &own.name, "scale")));
    all.extend(results(rulebook));
    all.push(bare("/statuses", "statuses"));
    all.extend(rulebook.stages.iter().enumerate().map(|(n, own)| part(at("stages", n), &own.id, &own.name, "stage")));
    all.push(bare("/ranking", "ranking"));
    all.extend(rulebook.teams.is_some().then(|| bare("/teams", "teams")));
    all.extend(rulebook.awards.is_some().then(|| bare("/awards", "awards")));
    all.extend(
        rulebook.honours.iter().enumerate().map(|(n, own)| part(at("honours", n), &own.id, &own.name, "honour")),
    );
    all
}

/// Nodes, each followed by its items.
fn results(rulebook: &Rulebook) -> Vec<Part> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    let ids = rulebook.columns().into_iter().map(|column| (column.id, column.depth));
    // Two things with the same id are a fault; both are still there to be mended.
    let rest = rulebook.items.iter().map(|item| &item.id).chain(rulebook.nodes.iter().map(|node| &node.id));
    for (id, depth) in ids.chain(rest.map(|id| (id.clone(), 0))) {
        let items =
            rulebook.items.iter().enumerate().map(|(n, own)| (format!("/items/{n}"), &own.id, &own.name, "item"));
        let nodes = rulebook.nodes.iter().enumerate().map(|(n, own)| {
            let kind = if own.kind == jiangsai_scoring::rulebook::NodeKind::Module { "module" } else { "node" };
            (format!("/nodes/{n}"), &own.id, &own.name, kind)
        });
        let found = items.chain(nodes).find(|(path, own, ..)| **own == id && !seen.contains(path));
        if let Some((path, id, name, kind)) = found {
            seen.insert(path.clone());
            all.push(Part { path, id: id.clone(), name: name.clone(), kind, depth });
        }
    }
    all
}

/// The place of the part that a place lies in.
pub fn part_of(path: &str) -> String {
    let mut tokens = path.split('/').skip(1);
    match (tokens.next(), tokens.next()) {
        (Some(list @ ("panels" | "parameters" | "scales" | "items" | "nodes" | "stages" | "honours")), Some(index)) => {
            format!("/{list}/{index}")
        }
        (Some(one @ ("statuses" | "ranking" | "teams" | "awards")), _) => format!("/{one}"),
        _ => String::new(),
    }
}

/// Is the part an entry of a list, which can be moved and copied?
pub fn is_entry(path: &str) -> bool {
    path.matches('/').count() == 2
}

/// Can the part be deleted?
pub fn can_go(path: &str) -> bool {
    is_entry(path) || path == "/teams" || path == "/awards"
}

/// Adds a part of a kind beside the part at hand and says where it stands.
pub fn add(document: &mut Value, kind: &str, beside: &str, name: &Text) -> Option<String> {
    let name = json!({ "zh": name.zh, "en": name.en });
    match kind {
        "item" => add_item(document, beside, name),
        "module" | "node" => {
            let id = fresh_id(document, if kind == "module" { "M" } else { "N" });
            let value = if kind == "module" { json!({ "sum": [] }) } else { json!({ "constant": "0" }) };
            let kind = if kind == "module" { "module" } else { "other" };
            let node = json!({ "id": id, "name": name, "kind": kind, "value": value });
            let total = document.pointer("/ranking/by").and_then(Value::as_str).map(str::to_owned);
            let nodes = document.pointer_mut("/nodes")?.as_array_mut()?;
            // The total reads best at the end, or where it was put: before everything.
            let before_total = nodes
                .last()
                .filter(|last| last.get("id").and_then(Value::as_str) == total.as_deref() && nodes.len() > 1);
            let index = if before_total.is_some() { nodes.len() - 1 } else { nodes.len() };
            nodes.insert(index, node);
            Some(format!("/nodes/{index}"))
        }
        "teams" | "awards" => {
            let path = format!("/{kind}");
            let mut value = if kind == "teams" {
                json!({ "name": name, "value": { "sum": { "members": { "of": { "node": document.pointer("/ranking/by")? } } } } })
            } else {
                json!({ "tiers": [] })
            };
            if kind == "awards" {
                let id = fresh_id(document, "prize-");
                value = json!({ "tiers": [{ "id": id, "name": name, "take": { "count": 1 } }] });
            }
            put(document, &path, value)?;
            Some(path)
        }
        _ => {
            let (of, stem) = match kind {
                "panel" => (Kind::Panel, "panel-"),
                "parameter" => (Kind::Parameter, "parameter-"),
                "scale" => (Kind::Scale, "scale-"),
                "stage" => (Kind::Stage, "stage-"),
                _ => (Kind::Honour, "honour-"),
            };
            let shape = super::place::shape_at(document, &child(of.list(), "0")).or_else(|| entry_shape(of))?;
            let mut value = fresh(document, shape);
            put(&mut value, "/id", json!(fresh_id(document, stem)))?;
            put(&mut value, "/name", name)?;
            append(document, of.list(), value)
        }
    }
}

fn entry_shape(of: Kind) -> Option<super::shape::Shape> {
    let name = of.list().trim_start_matches('/');
    let field = super::grammar::fields(super::grammar::DOCUMENT).iter().find(|field| field.name == name)?;
    if let super::shape::Shape::List(of) = field.shape { Some(*of) } else { None }
}

fn append(document: &mut Value, list: &str, value: Value) -> Option<String> {
    if document.pointer(list).is_none() {
        put(document, list, json!([]))?;
    }
    push(document, list, value)?;
    let last = document.pointer(list)?.as_array()?.len() - 1;
    Some(child(list, &last.to_string()))
}

/// A new item stands after the one at hand, or last of the module at hand, and is added to what the module adds up.
fn add_item(document: &mut Value, beside: &str, name: Value) -> Option<String> {
    let rulebook: Rulebook = serde_json::from_value(document.clone()).ok()?;
    let own = document.pointer(beside).and_then(|part| part.get("id")).and_then(Value::as_str).map(str::to_owned);
    let module = match (beside.starts_with("/nodes/"), &own) {
        (true, Some(id)) => Some(id.clone()),
        (false, Some(id)) if beside.starts_with("/items/") => {
            rulebook.columns().into_iter().find(|column| column.id == *id).and_then(|column| column.parent)
        }
        _ => None,
    };
    let fellows = module.as_deref().map(|module| rulebook.module_items(module)).unwrap_or_default();
    let last = if beside.starts_with("/items/") { own } else { fellows.last().cloned() };
    let after = last.and_then(|last| rulebook.items.iter().position(|item| item.id == last));
    let stem = module.as_deref().map_or_else(|| "item-".to_owned(), |module| format!("{module}."));
    let id = fresh_id(document, &stem);
    let item = json!({ "id": id, "name": name, "max": "10", "input": { "number": {} }, "by": "agreed" });
    let items = document.pointer_mut("/items")?.as_array_mut()?;
    let index = after.map_or(items.len(), |after| after + 1);
    items.insert(index, item);
    let node = module.and_then(|module| rulebook.nodes.iter().position(|node| node.id == module));
    if let Some(sum) = node.and_then(|node| sum_below(document, &format!("/nodes/{node}/value"))) {
        push(document, &sum, json!({ "item": id }))?;
    }
    Some(format!("/items/{index}"))
}

/// Moves an item into what another node adds up. `None`, and nothing has changed, where what it belongs to does not simply list it, or
/// the other does not add up.
pub fn move_item(document: &mut Value, id: &str, to: &str) -> Option<()> {
    let rulebook: Rulebook = serde_json::from_value(document.clone()).ok()?;
    let mut moved = document.clone();
    if let Some(from) = parent_of(&rulebook, id).and_then(|parent| value_of(&rulebook, &parent)) {
        leave_out(moved.pointer_mut(&from)?, &json!({ "item": id })).then_some(())?;
    }
    let sum = sum_below(&moved, &value_of(&rulebook, to)?)?;
    push(&mut moved, &sum, json!({ "item": id }))?;
    *document = moved;
    Some(())
}

/// What an item belongs to, and every node it can be moved to: ids, in the order of the document.
pub fn homes(rulebook: &Rulebook, document: &Value, id: &str) -> (Option<String>, Vec<String>) {
    let own = parent_of(rulebook, id);
    let from = own.as_deref().and_then(|parent| value_of(rulebook, parent));
    let listed = from.is_none_or(|from| {
        document.pointer(&from).is_some_and(|value| leave_out(&mut value.clone(), &json!({ "item": id })))
    });
    if !listed {
        return (own, Vec::new());
    }
    let adds = |index: usize| sum_below(document, &format!("/nodes/{index}/value")).is_some();
    let nodes = rulebook.nodes.iter().enumerate().filter(|(index, _)| adds(*index)).map(|(_, node)| node.id.clone());
    let homes = nodes.filter(|node| own.as_ref() != Some(node)).collect();
    (own, homes)
}

fn parent_of(rulebook: &Rulebook, id: &str) -> Option<String> {
    rulebook.columns().into_iter().find(|column| column.id == id).and_then(|column| column.parent)
}

/// The place of what a node is computed by.
fn value_of(rulebook: &Rulebook, id: &str) -> Option<String> {
    rulebook.nodes.iter().position(|node| node.id == id).map(|index| format!("/nodes/{index}/value"))
}

/// Takes an operand out of the first list that has it; false where none has.
fn leave_out(value: &mut Value, operand: &Value) -> bool {
    match value {
        Value::Array(all) => match all.iter().position(|own| own == operand) {
            Some(at) => {
                all.remove(at);
                true
            }
            None => all.iter_mut().any(|own| leave_out(own, operand)),
        },
        Value::Object(fields) => fields.iter_mut().any(|(name, own)| {
            // A single operand of a sum stands there without a list.
            if name == "sum" && own == operand {
                *own = json!([]);
                return true;
            }
            leave_out(own, operand)
        }),
        _ => false,
    }
}

/// The place of the operands of the outermost sum, below roundings, floors and deductions.
fn sum_below(document: &Value, path: &str) -> Option<String> {
    let value = document.pointer(path)?;
    let own = child(path, &name_of(value));
    match name_of(value).as_str() {
        "sum" => Some(own),
        "round" | "clamp" | "settle" | "scale" => sum_below(document, &child(&own, "of")),
        "minus" => sum_below(document, &child(&own, "from")),
        "max" | "min" => operands(document, &own).iter().find_map(|path| sum_below(document, path)),
        _ => None,
    }
}

/// Copies the part and says where the copy stands.
pub fn duplicate(document: &mut Value, path: &str) -> Option<String> {
    let mut copy = document.pointer(path)?.clone();
    let stem = format!("{}-", copy.get("id")?.as_str()?);
    put(&mut copy, "/id", json!(fresh_id(document, &stem)))?;
    let (above, last) = split(path);
    let index = last.parse::<usize>().ok()? + 1;
    document.pointer_mut(above)?.as_array_mut()?.insert(index, copy);
    Some(child(above, &index.to_string()))
}

/// Moves the part by one place among its like.
pub fn shift_part(document: &mut Value, path: &str, by: isize) -> Option<String> {
    is_entry(path).then(|| shift(document, path, by)).flatten()
}
