//! Laws that hold for every rulebook and every mark.

use crate::build::{engine, name, row};
use crate::numbers::reference as as_reference;
use crate::reference::{self, Missing};
use jiangsai_scoring::{Derivation, Engine, Entry, Field, Mark, MarkRow, Rulebook, Score};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Seats of the two panel items `P` and `Q`; `x` and `y` have one mark each.
const SEATS: [(&str, usize); 2] = [("P", 3), ("Q", 7)];

fn constant() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        "0",
        "1",
        "-1",
        "0.3",
        "0.7",
        "2.5",
        "1/3",
        "-12.345",
        "100",
        "9223372036854775807",
        "0.000000000000000001",
    ])
    .prop_map(|text| json!(text))
}

fn policy() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["refuse", "leave_out", "zero"])
}

fn panel() -> impl Strategy<Value = Value> {
    (prop::sample::select(SEATS.to_vec()), policy(), policy(), 3usize..8).prop_map(|((item, seats), absent, void, minimum)| {
        json!({"panel": {"item": item, "absent": absent, "void": void, "minimum": minimum.min(seats)}})
    })
}

/// Expressions that give one value.
pub fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        constant().prop_map(|value| json!({"constant": value})),
        prop::sample::select(vec!["x", "y"]).prop_map(|item| json!({"reading": item})),
        (panel(), prop::sample::select(vec!["sum", "mean", "median", "min", "max", "count"]))
            .prop_map(|(panel, op)| json!({op: panel})),
        (panel(), prop::sample::select(vec!["sum", "mean", "median"]))
            .prop_map(|(panel, op)| json!({op: {"trim": {"of": panel, "low": 1, "high": 1}}})),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            (several.clone(), prop::sample::select(vec!["sum", "mean", "median", "min", "max", "times"]))
                .prop_map(|(of, op)| json!({op: of})),
            (inner.clone(), panel(), prop::sample::select(vec!["sum", "mean"])).prop_map(|(one, panel, op)| json!({op: [one, panel]})),
            inner.clone().prop_map(|of| json!({"abs": of})),
            (inner.clone(), 0u8..4).prop_map(|(of, digits)| json!({"round": {"of": of, "digits": digits}})),
            (inner.clone(), constant()).prop_map(|(of, to)| json!({"scale": {"of": of, "from": "3", "to": to}})),
            (inner.clone(), inner.clone(), constant(), constant())
                .prop_map(|(one, two, a, b)| json!({"weigh": {"of": [{"of": one, "by": a}, {"of": two, "by": b}]}})),
            (inner.clone(), several, constant()).prop_map(|(from, less, floor)| json!({"minus": {"from": from, "less": less, "floor": floor}})),
            (inner.clone(), constant()).prop_map(|(of, to)| json!({"settle": {"of": of, "absent": to, "void": to}})),
            (inner.clone(), inner.clone(), constant()).prop_map(|(of, by, zero)| json!({"divide": {"of": of, "by": by, "zero": {"constant": zero}}})),
            (inner.clone(), inner.clone(), inner.clone(), inner, prop::sample::select(vec!["less", "at_most", "equal", "at_least", "more"]))
                .prop_map(|(left, right, then, otherwise, is)| json!({"when": {"is": {"left": left, "is": is, "right": right}, "then": then, "otherwise": otherwise}})),
        ]
    })
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        8 => (-1000i64..1000, 0u32..4).prop_map(|(n, digits)| {
            let text = jiangsai_scoring::Exact::ratio(n, 10i64.pow(digits)).unwrap();
            Mark::Value(text)
        }),
        1 => Just(Mark::NotYet),
        1 => Just(Mark::Absent),
        1 => Just(Mark::Void),
    ]
}

