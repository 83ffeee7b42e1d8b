//! What is in quarantine (隔离): who said what, when, and why it has no effect.

use super::{blind, history, judges};
use crate::command::competition::HistoryLine;
use crate::command::quarantine::{Quarantine, QuarantinedRow, RevokedNode};
use crate::competition::Competition;
use crate::envelope::Envelope;
use crate::fact::Fact;
use crate::ids::{EntryId, EventId, FactId, JudgeId};
use crate::trust::{Origin, Said, Says, Why};
use std::collections::BTreeSet;

/// The list, newest first. Values and names are said as in the history, with what is sealed left out.
#[must_use]
pub fn list(state: &Competition) -> Quarantine {
    let ids: BTreeSet<&FactId> = state.quarantine.keys().collect();
    // What it would say if it counted: places, names and what is sealed are put into words in one way.
    let then = state.with_released(ids.iter().copied());
    let then = then.in_sight().unwrap_or(then);
    let mut lines = history::lines_of(&then, &ids);
    let mut rows: Vec<((u64, FactId), QuarantinedRow)> = Vec::new();
    for (id, own) in &state.quarantine {
        let line = lines.remove(id).unwrap_or_else(|| unread(state, &own.envelope));
        let sheet = own.envelope.fact.as_ref().ok().and_then(sheet_of);
        let sheet = sheet.map(|(_, entry, judge)| {
            let entry = blind::called(&then, entry);
            match judge {
                Some(judge) => format!("{entry} · {}", judges::code(&then, judge)),
                None => entry,
            }
        });
        let row = QuarantinedRow {
            line,
            node: own.envelope.origin.node.clone(),
            seq: own.envelope.origin.seq,
            why: own.why,
            sheet: sheet.unwrap_or_default(),
            adoptable: own.envelope.fact.is_ok(),
        };
        rows.push(((own.envelope.order, id.clone()), row));
    }
    let mut said_again = |order: u64, id: &FactId, (line, origin, why): (HistoryLine, &Origin, Why)| {
        let (node, seq) = (origin.node.clone(), origin.seq);
        let row = QuarantinedRow { line, node, seq, why, sheet: String::new(), adoptable: false };
        rows.push(((order, id.clone()), row));
    };
    for (id, said, why) in state.trust.unheard() {
        said_again(said.order, id, (said_line(state, id, said), &said.origin, why));
    }
    for (id, own) in state.people.said().filter(|(_, own)| !state.trust.trusts(&own.origin)) {
        said_again(own.order, id, (unread(state, own), &own.origin, Why::Revoked));
    }
    rows.sort_by(|(one, _), (other, _)| other.cmp(one));
    let nodes = state.trust.revoked().filter_map(|node| {
        let (_, said) = state.trust.of(node).pop()?;
        let (crosses, open) = (state.trust.crosses(node), state.trust.is_open(node));
        Some(RevokedNode { node: node.clone(), at: said.at, reason: said.reason.clone(), crosses, open })
    });
    Quarantine { nodes: nodes.collect(), records: rows.into_iter().map(|(_, row)| row).collect() }
}

/// A line for what was said about trust.
#[must_use]
pub fn said_line(state: &Competition, id: &FactId, said: &Said) -> HistoryLine {
    let (kind, args, after) = match &said.says {
        Says::Revoked(node, Some(_)) => ("history-node-revoked", ("node", short(node.as_str())), String::new()),
        Says::Revoked(node, None) => ("history-node-restored", ("node", short(node.as_str())), String::new()),
        Says::Adopted(records) => ("history-adopted", ("count", records.len().to_string()), String::new()),
    };
    HistoryLine {
        fact: id.clone(),
        at: said.at,
        actor: judges::actor_shown(state, said.actor.as_str()),
        what: (kind.to_owned(), vec![(args.0.to_owned(), args.1)]),
        before: String::new(),
        after,
        reason: said.reason.clone(),
    }
}

/// The beginning of a long name, enough to tell it from others.
fn short(name: &str) -> String {
    name.chars().take(8).collect()
}

/// A record of which nothing more is said than that it is there: for others, newer than this build, or of a kind without a place in history.
fn unread(state: &Competition, envelope: &Envelope) -> HistoryLine {
    let kind = envelope.fact.as_ref().map_or("?", |fact| fact.kind());
    HistoryLine {
        fact: envelope.id.clone(),
        at: envelope.at,
        actor: judges::actor_shown(state, envelope.actor.as_str()),
        what: ("history-other".to_owned(), vec![("kind".to_owned(), kind.to_owned())]),
        before: String::new(),
        after: String::new(),
        reason: String::new(),
    }
}

/// The sheet that a fact stands on: event, entry, judge.
fn sheet_of(fact: &Fact) -> Option<(&EventId, &EntryId, Option<&JudgeId>)> {
    match fact {
        Fact::Mark { place, .. } | Fact::Note { place, .. } | Fact::Rescore { place, .. } => {
            Some((&place.event, &place.entry, place.judge.as_ref()))
        }
        Fact::Sheet { sheet, .. }
        | Fact::Recorded { sheet, .. }
        | Fact::Checked { sheet, .. }
        | Fact::Scan { sheet, .. }
        | Fact::Rechecked { sheet, .. } => Some((&sheet.event, &sheet.entry, sheet.judge.as_ref())),
        Fact::Confirmed { place, .. } | Fact::ExtraTime { place, .. } => Some((&place.event, &place.entry, None)),
        _ => None,
    }
}

/// The event whose results a fact can change, where it is of one.
#[must_use]
pub fn event_of(state: &Competition, fact: &Fact) -> Option<EventId> {
    if let Some((event, ..)) = sheet_of(fact) {
        return Some(event.clone());
    }
    match fact {
        Fact::EventName { event, .. }
        | Fact::Rulebook { event, .. }
        | Fact::Entry { event, .. }
        | Fact::ResultsConfirmed { event, .. }
        | Fact::Panel { event, .. }
        | Fact::Final { event, .. }
        | Fact::Draw { event, .. }
        | Fact::Sealed { event, .. }
        | Fact::Opened { event, .. }
        | Fact::Paper { event, .. }
        | Fact::Recheck { event, .. }
        | Fact::Parameter { event, .. }
        | Fact::Leader { event, .. }
        | Fact::Seat { event, .. }
        | Fact::Bulletin { event, .. }
        | Fact::Figures { event, .. }
        | Fact::Release { event, .. } => Some(event.clone()),
        Fact::Certificate { place, .. } => Some(place.event.clone()),
        Fact::Coded { coded, .. } => Some(coded.event.clone()),
        Fact::Numbers { entry, .. }
        | Fact::Status { entry, .. }
        | Fact::Decision { entry, .. }
        | Fact::Lot { entry, .. } => state.entries.get(entry).and_then(|own| own.event().cloned()),
        _ => None,
    }
}
