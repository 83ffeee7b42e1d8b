//! Values of parameters and decisions between equals that two people made without knowing of each other: neither counts until one of
//! them settles it.

use super::hall::{RULES, decide, event, hall, ranked};
use jiangsai_domain::command::results::{Decided, WithdrawDecision};
use jiangsai_domain::decide::equals;
use jiangsai_domain::fact::Fact;
use jiangsai_domain::view::{home, parameters, standings};

#[test]
fn crossing_values_of_a_parameter_do_not_count() {
    let mut hall = hall();
    assert_eq!(parameters::missing(&hall.state, &event()), 1);
    let (one, other) = (hall.base("1", &[]), hall.base("2", &[]));
    assert_eq!(parameters::missing(&hall.state, &event()), 1, "two different values are as none");
    assert_eq!(home::findings(&hall.state, &event()), 1);
    assert!(hall.ranks().iter().all(|(_, rank)| rank.is_none()));
    let cell = parameters::parameters(&hall.state, &event()).unwrap().parameters[0].cells[0].clone();
    assert_eq!(cell.crossing, ["1", "2"]);
    hall.base("2", &[one, other]);
    assert_eq!((parameters::missing(&hall.state, &event()), home::findings(&hall.state, &event())), (0, 0));
    assert!(hall.ranks().iter().all(|(_, rank)| rank.is_some()));
}

#[test]
fn a_value_that_is_none_under_the_present_rules_does_not_count_and_breaks_nothing() {
    let mut hall = hall();
    hall.base("1", &[]);
    let now = hall.state.events[&event()].rulebook.current();
    let letters = RULES.replace(r#""en": "Base"}}"#, r#""en": "Base"}, "kind": "time"}"#);
    let timed = letters.replace(r#"{"parameter": "base"}"#, r#"{"in_seconds": {"parameter": "base"}}"#);
    hall.says(Fact::Rulebook { event: event(), json: timed.replace("base", "start") }, &now);
    assert_eq!(parameters::missing(&hall.state, &event()), 1, "a parameter of another name");
    assert!(hall.ranks().iter().all(|(_, rank)| rank.is_none()), "the results are computed all the same");
}

#[test]
fn crossing_decisions_do_not_count_until_one_settles_them() {
    let mut hall = hall();
    hall.base("0", &[]);
    let equal = ranked([("a", 1), ("b", 1), ("c", 1)]);
    assert_eq!((hall.ranks(), hall.group().0), (equal.clone(), Decided::Open));
    hall.drawn(&["c", "a", "b"]);
    assert_eq!((hall.ranks(), hall.group().0), (ranked([("c", 1), ("a", 2), ("b", 3)]), Decided::Decided));
    hall.drawn(&["b", "a", "c"]);
    assert_eq!((hall.ranks(), hall.group().0), (equal, Decided::Crossing), "even where both have a second");
    assert_eq!(home::findings(&hall.state, &event()), 1, "one conflict");
    let current = hall.group().1;
    assert_eq!(equals::decide(&hall.state, &decide(["b", "a", "c"], Vec::new())).unwrap_err().code, "stale");
    let (drafts, _) = equals::decide(&hall.state, &decide(["b", "a", "c"], current)).unwrap();
    hall.record(drafts);
    assert_eq!((hall.ranks(), hall.group().0), (ranked([("b", 1), ("a", 2), ("c", 3)]), Decided::Decided));
    assert_eq!(home::findings(&hall.state, &event()), 0);
}

#[test]
fn a_decision_for_two_does_not_hold_when_a_third_joins_them() {
    let mut hall = hall();
    hall.base("0", &[]);
    hall.mark("c", 70);
    hall.drawn(&["b", "a"]);
    assert_eq!(hall.ranks(), ranked([("b", 1), ("a", 2), ("c", 3)]));
    hall.mark("c", 80);
    assert_eq!(
        hall.ranks(),
        ranked([("a", 1), ("b", 1), ("c", 1)]),
        "c was in no draw: nobody is set behind by chance"
    );
    let view = standings::standings(&hall.state, &event()).unwrap();
    assert_eq!((view.equals[0].state, view.lapsed.len()), (Decided::Open, 1), "and the page says so");
    assert_eq!(view.lapsed[0].entries, ["b".into(), "a".into()]);
    let withdraw = WithdrawDecision {
        competition: "x".into(),
        event: event(),
        entries: view.lapsed[0].entries.clone(),
        reason: "又有一人同分".into(),
        preview: false,
    };
    let (drafts, _) = equals::withdraw(&hall.state, &withdraw).unwrap();
    hall.record(drafts);
    assert!(standings::standings(&hall.state, &event()).unwrap().lapsed.is_empty());
}

#[test]
fn a_decision_made_under_another_rule_does_not_hold() {
    let mut hall = hall();
    hall.base("0", &[]);
    hall.drawn(&["c", "b", "a"]);
    let now = hall.state.events[&event()].rulebook.current();
    hall.says(Fact::Rulebook { event: event(), json: RULES.replace("draw", "play_off") }, &now);
    assert_eq!(hall.ranks(), ranked([("a", 1), ("b", 1), ("c", 1)]), "lots are no play-off");
}
