//! The runner: does what the state machine of a connection asks for, round after round, and goes on after any interruption.

use super::client::{Client, NoAnswer};
use super::doors::heard_of;
use super::tls::Pin;
use super::waking::{LONG_PAUSE, PAUSE};
use super::{About, Upstream};
use crate::carriage::Asks;
use crate::failure::Failure;
use crate::{App, Boxed};
use jiangsai_ledger::ScopeId;
use jiangsai_ledger::replication::{
    Effect, Failed, Heads, Heard, Input, Link, Pull, Pulled, Pushed, Reads, full_jitter,
};
use jiangsai_store::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::sync::RwLockReadGuard;

/// Trouble: something waits for a readers' key that counts here.
const NO_KEY: &str = "carrier-no-key";

/// Who is asked.
struct To<'a> {
    client: &'a Client,
    upstream: &'a Upstream,
    /// It carries what it may not read.
    carrier: bool,
}

/// Why a round ended early.
pub(super) enum Stopped {
    /// The node above cannot be asked about anything; try again after so many milliseconds.
    Cut(u64, &'static str),
    /// It cannot be asked about this competition.
    Wait(u64, &'static str),
    /// Something broke here.
    Broke(Failure),
    /// A restore or another connection came between: what was asked about is not there any more.
    Over,
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Broke(failure)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Broke(error.into())
    }
}

impl App {
    /// Keeps this node in touch with the one above, until the task is dropped or aborted.
    #[must_use]
    #[inline(never)]
    pub fn keep_in_sync(self) -> Boxed<'static, ()> {
        Box::pin(async move {
            if let Err(failure) = self.open_left_boxes().await {
                tracing::warn!(cause = %failure, "what lies here in boxes could not be looked through");
            }
            tokio::join!(self.rounds(), self.listen(), self.stands_by());
        })
    }

    /// Round after round.
    async fn rounds(&self) {
        let mut kept = None;
        let mut changes = self.changes();
        loop {
            let two = self.knows_standby().await.unwrap_or(false);
            let pause = match self.upstream().await {
                Ok(Some(upstream)) => match client(&mut kept, &upstream, two) {
                    Ok(client) => self.round(client, &upstream).await,
                    Err(failure) => {
                        tracing::error!(cause = %failure, "no connection can be made");
                        self.0.connection.with(|state| state.trouble = Some("internal"));
                        LONG_PAUSE
                    }
                },
                _ => PAUSE,
            };
            self.tell_of_standing().await;
            self.until_next(&mut changes, pause, two).await;
        }
    }

    /// One round over all scopes; how long to pause afterwards.
    async fn round(&self, client: &Client, upstream: &Upstream) -> Duration {
        let (trouble, pause, heard) = match self.every_scope(client, upstream).await {
            Ok(()) => {
                if let Err(failure) = self.tell(client, upstream).await {
                    tracing::warn!(cause = %failure, "what this node holds could not be told");
                }
                if let Err(failure) = self.learn_standby(client, upstream).await {
                    tracing::warn!(cause = %failure, "who stands by could not be kept");
                }
                let ask = async |asks: &Asks| client.ask::<Asks>(self, upstream, "readers", asks).await.ok();
                if let Err(failure) = self.learn_readers(upstream, ask).await {
                    tracing::warn!(cause = %failure, "who reads everything could not be told");
                }
                (None, PAUSE, Some(Heard::Answers))
            }
            Err(Stopped::Cut(ms, why) | Stopped::Wait(ms, why)) => {
                (Some(why), Duration::from_millis(ms), heard_of(why))
            }
            Err(Stopped::Broke(failure)) => {
                tracing::error!(cause = %failure, "sync stopped");
                (Some("internal"), PAUSE, None)
            }
            Err(Stopped::Over) => (None, Duration::ZERO, None),
        };
        self.0.connection.with(|state| state.trouble = trouble);
        match self.turns(heard, pause).await {
            Ok(pause) => pause,
            Err(failure) => {
                tracing::error!(cause = %failure, "the other node above could not be tried");
                pause
            }
        }
    }

