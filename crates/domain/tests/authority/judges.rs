//! Judges' keys: which signatures want them, and which approvals hold. Draws, and sheets that are opened again.

use crate::{Hall, approved, grant};
use jiangsai_domain::approval::Edition;
use jiangsai_domain::command::Role;
use jiangsai_domain::command::judging::Judge;
use jiangsai_domain::draw::{Held, Layer, Lot, Method};
use jiangsai_domain::fact::{Fact, MarkPlace};
use jiangsai_domain::ids::FactId;
use jiangsai_domain::people::{Approval, Signer};
use jiangsai_domain::sheet::{Rescore, SheetPlace, SheetState};
use jiangsai_domain::trust::{Cut, Revocation};
use jiangsai_domain::view::approvals::{SignedWith, awaited, decisions, signed_with};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn judge_key(node: &str, judge: &str, key: &str) -> Fact {
    Fact::JudgeKey { judge: judge.into(), node: node.to_uppercase().as_str().into(), key: key.into() }
}

fn sheet(judge: &str, entry: &str) -> SheetPlace {
    SheetPlace { event: "e".into(), entry: entry.into(), module: "A".into(), judge: Some(judge.into()) }
}

fn signed(judge: &str, entry: &str) -> Fact {
    Fact::Sheet { sheet: sheet(judge, entry), state: SheetState::Signed { by: judge.into(), marks: Vec::new() } }
}

fn own(judge: &str, key: &str, record: &FactId) -> Fact {
    let signer = Signer::Judge(judge.into());
    let approval = Approval { signer, key: key.into(), signature: String::new() };
    Fact::Approved { record: record.clone(), approval }
}

fn revoked(judge: &str, key: &str, trusted: &[&FactId]) -> Fact {
    let trusted = trusted.iter().map(|id| (*id).clone()).collect();
    Fact::KeyRevoked { signer: Signer::Judge(judge.into()), node: "D".into(), key: key.into(), trusted }
}

fn judge(hall: &mut Hall, judge: &str) {
    hall.says("f", "operator", Fact::Judge { judge: judge.into(), value: Judge::default() });
}

impl Hall {
    /// As [`Hall::begun`], with the judges j and k. Key `jD` of j was made known at `d` before people signed in; k has none.
    fn with_judges() -> Self {
        let mut hall = Self::default();
        for id in ["j", "k"] {
            judge(&mut hall, id);
        }
        hall.says("d", "operator", judge_key("d", "j", "jD"));
        hall.begin();
        hall
    }

    fn signs(&mut self, node: &str, judge: &str, entry: &str) -> FactId {
        self.says(node, &format!("judge:{judge}"), signed(judge, entry))
    }

    fn with_key(&mut self, node: &str, judge: &str, key: &str, entry: &str) -> (FactId, FactId) {
        let record = self.signs(node, judge, entry);
        let approval = self.says(node, &format!("judge:{judge}"), own(judge, key, &record));
        (record, approval)
    }

    /// Signatures that lack the judge's approval.
    fn lacking(&self) -> Vec<FactId> {
        let lacking = awaited(&self.state()).into_iter().filter(|own| !own.idle);
        lacking.filter(|own| own.missing == [[Role::Judge]]).map(|own| own.record).collect()
    }

    fn with(&self, record: &FactId, by: &str) -> SignedWith {
        let order = self.facts.iter().find(|one| one.id == *record).unwrap().order;
        signed_with(&self.state(), (order, record), &by.into())
    }

    /// As an organiser who is signed in says it.
    fn organiser_says(&mut self, fact: Fact) -> FactId {
        let id = self.says("f", "officer:zhao", fact);
        self.approves("f", "zhao", &id);
        id
    }
}

