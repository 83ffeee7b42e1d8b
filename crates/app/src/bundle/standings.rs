//! The standings of records in a bundle, computed again and held against what was confirmed.

use crate::facts::envelope;
use jiangsai_domain::command::Role;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::confirmation::Duty;
use jiangsai_domain::envelope::Envelope;
use jiangsai_domain::results::needs_forms;
use jiangsai_domain::view::approvals::{self, Decision};
use jiangsai_domain::view::finalising;
use jiangsai_ledger::bundle::{Packed, Run};
use jiangsai_ledger::{Body, LogId, Opening, ScopeId};
use jiangsai_locales::Lang;
use jiangsai_store::Stored;
use std::collections::BTreeMap;

/// What became of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are what chief judge and supervisor confirmed.
    Agrees,
    /// They are final, and not what was confirmed.
    Differs,
    /// Both confirmed the same, and it is not what is computed here: but the rulebook looks at registration forms, which are withheld.
    CannotTell,
    /// Both confirmed the same, and nothing is computed here: there are facts that need a newer version.
    NeedsNewer,
    /// They are not final, and not confirmed as they are now.
    Open,
    /// Nobody confirmed them: there is nothing to compare with.
    Unconfirmed,
}

/// The results of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventResults {
    /// Its id.
    pub event: String,
    /// Its name.
    pub name: String,
    /// SHA-256 of the standings as computed here; else why there are none.
    pub digest: Result<String, String>,
    /// What was confirmed: by which duty, which digest, and in which log and record.
    pub confirmed: Vec<(&'static str, String, String)>,
    /// Were they made final?
    pub is_final: bool,
    /// The comparison.
    pub verdict: Verdict,
}

/// A decision that was made while people signed in, and whether its approvals hold; of one there is at every entry or sheet, only where they do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Hash of its record.
    pub record: String,
    /// What was decided, in English.
    pub what: String,
    /// In which roles nobody approved it, each as it is said: `organiser`, `draw_officer or organiser`.
    pub missing: Vec<String>,
}

/// Decisions there is one of at every entry or sheet.
const MANY: [&str; 3] = ["draw.lot", "mark.rescore", "sheet.state"];

/// What records amount to.
#[derive(Default)]
pub(super) struct Computed {
    /// The results of each event.
    pub events: Vec<EventResults>,
    /// Decisions with their approvals.
    pub decided: Vec<Decided>,
    /// How many decisions of a kind are approved, of those there are many of.
    pub many: BTreeMap<&'static str, u64>,
    /// Records in quarantine, by why.
    pub quarantined: BTreeMap<&'static str, u64>,
}

/// Computes the results of every event, and looks for the approvals of decisions.
pub(super) fn results(scope: ScopeId, runs: &[Run]) -> Computed {
    let mut places: BTreeMap<String, (LogId, u64)> = BTreeMap::new();
    let mut facts: Vec<Envelope> = Vec::new();
    let mut withheld = false;
    let mut nodes: BTreeMap<LogId, String> = BTreeMap::new();
    for run in runs {
        if let Some(node) = run.records.first().filter(|_| run.from == 0).and_then(opened_by) {
            nodes.insert(run.log, node);
        }
    }
    for run in runs {
        let node = nodes.get(&run.log).map(String::as_str).unwrap_or_default();
        for (seq, one) in (run.from..).zip(&run.records) {
            withheld |= one.body.is_none();
            places.insert(one.hash.to_string(), (run.log, seq));
            facts.extend(stored((node, run.log, seq), one).and_then(|one| envelope(scope, one)));
        }
    }
    // The fold gives the same in any order; this one is that of a data folder.
    facts.sort_by(|one, other| (one.order, &one.id).cmp(&(other.order, &other.id)));
    let state = Competition::fold(facts);
    let place = |id: &str| places.get(id).map(|(log, seq)| format!("log {log}, record {seq}")).unwrap_or_default();
    let one = |(event, setup): (&jiangsai_domain::ids::EventId, &jiangsai_domain::competition::Event)| {
        let digest = finalising::digest(&state, event).map_err(|refusal| refusal.code.to_owned());
        let confirmed: Vec<_> = Duty::ALL
            .into_iter()
            .filter_map(|duty| {
                let (id, version) = setup.confirmations.get(&duty)?.last()?;
                Some((duty.name(), version.value.digest.clone(), place(id.as_str())))
            })
            .collect();
        let agrees = finalising::is_confirmed(&state, event);
        let verdict = match (agrees, setup.is_final()) {
            (true, _) => Verdict::Agrees,
            // Whatever the standings are.
            (false, true) if finalising::both_confirmed(setup).is_none() => Verdict::Differs,
            (false, true) if !state.newer.is_empty() => Verdict::NeedsNewer,
            (false, true) if withheld && needs_forms(setup) => Verdict::CannotTell,
            (false, true) => Verdict::Differs,
            (false, false) if confirmed.is_empty() => Verdict::Unconfirmed,
            (false, false) => Verdict::Open,
        };
        let name = setup.name.value().cloned().unwrap_or_default();
        EventResults { event: event.to_string(), name, digest, confirmed, is_final: setup.is_final(), verdict }
    };
    let (mut decided, mut many) = (Vec::new(), BTreeMap::new());
    for Decision { kind, awaited } in approvals::decisions(&state).into_iter().filter(|own| !own.awaited.idle) {
        if awaited.missing.is_empty() && MANY.contains(&kind) {
            *many.entry(kind).or_default() += 1;
            continue;
        }
        let any = |roles: &Vec<Role>| roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" or ");
        decided.push(Decided {
            record: awaited.record.to_string(),
            what: jiangsai_locales::message(Lang::En, &awaited.what.0, &awaited.what.1),
            missing: awaited.missing.iter().map(any).collect(),
        });
    }
    let mut quarantined: BTreeMap<&'static str, u64> = BTreeMap::new();
    for own in state.quarantine.values() {
        *quarantined.entry(own.why.name()).or_default() += 1;
    }
    Computed { events: state.events.iter().map(one).collect(), decided, many, quarantined }
}

/// A record with a body, as a data folder would give it.
fn stored(place: (&str, LogId, u64), one: &Packed) -> Option<Stored> {
    let (_, body) = one.body.as_ref()?;
    Stored::read(place, one.hash, one.header.as_bytes(), body.as_bytes()).ok()
}

/// The node that opened a log, by its first record.
fn opened_by(first: &Packed) -> Option<String> {
    let (_, body) = first.body.as_ref()?;
    let body = Body::read(body.as_bytes()).ok()?;
    serde_json::from_value::<Opening>(body.fact).ok().map(|opening| opening.node)
}
