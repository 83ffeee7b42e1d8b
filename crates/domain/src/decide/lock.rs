//! Locking (密封) an event: its works get 评审号 drawn anew, and who has which is in no record until two of three codes open it.

use super::{draft, not_sealed, open_event, person};
use crate::coded::{Coded, Seating, seating};
use crate::command::draw::{Label, LockNames};
use crate::command::registration::FieldId;
use crate::competition::{Competition, Event};
use crate::draw::{Layer, Office, Seal};
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::form;
use crate::ids::{EntryId, EventId, SealId};
use crate::lock::{Codes, Key, Lock, OpeningCode};
use crate::register::Register;
use crate::view::draw::without_code;
use crate::view::{blind, hall, home};
use jiangsai_scoring::Mark;
use jiangsai_scoring::rulebook::MarkedBy;
use std::collections::BTreeMap;

/// An entry, and how it goes while it is locked.
struct Labelled<'a> {
    entry: &'a EntryId,
    coded: EntryId,
    code: String,
}

/// What is stuck on each work (or laid on each station), in the order of the stations: the number of now, and the 评审号 that it is judged by.
///
/// # Errors
/// `not-found`, `finalised`, `sealed` already, `nothing-to-draw` without entries, `seal-missing` with how many entries have no number of their own,
/// `lock-work-drawn` where 评审号 were drawn in the open, `lock-marked` with how many marks stand beside names, `too-long` and `lot-form` for the
/// letters before the number.
pub fn labels(state: &Competition, event: &EventId, key: &Key, prefix: &str) -> Result<Vec<Label>, Refusal> {
    let mut labels: Vec<Label> = labelled(state, event, key, prefix)?
        .into_iter()
        .map(|own| {
            let before = state.entries.get(own.entry).map(|entry| blind::blind_code(state, entry).label());
            Label { before: before.unwrap_or_default(), code: own.code }
        })
        .collect();
    labels.sort_by_cached_key(|label| (label.before.chars().count(), label.before.clone()));
    Ok(labels)
}

fn labelled<'a>(
    state: &'a Competition,
    event: &'a EventId,
    key: &Key,
    prefix: &str,
) -> Result<Vec<Labelled<'a>>, Refusal> {
    let setup = open_event(state, event)?;
    not_sealed(state, event)?;
    let entries = state.entries_of(event).filter(|(_, entry)| home::is_marked(setup, entry.status()));
    let mut all: Vec<Labelled<'a>> =
        entries.map(|(entry, _)| Labelled { entry, coded: key.coded(entry), code: String::new() }).collect();
    if all.is_empty() {
        return Err(Refusal::new("nothing-to-draw"));
    }
    let missing = without_code(state, event);
    if missing > 0 {
        return Err(Refusal::new("seal-missing").with("count", missing));
    }
    if setup
        .draws
        .get(&Layer::Work)
        .into_iter()
        .flatten()
        .any(|(_, draw)| draw.standing().iter().any(|(_, own)| own.value.is_some()))
    {
        return Err(Refusal::new("lock-work-drawn"));
    }
    let marked = marked(state, event, setup);
    if marked > 0 {
        return Err(Refusal::new("lock-marked").with("count", marked));
    }
    let prefix = prefix.trim();
    if prefix.chars().count() > 8 {
        return Err(Refusal::new("too-long").with("max", 8));
    }
    // Chance is in the ids.
    all.sort_by(|one, other| one.coded.cmp(&other.coded));
    let digits = all.len().to_string().len().max(2);
    for (own, number) in all.iter_mut().zip(1..) {
        let code = format!("{prefix}{number:0digits$}");
        own.code =
            form::normalise(FieldId::Station, &code).map_err(|_| Refusal::new("lot-form").with("code", &code))?;
    }
    Ok(all)
}

/// Marks of judges that stand: given by an id that stood beside a name. Marks of stages before are for this one to go on from.
fn marked(state: &Competition, event: &EventId, setup: &Event) -> usize {
    let Some(rulebook) = setup.engine().map(|engine| engine.rulebook()).filter(|rules| rules.stages.is_empty()) else {
        return 0;
    };
    let judged = |item: &str| rulebook.item(item).is_some_and(|item| !matches!(item.by, MarkedBy::Imported));
    let own = state.marks.iter().filter(|(place, register)| {
        place.event == *event && judged(place.item.as_str()) && register.value() != Some(&Mark::NotYet)
    });
    own.count()
}