#[test]
fn a_judge_who_has_a_key_at_a_desk_signs_with_it_there_and_nobody_else_has_to() {
    let mut hall = Hall::with_judges();
    let (good, _) = hall.with_key("d", "j", "jD", "n1");
    let bare = hall.signs("d", "j", "n2");
    let keyless = hall.signs("d", "k", "n1");
    let elsewhere = hall.signs("x", "j", "n3");
    assert_eq!(hall.lacking(), std::slice::from_ref(&bare));
    assert_eq!(
        [(&good, "j"), (&bare, "j"), (&keyless, "k"), (&elsewhere, "j")].map(|(id, by)| hall.with(id, by)),
        [SignedWith::OwnKey, SignedWith::Lacking, SignedWith::Nothing, SignedWith::Nothing]
    );
    assert!(hall.state().quarantine.is_empty(), "who may write what is as it was");
    // Opened again and signed anew, nothing lacks.
    let opened = Fact::Sheet { sheet: sheet("j", "n2"), state: SheetState::Reopened };
    let opened = hall.says_at(hall.order + 1, "f", "officer:qian", &[&bare], opened);
    hall.order += 1;
    hall.approves("f", "qian", &opened);
    assert!(hall.lacking().is_empty());
    // Before people signed in nobody had to.
    let mut hall = Hall::default();
    judge(&mut hall, "j");
    hall.says("d", "operator", judge_key("d", "j", "jD"));
    hall.signs("d", "j", "n1");
    hall.begin();
    assert!(awaited(&hall.state()).is_empty());
}

#[test]
fn nobody_signs_for_a_judge() {
    let mut hall = Hall::with_judges();
    hall.organiser_says(judge_key("d", "k", "kD"));
    let (other, _) = hall.with_key("d", "j", "jD", "n0");
    let record = hall.signs("d", "j", "n1");
    let by = hall.signs("d", "j", "n2");
    for fact in
        [own("j", "kD", &record), own("k", "kD", &record), own("k", "jD", &record), own("j", "unknown", &record)]
    {
        hall.says("d", "judge:j", fact);
    }
    assert_eq!(
        hall.lacking(),
        [record.clone(), by.clone()],
        "another judge's key, another judge, a key that nobody knows"
    );
    // A key that waits, and one that somebody else says is the judge's.
    hall.says("d", "judge:j", judge_key("d", "j", "late"));
    hall.says("d", "judge:j", own("j", "late", &record));
    // Officers, whatever they may approve.
    hall.approves("f", "zhao", &record);
    hall.approves("f", "qian", &record);
    assert_eq!(hall.lacking(), [record.clone(), by.clone()]);
    assert_eq!(hall.with(&other, "j"), SignedWith::OwnKey, "an approval of another record is none of this one");
    hall.says("x", "judge:j", own("j", "jD", &record));
    assert_eq!(hall.lacking(), [by], "with the key it is the judge's, whoever carries it here");
}

#[test]
fn a_key_that_waits_holds_up_nobody_and_what_was_signed_with_it_holds_once_it_counts() {
    let mut hall = Hall::with_judges();
    let key = hall.says("d", "judge:k", judge_key("d", "k", "kD"));
    let (first, _) = hall.with_key("d", "k", "kD", "n1");
    assert_eq!((hall.lacking().len(), hall.with(&first, "k")), (0, SignedWith::Nothing));
    let waits: Vec<_> = awaited(&hall.state()).into_iter().filter(|own| own.idle).map(|own| own.record).collect();
    assert_eq!(waits, std::slice::from_ref(&key), "an organiser sees it where officers' keys wait");
    hall.approves("f", "qian", &key);
    assert_eq!(hall.with(&first, "k"), SignedWith::Nothing, "a chief judge approves no keys");
    hall.approves("f", "zhao", &key);
    assert_eq!((hall.lacking().len(), hall.with(&first, "k")), (0, SignedWith::OwnKey));
    let bare = hall.signs("d", "k", "n2");
    assert_eq!(hall.lacking(), [bare]);
    // Another PIN brings another key; what was signed with the one before stays signed.
    hall.organiser_says(judge_key("d", "k", "kD2"));
    let (second, _) = hall.with_key("d", "k", "kD2", "n3");
    assert_eq!([&first, &second].map(|id| hall.with(id, "k")), [SignedWith::OwnKey; 2]);
    // A key that another computer says was made at this one makes nobody sign with it here.
    let claimed = hall.says("x", "judge:j", judge_key("y", "j", "jY"));
    hall.approves("f", "zhao", &claimed);
    let there = hall.signs("y", "j", "n4");
    assert_eq!(hall.with(&there, "j"), SignedWith::Nothing);
}

