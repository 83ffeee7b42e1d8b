//! Prizes, points of teams and points of places, by example.

use crate::build::{engine, entry, field, imported, line, name, row};
use jiangsai_scoring::{EntryStatus, Field, Outcome};
use serde_json::{Value, json};

/// So many entries with a total each, from the best down.
fn of(totals: &[&str]) -> Field {
    let marks = totals.iter().enumerate().map(|(place, total)| row(&format!("e{place:02}"), "x", None, total));
    field(marks.collect())
}

fn percentages(percent: [&str; 3]) -> Value {
    let tier = |(id, percent): (&str, &str)| json!({"id": id, "name": name(id), "take": {"percent": percent}});
    let tiers: Vec<Value> = ["first", "second", "third"].into_iter().zip(percent).map(tier).collect();
    json!({"tiers": tiers})
}

fn counts(outcome: &Outcome) -> Vec<usize> {
    outcome.awards.iter().map(|award| award.entries.len()).collect()
}

/// 10, 20 and 30 % of 37 are 3.7, 7.4 and 11.1.
#[test]
fn percentages_of_prizes() {
    let totals: Vec<String> = (0..37).map(|place| (100 - place).to_string()).collect();
    let all = of(&totals.iter().map(String::as_str).collect::<Vec<_>>());
    for (rounding, mode, expected) in [
        ("each", "half_up", [4, 7, 11]),
        ("each", "ceiling", [4, 8, 12]),
        ("each", "floor", [3, 7, 11]),
        // 3.7, 11.1 and 22.2 together.
        ("cumulative", "ceiling", [4, 8, 11]),
        ("cumulative", "half_up", [4, 7, 11]),
        ("cumulative", "floor", [3, 8, 11]),
    ] {
        let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
        book["awards"] = percentages(["10", "20", "30"]);
        book["awards"]["rounding"] = json!(rounding);
        book["awards"]["mode"] = json!(mode);
        let outcome = engine(&book).score(&all).unwrap();
        assert_eq!(counts(&outcome), expected, "{rounding} {mode}");
        assert!(outcome.awards.iter().all(|award| award.vacant == 0), "everybody is there");
    }
}

/// Registered, started, finished: 10, of whom one never came and one was disqualified.
#[test]
fn of_whom_a_percentage_is_taken() {
    let mut all = of(&["90", "89", "88", "87", "86", "85", "84", "83", "82", "81"]);
    all.entries[8].status = EntryStatus::Absent;
    all.entries[9].status = EntryStatus::Disqualified;
    for (base, places) in [("registered", 5), ("started", 4), ("finished", 4)] {
        let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
        book["awards"] = json!({"base": base, "mode": "floor",
            "tiers": [{"id": "first", "name": name("first"), "take": {"percent": "50"}}]});
        assert_eq!(engine(&book).score(&all).unwrap().awards[0].places, places, "{base}: 10, 9, 8");
    }
}

/// Second and third are equal on the border of one first and two second prizes.
#[test]
fn equal_ranks_on_a_border() {
    let gets = |ties: &str| {
        let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
        let tier = |id: &str, count: u16| json!({"id": id, "name": name(id), "take": {"count": count}});
        book["awards"] = json!({"ties": ties, "tiers": [tier("1", 2), tier("2", 2), tier("3", 1)]});
        let outcome = engine(&book).score(&of(&["90", "80", "80", "70", "60", "50"])).unwrap();
        let own = |place: usize| line(&outcome, &format!("e{place:02}")).awards.concat();
        (0..6).map(|place| if own(place).is_empty() { "-".to_owned() } else { own(place) }).collect::<String>()
    };
    assert_eq!(gets("higher"), "11123-", "three first prizes, one second the fewer");
    assert_eq!(gets("extra"), "111223", "three first prizes, as many second ones");
    assert_eq!(gets("lower"), "1223--", "one first prize alone; both get the second");
    assert_eq!(gets("settle").chars().filter(|one| *one == '-').count(), 3, "two wait for a decision");
}

