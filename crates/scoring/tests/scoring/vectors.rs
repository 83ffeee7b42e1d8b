//! Worked examples of published rules, with their sources.

use crate::build::{
    engine, entry, exact, field, imported, line, name, one_panel, panel_rows, panel_total, row, rulebook, shown,
};
use jiangsai_scoring::{Mark, MarkRow, Score};
use serde_json::{Value, json};

fn trimmed_mean(low: u16, high: u16) -> Value {
    json!({"round": {"of": {"mean": {"trim": {"of": {"panel": {}}, "low": low, "high": high}}}, "digits": 2}})
}

fn trimmed(seats: usize, marks: &[&str]) -> String {
    panel_total(&one_panel(seats, "100", trimmed_mean(1, 1), json!({"item": "X"})), marks)
}

/// 52yma.com thread 95535, first row.
#[test]
fn seven_judges_drop_one_each() {
    assert_eq!(trimmed(7, &["8.8", "9.3", "7.9", "8.7", "8.9", "9.7", "9.2"]), "8.98");
}

/// fudaoke.com; luogu P5726; P07002. The second and third tie.
#[test]
fn trimmed_means_of_several_sizes() {
    assert_eq!(trimmed(7, &["72", "76", "81", "81", "85", "87", "90"]), "82.00");
    assert_eq!(trimmed(5, &["9", "5", "6", "8", "9"]), "7.67");
    assert_eq!(trimmed(8, &["6", "6", "8", "7", "9", "5", "8", "8"]), "7.17");
    assert_eq!(trimmed(8, &["4", "8", "8", "8", "7", "6", "6", "9"]), "7.17");
    assert_eq!(trimmed(8, &["4", "6", "5", "5", "6", "7", "5", "8"]), "5.67");
}

