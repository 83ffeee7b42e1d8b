//! What printed mark sheets hold: one sheet per entry, by 场次 and 赛位号, without names.

use super::{blind, judges, sheet};
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, JudgeId};
use crate::register::Register;
use crate::results::{self, markers};
use jiangsai_scoring::words::item_in_brief;
use jiangsai_scoring::{Exact, Text, input};

/// One mark sheet (评分表).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkSheet {
    /// Number of the sheet within its module, from 1. It is the same whether one judge's sheets are printed or everybody's.
    pub number: usize,
    /// 场次, or empty.
    pub session: String,
    /// The blind code: 评审号, else 赛位号, else 参赛号.
    pub station: String,
    /// Module.
    pub module: Text,
    /// Code of the judge; empty for agreed and measured items.
    pub judge: String,
    /// Lines in reading order.
    pub lines: Vec<SheetLine>,
    /// 配分 of what stands on the sheet: of the module when all of it does, else of the lines together; empty where a line has none.
    pub max: String,
    /// Result of the module as printed; empty on a blank sheet, while it has none, and where other sheets hold part of it.
    pub result: String,
}

/// One item on a mark sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLine {
    /// Item id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// 配分, or empty.
    pub max: String,
    /// How it is marked, in words.
    pub how: Text,
    /// The mark, or empty.
    pub mark: String,
}

/// The sheets of a module: for every entry one of each judge with items in it, and one for agreed and measured items.
///
/// # Errors
/// `no-rulebook`, `unknown-item` when the module has no items.
pub fn mark_sheets(
    state: &Competition,
    event: &EventId,
    module: &str,
    filled: bool,
    judge: Option<&JudgeId>,
) -> Result<Vec<MarkSheet>, Refusal> {
    let (setup, engine) = results::engine_of(state, event)?;
    let rulebook = engine.rulebook();
    let items: Vec<_> = rulebook.module_items(module).iter().filter_map(|id| rulebook.item(id)).cloned().collect();
    if items.is_empty() {
        return Err(Refusal::new("unknown-item").with("item", module));
    }
    let node = rulebook.node(module);
    let name = node.map(|node| node.name.clone()).unwrap_or_default();
    let mut desks: Vec<Option<JudgeId>> = Vec::new();
    for marker in items.iter().flat_map(|item| markers(setup, item)) {
        if !desks.contains(&marker) {
            desks.push(marker);
        }
    }
    let mut sheets = Vec::new();
    let mut number = 0;
    for (id, entry) in sheet::by_place(state, event) {
        let code = blind::blind_code(state, entry);
        let scored = if filled { results::scored(state, event).ok() } else { None };
        let scored = scored.and_then(|scored| Some((&scored.board, scored.entry(id)?)));
        for desk in &desks {
            number += 1;
            if judge.is_some() && desk.as_ref() != judge {
                continue;
            }
            let own: Vec<_> = items.iter().filter(|item| markers(setup, item).contains(desk)).collect();
            let whole = own.len() == items.len();
            let max = match node.and_then(|node| node.max.as_ref()).filter(|_| whole) {
                Some(max) => Some(max.clone()),
                None => own.iter().try_fold(Exact::ZERO, |sum, item| Some(sum + item.max.clone()?)),
            };
            let places = own.iter().flat_map(|item| (1..=item.attempt_count()).map(move |attempt| (*item, attempt)));
            let lines = places.map(|(item, attempt)| SheetLine {
                id: if item.attempts.is_some() { format!("{}·{attempt}", item.id) } else { item.id.clone() },
                name: item.name.clone(),
                max: item.max.as_ref().map(ToString::to_string).unwrap_or_default(),
                how: item_in_brief(rulebook, item),
                mark: if filled { mark(state, event, id, (item, attempt), desk.as_ref()) } else { String::new() },
            });
            let result = match (&desk, scored) {
                (None, Some((board, entry))) if whole => board.shown(entry, module).unwrap_or_default(),
                _ => String::new(),
            };
            sheets.push(MarkSheet {
                number,
                session: code.session.clone(),
                station: code.code.clone(),
                module: name.clone(),
                judge: desk.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default(),
                lines: lines.collect(),
                max: max.map(|max| max.to_string()).unwrap_or_default(),
                result,
            });
        }
    }
    Ok(sheets)
}

fn mark(
    state: &Competition,
    event: &EventId,
    entry: &EntryId,
    (item, attempt): (&jiangsai_scoring::rulebook::Item, u16),
    judge: Option<&JudgeId>,
) -> String {
    let place = MarkPlace { attempt, ..MarkPlace::once(event, entry, &item.id.as_str().into(), judge) };
    let mark = state.marks.get(&place).and_then(Register::agreed);
    mark.map(|mark| input::show_mark(item, mark)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::command::competition::{CreateCompetition, StartFrom};
    use crate::decide::found;
    use crate::envelope::{Context, Envelope};

    /// The sample, folded.
    fn sample() -> (Competition, EventId) {
        let command = CreateCompetition { title: String::new(), event: String::new(), from: StartFrom::Sample };
        let context = Context { today: "2026-11-24".into(), actor: "operator".into(), seed: 1 };
        let mut state = Competition::default();
        for (order, draft) in (0..).zip(found::found(&command, &context).unwrap()) {
            state.evolve(Envelope {
                id: format!("f{order}").into(),
                order,
                at: 0,
                actor: "operator".into(),
                replaces: draft.replaces,
                reason: draft.reason,
                fact: Ok(draft.fact),
            });
        }
        let event = state.events.keys().next().unwrap().clone();
        (state, event)
    }

    #[test]
    fn a_sheet_adds_up_what_stands_on_it_and_keeps_its_number() {
        let (state, event) = sample();
        let sheets = |module, judge: Option<&JudgeId>| mark_sheets(&state, &event, module, true, judge).unwrap();
        let of = |sheets: &[MarkSheet], judge: &str| {
            sheets
                .iter()
                .find(|sheet| (sheet.station.as_str(), sheet.judge.as_str()) == ("A07", judge))
                .cloned()
                .unwrap()
        };
        let whole = of(&sheets("A", None), "");
        assert_eq!((whole.max.as_str(), whole.result.as_str()), ("40", "37.5"), "a whole module has its result");
        let all = sheets("B", None);
        let (agreed, own) = (of(&all, ""), of(&all, "P02"));
        assert_eq!((agreed.max.as_str(), agreed.result.as_str()), ("18", ""), "26.50 is not what stands on this sheet");
        assert_eq!((own.lines.len(), own.max.as_str()), (3, "12"));
        let numbers: std::collections::BTreeSet<usize> = all.iter().map(|sheet| sheet.number).collect();
        assert_eq!(numbers, (1..=360).collect(), "sixty entries, five judges and one sheet of what they agree on");
        let second = state.judges.iter().find(|(_, judge)| judge.value().unwrap().code == "P02").unwrap().0;
        let alone = sheets("B", Some(second));
        assert_eq!(alone.len(), 60, "one judge's alone");
        assert_eq!(of(&alone, "P02").number, own.number, "the same sheet, the same number");
    }
}
