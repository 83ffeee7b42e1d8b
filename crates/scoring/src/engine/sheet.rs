//! Everything a board knows of a field: entries, marks, data, and the values computed so far.

use super::columns::MarkColumn;
use super::eval::Value;
use super::plan::Plan;
use super::sitting::Sitting;
use super::values::Values;
use crate::exact::Exact;
use crate::field::{Entry, EntryStatus};
use crate::input::parse_time;
use crate::rulebook::ParameterKind;
use std::collections::{BTreeMap, HashMap};

#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub entries: Vec<Line>,
    /// By entry.
    pub statuses: Vec<EntryStatus>,
    /// The stage from which each status holds, by entry.
    pub since: Vec<usize>,
    pub sitting: Sitting,
    pub marks: Vec<MarkColumn>,
    /// By datum, then by entry.
    pub numbers: Vec<Vec<Option<Exact>>>,
    /// By datum, then by entry.
    pub texts: Vec<Vec<String>>,
    pub parameters: Vec<ParameterValues>,
    pub values: Values,
    /// By value of the field; within it by attempt, then seat, then entry.
    pub wides: Vec<Vec<Value>>,
    pub reached: Vec<Reached>,
}

/// One entry.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub id: String,
    pub team: Option<String>,
}

/// How far an entry got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reached {
    /// The last stage it takes part in.
    pub stage: usize,
    /// Whether it goes on is not decided yet.
    pub open: bool,
}

/// The values of a parameter, by the text that chooses one.
#[derive(Clone, Debug, Default)]
pub(super) struct ParameterValues {
    pub general: Option<ParameterValue>,
    pub by_text: HashMap<String, ParameterValue>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ParameterValue {
    Number(Exact),
    Letters(String),
}

impl ParameterValue {
    /// Reads a value of a parameter.
    pub fn read(kind: ParameterKind, text: &str) -> Option<Self> {
        let text = text.trim();
        match kind {
            ParameterKind::Number => Exact::parse_decimal(text).ok().map(Self::Number),
            ParameterKind::Time => parse_time(text).ok().filter(|time| !time.is_negative()).map(Self::Number),
            ParameterKind::Answer => (!text.is_empty()).then(|| Self::Letters(text.to_uppercase())),
        }
    }
}

impl Sheet {
    /// A sheet without marks.
    pub fn new(plan: &Plan, entries: &[Entry], sitting: Sitting) -> Self {
        let count = entries.len();
        let seats =
            |item: usize| plan.item_panels[item].map_or(1, |panel| usize::from(plan.rulebook.panels[panel].seats));
        let items = plan.rulebook.items.iter().enumerate();
        Self {
            entries: entries.iter().map(|entry| Line { id: entry.id.clone(), team: entry.team.clone() }).collect(),
            statuses: entries.iter().map(|entry| entry.status).collect(),
            since: entries.iter().map(|entry| plan.since(entry).unwrap_or(0)).collect(),
            sitting,
            marks: items.map(|(index, item)| MarkColumn::new(item, seats(index), count)).collect(),
            numbers: Vec::new(),
            texts: Vec::new(),
            parameters: Vec::new(),
            values: Values::new(plan, count),
            wides: vec![Vec::new(); plan.wides.len()],
            reached: vec![Reached::default(); count],
        }
    }

    /// What became of an entry in the last stage it takes part in.
    pub fn status(&self, entry: usize) -> EntryStatus {
        // Most entries are in good standing, and of those nothing further is looked up: each place is one more access to far memory.
        match self.statuses.get(entry) {
            None | Some(EntryStatus::Ok) => EntryStatus::Ok,
            Some(_) => self.status_in(self.reached.get(entry).map_or(0, |reached| reached.stage), entry),
        }
    }

    /// What had become of an entry in a stage.
    pub fn status_in(&self, stage: usize, entry: usize) -> EntryStatus {
        match (self.statuses.get(entry), self.since.get(entry)) {
            (Some(status), Some(since)) if *since <= stage => *status,
            _ => EntryStatus::Ok,
        }
    }

    /// The value of a parameter for an entry.
    pub fn parameter(&self, plan: &Plan, index: usize, entry: usize) -> Option<&ParameterValue> {
        let values = self.parameters.get(index)?;
        let text = plan.parameters.get(index)?.by.and_then(|by| self.texts.get(by)?.get(entry));
        text.and_then(|text| values.by_text.get(text)).or(values.general.as_ref())
    }

    /// Bytes that marks and values take.
    pub fn bytes(&self) -> usize {
        let marks: usize = self.marks.iter().map(MarkColumn::bytes).sum();
        marks + self.values.bytes()
    }
}

/// Values of the parameters: those of the rulebook, and over them those that came with the field. Faults name parameter and text.
pub(super) fn parameters(
    plan: &Plan,
    given: &BTreeMap<String, BTreeMap<String, String>>,
) -> Result<Vec<ParameterValues>, Vec<(String, String)>> {
    let mut faults = Vec::new();
    let mut all = Vec::with_capacity(plan.parameters.len());
    for (rule, parameter) in plan.parameters.iter().zip(&plan.rulebook.parameters) {
        let mut values = ParameterValues::default();
        let own = parameter.value.iter().map(|value| ("", value));
        let own = own.chain(parameter.values.iter().map(|(text, value)| (text.as_str(), value)));
        let given = given.get(&parameter.id).into_iter().flatten().map(|(text, value)| (text.as_str(), value));
        // What stands in the rulebook was checked with it.
        let unfit = given.clone().filter(|(_, value)| plan.rulebook.check_value_of(parameter, value).is_err());
        faults.extend(unfit.map(|(_, value)| (parameter.id.clone(), value.clone())));
        for (text, value) in own.chain(given) {
            match ParameterValue::read(rule.kind, value) {
                None => {}
                Some(read) if text.is_empty() => values.general = Some(read),
                Some(read) => {
                    values.by_text.insert(text.to_owned(), read);
                }
            }
        }
        all.push(values);
    }
    for id in given.keys().filter(|id| plan.rulebook.parameter(id).is_none()) {
        faults.push((id.clone(), String::new()));
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}
