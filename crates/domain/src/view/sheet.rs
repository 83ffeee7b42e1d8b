//! The grid for marks: rows by 场次 and 赛位号, without names.

use super::{Words, blind, home, judges, words};
use crate::command::marks::{CellState, Sheet, SheetCell, SheetChoice, SheetColumn, SheetOf, SheetRow};
use crate::competition::{Competition, Entry, Event};
use crate::envelope::Refusal;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, ItemId, JudgeId};
use crate::register::Register;
use crate::results::{self, markers, places, places_for};
use jiangsai_scoring::rulebook::{Expr, Input, Item, Node, Rulebook};
use jiangsai_scoring::words::item_in_brief;
use jiangsai_scoring::{Board, Derivation, EntryStatus, Mark, Text, input};

/// The sheet asked for, or the first thing with marks missing.
///
/// # Errors
/// `not-found`, `no-rulebook`, `unknown-item` when there is no such sheet.
pub fn sheet(state: &Competition, event: &EventId, of: Option<&SheetOf>) -> Result<Sheet, Refusal> {
    let (setup, engine) = results::engine_of(state, event)?;
    let rulebook = engine.rulebook();
    let choices = choices(state, event, setup, rulebook);
    let of = match of {
        Some(of) => of.clone(),
        None => {
            let first = choices.iter().find(|choice| choice.open > 0).or_else(|| choices.first());
            first.map(|choice| choice.of.clone()).ok_or(Refusal::new("no-rulebook"))?
        }
    };
    let columns = columns(state, setup, rulebook, &of)?;
    let rows =
        by_place(state, event).into_iter().map(|(id, entry)| row(state, event, id, entry, &of, &columns)).collect();
    let (title, rule) = heading(rulebook, &of);
    Ok(Sheet {
        choices,
        of,
        title,
        rule,
        columns,
        rows,
        locked: setup.is_final(),
        veiled: state.veiled.get(event).map_or(0, |veil| veil.results),
    })
}

/// One row of a sheet, as it is now.
///
/// # Errors
/// As for [`sheet`].
pub fn one_row(state: &Competition, event: &EventId, entry: &EntryId, of: &SheetOf) -> Result<SheetRow, Refusal> {
    let (setup, engine) = results::engine_of(state, event)?;
    let columns = columns(state, setup, engine.rulebook(), of)?;
    let id = blind::resolve(state, entry)?;
    let own = state.entries.get(&id).ok_or(Refusal::new("unknown-entry"))?;
    Ok(row(state, event, &id, own, of, &columns))
}

/// The sheet on which a mark is entered: a panel item has its own, the rest is a judge's module.
#[must_use]
pub fn sheet_of(rulebook: &Rulebook, item: &Item) -> SheetOf {
    if item.panel().is_some() {
        return SheetOf::Item(ItemId::from(item.id.as_str()));
    }
    let columns = rulebook.columns();
    let parent = columns.into_iter().find(|column| column.id == item.id).and_then(|column| column.parent);
    SheetOf::Module { module: parent.unwrap_or_default(), judge: None }
}

/// Entries that did not withdraw, by 场次 and blind code.
#[must_use]
pub fn by_place<'a>(state: &'a Competition, event: &'a EventId) -> Vec<(&'a EntryId, &'a Entry)> {
    let mut entries: Vec<(&EntryId, &Entry)> =
        state.entries_of(event).filter(|(_, entry)| entry.status() != EntryStatus::Withdrawn).collect();
    entries.sort_by_cached_key(|(id, entry)| place_key(state, id, entry));
    entries
}

/// Session, then code, short ones first.
fn place_key(state: &Competition, id: &EntryId, entry: &Entry) -> (usize, String, usize, String, EntryId) {
    let blind::BlindCode { session, code } = blind::blind_code(state, entry);
    (session.chars().count(), session, code.chars().count(), code, id.clone())
}

fn choices(state: &Competition, event: &EventId, setup: &Event, rulebook: &Rulebook) -> Vec<SheetChoice> {
    let columns = rulebook.columns();
    let name_of = |id: &str| columns.iter().find(|column| column.id == id).map(|column| column.name.clone());
    let mut choices: Vec<SheetChoice> = Vec::new();
    for column in &columns {
        let Some(item) = rulebook.item(&column.id) else { continue };
        let module = column.parent.as_deref().and_then(name_of).unwrap_or_else(|| Text::new("其他", "Other"));
        if state.leaves_out(event, item) {
            continue;
        }
        let (done, cells) = home::progress(state, event, setup, &item.id);
        let of = sheet_of(rulebook, item);
        let name = match &of {
            SheetOf::Item(_) => {
                Text::new(format!("{} {}", item.id, item.name.zh), format!("{} {}", item.id, item.name.en))
            }
            SheetOf::Module { .. } => module.clone(),
        };
        match choices.iter_mut().find(|choice| choice.of == of) {
            Some(choice) => {
                choice.open += cells - done;
                choice.cells += cells;
            }
            None => choices.push(SheetChoice { of, module, name, open: cells - done, cells }),
        }
    }
    choices
}

