//! Publishing bulletins, and choosing between those that cross.

use super::{draft, event, needs_reason, person};
use crate::bulletin::{Bulletin, BulletinKind, LEAST_DAYS, Period};
use crate::command::bulletins::{ChooseBulletin, PublishBulletin, Published};
use crate::command::files::Whom;
use crate::competition::{Competition, Event};
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::figures;
use crate::ids::EventId;
use crate::view::{blind, bulletins, finalising};
use sha2::{Digest, Sha256};

/// Most bytes of a bulletin: a record holds 256 KiB, with room for what surrounds it.
const LARGEST: usize = 240 * 1024;
/// Most characters of where to object.
const LONGEST_CONTACT: usize = 200;

/// Does the present state allow a bulletin of this kind? `corrects` is the number it corrects; `today` is `YYYY-MM-DD`.
///
/// # Errors
/// `not-found`; `bulletin-crosses` while a number is not settled; `bulletin-locked` for provisional results that are final;
/// `bulletin-not-final` and `bulletin-sealed` for the others; for a 公告 `bulletin-not-posted`, `bulletin-posted-other` when the results
/// or names are not those of the 公示, `bulletin-period-open`, `bulletin-inquiries`; `bulletin-stands` when one of the kind stands that is not
/// being corrected.
pub fn may(
    state: &Competition,
    id: &EventId,
    kind: BulletinKind,
    corrects: Option<u32>,
    today: &str,
) -> Result<(), Refusal> {
    let setup = event(state, id)?;
    if let Some((number, _)) = setup.bulletins.iter().find(|(_, register)| register.crosses()) {
        return Err(Refusal::new("bulletin-crosses").with("number", number));
    }
    match kind {
        BulletinKind::Provisional if setup.is_final() => return Err(Refusal::new("bulletin-locked")),
        BulletinKind::Provisional => {}
        BulletinKind::Posted => is_final(state, id, setup)?,
        BulletinKind::Announced => {
            is_final(state, id, setup)?;
            was_posted(state, id, setup, today)?;
        }
    }
    match bulletins::standing(setup, kind) {
        Some((number, _)) if corrects != Some(number) => Err(Refusal::new("bulletin-stands").with("number", number)),
        _ => Ok(()),
    }
}

/// Final as both confirmed it, and with names.
fn is_final(state: &Competition, id: &EventId, setup: &Event) -> Result<(), Refusal> {
    if !setup.is_final() {
        return Err(Refusal::new("bulletin-not-final"));
    }
    if finalising::has_changed(state, id) {
        return Err(Refusal::new("results-changed"));
    }
    if setup.is_sealed() { Err(Refusal::new("bulletin-sealed")) } else { Ok(()) }
}

/// These results hung for their whole period, and nobody waits for an answer.
fn was_posted(state: &Competition, id: &EventId, setup: &Event, today: &str) -> Result<(), Refusal> {
    let (number, posted) =
        bulletins::standing(setup, BulletinKind::Posted).ok_or(Refusal::new("bulletin-not-posted"))?;
    if !bulletins::holds(state, id, &finalising::digest(state, id)?, posted) {
        return Err(Refusal::new("bulletin-posted-other").with("number", number));
    }
    if let Some(period) = posted.period.as_ref().filter(|period| !period.is_over(today)) {
        return Err(Refusal::new("bulletin-period-open").with("until", &period.until));
    }
    let of_event = state.inquiries.values().filter(|own| own.asked.value().is_some_and(|asked| asked.event == *id));
    match of_event.filter(|own| own.answered.agreed().is_none()).count() {
        0 => Ok(()),
        count => Err(Refusal::new("bulletin-inquiries").with("count", count)),
    }
}

/// Publishes a bulletin; without a token only says what it would be.
///
/// # Errors
/// Those of [`may`] and of the standings; `bulletin-unknown`, `bulletin-corrected`, `bulletin-other-kind` for what it corrects;
/// `bulletin-whom`, `bulletin-period`, `bulletin-period-past`, `bulletin-short` without a reason, `bulletin-contact`, `bulletin-empty`,
/// `bulletin-too-large`; with a token also `bulletin-stale`, `missing-name`, `reason-needed`.
pub fn publish(
    state: &Competition,
    command: &PublishBulletin,
    context: &Context,
) -> Result<(Vec<Draft>, Published), Refusal> {
    let setup = event(state, &command.event)?;
    if let Some(number) = command.corrects {
        correctable(setup, number, command.kind)?;
    }
    may(state, &command.event, command.kind, command.corrects, &context.today)?;
    let bulletin = written(state, command, &context.today)?;
    let number = setup.bulletins.keys().next_back().map_or(1, |last| last.saturating_add(1));
    let json = serde_json::to_vec(&bulletin).unwrap_or_default();
    if serde_json::to_vec(&bulletin.on_record()).unwrap_or_default().len() > LARGEST {
        return Err(Refusal::new("bulletin-too-large").with("count", bulletin.rows.len()));
    }
    let digest = Sha256::new().chain_update(number.to_be_bytes()).chain_update(json).finalize();
    let token: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    if command.token.is_empty() {
        return Ok((Vec::new(), Published { number, bulletin, token, done: false }));
    }
    if command.token != token {
        return Err(Refusal::new("bulletin-stale"));
    }
    let bulletin = Bulletin { by: person(&command.by)?, ..bulletin };
    if command.corrects.is_some() {
        needs_reason(&command.reason)?;
    }
    if command.reason.trim().is_empty() && bulletin.period.as_ref().and_then(Period::days).is_some_and(is_short) {
        return Err(Refusal::new("bulletin-short").with("least", LEAST_DAYS));
    }
    let fact = Fact::Bulletin { event: command.event.clone(), number, bulletin: Box::new(bulletin.on_record()) };
    let drafts = vec![draft(fact, Vec::new(), &command.reason), figured(state, &command.event, number, command.kind)?];
    Ok((drafts, Published { number, bulletin, token, done: true }))
}

