//! Competitions in use: their state in memory, loaded from a snapshot and the records after it, changed only after what changed is
//! durable.

mod acting;
mod arriving;
mod noting;

use crate::App;
use crate::facts::{envelope, may_change, new_facts};
use crate::failure::Failure;
use jiangsai_domain::coded;
use jiangsai_domain::competition::{Competition, FOLD};
use jiangsai_domain::envelope::{Context, Draft, Refusal};
use jiangsai_domain::fact::{ERASING, Fact};
use jiangsai_domain::ids::{Actor, CompetitionId, FactId};
use jiangsai_ledger::{Hash, LogId, ScopeId};
use jiangsai_store::{Reason, Store, StoreError, Stored};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

/// A snapshot is written once so many facts came since the last one, or an eighth of all.
const SNAPSHOT_AFTER: usize = 2_000;

/// A competition in use.
#[derive(Default)]
pub(crate) struct Live {
    /// Its state.
    pub state: Competition,
    /// The state as it may be looked at, where that is less; made when somebody looks.
    in_sight: OnceLock<Option<Competition>>,
    /// The newest record of each log that is in the state: its number and its hash, which says of which branch the state is.
    heads: BTreeMap<LogId, (u64, Hash)>,
    /// Facts since the last snapshot.
    since_snapshot: usize,
    /// Everything that the database accepted up to this cursor is in the state.
    seen: u64,
    /// It is noted that people sign in.
    signing_in: bool,
    /// Whoever looks on knows of this state.
    noted: bool,
    /// Facts of others came that bear on what judges' desks are told: with the next change it is seen to.
    heard: bool,
    /// The computers that the store knows to be revoked in it.
    revoked: Option<Vec<String>>,
    /// A change began and did not end, as a panic does: the state may be half-changed; the records are not.
    torn: bool,
}

impl App {
    /// The scope of a competition.
    pub(crate) fn scope(id: &CompetitionId) -> Result<ScopeId, Failure> {
        id.as_str().parse().map_err(|_| Refusal::new("no-competition").into())
    }

    /// A competition, loaded when it is not in use yet, with what other nodes and other processes wrote since.
    pub(crate) async fn live(&self, id: &CompetitionId) -> Result<Arc<RwLock<Live>>, Failure> {
        let live = self.in_use(id).await?;
        let scope = Self::scope(id)?;
        // Asked before the records are read: what comes meanwhile is found the next time.
        let head = self.0.store.head(scope).await?;
        if live.read().await.seen != head {
            let mut live = live.write().await;
            if live.seen != head {
                self.catch_up(scope, &mut live, false).await?;
                if !live.noted {
                    self.note(id, scope, &mut live).await;
                }
            }
        }
        Ok(live)
    }

    async fn in_use(&self, id: &CompetitionId) -> Result<Arc<RwLock<Live>>, Failure> {
        let mut open = self.0.live.lock().await;
        if let Some(live) = open.get(id) {
            return Ok(Arc::clone(live));
        }
        let live = Arc::new(RwLock::new(self.load(Self::scope(id)?).await?));
        open.insert(id.clone(), Arc::clone(&live));
        Ok(live)
    }

    /// A competition to look at. A torn state is made again in its place: whoever waits for it waits for the one that everybody uses.
    pub(crate) async fn look(&self, id: &CompetitionId) -> Result<OwnedRwLockReadGuard<Live>, Failure> {
        loop {
            let live = self.live(id).await?.read_owned().await;
            if !live.torn {
                return Ok(live);
            }
            drop(live);
            self.hold(id).await?;
        }
    }

    /// A competition to change, by nobody else meanwhile.
    async fn hold(&self, id: &CompetitionId) -> Result<OwnedRwLockWriteGuard<Live>, Failure> {
        let mut live = self.live(id).await?.write_owned().await;
        if live.torn {
            *live = self.load(Self::scope(id)?).await?;
        }
        Ok(live)
    }

    async fn load(&self, scope: ScopeId) -> Result<Live, Failure> {
        let store = &self.0.store;
        if let Some((covered, bytes)) = store.snapshot_load(scope, FOLD).await?
            && store.stands(scope, &covered.heads).await?
            && let Ok(state) = Competition::restore(&bytes)
        {
            let heads = covered.heads.into_iter().map(|(log, seq, head)| (log, (seq, head))).collect();
            let mut live = Live { state, heads, seen: covered.cursor, ..Live::default() };
            live.state.part |= store.is_part(scope).await?;
            if !live.follow(store, scope).await? {
                self.settle(scope, &mut live).await?;
                return Ok(live);
            }
        }
        self.load_anew(scope).await
    }

    /// The state made from the records, whatever a snapshot says.
    async fn load_anew(&self, scope: ScopeId) -> Result<Live, Failure> {
        let live = Live::whole(&self.0.store, scope).await?;
        if live.heads.is_empty() {
            return Err(Refusal::new("no-competition").into());
        }
        Ok(live)
    }

