//! Replication under faults: a small world of headquarters, a hub and desks, in which everything that can go wrong does. Every schedule is
//! a function of its seed; `JIANGSAI_LONG=1` (`cargo xtask test --long`) runs 100,000 of them, otherwise 3,000.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, unused_crate_dependencies, reason = "tests")]

#[path = "replication/disk.rs"]
mod disk;
#[path = "replication/link.rs"]
mod link;
#[path = "replication/world.rs"]
mod world;

use std::collections::BTreeMap;
use world::{Fault, Flaw, World};

fn schedules() -> u64 {
    if std::env::var_os("JIANGSAI_LONG").is_some() { 100_000 } else { 3_000 }
}

/// Runs schedules until one fails: its seed and what it broke; and how often each fault was hit.
fn run(count: u64, flaw: Flaw) -> (Option<(u64, String)>, BTreeMap<Fault, u64>) {
    let mut hit = BTreeMap::new();
    for seed in 0..count {
        let mut world = World::new(seed, flaw);
        let broken = world.run().err();
        for (fault, times) in world.hit {
            *hit.entry(fault).or_insert(0) += times;
        }
        if let Some(broken) = broken {
            return (Some((seed, broken)), hit);
        }
    }
    (None, hit)
}

#[test]
fn nothing_is_lost_doubled_or_hidden_whatever_goes_wrong() {
    let count = schedules();
    let (broken, hit) = run(count, Flaw::None);
    println!("{count} schedules, seeds 0..{count}; faults hit: {hit:#?}");
    assert_eq!(broken, None, "seed and what broke");
    let least = if count >= 100_000 { 1_000 } else { 300 };
    for fault in Fault::ALL {
        let times = hit.get(&fault).copied().unwrap_or(0);
        assert!(times >= least, "{fault:?} was hit {times} times only");
    }
}

#[test]
fn a_receipt_before_the_commit_is_found() {
    assert!(run(schedules(), Flaw::ReceiptBeforeCommit).0.is_some_and(|(_, broken)| broken.contains("receipt")));
}

#[test]
fn a_gap_that_is_not_checked_is_found() {
    assert!(run(schedules(), Flaw::GapNotChecked).0.is_some_and(|(_, broken)| broken.contains("gap")));
}

#[test]
fn a_cursor_that_is_not_checked_is_found() {
    assert!(run(schedules(), Flaw::CursorNotChecked).0.is_some());
}

#[test]
fn a_fork_that_is_dropped_is_found() {
    assert!(run(schedules(), Flaw::ForkDropped).0.is_some());
}
