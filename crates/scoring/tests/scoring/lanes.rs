//! Whole columns at their borders: steps, sizes of numbers, denominators, sizes of fields, single gaps.

use crate::build::{engine, entry, exact, name, row, rulebook};
use crate::generate::Rng;
use crate::model::{Model, num};
use crate::reference::Missing;
use jiangsai_scoring::{Exact, Field, Mark, MarkRow, Rulebook, Score};
use serde_json::{Value, json};

/// A step or none, and the largest mark: the ends of 14, 15, 31, 63 and 127 bits, for one mark or for seven of them, of what can be typed, and of
/// the denominators of cells.
const SCALES: [(Option<&str>, &str); 22] = [
    (Some("0.01"), "100"),
    (Some("0.25"), "10"),
    (Some("0.5"), "7.5"),
    (Some("1"), "3"),
    (Some("1/3"), "7"),
    (Some("1"), "4681"),
    (Some("1"), "4682"),
    (Some("0.5"), "8191.5"),
    (Some("0.5"), "8192"),
    (Some("1"), "32767"),
    (Some("1"), "32768"),
    (Some("0.001"), "2147483"),
    (Some("1"), "2147483647"),
    (Some("1"), "2147483648"),
    (Some("0.000001"), "2147.483647"),
    (Some("1"), "9200000000000000000"),
    (Some("1/999983"), "3"),
    (Some("1/1000003"), "3"),
    (None, "2147483"),
    (None, "9223372036854775807"),
    (None, "170141183460469231731687303715884105727"),
    (None, "9999999999999999999999999999999999999999999999999999999999999999"),
];

/// A node for everything that can be computed over whole columns, and for its ends.
fn forms() -> Vec<Value> {
    let item = |id: &str| json!({"item": id});
    let panel = || json!({"panel": {"item": "P"}});
    let trim = |low: usize, high: usize| json!({"trim": {"of": panel(), "low": low, "high": high}});
    let constant = |value: &str| json!({"constant": value});
    let mut all = vec![
        json!({"sum": panel()}),
        json!({"mean": panel()}),
        json!({"median": panel()}),
        json!({"min": panel()}),
        json!({"max": panel()}),
        json!({"median": trim(1, 0)}),
        json!({"mean": trim(1, 1)}),
        json!({"max": trim(0, 1)}),
        json!({"min": trim(1, 0)}),
        json!({"mean": {"panel": {"item": "P", "absent": "leave_out", "void": "zero", "minimum": 2}}}),
        json!({"weigh": {"of": [{"of": item("x"), "by": "0.3"}, {"of": item("y"), "by": "0.7"}]}}),
        json!({"weigh": {"of": [{"of": item("x"), "by": "1/1099511627689"}, {"of": item("y"), "by": "-1/3"}]}}),
        json!({"scale": {"of": item("x"), "from": "7", "to": "3"}}),
        json!({"scale": {"of": item("x"), "from": "1", "to": "4611686018427387904"}}),
        json!({"minus": {"from": item("x"), "less": item("y"), "floor": "0"}}),
        json!({"abs": {"minus": {"from": item("x"), "less": [item("y"), item("y")]}}}),
        json!({"clamp": {"of": item("x"), "low": "0.5", "high": "2147483646.5"}}),
        json!({"times": [item("x"), item("y")]}),
        json!({"times": [item("x"), item("x"), item("y"), item("y")]}),
        json!({"divide": {"of": item("x"), "by": constant("1099511627689")}}),
        json!({"max": [item("x"), {"divide": {"of": item("y"), "by": constant("3")}}, constant("1/7")]}),
        json!({"table": {"of": item("x"), "bands": [{"is": "less", "edge": "0.3", "points": "1/3"}, {"is": "at_most", "edge": "5", "points": "2"},
            {"is": "equal", "edge": "2147483647", "points": "9223372036854775807"}], "otherwise": "-1"}}),
        json!({"when": {"is": {"left": item("x"), "is": "at_least", "right": item("y")}, "then": item("x"), "otherwise": {"divide": {"of": item("y"), "by": constant("9")}}}}),
        json!({"settle": {"of": {"mean": [item("x"), item("y")]}, "absent": "1/9", "void": "9223372036854775807"}}),
    ];
    for mode in ["half_up", "half_even", "down", "up", "floor", "ceiling"] {
        all.push(json!({"round": {"of": {"divide": {"of": {"minus": {"from": item("x"), "less": item("y")}}, "by": constant("8")}}, "digits": 1, "mode": mode}}));
    }
    all.push(json!({"round": {"of": item("x"), "digits": 12}}));
    all.push(json!({"round": {"of": {"mean": trim(1, 1)}, "digits": 2}}));
    all
}

