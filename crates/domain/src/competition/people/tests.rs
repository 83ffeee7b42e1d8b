#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::approval::Edition;
use crate::command::Role;
use crate::competition::Competition;
use crate::envelope::Envelope;
use crate::fact::Fact;

/// A competition that is written fact by fact, each at the next place in display order.
#[derive(Default)]
struct Written {
    state: Competition,
    order: u64,
}

impl Written {
    fn says(&mut self, id: &str, replaces: &[&str], fact: Fact) {
        self.order += 1;
        self.state.evolve(Envelope {
            id: id.into(),
            origin: Origin::default(),
            order: self.order,
            at: 0,
            actor: "operator".into(),
            replaces: replaces.iter().map(|id| (*id).into()).collect(),
            reason: String::new(),
            fact: Ok(fact),
        });
    }

    fn officer(&mut self, officer: &str, roles: &[Role]) -> String {
        let value = Officer { name: officer.into(), roles: roles.iter().copied().collect(), ..Officer::default() };
        let id = format!("grant-{officer}-{}", self.order);
        self.says(&id, &[], Fact::Officer { officer: officer.into(), value });
        id
    }

    /// As zhao grants it.
    fn granted(&mut self, officer: &str, roles: &[Role]) {
        let id = self.officer(officer, roles);
        self.approves("zhao", "00", &id);
    }

    fn revokes(&mut self, id: &str, replaces: &[&str], (officer, key): (&str, &str), trusted: &[&str]) {
        let trusted = trusted.iter().map(|id| (*id).into()).collect();
        let fact =
            Fact::KeyRevoked { signer: Signer::Officer(officer.into()), node: "node".into(), key: key.into(), trusted };
        self.says(id, replaces, fact);
    }

    fn approved(&self, record: &str) -> bool {
        self.state.people.trust().approvers(&record.into(), &[Role::Organiser]).next().is_some()
    }

    fn key(&mut self, id: &str, officer: &str, key: &str) {
        let fact = Fact::OfficerKey { officer: officer.into(), node: "node".into(), key: key.into() };
        self.says(id, &[], fact);
    }

    fn approves(&mut self, officer: &str, key: &str, record: &str) -> String {
        let approval = Approval { signer: Signer::Officer(officer.into()), key: key.into(), signature: String::new() };
        let id = format!("approval-{}", self.order);
        self.says(&id, &[], Fact::Approved { record: record.into(), approval });
        id
    }

    fn trusts(&self, fact: &str) -> bool {
        self.state.people.trust().counts(&fact.into())
    }
}

/// An organiser with a key, and people sign in.
fn begun() -> Written {
    let mut written = Written::default();
    written.officer("zhao", &[Role::Organiser]);
    written.key("key-zhao", "zhao", "00");
    written.says("begins", &[], Fact::SignIn { on: true, approvals: Edition::NEWEST });
    written
}

#[test]
fn a_key_that_comes_after_signing_in_began_counts_once_an_organiser_approved_it() {
    let mut written = begun();
    assert!(written.state.people.signs_in());
    assert!(written.trusts("key-zhao"), "made known before");
    written.granted("qian", &[Role::ChiefJudge]);
    written.key("key-qian", "qian", "11");
    assert!(!written.trusts("key-qian"));
    written.approves("qian", "11", "key-qian");
    assert!(!written.trusts("key-qian"), "nobody vouches for the own key, and a chief judge for none");
    written.approves("zhao", "11", "key-qian");
    assert!(!written.trusts("key-qian"), "it is not the organiser's key");
    written.approves("zhao", "00", "key-qian");
    assert!(written.trusts("key-qian"));
}

#[test]
fn keys_do_not_vouch_for_each_other() {
    let mut written = begun();
    for (officer, key) in [("sun", "22"), ("li", "33")] {
        written.granted(officer, &[Role::Organiser]);
        written.key(&format!("key-{officer}"), officer, key);
    }
    written.approves("sun", "22", "key-li");
    written.approves("li", "33", "key-sun");
    assert!(!written.trusts("key-sun") && !written.trusts("key-li"));
    // Naming somebody else's key as the own gives nothing and takes nothing.
    written.key("stolen", "sun", "00");
    written.approves("sun", "00", "key-li");
    assert!(!written.trusts("key-li"));
    written.approves("zhao", "00", "key-sun");
    assert!(written.trusts("key-sun") && written.trusts("key-li"), "a chain from a key that counts");
}

#[test]
fn people_sign_in_until_an_organiser_approved_the_end() {
    let mut written = begun();
    written.says("ends", &["begins"], Fact::SignIn { on: false, approvals: Edition::FIRST });
    assert!(written.state.people.signs_in(), "anybody could write that");
    written.key("key-late", "zhao", "44");
    written.approves("zhao", "44", "ends");
    assert!(written.state.people.signs_in(), "the key came after the end, which does not count yet");
    written.approves("zhao", "00", "ends");
    assert!(!written.state.people.signs_in());
    written.says("again", &["begins", "ends"], Fact::SignIn { on: true, approvals: Edition::NEWEST });
    assert!(written.state.people.signs_in());
    assert!(written.state.people.trust().signed_in_before((4, &"".into())));
    assert!(
        !written.state.people.trust().signed_in_before((7, &"".into())),
        "between the end and the second beginning"
    );
}

#[test]
fn an_approval_counts_in_the_roles_that_were_granted_then() {
    let mut written = begun();
    written.says("bulletin", &[], Fact::SignIn { on: true, approvals: Edition::NEWEST });
    written.approves("zhao", "00", "bulletin");
    let approved = |written: &Written, role| {
        let trust = written.state.people.trust();
        trust.approvers(&"bulletin".into(), &[role]).count()
    };
    assert_eq!((approved(&written, Role::Organiser), approved(&written, Role::ChiefJudge)), (1, 0));
    written.granted("zhao", &[Role::ChiefJudge]);
    assert_eq!((approved(&written, Role::Organiser), approved(&written, Role::ChiefJudge)), (1, 0), "not later");
}

