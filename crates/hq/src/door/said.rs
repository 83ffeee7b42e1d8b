//! Lines in the log about strangers: so many and no more, or whoever fills the door fills the disk.

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;

/// Lines a second, and at once.
const LINES: NonZeroU32 = NonZeroU32::new(10).unwrap();

/// What is said about strangers.
pub(crate) struct Said(DefaultDirectRateLimiter);

impl Said {
    pub(crate) fn new() -> Self {
        Self(RateLimiter::direct(Quota::per_second(LINES)))
    }

    /// Is there room for one more line?
    pub(crate) fn may(&self) -> bool {
        self.0.check().is_ok()
    }
}
