//! Word from the node above that it has something, so that nobody need ask every other second. A hint only: what is missed is found by asking
//! now and then, and where no hint can be heard everything goes on as without.

use super::client::Client;
use super::tls::Pin;
use super::{NodeRefusal, Upstream, runner, server, signed_answer};
use crate::{App, Change, Inner};
use jiangsai_ledger::replication::full_jitter;
use jiangsai_ledger::{Hash, ScopeId, sign};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{Notify, broadcast};

/// What is heard from above, and told below.
pub(crate) struct Hints {
    /// The stream from above is alive.
    hears: AtomicBool,
    /// Something is there to ask for.
    bell: Notify,
    /// There may be another node above now.
    anew: Notify,
    /// Scopes of which receipts came that nodes below wait for.
    receipts: broadcast::Sender<ScopeId>,
}

impl Default for Hints {
    fn default() -> Self {
        let (receipts, _) = broadcast::channel(256);
        Self { hears: AtomicBool::new(false), bell: Notify::new(), anew: Notify::new(), receipts }
    }
}

impl Hints {
    /// Is word heard from above?
    pub(super) fn hears(&self) -> bool {
        self.hears.load(Ordering::Relaxed)
    }

    /// Resolves when there is something to ask for.
    pub(super) async fn rung(&self) {
        self.bell.notified().await;
    }

    /// Begins anew with whatever node is above now.
    pub(super) fn forget(&self) {
        self.anew.notify_one();
    }

    /// Receipts came that nodes below wait for.
    pub(super) fn receipts_came(&self, scope: ScopeId) {
        // Nobody listening is no fault.
        let _ = self.receipts.send(scope);
    }

    /// Nodes below are let in no more, or may be now: they ask again, and learn it.
    pub(super) fn turned(&self) {
        self.receipts_came(ScopeId::new(Hash::ZERO));
    }

    /// Something was heard: that the stream begins (and something may have happened just before), or a word.
    fn heard(&self) {
        self.hears.store(true, Ordering::Relaxed);
        self.bell.notify_one();
    }
}

/// Word of what happens here, for a node below. It says neither what nor how much.
pub struct Word {
    /// Without holding the folder.
    app: Weak<Inner>,
    who: Hash,
    changes: broadcast::Receiver<Change>,
    receipts: broadcast::Receiver<ScopeId>,
    /// Signature of this node over an empty answer to the request, hex.
    pub signature: String,
}

impl Word {
    /// Resolves when a node below has something to ask for, once for all that happened until then; false when there will be nothing any more.
    pub async fn next(&mut self) -> bool {
        loop {
            let mut heard = tokio::select! {
                change = self.changes.recv() => match change {
                    Ok(change) => Heard::of(&change),
                    Err(RecvError::Lagged(_)) => Heard::ANYTHING,
                    Err(RecvError::Closed) => return false,
                },
                receipt = self.receipts.recv() => match receipt {
                    Err(RecvError::Closed) => return false,
                    _ => Heard::SOMETHING,
                },
            };
            loop {
                heard = heard.and(match self.changes.try_recv() {
                    Ok(change) => Heard::of(&change),
                    Err(TryRecvError::Lagged(_)) => Heard::ANYTHING,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                });
            }
            while matches!(self.receipts.try_recv(), Ok(_) | Err(TryRecvError::Lagged(_))) {
                heard = heard.and(Heard::SOMETHING);
            }
            if heard.doors && self.is_shut_out().await {
                return false;
            }
            if heard.asks {
                return true;
            }
        }
    }
}

/// What changes mean for a node below.
#[derive(Clone, Copy)]
struct Heard {
    /// It has something to ask for.
    asks: bool,
    /// It may be let in no more.
    doors: bool,
}

impl Heard {
    const SOMETHING: Self = Self { asks: true, doors: false };
    /// Whoever fell behind does not know what it missed.
    const ANYTHING: Self = Self { asks: true, doors: true };

    /// What nodes say of themselves, nobody asks for.
    const fn of(change: &Change) -> Self {
        match change {
            Change::Competition(_) => Self::SOMETHING,
            Change::Doors => Self { asks: false, doors: true },
            Change::Nodes | Change::Sync => Self { asks: false, doors: false },
        }
    }

