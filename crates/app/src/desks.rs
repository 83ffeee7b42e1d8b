//! Judges signed in at desks, by token; and how many wrong PINs came, which is kept on this computer so that a restart forgives nothing.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::desk::DeskLock;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::{CompetitionId, JudgeId};
use jiangsai_ledger::ScopeId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Wrong PINs before a judge has to wait.
const TRIES: u32 = 5;

/// The first wait, in milliseconds; every further wrong PIN doubles it, up to an hour.
const FIRST_WAIT: i64 = 60_000;
const LONGEST_WAIT: i64 = 60 * 60_000;

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
    /// One PIN is tried after the other, so that nobody guesses faster by asking at once.
    guessing: tokio::sync::Mutex<()>,
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
        self.try_pin(competition, judge, pin).await?;
        self.0.desks.open(Desk { competition: competition.clone(), judge: judge.clone(), looking: false })
    }

    /// Is it the PIN of a judge, or the code of this desk?
    ///
    /// # Errors
    /// `pin-wrong` with the tries that are left, `pin-wait` with minutes, what the store says.
    pub(crate) async fn try_pin(&self, competition: &CompetitionId, judge: &JudgeId, pin: &str) -> Result<(), Failure> {
        let scope = Self::scope(competition)?;
        let _one = self.0.desks.guessing.lock().await;
        let (wrong, until) = self.guesses(scope, judge).await?;
        let now = self.0.host.now_ms();
        if now < until {
            return Err(Refusal::new("pin-wait").with("minutes", (until - now).div_euclid(60_000) + 1).into());
        }
        // On record before it is looked at: a power cut in between is no free guess.
        let wrong = wrong.saturating_add(1);
        let wait = if wrong < TRIES { 0 } else { FIRST_WAIT << (wrong - TRIES).min(10) };
        self.note_guess(scope, judge, wrong, if wait > 0 { now + wait.min(LONGEST_WAIT) } else { 0 }).await?;
        if !self.0.store.pin_check(scope, judge.as_str(), pin).await? {
            return Err(match TRIES.saturating_sub(wrong) {
                0 => Refusal::new("pin-wait").with("minutes", wait.min(LONGEST_WAIT) / 60_000).into(),
                left => Refusal::new("pin-wrong").with("left", left).into(),
            });
        }
        self.forgive(scope, judge).await
    }

    /// Wrong PINs of a judge are forgotten.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn forgive(&self, scope: ScopeId, judge: &JudgeId) -> Result<(), Failure> {
        self.note_guess(scope, judge, 0, 0).await
    }

    async fn guesses(&self, scope: ScopeId, judge: &JudgeId) -> Result<(u32, i64), Failure> {
        let kept = self.0.store.setting(&guess_key(scope, judge)).await?.unwrap_or_default();
        let (wrong, until) = kept.split_once(' ').unwrap_or_default();
        Ok((wrong.parse().unwrap_or_default(), until.parse().unwrap_or_default()))
    }

    async fn note_guess(&self, scope: ScopeId, judge: &JudgeId, wrong: u32, until: i64) -> Result<(), Failure> {
        Ok(self.0.store.set_setting(&guess_key(scope, judge), &format!("{wrong} {until}")).await?)
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

fn guess_key(scope: ScopeId, judge: &JudgeId) -> String {
    format!("pin-guesses:{scope}:{judge}")
}

fn lock_key(competition: &CompetitionId) -> String {
    format!("desk-lock:{competition}")
}
