//! Who may read a fact: the audience in the header of its record. A node that may not read it gets the header alone.

use super::{Fact, MarkPlace};
use crate::competition::{Competition, Event};
use crate::envelope::Draft;
use crate::ids::{EntryId, EventId, FactId, JudgeId};
use crate::register::Register;
use crate::sheet::{Modules, SheetPlace, SheetState};

/// Every judge's desk.
pub const DESKS: &str = "desks";
/// Organiser, chief judge, supervisor.
const SCORING: &str = "scoring";

/// Who may read what was decided on a state: `public`, `desks`, `desk:<judge>`, `scoring`, `registrars` or `sealed`.
///
/// What names an entry is for desks only while its event is sealed, and only where it names nothing of before: the order in which things
/// were written while names stood beside them would say whose they are.
#[must_use]
pub fn of(state: &Competition, draft: &Draft) -> String {
    let audience = match &draft.fact {
        Fact::Settings(_) | Fact::EventName { .. } | Fact::Rulebook { .. } | Fact::Figures { .. } => "public",
        Fact::Judge { .. }
        | Fact::Panel { .. }
        | Fact::Leader { .. }
        | Fact::Final { .. }
        | Fact::Sealed { .. }
        | Fact::Opened { .. }
        | Fact::Coded { .. }
        | Fact::NotesErased { .. }
        | Fact::Revoked { .. }
        | Fact::Adopted { .. }
        | Fact::Officer { .. }
        | Fact::SignIn { .. }
        | Fact::OfficerKey { .. }
        | Fact::JudgeKey { .. }
        | Fact::KeyRevoked { .. }
        | Fact::Readers(_)
        | Fact::Approved { .. } => DESKS,
        Fact::Person { .. } | Fact::Entry { .. } => "registrars",
        Fact::Lot { .. } => "sealed",
        Fact::Mark { place, .. } | Fact::Note { place, .. } | Fact::Rescore { place, .. } => {
            return own(state, draft, (&place.event, &place.entry), |setup| marked_by(setup, place));
        }
        Fact::Sheet { sheet, .. } => {
            return own(state, draft, (&sheet.event, &sheet.entry), |setup| signed_by(setup, sheet));
        }
        Fact::Confirmed { place, .. } | Fact::ExtraTime { place, .. } => {
            let told = sealed(state, draft, (&place.event, &place.entry)).is_some();
            if told { DESKS } else { SCORING }
        }
        _ => SCORING,
    };
    audience.to_owned()
}

/// For the desk of a judge, where there is one.
fn own(
    state: &Competition,
    draft: &Draft,
    at: (&EventId, &EntryId),
    judge: impl FnOnce(&Event) -> Option<JudgeId>,
) -> String {
    sealed(state, draft, at).and_then(judge).map_or_else(|| SCORING.to_owned(), |judge| format!("desk:{judge}"))
}

/// Who marks at a place: the judge, or who leads the module of what is marked once. Nobody at a desk imports results or adjusts them.
fn marked_by(setup: &Event, place: &MarkPlace) -> Option<JudgeId> {
    place.judge.clone().or_else(|| {
        let sheet = Modules::of(setup.engine()?.rulebook()).sheet_of(place)?;
        setup.leader(&sheet.module).cloned()
    })
}

fn signed_by(setup: &Event, sheet: &SheetPlace) -> Option<JudgeId> {
    sheet.judge.as_ref().or_else(|| setup.leader(&sheet.module)).cloned()
}

/// The event of an entry, while it is sealed and the draft names no record of before.
fn sealed<'a>(state: &'a Competition, draft: &Draft, (event, entry): (&EventId, &EntryId)) -> Option<&'a Event> {
    let setup = state.events.get(event).filter(|setup| setup.is_sealed())?;
    let more: &[FactId] = match &draft.fact {
        Fact::Sheet { state: SheetState::Signed { marks, .. }, .. } => marks,
        Fact::Rescore { request: Some(request), .. } => &request.first,
        _ => &[],
    };
    let before = Before { named: draft.replaces.iter().chain(more).collect(), until: setup.sealed_at() };
    let earlier = state.marks_of(event, entry).any(|(_, register)| before.is_of(Some(register)))
        || match &draft.fact {
            Fact::Note { place, .. } => before.is_of(state.notes.get(place)),
            Fact::Rescore { place, .. } => before.is_of(state.rescores.get(place)),
            Fact::Sheet { sheet, .. } => before.is_of(state.sheets.get(sheet)),
            Fact::Confirmed { place, .. } => before.is_of(state.confirmations.get(place)),
            Fact::ExtraTime { place, .. } => before.is_of(state.extra_times.get(place)),
            _ => false,
        };
    (!earlier).then_some(setup)
}

/// Records that a draft names, and the last place in display order before names were sealed.
struct Before<'a> {
    named: Vec<&'a FactId>,
    until: u64,
}

impl Before<'_> {
    fn is_of<T: PartialEq>(&self, register: Option<&Register<T>>) -> bool {
        let earlier = |register: &Register<T>, id: &FactId| {
            register.version(id).is_some_and(|version| version.order <= self.until)
        };
        register.is_some_and(|register| self.named.iter().any(|id| earlier(register, id)))
    }
}
