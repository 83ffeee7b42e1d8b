//! Paper sheets as clerks see them: which there are, how far each is, what differs.

use super::{blind, judges, sheet};
use crate::command::paper::{Difference, FormLine, SheetForm, SheetLine, SheetList, SheetState};
use crate::competition::{Competition, Entry, Event};
use crate::envelope::Refusal;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, JudgeId};
use crate::paper::{SheetMark, read_number, sheet_number};
use crate::register::Register;
use crate::results::{self, markers, markers_for};
use crate::sheet::SheetPlace;
use jiangsai_scoring::rulebook::{Input, Item, MarkedBy, Rulebook};
use jiangsai_scoring::{Exact, Mark, Text, input};
use std::collections::BTreeSet;

/// A sheet and the items on it.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// Which.
    pub place: SheetPlace,
    /// Its entry.
    pub entry: &'a Entry,
    /// Name of the module.
    pub module: Text,
    /// Items and attempts, in reading order.
    pub lines: Vec<(&'a Item, u16)>,
    /// It holds all of the module.
    pub whole: bool,
    /// Its number.
    pub number: String,
}

/// Every sheet of an event (of one module, where one is asked for): for each entry one of every judge who sits in a seat for it and has
/// items in it, and one for agreed and measured items. What the chief judge adjusts stands on none. Who does not go on to a stage has no sheets of it.
///
/// # Errors
/// `not-found`, `no-rulebook`.
pub fn papers<'a>(state: &'a Competition, event: &'a EventId, module: Option<&str>) -> Result<Vec<Paper<'a>>, Refusal> {
    papers_of(state, event, module, markers_for)
}

/// As [`papers`], with who marks an item for an entry by another rule.
fn papers_of<'a>(
    state: &'a Competition,
    event: &'a EventId,
    module: Option<&str>,
    marked_by: impl Fn(&Event, &EntryId, &Item) -> Vec<Option<JudgeId>>,
) -> Result<Vec<Paper<'a>>, Refusal> {
    let (setup, engine) = results::engine_of(state, event)?;
    let rulebook = engine.rulebook();
    let entries = sheet::by_place(state, event);
    let mut papers = Vec::new();
    for node in rulebook.nodes.iter().filter(|node| module.is_none_or(|module| module == node.id)) {
        let items: Vec<&Item> = rulebook.module_items(&node.id).iter().filter_map(|id| rulebook.item(id)).collect();
        // What comes in as a file has a sheet only for who asks for it by name.
        if module.is_none() && items.iter().all(|item| item.by == MarkedBy::Imported) {
            continue;
        }
        for (id, entry) in &entries {
            let code = blind::blind_code(state, entry).label();
            let by = |item: &&Item| if item.is_adjusted() { Vec::new() } else { marked_by(setup, id, item) };
            let markers: Vec<_> = items.iter().map(by).collect();
            for desk in &desks(&markers) {
                let own = items.iter().zip(&markers).filter(|(_, markers)| markers.contains(desk));
                let own: Vec<&Item> = own.map(|(item, _)| *item).collect();
                if !own.iter().any(|item| results::takes_part(state, event, id, &item.id)) {
                    continue;
                }
                let judge = desk.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default();
                papers.push(Paper {
                    place: place(event, id, &node.id, desk.clone()),
                    entry,
                    module: node.name.clone(),
                    whole: own.len() == items.len(),
                    lines: own
                        .into_iter()
                        .flat_map(|item| (1..=item.attempt_count()).map(move |n| (item, n)))
                        .collect(),
                    number: sheet_number(event.as_str(), &code, &node.id, &judge),
                });
            }
        }
    }
    Ok(papers)
}

fn place(event: &EventId, entry: &EntryId, module: &str, judge: Option<JudgeId>) -> SheetPlace {
    SheetPlace { event: event.clone(), entry: entry.clone(), module: module.to_owned(), judge }
}

/// Who has to mark items of these: each judge once, and nobody in particular for agreed and measured ones.
fn desks(markers: &[Vec<Option<JudgeId>>]) -> Vec<Option<JudgeId>> {
    let mut desks = Vec::new();
    for marker in markers.iter().flatten() {
        if !desks.contains(marker) {
            desks.push(marker.clone());
        }
    }
    desks
}

