//! How long scoring takes, each figure beside its limit measured in the same run, on one thread.
//!
//! `cargo run --profile measured -p jiangsai-scoring --example bench_scoring`
#![allow(clippy::disallowed_methods, reason = "the crate is pure; this program is the caller that has a clock")]
#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the library")]

#[allow(dead_code, reason = "shared with the measurement in a browser, which uses more of it")]
mod field;

use field::{ITEMS, JUDGES, board, halves};
use jiangsai_scoring::{Engine, Entry, Exact, Mark, Rulebook};
use serde_json::json;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ENTRIES: usize = 100_000;
const MARKS: usize = ENTRIES * JUDGES * ITEMS;
/// Each figure is the best of so many: what is measured is the work, not what else the machine does.
const RUNS: usize = 7;
/// How many times as long as a loop written by hand the engine may take.
const TIMES: f64 = 2.0;
/// Bytes that a mark may take, with everything computed from it.
const BYTES: f64 = 16.0;
/// Microseconds at p99 from a changed mark to new standings.
const CHANGE: f64 = 50.0;
/// How many times as long a change may take in a field a hundred times as large.
const GROWTH: f64 = 2.0;

fn main() {
    let engine = field::engine();
    whole_field(&engine);
    println!("  results alone decide:");
    let growth = changes(&engine);
    println!("    limit: {GROWTH:.1} times from 1000 to 100000 {growth:5.2} times   {}", verdict(growth <= GROWTH));
    println!("  equal results are told apart by another item:");
    let keys = json!([{"by": {"item": "P00"}, "label": {"zh": "P00", "en": "P00"}}]);
    println!("    from 1000 to 100000           {:5.2} times", changes(&field::ranked_with(&keys)));
    everybody();
}

fn best(mut work: impl FnMut()) -> Duration {
    (0..RUNS)
        .map(|_| {
            let from = Instant::now();
            work();
            from.elapsed()
        })
        .min()
        .unwrap()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn verdict(within: bool) -> &'static str {
    if within { "within" } else { "over" }
}

/// Fourteen million marks, trimmed, rounded, added up, ranked.
fn whole_field(engine: &Engine) {
    let marks: Vec<i32> = (0..ENTRIES)
        .flat_map(|entry| (0..ITEMS).flat_map(move |item| (0..JUDGES).map(move |seat| halves(entry, item, seat))))
        .collect();
    let once = best(|| {
        black_box(marks.iter().map(|mark| i64::from(*mark)).sum::<i64>());
    });
    let mut by_hand = Vec::new();
    let hand = best(|| by_hand = hand_written(&marks));
    let mut board = board(engine, ENTRIES);
    let mut ranks = Vec::new();
    let own = best(|| {
        board.compute();
        ranks = board.ranks();
    });
    let same = by_hand.iter().enumerate().all(|(entry, rank)| ranks[entry] == Some(*rank));
    println!("scoring: {MARKS} marks of {ENTRIES} entries, one thread");
    println!("  adding them up once        {:8.2} ms", ms(once));
    println!("  a loop written by hand     {:8.2} ms   {:.1} times as long", ms(hand), ms(hand) / ms(once));
    println!("  from the rulebook          {:8.2} ms", ms(own));
    let times = ms(own) / ms(hand);
    println!("  limit: {TIMES:.1} times by hand      {times:8.2} times   {}", verdict(times <= TIMES && same));
    println!("  the same ranks             {}", if same { "yes" } else { "NO   over" });
    let bytes = board.bytes() as f64 / MARKS as f64;
    println!("  limit: {BYTES:.0} bytes a mark       {bytes:8.2} bytes   {}", verdict(bytes <= BYTES));
}

