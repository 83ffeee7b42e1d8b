//! What is refused of judges, attempts, answers, fields, conditions, stages, teams, awards and honours, each with its exact place.

use crate::build::{imported, name, rulebook};
use jiangsai_scoring::{FaultCode, Rulebook};
use serde_json::{Value, json};

fn found(book: &Value) -> Vec<(String, FaultCode)> {
    let all = Rulebook::from_json(&book.to_string()).err().unwrap_or_default();
    all.into_iter().map(|fault| (fault.path, fault.code)).collect()
}

#[track_caller]
fn refused(book: &Value, path: &str, code: FaultCode) {
    assert_eq!(found(book), [(path.to_owned(), code)], "{book}");
}

#[track_caller]
fn fine(book: &Value) {
    assert_eq!(found(book), [], "{book}");
}

/// Every kind of input: `x` a number, `t` a time, `X` a panel's number, `L` placings, `w` an answer, `r` an answer three times, `a` a number
/// three times; nodes `total` and `free`, whose value is the expression.
fn of(value: Value) -> Value {
    let item = |id: &str, input: Value, by: Value| json!({"id": id, "name": name(id), "input": input, "by": by});
    let answered = |item: Value, score: Value| {
        let mut own = item;
        own["score"] = score;
        own
    };
    let times = |item: Value, of: Value| {
        let mut own = answered(item, json!({"sum": {"each_attempt": {"of": of}}}));
        own["attempts"] = json!(3);
        own
    };
    let (panel, letters) = (json!({"panel": "p"}), json!({"answer": {"length": 4}}));
    let right = json!({"answer": {"key": {"letters": "ABCD"}, "count": "matches"}});
    let mut book = rulebook(
        json!([{"id": "p", "name": name("p"), "seats": 5}, {"id": "q", "name": name("q"), "seats": 3}]),
        json!([
            item("x", json!({"number": {"max": "10"}}), json!("agreed")),
            item("t", json!({"time": {}}), json!("measured")),
            item("X", json!({"number": {"max": "10"}}), panel.clone()),
            answered(item("L", json!({"placing": {}}), panel), json!({"in_places": {"sum": {"panel": {}}}})),
            answered(item("w", letters.clone(), json!("agreed")), right.clone()),
            times(item("r", letters, json!("agreed")), right),
            times(item("a", json!({"number": {"max": "10"}}), json!("agreed")), json!("mark")),
        ]),
        json!([
            {"id": "total", "name": name("total"), "kind": "total", "value": {"item": "x"}},
            {"id": "free", "name": name("free"), "kind": "other", "value": value},
        ]),
        json!({}),
    );
    book["parameters"] = json!([
        {"id": "n", "name": name("n"), "value": "1"},
        {"id": "s", "name": name("s"), "kind": "time", "by": "paper"},
        {"id": "k", "name": name("k"), "kind": "answer"},
    ]);
    book["scales"] = json!([{"id": "levels", "name": name("levels"), "values": ["low", "high"]}]);
    book
}

#[track_caller]
fn value(expr: Value, path: &str, code: FaultCode) {
    refused(&of(expr), &format!("/nodes/1/value{path}"), code);
}

const VALUE: &str = "5";

#[test]
fn judges() {
    let each = |of: Value| json!({"sum": {"each_judge": {"panel": "p", "of": of}}});
    fine(&of(each(json!({"own": "X"}))));
    value(json!({"own": "X"}), "/own", FaultCode::NoMarkHere);
    value(each(json!({"own": "x"})), "/sum/each_judge/of/own", FaultCode::NoMarkHere);
    value(each(json!({"own": "no"})), "/sum/each_judge/of/own", FaultCode::UnknownId);
    value(
        json!({"sum": {"each_judge": {"panel": "q", "of": {"own": "X"}}}}),
        "/sum/each_judge/of/own",
        FaultCode::NoMarkHere,
    );
    value(
        json!({"sum": {"each_judge": {"panel": "no", "of": {"constant": VALUE}}}}),
        "/sum/each_judge/panel",
        FaultCode::UnknownId,
    );
    for minimum in [0, 6] {
        let own = json!({"sum": {"each_judge": {"panel": "p", "of": {"own": "X"}, "minimum": minimum}}});
        value(own, "/sum/each_judge/minimum", FaultCode::OutOfRange);
    }
    value(json!({"each_judge": {"panel": "p", "of": {"own": "X"}}}), "", FaultCode::TypeMismatch);
    value(each(json!({"panel": {"item": "X"}})), "/sum/each_judge/of", FaultCode::TypeMismatch);
}