#[test]
fn a_copied_key_is_revoked_with_what_is_still_trusted() {
    let mut hall = Hall::with_judges();
    let (kept, trusted) = hall.with_key("d", "j", "jD", "n1");
    let (doubted, _) = hall.with_key("d", "j", "jD", "n2");
    let said = hall.says("f", "officer:zhao", revoked("j", "jD", &[&trusted]));
    assert!(hall.lacking().is_empty(), "no organiser approved that yet");
    hall.approves("f", "zhao", &said);
    assert_eq!((hall.lacking(), hall.with(&kept, "j")), (vec![doubted.clone()], SignedWith::OwnKey));
    // Nobody is held up: until there is another key the judge signs as before there were any.
    let (after, _) = hall.with_key("d", "j", "jD", "n3");
    assert_eq!((hall.lacking(), hall.with(&after, "j")), (vec![doubted.clone()], SignedWith::Nothing));
    // Back-dated with the copy: it lacks an approval.
    let order = hall.facts.iter().find(|one| one.id == doubted).unwrap().order;
    let late = hall.says_at(order, "d", "judge:j", &[], signed("j", "n4"));
    hall.says_at(order, "d", "judge:j", &[], own("j", "jD", &late));
    assert_eq!(hall.with(&late, "j"), SignedWith::Lacking);
    let key = hall.says("d", "officer:zhao", judge_key("d", "j", "jD2"));
    hall.approves("f", "zhao", &key);
    let bare = hall.signs("d", "j", "n5");
    assert_eq!(hall.with(&bare, "j"), SignedWith::Lacking, "with the new key again");
}

#[test]
fn what_the_chief_judge_adopted_wants_nothing_of_the_judge() {
    let mut hall = Hall::with_judges();
    let (_, before) = hall.with_key("d", "j", "jD", "n1");
    let seq = hall.facts.iter().find(|one| one.id == before).unwrap().origin.seq;
    let behind = hall.signs("d", "j", "n2");
    let cut = Revocation { logs: vec![Cut { log: "d".into(), seq, head: before }] };
    hall.organiser_says(Fact::Revoked { node: "d".into(), revocation: Some(cut) });
    assert!(hall.state().quarantine.contains_key(&behind) && hall.lacking().is_empty());
    let adopted = hall.says("f", "officer:qian", Fact::Adopted { records: vec![behind.clone()] });
    hall.approves("f", "qian", &adopted);
    assert!(hall.state().quarantine.is_empty() && hall.lacking().is_empty());
    assert_eq!(hall.with(&behind, "j"), SignedWith::Nothing);
}

fn drawn(draw: Option<&str>) -> Fact {
    let held = draw.map(|draw| Held { draw: draw.into(), by: Method::Lots, voids: None });
    Fact::Draw { event: "e".into(), layer: Layer::Place, session: String::new(), held }
}

fn lot(draw: &str) -> Fact {
    let lot = Some(Lot { session: String::new(), code: "07".into() });
    Fact::Lot { draw: draw.into(), entry: "n".into(), lot }
}

fn rescore() -> Fact {
    let place = MarkPlace::once(&"e".into(), &"n".into(), &"P1".into(), Some(&"j".into()));
    Fact::Rescore { place, request: Some(Rescore { first: vec!["m".into()] }) }
}

