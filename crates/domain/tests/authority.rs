//! Where people sign in: what whoever wrote it had no right to write stands in quarantine, whatever comes in whatever order.
#![allow(clippy::unwrap_used, unused_crate_dependencies, reason = "tests")]

mod authority {
    mod judges;
}

use jiangsai_domain::approval::Edition;
use jiangsai_domain::command::Role;
use jiangsai_domain::command::judging::Judge;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::trust;
use jiangsai_domain::envelope::Envelope;
use jiangsai_domain::fact::{Fact, MarkPlace};
use jiangsai_domain::ids::FactId;
use jiangsai_domain::people::{Approval, Officer, Signer};
use jiangsai_domain::trust::{Cut, Origin, Revocation, Why};
use jiangsai_domain::view::{approvals, findings, quarantine};
use jiangsai_scoring::{Exact, Mark};
use proptest::prelude::*;

/// Facts as computers of one letter wrote them; `f` founded the competition. The public key of a computer is its letter in capitals, the key of
/// a person there is the person's name with it.
#[derive(Clone, Default)]
struct Hall {
    facts: Vec<Envelope>,
    order: u64,
}

impl Hall {
    /// At the next place in display order.
    fn says(&mut self, node: &str, actor: &str, fact: Fact) -> FactId {
        self.order += 1;
        self.says_at(self.order, node, actor, &[], fact)
    }

    fn says_at(&mut self, order: u64, node: &str, actor: &str, replaces: &[&FactId], fact: Fact) -> FactId {
        let seq = self.facts.iter().filter(|one| one.origin.node.as_str() == node).count();
        let id = FactId::new(format!("{node}{seq:02}"));
        self.facts.push(Envelope {
            id: id.clone(),
            origin: Origin { node: node.into(), log: node.into(), seq: seq as u64, founding: node == "f" },
            order,
            at: 0,
            actor: actor.into(),
            replaces: replaces.iter().map(|id| (*id).clone()).collect(),
            reason: "模拟".into(),
            fact: Ok(fact),
        });
        id
    }

    fn grants(&mut self, node: &str, actor: &str, officer: &str, roles: &[Role], nodes: &[&str]) -> FactId {
        self.says(node, actor, grant(officer, roles, nodes))
    }

    fn key(&mut self, node: &str, actor: &str, officer: &str) -> FactId {
        self.says(node, actor, key(node, officer))
    }

    fn approves(&mut self, node: &str, officer: &str, record: &FactId) -> FactId {
        let fact = approved(node, officer, record);
        self.says(node, &format!("officer:{officer}"), fact)
    }

    /// Zhao organises and qian is chief judge, both with keys at `f`; sun is chief judge at `d` alone, with a key there; people sign in.
    fn begun() -> Self {
        Self::begun_with(Edition::NEWEST)
    }

    fn begun_with(edition: Edition) -> Self {
        let mut hall = Self::default();
        hall.people();
        hall.begins(edition);
        hall
    }

    fn begin(&mut self) {
        self.people();
        self.begins(Edition::NEWEST);
    }

    fn begins(&mut self, approvals: Edition) {
        self.says("f", "operator", Fact::SignIn { on: true, approvals });
    }

    fn people(&mut self) {
        self.grants("f", "operator", "zhao", &[Role::Organiser], &[]);
        self.grants("f", "operator", "qian", &[Role::ChiefJudge], &[]);
        self.grants("f", "operator", "sun", &[Role::ChiefJudge], &["D"]);
        for (node, officer) in [("f", "zhao"), ("f", "qian"), ("d", "sun")] {
            self.key(node, "operator", officer);
        }
    }

    fn state(&self) -> Competition {
        let state = Competition::fold(self.facts.clone());
        let wanted = state.snapshot().unwrap();
        // One by one, forwards and backwards.
        for facts in [self.facts.clone(), self.facts.iter().rev().cloned().collect()] {
            assert_eq!(one_by_one(facts).snapshot().unwrap(), wanted);
        }
        assert_eq!(Competition::restore(&wanted).unwrap().snapshot().unwrap(), wanted);
        state
    }

    fn why(&self, id: &FactId) -> Option<Why> {
        self.state().quarantine.get(id).map(|own| own.why)
    }
}

