//! What stands in the way of final results, and which version of the rules the first mark pins.

use super::hall::{Hall, RULES, confirm, decide, event, hall, ranked};
use jiangsai_domain::command::competition::{PhaseState, ReplaceRulebook};
use jiangsai_domain::command::finalising::{ConfirmResults, FinalStepId};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::confirmation::Duty;
use jiangsai_domain::decide::{equals, results, rulebook};
use jiangsai_domain::fact::Fact;
use jiangsai_domain::ids::EntryId;
use jiangsai_domain::view;
use jiangsai_scoring::EntryStatus;

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
    hall.confirm();
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
    hall.confirm();
    assert!(results::finalise(&hall.state, &event(), "").is_ok());
}

#[test]
fn an_award_that_is_not_settled_is_locked_with_a_reason_or_not_at_all() {
    let mut hall = hall();
    hall.base("0", &[]);
    let now = hall.state.events[&event()].rulebook.current();
    // One prize among three equals, and the rules leave the border to somebody.
    let tiers = r#""awards": {"ties": "settle", "tiers": [{"id": "first", "name": {"zh": "一等奖", "en": "First"}, "take": {"count": 1}}]}, "ranking""#;
    let json = RULES.replace("draw", "share").replace("\"ranking\"", tiers);
    hall.says(Fact::Rulebook { event: event(), json }, &now);
    assert!(view::finalising::is_unsettled(&hall.state, &event()).unwrap());
    for (duty, name) in [(Duty::ChiefJudge, "模拟裁判长"), (Duty::Supervisor, "模拟监督")] {
        let command = ConfirmResults { reason: "奖项待定".into(), ..confirm(&hall.state, duty, name) };
        let drafts = results::confirm(&hall.state, &command).unwrap();
        hall.record(drafts);
    }
    let steps = view::finalising::finalising(&hall.state, &event()).unwrap();
    assert!(steps.lock_wants_reason());
    assert_eq!(missing(&hall.state), "reason-needed");
    assert!(results::finalise(&hall.state, &event(), "颁奖在即").is_ok());
}

/// Whose confirmation is missing, or the code of a refusal.
fn missing(state: &Competition) -> String {
    match results::finalise(state, &event(), "") {
        Ok(_) => String::new(),
        Err(refusal) if refusal.code == "not-confirmed" => format!("{:?}", refusal.args),
        Err(refusal) => refusal.code.to_string(),
    }
}

#[test]
fn what_was_confirmed_is_what_becomes_final() {
    let mut hall = hall();
    hall.base("0", &[]);
    let now = hall.state.events[&event()].rulebook.current();
    hall.says(Fact::Rulebook { event: event(), json: RULES.replace("draw", "share") }, &now);
    assert!(missing(&hall.state).contains("chief-judge"));
    let early = results::confirm(&hall.state, &confirm(&hall.state, Duty::Supervisor, "模拟监督")).unwrap_err();
    assert_eq!(early.code, "not-confirmed", "the supervisor signs what the chief judge confirmed");
    assert_eq!(
        results::confirm(&hall.state, &confirm(&hall.state, Duty::ChiefJudge, " ")).unwrap_err().code,
        "missing-name"
    );
    let drafts = results::confirm(&hall.state, &confirm(&hall.state, Duty::ChiefJudge, "模拟裁判长")).unwrap();
    hall.record(drafts);
    let again = results::confirm(&hall.state, &confirm(&hall.state, Duty::ChiefJudge, "模拟裁判长")).unwrap();
    assert!(again.is_empty(), "once is enough");
    assert!(missing(&hall.state).contains("supervisor"));
    let alone = results::confirm(&hall.state, &confirm(&hall.state, Duty::Supervisor, "模拟裁判长")).unwrap_err();
    assert_eq!(alone.code, "two-people");
    let drafts = results::confirm(&hall.state, &confirm(&hall.state, Duty::Supervisor, "模拟监督")).unwrap();
    hall.record(drafts);
    assert_eq!(missing(&hall.state), "", "both confirmed these standings");
    let steps = |hall: &Hall| -> Vec<(FinalStepId, PhaseState)> {
        let view = view::finalising::finalising(&hall.state, &event()).unwrap();
        view.steps.into_iter().map(|step| (step.id, step.state)).collect()
    };
    assert_eq!(steps(&hall).last(), Some(&(FinalStepId::Lock, PhaseState::Next)), "nothing but to lock is left");

    let entry = EntryId::from("a");
    let status = EntryStatus::Disqualified;
    hall.says(Fact::Status { entry, status, since: None }, &[]);
    assert!(missing(&hall.state).contains("chief-judge"), "the standings are no longer what was confirmed");
    let view = view::finalising::finalising(&hall.state, &event()).unwrap();
    assert!(view.confirmations.iter().all(|own| !own.holds));
    let step = view.steps.iter().find(|step| step.id == FinalStepId::ChiefJudge).unwrap();
    assert_eq!((step.state, step.missing[0].0.as_str()), (PhaseState::Next, "finalising-lapsed"));
}

