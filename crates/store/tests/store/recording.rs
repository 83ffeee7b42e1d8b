//! A store at work with every write to its files written down, and the files as they were at any moment of it.

use crate::child::{Work, command};
use crate::sample::{AT, founder, large, mark};
use crate::vfs::{self, Event};
use jiangsai_store::{ReplyWhen, Store};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

const EVENTS: &str = "events";
const BYTES: &str = "bytes";
/// Disks write sectors of this size whole or not at all.
const SECTOR: usize = 512;

/// The work of the child: founds, appends, fills the write-ahead log until it is moved into the database, starts the log
/// over, closes, opens again and goes on. Whatever is acknowledged is written down between the writes.
pub async fn record(dir: &Path, reply: ReplyWhen) {
    vfs::register();
    let store = Store::open_replying(dir, reply).await.unwrap();
    let (scope, founded) = store.create_scope(founder(), Vec::new(), AT).await.unwrap();
    vfs::note(Event::Ack(founded[0].hash.to_string()));
    let append = async |store: &Store, facts| {
        for one in store.append(scope, facts, AT).await.unwrap() {
            vfs::note(Event::Ack(one.hash.to_string()));
        }
    };
    for number in 0..4 {
        append(&store, vec![mark(number)]).await;
    }
    if reply == ReplyWhen::BeforeCommit {
        // That much shows it.
        store.close().await.unwrap();
        return write(dir, &vfs::events());
    }
    // A thousand pages: SQLite moves the log into the database after this commit.
    append(&store, (0..22).map(|number| large(number, 200_000)).collect()).await;
    for number in 0..2 {
        append(&store, vec![mark(number), large(number, 3_000)]).await;
    }
    store.close().await.unwrap();
    let store = Store::open_replying(dir, reply).await.unwrap();
    for number in 0..2 {
        append(&store, vec![mark(number)]).await;
    }
    store.close().await.unwrap();
    write(dir, &vfs::events());
}

/// One line for each event, the bytes of all writes one after the other in a file of their own.
fn write(dir: &Path, events: &[Event]) {
    let mut lines = String::new();
    let mut data = std::io::BufWriter::new(std::fs::File::create(dir.join(BYTES)).unwrap());
    for event in events {
        lines += &match event {
            Event::Write { file, offset, bytes } => {
                data.write_all(bytes).unwrap();
                format!("write {file} {offset} {}\n", bytes.len())
            }
            Event::Truncate { file, size } => format!("truncate {file} {size}\n"),
            Event::Delete { file } => format!("delete {file}\n"),
            Event::Sync { file } => format!("sync {file}\n"),
            Event::Ack(hash) => format!("ack {hash}\n"),
        };
    }
    data.flush().unwrap();
    std::fs::write(dir.join(EVENTS), lines).unwrap();
}

fn read(dir: &Path) -> Vec<Event> {
    let bytes = std::fs::read(dir.join(BYTES)).unwrap();
    let mut rest = bytes.as_slice();
    let lines = std::fs::read_to_string(dir.join(EVENTS)).unwrap();
    let event = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let (file, number) = (words[1].to_owned(), |at: usize| words[at].parse::<usize>().unwrap());
        match words[0] {
            "write" => {
                let (own, others) = rest.split_at(number(3));
                rest = others;
                Event::Write { file, offset: number(2), bytes: own.to_vec() }
            }
            "truncate" => Event::Truncate { file, size: number(2) },
            "delete" => Event::Delete { file },
            "sync" => Event::Sync { file },
            "ack" => Event::Ack(file),
            other => panic!("an event called {other}"),
        }
    };
    lines.lines().map(event).collect()
}

/// What happened, and the key of the node it happened on.
#[derive(Debug)]
pub struct Recording {
    pub events: Vec<Event>,
    pub key: Vec<u8>,
}

/// Lets a child work and gives what it did.
pub fn recorded(work: Work) -> Recording {
    let folder = tempfile::tempdir().unwrap();
    let output = command(&std::env::current_exe().unwrap(), work, folder.path(), None).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "the child worked: {said}");
    Recording { events: read(folder.path()), key: std::fs::read(folder.path().join("node.key")).unwrap() }
}

