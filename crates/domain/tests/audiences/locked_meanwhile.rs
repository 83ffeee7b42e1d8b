//! While names are locked: what was decided before goes on to hold, and what several computers say at once is heard everywhere.

use super::hall::Hall;
use super::locked::Papers;
use jiangsai_domain::coded;
use jiangsai_domain::command::desk::DeskLock;
use jiangsai_domain::command::hall::{ReplaceJudge, SetSeat};
use jiangsai_domain::command::judging::Judge;
use jiangsai_domain::command::marks::EnterMark;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::{marks, seats};
use jiangsai_domain::draw::Office;
use jiangsai_domain::fact::Fact;
use jiangsai_domain::ids::{CompetitionId, EntryId, JudgeId};
use jiangsai_domain::results;
use jiangsai_domain::view::{blind, desk, findings, home, paper, standings};
use jiangsai_scoring::EntryStatus;

impl Hall {
    /// Another judge, on no panel.
    fn judge(&mut self, id: &str) -> JudgeId {
        let judge = JudgeId::from(id);
        let value = Judge { code: id.to_uppercase(), name: format!("模拟裁判{id}"), ..Judge::default() };
        self.says(Fact::Judge { judge: judge.clone(), value });
        judge
    }

    pub fn sets(&mut self, command: &SetSeat) {
        let drafts = seats::set(&self.whole, command).unwrap();
        self.take(drafts);
    }

    /// Everybody who sits there marks everything, each work differently.
    fn marks_all(&mut self, papers: &Papers, sitting: impl Fn(&str) -> Vec<JudgeId>) {
        let items = self.whole.events[&self.event].engine().unwrap().rulebook().items().to_vec();
        for (number, label) in papers.labels.iter().enumerate() {
            for judge in sitting(&label.code) {
                for item in &items {
                    let command = EnterMark {
                        competition: CompetitionId::default(),
                        event: self.event.clone(),
                        entry: label.code.as_str().into(),
                        item: item.id.as_str().into(),
                        judge: Some(judge.clone()),
                        attempt: 1,
                        text: (number + 5).to_string(),
                        replaces: Vec::new(),
                        reason: String::new(),
                    };
                    let drafts = marks::enter(&self.whole, &command).unwrap();
                    self.take(drafts);
                }
            }
        }
    }

    fn sitting(&self, entry: &EntryId, seat: &JudgeId) -> Option<JudgeId> {
        self.whole.events[&self.event].sitting(entry, self.panel().as_str(), seat).cloned()
    }
}

#[test]
fn who_was_recused_before_the_lock_is_waited_for_no_more_than_without_it() {
    let mut hall = Hall::of(6, 200);
    let (substitute, other) = (hall.judge("s"), hall.judge("k"));
    hall.draws(200);
    let (roster, judges) = (hall.roster(), hall.judges.clone());
    hall.sets(&hall.recuse(roster[2].as_str()));
    hall.sets(&SetSeat { substitute: Some(substitute.clone()), ..hall.recuse(roster[3].as_str()) });
    let papers = hall.locks(200);
    let (empty, taken) = (Hall::label(&papers, &roster[2]), Hall::label(&papers, &roster[3]));
    let sitting = |code: &str| -> Vec<JudgeId> {
        let mut own: Vec<JudgeId> = judges.clone();
        own.retain(|judge| *judge != judges[1] || code != empty && code != taken);
        own.extend((code == taken).then(|| substitute.clone()));
        own
    };
    let papers_of = |state: &Competition, code: &str, judge: &JudgeId| {
        let id = blind::resolve(state, &code.into()).unwrap();
        let all = paper::papers(state, &hall.event, None).unwrap();
        all.iter().filter(|own| own.place.entry == id && own.place.judge.as_ref() == Some(judge)).count()
    };
    for state in [&hall.whole, &hall.part] {
        assert_eq!(
            papers_of(state, &empty, &judges[1]) + papers_of(state, &taken, &judges[1]),
            0,
            "no paper of who is recused"
        );
        assert_eq!(papers_of(state, &taken, &substitute), 1, "and one of who sits there");
    }
    hall.marks_all(&papers, sitting);
    let done = |hall: &Hall| home::home(&hall.whole).modules.iter().all(|(_, done, all)| done == all && *all > 0);
    assert!(done(&hall));
    assert_eq!(home::home(&hall.whole).counts.unmarked, 0);
    let ranks = |hall: &Hall| -> Vec<(String, Option<u32>)> {
        let shown = standings::standings(&hall.whole, &hall.event).unwrap();
        shown.rows.into_iter().map(|row| (row.number, row.rank)).collect()
    };
    let locked = ranks(&hall);
    let rank = |code: &str| locked.iter().find(|(own, _)| own == code).unwrap().1;
    assert!(rank(&taken).is_some() && rank(&empty).is_none(), "an empty seat counts as absent here: {locked:?}");
    assert!(results::misplaced(&hall.whole, &hall.event).nowhere.is_empty());

    let command = ReplaceJudge {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        panel: hall.panel(),
        judge: judges[1].clone(),
        by: other.clone(),
        reason: "模拟".into(),
        preview: false,
    };
    let (drafts, replaced) = seats::replace(&hall.whole, &command).unwrap();
    hall.take(drafts);
    assert_eq!((replaced.kept, replaced.anew), (4, 0));
    let of = |hall: &Hall, code: &str| hall.sitting(&blind::resolve(&hall.whole, &code.into()).unwrap(), &other);
    assert_eq!((of(&hall, &taken), of(&hall, &empty)), (Some(substitute.clone()), None));
    assert!(done(&hall) && results::misplaced(&hall.whole, &hall.event).nowhere.is_empty());
    assert_eq!(ranks(&hall), locked);
    hall.opens(&papers, [Office::DrawOfficer, Office::Supervisor]);
    assert_eq!((hall.sitting(&roster[3], &other), hall.sitting(&roster[2], &other)), (Some(substitute), None));
    assert!(done(&hall) && results::misplaced(&hall.whole, &hall.event).nowhere.is_empty());
    assert_eq!(
        ranks(&hall).into_iter().map(|(_, rank)| rank).collect::<Vec<_>>(),
        locked.into_iter().map(|(_, rank)| rank).collect::<Vec<_>>()
    );
}

