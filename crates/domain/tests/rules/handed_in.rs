//! When every sheet of the sample is handed in and checked: at desks, on paper, some here and some there; and a re-check that was begun.

use jiangsai_domain::command::competition::{CreateCompetition, StartFrom};
use jiangsai_domain::command::finalising::FinalStepId;
use jiangsai_domain::command::hall::HallSheet;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::found::found;
use jiangsai_domain::decide::sheets::signed_marks;
use jiangsai_domain::envelope::{Context, Envelope};
use jiangsai_domain::fact::{Fact, MarkPlace};
use jiangsai_domain::ids::{EventId, FactId};
use jiangsai_domain::paper::{Checking, How, Recording, SheetMark};
use jiangsai_domain::recheck::{Extent, Finding, Plan};
use jiangsai_domain::register::Register;
use jiangsai_domain::sheet::{Modules, SheetPlace, SheetState};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::{finalising, hall, paper, recheck};
use jiangsai_scoring::Mark;

struct Sample {
    state: Competition,
    event: EventId,
}

impl Sample {
    fn new() -> Self {
        let command = CreateCompetition { title: String::new(), event: String::new(), from: StartFrom::Sample };
        let context = Context { today: "2026-11-24".into(), actor: "operator".into(), seed: 1 };
        let mut sample = Self { state: Competition::default(), event: EventId::default() };
        for draft in found(&command, &context).unwrap() {
            sample.says(draft.fact);
        }
        sample.event = sample.state.events.keys().next().unwrap().clone();
        sample
    }

    /// Takes a fact in that replaces nothing.
    fn says(&mut self, fact: Fact) {
        self.replaces(fact, Vec::new());
    }

    fn replaces(&mut self, fact: Fact, replaces: Vec<FactId>) {
        let order = u64::try_from(self.state.facts()).unwrap() + 1;
        let (id, actor) = (format!("f{order}").into(), "operator".into());
        self.state.evolve(Envelope {
            id,
            origin: Origin::default(),
            order,
            at: 0,
            actor,
            replaces,
            reason: String::new(),
            fact: Ok(fact),
        });
    }

    fn wants_paper(&mut self) {
        self.says(Fact::Paper { event: self.event.clone(), wanted: true });
    }

    fn hall(&self) -> Vec<(HallSheet, SheetPlace)> {
        let place = |sheet: HallSheet| {
            let (entry, module, judge) = (sheet.entry.clone(), sheet.module.clone(), sheet.judge.clone());
            (sheet, SheetPlace { event: self.event.clone(), entry, module, judge })
        };
        hall::hall(&self.state, &self.event).unwrap().sheets.into_iter().map(place).collect()
    }

    fn first_of(&self, module: &str) -> SheetPlace {
        self.hall().into_iter().find(|(_, place)| place.module == module).unwrap().1
    }

    /// A judge signs what stands.
    fn signs(&mut self, sheet: SheetPlace) {
        let setup = &self.state.events[&self.event];
        let marks = signed_marks(&self.state, &Modules::of(setup.engine().unwrap().rulebook()), setup, &sheet);
        let replaces = self.state.sheets.get(&sheet).map(Register::current).unwrap_or_default();
        self.replaces(Fact::Sheet { sheet, state: SheetState::Signed { by: "J".into(), marks } }, replaces);
    }

    fn on(&self, sheet: &SheetPlace) -> Vec<SheetMark> {
        let papers = paper::papers(&self.state, &self.event, Some(&sheet.module)).unwrap();
        papers.iter().find(|paper| paper.place == *sheet).unwrap().marks(&self.state)
    }

    /// A recorder types what stands, with the total that is on the paper.
    fn types(&mut self, sheet: &SheetPlace, total: &str) {
        let recording = Recording { by: "模拟录分员".into(), total: total.into(), marks: self.on(sheet) };
        let replaces = self.state.papers.get(sheet).map(|own| own.recorded.current()).unwrap_or_default();
        self.replaces(Fact::Recorded { sheet: sheet.clone(), recording }, replaces);
    }

    /// A checker finds what stands.
    fn checks(&mut self, sheet: &SheetPlace) {
        let checking = Checking { by: "模拟核分员".into(), how: How::Blind, marks: self.on(sheet) };
        let replaces = self.state.papers.get(sheet).map(|own| own.checked.current()).unwrap_or_default();
        self.replaces(Fact::Checked { sheet: sheet.clone(), checking }, replaces);
    }

    /// Keys of what is missing at a step.
    fn missing(&self, id: FinalStepId) -> Vec<String> {
        let view = finalising::finalising(&self.state, &self.event).unwrap();
        let step = view.steps.into_iter().find(|step| step.id == id).unwrap();
        step.missing.into_iter().map(|(key, _)| key).collect()
    }

    fn unverified(&self) -> usize {
        paper::unverified(&self.state, &self.event).unwrap().len()
    }

    fn unsigned(&self) -> usize {
        hall::unsigned(&self.state, &self.event).unwrap()
    }
}