    async fn every_scope(&self, client: &Client, upstream: &Upstream) -> Result<(), Stopped> {
        let era = self.0.connection.era();
        let own = self.0.store.scopes().await?;
        let theirs: Vec<ScopeId> =
            client.ask_first(self, upstream, "scopes", &()).await.map_err(|none| self.unasked(none))?;
        self.heard();
        self.0.connection.with(|state| state.failures = 0);
        // Of a level above that receives public facts alone nothing comes down.
        let theirs = theirs.into_iter().filter(|_| !upstream.receives_public());
        let scopes: BTreeSet<ScopeId> = own.into_iter().chain(theirs).collect();
        // Where the last round was cut: who comes late in the order gets on as well.
        let cut = self.0.connection.with(|state| state.cut.take());
        let (first, then): (Vec<ScopeId>, Vec<ScopeId>) =
            scopes.into_iter().partition(|scope| cut.is_none_or(|cut| *scope >= cut));
        for scope in first.into_iter().chain(then) {
            if self.0.connection.rests(scope) {
                continue;
            }
            // What stops one competition stops no other.
            match self.one_scope(client, upstream, scope, era).await {
                Ok(trouble) => self.0.connection.fares(scope, trouble),
                Err(Stopped::Wait(ms, why)) => self.0.connection.rest(scope, why, Duration::from_millis(ms)),
                Err(Stopped::Broke(failure)) => {
                    tracing::error!(cause = %failure, %scope, "sync of a competition stopped");
                    let broke = self.0.connection.broke(scope);
                    let pause = Duration::from_millis(full_jitter(broke, random()?));
                    self.0.connection.rest(scope, broken(&failure), pause);
                }
                Err(all @ (Stopped::Cut(..) | Stopped::Over)) => {
                    self.0.connection.with(|state| state.cut = Some(scope));
                    return Err(all);
                }
            }
        }
        Ok(())
    }

