//! The rules on sample marks: a few entries, what was typed for each item, and what the engine makes of it.

use jiangsai_scoring::input::{answer_letters, parse_mark};
use jiangsai_scoring::rulebook::{Input, Item, Parameter, ParameterKind};
use jiangsai_scoring::{
    Derivation, Engine, Entry, Exact, Field, Mark, MarkFault, MarkRow, Outcome, RoundMode, Rulebook,
};
use std::collections::BTreeMap;

/// How many entries are tried.
pub const ENTRIES: usize = 4;

/// A cell: entry, item or datum, seat (0 for one value), attempt from 1.
pub type Cell = (usize, String, u16, u16);

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Marks as typed.
    pub marks: BTreeMap<Cell, String>,
    /// Data of the entries as typed, by entry and name.
    pub data: BTreeMap<(usize, String), String>,
    /// Teams of the entries as typed.
    pub teams: BTreeMap<usize, String>,
    /// Values as typed of parameters that the rulebook does not hold, by id; the same for every entry.
    pub parameters: BTreeMap<String, String>,
}

/// What the engine made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Standings.
    pub outcome: Outcome,
    /// How the total of each entry came about.
    pub derivations: Vec<Option<Derivation>>,
}

/// The name of an entry.
pub fn entry_name(entry: usize) -> String {
    format!("S{:02}", entry + 1)
}

/// The seats of an item: 0 where it has one value.
pub fn seats(rulebook: &Rulebook, item: &Item) -> Vec<u16> {
    match item.panel().and_then(|panel| rulebook.panel(panel)) {
        Some(panel) => (1..=panel.seats).collect(),
        None => vec![0],
    }
}

/// What is wrong with a cell.
pub fn fault(item: &Item, text: &str) -> Option<MarkFault> {
    parse_mark(item, text).err()
}

/// Computes it; `None` while the rulebook has faults or the marks do not fit.
pub fn compute(rulebook: &Rulebook, trial: &Trial) -> Option<Tried> {
    let engine = Engine::new(rulebook).ok()?;
    let entries = (0..ENTRIES).map(|entry| Entry {
        id: entry_name(entry),
        team: trial.teams.get(&entry).map(|team| team.trim().to_owned()).filter(|team| !team.is_empty()),
        data: engine
            .data()
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), trial.data.get(&(entry, name.to_owned()))?.trim().to_owned())))
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        ..Entry::default()
    });
    let panels = rulebook.panels.iter();
    let field = Field {
        entries: entries.collect(),
        panels: panels
            .map(|panel| (panel.id.clone(), (1..=panel.seats).map(|seat| seat.to_string()).collect()))
            .collect(),
        parameters: sealed(rulebook)
            .filter_map(|parameter| {
                let typed = trial.parameters.get(&parameter.id)?.trim();
                let value = BTreeMap::from([(String::new(), typed.to_owned())]);
                rulebook.takes(parameter, typed).then(|| (parameter.id.clone(), value))
            })
            .collect(),
        marks: rulebook.items.iter().flat_map(|item| rows(rulebook, item, trial)).collect(),
    };
    let board = engine.board(&field).ok()?;
    let total = &rulebook.ranking.by;
    let derivations = (0..ENTRIES).map(|entry| board.explain(board.entry(&entry_name(entry))?, total)).collect();
    Some(Tried { outcome: board.outcome(), derivations })
}

fn rows(rulebook: &Rulebook, item: &Item, trial: &Trial) -> Vec<MarkRow> {
    let mut rows = Vec::new();
    for (entry, seat, attempt) in cells(rulebook, item) {
        let typed = trial.marks.get(&(entry, item.id.clone(), seat, attempt)).map(String::as_str).unwrap_or_default();
        // What is not a mark is shown as wrong and does not count.
        let mark = parse_mark(item, typed).unwrap_or(Mark::NotYet);
        rows.push(MarkRow {
            entry: entry_name(entry),
            item: item.id.clone(),
            judge: (seat > 0).then(|| seat.to_string()),
            stage: None,
            attempt,
            mark,
        });
    }
    rows
}

fn cells(rulebook: &Rulebook, item: &Item) -> Vec<(usize, u16, u16)> {
    let seats = seats(rulebook, item);
    let one = |entry| {
        let seats = seats.clone();
        (1..=item.attempt_count())
            .flat_map(move |attempt| seats.clone().into_iter().map(move |seat| (entry, seat, attempt)))
    };
    (0..ENTRIES).flat_map(one).collect()
}

/// Parameters whose value comes with the session.
pub fn sealed(rulebook: &Rulebook) -> impl Iterator<Item = &Parameter> {
    rulebook.parameters.iter().filter(|parameter| parameter.value.is_none())
}

/// A value that a parameter can have.
fn likely_parameter(rulebook: &Rulebook, parameter: &Parameter) -> String {
    let lengths = rulebook.items.iter().filter_map(|item| match item.input {
        Input::Answer { length, .. } => Some(length),
        _ => None,
    });
    match parameter.kind {
        ParameterKind::Number => "10".to_owned(),
        ParameterKind::Time => "60".to_owned(),
        ParameterKind::Answer => answer_letters(lengths.max().unwrap_or(1), None),
    }
}

