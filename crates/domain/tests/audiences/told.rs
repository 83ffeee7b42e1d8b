//! What a judge's desk is told, and what it is not.

use super::hall::Hall;
use jiangsai_domain::coded;
use jiangsai_domain::command::desk::{DeskLock, DeskMark, DeskView, SignSheet};
use jiangsai_domain::command::hall::SetSeat;
use jiangsai_domain::command::marks::EnterMark;
use jiangsai_domain::decide::{marks, seats, sheets};
use jiangsai_domain::draw::{Office, Opening};
use jiangsai_domain::envelope::{Draft, Envelope};
use jiangsai_domain::fact::{Fact, MarkPlace};
use jiangsai_domain::ids::{CompetitionId, EntryId, FactId, ItemId, JudgeId};
use jiangsai_domain::results::{self, NoResults};
use jiangsai_domain::sheet::{Rescore, SheetState};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::{blind, desk, home, standings};
use jiangsai_scoring::{EntryStatus, Exact, Mark};

impl Hall {
    fn desk(&self, of: &jiangsai_domain::competition::Competition, judge: &JudgeId) -> DeskView {
        desk::desk(of, &self.event, judge, None, &DeskLock::default(), false).unwrap()
    }

    fn item(&self) -> ItemId {
        let rulebook = self.whole.events[&self.event].engine().unwrap().rulebook();
        rulebook.items().iter().find(|item| item.panel().is_some()).unwrap().id.as_str().into()
    }

    fn place(&self, entry: &EntryId, judge: usize) -> MarkPlace {
        MarkPlace::once(&self.event, entry, &self.item(), Some(&self.judges[judge]))
    }

    fn marks(&mut self, place: MarkPlace, value: &str, replaces: Vec<FactId>) -> FactId {
        let fact = Fact::Mark { place, mark: Mark::Value(Exact::parse_decimal(value).unwrap()) };
        self.take(vec![Draft { fact, replaces, reason: String::new() }])
    }

    /// Somebody must not be marked by the first judge.
    fn recuses(&mut self, handle: &EntryId) -> FactId {
        let panel = self.whole.events[&self.event].engine().unwrap().rulebook().panels[0].id.as_str().into();
        let command = SetSeat {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            entry: handle.clone(),
            panel,
            seat: self.judges[0].clone(),
            recused: true,
            substitute: None,
            reason: "与选手同单位".into(),
        };
        let drafts = seats::set(&self.whole, &command).unwrap();
        self.take(drafts)
    }
}

#[test]
fn a_desk_has_its_sheets_by_code_once_names_are_sealed_and_shows_no_standings() {
    let mut hall = Hall::of(12, 1);
    assert!(hall.part.part, "registration is for others");
    assert!(hall.part.entries.is_empty() && hall.part.persons.is_empty());
    let judge = hall.judges[0].clone();
    assert!(hall.desk(&hall.part, &judge).sheets.is_empty(), "before, an entry would be known by its name");
    let roster = hall.roster();
    hall.recuses(&roster[3]);
    hall.status(&roster[5], EntryStatus::Withdrawn, "张三退赛");
    hall.seals(1);
    let (whole, part) = (hall.desk(&hall.whole, &judge), hall.desk(&hall.part, &judge));
    assert_eq!(part, whole, "the same sheets, to the last of them");
    assert_eq!(part.sheets.len(), 10, "twelve without who withdrew and whom the judge must not mark");
    assert!(hall.part.newer.is_empty() && hall.part.malformed.is_empty(), "what is for others is not unknown");
    assert!(hall.part.events[&hall.event].seats.is_empty(), "why somebody sits elsewhere is not told");
    let text = String::from_utf8(hall.part.snapshot().unwrap()).unwrap();
    assert!(!text.contains("模拟选手") && !text.contains("张三") && !text.contains("同单位"));

    assert_eq!(results::results(&hall.part, &hall.event).err(), Some(NoResults::Part));
    assert_eq!(standings::standings(&hall.part, &hall.event).unwrap_err().code, "part");
    assert!(results::results(&hall.whole, &hall.event).is_ok());
    assert_eq!(home::home(&hall.part).events.len(), 1);

    let handle = part.sheets[0].at.entry.clone();
    hall.status(&handle, EntryStatus::Absent, "缺考");
    hall.recuses(&part.sheets[1].at.entry);
    assert_eq!(hall.desk(&hall.part, &judge), hall.desk(&hall.whole, &judge), "and what changes meanwhile");
    assert_eq!(hall.desk(&hall.part, &judge).sheets.len(), 8, "without who is absent and whom the judge must not mark");
}

