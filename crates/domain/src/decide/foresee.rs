//! What steps would change: they are decided and folded in as ever, on a copy of the state that is thrown away.

use super::effect::{changes, team_changes};
use super::{draft, entries, marks, outdated, paper, seats};
use crate::command::foresee::{Foresee, Foreseen, Outdated, Step};
use crate::command::hall::{ReplaceJudge, SetSeat};
use crate::command::marks::EnterMark;
use crate::command::paper::{RecordSheet, SettleSheet};
use crate::command::registration::EditEntry;
use crate::competition::Competition;
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::ids::Actor;
use crate::results::{NoResults, results};

/// Stands for the reason that is still to be given; it is never recorded.
const REASON: &str = "-";

/// What would change when the steps were taken one after the other; where results are final, once they were opened again. `today` is
/// `YYYY-MM-DD`.
///
/// # Errors
/// `not-found`; `not-final` for opening again what is open; what the first step that is not allowed is refused with; those of [`results`] when nothing can be computed afterwards.
pub fn foresee(state: &Competition, command: &Foresee, today: &str) -> Result<Foreseen, Refusal> {
    let event = &command.event;
    let setup = super::event(state, event)?;
    let locked = setup.is_final();
    let reopens = command.steps.iter().any(|step| matches!(step, Step::Reopen));
    if reopens && !locked {
        return Err(Refusal::new("not-final"));
    }
    let at_stake = if reopens { outdated::standing(state, event)? } else { Outdated::default() };
    let mut then = state.clone();
    let open = Fact::Final { event: event.clone(), done: false };
    let open = locked.then(|| draft(open, setup.done.current(), REASON));
    let mut number = outdated::suppose(&mut then, open, 0);
    for step in &command.steps {
        let drafts = decide(&then, step, today)?;
        number = outdated::suppose(&mut then, drafts, number);
    }
    let before = results(state, event).ok();
    let after = match results(&then, event) {
        Err(NoResults::Locked) => return Ok(Foreseen { locked, at_stake, hidden: true, ..Foreseen::default() }),
        after => after?,
    };
    let hidden = state.waits_for_names(event);
    let changes = changes(state, hidden, before.as_ref(), &after);
    let teams = team_changes(state, event, before.as_ref(), &after);
    // Where nothing could be computed before, nothing was published.
    let outdated = if before.is_some() { outdated::between(state, &then, event)? } else { Outdated::default() };
    let locked = locked && !reopens && !command.steps.is_empty();
    Ok(Foreseen { changes, teams, outdated, locked, at_stake, hidden })
}

fn decide(state: &Competition, step: &Step, today: &str) -> Result<Vec<Draft>, Refusal> {
    let reason = REASON.to_owned();
    match step {
        Step::Status(own) => entries::set_status(state, &own.entry, own.status, own.stage.as_ref(), REASON),
        Step::Mark(own) => marks::enter(state, &EnterMark { reason, ..own.clone() }),
        Step::Seat(own) => seats::set(state, &SetSeat { reason, ..own.clone() }),
        Step::Replace(own) => {
            let own = ReplaceJudge { reason, preview: false, ..own.clone() };
            Ok(seats::replace(state, &own)?.0)
        }
        Step::Record(own) => paper::record(state, &RecordSheet { reason, by: named(&own.by), ..own.clone() }),
        Step::Settle(own) => paper::settle(state, &SettleSheet { reason, by: named(&own.by), ..own.clone() }),
        Step::Person(own) => {
            let context = Context { today: today.to_owned(), actor: Actor::from(""), seed: 0 };
            // What is wrong in a form is said when it is saved.
            Ok(entries::edit(state, &EditEntry { reason, ..own.clone() }, &context)?.0)
        }
        // It was opened before the first step.
        Step::Reopen => Ok(Vec::new()),
    }
}