    const fn and(self, other: Self) -> Self {
        Self { asks: self.asks || other.asks, doors: self.doors || other.doors }
    }
}

impl Word {
    /// Was the node revoked meanwhile?
    async fn is_shut_out(&self) -> bool {
        let Some(app) = self.app.upgrade().map(App::of) else { return true };
        let _beside = app.0.gate.read().await;
        app.is_let_in(self.who).await.is_err()
    }
}

impl App {
    /// Word of what happens here, for a node that may ask. `key` and `signature` (hex) say who asks.
    ///
    /// # Errors
    /// `unknown-node` (401), `revoked` (403), `too-often` (429).
    pub async fn tell_node(
        &self,
        key: Option<&str>,
        signature: Option<&str>,
        body: &[u8],
    ) -> Result<Word, NodeRefusal> {
        let _beside = self.0.gate.read().await;
        let (who, request) = self.authenticate("changes", key, signature, body).await?;
        server::read::<()>(body)?;
        let who = who.key;
        self.0.quota.request(who)?;
        let signature = sign(&self.0.store.node_key(), &signed_answer(&request, b"")).to_string();
        let (changes, receipts) = (self.changes(), self.0.hints.receipts.subscribe());
        Ok(Word { app: Arc::downgrade(&self.0), who, changes, receipts, signature })
    }

    /// Listens to the node above, whatever it is, until the task is dropped or aborted.
    pub(super) async fn listen(&self) {
        let hints = &self.0.hints;
        let mut failures = 0;
        loop {
            let heard = match self.upstream().await {
                Ok(upstream) => tokio::select! {
                    heard = self.listen_to(upstream.as_ref()) => heard,
                    () = hints.anew.notified() => true,
                },
                // It could not be read now; there may be one.
                Err(_) => false,
            };
            // One that was open for a while and broke is no failure to open it.
            let was_open = hints.hears.swap(false, Ordering::Relaxed);
            if was_open {
                self.0.connection.is_unsure();
            }
            if was_open && self.knows_standby().await.unwrap_or(false) {
                // It may be gone; another may be asked.
                self.0.connection.ring();
            }
            failures = if heard || was_open { 0 } else { u32::saturating_add(failures, 1) };
            let pause = full_jitter(failures, runner::random().unwrap_or_default());
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(pause)) => {}
                () = hints.anew.notified() => {}
            }
        }
    }

    /// Listens until there is nothing to hear any more. Was there anything?
    async fn listen_to(&self, upstream: Option<&Upstream>) -> bool {
        let Some(upstream) = upstream else { return std::future::pending().await };
        let Ok(client) = Client::pinned(Pin::Key(upstream.key)) else { return false };
        let hints = &self.0.hints;
        client.listen(self, upstream, || hints.heard()).await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// Is there nothing to hear?
    async fn is_quiet(word: &mut Word) -> bool {
        tokio::select! {
            biased;
            _ = word.next() => false,
            () = std::future::ready(()) => true,
        }
    }

    #[tokio::test]
    async fn one_word_stands_for_everything_that_happened_until_then() {
        let (_folder, app) = App::in_new_folder().await;
        let receipts = app.0.hints.receipts.subscribe();
        let (who, changes) = (Hash::of(b"node"), app.changes());
        let mut word = Word { app: Arc::downgrade(&app.0), who, changes, receipts, signature: String::new() };
        assert!(is_quiet(&mut word).await);
        for count in [1, 3, 1_000] {
            for _ in 0..count {
                app.0.changes.send(Change::Competition("one".into())).unwrap();
                app.0.hints.receipts_came(ScopeId::new(who));
            }
            assert!(word.next().await, "something happened {count} times");
            assert!(is_quiet(&mut word).await, "and is said once");
        }
        for change in [Change::Nodes, Change::Sync] {
            app.0.changes.send(change).unwrap();
        }
        assert!(is_quiet(&mut word).await, "nothing of it is asked for");
        app.0.hints.receipts_came(ScopeId::new(who));
        assert!(word.next().await, "receipts are");
    }
}
