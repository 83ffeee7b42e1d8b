//! Single laws at their borders, each by a small example.

use crate::build::{engine, entry, exact, field, imported, line, name, one_panel, panel_rows, row, rulebook};
use jiangsai_scoring::{EntryStatus, Fault, FaultCode, Field, Mark, MarkRow, Outcome, Rulebook, Score};
use serde_json::{Value, json};

fn faults(book: &Value) -> Vec<Fault> {
    Rulebook::from_json(&book.to_string()).err().unwrap_or_default()
}

#[track_caller]
fn refused(book: &Value, path: &str, code: FaultCode) {
    let all = faults(book);
    assert_eq!(
        all.iter().map(|fault| (fault.path.as_str(), fault.code)).collect::<Vec<_>>(),
        [(path, code)],
        "{all:#?}"
    );
}

/// A field of one imported number `x` for each entry, in order `a`, `b`, …
fn numbers(values: &[&str]) -> Field {
    let id = |index: usize| char::from(b'a' + u8::try_from(index).unwrap()).to_string();
    let marks = values.iter().enumerate().map(|(index, value)| row(&id(index), "x", None, value)).collect();
    field(marks)
}

fn set(field: &mut Field, entry: &str, name: &str, value: &str) {
    let own = field.entries.iter_mut().find(|own| own.id == entry).unwrap();
    own.data.insert(name.to_owned(), value.to_owned());
}

fn status(field: &mut Field, entry: &str, status: EntryStatus) {
    field.entries.iter_mut().find(|own| own.id == entry).unwrap().status = status;
}

/// Denominators whose common multiple leaves 64 or 128 bits are computed the long way.
#[test]
fn denominators_without_a_short_common_multiple() {
    let over = |by: &str| json!({"divide": {"of": {"item": "x"}, "by": {"constant": by}}});
    let bands = json!([{"is": "less", "edge": "1/9223372036854775783", "points": "1/9223372036854775807"}]);
    let long = "1/9223372036854775783";
    let books = [
        json!({"max": [over("999999999989"), over("999999999961")]}),
        json!({"when": {"is": {"left": over("999999999989"), "is": "less", "right": over("999999999961")},
            "then": {"constant": "1/3"}, "otherwise": {"constant": "1/7"}}}),
        json!({"table": {"of": {"item": "x"}, "bands": bands, "otherwise": long}}),
        json!({"weigh": {"of": [{"of": over("999999999989"), "by": long}, {"of": {"item": "x"}, "by": "1/9223372036854775807"}]}}),
    ];
    for total in books {
        let outcome = engine(&imported(&["x"], total.clone(), json!({}))).score(&numbers(&["5"])).unwrap();
        assert!(matches!(outcome.standings[0].total, Score::Value(_)), "{total}");
    }
    let mut steps = imported(&["x"], json!({"item": "x"}), json!({}));
    steps["items"][0]["input"] = json!({"number": {"min": "0.1", "max": "10", "step": long}});
    let outcome = engine(&steps).score(&numbers(&["0.1"])).unwrap();
    assert_eq!(outcome.standings[0].total, Score::Value(exact("0.1")));
}

/// A spread is checked also where the score does not look at the marks and a mark is larger than its cell.
#[test]
fn a_spread_between_marks_larger_than_their_cells() {
    let mut book = one_panel(3, "9000000000000000000", json!({"constant": "1"}), json!({"item": "X"}));
    book["items"][0]["spread"] = json!("8000000000000");
    book["items"][0]["input"] = json!({"number": {"step": "1"}});
    let outcome = engine(&book).score(&field(panel_rows("a", "X", &["0", "1", "8999999999999999999"]))).unwrap();
    assert_eq!(outcome.checks.len(), 1);
    assert_eq!(outcome.standings[0].total, Score::NotYet);
}

