//! Draws and sealing on folded facts: which draw stands, which numbers hold, what crosses, and what is hidden.
#![allow(clippy::unwrap_used, reason = "tests")]

use jiangsai_domain::command::competition::{About, CreateCompetition, StartFrom};
use jiangsai_domain::command::draw::{ChooseDraw, DrawByComputer, OpenSeal, RecordLot, SealNames, SwapLots, VoidDraw};
use jiangsai_domain::command::finalising::ConfirmResults;
use jiangsai_domain::command::registration::NumberEntries;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::confirmation::Duty;
use jiangsai_domain::decide::{draw, entries, found, results, seal, swap};
use jiangsai_domain::draw::{Layer, Office, order};
use jiangsai_domain::envelope::{Context, Draft, Envelope, Refusal};
use jiangsai_domain::ids::{CompetitionId, DrawId, EntryId, EventId};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::{self, blind};

struct Hall {
    state: Competition,
    event: EventId,
    next: u64,
}

fn context(seed: u128) -> Context {
    Context { today: "2026-11-25".into(), actor: "operator".into(), seed }
}

impl Hall {
    /// The sample: sixty entries in the sessions A, B and C.
    fn new() -> Self {
        let command = CreateCompetition { title: String::new(), event: String::new(), from: StartFrom::Sample };
        let drafts = found::found(&command, &context(1)).unwrap();
        let mut hall = Self { state: Competition::default(), event: EventId::default(), next: 0 };
        hall.take(drafts);
        hall.event = hall.state.events.keys().next().unwrap().clone();
        hall
    }

    fn take(&mut self, drafts: Vec<Draft>) -> usize {
        let count = drafts.len();
        for draft in drafts {
            self.next += 1;
            self.state.evolve(Envelope {
                id: format!("{:08}", self.next).into(),
                origin: Origin::default(),
                order: self.next,
                at: 0,
                actor: "operator".into(),
                replaces: draft.replaces,
                reason: draft.reason,
                fact: Ok(draft.fact),
            });
        }
        count
    }

    /// Entries of a session as registered.
    fn of(&self, session: &str) -> Vec<EntryId> {
        let own = self.state.entries_of(&self.event);
        own.filter(|(_, entry)| entry.registered_numbers().session == session).map(|(id, _)| id.clone()).collect()
    }

    fn lot(&self, layer: Layer, session: &str, entry: &EntryId, code: &str, reason: &str) -> RecordLot {
        RecordLot {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            layer,
            session: session.into(),
            entry: entry.clone(),
            lot_session: String::new(),
            code: code.into(),
            reason: reason.into(),
        }
    }

    fn record(
        &mut self,
        layer: Layer,
        session: &str,
        entry: &EntryId,
        code: &str,
        reason: &str,
    ) -> Result<usize, Refusal> {
        let command = self.lot(layer, session, entry, code, reason);
        let drafts = draw::record(&self.state, &command, &context(u128::from(self.next)))?;
        Ok(self.take(drafts))
    }

    fn computer(&mut self, layer: Layer, session: &str, seed: u128, voids: Option<DrawId>) -> Result<u32, Refusal> {
        let command = DrawByComputer {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            layer,
            session: session.into(),
            prefix: String::new(),
            stations: 0,
            voids,
            reason: "重抽".into(),
        };
        let (drafts, count) = draw::by_computer(&self.state, &command, &context(seed))?;
        self.take(drafts);
        Ok(count)
    }

    fn code(&self, entry: &EntryId) -> String {
        blind::blind_code(&self.state, &self.state.entries[entry]).label()
    }

    fn show(&self, layer: Layer, session: &str) -> jiangsai_domain::command::draw::DrawView {
        view::draw::show(&self.state, &self.event, Some(&(layer, session.to_owned()))).unwrap()
    }

    fn seal(&mut self) {
        let command = SealNames {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            officer: "模拟加密员".into(),
            supervisor: "模拟监督员".into(),
        };
        let drafts = seal::seal(&self.state, &command, &context(u128::from(self.next))).unwrap();
        self.take(drafts);
    }

