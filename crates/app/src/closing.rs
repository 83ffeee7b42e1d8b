//! Closing this computer to everything but the desk of one competition, until somebody types a code. It keeps pages out of sight; commands
//! are asked for as ever by whoever can reach this computer.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::ids::CompetitionId;

/// Setting that holds the competition whose desk alone is shown; empty for none.
pub(crate) const CLOSED: &str = "desk-closed";

/// The code is kept as the PINs are, under a name that no judge has: ids are hex digits.
const KEEPER: &str = "desk-release";

impl App {
    /// The competition whose desk alone is shown.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn closed(&self) -> Result<Option<CompetitionId>, Failure> {
        let kept = self.0.store.setting(CLOSED).await?;
        Ok(kept.filter(|id| !id.is_empty()).map(CompetitionId::new))
    }

    /// Closes to all but the desk of a competition; without a code opens again.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn close_desk(&self, competition: &CompetitionId, code: &str) -> Result<(), Failure> {
        if code.is_empty() {
            return Ok(self.0.store.set_setting(CLOSED, "").await?);
        }
        // The code first: closed without one, it could not be opened.
        let scope = Self::scope(competition)?;
        self.0.store.pin_set(scope, KEEPER, code).await?;
        self.forgive(scope, KEEPER).await?;
        Ok(self.0.store.set_setting(CLOSED, competition.as_str()).await?)
    }

    /// Opens again with the code; nothing where it is open.
    ///
    /// # Errors
    /// `pin-wrong`, `pin-wait`, what the store says.
    pub(crate) async fn release_desk(&self, competition: &CompetitionId, code: &str) -> Result<(), Failure> {
        if self.closed().await?.as_ref() != Some(competition) {
            return Ok(());
        }
        self.try_pin(Self::scope(competition)?, KEEPER, code).await?;
        Ok(self.0.store.set_setting(CLOSED, "").await?)
    }
}