/// acmsmu.cn 1114: two entrants tie at 9.60; competition ranks 3 1 5 1 4, dense ranks put gold, gold, silver.
#[test]
fn ten_judges_with_a_tie_at_the_top() {
    let rows: [[&str; 10]; 5] = [
        ["9", "9", "9.5", "8.9", "9", "9.1", "9.5", "8.8", "9", "9.4"],
        ["9.6", "9.6", "9.6", "9.6", "9.6", "9.6", "9.6", "9.6", "9.6", "9"],
        ["8.6", "8.7", "8.9", "8.7", "9", "9", "8.9", "8.9", "8", "8.6"],
        ["9.8", "9.5", "9.6", "9.6", "9.6", "9.6", "9.6", "9.6", "9.6", "9.6"],
        ["8.3", "9", "9.6", "9.2", "9", "9.1", "8.8", "8.9", "8.9", "9"],
    ];
    let marks: Vec<MarkRow> =
        rows.iter().enumerate().flat_map(|(index, marks)| panel_rows(&format!("e{}", index + 1), "X", marks)).collect();
    let mut book = one_panel(10, "10", trimmed_mean(1, 1), json!({"item": "X"}));
    let ranks = |book: &Value| {
        let outcome = engine(book).score(&field(marks.clone())).unwrap();
        (1..=5).map(|index| line(&outcome, &format!("e{index}")).rank.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ranks(&book), [3, 1, 5, 1, 4]);
    let outcome = engine(&book).score(&field(marks.clone())).unwrap();
    let totals: Vec<&str> = (1..=5).map(|index| line(&outcome, &format!("e{index}")).shown.as_str()).collect();
    assert_eq!(totals, ["9.11", "9.60", "8.79", "9.60", "8.99"]);
    assert!(line(&outcome, "e2").shared && line(&outcome, "e4").shared && !line(&outcome, "e1").shared);
    let tie = line(&outcome, "e4").tie.as_ref().unwrap();
    assert_eq!((tie.against.as_str(), &tie.decided), ("e2", &None));
    book["ranking"]["ties"] = json!("dense");
    assert_eq!(ranks(&book), [2, 1, 4, 1, 3]);
    book["ranking"]["ties"] = json!("ordinal");
    assert_eq!(ranks(&book), [3, 1, 5, 2, 4]);
}

/// Sum of the judges that count, times the difficulty (wikiHow, diystudent.com, forum.agames.hk).
#[test]
fn diving() {
    let dive = |seats, cut: u16, difficulty: &str, marks: &[&str]| {
        let kept = json!({"sum": {"trim": {"of": {"panel": {}}, "low": cut, "high": cut}}});
        let total = json!({"times": [{"item": "X"}, {"constant": difficulty}]});
        panel_total(&one_panel(seats, "10", kept, total), marks)
    };
    assert_eq!(dive(7, 2, "2.8", &["6.5", "7", "7", "7.5", "7.5", "8", "8"]), "61.6");
    assert_eq!(dive(7, 2, "3.5", &["7.5", "7.5", "8", "8", "8.5", "8", "7"]), "82.25");
    assert_eq!(dive(5, 1, "2.0", &["5", "5.5", "5", "5", "4.5"]), "30");
    assert_eq!(dive(5, 1, "3.0", &["8", "8.5", "8", "7.5", "8"]), "72");
}

/// PAT (blog.nowcoder.net 7937c2b6): marks outside 0–50 are ignored; teacher and trimmed peers half each; half up to whole points.
#[test]
fn peers_and_teacher() {
    let rows = [
        ["42", "49", "49", "35", "38", "41"],
        ["36", "51", "50", "28", "-1", "30"],
        ["40", "36", "41", "33", "47", "49"],
        ["30", "250", "-25", "27", "45", "31"],
        ["48", "0", "0", "50", "50", "1234"],
        ["43", "41", "36", "29", "42", "29"],
    ];
    let book = rulebook(
        json!([{"id": "p", "name": name("peers"), "seats": 5, "minimum": 3}]),
        json!([
            {"id": "teacher", "name": name("teacher"), "max": "50", "input": {"number": {"step": "1"}}, "by": "agreed"},
            {"id": "peers", "name": name("peers"), "max": "50", "input": {"number": {"step": "1"}}, "by": {"panel": "p"},
             "score": {"mean": {"trim": {"of": {"panel": {"void": "leave_out"}}, "low": 1, "high": 1}}}},
        ]),
        json!([{"id": "total", "name": name("total"), "max": "50", "kind": "total", "value":
            {"round": {"of": {"mean": [{"item": "teacher"}, {"item": "peers"}]}, "digits": 0}}}]),
        json!({}),
    );
    let engine = engine(&book);
    let results: Vec<String> = rows
        .iter()
        .map(|all| {
            let mut marks = vec![row("a", "teacher", None, all[0])];
            for (seat, text) in all[1..].iter().enumerate() {
                let valid = (exact("0")..=exact("50")).contains(&exact(text));
                marks.push(row("a", "peers", Some(&format!("J{seat}")), if valid { text } else { "void" }));
            }
            engine.score(&field(marks)).unwrap().standings[0].shown.clone()
        })
        .collect();
    assert_eq!(results, ["42", "33", "41", "31", "37", "39"]);
}

/// WorldSkills judgement: mean of three levels out of three, times 配分; a spread above 1 is judged again.
#[test]
fn judgement() {
    let judge = |max: &str, levels: &[&str]| {
        let book = rulebook(
            json!([{"id": "p", "name": name("p"), "seats": 3}]),
            json!([{"id": "X", "name": name("X"), "max": max, "input": {"level": {"max": 3}}, "by": {"panel": "p"}, "spread": "1"}]),
            json!([{"id": "total", "name": name("total"), "max": max, "kind": "total",
                    "value": {"round": {"of": {"item": "X"}, "digits": 2}}}]),
            json!({}),
        );
        engine(&book).score(&field(panel_rows("a", "X", levels))).unwrap()
    };
    assert_eq!(judge("1.50", &["2", "3", "2"]).standings[0].shown, "1.17");
    assert_eq!(judge("2.00", &["0", "1", "1"]).standings[0].shown, "0.44");
    assert_eq!(judge("0.75", &["3", "3", "3"]).standings[0].shown, "0.75");
    let refused = judge("1.50", &["1", "3", "2"]);
    assert_eq!(refused.standings[0].rank, None);
    assert_eq!(refused.standings[0].unranked, Some(jiangsai_scoring::Why::Unfinished(vec!["X".to_owned()])));
    assert_eq!(refused.checks[0].spread.as_deref(), Some("2"));
    assert_eq!(refused.checks[0].limit, "1");
}

/// With one judge left there is nothing to compare, and that is said.
#[test]
fn a_spread_check_that_cannot_run_is_reported() {
    let book = rulebook(
        json!([{"id": "p", "name": name("p"), "seats": 3}]),
        json!([{"id": "X", "name": name("X"), "max": "3", "input": {"level": {"max": 3}}, "by": {"panel": "p"}, "spread": "1",
                "score": {"mean": {"panel": {"absent": "leave_out", "minimum": 1}}}}]),
        json!([{"id": "total", "name": name("total"), "kind": "total", "value": {"item": "X"}}]),
        json!({}),
    );
    let outcome = engine(&book).score(&field(panel_rows("a", "X", &["2", "-", "-"]))).unwrap();
    assert_eq!(outcome.standings[0].shown, "2");
    assert_eq!((outcome.checks[0].spread.as_deref(), outcome.checks[0].judges), (None, 1));
}

/// 76.5 × 0.3 + 93.25 × 0.7 = 88.225 is 88.23 half up and 88.22 half even.
#[test]
fn weights_of_theory_and_practice() {
    let total = |theory: &str, practice: &str, weights: [&str; 2], mode: &str| {
        let weigh = json!({"weigh": {"of": [{"of": {"item": "t"}, "by": weights[0]}, {"of": {"item": "p"}, "by": weights[1]}], "whole": "1"}});
        let book = imported(&["t", "p"], json!({"round": {"of": weigh, "digits": 2, "mode": mode}}), json!({}));
        let marks = vec![row("a", "t", None, theory), row("a", "p", None, practice)];
        engine(&book).score(&field(marks)).unwrap().standings[0].shown.clone()
    };
    for (theory, practice, w20, w30) in [
        ("85", "90", "89.00", "88.50"),
        ("76.5", "93.25", "89.90", "88.23"),
        ("92", "89.5", "90.00", "90.25"),
        ("88", "91.5", "90.80", "90.45"),
    ] {
        assert_eq!(total(theory, practice, ["0.2", "0.8"], "half_up"), w20);
        assert_eq!(total(theory, practice, ["0.3", "0.7"], "half_up"), w30);
    }
    assert_eq!(total("76.5", "93.25", ["0.3", "0.7"], "half_even"), "88.22");
}

/// Theory 25, practice 55, defence 20.
#[test]
fn three_parts() {
    let parts = [("t", "0.25", "80"), ("p", "0.55", "90"), ("d", "0.20", "70")];
    let of: Vec<Value> = parts.iter().map(|(id, by, _)| json!({"of": {"item": id}, "by": by})).collect();
    let book = imported(
        &["t", "p", "d"],
        json!({"round": {"of": {"weigh": {"of": of, "whole": "1"}}, "digits": 2}}),
        json!({}),
    );
    let marks = parts.iter().map(|(id, _, value)| row("a", id, None, value)).collect();
    assert_eq!(engine(&book).score(&field(marks)).unwrap().standings[0].shown, "83.50");
}

/// Total, then shorter time, then practice, then theory, then shared.
#[test]
fn a_time_decides_before_practice() {
    let mut book = imported(
        &["total_", "practice", "theory"],
        json!({"round": {"of": {"item": "total_"}, "digits": 2}}),
        json!({"keys": [
            {"by": {"item": "time"}, "direction": "lower", "label": name("time")},
            {"by": {"item": "practice"}, "label": name("practice")},
            {"by": {"item": "theory"}, "label": name("theory")},
        ]}),
    );
    book["items"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "time", "name": name("time"), "input": {"time": {}}, "by": "measured"}));
    let mut marks = Vec::new();
    for (id, total, seconds, practice, theory) in [
        ("A", "88.50", "9000", "90", "85"),
        ("B", "88.50", "8700", "89", "87.33"),
        ("C", "88.50", "8700", "89.5", "86.17"),
        ("D", "87.00", "8000", "88", "84.67"),
    ] {
        marks.push(row(id, "total_", None, total));
        marks.push(row(id, "time", None, seconds));
        marks.push(row(id, "practice", None, practice));
        marks.push(row(id, "theory", None, theory));
    }
    let outcome = engine(&book).score(&field(marks)).unwrap();
    let order: Vec<(&str, u32)> =
        outcome.standings.iter().map(|line| (line.entry.as_str(), line.rank.unwrap())).collect();
    assert_eq!(order, [("C", 1), ("B", 2), ("A", 3), ("D", 4)]);
    let tie = line(&outcome, "B").tie.as_ref().unwrap();
    assert_eq!(tie.equal.len(), 1);
    assert_eq!(tie.decided.as_ref().unwrap().en, "practice");
    assert_eq!((tie.own.as_str(), tie.other.as_str(), tie.difference.as_str()), ("89", "89.5", "0.5"));
    let tie = line(&outcome, "A").tie.as_ref().unwrap();
    assert_eq!((tie.own.as_str(), tie.other.as_str(), tie.difference.as_str()), ("2:30:00", "2:25:00", "5:00"));
    assert!(line(&outcome, "D").tie.is_none());
}

