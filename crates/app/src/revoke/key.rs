//! Revoking a person's key (吊销密钥): what was approved with it is not approved any more, but for what is named.

use super::given;
use crate::App;
use crate::facts::{envelope, supposed};
use crate::failure::Failure;
use crate::people::public;
use jiangsai_domain::command::people::{KeyEffect, RevokeKey};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::{people, trust};
use jiangsai_domain::envelope::{Draft, Envelope, Refusal};
use jiangsai_domain::ids::{FactId, NodeId};
use jiangsai_domain::people::{Approval, Signer};
use jiangsai_domain::view;
use jiangsai_domain::view::approvals::awaited;
use std::collections::BTreeSet;

impl App {
    /// Revokes a person's key or a judge's, or says what that would change. Whoever came in with it is signed out.
    ///
    /// # Errors
    /// `revoke-own-key` for the key one is signed in with, `revoke-opens`, and those of [`people::revoke_key`] and [`people::may_revoke`].
    pub(crate) async fn revoke_key(&self, command: &RevokeKey) -> Result<KeyEffect, Failure> {
        let RevokeKey { competition, signer, node, key, trusted, .. } = command;
        let reason = given(&command.reason, command.preview)?;
        if self.1.signed.as_ref().is_some_and(|signed| public(&signed.key) == *key) {
            return Err(Refusal::new("revoke-own-key").into());
        }
        let decide = |state: &Competition| people::revoke_key(state, (signer, node, key), trusted, reason);
        let effect = self.foreseen_of_key(command, decide).await?;
        if command.preview {
            return Ok(effect);
        }
        self.change(competition, |state, _| Ok((decide(state)?, ())), |_, _, ()| Ok(())).await?;
        self.0.people.dismiss_key(competition, key);
        self.0.desks.dismiss_key(competition, key);
        Ok(KeyEffect { applied: true, ..effect })
    }

    /// What would change.
    async fn foreseen_of_key(
        &self,
        command: &RevokeKey,
        decide: impl Fn(&Competition) -> Result<Vec<Draft>, Refusal>,
    ) -> Result<KeyEffect, Failure> {
        let scope = Self::scope(&command.competition)?;
        let live = self.look(&command.competition).await?;
        let drafts = decide(&live.state)?;
        let (all, _) = self.0.store.read_accepted(scope, 0).await?;
        let mut facts: Vec<Envelope> = all.into_iter().filter_map(|one| envelope(scope, one)).collect();
        let said = self.suppose(&mut facts, drafts);
        let then = Competition::fold(facts);
        trust::keeps_seals(&live.state, &then)?;
        if let Some(said) = said {
            people::may_revoke(&then, &said, (&command.signer, &command.key))?;
        }
        let before: BTreeSet<FactId> = awaited(&live.state).into_iter().map(|own| own.record).collect();
        let lacking = awaited(&then).into_iter().filter(|own| !before.contains(&own.record)).collect();
        let quarantined = then.quarantine.len().saturating_sub(live.state.quarantine.len()) as u64;
        Ok(KeyEffect {
            approvals: view::people::approved_with(live.in_sight(), &command.signer, &command.key),
            lacking,
            quarantined,
            events: trust::effects(&live.state, &then),
            applied: false,
        })
    }

    /// Adds drafts to facts as if they had been recorded here and approved by whoever is signed in; the record of the first.
    fn suppose(&self, facts: &mut Vec<Envelope>, drafts: Vec<Draft>) -> Option<FactId> {
        let (here, actor) = (NodeId::new(self.0.store.node()), self.1.actor());
        let mut said = None;
        for (number, draft) in drafts.into_iter().enumerate() {
            let one = supposed(&here, 2 * number, draft, actor.clone());
            if let Some(signed) = &self.1.signed {
                let (signer, key) = (Signer::Officer(signed.officer.clone()), public(&signed.key));
                // Its signature is looked at where records are taken in.
                let approval = Approval { signer, key, signature: String::new() };
                let approved = people::approved(one.id.clone(), approval);
                facts.push(supposed(&here, 2 * number + 1, approved, actor.clone()));
            }
            said.get_or_insert(one.id.clone());
            facts.push(one);
        }
        said
    }
}
