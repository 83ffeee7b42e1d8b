//! Names that are locked again, or by two computers side by side.

use super::hall::Hall;
use super::locked::{NAMES, Papers};
use jiangsai_domain::command::hall::SetSeat;
use jiangsai_domain::decide::seal;
use jiangsai_domain::draw::Office;
use jiangsai_domain::view::{blind, draw};
use jiangsai_scoring::EntryStatus;

impl Hall {
    /// Which offices the page has no form for any more.
    fn confirmed(&self) -> Vec<Office> {
        let view = draw::show(&self.whole, &self.event, None).unwrap();
        view.seal.opened.into_iter().map(|(office, ..)| office).collect()
    }

    fn says_code(&mut self, papers: &Papers, office: Office) -> Result<(), &'static str> {
        let name = NAMES[Office::ALL.iter().position(|own| *own == office).unwrap()];
        self.open(office, name, &papers.codes[&office], "模拟").map_err(|refusal| refusal.code)
    }

    fn is_locked(&self) -> bool {
        self.whole.events[&self.event].is_locked()
    }
}

#[test]
fn two_locks_side_by_side_are_opened_one_after_the_other() {
    let mut hall = Hall::of(5, 300);
    hall.draws(300);
    let mut other = hall.offline("b");
    let (one, two) = (hall.locks(301), other.locks(302));
    hall.merge(&other);
    let marks = draw::show(&hall.whole, &hall.event, None).unwrap().seal.marks;
    assert_eq!(marks.len(), 2);
    assert_ne!(marks[0], marks[1]);
    hall.says_code(&one, Office::DrawOfficer).unwrap();
    assert!(hall.confirmed().is_empty(), "the code for the other is still to be typed");
    assert_eq!(
        hall.open(Office::Supervisor, NAMES[0], &one.codes[&Office::Supervisor], "模拟").unwrap_err().code,
        "two-people"
    );
    hall.says_code(&one, Office::Supervisor).unwrap();
    assert!(hall.is_locked() && hall.confirmed().is_empty());
    assert_eq!(hall.says_code(&one, Office::DrawOfficer), Err("opening-code-wrong"), "that one is open");
    hall.says_code(&two, Office::Envelope).unwrap();
    assert_eq!(hall.confirmed(), [Office::Envelope]);
    hall.says_code(&two, Office::Supervisor).unwrap();
    assert!(!hall.whole.is_event_sealed(&hall.event));
    hall.is_as_folded();
}

#[test]
fn a_seal_beside_a_lock_is_opened_by_two_people_without_codes() {
    for [first, second] in [[Office::DrawOfficer, Office::Envelope], [Office::DrawOfficer, Office::Supervisor]] {
        let mut hall = Hall::of(5, 310);
        hall.draws(310);
        let mut other = hall.offline("b");
        let papers = hall.locks(311);
        other.seal(312);
        hall.merge(&other);
        hall.opens(&papers, [first, second]);
        assert!(!hall.is_locked());
        if second == Office::Envelope {
            assert!(hall.whole.is_event_sealed(&hall.event), "the seal wants draw officer and supervisor");
            assert_eq!(hall.confirmed(), [Office::DrawOfficer, Office::Envelope]);
            let code = &papers.codes[&Office::Supervisor];
            assert_eq!(
                hall.open(Office::Supervisor, NAMES[1], code, "模拟").unwrap_err().code,
                "opening-code-unwanted"
            );
            let entry = hall.whole.registered_in(&hall.event).next().unwrap().1;
            assert!(!blind::blind_code(&hall.whole, entry).code.starts_with('W'), "its code is the one of the seal");
            let code = blind::blind_code(&hall.whole, entry).label();
            hall.status(&code.as_str().into(), EntryStatus::Retired, "模拟");
            hall.open(Office::Supervisor, NAMES[1], "", "模拟").unwrap();
        }
        hall.goes_by(&papers);
        hall.is_as_folded();
    }
}

