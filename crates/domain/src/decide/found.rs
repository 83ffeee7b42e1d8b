//! Founding a competition: from a ready rulebook, from a document, or as the sample.

use super::{draft, settings};
use crate::command::competition::{CreateCompetition, Settings, StartFrom};
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::{Fact, MarkPlace};
use crate::form;
use crate::ids::{EntryId, EventId, JudgeId, PersonId};
use crate::sample::{self, Sample};
use jiangsai_scoring::{Rulebook, templates};

/// The first facts of a competition, the settings first.
///
/// # Errors
/// `empty-title`, `not-found` for a template, `rulebook-fault` with the first fault of a document.
pub fn found(command: &CreateCompetition, context: &Context) -> Result<Vec<Draft>, Refusal> {
    let (title, event) = (command.title.trim(), command.event.trim());
    match &command.from {
        StartFrom::Sample => sample_facts(&sample::sample(), title, event, context),
        StartFrom::RiceWineSample => sample_facts(&sample::rice_wine(), title, event, context),
        StartFrom::Template(id) => {
            let json = templates()
                .iter()
                .find(|(known, _)| known == id)
                .map(|(_, json)| *json)
                .ok_or_else(|| Refusal::new("not-found"))?;
            fresh(title, event, json, context)
        }
        StartFrom::Rulebook(json) => {
            super::rulebook::check(json)?;
            fresh(title, event, json, context)
        }
    }
}

fn fresh(title: &str, event: &str, json: &str, context: &Context) -> Result<Vec<Draft>, Refusal> {
    let settings = settings::tidy(&Settings { title: title.to_owned(), ..Settings::default() })?;
    let own = Rulebook::from_json(json).map(|rulebook| rulebook.title.zh).unwrap_or_default();
    let name = if event.is_empty() { &own } else { event };
    let id = EventId::new(context.fresh(0));
    Ok(vec![
        draft(Fact::Settings(settings), Vec::new(), ""),
        draft(Fact::EventName { event: id.clone(), name: name.to_owned() }, Vec::new(), ""),
        draft(Fact::Rulebook { event: id, json: json.to_owned() }, Vec::new(), ""),
    ])
}

/// A sample competition, marked as synthetic: entries, judges and marks, as if a hall had just finished.
fn sample_facts(sample: &Sample, title: &str, event: &str, context: &Context) -> Result<Vec<Draft>, Refusal> {
    let mut own = sample.settings.clone();
    if !title.is_empty() {
        own.title = title.to_owned();
    }
    let id = EventId::new(context.fresh(0));
    let mut next = 0;
    let mut fresh = || {
        next += 1;
        context.fresh(next)
    };
    let mut facts = vec![Fact::Settings(settings::tidy(&own)?)];
    let name = if event.is_empty() { sample.event.clone() } else { event.to_owned() };
    facts.push(Fact::EventName { event: id.clone(), name });
    facts.push(Fact::Rulebook { event: id.clone(), json: sample.rulebook_json.clone() });
    for (parameter, value) in &sample.parameters {
        let (event, parameter, value) = (id.clone(), parameter.clone(), value.clone());
        facts.push(Fact::Parameter { event, parameter, text: String::new(), value });
    }
    let judges: Vec<JudgeId> = sample.judges.iter().map(|_| JudgeId::new(fresh())).collect();
    for (judge, value) in judges.iter().zip(&sample.judges) {
        facts.push(Fact::Judge { judge: judge.clone(), value: value.clone() });
    }
    for (panel, seats) in &sample.panels {
        let members = seats.iter().filter_map(|seat| judges.get(*seat).cloned()).collect();
        facts.push(Fact::Panel { event: id.clone(), panel: panel.clone(), members });
    }
    for (module, judge) in &sample.leaders {
        let judge = judges.get(*judge).cloned();
        facts.push(Fact::Leader { event: id.clone(), module: module.clone(), judge });
    }
    let mut entries = Vec::new();
    for whole in &sample.forms {
        let (person, entry) = (PersonId::new(fresh()), EntryId::new(fresh()));
        let (form, numbers) = form::split(whole);
        facts.push(Fact::Person { person: person.clone(), form });
        facts.push(Fact::Entry { entry: entry.clone(), event: id.clone(), person });
        facts.push(Fact::Numbers { entry: entry.clone(), numbers });
        entries.push(entry);
    }
    let mut drafts: Vec<Draft> = facts.into_iter().map(|fact| draft(fact, Vec::new(), "")).collect();
    for (entry, item, judge, mark) in &sample.marks {
        let Some(entry) = entries.get(*entry).cloned() else { continue };
        let judge = judge.and_then(|judge| judges.get(judge).cloned());
        let place = MarkPlace::once(&id, &entry, item, judge.as_ref());
        drafts.push(draft(Fact::Mark { place, mark: mark.clone() }, Vec::new(), ""));
    }
    for (entry, status, reason) in &sample.statuses {
        let Some(entry) = entries.get(*entry).cloned() else { continue };
        drafts.push(draft(Fact::Status { entry, status: *status, since: None }, Vec::new(), reason));
    }
    Ok(drafts)
}

