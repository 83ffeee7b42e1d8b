//! Steps on an expression or a condition: another operation in its place, wrapping it in one, and taking a wrapping away. Operands go
//! along as far as the new operation has room for them.

use super::grammar::fields;
use super::operations::{COMPARE, logic, operation};
use super::place::name_of;
use super::refs::{fresh, fresh_case};
use super::shape::{Need, Shape};
use serde_json::{Value, json};

/// The expression `old` with another operation.
pub fn turn(document: &Value, old: &Value, name: &str) -> Value {
    let Some(case) = operation(name) else { return old.clone() };
    let Some(content) = case.content else { return json!(name) };
    let mut parts = parts(old);
    // A value without operands becomes the operand of what has room for one.
    if parts.is_empty() && !matches!(old.get("constant"), Some(zero) if zero == "0") {
        parts.push(old.clone());
    }
    parts.reverse();
    let mut made = fresh(document, content);
    fill(&mut made, content, &mut parts);
    keep(&mut made, content, old.get(name_of(old)));
    json!({ name: made })
}

/// The expression inside another operation.
pub fn wrap(document: &Value, old: &Value, name: &str) -> Value {
    let Some(case) = operation(name) else { return old.clone() };
    let Some(content) = case.content else { return old.clone() };
    let mut made = fresh(document, content);
    fill(&mut made, content, &mut vec![old.clone()]);
    json!({ name: made })
}

/// Has the operation room for an operand?
pub fn wraps(name: &str) -> bool {
    let Some(content) = operation(name).and_then(|case| case.content) else { return false };
    match content {
        Shape::Expr | Shape::Operands => true,
        Shape::Record(all) => all.iter().any(|field| match field.shape {
            Shape::Expr | Shape::Operands => field.need == Need::Must,
            Shape::List(of) => fields(*of).iter().any(|field| matches!(field.shape, Shape::Expr)),
            _ => false,
        }),
        _ => false,
    }
}

/// The first operand, if there is one.
pub fn unwrap(old: &Value) -> Option<Value> {
    parts(old).into_iter().next()
}

/// The condition `old` in another form; conditions go along as far as there is room.
pub fn turn_condition(document: &Value, old: &Value, name: &str) -> Value {
    if name == "compare" {
        return fresh(document, COMPARE);
    }
    let before = match name_of(old).as_str() {
        "all" | "any" => old.get(name_of(old)).and_then(Value::as_array).cloned().unwrap_or_default(),
        "not" => old.get("not").cloned().into_iter().collect(),
        _ => vec![old.clone()],
    };
    match name {
        "all" | "any" => json!({ name: before }),
        "not" => json!({ name: before.into_iter().next().unwrap_or_else(|| fresh(document, COMPARE)) }),
        _ => fresh_case(document, name, logic(name).and_then(|case| case.content)),
    }
}

/// The operands of an expression in reading order.
pub fn parts(expression: &Value) -> Vec<Value> {
    let name = name_of(expression);
    let content = operation(&name).and_then(|case| case.content);
    match (content, expression.get(&name)) {
        (Some(content), Some(value)) => parts_of(value, content),
        _ => Vec::new(),
    }
}

fn parts_of(value: &Value, shape: Shape) -> Vec<Value> {
    match (shape, value) {
        (Shape::Operands, Value::Array(all)) => all.clone(),
        (Shape::Expr | Shape::Operands, one) => vec![one.clone()],
        (Shape::Record(all), own) => {
            all.iter().filter_map(|field| Some(parts_of(own.get(field.name)?, field.shape))).flatten().collect()
        }
        (Shape::List(of), Value::Array(all)) => all.iter().flat_map(|one| parts_of(one, *of)).collect(),
        _ => Vec::new(),
    }
}

/// Puts operands (the next one last) where the shape has room; lists take all that are left.
fn fill(value: &mut Value, shape: Shape, parts: &mut Vec<Value>) {
    match (shape, value) {
        (Shape::Expr, value) => {
            if let Some(part) = parts.pop() {
                *value = part;
            }
        }
        (Shape::Operands, value) => {
            let mut all: Vec<Value> = std::mem::take(parts);
            all.reverse();
            match all.len() {
                0 => {}
                1 => *value = all.remove(0),
                _ => *value = Value::Array(all),
            }
        }
        (Shape::Record(all), Value::Object(own)) => {
            for field in all {
                if let Some(value) = own.get_mut(field.name) {
                    fill(value, field.shape, parts);
                }
            }
        }
        (Shape::List(of), Value::Array(all)) if fields(*of).iter().any(|field| matches!(field.shape, Shape::Expr)) => {
            while all.len() < parts.len() {
                let Some(first) = all.first().cloned() else { break };
                all.push(first);
            }
            all.iter_mut().for_each(|one| fill(one, *of, parts));
        }
        _ => {}
    }
}

/// Keeps the parameters that the new operation has too: decimals, the way to round, what to do with gaps.
fn keep(made: &mut Value, content: Shape, old: Option<&Value>) {
    let (Value::Object(made), Some(Value::Object(old))) = (made, old) else { return };
    for field in fields(content) {
        let same = matches!(field.shape, Shape::Whole | Shape::Words(_))
            && matches!(field.name, "digits" | "mode" | "absent" | "void" | "minimum" | "direction");
        if let (true, Some(value)) = (same, old.get(field.name)) {
            made.insert(field.name.to_owned(), value.clone());
        }
    }
}
