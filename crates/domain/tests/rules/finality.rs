//! What stands in the way of final results, and which version of the rules the first mark pins.

use super::hall::{Hall, RULES, decide, event, hall, ranked};
use jiangsai_domain::command::competition::ReplaceRulebook;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::{equals, results, rulebook};
use jiangsai_domain::fact::Fact;
use jiangsai_domain::view;

#[test]
fn results_are_not_final_while_equals_are_undecided() {
    let mut hall = hall();
    hall.base("0", &[]);
    let refused = results::finalise(&hall.state, &event(), "颁奖在即").unwrap_err();
    assert_eq!(refused.code, "undecided", "no reason makes up for it");
    assert_eq!(view::home::home(&hall.state).counts.undecided, 1, "the checklist counts the group");
    let mut preview = decide(["b", "c", "a"], Vec::new());
    preview.preview = true;
    let (drafts, effect) = equals::decide(&hall.state, &preview).unwrap();
    assert_eq!((drafts.len(), effect.changes.len(), effect.applied), (0, 2, false), "b keeps its rank");
    let (drafts, _) = equals::decide(&hall.state, &decide(["b", "c", "a"], Vec::new())).unwrap();
    hall.record(drafts);
    assert_eq!(hall.ranks(), ranked([("b", 1), ("c", 2), ("a", 3)]));
    let drafts = results::finalise(&hall.state, &event(), "").unwrap();
    hall.record(drafts);
    let again = decide(["a", "b", "c"], hall.group().1);
    assert_eq!(equals::decide(&hall.state, &again).unwrap_err().code, "finalised");
}

#[test]
fn where_equals_share_their_rank_there_is_nothing_to_decide() {
    let mut hall = hall();
    hall.base("0", &[]);
    let now = hall.state.events[&event()].rulebook.current();
    hall.says(Fact::Rulebook { event: event(), json: RULES.replace("draw", "share") }, &now);
    let refused = equals::decide(&hall.state, &decide(["a", "b", "c"], Vec::new())).unwrap_err();
    assert_eq!(refused.code, "nothing-to-decide");
    assert!(results::finalise(&hall.state, &event(), "").is_ok());
}

/// Number, whether it holds, whether it is pinned.
fn versions(state: &Competition) -> Vec<(u32, bool, bool)> {
    let setup = &state.events[&event()];
    let all = view::rulebook::versions(state, &event(), setup, ToOwned::to_owned);
    all.into_iter().map(|version| (version.number, version.holds, version.pinned)).collect()
}

#[test]
fn the_first_mark_pins_the_rules_and_a_change_without_a_reason_is_refused() {
    let mut hall = Hall::default();
    let first = hall.says(Fact::Rulebook { event: event(), json: RULES.into() }, &[]);
    let change = |hall: &Hall, json: &str, reason: &str| {
        let (competition, json, reason) = ("x".into(), json.to_owned(), reason.to_owned());
        rulebook::replace(&hall.state, &ReplaceRulebook { competition, event: event(), json, reason, preview: false })
    };
    let (second, third) = (RULES.replace("Lots", "Lots 2"), RULES.replace("Lots", "Lots 3"));
    let (drafts, _) = change(&hall, &second, "").unwrap();
    assert_eq!(drafts[0].replaces, [first]);
    hall.record(drafts);
    assert_eq!(versions(&hall.state), [(2, true, false), (1, false, false)], "nothing is pinned before a mark");
    hall.says(Fact::Entry { entry: "a".into(), event: event(), person: "a".into() }, &[]);
    hall.mark("a", 80);
    assert_eq!(versions(&hall.state), [(2, true, true), (1, false, false)]);
    assert_eq!(change(&hall, &third, " ").unwrap_err().code, "reason-needed");
    let (drafts, change) = change(&hall, &third, "裁判长决定").unwrap();
    assert!(change.applied);
    hall.record(drafts);
    assert_eq!(versions(&hall.state), [(3, true, false), (2, false, true), (1, false, false)]);
}