/// Locks the names of an event.
///
/// # Errors
/// Those of [`labels`]; `missing-name`, `too-long`, `two-people`; `opening-code-form` and its kin for codes; `stale` where the labels are not those
/// that were seen, so that some of them are wrong, or where names were locked with this key before.
pub fn lock(state: &Competition, command: &LockNames) -> Result<Vec<Draft>, Refusal> {
    let key = Key::try_from(command.key.clone()).map_err(|_| Refusal::new("stale"))?;
    let [officer, supervisor] = [person(&command.officer)?, person(&command.supervisor)?];
    if officer == supervisor {
        return Err(Refusal::new("two-people"));
    }
    if labels(state, &command.event, &key, &command.prefix)? != command.labels {
        return Err(Refusal::new("stale"));
    }
    let mut codes = Codes::new();
    for (office, code) in &command.codes {
        codes.insert(*office, OpeningCode::read(code)?);
    }
    let seal = key.seal();
    let lock = Lock::new(&seal, &key, &codes).ok_or(Refusal::new("opening-code-form"))?;
    let setup = open_event(state, &command.event)?;
    // Whoever saw that lock opened knows its ids.
    if setup.seal.versions().any(|(_, own)| own.value.seal == seal) {
        return Err(Refusal::new("stale"));
    }
    let sealed = Seal { seal: seal.clone(), officer, supervisor, lock: Some(lock) };
    let mut drafts = vec![draft(Fact::Sealed { event: command.event.clone(), seal: sealed }, setup.seal.current(), "")];
    for own in labelled(state, &command.event, &key, &command.prefix)? {
        let Some(entry) = state.entries.get(own.entry) else { continue };
        let coded = Coded {
            event: command.event.clone(),
            session: String::new(),
            code: own.code,
            status: entry.status(),
            since: entry.status_stage().cloned(),
            lock: Some(seal.clone()),
        };
        let seats = seating(setup, own.entry, Seating::new());
        drafts.push(draft(Fact::Coded { entry: own.coded, coded, seats }, Vec::new(), ""));
    }
    Ok(drafts)
}

/// The codes that an office gives for the locks of an event: those it gave before, and the one that was typed now.
///
/// # Errors
/// `opening-code-needed`, `opening-code-form` and its kin, `opening-code-wrong` where it is of none of them, `opening-code-unwanted` where nothing is
/// locked.
pub(super) fn codes(setup: &Event, office: Office, typed: &str) -> Result<BTreeMap<SealId, OpeningCode>, Refusal> {
    let locks: Vec<(&SealId, &Lock)> = setup.locks().filter_map(|own| Some((&own.seal, own.lock.as_ref()?))).collect();
    match (locks.is_empty(), typed.trim().is_empty(), office) {
        (true, true, Office::DrawOfficer | Office::Supervisor) => return Ok(BTreeMap::new()),
        (true, ..) => return Err(Refusal::new("opening-code-unwanted")),
        (false, true, _) => return Err(Refusal::new("opening-code-needed")),
        (false, false, _) => {}
    }
    let code = OpeningCode::read(typed)?;
    let own = locks.iter().filter(|(seal, lock)| lock.knows(seal, office, &code));
    let mut known: BTreeMap<SealId, OpeningCode> = own.map(|(seal, _)| ((*seal).clone(), code.clone())).collect();
    if known.is_empty() {
        return Err(Refusal::new("opening-code-wrong"));
    }
    let before = setup.openings.get(&office).and_then(Register::value);
    for (seal, code) in before.into_iter().flat_map(|opening| &opening.codes) {
        if locks.iter().any(|(own, _)| *own == seal) {
            known.entry(seal.clone()).or_insert_with(|| code.clone());
        }
    }
    Ok(known)
}

/// Is opening a lock now something to give a reason for: marks are missing, or sheets not signed?
pub(super) fn is_early(state: &Competition, event: &EventId, setup: &Event) -> bool {
    let unmarked = home::modules(state, event, setup).iter().any(|(_, done, all)| done < all);
    unmarked || !matches!(hall::unsigned(state, event), Ok(0))
}
