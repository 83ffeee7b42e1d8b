//! Places in a document: JSON pointers, and what may stand at them.

use super::grammar::{DOCUMENT, fields};
use super::operations::{COMPARE, logic, operation};
use super::shape::Shape;
use serde_json::Value;

/// The place of a field, an entry or an operation below a place.
pub fn child(path: &str, token: &str) -> String {
    format!("{path}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// The place above, and the last token.
pub fn split(path: &str) -> (&str, String) {
    let (above, last) = path.rsplit_once('/').unwrap_or(("", path));
    (above, last.replace("~1", "/").replace("~0", "~"))
}

/// The name of an expression, a condition or a case: the word, or the one field. A comparison is `compare`.
pub fn name_of(value: &Value) -> String {
    match value {
        Value::String(word) => word.clone(),
        Value::Object(fields) if fields.contains_key("left") => "compare".into(),
        Value::Object(fields) => fields.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// The places of the operands at a place: the place itself for a single one.
pub fn operands(document: &Value, path: &str) -> Vec<String> {
    match document.pointer(path) {
        Some(Value::Array(all)) => (0..all.len()).map(|index| child(path, &index.to_string())).collect(),
        Some(_) => vec![path.to_owned()],
        None => Vec::new(),
    }
}

/// What may stand at a place of the document; `None` where the document has no such place.
pub fn shape_at(document: &Value, path: &str) -> Option<Shape> {
    let (mut shape, mut at) = (DOCUMENT, String::new());
    for token in path.split('/').skip(1) {
        shape = below(shape, token, document.pointer(&at)?)?;
        at = format!("{at}/{token}");
    }
    Some(shape)
}

fn below(shape: Shape, token: &str, value: &Value) -> Option<Shape> {
    match shape {
        Shape::Record(all) => all.iter().find(|field| field.name == token).map(|field| field.shape),
        Shape::Cases(all) => all.iter().find(|case| case.name == token)?.content,
        Shape::List(of) => Some(*of),
        Shape::Map(_, of) => Some(*of),
        Shape::Expr => operation(token)?.content,
        Shape::Operands if value.is_array() => Some(Shape::Expr),
        Shape::Operands => operation(token)?.content,
        Shape::Condition => match fields(COMPARE).iter().find(|field| field.name == token) {
            Some(field) => Some(field.shape),
            None => logic(token)?.content,
        },
        Shape::Name | Shape::Lines | Shape::Refers(_) => Some(Shape::Line),
        _ => None,
    }
}

/// Puts a value in a place: replaces a field or entry, adds a field. A record that was left out because all of it is as usual is made.
pub fn put(document: &mut Value, path: &str, value: Value) -> Option<()> {
    let (above, last) = split(path);
    if !above.is_empty() && document.pointer(above).is_none() {
        put(document, above, Value::Object(serde_json::Map::new()))?;
    }
    match document.pointer_mut(above)? {
        Value::Object(fields) => {
            fields.insert(last, value);
        }
        Value::Array(all) => *all.get_mut(last.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}

/// Takes a field or an entry out.
pub fn take(document: &mut Value, path: &str) -> Option<Value> {
    let (above, last) = split(path);
    match document.pointer_mut(above)? {
        Value::Object(fields) => fields.remove(&last),
        Value::Array(all) => {
            let index = last.parse::<usize>().ok().filter(|index| *index < all.len())?;
            Some(all.remove(index))
        }
        _ => None,
    }
}

/// Adds an entry to a list; a single operand becomes a list of two, nothing a list of one.
pub fn push(document: &mut Value, path: &str, value: Value) -> Option<()> {
    match document.pointer_mut(path) {
        Some(Value::Array(all)) => all.push(value),
        Some(single) => {
            let first = single.take();
            *single = Value::Array(vec![first, value]);
        }
        None => put(document, path, Value::Array(vec![value]))?,
    }
    Some(())
}

/// Puts an entry of a list in the place of its neighbour `by` places further on.
pub fn shift(document: &mut Value, path: &str, by: isize) -> Option<String> {
    let (above, last) = split(path);
    let all = document.pointer_mut(above)?.as_array_mut()?;
    let from = last.parse::<usize>().ok()?;
    let to = from.checked_add_signed(by).filter(|to| *to < all.len() && from < all.len())?;
    all.swap(from, to);
    Some(child(above, &to.to_string()))
}
