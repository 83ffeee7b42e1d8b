//! Computers that are revoked, by each other too: whose word stands, and what has effect.
#![allow(clippy::unwrap_used, unused_crate_dependencies, reason = "tests")]

use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::trust;
use jiangsai_domain::draw::Seal;
use jiangsai_domain::envelope::{Envelope, Refusal};
use jiangsai_domain::fact::Fact;
use jiangsai_domain::ids::FactId;
use jiangsai_domain::trust::{Cut, Label, Origin, Revocation};
use jiangsai_domain::view::quarantine;

/// Facts as computers of one letter wrote them, one after the other; `f` founded the competition.
#[derive(Default)]
struct Hall(Vec<Envelope>);

impl Hall {
    fn says(&mut self, node: &str, replaces: &[&FactId], fact: Fact) -> FactId {
        let seq = self.0.iter().filter(|one| one.origin.node.as_str() == node).count();
        let id = FactId::new(format!("{node}{seq}"));
        self.0.push(Envelope {
            id: id.clone(),
            origin: Origin { node: node.into(), log: node.into(), seq: seq as u64, founding: node == "f" },
            order: self.0.len() as u64,
            at: 0,
            actor: node.into(),
            replaces: replaces.iter().map(|id| (*id).clone()).collect(),
            reason: "丢失".into(),
            fact: Ok(fact),
        });
        id
    }

    fn names(&mut self, node: &str, title: &str) -> FactId {
        self.says(node, &[], Fact::EventName { event: node.into(), name: title.into() })
    }

    /// Trusts so many records.
    fn revokes(&mut self, by: &str, node: &str, count: u64) -> FactId {
        let logs = (0..count).next_back().map(|seq| Cut { log: node.into(), seq, head: format!("{node}{seq}").into() });
        let revocation = Some(Revocation { logs: logs.into_iter().collect() });
        self.says(by, &[], Fact::Revoked { node: node.into(), revocation })
    }

    fn state(&self) -> Competition {
        Competition::fold(self.0.clone())
    }
}

#[test]
fn what_stands_behind_the_cut_has_no_effect_until_it_is_adopted_or_the_computer_trusted_again() {
    let mut hall = Hall::default();
    hall.names("f", "甲");
    hall.names("d", "乙");
    let late = hall.names("d", "丙");
    let revoked = hall.revokes("f", "d", 1);
    let state = hall.state();
    assert_eq!(state.events[&"d".into()].name.value().unwrap(), "乙");
    let listed = quarantine::list(&state);
    assert_eq!(listed.records.len(), 1);
    assert_eq!((&listed.records[0].line.fact, listed.records[0].line.after.as_str()), (&late, "丙"), "what it says");
    assert!(listed.records[0].adoptable && !listed.nodes[0].crosses);
    // What comes still later is in quarantine too, also in a log that nobody knew.
    let later = hall.names("d", "丁");
    assert!(hall.state().quarantine.contains_key(&later));

    let drafts = trust::adopt(&hall.state(), std::slice::from_ref(&later), "看过录像").unwrap();
    hall.says("f", &[], drafts[0].fact.clone());
    let state = hall.state();
    assert!(!state.quarantine.contains_key(&later) && state.quarantine.contains_key(&late));
    assert_eq!(state.events[&"d".into()].name.value().unwrap(), "丁");
    let refused = |records: &[FactId]| trust::adopt(&state, records, "再来").unwrap_err().code;
    assert_eq!((refused(&[later]), refused(&[])), ("not-quarantined", "not-quarantined"));
    assert_eq!(trust::adopt(&state, &[late], " ").unwrap_err(), Refusal::new("reason-needed"));

    let lifted = trust::restore(&state, &"d".into(), "找到了").unwrap().remove(0);
    assert_eq!(lifted.replaces, [revoked], "it names what it lifts");
    hall.says("f", &lifted.replaces.iter().collect::<Vec<_>>(), lifted.fact);
    let state = hall.state();
    assert!(state.quarantine.is_empty() && !state.trust.is_revoked(&"d".into()));
    assert!(trust::restore(&state, &"d".into(), "找到了").unwrap().is_empty(), "it is trusted");
}