#[test]
fn a_judge_marks_and_signs_on_a_part() {
    let mut hall = Hall::of(6, 2);
    hall.seals(2);
    let judge = hall.judges[1].clone();
    let at = hall.desk(&hall.part, &judge).sheets[0].at.clone();
    loop {
        let one = desk::desk(&hall.part, &hall.event, &judge, Some(&at), &DeskLock::default(), false).unwrap();
        let sheet = one.sheet.unwrap();
        let Some(item) = sheet.missing.first().cloned() else { break };
        let command = DeskMark {
            competition: CompetitionId::default(),
            event: hall.event.clone(),
            token: String::new(),
            at: at.clone(),
            item,
            attempt: 1,
            text: "8".into(),
            replaces: Vec::new(),
            reason: String::new(),
        };
        let drafts = sheets::mark(&hall.part, &judge, &command).unwrap();
        let id = hall.take(drafts);
        assert_eq!(hall.audience(&id), format!("desk:{judge}"));
    }
    let setup = &hall.part.events[&hall.event];
    let place = sheets::own_sheet(&hall.part, &hall.event, &judge, &at).unwrap();
    let modules = jiangsai_domain::sheet::Modules::of(setup.engine().unwrap().rulebook());
    let signed = sheets::signed_marks(&hall.part, &modules, setup, &place);
    let command = SignSheet {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        token: String::new(),
        at,
        marks: signed,
    };
    let drafts = sheets::sign(&hall.part, &judge, &command).unwrap();
    let id = hall.take(drafts);
    assert_eq!(hall.audience(&id), format!("desk:{judge}"));
    assert!(hall.whole.is_signed(&place) && hall.part.is_signed(&place), "and whoever holds everything has it");
}

#[test]
fn what_names_an_entry_is_for_desks_only_while_sealed_and_names_nothing_of_before() {
    let mut hall = Hall::of(6, 3);
    let roster = hall.roster();
    let before = hall.marks(hall.place(&roster[0], 0), "8", Vec::new());
    assert_eq!(hall.audience(&before), "scoring", "names stand beside it");
    hall.seals(3);
    let (one, other) = (hall.place(&roster[0], 0), hall.place(&roster[0], 1));
    let again = hall.marks(one.clone(), "9", vec![before.clone()]);
    assert_eq!(hall.audience(&again), "scoring", "it names a record of before");
    let fresh = hall.marks(other.clone(), "9", Vec::new());
    assert_eq!(hall.audience(&fresh), format!("desk:{}", hall.judges[1]));
    let asked = |place: &MarkPlace, first: Vec<FactId>| Fact::Rescore {
        place: place.clone(),
        request: Some(Rescore { first }),
    };
    let id = hall.says(asked(&one, vec![before.clone()]));
    assert_eq!(hall.audience(&id), "scoring");
    let id = hall.says(asked(&other, vec![fresh.clone()]));
    assert_eq!(hall.audience(&id), format!("desk:{}", hall.judges[1]));
    let sheet = |judge: usize, marks| {
        let rulebook = hall.whole.events[&hall.event].engine().unwrap().rulebook().clone();
        let sheet = jiangsai_domain::sheet::Modules::of(&rulebook).sheet_of(&hall.place(&roster[0], judge)).unwrap();
        Fact::Sheet { sheet, state: SheetState::Signed { by: hall.judges[judge].clone(), marks } }
    };
    let (earlier, later) = (sheet(0, vec![before, again]), sheet(1, vec![fresh]));
    let (earlier, later) = (hall.says(earlier), hall.says(later));
    assert_eq!((hall.audience(&earlier), hall.audience(&later).starts_with("desk:")), ("scoring", true));
}

