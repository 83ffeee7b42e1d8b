//! Anything at all put into a rulebook and its marks: refused or computed, never a panic. From seeds, so that what was found is found again.

use crate::generate::{Generator, Rng};
use jiangsai_scoring::templates::ready;
use jiangsai_scoring::{Engine, Entry, Exact, Field, Mark, MarkRow, Rulebook};
use serde_json::{Value, json};

const WORDS: [&str; 40] = [
    "mark",
    "rank",
    "total",
    "x",
    "p0",
    "i0",
    "n0",
    "s0",
    "t0",
    "zero",
    "leave_out",
    "refuse",
    "higher",
    "lower",
    "agreed",
    "group",
    "0",
    "-1",
    "1/3",
    "0.5",
    "9223372036854775807",
    "-9223372036854775808",
    "170141183460469231731687303715884105727",
    "1/9223372036854775807",
    "1/1099511627776",
    "0.00000000000000000000000000000000000000000000000000000000000001",
    "99999999999999999999999999999999999999999999999999999999999999",
    "2147483647",
    "-2147483648",
    "4611686018427387904",
    "1/0",
    "",
    "ＡＢ",
    "２",
    "percent",
    "everybody",
    "half_even",
    "in_stage",
    "first",
    "competition",
];

fn places(value: &Value, path: &mut Vec<String>, all: &mut Vec<Vec<String>>) {
    all.push(path.clone());
    match value {
        Value::Array(many) => {
            for (index, one) in many.iter().enumerate() {
                path.push(index.to_string());
                places(one, path, all);
                path.pop();
            }
        }
        Value::Object(many) => {
            for (key, one) in many {
                path.push(key.clone());
                places(one, path, all);
                path.pop();
            }
        }
        _ => {}
    }
}

fn at<'a>(value: &'a mut Value, path: &[String]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, key| match value {
        Value::Array(many) => many.get_mut(key.parse::<usize>().ok()?),
        Value::Object(many) => many.get_mut(key),
        _ => None,
    })
}

fn anything(rng: &mut Rng) -> Value {
    match rng.below(8) {
        0 => json!(null),
        1 => json!(rng.one(&[0u64, 1, 2, 12, 13, 99, 100, 255, 65_535, u64::MAX])),
        2 => json!([]),
        3 => json!({}),
        4 => json!({"constant": rng.pick(&WORDS)}),
        _ => json!(rng.pick(&WORDS)),
    }
}

/// Changes a document in one place: another part of it, nothing, a number at its extreme, something deep, or one field less or more.
fn mutate(book: &mut Value, rng: &mut Rng) {
    let mut all = Vec::new();
    places(book, &mut Vec::new(), &mut all);
    let place = rng.one(&all);
    // Most often another part of the same name, so that the document stays one in form.
    let alike: Vec<Vec<String>> = all.iter().filter(|other| other.last() == place.last()).cloned().collect();
    let other = if rng.chance(70) { rng.one(&alike) } else { rng.one(&all) };
    let copy = at(book, &other).cloned().unwrap_or_default();
    let Some(own) = at(book, &place) else { return };
    match rng.below(8) {
        0 | 1 => *own = copy,
        2 if own.as_str().is_some_and(|text| text.parse::<Exact>().is_ok()) => *own = json!(rng.pick(&WORDS[16..30])),
        2 if own.is_u64() => *own = json!(rng.one(&[0, 1, 2, 3, 9, 12, 13, 99, 100, 255, 65_535])),
        2 | 3 => *own = anything(rng),
        4 => {
            let form = rng.pick(&["abs", "not", "sum", "mean", "in_seconds", "median"]);
            for _ in 0..rng.one(&[1, 2, 24, 40]) {
                *own = json!({form: own.take()});
            }
        }
        5 => match own {
            Value::Object(many) => {
                let key = many.keys().nth(rng.below(many.len())).cloned();
                key.and_then(|key| many.remove(&key));
            }
            Value::Array(many) if !many.is_empty() => {
                many.remove(rng.below(many.len()));
            }
            other => *other = anything(rng),
        },
        6 => match own {
            Value::Array(many) if !many.is_empty() => {
                let again = many[rng.below(many.len())].clone();
                many.push(again);
            }
            Value::Object(many) => {
                many.insert(
                    rng.pick(&[
                        "of", "by", "zero", "minimum", "within", "settle", "attempts", "spread", "only", "stage",
                    ])
                    .to_owned(),
                    copy,
                );
            }
            other => *other = anything(rng),
        },
        _ => {
            if let Some(second) = at(book, &other) {
                let second = std::mem::replace(second, Value::Null);
                if let Some(first) = at(book, &place) {
                    let first = std::mem::replace(first, second);
                    if let Some(second) = at(book, &other) {
                        *second = first;
                    }
                }
            }
        }
    }
}

