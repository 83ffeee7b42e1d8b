//! Whoever acts, beside what a decision says: may that person write it here, and what is approved by it.

use crate::App;
use crate::facts::{approved, supposed};
use jiangsai_domain::approval::{own, wanted};
use jiangsai_domain::command::Role;
use jiangsai_domain::competition::{Competition, Effect, is_about_people};
use jiangsai_domain::envelope::{Context, Draft, Refusal};
use jiangsai_domain::fact::Fact;
use jiangsai_domain::ids::{CompetitionId, NodeId};
use jiangsai_domain::people::Signer;
use jiangsai_domain::trust::Why;
use jiangsai_domain::view::judges;
use jiangsai_ledger::{Hash, SigningKey};
use jiangsai_store::NewFact;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Somebody with a key, and the roles that the person holds.
type Approver = (Signer, BTreeSet<Role>, Arc<SigningKey>);

impl App {
    /// Whoever acts writes nothing here that would have no effect.
    ///
    /// # Errors
    /// `sign-in-needed` where nobody is signed in who acts, `no-effect` where somebody else has to.
    pub(super) fn counts(&self, state: &Competition, drafts: &[Draft], context: &Context) -> Result<(), Refusal> {
        let node = NodeId::new(self.0.store.node());
        // Whether a revocation is heard follows from what it cuts: whoever writes one has looked.
        let looked = |fact: &Fact| is_about_people(fact) || matches!(fact, Fact::Revoked { .. });
        for draft in drafts.iter().filter(|draft| !looked(&draft.fact)) {
            match state.effect(&supposed(&node, 0, draft.clone(), context.actor.clone())) {
                Effect::None(Why::Nobody) => return Err(Refusal::new("sign-in-needed")),
                Effect::None(Why::Role | Why::Elsewhere | Why::Judge) => return Err(Refusal::new("no-effect")),
                // A computer that was revoked writes on: what it says may be adopted.
                Effect::None(Why::Revoked) | Effect::Counts | Effect::Gone => {}
            }
        }
        Ok(())
    }

    /// What is sealed behind decisions: that whoever is signed in, and acts, approves those that want a role which the person holds; and a judge
    /// the sheet that the judge signs.
    pub(super) fn approving(
        &self,
        id: &CompetitionId,
        state: &Competition,
        drafts: &[Draft],
        context: &Context,
    ) -> impl FnOnce(&[Hash]) -> Vec<NewFact> + Send + use<> {
        let approver = self.approver(id, state, context);
        let approves = |draft: &Draft| match &approver {
            Some((Signer::Officer(_), held, _)) => {
                wanted(&draft.fact).of.iter().any(|roles| roles.iter().any(|role| held.contains(role)))
            }
            Some((Signer::Judge(judge), ..)) => own(&draft.fact) == Some(judge),
            None => false,
        };
        let places: Vec<usize> = (0..drafts.len()).filter(|place| approves(&drafts[*place])).collect();
        let context = context.clone();
        move |records: &[Hash]| {
            let Some((signer, _, key)) = approver else { return Vec::new() };
            let own = places.into_iter().filter_map(|place| records.get(place));
            own.map(|record| approved(signer.clone(), &key, *record, &context)).collect()
        }
    }

    /// Whoever acts and has a key here, with the roles that the person holds.
    fn approver(&self, id: &CompetitionId, state: &Competition, context: &Context) -> Option<Approver> {
        let desk = self.1.desk.as_ref().filter(|own| own.competition == *id);
        if let Some(desk) = desk.filter(|own| judges::actor(&own.judge) == context.actor) {
            return Some((Signer::Judge(desk.judge.clone()), BTreeSet::new(), Arc::clone(&desk.key)));
        }
        let signed = self.1.signed.as_ref().filter(|own| own.competition == *id && self.1.actor() == context.actor)?;
        let held = state.people.officer(&signed.officer).map(|officer| officer.roles.clone()).unwrap_or_default();
        Some((Signer::Officer(signed.officer.clone()), held, Arc::clone(&signed.key)))
    }
}