#[test]
fn two_who_change_one_locked_entry_at_once_are_both_heard() {
    let mut hall = Hall::of(6, 210);
    hall.draws(210);
    let roster = hall.roster();
    hall.sets(&SetSeat { seat: hall.judges[3].clone(), ..hall.recuse(roster[0].as_str()) });
    let papers = hall.locks(210);
    let code = Hall::label(&papers, &roster[0]);
    let (mut hub, mut headquarters) = (hall.offline("a"), hall.offline("b"));
    hub.status(&code.as_str().into(), EntryStatus::Absent, "模拟");
    headquarters.sets(&headquarters.recuse(&code));
    let (mut one, mut other) = (hub.clone(), headquarters.clone());
    one.merge(&headquarters);
    other.merge(&hub);
    assert_eq!(one.whole.snapshot().unwrap(), other.whole.snapshot().unwrap());
    for hall in [&mut one, &mut other] {
        for state in [&hall.whole, &hall.part] {
            assert_eq!(state.entries_of(&hall.event).count(), 6);
            blind::resolve(state, &code.as_str().into()).unwrap();
        }
        let told = coded::alongside(&hall.whole, &[], true);
        assert!(
            matches!(&told[..], [draft] if matches!(&draft.fact, Fact::Coded { coded, seats, .. }
                if coded.code == code && coded.status == EntryStatus::Absent && seats[&hall.panel()].len() == 2)),
            "both at once, and what was told before: {told:?}"
        );
        hall.take(told);
        assert!(coded::alongside(&hall.whole, &[], true).is_empty(), "that is enough");
        for state in [&hall.whole, &hall.part] {
            let id = blind::resolve(state, &code.as_str().into()).unwrap();
            assert_eq!(state.entries[&id].status(), EntryStatus::Absent);
            let setup = &state.events[&hall.event];
            let empty = |seat: usize| setup.sitting(&id, hall.panel().as_str(), &hall.judges[seat]).is_none();
            assert!(empty(1) && empty(3) && !empty(0));
        }
        hall.is_as_folded();
    }
}

#[test]
fn a_number_of_a_lock_is_a_number_and_its_works_are_at_every_desk() {
    let mut hall = Hall::of(6, 220);
    hall.draws(220);
    let sheets = |state: &Competition, hall: &Hall, at: &DeskLock| {
        desk::desk(state, &hall.event, &hall.judges[0], None, at, false).unwrap().sheets.len()
    };
    let entry = hall.roster()[0].clone();
    let place = blind::blind_code(&hall.whole, &hall.whole.entries[&entry]);
    let at = DeskLock { session: place.session, station: place.code, ..DeskLock::default() };
    assert_eq!((sheets(&hall.whole, &hall, &at), home::home(&hall.whole).counts.unnumbered), (1, 0));
    let papers = hall.locks(220);
    let code = Hall::label(&papers, &entry);
    for state in [&hall.whole, &hall.part] {
        assert_eq!((sheets(state, &hall, &at), home::home(state).counts.unnumbered), (6, 0));
        desk::check_here(state, &at, &code.as_str().into()).unwrap();
        let pins = ["j1".to_owned()];
        assert!(desk::seats(state, &pins, DeskLock::default()).sessions.is_empty(), "none of before is to be chosen");
    }
    hall.opens(&papers, [Office::DrawOfficer, Office::Supervisor]);
    assert_eq!(sheets(&hall.whole, &hall, &at), 6, "they keep their numbers");
}

#[test]
fn a_status_of_which_nobody_knew_who_locked_is_to_be_settled() {
    let mut hall = Hall::of(5, 230);
    hall.draws(230);
    let roster = hall.roster();
    let (entry, alone) = (&roster[1], &roster[2]);
    let mut other = hall.offline("b");
    other.status(entry, EntryStatus::Absent, "模拟");
    let papers = hall.locks(231);
    let code = Hall::label(&papers, entry);
    other.status(alone, EntryStatus::Absent, "模拟");
    hall.status(&code.as_str().into(), EntryStatus::Retired, "模拟");
    hall.merge(&other);
    hall.opens(&papers, [Office::DrawOfficer, Office::Supervisor]);
    let found = |hall: &Hall| {
        let open = findings::list(&hall.whole, &hall.event, &[]).open;
        open.into_iter().filter(|row| row.kind == "entry").map(|row| row.args[0].1.clone()).collect::<Vec<_>>()
    };
    assert_eq!(hall.whole.entries[entry].status(), EntryStatus::Retired);
    assert_eq!(
        hall.whole.entries[alone].status(),
        EntryStatus::Absent,
        "what nobody spoke about by code is as it was said"
    );
    assert_eq!(found(&hall), [blind::called(&hall.whole, entry)]);
    hall.status(entry, EntryStatus::Retired, "模拟");
    assert!(found(&hall).is_empty(), "said once more it is settled");
    hall.is_as_folded();
}
