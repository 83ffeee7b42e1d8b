//! What of a sealed event is shown to nobody: results that were imported while names stood beside them. Whoever has that list would know
//! everybody behind the blind codes by them.

use super::{Competition, Event, is_about_people};
use crate::envelope::Envelope;
use crate::fact::{Fact, MarkPlace};
use crate::ids::{EntryId, EventId};
use crate::register::Register;
use crate::results;
use jiangsai_scoring::Mark;
use jiangsai_scoring::rulebook::{Item, MarkedBy};
use std::collections::BTreeSet;

/// What was left out of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Veil {
    /// How many imported results.
    pub results: usize,
    /// Entries with items of stages that they do not go on to: decided by what is left out.
    out: BTreeSet<(EntryId, String)>,
}

impl Veil {
    /// Does an entry go on to the stage of an item?
    #[must_use]
    pub fn goes_on(&self, entry: &EntryId, item: &str) -> bool {
        !self.out.contains(&(entry.clone(), item.to_owned()))
    }
}

impl Competition {
    /// Is a mark kept out of sight until the names of its event are opened: imported before they were sealed?
    #[must_use]
    pub fn is_veiled(&self, place: &MarkPlace) -> bool {
        let Some(setup) = self.events.get(&place.event).filter(|setup| setup.is_sealed()) else { return false };
        self.marks.get(place).is_some_and(|register| veiled(setup, place, register))
    }

    /// Is anything of an event kept out of sight until its names are opened?
    #[must_use]
    pub fn has_veiled(&self, event: &EventId) -> bool {
        if self.veiled.contains_key(event) {
            return true;
        }
        let Some(setup) = self.events.get(event).filter(|setup| setup.is_sealed()) else { return false };
        self.marks.iter().any(|(place, register)| place.event == *event && veiled(setup, place, register))
    }

    /// In what is in sight: is every result of an item left out, as those of an imported item of a sealed event are?
    #[must_use]
    pub fn leaves_out(&self, event: &EventId, item: &Item) -> bool {
        self.veiled.contains_key(event) && matches!(item.by, MarkedBy::Imported)
    }

    /// The competition as it may be looked at: without what is kept out of sight. `None` where all of it may be.
    #[must_use]
    pub fn in_sight(&self) -> Option<Self> {
        if !self.events.keys().any(|event| self.has_veiled(event)) {
            return None;
        }
        let mut seen = self.clone();
        seen.marks.retain(|place, _| !self.is_veiled(place));
        for place in self.marks.keys().filter(|place| !seen.marks.contains_key(*place)) {
            let veil = seen.veiled.entry(place.event.clone()).or_insert_with(|| self.veil(&place.event));
            veil.results += 1;
        }
        seen.compute_anew();
        Some(seen)
    }

    /// Takes one fact in, and into `seen`, what is in sight of this state. `false` where what is in sight must be made anew: the fact can
    /// change what is left out. Marks of a day with sealed names come one by one; each would make everything again.
    #[must_use]
    pub fn evolve_beside(&mut self, seen: Option<&mut Self>, envelope: Envelope) -> bool {
        let keeps = envelope.fact.as_ref().is_ok_and(|fact| self.keeps_veil(fact));
        let quarantined = envelope.fact.as_ref().is_ok_and(is_about_people).then_some(self.quarantine.len());
        let Some(seen) = seen.filter(|_| keeps) else {
            self.evolve(envelope);
            return keeps;
        };
        let event = match &envelope.fact {
            Ok(Fact::Mark { place, .. }) => Some(place.event.clone()),
            _ => None,
        };
        seen.evolve(envelope.clone());
        self.evolve(envelope);
        // Who may what decides which records count.
        if quarantined.is_some_and(|before| before != self.quarantine.len()) {
            return false;
        }
        // Who goes on can follow from the mark.
        if let Some(event) = event
            && let Some(veil) = seen.veiled.get_mut(&event)
        {
            veil.out = self.veil(&event).out;
        }
        true
    }