fn columns(state: &Competition, setup: &Event, rulebook: &Rulebook, of: &SheetOf) -> Result<Vec<SheetColumn>, Refusal> {
    let editable = !setup.is_final();
    match of {
        SheetOf::Item(id) => {
            let item = rulebook.item(id.as_str()).ok_or(Refusal::new("unknown-item").with("item", id))?;
            let column = |(judge, attempt): (Option<JudgeId>, u16)| SheetColumn {
                head: head(
                    judge.as_ref().map_or_else(|| item.id.clone(), |judge| judges::code(state, judge)),
                    item,
                    attempt,
                ),
                about: item_in_brief(rulebook, item),
                item: id.clone(),
                judge,
                attempt,
                rule: item.clone(),
                editable,
            };
            Ok(places(setup, item).into_iter().map(column).collect())
        }
        SheetOf::Module { module, judge } => {
            let wanted =
                rulebook.columns().into_iter().filter(|column| column.parent.as_deref().unwrap_or("") == module);
            let columns: Vec<SheetColumn> = wanted
                .filter_map(|column| rulebook.item(&column.id))
                .filter(|item| markers(setup, item).contains(judge))
                .flat_map(|item| (1..=item.attempt_count()).map(move |attempt| (item, attempt)))
                .map(|(item, attempt)| SheetColumn {
                    head: head(item.id.clone(), item, attempt),
                    about: Text::new(
                        format!("{}：{}", item.name.zh, item_in_brief(rulebook, item).zh),
                        format!("{}: {}", item.name.en, item_in_brief(rulebook, item).en),
                    ),
                    item: item.id.as_str().into(),
                    judge: judge.clone(),
                    attempt,
                    rule: item.clone(),
                    editable,
                })
                .collect();
            if columns.is_empty() { Err(Refusal::new("unknown-item").with("item", module)) } else { Ok(columns) }
        }
    }
}

/// The heading of a column, with the attempt where there are several.
fn head(name: String, item: &Item, attempt: u16) -> String {
    if item.attempts.is_some() { format!("{name}·{attempt}") } else { name }
}

fn heading(rulebook: &Rulebook, of: &SheetOf) -> (Text, Text) {
    match of {
        SheetOf::Item(id) => rulebook.item(id.as_str()).map_or_else(Default::default, |item| {
            let max = item.max.as_ref().map(ToString::to_string);
            let title = Text::new(format!("{} {}", item.id, item.name.zh), format!("{} {}", item.id, item.name.en));
            let how = item_in_brief(rulebook, item);
            let rule = match max {
                Some(max) => Text::new(format!("配分 {max}，{}", how.zh), format!("maximum {max}, {}", how.en)),
                None => how,
            };
            (title, rule)
        }),
        SheetOf::Module { module, .. } => {
            let other = || (Text::new("其他", "Other"), Text::default());
            rulebook.node(module).map_or_else(other, |node| {
                let max = node.max.as_ref().map(ToString::to_string);
                let rule = max.map(|max| Text::new(format!("配分 {max}"), format!("maximum {max}")));
                (node.name.clone(), rule.unwrap_or_default())
            })
        }
    }
}

fn row(
    state: &Competition,
    event: &EventId,
    id: &EntryId,
    entry: &Entry,
    of: &SheetOf,
    columns: &[SheetColumn],
) -> SheetRow {
    let scored = results::scored(state, event).ok().and_then(|scored| Some((&scored.board, scored.entry(id)?)));
    let setup = state.events.get(event);
    let marks: Vec<(Option<&Register<Mark>>, &SheetColumn)> = columns
        .iter()
        .map(|column| {
            // A column is a seat: for this entry somebody else may sit in it, or nobody.
            let sitting = match (setup, &column.judge, column.rule.panel()) {
                (Some(setup), Some(seat), Some(panel)) => setup.sitting(id, panel, seat),
                (_, judge, _) => judge.as_ref(),
            };
            if column.judge.is_some() && sitting.is_none() {
                return (None, column);
            }
            let once = MarkPlace::once(event, id, &column.item, sitting);
            let place = MarkPlace { attempt: column.attempt, ..once };
            (state.marks.get(&place), column)
        })
        .collect();
    let mut cells: Vec<SheetCell> = marks.iter().map(|(register, column)| cell(*register, &column.rule)).collect();
    for (cell, column) in cells.iter_mut().zip(columns).filter(|(cell, _)| cell.state == CellState::NotYet) {
        if !results::takes_part(state, event, id, column.item.as_str()) {
            cell.state = CellState::NotGoingOn;
        }
    }
    let mut note = None;
    if let Some(scored) = scored {
        note = annotate(scored, of, columns, &mut cells);
    }
    let blind::BlindCode { session, code } = blind::blind_code(state, entry);
    SheetRow {
        entry: blind::handle(state, id, entry),
        session,
        station: code,
        status: entry.status(),
        result: scored.map(|(board, entry)| result(board, entry, of, setup)).unwrap_or_default(),
        cells,
        note,
    }
}