/// Who types may still be unnamed.
fn named(by: &str) -> String {
    if by.trim().is_empty() { REASON.to_owned() } else { by.to_owned() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::command::certificates::IssueCertificates;
    use crate::command::competition::EntryChange;
    use crate::command::finalising::ConfirmResults;
    use crate::command::registration::{FieldId, SetEntryStatus};
    use crate::confirmation::Duty;
    use crate::decide::certificates::issue;
    use crate::decide::found::founded::{sample, take};
    use crate::decide::results::{confirm, finalise, reopen};
    use crate::ids::{EntryId, EventId};
    use crate::view::finalising;
    use crate::view::standings::standings;
    use jiangsai_scoring::{EntryStatus, Exact};

    const TODAY: &str = "2026-11-24";

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
        foresee(state, &Foresee { competition: "c".into(), event: event.clone(), steps }, TODAY).unwrap()
    }

    #[test]
    fn what_is_foreseen_is_what_comes_and_nothing_is_recorded() {
        let (state, event) = sample();
        let (best, facts) = (first(&state, &event), state.facts());
        let after = |steps: &[Step]| {
            let mut then = state.clone();
            for step in steps {
                let drafts = decide(&then, step, TODAY).unwrap();
                assert!(!drafts.is_empty());
                take(&mut then, drafts);
            }
            let before = results(&state, &event).ok();
            changes(&state, false, before.as_ref(), &results(&then, &event).unwrap())
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
        let (mut state, event) = certified();
        let best = first(&state, &event);
        let locked = asked(&state, &event, vec![disqualified(&best)]);
        assert!(locked.locked, "said before anybody opens them again");
        let stake = asked(&state, &event, vec![Step::Reopen]);
        assert!(stake.changes.is_empty() && stake.outdated == Outdated::default(), "opening alone changes nothing");
        assert!(!stake.locked, "it is what opens them");
        assert_eq!((stake.at_stake.certificates.len(), stake.at_stake.unconfirmed), (3, true));
        let drafts = reopen(&state, &event, "查分").unwrap();
        take(&mut state, drafts);
        let foreseen = asked(&state, &event, vec![disqualified(&best)]);
        assert_eq!(foreseen, Foreseen { locked: false, ..locked }, "the same before and after");
        assert_eq!(foreseen.outdated.certificates, ["01", "02", "03"], "every one says a rank that would be another's");
        assert!(foreseen.outdated.unconfirmed);
        let command = Foresee { competition: "c".into(), event, steps: vec![Step::Reopen] };
        assert_eq!(foresee(&state, &command, TODAY).unwrap_err().code, "not-final");
        let ranks = |change: &EntryChange| change.before != change.after;
        assert!(foreseen.changes.iter().all(ranks));
    }

    /// Three certificates by rank, for results that both confirmed.
    fn certified() -> (Competition, EventId) {
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
        let command =
            IssueCertificates { competition: "c".into(), event: event.clone(), pattern: "##".into(), first: 1, top: 3 };
        let mut count = 0;
        let drafts = issue(&state, &command, || {
            count += 1;
            format!("V{count}")
        })
        .unwrap();
        take(&mut state, drafts);
        (state, event)
    }

    #[test]
    fn a_name_that_changes_leaves_a_certificate_untrue_and_no_confirmation() {
        let (state, event) = certified();
        let best = first(&state, &event);
        let registered = &state.entries[&best];
        let mut form = state.form_of(registered).unwrap().clone();
        let numbers = state.numbers(registered);
        form.insert(FieldId::Number, numbers.number);
        form.insert(FieldId::Session, numbers.session);
        form.insert(FieldId::Station, numbers.station);
        form.insert(FieldId::Name, "模拟改名".into());
        let replaces = state.form_versions(registered);
        let reason = String::new();
        let step = Step::Person(EditEntry { competition: "c".into(), entry: best, form, replaces, reason });
        let foreseen = asked(&state, &event, vec![step]);
        assert_eq!(
            (foreseen.changes.len(), foreseen.outdated.certificates.len()),
            (0, 1),
            "one certificate has the name"
        );
        assert!(!foreseen.outdated.unconfirmed && foreseen.locked);
    }

    #[test]
    fn a_sheet_typed_again_is_foreseen_as_what_it_changes() {
        let (state, event) = certified();
        let best = first(&state, &event);
        let papers = crate::view::paper::papers(&state, &event, Some("A")).unwrap();
        let paper = papers.into_iter().find(|paper| paper.place.entry == best && paper.place.judge.is_none()).unwrap();
        let show = |(line, mark): (&(&jiangsai_scoring::rulebook::Item, u16), crate::paper::SheetMark)| {
            jiangsai_scoring::input::show_mark(line.0, &mark.mark)
        };
        let mut texts: Vec<String> = paper.lines.iter().zip(paper.marks(&state)).map(show).collect();
        let step = |texts: &[String]| {
            let (competition, event, number) = ("c".into(), event.clone(), paper.number.clone());
            let (by, total, reason) = (String::new(), "-".to_owned(), String::new());
            vec![Step::Record(RecordSheet { competition, event, number, by, texts: texts.to_vec(), total, reason })]
        };
        let same = asked(&state, &event, step(&texts));
        assert!(same.changes.is_empty() && same.outdated == Outdated::default());
        let zero =
            texts.iter().position(|text| Exact::parse_decimal(text).is_ok_and(|value| value > Exact::ZERO)).unwrap();
        texts[zero] = "0".into();
        let foreseen = asked(&state, &event, step(&texts));
        assert!(!foreseen.changes.is_empty() && foreseen.outdated.unconfirmed, "a point less for the first");
    }
}
