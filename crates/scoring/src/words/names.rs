//! What items, nodes, panels and parameters are called.

use super::say::{Say, say};
use crate::rulebook::{Expr, Input, Item, Panel, ParameterKind, Rulebook};
use crate::text::Text;
use std::collections::HashMap;

/// A rulebook with the names that stand for its ids.
pub(super) struct Book<'a> {
    pub rules: &'a Rulebook,
    headings: HashMap<&'a str, Text>,
}

impl<'a> Book<'a> {
    pub fn new(rules: &'a Rulebook) -> Self {
        let items = rules.items.iter().map(|item| (item.id.as_str(), named(&item.name, &item.id)));
        let nodes = rules.nodes.iter().map(|node| (node.id.as_str(), named(&node.name, &node.id)));
        let all: Vec<(&str, Text)> = items.chain(nodes).collect();
        let mut times: HashMap<String, usize> = HashMap::with_capacity(2 * all.len());
        for (_, name) in &all {
            *times.entry(format!("zh {}", name.zh)).or_default() += 1;
            *times.entry(format!("en {}", name.en)).or_default() += 1;
        }
        let again = |key: String| times.get(&key).is_some_and(|times| *times > 1);
        let headings = all
            .into_iter()
            .map(|(id, name)| {
                let repeats = again(format!("zh {}", name.zh)) || again(format!("en {}", name.en));
                let name = if repeats { say!("{name}（{id}）", "{name} ({id})", name = name, id = id) } else { name };
                (id, name)
            })
            .collect();
        Self { rules, headings }
    }

    /// The name of an item or node, with its id where another one has the same name; never empty.
    pub fn heading(&self, id: &str) -> Text {
        self.headings.get(id).cloned().unwrap_or_else(|| Text::same(or_dash(id)))
    }

    /// The name of an item or node as it is used in a sentence.
    pub fn name(&self, id: &str) -> Text {
        quoted(&self.heading(id))
    }

    /// The names of several, for a list.
    pub fn names<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Vec<Text> {
        ids.into_iter().map(|id| self.name(id)).collect()
    }

    /// `5名裁判（评分裁判）`.
    pub fn judges(&self, panel: &str) -> Text {
        match self.rules.panel(panel) {
            Some(Panel { id, name, seats, .. }) => {
                say!("{seats}名裁判（{name}）", "the {seats} judges of “{name}”", seats = seats, name = named(name, id),)
            }
            None => say!("裁判（{panel}）", "the judges of “{panel}”", panel = panel),
        }
    }

    /// The name of a parameter.
    pub fn parameter(&self, id: &str) -> Text {
        let name = self.rules.parameter(id).map_or_else(|| Text::same(id), |found| named(&found.name, id));
        say!("参数“{name}”", "the parameter “{name}”", name = name)
    }

    /// The name of an award.
    pub fn award(&self, id: &str) -> Text {
        let tiers = self.rules.awards.iter().flat_map(|awards| &awards.tiers);
        let mut found = tiers.filter(|tier| tier.id == id);
        quoted(&found.next().map_or_else(|| Text::same(id), |tier| named(&tier.name, id)))
    }

    /// The name of a stage.
    pub fn stage(&self, id: &str) -> Text {
        let mut found = self.rules.stages.iter().filter(|stage| stage.id == id);
        let name = found.next().map_or_else(|| Text::same(id), |stage| named(&stage.name, id));
        say!("“{name}”", "“{name}”", name = name)
    }

    /// Is the value a time?
    pub fn is_time(&self, expr: &Expr, own: Option<&Item>) -> bool {
        let timed = |item: &Item| matches!(item.input, Input::Time { .. });
        // No chain of references and operands is longer than this, unless the rulebook is refused anyway.
        let mut at = (expr.clone(), own.cloned());
        for _ in 0..LONGEST_CHAIN {
            let (expr, own) = at;
            at = match expr {
                Expr::Mark => return own.as_ref().is_some_and(timed),
                Expr::Reading(id) | Expr::Own(id) => return self.rules.item(&id).is_some_and(timed),
                Expr::Panel { item, .. } => {
                    let item = item.as_ref().map_or(own.as_ref(), |id| self.rules.item(id));
                    return item.is_some_and(timed);
                }
                Expr::Item(id) => match self.rules.item(&id) {
                    Some(item) => (item.score_expr(), Some(item.clone())),
                    None => return false,
                },
                Expr::Node(id) => match self.rules.node(&id) {
                    Some(node) => (node.value.clone(), None),
                    None => return false,
                },
                Expr::Seconds(_) => return true,
                Expr::Parameter(id) => {
                    return self.rules.parameter(&id).is_some_and(|one| one.kind == ParameterKind::Time);
                }
                Expr::Constant(_)
                | Expr::Datum(_)
                | Expr::Age { .. }
                | Expr::Answer { .. }
                | Expr::InSeconds(_)
                | Expr::InPlaces(_)
                | Expr::Count(_)
                | Expr::Weigh { .. }
                | Expr::Scale { .. }
                | Expr::Divide { .. }
                | Expr::Table(_)
                | Expr::Root { .. }
                | Expr::Standardise { .. }
                | Expr::Place { .. }
                | Expr::PlacePoints { .. }
                | Expr::MajorityPlace(_)
                | Expr::Skating(_)
                | Expr::Rank
                | Expr::AwardPoints { .. } => return false,
                Expr::Mean(of) | Expr::Median(of) | Expr::Sum(of) | Expr::Times(of) | Expr::Min(of) | Expr::Max(of) => {
                    match of.0.into_iter().next() {
                        Some(first) => (first, own),
                        None => return false,
                    }
                }
                Expr::Take { of, .. } => match of.0.into_iter().next() {
                    Some(first) => (first, own),
                    None => return false,
                },
                Expr::Trim(trim) => match trim.of.0.into_iter().next() {
                    Some(first) => (first, own),
                    None => return false,
                },
                Expr::EachJudge { of, .. }
                | Expr::EachAttempt { of, .. }
                | Expr::Members { of, .. }
                | Expr::Across { of, .. }
                | Expr::Minus { from: of, .. }
                | Expr::Clamp { of, .. }
                | Expr::Abs(of)
                | Expr::Round { of, .. }
                | Expr::Settle { of, .. }
                | Expr::When { then: of, .. } => (*of, own),
            };
        }
        false
    }
}

/// Longest chain of references that is followed.
const LONGEST_CHAIN: usize = 600;

fn or_dash(id: &str) -> &str {
    if id.trim().is_empty() { "—" } else { id }
}

/// A name in both languages; the id where it has none.
pub(super) fn named(name: &Text, id: &str) -> Text {
    let or_id = |text: String| if text.trim().is_empty() { or_dash(id).to_owned() } else { text };
    Text { zh: or_id(name.zh()), en: or_id(name.en()) }
}

/// A name with quotation marks where it would run together with its sentence.
pub(super) fn quoted(name: &Text) -> Text {
    let quote = |text: &str| {
        if !text.is_empty() && text.chars().all(char::is_alphanumeric) {
            text.to_owned()
        } else {
            format!("“{text}”")
        }
    };
    Text { zh: quote(&name.zh), en: quote(&name.en) }
}

/// A datum of the entry.
pub(super) fn datum(name: &str) -> Text {
    say!("报名数据“{name}”", "the entry's “{name}”", name = name)
}
