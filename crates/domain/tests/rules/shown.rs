//! What pages show of facts: the result beside placings, the history in words.

use super::hall::{Hall, event};
use jiangsai_domain::command::competition::About;
use jiangsai_domain::command::judging::Judge;
use jiangsai_domain::command::marks::SheetOf;
use jiangsai_domain::fact::{Fact, MarkPlace};
use jiangsai_domain::ids::JudgeId;
use jiangsai_domain::sheet::{SheetPlace, SheetState};
use jiangsai_domain::view::{history, sheet};
use jiangsai_scoring::templates::SKATING_SYSTEM;
use jiangsai_scoring::{Exact, Mark};

/// Three couples whom five judges placed in the first of four dances.
fn dance() -> Hall {
    let mut hall = Hall::default();
    hall.says(Fact::Rulebook { event: event(), json: SKATING_SYSTEM.into() }, &[]);
    let members: Vec<JudgeId> = ["j1", "j2", "j3", "j4", "j5"].map(JudgeId::from).into();
    for (at, judge) in members.iter().enumerate() {
        let value = Judge { code: format!("P0{}", at + 1), name: "模拟裁判".into(), ..Judge::default() };
        hall.says(Fact::Judge { judge: judge.clone(), value }, &[]);
    }
    hall.says(Fact::Panel { event: event(), panel: "judges".into(), members: members.clone() }, &[]);
    for (entry, placings) in [("a", [1, 1, 1, 2, 3]), ("b", [2, 2, 2, 1, 1]), ("c", [3, 3, 3, 3, 2])] {
        hall.says(Fact::Entry { entry: entry.into(), event: event(), person: entry.into() }, &[]);
        for (judge, placing) in members.iter().zip(placings) {
            let place = MarkPlace::once(&event(), &entry.into(), &"W".into(), Some(judge));
            hall.says(Fact::Mark { place, mark: Mark::Value(Exact::from_int(placing)) }, &[]);
        }
    }
    hall
}

#[test]
fn beside_placings_stands_the_place_they_make_and_not_their_mean() {
    let hall = dance();
    let results = |item: &str| {
        let shown = sheet::sheet(&hall.state, &event(), Some(&SheetOf::Item(item.into()))).unwrap();
        let mut rows: Vec<_> = shown.rows.into_iter().map(|row| (row.entry.to_string(), row.result)).collect();
        rows.sort();
        rows.into_iter().map(|(_, result)| result).collect::<Vec<_>>()
    };
    assert_eq!(results("W"), ["1", "2", "3"]);
    assert_eq!(results("T"), ["", "", ""], "nothing while nobody is placed");
}

#[test]
fn the_history_says_a_judge_once_and_a_panel_in_both_languages() {
    let mut hall = dance();
    let before = hall.state.judges[&JudgeId::from("j1")].current();
    let value = Judge { code: "P11".into(), name: "模拟裁判".into(), ..Judge::default() };
    hall.says(Fact::Judge { judge: "j1".into(), value }, &before);
    let lines = history::history(&hall.state, &About::Judges, 0, 100).lines;
    let of = |wanted: &str, args: &[(&str, &str)]| {
        let args: Vec<(String, String)> =
            args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let found = lines.iter().find(|line| line.what == (wanted.to_owned(), args.clone())).unwrap();
        (found.before.clone(), found.after.clone())
    };
    assert_eq!(of("history-judge", &[("judge", "P02")]), (String::new(), "模拟裁判".to_owned()));
    assert_eq!(
        of("history-judge", &[("judge", "P11")]),
        ("P01 模拟裁判".to_owned(), "模拟裁判".to_owned()),
        "another code of before is said"
    );
    let panel = of("history-panel", &[("panel-zh", "裁判"), ("panel-en", "Judges")]);
    assert_eq!(panel.1, "P11 P02 P03 P04 P05");
}

#[test]
fn the_history_says_of_a_sheet_what_became_of_it() {
    let mut hall = dance();
    let sheet = SheetPlace { event: event(), entry: "a".into(), module: "w-place".into(), judge: Some("j1".into()) };
    let state = SheetState::Signed { by: "j1".into(), marks: Vec::new() };
    let signed = hall.says(Fact::Sheet { sheet: sheet.clone(), state }, &[]);
    hall.says(Fact::Sheet { sheet, state: SheetState::Reopened }, &[signed]);
    let line = history::history(&hall.state, &About::Entry("a".into()), 0, 1).lines.remove(0);
    assert_eq!(
        (line.what.0.as_str(), line.before.as_str(), line.after.as_str()),
        ("history-sheet", "sheet-is-signed", "sheet-is-reopened")
    );
}