#[test]
fn draws_and_marks_given_again_want_approvals_where_that_was_said_when_people_began_to_sign_in() {
    let opened = || Fact::Sheet { sheet: sheet("j", "n"), state: SheetState::Reopened };
    for (edition, wanted) in [(Edition::FIRST, 0), (Edition::NEWEST, 4)] {
        let mut hall = Hall::begun_with(edition);
        let wu = hall.organiser_says(grant("wu", &[Role::DrawOfficer], &[]));
        assert!(hall.state().people.trust().counts(&wu));
        let of_wu = hall.key("f", "officer:wu", "wu");
        hall.approves("f", "zhao", &of_wu);
        hall.says("f", "officer:zhao", Fact::Entry { entry: "n".into(), event: "e".into(), person: "p".into() });
        let held = hall.says("f", "officer:wu", drawn(Some("d1")));
        let own = hall.says("f", "officer:wu", lot("d1"));
        let opened = hall.says("f", "officer:qian", opened());
        let again = hall.says("f", "officer:qian", rescore());
        let records = |hall: &Hall| awaited(&hall.state()).into_iter().map(|own| own.record).collect::<Vec<_>>();
        assert_eq!(records(&hall).len(), wanted);
        if wanted == 0 {
            continue;
        }
        let missing: Vec<_> = awaited(&hall.state()).into_iter().map(|own| own.missing).collect();
        let [draw, chief] = [vec![Role::DrawOfficer, Role::Organiser], vec![Role::ChiefJudge]];
        assert_eq!(missing, [vec![draw.clone()], vec![draw], vec![chief.clone()], vec![chief]]);
        // The chief judge draws nothing, and an organiser opens no sheets.
        for record in [&held, &own] {
            hall.approves("f", "qian", record);
        }
        for record in [&opened, &again] {
            hall.approves("f", "zhao", record);
        }
        assert_eq!(records(&hall).len(), 4);
        hall.approves("f", "wu", &held);
        hall.approves("f", "zhao", &own);
        assert_eq!(records(&hall), [opened.clone(), again.clone()], "one of the two is enough");
        hall.approves("f", "qian", &opened);
        hall.approves("f", "qian", &again);
        // A draw that is void wants an approval for that; its lots say nothing any more.
        let late = hall.says("f", "officer:wu", lot("d2"));
        assert!(!records(&hall).contains(&late), "a draw that nobody held");
        let void = hall.says_at(hall.order + 1, "f", "officer:wu", &[&held], drawn(None));
        assert_eq!(records(&hall), [void]);
    }
}