    /// Is what a snapshot gives, with the records after it, what the records alone give? Where there is none, or one of a branch that lost, nothing is
    /// wrong.
    pub(crate) async fn snapshot_is_sound(&self, scope: ScopeId) -> Result<bool, Failure> {
        let store = &self.0.store;
        let Some((covered, bytes)) = store.snapshot_load(scope, FOLD).await? else { return Ok(true) };
        if !store.stands(scope, &covered.heads).await? {
            return Ok(true);
        }
        let Ok(state) = Competition::restore(&bytes) else { return Ok(false) };
        let heads = covered.heads.into_iter().map(|(log, seq, head)| (log, (seq, head))).collect();
        let mut live = Live { state, heads, seen: covered.cursor, ..Live::default() };
        live.state.part |= store.is_part(scope).await?;
        if live.follow(store, scope).await? || !live.state.is_settled() {
            // It is thrown away by whoever meets it.
            return Ok(true);
        }
        let folded = self.fold(scope).await?.snapshot();
        Ok(live.state.snapshot().is_ok_and(|held| folded.is_ok_and(|folded| folded == held)))
    }

    /// The state as the records alone give it, whatever is in memory or in a snapshot.
    pub(crate) async fn fold(&self, scope: ScopeId) -> Result<Competition, Failure> {
        Ok(Live::whole(&self.0.store, scope).await?.state)
    }

    /// Answers a question about a competition.
    pub(crate) async fn ask<T>(
        &self,
        id: &CompetitionId,
        view: impl FnOnce(&Competition) -> Result<T, Refusal> + Send,
    ) -> Result<T, Failure> {
        Ok(view(self.look(id).await?.in_sight())?)
    }

    /// Decides, makes durable, evolves, and only then answers. The person at this computer acts.
    pub(crate) async fn change<D: Send, T>(
        &self,
        id: &CompetitionId,
        decide: impl FnOnce(&Competition, &Context) -> Result<(Vec<Draft>, D), Refusal> + Send,
        answer: impl FnOnce(&Competition, &[FactId], D) -> Result<T, Refusal> + Send,
    ) -> Result<T, Failure> {
        self.change_by(self.1.actor(), id, decide, answer).await
    }

    /// As [`App::change`], for a step that is hard to take back: what is there is backed up before it is taken. An import that writes over
    /// nothing is no such step, nor are first values or a first re-check. Nobody waits for the backup: it is decided whether there is a
    /// step, and when the backup is there decided anew.
    pub(crate) async fn change_after_backup<D: Send, T>(
        &self,
        reason: Reason,
        id: &CompetitionId,
        decide: impl Fn(&Competition, &Context) -> Result<(Vec<Draft>, D), Refusal> + Send + Sync,
        answer: impl FnOnce(&Competition, &[FactId], D) -> Result<T, Refusal> + Send,
    ) -> Result<T, Failure> {
        let context = self.context()?;
        let live = self.look(id).await?;
        may_change(&live.state, &context)?;
        let (drafts, _) = decide(&live.state, &context)?;
        drop(live);
        let replaces = drafts.iter().any(|draft| !draft.replaces.is_empty());
        let over_nothing = !matches!(reason, Reason::Import | Reason::Parameters | Reason::Recheck);
        if !drafts.is_empty() && (replaces || over_nothing) {
            self.back_up_before(reason).await;
        }
        self.change(id, decide, answer).await
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
        let mut live = self.hold(id).await?;
        let whole = may_change(&live.state, &context);
        let decided = decide(&live.state, &context);
        let of_keys =
            |(drafts, _): &(Vec<Draft>, D)| !drafts.is_empty() && drafts.iter().all(|draft| is_key(&draft.fact));
        let of_keys = decided.as_ref().is_ok_and(of_keys);
        // A key can be made known wherever it was made.
        if !of_keys {
            whole?;
        }
        let (drafts, decided) = decided?;
        self.1.agrees(&drafts)?;
        self.counts(&live.state, &drafts, &context)?;
        let mut facts = Vec::new();
        if !drafts.is_empty() {
            let scope = Self::scope(id)?;
            let asked = drafts.len();
            let approving = self.approving(id, &live.state, &drafts, &context);
            // Whoever asks for a PIN may say nothing else yet: what is to be told beside waits for the next change.
            let tells = live.heard && !of_keys;
            let waits = live.heard && of_keys;
            let new = new_facts(&live.state, drafts, tells, &context)?;
            let (at, said) = (self.0.host.now_ms(), (live.state.trust.len(), live.state.quarantine.len()));
            // Stays so when it fails: whether what failed late is durable all the same, only the records say.
            live.torn = true;
            let stored = self.0.store.append_followed(scope, new, approving, at).await?;
            for one in stored {
                facts.push(FactId::new(one.hash.to_string()));
                live.evolve(scope, one);
            }
            let settled = live.state.is_settled();
            self.settle(scope, &mut live).await?;
            // What came out of quarantine, or went there, was not told beside.
            live.torn = false;
            live.heard = waits || (live.state.trust.len(), live.state.quarantine.len()) != said;
            if settled {
                self.own(scope, &mut live, facts.len()).await;
            }
            // What was told beside them nobody asked for.
            facts.truncate(asked);
            self.note(id, scope, &mut live).await;
        }
        Ok(answer(live.in_sight(), &facts, decided)?)
    }