    fn swap(&mut self, layer: Option<Layer>, one: &str, other: &str, reason: &str) -> Result<usize, Refusal> {
        let command = SwapLots {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            layer,
            one: one.into(),
            other: other.into(),
            reason: reason.into(),
        };
        let drafts = swap::swap(&self.state, &command)?;
        Ok(self.take(drafts))
    }

    fn open(&mut self, office: Office, name: &str, reason: &str) -> Result<usize, Refusal> {
        let command = OpenSeal {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            office,
            name: name.into(),
            code: String::new(),
            reason: reason.into(),
        };
        let drafts = seal::open(&self.state, &command)?;
        Ok(self.take(drafts))
    }
}

#[test]
fn what_is_not_drawn_is_said_beside_the_sealing_and_marks_beside_the_draw() {
    let mut hall = Hall::new();
    let before = hall.show(Layer::Place, "");
    assert_eq!((before.undrawn(), before.seal.missing), (Some((Layer::Place, 60)), 0), "registered numbers are enough");
    assert_eq!(before.marked, 59, "all of the sample but one who never came");
    let session = hall.of("A");
    hall.record(Layer::Place, "A", &session[0], "7", "").unwrap();
    let begun = hall.show(Layer::Work, "");
    let left = u32::try_from(session.len() - 1).unwrap();
    assert_eq!(begun.undrawn(), Some((Layer::Place, left)), "of what is begun, whatever is shown");
    assert_eq!(begun.seal.missing, 0, "who has no lot goes by the number of before");
    let voids = hall.show(Layer::Place, "A").held.map(|held| held.draw);
    hall.computer(Layer::Place, "A", 7, voids).unwrap();
    assert_eq!(hall.show(Layer::Work, "").undrawn(), None, "what was never wanted is not said to lack");
}

#[test]
fn lots_from_a_box_take_the_place_of_registered_stations() {
    let mut hall = Hall::new();
    let session = hall.of("A");
    let (first, second) = (&session[0], &session[1]);
    assert_eq!(hall.record(Layer::Place, "A", first, " ７ ", "").unwrap(), 2, "the first lot begins the draw");
    assert_eq!(hall.code(first), "A-7", "half-width, without spaces");
    assert_eq!(hall.record(Layer::Place, "A", first, "7", "").unwrap(), 0, "the same again is nothing");
    let taken = hall.record(Layer::Place, "A", second, "7", "").unwrap_err();
    assert_eq!((taken.code, taken.args[0].1.as_str()), ("lot-taken", "A 7"), "refused by name of the place");
    assert!(!taken.args[1].1.is_empty(), "and of who has it");
    assert_eq!(hall.record(Layer::Place, "A", first, "8", " ").unwrap_err().code, "reason-needed");
    hall.record(Layer::Place, "A", first, "8", "看错").unwrap();
    hall.record(Layer::Place, "A", second, "7", "").unwrap();
    let other = hall.of("B")[0].clone();
    assert_eq!(hall.record(Layer::Place, "A", &other, "9", "").unwrap_err().code, "draw-other-session");
    assert_eq!(
        hall.record(Layer::Place, "", &other, "9", "").unwrap_err().code,
        "draw-scope",
        "sessions draw on their own here"
    );
    hall.record(Layer::Place, "B", &other, "7", "").unwrap();
    assert_eq!(hall.code(&other), "B-7", "another session has a station of that number too");
    let third = &session[2];
    let numbers = hall.state.numbers(&hall.state.entries[third]);
    assert_eq!((numbers.session.as_str(), numbers.station.as_str()), ("A", ""), "what was registered no longer holds");
    assert_eq!(hall.show(Layer::Place, "A").choices.iter().find(|choice| choice.session == "A").unwrap().drawn, 2);
    let missing = SealNames {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        officer: "甲".into(),
        supervisor: "乙".into(),
    };
    hall.record(Layer::Work, "", &session[3], "W1", "").unwrap();
    assert_eq!(hall.code(&session[3]), "W1", "the topmost layer");
    let number = NumberEntries {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        prefix: String::new(),
        stations: 0,
    };
    assert_eq!(entries::number(&hall.state, &number).unwrap(), [], "numbering leaves alone what is drawn");
    assert!(seal::seal(&hall.state, &missing, &context(5)).is_ok(), "those without a lot still go by their 参赛号");
    hall.record(Layer::Place, "A", second, "", "没有抽").unwrap();
    assert_ne!(hall.code(second), "A-7", "a lot can be taken back");
}