/// A list without its extremes keeps its order, so that the first of it is the first that was given.
#[test]
fn a_trimmed_list_keeps_its_order() {
    let score = |which: &str| json!({"sum": {"take": {"of": {"trim": {"of": {"panel": {}}, "low": 1, "high": 1}}, "which": which, "count": 1}}});
    for (which, shown) in [("first", "7"), ("last", "5"), ("highest", "7"), ("lowest", "5")] {
        let book = one_panel(5, "10", score(which), json!({"item": "X"}));
        let outcome = engine(&book).score(&field(panel_rows("a", "X", &["7", "9", "6", "2", "5"]))).unwrap();
        assert_eq!(outcome.standings[0].shown, shown, "{which}");
    }
}

/// Two stages: `x` decides who goes on, `y` the rest.
fn staged(advance: Value) -> Value {
    let mut book = rulebook(
        json!([]),
        json!([
            {"id": "x", "name": name("x"), "input": {"number": {}}, "by": "agreed", "stage": "heats"},
            {"id": "y", "name": name("y"), "input": {"number": {}}, "by": "agreed", "stage": "final"},
        ]),
        json!([
            {"id": "first", "name": name("first"), "kind": "part", "value": {"item": "x"}},
            {"id": "total", "name": name("total"), "kind": "total", "value": {"item": "y"}},
        ]),
        json!({}),
    );
    book["stages"] = json!([
        {"id": "heats", "name": name("heats"), "by": "first", "groups": "heat", "advance": advance},
        {"id": "final", "name": name("final")},
    ]);
    book
}

fn stages(outcome: &Outcome) -> Vec<(&str, Option<&str>)> {
    outcome.standings.iter().map(|line| (line.entry.as_str(), line.stage.as_deref())).collect()
}

/// A condition of a stage may look at the whole field.
#[test]
fn who_goes_on_can_depend_on_the_field() {
    let mean = json!({"across": {"of": {"item": "x"}, "fold": "max"}});
    let only = json!({"left": {"item": "x"}, "is": "equal", "right": mean});
    for advance in [json!({"take": [{"best": 3}], "only": only}), json!({"take": [{"all": only}]})] {
        let outcome = engine(&staged(advance)).score(&numbers(&["1", "3", "2"])).unwrap();
        let on: Vec<&str> =
            stages(&outcome).into_iter().filter(|own| own.1 == Some("final")).map(|own| own.0).collect();
        assert_eq!(on, ["b"]);
    }
}

/// Nobody goes on while anybody in the same group is unfinished, by whatever rule.
#[test]
fn nobody_goes_on_before_the_group_is_finished() {
    let over = json!({"left": {"item": "x"}, "is": "at_least", "right": {"constant": "2"}});
    for rule in [json!({"all": over}), json!({"per_group": 1})] {
        let mut all = numbers(&["3", "", "5", "1"]);
        for (entry, heat) in [("a", "1"), ("b", "1"), ("c", "2"), ("d", "2")] {
            set(&mut all, entry, "heat", heat);
        }
        let outcome = engine(&staged(json!({"take": [rule]}))).score(&all).unwrap();
        assert_eq!(line(&outcome, "a").stage.as_deref(), Some("heats"), "{rule}");
        assert_eq!(line(&outcome, "c").stage.as_deref(), Some("final"), "{rule}");
    }
}

/// What decides who goes on cannot depend on who went on.
#[test]
fn a_stage_cannot_ask_about_a_later_one() {
    let asks =
        json!({"when": {"is": {"in_stage": "final"}, "then": {"constant": "1"}, "otherwise": {"constant": "0"}}});
    let mut book = staged(json!({"take": [{"best": 1}]}));
    book["stages"][0]["keys"] = json!([{"by": asks, "label": name("k")}]);
    refused(&book, "/stages/0/keys/0/by", FaultCode::Cycle);
    refused(
        &staged(json!({"take": [{"all": {"in_stage": "final"}}]})),
        "/stages/0/advance/take/0/all",
        FaultCode::Cycle,
    );
    let only = json!({"not": {"left": asks, "is": "equal", "right": {"constant": "0"}}});
    refused(&staged(json!({"take": [{"best": 1}], "only": only})), "/stages/0/advance/only", FaultCode::Cycle);
}

