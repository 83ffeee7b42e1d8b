//! Rules in words: texts that were read and found right, and that nothing of the grammar is dropped.

use jiangsai_scoring::templates::ready;
use jiangsai_scoring::words::{Paragraph, condition, expression, item, node};
use jiangsai_scoring::{Rulebook, words};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A rulebook with every form of the grammar.
pub const EVERYTHING: &str = include_str!("everything.json");

fn book(json: &str) -> Rulebook {
    Rulebook::from_json(json).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Headings and lines as they are printed.
fn page(all: &[Paragraph], lang: &str) -> String {
    let mut page = String::new();
    for paragraph in all {
        page.push_str(&format!("{} [{}]\n", paragraph.heading.get(lang), paragraph.id));
        for line in &paragraph.lines {
            page.push_str(&format!("  {}\n", line.get(lang)));
        }
    }
    page
}

fn golden(id: &str, zh: &str, en: &str) {
    let json = ready().iter().find(|(name, _)| *name == id).map_or(EVERYTHING, |(_, json)| json);
    let rulebook = book(json);
    let mut wrong = Vec::new();
    for (lang, expected) in [("zh", zh), ("en", en)] {
        let found = page(&words(&rulebook), lang);
        if found != expected {
            let path = format!("{}/tests/scoring/words/{id}.{lang}.txt", env!("CARGO_MANIFEST_DIR"));
            // To read the words after a change and to keep them where they are right.
            if std::env::var("WRITE_WORDS").is_ok() {
                std::fs::write(&path, &found).unwrap();
            }
            wrong.push((
                path,
                found
                    .lines()
                    .zip(expected.lines())
                    .find(|(found, expected)| found != expected)
                    .map(|(found, expected)| format!("{found} / {expected}")),
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

macro_rules! goldens {
    ($($name:ident $id:literal)*) => {$(
        #[test]
        fn $name() {
            golden($id, include_str!(concat!("words/", $id, ".zh.txt")), include_str!(concat!("words/", $id, ".en.txt")));
        }
    )*};
}

goldens! {
    words_of_theory_and_practice "theory-practice-30-70"
    words_of_a_panel_of_five "panel-of-5-trimmed"
    words_of_the_wastewater_sample "wastewater-sample-1"
    words_of_a_skating_segment "isu-segment"
    words_of_every_form "everything"
}

#[test]
fn words_of_single_parts_are_those_of_the_whole() {
    let rulebook = book(EVERYTHING);
    let all = words(&rulebook);
    for own in rulebook.items().iter().map(|one| item(&rulebook, one)) {
        assert!(all.contains(&own), "{own:?}");
    }
    for own in rulebook.nodes.iter().map(|one| node(&rulebook, one)) {
        assert!(all.contains(&own), "{own:?}");
    }
    let total = expression(&rulebook, &rulebook.node("clock").unwrap().value);
    assert_eq!((total.zh.as_str(), total.en.as_str()), ("计时的秒数", "Run in seconds"));
    let honour = condition(&rulebook, &rulebook.honours[0].to);
    assert_eq!(honour.zh, "获得一等奖或二等奖且个人名次的名次数不大于3");
}

fn lines(json: &Value, id: &str) -> Vec<(String, String)> {
    let all = words(&book(&json.to_string()));
    let own = all.into_iter().find(|one| one.id == id).unwrap();
    own.lines.into_iter().map(|line| (line.zh, line.en)).collect()
}

/// A field so small that nothing is given, one award, several.
#[test]
fn words_of_small_fields() {
    let mut json: Value = serde_json::from_str(EVERYTHING).unwrap();
    let tiers: Vec<String> = json["awards"]["tiers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tier| tier["id"].as_str().unwrap().to_owned())
        .collect();
    let mut said = |tiers: &[String]| {
        json["awards"]["small_fields"] = json!([{"below": 4, "tiers": tiers}]);
        lines(&json, "awards").into_iter().find(|(zh, _)| zh.starts_with("基数不足")).unwrap()
    };
    let (zh, en) = said(&[]);
    assert_eq!(zh, "基数不足4人时，不设奖（取适用的最小一档）。");
    assert_eq!(en, "With fewer than 4 in the base no award is given (the smallest such limit applies).");
    let (zh, en) = said(&tiers[..1]);
    assert_eq!(zh, "基数不足4人时，只设一等奖（取适用的最小一档）。");
    assert!(en.ends_with("only “First prize” is given (the smallest such limit applies)."), "{en}");
    let (zh, en) = said(&tiers[..2]);
    assert_eq!(zh, "基数不足4人时，只设一等奖和二等奖（取适用的最小一档）。");
    assert!(en.contains("only “First prize” and “Second prize” are given"), "{en}");
}

/// A time has its minutes; whatever needs a sealed value is not yet marked, as the engine has it.
#[test]
fn words_of_parameters() {
    let mut json: Value = serde_json::from_str(EVERYTHING).unwrap();
    let place = json["parameters"].as_array().unwrap().iter().position(|one| one["id"] == "limit").unwrap();
    json["parameters"][place]["value"] = json!("75");
    let of = |json: &Value| lines(json, "parameters")[place].clone();
    let (zh, en) = of(&json);
    assert!(zh.contains("取值1:15") && en.contains("1:15"), "{zh} {en}");
    json["parameters"][place].as_object_mut().unwrap().remove("value");
    let (zh, en) = of(&json);
    assert!(zh.contains("公布前用到它的都视为未评") && en.contains("not yet marked before that"), "{zh} {en}");
}

/// Ids of paragraphs are stable and headings are never empty, also without any names.
#[test]
fn words_have_headings_without_names() {
    let mut json: Value = serde_json::from_str(EVERYTHING).unwrap();
    empty_names(&mut json);
    let rulebook = book(&json.to_string());
    let all = words(&rulebook);
    sound(&all);
    let named = words(&book(EVERYTHING));
    let ids = |of: &[Paragraph]| of.iter().map(|one| (one.id.clone(), one.part)).collect::<Vec<_>>();
    assert_eq!(ids(&all), ids(&named));
    let parts: BTreeSet<(String, String)> = ids(&all).into_iter().map(|(id, part)| (id, format!("{part:?}"))).collect();
    assert_eq!(parts.len(), all.len(), "each is there once");
}

fn empty_names(json: &mut Value) {
    match json {
        Value::Object(all) if all.len() == 2 && all.contains_key("zh") => *json = json!({"zh": "", "en": ""}),
        Value::Object(all) => all.values_mut().for_each(empty_names),
        Value::Array(all) => all.iter_mut().for_each(empty_names),
        _ => {}
    }
}

/// No heading and no line is empty, in either language.
pub fn sound(all: &[Paragraph]) {
    for paragraph in all {
        assert!(!paragraph.heading.zh.trim().is_empty() && !paragraph.heading.en.trim().is_empty(), "{paragraph:?}");
        assert!(!paragraph.lines.is_empty(), "{paragraph:?}");
        for line in &paragraph.lines {
            assert!(line.zh.chars().count() > 1 && line.en.chars().count() > 1, "{paragraph:?}");
            for broken in ["，，", "；；", "。。", "（）", "“”", "＝，"] {
                assert!(!line.zh.contains(broken), "{broken} in {}", line.zh);
            }
        }
    }
}

/// Words that stand for one another in the grammar.
const CHOICES: &[&[&str]] = &[
    &["half_up", "half_even", "down", "up", "floor", "ceiling"],
    &["higher", "lower"],
    &["less", "at_most", "equal", "at_least", "more"],
    &["refuse", "leave_out", "zero"],
    &["highest", "lowest", "first", "last"],
    &["max", "min", "sum", "mean", "median", "count"],
    &["first", "mean", "dense"],
    &["matches", "displacement", "same"],
    &["number", "time", "answer"],
    &["module", "part", "total", "other"],
    &["published", "exact"],
    &["competition", "dense", "ordinal"],
    &["share", "draw", "play_off", "manual"],
    &["computed", "zero", "none"],
    &["not_yet", "zero"],
    &["member", "absent", "nobody"],
    &["registered", "started", "finished"],
    &["each", "cumulative"],
    &["higher", "extra", "lower", "settle"],
    &["chained", "anchored"],
    &["vacant", "next", "move_up"],
    &["move_up", "vacant"],
    &["all", "none"],
    &["agreed", "measured", "imported", "chief"],
];
/// Names of fields that stand for one another.
const FORMS: &[&[&str]] = &[
    &["mean", "median", "sum", "times", "min", "max", "count"],
    &["all", "any"],
    &["per_group", "best"],
    &["count", "percent"],
    &["abs", "in_seconds"],
    &["item", "node", "reading"],
    &["not_yet", "absent", "void"],
    &["low", "high"],
    &["from", "to"],
];

/// Every document that differs from this one in one value.
fn changed(json: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    let places_of = |path: &str| path.split('/').nth(2).and_then(|index| index.parse::<usize>().ok()).unwrap_or(0);
    let long = json["items"].as_array().map_or(0, Vec::len) > 18;
    places(json, &mut String::new(), &mut |path, value| {
        // In a long rulebook every fourth item or node stands for those like it.
        // An id is no word, though it may be spelt like one of the grammar.
        if path.ends_with("/id") {
            return;
        }
        if long && places_of(path) % 4 != 0 {
            return;
        }
        let replace = |with: Value| {
            let mut other = json.clone();
            *other.pointer_mut(path).unwrap() = with;
            other
        };
        let mut put = |with: Value| all.push((format!("{path} → {with}"), replace(with)));
        match value {
            Value::Number(number) => {
                let number = number.as_u64().unwrap();
                for other in [number + 1, number.saturating_sub(1)] {
                    if other != number {
                        put(json!(other));
                    }
                }
            }
            Value::Bool(value) => put(json!(!value)),
            Value::String(text) => {
                if let Ok(number) = text.parse::<jiangsai_scoring::Exact>() {
                    let two = jiangsai_scoring::Exact::from_int(2);
                    for other in [&number + &two, number.divide(&two).unwrap()] {
                        if other != number {
                            put(json!(other.to_string()));
                        }
                    }
                }
                for group in CHOICES.iter().filter(|group| group.contains(&text.as_str())) {
                    group.iter().filter(|other| *other != text).for_each(|other| put(json!(other)));
                }
                if !path.ends_with("/id") {
                    put(json!(format!("{text}Q")));
                }
            }
            Value::Array(values) => {
                for index in 0..values.len() {
                    let mut fewer = values.clone();
                    fewer.remove(index);
                    put(json!(fewer));
                }
            }
            Value::Object(fields) => {
                for (name, value) in fields {
                    // One value alone is its own sum, mean, product and extreme.
                    let alone = ["item", "node", "constant", "reading"].iter().any(|one| value.get(one).is_some());
                    let folds = alone && ["sum", "mean", "median", "times", "min", "max"].contains(&name.as_str());
                    for group in FORMS.iter().filter(|group| !folds && group.contains(&name.as_str())) {
                        for other in group.iter().filter(|other| !fields.contains_key(**other)) {
                            let mut renamed = fields.clone();
                            renamed.remove(name);
                            renamed.insert((*other).to_owned(), value.clone());
                            put(json!(renamed));
                        }
                    }
                }
            }
            Value::Null => {}
        }
    });
    all
}

fn places(json: &Value, path: &mut String, visit: &mut impl FnMut(&str, &Value)) {
    visit(path, json);
    let length = path.len();
    match json {
        Value::Array(all) => {
            for (index, one) in all.iter().enumerate() {
                path.push_str(&format!("/{index}"));
                places(one, path, visit);
                path.truncate(length);
            }
        }
        Value::Object(all) => {
            for (name, one) in all {
                path.push_str(&format!("/{name}"));
                places(one, path, visit);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

/// Whatever value of a rulebook is changed into another one that is allowed, the words change in both languages.
fn nothing_is_dropped(json: &str, least: usize) {
    let json: Value = serde_json::from_str(json).unwrap();
    let own = words(&book(&json.to_string()));
    let (zh, en) = (page(&own, "zh"), page(&own, "en"));
    let mut accepted = 0;
    let mut silent = Vec::new();
    for (what, other) in changed(&json) {
        let Ok(other) = Rulebook::from_json(&other.to_string()) else { continue };
        accepted += 1;
        let other = words(&other);
        sound(&other);
        let in_one = what.contains("/zh →") || what.contains("/en →");
        let same = (page(&other, "zh") == zh, page(&other, "en") == en);
        if (same.0 && same.1) || (!in_one && (same.0 || same.1)) {
            silent.push(format!("{what} {same:?}"));
        }
    }
    assert!(silent.is_empty(), "{} of {accepted}:\n{}", silent.len(), silent.join("\n"));
    assert!(accepted >= least, "only {accepted} changes were allowed");
}

#[test]
fn words_drop_nothing_of_the_ready_rulebooks() {
    for (_, json) in ready() {
        nothing_is_dropped(json, 20);
    }
}

#[test]
fn words_drop_nothing_of_every_form() {
    nothing_is_dropped(EVERYTHING, 600);
}
