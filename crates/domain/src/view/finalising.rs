//! The way from the last mark to final results (定稿): what is missing at each step, and whether what was confirmed still stands.

use super::{Words, awards, blind, draw, duties, findings, hall, home, key, proposals, recheck, standings, words};
use crate::command::competition::PhaseState;
use crate::command::finalising::{AwardLine, ConfirmedBy, FinalStep, FinalStepId, FinalisingView, TieNote};
use crate::command::results::{Decided, StandingsRow, StandingsView};
use crate::competition::{Competition, Event};
use crate::confirmation::{Duty, ResultsConfirmation};
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::register::Register;
use crate::results::results;
use jiangsai_scoring::TeamStanding;
use sha2::{Digest, Sha256};

/// Most ties that are listed.
const MOST_TIES: usize = 200;

/// Marks of a module are not there.
const MARKS_MISSING: &str = "finalising-marks-missing";

/// Everything about finalising an event.
///
/// # Errors
/// As for [`standings::standings`].
pub fn finalising(state: &Competition, event: &EventId) -> Result<FinalisingView, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let (view, groups) = awards::awards(state, event, 0)?;
    let digest = digest(state, event)?;
    let awards: Vec<AwardLine> = groups
        .into_iter()
        .filter(|group| group.award.is_some())
        .map(|group| AwardLine {
            winners: group.rows.into_iter().map(|row| (row.rank.unwrap_or(0), row.number, row.name)).collect(),
            name: group.name,
            vacant: group.vacant,
            unsettled: group.unsettled,
        })
        .collect();
    let confirmations: Vec<ConfirmedBy> = Duty::ALL
        .into_iter()
        .filter_map(|duty| {
            let (_, version) = setup.confirmations.get(&duty)?.last()?;
            let holds = standing(setup, duty, &digest).is_some();
            Some(ConfirmedBy { duty, name: version.value.name.clone(), at: version.at, holds })
        })
        .collect();
    let mut steps = vec![
        sheets(state, event, setup, &view)?,
        checked(state, event, &view)?,
        ties(&view),
        confirmed(FinalStepId::ChiefJudge, Duty::ChiefJudge, &confirmations),
        confirmed(FinalStepId::Supervisor, Duty::Supervisor, &confirmations),
        unsealed(setup, view.veiled),
        given(&awards),
        step(FinalStepId::Lock, if setup.is_final() { Vec::new() } else { vec![key("finalising-not-locked")] }),
    ];
    if view.veiled > 0 || setup.is_locked() {
        // The order of equals, and what is confirmed, wait for what is out of sight.
        steps.sort_by_key(|step| match step.id {
            FinalStepId::Sheets | FinalStepId::Checked => 0,
            FinalStepId::Unseal => 1,
            _ => 2,
        });
    }
    // Marks that are not there can be neither checked nor equal.
    let unmarked = steps.iter().any(|step| step.missing.iter().any(|(key, _)| key == MARKS_MISSING));
    let waits = |id| unmarked && !setup.is_final() && matches!(id, FinalStepId::Checked | FinalStepId::Ties);
    // Once results are locked nothing comes next, whatever they were locked without.
    let mut next_found = setup.is_final();
    for step in &mut steps {
        step.state = match (step.missing.is_empty(), next_found) {
            (true, _) if waits(step.id) => PhaseState::Later,
            (true, _) => PhaseState::Done,
            (false, true) => PhaseState::Later,
            (false, false) => {
                next_found = true;
                PhaseState::Next
            }
        };
    }
    let with_ties = view.rows.iter().filter(|row| row.rank.is_some());
    let ties = with_ties
        .filter_map(|row| Some(TieNote { rank: row.rank?, number: row.number.clone(), why: row.why.clone()? }))
        .take(MOST_TIES)
        .collect();
    Ok(FinalisingView {
        steps,
        ties,
        confirmations,
        seal: draw::seal(state, event, setup),
        seen: seen(state, event)?,
        incomplete: is_incomplete(state, event, &view)?,
        proposals: proposals::proposals(state, event, &view)?,
        duties: duties::duties(state, event)?,
        finalised: view.finalised,
        teams: view.teams,
        awards,
    })
}

