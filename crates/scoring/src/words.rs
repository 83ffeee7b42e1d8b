//! Rules in words: a rulebook as plain Chinese and plain English, complete enough to check a result by hand.
//!
//! Every value is said from the inside out, one clause for each operation. Where a formula would need brackets within brackets, the inner
//! value is put aside under a label (①, ②, …) first. Items and nodes are called by their names, with their ids where names repeat.

mod after;
mod brief;
mod condition;
mod expression;
mod field;
mod fold;
mod inputs;
mod lists;
mod marked;
mod names;
mod phrase;
mod result;
mod rules;
mod say;

pub use brief::{item as item_in_brief, node as node_in_brief};

use crate::rulebook::{Condition, Expr, Item, Node, Rulebook};
use crate::text::Text;
use names::Book;
use phrase::Writer;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A part of the rules in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Id of the item or node, or the name of the section: `rulebook`, `panels`, `parameters`, `scales`, `missing`, `stages`, `statuses`,
    /// `ranking`, `teams`, `awards`, `honours`. It stays the same whatever the words.
    pub id: String,
    /// What it is about; an item may have the id of a section.
    pub part: Part,
    /// Its heading, never empty.
    pub heading: Text,
    /// Its sentences.
    pub lines: Vec<Text>,
}

/// What a paragraph is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The rules as a whole.
    Section,
    /// One item.
    Item,
    /// One node.
    Node,
}

/// The whole rulebook in words: title, panels, parameters, missing values, every node with its items in reading order, stages, statuses,
/// ranking, teams, awards, honours.
#[must_use]
pub fn words(rulebook: &Rulebook) -> Vec<Paragraph> {
    let book = Book::new(rulebook);
    let mut all = vec![rules::title(&book)];
    all.extend(rules::panels(&book));
    all.extend(rules::parameters(&book));
    all.extend(rules::scales(&book));
    all.push(rules::gaps(&book));
    let mut items: HashMap<&str, &Item> = rulebook.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let mut nodes: HashMap<&str, &Node> = rulebook.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    for column in rulebook.columns() {
        if let Some(node) = nodes.remove(column.id.as_str()) {
            all.push(marked::node(&book, node));
        } else if let Some(item) = items.remove(column.id.as_str()) {
            all.push(marked::item(&book, item));
        }
    }
    all.extend(after::stages(&book));
    all.push(result::statuses(&book));
    all.push(result::ranking(&book));
    all.extend(result::teams(&book));
    all.extend(after::awards(&book));
    all.extend(after::honours(&book));
    all
}

/// Is the value a time? `own` is the item whose score it is.
pub(crate) fn is_time(rulebook: &Rulebook, of: &Expr, own: Option<&Item>) -> bool {
    Book::new(rulebook).is_time(of, own)
}

/// An expression in words; intermediate values come first.
#[must_use]
pub fn expression(rulebook: &Rulebook, of: &Expr) -> Text {
    let book = Book::new(rulebook);
    let mut writer = Writer::new(&book, None);
    let value = writer.value(of);
    writer.said(value).text()
}

/// A condition in words; intermediate values come first.
#[must_use]
pub fn condition(rulebook: &Rulebook, of: &Condition) -> Text {
    let book = Book::new(rulebook);
    let mut writer = Writer::new(&book, None);
    let value = writer.condition(of);
    writer.said(value).text()
}

/// Everything about one item.
#[must_use]
pub fn item(rulebook: &Rulebook, item: &Item) -> Paragraph {
    marked::item(&Book::new(rulebook), item)
}

/// Everything about one node.
#[must_use]
pub fn node(rulebook: &Rulebook, node: &Node) -> Paragraph {
    marked::node(&Book::new(rulebook), node)
}