/// Places by placings belong to the field, as other places do: they are not there once entries are ranked.
#[test]
fn placings_are_no_part_of_what_follows_the_ranks() {
    let mut book = one_panel(3, "9", json!({"sum": {"in_places": {"majority_place": "X"}}}), json!({"item": "X"}));
    book["items"][0]["input"] = json!({"placing": {}});
    let place = json!({"left": {"in_places": {"majority_place": "X"}}, "is": "equal", "right": {"constant": "1"}});
    assert!(faults(&book).is_empty(), "{:?}", faults(&book));
    book["honours"] = json!([{"id": "h", "name": name("h"), "to": place}]);
    refused(&book, "/honours/0/to/left/in_places/majority_place", FaultCode::NoMarkHere);
}

/// Attempts gone through within attempts would cost more than anybody can wait for, and an attempt an item does not have is none.
#[test]
fn attempts_within_attempts() {
    let mut book = imported(&["x", "y"], json!({"item": "x"}), json!({}));
    book["items"][0]["attempts"] = json!(3);
    book["items"][1]["attempts"] = json!(2);
    let each = |item: &str, of: Value| json!({"sum": {"each_attempt": {"item": item, "of": of}}});
    book["items"][0]["score"] = each("x", json!("mark"));
    book["items"][1]["score"] = each("y", json!("mark"));
    assert!(faults(&book).is_empty());
    let mut deep = book.clone();
    deep["items"][0]["score"] = each("x", each("y", json!("mark")));
    refused(&deep, "/items/0/score/sum/each_attempt/of/sum/each_attempt", FaultCode::TooLarge);
    let mut short = book.clone();
    short["items"][0]["score"] = each("x", json!({"reading": "y"}));
    refused(&short, "/items/0/score/sum/each_attempt/of/reading", FaultCode::NoMarkHere);
    book["items"][1]["score"] = each("y", json!({"reading": "x"}));
    assert!(faults(&book).is_empty(), "the first two of three attempts are there");
    let mut judges = one_panel(3, "9", json!({"sum": {"panel": {}}}), json!({"item": "X"}));
    judges["items"][0]["score"] = json!({"sum": {"each_judge": {"panel": "p",
        "of": {"sum": {"each_judge": {"panel": "p", "of": {"own": "X"}}}}}}});
    refused(&judges, "/items/0/score/sum/each_judge/of/sum/each_judge", FaultCode::TooLarge);
}

#[test]
fn an_order_needs_enough_letters() {
    let mut book = imported(&["x"], json!({"constant": "1"}), json!({}));
    book["items"][0]["input"] = json!({"answer": {"length": 5, "letters": "ABC", "once": true}});
    book["items"][0]["score"] = json!({"answer": {"key": {"letters": "ABCAB"}, "count": "matches"}});
    refused(&book, "/items/0/input/answer/length", FaultCode::OutOfRange);
}

fn teams(value: Value) -> Value {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    book["teams"] = json!({"name": name("teams"), "value": value});
    book
}

fn in_team(field: &mut Field, team: &str, entries: &[&str]) {
    for own in field.entries.iter_mut().filter(|own| entries.contains(&own.id.as_str())) {
        own.team = Some(team.to_owned());
    }
}

/// A member counts with the total its status leaves it, unless the rulebook says that it is a member like any other.
#[test]
fn members_count_with_the_total_of_their_status() {
    let sum = json!({"sum": {"members": {"of": {"node": "total"}, "absent": "leave_out"}}});
    let mut all = numbers(&["5", "7", "", "9"]);
    in_team(&mut all, "T", &["a", "b", "c", "d"]);
    status(&mut all, "b", EntryStatus::Disqualified);
    status(&mut all, "c", EntryStatus::Absent);
    let score = |book: &Value, all: &Field| engine(book).score(all).unwrap().teams[0].shown.clone();
    let mut book = teams(sum);
    assert_eq!(score(&book, &all), "14", "neither who was disqualified nor who never came has a total");
    let rule = |total: &str, team: Option<&str>| {
        let mut rule = json!({"total": total, "ranked": true, "counted": true});
        if let Some(team) = team {
            rule["team"] = json!(team);
        }
        rule
    };
    book["statuses"] = json!({"disqualified": rule("zero", None)});
    assert_eq!(score(&book, &all), "14");
    book["teams"]["value"] = json!({"count": {"members": {"of": {"node": "total"}, "absent": "leave_out"}}});
    assert_eq!(score(&book, &all), "3", "zero is a total");
    book["teams"]["value"] = json!({"sum": {"members": {"of": {"node": "total"}, "absent": "leave_out"}}});
    book["statuses"] = json!({"disqualified": rule("none", Some("member"))});
    assert_eq!(score(&book, &all), "21");
    book["statuses"] = json!({"disqualified": rule("none", Some("nobody"))});
    assert_eq!(score(&book, &all), "14");
}