/// The sheet with a number, as typed or scanned.
///
/// # Errors
/// `sheet-number` when the check digits are wrong, `judge-recused` for the sheet of a judge of the panel who does not mark this entry,
/// `sheet-unknown` when no sheet has it, or two have.
pub fn find<'a>(state: &'a Competition, event: &'a EventId, typed: &str) -> Result<Paper<'a>, Refusal> {
    let number = read_number(typed).ok_or(Refusal::new("sheet-number"))?;
    let mut found = papers(state, event, None)?.into_iter().filter(|paper| paper.number == number);
    match (found.next(), found.next()) {
        (Some(paper), None) => Ok(paper),
        (Some(_), Some(_)) => Err(Refusal::new("sheet-unknown")),
        (None, _) => {
            // It may have been printed before somebody else took the seat.
            let before = papers_of(state, event, None, |setup, _, item| markers(setup, item))?;
            let recused = before.into_iter().find(|paper| paper.number == number);
            Err(recused.map_or(Refusal::new("sheet-unknown"), |paper| {
                Refusal::new("judge-recused").with("item", paper.place.module)
            }))
        }
    }
}

impl Paper<'_> {
    /// Where the mark of a line stands.
    #[must_use]
    pub fn mark_place(&self, (item, attempt): (&Item, u16)) -> MarkPlace {
        let SheetPlace { event, entry, judge, .. } = &self.place;
        MarkPlace { attempt, ..MarkPlace::once(event, entry, &item.id.as_str().into(), judge.as_ref()) }
    }

    /// The mark of a line that stands; not yet where two cross.
    #[must_use]
    pub fn mark(&self, state: &Competition, line: (&Item, u16)) -> Mark {
        state.marks.get(&self.mark_place(line)).and_then(Register::agreed).cloned().unwrap_or_default()
    }

    /// Every mark that stands on it.
    #[must_use]
    pub fn marks(&self, state: &Competition) -> Vec<SheetMark> {
        let mark = |line: &(&Item, u16)| SheetMark {
            item: line.0.id.as_str().into(),
            attempt: line.1,
            mark: self.mark(state, *line),
        };
        self.lines.iter().map(mark).collect()
    }

    /// Can a total be computed from it: the result of a whole module, or a sum of points?
    #[must_use]
    pub fn has_total(&self) -> bool {
        let points = |(item, _): &(&Item, u16)| matches!(item.input, Input::Number { .. } | Input::Choice { .. });
        self.place.judge.is_none() && self.whole || self.lines.iter().all(points)
    }

    /// The total of the marks that stand; `None` where there is none yet.
    #[must_use]
    pub fn total(&self, state: &Competition) -> Option<String> {
        if self.place.judge.is_none() && self.whole {
            let scored = results::scored(state, &self.place.event).ok()?;
            return scored.board.shown(scored.entry(&self.place.entry)?, &self.place.module);
        }
        let sum = self.lines.iter().try_fold(Exact::ZERO, |sum, line| match self.mark(state, *line) {
            Mark::Value(value) => Some(sum + value),
            _ => None,
        });
        sum.filter(|_| self.has_total()).map(|sum| sum.to_string())
    }

    fn totals(&self, state: &Competition) -> Option<(String, String)> {
        let typed = &self.recording(state)?.total;
        let computed = self.total(state).filter(|_| !typed.is_empty())?;
        let same = match (Exact::parse_decimal(typed), Exact::parse_decimal(&computed)) {
            (Ok(typed), Ok(computed)) => typed == computed,
            _ => *typed == computed,
        };
        (!same).then(|| (typed.clone(), computed))
    }

    fn recording<'s>(&self, state: &'s Competition) -> Option<&'s crate::paper::Recording> {
        state.papers.get(&self.place)?.recorded.agreed()
    }

    /// Lines on which the checker found something else than stands.
    #[must_use]
    pub fn differences(&self, state: &Competition) -> Vec<Difference> {
        let checked = state.papers.get(&self.place).and_then(|sheet| sheet.checked.agreed());
        let Some(checked) = checked else { return Vec::new() };
        let differs = |(index, line): (usize, &(&Item, u16))| {
            let first = self.mark(state, *line);
            let of = |mark: &&SheetMark| (mark.item.as_str(), mark.attempt) == (line.0.id.as_str(), line.1);
            let second = checked.marks.iter().find(of).map(|mark| mark.mark.clone()).unwrap_or_default();
            (first != second).then(|| Difference {
                line: u32::try_from(index).unwrap_or(u32::MAX),
                first: input::show_mark(line.0, &first),
                second: input::show_mark(line.0, &second),
            })
        };
        self.lines.iter().enumerate().filter_map(differs).collect()
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self, state: &Competition) -> SheetState {
        let Some(sheet) = state.papers.get(&self.place).filter(|sheet| !sheet.recorded.is_empty()) else {
            return SheetState::Missing;
        };
        if sheet.recorded.crosses() || sheet.checked.crosses() || !self.differences(state).is_empty() {
            return SheetState::Differs;
        }
        if self.totals(state).is_some() {
            return SheetState::TotalDiffers;
        }
        if sheet.checked.is_empty() { SheetState::Recorded } else { SheetState::Verified }
    }

    /// The sheet as lists show it.
    #[must_use]
    pub fn line(&self, state: &Competition) -> SheetLine {
        let code = blind::blind_code(state, self.entry);
        SheetLine {
            number: self.number.clone(),
            session: code.session,
            code: code.code,
            module: self.module.clone(),
            judge: self.place.judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default(),
            state: self.state(state),
        }
    }
}

