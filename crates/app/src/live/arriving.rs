//! Taking up what came from elsewhere: what other nodes wrote, what was restored, and what somebody who was erased took with them.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_ledger::ScopeId;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// So long what other nodes send is gathered before it is taken up.
const GATHER: Duration = Duration::from_millis(100);

impl App {
    /// Makes the state of a competition from the records again, after somebody was erased at this computer: nothing of what was read before stays.
    pub(crate) async fn erased(&self, id: &CompetitionId) -> Result<(), Failure> {
        let scope = Self::scope(id)?;
        let mut live = self.hold(id).await?;
        self.catch_up(scope, &mut live, true).await?;
        self.0.handed.forget();
        self.note(id, scope, &mut live).await;
        Ok(())
    }

    /// Takes up what another node wrote. `anew`: some of what stood here stands no longer, so the state is made from the records again.
    pub(crate) async fn arrived(&self, scope: ScopeId, anew: bool) -> Result<(), Failure> {
        self.take_up(scope, anew).await?;
        // What came may be the key to what came before.
        if self.open_boxes(scope).await? {
            self.0.handed.forget();
            self.take_up(scope, true).await?;
        }
        Ok(())
    }

    async fn take_up(&self, scope: ScopeId, anew: bool) -> Result<(), Failure> {
        let id = CompetitionId::new(scope.to_string());
        let mut live = self.hold(&id).await?;
        if anew {
            let caught = self.catch_up(scope, &mut live, anew).await;
            // What is in memory may not be what stands; whoever is next makes it from the records.
            live.torn = caught.is_err();
            caught?;
        }
        if !live.noted {
            self.note(&id, scope, &mut live).await;
        }
        Ok(())
    }

    /// Has what other nodes wrote taken up soon, together with what comes meanwhile. Whoever asks before sees it all the same.
    pub(crate) fn arrives(&self, scope: ScopeId) {
        let arriving = |app: &Self| app.0.arriving.lock().unwrap_or_else(PoisonError::into_inner).insert(scope);
        if !arriving(self) {
            return;
        }
        // Without holding the folder: nobody waits for this to close it.
        let app = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep(GATHER).await;
            let Some(app) = app.upgrade().map(Self::of) else { return };
            app.0.arriving.lock().unwrap_or_else(PoisonError::into_inner).remove(&scope);
            let _beside = app.0.gate.read().await;
            if let Err(failure) = app.arrived(scope, false).await {
                // The records are safe; the state is made from them when it is asked for next.
                tracing::error!(cause = %failure, "what arrived could not be taken up");
            }
        });
    }

    /// Lets go of everything that was read from the store: it holds something else now.
    pub(crate) async fn forget(&self) {
        // In their places: whoever waits for one waits for the one that everybody uses.
        for live in self.0.live.lock().await.values() {
            live.write().await.torn = true;
        }
        self.0.desks.clear();
        self.0.people.clear();
        self.0.handed.forget();
        self.0.carriage.tried.forget();
        self.begin_anew();
    }
}