    /// Founds a competition.
    pub(crate) async fn found(
        &self,
        decide: impl FnOnce(&Context) -> Result<Vec<Draft>, Refusal> + Send,
    ) -> Result<CompetitionId, Failure> {
        let context = self.context()?;
        let mut facts = new_facts(&Competition::default(), decide(&context)?, false, &context)?.into_iter();
        let first = facts.next().ok_or_else(|| Failure::Internal("a competition without facts".to_owned()))?;
        let at = self.0.host.now_ms();
        let (scope, stored) = self.0.store.create_scope(first, facts.collect(), at).await?;
        let id = CompetitionId::new(scope.to_string());
        let mut live = Live::default();
        for one in stored {
            live.evolve(scope, one);
        }
        // All there is: nobody else can know of it yet.
        live.seen = self.0.store.head(scope).await.unwrap_or_default();
        self.note(&id, scope, &mut live).await;
        self.0.live.lock().await.insert(id.clone(), Arc::new(RwLock::new(live)));
        Ok(id)
    }

    /// Takes what stands and is not in the state yet.
    async fn catch_up(&self, scope: ScopeId, live: &mut Live, anew: bool) -> Result<(), Failure> {
        let store = &self.0.store;
        if anew || live.torn || !store.stands(scope, &live.heads()).await? {
            // Under the lock: a change that waited for it wrote a snapshot of what stands no longer.
            store.snapshot_drop(scope).await?;
            *live = self.load_anew(scope).await?;
            return Ok(());
        }
        let erased = live.follow(store, scope).await?;
        if erased {
            // What was read before is read again, without what is gone; and no snapshot has it.
            store.snapshot_drop(scope).await?;
            *live = self.load_anew(scope).await?;
            self.erased_here();
            return Ok(());
        }
        self.settle(scope, live).await
    }

    /// Where a revocation came after what it is about, the state is made from the records again.
    async fn settle(&self, scope: ScopeId, live: &mut Live) -> Result<(), Failure> {
        if live.state.is_settled() {
            return Ok(());
        }
        self.0.store.snapshot_drop(scope).await?;
        *live = Live { heard: true, ..self.load_anew(scope).await? };
        Ok(())
    }

    /// So many facts of this node were added to the state. Where the database accepted nothing else meanwhile, there is nothing to look for.
    async fn own(&self, scope: ScopeId, live: &mut Live, facts: usize) {
        let head = self.0.store.head(scope).await;
        live.seen = head.ok().filter(|head| *head == live.seen + facts as u64).unwrap_or(live.seen);
    }

    /// Writes again what was set apart of the logs of this node; how many records that were.
    pub(crate) async fn adopt(&self, id: &CompetitionId) -> Result<u32, Failure> {
        let mut live = self.hold(id).await?;
        let scope = Self::scope(id)?;
        let at = self.0.host.now_ms();
        live.torn = true;
        let stored = self.0.store.adopt(scope, self.1.actor().as_str(), at).await?;
        let count = stored.iter().filter(|one| one.class != jiangsai_ledger::Class::Trust).count();
        for one in stored {
            live.evolve(scope, one);
        }
        self.settle(scope, &mut live).await?;
        (live.torn, live.heard) = (false, true);
        self.note(id, scope, &mut live).await;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Time, actor and randomness for one decision.
    pub(crate) fn context(&self) -> Result<Context, Failure> {
        let mut seed = [0; 16];
        getrandom::fill(&mut seed).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Context { today: self.0.host.today(), actor: self.1.actor(), seed: u128::from_le_bytes(seed) })
    }
}

/// Does it make a person's key known, or a judge's?
const fn is_key(fact: &Fact) -> bool {
    matches!(fact, Fact::OfficerKey { .. } | Fact::JudgeKey { .. })
}

impl Live {
    fn heads(&self) -> Vec<(LogId, u64, Hash)> {
        self.heads.iter().map(|(log, (seq, head))| (*log, *seq, *head)).collect()
    }