/// Every sheet and how far it is.
///
/// # Errors
/// As for [`papers`].
pub fn list(state: &Competition, event: &EventId) -> Result<SheetList, Refusal> {
    let papers = papers(state, event, None)?;
    Ok(SheetList {
        wanted: wanted(state, event),
        alone: alone(state, event)?,
        sheets: papers.iter().map(|paper| paper.line(state)).collect(),
    })
}

/// Numbers of sheets that one person both typed and confirmed, with the name of that person.
///
/// # Errors
/// As for [`papers`].
pub fn alone(state: &Competition, event: &EventId) -> Result<Vec<(String, String)>, Refusal> {
    if !has_typed(state, event) {
        return Ok(Vec::new());
    }
    let papers = papers(state, event, None)?;
    Ok(papers.into_iter().filter_map(|paper| Some((paper.number, by_one(state, &paper.place)?))).collect())
}

/// Who both typed and confirmed a sheet.
fn by_one(state: &Competition, place: &SheetPlace) -> Option<String> {
    let sheet = state.papers.get(place)?;
    let (recorded, checked) = (sheet.recorded.agreed()?, sheet.checked.agreed()?);
    (recorded.by == checked.by).then(|| recorded.by.clone())
}

/// Do results need every sheet verified?
#[must_use]
pub fn wanted(state: &Competition, event: &EventId) -> bool {
    state.events.get(event).and_then(|setup| setup.paper.value()).copied().unwrap_or(false)
}

/// Was any sheet of the event typed?
fn has_typed(state: &Competition, event: &EventId) -> bool {
    state.papers.keys().any(|place| place.event == *event)
}

/// Sheets that have to be verified and are not: where results need paper every one, else those that somebody typed. A sheet that was
/// signed at the desk needs no paper; whether it still is what was signed for, [`super::hall`] says.
///
/// # Errors
/// As for [`papers`].
pub fn unverified(state: &Competition, event: &EventId) -> Result<Vec<SheetLine>, Refusal> {
    let wanted = wanted(state, event);
    if !wanted && !has_typed(state, event) {
        return Ok(Vec::new());
    }
    let setup = crate::decide::event(state, event)?;
    let marked = |paper: &Paper| super::home::is_marked(setup, paper.entry.status()) && !state.is_signed(&paper.place);
    let papers = papers(state, event, None)?;
    let open = papers.iter().filter(|paper| marked(paper)).map(|paper| paper.line(state));
    let lacking = |line: &SheetLine| match line.state {
        SheetState::Verified => false,
        SheetState::Missing => wanted,
        SheetState::Recorded | SheetState::Differs | SheetState::TotalDiffers => true,
    };
    Ok(open.filter(lacking).collect())
}

/// Places of the sheets whose paper is verified. One that was opened again at the desk since is not among them.
///
/// # Errors
/// As for [`papers`].
pub fn verified(state: &Competition, event: &EventId) -> Result<BTreeSet<SheetPlace>, Refusal> {
    if !has_typed(state, event) {
        return Ok(BTreeSet::new());
    }
    let papers = papers(state, event, None)?.into_iter();
    let own =
        papers.filter(|paper| paper.state(state) == SheetState::Verified && !was_opened_since(state, &paper.place));
    Ok(own.map(|paper| paper.place).collect())
}

/// Was the last word about a sheet at a desk said after its paper was confirmed?
pub(crate) fn was_opened_since(state: &Competition, place: &SheetPlace) -> bool {
    let checked = state.papers.get(place).and_then(|sheet| sheet.checked.last());
    let said = state.sheets.get(place).and_then(Register::last);
    matches!((checked, said), (Some((_, checked)), Some((_, said))) if said.order > checked.order)
}

/// A sheet as a form; with its marks only to call them out.
#[must_use]
pub fn form(state: &Competition, rulebook: &Rulebook, paper: &Paper, called: bool) -> SheetForm {
    let line = |(item, attempt): &(&Item, u16)| FormLine {
        id: if item.attempts.is_some() { format!("{}·{attempt}", item.id) } else { item.id.clone() },
        name: item.name.clone(),
        rule: (*item).clone(),
        optional: rulebook.is_optional(item),
        mark: called.then(|| input::show_mark(item, &paper.mark(state, (item, *attempt)))),
    };
    SheetForm {
        sheet: paper.line(state),
        lines: paper.lines.iter().map(line).collect(),
        has_total: paper.has_total(),
        differences: paper.differences(state),
        totals: paper.totals(state),
        recorder: paper.recording(state).map(|recording| recording.by.clone()).unwrap_or_default(),
    }
}