#[test]
fn attempts() {
    let each = |item: &str, of: Value| json!({"sum": {"each_attempt": {"item": item, "of": of}}});
    fine(&of(each("a", json!({"reading": "a"}))));
    value(json!({"reading": "a"}), "/reading", FaultCode::NoMarkHere);
    value(each("no", json!({"constant": VALUE})), "/sum/each_attempt/item", FaultCode::UnknownId);
    value(each("x", json!({"reading": "x"})), "/sum/each_attempt", FaultCode::NoMarkHere);
    value(json!({"sum": {"each_attempt": {"of": {"constant": VALUE}}}}), "/sum/each_attempt", FaultCode::NoMarkHere);
    for minimum in [0, 4] {
        let own = json!({"sum": {"each_attempt": {"item": "a", "of": {"reading": "a"}, "minimum": minimum}}});
        value(own, "/sum/each_attempt/minimum", FaultCode::OutOfRange);
    }
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    book["items"][0]["attempts"] = json!(3);
    assert_eq!(found(&book), [("/items/0/score".to_owned(), FaultCode::NoMarkHere)], "said once");
    book["items"][0]["score"] = json!({"max": {"each_attempt": {"of": "mark"}}});
    fine(&book);
    for attempts in [0, 1, 100] {
        book["items"][0]["attempts"] = json!(attempts);
        assert!(found(&book).contains(&("/items/0/attempts".to_owned(), FaultCode::OutOfRange)), "{attempts}");
    }
    for count in [0, 1000] {
        value(
            json!({"sum": {"take": {"of": {"panel": {"item": "X"}}, "which": "first", "count": count}}}),
            "/sum/take/count",
            FaultCode::OutOfRange,
        );
    }
    value(json!({"sum": {"take": {"of": [], "which": "first", "count": 1}}}), "/sum/take/of", FaultCode::Empty);
}

#[test]
fn named_faults() {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    let fault = |lost: &str| json!([{"name": name("f"), "lost": lost, "red_line": true}]);
    book["items"][0]["faults"] = fault("1");
    assert_eq!(found(&book), [("/items/0/faults".to_owned(), FaultCode::NoMarkHere)], "a number is no deduction");
    book["items"][0]["input"] = json!({"deduction": {"each": "1"}});
    fine(&book);
    book["items"][0]["faults"] = fault("0");
    assert_eq!(found(&book), [("/items/0/faults/0/lost".to_owned(), FaultCode::OutOfRange)]);
}

