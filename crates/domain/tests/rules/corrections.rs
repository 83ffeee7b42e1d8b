//! Corrections that move ranks though no mark changes: a sealed value, the rulebook, a decision between equals.

use super::hall::{Hall, RULES, decide, event, hall};
use jiangsai_domain::command::results::WithdrawDecision;
use jiangsai_domain::decide::{equals, results};
use jiangsai_domain::draw::Seal;
use jiangsai_domain::envelope::{Draft, Envelope};
use jiangsai_domain::fact::{Fact, Numbers};
use jiangsai_domain::ids::{EntryId, FactId};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::corrections::{Corrected, Correction, corrections};

/// Takes a fact in with its reason.
fn because(hall: &mut Hall, draft: Draft) {
    let order = u64::try_from(hall.state.facts()).unwrap() + 100;
    hall.state.evolve(Envelope {
        id: format!("r{order}").into(),
        origin: Origin::default(),
        order,
        at: 0,
        actor: "operator".into(),
        replaces: draft.replaces,
        reason: draft.reason,
        fact: Ok(draft.fact),
    });
}

fn says(hall: &mut Hall, fact: Fact, replaces: Vec<FactId>, reason: &str) {
    because(hall, Draft { fact, replaces, reason: reason.into() });
}

fn value(hall: &mut Hall, value: &str, replaces: Vec<FactId>, reason: &str) {
    let (event, parameter) = (event(), "base".into());
    says(hall, Fact::Parameter { event, parameter, text: String::new(), value: value.into() }, replaces, reason);
}

/// Three equals by the numbers 1 to 3, between whom somebody decided, and whose results were final once.
fn reopened() -> Hall {
    let mut hall = hall();
    for (entry, number) in [("a", "1"), ("b", "2"), ("c", "3")] {
        let numbers = Numbers { number: number.into(), ..Numbers::default() };
        hall.says(Fact::Numbers { entry: entry.into(), numbers }, &[]);
    }
    value(&mut hall, "0", Vec::new(), "启封");
    let (drafts, _) = equals::decide(&hall.state, &decide(["b", "c", "a"], Vec::new())).unwrap();
    drafts.into_iter().for_each(|draft| because(&mut hall, draft));
    hall.confirm();
    let drafts = results::finalise(&hall.state, &event(), "").unwrap();
    drafts.into_iter().for_each(|draft| because(&mut hall, draft));
    let drafts = results::reopen(&hall.state, &event(), "查分").unwrap();
    drafts.into_iter().for_each(|draft| because(&mut hall, draft));
    hall
}

fn all(hall: &Hall) -> Vec<Correction> {
    corrections(&hall.state, &event())
}

fn told(own: &Correction) -> [&str; 4] {
    [&own.entry, &own.before, &own.after, &own.reason]
}

#[test]
fn a_sealed_value_another_rulebook_and_a_decision_taken_back_are_corrections() {
    let mut hall = reopened();
    assert!(all(&hall).is_empty(), "first values and first decisions are none: {:?}", all(&hall));
    let current = hall.state.events[&event()].parameters[&"base".into()][""].current();
    value(&mut hall, "1.5", current, "真值抄错");
    let current = hall.state.events[&event()].rulebook.current();
    let json = RULES.replace("\"100\"", "\"90\"");
    says(&mut hall, Fact::Rulebook { event: event(), json }, current, "配分写错");
    let entries: Vec<EntryId> = ["a", "b", "c"].map(EntryId::from).to_vec();
    let (competition, reason) = ("x".into(), "抽签有误".to_owned());
    let withdraw = WithdrawDecision { competition, event: event(), entries, reason, preview: false };
    let (drafts, _) = equals::withdraw(&hall.state, &withdraw).unwrap();
    drafts.into_iter().for_each(|draft| because(&mut hall, draft));

    let found = all(&hall);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(matches!(&found[0].of, Corrected::Value(name, text) if name.zh == "基数" && text.is_empty()));
    assert_eq!(told(&found[0]), ["", "0", "1.5", "真值抄错"]);
    assert_eq!((&found[1].of, told(&found[1])), (&Corrected::Rulebook, ["", "1", "2", "配分写错"]));
    let decision = (&Corrected::Decision, ["1 = 2 = 3", "2 › 3 › 1", "", "抽签有误"]);
    assert_eq!((&found[2].of, told(&found[2])), decision, "once for all three");
}

#[test]
fn a_value_first_given_after_results_were_final_is_a_correction() {
    let mut hall = reopened();
    let (event, parameter) = (event(), "base".into());
    let other = Fact::Parameter { event, parameter, text: "A".into(), value: "2".into() };
    says(&mut hall, other, Vec::new(), "另有一组");
    let found = all(&hall);
    assert!(matches!(&found[..], [one] if matches!(&one.of, Corrected::Value(_, text) if text == "A")), "{found:?}");
}

#[test]
fn while_names_are_sealed_nobody_learns_what_was_decided_before() {
    let mut hall = reopened();
    let again = decide(["a", "b", "c"], hall.group().1);
    let (drafts, _) = equals::decide(&hall.state, &again).unwrap();
    drafts.into_iter().for_each(|draft| because(&mut hall, draft));
    assert_eq!(told(&all(&hall)[0]), ["1 = 2 = 3", "2 › 3 › 1", "1 › 2 › 3", "以现场签为准"]);
    let seal = Seal { seal: "s".into(), officer: "模拟甲".into(), supervisor: "模拟乙".into(), lock: None };
    says(&mut hall, Fact::Sealed { event: event(), seal }, Vec::new(), "");
    let found = all(&hall);
    assert_eq!((found.len(), told(&found[0])), (1, ["***", "***", "***", "***"]));
    let again = decide(["3", "2", "1"], hall.group().1);
    let (drafts, _) = equals::decide(&hall.state, &again).unwrap();
    drafts.into_iter().for_each(|draft| because(&mut hall, draft));
    let found = all(&hall);
    assert_eq!((found.len(), told(&found[1])), (2, ["1 = 2 = 3", "***", "3 › 2 › 1", "以现场签为准"]));
}