/// One mark as it is shown.
pub(super) fn cell(register: Option<&Register<Mark>>, item: &Item) -> SheetCell {
    let Some(register) = register else {
        return SheetCell { text: String::new(), state: CellState::NotYet, current: Vec::new() };
    };
    if register.crosses() {
        let texts: Vec<String> =
            register.standing().iter().map(|(_, version)| input::show_mark(item, &version.value)).collect();
        return SheetCell { text: texts.join(" ≠ "), state: CellState::Crossing, current: register.current() };
    }
    let mark = register.value().cloned().unwrap_or_default();
    let state = match mark {
        Mark::NotYet => CellState::NotYet,
        Mark::Absent => CellState::Absent,
        Mark::Void => CellState::Void,
        Mark::Value(_) | Mark::Answer(_) => CellState::Saved,
    };
    SheetCell { text: input::show_mark(item, &mark), state, current: register.current() }
}

/// Marks what the rule leaves out and what is out of line, and says what to know about the row.
fn annotate(
    (board, entry): (&Board, usize),
    of: &SheetOf,
    columns: &[SheetColumn],
    cells: &mut [SheetCell],
) -> Option<Words> {
    let SheetOf::Item(item) = of else { return None };
    if let Some(check) = board.checks(entry).iter().find(|check| check.item == item.as_str()) {
        if let Some(spread) = &check.spread {
            for cell in cells.iter_mut().filter(|cell| cell.state == CellState::Saved) {
                cell.state = CellState::OutOfLine;
            }
            return Some(words("sheet-spread", &[("spread", spread), ("limit", &check.limit)]));
        }
        return Some(words("sheet-spread-unknown", &[("limit", &check.limit)]));
    }
    let left_out = left_out(board, entry, item);
    for (cell, column) in cells.iter_mut().zip(columns) {
        let dropped = column.judge.as_ref().is_some_and(|judge| left_out.contains(&judge.to_string()));
        if dropped && cell.state == CellState::Saved {
            cell.state = CellState::Dropped;
        }
    }
    let missing = cells.iter().filter(|cell| cell.state == CellState::NotYet).count();
    if cells.iter().any(|cell| cell.state == CellState::Crossing) {
        return Some(words("sheet-crossing", &[]));
    }
    (missing > 0 && missing < cells.len()).then(|| words("sheet-waiting", &[("count", &missing)]))
}

/// Judges whose marks a trim left out, from the derivation of the item.
fn left_out(board: &Board, entry: usize, item: &ItemId) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(derivation) = board.explain(entry, item.as_str()) {
        collect(&derivation, &mut found);
    }
    found
}

fn collect(step: &Derivation, found: &mut Vec<String>) {
    if step.left_out
        && let Some((_, judge)) = step.with.iter().find(|(name, _)| name == "judge")
    {
        found.push(judge.clone());
    }
    step.parts.iter().for_each(|part| collect(part, found));
}

/// The result of the sheet for one entry, as printed. Of placings the mean is none: theirs is the place that a node makes of them, where
/// there is such a node.
fn result(board: &Board, entry: usize, of: &SheetOf, setup: Option<&Event>) -> String {
    let id = match of {
        SheetOf::Item(item) => {
            let rulebook = setup.and_then(Event::engine).map(|engine| engine.rulebook());
            match rulebook.and_then(|rulebook| Some((rulebook, rulebook.item(item.as_str())?))) {
                Some((rulebook, rule)) if matches!(rule.input, Input::Placing { .. }) => {
                    let made = |node: &&Node| matches!(&node.value, Expr::MajorityPlace(of) if *of == rule.id);
                    let Some(node) = rulebook.nodes.iter().find(made) else { return String::new() };
                    node.id.as_str()
                }
                _ => item.as_str(),
            }
        }
        SheetOf::Module { module, .. } => module.as_str(),
    };
    board.shown(entry, id).unwrap_or_default()
}

/// Every place of an event to be marked, by 场次 and 赛位号: 参赛号 (while sealed the blind code), item, judge's code (empty where the item takes none) and attempt (empty
/// where there is one).
///
/// # Errors
/// `not-found`, `no-rulebook`.
pub fn blank_rows(state: &Competition, event: &EventId) -> Result<Vec<[String; 4]>, Refusal> {
    let (setup, engine) = results::engine_of(state, event)?;
    let mut rows = Vec::new();
    for (id, _) in by_place(state, event) {
        let number = blind::called(state, id);
        for item in engine.rulebook().items() {
            for (judge, attempt) in places_for(setup, id, item) {
                let code = judge.map(|judge| judges::code(state, &judge)).unwrap_or_default();
                let attempt = if item.attempts.is_some() { attempt.to_string() } else { String::new() };
                rows.push([number.clone(), item.id.clone(), code, attempt]);
            }
        }
    }
    Ok(rows)
}