#[test]
fn answers_and_parameters() {
    let answer = |item: &str, key: Value| json!({"answer": {"item": item, "key": key, "count": "same"}});
    fine(&of(answer("w", json!({"parameter": "k"}))));
    value(answer("no", json!({"letters": "ABCD"})), "/answer/item", FaultCode::UnknownId);
    value(answer("x", json!({"letters": "ABCD"})), "/answer", FaultCode::NoMarkHere);
    value(json!({"answer": {"key": {"letters": "ABCD"}, "count": "same"}}), "/answer", FaultCode::NoMarkHere);
    value(answer("r", json!({"letters": "ABCD"})), "/answer", FaultCode::NoMarkHere);
    for key in ["ABC", "ABCDE", "ABCE", "ABC ", ""] {
        value(answer("w", json!({"letters": key})), "/answer/key/letters", FaultCode::AnswerKey);
    }
    value(answer("w", json!({"parameter": "n"})), "/answer/key/parameter", FaultCode::TypeMismatch);
    value(answer("w", json!({"parameter": "no"})), "/answer/key/parameter", FaultCode::UnknownId);
    for item in ["x", "r"] {
        value(answer("w", json!({"item": item})), "/answer/key/item", FaultCode::NoMarkHere);
    }
    value(answer("w", json!({"item": "no"})), "/answer/key/item", FaultCode::UnknownId);
    value(json!({"reading": "w"}), "/reading", FaultCode::TypeMismatch);
    value(json!({"parameter": "no"}), "/parameter", FaultCode::UnknownId);
    value(json!({"parameter": "k"}), "/parameter", FaultCode::TypeMismatch);
    value(json!({"sum": [{"parameter": "n"}, {"parameter": "s"}]}), "/sum/1", FaultCode::TypeMismatch);
    for on in ["", "2026-02-29", "26-01-01", "tomorrow"] {
        value(json!({"age": {"born": "born", "on": on}}), "/age/on", FaultCode::OutOfRange);
    }
    let mut book = of(json!({"item": "x"}));
    book["parameters"][0]["value"] = json!("one");
    refused(&book, "/parameters/0/value", FaultCode::OutOfRange);
    book["parameters"][0]["value"] = json!("1");
    book["parameters"][1]["values"] = json!({"A": "5:61"});
    refused(&book, "/parameters/1/values/A", FaultCode::OutOfRange);
    book["parameters"][1] = book["parameters"][0].clone();
    refused(&book, "/parameters/1/id", FaultCode::DuplicateId);
}

/// A key is an answer that its item could have, wherever it stands.
#[test]
fn keys_of_answers() {
    let keyed = |input: Value, value: &str| {
        let mut book = of(json!({"item": "x"}));
        book["items"][4]["input"] = json!({"answer": input});
        book["items"][4]["score"] = json!({"answer": {"key": {"parameter": "k"}, "count": "same"}});
        book["parameters"][2]["value"] = json!(value);
        book
    };
    let path = "/parameters/2/value";
    let three = json!({"length": 3});
    fine(&keyed(three.clone(), "cab"));
    fine(&keyed(three.clone(), "AAA"));
    for key in ["AB", "ABCD", "ABZ"] {
        refused(&keyed(three.clone(), key), path, FaultCode::AnswerKey);
    }
    refused(&keyed(json!({"length": 3, "once": true}), "AAB"), path, FaultCode::AnswerKey);
    refused(&keyed(json!({"length": 2, "letters": "XY"}), "AB"), path, FaultCode::AnswerKey);
    let mut by_paper = keyed(three.clone(), "ABC");
    by_paper["parameters"][2]["by"] = json!("paper");
    by_paper["parameters"][2]["values"] = json!({"1": "CBA", "2": "CB"});
    refused(&by_paper, "/parameters/2/values/2", FaultCode::AnswerKey);

    // A key that comes with the marks.
    let mut sealed = keyed(three, "ABC");
    sealed["parameters"][2].as_object_mut().unwrap().remove("value");
    let engine = crate::build::engine(&sealed);
    let given = |key: &str| {
        let values = std::collections::BTreeMap::from([(String::new(), key.to_owned())]);
        let mut field = jiangsai_scoring::Field::default();
        field.parameters.insert("k".to_owned(), values);
        engine.score(&field).map_err(|faults| faults.into_iter().map(|fault| fault.reason).collect::<Vec<_>>())
    };
    assert!(given("bca").is_ok());
    for key in ["AB", "ABCD", "ABZ", ""] {
        let reason = jiangsai_scoring::FieldReason::Parameter { id: "k".to_owned(), value: key.to_owned() };
        assert_eq!(given(key), Err(vec![reason]), "{key}");
    }
}

