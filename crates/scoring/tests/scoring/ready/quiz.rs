//! The quiz: heats, those who go on, a final with a play-off.

use super::{Hall, ranked};
use crate::build::line;
use jiangsai_scoring::outcome::Outcome;
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::{Score, Why};

/// Heats of points above 100, in tens, by set questions alone.
fn heats(last_of_c: &str) -> Hall {
    let mut hall = Hall::ready("quiz-heats");
    let points =
        [("A", vec!["5", "4", "3", "2"]), ("B", vec!["6", "5", "2", "1"]), ("C", vec!["3", "2", "1", last_of_c, "0"])];
    for (heat, all) in points {
        for (place, right) in all.iter().enumerate() {
            let id = format!("{heat}{}", place + 1);
            hall.data(&id, &[("heat", heat)]);
            hall.marks(&id, &[("H1", right), ("H2", "0"), ("H3", "0"), ("H4", "0")]);
        }
    }
    hall
}

fn finalists(outcome: &Outcome) -> Vec<&str> {
    let mut all: Vec<&str> = outcome
        .standings
        .iter()
        .filter(|line| line.stage.as_deref() == Some("final"))
        .map(|line| line.entry.as_str())
        .collect();
    all.sort_unstable();
    all
}

/// hedgey.cn: 100 + 3 × 10 + 2 × 10 − 10 − 20.
#[test]
fn a_wrong_answer_costs_its_value() {
    let mut hall = heats("0");
    hall.marks("A1", &[("H1", "3"), ("H2", "2"), ("H3", "1"), ("H4", "-20")]);
    assert_eq!(hall.shown("A1", "heat-score"), "120", "set 30, buzzer 20 and −10, risk −20");
}

#[test]
fn quiz_heats() {
    // 120 of A4 and 110 of B4 are the two best of the others.
    let mut hall = heats("0");
    let outcome = hall.outcome();
    let nine = ["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"];
    let mut expected = nine.to_vec();
    expected.extend(["A4", "B4"]);
    expected.sort_unstable();
    assert_eq!(finalists(&outcome), expected, "three of each heat and two best losers");
    let lost: Vec<(&str, Option<u32>)> = ["C4", "C5"].iter().map(|id| (*id, line(&outcome, id).rank)).collect();
    assert_eq!(lost, [("C4", Some(12)), ("C5", Some(12))], "behind the eleven who have not finished the final yet");
    assert_eq!(line(&outcome, "A1").total, Score::NotYet, "the final is to come");
    assert!(matches!(line(&outcome, "A1").unranked, Some(Why::Unfinished(_))), "and says so");

    for (place, id) in expected.iter().enumerate() {
        let right = (place.saturating_sub(1)).to_string();
        hall.marks(id, &[("F1", &right), ("F2", "0"), ("F3", "0"), ("F4", "0")]);
    }
    let outcome = hall.outcome();
    let last_two: Vec<&str> = outcome.standings[9..11].iter().map(|line| line.entry.as_str()).collect();
    assert_eq!(last_two, ["A1", "A2"], "both 100 in the final");
    assert_eq!(line(&outcome, "A1").undecided, Some(Last::PlayOff), "they play off");
    assert_eq!((line(&outcome, "A1").rank, line(&outcome, "A2").rank), (Some(10), Some(10)), "sharing until then");
    assert_eq!((line(&outcome, "C4").rank, line(&outcome, "C5").rank), (Some(12), Some(12)), "behind the final");
    hall.data("A2", &[("decision", "1")]);
    hall.data("A1", &[("decision", "2")]);
    assert_eq!(hall.ranks()[9..11], ranked(&[("A2", 10), ("A1", 11)]), "played off");
}

#[test]
fn equals_at_the_cut_all_go_on() {
    let hall = heats("1");
    // C4 has 110 like B4 and C3: a tie for the third place of heat C, so that C3 and C4 both go on by their heat.
    let outcome = hall.outcome();
    assert_eq!(finalists(&outcome).len(), 12, "everybody but C5");
    assert!(!finalists(&outcome).contains(&"C5"), "100 is below the cut");
}

#[test]
fn nobody_goes_on_while_a_heat_is_open() {
    let mut hall = heats("0");
    hall.mark("B4", "H1", "");
    let outcome = hall.outcome();
    assert_eq!(finalists(&outcome), ["A1", "A2", "A3", "C1", "C2", "C3"], "heat B is not over");
    assert_eq!(line(&outcome, "A4").stage.as_deref(), Some("heats"), "the best losers wait for it");
    assert_eq!(line(&outcome, "A4").rank, Some(9), "behind the six who went on and two of heat B");
    assert_eq!(line(&outcome, "B4").unranked, Some(Why::Unfinished(vec!["H1".to_owned()])), "nothing of the final yet");
}
