//! A competition whose names are locked: what is on record of it, who opens it, and what becomes of what was said meanwhile.

use super::hall::{Hall, chance};
use jiangsai_domain::command::draw::{Label, LockNames, OpenEnvelope, OpenSeal, SwapLots};
use jiangsai_domain::command::finalising::ConfirmResults;
use jiangsai_domain::command::hall::SetSeat;
use jiangsai_domain::command::marks::EnterMark;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::confirmation::Duty;
use jiangsai_domain::decide::{entries, lock, marks, results as confirming, seal, seats, swap};
use jiangsai_domain::draw::Office;
use jiangsai_domain::envelope::{Envelope, Refusal};
use jiangsai_domain::fact::Fact;
use jiangsai_domain::ids::{CompetitionId, EntryId, ItemId};
use jiangsai_domain::lock::{Key, OpeningCode};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::{blind, draw, finalising, home, standings};
use jiangsai_scoring::EntryStatus;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What is on three slips of paper, and on the works.
pub struct Papers {
    pub key: Key,
    pub codes: BTreeMap<Office, String>,
    pub labels: Vec<Label>,
    /// Whose each is.
    of: BTreeMap<EntryId, String>,
}

pub const NAMES: [&str; 3] = ["模拟加密员", "模拟监督员", "模拟裁判长"];

fn bytes(seed: u64, what: u8) -> [u8; 32] {
    Sha256::new().chain_update(chance(seed).to_le_bytes()).chain_update([what]).finalize().into()
}

impl Hall {
    pub fn papers(&self, seed: u64) -> Papers {
        let key = Key::new(bytes(seed, 0));
        let code = |(office, what): (Office, u8)| (office, OpeningCode::new(&bytes(seed, what)).to_string());
        let codes = Office::ALL.into_iter().zip(1..).map(code).collect();
        let labels = lock::labels(&self.whole, &self.event, &key, "W").unwrap();
        let label = |(id, entry): (&EntryId, _)| {
            let before = blind::blind_code(&self.whole, entry).label();
            labels.iter().find(|label| label.before == before).map(|label| (id.clone(), label.code.clone()))
        };
        let of = self.whole.entries_of(&self.event).filter_map(label).collect();
        Papers { key, codes, labels, of }
    }

    fn command(&self, papers: &Papers) -> LockNames {
        LockNames {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            officer: NAMES[0].into(),
            supervisor: NAMES[1].into(),
            prefix: "W".into(),
            key: papers.key.into(),
            codes: papers.codes.clone(),
            labels: papers.labels.clone(),
        }
    }

    pub fn locks(&mut self, seed: u64) -> Papers {
        let papers = self.papers(seed);
        let drafts = lock::lock(&self.whole, &self.command(&papers)).unwrap();
        self.take(drafts);
        papers
    }

    pub fn open(&mut self, office: Office, name: &str, code: &str, reason: &str) -> Result<(), Refusal> {
        let (competition, event) = (CompetitionId::default(), self.event.clone());
        let (name, code, reason) = (name.into(), code.into(), reason.into());
        let drafts = if office == Office::Envelope {
            seal::open_envelope(&self.whole, &OpenEnvelope { competition, event, name, code, reason })?
        } else {
            seal::open(&self.whole, &OpenSeal { competition, event, office, name, code, reason })?
        };
        self.take(drafts);
        Ok(())
    }

    pub fn opens(&mut self, papers: &Papers, offices: [Office; 2]) {
        for office in offices {
            let name = NAMES[Office::ALL.iter().position(|own| *own == office).unwrap()];
            self.open(office, name, &papers.codes[&office], "模拟").unwrap();
        }
    }

    fn panel_item(&self) -> ItemId {
        let rulebook = self.whole.events[&self.event].engine().unwrap().rulebook();
        rulebook.items().iter().find(|item| item.panel().is_some()).unwrap().id.as_str().into()
    }

    /// A mark of the first judge, by what an entry is called.
    pub fn mark(&mut self, handle: &str, text: &str) {
        let command = EnterMark {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            entry: handle.into(),
            item: self.panel_item(),
            judge: Some(self.judges[0].clone()),
            attempt: 1,
            text: text.into(),
            replaces: Vec::new(),
            reason: String::new(),
        };
        let drafts = marks::enter(&self.whole, &command).unwrap();
        self.take(drafts);
    }