#[test]
fn letters_placings_and_scales() {
    let answer = |input: Value| {
        let mut book = of(json!({"item": "x"}));
        book["items"][4]["input"] = json!({"answer": input});
        book["items"][4]["score"] = json!({"answer": {"key": {"parameter": "k"}, "count": "same"}});
        book
    };
    refused(&answer(json!({"length": 0})), "/items/4/input/answer/length", FaultCode::OutOfRange);
    refused(&answer(json!({"length": 27})), "/items/4/input/answer/length", FaultCode::OutOfRange);
    refused(&answer(json!({"length": 33, "letters": "AB"})), "/items/4/input/answer/length", FaultCode::OutOfRange);
    refused(&answer(json!({"length": 2, "letters": ""})), "/items/4/input/answer/letters", FaultCode::Empty);
    refused(
        &answer(json!({"length": 2, "letters": "ABa"})),
        "/items/4/input/answer/letters",
        FaultCode::DuplicateChoice,
    );
    fine(&answer(json!({"length": 3, "letters": "ABC", "once": true})));
    refused(
        &answer(json!({"length": 4, "letters": "ABC", "once": true})),
        "/items/4/input/answer/length",
        FaultCode::OutOfRange,
    );
    let mut book = of(json!({"item": "x"}));
    book["items"][3]["input"] = json!({"placing": {"most": 0}});
    refused(&book, "/items/3/input/placing/most", FaultCode::OutOfRange);
    let mut book = of(json!({"item": "x"}));
    book["items"][0]["input"] = json!({"count": {"each": "1", "most": "-1"}});
    refused(&book, "/items/0/input/count/most", FaultCode::OutOfRange);
    let mut book = of(json!({"item": "x"}));
    book["items"][0]["stage"] = json!("final");
    refused(&book, "/items/0/stage", FaultCode::UnknownId);
    let mut book = of(json!({"item": "x"}));
    book["scales"][0]["values"] = json!([]);
    refused(&book, "/scales/0/values", FaultCode::Empty);
    book["scales"][0]["values"] = json!(["a", "b", "a"]);
    refused(&book, "/scales/0/values", FaultCode::DuplicateId);
}

#[test]
fn values_of_the_field() {
    let third = json!({"divide": {"of": {"item": "x"}, "by": {"item": "X"}, "zero": {"constant": "0"}}});
    let rounded = json!({"round": {"of": third, "digits": 2}});
    fine(&of(json!({"across": {"of": rounded, "fold": "mean"}})));
    value(json!({"across": {"of": third, "fold": "mean"}}), "/across/of", FaultCode::TypeMismatch);
    value(json!({"standardise": {"of": third, "digits": 2, "zero": "0"}}), "/standardise/of", FaultCode::TypeMismatch);
    value(
        json!({"standardise": {"of": {"item": "t"}, "digits": 2, "zero": "0"}}),
        "/standardise/of",
        FaultCode::TypeMismatch,
    );
    value(
        json!({"standardise": {"of": {"item": "x"}, "digits": 13, "zero": "0"}}),
        "/standardise/digits",
        FaultCode::OutOfRange,
    );
    value(json!({"root": {"of": {"item": "x"}, "digits": 13}}), "/root/digits", FaultCode::OutOfRange);
    value(json!({"root": {"of": {"item": "t"}, "digits": 2}}), "/root/of", FaultCode::TypeMismatch);
    value(json!({"in_places": {"item": "x"}}), "/in_places", FaultCode::TypeMismatch);
    value(json!({"sum": [{"item": "x"}, {"place": {"of": {"item": "x"}}}]}), "/sum/1", FaultCode::TypeMismatch);
    for (form, ids) in [("majority_place", json!("x")), ("skating", json!(["L", "X"]))] {
        value(json!({"in_places": {form: ids}}), &format!("/in_places/{form}"), FaultCode::NoMarkHere);
    }
    value(json!({"in_places": {"majority_place": "no"}}), "/in_places/majority_place", FaultCode::UnknownId);
    value(json!({"in_places": {"skating": []}}), "/in_places/skating", FaultCode::Empty);
    // Once entries are ranked the field is behind.
    let honour = |left: Value| {
        let mut book = of(json!({"item": "x"}));
        book["honours"] =
            json!([{"id": "h", "name": name("h"), "to": {"left": left, "is": "equal", "right": {"constant": "1"}}}]);
        book
    };
    fine(&honour(json!({"in_places": "rank"})));
    refused(
        &honour(json!({"across": {"of": {"item": "x"}, "fold": "max"}})),
        "/honours/0/to/left/across",
        FaultCode::NoMarkHere,
    );
    refused(
        &honour(json!({"standardise": {"of": {"item": "x"}, "digits": 1, "zero": "0"}})),
        "/honours/0/to/left/standardise",
        FaultCode::NoMarkHere,
    );
    refused(
        &honour(json!({"in_places": {"place": {"of": {"item": "x"}}}})),
        "/honours/0/to/left/in_places/place",
        FaultCode::NoMarkHere,
    );
    refused(
        &honour(json!({"in_places": {"skating": ["L"]}})),
        "/honours/0/to/left/in_places/skating",
        FaultCode::NoMarkHere,
    );
    value(json!({"in_places": "rank"}), "/in_places", FaultCode::NoMarkHere);
    value(json!({"award_points": {"points": {}, "otherwise": "0"}}), "/award_points", FaultCode::NoMarkHere);
    value(json!({"sum": {"members": {"of": {"item": "x"}}}}), "/sum/members", FaultCode::NoMarkHere);
}

