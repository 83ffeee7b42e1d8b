//! How often a name and a password may be tried. By account, over all instances and restarts: what one address may do is the host's.
//!
//! A stranger who tries a name over and over slows down everybody who is not known there yet, by half a minute at most; a browser in which the
//! account was signed in before shows a mark of it, and is counted by itself. So nobody is locked out for long by others, and nobody guesses
//! fast: password and code are both wanted at once.

use super::Register;
use crate::failure::Failure;
use jiangsai_domain::envelope::Refusal;
use jiangsai_store::{Secret, Tries};

/// Tries are forgotten so many milliseconds after the last.
const FORGOTTEN: i64 = 60 * 60_000;
/// Tries that need not wait.
const FREE: i64 = 5;

/// Who is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whose<'a> {
    /// Whoever tries a name.
    Anybody { folded: &'a str },
    /// A browser in which this name was signed in before, by its mark.
    Known { folded: &'a str, nonce: &'a str },
    /// Whoever is signed in, and shows password and code once more.
    Own { account: &'a str },
}

impl Whose<'_> {
    fn name(self, secret: &Secret) -> [u8; 32] {
        match self {
            Self::Anybody { folded } => secret.mark("tries", &[folded]),
            Self::Known { folded, nonce } => secret.mark("tries-known", &[folded, nonce]),
            Self::Own { account } => secret.mark("tries-own", &[account]),
        }
    }

    /// The longest wait in milliseconds.
    const fn longest(self) -> i64 {
        match self {
            Self::Anybody { .. } => 30_000,
            Self::Known { .. } | Self::Own { .. } => 15 * 60_000,
        }
    }
}

/// Milliseconds that the next one has to wait.
fn wait(tries: Tries, longest: i64, now: i64) -> i64 {
    if tries.wrong < FREE {
        return 0;
    }
    let doubled = 1_000_i64 << (tries.wrong - FREE).min(30);
    // A clock that was set back makes nobody wait longer than the longest.
    let since = now.saturating_sub(tries.last_at).max(0);
    doubled.min(longest).saturating_sub(since)
}

impl Register {
    /// Counts a try before it is looked at, so that many at once are not one.
    ///
    /// # Errors
    /// `account-wait` with seconds: the try is not looked at, and does not count. What the store says.
    pub(super) async fn begin_try(&self, secret: &Secret, whose: Whose<'_>) -> Result<(), Failure> {
        let (of, now) = (whose.name(secret), self.now());
        let seen = self.accounts.tries(&of).await?;
        let left = wait(seen, whose.longest(), now);
        if left > 0 {
            return Err(later(left));
        }
        self.accounts.forget_tries(now.saturating_sub(FORGOTTEN)).await?;
        let old = now.saturating_sub(seen.last_at) >= FORGOTTEN;
        let seen = if old { Tries::default() } else { seen };
        let counted = Tries { wrong: seen.wrong.saturating_add(1), last_at: now };
        if self.accounts.count_try(&of, seen, counted).await? { Ok(()) } else { Err(later(1_000)) }
    }

    /// It was right.
    ///
    /// # Errors
    /// What the store says.
    pub(super) async fn was_right(&self, secret: &Secret, whose: Whose<'_>) -> Result<(), Failure> {
        Ok(self.accounts.forgive(&whose.name(secret)).await?)
    }
}

fn later(left: i64) -> Failure {
    Refusal::new("account-wait").with("seconds", left.div_euclid(1_000) + 1).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_are_free_then_the_wait_doubles_up_to_the_longest() {
        let tried = |wrong| wait(Tries { wrong, last_at: 1_000_000 }, 30_000, 1_000_000);
        assert_eq!(
            [0, 4, 5, 6, 7, 8, 9, 10, 100].map(tried),
            [0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]
        );
        let tries = Tries { wrong: 6, last_at: 1_000_000 };
        assert_eq!(wait(tries, 30_000, 1_000_500), 1_500, "some of it has gone by");
        assert!(wait(tries, 30_000, 1_002_000) <= 0);
        assert_eq!(wait(tries, 30_000, 0), 2_000, "a clock that was set back");
    }
}
