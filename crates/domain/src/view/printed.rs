//! What printed mark sheets hold: one sheet per entry, by 场次 and 赛位号, without names.

use super::paper::{self, Paper};
use super::{blind, judges};
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId, JudgeId};
use crate::results;
use jiangsai_scoring::rulebook::{Item, Rulebook};
use jiangsai_scoring::words::item_in_brief;
use jiangsai_scoring::{Exact, Text, input};

/// One mark sheet (评分表).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkSheet {
    /// Number of the sheet, twelve digits: it is found by it when it comes back filled in.
    pub number: String,
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

/// Which of the sheets of a module; by itself all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Only this judge's.
    pub judge: Option<&'a JudgeId>,
    /// Only those of this entry, by its blind code while sealed.
    pub entry: Option<&'a EntryId>,
    /// Only the one with this number, of whatever module; empty for all.
    pub number: &'a str,
}

/// The sheets of a module: for every entry one of each judge with items in it, and one for agreed and measured items.
///
/// # Errors
/// `no-rulebook`, `unknown-item` when the module has no items, `unknown-entry`, for a number those of [`paper::find`].
pub fn mark_sheets(
    state: &Competition,
    event: &EventId,
    module: &str,
    filled: bool,
    wanted: Wanted<'_>,
) -> Result<Vec<MarkSheet>, Refusal> {
    let (_, engine) = results::engine_of(state, event)?;
    let rulebook = engine.rulebook();
    let only = wanted.entry.map(|entry| blind::resolve(state, entry)).transpose()?;
    let alone = if wanted.number.is_empty() { None } else { Some(paper::find(state, event, wanted.number)?) };
    let module = alone.as_ref().map_or(module, |paper| paper.place.module.as_str());
    if rulebook.module_items(module).is_empty() {
        return Err(Refusal::new("unknown-item").with("item", module));
    }
    let max = rulebook.node(module).and_then(|node| node.max.clone());
    let papers = match &alone {
        Some(paper) => vec![paper.clone()],
        None => paper::papers(state, event, Some(module))?,
    };
    let own = |paper: &Paper| {
        let place = &paper.place;
        (wanted.judge.is_none() || place.judge.as_ref() == wanted.judge)
            && only.as_ref().is_none_or(|entry| place.entry == *entry)
    };
    let papers = papers.into_iter().filter(own);
    Ok(papers.map(|paper| sheet(state, rulebook, &paper, max.as_ref(), filled)).collect())
}

fn sheet(state: &Competition, rulebook: &Rulebook, paper: &Paper, max: Option<&Exact>, filled: bool) -> MarkSheet {
    let code = blind::blind_code(state, paper.entry);
    let mut items: Vec<&Item> = paper.lines.iter().map(|(item, _)| *item).collect();
    items.dedup_by_key(|item| &item.id);
    let max = match max.filter(|_| paper.whole) {
        Some(max) => Some(max.clone()),
        None => items.iter().try_fold(Exact::ZERO, |sum, item| Some(sum + item.max.clone()?)),
    };
    let line = |(item, attempt): &(&Item, u16)| SheetLine {
        id: if item.attempts.is_some() { format!("{}·{attempt}", item.id) } else { item.id.clone() },
        name: item.name.clone(),
        max: item.max.as_ref().map(ToString::to_string).unwrap_or_default(),
        how: item_in_brief(rulebook, item),
        mark: if filled { input::show_mark(item, &paper.mark(state, (item, *attempt))) } else { String::new() },
    };
    let whole = filled && paper.place.judge.is_none() && paper.whole;
    MarkSheet {
        number: paper.number.clone(),
        session: code.session,
        station: code.code,
        module: paper.module.clone(),
        judge: paper.place.judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default(),
        lines: paper.lines.iter().map(line).collect(),
        max: max.map(|max| max.to_string()).unwrap_or_default(),
        result: if whole { paper.total(state).unwrap_or_default() } else { String::new() },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::decide::found::founded::sample;

    #[test]
    fn a_sheet_adds_up_what_stands_on_it_and_keeps_its_number() {
        let (state, event) = sample();
        let sheets = |module, judge: Option<&JudgeId>| {
            mark_sheets(&state, &event, module, true, Wanted { judge, ..Wanted::default() }).unwrap()
        };
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
        let numbers: std::collections::BTreeSet<&String> = all.iter().map(|sheet| &sheet.number).collect();
        assert_eq!(numbers.len(), 360, "sixty entries, five judges and one sheet of what they agree on");
        let second = state.judges.iter().find(|(_, judge)| judge.value().unwrap().code == "P02").unwrap().0;
        let alone = sheets("B", Some(second));
        assert_eq!(alone.len(), 60, "one judge's alone");
        assert_eq!(of(&alone, "P02").number, own.number, "the same sheet, the same number");
        let entry = state.entries_of(&event).find(|(_, entry)| state.numbers(entry).station == "A07").unwrap().0;
        let wanted = Wanted { entry: Some(entry), ..Wanted::default() };
        let theirs = mark_sheets(&state, &event, "B", true, wanted).unwrap();
        assert_eq!(theirs.len(), 6, "one entry's sheets of the module");
        assert!(theirs.iter().all(|sheet| sheet.station == "A07"));
        let wanted = Wanted { number: &agreed.number, ..Wanted::default() };
        let one = mark_sheets(&state, &event, "", true, wanted).unwrap();
        assert_eq!(one, [agreed], "one sheet alone, by its number");
        let wanted = Wanted { number: "1", ..Wanted::default() };
        assert_eq!(mark_sheets(&state, &event, "B", true, wanted).unwrap_err().code, "sheet-number");
    }
}
