#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
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
            origin: crate::trust::Origin::default(),
            order: self.order,
            at: 0,
            actor: "operator".into(),
            replaces: replaces.iter().map(|id| (*id).into()).collect(),
            reason: String::new(),
            fact: Ok(fact),
        });
    }

    fn officer(&mut self, officer: &str, roles: &[Role]) {
        let value = Officer { name: officer.into(), roles: roles.iter().copied().collect(), ..Officer::default() };
        self.says(&format!("grant-{officer}-{}", self.order), &[], Fact::Officer { officer: officer.into(), value });
    }

    fn key(&mut self, id: &str, officer: &str, key: &str) {
        let fact = Fact::OfficerKey { officer: officer.into(), node: "node".into(), key: key.into() };
        self.says(id, &[], fact);
    }

    fn approves(&mut self, officer: &str, key: &str, record: &str) {
        let approval = Approval { officer: officer.into(), key: key.into(), signature: String::new() };
        let id = format!("approval-{}", self.order);
        self.says(&id, &[], Fact::Approved { record: record.into(), approval });
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
    written.says("begins", &[], Fact::SignIn { on: true });
    written
}

#[test]
fn a_key_that_comes_after_signing_in_began_counts_once_an_organiser_approved_it() {
    let mut written = begun();
    assert!(written.state.people.signs_in());
    assert!(written.trusts("key-zhao"), "made known before");
    written.officer("qian", &[Role::ChiefJudge]);
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
        written.officer(officer, &[Role::Organiser]);
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
    written.says("ends", &["begins"], Fact::SignIn { on: false });
    assert!(written.state.people.signs_in(), "anybody could write that");
    written.key("key-late", "zhao", "44");
    written.approves("zhao", "44", "ends");
    assert!(written.state.people.signs_in(), "the key came after the end, which does not count yet");
    written.approves("zhao", "00", "ends");
    assert!(!written.state.people.signs_in());
    written.says("again", &["begins", "ends"], Fact::SignIn { on: true });
    assert!(written.state.people.signs_in());
    assert!(written.state.people.trust().signed_in_before(4));
    assert!(!written.state.people.trust().signed_in_before(6), "between the end and the second beginning");
}

#[test]
fn an_approval_counts_in_the_roles_that_were_granted_then() {
    let mut written = begun();
    written.says("bulletin", &[], Fact::SignIn { on: true });
    written.approves("zhao", "00", "bulletin");
    let approved = |written: &Written, role| {
        let trust = written.state.people.trust();
        trust.approvers(&"bulletin".into(), role).count()
    };
    assert_eq!((approved(&written, Role::Organiser), approved(&written, Role::ChiefJudge)), (1, 0));
    written.officer("zhao", &[Role::ChiefJudge]);
    assert_eq!((approved(&written, Role::Organiser), approved(&written, Role::ChiefJudge)), (1, 0), "not later");
}
