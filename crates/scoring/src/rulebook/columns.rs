//! The table a rulebook makes: which columns there are, in what order, and which belongs to which.

use super::{AnswerKey, Condition, Expr, Item, Logic, Node, NodeKind, Operands, Rulebook};
use crate::check;
use crate::exact::Exact;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// One column of results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Item or node id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// 配分, where it has one.
    pub max: Option<Exact>,
    /// What it is.
    pub kind: ColumnKind,
    /// Decimals it is always printed with, where its value is rounded.
    pub digits: Option<u8>,
    /// The node it is part of.
    pub parent: Option<String>,
    /// How many nodes it lies in: 0 for the total and whatever belongs to nothing.
    pub depth: u8,
}

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// 模块.
    Module,
    /// 部分.
    Part,
    /// 总分.
    Total,
    /// Another computed value.
    Node,
    /// 评分点.
    Item,
}

impl Rulebook {
    /// Every column in reading order: each node, followed by the items that it is made of, then the items no node uses.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        let parents = Parents::of(self);
        let mut columns = Vec::with_capacity(self.nodes.len() + self.items.len());
        for node in &self.nodes {
            columns.push(self.node_column(node, &parents));
            let own = self.items.iter().filter(|item| parents.parent(&item.id) == Some(&node.id));
            columns.extend(own.map(|item| self.item_column(item, &parents)));
        }
        let free = self.items.iter().filter(|item| parents.parent(&item.id).is_none());
        columns.extend(free.map(|item| self.item_column(item, &parents)));
        columns
    }

    /// The ids of the items a node is made of, in reading order.
    #[must_use]
    pub fn module_items(&self, node: &str) -> Vec<String> {
        let parents = Parents::of(self);
        let own = self.items.iter().filter(|item| parents.parent(&item.id).map(String::as_str) == Some(node));
        own.map(|item| item.id.clone()).collect()
    }

    /// Decimals an item or node is always printed with; `None` when its value is not rounded.
    #[must_use]
    pub fn digits(&self, id: &str) -> Option<u8> {
        match self.node(id) {
            Some(node) => self.digits_of(&node.value),
            None => self.digits_of(self.item(id)?.score.as_ref()?),
        }
    }

    /// Decimals the value of an expression is always printed with; `None` when it is not rounded.
    #[must_use]
    pub(crate) fn digits_of(&self, expr: &Expr) -> Option<u8> {
        let mut value = expr;
        // The finest limit on the way: a limit may be finer than what it is laid on.
        let mut limits = 0;
        // A chain of references is at most as long as there are expressions; a cycle ends the same way.
        for _ in 0..=check::MOST_EXPRESSIONS {
            value = match value {
                Expr::Round { digits, .. } | Expr::Root { digits, .. } | Expr::Standardise { digits, .. } => {
                    return Some(*digits).filter(|digits| *digits >= limits);
                }
                Expr::Node(next) | Expr::Item(next) => match self.node(next) {
                    Some(node) => &node.value,
                    None => self.item(next)?.score.as_ref()?,
                },
                Expr::Clamp { of, low, high } => {
                    for limit in low.iter().chain(high) {
                        limits = limits.max((0..=u8::MAX).find(|digits| limit.has_decimals(*digits))?);
                    }
                    of
                }
                // What stands for a missing value does not change how the others are printed.
                Expr::Settle { of, .. } | Expr::Abs(of) => of,
                _ => return None,
            };
        }
        None
    }

    fn node_column(&self, node: &Node, parents: &Parents<'_>) -> Column {
        let kind = match node.kind {
            NodeKind::Module => ColumnKind::Module,
            NodeKind::Part => ColumnKind::Part,
            NodeKind::Total => ColumnKind::Total,
            NodeKind::Other => ColumnKind::Node,
        };
        Column {
            id: node.id.clone(),
            name: node.name.clone(),
            max: node.max.clone(),
            kind,
            digits: self.digits(&node.id),
            parent: parents.parent(&node.id).cloned(),
            depth: parents.depth(&node.id),
        }
    }

    fn item_column(&self, item: &Item, parents: &Parents<'_>) -> Column {
        Column {
            id: item.id.clone(),
            name: item.name.clone(),
            max: item.max.clone(),
            kind: ColumnKind::Item,
            digits: self.digits(&item.id),
            parent: parents.parent(&item.id).cloned(),
            depth: parents.depth(&item.id),
        }
    }
}

/// The first node, in reading order, that names another node or an item. Modules come before other kinds, so that an item that a
/// total also looks at stays under its module.
struct Parents<'a> {
    pairs: Vec<(&'a str, &'a String)>,
}

impl<'a> Parents<'a> {
    fn of(rulebook: &'a Rulebook) -> Self {
        let mut pairs: Vec<(&str, &String)> = Vec::new();
        for wanted in [NodeKind::Module, NodeKind::Part, NodeKind::Other, NodeKind::Total] {
            for node in rulebook.nodes.iter().filter(|node| node.kind == wanted) {
                node.value.names(&mut |id| {
                    if id != node.id && !pairs.iter().any(|(child, _)| *child == id) {
                        pairs.push((id, &node.id));
                    }
                });
            }
        }
        Self { pairs }
    }