#[test]
fn the_chief_judge_says_why_results_are_confirmed_with_marks_missing() {
    let mut hall = hall();
    hall.base("0", &[]);
    let now = hall.state.events[&event()].rulebook.current();
    hall.says(Fact::Rulebook { event: event(), json: RULES.replace("draw", "share") }, &now);
    hall.unmark("a");
    let step = |hall: &Hall| view::finalising::finalising(&hall.state, &event()).unwrap().steps[0].clone();
    assert_eq!((step(&hall).id, step(&hall).state), (FinalStepId::Sheets, PhaseState::Next));
    assert_eq!(step(&hall).missing[0].0, "finalising-marks-missing", "{:?}", step(&hall));
    let state_of = |hall: &Hall, id: FinalStepId| {
        let view = view::finalising::finalising(&hall.state, &event()).unwrap();
        view.steps.into_iter().find(|step| step.id == id).unwrap().state
    };
    for id in [FinalStepId::Checked, FinalStepId::Ties] {
        assert_eq!(state_of(&hall, id), PhaseState::Later, "{id:?} is not done while marks are open");
    }
    let mut own = confirm(&hall.state, Duty::ChiefJudge, "模拟裁判长");
    assert_eq!(results::confirm(&hall.state, &own).unwrap_err().code, "reason-needed");
    own.reason = "选手弃考该项".into();
    let awaits = |hall: &Hall, duty| view::finalising::finalising(&hall.state, &event()).unwrap().awaits(duty);
    assert!(!awaits(&hall, Duty::Supervisor), "not before the chief judge");
    let drafts = results::confirm(&hall.state, &own).unwrap();
    hall.record(drafts);
    assert_eq!(step(&hall).state, PhaseState::Next, "marks are still missing");
    assert!(awaits(&hall, Duty::Supervisor), "what was confirmed with a reason is signed all the same");
    let drafts = results::confirm(&hall.state, &confirm(&hall.state, Duty::Supervisor, "模拟监督")).unwrap();
    hall.record(drafts);
    assert!(!awaits(&hall, Duty::Supervisor) && !awaits(&hall, Duty::ChiefJudge));
    assert_eq!(missing(&hall.state), "", "and becomes final");
    let drafts = results::finalise(&hall.state, &event(), "").unwrap();
    hall.record(drafts);
    let locked = view::finalising::finalising(&hall.state, &event()).unwrap();
    assert!(!locked.steps[0].missing.is_empty(), "what they were locked without is still said");
    assert!(locked.steps.iter().all(|step| step.state != PhaseState::Next), "no step comes next: {:?}", locked.steps);
}

#[test]
fn what_nobody_saw_is_not_confirmed() {
    let mut hall = hall();
    hall.base("0", &[]);
    let now = hall.state.events[&event()].rulebook.current();
    hall.says(Fact::Rulebook { event: event(), json: RULES.replace("draw", "share") }, &now);
    let seen = confirm(&hall.state, Duty::ChiefJudge, "模拟裁判长");
    hall.says(Fact::Status { entry: "a".into(), status: EntryStatus::Disqualified, since: None }, &[]);
    assert_eq!(results::confirm(&hall.state, &seen).unwrap_err().code, "stale");
    let seen = confirm(&hall.state, Duty::ChiefJudge, "模拟裁判长");
    assert_eq!(results::confirm(&hall.state, &seen).unwrap().len(), 1);
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