/// A whole entry's marks, most often complete.
pub fn marks() -> impl Strategy<Value = BTreeMap<String, Vec<Mark>>> {
    let full = (-1000i64..1000).prop_map(|n| Mark::Value(jiangsai_scoring::Exact::ratio(n, 4).unwrap())).boxed();
    prop_oneof![Just(full), Just(mark().boxed())].prop_flat_map(|mark| {
        (
            prop::collection::vec(mark.clone(), 1..2),
            prop::collection::vec(mark.clone(), 1..2),
            prop::collection::vec(mark.clone(), 3..4),
            prop::collection::vec(mark, 7..8),
        )
            .prop_map(|(x, y, p, q)| {
                [("x", x), ("y", y), ("P", p), ("Q", q)].into_iter().map(|(id, marks)| (id.to_owned(), marks)).collect()
            })
    })
}

pub fn book(value: &Value) -> Value {
    let number = json!({"number": {"min": "-1000", "max": "1000"}});
    let mut items: Vec<Value> =
        SEATS.iter().map(|(id, _)| json!({"id": id, "name": name(id), "input": number, "by": {"panel": id}})).collect();
    items.extend(["x", "y"].map(|id| json!({"id": id, "name": name(id), "input": number, "by": "agreed"})));
    let panels: Vec<Value> =
        SEATS.iter().map(|(id, seats)| json!({"id": id, "name": name(id), "seats": seats})).collect();
    crate::build::rulebook(
        json!(panels),
        json!(items),
        json!([{"id": "total", "name": name("total"), "kind": "total", "value": value}]),
        json!({}),
    )
}

fn rows(entry: &str, marks: &BTreeMap<String, Vec<Mark>>) -> Vec<MarkRow> {
    let mut rows = Vec::new();
    for (item, seats) in marks {
        let panel = SEATS.iter().any(|(id, _)| id == item);
        for (seat, mark) in seats.iter().enumerate() {
            let judge = panel.then(|| format!("{item}{seat}"));
            rows.push(MarkRow { mark: mark.clone(), ..row(entry, item, judge.as_deref(), "") });
        }
    }
    rows
}

/// The judges of both panels, as they sit when all have marked.
fn panels() -> BTreeMap<String, Vec<String>> {
    SEATS
        .iter()
        .map(|(id, seats)| ((*id).to_owned(), (0..*seats).map(|seat| format!("{id}{seat}")).collect()))
        .collect()
}

pub fn field(all: &[BTreeMap<String, Vec<Mark>>]) -> Field {
    Field {
        entries: (0..all.len()).map(|index| crate::build::entry(&format!("e{index}"))).collect(),
        marks: all.iter().enumerate().flat_map(|(index, marks)| rows(&format!("e{index}"), marks)).collect(),
        ..Field::default()
    }
}

