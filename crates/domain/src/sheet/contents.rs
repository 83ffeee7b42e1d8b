//! What stands on a sheet: the items of a module that a judge marks, or that are marked once.

use super::SheetPlace;
use crate::competition::{Competition, Event};
use crate::fact::MarkPlace;
use crate::ids::{EntryId, ItemId, JudgeId};
use crate::register::Register;
use crate::results;
use jiangsai_scoring::rulebook::{Item, MarkedBy, Rulebook};
use jiangsai_scoring::{Mark, Text};
use std::collections::BTreeMap;

/// The modules of a rulebook with items of their own, in reading order.
#[derive(Clone, Debug)]
pub struct Modules<'a> {
    rulebook: &'a Rulebook,
    /// Module of each item.
    of: BTreeMap<&'a str, String>,
    /// Id and name, in reading order.
    list: Vec<(String, Text)>,
}

impl<'a> Modules<'a> {
    /// Of a rulebook.
    #[must_use]
    pub fn of(rulebook: &'a Rulebook) -> Self {
        let columns = rulebook.columns();
        let mut modules = Self { rulebook, of: BTreeMap::new(), list: Vec::new() };
        for column in &columns {
            let Some(item) = rulebook.item(&column.id) else { continue };
            let module = column.parent.clone().unwrap_or_default();
            if !modules.list.iter().any(|(id, _)| *id == module) {
                let name = columns.iter().find(|column| column.id == module).map(|column| column.name.clone());
                modules.list.push((module.clone(), name.unwrap_or_else(|| Text::new("其他", "Other"))));
            }
            modules.of.insert(item.id.as_str(), module);
        }
        modules
    }

    /// The module of an item; empty where it stands in none.
    #[must_use]
    pub fn module(&self, item: &str) -> &str {
        self.of.get(item).map_or("", String::as_str)
    }

    /// The name of a module; `None` when there is no such module.
    #[must_use]
    pub fn name(&self, module: &str) -> Option<&Text> {
        self.list.iter().find(|(id, _)| id == module).map(|(_, name)| name)
    }

    /// Every module with its name, in reading order.
    pub fn all(&self) -> impl Iterator<Item = &(String, Text)> {
        self.list.iter()
    }

    /// Modules with values that are marked once in the hall.
    #[must_use]
    pub fn with_leader(&self) -> Vec<&(String, Text)> {
        let once = |module: &str| self.items(module).any(is_marked_once);
        self.list.iter().filter(|(id, _)| once(id)).collect()
    }

    fn items<'b>(&'b self, module: &'b str) -> impl Iterator<Item = &'a Item> + 'b {
        self.rulebook.items().iter().filter(move |item| self.module(&item.id) == module)
    }

    /// The items of a sheet for an entry, in the order of the rulebook.
    #[must_use]
    pub fn on(&self, setup: &Event, sheet: &SheetPlace) -> Vec<&'a Item> {
        let own = |item: &&Item| match (&sheet.judge, item.panel()) {
            (Some(judge), Some(panel)) => setup.seat_of(&sheet.entry, panel, judge).is_some(),
            (None, None) => is_marked_once(item),
            _ => false,
        };
        self.items(&sheet.module).filter(own).collect()
    }

    /// The items of a sheet that its entry is marked on: not those of a stage that it does not go on to.
    #[must_use]
    pub fn wanted(&self, state: &Competition, setup: &Event, sheet: &SheetPlace) -> Vec<&'a Item> {
        let goes_on = |item: &&Item| results::takes_part(state, &sheet.event, &sheet.entry, &item.id);
        self.on(setup, sheet).into_iter().filter(goes_on).collect()
    }

    /// The sheets of an entry, by module: that of the group leader first, then those of the judges by seat.
    #[must_use]
    pub fn sheets(&self, setup: &Event, event: &crate::ids::EventId, entry: &EntryId) -> Vec<SheetPlace> {
        let mut sheets: Vec<SheetPlace> = Vec::new();
        for (module, _) in &self.list {
            for item in self.items(module) {
                let judges: Vec<Option<JudgeId>> = match item.panel() {
                    None if is_marked_once(item) => vec![None],
                    None => Vec::new(),
                    Some(panel) => {
                        let seats = setup.members(panel).iter();
                        seats.filter_map(|seat| setup.sitting(entry, panel, seat)).cloned().map(Some).collect()
                    }
                };
                for judge in judges {
                    let sheet =
                        SheetPlace { event: event.clone(), entry: entry.clone(), module: module.clone(), judge };
                    if !sheets.contains(&sheet) {
                        sheets.push(sheet);
                    }
                }
            }
        }
        sheets
    }

    /// The sheet that a mark stands on. What is imported, and what the chief judge adjusts, stands on none.
    #[must_use]
    pub fn sheet_of(&self, place: &MarkPlace) -> Option<SheetPlace> {
        let once = || self.rulebook.item(place.item.as_str()).is_some_and(is_marked_once);
        (place.judge.is_some() || once()).then(|| SheetPlace {
            event: place.event.clone(),
            entry: place.entry.clone(),
            module: self.module(place.item.as_str()).to_owned(),
            judge: place.judge.clone(),
        })
    }

    /// Places of an item on a sheet, one for each attempt.
    #[must_use]
    pub fn places(sheet: &SheetPlace, item: &Item) -> Vec<MarkPlace> {
        let once = MarkPlace::once(&sheet.event, &sheet.entry, &ItemId::from(item.id.as_str()), sheet.judge.as_ref());
        (1..=item.attempt_count()).map(|attempt| MarkPlace { attempt, ..once.clone() }).collect()
    }

    /// Ids of the items of a sheet that still have to be marked, or to be marked again.
    #[must_use]
    pub fn missing(&self, state: &Competition, setup: &Event, sheet: &SheetPlace) -> Vec<String> {
        let open = |place: &MarkPlace| {
            let mark = state.marks.get(place).and_then(Register::agreed);
            mark.is_none_or(|mark| *mark == Mark::NotYet)
        };
        let missing = |item: &&Item| {
            let places = Self::places(sheet, item);
            let wanted = !self.rulebook.is_optional(item);
            (wanted && places.iter().any(open)) || places.iter().any(|place| state.awaits_rescore(place))
        };
        self.wanted(state, setup, sheet).into_iter().filter(missing).map(|item| item.id.clone()).collect()
    }
}

/// Is it marked in the hall by one person for all?
fn is_marked_once(item: &Item) -> bool {
    matches!(item.by, MarkedBy::Agreed | MarkedBy::Measured)
}
