//! Revoking a computer (吊销) in every competition that is here, and closing the door to it; and back again. A person's key: [`key`].

mod key;

use crate::App;
use crate::facts::{envelope, foreseen, may_change, supposed};
use crate::failure::Failure;
use jiangsai_domain::command::nodes::{RestoreNode, RevokeNode, RevokedEffect, RevokedIn, TrustedUntil};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::trust;
use jiangsai_domain::envelope::{Draft, Envelope, Refusal};
use jiangsai_domain::ids::{CompetitionId, FactId, LogId, NodeId};
use jiangsai_domain::trust::Cut;
use jiangsai_domain::view::history;
use jiangsai_ledger::{Hash, ScopeId};
use std::collections::BTreeSet;

/// So many of the newest records of a computer are shown to choose the last trusted one from.
const SHOWN: usize = 200;
/// Stands for the reason that is still to be given; it is never recorded.
const REASON: &str = "-";

impl App {
    /// Revokes a computer, or says what that would change.
    ///
    /// # Errors
    /// `revoke-self`, `no-such-node`, `not-found` for a record that is not here, `revoke-opens`, and those of [`trust::revoke`]. The door is closed first: where
    /// a competition refuses or fails afterwards, it is the one named, and the command can be given again.
    pub(crate) async fn revoke(&self, command: &RevokeNode) -> Result<RevokedEffect, Failure> {
        let node = &command.node;
        if node.as_str() == self.0.store.node() {
            return Err(Refusal::new("revoke-self").into());
        }
        let reason = given(&command.reason, command.preview)?;
        let mut all = Vec::new();
        for (id, scope) in self.all_scopes().await? {
            let own = command.competitions.iter().find(|own| own.competition == id);
            let until = own.map_or(&command.until, |own| &own.until);
            all.push((id, scope, self.cuts(scope, node, until).await?));
        }
        self.is_known(node, &all).await?;
        let mut effect = RevokedEffect::default();
        for (id, scope, cuts) in &all {
            let decide = |state: &Competition| trust::revoke(state, node, cuts.clone(), reason);
            effect.competitions.extend(self.foreseen(id, *scope, node, decide).await?);
        }
        if !command.preview {
            self.may_say(&all).await?;
            self.0.store.shut_out(node.as_str(), Some(self.0.host.now_ms())).await?;
            let _ = self.0.changes.send(crate::Change::Doors);
            for (id, _, cuts) in all {
                let decide = |state: &Competition, _: &_| Ok((trust::revoke(state, node, cuts, reason)?, ()));
                self.in_name_of(&id).change(&id, decide, |_, _, ()| Ok(())).await?;
            }
            effect.applied = true;
        }
        Ok(effect)
    }

    /// Trusts a computer again, or says what that would change.
    ///
    /// # Errors
    /// `no-such-node`, `revoke-opens`, and those of [`trust::restore`].
    pub(crate) async fn restore_node(&self, command: &RestoreNode) -> Result<RevokedEffect, Failure> {
        let node = &command.node;
        let reason = given(&command.reason, command.preview)?;
        let mut all = Vec::new();
        for (id, scope) in self.all_scopes().await? {
            all.push((id, scope, self.cuts(scope, node, &TrustedUntil::Now).await?));
        }
        self.is_known(node, &all).await?;
        let mut effect = RevokedEffect::default();
        for (id, scope, _) in &all {
            let decide = |state: &Competition| trust::restore(state, node, reason);
            effect.competitions.extend(self.foreseen(id, *scope, node, decide).await?);
        }
        if !command.preview {
            self.may_say(&all).await?;
            for (id, ..) in all {
                let decide = |state: &Competition, _: &_| Ok((trust::restore(state, node, reason)?, ()));
                self.in_name_of(&id).change(&id, decide, |_, _, ()| Ok(())).await?;
            }
            self.0.store.shut_out(node.as_str(), None).await?;
            let _ = self.0.changes.send(crate::Change::Doors);
            effect.applied = true;
        }
        Ok(effect)
    }

    /// Nothing is said in those of which public facts alone are received here: nobody would hear it. The door closes all the same.
    async fn all_scopes(&self) -> Result<Vec<(CompetitionId, ScopeId)>, Failure> {
        let scopes = self.0.store.scopes_whole().await?.into_iter();
        Ok(scopes.map(|scope| (CompetitionId::new(scope.to_string()), scope)).collect())
    }