/// What becomes of writes that no sync has followed when the power goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// None of them reached the disk.
    Dropped,
    /// All of them did.
    Kept,
    /// All but the last, and of that the first sectors.
    Torn,
    /// Every other one: a disk writes in the order it likes.
    Scattered,
    /// The others.
    ScatteredOtherwise,
}

impl Fate {
    pub const ALL: [Self; 5] = [Self::Dropped, Self::Kept, Self::Torn, Self::Scattered, Self::ScatteredOtherwise];
}

/// The files of a folder: what is on the disk, and what has only been handed to the system.
#[derive(Clone, Debug, Default)]
pub struct Disk<'a> {
    files: BTreeMap<&'a str, OnDisk<'a>>,
}

#[derive(Clone, Debug, Default)]
struct OnDisk<'a> {
    /// `None` where no such file is.
    durable: Option<Vec<u8>>,
    pending: Vec<&'a Event>,
}

impl OnDisk<'_> {
    fn settle(&mut self) {
        for event in std::mem::take(&mut self.pending) {
            change(&mut self.durable, event, usize::MAX);
        }
    }
}

fn is_delete(event: &&Event) -> bool {
    matches!(event, Event::Delete { .. })
}

impl<'a> Disk<'a> {
    /// Goes one event further.
    pub fn apply(&mut self, event: &'a Event) {
        match event {
            Event::Write { file, .. } | Event::Truncate { file, .. } | Event::Delete { file } => {
                self.files.entry(file).or_default().pending.push(event);
            }
            Event::Sync { file } => {
                let file = self.files.entry(file).or_default();
                let is_new = file.durable.is_none() || file.pending.iter().any(is_delete);
                file.settle();
                // The first sync of a new file syncs the folder too, and with it the names that have gone from it.
                if is_new {
                    self.files.values_mut().filter(|file| file.pending.iter().any(is_delete)).for_each(OnDisk::settle);
                }
            }
            Event::Ack(_) => {}
        }
    }

    /// Bytes and sizes that no sync has followed yet.
    pub fn is_settled(&self) -> bool {
        self.files.values().all(|file| file.pending.is_empty())
    }

    /// Writes the files as the disk has them after a power cut.
    pub fn write(&self, dir: &Path, fate: Fate) {
        for (name, file) in &self.files {
            let mut content = file.durable.clone();
            let last = file.pending.len().saturating_sub(1);
            for (index, event) in file.pending.iter().enumerate() {
                let most = match fate {
                    Fate::Dropped => 0,
                    Fate::Torn if index == last => half(event),
                    Fate::Scattered if index % 2 == 1 => 0,
                    Fate::ScatteredOtherwise if index % 2 == 0 => 0,
                    _ => usize::MAX,
                };
                if most > 0 {
                    change(&mut content, event, most);
                } else if is_delete(event) {
                    // The old file is still the one of that name; what follows was written to a new one.
                    break;
                }
            }
            if let Some(content) = content {
                std::fs::write(dir.join(name), content).unwrap();
            }
        }
    }
}

/// Half the sectors of a write, and at least one.
fn half(event: &Event) -> usize {
    match event {
        Event::Write { bytes, .. } => (bytes.len() / SECTOR / 2).max(1) * SECTOR,
        _ => 0,
    }
}

/// Makes a change to a file; of a write no more than its first bytes. A cut or deletion happens or not.
fn change(content: &mut Option<Vec<u8>>, event: &Event, most: usize) {
    match event {
        Event::Write { offset, bytes, .. } => {
            let content = content.get_or_insert_default();
            let bytes = &bytes[..bytes.len().min(most)];
            let end = offset + bytes.len();
            if content.len() < end {
                content.resize(end, 0);
            }
            content[*offset..end].copy_from_slice(bytes);
        }
        Event::Truncate { size, .. } => content.get_or_insert_default().resize(*size, 0),
        Event::Delete { .. } => *content = None,
        Event::Sync { .. } | Event::Ack(_) => {}
    }
}