#[test]
fn a_team_is_made_of_its_members_alone() {
    refused(&teams(json!({"node": "total"})), "/teams/value", FaultCode::NoMarkHere);
    refused(
        &teams(json!({"sum": [{"members": {"of": {"item": "x"}}}, {"datum": "bonus"}]})),
        "/teams/value/sum/1",
        FaultCode::NoMarkHere,
    );
    let when = json!({"when": {"is": {"datum_is": {"name": "n", "any_of": ["1"]}}, "then": {"constant": "1"}, "otherwise": {"constant": "0"}}});
    refused(&teams(when), "/teams/value/when/is", FaultCode::NoMarkHere);
}

/// Awards for totals `x`, with a datum `ok` that some conditions ask for.
fn awards(rule: Value) -> Value {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    book["awards"] = rule;
    book
}

fn ok() -> Value {
    json!({"datum_is": {"name": "ok", "any_of": ["yes"]}})
}

fn tier(id: &str, take: Value, only: Option<Value>) -> Value {
    let mut own = json!({"id": id, "name": name(id), "take": take});
    if let Some(only) = only {
        own["only"] = only;
    }
    own
}

/// Award, entries, vacant places, unsettled.
fn given(book: &Value, all: &Field) -> Vec<(String, String, u32, String)> {
    let outcome = engine(book).score(all).unwrap();
    outcome
        .awards
        .into_iter()
        .map(|own| (own.award, own.entries.concat(), own.vacant, own.unsettled.concat()))
        .collect()
}

#[track_caller]
fn gives(book: &Value, all: &Field, expected: &[(&str, &str, u32, &str)]) {
    let found = given(book, all);
    let found: Vec<(&str, &str, u32, &str)> = found
        .iter()
        .map(|(award, entries, vacant, unsettled)| (award.as_str(), entries.as_str(), *vacant, unsettled.as_str()))
        .collect();
    assert_eq!(found, expected);
}

fn with_ok(values: &[&str], ok: &[&str]) -> Field {
    let mut all = numbers(values);
    ok.iter().for_each(|entry| set(&mut all, entry, "ok", "yes"));
    all
}

#[test]
fn an_award_for_everybody_leaves_the_others_to_the_next() {
    let rule =
        json!({"tiers": [tier("one", json!({"everybody": {}}), Some(ok())), tier("two", json!({"count": 1}), None)]});
    gives(&awards(rule), &with_ok(&["9", "8", "7"], &["b"]), &[("one", "b", 0, ""), ("two", "a", 0, "")]);
}

/// Those whom a condition kept from a higher award are as equal as before when they come to the next.
#[test]
fn equals_stay_equal_below_a_condition() {
    let rule = |ties: &str| {
        awards(
            json!({"ties": ties, "tiers": [tier("one", json!({"count": 2}), Some(ok())), tier("two", json!({"count": 1}), None), tier("three", json!({"count": 9}), None)]}),
        )
    };
    let all = with_ok(&["9", "9", "7"], &[]);
    gives(&rule("higher"), &all, &[("one", "", 2, ""), ("two", "ab", 0, ""), ("three", "c", 7, "")]);
    gives(&rule("lower"), &all, &[("one", "", 2, ""), ("two", "", 1, ""), ("three", "abc", 6, "")]);
    gives(&rule("settle"), &all, &[("one", "", 2, ""), ("two", "", 0, "ab"), ("three", "c", 7, "")]);
}