/// One violation −5 each time, until the item's marks are used up.
#[test]
fn deductions_stop_at_zero() {
    let book = rulebook(
        json!([]),
        json!([{"id": "X", "name": name("X"), "max": "5", "input": {"deduction": {"each": "5"}}, "by": "agreed"}]),
        json!([{"id": "total", "name": name("total"), "max": "5", "kind": "total", "value": {"sum": {"item": "X"}}}]),
        json!({}),
    );
    let engine = engine(&book);
    for (faults, left) in [("0", "5"), ("1", "0"), ("3", "0")] {
        assert_eq!(engine.score(&field(vec![row("a", "X", None, faults)])).unwrap().standings[0].shown, left);
    }
}

/// Half of one point in the third decimal: 1.005 is 1.01, which binary fractions get wrong.
#[test]
fn half_up_is_decimal() {
    let book = imported(&["x"], json!({"round": {"of": {"item": "x"}, "digits": 2}}), json!({}));
    let outcome = engine(&book).score(&field(vec![row("a", "x", None, "1.005")])).unwrap();
    assert_eq!(outcome.standings[0].shown, "1.01");
}

/// Accuracy against a reference of 12.40: 13.02 is exactly 5 %, 13.03 is more. Closed edges belong to the better band.
#[test]
fn bands_with_closed_edges() {
    let bands = json!([
        {"is": "at_most", "edge": "0.02", "points": "8"},
        {"is": "at_most", "edge": "0.05", "points": "6"},
        {"is": "at_most", "edge": "0.08", "points": "4"},
        {"is": "at_most", "edge": "0.10", "points": "2"},
    ]);
    let relative = json!({"divide": {
        "of": {"abs": {"minus": {"from": {"item": "x"}, "less": {"datum": "reference"}}}},
        "by": {"datum": "reference"}, "zero": {"constant": "1"}}});
    let book = imported(&["x"], json!({"table": {"of": relative, "bands": bands, "otherwise": "0"}}), json!({}));
    let engine = engine(&book);
    for (reading, points) in [("12.40", "8"), ("13.02", "6"), ("13.03", "4"), ("11.78", "6"), ("20", "0")] {
        let mut all = field(vec![row("a", "x", None, reading)]);
        all.entries[0].data.insert("reference".to_owned(), "12.40".to_owned());
        let outcome = engine.score(&all).unwrap();
        assert_eq!(outcome.standings[0].shown, points, "{reading}");
    }
    let without = engine.score(&field(vec![row("a", "x", None, "12.40")])).unwrap();
    assert_eq!(without.standings[0].total, Score::Absent);
}