const JUDGES: [&str; 2] = ["j", "k"];
const DESKS: [&str; 2] = ["d", "x"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("JIANGSAI_LONG").is_some() { 20_000 } else { 300 }))]

    /// Whatever judges, keys, approvals and revocations there are, what lacks an approval is what the rule of the protocol says, read off the
    /// facts one by one; in whatever order they come.
    #[test]
    fn what_lacks_a_judges_approval_is_what_the_rule_says(
        said in proptest::collection::vec((0..7_u8, 0..2_usize, 0..2_usize, 0..2_usize, any::<bool>(), 0..24_usize), 1..24),
        begins in 0..12_usize,
        order in Just((0..96_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut hall = Hall::default();
        for id in JUDGES {
            judge(&mut hall, id);
        }
        hall.people();
        let mut approved_by_zhao: BTreeSet<FactId> = BTreeSet::new();
        let mut begun = None;
        for (at, (what, node, by, of, yes, named)) in said.iter().enumerate() {
            if at == begins {
                begun = Some(hall.order + 1);
                hall.begins(Edition::NEWEST);
            }
            let (node, by) = (DESKS[*node], JUDGES[*by]);
            let key = format!("{}{}{}", JUDGES[*of], node, u8::from(*yes));
            let earlier = |kind: &str| {
                let own = hall.facts.iter().filter(|one| one.fact.as_ref().is_ok_and(|fact| fact.kind() == kind));
                own.map(|one| one.id.clone()).collect::<Vec<_>>()
            };
            let sheets = earlier("sheet.state");
            match what {
                0 => drop(hall.says(node, &format!("judge:{by}"), judge_key(node, by, &key))),
                1 | 2 => drop(hall.signs(node, by, &format!("n{at}"))),
                3 | 4 => {
                    if let Some(record) = sheets.get(named % sheets.len().max(1)) {
                        hall.says(node, &format!("judge:{by}"), own(by, &key, record));
                    }
                }
                5 => {
                    let keys = earlier("judge.key");
                    if let Some(record) = keys.get(named % keys.len().max(1)).cloned() {
                        hall.approves("f", "zhao", &record);
                        approved_by_zhao.insert(record);
                    }
                }
                _ => {
                    let approvals = earlier("approved");
                    let trusted = approvals.get(named % approvals.len().max(1)).cloned();
                    let said = hall.says("f", "officer:zhao", revoked(by, &key, &trusted.iter().collect::<Vec<_>>()));
                    if *yes || begun.is_none() {
                        hall.approves("f", "zhao", &said);
                        approved_by_zhao.insert(said);
                    }
                }
            }
        }
        let wanted = lacking_by_the_rule(&hall, begun, &approved_by_zhao);
        prop_assert_eq!(hall.lacking().into_iter().collect::<BTreeSet<_>>(), wanted);
        let seen = |facts: Vec<_>| {
            let state = crate::one_by_one(facts);
            decisions(&state).into_iter().map(|own| (own.kind, own.awaited)).collect::<Vec<_>>()
        };
        let mixed = order.iter().filter_map(|at| hall.facts.get(*at).cloned()).collect();
        prop_assert_eq!(seen(mixed), seen(hall.facts.clone()));
    }
}

/// Rule 6 of the protocol, as somebody reads it who has the facts in their order: every one of them is where its number says.
fn lacking_by_the_rule(hall: &Hall, begun: Option<u64>, approved_by_zhao: &BTreeSet<FactId>) -> BTreeSet<FactId> {
    let Some(begun) = begun else { return BTreeSet::new() };
    let counts = |id: &FactId, order: u64| order < begun || approved_by_zhao.contains(id);
    let mut lacking = BTreeSet::new();
    for one in &hall.facts {
        let Ok(Fact::Sheet { state: SheetState::Signed { by, .. }, .. }) = &one.fact else { continue };
        let is_key = |key: &str| {
            hall.facts.iter().any(|own| match &own.fact {
                Ok(Fact::JudgeKey { judge, key: known, .. }) => {
                    judge == by && known == key && counts(&own.id, own.order)
                }
                _ => false,
            })
        };
        let revocations = |key: &str| -> Vec<(u64, Vec<FactId>)> {
            let of = |own: &&jiangsai_domain::envelope::Envelope| counts(&own.id, own.order);
            let said = hall.facts.iter().filter(of).filter_map(|own| match &own.fact {
                Ok(Fact::KeyRevoked { signer: Signer::Judge(judge), key: known, trusted, .. }) => {
                    (judge == by && known == key).then(|| (own.order, trusted.clone()))
                }
                _ => None,
            });
            said.collect()
        };
        let wants = hall.facts.iter().any(|own| match &own.fact {
            Ok(Fact::JudgeKey { judge, key, .. }) => {
                judge == by
                    && own.origin.node == one.origin.node
                    && own.order < one.order
                    && counts(&own.id, own.order)
                    && revocations(key).iter().all(|(at, _)| *at > one.order)
            }
            _ => false,
        });
        let held = hall.facts.iter().any(|own| match &own.fact {
            Ok(Fact::Approved { record, approval }) => {
                *record == one.id
                    && approval.signer == Signer::Judge(by.clone())
                    && is_key(&approval.key)
                    && revocations(&approval.key).iter().all(|(_, trusted)| trusted.contains(&own.id))
            }
            _ => false,
        });
        if one.order > begun && wants && !held {
            lacking.insert(one.id.clone());
        }
    }
    lacking
}

#[test]
fn an_approval_of_a_judge_is_none_of_an_officer() {
    let mut hall = Hall::with_judges();
    let done = hall.says("f", "officer:qian", crate::done());
    hall.says("d", "judge:j", own("j", "jD", &done));
    let key = hall.says("f", "officer:qian", judge_key("f", "k", "kF"));
    hall.says("d", "judge:j", own("j", "jD", &key));
    let state = hall.state();
    assert!(awaited(&state).iter().any(|own| own.record == done) && !state.people.trust().counts(&key));
    // Nor does it help to call a judge's key that of an officer.
    let fact = approved("d", "j", &done);
    hall.says("d", "officer:j", fact);
    assert!(awaited(&hall.state()).iter().any(|own| own.record == done));
}