/// Who cannot get the award does not compete for its last place.
#[test]
fn only_those_who_can_get_it_stand_on_its_border() {
    for ties in ["higher", "lower", "settle", "extra"] {
        for (holder, other) in [("a", "b"), ("b", "a")] {
            let rule = json!({"ties": ties, "tiers": [tier("one", json!({"count": 1}), Some(ok())), tier("two", json!({"count": 1}), None)]});
            let all = with_ok(&["9", "9"], &[holder]);
            gives(&awards(rule), &all, &[("one", holder, 0, ""), ("two", other, 0, "")]);
        }
    }
}

#[test]
fn places_without_a_next_award_stay_vacant() {
    let rule = json!({"unfilled": "next", "tiers": [tier("one", json!({"count": 2}), Some(ok())), tier("two", json!({"count": 1}), Some(ok()))]});
    gives(&awards(rule), &with_ok(&["9", "8", "7"], &["a"]), &[("one", "a", 0, ""), ("two", "", 2, "")]);
}

#[test]
fn places_moved_and_used_up_meet() {
    // The first award has one place too many (a does not hold) and gives two too many (c, d): one less for the second, none for the third.
    let rule = json!({"unfilled": "next", "tiers": [tier("one", json!({"count": 2}), Some(ok())), tier("two", json!({"count": 1}), Some(ok())), tier("three", json!({"count": 1}), Some(ok()))]});
    let all = with_ok(&["9", "8", "8", "8", "7", "6"], &["b", "c", "d", "e", "f"]);
    gives(&awards(rule), &all, &[("one", "bcd", 0, ""), ("two", "", 0, ""), ("three", "e", 0, "")]);
}

/// The vacant place of who was disqualified stands where the total is; everybody else stands where they were ranked.
#[test]
fn a_vacant_place_disturbs_nobody_else() {
    let mut book = awards(json!({"succession": "vacant", "tiers": [tier("one", json!({"count": 3}), None)]}));
    book["statuses"] = json!({"void": {"total": "zero", "ranked": true, "counted": true}});
    let mut all = numbers(&["9", "10", "8", "7"]);
    status(&mut all, "b", EntryStatus::Void);
    status(&mut all, "c", EntryStatus::Disqualified);
    gives(&book, &all, &[("one", "ad", 1, "")]);
}

/// A disqualified total stands between its neighbours, which stay within the tolerance of it.
#[test]
fn a_tolerance_reaches_over_a_vacant_place() {
    for grouping in ["chained", "anchored"] {
        let tolerance = json!({"points": "1", "grouping": grouping});
        let book = awards(
            json!({"succession": "vacant", "tolerance": tolerance, "tiers": [tier("one", json!({"count": 1}), None)]}),
        );
        let mut all = numbers(&["10", "9.5", "9"]);
        status(&mut all, "b", EntryStatus::Disqualified);
        gives(&book, &all, &[("one", "ac", 0, "")]);
    }
}

/// Results of different stages are not compared.
#[test]
fn a_tolerance_stays_within_a_stage() {
    let mut book = staged(json!({"take": [{"best": 1}]}));
    let tolerance = json!({"points": "1", "grouping": "chained"});
    book["awards"] = json!({"tolerance": tolerance, "tiers": [tier("one", json!({"count": 1}), None)]});
    let mut all = numbers(&["9", "5"]);
    all.marks.push(row("a", "y", None, "5"));
    gives(&book, &all, &[("one", "a", 0, "")]);
}

/// The derivation of an answer shows the other answer as it was given.
#[test]
fn an_answer_is_explained_with_its_own_key() {
    let mut book = imported(&["x", "k"], json!({"item": "x"}), json!({}));
    book["items"][0]["input"] = json!({"answer": {"length": 2}});
    book["items"][1]["input"] = json!({"answer": {"length": 2}});
    book["items"][1]["score"] = json!({"constant": "0"});
    book["items"][0]["attempts"] = json!(2);
    book["items"][0]["score"] =
        json!({"sum": {"each_attempt": {"of": {"answer": {"key": {"item": "k"}, "count": "matches"}}}}});
    let mut all = Field { entries: vec![entry("a"), entry("b")], ..Field::default() };
    let letters = |entry: &str, item: &str, attempt: u16, letters: &str| MarkRow {
        attempt,
        mark: Mark::Answer(letters.to_owned()),
        ..row(entry, item, None, "")
    };
    for entry in ["a", "b"] {
        all.marks.extend([letters(entry, "x", 1, "AB"), letters(entry, "x", 2, "BA"), letters(entry, "k", 1, "AA")]);
    }
    let tree = engine(&book).derive_node(&all, "b", "x").unwrap();
    let keys: Vec<&str> =
        tree.parts.iter().map(|part| part.with.iter().find(|(name, _)| name == "key").unwrap().1.as_str()).collect();
    assert_eq!(keys, ["AA", "AA"]);
}