/// Mark rows as a file might hold them, most of them for places that there are.
fn rows(book: &Rulebook, generator: &mut Generator, entries: &[Entry]) -> Vec<MarkRow> {
    let mut rows = Vec::new();
    let items = book.items();
    for _ in 0..generator.rng.below(60) {
        let Some(item) = items.get(generator.rng.below(items.len().max(1))) else { break };
        let word = generator.rng.pick(&WORDS);
        let mark = match generator.rng.below(10) {
            0 => jiangsai_scoring::input::parse_mark(item, word).unwrap_or(Mark::Void),
            1 => Mark::Answer(word.to_owned()),
            2 => word.parse::<Exact>().map_or(Mark::Absent, Mark::Value),
            _ => generator.mark(item, 10),
        };
        let judge = if item.panel().is_some() != generator.rng.chance(2) {
            Some(format!("J{}", generator.rng.below(9)))
        } else {
            None
        };
        let who = usize::from(generator.rng.chance(2));
        let who = generator.rng.below(entries.len() + who);
        rows.push(MarkRow {
            entry: entries.get(who).map_or("nobody", |own| &own.id).to_owned(),
            item: if generator.rng.chance(99) { item.id.clone() } else { word.to_owned() },
            judge,
            stage: if generator.rng.chance(2) { Some(word.to_owned()) } else { None },
            attempt: u16::try_from(generator.rng.below(usize::from(item.attempt_count()) + 1))
                .unwrap()
                .max(u16::from(generator.rng.chance(98))),
            mark,
        });
    }
    rows
}

/// What became of one input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Became {
    Refused,
    Computed,
}

fn look(board: &jiangsai_scoring::Board, book: &Rulebook) {
    let outcome = board.outcome();
    assert_eq!(outcome.standings.len(), board.len(), "every entry is in the standings");
    let ids = book.items().iter().map(|item| &item.id).chain(book.nodes.iter().map(|node| &node.id));
    for id in ids {
        for entry in 0..board.len() {
            assert!(board.explain(entry, id).is_some(), "every value can be explained");
        }
    }
    let ranks = board.ranks();
    for (entry, rank) in ranks.iter().enumerate() {
        assert_eq!(board.rank(entry), *rank, "one rank is as all ranks");
    }
}

/// One input from its seed.
fn once(seed: u64) -> Became {
    let mut generator = Generator::new(seed);
    generator.skating = true;
    let start = generator.rng.below(ready().len() * 3);
    let mut document = match ready().get(start) {
        Some((_, text)) => serde_json::from_str(text).unwrap(),
        None => generator.rulebook(),
    };
    for _ in 0..generator.rng.one(&[0, 0, 0, 1, 1, 2, 4]) {
        mutate(&mut document, &mut generator.rng);
    }
    let Ok(book) = Rulebook::from_json(&document.to_string()) else { return Became::Refused };
    let engine = Engine::new(&book).unwrap_or_else(|faults| panic!("the checker let it through: {faults:?}"));
    let size = generator.rng.one(&[0, 1, 2, 5, 9]);
    let entries: Vec<Entry> = generator.field(&book, size).entries;
    let mut field = Field { entries, ..Field::default() };
    if let Ok(board) = engine.board(&field) {
        look(&board, &book);
    }
    let entries = field.entries.clone();
    field.marks = rows(&book, &mut generator, &entries);
    if let Ok(board) = engine.board(&field) {
        look(&board, &book);
    }
    // The same marks one after the other, whether they fit or not.
    for panel in &book.panels {
        field.panels.insert(panel.id.clone(), (0..panel.seats).map(|seat| format!("J{seat}")).collect());
    }
    let marks = std::mem::take(&mut field.marks);
    if let Ok(mut board) = engine.board(&field) {
        for mark in &marks {
            let _ = board.put(mark);
        }
        look(&board, &book);
    }
    let full = generator.field(&book, 4);
    if let Ok(board) = engine.board(&full) {
        look(&board, &book);
    }
    Became::Computed
}

fn run(from: u64, count: u64) -> (u64, u64) {
    let (mut refused, mut computed) = (0, 0);
    for seed in from..from + count {
        match std::panic::catch_unwind(|| once(seed)) {
            Ok(Became::Refused) => refused += 1,
            Ok(Became::Computed) => computed += 1,
            Err(_) => panic!("seed {seed}"),
        }
    }
    (refused, computed)
}

#[test]
fn nothing_panics() {
    let (refused, computed) = run(0, if crate::long() { 200_000 } else { 600 });
    assert!(computed * 3 > refused, "{computed} computed, {refused} refused");
}

/// As many as fit into so many minutes (`JIANGSAI_FUZZ_MINUTES`), from a seed (`JIANGSAI_FUZZ_SEED`).
#[test]
#[ignore = "runs for as long as it is told"]
fn nothing_panics_for_a_while() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let limit = std::time::Duration::from_secs(60 * number("JIANGSAI_FUZZ_MINUTES").unwrap_or(1));
    let start = std::time::Instant::now();
    let mut seed = number("JIANGSAI_FUZZ_SEED").unwrap_or(1 << 32);
    let (mut refused, mut computed) = (0, 0);
    while start.elapsed() < limit {
        let (more_refused, more_computed) = run(seed, 200);
        (refused, computed) = (refused + more_refused, computed + more_computed);
        seed += 200;
    }
    println!("{} inputs: {computed} computed, {refused} refused, the next seed is {seed}", refused + computed);
}