/// SHA-256 of the standings: entry, status, rank, every value as printed, awards and honours, in order of rank; then, where the rulebook
/// has teams, rank, result and members of each. Names are not in it, so that unsealing changes nothing.
///
/// # Errors
/// As for [`standings::standings`].
pub fn digest(state: &Competition, event: &EventId) -> Result<String, Refusal> {
    digest_of(state, event, true, EntryId::clone)
}

/// The standings as somebody sees them: as [`digest`], while names are sealed with entries by blind code and without teams, for a digest of
/// so few ids could be guessed, and who are in one team as well.
///
/// # Errors
/// As for [`standings::standings`].
pub fn seen(state: &Competition, event: &EventId) -> Result<String, Refusal> {
    digest_of(state, event, !state.is_event_sealed(event), |entry| blind::handle_of(state, entry))
}

fn digest_of(
    state: &Competition,
    event: &EventId,
    with_teams: bool,
    name: impl Fn(&EntryId) -> EntryId,
) -> Result<String, Refusal> {
    let results = results(state, event)?;
    let mut hash = Sha256::new();
    let mut add = |line: &[u8]| {
        hash.update(line);
        hash.update(b"\n");
    };
    for line in &results.outcome.standings {
        let values: Vec<&str> = line.values.iter().map(|value| value.shown.as_str()).collect();
        let status = standings::status_key(line.status);
        let own = (
            name(&EntryId::from(line.entry.as_str())),
            status,
            line.rank,
            &line.shown,
            values,
            &line.awards,
            &line.honours,
        );
        // Texts, numbers and lists of them: nothing here can fail to serialise.
        add(&serde_json::to_vec(&own).unwrap_or_default());
    }
    if with_teams {
        let line = |team: &TeamStanding| {
            let members: Vec<EntryId> = team.members.iter().map(|id| name(&EntryId::from(id.as_str()))).collect();
            ("team", team.rank, team.shown.clone(), members)
        };
        // Not in the order of their names.
        let mut lines: Vec<_> = results.outcome.teams.iter().map(line).collect();
        lines.sort_by(|one, other| (one.1.is_none(), one).cmp(&(other.1.is_none(), other)));
        for line in &lines {
            add(&serde_json::to_vec(line).unwrap_or_default());
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What somebody in a duty confirmed, where it is these standings.
#[must_use]
pub fn standing<'a>(setup: &'a Event, duty: Duty, digest: &str) -> Option<&'a ResultsConfirmation> {
    setup.confirmations.get(&duty).and_then(Register::agreed).filter(|own| own.digest == digest)
}

/// The standings that chief judge and supervisor both confirmed, as a digest, whether they are those of now or not.
#[must_use]
pub fn both_confirmed(setup: &Event) -> Option<&str> {
    let own = |duty| setup.confirmations.get(&duty).and_then(Register::agreed).map(|own| own.digest.as_str());
    let [one, other] = Duty::ALL.map(own);
    one.filter(|_| one == other)
}

/// Did both confirm the standings as they are?
#[must_use]
pub fn is_confirmed(state: &Competition, event: &EventId) -> bool {
    let (Some(setup), Ok(digest)) = (state.events.get(event), digest(state, event)) else { return false };
    both_confirmed(setup) == Some(&digest)
}

/// Are the results final, and no longer those that both confirmed? A record that came from another node after they were locked does that.
#[must_use]
pub fn has_changed(state: &Competition, event: &EventId) -> bool {
    state.events.get(event).is_some_and(Event::is_final) && !is_confirmed(state, event)
}

/// Are the results final, and those that both confirmed? Only then does anything go out as final.
#[must_use]
pub fn holds(state: &Competition, event: &EventId) -> bool {
    state.events.get(event).is_some_and(Event::is_final) && is_confirmed(state, event)
}

/// Are equals on the border of an award still to be decided between?
///
/// # Errors
/// As for [`standings::standings`].
pub fn is_unsettled(state: &Competition, event: &EventId) -> Result<bool, Refusal> {
    Ok(results(state, event)?.outcome.awards.iter().any(|award| !award.unsettled.is_empty()))
}

/// Are marks missing, sheets not signed or not verified, a re-check not done, findings, orders of equals or borders of awards open? `view`
/// is [`standings::standings`] of the event.
///
/// # Errors
/// As for [`standings::standings`].
pub fn is_incomplete(state: &Competition, event: &EventId, view: &StandingsView) -> Result<bool, Refusal> {
    let unverified = view.unverified > 0 || hall::unsigned(state, event)? > 0;
    let open = is_unsettled(state, event)? || recheck::left(state, event)? > 0 || findings::blocking(state, event) > 0;
    Ok(view.unfinished > 0 || unverified || open || !ties(view).missing.is_empty())
}

fn step(id: FinalStepId, missing: Vec<Words>) -> FinalStep {
    FinalStep { id, state: PhaseState::Later, missing, notes: Vec::new() }
}

/// 全部交表: marks that are not there, by module; sheets that are not signed; then entries without a total for another reason.
fn sheets(state: &Competition, event: &EventId, setup: &Event, view: &StandingsView) -> Result<FinalStep, Refusal> {
    let modules = home::modules(state, event, setup);
    let mut missing: Vec<Words> = modules
        .into_iter()
        .filter(|(_, done, all)| done < all)
        .map(|(name, done, all)| {
            let left = all - done;
            words(MARKS_MISSING, &[("name-zh", &name.zh), ("name-en", &name.en), ("count", &left)])
        })
        .collect();
    let unsigned = hall::unsigned(state, event)?;
    if unsigned > 0 {
        missing.push(words("finalising-unsigned", &[("count", &unsigned)]));
    }
    let empty = home::empty_seats(setup);
    if empty > 0 {
        missing.push(words("finalising-empty-seats", &[("count", &empty)]));
    }
    // Nobody has a total while something that counts is out of sight.
    if missing.is_empty() && view.unfinished > 0 && view.veiled == 0 {
        missing.push(words("finalising-unfinished", &[("count", &view.unfinished)]));
    }
    Ok(step(FinalStepId::Sheets, missing))
}

/// 核对完成: paper sheets that are not verified, what is left of a re-check, findings.
fn checked(state: &Competition, event: &EventId, view: &StandingsView) -> Result<FinalStep, Refusal> {
    let open = findings::blocking(state, event);
    let left = recheck::left(state, event)?;
    let unverified = (view.unverified > 0).then(|| words("finalising-unverified", &[("count", &view.unverified)]));
    let left = (left > 0).then(|| words("finalising-recheck", &[("left", &left)]));
    let findings = (open > 0).then(|| words("finalising-findings", &[("count", &open)]));
    Ok(step(FinalStepId::Checked, unverified.into_iter().chain(left).chain(findings).collect()))
}

/// 并列处理: equals nobody has decided between, and equals whose order waits for marks.
fn ties(view: &StandingsView) -> FinalStep {
    let number = |id| view.rows.iter().find(|row| row.entry == id).map(|row| row.number.as_str());
    let open = view.equals.iter().filter(|group| group.state != Decided::Decided);
    let missing = open.map(|group| {
        let numbers: Vec<&str> = group.entries.iter().cloned().filter_map(number).collect();
        words("finalising-equals", &[("numbers", &numbers.join(" = ")), ("rank", &group.rank)])
    });
    let waiting: Vec<&str> =
        view.rows.iter().filter(|row| waits_for_marks(row)).map(|row| row.number.as_str()).collect();
    let waiting = (!waiting.is_empty()).then(|| words("finalising-order-waits", &[("numbers", &waiting.join(" "))]));
    step(FinalStepId::Ties, missing.chain(waiting).collect())
}

fn waits_for_marks(row: &StandingsRow) -> bool {
    row.waits.as_ref().is_some_and(|(key, _)| key == "why-waits-marks")
}

fn confirmed(id: FinalStepId, duty: Duty, all: &[ConfirmedBy]) -> FinalStep {
    let missing = match all.iter().find(|own| own.duty == duty) {
        Some(own) if own.holds => Vec::new(),
        Some(own) => vec![words("finalising-lapsed", &[("name", &own.name)])],
        None => vec![key("finalising-not-confirmed")],
    };
    step(id, missing)
}

/// 解密. `veiled` results are out of sight until then.
fn unsealed(setup: &Event, veiled: usize) -> FinalStep {
    let mut missing = if setup.is_sealed() { vec![key("finalising-sealed")] } else { Vec::new() };
    if veiled > 0 {
        missing.push(words("finalising-veiled", &[("count", &veiled)]));
    }
    let mut own = step(FinalStepId::Unseal, missing);
    if setup.seal.is_empty() {
        own.notes.push(key("finalising-never-sealed"));
    }
    own
}

/// 奖项评定: borders of awards nobody has settled.
fn given(awards: &[AwardLine]) -> FinalStep {
    let unsettled = awards.iter().filter(|award| !award.unsettled.is_empty());
    let missing = unsettled.map(|award| {
        let numbers = award.unsettled.join(" = ");
        words(
            "finalising-unsettled",
            &[("award-zh", &award.name.zh), ("award-en", &award.name.en), ("numbers", &numbers)],
        )
    });
    let mut own = step(FinalStepId::Awards, missing.collect());
    if awards.is_empty() {
        own.notes.push(key("finalising-no-awards"));
    }
    own
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::command::certificates::IssueCertificates;
    use crate::command::finalising::ConfirmResults;
    use crate::decide::found::founded::{sample, take};
    use crate::decide::{certificates, results};
    use crate::envelope::Draft;
    use crate::fact::{Fact, MarkPlace};
    use jiangsai_scoring::{Exact, Mark};

    #[test]
    fn a_mark_that_arrives_after_the_lock_makes_results_provisional_until_they_are_confirmed_again() {
        let (mut state, event) = sample();
        let confirm = |state: &Competition, duty, name: &str| ConfirmResults {
            competition: "c".into(),
            event: event.clone(),
            duty,
            name: name.into(),
            seen: seen(state, &event).unwrap(),
            reason: "颁奖在即".into(),
        };
        for (duty, name) in [(Duty::ChiefJudge, "模拟裁判长"), (Duty::Supervisor, "模拟总监督")] {
            let drafts = results::confirm(&state, &confirm(&state, duty, name)).unwrap();
            take(&mut state, drafts);
        }
        let drafts = results::finalise(&state, &event, "").unwrap();
        take(&mut state, drafts);
        assert!(!has_changed(&state, &event));
        let findings = home::findings(&state, &event);

        // A hall computer that was not connected gave the winner another theory result.
        let first = standings::standings(&state, &event).unwrap().rows[0].entry.clone();
        let place = MarkPlace::once(&event, &first, &"T".into(), None);
        let replaces = state.current_mark(&place);
        let mark = Mark::Value(Exact::from_int(1));
        let late = Draft { fact: Fact::Mark { place, mark }, replaces, reason: String::new() };
        take(&mut state, vec![late]);
        assert!(has_changed(&state, &event));
        assert!(standings::standings(&state, &event).unwrap().changed);
        assert_eq!(home::findings(&state, &event), findings + 1, "it is a finding");
        let issue =
            IssueCertificates { competition: "c".into(), event: event.clone(), pattern: "##".into(), first: 1, top: 3 };
        let refused = certificates::issue(&state, &issue, || "x".into()).unwrap_err();
        assert_eq!(refused.code, "results-changed", "nobody confirmed these winners");

        let drafts = results::reopen(&state, &event, "迟到的记录").unwrap();
        take(&mut state, drafts);
        for (duty, name) in [(Duty::ChiefJudge, "模拟裁判长"), (Duty::Supervisor, "模拟总监督")] {
            let drafts = results::confirm(&state, &confirm(&state, duty, name)).unwrap();
            take(&mut state, drafts);
        }
        let drafts = results::finalise(&state, &event, "").unwrap();
        take(&mut state, drafts);
        assert!(!has_changed(&state, &event), "confirmed as they are now");
        assert!(certificates::issue(&state, &issue, || "x".into()).is_ok());
    }
}
