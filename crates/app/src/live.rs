//! Competitions in use: their state in memory, loaded from a snapshot and the records after it, changed only after what changed is
//! durable.

use crate::failure::Failure;
use crate::{App, authority};
use jiangsai_domain::competition::{Competition, FOLD};
use jiangsai_domain::envelope::{Context, Draft, Envelope, Refusal};
use jiangsai_domain::fact::{Class, Fact};
use jiangsai_domain::ids::{Actor, CompetitionId, FactId};
use jiangsai_ledger::{Hash, LogId, ScopeId};
use jiangsai_scoring::EntryStatus;
use jiangsai_store::{IndexRow, NewFact, Stored};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::RwLock;

/// A snapshot is written once so many facts came since the last one.
const SNAPSHOT_AFTER: usize = 2_000;

/// A competition in use.
pub(crate) struct Live {
    /// Its state.
    pub state: Competition,
    /// The newest record of each log that is in the state.
    heads: BTreeMap<LogId, u64>,
    /// Facts since the last snapshot.
    since_snapshot: usize,
}

impl App {
    /// The scope of a competition.
    pub(crate) fn scope(id: &CompetitionId) -> Result<ScopeId, Failure> {
        id.as_str().parse().map_err(|_| Refusal::new("no-competition").into())
    }

    /// A competition, loaded when it is not in use yet.
    pub(crate) async fn live(&self, id: &CompetitionId) -> Result<Arc<RwLock<Live>>, Failure> {
        let mut open = self.0.live.lock().await;
        if let Some(live) = open.get(id) {
            return Ok(Arc::clone(live));
        }
        let live = Arc::new(RwLock::new(self.load(Self::scope(id)?).await?));
        open.insert(id.clone(), Arc::clone(&live));
        Ok(live)
    }

    async fn load(&self, scope: ScopeId) -> Result<Live, Failure> {
        let store = &self.0.store;
        if let Some((heads, bytes)) = store.snapshot_load(scope, FOLD).await?
            && let Ok(state) = Competition::restore(&bytes)
        {
            let after = store.read_after(scope, &heads).await?;
            let mut live = Live { state, heads: heads.into_iter().collect(), since_snapshot: after.len() };
            after.into_iter().for_each(|stored| live.evolve(stored));
            return Ok(live);
        }
        let records = store.read(scope).await?;
        if records.is_empty() {
            return Err(Refusal::new("no-competition").into());
        }
        let mut live = Live { state: Competition::default(), heads: BTreeMap::new(), since_snapshot: records.len() };
        records.into_iter().for_each(|stored| live.evolve(stored));
        Ok(live)
    }

    /// The state as the records alone give it, whatever is in memory or in a snapshot.
    pub(crate) async fn fold(&self, scope: ScopeId) -> Result<Competition, Failure> {
        let mut live = Live { state: Competition::default(), heads: BTreeMap::new(), since_snapshot: 0 };
        self.0.store.read(scope).await?.into_iter().for_each(|stored| live.evolve(stored));
        Ok(live.state)
    }

    /// Answers a question about a competition.
    pub(crate) async fn ask<T>(
        &self,
        id: &CompetitionId,
        view: impl FnOnce(&Competition) -> Result<T, Refusal> + Send,
    ) -> Result<T, Failure> {
        let live = self.live(id).await?;
        let live = live.read().await;
        Ok(view(&live.state)?)
    }

    /// Decides, makes durable, evolves, and only then answers. The person at this computer acts.
    pub(crate) async fn change<D: Send, T>(
        &self,
        id: &CompetitionId,
        decide: impl FnOnce(&Competition, &Context) -> Result<(Vec<Draft>, D), Refusal> + Send,
        answer: impl FnOnce(&Competition, &[FactId], D) -> Result<T, Refusal> + Send,
    ) -> Result<T, Failure> {
        self.change_by(authority::actor(), id, decide, answer).await
    }

    /// As [`App::change`], with somebody else acting.
    pub(crate) async fn change_by<D: Send, T>(
        &self,
        actor: Actor,
        id: &CompetitionId,
        decide: impl FnOnce(&Competition, &Context) -> Result<(Vec<Draft>, D), Refusal> + Send,
        answer: impl FnOnce(&Competition, &[FactId], D) -> Result<T, Refusal> + Send,
    ) -> Result<T, Failure> {
        let context = Context { actor, ..self.context()? };
        let live = self.live(id).await?;
        let mut live = live.write().await;
        let (drafts, decided) = decide(&live.state, &context)?;
        let mut facts = Vec::new();
        if !drafts.is_empty() {
            let scope = Self::scope(id)?;
            let new = drafts.into_iter().map(|draft| new_fact(draft, &context)).collect::<Result<Vec<_>, _>>()?;
            let stored = self.0.store.append(scope, new, self.0.host.now_ms()).await?;
            for one in stored {
                facts.push(FactId::new(one.hash.to_string()));
                live.evolve(one);
            }
            self.note(id, scope, &mut live).await;
        }
        Ok(answer(&live.state, &facts, decided)?)
    }

    /// Founds a competition.
    pub(crate) async fn found(
        &self,
        decide: impl FnOnce(&Context) -> Result<Vec<Draft>, Refusal> + Send,
    ) -> Result<CompetitionId, Failure> {
        let context = self.context()?;
        let mut facts = decide(&context)?
            .into_iter()
            .map(|draft| new_fact(draft, &context))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter();
        let first = facts.next().ok_or_else(|| Failure::Internal("a competition without facts".to_owned()))?;
        let at = self.0.host.now_ms();
        let (scope, stored) = self.0.store.create_scope(first, facts.collect(), at).await?;
        let id = CompetitionId::new(scope.to_string());
        let mut live = Live { state: Competition::default(), heads: BTreeMap::new(), since_snapshot: 0 };
        stored.into_iter().for_each(|one| live.evolve(one));
        self.note(&id, scope, &mut live).await;
        self.0.live.lock().await.insert(id.clone(), Arc::new(RwLock::new(live)));
        Ok(id)
    }