    /// A snapshot holds the whole state, so a larger one is written less often.
    fn snapshot_after(&self) -> usize {
        let facts: u64 = self.heads.values().map(|(seq, _)| seq + 1).sum();
        usize::try_from(facts / 8).unwrap_or(usize::MAX).max(SNAPSHOT_AFTER)
    }

    /// The state of all records that stand.
    async fn whole(store: &Store, scope: ScopeId) -> Result<Self, Failure> {
        let head = match store.head(scope).await {
            Err(StoreError::UnknownScope) => 0,
            head => head?,
        };
        let (all, last) = store.read_accepted(scope, 0).await?;
        let mut live = Self { seen: last.max(head), since_snapshot: all.len(), ..Self::default() };
        let mut facts = Vec::with_capacity(all.len());
        for stored in all {
            live.meets(&stored);
            facts.extend(envelope(scope, stored));
        }
        live.heard = facts.iter().any(|one| one.fact.as_ref().is_ok_and(coded::bears));
        live.state = Competition::fold(facts);
        // Also before the first header came without its body.
        live.state.part |= store.is_part(scope).await?;
        Ok(live)
    }

    /// Takes the records that came after those that are in the state; whether any of them erases others.
    async fn follow(&mut self, store: &Store, scope: ScopeId) -> Result<bool, Failure> {
        let head = match store.head(scope).await {
            Err(StoreError::UnknownScope) => 0,
            head => head?,
        };
        let (after, last) = store.read_accepted(scope, self.seen).await?;
        // What this node wrote is in it already.
        let lacks = |one: &Stored| self.heads.get(&one.log).is_none_or(|(seq, _)| *seq < one.seq);
        let after: Vec<Stored> = after.into_iter().filter(lacks).collect();
        let erases = self.seen > 0 && after.iter().any(|one| ERASING.contains(&one.kind.as_str()));
        self.torn = true;
        for stored in after {
            self.heard |= self.evolve(scope, stored);
        }
        self.torn = false;
        self.seen = last.max(head);
        Ok(erases)
    }

    /// Takes a record in; whether it bears on what judges' desks are told.
    fn evolve(&mut self, scope: ScopeId, stored: Stored) -> bool {
        self.meets(&stored);
        self.since_snapshot += 1;
        self.noted = false;
        let Some(envelope) = envelope(scope, stored) else { return false };
        let bears = envelope.fact.as_ref().is_ok_and(coded::bears);
        let quarantined = self.state.quarantine.len();
        let seen = self.in_sight.get_mut().and_then(Option::as_mut);
        if !self.state.evolve_beside(seen, envelope) {
            self.in_sight = OnceLock::new();
        }
        // What came out of quarantine may bear on it as well.
        bears || self.state.quarantine.len() < quarantined
    }

    /// A record is in the state.
    fn meets(&mut self, stored: &Stored) {
        let newest = self.heads.entry(stored.log).or_insert((stored.seq, stored.hash));
        if newest.0 < stored.seq {
            *newest = (stored.seq, stored.hash);
        }
    }

    /// The state as it may be looked at.
    pub(crate) fn in_sight(&self) -> &Competition {
        self.in_sight.get_or_init(|| self.state.in_sight()).as_ref().unwrap_or(&self.state)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use crate::App;
    use jiangsai_domain::competition::Competition;
    use jiangsai_domain::ids::CompetitionId;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn a_state_that_a_change_left_torn_is_made_again_for_whoever_waits() {
        let (_folder, app) = App::in_new_folder().await;
        let id = app.founds().await.to_string();
        let competition = CompetitionId::new(id.as_str());
        let title = async |app: &App| -> Value {
            app.dispatch("competition.settings", json!({"competition": id}), None).await.unwrap()["title"].clone()
        };
        let rename = async |app: &App, title: &str| {
            let mut settings = app.dispatch("competition.settings", json!({"competition": id}), None).await.unwrap();
            settings["title"] = title.into();
            let edit = json!({"competition": id, "settings": settings});
            app.dispatch("competition.edit_settings", edit, None).await.unwrap();
        };
        // Somebody waits for the lock of the state that is torn.
        let live = app.live(&competition).await.unwrap();
        let mut torn = live.write().await;
        let waiting = tokio::spawn({
            let (app, competition) = (app.clone(), competition.clone());
            async move { app.look(&competition).await.unwrap().state.settings().title }
        });
        tokio::task::yield_now().await;
        torn.state = Competition::default();
        torn.torn = true;
        drop(torn);
        assert_eq!(waiting.await.unwrap(), "模拟", "from the records");
        live.write().await.torn = true;
        rename(&app, "模拟二").await;
        assert_eq!(title(&app).await, "模拟二", "what was changed is in the state that is read");
        let mut live = live.write().await;
        live.state = Competition::default();
        live.torn = true;
        drop(live);
        rename(&app, "模拟三").await;
        assert_eq!(title(&app).await, "模拟三");
    }
}
