//! Timed work.

use super::{Hall, document, ranked};
use crate::build::line;
use jiangsai_scoring::{EntryStatus, Score, Why};
use serde_json::json;

/// amccompetition.com/scoring: time + penalties − bonus.
#[test]
fn time_penalties_bonus() {
    let mut hall = Hall::ready("time-penalties-bonus");
    hall.marks("a", &[("TIME", "3:00.50"), ("PEN", "10"), ("BONUS", "5")]);
    hall.marks("b", &[("TIME", "2:55"), ("PEN", "15")]);
    hall.mark("c", "TIME", "3:05.50");
    hall.marks("d", &[("TIME", "-")]);
    assert_eq!(hall.total("a"), "3:05.5", "180.5 + 10 − 5");
    assert_eq!(hall.total("b"), "3:10", "175 + 15");
    // Zero seconds would be the best time: who did not finish has no result.
    hall.status("e", EntryStatus::Unfinished);
    let mut expected = ranked(&[("c", 1), ("a", 2), ("b", 3)]);
    expected.extend(["d", "e"].map(|id| (id.to_owned(), None)));
    assert_eq!(hall.ranks(), expected, "fewer penalty seconds decide between 3:05.5 and 3:05.5");
}

/// Rope splicing: base 300 s, 0.1 for each 10 s. 275 s is +0.2 in whole steps, +0.3 in started ones, +0.25 in parts; 321 s is −0.2, −0.3, −0.21.
#[test]
fn faults_time_bonus() {
    let book = document("faults-time-bonus");
    let steps = |mode: &str| {
        let mut own = book.clone();
        let when = &mut own["nodes"][0]["value"]["when"];
        for place in ["/then/times/1", "/otherwise/min/0/times/1"] {
            let round = when.pointer_mut(place).unwrap();
            if mode == "parts" {
                *round = round["round"]["of"].clone();
            } else {
                round["round"]["mode"] = json!(mode);
            }
        }
        own
    };
    let total = |book: &serde_json::Value, done: &str, seconds: &str| {
        let mut hall = Hall::of(book);
        hall.marks("a", &[("F", "0"), ("DONE", done), ("TIME", seconds)]);
        hall.total("a")
    };
    assert_eq!(book, steps("down"), "whole steps are what the rulebook says");
    for (mode, early, late) in [("down", "100.20", "99.80"), ("up", "100.30", "99.70"), ("parts", "100.25", "99.79")] {
        assert_eq!(total(&steps(mode), "1", "275"), early, "{mode}");
        assert_eq!(total(&steps(mode), "1", "321"), late, "{mode}");
    }
    assert_eq!(total(&book, "0", "275"), "100.00", "no bonus where the work is not finished");
    assert_eq!(total(&book, "0", "321"), "99.80", "late all the same");
    assert_eq!(total(&book, "1", "300"), "100.00", "on time");
}

#[test]
fn best_of_3_runs() {
    let mut hall = Hall::ready("best-of-3-runs");
    hall.attempts("a", "RUN", &["1:01.5", "void", "59.9"]);
    hall.attempts("b", "RUN", &["59.9", "1:00.2", "void"]);
    hall.attempts("c", "RUN", &["void", "59.9", "void"]);
    hall.attempts("d", "RUN", &["void", "-", "void"]);
    hall.attempts("e", "RUN", &["58", "57"]);
    hall.attempts("f", "RUN", &["1:00.2", "1:03", "59.9"]);
    let outcome = hall.outcome();
    let order: Vec<(&str, Option<u32>, &str)> =
        outcome.standings.iter().map(|line| (line.entry.as_str(), line.rank, line.shown.as_str())).collect();
    let expected = [
        ("f", Some(1), "0:59.9"),
        ("b", Some(2), "0:59.9"),
        ("a", Some(3), "0:59.9"),
        ("c", Some(4), "0:59.9"),
        ("d", None, ""),
        ("e", None, ""),
    ];
    assert_eq!(order, expected, "second best 60.2, 60.2, 61.5, none; f has a third run");
    assert_eq!(line(&outcome, "b").tie.as_ref().unwrap().decided.as_ref().unwrap().en, "third best run", "63 or none");
    assert_eq!(line(&outcome, "d").unranked, Some(Why::NoValue), "no run counts");
    assert_eq!(line(&outcome, "e").unranked, Some(Why::Unfinished(vec!["RUN".to_owned()])), "one run to come");
}

/// Who leaves after one run keeps it once the others are typed as not started.
#[test]
fn leaving_after_a_run() {
    let mut hall = Hall::ready("best-of-3-runs");
    hall.attempts("a", "RUN", &["61"]);
    hall.status("a", EntryStatus::Retired);
    hall.status("b", EntryStatus::Unfinished);
    assert!(hall.ranks().iter().all(|(_, rank)| rank.is_none()), "neither one run nor none is a result yet");
    hall.attempts("a", "RUN", &["61", "-", "-"]);
    assert_eq!(hall.ranks()[0], ("a".to_owned(), Some(1)), "61 s stay");
}

#[test]
fn team_relay() {
    let mut hall = Hall::ready("team-relay");
    let legs = [
        ("red", ["60", "62", "58.5", "61"]),
        ("blue", ["57", "63", "65", "61.5"]),
        ("green", ["50", "50", "50", "-"]),
        ("gold", ["55", "55", "55", "55"]),
    ];
    for (team, times) in legs {
        for (leg, time) in times.iter().enumerate() {
            let id = format!("{team}{leg}");
            hall.mark(&id, "LEG", time);
            hall.team(&id, team);
        }
    }
    hall.mark("red0", "PEN", "5");
    hall.status("gold2", EntryStatus::Disqualified);
    let outcome = hall.outcome();
    let teams: Vec<(&str, Option<u32>, &str)> =
        outcome.teams.iter().map(|team| (team.team.as_str(), team.rank, team.shown.as_str())).collect();
    let expected = [("blue", Some(1), "4:06.5"), ("red", Some(2), "4:06.5"), ("gold", None, ""), ("green", None, "")];
    assert_eq!(teams, expected, "246.5 s each, the best leg 57 against 58.5; three legs make no result");
    assert_eq!(outcome.teams[2].score, Score::Absent, "a disqualified member has no leg");
}
