//! Guessing at codes (of pairing, of a big screen, of accounts): after a few wrong ones the next must wait, from one address and over all, ever longer.
//!
//! A code has 60 bits or more, so nobody guesses one; the wait keeps guessers from costing anything, and shows them in the log. Passwords are
//! guessed at by account besides, which the application counts.

use crate::network::network;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// Tries that need not wait, and the longest wait: of one address, and of all together. The latter is short, so that a guesser cannot keep
/// honest computers out for long.
const ONE: Rule = Rule { free: 5, longest: Duration::from_secs(15 * 60) };
const ALL: Rule = Rule { free: 50, longest: Duration::from_secs(30) };
/// Tries are forgotten so long after the last.
const FORGOTTEN: Duration = Duration::from_secs(60 * 60);
/// Addresses that are told apart at once; more share what holds for all.
const ADDRESSES: usize = 4_096;

#[derive(Clone, Copy)]
struct Rule {
    free: u32,
    longest: Duration,
}

/// Tries without success.
#[derive(Clone, Copy, Default)]
struct Tries {
    count: u32,
    last: Option<Instant>,
}

impl Tries {
    /// How long the next must still wait.
    fn wait(&self, rule: Rule, now: Instant) -> Duration {
        let Some(last) = self.last.filter(|_| self.count >= rule.free) else { return Duration::ZERO };
        let doubled = 1_u64 << (self.count - rule.free).min(30);
        let wait = Duration::from_secs(doubled).min(rule.longest);
        (last + wait).saturating_duration_since(now)
    }

    fn add(&mut self, now: Instant) {
        *self = Self { count: self.fresh(now).count.saturating_add(1), last: Some(now) };
    }

    /// Itself, unless it is so old that it is forgotten.
    fn fresh(self, now: Instant) -> Self {
        let kept = self.last.is_some_and(|last| now.saturating_duration_since(last) < FORGOTTEN);
        if kept { self } else { Self::default() }
    }
}

/// Everybody's tries.
#[derive(Default)]
pub(crate) struct Guesses {
    of: HashMap<IpAddr, Tries>,
    all: Tries,
    /// Nobody waits for what is tried from other addresses.
    apart: bool,
}

impl Guesses {
    /// Each address by itself: for what is counted elsewhere over all.
    pub(crate) fn by_address() -> Self {
        Self { apart: true, ..Self::default() }
    }

    /// Counts a try before it is looked at, so that many at once are not one.
    ///
    /// # Errors
    /// How long to wait: the try is not looked at, and does not count.
    pub(crate) fn begin(&mut self, from: IpAddr, now: Instant) -> Result<(), Duration> {
        let from = network(from);
        self.of.retain(|_, tries| tries.fresh(now).count > 0);
        self.all = self.all.fresh(now);
        let own = self.of.get(&from).map_or(Duration::ZERO, |tries| tries.wait(ONE, now));
        let all = if self.apart { Duration::ZERO } else { self.all.wait(ALL, now) };
        let wait = own.max(all);
        if wait > Duration::ZERO {
            return Err(wait);
        }
        self.all.add(now);
        if self.of.len() < ADDRESSES || self.of.contains_key(&from) {
            self.of.entry(from).or_default().add(now);
        }
        Ok(())
    }

    /// A try was right: it is none.
    pub(crate) fn right(&mut self, from: IpAddr) {
        self.of.remove(&network(from));
        self.all.count = self.all.count.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    fn after(begun: Instant, seconds: u64) -> Instant {
        begun + Duration::from_secs(seconds)
    }

    #[test]
    fn the_wait_of_one_address_doubles_and_the_others_do_not_wait() {
        let (mut guesses, now) = (Guesses::default(), Instant::now());
        for _ in 0..5 {
            guesses.begin(HERE, now).unwrap();
        }
        assert_eq!(guesses.begin(HERE, now), Err(Duration::from_secs(1)));
        guesses.begin([10, 0, 0, 2].into(), now).unwrap();
        guesses.begin(HERE, after(now, 1)).unwrap();
        assert_eq!(guesses.begin(HERE, after(now, 1)), Err(Duration::from_secs(2)));
        let mut at = after(now, 1);
        for _ in 0..20 {
            at += guesses.begin(HERE, at).err().unwrap_or_default();
            guesses.begin(HERE, at).unwrap();
        }
        assert_eq!(guesses.begin(HERE, at), Err(ONE.longest), "and then stays");
        guesses.begin(HERE, at + FORGOTTEN).unwrap();
        guesses.begin(HERE, at + FORGOTTEN).unwrap();
    }

    #[test]
    fn a_right_code_ends_the_wait() {
        let (mut guesses, now) = (Guesses::default(), Instant::now());
        for _ in 0..100 {
            guesses.begin(HERE, now).unwrap();
            guesses.right(HERE);
        }
    }

    #[test]
    fn guesses_from_many_addresses_make_everybody_wait_a_little() {
        let (mut guesses, now) = (Guesses::default(), Instant::now());
        for host in 0..50_u16 {
            guesses.begin(std::net::Ipv6Addr::new(0x2001, 0xdb8, 0, host, 0, 0, 0, 1).into(), now).unwrap();
        }
        let wait = guesses.begin(HERE, now).unwrap_err();
        assert!(wait <= ALL.longest && wait > Duration::ZERO);
        guesses.begin(HERE, now + wait).unwrap();
    }

    #[test]
    fn apart_nobody_waits_for_others() {
        let (mut guesses, now) = (Guesses::by_address(), Instant::now());
        for host in 0..200_u16 {
            guesses.begin(std::net::Ipv6Addr::new(0x2001, 0xdb8, 0, host, 0, 0, 0, 1).into(), now).unwrap();
        }
        guesses.begin(HERE, now).unwrap();
    }

    #[test]
    fn all_addresses_of_one_network_are_one() {
        let (mut guesses, now) = (Guesses::default(), Instant::now());
        for host in 1..=5_u16 {
            guesses.begin(std::net::Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, host).into(), now).unwrap();
        }
        assert!(guesses.begin(std::net::Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 9, 9, 9, 9).into(), now).is_err());
    }
}
