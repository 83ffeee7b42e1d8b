//! A compiled rulebook: slots in an order of computation, with everything a board needs to fill them.

use super::code::{Code, Style, Test, Wide};
use super::lane::Lane;
use crate::exact::Exact;
use crate::field::{Entry, EntryStatus};
use crate::rulebook::{AdvanceRule, Column, CutTies, Direction, ParameterKind, Rulebook, Settle, StatusRule, TeamPart};
use std::collections::HashMap;

/// Everything a rulebook says, by index.
#[derive(Debug)]
pub(super) struct Plan {
    pub rulebook: Rulebook,
    pub columns: Vec<Column>,
    /// The slot of each column.
    pub column_slots: Vec<usize>,
    /// Items first, then nodes, both in document order; then values without a name: keys and unrounded totals.
    pub slots: Vec<Slot>,
    /// Slots in an order in which each comes after all it needs.
    pub order: Vec<usize>,
    /// Slots that need a slot, directly or not, in the order of computation; by item.
    pub dependents: Vec<Vec<usize>>,
    /// Slot by item or node id.
    pub by_id: HashMap<String, usize>,
    /// Panel of each item, as an index into the rulebook's panels.
    pub item_panels: Vec<Option<usize>>,
    /// Whether the judges of each panel are compared each with itself over all entries, so that none can take the seat of another.
    pub compared: Vec<bool>,
    /// Stage of each item.
    pub item_stages: Vec<Option<usize>>,
    /// What each item counts when it has no value.
    pub settles: Vec<Settle>,
    /// What each status does, in the order of [`EntryStatus::ALL`].
    pub rules: Vec<StatusRule>,
    /// Names of the data used as numbers.
    pub numbers: Vec<String>,
    /// Names of the data used as texts.
    pub texts: Vec<String>,
    pub parameters: Vec<ParameterPlan>,
    /// Values made of the whole field, in an order in which each comes after all it needs within its slot.
    pub wides: Vec<Wide>,
    /// One ranking for each stage; the last one is the rulebook's own.
    pub stages: Vec<StagePlan>,
    /// Items the total depends on, in reading order.
    pub needed: Vec<usize>,
    /// The number of the datum that holds decisions between equals.
    pub decision: Option<usize>,
    pub teams: Option<TeamPlan>,
    pub tiers: Vec<Option<Test>>,
    pub honours: Vec<Test>,
}

/// One value.
#[derive(Debug)]
pub(super) struct Slot {
    pub code: Code,
    pub style: Style,
    /// The denominator of every value, where there is one.
    pub den: Option<i64>,
    /// The largest number of its parts that a lane may meet.
    pub most: i64,
    /// The same computation over whole columns, where it can be done.
    pub lane: Option<Lane>,
    /// Values of the field it is made of.
    pub wides: std::ops::Range<usize>,
    /// The stage that must have been decided on before it is computed: its own, those it asks about, and those of all it needs.
    pub stage: usize,
    /// It or something it needs is made of the whole field or belongs to a stage that is reached.
    pub wide: bool,
}

/// How a stage is ranked, and who goes on from it.
#[derive(Debug)]
pub(super) struct StagePlan {
    /// The slot that is ranked.
    pub ranked_by: usize,
    /// The slot that is published; differs where an unrounded total is ranked.
    pub published: usize,
    pub direction: Direction,
    pub keys: Vec<KeyPlan>,
    /// The text that names the group.
    pub groups: Option<usize>,
    pub advance: Option<AdvancePlan>,
}

#[derive(Debug)]
pub(super) struct KeyPlan {
    pub slot: usize,
    pub direction: Direction,
}

#[derive(Debug)]
pub(super) struct AdvancePlan {
    pub take: Vec<TakePlan>,
    pub ties: CutTies,
    pub only: Option<Test>,
}

#[derive(Debug)]
pub(super) enum TakePlan {
    PerGroup(usize),
    Best(usize),
    Percent { of_finished: Exact, mode: crate::RoundMode },
    All(Test),
}

impl TakePlan {
    /// A rule without a condition of its own.
    pub fn of(rule: &AdvanceRule) -> Option<Self> {
        match rule {
            AdvanceRule::PerGroup(count) => Some(Self::PerGroup(usize::from(*count))),
            AdvanceRule::Best(count) => Some(Self::Best(usize::from(*count))),
            AdvanceRule::Percent { of_finished, mode } => {
                Some(Self::Percent { of_finished: of_finished.clone(), mode: *mode })
            }
            AdvanceRule::All(_) => None,
        }
    }
}

/// A parameter and the text that chooses its value.
#[derive(Debug)]
pub(super) struct ParameterPlan {
    pub kind: ParameterKind,
    pub by: Option<usize>,
}

#[derive(Debug)]
pub(super) struct TeamPlan {
    pub value: Code,
    pub style: Style,
    pub keys: Vec<(Code, Direction, Style)>,
}

impl Plan {
    /// The id of the item or node of a slot; empty for a value without a name.
    pub fn id(&self, slot: usize) -> &str {
        match self.rulebook.items.get(slot) {
            Some(item) => &item.id,
            None => self.rulebook.nodes.get(slot - self.rulebook.items.len()).map_or("", |node| &node.id),
        }
    }

    /// The stage of an item; the first for anything else.
    pub fn item_stage(&self, slot: usize) -> usize {
        self.item_stages.get(slot).copied().flatten().unwrap_or(0)
    }

    /// What a status does.
    pub fn rule(&self, status: EntryStatus) -> StatusRule {
        let place = EntryStatus::ALL.iter().position(|one| *one == status);
        place.and_then(|place| self.rules.get(place)).copied().unwrap_or_else(|| self.rulebook.statuses.rule(status))
    }

    /// The stage from which the status of an entry holds, from 0; `None` where the rulebook has no such stage.
    pub fn since(&self, entry: &Entry) -> Option<usize> {
        match &entry.since {
            None => Some(0),
            Some(id) => self.rulebook.stages.iter().position(|stage| stage.id == *id),
        }
    }

    /// The slot that is published as the total.
    pub fn total(&self) -> usize {
        self.stages.last().map_or(0, |stage| stage.published)
    }

    /// What an entry of this status is to its team.
    pub fn team_part(&self, status: EntryStatus) -> TeamPart {
        self.rule(status).team_part()
    }
}