fn grant(officer: &str, roles: &[Role], nodes: &[&str]) -> Fact {
    let nodes = nodes.iter().map(|node| (*node).into()).collect();
    let value = Officer { name: officer.into(), roles: roles.iter().copied().collect(), nodes, ..Officer::default() };
    Fact::Officer { officer: officer.into(), value }
}

fn key(node: &str, officer: &str) -> Fact {
    let at = node.to_uppercase();
    Fact::OfficerKey { officer: officer.into(), node: at.as_str().into(), key: format!("{officer}{at}") }
}

fn approved(node: &str, officer: &str, record: &FactId) -> Fact {
    let key = format!("{officer}{}", node.to_uppercase());
    let approval = Approval { signer: Signer::Officer(officer.into()), key, signature: String::new() };
    Fact::Approved { record: record.clone(), approval }
}

fn done() -> Fact {
    Fact::Final { event: "e".into(), done: true }
}

fn mark(judge: Option<&str>, value: &str) -> Fact {
    let judge = judge.map(Into::into);
    let place = MarkPlace::once(&"e".into(), &"n".into(), &"P1".into(), judge.as_ref());
    Fact::Mark { place, mark: Mark::Value(Exact::parse_decimal(value).unwrap()) }
}

/// Takes facts in one by one, as an application does: made anew where something came too late to be followed.
fn one_by_one(facts: impl IntoIterator<Item = Envelope>) -> Competition {
    let (mut state, mut seen) = (Competition::default(), Vec::new());
    for fact in facts {
        seen.push(fact.clone());
        state.evolve(fact);
        if !state.is_settled() {
            state = Competition::fold(seen.iter().cloned());
            assert!(state.is_settled());
        }
    }
    state
}

#[test]
fn what_somebody_without_the_role_wrote_has_no_effect() {
    let mut hall = Hall::begun();
    let by_organiser = hall.says("f", "officer:zhao", done());
    let by_nobody = hall.says("f", "operator", done());
    let by_stranger = hall.says("f", "officer:li", done());
    let by_chief = hall.says("f", "officer:qian", done());
    assert_eq!(hall.why(&by_organiser), Some(Why::Role));
    assert_eq!(hall.why(&by_nobody), Some(Why::Nobody));
    assert_eq!(hall.why(&by_stranger), Some(Why::Role));
    assert_eq!(hall.why(&by_chief), None);
    let state = hall.state();
    assert_eq!(state.events[&"e".into()].done.len(), 1);
    let listed = quarantine::list(&state);
    assert!(
        listed.nodes.is_empty() && listed.records.iter().all(|row| row.adoptable),
        "the chief judge may adopt them"
    );
    let found = findings::list(&state, &"e".into(), &[]);
    let own = found.open.iter().find(|row| row.kind == "unauthorised").unwrap();
    assert_eq!((own.count, own.blocks, own.by_decision), (3, false, true), "as what revoked computers wrote");
}

#[test]
fn what_somebody_wrote_at_another_computer_has_no_effect() {
    let mut hall = Hall::begun();
    let at_own = hall.says("d", "officer:sun", done());
    let without_key = hall.says("f", "officer:sun", done());
    let claimed = hall.says("x", "officer:qian", done());
    assert_eq!(hall.why(&at_own), None);
    assert_eq!(hall.why(&without_key), Some(Why::Elsewhere), "granted at d alone");
    assert_eq!(
        hall.why(&claimed),
        Some(Why::Elsewhere),
        "granted everywhere, and without a key there: anybody could claim that"
    );
    // A key at f does not help whoever is to work at d alone.
    let own = hall.key("f", "officer:sun", "sun");
    hall.approves("f", "zhao", &own);
    assert_eq!(hall.why(&without_key), Some(Why::Elsewhere));
    // One that an organiser approved does where the grant is for every computer.
    let own = hall.key("x", "officer:qian", "qian");
    assert_eq!(hall.why(&claimed), Some(Why::Elsewhere), "nobody approved it yet");
    hall.approves("f", "zhao", &own);
    assert_eq!(hall.why(&claimed), None);
}