/// pps.sh.cn: 8 for a first, 4 for a second, 2 for a third prize, 1 for a pass.
#[test]
fn team_prize_points() {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    let tier = |id: &str, count: u16| json!({"id": id, "name": name(id), "take": {"count": count}});
    let pass = json!({"id": "pass", "name": name("pass"), "take": {"everybody": {}},
        "only": {"left": {"item": "x"}, "is": "at_least", "right": {"constant": "60"}}});
    book["awards"] = json!({"tiers": [tier("first", 1), tier("second", 2), tier("third", 1), pass]});
    let points =
        json!({"award_points": {"points": {"first": "8", "second": "4", "third": "2", "pass": "1"}, "otherwise": "0"}});
    book["teams"] = json!({"name": name("teams"), "value": {"sum": {"members": {"of": points}}}});
    let mut all = of(&["95", "90", "85", "80", "70", "50"]);
    for (place, team) in ["red", "blue", "blue", "red", "red", "grey"].iter().enumerate() {
        all.entries[place].team = Some((*team).to_owned());
    }
    let outcome = engine(&book).score(&all).unwrap();
    let teams: Vec<(&str, &str)> = outcome.teams.iter().map(|team| (team.team.as_str(), team.shown.as_str())).collect();
    assert_eq!(teams, [("red", "11"), ("blue", "8"), ("grey", "0")], "8 + 2 + 1, 4 + 4, nothing");
}

/// spbasa.org: N − place + 1 points; equals share the mean of the points of their places (league-ranker): three tied for 8, 6, 4 get 6 each.
#[test]
fn points_of_places() {
    let place = json!({"in_places": {"place": {"of": {"item": "x"}, "ties": "mean"}}});
    let field_size = json!({"across": {"of": {"item": "x"}, "fold": "count"}});
    let points = json!({"minus": {"from": {"sum": [field_size, {"constant": "1"}]}, "less": place}});
    let doubled = json!({"times": [{"constant": "2"}, points]});
    for (total, expected) in [(points, ["3", "3", "3", "1"]), (doubled, ["6", "6", "6", "2"])] {
        let book = imported(&["x"], total, json!({}));
        let outcome = engine(&book).score(&of(&["9", "9", "9", "5"])).unwrap();
        let own: Vec<&str> = outcome.standings.iter().map(|line| line.shown.as_str()).collect();
        assert_eq!(own, expected, "three share the first place");
    }
}

/// chuanqioj.cn 1972: solved at 20 minutes on the second try is 40, at 120 on the first 120; what is not solved adds nothing.
#[test]
fn problems_solved_then_least_penalty() {
    let problems = ["A", "B", "C"];
    let mut items: Vec<Value> = Vec::new();
    for problem in problems {
        let number = |id: &str, most: &str| {
            json!({"id": id, "name": name(id), "input": {"number": {"step": "1", "max": most}}, "by": "imported",
                   "settle": {"not_yet": "0", "absent": "0", "void": "0"}})
        };
        items.push(
            json!({"id": format!("{problem}-solved"), "name": name(problem), "input": {"tick": {}}, "by": "imported",
                          "settle": {"not_yet": "0", "absent": "0", "void": "0"}}),
        );
        items.push(number(&format!("{problem}-minutes"), "300"));
        items.push(number(&format!("{problem}-wrong"), "99"));
    }
    let solved: Vec<Value> = problems.iter().map(|problem| json!({"item": format!("{problem}-solved")})).collect();
    let penalty: Vec<Value> = problems
        .iter()
        .map(|problem| {
            let tries = json!({"times": [{"constant": "20"}, {"item": format!("{problem}-wrong")}]});
            json!({"when": {"is": {"left": {"item": format!("{problem}-solved")}, "is": "equal", "right": {"constant": "1"}},
                "then": {"sum": [{"item": format!("{problem}-minutes")}, tries]}, "otherwise": {"constant": "0"}}})
        })
        .collect();
    let book = crate::build::rulebook(
        json!([]),
        json!(items),
        json!([{"id": "penalty", "name": name("penalty"), "kind": "other", "value": {"sum": penalty}},
               {"id": "total", "name": name("solved"), "kind": "total", "value": {"sum": solved}}]),
        json!({"keys": [{"by": {"node": "penalty"}, "direction": "lower", "label": name("penalty")}]}),
    );
    let marks = |id: &str, all: &[(&str, &str)]| -> Vec<_> {
        all.iter().map(|(item, value)| row(id, item, None, value)).collect()
    };
    let mut rows = marks("a", &[("A-solved", "1"), ("A-minutes", "20"), ("A-wrong", "1"), ("B-wrong", "5")]);
    rows.extend(marks("a", &[("C-solved", "1"), ("C-minutes", "120")]));
    rows.extend(marks("b", &[("A-solved", "1"), ("A-minutes", "80"), ("B-solved", "1"), ("B-minutes", "79")]));
    rows.extend(marks("c", &[("A-solved", "1"), ("A-minutes", "1")]));
    let outcome = engine(&book).score(&field(rows)).unwrap();
    let order: Vec<(&str, &str, &str)> = outcome
        .standings
        .iter()
        .map(|line| (line.entry.as_str(), line.shown.as_str(), crate::build::shown(line, "penalty")))
        .collect();
    assert_eq!(order, [("b", "2", "159"), ("a", "2", "160"), ("c", "1", "1")], "two solved for 40 + 120");
}

