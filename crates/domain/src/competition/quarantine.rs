//! Quarantine (隔离): records that are stored and have no effect, because their computer was revoked or whoever wrote them had no right to; and
//! what brings them back.

use super::Competition;
use super::people::is_about_people;
use super::ruling::{Ruled, is_heard};
use crate::authority::{self, By, Desk};
use crate::envelope::Envelope;
use crate::fact::Fact;
use crate::ids::{FactId, JudgeId};
use crate::trust::{Quarantined, Said, Why};
use crate::view::judges;

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It counts.
    Counts,
    /// What it said was erased.
    Gone,
    /// It is in quarantine.
    None(Why),
}

impl Competition {
    /// The state that a set of facts amounts to.
    ///
    /// What was said about trust and people is heard first, so that nothing has effect that would have to be taken back.
    #[must_use]
    pub fn fold(facts: impl IntoIterator<Item = Envelope>) -> Self {
        let first = |envelope: &Envelope| envelope.fact.as_ref().is_ok_and(is_heard);
        let (said, others): (Vec<_>, Vec<_>) = facts.into_iter().partition(first);
        let mut state = Self::default();
        for one in said.iter().chain(&others).filter(|one| one.origin.founding).take(1) {
            state.trust.founded(&one.origin);
        }
        for one in said {
            state.clocks.note(&one);
            state.hear(one);
        }
        // Nothing has effect yet that anybody could lose the right to.
        state.rule();
        // What follows from a lock that was opened is known before anything is said of those behind it.
        let names =
            |one: &Envelope| matches!(one.fact, Ok(Fact::Sealed { .. } | Fact::Opened { .. } | Fact::Entry { .. }));
        let (names, others): (Vec<_>, Vec<_>) = others.into_iter().partition(names);
        let unsettled = state.unsettled;
        names.into_iter().for_each(|one| state.evolve(one));
        // Nothing was said yet by an id that a lock gave, whatever was found out about the locks one by one.
        state.unsettled = unsettled;
        others.into_iter().for_each(|one| state.evolve(one));
        state
    }

    /// Takes one fact in. What says after the fact who may what cannot always be followed: whoever takes facts in one by one looks at
    /// [`Competition::is_settled`] then, and makes the state anew.
    pub fn evolve(&mut self, envelope: Envelope) {
        self.clocks.note(&envelope);
        let founded = self.trust.founded(&envelope.origin);
        if envelope.fact.as_ref().is_ok_and(is_heard) {
            // Nearly all of it is that people approve decisions.
            if founded || !self.people.hear_beside(&envelope, self.trust.trusts(&envelope.origin)) {
                self.hear(envelope);
                self.sort_anew();
            }
            return;
        }
        if founded {
            self.sort_anew();
        }
        match self.effect(&envelope) {
            Effect::None(why) => {
                self.quarantine.entry(envelope.id.clone()).or_insert(Quarantined { why, envelope });
            }
            Effect::Counts | Effect::Gone => self.take(envelope),
        }
    }

    /// Takes a fact in as if whoever wrote it had every right: what a step would change is shown on a copy that is thrown away.
    pub(crate) fn suppose(&mut self, envelope: Envelope) {
        if envelope.fact.as_ref().is_ok_and(is_heard) { self.evolve(envelope) } else { self.take(envelope) }
    }

    /// Counts, or why not: the one place that decides it.
    #[must_use]
    pub fn effect(&self, envelope: &Envelope) -> Effect {
        if let Some(why) = self.why(envelope)
            && !self.trust.is_adopted(&envelope.id)
        {
            return Effect::None(why);
        }
        let gone = |fact: &_| self.is_gone(&envelope.id, fact);
        if envelope.fact.as_ref().is_ok_and(gone) { Effect::Gone } else { Effect::Counts }
    }

    /// What speaks against a record.
    fn why(&self, envelope: &Envelope) -> Option<Why> {
        if !self.trust.trusts(&envelope.origin) {
            return Some(Why::Revoked);
        }
        let (people, place) = (self.people.trust(), (envelope.order, &envelope.id));
        if !people.signed_in_before(place) {
            return None;
        }
        if let Some(judge) = judges::judge_of(&envelope.actor) {
            return self.why_at_desk(envelope, &judge);
        }
        // What cannot be read here may be anything: it says at least that something is missing.
        let by = envelope.fact.as_ref().map_or(By::Anybody, authority::officers);
        people.why(&envelope.actor, place, &envelope.origin.node, by)
    }