/// What everybody is told beside it, in counts. Without the reason: it is for whoever reads the bulletin.
fn figured(state: &Competition, id: &EventId, number: u32, kind: BulletinKind) -> Result<Draft, Refusal> {
    let replaces = event(state, id)?.figures.current();
    let fact = Fact::Figures { event: id.clone(), figures: figures::of(state, id, number, kind)? };
    Ok(draft(fact, replaces, ""))
}

const fn is_short(days: i64) -> bool {
    days < LEAST_DAYS
}

/// What is corrected stands, and is of the same kind.
fn correctable(setup: &Event, number: u32, kind: BulletinKind) -> Result<(), Refusal> {
    let register = setup.bulletins.get(&number).ok_or(Refusal::new("bulletin-unknown"))?;
    let own = register.agreed().ok_or(Refusal::new("bulletin-crosses").with("number", number))?;
    if let Some(by) = bulletins::corrected_by(setup, number) {
        return Err(Refusal::new("bulletin-corrected").with("number", by));
    }
    if own.kind == kind { Ok(()) } else { Err(Refusal::new("bulletin-other-kind").with("number", number)) }
}

/// The bulletin without the name of who publishes it.
fn written(state: &Competition, command: &PublishBulletin, today: &str) -> Result<Bulletin, Refusal> {
    blind::needs_unlocked(state, &command.event)?;
    if state.has_veiled(&command.event) {
        return Err(Refusal::new("imported-sealed"));
    }
    if matches!(command.columns.whom, Whom::Entry(_)) {
        return Err(Refusal::new("bulletin-whom"));
    }
    let period = match command.kind {
        BulletinKind::Posted => Some(period(command.period.as_ref(), today)?),
        BulletinKind::Provisional | BulletinKind::Announced => None,
    };
    let contact = command.contact.trim().to_owned();
    if contact.chars().count() > LONGEST_CONTACT {
        return Err(Refusal::new("bulletin-contact").with("max", LONGEST_CONTACT));
    }
    let rows = bulletins::table(state, &command.event, command.kind, &command.columns)?;
    if rows.is_empty() {
        return Err(Refusal::new("bulletin-empty"));
    }
    Ok(Bulletin {
        kind: command.kind,
        digest: finalising::digest(state, &command.event)?,
        columns: command.columns.clone(),
        period,
        contact,
        by: String::new(),
        corrects: command.corrects,
        heading: bulletins::heading(state, &command.event),
        sealed: state.is_event_sealed(&command.event),
        rows,
    })
}

/// A period of dates that does not begin before today.
fn period(period: Option<&Period>, today: &str) -> Result<Period, Refusal> {
    let period = period.filter(|period| period.days().is_some()).ok_or(Refusal::new("bulletin-period"))?;
    if period.from.as_str() < today { Err(Refusal::new("bulletin-period-past")) } else { Ok(period.clone()) }
}

/// Chooses between bulletins of one number.
///
/// # Errors
/// `not-found`, `bulletin-unknown`, `bulletin-settled` when nothing crosses, `reason-needed`; those of the standings.
pub fn choose(state: &Competition, command: &ChooseBulletin) -> Result<Vec<Draft>, Refusal> {
    let setup = event(state, &command.event)?;
    let register = setup.bulletins.get(&command.number).ok_or(Refusal::new("bulletin-unknown"))?;
    if !register.crosses() {
        return Err(Refusal::new("bulletin-settled").with("number", command.number));
    }
    let stands = |value: &Bulletin| register.standing().iter().any(|(_, version)| version.value == *value);
    let chosen = register.version(&command.fact).filter(|version| stands(&version.value));
    let chosen = chosen.ok_or(Refusal::new("bulletin-unknown"))?;
    needs_reason(&command.reason)?;
    let bulletin = Box::new(chosen.value.clone());
    let told = figured(state, &command.event, command.number, bulletin.kind)?;
    let fact = Fact::Bulletin { event: command.event.clone(), number: command.number, bulletin };
    Ok(vec![draft(fact, register.current(), &command.reason), told])
}
