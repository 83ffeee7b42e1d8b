//! What printed mark sheets hold: one sheet per entry, by 场次 and 赛位号, without names.

use super::{home, judges, sheet, words};
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, JudgeId};
use crate::register::Register;
use crate::results::{self, markers};
use jiangsai_scoring::{Text, input};

/// One mark sheet (评分表).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkSheet {
    /// 场次, or empty.
    pub session: String,
    /// 赛位号, or 参赛号 while there is none.
    pub station: String,
    /// Module.
    pub module: Text,
    /// Code of the judge; empty for agreed and measured items.
    pub judge: String,
    /// Lines in reading order.
    pub lines: Vec<SheetLine>,
    /// Result of the module as printed; empty on a blank sheet and while it has none.
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
    let name = rulebook.node(module).map(|node| node.name.clone()).unwrap_or_default();
    let mut desks: Vec<Option<JudgeId>> = Vec::new();
    for marker in items.iter().flat_map(|item| markers(setup, item)) {
        if !desks.contains(&marker) && (judge.is_none() || marker.as_ref() == judge) {
            desks.push(marker);
        }
    }
    let mut sheets = Vec::new();
    for (id, entry) in sheet::by_place(state, event) {
        let scored = if filled { results::scored(state, event).ok() } else { None };
        let scored = scored.and_then(|scored| Some((&scored.board, scored.entry(id)?)));
        for desk in &desks {
            let own = items.iter().filter(|item| markers(setup, item).contains(desk));
            let own = own.flat_map(|item| (1..=item.attempt_count()).map(move |attempt| (item, attempt)));
            let lines = own.map(|(item, attempt)| SheetLine {
                id: if item.attempts.is_some() { format!("{}·{attempt}", item.id) } else { item.id.clone() },
                name: item.name.clone(),
                max: item.max.as_ref().map(ToString::to_string).unwrap_or_default(),
                how: words::item(rulebook, item),
                mark: if filled { mark(state, event, id, (item, attempt), desk.as_ref()) } else { String::new() },
            });
            let result = match (&desk, scored) {
                (None, Some((board, entry))) => board.shown(entry, module).unwrap_or_default(),
                _ => String::new(),
            };
            sheets.push(MarkSheet {
                session: entry.numbers().session,
                station: home::blind_code(state, id),
                module: name.clone(),
                judge: desk.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default(),
                lines: lines.collect(),
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