#[test]
fn a_computer_draw_can_be_done_again_from_its_seed() {
    let mut hall = Hall::new();
    assert_eq!(hall.computer(Layer::Place, "A", 7, None).unwrap(), 20);
    let view = hall.show(Layer::Place, "A");
    let held = view.held.unwrap();
    assert_eq!((held.lots, held.agrees), (20, Some(true)));
    let again = order(held.seed.as_ref().unwrap(), hall.of("A"));
    for (place, entry) in (1..).zip(again) {
        assert_eq!(hall.code(&entry), format!("A-{place:02}"), "the n-th entry has the n-th station");
    }
    assert_eq!(
        hall.computer(Layer::Place, "A", 8, None).unwrap_err().code,
        "stale",
        "a redraw names the draw it voids"
    );
    hall.computer(Layer::Place, "A", 8, Some(held.draw.clone())).unwrap();
    let second = hall.show(Layer::Place, "A").held.unwrap();
    assert_eq!((second.voided, second.draw != held.draw), (1, true));
    let entry = hall.of("A")[0].clone();
    hall.record(Layer::Place, "A", &entry, "99", "换机位").unwrap();
    assert_eq!(hall.show(Layer::Place, "A").held.unwrap().agrees, Some(false), "what was changed since is seen");
}

#[test]
fn of_two_draws_that_cross_none_stands_until_one_is_chosen() {
    let mut hall = Hall::new();
    // Two desks that do not know of each other.
    let other = hall.state.clone();
    hall.computer(Layer::Number, "", 3, None).unwrap();
    let mut second = Hall { state: other, event: hall.event.clone(), next: 50_000 };
    let command = DrawByComputer {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        layer: Layer::Number,
        session: String::new(),
        prefix: "N".into(),
        stations: 0,
        voids: None,
        reason: String::new(),
    };
    let (drafts, _) = draw::by_computer(&second.state, &command, &context(4)).unwrap();
    second.take(drafts.clone());
    hall.next = 50_000;
    hall.take(drafts);
    let entry = hall.of("A")[0].clone();
    assert_eq!(hall.state.numbers(&hall.state.entries[&entry]).number, "", "none stands");
    assert_eq!(view::home::findings(&hall.state, &hall.event), 1, "and somebody has to settle it");
    assert_eq!(hall.record(Layer::Number, "", &entry, "5", "").unwrap_err().code, "draw-crosses");
    let view = hall.show(Layer::Number, "");
    assert_eq!((view.held.is_none(), view.crossing.len()), (true, 2));
    let chosen = view.crossing[0].draw.clone();
    let choose = |draw: &DrawId, reason: &str| ChooseDraw {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        layer: Layer::Number,
        session: String::new(),
        draw: draw.clone(),
        reason: reason.into(),
    };
    assert_eq!(draw::choose(&hall.state, &choose(&chosen, "")).unwrap_err().code, "reason-needed");
    let drafts = draw::choose(&hall.state, &choose(&chosen, "以大厅抽签为准")).unwrap();
    hall.take(drafts);
    assert_ne!(hall.state.numbers(&hall.state.entries[&entry]).number, "", "the chosen one stands");
    let void = VoidDraw {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        layer: Layer::Number,
        session: String::new(),
        draw: chosen.clone(),
        reason: "签少一支".into(),
    };
    let drafts = draw::void(&hall.state, &void).unwrap();
    hall.take(drafts);
    assert_eq!(hall.state.numbers(&hall.state.entries[&entry]).number.chars().next(), Some('S'), "as registered again");
    hall.record(Layer::Number, "", &entry, "5", "").unwrap();
    let register = &hall.state.events[&hall.event].draws[&Layer::Number][""];
    let held = register.agreed().unwrap().as_ref().unwrap();
    assert_eq!(held.voids.as_ref(), Some(&chosen), "the next draw names the one that was voided");
}

