//! The process with the desks. Moments are drawn before: when the server is slow, the next batches come all the same.

use crate::desk::Desk;
use crate::door::Door;
use crate::key;
use crate::serving::Usage;
use jiangsai_hq::raise_open_files;
use jiangsai_ledger::replication::{Pull, Pushed};
use jiangsai_ledger::{Hash, LogId, ScopeId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

/// Between two pulls of a desk.
const PAUSE: Duration = Duration::from_secs(2);
/// Files that are open besides the connections of the desks.
const BESIDES: u64 = 64;
/// After a batch that was not answered.
const AGAIN: Duration = Duration::from_millis(200);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Load {
    pub url: String,
    pub headquarters: Hash,
    pub scope: ScopeId,
    pub desks: u64,
    pub pulling: u64,
    pub rate: f64,
    pub seconds: u64,
    /// Display order to begin with.
    pub order: u64,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Said {
    pub batches: u64,
    pub records: u64,
    /// Batches that had to be sent again.
    pub again: u64,
    /// Middle, nine of ten, 99 of a hundred, longest.
    pub milliseconds: [f64; 4],
    pub pulls: u64,
    pub pulled: u64,
    pub pulled_bytes: u64,
    /// Words heard on the streams of all desks, and how many of the streams lasted to the end.
    pub words: u64,
    pub streams: u64,
    pub processor: f64,
}

/// What a desk did.
#[derive(Default)]
struct Done {
    milliseconds: Vec<f64>,
    records: u64,
    again: u64,
    receipt: Option<(LogId, u64, Hash)>,
}

/// SplitMix64, so that every run has the same moments.
struct Drawn(u64);

impl Drawn {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Above 0, at most 1.
    fn part(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }
}

pub async fn main() {
    let load: Load = serde_json::from_str(&std::env::args().nth(2).unwrap()).unwrap();
    // Each desk has a connection, and a stream on which it hears of changes.
    let (files, wanted) = (raise_open_files().unwrap(), 2 * load.desks + load.pulling + BESIDES);
    eprintln!("{files} files may be open by the desks");
    assert!(files >= wanted, "{wanted} are needed: raise the limit of the system (ulimit -Hn)");
    let door = Door::new(&load.url, load.headquarters);
    let mut doors = Vec::new();
    for _ in 0..load.desks + load.pulling {
        let mut own = door.beside();
        own.open().await.unwrap();
        doors.push(own);
    }
    let pulling = doors.split_off(usize::try_from(load.desks).unwrap());
    let words = Arc::new(AtomicU64::new(0));
    let mut streams = Vec::new();
    for desk in 0..load.desks {
        let (mut own, words) = (door.beside(), Arc::clone(&words));
        own.open().await.unwrap();
        streams.push(tokio::spawn(async move { own.listen(&key(desk), &words).await }));
    }
    let begin = Instant::now() + Duration::from_secs(1);
    let end = begin + Duration::from_secs(load.seconds);
    let mut desks = Vec::new();
    let mut tasks = Vec::new();
    for (desk, door) in (0..).zip(doors) {
        let (sender, receiver) = mpsc::unbounded_channel();
        desks.push(sender);
        tasks.push(tokio::spawn(write(door, load.clone(), desk, receiver)));
    }
    let pulls = (0..).zip(pulling).map(|(desk, door)| tokio::spawn(pull(door, load.clone(), desk, begin, end)));
    let pulls: Vec<_> = pulls.collect();
    // Batches of 1 to 5 are 3 on average.
    let (mut drawn, between) = (Drawn(1), 3.0 / load.rate);
    let mut at = begin;
    loop {
        at += Duration::from_secs_f64(-drawn.part().ln() * between);
        if at >= end {
            break;
        }
        sleep_until(at).await;
        let desk = usize::try_from(drawn.next() % load.desks).unwrap();
        let marks = usize::try_from(1 + drawn.next() % 5).unwrap();
        desks[desk].send((at, marks)).unwrap();
    }
    drop(desks);
    let (mut said, mut milliseconds, mut receipts) = (Said::default(), Vec::new(), Vec::new());
    for task in tasks {
        let done = task.await.unwrap();
        milliseconds.extend(done.milliseconds);
        said.records += done.records;
        said.again += done.again;
        receipts.extend(done.receipt);
    }
    for task in pulls {
        let (pulls, bytes, records) = task.await.unwrap();
        (said.pulls, said.pulled_bytes, said.pulled) =
            (said.pulls + pulls, said.pulled_bytes + bytes, said.pulled + records);
    }
    said.words = words.load(Ordering::Relaxed);
    said.streams = streams.iter().filter(|stream| !stream.is_finished()).count() as u64;
    milliseconds.sort_by(f64::total_cmp);
    let of = |part: usize| milliseconds[(milliseconds.len() * part / 100).min(milliseconds.len() - 1)];
    said.milliseconds = [of(50), of(90), of(99), of(100)];
    said.batches = milliseconds.len() as u64;
    said.processor = Usage::of("self").processor;
    std::fs::write(std::env::args().nth(3).unwrap(), serde_json::to_string(&receipts).unwrap()).unwrap();
    println!("{}", serde_json::to_string(&said).unwrap());
}

/// A desk: sends each batch, the one after the other, until it is receipted.
async fn write(
    mut door: Door,
    load: Load,
    number: u64,
    mut batches: mpsc::UnboundedReceiver<(Instant, usize)>,
) -> Done {
    let (key, mut desk) = (key(number), None);
    let mut done = Done::default();
    while let Some((at, marks)) = batches.recv().await {
        let desk = desk.get_or_insert_with(|| Desk::open(load.scope, number, load.order));
        let push = desk.push(marks);
        let (last, log) = (push.from + push.records.len() as u64 - 1, push.log);
        let head = Hash::of(push.records.last().unwrap().header.as_bytes());
        let body = serde_json::to_vec(&push).unwrap();
        loop {
            let answer = door.ask(&key, "push", body.clone()).await;
            let pushed = answer.and_then(|(_, body)| serde_json::from_slice::<Pushed>(&body).ok());
            match pushed {
                Some(Pushed::Receipt(receipt)) if receipt.verifies() && (receipt.seq, receipt.head) == (last, head) => {
                    break;
                }
                _ => {
                    done.again += 1;
                    sleep(AGAIN).await;
                }
            }
        }
        done.milliseconds.push(at.elapsed().as_secs_f64() * 1_000.0);
        done.records += push.records.len() as u64;
        done.receipt = Some((log, last, head));
    }
    done
}

/// What an answer to a pull begins with.
#[derive(Deserialize)]
struct Begin {
    cursor: u64,
    more: bool,
}

/// A desk that pulls everything, as fast as it comes: answers, bytes, records. Of an answer only the beginning is read: what a desk makes of
/// the rest costs its own computer.
async fn pull(mut door: Door, load: Load, number: u64, begin: Instant, end: Instant) -> (u64, u64, u64) {
    let key = key(number);
    let (mut after, mut pulls, mut bytes) = (0, 0, 0);
    // Not all in the same moment.
    sleep_until(begin + PAUSE.mul_f64(number as f64 / load.pulling as f64)).await;
    while Instant::now() < end {
        let question = Pull::after(load.scope, after, 2_048);
        let answer = door.ask(&key, "pull", serde_json::to_vec(&question).unwrap()).await;
        let begins = answer.and_then(|(_, body)| {
            let text = std::str::from_utf8(&body[..body.len().min(200)]).ok()?;
            let head = text.split_once(",\"runs\"")?.0;
            Some((serde_json::from_str::<Begin>(&format!("{head}}}")).ok()?, body.len() as u64))
        });
        let more = begins.as_ref().is_some_and(|(begins, _)| begins.more);
        if let Some((begins, length)) = begins {
            (after, pulls, bytes) = (begins.cursor, pulls + 1, bytes + length);
        }
        if !more {
            sleep(PAUSE).await;
        }
    }
    (pulls, bytes, after)
}
