//! Trying PINs: how many wrong ones came is kept on this computer, so that a restart forgives nothing. What verifies them is the store's.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::envelope::Refusal;
use jiangsai_ledger::ScopeId;

/// Wrong PINs before one has to wait.
const TRIES: u32 = 5;

/// The first wait, in milliseconds; every further wrong PIN doubles it, up to an hour.
const FIRST_WAIT: i64 = 60_000;
const LONGEST_WAIT: i64 = 60 * 60_000;

/// One PIN is tried after the other, so that nobody guesses faster by asking at once.
#[derive(Default)]
pub(crate) struct Pins {
    guessing: tokio::sync::Mutex<()>,
}

impl App {
    /// Is it the PIN that is kept under this name: a judge's id, a person's, or the code of this desk?
    ///
    /// # Errors
    /// `pin-wrong` with the tries that are left, `pin-wait` with minutes, what the store says.
    pub(crate) async fn try_pin(&self, scope: ScopeId, name: &str, pin: &str) -> Result<(), Failure> {
        let _one = self.0.pins.guessing.lock().await;
        let (wrong, until) = self.guesses(scope, name).await?;
        let now = self.0.host.now_ms();
        if now < until {
            return Err(Refusal::new("pin-wait").with("minutes", (until - now).div_euclid(60_000) + 1).into());
        }
        // On record before it is looked at: a power cut in between is no free guess.
        let wrong = wrong.saturating_add(1);
        let wait = if wrong < TRIES { 0 } else { FIRST_WAIT << (wrong - TRIES).min(10) };
        self.note_guess(scope, name, wrong, if wait > 0 { now + wait.min(LONGEST_WAIT) } else { 0 }).await?;
        if !self.0.store.pin_check(scope, name, pin).await? {
            return Err(match TRIES.saturating_sub(wrong) {
                0 => Refusal::new("pin-wait").with("minutes", wait.min(LONGEST_WAIT) / 60_000).into(),
                left => Refusal::new("pin-wrong").with("left", left).into(),
            });
        }
        self.forgive(scope, name).await
    }

    /// Wrong PINs are forgotten.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn forgive(&self, scope: ScopeId, name: &str) -> Result<(), Failure> {
        self.note_guess(scope, name, 0, 0).await
    }

    async fn guesses(&self, scope: ScopeId, name: &str) -> Result<(u32, i64), Failure> {
        let kept = self.0.store.setting(&guess_key(scope, name)).await?.unwrap_or_default();
        let (wrong, until) = kept.split_once(' ').unwrap_or_default();
        Ok((wrong.parse().unwrap_or_default(), until.parse().unwrap_or_default()))
    }

    async fn note_guess(&self, scope: ScopeId, name: &str, wrong: u32, until: i64) -> Result<(), Failure> {
        Ok(self.0.store.set_setting(&guess_key(scope, name), &format!("{wrong} {until}")).await?)
    }
}

fn guess_key(scope: ScopeId, name: &str) -> String {
    format!("pin-guesses:{scope}:{name}")
}