    /// Everything of every competition is here: on a part nobody decides.
    async fn may_say(&self, all: &[(CompetitionId, ScopeId, Vec<Cut>)]) -> Result<(), Failure> {
        let context = self.context()?;
        for (id, ..) in all {
            may_change(&self.look(id).await?.state, &context)?;
        }
        Ok(())
    }

    /// It is a computer that wrote something here, or may connect.
    async fn is_known(&self, node: &NodeId, all: &[(CompetitionId, ScopeId, Vec<Cut>)]) -> Result<(), Failure> {
        let named = |peer: &jiangsai_store::Peer| peer.node.as_deref() == Some(node.as_str());
        if all.iter().any(|(.., cuts)| !cuts.is_empty()) || self.0.store.nodes_below().await?.iter().any(named) {
            return Ok(());
        }
        for (_, scope, _) in all {
            if !self.0.store.ends_of(*scope, node.as_str(), None).await?.is_empty() {
                return Ok(());
            }
        }
        Err(Refusal::new("no-such-node").into())
    }

    /// The last trusted record of each log.
    async fn cuts(&self, scope: ScopeId, node: &NodeId, until: &TrustedUntil) -> Result<Vec<Cut>, Failure> {
        let cursor = match until {
            TrustedUntil::Nothing => return Ok(Vec::new()),
            TrustedUntil::Now => None,
            TrustedUntil::Record(record) => {
                let name: Hash = record.as_str().parse().map_err(|_| Refusal::new("not-found"))?;
                let cursor = self.0.store.cursor_of(scope, name).await?;
                Some(cursor.ok_or(Refusal::new("not-found"))?)
            }
        };
        let ends = self.0.store.ends_of(scope, node.as_str(), cursor).await?;
        let cut = |(log, seq, head): (jiangsai_ledger::LogId, u64, Hash)| Cut {
            log: LogId::new(log.to_string()),
            seq,
            head: FactId::new(head.to_string()),
        };
        Ok(ends.into_iter().map(cut).collect())
    }

    /// What something said about a computer would change in a competition; nothing where it wrote nothing there.
    async fn foreseen(
        &self,
        id: &CompetitionId,
        scope: ScopeId,
        node: &NodeId,
        decide: impl Fn(&Competition) -> Result<Vec<Draft>, Refusal>,
    ) -> Result<Option<RevokedIn>, Failure> {
        if self.0.store.ends_of(scope, node.as_str(), None).await?.is_empty() {
            return Ok(None);
        }
        let live = self.look(id).await?;
        let drafts = decide(&live.state)?;
        let (all, _) = self.0.store.read_accepted(scope, 0).await?;
        let mut facts: Vec<Envelope> = all.into_iter().filter_map(|one| envelope(scope, one)).collect();
        let mut newest: Vec<(u64, FactId)> =
            facts.iter().filter(|one| one.origin.node == *node).map(|one| (one.order, one.id.clone())).collect();
        let here = NodeId::new(self.0.store.node());
        for (number, draft) in drafts.into_iter().enumerate() {
            facts.push(supposed(&here, number, draft, self.in_name_of(id).1.actor()));
        }
        let then = Competition::fold(facts);
        trust::keeps_seals(&live.state, &then)?;
        trust::is_heard(&then, &foreseen(0))?;
        let quarantined = then.quarantine.values().filter(|own| own.envelope.origin.node == *node).count() as u64;
        let trusted = (newest.len() as u64).saturating_sub(quarantined);
        newest.sort_unstable_by(|one, other| other.cmp(one));
        newest.truncate(SHOWN);
        let wanted: BTreeSet<&FactId> = newest.iter().map(|(_, id)| id).collect();
        let mut lines = history::lines_of(live.in_sight(), &wanted);
        let records = newest.iter().filter_map(|(_, id)| lines.remove(id)).collect();
        let events = trust::effects(&live.state, &then);
        let title = live.state.settings().title;
        Ok(Some(RevokedIn { competition: id.clone(), title, trusted, quarantined, events, records }))
    }
}

/// The reason; only where nothing is recorded it may be missing.
fn given(reason: &str, preview: bool) -> Result<&str, Refusal> {
    match (reason.trim(), preview) {
        ("", true) => Ok(REASON),
        ("", false) => Err(Refusal::new("reason-needed")),
        _ => Ok(reason),
    }
}