/// The sum of an event (newpkjob.com): 61.6 + 50.9 + 54.3.
#[test]
fn the_dives_of_an_event() {
    let book = imported(&["a", "b", "c"], json!({"sum": [{"item": "a"}, {"item": "b"}, {"item": "c"}]}), json!({}));
    let marks = vec![row("d", "a", None, "61.6"), row("d", "b", None, "50.9"), row("d", "c", None, "54.3")];
    assert_eq!(engine(&book).score(&field(marks)).unwrap().standings[0].shown, "166.8", "exactly");
}

/// zjrb.zjol.com.cn 2023-06-16: the first three, not over 35.
#[test]
fn a_title_for_the_young() {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    let age = json!({"age": {"born": "born", "on": "2023-06-16"}});
    book["honours"] = json!([{"id": "young", "name": name("青年岗位能手"), "to": {"all": [
        {"left": {"in_places": "rank"}, "is": "at_most", "right": {"constant": "3"}},
        {"left": age, "is": "at_most", "right": {"constant": "35"}}]}}]);
    let mut all = Field { entries: ["a", "b", "c", "d"].map(entry).to_vec(), ..of(&[]) };
    for (id, total) in [("a", "90"), ("b", "89"), ("c", "88"), ("d", "87")] {
        all.marks.push(row(id, "x", None, total));
    }
    for (place, born) in ["1987-06-17", "1987-06-16", "", "2000-01-01"].iter().enumerate() {
        all.entries[place].data.insert("born".to_owned(), (*born).to_owned());
    }
    let outcome = engine(&book).score(&all).unwrap();
    let young: Vec<bool> = ["a", "b", "c", "d"].iter().map(|id| !line(&outcome, id).honours.is_empty()).collect();
    assert_eq!(young, [true, false, false, false], "35 on the day, 36 on the day, unknown, fourth");
    for born in ["1999-13-40", "never", "2001-02-29", "1999--01", "20010301x"] {
        all.entries[2].data.insert("born".to_owned(), born.to_owned());
        let faults = engine(&book).score(&all).expect_err("no date");
        assert_eq!(faults[0].reason, jiangsai_scoring::FieldReason::NotADate { name: "born".to_owned() }, "{born}");
    }
    for born in ["2001-03-01", "2001/3/1", "2001.03.1", "20010301"] {
        all.entries[2].data.insert("born".to_owned(), born.to_owned());
        assert!(!line(&engine(&book).score(&all).unwrap(), "c").honours.is_empty(), "{born}");
    }
}

/// Nobody is proposed for not having failed in something that is not known.
#[test]
fn the_opposite_of_what_is_missing_does_not_hold_either() {
    let mut book = imported(&["x", "y"], json!({"item": "x"}), json!({}));
    let passed = json!({"left": {"item": "y"}, "is": "at_least", "right": {"constant": "60"}});
    let never = json!({"left": {"item": "x"}, "is": "less", "right": {"constant": "0"}});
    let always = json!({"left": {"item": "x"}, "is": "at_least", "right": {"constant": "0"}});
    let honour = |id: &str, to: Value| json!({"id": id, "name": name(id), "to": to});
    book["honours"] = json!([
        honour("not", json!({"not": passed})),
        honour("twice", json!({"not": {"not": passed}})),
        honour("not-all", json!({"not": {"all": [passed, never]}})),
        honour("not-both", json!({"not": {"all": [passed, always]}})),
        honour("not-any", json!({"not": {"any": [passed, never]}})),
        honour("any", json!({"any": [passed, always]})),
    ]);
    let outcome = engine(&book).score(&of(&["80"])).unwrap();
    assert_eq!(line(&outcome, "e00").honours, ["not-all", "any"], "those that hold whatever y may be");
}
