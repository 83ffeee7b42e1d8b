//! How long to wait after failures: a random time below a bound that doubles, so that a hall of desks does not come back all at once.

/// First bound, in milliseconds.
const FIRST: u64 = 500;
/// Last bound, in milliseconds.
const LAST: u64 = 30_000;

/// Milliseconds to wait after so many failures in a row. `random` is any number, each as likely as another.
#[must_use]
pub fn full_jitter(failures: u32, random: u64) -> u64 {
    let bound = FIRST.saturating_mul(1 << failures.min(16)).min(LAST);
    random % (bound + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_doubles_and_then_stays() {
        for failures in 0..200 {
            let longest = (0..2_000_u64).map(|random| full_jitter(failures, random * 7_919)).max().unwrap_or_default();
            assert!(longest <= LAST, "never over the last bound");
            assert_eq!(full_jitter(failures, 0), 0, "the whole range is used");
        }
        assert!(full_jitter(0, FIRST) == FIRST && full_jitter(1, FIRST + 1) == FIRST + 1, "it doubles");
    }
}
