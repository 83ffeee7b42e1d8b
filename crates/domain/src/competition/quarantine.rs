//! Quarantine (隔离): records that are stored and have no effect, because their computer was revoked; and what brings them back.

use super::Competition;
use crate::envelope::Envelope;
use crate::ids::FactId;
use crate::trust::{Quarantined, Said, is_about_trust};

impl Competition {
    /// The state that a set of facts amounts to.
    ///
    /// What was said about trust is heard first, so that nothing has effect that would have to be taken back.
    #[must_use]
    pub fn fold(facts: impl IntoIterator<Item = Envelope>) -> Self {
        let about_trust = |envelope: &Envelope| envelope.fact.as_ref().is_ok_and(is_about_trust);
        let (said, others): (Vec<_>, Vec<_>) = facts.into_iter().partition(about_trust);
        let mut state = Self::default();
        for one in said.iter().chain(&others).filter(|one| one.origin.founding).take(1) {
            state.trust.founded(&one.origin);
        }
        said.into_iter().chain(others).for_each(|one| state.evolve(one));
        state
    }

    /// Takes one fact in. A revocation that comes after what it is about cannot be followed: whoever takes facts in one by one looks at
    /// [`Competition::is_settled`] then, and makes the state anew.
    pub fn evolve(&mut self, envelope: Envelope) {
        if self.trust.founded(&envelope.origin) {
            self.sort_anew();
        }
        if let Some(said) = Said::of(&envelope) {
            if self.trust.hear(envelope.id, said) {
                self.sort_anew();
            }
        } else if let Some(why) = self.trust.why(&envelope.id, &envelope.origin) {
            self.quarantine.entry(envelope.id.clone()).or_insert(Quarantined { why, envelope });
        } else {
            self.trust.takes(&envelope.origin);
            self.apply(envelope);
        }
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

    /// Brings back what is out of quarantine now.
    fn sort_anew(&mut self) {
        self.unsettled |= !self.trust.fits();
        let counts = |(id, own): (&FactId, &Quarantined)| self.trust.why(id, &own.envelope.origin).is_none();
        let free: Vec<FactId> = self.quarantine.iter().filter(|one| counts(*one)).map(|(id, _)| id.clone()).collect();
        for id in &free {
            self.release(id);
        }
        self.compute_anew();
    }

    fn release(&mut self, id: &FactId) {
        if let Some(own) = self.quarantine.remove(id) {
            self.trust.takes(&own.envelope.origin);
            self.apply(own.envelope);
        }
    }
}