    pub fn recuse(&self, handle: &str) -> SetSeat {
        SetSeat {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            entry: handle.into(),
            panel: self.panel(),
            seat: self.judges[1].clone(),
            recused: true,
            substitute: None,
            reason: "与选手同单位".into(),
        }
    }

    /// What is stuck on the work of an entry.
    pub fn label(papers: &Papers, entry: &EntryId) -> String {
        papers.of[entry].clone()
    }

    fn stands_at(&self, entry: &EntryId) -> String {
        let numbers = self.whole.numbers(&self.whole.entries[entry]);
        blind::BlindCode { session: numbers.session, code: numbers.station }.label()
    }

    /// Names are open, and everybody goes by what these papers say.
    pub fn goes_by(&self, papers: &Papers) {
        let state = &self.whole;
        assert!(!state.is_event_sealed(&self.event));
        for (id, entry) in state.registered_in(&self.event) {
            assert_eq!(blind::blind_code(state, entry).label(), Self::label(papers, id), "{id}");
        }
    }

    /// The marks of the first judge, by the label that stood on the station.
    fn marks_by_place(&self) -> BTreeMap<String, String> {
        let state = &self.whole;
        let own = state.registered_in(&self.event).filter_map(|(id, _)| {
            let (_, mark) = state.marks_of(&self.event, id).next()?;
            Some((self.stands_at(id), serde_json::to_string(mark.agreed()?).unwrap()))
        });
        own.collect()
    }
}

/// What a mark looks like in [`Hall::marks_by_place`].
fn given(text: &str) -> String {
    let value = jiangsai_scoring::Mark::Value(jiangsai_scoring::Exact::parse_decimal(text).unwrap());
    serde_json::to_string(&value).unwrap()
}

#[test]
fn works_go_by_new_numbers_and_a_desk_has_the_same_sheets() {
    let mut hall = Hall::of(12, 1);
    hall.draws(1);
    let roster = hall.roster();
    hall.status(&roster[5], EntryStatus::Withdrawn, "张三退赛");
    let before = hall.said.len();
    let papers = hall.locks(1);
    assert_eq!(papers.labels.len(), 11, "without who withdrew");
    assert!(papers.labels.iter().all(|label| label.code.starts_with('W') && !label.before.starts_with('W')));
    let setup = &hall.whole.events[&hall.event];
    assert!(setup.is_sealed() && setup.is_locked() && !setup.was_opened());
    let written: Vec<String> =
        hall.said[before..].iter().map(|said| serde_json::to_string(&said.fact).unwrap()).collect();
    for secret in roster.iter().map(ToString::to_string).chain(papers.codes.values().cloned()) {
        assert!(
            !written.iter().any(|text| text.contains(&secret)),
            "nothing that is written from now on says {secret}"
        );
    }
    let key = String::from(papers.key);
    assert!(
        !written.concat().contains(&key) && !String::from_utf8(hall.whole.snapshot().unwrap()).unwrap().contains(&key)
    );
    let codes = |state: &Competition| -> Vec<String> {
        let mut codes: Vec<String> =
            state.entries_of(&hall.event).map(|(_, entry)| blind::blind_code(state, entry).label()).collect();
        codes.sort();
        codes
    };
    let expected: Vec<String> = (1..=11).map(|number| format!("W{number:02}")).collect();
    assert_eq!((codes(&hall.whole), codes(&hall.part)), (expected.clone(), expected));
    assert_eq!(hall.whole.registered_in(&hall.event).count(), 12, "registration is as it was");
    let view = draw::show(&hall.whole, &hall.event, None).unwrap();
    assert!(view.seal.locked && view.rows.iter().all(|row| row.name.is_empty() && row.code.starts_with('W')));
    let listed = jiangsai_domain::view::entries::list(&hall.whole, &hall.event, "");
    assert!(listed.sealed && listed.total == 12 && listed.rows.iter().all(|row| row.number.is_empty()));
    let home = home::home(&hall.whole);
    assert_eq!(home.events.len(), 1);
    assert_eq!(
        standings::standings(&hall.whole, &hall.event).unwrap().rows.len(),
        11,
        "by code: nothing else is needed"
    );
}

