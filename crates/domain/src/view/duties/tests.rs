#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::confirmation::ResultsConfirmation;
use crate::decide::found::founded::{sample, take};
use crate::draw::Seal;
use crate::envelope::Draft;
use crate::fact::Fact;
use crate::paper::{Checking, How, Recording};
use crate::recheck::Finding;

fn draft(fact: Fact) -> Draft {
    Draft { fact, replaces: Vec::new(), reason: String::new() }
}

/// The first sheets of a module of the sample, as places.
fn sheets(state: &Competition, event: &EventId, count: usize) -> Vec<SheetPlace> {
    let papers = paper::papers(state, event, Some("A")).unwrap();
    papers.into_iter().take(count).map(|paper| paper.place).collect()
}

fn paperwork(sheet: &SheetPlace, recorder: &str, checker: &str) -> Vec<Draft> {
    let recording = Recording { by: recorder.into(), total: String::new(), marks: Vec::new() };
    let checking = Checking { by: checker.into(), how: How::Called, marks: Vec::new() };
    vec![
        draft(Fact::Recorded { sheet: sheet.clone(), recording }),
        draft(Fact::Checked { sheet: sheet.clone(), checking }),
    ]
}

fn confirmed(event: &EventId, duty: Duty, name: &str) -> Draft {
    let confirmation = ResultsConfirmation { name: name.into(), digest: String::new() };
    draft(Fact::ResultsConfirmed { event: event.clone(), duty, confirmation })
}

fn keys(words: &[Words]) -> Vec<&str> {
    words.iter().map(|(key, _)| key.as_str()).collect()
}

#[test]
fn duties_stand_beside_the_names_that_were_typed() {
    let (mut state, event) = sample();
    let sheets = sheets(&state, &event, 3);
    let [one, two, three] = &sheets[..] else { unreachable!("sixty sheets") };
    let mut drafts = paperwork(one, "模拟录分员", "模拟核分员");
    drafts.extend(paperwork(two, "模拟录分员", "模拟核分员"));
    drafts.extend(paperwork(three, "模拟核分员", "模拟录分员"));
    let seal =
        Seal { seal: "s".into(), officer: "模拟加密员".into(), supervisor: "模拟监督员".into(), lock: None };
    drafts.push(draft(Fact::Sealed { event: event.clone(), seal }));
    drafts.push(confirmed(&event, Duty::ChiefJudge, "模拟裁判长"));
    drafts.push(confirmed(&event, Duty::Supervisor, "模拟监督员"));
    take(&mut state, drafts);
    let view = duties(&state, &event).unwrap();
    let of = |name: &str| view.people.iter().find(|own| own.name == name).unwrap().held.clone();
    let counted = |key: &str, count: u32| words(key, &[("count", &count)]);
    assert_eq!(of("模拟录分员"), [counted("duty-recorded", 2), counted("duty-checked", 1)]);
    assert_eq!(of("模拟加密员"), [key("duty-sealed")]);
    assert_eq!(of("模拟监督员"), [key("duty-supervisor"), key("duty-sealed-supervisor")]);
    let (id, judge) = judges(&state).find(|(_, judge)| judge.code == "P01").unwrap();
    let own = of(&judge.name);
    assert_eq!(keys(&own), ["duty-judge"]);
    assert!(own[0].1.contains(&("code".to_owned(), "P01".to_owned())), "{own:?}");
    assert!(scores(&state, &event, &state.events[&event], id), "P01 sits on a panel");
    assert_eq!(view.warnings, [], "everybody keeps to duties that go together");
}

#[test]
fn what_one_person_should_not_hold_together_is_said_once_for_each() {
    let (mut state, event) = sample();
    let judge = judges(&state).find(|(_, judge)| judge.code == "P01").unwrap().1.name.clone();
    let sheets = sheets(&state, &event, 3);
    let [one, two, three] = &sheets[..] else { unreachable!("sixty sheets") };
    let mut drafts = paperwork(one, "一人", "一人");
    drafts.extend(paperwork(two, "一人", "一人"));
    drafts.extend(paperwork(three, "一人", "另一人"));
    let found = |by: &str| Finding { by: by.into(), errors: 0, note: String::new(), plan: None };
    drafts.push(draft(Fact::Rechecked { sheet: one.clone(), finding: found("一人") }));
    drafts.push(draft(Fact::Rechecked { sheet: two.clone(), finding: found("另一人") }));
    let seal = Seal { seal: "s".into(), officer: judge.clone(), supervisor: "一人".into(), lock: None };
    drafts.push(draft(Fact::Sealed { event: event.clone(), seal }));
    drafts.push(confirmed(&event, Duty::ChiefJudge, "一人"));
    drafts.push(confirmed(&event, Duty::Supervisor, &judge));
    take(&mut state, drafts);
    let warnings = duties(&state, &event).unwrap().warnings;
    let wanted = [
        "draw-both-roles",
        "duties-alone",
        "duties-chief-judge-types",
        "duties-supervisor-scores",
        "duties-supervisor-types",
        "duties-chief-judge-supervises",
        "duties-recheck-own",
    ];
    assert_eq!(keys(&warnings), wanted, "{warnings:?}");
    let alone = words("duties-alone", &[("name", &"一人"), ("count", &2)]);
    assert_eq!(warnings[1], alone, "summed up, not a line for each sheet");
    assert_eq!(warnings[6], words("duties-recheck-own", &[("name", &"一人"), ("count", &1)]));
}

#[test]
fn a_confirmation_that_was_given_again_by_somebody_else_holds_no_duty() {
    let (mut state, event) = sample();
    take(&mut state, vec![confirmed(&event, Duty::ChiefJudge, "误签的人")]);
    let replaces = state.events[&event].confirmations[&Duty::ChiefJudge].current();
    take(&mut state, vec![Draft { replaces, ..confirmed(&event, Duty::ChiefJudge, "模拟裁判长") }]);
    let people = duties(&state, &event).unwrap().people;
    assert!(people.iter().any(|own| own.name == "模拟裁判长"));
    assert!(people.iter().all(|own| own.name != "误签的人"), "{people:?}");
}