#[test]
fn a_sheet_that_was_typed_is_checked_whether_results_need_paper_or_not() {
    let mut sample = Sample::new();
    let sheet = sample.first_of("A");
    let open = |sample: &Sample| sample.missing(FinalStepId::Checked).contains(&"finalising-unverified".to_owned());
    assert!(!open(&sample), "nothing was typed");
    sample.types(&sheet, "9999");
    assert!(open(&sample), "its total is wrong");
    assert!(finalising::finalising(&sample.state, &sample.event).unwrap().incomplete);
    sample.types(&sheet, "");
    assert_eq!(sample.unverified(), 1, "nobody confirmed it");
    sample.checks(&sheet);
    assert!(!open(&sample) && sample.unverified() == 0);
    let recording = Recording { by: "模拟乙".into(), total: String::new(), marks: sample.on(&sheet) };
    sample.says(Fact::Recorded { sheet, recording });
    assert_eq!(sample.unverified(), 1, "two recordings cross");
}

#[test]
fn a_module_on_paper_and_the_others_at_desks_are_handed_in_together() {
    let mut sample = Sample::new();
    sample.wants_paper();
    let all = sample.hall();
    let modules: Vec<&str> = all.iter().map(|(_, place)| place.module.as_str()).collect();
    assert!(modules.contains(&"A") && modules.contains(&"B"), "{modules:?}");
    assert!(all.iter().all(|(sheet, _)| sheet.missing.is_empty()), "everything is marked");
    for (_, place) in &all {
        if place.module == "A" {
            sample.types(place, "");
            sample.checks(place);
        } else {
            sample.signs(place.clone());
        }
    }
    assert_eq!((sample.unsigned(), sample.unverified()), (0, 0), "nothing is missing");
    assert!(!sample.missing(FinalStepId::Sheets).contains(&"finalising-unsigned".to_owned()));
    assert!(!sample.missing(FinalStepId::Checked).contains(&"finalising-unverified".to_owned()));
    let hall = hall::hall(&sample.state, &sample.event).unwrap();
    let on_paper = |sheet: &HallSheet| sheet.verified && sheet.is_handed_in();
    assert!(hall.sheets.iter().all(|sheet| on_paper(sheet) == (sheet.module == "A")), "and shown as what it is");
    assert!(hall.groups.iter().all(|group| group.signed == group.sheets));

    // A mark that changes afterwards opens the sheet, here and there.
    for module in ["A", "B"] {
        let sheet = sample.first_of(module);
        let mark = sample.on(&sheet).remove(0);
        let once = MarkPlace::once(&sample.event, &sheet.entry, &mark.item, sheet.judge.as_ref());
        let place = MarkPlace { attempt: mark.attempt, ..once };
        let replaces = sample.state.current_mark(&place);
        sample.replaces(Fact::Mark { place, mark: Mark::Absent }, replaces);
    }
    assert_eq!((sample.unsigned(), sample.unverified()), (2, 1), "the signed one needs no paper");
}

#[test]
fn a_sheet_that_was_opened_again_after_its_paper_was_confirmed_is_not_handed_in() {
    let mut sample = Sample::new();
    let sheet = sample.first_of("B");
    sample.signs(sheet.clone());
    let before = sample.unsigned();
    sample.types(&sheet, "");
    sample.checks(&sheet);
    assert_eq!(sample.unsigned(), before);
    let replaces = sample.state.sheets[&sheet].current();
    sample.replaces(Fact::Sheet { sheet: sheet.clone(), state: SheetState::Reopened }, replaces);
    assert_eq!(sample.unsigned(), before + 1, "somebody wants it looked at");
    sample.checks(&sheet);
    assert_eq!(sample.unsigned(), before, "and did, on paper");
}

#[test]
fn a_re_check_that_was_begun_is_done_before_results_are_confirmed() {
    let mut sample = Sample::new();
    let left = |sample: &Sample| recheck::left(&sample.state, &sample.event).unwrap();
    let open = |sample: &Sample| sample.missing(FinalStepId::Checked).contains(&"finalising-recheck".to_owned());
    assert!(left(&sample) == 0 && !open(&sample), "none was begun");
    let first = sample.first_of("A").entry;
    let plan = Plan { extent: Extent::FirstTen { rest: 15 }, seed: "1".into(), first: vec![first], drawn: Vec::new() };
    sample.says(Fact::Recheck { event: sample.event.clone(), plan });
    let sheets = recheck::show(&sample.state, &sample.event).unwrap().sheets.len();
    assert_eq!(left(&sample), sheets);
    assert!(sheets > 0 && open(&sample));
    assert!(finalising::finalising(&sample.state, &sample.event).unwrap().incomplete);
    let plan = sample.state.events[&sample.event].recheck.last().map(|(id, _)| id.clone());
    let papers = paper::papers(&sample.state, &sample.event, None).unwrap();
    let first = sample.first_of("A").entry;
    let own: Vec<_> = papers.into_iter().map(|paper| paper.place).filter(|place| place.entry == first).collect();
    for sheet in own {
        let finding = Finding { by: "模拟复核员".into(), errors: 0, note: String::new(), plan: plan.clone() };
        sample.says(Fact::Rechecked { sheet, finding });
    }
    assert!(left(&sample) == 0 && !open(&sample));
}
