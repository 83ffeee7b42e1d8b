//! Judges signed in at desks, by token, each with the own key in memory.

use crate::App;
use crate::failure::Failure;
use crate::people::{public, random};
use jiangsai_domain::command::desk::DeskLock;
use jiangsai_domain::decide::judges::check_pin;
use jiangsai_domain::decide::people::knows_key;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::{CompetitionId, JudgeId};
use jiangsai_domain::people::Signer;
use jiangsai_domain::view::judges;
use jiangsai_ledger::SigningKey;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A judge signed in.
#[derive(Clone)]
pub(crate) struct Desk {
    /// In which competition.
    pub competition: CompetitionId,
    /// Who.
    pub judge: JudgeId,
    /// A colleague looks on: nothing can be typed.
    pub looking: bool,
    /// The judge's key at this computer: sheets are signed with it.
    pub key: Arc<SigningKey>,
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

    /// Signs out a judge, wherever the judge is signed in at this computer.
    fn dismiss(&self, competition: &CompetitionId, judge: &JudgeId) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, own| own.competition != *competition || own.judge != *judge);
    }

    /// Signs out whoever came in with a key.
    pub(crate) fn dismiss_key(&self, competition: &CompetitionId, key: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, own| own.competition != *competition || public(&own.key) != key);
    }

    fn open(&self, desk: Desk) -> Result<String, Failure> {
        let token = hex::encode(random()?);
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
        let scope = Self::scope(competition)?;
        self.try_pin(scope, judge.as_str(), pin).await?;
        let seed = match self.0.store.pin_key(scope, judge.as_str(), pin).await? {
            Some(seed) => seed,
            // A PIN of before judges had keys.
            None => self.new_key(competition, judge, pin).await?,
        };
        let key = Arc::new(SigningKey::from_bytes(&seed));
        let (signer, node, own) = (Signer::Judge(judge.clone()), self.node_key(), public(&key));
        // Made just now, or the program ended before it was made known.
        if !self.ask(competition, |state| Ok(knows_key(state, &signer, &node, &own))).await?
            && let Err(failure) = self.make_known(judges::actor(judge), competition, &signer, &own).await
        {
            // Nobody is kept from a desk by that: it is tried again the next time, and what is signed meanwhile holds then.
            tracing::warn!(cause = %failure, "a judge's key was not made known");
        }
        self.0.desks.open(Desk { competition: competition.clone(), judge: judge.clone(), looking: false, key })
    }

    /// Gives a judge a PIN at this computer, with a new key: kept here first, and then made known. Whoever was signed in with the PIN of before is
    /// so no longer.
    ///
    /// # Errors
    /// As for [`check_pin`]; `part`, what the store says.
    pub(crate) async fn give_judge_pin(
        &self,
        competition: &CompetitionId,
        judge: &JudgeId,
        pin: &str,
    ) -> Result<(), Failure> {
        self.ask(competition, |state| check_pin(state, judge, pin)).await?;
        let own = public(&SigningKey::from_bytes(&self.new_key(competition, judge, pin).await?));
        self.forgive(Self::scope(competition)?, judge.as_str()).await?;
        self.0.desks.dismiss(competition, judge);
        self.make_known(self.1.actor(), competition, &Signer::Judge(judge.clone()), &own).await
    }

    /// The seed of a new key of a judge, which is kept with the PIN.
    async fn new_key(&self, competition: &CompetitionId, judge: &JudgeId, pin: &str) -> Result<[u8; 32], Failure> {
        let seed = random()?;
        self.0.store.pin_set_with_key(Self::scope(competition)?, judge.as_str(), pin, seed).await?;
        Ok(seed)
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