/// A gate: points for the dosage only where the turbidity is good enough.
#[test]
fn a_gate() {
    let points = json!({"table": {"of": {"item": "dose"}, "bands": [
        {"is": "at_most", "edge": "80", "points": "4"}, {"is": "at_most", "edge": "120", "points": "3"}], "otherwise": "0"}});
    let gate = json!({"when": {"is": {"left": {"item": "ntu"}, "is": "at_most", "right": {"constant": "8"}},
        "then": points, "otherwise": {"constant": "0"}}});
    let engine = engine(&imported(&["ntu", "dose"], gate, json!({})));
    for (ntu, dose, points) in [("8", "80", "4"), ("8", "81", "3"), ("8.01", "60", "0"), ("3", "500", "0")] {
        let marks = vec![row("a", "ntu", None, ntu), row("a", "dose", None, dose)];
        assert_eq!(engine.score(&field(marks)).unwrap().standings[0].shown, points, "{ntu} {dose}");
    }
}

/// Median of an even and an odd number of judges.
#[test]
fn medians() {
    let median = |seats, marks: &[&str]| {
        panel_total(&one_panel(seats, "100", json!({"median": {"panel": {}}}), json!({"item": "X"})), marks)
    };
    assert_eq!(median(5, &["9", "5", "6", "8", "9"]), "8");
    assert_eq!(median(4, &["9", "5", "6", "8"]), "7");
}