#[test]
fn no_revocation_opens_names_that_two_people_sealed() {
    let mut hall = Hall::default();
    hall.names("f", "甲");
    let seal =
        Seal { seal: "s".into(), officer: "模拟加密员".into(), supervisor: "模拟监督员".into(), lock: None };
    hall.says("d", &[], Fact::Sealed { event: "f".into(), seal });
    let state = hall.state();
    hall.revokes("f", "d", 1);
    assert!(trust::keeps_seals(&state, &hall.state()).is_ok(), "it is trusted up to the seal");
    hall.revokes("f", "d", 0);
    let refused = trust::keeps_seals(&state, &hall.state()).unwrap_err();
    assert_eq!(refused, Refusal::new("revoke-opens").with("event", "甲"));
}

#[test]
fn nobody_lifts_moves_or_answers_a_revocation_from_behind_its_cut() {
    let mut hall = Hall::default();
    hall.names("f", "甲");
    hall.names("d", "乙");
    let revoked = hall.revokes("h", "d", 1);
    let lifts = hall.says("d", &[&revoked], Fact::Revoked { node: "d".into(), revocation: None });
    let adopts = hall.says("d", &[], Fact::Adopted { records: vec!["d1".into()] });
    let other = hall.revokes("d", "x", 0);
    let state = hall.state();
    assert!(state.trust.is_revoked(&"d".into()) && !state.trust.is_revoked(&"x".into()));
    for id in [&lifts, &adopts, &other] {
        assert_eq!(state.trust.label(id), Some(Label::Out));
    }
    let listed = quarantine::list(&state);
    assert_eq!(listed.records.len(), 3, "they are listed");
    assert!(listed.records.iter().all(|row| !row.adoptable));
    // Of itself a computer can say it before the cut only.
    let mut hall = Hall::default();
    hall.names("d", "乙");
    let itself = hall.revokes("d", "d", 1);
    assert_eq!(hall.state().trust.label(&itself), Some(Label::Out), "behind its own cut");
    hall.revokes("e", "e", 2);
    assert!(!hall.state().trust.is_revoked(&"d".into()) && hall.state().trust.is_revoked(&"e".into()));
}

#[test]
fn two_that_revoke_each_other_are_both_cut_until_a_third_decides_and_the_founder_is_the_anchor() {
    let mut hall = Hall::default();
    hall.names("f", "甲");
    let (of_d, of_e) = (hall.revokes("e", "d", 0), hall.revokes("d", "e", 0));
    let (d, e) = (hall.names("d", "乙"), hall.names("e", "丙"));
    let state = hall.state();
    assert_eq!([&of_d, &of_e].map(|id| state.trust.label(id)), [Some(Label::Open); 2]);
    assert!(state.quarantine.contains_key(&d) && state.quarantine.contains_key(&e), "the careful way");
    assert!(quarantine::list(&state).nodes.iter().all(|node| node.open), "and a finding");
    // Somebody whose word nobody takes away says which.
    hall.revokes("f", "e", 0);
    let state = hall.state();
    assert_eq!([&of_d, &of_e].map(|id| state.trust.label(id)), [Some(Label::Out), Some(Label::In)]);
    assert!(!state.trust.is_revoked(&"d".into()) && state.trust.is_revoked(&"e".into()));

    let mut hall = Hall::default();
    let name = hall.names("f", "甲");
    let against = hall.revokes("d", "f", 0);
    assert!(hall.state().quarantine.contains_key(&name), "nobody answered it yet");
    let answer = hall.revokes("f", "d", 0);
    let state = hall.state();
    assert_eq!([&against, &answer].map(|id| state.trust.label(id)), [Some(Label::Out), Some(Label::In)]);
    assert!(state.quarantine.is_empty() && state.trust.is_revoked(&"d".into()));
}

#[test]
fn of_two_cuts_the_earlier_holds_until_one_names_both() {
    let mut hall = Hall::default();
    hall.names("f", "甲");
    for title in ["乙", "丙", "丁"] {
        hall.names("d", title);
    }
    let (one, other) = (hall.revokes("f", "d", 3), hall.revokes("h", "d", 1));
    let state = hall.state();
    assert_eq!((state.quarantine.len(), quarantine::list(&state).nodes[0].crosses), (2, true));
    let logs = vec![Cut { log: "d".into(), seq: 1, head: "d1".into() }];
    let settled = trust::revoke(&state, &"d".into(), logs.clone(), "核对过").unwrap().remove(0);
    assert_eq!(settled.replaces, [one, other]);
    hall.says("f", &settled.replaces.iter().collect::<Vec<_>>(), settled.fact);
    let state = hall.state();
    assert_eq!((state.quarantine.len(), quarantine::list(&state).nodes[0].crosses), (1, false));
    assert!(trust::revoke(&state, &"d".into(), logs, "核对过").unwrap().is_empty(), "said already");
}
