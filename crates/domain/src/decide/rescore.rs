//! Asking for marks to be given again. The first marks stay on record, and the sheets they stand on are opened.

use super::{draft, needs_reason, open_event};
use crate::command::hall::RequestRescore;
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::{Fact, MarkPlace};
use crate::ids::JudgeId;
use crate::register::Register;
use crate::results::places_for;
use crate::sheet::{Modules, Rescore, SheetState};
use crate::view::blind;
use jiangsai_scoring::Mark;

/// A request, or that it is taken back.
///
/// # Errors
/// `not-found`, `finalised`, `no-rulebook`, `unknown-entry`, `unknown-item`, `reason-needed`, `nothing-to-rescore` when none of those asked
/// has marked it, or there is no request to take back.
pub fn request(state: &Competition, command: &RequestRescore) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    let entry = blind::resolve(state, &command.entry)?;
    let item = engine.rulebook().item(command.item.as_str());
    let item = item.ok_or(Refusal::new("unknown-item").with("item", &command.item))?;
    needs_reason(&command.reason)?;
    let modules = Modules::of(engine.rulebook());
    let wanted = |judge: &Option<JudgeId>| match judge {
        Some(judge) => command.judges.is_empty() || command.judges.contains(judge),
        None => true,
    };
    let mut markers: Vec<Option<JudgeId>> =
        places_for(setup, &entry, item).into_iter().map(|(judge, _)| judge).collect();
    markers.dedup();
    markers.sort();
    markers.dedup();
    let mut drafts = Vec::new();
    for judge in markers.into_iter().filter(wanted) {
        let place = MarkPlace::once(&command.event, &entry, &command.item, judge.as_ref());
        let register = state.rescores.get(&place);
        let replaces = register.map(Register::current).unwrap_or_default();
        if command.withdraw {
            if register.and_then(Register::value).is_some_and(Option::is_some) {
                drafts.push(draft(Fact::Rescore { place, request: None }, replaces, &command.reason));
            }
            continue;
        }
        let attempts: Vec<MarkPlace> =
            (1..=item.attempt_count()).map(|attempt| MarkPlace { attempt, ..place.clone() }).collect();
        let first = given(state, &attempts);
        if first.is_empty() {
            continue;
        }
        let sheet = modules.sheet_of(&place).filter(|sheet| state.is_signed(sheet));
        drafts.push(draft(Fact::Rescore { place, request: Some(Rescore { first }) }, replaces, &command.reason));
        if let Some(sheet) = sheet {
            let replaces = state.sheets.get(&sheet).map(Register::current).unwrap_or_default();
            drafts.push(draft(Fact::Sheet { sheet, state: SheetState::Reopened }, replaces, &command.reason));
        }
    }
    if drafts.is_empty() { Err(Refusal::new("nothing-to-rescore")) } else { Ok(drafts) }
}

/// The records of the marks that stand at these places.
fn given(state: &Competition, places: &[MarkPlace]) -> Vec<crate::ids::FactId> {
    let registers = places.iter().filter_map(|place| state.marks.get(place));
    let marked = registers.filter(|register| register.value().is_some_and(|mark| *mark != Mark::NotYet));
    marked.flat_map(Register::current).collect()
}