#[test]
fn any_two_of_three_open_it_and_what_was_said_by_code_is_of_whom_it_was() {
    for (trial, left_out) in Office::ALL.into_iter().enumerate() {
        let mut hall = Hall::of(9, 10);
        hall.draws(10);
        let papers = hall.locks(10 + trial as u64);
        let mut expected = BTreeMap::new();
        for (number, label) in papers.labels.iter().enumerate() {
            let text = format!("{}.5", number + 1);
            hall.mark(&label.code, &text);
            expected.insert(label.before.clone(), given(&text));
        }
        assert!(hall.marks_by_place().is_empty(), "nobody can say whose they are");
        let two: Vec<Office> = Office::ALL.into_iter().filter(|office| *office != left_out).collect();
        hall.opens(&papers, [two[0], two[1]]);
        assert!(!hall.whole.events[&hall.event].is_sealed());
        assert_eq!(hall.marks_by_place(), expected, "opened without {left_out:?}");
        assert_eq!(hall.whole.entries.len(), 9, "there are no others than were registered");
        assert_eq!(standings::standings(&hall.whole, &hall.event).unwrap().rows.len(), 9);
        let anew = Competition::fold(hall.all.iter().rev().cloned());
        assert_eq!(anew.snapshot().unwrap(), hall.whole.snapshot().unwrap());
        let opened = hall.part.events[&hall.event].is_sealed();
        assert!(!opened && hall.part.part, "a desk knows that it is open, and not who is who");
        assert!(hall.part.entries.values().all(|entry| entry.registered.is_empty()));
    }
}

#[test]
fn one_code_opens_nothing_nor_do_two_of_one_person_or_wrong_ones() {
    let mut hall = Hall::of(6, 20);
    hall.draws(20);
    let papers = hall.locks(20);
    let code = |office| papers.codes[&office].clone();
    let [officer, supervisor, envelope] = Office::ALL.map(code);
    let say = |hall: &mut Hall, office, name, code: &str, reason| {
        hall.open(office, name, code, reason).map_err(|refusal| refusal.code)
    };
    assert_eq!(
        say(&mut hall, Office::DrawOfficer, NAMES[0], &officer, ""),
        Err("reason-needed"),
        "nothing is marked yet"
    );
    assert_eq!(say(&mut hall, Office::DrawOfficer, NAMES[0], "", "模拟"), Err("opening-code-needed"));
    assert_eq!(say(&mut hall, Office::DrawOfficer, NAMES[0], &supervisor, "模拟"), Err("opening-code-wrong"));
    assert_eq!(say(&mut hall, Office::DrawOfficer, NAMES[0], "ABC", "模拟"), Err("opening-code-form"));
    let mistyped = format!("{}{}", if officer.starts_with('0') { '1' } else { '0' }, &officer[1..]);
    assert_eq!(say(&mut hall, Office::DrawOfficer, NAMES[0], &mistyped, "模拟"), Err("opening-code-group"));
    say(&mut hall, Office::DrawOfficer, NAMES[0], &officer.to_lowercase(), "模拟").unwrap();
    assert!(hall.whole.events[&hall.event].is_locked(), "one code opens nothing");
    assert!(hall.whole.events[&hall.event].keys.is_empty());
    assert_eq!(say(&mut hall, Office::Envelope, NAMES[0], &envelope, "模拟"), Err("two-people"));
    say(&mut hall, Office::Envelope, NAMES[2], &envelope, "模拟").unwrap();
    assert!(!hall.whole.events[&hall.event].is_locked());
    assert_eq!(say(&mut hall, Office::Supervisor, NAMES[1], &supervisor, "模拟"), Err("not-sealed"));
}

#[test]
fn a_seal_without_a_lock_wants_no_code_and_has_no_envelope() {
    let mut hall = Hall::of(6, 25);
    hall.seals(25);
    let code = OpeningCode::new(&[7; 32]).to_string();
    let refused = |refusal: Result<(), Refusal>| refusal.unwrap_err().code;
    assert_eq!(refused(hall.open(Office::DrawOfficer, NAMES[0], &code, "模拟")), "opening-code-unwanted");
    assert_eq!(refused(hall.open(Office::Envelope, NAMES[2], "", "模拟")), "opening-code-unwanted");
    hall.open(Office::DrawOfficer, NAMES[0], "", "模拟").unwrap();
    hall.open(Office::Supervisor, NAMES[1], "", "模拟").unwrap();
    assert!(!hall.whole.events[&hall.event].is_sealed());
}