#[test]
fn conditions() {
    let when = |is: Value| json!({"when": {"is": is, "then": {"constant": "1"}, "otherwise": {"constant": "0"}}});
    let compare = |left: Value, right: Value| json!({"left": left, "is": "less", "right": right});
    fine(&of(when(json!({"all": [{"not": compare(json!({"item": "x"}), json!({"item": "X"}))}]}))));
    value(when(compare(json!({"item": "x"}), json!({"item": "t"}))), "/when/is/right", FaultCode::TypeMismatch);
    value(when(json!({"all": [{"any": []}]})), "/when/is/all/0/any", FaultCode::Empty);
    value(when(json!({"all": []})), "/when/is/all", FaultCode::Empty);
    value(
        when(json!({"not": compare(json!({"item": "no"}), json!({"item": "x"}))})),
        "/when/is/not/left/item",
        FaultCode::UnknownId,
    );
    value(when(json!({"datum_is": {"name": "sex", "any_of": []}})), "/when/is/datum_is/any_of", FaultCode::Empty);
    let scale = |scale: &str, than: &str| json!({"on_scale": {"scale": scale, "datum": "level", "is": "at_least", "than": than}});
    fine(&of(when(scale("levels", "high"))));
    value(when(scale("no", "high")), "/when/is/on_scale/scale", FaultCode::UnknownId);
    value(when(scale("levels", "highest")), "/when/is/on_scale/than", FaultCode::UnknownId);
    value(when(json!({"award": ["gold"]})), "/when/is/award", FaultCode::NoMarkHere);
    value(when(json!({"in_stage": "final"})), "/when/is/in_stage", FaultCode::UnknownId);
    let other = json!({"when": {"is": {"datum_is": {"name": "n", "any_of": ["1"]}}, "then": {"item": "x"}, "otherwise": {"item": "t"}}});
    value(other, "/when/otherwise", FaultCode::TypeMismatch);
    let mut deep = json!({"datum_is": {"name": "n", "any_of": ["1"]}});
    for _ in 0..30 {
        deep = json!({"not": deep});
    }
    value(when(deep), "", FaultCode::TooLarge);
}

