//! The re-check of an event as clerks see it, and what was asked about its results.

use super::{blind, entries, home, paper};
use crate::command::recheck::{InquiryLine, RecheckLine, RecheckView};
use crate::competition::{Competition, Event};
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::recheck::{Extent, Finding, Plan, too_many};
use crate::register::{Register, Version};
use crate::sheet::SheetPlace;

/// The re-check as it stands.
///
/// # Errors
/// `not-found`, `no-rulebook`.
pub fn show(state: &Competition, event: &EventId) -> Result<RecheckView, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let sealed = state.is_event_sealed(event);
    let inquiries = if sealed { Vec::new() } else { inquiries(state, event) };
    let Some(plan) = setup.recheck.value() else {
        return Ok(RecheckView { inquiries, sealed, ..RecheckView::default() });
    };
    let (sheets, all) = sheets(state, event, setup, plan)?;
    let count = |wanted: &dyn Fn(&Finding) -> bool| {
        let found = sheets.iter().filter(|line| line.finding.as_ref().is_some_and(wanted)).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    Ok(RecheckView {
        extent: Some(plan.extent),
        seed: plan.seed.clone(),
        done: count(&|_| true),
        wrong: count(&|finding| finding.errors > 0),
        sheets,
        all,
        inquiries,
        sealed,
    })
}

/// How many sheets of the re-check nobody has looked at yet; none before it was begun.
///
/// # Errors
/// `not-found`, `no-rulebook`.
pub fn left(state: &Competition, event: &EventId) -> Result<usize, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let Some(plan) = setup.recheck.value() else { return Ok(0) };
    let (sheets, _) = sheets(state, event, setup, plan)?;
    Ok(sheets.iter().filter(|line| line.finding.is_none()).count())
}

/// The sheets to re-check; every one, and that it is so, once too many of those that the plan names had errors.
fn sheets(
    state: &Competition,
    event: &EventId,
    setup: &Event,
    plan: &Plan,
) -> Result<(Vec<RecheckLine>, bool), Refusal> {
    let lines = lines(state, event, setup, plan)?;
    let planned: Vec<&RecheckLine> = lines.iter().filter(|(planned, _)| *planned).map(|(_, line)| line).collect();
    let wrong = planned.iter().filter(|line| line.finding.as_ref().is_some_and(|own| own.errors > 0)).count();
    let all = plan.extent != Extent::All && too_many(wrong, planned.len());
    Ok((lines.into_iter().filter(|(planned, _)| all || *planned).map(|(_, line)| line).collect(), all))
}

/// Every sheet that can be re-checked, and whether the plan names it.
fn lines(
    state: &Competition,
    event: &EventId,
    setup: &Event,
    plan: &Plan,
) -> Result<Vec<(bool, RecheckLine)>, Refusal> {
    let papers = paper::papers(state, event, None)?;
    let marked = papers.iter().filter(|paper| home::is_marked(setup, paper.entry.status()));
    let line = |paper: &paper::Paper<'_>| {
        let why = why(plan, &paper.place.entry);
        let finding = finding(state, &paper.place);
        let why_key = why.unwrap_or("recheck-why-errors").to_owned();
        (why.is_some(), RecheckLine { sheet: paper.line(state), why: why_key, finding })
    };
    Ok(marked.map(line).collect())
}

/// What stands as found on a sheet under the plan of now; what was found before the re-check was begun anew is on record and no more.
fn standing<'a>(state: &'a Competition, sheet: &SheetPlace) -> Vec<&'a Version<Finding>> {
    let plan = state.events.get(&sheet.event).and_then(|setup| setup.recheck.last()).map(|(id, _)| id);
    let register = state.rechecked.get(sheet);
    let standing = register.map(Register::standing).unwrap_or_default().into_iter().map(|(_, version)| version);
    standing.filter(|version| version.value.plan.as_ref() == plan).collect()
}

/// Sheets of an event on which different things were found side by side: they have to be looked at again.
#[must_use]
pub fn crossing(state: &Competition, event: &EventId) -> usize {
    let own = state.rechecked.keys().filter(|sheet| sheet.event == *event);
    let found = own.map(|sheet| standing(state, sheet));
    found.filter(|found| found.iter().any(|one| one.value != found[0].value)).count()
}

/// What was found on a sheet; nothing while different findings cross. A note of before sealing may name somebody.
fn finding(state: &Competition, sheet: &SheetPlace) -> Option<Finding> {
    let found = standing(state, sheet);
    let last = found.last().filter(|last| found.iter().all(|one| one.value == last.value))?;
    let mut finding = last.value.clone();
    if blind::is_of_before(state, &sheet.event, last) && !finding.note.is_empty() {
        blind::MASKED.clone_into(&mut finding.note);
    }
    Some(finding)
}

/// Why the plan names the sheets of an entry.
fn why(plan: &Plan, entry: &EntryId) -> Option<&'static str> {
    match plan.extent {
        Extent::All => Some("recheck-why-all"),
        _ if plan.first.contains(entry) => Some("recheck-why-first"),
        _ if plan.drawn.contains(entry) => Some("recheck-why-drawn"),
        _ => None,
    }
}

/// What was asked, the unanswered first, then by time of asking.
fn inquiries(state: &Competition, event: &EventId) -> Vec<InquiryLine> {
    let mut lines: Vec<_> = state
        .inquiries
        .iter()
        .filter_map(|(id, own)| {
            let (_, version) = own.asked.last()?;
            let asked = version.value.clone();
            let entry = state.entries.get(&asked.entry).filter(|_| asked.event == *event)?;
            let answer = own.answered.agreed().cloned();
            let line = InquiryLine {
                inquiry: id.clone(),
                number: blind::called(state, &asked.entry),
                name: entries::name_and_unit(state, entry).0,
                by: asked.by,
                text: asked.text,
                answer,
            };
            Some((line.answer.is_some(), version.order, line))
        })
        .collect();
    lines.sort_by(|one, other| (one.0, one.1, &one.2.inquiry).cmp(&(other.0, other.1, &other.2.inquiry)));
    lines.into_iter().map(|(.., line)| line).collect()
}