/// The same rule as a loop for nothing else: seven halves, one high and one low left out, the mean rounded half up to hundredths.
fn hand_written(marks: &[i32]) -> Vec<u32> {
    let mut totals: Vec<(i32, u32)> = Vec::with_capacity(ENTRIES);
    let (entries, _) = marks.as_chunks::<{ ITEMS * JUDGES }>();
    for (entry, own) in (0u32..).zip(entries) {
        let mut total = 0;
        let (items, _) = own.as_chunks::<JUDGES>();
        for item in items {
            let (mut sum, mut low, mut high) = (0, i32::MAX, i32::MIN);
            for mark in item {
                sum += mark;
                low = low.min(*mark);
                high = high.max(*mark);
            }
            // Halves over five judges are tenths: ten hundredths each, nothing is left to round but the law is kept.
            total += ((sum - low - high) * 100 + 5) / 10;
        }
        totals.push((total, entry));
    }
    totals.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut ranks = vec![0; ENTRIES];
    let mut before = (i32::MIN, 0);
    for (place, (total, entry)) in (1u32..).zip(&totals) {
        let rank = if *total == before.0 { before.1 } else { place };
        ranks[usize::try_from(*entry).unwrap()] = rank;
        before = (*total, rank);
    }
    ranks
}

/// One changed mark to the changed entry's new rank. The sizes take turns, so that whatever else the machine does meets all of them.
/// Gives how many times as long a change takes in the largest as in the smallest.
fn changes(engine: &Engine) -> f64 {
    let mut boards = [1_000, 10_000, 100_000].map(|entries| (entries, board(engine, entries), 0, Duration::MAX));
    for _ in 0..RUNS {
        for (entries, board, change, best) in &mut boards {
            let mut times: Vec<Duration> = (0..20_000)
                .map(|_| {
                    *change += 1;
                    let (entry, item, seat) = (*change * 7_919 % *entries, *change % ITEMS, *change % JUDGES);
                    let mark = Mark::Value(Exact::ratio(i64::from(halves(*change, item, seat + 7)), 2).unwrap());
                    let from = Instant::now();
                    board.set(entry, item, 0, seat, &mark).unwrap();
                    black_box(board.rank(entry));
                    from.elapsed()
                })
                .collect();
            times.sort_unstable();
            *best = (*best).min(times[times.len() * 99 / 100]);
        }
    }
    let figures = boards.map(|(entries, _, _, best)| {
        let p99 = best.as_secs_f64() * 1e6;
        println!("    one mark among {entries:6} entries {p99:8.2} µs at p99");
        p99
    });
    println!("    limit: {CHANGE:.0} µs among 10000      {:8.2} µs   {}", figures[1], verdict(figures[1] <= CHANGE));
    figures[2] / figures[0]
}

/// A rule in which one mark moves everybody: the distance from the best and from the middle of the field.
fn everybody() {
    let name = |text: &str| json!({"zh": text, "en": text});
    let json = json!({
        "schema": 1, "semantics": 1, "id": "wide", "title": name("wide"),
        "items": [{"id": "X", "name": name("X"), "max": "1000", "input": {"number": {"step": "0.01"}}, "by": "measured"}],
        "nodes": [{"id": "total", "name": name("total"), "kind": "total", "value": {"round": {"of": {"minus": {
            "from": {"item": "X"},
            "less": [{"across": {"of": {"item": "X"}, "fold": "median"}}, {"across": {"of": {"item": "X"}, "fold": "max"}}]
        }}, "digits": 2}}}],
        "ranking": {"by": "total", "no_value": "unranked"}
    });
    let engine = Engine::new(&Rulebook::from_json(&json.to_string()).unwrap()).unwrap();
    println!("  one mark that moves everybody (median and best):");
    for entries in [1_000usize, 10_000, 100_000] {
        let all: Vec<Entry> =
            (0..entries).map(|entry| Entry { id: format!("{entry:06}"), ..Entry::default() }).collect();
        let mut board = engine.blank(&all);
        board
            .fill(0, |entry, _, _| Mark::Value(Exact::ratio(i64::from(halves(entry, 1, 1)) * 317 + 7, 100).unwrap()))
            .unwrap();
        let full = best(|| board.compute());
        let mut turn = 0;
        let one = best(|| {
            turn += 1;
            board
                .set(turn * 37 % entries, 0, 0, 0, &Mark::Value(Exact::from_int(100 + i64::try_from(turn).unwrap())))
                .unwrap();
        });
        println!("    among {entries:6} entries {:9.3} ms, everything anew {:9.3} ms", ms(one), ms(full));
    }
}