#[test]
fn the_grant_that_held_at_that_place_in_the_order_decides() {
    let mut hall = Hall::begun();
    let before = hall.says("f", "officer:qian", done());
    let (order, node) = (hall.order, "f");
    let back = hall.says_at(order + 5, node, "officer:zhao", &[], grant("qian", &[Role::Recorder], &[]));
    hall.order = order + 5;
    hall.approves("f", "zhao", &back);
    let after = hall.says("f", "officer:qian", done());
    let between = hall.says_at(order + 4, "f", "officer:qian", &[], done());
    assert_eq!([&before, &between, &after].map(|id| hall.why(id)), [None, None, Some(Why::Role)]);
    // What comes late bears on what has effect already.
    let early = hall.says_at(order - 1, "f", "officer:zhao", &[], grant("qian", &[], &[]));
    assert_eq!(hall.why(&before), None, "nobody approved it");
    hall.approves("f", "zhao", &early);
    assert_eq!([&before, &between].map(|id| hall.why(id)), [Some(Why::Role); 2]);
}

#[test]
fn a_computer_that_had_not_heard_goes_on_and_the_chief_judge_adopts_its_marks() {
    let mut hall = Hall::default();
    hall.says("d", "operator", Fact::Judge { judge: "j".into(), value: Judge::default() });
    let mut begun = Hall::begun();
    begun.facts.extend(hall.facts);
    let mut hall = begun;
    let at_desk = hall.says("d", "judge:j", mark(Some("j"), "17"));
    let typed = hall.says("d", "operator", mark(Some("k"), "16"));
    let other = hall.says("d", "operator", mark(None, "15"));
    assert_eq!([&at_desk, &typed, &other].map(|id| hall.why(id)), [None, Some(Why::Nobody), Some(Why::Nobody)]);
    // Not everybody adopts.
    let adopts = |records: &[&FactId]| Fact::Adopted { records: records.iter().map(|id| (*id).clone()).collect() };
    let refused = hall.says("d", "operator", adopts(&[&typed]));
    hall.says("f", "officer:zhao", adopts(&[&typed]));
    assert!(hall.why(&typed).is_some());
    let listed = quarantine::list(&hall.state());
    let row = listed.records.iter().find(|row| row.line.fact == refused).unwrap();
    assert_eq!((row.why, row.adoptable), (Why::Nobody, false), "it is said again by somebody who may");
    let drafts = trust::adopt(&hall.state(), &[typed.clone(), other.clone()], "当面核对").unwrap();
    hall.says("f", "officer:qian", drafts[0].fact.clone());
    assert_eq!([&typed, &other].map(|id| hall.why(id)), [None; 2], "several at once");
    assert_eq!(hall.state().marks.len(), 3);
}

#[test]
fn a_judge_writes_what_is_the_judges_own_and_a_leader_what_is_marked_once() {
    let mut hall = Hall::begun();
    let early = hall.says("d", "judge:j", mark(Some("j"), "17"));
    assert_eq!(hall.why(&early), Some(Why::Judge), "nobody made this person a judge");
    let set = Fact::Judge { judge: "j".into(), value: Judge::default() };
    hall.says("f", "officer:zhao", set.clone());
    assert_eq!(hall.why(&early), Some(Why::Judge), "nor before that");
    hall.says_at(1, "g", "operator", &[], set);
    assert_eq!(hall.why(&early), None, "as somebody had who came late");
    let others = hall.says("d", "judge:j", mark(Some("k"), "17"));
    let once = hall.says("d", "judge:j", mark(None, "17"));
    let decides = hall.says("d", "judge:j", done());
    assert_eq!([&others, &once, &decides].map(|id| hall.why(id)), [Some(Why::Judge); 3]);
    let leads = Fact::Leader { event: "e".into(), module: "A".into(), judge: Some("j".into()) };
    hall.says("f", "officer:zhao", leads);
    assert_eq!(hall.why(&once), Some(Why::Judge), "not before");
    let later = hall.says("d", "judge:j", mark(None, "18"));
    assert_eq!(hall.why(&later), None);
}