/// Plausible marks for every item, always the same ones.
pub fn plausible(rulebook: &Rulebook) -> Trial {
    let mut trial = Trial::default();
    for (index, item) in rulebook.items.iter().enumerate() {
        for (entry, seat, attempt) in cells(rulebook, item) {
            let spot = entry * 23 + index * 7 + usize::from(seat) * 5 + usize::from(attempt) * 3;
            trial.marks.insert((entry, item.id.clone(), seat, attempt), likely(item, spot % 40, entry));
        }
    }
    if let Ok(engine) = Engine::new(rulebook) {
        for (index, name) in engine.data().into_iter().enumerate() {
            (0..ENTRIES).for_each(|entry| {
                trial.data.insert((entry, name.to_owned()), ((entry + index) % ENTRIES + 1).to_string());
            });
        }
    }
    if rulebook.teams.is_some() {
        trial.teams = (0..ENTRIES).map(|entry| (entry, format!("T{}", entry % 2 + 1))).collect();
    }
    let parameters = sealed(rulebook).map(|own| (own.id.clone(), likely_parameter(rulebook, own)));
    trial.parameters = parameters.collect();
    trial
}

/// A mark for an item: `spot` in 40 between 60 % and all of what is possible.
fn likely(item: &Item, spot: usize, entry: usize) -> String {
    let whole = |value: usize| Exact::from_int(i64::try_from(value).unwrap_or_default());
    let share = whole(60 + spot).divide(&whole(100)).unwrap_or_default();
    let few = |most: Option<&Exact>| most.map_or(whole(spot % 3), |most| whole(spot % 3).min(most.clone()));
    let value = match &item.input {
        Input::Number { min, max, step } => {
            let low = min.clone().unwrap_or_default();
            let high = max.clone().or_else(|| item.max.clone()).unwrap_or_else(|| low.clone() + whole(100));
            let step = step.clone().unwrap_or_else(|| Exact::from_int(1));
            let steps = ((high - low.clone()) * share).divide(&step).unwrap_or_default().round(0, RoundMode::Floor);
            low + steps * step
        }
        Input::Level { max, .. } => whole((usize::from(*max) * (60 + spot) / 100).min(usize::from(*max))),
        Input::Choice { options } => {
            options.get(spot % options.len().max(1)).map(|one| one.value.clone()).unwrap_or_default()
        }
        Input::Tick {} | Input::Vote {} => whole(usize::from(!spot.is_multiple_of(4))),
        Input::Deduction { each: Some(_), most, .. } | Input::Count { most, .. } => {
            few(most.as_ref()).round(0, RoundMode::Floor)
        }
        Input::Deduction { step, most, .. } => {
            let step = step.clone().unwrap_or_else(|| Exact::from_int(1));
            let lost = whole(spot % 3) * step;
            if most.as_ref().is_some_and(|most| lost > *most) { Exact::default() } else { lost }
        }
        Input::Placing { .. } => whole(entry + 1),
        Input::Time { max_seconds, step } => {
            let most = max_seconds.clone().unwrap_or_else(|| whole(600));
            let step = step.clone().unwrap_or_else(|| Exact::from_int(1));
            let steps = (most * share).divide(&step).unwrap_or_default().round(0, RoundMode::Floor);
            return jiangsai_scoring::input::show_mark(item, &Mark::Value(steps * step));
        }
        Input::Answer { length, letters, .. } => {
            let known = answer_letters(*length, letters.as_deref());
            let mut all: Vec<char> = known.chars().collect();
            let turn = spot % all.len().max(1);
            all.rotate_left(turn);
            return all.into_iter().cycle().take(usize::from(*length)).collect();
        }
    };
    value.to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn plausible_marks_are_marks_and_rank_everybody() {
        for (id, json) in jiangsai_scoring::templates::ready() {
            let rulebook = Rulebook::from_json(json).unwrap();
            let trial = plausible(&rulebook);
            assert_eq!(trial, plausible(&rulebook), "the same marks every time");
            for ((_, item, ..), text) in &trial.marks {
                assert_eq!(fault(rulebook.item(item).unwrap(), text), None, "{id} {item} {text}");
            }
            let tried = compute(&rulebook, &trial).unwrap();
            assert!(tried.outcome.standings.iter().all(|line| line.rank.is_some()), "{id}");
            assert!(tried.derivations.iter().all(Option::is_some), "{id}");
            assert_eq!(tried.outcome.teams.len(), if rulebook.teams.is_some() { 2 } else { 0 }, "{id}");
        }
    }

    #[test]
    fn nothing_typed_is_not_yet_marked() {
        let rulebook = Rulebook::from_json(jiangsai_scoring::template("theory-practice-30-70").unwrap()).unwrap();
        let tried = compute(&rulebook, &Trial::default()).unwrap();
        assert!(tried.outcome.standings.iter().all(|line| line.rank.is_none()));
    }
}