#[test]
fn a_seal_opens_to_two_people_and_hides_everything_until_then() {
    let mut hall = Hall::new();
    hall.computer(Layer::Place, "A", 7, None).unwrap();
    let entry = hall.of("A")[0].clone();
    let person = hall.state.entries[&entry].registered.value().unwrap().person.clone();
    // With theory out of sight names are opened before anything is confirmed, and nobody asks why.
    hall.state.marks.retain(|place, _| place.item.as_str() != "T");
    hall.seal();
    let code = hall.code(&entry);
    let wire = EntryId::new(code.as_str());
    assert_eq!(blind::handle(&hall.state, &entry, &hall.state.entries[&entry]), wire);
    assert_eq!(blind::resolve(&hall.state, &wire).unwrap(), entry, "an entry goes by its code");
    assert_eq!(blind::resolve(&hall.state, &entry).unwrap_err().code, "unknown-entry", "and no longer by its id");
    let shown = hall.show(Layer::Place, "A");
    assert!(shown.held.is_none() && shown.rows.iter().all(|row| row.name.is_empty()), "no seed and no names");
    let (own, _) = view::history::list(&hall.state, &About::Entry(EntryId::new(person.as_str())), 0, 500);
    assert_eq!(own.len(), 1, "what is known of a person");
    let (marks, _) = view::history::list(&hall.state, &About::Entry(wire), 0, 500);
    assert!(marks.iter().all(|line| line.what.0 == "history-mark"), "marks, and nothing of before the seal");
    assert_eq!(hall.record(Layer::Place, "A", &entry, "5", "x").unwrap_err().code, "sealed");
    let mut open = |office, name: &str, reason: &str| hall.open(office, name, reason).map_err(|refusal| refusal.code);
    assert_eq!(open(Office::DrawOfficer, "模拟甲", ""), Err("reason-needed"), "before the results are final");
    assert_eq!(open(Office::DrawOfficer, "模拟甲", "演练"), Ok(1));
    assert_eq!(open(Office::DrawOfficer, "模拟甲", "演练"), Ok(0), "once");
    assert_eq!(open(Office::Supervisor, " 模拟甲 ", "演练"), Err("two-people"));
    assert!(hall.state.is_event_sealed(&hall.event), "one alone opens nothing");
    assert_eq!(hall.open(Office::Supervisor, "模拟乙", "演练").unwrap(), 1);
    assert!(!hall.state.is_event_sealed(&hall.event));
    assert_eq!(hall.open(Office::Supervisor, "模拟乙", "演练").unwrap_err().code, "not-sealed");
    hall.seal();
    assert!(hall.state.is_event_sealed(&hall.event), "a new seal is not opened by what opened the old one");
    for (duty, name) in [(Duty::ChiefJudge, "模拟裁判长"), (Duty::Supervisor, "模拟总监督")] {
        let command = ConfirmResults {
            competition: CompetitionId::default(),
            event: hall.event.clone(),
            duty,
            name: name.into(),
            seen: view::finalising::seen(&hall.state, &hall.event).unwrap(),
            reason: "颁奖在即".into(),
        };
        let drafts = results::confirm(&hall.state, &command).unwrap();
        hall.take(drafts);
    }
    let refused = results::finalise(&hall.state, &hall.event, "").unwrap_err();
    assert_eq!(refused.code, "reason-needed", "names are opened before results are locked, or somebody says why not");
    let drafts = results::finalise(&hall.state, &hall.event, "加密员缺席").unwrap();
    hall.take(drafts);
    assert_eq!(
        hall.open(Office::DrawOfficer, "模拟甲", "").unwrap(),
        1,
        "after the results are final no reason is asked for"
    );
}

