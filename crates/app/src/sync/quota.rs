//! How much one node may ask and send: so much a second, and a store of it for catching up.
//!
//! A node that asks for more is told when to ask again, and its own program waits that long. The others are answered meanwhile.

use super::NodeRefusal;
use crate::App;
use governor::clock::{Clock, DefaultClock};
use governor::{NotUntil, Quota as Rate, RateLimiter};
use jiangsai_ledger::Hash;
use std::num::NonZeroU32;
use std::sync::{Arc, PoisonError, RwLock};

/// What each node may do in a second, on the average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeLimits {
    /// Questions. Ten seconds of them may come at once.
    pub requests: NonZeroU32,
    /// Records sent. Twenty seconds of them may come at once, or two long transactions if that is more, and never more in one request.
    pub records: NonZeroU32,
}

impl Default for NodeLimits {
    /// Far above a hall that scores, with its hub between; a node with a million records is there in minutes.
    fn default() -> Self {
        const REQUESTS: NonZeroU32 = NonZeroU32::new(200).unwrap();
        const RECORDS: NonZeroU32 = NonZeroU32::new(5_000).unwrap();
        Self { requests: REQUESTS, records: RECORDS }
    }
}

type Limiter = RateLimiter<Hash, governor::state::keyed::HashMapStateStore<Hash>, DefaultClock>;

/// What each node has left.
pub(crate) struct Quota(RwLock<Arc<(Limiter, Limiter)>>);

impl Default for Quota {
    fn default() -> Self {
        Self(RwLock::new(Arc::new(limiters(NodeLimits::default()))))
    }
}

fn limiters(limits: NodeLimits) -> (Limiter, Limiter) {
    const TEN: NonZeroU32 = NonZeroU32::new(10).unwrap();
    const TWENTY: NonZeroU32 = NonZeroU32::new(20).unwrap();
    // A transaction comes whole: with less at once, a long one would never be taken.
    const WHOLE: NonZeroU32 = NonZeroU32::new(2 * 2_048).unwrap();
    let limiter =
        |rate: NonZeroU32, burst| -> Limiter { RateLimiter::hashmap(Rate::per_second(rate).allow_burst(burst)) };
    let records = limits.records.saturating_mul(TWENTY).max(WHOLE);
    (limiter(limits.requests, limits.requests.saturating_mul(TEN)), limiter(limits.records, records))
}

impl App {
    /// What each node may ask and send from now on.
    pub fn limit_nodes(&self, limits: NodeLimits) {
        *self.0.quota.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(limiters(limits));
    }
}

impl Quota {
    fn now(&self) -> Arc<(Limiter, Limiter)> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// One more question of a node.
    pub(super) fn request(&self, who: Hash) -> Result<(), NodeRefusal> {
        let limiters = self.now();
        limiters.0.check_key(&who).map_err(|until| later(&limiters.0, &until))
    }

    /// So many more records of a node.
    pub(super) fn records(&self, who: Hash, count: usize) -> Result<(), NodeRefusal> {
        let too_many = || NodeRefusal::new(413, "too-long", format!("{count} records"));
        let limiters = self.now();
        let Some(count) = NonZeroU32::new(u32::try_from(count).map_err(|_| too_many())?) else { return Ok(()) };
        let checked = limiters.1.check_key_n(&who, count).map_err(|_| too_many())?;
        checked.map_err(|until| later(&limiters.1, &until))
    }
}

fn later(limiter: &Limiter, until: &NotUntil<<DefaultClock as Clock>::Instant>) -> NodeRefusal {
    NodeRefusal::later("too-often", until.wait_time_from(limiter.clock().now()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(requests: u32, records: u32) -> Quota {
        let count = |count| NonZeroU32::new(count).unwrap();
        Quota(RwLock::new(Arc::new(limiters(NodeLimits { requests: count(requests), records: count(records) }))))
    }

    #[test]
    fn a_node_that_asks_too_often_is_told_when_to_ask_again_and_others_are_not_held_up() {
        let quota = one(1, 1);
        let (who, other) = (Hash::of(b"one"), Hash::of(b"other"));
        // What is given back while this runs does not matter: the refusal comes in the end, or the loop would not.
        let refusal = (0..).find_map(|_| quota.request(who).err()).unwrap();
        assert_eq!((refusal.status, refusal.code), (429, "too-often"));
        assert!(refusal.wait.is_some_and(|wait| !wait.is_zero()));
        quota.request(other).unwrap();
    }

    #[test]
    fn more_records_than_are_ever_taken_at_once_are_to_be_halved() {
        let quota = one(1, 1);
        assert_eq!(quota.records(Hash::ZERO, 4_097).unwrap_err().status, 413, "two long transactions");
        quota.records(Hash::ZERO, 0).unwrap();
        quota.records(Hash::ZERO, 4_096).unwrap();
        assert_eq!(quota.records(Hash::ZERO, 4_096).unwrap_err().status, 429);
        let quota = one(1, 1_000);
        assert_eq!(quota.records(Hash::ZERO, 20_001).unwrap_err().status, 413, "twenty seconds of them");
    }
}