    /// What speaks against something that a judge wrote: it is not the judge's to write, or nobody made this person a judge, or leader of a
    /// module of the event, before. Once said that stays, so that it does not matter when it comes.
    fn why_at_desk(&self, envelope: &Envelope, judge: &JudgeId) -> Option<Why> {
        let before = |order: u64, id: &FactId| (order, id) <= (envelope.order, &envelope.id);
        let mut known = self.judges.get(judge).into_iter().flat_map(|register| register.versions());
        if !known.any(|(id, version)| before(version.order, id)) {
            return Some(Why::Judge);
        }
        let may = match envelope.fact.as_ref().map(|fact| authority::at_desk(fact, judge)) {
            Ok(Desk::Own) | Err(_) => true,
            Ok(Desk::Not) => false,
            Ok(Desk::Leads(event)) => {
                let leaders = self.events.get(event).into_iter().flat_map(|setup| setup.leaders.values());
                let mut named = leaders.flat_map(|register| register.versions());
                named.any(|(id, version)| version.value.as_ref() == Some(judge) && before(version.order, id))
            }
        };
        (!may).then_some(Why::Judge)
    }

    /// Is it what its facts amount to? If not, it has to be made by [`Competition::fold`] from all of them.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        !self.unsettled
    }

    /// The state with these records out of quarantine, as if somebody had adopted them.
    #[must_use]
    pub fn with_released<'a>(&self, records: impl IntoIterator<Item = &'a FactId>) -> Self {
        let mut then = self.clone();
        for id in records {
            then.release(id);
        }
        then
    }

    /// Notes what was said about trust or people.
    fn hear(&mut self, envelope: Envelope) {
        if let Some(said) = Said::of(&envelope) {
            self.trust.hear(envelope.id, said);
        } else if envelope.fact.as_ref().is_ok_and(is_about_people) {
            self.people.hear(envelope);
        }
    }

    /// Gives a record its effect.
    fn take(&mut self, envelope: Envelope) {
        self.trust.takes(&envelope.origin);
        self.latest = self.latest.max(Some(envelope.order));
        let names_judges = envelope.fact.as_ref().is_ok_and(names_judges);
        self.apply(envelope);
        if names_judges && !self.quarantine.is_empty() {
            self.free();
        }
    }

    /// Works out anew whose word counts, and brings back what is out of quarantine now.
    fn sort_anew(&mut self) {
        let Ruled { changed, lost } = self.rule();
        if !changed {
            return;
        }
        let late = lost.is_some_and(|from| self.latest.is_some_and(|latest| from <= latest));
        self.unsettled |= late || !self.trust.fits();
        for own in self.quarantine.keys().cloned().collect::<Vec<_>>() {
            self.sort(&own);
        }
        self.free();
        self.compute_anew();
    }

    /// Says anew why a record is in quarantine.
    fn sort(&mut self, id: &FactId) {
        let why = self.quarantine.get(id).and_then(|own| self.why(&own.envelope));
        if let (Some(own), Some(why)) = (self.quarantine.get_mut(id), why) {
            own.why = why;
        }
    }

    /// Brings back what is out of quarantine now, and what follows from that.
    fn free(&mut self) {
        loop {
            let counts = |(_, own): &(&FactId, &Quarantined)| !matches!(self.effect(&own.envelope), Effect::None(_));
            let free: Vec<FactId> = self.quarantine.iter().filter(counts).map(|(id, _)| id.clone()).collect();
            if free.is_empty() {
                return;
            }
            for id in &free {
                self.release(id);
            }
        }
    }

    fn release(&mut self, id: &FactId) {
        if let Some(own) = self.quarantine.remove(id) {
            self.take(own.envelope);
        }
    }
}

/// Does a fact make somebody a judge, or a leader: what that person wrote may count now?
const fn names_judges(fact: &Fact) -> bool {
    matches!(fact, Fact::Judge { .. } | Fact::Leader { .. })
}
