//! A disk that is full, and one that cannot be written to: real ones, in memory, where this user may mount them.
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
    /// `None`, with a word about it, where mounting is not allowed.
    pub fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = run("mount", &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"], folder.path());
        if !mounted {
            eprintln!("skipped: this user may not mount a disk");
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
        let Some(disk) = SmallDisk::new("2m") else { return };
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
    let Some(disk) = SmallDisk::new("2m") else { return };
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
    let Some(disk) = SmallDisk::new("2m") else { return };
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
    let Some(disk) = SmallDisk::new("64k") else { return };
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
    let Some(disk) = SmallDisk::new("8m") else { return };
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
