//! What is said under a table: why there is no rank, how equals stand, who sat in for whom, what does not count.

use super::{Files, repository, rows};
use serde_json::{Value, json};

fn name(word: &str) -> Value {
    json!({"zh": word, "en": word})
}

fn rules(panels: Value, items: Value, total: Value, ranking: Value) -> String {
    let mut own = json!({"by": "total", "no_value": "unranked"});
    for (key, value) in ranking.as_object().unwrap() {
        own[key] = value.clone();
    }
    json!({
        "schema": 1, "semantics": 1, "id": "noted", "title": name("noted"), "panels": panels, "items": items,
        "nodes": [{"id": "total", "name": name("total"), "kind": "total", "value": total}], "ranking": own,
    })
    .to_string()
}

fn number(id: &str) -> Value {
    json!({"id": id, "name": name(id), "input": {"number": {"max": "100"}}, "by": "agreed"})
}

/// The lines under the table.
fn notes(files: &Files) -> Vec<String> {
    let run = files.score(&[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let (_, notes) = run.out.split_once("\n\n").unwrap_or_default();
    notes.lines().map(str::to_owned).collect()
}

/// Item X of a panel of so many, and what becomes of its marks.
fn panel(seats: usize, score: Value, more: Value) -> String {
    let mut item = number("X");
    item["by"] = json!({"panel": "p"});
    item["score"] = score;
    for (key, value) in more.as_object().unwrap() {
        item[key] = value.clone();
    }
    rules(json!([{"id": "p", "name": name("p"), "seats": seats}]), json!([item]), json!({"item": "X"}), json!({}))
}

fn marked(rows: &str) -> String {
    format!("entry,item,judge,value\n{rows}")
}

#[test]
fn too_few_judges_are_counted() {
    let five = "A,X,J1,5\nA,X,J2,6\nA,X,J3,-\nA,X,J4,7\nA,X,J5,8\n";
    let files = |score: Value| Files::sample().no_entries().rulebook(&panel(5, score, json!({}))).marks(marked(five));
    let refused = files(json!({"mean": {"panel": {}}}));
    assert_eq!(notes(&refused), ["A: not ranked, the total has no value: X: absent from judge J3"]);
    let short = files(json!({"mean": {"panel": {"absent": "leave_out"}}}));
    assert_eq!(notes(&short), ["A: not ranked, the total has no value: X: 4 of 5 there, 5 needed"]);
    let run = short.score(&["--explain", "A"]);
    assert!(run.out.contains("mean, 4 of 5 there, 5 needed"), "{}", run.out);
}

#[test]
fn a_spread_is_not_called_unmarked() {
    let rules = panel(2, json!({"mean": {"panel": {}}}), json!({"spread": "2"}));
    let files = Files::sample().no_entries().rulebook(&rules).marks(marked("A,X,J1,5\nA,X,J2,9\n"));
    let found = notes(&files);
    assert_eq!(found[0], "A: not ranked yet, the marks of X differ by more than 2, to be marked again");
    let files = files.marks(marked("A,X,J1,5\n"));
    assert_eq!(notes(&files), ["A: not ranked yet, 1 not marked: X"]);
}

#[test]
fn a_substitute_is_named() {
    let files = Files::sample().no_entries().rulebook(&panel(3, json!({"mean": {"panel": {}}}), json!({})));
    let two = "A,X,J1,3\nA,X,J2,4\nA,X,J3,5\nB,X,J1,6\nB,X,J2,7\nB,X,J4,8\n";
    let files = files.marks(marked(two));
    assert_eq!(notes(&files), ["panel p: J4 has the seat of J3 for B"]);
    let run = files.score(&["--format", "csv"]);
    assert_eq!(rows(&run.out).iter().map(|row| row["total"].clone()).collect::<Vec<_>>(), ["7", "4"]);
    let four = files.marks(marked(&format!("{two}B,X,J3,8\n")));
    assert_eq!(four.faults(), ["marks.csv:8:judge: 4 judges for the 3 seats of panel p"]);
}

#[test]
fn equals_that_wait_for_a_decision_are_said() {
    let rules = rules(json!([]), json!([number("x")]), json!({"item": "x"}), json!({"last": "draw"}));
    let files = |entries: &str| {
        let marks = "A,x,,80\nB,x,,80\nC,x,,80\nD,x,,70\n";
        Files::sample().rulebook(&rules).marks(marked(marks)).entries(format!("entry,decision\n{entries}"))
    };
    assert_eq!(
        notes(&files("A,\nB,\nC,\nD,\n")),
        [
            "A: undecided, equal to B C until a draw decides (datum decision)",
            "B: undecided, equal to A C until a draw decides (datum decision)",
            "C: undecided, equal to A B until a draw decides (datum decision)",
        ]
    );
    let some = files("A,2\nB,1\nC,\nD,\n");
    assert_eq!(
        notes(&some)[2],
        "C: undecided, equal to A B until a draw decides (datum decision); not all of them have a decision yet"
    );
    let run = some.score(&["--explain", "C"]);
    assert!(
        run.out.contains("\nC ok: rank 1 of 4, shared\nC: undecided, equal to A B until a draw decides"),
        "{}",
        run.out
    );
    let all = notes(&files("A,2\nB,1\nC,3\nD,\n"));
    assert_eq!(all[0], "A: same total as B; draw decides, 2 against 1, a difference of 1");
}

#[test]
fn a_key_without_a_value_is_not_printed_as_nothing() {
    let time = json!({"id": "t", "name": name("t"), "input": {"time": {}}, "by": "measured"});
    let key = json!({"keys": [{"by": {"item": "t"}, "direction": "lower", "label": name("time")}]});
    let rules = rules(json!([]), json!([number("x"), time]), json!({"item": "x"}), key);
    let files = |more: &str| {
        Files::sample().no_entries().rulebook(&rules).marks(marked(&format!("A,x,,80\nB,x,,80\nA,t,,2:00\n{more}")))
    };
    assert_eq!(notes(&files("B,t,,-\n")), ["B: same total as A; time decides, A has 2:00 and it has none"]);
    assert_eq!(
        notes(&files("")),
        ["B: same total as A; time decides, A has 2:00 and it has none; provisional, not marked yet: time"]
    );
}

/// A failed attempt is typed as such.
#[test]
fn an_attempt_can_be_void() {
    let score = json!({"max": {"each_attempt": {"of": "mark", "absent": "leave_out", "void": "leave_out"}}});
    let lift = json!({"id": "lift", "name": name("lift"), "input": {"number": {"max": "300", "step": "1"}}, "by": "measured",
                      "attempts": 3, "score": score});
    let rules = rules(json!([]), json!([lift]), json!({"item": "lift"}), json!({}));
    let marks = |typed: [&str; 3]| {
        let rows = typed.iter().enumerate().map(|(place, value)| format!("A,lift,,{value},{}\n", place + 1));
        let files = Files::sample().no_entries().rulebook(&rules);
        files.marks(format!("entry,item,judge,value,attempt\n{}", rows.collect::<String>()))
    };
    for void in ["×", "x", "void", "作废"] {
        let run = marks(["100", void, "-"]).score(&["--format", "csv"]);
        assert_eq!((run.code, rows(&run.out)[0]["total"].as_str()), (0, "100"), "{void}: {}", run.err);
    }
    assert_eq!(notes(&marks(["×", "×", "×"])), ["A: not ranked, the total has no value: lift: 0 of 3 there, 1 needed"]);
    // Where a cross is a value it stays one.
    let tick = json!({"id": "done", "name": name("done"), "input": {"tick": {}}, "max": "5", "by": "agreed"});
    let files = Files::sample().no_entries().rulebook(&self::rules(
        json!([]),
        json!([tick]),
        json!({"item": "done"}),
        json!({}),
    ));
    let run = files.marks(marked("A,done,,×\n")).score(&["--format", "csv"]);
    assert_eq!(rows(&run.out)[0]["total"], "0");
}

#[test]
fn a_date_of_birth_that_cannot_be_read_is_a_fault() {
    let old =
        json!({"left": {"age": {"born": "born", "on": "2026-05-01"}}, "is": "at_most", "right": {"constant": "35"}});
    let text = rules(json!([]), json!([number("x")]), json!({"item": "x"}), json!({}));
    let mut rules: Value = serde_json::from_str(&text).unwrap();
    rules["honours"] = json!([{"id": "young", "name": name("young"), "to": old}]);
    let files = |born: &str| {
        Files::sample()
            .rulebook(&rules.to_string())
            .marks(marked("A,x,,80\n"))
            .entries(format!("entry,Born\nA,{born}\n"))
    };
    assert_eq!(files("1999-13-40").faults(), ["entries.csv:2:Born: \"1999-13-40\" is not a date such as 1990-05-08"]);
    for born in ["1999-03-01", "2001/03/01", "2001/3/1", "20010301"] {
        assert_eq!(notes(&files(born)), ["A: proposed for young"], "{born}");
    }
    assert_eq!(notes(&files("")), Vec::<String>::new());
}

/// Six in one heat of which five go on: what is typed for the sixth in the final does not count, and a heat without a name is one.
#[test]
fn what_does_not_count_is_said() {
    let quiz = std::fs::read_to_string(repository("docs/rulebooks/quiz-heats.json")).unwrap();
    let all = [("A1", 9), ("A2", 8), ("A3", 7), ("A4", 6), ("A5", 5), ("A6", 4)];
    let heat = |(id, right): &(&str, u8)| format!("{id},H1,,{right}\n{id},H2,,0\n{id},H3,,0\n{id},H4,,0\n");
    let marks: String = all.iter().map(heat).collect();
    let rules: Value = serde_json::from_str(&quiz).unwrap();
    let last = rules["stages"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let item = rules["items"].as_array().unwrap().iter().find(|item| item["stage"] == last.as_str()).unwrap();
    let item = item["id"].as_str().unwrap();
    let files = |entries: String| {
        let marks = marked(&format!("{marks}A6,{item},,1\n"));
        Files::sample().rulebook(&quiz).marks(marks).entries(format!("entry,heat,status\n{entries}"))
    };
    let of = |heat: &str, status: &str| all.iter().map(|(id, _)| format!("{id},{heat},{status}\n")).collect::<String>();
    let found = notes(&files(of("1", "提前完成")));
    let idle = format!("A6: what was marked does not count, it takes no part in that stage: {item}");
    assert!(found.contains(&idle), "{found:?}");
    let found = notes(&files(of("", "")));
    let one = "stage heats: 6 without \"heat\" form one group: A1 A2 A3 A4 A5 A6".to_owned();
    assert!(found.contains(&one), "{found:?}");
}
