//! What steps would change: they are decided and folded in as ever, on a copy of the state that is thrown away.

use super::rulebook::changes;
use super::{entries, marks, seats};
use crate::command::foresee::{Foresee, Foreseen, Step};
use crate::command::hall::{ReplaceJudge, SetSeat};
use crate::command::marks::EnterMark;
use crate::competition::Competition;
use crate::envelope::{Draft, Envelope, Refusal};
use crate::ids::{Actor, FactId};
use crate::results::results;
use crate::view::{bulletins, certificates, finalising};

/// Stands for the reason that is still to be given; it is never recorded.
const REASON: &str = "-";

/// What would change when the steps were taken one after the other.
///
/// # Errors
/// `not-found`; what the first step that is not allowed is refused with; those of [`results`] when nothing can be computed afterwards.
pub fn foresee(state: &Competition, command: &Foresee) -> Result<Foreseen, Refusal> {
    let event = &command.event;
    super::event(state, event)?;
    let mut then = state.clone();
    let mut number = 0;
    for step in &command.steps {
        for draft in decide(&then, step)? {
            let id = FactId::new(format!("foreseen-{number}"));
            number += 1;
            let Draft { fact, replaces, reason } = draft;
            // Nothing that stands comes after it.
            let order = u64::MAX - 1_000_000 + number;
            then.evolve(Envelope { id, order, at: 0, actor: Actor::from(""), replaces, reason, fact: Ok(fact) });
        }
    }
    let before = results(state, event).ok();
    let changes = changes(state, before.as_ref(), &results(&then, event)?);
    let same = before.is_some() && finalising::digest(state, event)? == finalising::digest(&then, event)?;
    if same {
        return Ok(Foreseen { changes, ..Foreseen::default() });
    }
    Ok(Foreseen {
        changes,
        bulletins: bulletins::holding(state, event).unwrap_or_default(),
        certificates: certificates::undone(state, &then, event)?,
        unconfirmed: finalising::is_confirmed(state, event),
    })
}

fn decide(state: &Competition, step: &Step) -> Result<Vec<Draft>, Refusal> {
    match step {
        Step::Status(own) => entries::set_status(state, &own.entry, own.status, own.stage.as_ref(), REASON),
        Step::Mark(own) => marks::enter(state, &EnterMark { reason: REASON.to_owned(), ..own.clone() }),
        Step::Seat(own) => seats::set(state, &SetSeat { reason: REASON.to_owned(), ..own.clone() }),
        Step::Replace(own) => {
            let own = ReplaceJudge { reason: REASON.to_owned(), preview: false, ..own.clone() };
            Ok(seats::replace(state, &own)?.0)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::command::certificates::IssueCertificates;
    use crate::command::competition::EntryChange;
    use crate::command::finalising::ConfirmResults;
    use crate::command::registration::SetEntryStatus;
    use crate::confirmation::Duty;
    use crate::decide::certificates::issue;
    use crate::decide::found::founded::{sample, take};
    use crate::decide::results::{confirm, finalise, reopen};
    use crate::ids::{EntryId, EventId};
    use crate::view::standings::standings;
    use jiangsai_scoring::EntryStatus;

    fn first(state: &Competition, event: &EventId) -> EntryId {
        let first = standings(state, event).unwrap().rows.into_iter().find(|row| row.rank == Some(1));
        first.unwrap().entry
    }

    fn disqualified(entry: &EntryId) -> Step {
        Step::Status(SetEntryStatus {
            competition: "c".into(),
            entry: entry.clone(),
            status: EntryStatus::Disqualified,
            stage: None,
            reason: String::new(),
        })
    }

    fn zero(state: &Competition, event: &EventId, entry: &EntryId) -> Step {
        let place = state.marks.keys().find(|place| place.entry == *entry).unwrap();
        Step::Mark(EnterMark {
            competition: "c".into(),
            event: event.clone(),
            entry: entry.clone(),
            item: place.item.clone(),
            judge: place.judge.clone(),
            attempt: place.attempt,
            text: "0".into(),
            replaces: state.marks[place].current(),
            reason: String::new(),
        })
    }

    fn asked(state: &Competition, event: &EventId, steps: Vec<Step>) -> Foreseen {
        foresee(state, &Foresee { competition: "c".into(), event: event.clone(), steps }).unwrap()
    }

    #[test]
    fn what_is_foreseen_is_what_comes_and_nothing_is_recorded() {
        let (state, event) = sample();
        let (best, facts) = (first(&state, &event), state.facts());
        let after = |steps: &[Step]| {
            let mut then = state.clone();
            for step in steps {
                let drafts = decide(&then, step).unwrap();
                assert!(!drafts.is_empty());
                take(&mut then, drafts);
            }
            let before = results(&state, &event).ok();
            changes(&state, before.as_ref(), &results(&then, &event).unwrap())
        };
        let both = vec![zero(&state, &event, &best), disqualified(&best)];
        for steps in [both[..1].to_vec(), both[1..].to_vec(), both] {
            let foreseen = asked(&state, &event, steps.clone());
            assert_eq!(foreseen.changes, after(&steps));
            assert!(!foreseen.changes.is_empty());
        }
        assert_eq!(asked(&state, &event, Vec::new()), Foreseen::default());
        assert_eq!(state.facts(), facts);
    }

    #[test]
    fn certificates_that_are_out_and_confirmations_are_named() {
        let (mut state, event) = sample();
        let seen = finalising::seen(&state, &event).unwrap();
        for (duty, name) in [(Duty::ChiefJudge, "模拟裁判长"), (Duty::Supervisor, "模拟总监督")] {
            let (competition, reason) = ("c".into(), "颁奖在即".into());
            let (event, name, seen) = (event.clone(), name.into(), seen.clone());
            let drafts = confirm(&state, &ConfirmResults { competition, event, duty, name, seen, reason }).unwrap();
            take(&mut state, drafts);
        }
        let drafts = finalise(&state, &event, "").unwrap();
        take(&mut state, drafts);
        let best = first(&state, &event);
        let refused = foresee(
            &state,
            &Foresee { competition: "c".into(), event: event.clone(), steps: vec![disqualified(&best)] },
        );
        assert_eq!(refused.unwrap_err().code, "finalised");
        let command =
            IssueCertificates { competition: "c".into(), event: event.clone(), pattern: "##".into(), first: 1, top: 3 };
        let mut count = 0;
        let drafts = issue(&state, &command, || {
            count += 1;
            format!("V{count}")
        })
        .unwrap();
        take(&mut state, drafts);
        let drafts = reopen(&state, &event, "查分").unwrap();
        take(&mut state, drafts);
        let foreseen = asked(&state, &event, vec![disqualified(&best)]);
        assert_eq!(foreseen.certificates, ["01", "02", "03"], "every one says a rank that would be another's");
        assert!(foreseen.unconfirmed);
        let ranks = |change: &EntryChange| change.before != change.after;
        assert!(foreseen.changes.iter().all(ranks));
    }
}
