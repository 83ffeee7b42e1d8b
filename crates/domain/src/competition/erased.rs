//! What erasures do to the state: what bodies said that are gone is in it no more, whether they came before or after.

use super::{Competition, Entry};
use crate::fact::{Fact, is_personal};
use crate::ids::FactId;
use crate::register::Register;
use std::collections::BTreeSet;

impl Competition {
    /// Is what a record said erased? A record that is not about a person says what it says, whoever names it.
    pub(super) fn is_gone(&self, id: &FactId, fact: &Fact) -> bool {
        self.erased_records.contains(id) && is_personal(fact.kind())
    }

    /// Takes out what some records said.
    pub(super) fn forget(&mut self, records: &[FactId]) {
        let gone: BTreeSet<&FactId> = records.iter().collect();
        self.persons.retain(|_, register| kept(register, &gone));
        self.notes.retain(|_, register| kept(register, &gone));
        self.inquiries.retain(|_, inquiry| {
            let asked = kept(&mut inquiry.asked, &gone);
            kept(&mut inquiry.answered, &gone) || asked
        });
        for event in self.events.values_mut() {
            event.bulletins.retain(|_, register| kept(register, &gone));
        }
        self.erased_records.extend(records.iter().cloned());
        self.gone = true;
        self.compute_anew();
    }

    /// Is what was known of the person of an entry erased?
    #[must_use]
    pub fn is_erased(&self, entry: &Entry) -> bool {
        self.gone && entry.registered.value().is_some_and(|own| !self.persons.contains_key(&own.person))
    }
}

/// Takes versions out of a register; whether any is left.
fn kept<T: PartialEq>(register: &mut Register<T>, gone: &BTreeSet<&FactId>) -> bool {
    register.forget(|id| gone.contains(id));
    !register.is_empty()
}
