//! Beginning a re-check, recording what it finds, asking about results and answering.

use super::{draft, entry, event, needs_reason, not_sealed};
use crate::command::recheck::{AnswerInquiry, BeginRecheck, RaiseInquiry, RecheckSheet};
use crate::competition::Competition;
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{EntryId, InquiryId};
use crate::recheck::{Answer, Extent, Finding, Inquiry, REST, plan};
use crate::results;
use crate::view::paper::find;

/// Begins the re-check; a sample is of those who are ranked.
///
/// # Errors
/// `not-found`, `no-rulebook`, `recheck-rest` for a part of the rest below 15 % or above all of it, `reason-needed` when one was
/// begun already.
pub fn begin(state: &Competition, command: &BeginRecheck, context: &Context) -> Result<Vec<Draft>, Refusal> {
    let setup = event(state, &command.event)?;
    if let Extent::FirstTen { rest } | Extent::FirstThird { rest } = command.extent
        && !(REST..=100).contains(&rest)
    {
        return Err(Refusal::new("recheck-rest").with("least", REST));
    }
    if !setup.recheck.is_empty() {
        needs_reason(&command.reason)?;
    }
    let standings = results::results(state, &command.event)?.outcome.standings;
    let mut ranked: Vec<_> = standings.iter().filter_map(|line| Some((line.rank?, line.entry.as_str()))).collect();
    ranked.sort_unstable();
    let ranked = ranked.into_iter().map(|(_, id)| EntryId::from(id)).collect();
    let plan = plan(command.extent, ranked, context.fresh(0));
    let fact = Fact::Recheck { event: command.event.clone(), plan };
    Ok(vec![draft(fact, setup.recheck.current(), &command.reason)])
}

/// Records what the re-check of a sheet found; a later finding replaces the one before.
///
/// # Errors
/// `not-found`, `sheet-number`, `sheet-unknown`, `missing-name`, `recheck-note` for errors that are not described, `recheck-count`
/// for a description of none.
pub fn sheet(state: &Competition, command: &RecheckSheet) -> Result<Vec<Draft>, Refusal> {
    let setup = event(state, &command.event)?;
    let paper = find(state, &command.event, &command.number)?;
    let note = command.note.trim();
    if command.errors > 0 && note.is_empty() {
        return Err(Refusal::new("recheck-note"));
    }
    if command.errors == 0 && !note.is_empty() {
        return Err(Refusal::new("recheck-count"));
    }
    let plan = setup.recheck.last().map(|(id, _)| id.clone());
    let finding = Finding { by: super::person(&command.by)?, errors: command.errors, note: note.to_owned(), plan };
    let register = state.rechecked.get(&paper.place);
    if register.and_then(|register| register.agreed()) == Some(&finding) {
        return Ok(Vec::new());
    }
    let replaces = register.map(|register| register.current()).unwrap_or_default();
    Ok(vec![draft(Fact::Rechecked { sheet: paper.place, finding }, replaces, "")])
}

/// Records what a delegation asks.
///
/// # Errors
/// `sealed` while names are: who asks would tell whose code it is. `unknown-entry`, `missing-name`, `inquiry-empty`.
pub fn raise(
    state: &Competition,
    command: &RaiseInquiry,
    context: &Context,
) -> Result<(Vec<Draft>, InquiryId), Refusal> {
    event(state, &command.event)?;
    not_sealed(state, &command.event)?;
    let registered = entry(state, &command.entry)?;
    if registered.event() != Some(&command.event) {
        return Err(Refusal::new("unknown-entry"));
    }
    let inquiry = Inquiry {
        event: command.event.clone(),
        entry: command.entry.clone(),
        by: super::person(&command.by)?,
        text: said(&command.text)?,
    };
    let id = InquiryId::new(context.fresh(0));
    Ok((vec![draft(Fact::Asked { inquiry: id.clone(), asked: inquiry }, Vec::new(), "")], id))
}

/// Answers an inquiry; a later answer replaces the one before.
///
/// # Errors
/// `sealed`, `inquiry-unknown`, `missing-name`, `inquiry-empty`.
pub fn answer(state: &Competition, command: &AnswerInquiry) -> Result<Vec<Draft>, Refusal> {
    event(state, &command.event)?;
    not_sealed(state, &command.event)?;
    let own = state.inquiries.get(&command.inquiry);
    let own = own.filter(|own| own.asked.value().is_some_and(|asked| asked.event == command.event));
    let own = own.ok_or(Refusal::new("inquiry-unknown"))?;
    let answer = Answer { by: super::person(&command.by)?, corrected: command.corrected, text: said(&command.text)? };
    if own.answered.agreed() == Some(&answer) {
        return Ok(Vec::new());
    }
    let fact = Fact::Answered { inquiry: command.inquiry.clone(), answer };
    Ok(vec![draft(fact, own.answered.current(), "")])
}

/// What is said, and that it is something.
fn said(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { Err(Refusal::new("inquiry-empty")) } else { Ok(text.to_owned()) }
}