#[test]
fn a_lock_after_a_seal_keeps_its_numbers() {
    let mut hall = Hall::of(5, 320);
    hall.seals(320);
    hall.open(Office::DrawOfficer, NAMES[0], "", "模拟").unwrap();
    hall.open(Office::Supervisor, NAMES[1], "", "模拟").unwrap();
    let papers = hall.locks(321);
    hall.opens(&papers, [Office::DrawOfficer, Office::Supervisor]);
    hall.goes_by(&papers);
}

#[test]
fn what_was_said_under_the_second_lock_takes_the_place_of_what_was_said_under_the_first() {
    let mut hall = Hall::of(5, 330);
    hall.draws(330);
    let entry = hall.roster()[1].clone();
    let first = hall.locks(331);
    let code = Hall::label(&first, &entry);
    hall.sets(&hall.recuse(&code));
    hall.status(&code.as_str().into(), EntryStatus::Absent, "模拟");
    hall.opens(&first, [Office::DrawOfficer, Office::Supervisor]);
    hall.status(&entry, EntryStatus::Ok, "模拟");
    let second = hall.locks(332);
    let code = Hall::label(&second, &entry);
    hall.sets(&SetSeat { recused: false, ..hall.recuse(&code) });
    hall.status(&code.as_str().into(), EntryStatus::Retired, "模拟");
    hall.opens(&second, [Office::DrawOfficer, Office::Envelope]);
    let own = &hall.whole.entries[&entry];
    assert_eq!((own.status.agreed().map(|own| own.status), own.status.len()), (Some(EntryStatus::Retired), 3));
    let setup = &hall.whole.events[&hall.event];
    let seat = setup.seat_register(&entry, hall.panel().as_str(), &hall.judges[1]).unwrap();
    assert_eq!(seat.agreed(), Some(&None), "nothing crosses");
    hall.goes_by(&second);
    hall.is_as_folded();
}

#[test]
fn what_was_said_under_locks_side_by_side_crosses() {
    let mut hall = Hall::of(5, 340);
    hall.draws(340);
    let entry = hall.roster()[1].clone();
    hall.status(&entry, EntryStatus::Absent, "模拟");
    hall.status(&entry, EntryStatus::Ok, "模拟");
    let mut other = hall.offline("b");
    let busy = hall.roster()[3].clone();
    for status in [EntryStatus::Retired, EntryStatus::Ok].repeat(5) {
        other.status(&busy, status, "模拟");
    }
    let (one, two) = (hall.locks(341), other.locks(342));
    hall.status(&Hall::label(&one, &entry).as_str().into(), EntryStatus::Absent, "模拟");
    let before = other.whole.events[&other.event].seal.last().unwrap().1.order;
    for (lot, status) in [EntryStatus::Retired, EntryStatus::Ok, EntryStatus::Disqualified].into_iter().enumerate() {
        other.status(&Hall::label(&two, &entry).as_str().into(), status, &lot.to_string());
    }
    assert!(hall.all.last().unwrap().order < before, "by its order it might have been heard of at the second lock");
    let (mut merged, mut again) = (hall.clone(), other.clone());
    merged.merge(&other);
    again.merge(&hall);
    for hall in [&mut merged, &mut again] {
        for (papers, offices) in
            [(&one, [Office::DrawOfficer, Office::Supervisor]), (&two, [Office::DrawOfficer, Office::Envelope])]
        {
            for office in offices {
                hall.says_code(papers, office).unwrap();
            }
        }
        let status = &hall.whole.entries[&entry].status;
        let standing: Vec<EntryStatus> = status.standing().into_iter().map(|(_, own)| own.value.status).collect();
        assert_eq!(standing, [EntryStatus::Absent, EntryStatus::Disqualified], "neither had heard of the other");
        hall.is_as_folded();
    }
    assert!(seal::confirmed(&merged.whole.events[&merged.event], Office::DrawOfficer).is_some());
}
