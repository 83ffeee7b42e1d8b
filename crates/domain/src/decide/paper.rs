//! Paper sheets: typing, confirming, settling what differs.

use super::{draft, event, needs_reason, open_event};
use crate::command::paper::{CheckSheet, ChoosePaper, RecordSheet, SettleSheet};
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::paper::{Checking, How, Recording, SheetMark};
use crate::register::Register;
use crate::results::engine_of;
use crate::view::paper::{Paper, find, wanted, was_opened_since};
use jiangsai_scoring::rulebook::Item;
use jiangsai_scoring::{Exact, Mark, input};

/// Chooses whether results need every sheet verified.
///
/// # Errors
/// `not-found`, `finalised`.
pub fn choose(state: &Competition, command: &ChoosePaper) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    if !setup.paper.crosses() && wanted(state, &command.event) == command.wanted {
        return Ok(Vec::new());
    }
    let fact = Fact::Paper { event: command.event.clone(), wanted: command.wanted };
    Ok(vec![draft(fact, setup.paper.current(), "")])
}

/// Types a sheet: its marks, and that they come from it. Typing it again replaces what was typed.
///
/// # Errors
/// `finalised`, `sheet-number`, `sheet-unknown`, `judge-recused`, `missing-name`, `sheet-lines`, `sheet-line` naming the item,
/// `mark-<code>` naming it, `sheet-total` when the total is no number, `sheet-signed` when it changes a mark of a sheet that its judge
/// signed at the desk, `reason-needed` when it changes marks that were there.
pub fn record(state: &Competition, command: &RecordSheet) -> Result<Vec<Draft>, Refusal> {
    open_event(state, &command.event)?;
    let paper = find(state, &command.event, &command.number)?;
    let marks = read(state, &paper, &command.texts)?;
    let total = read_total(&paper, &command.total)?;
    let mut drafts = Vec::new();
    for (line, mark) in paper.lines.iter().zip(&marks) {
        drafts.extend(set_mark(state, &paper, *line, &mark.mark, &command.reason)?);
    }
    let recording = Recording { by: super::person(&command.by)?, total, marks };
    let register = state.papers.get(&paper.place).map(|sheet| &sheet.recorded);
    if drafts.is_empty() && register.and_then(Register::agreed) == Some(&recording) {
        return Ok(drafts);
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    drafts.push(draft(Fact::Recorded { sheet: paper.place, recording }, replaces, &command.reason));
    Ok(drafts)
}

/// Confirms a sheet, or finds something else on it.
///
/// # Errors
/// As for [`record`], and `sheet-not-recorded` before somebody typed it.
pub fn check(state: &Competition, command: &CheckSheet) -> Result<Vec<Draft>, Refusal> {
    open_event(state, &command.event)?;
    let paper = find(state, &command.event, &command.number)?;
    let sheet = state.papers.get(&paper.place).filter(|sheet| !sheet.recorded.is_empty());
    let sheet = sheet.ok_or(Refusal::new("sheet-not-recorded"))?;
    let marks = read(state, &paper, &command.texts)?;
    let checking = Checking { by: super::person(&command.by)?, how: command.how, marks };
    // A sheet that was opened at the desk since is to be confirmed again, though with the same values.
    if sheet.checked.agreed() == Some(&checking) && !was_opened_since(state, &paper.place) {
        return Ok(Vec::new());
    }
    Ok(vec![draft(Fact::Checked { sheet: paper.place, checking }, sheet.checked.current(), "")])
}

/// Settles what differs: the right marks and the right total, which both entries then have.
///
/// # Errors
/// As for [`check`], `reason-needed`, and `sheet-line` for a difference that is left open.
pub fn settle(state: &Competition, command: &SettleSheet) -> Result<Vec<Draft>, Refusal> {
    open_event(state, &command.event)?;
    needs_reason(&command.reason)?;
    let paper = find(state, &command.event, &command.number)?;
    let sheet = state.papers.get(&paper.place).ok_or(Refusal::new("sheet-not-recorded"))?;
    let mut marks = paper.marks(state);
    for difference in paper.differences(state) {
        let at = usize::try_from(difference.line).unwrap_or(usize::MAX);
        let (Some(line), Some(mark)) = (paper.lines.get(at), marks.get_mut(at)) else { continue };
        let text = command.texts.iter().find(|(line, _)| *line == difference.line);
        let (_, text) = text.ok_or_else(|| Refusal::new("sheet-line").with("item", &line.0.id))?;
        mark.mark = read_mark(line.0, text)?;
    }
    let mut drafts = Vec::new();
    for (line, mark) in paper.lines.iter().zip(&marks) {
        drafts.extend(set_mark(state, &paper, *line, &mark.mark, &command.reason)?);
    }
    let by = super::person(&command.by)?;
    let before = sheet.recorded.value().cloned();
    let (recorder, total) = before.map_or_else(|| (by.clone(), String::new()), |before| (before.by, before.total));
    let total = if command.total.trim().is_empty() { total } else { read_total(&paper, &command.total)? };
    let recording = Recording { by: recorder, total, marks: marks.clone() };
    if sheet.recorded.agreed() != Some(&recording) {
        let fact = Fact::Recorded { sheet: paper.place.clone(), recording };
        drafts.push(draft(fact, sheet.recorded.current(), &command.reason));
    }
    if !sheet.checked.is_empty() {
        let how = sheet.checked.value().map_or(How::Blind, |checking| checking.how);
        let checking = Checking { by, how, marks };
        if sheet.checked.agreed() != Some(&checking) {
            let fact = Fact::Checked { sheet: paper.place.clone(), checking };
            drafts.push(draft(fact, sheet.checked.current(), &command.reason));
        }
    }
    Ok(drafts)
}

/// The marks of a sheet, one text a line. A line stays empty only where nobody has to mark it.
fn read(state: &Competition, paper: &Paper, texts: &[String]) -> Result<Vec<SheetMark>, Refusal> {
    let (_, engine) = engine_of(state, &paper.place.event)?;
    if texts.len() != paper.lines.len() {
        return Err(Refusal::new("sheet-lines").with("count", paper.lines.len()));
    }
    let line = |((item, attempt), text): (&(&Item, u16), &String)| {
        let mark = read_mark(item, text)?;
        if mark == Mark::NotYet && !engine.rulebook().is_optional(item) {
            return Err(Refusal::new("sheet-line").with("item", &item.id));
        }
        Ok(SheetMark { item: item.id.as_str().into(), attempt: *attempt, mark })
    };
    paper.lines.iter().zip(texts).map(line).collect()
}

fn read_mark(item: &Item, text: &str) -> Result<Mark, Refusal> {
    input::parse_mark(item, text).map_err(|fault| super::marks::refused(&fault).with("item", &item.id))
}

/// The total on the paper: empty where it has none.
fn read_total(paper: &Paper, text: &str) -> Result<String, Refusal> {
    let text: String = text.trim().chars().map(crate::document::half_width).collect();
    if !paper.has_total() || text == "-" {
        return Ok(String::new());
    }
    Exact::parse_decimal(&text).map(|total| total.to_string()).map_err(|_| Refusal::new("sheet-total"))
}

/// The change of one mark, if it is one.
///
/// # Errors
/// `sheet-signed`, `reason-needed`.
fn set_mark(
    state: &Competition,
    paper: &Paper,
    line: (&Item, u16),
    mark: &Mark,
    reason: &str,
) -> Result<Option<Draft>, Refusal> {
    let place = paper.mark_place(line);
    let register = state.marks.get(&place);
    let stands = match register {
        None => *mark == Mark::NotYet,
        Some(register) => register.agreed() == Some(mark),
    };
    // What is asked for again is given anew, though it stays as it was.
    if stands && !state.awaits_rescore(&place) {
        return Ok(None);
    }
    let setup = event(state, &place.event)?;
    super::marks::unsigned(state, setup, &place)?;
    let there = register.is_some_and(|register| register.crosses() || register.value() != Some(&Mark::NotYet));
    if there || setup.was_final() {
        needs_reason(reason)?;
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    Ok(Some(draft(Fact::Mark { place, mark: mark.clone() }, replaces, reason)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::decide::found::founded::{sample, take};
    use crate::sheet::{Rescore, SheetState};
    use crate::view::paper::{papers, verified};

    #[test]
    fn a_sheet_opened_at_the_desk_is_confirmed_again_and_a_mark_asked_for_again_is_given_again_with_the_same_values() {
        let (mut state, event) = sample();
        let found = papers(&state, &event, None).unwrap();
        let complete = |paper: &&Paper| paper.marks(&state).iter().all(|own| own.mark != Mark::NotYet);
        let paper = found.iter().find(complete).unwrap();
        let show = |((item, _), own): (&(&Item, u16), SheetMark)| input::show_mark(item, &own.mark);
        let texts: Vec<String> = paper.lines.iter().zip(paper.marks(&state)).map(show).collect();
        let (number, place, first) = (paper.number.clone(), paper.place.clone(), paper.mark_place(paper.lines[0]));
        let typed = |reason: &str| RecordSheet {
            competition: "c".into(),
            event: event.clone(),
            number: number.clone(),
            by: "模拟录分员".into(),
            texts: texts.clone(),
            total: "-".into(),
            reason: reason.into(),
        };
        let confirmed = CheckSheet {
            competition: "c".into(),
            event: event.clone(),
            number: number.clone(),
            by: "模拟核分员".into(),
            how: How::Blind,
            texts: texts.clone(),
        };
        let drafts = record(&state, &typed("")).unwrap();
        take(&mut state, drafts);
        let drafts = check(&state, &confirmed).unwrap();
        take(&mut state, drafts);
        assert!(check(&state, &confirmed).unwrap().is_empty(), "said already");
        assert!(verified(&state, &event).unwrap().contains(&place));

        let opened = Fact::Sheet { sheet: place.clone(), state: SheetState::Reopened };
        take(&mut state, vec![draft(opened, Vec::new(), "读数有争议")]);
        assert!(!verified(&state, &event).unwrap().contains(&place));
        let drafts = check(&state, &confirmed).unwrap();
        assert_eq!(drafts.len(), 1, "confirmed anew");
        take(&mut state, drafts);
        assert!(verified(&state, &event).unwrap().contains(&place));

        let asked = Some(Rescore { first: state.current_mark(&first) });
        take(&mut state, vec![draft(Fact::Rescore { place: first.clone(), request: asked }, Vec::new(), "偏差")]);
        assert!(state.awaits_rescore(&first));
        let drafts = record(&state, &typed("复评维持原分")).unwrap();
        take(&mut state, drafts);
        assert!(!state.awaits_rescore(&first), "it was given again");
    }
}