fn book((step, max): (Option<&str>, &str), seats: usize) -> Rulebook {
    let mut input = json!({"max": max});
    if let Some(step) = step {
        input["step"] = json!(step);
    }
    let item = |id: &str, by: Value| json!({"id": id, "name": name(id), "input": {"number": input}, "by": by});
    let mut nodes: Vec<Value> = forms()
        .into_iter()
        .enumerate()
        .map(|(index, value)| {
            let id = format!("n{index}");
            json!({"id": id, "name": name(&id), "kind": "other", "value": value})
        })
        .collect();
    nodes.push(json!({"id": "total", "name": name("total"), "kind": "total", "value": {"sum": [{"node": "n6"}, {"item": "x"}]}}));
    let book = rulebook(
        json!([{"id": "p", "name": name("p"), "seats": seats}]),
        json!([item("P", json!({"panel": "p"})), item("x", json!("agreed")), item("y", json!("measured"))]),
        json!(nodes),
        json!({"direction": "lower"}),
    );
    engine(&book).rulebook().clone()
}

/// A mark; for the first entry of a field the largest, so that sums reach their ends too.
fn value(rng: &mut Rng, (step, max): (Option<&str>, &str), first: bool) -> Exact {
    let (step, max) = (exact(step.unwrap_or("0.001")), exact(max));
    let most = max.divide(&step).unwrap().round(0, jiangsai_scoring::RoundMode::Floor);
    let small = Exact::from_int(i64::try_from(rng.below(9)).unwrap());
    let steps = match rng.below(6) {
        _ if first => most,
        0 => most,
        1 => (&most - &small).max(Exact::ZERO),
        2 => most.divide(&Exact::from_int(2)).unwrap().round(0, jiangsai_scoring::RoundMode::Floor),
        _ => small,
    };
    (&steps * &step).min(max)
}

/// A full field, and the places of its marks that are gaps.
fn field(rng: &mut Rng, scale: (Option<&str>, &str), seats: usize, size: usize, gaps: usize) -> Field {
    let mut all = Field::default();
    all.panels.insert("p".to_owned(), (0..seats).map(|seat| format!("J{seat}")).collect());
    for index in 0..size {
        let id = format!("e{index:04}");
        all.entries.push(entry(&id));
        for seat in 0..seats {
            let mark = Mark::Value(value(rng, scale, index == 0));
            all.marks.push(MarkRow { mark, ..row(&id, "P", Some(&format!("J{seat}")), "") });
        }
        for item in ["x", "y"] {
            all.marks.push(MarkRow { mark: Mark::Value(value(rng, scale, index == 0)), ..row(&id, item, None, "") });
        }
    }
    for _ in 0..gaps {
        let place = rng.below(all.marks.len());
        all.marks[place].mark = rng.one(&[Mark::NotYet, Mark::Absent, Mark::Void]);
    }
    all
}

fn agrees(book: &Rulebook, field: &Field, what: &str) {
    let outcome = jiangsai_scoring::Engine::new(book).unwrap().score(field).unwrap();
    let model = Model::new(book, field);
    let mut totals = Vec::new();
    for line in &outcome.standings {
        let entry: usize = line.entry[1..].parse().unwrap();
        for own in &line.values {
            let found = match &own.score {
                Score::Value(value) => Ok(num(value)),
                Score::NotYet => Err(Missing::NotYet),
                Score::Absent => Err(Missing::Absent),
                Score::Void => Err(Missing::Void),
            };
            assert_eq!(found, model.value(&own.node, entry), "{what}: {} of {}", own.node, line.entry);
        }
        totals.extend(model.value("total", entry).ok());
    }
    totals.sort();
    for line in &outcome.standings {
        let own = model.value("total", line.entry[1..].parse().unwrap()).ok();
        let rank = own.map(|own| u32::try_from(totals.partition_point(|other| *other < own) + 1).unwrap());
        assert_eq!(line.rank, rank, "{what}: {}", line.entry);
    }
}

#[test]
fn columns_agree_with_the_reference_at_their_borders() {
    let sizes: &[usize] = if crate::long() { &[1, 3, 8, 11, 127, 128, 129, 256, 300] } else { &[11] };
    for (index, scale) in SCALES.into_iter().enumerate() {
        for (turn, size) in sizes.iter().enumerate() {
            let mut rng = Rng(u64::try_from(index * 100 + turn).unwrap());
            for seats in [7, rng.one(&[3, 4, 5, 9])] {
                let book = book(scale, seats);
                for gaps in [0, 1, size / 3] {
                    let field = field(&mut rng, scale, seats, *size, gaps);
                    agrees(&book, &field, &format!("{scale:?}, {seats} judges, {size} entries, {gaps} gaps"));
                }
            }
        }
    }
}

/// Pieces of a column and their neighbours, each with no gap, with one, and with one in every piece.
#[test]
fn columns_of_every_length_agree_with_the_reference() {
    for (turn, size) in [127, 128, 129, 257, 300].into_iter().enumerate() {
        let mut rng = Rng(u64::try_from(size).unwrap());
        let (scale, seats) = (SCALES[turn * 3], [5, 7, 3, 9, 4][turn]);
        let book = book(scale, seats);
        let mut field = field(&mut rng, scale, seats, size, 1);
        for place in [0, 7, 8, 127, 128, size - 1].into_iter().filter(|place| turn > 1 && *place < size) {
            field.marks[place * (seats + 2)].mark = Mark::Absent;
        }
        agrees(&book, &field, &format!("{scale:?}, {seats} judges, {size} entries"));
    }
}