#[test]
fn who_seals_and_marks_is_warned_of() {
    let mut hall = Hall::new();
    let name = hall.state.judges.values().next().unwrap().value().unwrap().name.clone();
    let command = SealNames {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        officer: name.clone(),
        supervisor: "模拟监督员".into(),
    };
    let drafts = seal::seal(&hall.state, &command, &context(9)).unwrap();
    hall.take(drafts);
    let warnings = hall.show(Layer::Place, "").seal.warnings;
    assert_eq!((warnings.len(), warnings[0].1[0].1.as_str()), (1, name.as_str()));
    let alone = SealNames {
        competition: CompetitionId::default(),
        event: hall.event.clone(),
        officer: "甲".into(),
        supervisor: "甲".into(),
    };
    assert_eq!(seal::seal(&hall.state, &alone, &context(9)).unwrap_err().code, "sealed");
}

#[test]
fn two_who_sit_at_each_others_station_are_exchanged_also_while_sealed() {
    let mut hall = Hall::new();
    hall.computer(Layer::Place, "A", 7, None).unwrap();
    hall.computer(Layer::Place, "B", 8, None).unwrap();
    let (one, other) = (hall.of("A")[0].clone(), hall.of("A")[1].clone());
    let (first, second) = (hall.code(&one), hall.code(&other));
    let refused = hall.record(Layer::Place, "A", &one, second.trim_start_matches("A-"), "坐反了").unwrap_err();
    assert_eq!(refused.code, "lot-taken", "one after the other it cannot be said");
    let place = Some(Layer::Place);
    assert_eq!(hall.swap(place, one.as_str(), other.as_str(), "").unwrap_err().code, "reason-needed");
    assert_eq!(hall.swap(place, one.as_str(), other.as_str(), "坐反了").unwrap(), 2, "both at once");
    assert_eq!((hall.code(&one), hall.code(&other)), (second.clone(), first.clone()));
    assert_eq!(hall.swap(place, one.as_str(), one.as_str(), "坐反了").unwrap_err().code, "swap-nothing");
    let away = hall.of("B")[0].clone();
    let refused = hall.swap(place, one.as_str(), away.as_str(), "坐反了").unwrap_err();
    assert_eq!(refused.code, "swap-other-session", "each session drew by itself");

    hall.seal();
    assert_eq!(
        hall.swap(None, one.as_str(), other.as_str(), "坐反了").unwrap_err().code,
        "unknown-entry",
        "no ids now"
    );
    assert_eq!(hall.swap(None, &first, &second, "上一轮改错了").unwrap(), 2, "by blind code");
    assert_eq!((hall.code(&one), hall.code(&other)), (first.clone(), second));
    let (lines, _) = view::history::list(&hall.state, &About::Draws, 0, 500);
    let told = lines.iter().filter(|line| line.reason == "上一轮改错了").count();
    assert_eq!(told, 2, "it is on record");
    assert!(lines.iter().all(|line| !format!("{line:?}").contains(first.as_str())), "and does not say who has which");
}

#[test]
fn stations_that_nobody_drew_are_exchanged_as_registered() {
    let mut hall = Hall::new();
    let (one, other) = (hall.of("A")[0].clone(), hall.of("B")[0].clone());
    let before = [&one, &other].map(|id| hall.state.entries[id].registered_numbers());
    assert_eq!(hall.swap(Some(Layer::Work), one.as_str(), other.as_str(), "x").unwrap_err().code, "swap-nothing");
    hall.swap(Some(Layer::Place), one.as_str(), other.as_str(), "换了场次").unwrap();
    let after = [&one, &other].map(|id| hall.state.entries[id].registered_numbers());
    assert_eq!((&after[0].session, &after[0].station), (&before[1].session, &before[1].station));
    assert_eq!((&after[1].session, &after[1].station), (&before[0].session, &before[0].station));
    assert_eq!([&after[0].number, &after[1].number], [&before[0].number, &before[1].number], "参赛号 stay");
}
