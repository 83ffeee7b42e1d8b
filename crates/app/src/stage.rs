//! What was put on the big screen, and its countdown: kept on this computer beside the ledger, so that the screen is the same after a power
//! cut, and a countdown goes on.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_domain::screen::Staged;

/// Changes of screens are made one after the other.
#[derive(Debug, Default)]
pub(crate) struct Stage(tokio::sync::Mutex<()>);

impl App {
    /// What was put on the screen of a competition.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn staged(&self, competition: &CompetitionId) -> Result<Staged, Failure> {
        let kept = self.0.store.setting(&key(competition)).await?;
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
    }

    /// Puts something else there, and tells whoever looks on.
    ///
    /// # Errors
    /// Refusals of `put`; what the store says.
    pub(crate) async fn stage(
        &self,
        competition: &CompetitionId,
        put: impl FnOnce(&Competition, Staged) -> Result<Staged, Refusal> + Send,
    ) -> Result<(), Failure> {
        let _turn = self.0.stage.0.lock().await;
        let before = self.staged(competition).await?;
        let after = self.ask(competition, |state| put(state, before.clone())).await?;
        if after != before {
            let kept = serde_json::to_string(&after).map_err(|error| Failure::Internal(error.to_string()))?;
            self.0.store.set_setting(&key(competition), &kept).await?;
            // Nobody looking on is no fault.
            let _ = self.0.changes.send(crate::Change::Competition(competition.clone()));
        }
        Ok(())
    }
}

fn key(competition: &CompetitionId) -> String {
    format!("screen:{competition}")
}
