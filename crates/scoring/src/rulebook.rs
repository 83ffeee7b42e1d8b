//! The rulebook: a document that says how marks become standings. Its types are the JSON grammar itself
//! (`docs/rulebook.schema.json`); what a well-formed document may mean is checked in [`crate::check`].

mod award;
mod columns;
mod condition;
mod expr;
mod fit;
mod item;
mod operands;
mod parameter;
mod parts;
mod ranking;
mod stage;
mod team;

pub use award::{
    AwardBase, AwardTies, Awards, Grouping, Honour, ShareRounding, SmallField, Succession, Tier, TierTake, Tolerance,
    Unfilled,
};
pub use columns::{Column, ColumnKind};
pub use condition::{Compare, Condition, Logic, Relation};
pub use expr::Expr;
pub use fit::ParameterFault;
pub use item::{Choice, Input, Item, MarkedBy, NamedFault, Settle};
pub use operands::Operands;
pub use parameter::{Parameter, ParameterKind, Scale};
pub use parts::{AcrossFold, AnswerCount, AnswerKey, Band, Gap, PlaceTies, Table, Trim, TrimRow, Weight, Which};
pub use ranking::{
    Direction, Key, Last, NoValue, On, Ranking, StatusRule, StatusTotal, Statuses, TeamPart, Ties, Unmarked,
};
pub use stage::{Advance, AdvanceRule, CutTies, Stage};
pub use team::Teams;

use crate::check;
use crate::fault::{Fault, FaultCode};
use crate::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The schema version this build reads.
pub const SCHEMA: u32 = 1;
/// The engine semantics this build computes.
pub const SEMANTICS: u32 = 1;
/// Longest rulebook document, in bytes.
pub const LONGEST_DOCUMENT: usize = 1 << 20;

/// How marks become standings, as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// Version of this grammar: 1.
    pub schema: u32,
    /// Number of the engine semantics the rulebook was written for: 1. A later engine keeps computing it the old way.
    pub semantics: u32,
    /// Short id of the rulebook, `[A-Za-z0-9_.-]`, at most 64 characters.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Where the rule comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Text>,
    /// Panels of judges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panels: Vec<Panel>,
    /// Values that change with the session or the paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Texts in an order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scales: Vec<Scale>,
    /// What an item without a value counts, for every item with one value (agreed, measured, imported) that does not say it
    /// itself. A panel item says it itself or not at all: one judge's absence must never turn into zero points unnoticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle: Option<Settle>,
    /// Everything that is marked, in reading order.
    pub items: Vec<Item>,
    /// Everything that is computed, in reading order: modules, parts, the total.
    pub nodes: Vec<Node>,
    /// What each status does; what is left out has the documented default.
    #[serde(default, skip_serializing_if = "Statuses::is_default")]
    pub statuses: Statuses,
    /// The stages, the first one first; one stage when not given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// How entries are ranked.
    pub ranking: Ranking,
    /// How teams are ranked, where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teams: Option<Teams>,
    /// The awards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awards: Option<Awards>,
    /// Honours and levels that are proposed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub honours: Vec<Honour>,
}

/// A group of judges that mark the same items independently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// Id, unique among the panels.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// How many judges sit on it, 1 to 99.
    pub seats: u16,
    /// Fewest marks a panel value may be made of when absent marks are left out; all seats when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<u16>,
}

/// A computed value with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Id, unique among items and nodes together.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// 配分, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<crate::exact::Exact>,
    /// What kind of node it is.
    pub kind: NodeKind,
    /// How it is computed.
    pub value: Expr,
}

/// What a node is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// 模块: a group of items.
    Module,
    /// 部分: a part of the competition, such as theory or practice.
    Part,
    /// 总分.
    Total,
    /// Any other named value.
    Other,
}

