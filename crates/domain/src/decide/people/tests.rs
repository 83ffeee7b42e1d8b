#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::command::people::SaveOfficer;
use crate::competition::Competition;
use crate::confirmation::{Duty, ResultsConfirmation};
use crate::decide::found::founded::{sample, take};
use crate::draw::{Office, Opening, Seal};

fn context() -> Context {
    Context { today: "2026-11-24".into(), actor: "operator".into(), seed: 1 }
}

fn officer(name: &str, roles: &[Role]) -> Officer {
    Officer { name: name.into(), roles: roles.iter().copied().collect(), ..Officer::default() }
}

/// Somebody who works here, with a key that counts as long as nobody signs in.
fn with_key(state: &mut Competition, seed: u128, name: &str, roles: &[Role]) -> OfficerId {
    let context = Context { seed, ..context() };
    let (drafts, id) = save(state, None, &officer(name, roles), "", &context).unwrap();
    take(state, drafts);
    let key = key(state, &Signer::Officer(id.clone()), &"node".into(), name);
    take(state, vec![key]);
    id
}

fn approve(state: &mut Competition, officer: &OfficerId, name: &str, record: &FactId) {
    let approval = Approval { signer: Signer::Officer(officer.clone()), key: name.into(), signature: String::new() };
    take(state, vec![approved(record.clone(), approval)]);
}

#[test]
fn who_works_here_is_refused_with_the_reason() {
    let mut state = Competition::default();
    let refused = |state: &Competition, officer: &Officer| save(state, None, officer, "", &context()).unwrap_err().code;
    assert_eq!(refused(&state, &officer(" ", &[Role::Organiser])), "missing-name");
    assert_eq!(refused(&state, &officer("模拟甲", &[])), "officer-roles");
    assert_eq!(refused(&state, &officer("模拟甲", &[Role::Judge])), "officer-judges");
    let nowhere = Officer { nodes: ["x".into()].into(), ..officer("模拟甲", &[Role::Organiser]) };
    assert_eq!(refused(&state, &nowhere), "node-form");
    let id = with_key(&mut state, 1, "模拟甲", &[Role::Organiser]);
    assert_eq!(refused(&state, &officer("模拟甲", &[Role::Recorder])), "duplicate-officer");
    let retired = Officer { retired: true, ..officer("模拟甲", &[Role::Organiser]) };
    assert_eq!(save(&state, Some(&id), &retired, "", &context()).unwrap_err().code, "reason-needed");
    assert_eq!(begin(&state, &[], &"node".into()).unwrap_err().code, "sign-in-nobody");
    let drafts = begin(&state, std::slice::from_ref(&id), &"node".into()).unwrap();
    take(&mut state, drafts);
    assert_eq!(save(&state, Some(&id), &retired, "离职", &context()).unwrap_err().code, "last-organiser");
    let command = SaveOfficer { competition: "c".into(), id: Some(id), officer: retired, reason: String::new() };
    assert_eq!(serde_json::to_value(&command).unwrap()["officer"]["roles"][0], "organiser");
}

#[test]
fn what_is_decided_while_people_sign_in_lacks_approvals_until_as_many_persons_gave_them() {
    let (mut state, event) = sample();
    let organiser = with_key(&mut state, 1, "模拟甲", &[Role::Organiser]);
    let chief = with_key(&mut state, 2, "模拟乙", &[Role::ChiefJudge]);
    let both = with_key(&mut state, 3, "模拟丙", &[Role::DrawOfficer, Role::Supervisor]);
    let supervisor = with_key(&mut state, 4, "模拟丁", &[Role::Supervisor]);
    let findings = crate::view::home::findings(&state, &event);
    let drafts = begin(&state, std::slice::from_ref(&organiser), &"node".into()).unwrap();
    take(&mut state, drafts);
    assert!(approvals::awaited(&state).is_empty(), "what was decided before wants none");

    let confirmation = ResultsConfirmation { name: "模拟乙".into(), digest: "0".repeat(64) };
    let confirmed = Fact::ResultsConfirmed { event: event.clone(), duty: Duty::ChiefJudge, confirmation };
    take(&mut state, vec![draft(confirmed, Vec::new(), "")]);
    let awaited = approvals::awaited(&state);
    assert_eq!(awaited[0].missing, [[Role::ChiefJudge]]);
    assert_eq!(crate::view::home::findings(&state, &event), findings + 1);
    let record = awaited[0].record.clone();
    assert_eq!(may_approve(&state, &record, &supervisor).unwrap_err().code, "approve-role");
    assert_eq!(may_approve(&state, &record, &chief), Ok(()));
    approve(&mut state, &chief, "模拟乙", &record);
    assert!(approvals::awaited(&state).is_empty());
    assert_eq!(may_approve(&state, &record, &chief).unwrap_err().code, "nothing-to-approve");

    // One person in both offices is one person.
    let seal = Seal { seal: "seal".into(), officer: "模拟丙".into(), supervisor: "模拟丁".into(), lock: None };
    take(&mut state, vec![draft(Fact::Sealed { event: event.clone(), seal }, Vec::new(), "")]);
    let record = approvals::awaited(&state)[0].record.clone();
    approve(&mut state, &both, "模拟丙", &record);
    assert_eq!(approvals::awaited(&state)[0].missing.len(), 1);
    assert_eq!(may_approve(&state, &record, &both).unwrap_err().code, "approve-twice");
    approve(&mut state, &supervisor, "模拟丁", &record);
    assert!(approvals::awaited(&state).is_empty());

    for (office, name) in Office::PAIR.into_iter().zip(["模拟丙", "模拟丁"]) {
        let opening =
            Opening { seals: vec!["seal".into()], name: name.into(), codes: std::collections::BTreeMap::new() };
        let opened = Fact::Opened { event: event.clone(), office, opening };
        take(&mut state, vec![draft(opened, Vec::new(), "结果已确认")]);
    }
    let records: Vec<FactId> = approvals::awaited(&state).into_iter().map(|own| own.record).collect();
    assert_eq!(records.len(), 2);
    for record in &records {
        approve(&mut state, &both, "模拟丙", record);
    }
    assert_eq!(approvals::awaited(&state).len(), 1, "two persons open");
    let record = approvals::awaited(&state)[0].record.clone();
    approve(&mut state, &supervisor, "模拟丁", &record);
    assert!(approvals::awaited(&state).is_empty());

    // A ruling: who of equals ranks first, and what became of a finding.
    let entry = state.entries.keys().next().unwrap().clone();
    let decision = crate::fact::Decision { by: jiangsai_scoring::rulebook::Last::Manual, order: vec![entry.clone()] };
    take(&mut state, vec![draft(Fact::Decision { entry, decision }, Vec::new(), "")]);
    let settled = crate::finding::FindingDecision::Leave;
    take(&mut state, vec![draft(Fact::Settled { finding: "finding".into(), decision: settled }, Vec::new(), "")]);
    let awaited = approvals::awaited(&state);
    assert_eq!(awaited.len(), 2);
    for own in awaited {
        assert_eq!(own.missing, [[Role::ChiefJudge]]);
        approve(&mut state, &chief, "模拟乙", &own.record);
    }
    assert!(approvals::awaited(&state).is_empty());

    // A key that nobody approved holds up nothing.
    let late = key(&state, &Signer::Officer(chief.clone()), &"another".into(), "xx");
    take(&mut state, vec![late]);
    assert!(approvals::awaited(&state)[0].idle);
    assert_eq!(crate::view::home::findings(&state, &event), findings);
}
