//! Word from the node above that it has something, so that nobody need ask every other second. A hint only: what is missed is found by asking
//! now and then, and where no hint can be heard everything goes on as without.

use super::client::Client;
use super::tls::Pin;
use super::{NodeRefusal, Upstream, runner, signed_answer};
use crate::{App, Change, Inner};
use jiangsai_ledger::replication::full_jitter;
use jiangsai_ledger::{Hash, ScopeId, sign};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
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
    /// Resolves when a node below has something to ask for; false when there will be nothing any more.
    pub async fn next(&mut self) -> bool {
        use broadcast::error::RecvError::Closed;
        loop {
            tokio::select! {
                // Who fell behind has something to ask for; what a node says of itself is asked for by nobody.
                change = self.changes.recv() => match change {
                    Ok(Change::Nodes) if self.is_shut_out().await => return false,
                    Ok(Change::Nodes) => {}
                    change => return !matches!(change, Err(Closed)),
                },
                receipt = self.receipts.recv() => return !matches!(receipt, Err(Closed)),
            }
        }
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
