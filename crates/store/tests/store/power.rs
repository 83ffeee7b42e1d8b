//! Power cuts: at every sync and every answer, with what was not synced dropped, kept, torn or scattered.

use crate::child::Work;
use crate::recording::{Disk, Fate, Recording, recorded};
use crate::sample::{AT, holds, mark};
use crate::vfs::Event;
use jiangsai_ledger::Hash;
use jiangsai_store::Store;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A moment at which the power goes.
struct Cut<'a> {
    /// Its place among the events.
    at: usize,
    disk: Disk<'a>,
    acknowledged: Vec<Hash>,
}

/// Just before every sync takes hold, after it, and after every answer.
fn cuts(recording: &Recording) -> Vec<Cut<'_>> {
    let (mut disk, mut acknowledged) = (Disk::default(), Vec::new());
    let mut cuts = Vec::new();
    for (at, event) in recording.events.iter().enumerate() {
        let is_sync = matches!(event, Event::Sync { .. });
        if is_sync {
            cuts.push(Cut { at, disk: disk.clone(), acknowledged: acknowledged.clone() });
        }
        disk.apply(event);
        match event {
            Event::Ack(hash) => acknowledged.push(hash.parse().unwrap()),
            // Several records of one answer are one moment, the last.
            _ if !is_sync => continue,
            _ => {}
        }
        let more = matches!(recording.events.get(at + 1), Some(Event::Ack(_)));
        if !more {
            cuts.push(Cut { at, disk: disk.clone(), acknowledged: acknowledged.clone() });
        }
    }
    cuts
}

/// A folder in memory where there is such a place: what happens to these files afterwards no longer matters.
fn in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Opens the files as a power cut left them: what was acknowledged is there, it verifies, and work can go on.
async fn survives(cut: &Cut<'_>, fate: Fate, key: &[u8]) -> Result<(), String> {
    let folder = in_memory();
    std::fs::write(folder.path().join("node.key"), key).unwrap();
    cut.disk.write(folder.path(), fate);
    let store = Store::open(folder.path()).await.map_err(|error| format!("opening: {error}"))?;
    let scopes = store.scopes().await.map_err(|error| format!("scopes: {error}"))?;
    for scope in &scopes {
        holds(&store, *scope, &cut.acknowledged).await?;
        store.append(*scope, vec![mark(999)], AT).await.map_err(|error| format!("appending: {error}"))?;
    }
    if !cut.acknowledged.is_empty() && scopes.is_empty() {
        return Err("the acknowledged records are lost, scope and all".into());
    }
    store.close().await.map_err(|error| format!("closing: {error}"))
}

/// Every cut with every fate, and what each lost.
fn losses(recording: &Recording) -> (usize, Vec<String>) {
    let cuts = cuts(recording);
    // Where nothing is pending all fates are one.
    let fates = |cut: &Cut<'_>| if cut.disk.is_settled() { &Fate::ALL[..1] } else { &Fate::ALL[..] };
    let cases: Vec<(&Cut<'_>, Fate)> =
        cuts.iter().flat_map(|cut| fates(cut).iter().map(move |fate| (cut, *fate))).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut lost = Vec::new();
        while let Some((cut, fate)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(why) = runtime.block_on(survives(cut, *fate, &recording.key)) {
                lost.push(format!("event {}, {fate:?}: {why}", cut.at));
            }
        }
        lost
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let lost = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    (cases.len(), lost)
}

#[test]
fn whenever_the_power_goes_nothing_acknowledged_is_lost() {
    let recording = recorded(Work::Record);
    let first = recording.events.iter().position(|event| matches!(event, Event::Ack(_))).unwrap();
    let later = &recording.events[first..];
    let database = |event: &Event| matches!(event, Event::Write { file, .. } if file == "jiangsai.db");
    assert!(later.iter().any(database), "the log was moved into the database");
    let over = |event: &&Event| matches!(event, Event::Write { file, offset: 0, .. } if file.ends_with("-wal"));
    assert!(later.iter().filter(over).count() >= 2, "the log was started over");
    let (cases, lost) = losses(&recording);
    assert!(cases > 100, "cuts were made: {cases}");
    assert!(lost.is_empty(), "{} of {cases} cuts, the first: {}", lost.len(), lost[0]);
}

/// The mutation: these very cuts must find a store that answers before the commit.
#[test]
fn an_answer_before_the_commit_is_found_by_cutting() {
    let (cases, lost) = losses(&recorded(Work::RecordTooSoon));
    assert!(cases > 50, "cuts were made: {cases}");
    let found = lost.iter().filter(|why| why.contains("are lost")).count();
    assert!(found > 0, "{cases} cuts did not show that answering too soon loses marks");
    assert_eq!(found, lost.len(), "lost, but never damaged: {lost:?}");
}
