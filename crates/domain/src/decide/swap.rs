//! Exchanging what two entries drew (两个赛位对调): both change together, so that at no time two have the same. While names are sealed the two
//! are named by their blind codes, and nothing is said of who they are.

use super::{draft, entry, needs_reason, open_event};
use crate::command::draw::SwapLots;
use crate::competition::{Competition, Covering, Drawn, Entry};
use crate::draw::Layer;
use crate::envelope::{Draft, Refusal};
use crate::fact::{Fact, Numbers};
use crate::ids::EntryId;
use crate::register::Register;
use crate::view::blind;

/// The two changes.
///
/// # Errors
/// `finalised`, `unknown-entry`, `reason-needed`, `swap-nothing` where the two are one, or not both have something to exchange, or have the
/// same, `swap-other-session` where each 场次 draws by itself and the two are in different ones.
pub fn swap(state: &Competition, command: &SwapLots) -> Result<Vec<Draft>, Refusal> {
    open_event(state, &command.event)?;
    let (one_id, other_id) = (blind::resolve(state, &command.one)?, blind::resolve(state, &command.other)?);
    let (one, other) = (of_event(state, command, &one_id)?, of_event(state, command, &other_id)?);
    needs_reason(&command.reason)?;
    let layer = command.layer.unwrap_or_else(|| topmost(state, one));
    let exchanged = match (state.drawn(one, layer), state.drawn(other, layer)) {
        (Drawn::Lot(_), Drawn::Lot(_)) => lots(state, layer, (&one_id, one), (&other_id, other), &command.reason)?,
        (Drawn::NoDraw, Drawn::NoDraw) => numbers(layer, (&one_id, one), (&other_id, other), &command.reason),
        _ => Vec::new(),
    };
    if exchanged.is_empty() {
        return Err(Refusal::new("swap-nothing"));
    }
    let sessions = [one, other].map(|entry| state.numbers(entry).session);
    let works = [one, other].iter().any(|entry| state.drawn(entry, Layer::Work) != Drawn::NoDraw);
    // A 评审号 is drawn in the 场次 of its entry: in another one it would have none.
    if layer == Layer::Place && sessions[0] != sessions[1] && works {
        return Err(Refusal::new("swap-other-session"));
    }
    Ok(exchanged)
}

fn of_event<'a>(state: &'a Competition, command: &SwapLots, id: &EntryId) -> Result<&'a Entry, Refusal> {
    let own = entry(state, id)?;
    blind::needs_unlocked(state, &command.event)?;
    let here = own.registered.value().is_some_and(|registered| registered.event == command.event);
    if here { Ok(own) } else { Err(Refusal::new("unknown-entry")) }
}

/// The layer of the blind code.
fn topmost(state: &Competition, entry: &Entry) -> Layer {
    if matches!(state.drawn(entry, Layer::Work), Drawn::Lot(_)) {
        Layer::Work
    } else if state.numbers(entry).station.is_empty() {
        Layer::Number
    } else {
        Layer::Place
    }
}

/// The lots of one draw, each to the other.
fn lots(
    state: &Competition,
    layer: Layer,
    (one_id, one): (&EntryId, &Entry),
    (other_id, other): (&EntryId, &Entry),
    reason: &str,
) -> Result<Vec<Draft>, Refusal> {
    let (Covering::Draw(held), Covering::Draw(others)) = (state.covering(one, layer), state.covering(other, layer))
    else {
        return Ok(Vec::new());
    };
    if held.draw != others.draw {
        return Err(Refusal::new("swap-other-session"));
    }
    let lot = |entry: &Entry| entry.lots.get(&held.draw).and_then(Register::agreed).cloned().flatten();
    if lot(one) == lot(other) {
        return Ok(Vec::new());
    }
    let given = |id: &EntryId, own: &Entry, from: &Entry| {
        let replaces = own.lots.get(&held.draw).map(Register::current).unwrap_or_default();
        let fact = Fact::Lot { draw: held.draw.clone(), entry: id.clone(), lot: lot(from) };
        draft(fact, replaces, reason)
    };
    Ok(vec![given(one_id, one, other), given(other_id, other, one)])
}

/// Numbers as registered, each to the other; none where a layer is never registered or both have the same.
fn numbers(
    layer: Layer,
    (one_id, one): (&EntryId, &Entry),
    (other_id, other): (&EntryId, &Entry),
    reason: &str,
) -> Vec<Draft> {
    let (own, others) = (one.registered_numbers(), other.registered_numbers());
    let with = |of: &Numbers, from: &Numbers| match layer {
        Layer::Number => Numbers { number: from.number.clone(), ..of.clone() },
        Layer::Place => Numbers { number: of.number.clone(), ..from.clone() },
        Layer::Work => of.clone(),
    };
    let complete = |own: &Numbers| match layer {
        Layer::Number => !own.number.is_empty(),
        Layer::Place => !own.station.is_empty(),
        Layer::Work => false,
    };
    if !complete(&own) || !complete(&others) || with(&own, &others) == own {
        return Vec::new();
    }
    let given = |id: &EntryId, entry: &Entry, numbers: Numbers| {
        draft(Fact::Numbers { entry: id.clone(), numbers }, entry.numbers.current(), reason)
    };
    vec![given(one_id, one, with(&own, &others)), given(other_id, other, with(&others, &own))]
}