#[test]
fn stages() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut book = of(json!({"item": "a"}));
        book["items"][6]["stage"] = json!("final");
        book["stages"] = json!([
            {"id": "heats", "name": name("heats"), "by": "total", "advance": {"take": [{"best": 2}]}},
            {"id": "final", "name": name("final")},
        ]);
        book["ranking"]["by"] = json!("free");
        change(&mut book);
        book
    };
    fine(&with(&|_| {}));
    let cases: [(&str, Value, &str, FaultCode); 11] = [
        ("/stages/0/by", json!(null), "/stages/0/by", FaultCode::Stage),
        ("/stages/0/by", json!("x"), "/stages/0/by", FaultCode::UnknownId),
        ("/stages/0/advance", json!(null), "/stages/0/advance", FaultCode::Stage),
        ("/stages/0/advance/take", json!([]), "/stages/0/advance/take", FaultCode::Empty),
        ("/stages/0/advance/take/0", json!({"best": 0}), "/stages/0/advance/take/0", FaultCode::OutOfRange),
        ("/stages/0/advance/take/0", json!({"per_group": 0}), "/stages/0/advance/take/0", FaultCode::OutOfRange),
        (
            "/stages/0/advance/take/0",
            json!({"percent": {"of_finished": "101", "mode": "up"}}),
            "/stages/0/advance/take/0/percent/of_finished",
            FaultCode::OutOfRange,
        ),
        (
            "/stages/0/advance/take/0",
            json!({"all": {"left": {"item": "x"}, "is": "less", "right": {"item": "t"}}}),
            "/stages/0/advance/take/0/all/right",
            FaultCode::TypeMismatch,
        ),
        (
            "/stages/0/advance/take/0",
            json!({"all": {"award": ["gold"]}}),
            "/stages/0/advance/take/0/all/award",
            FaultCode::NoMarkHere,
        ),
        ("/stages/1", json!({"id": "final", "name": name("final"), "by": "free"}), "/stages/1", FaultCode::Stage),
        ("/stages/1", json!({"id": "heats", "name": name("heats")}), "/stages/1/id", FaultCode::DuplicateId),
    ];
    for (at, to, path, code) in cases {
        let book = with(&|book| {
            *book.pointer_mut(at).unwrap() = to.clone();
            if at == "/stages/1" && to["id"] == "heats" {
                book["items"][6].as_object_mut().unwrap().remove("stage");
            }
        });
        refused(&book, path, code);
    }
    let key = |by: Value| with(&|book| book["stages"][0]["keys"] = json!([{"by": by, "label": name("k")}]));
    refused(&key(json!({"item": "no"})), "/stages/0/keys/0/by/item", FaultCode::UnknownId);
    refused(&key(json!({"panel": {"item": "X"}})), "/stages/0/keys/0/by", FaultCode::TypeMismatch);
    // Who goes on to the final cannot hang on what is done there.
    let book = key(json!({"item": "a"}));
    assert_eq!(found(&book).iter().map(|fault| fault.1).collect::<Vec<_>>(), [FaultCode::Cycle]);
    refused(&book, "/items/6/score", FaultCode::Cycle);
    refused(
        &with(&|book| book["stages"][0]["advance"]["only"] = json!({"in_stage": "no"})),
        "/stages/0/advance/only/in_stage",
        FaultCode::UnknownId,
    );
}