#[test]
fn what_is_about_people_counts_by_who_approved_it_and_holds_up_nothing() {
    let mut hall = Hall::begun();
    let granted = hall.grants("x", "operator", "li", &[Role::ChiefJudge], &[]);
    let own = hall.key("x", "operator", "li");
    let written = hall.says("x", "officer:li", done());
    assert_eq!(hall.why(&written), Some(Why::Role));
    let state = hall.state();
    assert!(state.people.officer(&"li".into()).is_none());
    assert_eq!(approvals::missing(&state, &"e".into()), 0, "it has no effect, so nothing waits for it");
    let waits = |hall: &Hall| approvals::awaited(&hall.state()).into_iter().map(|own| own.record).collect::<Vec<_>>();
    assert_eq!(waits(&hall), std::slice::from_ref(&granted));
    hall.approves("f", "zhao", &granted);
    assert_eq!(hall.why(&written), Some(Why::Elsewhere));
    assert_eq!(waits(&hall), std::slice::from_ref(&own));
    hall.approves("f", "zhao", &own);
    assert_eq!(hall.why(&written), None);
}

#[test]
fn only_an_organiser_revokes_a_computer_and_nobody_from_behind_the_cut_takes_that_right_away() {
    let revokes = |node: &str, seq| {
        let logs = vec![Cut { log: node.into(), seq, head: format!("{node}{seq:02}").into() }];
        Fact::Revoked { node: node.into(), revocation: Some(Revocation { logs }) }
    };
    let mut hall = Hall::begun();
    let own = hall.key("d", "officer:zhao", "zhao");
    hall.approves("f", "zhao", &own);
    hall.says("d", "operator", revokes("f", 0));
    hall.says("f", "officer:qian", revokes("d", 0));
    assert!(hall.state().trust.revoked().next().is_none());
    // Zhao's PIN and computer are gone: the thief has nobody organise any more.
    let retire = hall.grants("d", "officer:zhao", "zhao", &[Role::Recorder], &[]);
    hall.approves("d", "zhao", &retire);
    assert!(!hall.state().people.officer(&"zhao".into()).unwrap().roles.contains(&Role::Organiser));
    let said = hall.says("f", "officer:zhao", revokes("d", 1));
    let state = hall.state();
    assert!(state.trust.is_revoked(&"d".into()), "{:?}", state.trust.label(&said));
    assert!(state.people.officer(&"zhao".into()).unwrap().roles.contains(&Role::Organiser));
    let listed = quarantine::list(&state);
    let row = listed.records.iter().find(|row| row.line.fact == retire).unwrap();
    assert_eq!((row.why, row.adoptable), (Why::Revoked, false), "what is about people is said again");
}