impl Rulebook {
    /// Reads and checks a rulebook.
    ///
    /// # Errors
    /// Every fault that was found, each with the place in the document. A document for a newer schema is refused with
    /// [`FaultCode::NeedsNewerVersion`] before its form is looked at.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        let rulebook = Self::read(text).map_err(|fault| vec![fault])?;
        let faults = check::check(&rulebook);
        if faults.is_empty() { Ok(rulebook) } else { Err(faults) }
    }

    /// Reads a rulebook without asking whether it makes sense.
    fn read(text: &str) -> Result<Self, Fault> {
        if text.len() > LONGEST_DOCUMENT {
            return Err(Fault::new("", FaultCode::TooLarge).with("limit", LONGEST_DOCUMENT).with("what", "bytes"));
        }
        #[derive(Deserialize)]
        struct Versions {
            schema: Option<u32>,
            semantics: Option<u32>,
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Ok(versions) = serde_json::from_str::<Versions>(text) {
            for (name, found, known) in
                [("schema", versions.schema, SCHEMA), ("semantics", versions.semantics, SEMANTICS)]
            {
                if let Some(found) = found.filter(|found| *found > known) {
                    return Err(Fault::new(format!("/{name}"), FaultCode::NeedsNewerVersion)
                        .with("found", found)
                        .with("known", known));
                }
            }
        }
        serde_json::from_str(text).map_err(|error| {
            Fault::new("", FaultCode::Syntax)
                .with("line", error.line())
                .with("column", error.column())
                .with("message", &error)
        })
    }

    /// The document, indented, as it is stored and exchanged.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists alone: nothing here can fail to serialise.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Everything that is marked, in reading order.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The node with this id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The parameter with this id.
    #[must_use]
    pub fn parameter(&self, id: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.id == id)
    }

    /// The panel with this id.
    #[must_use]
    pub fn panel(&self, id: &str) -> Option<&Panel> {
        self.panels.iter().find(|panel| panel.id == id)
    }

    /// The names of awards, by id.
    #[must_use]
    pub fn award_names(&self, ids: &[String]) -> Vec<Text> {
        let tiers = self.awards.as_ref().map_or(&[][..], |awards| &awards.tiers);
        ids.iter().filter_map(|id| tiers.iter().find(|tier| tier.id == *id)).map(|tier| tier.name.clone()).collect()
    }

    /// The names of honours, by id.
    #[must_use]
    pub fn honour_names(&self, ids: &[String]) -> Vec<Text> {
        let found = ids.iter().filter_map(|id| self.honours.iter().find(|honour| honour.id == *id));
        found.map(|honour| honour.name.clone()).collect()
    }

    /// Names of the entry data that are computed with as numbers.
    #[must_use]
    pub fn numbers(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        for (_, expr) in check::expressions(self) {
            let mut stack = vec![expr];
            while let Some(expr) = stack.pop() {
                if let Expr::Datum(name) = expr {
                    names.insert(name.as_str());
                }
                expr.children(&mut |child| stack.push(child));
            }
        }
        if self.ranking.last.is_decided() {
            names.insert(crate::engine::DECISION);
        }
        names
    }

    /// Names of the entry data that are dates, from which ages are computed.
    #[must_use]
    pub fn dates(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        for (_, expr) in check::expressions(self) {
            let mut stack = vec![expr];
            while let Some(expr) = stack.pop() {
                if let Expr::Age { born, .. } = expr {
                    names.insert(born.as_str());
                }
                expr.children(&mut |child| stack.push(child));
            }
        }
        names
    }

    /// What an item without a value counts: its own policy where it names one, otherwise, unless a panel marks it, the rulebook's.
    #[must_use]
    pub fn settle_of(&self, item: &Item) -> Settle {
        let general = self.settle.as_ref().filter(|_| item.panel().is_none());
        item.settle.as_ref().or(general).cloned().unwrap_or_default()
    }

    /// May the item stay unmarked without leaving its entry unfinished (a deduction that nobody had to make)?
    #[must_use]
    pub fn is_optional(&self, item: &Item) -> bool {
        self.settle_of(item).not_yet.is_some()
    }
}

/// The JSON Schema of rulebook documents, as published in `docs/rulebook.schema.json`.
#[must_use]
pub fn schema_json() -> String {
    let schema = schemars::schema_for!(Rulebook);
    // A schema is plain JSON: nothing in it can fail to serialise.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