/// The number that is cut depends on the size of the panel: from nine judges on, two each.
#[test]
fn trim_by_size() {
    let score = json!({"mean": {"trim": {"of": {"panel": {"absent": "leave_out", "minimum": 3}}, "low": 1, "high": 1,
        "by_size": [{"from": 9, "low": 2, "high": 2}]}}});
    let book = one_panel(9, "100", score, json!({"item": "X"}));
    assert_eq!(panel_total(&book, &["1", "2", "10", "10", "10", "10", "13", "90", "99"]), "10.6");
    assert_eq!(panel_total(&book, &["1", "2", "10", "10", "10", "10", "13", "90", "-"]), "55/6");
}

/// Published totals tie where exact ones do not.
#[test]
fn published_or_exact() {
    let mut book = imported(&["x"], json!({"round": {"of": {"item": "x"}, "digits": 2}}), json!({}));
    let marks = vec![row("a", "x", None, "86.248"), row("b", "x", None, "86.252")];
    let published = engine(&book).score(&field(marks.clone())).unwrap();
    assert_eq!(published.standings.iter().map(|line| line.rank.unwrap()).collect::<Vec<_>>(), [1, 1]);
    book["ranking"]["on"] = json!("exact");
    let exact = engine(&book).score(&field(marks)).unwrap();
    assert_eq!((exact.standings[0].entry.as_str(), exact.standings[0].rank), ("b", Some(1)));
    assert_eq!((exact.standings[1].shown.as_str(), exact.standings[1].rank), ("86.25", Some(2)));
    let tie = exact.standings[1].tie.as_ref().unwrap();
    assert_eq!((tie.own.as_str(), tie.other.as_str(), tie.difference.as_str()), ("86.248", "86.252", "0.004"));
}

/// Lower totals can be the better ones.
#[test]
fn a_race() {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({"direction": "lower"}));
    book["items"] = json!([{"id": "x", "name": name("x"), "input": {"time": {"step": "0.1"}}, "by": "measured"}]);
    let marks = vec![row("a", "x", None, "61.5"), row("b", "x", None, "59.9"), row("c", "x", None, "")];
    let outcome = engine(&book).score(&field(marks)).unwrap();
    let lines: Vec<(&str, Option<u32>, &str)> =
        outcome.standings.iter().map(|line| (line.entry.as_str(), line.rank, line.shown.as_str())).collect();
    assert_eq!(lines, [("b", Some(1), "0:59.9"), ("a", Some(2), "1:01.5"), ("c", None, "")]);
}

/// Without a mark, absent, void and zero are four different things.
#[test]
fn four_kinds_of_nothing() {
    let engine = engine(&imported(&["x"], json!({"item": "x"}), json!({})));
    for (value, total) in
        [("", Score::NotYet), ("-", Score::Absent), ("void", Score::Void), ("0", Score::Value(exact("0")))]
    {
        let outcome = engine.score(&field(vec![row("a", "x", None, value)])).unwrap();
        assert_eq!(outcome.standings[0].total, total);
        assert_eq!(outcome.standings[0].rank.is_some(), value == "0");
    }
    let nothing = engine.score(&jiangsai_scoring::Field { entries: vec![entry("a")], ..Default::default() }).unwrap();
    assert_eq!(nothing.standings[0].total, Score::NotYet);
    assert_eq!(shown(&nothing.standings[0], "x"), "");
    assert_eq!(Mark::default(), Mark::NotYet);
}
