//! Judges signed in at desks, by token.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::desk::DeskLock;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::{CompetitionId, JudgeId};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A judge signed in.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    /// In which competition.
    pub competition: CompetitionId,
    /// Who.
    pub judge: JudgeId,
    /// A colleague looks on: nothing can be typed.
    pub looking: bool,
}

/// Everybody who is signed in.
#[derive(Default)]
pub(crate) struct Desks {
    open: Mutex<HashMap<String, Desk>>,
}

impl Desks {
    /// Who asks with a token.
    ///
    /// # Errors
    /// `signed-out`.
    pub(crate) fn find(&self, competition: &CompetitionId, token: &str) -> Result<Desk, Failure> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = open.get(token).filter(|desk| desk.competition == *competition).cloned();
        desk.ok_or_else(|| Refusal::new("signed-out").into())
    }

    /// Who writes with a token.
    ///
    /// # Errors
    /// `signed-out`, `looking-on`.
    pub(crate) fn writer(&self, competition: &CompetitionId, token: &str) -> Result<Desk, Failure> {
        let desk = self.find(competition, token)?;
        if desk.looking { Err(Refusal::new("looking-on").into()) } else { Ok(desk) }
    }

    /// Signs everybody out.
    pub(crate) fn clear(&self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// From now on nothing can be typed with a token.
    pub(crate) fn look(&self, token: &str) {
        if let Some(desk) = self.open.lock().unwrap_or_else(PoisonError::into_inner).get_mut(token) {
            desk.looking = true;
        }
    }

    /// A token is no longer good.
    pub(crate) fn close(&self, token: &str) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(token);
    }

    fn open(&self, desk: Desk) -> Result<String, Failure> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| Failure::Internal(error.to_string()))?;
        let token = hex::encode(bytes);
        self.open.lock().unwrap_or_else(PoisonError::into_inner).insert(token.clone(), desk);
        Ok(token)
    }
}

impl App {
    /// Signs a judge in, if it is the judge's PIN.
    ///
    /// # Errors
    /// `pin-wrong` with the tries that are left, `pin-wait` with minutes, what the store says.
    pub(crate) async fn sign_in(
        &self,
        competition: &CompetitionId,
        judge: &JudgeId,
        pin: &str,
    ) -> Result<String, Failure> {
        self.try_pin(Self::scope(competition)?, judge.as_str(), pin).await?;
        self.0.desks.open(Desk { competition: competition.clone(), judge: judge.clone(), looking: false })
    }

    /// What this desk is for.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn desk_lock(&self, competition: &CompetitionId) -> Result<DeskLock, Failure> {
        let kept = self.0.store.setting(&lock_key(competition)).await?;
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
    }

    /// Says what this desk is for.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn set_desk_lock(&self, competition: &CompetitionId, lock: &DeskLock) -> Result<(), Failure> {
        let kept = serde_json::to_string(lock).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(self.0.store.set_setting(&lock_key(competition), &kept).await?)
    }
}

fn lock_key(competition: &CompetitionId) -> String {
    format!("desk-lock:{competition}")
}