const NODES: [&str; 4] = ["f", "d", "x", "y"];
const OFFICERS: [&str; 4] = ["zhao", "qian", "sun", "li"];
const ROLES: [&[Role]; 4] = [&[Role::Organiser], &[Role::ChiefJudge], &[Role::Organiser, Role::ChiefJudge], &[]];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("JIANGSAI_LONG").is_some() { 20_000 } else { 500 }))]

    /// Anybody says anything anywhere at any place in the order: one by one, at once and from a snapshot the same comes of it, in any order.
    #[test]
    fn whoever_says_what_the_order_in_which_it_comes_does_not_matter(
        said in proptest::collection::vec((0..12_u8, 0..4_usize, 0..4_usize, 0..4_usize, 0..8_u64, proptest::collection::vec(0..24_usize, 0..3)), 1..20),
        order in Just((0..32_usize).collect::<Vec<_>>()).prop_shuffle(),
        begun in any::<bool>(),
    ) {
        let mut hall = if begun { Hall::begun() } else { Hall::default() };
        for (what, node, by, about, order, named) in said {
            let (node, actor, officer) = (NODES[node], format!("officer:{}", OFFICERS[by]), OFFICERS[about]);
            let ids: Vec<FactId> = hall.facts.iter().map(|one| one.id.clone()).collect();
            let named: Vec<&FactId> = named.iter().filter_map(|at| ids.get(*at)).collect();
            let first = named.first().map_or_else(|| FactId::from("f00"), |id| (*id).clone());
            let cut = |seq| Some(Revocation { logs: vec![Cut { log: NODES[about].into(), seq, head: "h".into() }] });
            let judge = || format!("judge:{officer}");
            let (actor, fact) = match what {
                0 => (actor, grant(officer, ROLES[order as usize % 4], if order > 5 { &["D"] } else { &[] })),
                1 => (actor, Fact::SignIn { on: order % 3 != 0, approvals: Edition::NEWEST }),
                2 => (actor, key(node, officer)),
                3 | 4 => (actor, approved(node, OFFICERS[by], &first)),
                5 => {
                    let key = format!("{officer}{}", NODES[order as usize % 4].to_uppercase());
                    let trusted = named.iter().map(|id| (*id).clone()).collect();
                    (actor, Fact::KeyRevoked { signer: Signer::Officer(officer.into()), node: "D".into(), key, trusted })
                }
                6 => (actor, Fact::Revoked { node: NODES[about].into(), revocation: cut(order) }),
                7 => (actor, Fact::Adopted { records: named.iter().map(|id| (*id).clone()).collect() }),
                8 => (judge(), mark(Some(officer), "17")),
                9 => (judge(), mark(None, ["16", "17"][by % 2])),
                10 => (actor, Fact::Leader { event: "e".into(), module: "A".into(), judge: Some(officer.into()) }),
                _ if by == 0 => (actor, Fact::Judge { judge: officer.into(), value: Judge::default() }),
                _ => (if by == 1 { "operator".into() } else { actor }, done()),
            };
            hall.says_at(hall.order.saturating_sub(3) + order, node, &actor, &named, fact);
            hall.order += 1;
        }
        let wanted = Competition::fold(hall.facts.clone()).snapshot().unwrap();
        let mixed = || order.iter().filter_map(|at| hall.facts.get(*at).cloned());
        prop_assert_eq!(&one_by_one(mixed()).snapshot().unwrap(), &wanted);
        prop_assert_eq!(&Competition::fold(mixed()).snapshot().unwrap(), &wanted);
    }
}

#[test]
fn a_key_of_the_founding_computer_is_revoked_there_alone() {
    let revokes = |officer: &str, node: &str| {
        let key = format!("{officer}{node}");
        Fact::KeyRevoked { signer: Signer::Officer(officer.into()), node: node.into(), key, trusted: Vec::new() }
    };
    let mut hall = Hall::begun();
    let own = hall.key("d", "officer:zhao", "zhao");
    hall.approves("f", "zhao", &own);
    // Somebody saw zhao's PIN at d, and takes the key at f away; and the other way round.
    let thief = hall.says("d", "officer:zhao", revokes("zhao", "F"));
    hall.approves("d", "zhao", &thief);
    let trust = |hall: &Hall| {
        let state = hall.state();
        let zhao = Signer::Officer("zhao".into());
        let holds = |node: &str| state.people.trust().holds(&format!("zhao{node}"), &zhao, &node.into());
        (holds("F"), holds("D"))
    };
    assert_eq!(trust(&hall), (true, true));
    let answer = hall.says("f", "officer:zhao", revokes("zhao", "D"));
    hall.approves("f", "zhao", &answer);
    assert_eq!(trust(&hall), (true, false));
    let granted = hall.grants("d", "officer:zhao", "li", &[Role::ChiefJudge], &[]);
    hall.approves("d", "zhao", &granted);
    assert!(hall.state().people.officer(&"li".into()).is_none());
}

#[test]
fn the_founding_computer_undoes_a_beginning_of_which_only_a_thief_knows_the_pin() {
    let mut hall = Hall::default();
    hall.says("f", "operator", done());
    hall.grants("d", "operator", "li", &[Role::Organiser], &[]);
    hall.key("d", "operator", "li");
    hall.says("d", "operator", Fact::SignIn { on: true, approvals: Edition::NEWEST });
    let revoked = Fact::Revoked { node: "d".into(), revocation: Some(Revocation::default()) };
    hall.says("x", "operator", revoked.clone());
    assert!(hall.state().people.signs_in(), "not from anywhere");
    hall.says("f", "operator", revoked);
    let state = hall.state();
    assert!(!state.people.signs_in() && state.trust.is_revoked(&"d".into()));
}