    /// Does a fact leave alone which results are out of sight? Of marks given by judges, and what is written beside them.
    fn keeps_veil(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Mark { place, .. } => {
                let engine = self.events.get(&place.event).and_then(Event::engine);
                let item = engine.and_then(|engine| engine.rulebook().item(place.item.as_str()));
                item.is_some_and(|item| !matches!(item.by, MarkedBy::Imported))
            }
            Fact::Note { .. } | Fact::Sheet { .. } | Fact::ExtraTime { .. } | Fact::Confirmed { .. } => true,
            fact => is_about_people(fact),
        }
    }

    fn veil(&self, event: &EventId) -> Veil {
        let engine = self.events.get(event).and_then(Event::engine);
        // Without stages everybody goes on.
        let engine = engine.filter(|engine| !engine.rulebook().stages.is_empty());
        let items = engine.into_iter().flat_map(|engine| engine.rulebook().items());
        let entries = || self.entries_of(event).map(|(id, _)| id);
        let all = items.flat_map(|item| entries().map(move |entry| (entry, item.id.as_str())));
        let out = all.filter(|(entry, item)| !results::takes_part(self, event, entry, item));
        Veil { results: 0, out: out.map(|(entry, item)| (entry.clone(), item.to_owned())).collect() }
    }
}