    /// The gate, for whatever uses the store in a round of this era; it is not held while the node above is waited for.
    async fn beside(&self, era: u64) -> Result<RwLockReadGuard<'_, ()>, Stopped> {
        let beside = self.0.gate.read().await;
        if self.0.connection.era() == era { Ok(beside) } else { Err(Stopped::Over) }
    }

    /// One round about one competition; why some of it is not sent, if so.
    async fn one_scope(
        &self,
        client: &Client,
        upstream: &Upstream,
        scope: ScopeId,
        era: u64,
    ) -> Result<Option<&'static str>, Stopped> {
        let (known, before) = self.0.connection.take(scope);
        let mut link = match known {
            Some(link) => link,
            None => {
                let _beside = self.beside(era).await?;
                Link::new(self.0.store.link(scope, upstream.key).await?)
            }
        };
        if before == Some(NO_KEY) {
            let _beside = self.beside(era).await?;
            if self.encrypts_to(scope).await?.is_some() {
                link.ask_again();
            }
        }
        let mut noes = Vec::new();
        let mut next = None;
        let ended = 'round: loop {
            let input = match next.take() {
                Some(input) => input,
                None => {
                    let _beside = self.beside(era).await?;
                    Input::Turn(self.ours(upstream, scope, link.compares()).await?)
                }
            };
            let (stepped, effects) = link.step(input);
            link = stepped;
            for effect in effects {
                match effect {
                    Effect::Rest => break 'round None,
                    Effect::Wait(ms) => break 'round Some(ms),
                    other => {
                        let to = To { client, upstream, carrier: upstream.carrier || link.is_to_carrier() };
                        next = self.act(&to, (scope, era), other, &mut noes).await?.or(next);
                    }
                }
            }
        };
        let holds_back = link.holds_back();
        self.0.connection.put_back(scope, link, era);
        // The first says most: what is refused leaves later questions without an answer.
        let code = noes.first().map(|no| no.code());
        match (ended, noes.last()) {
            (None, _) => Ok(code.or(before).filter(|_| holds_back)),
            // Of the node above as a whole, not of this competition.
            (Some(ms), Some(none @ NoAnswer::Failed(Failed::Unreachable | Failed::Later(_)))) => {
                Err(Stopped::Cut(ms, none.code()))
            }
            (Some(ms), _) => Err(Stopped::Wait(ms, code.unwrap_or("upstream-slow"))),
        }
    }

    /// Does one thing; what the connection is to be told of it. `noes`: why there was no answer, each time.
    async fn act(
        &self,
        &To { client, upstream, carrier }: &To<'_>,
        (scope, era): (ScopeId, u64),
        effect: Effect,
        noes: &mut Vec<NoAnswer>,
    ) -> Result<Option<Input>, Stopped> {
        let store = &self.0.store;
        let answer = match effect {
            Effect::AskHeads => {
                let answer = client.ask::<Heads>(self, upstream, "heads", &About { scope }).await;
                if answer.as_ref().is_ok_and(|heads| heads.carrier) && !upstream.carrier {
                    let _beside = self.beside(era).await?;
                    self.is_below_carrier(upstream).await?;
                }
                match answer {
                    Ok(heads) => {
                        let _beside = self.beside(era).await?;
                        Ok(Input::Heads(self.as_counts(upstream, scope, heads).await?))
                    }
                    Err(none) => Err(none),
                }
            }
            Effect::Push { log, from, limit } => {
                let beside = self.beside(era).await?;
                let push = upstream.sent(store.run_from(scope, log, from, limit).await?);
                let push = if carrier { self.for_carrier(push).await? } else { Some(push) };
                drop(beside);
                let Some(push) = push else { return Ok(Some(waits_for_key(noes)?)) };
                let pushed = client.ask::<Pushed>(self, upstream, "push", &push).await;
                pushed.and_then(|pushed| upstream.made(pushed)).map(Input::Pushed)
            }
            Effect::Report { branch, from } => {
                tracing::warn!(log = %branch.log, at = branch.at, "a branch that was set apart is reported to the node above");
                let beside = self.beside(era).await?;
                let push = upstream.sent(store.branch(scope, branch, from).await?);
                let push = if carrier { self.for_carrier(push).await? } else { Some(push) };
                drop(beside);
                let Some(push) = push else { return Ok(Some(waits_for_key(noes)?)) };
                client.ask::<Pushed>(self, upstream, "push", &push).await.map(Input::Pushed)
            }
            Effect::Pull { after, limit, anew, receipts } => {
                let beside = self.beside(era).await?;
                let head = store.pulled_head(scope, upstream.key, after).await?;
                // A node that carries gets in boxes what came as headers alone.
                let known = if anew && !self.carries().await? {
                    store.known(scope, upstream.reads.of_records()).await?
                } else {
                    BTreeMap::new()
                };
                let pull = Pull { head, known, receipts_after: Some(receipts), ..Pull::after(scope, after, limit) };
                drop(beside);
                client.ask::<Pulled>(self, upstream, "pull", &pull).await.map(Input::Pulled)
            }
            Effect::Anew(incarnation) => {
                let _beside = self.beside(era).await?;
                store.link_told(scope, upstream.key, incarnation, None).await?;
                return Ok(None);
            }
            Effect::Receipt(receipt) => {
                let _beside = self.beside(era).await?;
                self.keep_receipts(upstream, scope, &[receipt]).await?;
                return Ok(None);
            }
            Effect::Keep(pulled) => {
                let _beside = self.beside(era).await?;
                return Ok(Some(self.keep_pulled((upstream, carrier), scope, pulled).await?));
            }
            Effect::Rest | Effect::Wait(_) => return Ok(None),
        };
        match answer {
            Ok(input) => {
                self.heard();
                Ok(Some(input))
            }
            Err(why) => {
                noes.push(why);
                let random = random()?;
                Ok(Some(match why {
                    NoAnswer::Failed(why) => Input::Failed(why, random),
                    NoAnswer::Refused(_) => Input::Refused(random),
                }))
            }
        }
    }

    pub(super) async fn keep_pulled(
        &self,
        (upstream, carrier): (&Upstream, bool),
        scope: ScopeId,
        mut pulled: Pulled,
    ) -> Result<Input, Stopped> {
        let carries = self.carries().await?;
        let mut boxes = false;
        if upstream.receives_public() {
            // It has headers alone: in the place of what is here they would take the bodies away.
            (pulled.runs, pulled.receipts) = (Vec::new(), Vec::new());
        }
        for run in &mut pulled.runs {
            if carries {
                Reads::Carrier.takes(run).map_err(StoreError::Refused)?;
            } else {
                boxes |= self.open_run(run).await?;
            }
        }
        let pulled = &pulled;
        let receipts = self.new_receipts(upstream, scope, &pulled.receipts).await?;
        let whole = upstream.reads.reads_whole() && !carrier;
        let kept = self.0.store.keep(scope, upstream.key, pulled, &receipts, whole).await?;
        if kept.missing {
            return Ok(Input::Missing);
        }
        if boxes {
            self.0.carriage.tried.boxes_came(scope);
        }
        if !receipts.is_empty() {
            self.0.hints.receipts_came(scope);
            self.counts_changed();
        }
        if kept.set_apart > 0 || kept.filled > 0 {
            self.0.handed.forget();
        }
        if kept.new > 0 || kept.set_apart > 0 || kept.filled > 0 {
            self.arrived(scope, kept.set_apart > 0 || kept.filled > 0).await?;
        }
        if carries && self.pulls_anew(upstream, pulled, scope).await? {
            return Ok(Input::Missing);
        }
        Ok(Input::Kept)
    }

    fn heard(&self) {
        let now = self.0.host.now_ms();
        self.0.connection.with(|state| {
            state.last_contact = Some(now);
            state.trouble = None;
        });
    }

    /// The question that begins a round has no answer.
    fn unasked(&self, none: NoAnswer) -> Stopped {
        let failures = self.0.connection.with(|state| {
            state.failures = state.failures.saturating_add(1);
            state.failures - 1
        });
        let asked_for = if let NoAnswer::Failed(why) = none { why.asked_for() } else { 0 };
        match random() {
            Ok(random) => Stopped::Cut(full_jitter(failures, random).saturating_add(asked_for), none.code()),
            Err(broke) => broke.into(),
        }
    }
}

/// What the node above may not read, and there is no key to encrypt it to, is not sent.
fn waits_for_key(noes: &mut Vec<NoAnswer>) -> Result<Input, Failure> {
    noes.push(NoAnswer::Refused(NO_KEY));
    Ok(Input::Refused(random()?))
}

/// The connections to the node above: those that are open, unless it is another one now.
fn client<'k>(kept: &'k mut Option<Client>, upstream: &Upstream, two: bool) -> Result<&'k Client, Failure> {
    let client = match kept.take().filter(|client| client.is_to(upstream, two)) {
        Some(client) => client,
        None if two => Client::quick(Pin::Key(upstream.key))?,
        None => Client::pinned(Pin::Key(upstream.key))?,
    };
    Ok(kept.insert(client))
}

/// What broke here, as a code that is said without particulars.
const fn broken(failure: &Failure) -> &'static str {
    match failure {
        Failure::Store(StoreError::Refused(_)) => "upstream-records",
        Failure::Store(StoreError::Io(_) | StoreError::Newer(_)) => "internal",
        Failure::Store(error) => error.code(),
        _ => "internal",
    }
}

pub(super) fn random() -> Result<u64, Failure> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(u64::from_le_bytes(bytes))
}