/// The sample as a test has it, and more facts on top of it.
#[cfg(test)]
pub(crate) mod founded {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use crate::command::competition::{CreateCompetition, StartFrom};
    use crate::competition::Competition;
    use crate::envelope::{Context, Draft, Envelope};
    use crate::ids::EventId;
    use crate::trust::Origin;

    /// The sample, folded.
    pub(crate) fn sample() -> (Competition, EventId) {
        let command = CreateCompetition { title: String::new(), event: String::new(), from: StartFrom::Sample };
        let context = Context { today: "2026-11-24".into(), actor: "operator".into(), seed: 1 };
        let mut state = Competition::default();
        take(&mut state, super::found(&command, &context).unwrap());
        let event = state.events.keys().next().unwrap().clone();
        (state, event)
    }

    /// The sample under other rules.
    pub(crate) fn sample_with_rules(change: impl FnOnce(&mut serde_json::Value)) -> (Competition, EventId) {
        let (mut state, event) = sample();
        let register = &state.events[&event].rulebook;
        let mut rules = serde_json::from_str(register.value().unwrap()).unwrap();
        change(&mut rules);
        let replaces = register.current();
        let fact = crate::fact::Fact::Rulebook { event: event.clone(), json: rules.to_string() };
        take(&mut state, vec![Draft { fact, replaces, reason: "另一种规则".into() }]);
        assert!(state.events[&event].engine().is_some(), "a rulebook without faults");
        (state, event)
    }

    /// Records what was decided, one after the other.
    pub(crate) fn take(state: &mut Competition, drafts: Vec<Draft>) {
        for draft in drafts {
            let order = u64::try_from(state.facts()).unwrap() + 1;
            state.suppose(Envelope {
                id: format!("f{order}").into(),
                origin: Origin::default(),
                order,
                at: 0,
                actor: "operator".into(),
                replaces: draft.replaces,
                reason: draft.reason,
                fact: Ok(draft.fact),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::founded::take;
    use super::*;
    use crate::competition::Competition;
    use crate::view::{finalising, home, standings};

    #[test]
    fn both_samples_are_marked_and_ranked_with_nothing_left_open() {
        for (from, ranked, winners) in [(StartFrom::Sample, 58, 0), (StartFrom::RiceWineSample, 36, 6)] {
            let command = CreateCompetition { title: String::new(), event: String::new(), from };
            let context = Context { today: "2026-11-24".into(), actor: "operator".into(), seed: 1 };
            let mut state = Competition::default();
            take(&mut state, found(&command, &context).unwrap());
            let event = state.events.keys().next().unwrap().clone();
            let view = standings::standings(&state, &event).unwrap();
            let have = |has: fn(&crate::command::results::StandingsRow) -> bool| {
                view.rows.iter().filter(|row| has(row)).count()
            };
            assert_eq!((have(|row| row.rank.is_some()), view.unfinished), (ranked, 0));
            assert_eq!(have(|row| !row.awards.is_empty()), winners);
            assert_eq!(home::findings(&state, &event), 0);
            let all = finalising::finalising(&state, &event).unwrap();
            assert!(!all.incomplete, "{:?}", all.steps);
            assert_eq!(all.proposals.iter().any(|group| !group.proposed.is_empty()), winners > 0, "who is proposed");
            let totals: std::collections::BTreeSet<_> = view.rows.iter().filter_map(|row| row.values.last()).collect();
            assert!(totals.len() > ranked / 2, "they differ");
        }
    }
}