fn same_tree(tree: &Derivation) {
    if tree.op == "sum" && tree.parts.iter().all(|part| matches!(part.score, Score::Value(_))) {
        let sum = tree.parts.iter().filter(|part| !part.left_out).map(|part| match &part.score {
            Score::Value(value) => value.clone(),
            _ => unreachable!(),
        });
        assert_eq!(Score::Value(sum.sum()), tree.score, "{tree:#?}");
    }
    for part in &tree.parts {
        same_tree(part);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn values_agree_with_the_reference(value in value(), marks in marks()) {
        let json = book(&value).to_string();
        // A generated product of long constants may be longer than the engine allows; that is a refusal, not a wrong value.
        let Ok(rulebook) = Rulebook::from_json(&json) else { return Ok(()) };
        let engine = Engine::new(&rulebook).unwrap();
        let all = field(std::slice::from_ref(&marks));
        let outcome = engine.score(&all).unwrap();
        let found = &outcome.standings[0].total;
        match reference::eval(&value, &marks) {
            Ok(expected) => {
                let Score::Value(found) = found else { panic!("{found:?}") };
                prop_assert_eq!(as_reference(found), expected);
            }
            Err(Missing::NotYet) => prop_assert_eq!(found, &Score::NotYet),
            Err(Missing::Absent) => prop_assert_eq!(found, &Score::Absent),
            Err(Missing::Void) => prop_assert_eq!(found, &Score::Void),
        }
        let tree = engine.derive(&all, "e0").unwrap();
        prop_assert_eq!(&tree.score, found);
        prop_assert_eq!(&tree.shown, &outcome.standings[0].shown);
        same_tree(&tree);
    }

    #[test]
    fn order_does_not_matter(value in value(), all in prop::collection::vec(marks(), 1..6), seed in any::<u64>()) {
        let Ok(rulebook) = Rulebook::from_json(&book(&value).to_string()) else { return Ok(()) };
        let engine = Engine::new(&rulebook).unwrap();
        let first = field(&all);
        let mut other = first.clone();
        shuffle(&mut other.marks, seed);
        shuffle(&mut other.entries, seed.rotate_left(7));
        let expected = engine.score(&first).unwrap();
        prop_assert_eq!(&engine.score(&other).unwrap(), &expected);

        // Marks that come one after the other, in any order, give the same as all at once.
        let empty = Field { marks: Vec::new(), panels: panels(), ..other.clone() };
        let mut board = engine.board(&empty).unwrap();
        for mark in &other.marks {
            board.put(mark).unwrap();
        }
        prop_assert_eq!(board.outcome(), expected);
    }

    #[test]
    fn ranks_follow_the_totals(all in prop::collection::vec(-50i64..50, 1..20), ties in prop::sample::select(vec!["competition", "dense", "ordinal"])) {
        let mut json = crate::build::imported(&["x"], json!({"item": "x"}), json!({"ties": ties}));
        json["ranking"]["keys"] = json!([]);
        let marks = all.iter().enumerate().map(|(index, value)| row(&format!("e{index:02}"), "x", None, &value.to_string())).collect();
        let outcome = engine(&json).score(&crate::build::field(marks)).unwrap();
        for line in &outcome.standings {
            let own = all[line.entry[1..].parse::<usize>().unwrap()];
            let higher: Vec<i64> = all.iter().copied().filter(|value| *value > own).collect();
            let rank = match ties {
                "competition" => higher.len() + 1,
                "dense" => higher.iter().collect::<std::collections::BTreeSet<_>>().len() + 1,
                _ => outcome.standings.iter().position(|other| other.entry == line.entry).unwrap() + 1,
            };
            prop_assert_eq!(line.rank, Some(u32::try_from(rank).unwrap()));
            prop_assert_eq!(line.shared, ties != "ordinal" && all.iter().filter(|value| **value == own).count() > 1);
        }
    }

    /// Adding a fixed amount to everybody changes no rank, also where every total gets another digit.
    #[test]
    fn ranks_do_not_depend_on_the_number_of_digits(all in prop::collection::vec(0i64..100, 2..12), more in prop::sample::select(vec![1i64, 9, 90, 99, 900, 9_999_999])) {
        let json = crate::build::imported(&["x"], json!({"round": {"of": {"item": "x"}, "digits": 1}}), json!({}));
        let engine = engine(&json);
        let ranks = |add: i64| {
            let marks = all.iter().enumerate().map(|(index, value)| row(&format!("e{index:02}"), "x", None, &(value + add).to_string())).collect();
            let outcome = engine.score(&crate::build::field(marks)).unwrap();
            outcome.standings.iter().map(|line| (line.entry.clone(), line.rank)).collect::<Vec<_>>()
        };
        prop_assert_eq!(ranks(0), ranks(more));
    }

    /// A ready rulebook with any part of it replaced by anything is refused or computed, never a panic.
    #[test]
    fn no_rulebook_panics(which in 0usize..6, picks in prop::collection::vec(any::<prop::sample::Index>(), 1..6), with in anything(), marks in marks()) {
        let mut json: Value = serde_json::from_str(jiangsai_scoring::templates::ready()[which].1).unwrap();
        replace(&mut json, &picks, with);
        if let Ok(rulebook) = Rulebook::from_json(&json.to_string()) {
            crate::words::sound(&jiangsai_scoring::words(&rulebook));
            let _ = jiangsai_scoring::lint(&rulebook);
            let engine = Engine::new(&rulebook).unwrap();
            let mut all = field(std::slice::from_ref(&marks));
            all.marks.clear();
            for item in rulebook.items() {
                let judges = item.panel().map_or(vec![None], |_| (0..5).map(|seat| Some(format!("J{seat}"))).collect());
                for (judge, mark) in judges.into_iter().zip(marks.values().flatten().cycle()) {
                    all.marks.push(MarkRow { mark: mark.clone(), ..row("e0", &item.id, judge.as_deref(), "") });
                }
            }
            let _ = engine.score(&all);
            let _ = engine.derive(&all, "e0");
            all.marks.clear();
            let outcome = engine.score(&all).unwrap();
            prop_assert_eq!(outcome.standings.len(), 1);
            prop_assert!(engine.derive(&all, "e0").is_some());
        }
    }

    /// Every rulebook has words, also one that is refused.
    #[test]
    fn words_are_never_empty(value in value(), which in 0usize..6, picks in prop::collection::vec(any::<prop::sample::Index>(), 1..6), with in anything()) {
        if let Ok(rulebook) = serde_json::from_value::<Rulebook>(book(&value)) {
            crate::words::sound(&jiangsai_scoring::words(&rulebook));
        }
        let mut json: Value = serde_json::from_str(jiangsai_scoring::templates::ready()[which].1).unwrap();
        replace(&mut json, &picks, with);
        if let Ok(rulebook) = serde_json::from_value::<Rulebook>(json) {
            let _ = jiangsai_scoring::lint(&rulebook);
            for paragraph in jiangsai_scoring::words(&rulebook) {
                prop_assert!(!paragraph.heading.zh.is_empty() && !paragraph.heading.en.is_empty());
            }
        }
    }

    #[test]
    fn no_text_panics(text in ".{0,200}") {
        let _ = Rulebook::from_json(&text);
    }
}

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        value(),
        constant(),
        Just(json!(null)),
        Just(json!([])),
        Just(json!({})),
        any::<i64>().prop_map(|number| json!(number)),
        any::<u16>().prop_map(|number| json!(number)),
        prop::sample::select(vec![
            "mark",
            "T",
            "P1",
            "total",
            "practice",
            "judges",
            "agreed",
            "imported",
            "0",
            "zero",
            "leave_out"
        ])
        .prop_map(|word| json!(word)),
    ]
}