#[test]
fn a_grant_counts_once_an_organiser_approved_it_and_none_vouches_for_itself() {
    let mut written = begun();
    written.key("key-late", "wu", "55");
    let own = written.officer("wu", &[Role::Organiser]);
    written.approves("wu", "55", "key-late");
    written.approves("wu", "55", &own);
    assert!(!written.trusts(&own) && !written.trusts("key-late"), "the grant is what would let wu approve it");
    assert!(written.state.people.officer(&"wu".into()).is_none());
    // Two that approve each other's grants and keys are no better.
    let other = written.officer("zheng", &[Role::Organiser]);
    written.key("key-zheng", "zheng", "66");
    for (officer, key, records) in [("wu", "55", [&*other, "key-zheng"]), ("zheng", "66", [&*own, "key-late"])] {
        records.iter().for_each(|record| drop(written.approves(officer, key, record)));
    }
    assert!(!written.trusts(&own) && !written.trusts(&other));
    written.approves("zhao", "00", &own);
    assert!(written.trusts(&own) && !written.trusts(&other), "wu has no key that counts yet");
    written.approves("zhao", "00", "key-late");
    assert!(
        written.trusts(&own) && written.trusts(&other) && written.trusts("key-zheng"),
        "and then vouches for others"
    );
}

#[test]
fn a_grant_taken_back_takes_back_what_was_approved_after_it_whenever_that_came() {
    let mut written = begun();
    written.granted("qian", &[Role::Organiser]);
    written.key("key-qian", "qian", "11");
    written.approves("zhao", "00", "key-qian");
    let less = written.officer("qian", &[Role::Registrar]);
    written.key("key-sun", "sun", "22");
    written.approves("qian", "11", "key-sun");
    assert!(written.trusts("key-sun"), "nobody approved yet that qian organises no more");
    written.approves("zhao", "00", &less);
    assert!(!written.trusts("key-sun"), "it stands before the approval in display order");
    // Two that take each other's right away: neither approves anything, and each stays as it was granted for certain.
    let mut written = begun();
    written.granted("qian", &[Role::Organiser]);
    written.key("key-qian", "qian", "11");
    written.approves("zhao", "00", "key-qian");
    let (of_zhao, of_qian) = (written.officer("zhao", &[Role::Registrar]), written.officer("qian", &[Role::Registrar]));
    written.approves("qian", "11", &of_zhao);
    written.approves("zhao", "00", &of_qian);
    written.key("key-sun", "sun", "22");
    written.approves("zhao", "00", "key-sun");
    assert!(!written.trusts(&of_zhao) && !written.trusts(&of_qian) && !written.trusts("key-sun"));
}

#[test]
fn what_was_approved_with_a_key_that_is_revoked_is_approved_no_more_but_for_what_is_named() {
    let mut written = begun();
    written.granted("qian", &[Role::Organiser]);
    written.key("key-qian", "qian", "11");
    written.approves("zhao", "00", "key-qian");
    let kept = written.approves("qian", "11", "one");
    written.approves("qian", "11", "two");
    written.revokes("out", &[], ("qian", "11"), &[&kept]);
    assert!(written.approved("two"), "no organiser approved that yet");
    written.approves("qian", "11", "out");
    assert!(written.approved("two"), "nor does the key itself revoke itself");
    written.approves("zhao", "00", "out");
    assert!(written.approved("one") && !written.approved("two"));
    let trust = written.state.people.trust();
    let qian = Signer::Officer("qian".into());
    assert!(!trust.holds("11", &qian, &"node".into()) && trust.is_revoked("11", &qian));
    assert!(!trust.has_key(&qian, &"node".into()) && trust.counts(&"key-qian".into()));
    // Back-dated: before everything in display order.
    let order = std::mem::replace(&mut written.order, 3);
    written.approves("qian", "11", "three");
    written.order = order;
    assert!(!written.approved("three"));
    // Whose key was revoked does not lift that.
    written.revokes("lifts", &["out"], ("qian", "11"), &["approval-x"]);
    written.approves("qian", "11", "lifts");
    assert!(!written.approved("two") && written.trusts("out") && !written.trusts("lifts"));
    // An organiser settles anew what is trusted.
    written.revokes("again", &["out", "lifts"], ("qian", "11"), &[]);
    written.approves("zhao", "00", "again");
    assert!(!written.approved("one"));
}

#[test]
fn two_keys_that_revoke_each_other_both_approve_nothing_until_a_third_decides() {
    let mut written = Written::default();
    for (officer, key) in [("zhao", "00"), ("qian", "11"), ("sun", "22")] {
        written.officer(officer, &[Role::Organiser]);
        written.key(&format!("key-{officer}"), officer, key);
    }
    written.says("begins", &[], Fact::SignIn { on: true, approvals: Edition::NEWEST });
    written.approves("zhao", "00", "one");
    written.revokes("of-qian", &[], ("qian", "11"), &[]);
    written.revokes("of-zhao", &[], ("zhao", "00"), &[]);
    written.approves("zhao", "00", "of-qian");
    written.approves("qian", "11", "of-zhao");
    assert!(!written.approved("one"), "the careful way");
    written.revokes("settles", &[], ("qian", "11"), &[]);
    written.approves("sun", "22", "settles");
    assert!(written.approved("one") && written.trusts("of-qian") && !written.trusts("of-zhao"));
}