#[test]
fn what_changes_while_locked_is_told_and_takes_the_place_of_what_stood_before() {
    let mut hall = Hall::of(8, 30);
    hall.draws(30);
    let roster = hall.roster();
    hall.status(&roster[2], EntryStatus::Retired, "模拟");
    hall.status(&roster[2], EntryStatus::Ok, "模拟");
    let drafts = seats::set(&hall.whole, &hall.recuse(roster[3].as_str())).unwrap();
    hall.take(drafts);
    let papers = hall.locks(30);
    let (absent, recused) = (Hall::label(&papers, &roster[2]), Hall::label(&papers, &roster[3]));
    let id = hall.status(&absent.as_str().into(), EntryStatus::Disqualified, "模拟");
    assert_eq!(hall.audience(&id), "scoring");
    let back = SetSeat { recused: false, substitute: None, ..hall.recuse(&recused) };
    let drafts = seats::set(&hall.whole, &back).unwrap();
    hall.take(drafts);
    for state in [&hall.whole, &hall.part] {
        let found = |code: &str| blind::resolve(state, &code.into()).unwrap();
        assert_eq!(state.entries[&found(&absent)].status(), EntryStatus::Disqualified, "the desk is told");
        let setup = &state.events[&hall.event];
        assert_eq!(setup.sitting(&found(&recused), hall.panel().as_str(), &hall.judges[1]), Some(&hall.judges[1]));
    }
    hall.opens(&papers, [Office::DrawOfficer, Office::Supervisor]);
    let own = &hall.whole.entries[&roster[2]];
    assert_eq!((own.status(), own.status.crosses()), (EntryStatus::Disqualified, false));
    let setup = &hall.whole.events[&hall.event];
    assert_eq!(
        setup.sitting(&roster[3], hall.panel().as_str(), &hall.judges[1]),
        Some(&hall.judges[1]),
        "and nothing crosses"
    );
    assert_eq!(blind::blind_code(&hall.whole, own).code, absent, "sheets that were printed are found by their code");
}

#[test]
fn while_locked_nothing_goes_out_that_rests_on_who_is_who() {
    let mut hall = Hall::of(6, 40);
    hall.draws(40);
    let papers = hall.locks(40);
    let labels: Vec<String> = papers.labels.iter().map(|label| label.code.clone()).collect();
    let confirm = ConfirmResults {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        duty: Duty::ChiefJudge,
        name: NAMES[2].into(),
        seen: finalising::seen(&hall.whole, &hall.event).unwrap(),
        reason: "模拟".into(),
    };
    assert_eq!(confirming::confirm(&hall.whole, &confirm).unwrap_err().code, "names-locked");
    let exchange = SwapLots {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        layer: None,
        one: labels[0].as_str().into(),
        other: labels[1].as_str().into(),
        reason: "模拟".into(),
    };
    assert_eq!(swap::swap(&hall.whole, &exchange).unwrap_err().code, "names-locked");
    let roster = hall.roster();
    let by_id = entries::set_status(&hall.whole, &roster[0], EntryStatus::Absent, None, "模拟");
    assert_eq!(by_id.unwrap_err().code, "unknown-entry", "an id of before stood beside a name");
    let steps: Vec<&str> =
        finalising::finalising(&hall.whole, &hall.event).unwrap().steps.iter().map(|step| step.id.name()).collect();
    let at = |name| steps.iter().position(|step| *step == name).unwrap();
    assert!(at("unseal") < at("ties") && at("unseal") < at("chief-judge"), "{steps:?}");
}

#[test]
fn what_cannot_be_locked_is_said() {
    let mut hall = Hall::of(6, 50);
    hall.draws(50);
    let papers = hall.papers(50);
    let refused = |hall: &Hall, command: &LockNames| lock::lock(&hall.whole, command).unwrap_err().code;
    let command = hall.command(&papers);
    let one = LockNames { supervisor: NAMES[0].into(), ..command.clone() };
    assert_eq!(refused(&hall, &one), "two-people");
    let mut missing = command.clone();
    missing.codes.remove(&Office::Envelope);
    assert_eq!(refused(&hall, &missing), "opening-code-form");
    let other = LockNames { key: String::from(Key::new([9; 32])), ..command.clone() };
    assert_eq!(refused(&hall, &other), "stale", "the labels that were printed are of another key");
    let roster = hall.roster();
    hall.status(&roster[0], EntryStatus::Withdrawn, "模拟");
    assert_eq!(refused(&hall, &command), "stale", "somebody withdrew since they were printed");
    hall.mark(roster[1].as_str(), "8");
    assert_eq!(lock::labels(&hall.whole, &hall.event, &papers.key, "").unwrap_err().code, "lock-marked");
}