/// Walks down by the picks and puts a value in the place reached.
fn replace(json: &mut Value, picks: &[prop::sample::Index], with: Value) {
    let Some((pick, rest)) = picks.split_first() else {
        *json = with;
        return;
    };
    match json {
        Value::Array(all) if !all.is_empty() => {
            let at = pick.index(all.len());
            replace(&mut all[at], rest, with);
        }
        Value::Object(all) if !all.is_empty() => {
            let at = pick.index(all.len());
            if let Some((_, value)) = all.iter_mut().nth(at) {
                replace(value, rest, with);
            }
        }
        other => *other = with,
    }
}

fn shuffle<T>(all: &mut [T], mut seed: u64) {
    for index in (1..all.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all.swap(index, usize::try_from(seed >> 33).unwrap() % (index + 1));
    }
}

/// Most generated rulebooks are without fault, so the properties above are about something.
#[test]
fn generated_rulebooks_are_mostly_sound() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let sound = (0..400)
        .filter(|_| {
            let value = value().new_tree(&mut runner).unwrap().current();
            Rulebook::from_json(&book(&value).to_string()).is_ok()
        })
        .count();
    assert!(sound > 300, "{sound} of 400");
}

#[test]
fn an_empty_field_has_no_standings() {
    let engine = engine(&book(&json!({"reading": "x"})));
    assert!(engine.score(&Field::default()).unwrap().standings.is_empty());
    let one = Field { entries: vec![Entry { id: "e".to_owned(), ..Entry::default() }], ..Field::default() };
    assert_eq!(engine.score(&one).unwrap().standings[0].total, Score::NotYet);
}