    fn parent(&self, id: &str) -> Option<&'a String> {
        self.pairs.iter().find(|(child, _)| *child == id).map(|(_, parent)| *parent)
    }

    fn depth(&self, id: &str) -> u8 {
        let mut depth = 0u8;
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            depth = depth.saturating_add(1);
            if usize::from(depth) > self.pairs.len() || depth == u8::MAX {
                break;
            }
            at = parent;
        }
        depth
    }
}

impl Expr {
    /// Calls `visit` with every expression directly below this one.
    pub(crate) fn children<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        match self {
            Self::Mark
            | Self::Reading(_)
            | Self::Panel { .. }
            | Self::Item(_)
            | Self::Node(_)
            | Self::Constant(_)
            | Self::Seconds(_)
            | Self::Datum(_)
            | Self::Own(_)
            | Self::Answer { .. }
            | Self::Parameter(_)
            | Self::Age { .. }
            | Self::MajorityPlace(_)
            | Self::Skating(_)
            | Self::Rank
            | Self::AwardPoints { .. } => {}
            Self::Mean(Operands(of))
            | Self::Median(Operands(of))
            | Self::Sum(Operands(of))
            | Self::Times(Operands(of))
            | Self::Min(Operands(of))
            | Self::Max(Operands(of))
            | Self::Count(Operands(of))
            | Self::Take { of: Operands(of), .. } => of.iter().for_each(visit),
            Self::Trim(trim) => trim.of.0.iter().for_each(visit),
            Self::Weigh { of, .. } => of.iter().for_each(|weight| visit(&weight.of)),
            Self::InSeconds(of)
            | Self::InPlaces(of)
            | Self::EachJudge { of, .. }
            | Self::EachAttempt { of, .. }
            | Self::Root { of, .. }
            | Self::Across { of, .. }
            | Self::Standardise { of, .. }
            | Self::Place { of, .. }
            | Self::PlacePoints { of, .. }
            | Self::Members { of, .. }
            | Self::Abs(of)
            | Self::Scale { of, .. }
            | Self::Clamp { of, .. }
            | Self::Round { of, .. }
            | Self::Settle { of, .. } => visit(of),
            Self::Minus { from, less, .. } => {
                visit(from);
                less.0.iter().for_each(visit);
            }
            Self::Divide { of, by, zero } => {
                visit(of);
                visit(by);
                zero.iter().for_each(|zero| visit(zero));
            }
            Self::Table(table) => visit(&table.of),
            Self::When { is, then, otherwise } => {
                is.expressions(visit);
                visit(then);
                visit(otherwise);
            }
        }
    }

    /// Calls `visit` with the id of every item and node whose score this expression needs. A reading or a panel looks at marks
    /// alone, which need nothing.
    pub(crate) fn scores<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        let mut stack = vec![self];
        while let Some(expr) = stack.pop() {
            if let Self::Item(id) | Self::Node(id) = expr {
                visit(id);
            }
            expr.children(&mut |child| stack.push(child));
        }
    }

    /// Calls `visit` with the id of every item and node named in this expression, in reading order.
    pub(crate) fn names<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Self::Reading(id) | Self::Item(id) | Self::Node(id) | Self::Own(id) | Self::MajorityPlace(id) => visit(id),
            Self::Panel { item: Some(id), .. } | Self::EachAttempt { item: Some(id), .. } => visit(id),
            Self::Answer { item, key, .. } => {
                item.iter().for_each(|id| visit(id));
                if let AnswerKey::Item(id) = key {
                    visit(id);
                }
            }
            Self::Skating(ids) => ids.iter().for_each(|id| visit(id)),
            _ => {}
        }
        let mut below = Vec::new();
        self.children(&mut |child| below.push(child));
        for child in below {
            child.names(visit);
        }
    }
}

impl Condition {
    /// Calls `visit` with every expression that is compared.
    pub(crate) fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Expr)) {
        match self {
            Self::Compare(compare) => {
                visit(&compare.left);
                visit(&compare.right);
            }
            Self::Logic(Logic::All(of) | Logic::Any(of)) => of.iter().for_each(|one| one.expressions(visit)),
            Self::Logic(Logic::Not(of)) => of.expressions(visit),
            Self::Logic(Logic::DatumIs { .. } | Logic::OnScale { .. } | Logic::Award(_) | Logic::InStage(_)) => {}
        }
    }

    /// Calls `visit` with the id of every stage that is asked about.
    pub(crate) fn stages<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Self::Logic(Logic::InStage(id)) => visit(id),
            Self::Logic(Logic::All(of) | Logic::Any(of)) => of.iter().for_each(|one| one.stages(visit)),
            Self::Logic(Logic::Not(of)) => of.stages(visit),
            Self::Compare(_) | Self::Logic(Logic::DatumIs { .. } | Logic::OnScale { .. } | Logic::Award(_)) => {}
        }
    }
}

impl Expr {
    /// Calls `visit` with every condition in this expression.
    pub(crate) fn conditions<'a>(&'a self, visit: &mut impl FnMut(&'a Condition)) {
        let mut stack = vec![self];
        while let Some(expr) = stack.pop() {
            if let Self::When { is, .. } = expr {
                visit(is);
            }
            expr.children(&mut |child| stack.push(child));
        }
    }
}