#[test]
fn teams_awards_and_honours() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut book = of(json!({"item": "x"}));
        book["awards"] = json!({"tiers": [
            {"id": "gold", "name": name("gold"), "take": {"percent": "10"}},
            {"id": "silver", "name": name("silver"), "take": {"count": 3}},
        ]});
        change(&mut book);
        book
    };
    fine(&with(&|_| {}));
    refused(&with(&|book| book["awards"]["tiers"] = json!([])), "/awards/tiers", FaultCode::Empty);
    refused(
        &with(&|book| book["awards"]["tiers"][1]["id"] = json!("gold")),
        "/awards/tiers/1/id",
        FaultCode::DuplicateId,
    );
    for percent in ["-1", "101"] {
        let book = with(&|book| book["awards"]["tiers"][0]["take"] = json!({"percent": percent}));
        let all = found(&book);
        assert_eq!(all[0], ("/awards/tiers/0/take/percent".to_owned(), FaultCode::OutOfRange));
        assert_eq!(
            all.get(1).map(|fault| fault.0.as_str()),
            (percent == "101").then_some("/awards/tiers"),
            "the sum is too large as well"
        );
    }
    let sum = with(&|book| {
        for tier in 0..2 {
            book["awards"]["tiers"][tier]["take"] = json!({"percent": "50.1"});
        }
    });
    refused(&sum, "/awards/tiers", FaultCode::OutOfRange);
    let only = with(&|book| {
        book["awards"]["tiers"][1]["only"] = json!({"left": {"item": "x"}, "is": "less", "right": {"item": "t"}})
    });
    refused(&only, "/awards/tiers/1/only/right", FaultCode::TypeMismatch);
    let tolerance =
        |points: &str| with(&|book| book["awards"]["tolerance"] = json!({"points": points, "grouping": "chained"}));
    refused(&tolerance("-0.1"), "/awards/tolerance/points", FaultCode::OutOfRange);
    let mut places = tolerance("1");
    places["nodes"][0]["value"] = json!({"place": {"of": {"item": "x"}}});
    refused(&places, "/awards/tolerance", FaultCode::TypeMismatch);
    refused(
        &with(&|book| book["awards"]["small_fields"] = json!([{"below": 3, "tiers": ["gold", "bronze"]}])),
        "/awards/small_fields/0/tiers",
        FaultCode::UnknownId,
    );

    let honour = |to: Value| with(&|book| book["honours"] = json!([{"id": "h", "name": name("h"), "to": to}]));
    fine(&honour(json!({"award": ["gold", "silver"]})));
    refused(&honour(json!({"award": ["bronze"]})), "/honours/0/to/award", FaultCode::UnknownId);
    refused(&honour(json!({"any": []})), "/honours/0/to/any", FaultCode::Empty);

    let team = |value: Value| with(&|book| book["teams"] = json!({"name": name("teams"), "value": value}));
    let members = |of: Value| json!({"sum": {"members": {"of": of}}});
    fine(&team(members(json!({"in_places": "rank"}))));
    fine(&team(members(json!({"award_points": {"points": {"gold": "5"}, "otherwise": "0"}}))));
    refused(
        &team(members(json!({"award_points": {"points": {"bronze": "5"}, "otherwise": "0"}}))),
        "/teams/value/sum/members/of/award_points/points",
        FaultCode::UnknownId,
    );
    refused(&team(json!({"in_places": "rank"})), "/teams/value/in_places", FaultCode::NoMarkHere);
    refused(
        &team(json!({"award_points": {"points": {}, "otherwise": "0"}})),
        "/teams/value/award_points",
        FaultCode::NoMarkHere,
    );
    refused(&team(json!({"members": {"of": {"item": "x"}}})), "/teams/value", FaultCode::TypeMismatch);
    refused(
        &team(members(members(json!({"item": "x"})))),
        "/teams/value/sum/members/of/sum/members",
        FaultCode::NoMarkHere,
    );
    for minimum in [0, 100] {
        let own = json!({"sum": {"members": {"of": {"item": "x"}, "minimum": minimum}}});
        refused(&team(own), "/teams/value/sum/members/minimum", FaultCode::OutOfRange);
    }
    for value in [
        json!({"item": "x"}),
        json!({"reading": "x"}),
        json!({"datum": "n"}),
        json!({"age": {"born": "b", "on": "2026-01-01"}}),
        json!({"in_seconds": {"parameter": "s"}}),
    ] {
        let path = if value.get("in_seconds").is_some() { "/teams/value/in_seconds" } else { "/teams/value" };
        refused(&team(value), path, FaultCode::NoMarkHere);
    }
    fine(&team(json!({"sum": [{"members": {"of": {"item": "x"}}}, {"parameter": "n"}]})));
    let mut keys = team(members(json!({"item": "x"})));
    keys["teams"]["keys"] = json!([{"by": {"item": "x"}, "label": name("k")}]);
    refused(&keys, "/teams/keys/0/by", FaultCode::NoMarkHere);
}