fn veiled(setup: &Event, place: &MarkPlace, register: &Register<Mark>) -> bool {
    let item = setup.engine().and_then(|engine| engine.rulebook().item(place.item.as_str()));
    // Under rules that do not know it any more, a result that no judge gave can have been imported.
    let imported = item.map_or(place.judge.is_none(), |item| matches!(item.by, MarkedBy::Imported));
    imported && register.versions().any(|(_, version)| version.order <= setup.sealed_at())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::command::competition::ReplaceRulebook;
    use crate::command::finalising::ConfirmResults;
    use crate::command::foresee::Foresee;
    use crate::command::marks::EnterMark;
    use crate::confirmation::Duty;
    use crate::decide::foresee::foresee;
    use crate::decide::found::founded::{sample, take};
    use crate::decide::rulebook::in_use;
    use crate::decide::{marks, results, rulebook};
    use crate::draw::{Office, Opening, Seal};
    use crate::envelope::Draft;
    use crate::trust::Origin;
    use crate::view::finalising::{self, seen};
    use crate::view::{blind, home, sheet, standings};

    fn record(state: &mut Competition, fact: Fact) {
        take(state, vec![Draft { fact, replaces: Vec::new(), reason: String::new() }]);
    }

    /// What is in sight is brought up to date mark by mark, and is what it would be if it were made anew.
    fn follows_marks(mut state: Competition) {
        let state = &mut state;
        let mut seen = state.in_sight().unwrap();
        let judged = state.marks.keys().find(|place| !state.is_veiled(place)).unwrap().clone();
        let imported = state.marks.keys().find(|place| state.is_veiled(place)).unwrap().clone();
        let given = |state: &mut Competition, seen: &mut Competition, place: &MarkPlace, mark| {
            let order = u64::try_from(state.facts()).unwrap() + 1;
            let fact = Ok(Fact::Mark { place: place.clone(), mark });
            let replaces = state.current_mark(place);
            let (id, actor) = (format!("v{order}").into(), "operator".into());
            state.evolve_beside(
                Some(seen),
                Envelope { id, origin: Origin::default(), order, at: 0, actor, replaces, reason: String::new(), fact },
            )
        };
        assert!(given(state, &mut seen, &judged, Mark::Absent));
        let anew = state.in_sight().unwrap();
        assert_eq!(seen.snapshot().unwrap(), anew.snapshot().unwrap());
        assert_eq!(seen.veiled, anew.veiled);
        let theory = state.marks[&imported].agreed().cloned().unwrap();
        assert!(!given(state, &mut seen, &imported, theory), "an imported result can be one more that is out of sight");
    }

    #[test]
    fn theory_of_before_the_seal_is_out_of_sight_until_the_names_are_opened() {
        let (mut state, event) = sample();
        assert!(state.in_sight().is_none(), "nothing is sealed");
        let ranked = |state: &Competition| {
            standings::standings(state, &event).unwrap().rows.iter().filter(|row| row.rank.is_some()).count()
        };
        let before = ranked(&state);
        assert!(before > 50);
        let theory: Vec<MarkPlace> = state.marks.keys().filter(|place| place.item.as_str() == "T").cloned().collect();
        let seal = Seal {
            seal: "s".into(), officer: "模拟加密员".into(), supervisor: "模拟监督员".into(), lock: None
        };
        record(&mut state, Fact::Sealed { event: event.clone(), seal });

        let sight = state.in_sight().unwrap();
        assert_eq!(sight.marks.len(), state.marks.len() - theory.len(), "nothing else is left out");
        assert!(theory.iter().all(|place| state.is_veiled(place) && !sight.marks.contains_key(place)));
        let view = standings::standings(&sight, &event).unwrap();
        assert_eq!((view.veiled, ranked(&sight)), (theory.len(), 0), "a total less practice would tell theory");
        let bare = Competition { marks: std::collections::BTreeMap::new(), ..sight.clone() };
        assert!(in_use(&bare, &event), "a change wants its reason, though nobody sees what was imported");
        let asked = Foresee { competition: "c".into(), event: event.clone(), steps: Vec::new() };
        assert!(foresee(&sight, &asked, "2026-11-28").unwrap().hidden, "that nothing changes is more than can be said");
        let choices = sheet::sheet(&sight, &event, None).unwrap().choices;
        assert!(choices.iter().all(|choice| choice.open == 0), "and nobody is asked to mark it again");
        assert_eq!(home::home(&sight).counts.unmarked, 0, "nor does the navigation say that marks are open");
        let steps: Vec<&str> =
            finalising::finalising(&sight, &event).unwrap().steps.iter().map(|step| step.id.name()).collect();
        let place = |name| steps.iter().position(|step| *step == name).unwrap();
        assert!(place("unseal") < place("ties") && place("unseal") < place("chief-judge"), "{steps:?}");

        let enter = EnterMark {
            competition: "c".into(),
            event: event.clone(),
            entry: blind::handle_of(&state, &theory[0].entry),
            item: "T".into(),
            judge: None,
            attempt: 1,
            text: "1".into(),
            replaces: state.current_mark(&theory[0]),
            reason: "更正".into(),
        };
        assert_eq!(marks::enter(&state, &enter).unwrap_err().code, "imported-sealed");
        let confirm = ConfirmResults {
            competition: "c".into(),
            event: event.clone(),
            duty: Duty::ChiefJudge,
            name: "模拟裁判长".into(),
            seen: seen(&sight, &event).unwrap(),
            reason: "颁奖在即".into(),
        };
        assert_eq!(results::confirm(&state, &confirm).unwrap_err().code, "imported-sealed");

        follows_marks(state.clone());

        let rules = serde_json::to_value(state.events[&event].engine().unwrap().rulebook()).unwrap();
        let mut other = rules;
        let theory = other["items"].as_array_mut().unwrap().iter_mut().find(|item| item["id"] == "T").unwrap();
        theory["by"] = "agreed".into();
        let (json, reason) = (other.to_string(), "更正".to_owned());
        let replace = ReplaceRulebook { competition: "c".into(), event: event.clone(), json, reason, preview: true };
        assert_eq!(rulebook::replace(&state, &replace).unwrap_err().code, "rulebook-sealed", "it would stand in sight");

        for (office, name) in Office::PAIR.into_iter().zip(["模拟加密员", "模拟监督员"]) {
            let opening =
                Opening { seals: vec!["s".into()], name: name.into(), codes: std::collections::BTreeMap::new() };
            record(&mut state, Fact::Opened { event: event.clone(), office, opening });
        }
        assert!(state.in_sight().is_none());
        assert_eq!(ranked(&state), before);
        assert!(results::confirm(&state, &ConfirmResults { seen: seen(&state, &event).unwrap(), ..confirm }).is_ok());
    }
}
