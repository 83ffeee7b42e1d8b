//! A disk that is full, and one that cannot be written to: real ones, in memory. A user who may not mount any runs each of these tests again
//! with a view of the disks of its own, where it may; where that is not allowed either they are not run, and `cargo xtask test` says so.
#![cfg(target_os = "linux")]

use crate::sample::{AT, founder, holds, large, mark};
use jiangsai_ledger::{Hash, LONGEST_BODY, ScopeId};
use jiangsai_store::{Store, StoreError};
use std::path::Path;
use std::process::{Command, Stdio};

/// A small disk in a folder; gone when it is dropped.
pub struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// `None` where mounting is not allowed: the test of this name was then run elsewhere, and ends here.
    pub fn new(size: &str, test: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = run("mount", &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"], folder.path());
        if !mounted {
            run_elsewhere(test);
        }
        mounted.then_some(Self { folder })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn remount(&self, options: &str) {
        assert!(run("mount", &["-o", &format!("remount,{options}")], self.path()), "mounted again with {options}");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        run("umount", &["--lazy"], self.path());
    }
}

fn run(program: &str, arguments: &[&str], path: &Path) -> bool {
    let status = Command::new(program).args(arguments).arg(path).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Set where a test runs with a view of the disks of its own.
const WITHIN: &str = "JIANGSAI_OWN_DISKS";

/// Runs a test with a view of the disks of its own, in which everybody may mount some; or says that it is not run.
fn run_elsewhere(test: &str) {
    assert!(std::env::var_os(WITHIN).is_none(), "nothing can be mounted here either");
    let folder = tempfile::tempdir().unwrap();
    if !run("unshare", &["-Urm", "mount", "-t", "tmpfs", "tmpfs"], folder.path()) {
        eprintln!("not run: {test}: this user may not mount a disk");
        return;
    }
    let mut again = Command::new("unshare");
    again.arg("-Urm").arg(std::env::current_exe().unwrap()).args(["--exact", test]).env(WITHIN, "1");
    let output = again.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    // A name that no test has would pass as well.
    let passed = output.status.success() && said.contains("1 passed");
    assert!(passed, "{test}, elsewhere: {said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn whoever_may_not_mount_a_disk_here_runs_a_test_elsewhere() {
    run_elsewhere("disk::no_room_for_a_new_store_is_said");
}

/// Appends until the disk refuses: what was acknowledged before, and the refusal.
async fn fill(store: &Store, scope: ScopeId, facts: usize, bytes: usize) -> (Vec<Hash>, StoreError) {
    let mut acknowledged = Vec::new();
    for number in 0.. {
        let several = (0..facts).map(|one| large(number * facts + one, bytes)).collect();
        match store.append(scope, several, AT).await {
            Ok(stored) => acknowledged.extend(stored.iter().map(|one| one.hash)),
            Err(error) => return (acknowledged, error),
        }
    }
    unreachable!("no disk takes everything")
}

#[tokio::test]
async fn a_full_disk_refuses_whole_facts_and_keeps_what_it_has() {
    // One after another; and three at once, more than are in memory for a moment.
    for (facts, bytes) in [(1, 12_000), (3, 150_000)] {
        let Some(disk) = SmallDisk::new("2m", "disk::a_full_disk_refuses_whole_facts_and_keeps_what_it_has") else {
            return;
        };
        let store = Store::open(disk.path()).await.unwrap();
        let (scope, first) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
        let (mut acknowledged, refused) = fill(&store, scope, facts, bytes).await;
        assert!(matches!(refused, StoreError::DiskFull), "{facts} at once: {refused:?}");
        assert!(!acknowledged.is_empty(), "{facts} at once: some found room");
        acknowledged.extend(first.iter().map(|one| one.hash));
        let records = holds(&store, scope, &acknowledged).await.unwrap();
        // The opening of the log is a record as well.
        assert_eq!(records, acknowledged.len() as u64 + 1, "{facts} at once: nothing of what was refused");
        disk.remount("size=64m");
        let more = store.append(scope, vec![large(0, bytes)], AT).await.unwrap();
        acknowledged.push(more[0].hash);
        store.close().await.unwrap();
        let store = Store::open(disk.path()).await.unwrap();
        let records = holds(&store, scope, &acknowledged).await.unwrap();
        assert_eq!(records, acknowledged.len() as u64 + 1, "{facts} at once: all of it, after room was made");
        store.close().await.unwrap();
    }
}

/// A refusal leaves nothing behind that a later one could stumble over.
#[tokio::test]
async fn after_a_full_disk_and_a_refusal_what_is_acknowledged_is_kept() {
    let Some(disk) = SmallDisk::new("2m", "disk::after_a_full_disk_and_a_refusal_what_is_acknowledged_is_kept") else {
        return;
    };
    let store = Store::open(disk.path()).await.unwrap();
    let (scope, _) = store.create_scope(founder(), Vec::new(), AT).await.unwrap();
    let (mut acknowledged, refused) = fill(&store, scope, 3, 150_000).await;
    assert!(matches!(refused, StoreError::DiskFull), "{refused:?}");
    disk.remount("size=64m");
    let refused = store.append(scope, vec![large(0, LONGEST_BODY)], AT).await;
    assert!(matches!(refused, Err(StoreError::TooLarge(_))), "over the limit: {refused:?}");
    let more = store.append(scope, vec![mark(1)], AT).await.unwrap();
    acknowledged.push(more[0].hash);
    assert!(holds(&store, scope, &acknowledged).await.is_ok(), "readers see what was acknowledged");
    drop(store);
    let store = Store::open(disk.path()).await.unwrap();
    let held = holds(&store, scope, &acknowledged).await;
    assert!(held.is_ok(), "after opening again: {held:?}");
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_store_that_fills_the_disk_and_goes_away_is_whole_when_there_is_room() {
    let Some(disk) =
        SmallDisk::new("2m", "disk::a_store_that_fills_the_disk_and_goes_away_is_whole_when_there_is_room")
    else {
        return;
    };
    let store = Store::open(disk.path()).await.unwrap();
    let (scope, _) = store.create_scope(founder(), Vec::new(), AT).await.unwrap();
    let (acknowledged, refused) = fill(&store, scope, 1, 12_000).await;
    assert!(matches!(refused, StoreError::DiskFull), "{refused:?}");
    // Not closed in order: the log stays behind.
    drop(store);
    disk.remount("size=64m");
    let store = Store::open(disk.path()).await.unwrap();
    let records = holds(&store, scope, &acknowledged).await.unwrap();
    assert_eq!(records, acknowledged.len() as u64 + 2, "the opening, the founder and what was acknowledged");
    store.close().await.unwrap();
}

#[tokio::test]
async fn no_room_for_a_new_store_is_said() {
    let Some(disk) = SmallDisk::new("64k", "disk::no_room_for_a_new_store_is_said") else { return };
    let refused = Store::open(disk.path()).await;
    assert!(matches!(refused, Err(StoreError::DiskFull)), "{refused:?}");
    drop(refused);
    disk.remount("size=8m");
    let store = Store::open(disk.path()).await.unwrap();
    let (scope, first) = store.create_scope(founder(), Vec::new(), AT).await.unwrap();
    holds(&store, scope, &[first[0].hash]).await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_disk_that_cannot_be_written_to_is_said_and_left_alone() {
    let Some(disk) = SmallDisk::new("8m", "disk::a_disk_that_cannot_be_written_to_is_said_and_left_alone") else {
        return;
    };
    disk.remount("ro");
    let nothing = Store::open(disk.path()).await;
    assert!(matches!(nothing, Err(StoreError::ReadOnly)), "an empty disk: {nothing:?}");
    let inside = Store::open(&disk.path().join("inside")).await;
    assert!(matches!(inside, Err(StoreError::ReadOnly)), "a folder to be made: {inside:?}");
    disk.remount("rw");
    let store = Store::open(disk.path()).await.unwrap();
    let (scope, first) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    store.close().await.unwrap();
    let before = std::fs::read(disk.path().join("jiangsai.db")).unwrap();
    disk.remount("ro");
    let refused = Store::open(disk.path()).await;
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "a disk with a store: {refused:?}");
    assert_eq!(std::fs::read(disk.path().join("jiangsai.db")).unwrap(), before, "not a byte is changed");
    disk.remount("rw");
    let store = Store::open(disk.path()).await.unwrap();
    let hashes: Vec<Hash> = first.iter().map(|one| one.hash).collect();
    assert_eq!(holds(&store, scope, &hashes).await, Ok(3), "the opening and both facts");
    store.close().await.unwrap();
}
