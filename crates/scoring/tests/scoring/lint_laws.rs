//! What a lint says is without effect can be taken away, whatever the marks.

use crate::build::{engine, name, row, rulebook};
use crate::properties::{book, field, marks, value};
use jiangsai_scoring::{Entry, FaultCode, Field, LintCode, Rulebook, lint};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The rulebook without what a lint is about; nothing where that cannot be taken away alone.
fn without(json: &Value, code: LintCode, path: &str) -> Option<Value> {
    let mut json = json.clone();
    let (parent, last) = path.rsplit_once('/')?;
    match code {
        LintCode::IdleRounding => {
            let of = json.pointer(path)?.get("of")?.clone();
            *json.pointer_mut(parent)? = of;
        }
        LintCode::IdleLimit => {
            json.pointer_mut(parent)?.as_object_mut()?.remove(last);
        }
        LintCode::ConstantKey | LintCode::DecidedKey => {
            json.pointer_mut(parent)?.as_array_mut()?.remove(last.parse().ok()?);
        }
        _ => return None,
    }
    Some(json)
}

fn part() -> impl Strategy<Value = Value> + Clone {
    prop::sample::select(vec!["a", "b", "c", "d"]).prop_map(|id| json!({"item": id}))
}

/// Sums, differences and weights of parts, sometimes rounded, and data of the entry.
fn key() -> impl Strategy<Value = Value> {
    let weight = prop::sample::select(vec!["0.5", "1", "-1", "2", "1/3"]);
    let weighed = prop::collection::vec((part(), weight), 1..4).prop_map(
        |of| json!({"weigh": {"of": of.into_iter().map(|(of, by)| json!({"of": of, "by": by})).collect::<Vec<_>>()}}),
    );
    prop_oneof![
        part(),
        weighed.clone(),
        weighed.clone().prop_map(|of| json!({"round": {"of": of, "digits": 0}})),
        (part(), part()).prop_map(|(from, less)| json!({"minus": {"from": from, "less": less}})),
        weighed.prop_map(|of| json!({"clamp": {"of": of, "low": "1", "high": "3"}})),
        Just(json!({"node": "total"})),
        Just(json!({"constant": "3"})),
        Just(json!({"datum": "draw"})),
    ]
}

#[test]
fn a_rounded_zero_to_divide_by_is_idle_and_refused_without_its_rounding() {
    let zero = json!({"constant": "0"});
    let json = book(&json!({"divide": {"of": zero, "by": {"round": {"of": zero, "digits": 0}}, "zero": zero}}));
    let rules = Rulebook::from_json(&json.to_string()).unwrap();
    let other = lint(&rules).iter().find_map(|lint| without(&json, lint.code, &lint.path)).unwrap();
    let faults = Rulebook::from_json(&other.to_string()).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [FaultCode::DivisionByZero]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn lint_of_values_is_right(value in value(), all in prop::collection::vec(marks(), 1..4)) {
        let json = book(&value);
        let Ok(rules) = Rulebook::from_json(&json.to_string()) else { return Ok(()) };
        let totals = |json: &Value| -> Vec<_> {
            let outcome = engine(json).score(&field(&all)).unwrap();
            let mut totals: Vec<_> = outcome.standings.into_iter().map(|line| (line.entry, line.total)).collect();
            totals.sort_by(|one, other| one.0.cmp(&other.0));
            totals
        };
        for lint in lint(&rules) {
            let Some(other) = without(&json, lint.code, &lint.path) else { continue };
            match Rulebook::from_json(&other.to_string()) {
                Ok(_) => prop_assert_eq!(totals(&json), totals(&other), "{}", lint),
                // A zero that was rounded stands there openly now, and no rulebook may divide by it.
                Err(faults) => {
                    prop_assert!(faults.iter().all(|fault| fault.code == FaultCode::DivisionByZero), "{}: {:?}", lint, faults);
                }
            }
        }
    }

    #[test]
    fn lint_of_keys_is_right(
        total in key(),
        keys in prop::collection::vec(key(), 1..5),
        on in prop::sample::select(vec!["published", "exact"]),
        marks in prop::collection::vec(prop::collection::vec(-1i64..3, 5), 2..12),
    ) {
        prop_assume!(total.get("node").is_none());
        let item = |id: &str| json!({"id": id, "name": name(id), "input": {"number": {"step": "1", "max": "2"}}, "by": "imported"});
        let keys: Vec<Value> = keys.iter().map(|by| json!({"by": by, "label": name("key")})).collect();
        let json = rulebook(
            json!([]),
            json!(["a", "b", "c", "d"].map(item)),
            json!([{"id": "total", "name": name("total"), "kind": "total", "value": total}]),
            json!({"on": on, "keys": keys}),
        );
        let mut field = Field::default();
        for (index, own) in marks.iter().enumerate() {
            let id = format!("e{index:02}");
            for (item, value) in ["a", "b", "c", "d"].iter().zip(own) {
                // Below zero nobody was there to mark it.
                let value = if *value < 0 { "-".to_owned() } else { value.to_string() };
                field.marks.push(row(&id, item, None, &value));
            }
            let data = [("draw".to_owned(), own[4].to_string())].into();
            field.entries.push(Entry { id, data, ..Entry::default() });
        }
        let ranks = |json: &Value| -> Vec<_> {
            let outcome = engine(json).score(&field).unwrap();
            outcome.standings.into_iter().map(|line| (line.entry, line.rank)).collect()
        };
        for lint in lint(&Rulebook::from_json(&json.to_string()).unwrap()) {
            if let Some(other) = without(&json, lint.code, &lint.path).filter(|_| lint.path.starts_with("/ranking")) {
                prop_assert_eq!(ranks(&json), ranks(&other), "{}", lint);
            }
        }
    }
}