    /// Takes up what another node wrote. `anew`: some of what stood here stands no longer, so the state is made from the records again.
    pub(crate) async fn arrived(&self, scope: ScopeId, anew: bool) -> Result<(), Failure> {
        let id = CompetitionId::new(scope.to_string());
        if anew {
            self.0.store.snapshot_drop(scope).await?;
        }
        let live = self.live(&id).await?;
        let mut live = live.write().await;
        if anew {
            *live = self.load(scope).await?;
        } else {
            let heads: Vec<_> = live.heads.iter().map(|(log, seq)| (*log, *seq)).collect();
            let after = self.0.store.read_after(scope, &heads).await?;
            after.into_iter().for_each(|stored| live.evolve(stored));
        }
        self.note(&id, scope, &mut live).await;
        Ok(())
    }

    /// Writes again what was set apart of the logs of this node; how many records that were.
    pub(crate) async fn adopt(&self, id: &CompetitionId) -> Result<u32, Failure> {
        let live = self.live(id).await?;
        let mut live = live.write().await;
        let scope = Self::scope(id)?;
        let stored = self.0.store.adopt(scope, authority::actor().as_str(), self.0.host.now_ms()).await?;
        let count = stored.len().saturating_sub(1);
        stored.into_iter().for_each(|one| live.evolve(one));
        self.note(id, scope, &mut live).await;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// What follows a change: the index of competitions, a snapshot now and then, and word to whoever looks on. All of it can be made
    /// again from the records, so nothing here undoes a change that is durable.
    async fn note(&self, id: &CompetitionId, scope: ScopeId, live: &mut Live) {
        let row = live.index_row(self.0.host.now_ms());
        if let Err(error) = self.0.store.index_put(scope, row).await {
            tracing::warn!(%error, "the index of competitions was not written");
        }
        if live.since_snapshot >= SNAPSHOT_AFTER
            && let Ok(bytes) = live.state.snapshot()
        {
            let heads: Vec<(LogId, u64)> = live.heads.iter().map(|(log, seq)| (*log, *seq)).collect();
            match self.0.store.snapshot_save(scope, FOLD, &heads, bytes).await {
                Ok(()) => live.since_snapshot = 0,
                Err(error) => tracing::warn!(%error, "a snapshot was not written"),
            }
        }
        // Nobody looking on is no fault.
        let _ = self.0.changes.send(id.clone());
    }

    /// Time, actor and randomness for one decision.
    pub(crate) fn context(&self) -> Result<Context, Failure> {
        let mut seed = [0; 16];
        getrandom::fill(&mut seed).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Context { today: self.0.host.today(), actor: authority::actor(), seed: u128::from_le_bytes(seed) })
    }
}

impl Live {
    fn evolve(&mut self, stored: Stored) {
        let newest = self.heads.entry(stored.log).or_default();
        *newest = (*newest).max(stored.seq);
        self.since_snapshot += 1;
        if let Some(envelope) = envelope(stored) {
            self.state.evolve(envelope);
        }
    }

    fn index_row(&self, now: i64) -> IndexRow {
        let settings = self.state.settings();
        let entries = self.state.entries.values().filter(|entry| entry.status() != EntryStatus::Withdrawn).count();
        IndexRow {
            title: settings.title,
            date: settings.date,
            entries: i64::try_from(entries).unwrap_or(i64::MAX),
            synthetic: settings.synthetic,
            changed_at: now,
        }
    }
}

/// A record's body as the domain reads it; the ledger's own kinds (the start of a scope or a log) are none of its business.
fn envelope(stored: Stored) -> Option<Envelope> {
    if stored.class == jiangsai_ledger::Class::Trust {
        return None;
    }
    let fact = Fact::read(&stored.kind, stored.version, stored.fact);
    Some(Envelope {
        id: FactId::new(stored.hash.to_string()),
        order: stored.order,
        at: stored.at,
        actor: stored.actor.into(),
        replaces: stored.replaces.iter().map(|hash| FactId::new(hash.to_string())).collect(),
        reason: stored.reason,
        fact,
    })
}

/// A draft as the store seals it.
fn new_fact(draft: Draft, context: &Context) -> Result<NewFact, Failure> {
    let class = match draft.fact.class() {
        Class::Setup => jiangsai_ledger::Class::Setup,
        Class::Roster => jiangsai_ledger::Class::Roster,
        Class::Draw => jiangsai_ledger::Class::Draw,
        Class::Mark => jiangsai_ledger::Class::Mark,
        Class::Ruling => jiangsai_ledger::Class::Ruling,
        Class::Bulletin => jiangsai_ledger::Class::Bulletin,
    };
    let replaces: Result<Vec<Hash>, _> = draft.replaces.iter().map(|id| id.as_str().parse()).collect();
    Ok(NewFact {
        class,
        audience: draft.fact.audience(),
        actor: context.actor.to_string(),
        kind: draft.fact.kind().to_owned(),
        version: draft.fact.version(),
        replaces: replaces.map_err(|_| Refusal::new("stale"))?,
        reason: draft.reason,
        fact: draft.fact.content(),
    })
}