/// Five judges, then four: what a removed judge does is what the rulebook says, and never nothing.
#[test]
fn a_removed_judge_is_handled_by_the_named_policy() {
    let five = ["8", "9", "10", "9", "4"];
    let removed = ["8", "9", "10", "9", "-"];
    let book = |absent: &str, minimum: u16| {
        let mut book = one_panel(
            5,
            "10",
            json!({"mean": {"panel": {"absent": absent, "minimum": minimum}}}),
            json!({"item": "X"}),
        );
        book["items"][0]["spread"] = json!("3");
        book
    };
    let score = |book: &Value, marks: &[&str]| engine(book).score(&field(panel_rows("a", "X", marks))).unwrap();
    for (absent, minimum, total) in [
        ("refuse", 5, Score::Absent),
        ("leave_out", 4, Score::Value(exact("9"))),
        ("leave_out", 5, Score::Absent),
        ("zero", 5, Score::Value(exact("7.2"))),
    ] {
        let book = book(absent, minimum);
        let before = score(&book, &five);
        assert_eq!(before.standings[0].total, Score::NotYet, "six points apart: the panel marks again");
        assert_eq!(before.checks[0].spread.as_deref(), Some("6"));
        assert_eq!(before.checks[0].judges, 5);
        let after = score(&book, &removed);
        assert_eq!(after.standings[0].total, total, "{absent} {minimum}");
        assert!(after.checks.is_empty(), "four judges were compared and agree");
        let still = score(&book, &["8", "4", "10", "9", "-"]);
        assert_eq!((still.checks[0].spread.as_deref(), still.checks[0].judges), (Some("6"), 4));
        // With one judge alone, or none, the check is not possible, which is said.
        for (marks, judges) in
            [(["8", "-", "-", "-", "-"], 1), (["-", "-", "-", "-", "-"], 0), (["8", "void", "-", "-", "void"], 1)]
        {
            let alone = score(&book, &marks);
            assert_eq!(alone.checks.len(), 1, "{marks:?}");
            assert_eq!((alone.checks[0].spread.as_deref(), alone.checks[0].judges), (None, judges));
            assert_eq!(alone.checks[0].limit, "3");
        }
    }
}

/// 9.99 → 10.00, 99.99 → 100.00, 999.99 → 1000.00: where every total gets another digit, no rank changes.
#[test]
fn ranks_do_not_change_where_totals_cross_a_digit() {
    let hundredths: Vec<i64> = (0..120).map(|n| n * 37 % 100).collect();
    let book = imported(&["x"], json!({"round": {"of": {"item": "x"}, "digits": 2}}), json!({}));
    let engine = engine(&book);
    let ranks = |whole: i64, add: i64| {
        let marks = hundredths.iter().enumerate().map(|(index, cents)| {
            let cents = whole * 100 + cents + add;
            row(&format!("e{index:03}"), "x", None, &format!("{}.{:02}", cents / 100, cents % 100))
        });
        let outcome = engine.score(&field(marks.collect())).unwrap();
        outcome.standings.into_iter().map(|line| (line.entry, line.rank, line.shared)).collect::<Vec<_>>()
    };
    let first = ranks(9, 0);
    for (whole, add) in
        [(9, 1), (9, 100), (99, 0), (99, 1), (99, 100), (999, 0), (999, 1), (999, 100), (0, 0), (99_999, 100)]
    {
        assert_eq!(ranks(whole, add), first, "{whole} + {add}");
    }
}