/// Whatever the order in which the facts come: a state that says of itself that it is settled is the one that they amount to.
#[test]
fn the_order_in_which_facts_come_does_not_matter() {
    let mut hall = Hall::of(5, 60);
    hall.draws(60);
    let papers = hall.locks(60);
    for label in &papers.labels {
        hall.mark(&label.code, "7.5");
    }
    hall.status(&papers.labels[0].code.as_str().into(), EntryStatus::Absent, "模拟");
    hall.opens(&papers, [Office::Supervisor, Office::Envelope]);
    let expected = hall.whole.snapshot().unwrap();
    let (mut settled, mut not) = (0, 0);
    for seed in 0..200_u64 {
        let mut all: Vec<Envelope> = hall.all.clone();
        all.sort_by_cached_key(|one| {
            Sha256::new().chain_update(seed.to_le_bytes()).chain_update(one.id.as_str()).finalize()
        });
        assert_eq!(Competition::fold(all.clone()).snapshot().unwrap(), expected);
        let mut state = Competition::default();
        all.into_iter().for_each(|one| state.evolve(one));
        if state.is_settled() {
            settled += 1;
            assert_eq!(state.snapshot().unwrap(), expected, "seed {seed}");
        } else {
            not += 1;
        }
    }
    assert!(not > 0, "{settled} settled, {not} not");
    let mut state = Competition::default();
    hall.all.iter().cloned().for_each(|one| state.evolve(one));
    assert!(!state.is_settled(), "what had its effect before the lock was opened is to be taken in anew");
}

/// A second competition behind the first: whoever knows the ids of one lock knows none of the next.
#[test]
fn a_second_lock_gives_other_ids_and_keeps_what_the_first_was_opened_for() {
    let mut hall = Hall::of(5, 70);
    hall.draws(70);
    let first = hall.locks(70);
    hall.opens(&first, [Office::DrawOfficer, Office::Envelope]);
    let same =
        LockNames { labels: lock::labels(&hall.whole, &hall.event, &first.key, "W").unwrap(), ..hall.command(&first) };
    assert_eq!(lock::lock(&hall.whole, &same).unwrap_err().code, "stale", "its ids are known");
    let again = hall.locks(71);
    hall.mark(&again.labels[2].code, "6");
    let marked = blind::resolve(&hall.whole, &again.labels[2].code.as_str().into()).unwrap();
    let ids = |state: &Competition| state.entries_of(&hall.event).map(|(id, _)| id.clone()).collect::<Vec<_>>();
    let locked = ids(&hall.whole);
    assert_eq!((locked.len(), ids(&hall.part).len()), (5, 5));
    for id in hall.roster() {
        assert!(
            !locked.contains(&id) && !locked.contains(&first.key.coded(&id)) && locked.contains(&again.key.coded(&id))
        );
    }
    hall.opens(&again, [Office::DrawOfficer, Office::Supervisor]);
    let whose = hall.roster().into_iter().find(|id| again.key.coded(id) == marked).unwrap();
    assert_eq!(hall.whole.marks_of(&hall.event, &whose).count(), 1);
    assert_eq!(hall.marks_by_place().len(), 1);
    hall.goes_by(&again);
    hall.is_as_folded();
}

#[test]
fn a_locked_id_in_another_event_is_nobodys() {
    let mut hall = Hall::of(4, 80);
    hall.draws(80);
    let papers = hall.locks(80);
    let coded = papers.key.coded(&hall.roster()[0]);
    let place = jiangsai_domain::fact::MarkPlace::once(&"other".into(), &coded, &"P1".into(), None);
    hall.all.push(Envelope {
        id: "elsewhere".into(),
        origin: Origin::default(),
        order: 10_000,
        at: 0,
        actor: "operator".into(),
        replaces: Vec::new(),
        reason: String::new(),
        fact: Ok(Fact::Mark { place: place.clone(), mark: jiangsai_scoring::Mark::Absent }),
    });
    hall.opens(&papers, [Office::DrawOfficer, Office::Supervisor]);
    let state = Competition::fold(hall.all.clone());
    assert!(state.marks.contains_key(&place));
    let mut evolved = Competition::default();
    hall.all.iter().rev().cloned().for_each(|one| evolved.evolve(one));
    if evolved.is_settled() {
        assert_eq!(evolved.snapshot().unwrap(), state.snapshot().unwrap());
    }
}