/// Nothing that a desk reads names a record that it does not read: where that stands among others would say whose it is.
#[test]
fn what_a_desk_reads_names_no_record_that_is_for_others() {
    let mut hall = Hall::of(8, 4);
    let roster = hall.roster();
    for entry in &roster {
        hall.marks(hall.place(entry, 0), "8", Vec::new());
        hall.status(entry, EntryStatus::Retired, "模拟");
        hall.status(entry, EntryStatus::Ok, "模拟");
        hall.recuses(entry);
    }
    hall.seals(4);
    let codes: Vec<EntryId> = roster.iter().map(|id| blind::handle_of(&hall.whole, id)).collect();
    for (entry, code) in roster.iter().zip(&codes) {
        let place = hall.place(entry, 0);
        let current = hall.whole.current_mark(&place);
        hall.marks(place, "9", current);
        hall.status(code, EntryStatus::Retired, "中途退出");
        let command = EnterMark {
            competition: CompetitionId::default(),
            event: hall.event.clone(),
            entry: code.clone(),
            item: hall.item(),
            judge: Some(hall.judges[1].clone()),
            attempt: 1,
            text: "7".into(),
            replaces: Vec::new(),
            reason: String::new(),
        };
        let drafts = marks::enter(&hall.whole, &command).unwrap();
        hall.take(drafts);
    }
    let read: std::collections::BTreeSet<&FactId> = hall.read_at_desk().iter().map(|(_, said)| &said.id).collect();
    let all: Vec<&FactId> = hall.said.iter().map(|said| &said.id).collect();
    let mut named = 0;
    for (_, said) in hall.read_at_desk() {
        let text = serde_json::to_string(&said.fact).unwrap();
        for id in all.iter().filter(|id| said.replaces.contains(id) || text.contains(&format!("\"{id}\""))) {
            named += 1;
            assert!(read.contains(id), "{} names {id}", said.fact.kind());
        }
    }
    assert!(named >= 8, "some are named: what changed meanwhile");
    assert!(!read.is_empty() && read.len() < all.len());
}

#[test]
fn what_others_changed_meanwhile_is_told_with_the_next_change() {
    let mut hall = Hall::of(12, 5);
    hall.seals(5);
    let judge = hall.judges[0].clone();
    let handle = hall.desk(&hall.part, &judge).sheets[0].at.entry.clone();
    let entry = blind::resolve(&hall.whole, &handle).unwrap();
    // On a computer that did not know of the seal, and so told nothing beside it.
    let replaces = hall.whole.entries[&entry].status.current();
    let fact = Ok(Fact::Status { entry, status: EntryStatus::Absent, since: None });
    let (id, actor) = ("other".into(), "operator".into());
    hall.whole.evolve(Envelope {
        id,
        origin: Origin::default(),
        order: 100_000,
        at: 0,
        actor,
        replaces,
        reason: String::new(),
        fact,
    });
    assert!(coded::alongside(&hall.whole, &[], false).is_empty());
    let told = coded::alongside(&hall.whole, &[], true);
    assert!(
        matches!(&told[..], [Draft { fact: Fact::Coded { coded, .. }, .. }] if coded.status == EntryStatus::Absent)
    );
}

#[test]
fn a_desk_that_is_told_nothing_more_says_so() {
    let mut hall = Hall::of(12, 6);
    hall.seals(6);
    let judge = hall.judges[0].clone();
    let seals: Vec<_> =
        hall.whole.events[&hall.event].seal.standing().iter().map(|(_, seal)| seal.value.seal.clone()).collect();
    for (office, name) in Office::PAIR.into_iter().zip(["模拟加密员", "模拟监督员"]) {
        let opening = Opening { seals: seals.clone(), name: name.into(), codes: std::collections::BTreeMap::new() };
        let event = hall.event.clone();
        hall.says(Fact::Opened { event, office, opening });
    }
    let of = |state| desk::desk(state, &hall.event, &judge, None, &DeskLock::default(), false);
    assert_eq!(of(&hall.part).unwrap_err().code, "desk-opened", "what the chief judge reopens would never reach it");
    assert!(of(&hall.whole).is_ok());
}
