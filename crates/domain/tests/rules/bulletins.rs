//! Bulletins that two nodes published under one number, and releases of standings that cross.

use super::hall::{Hall, RULES, event, hall};
use jiangsai_domain::bulletin::{BulletinKind, Columns, Period};
use jiangsai_domain::command::bulletins::{BulletinState, ChooseBulletin, PublishBulletin};
use jiangsai_domain::command::files::Whom;
use jiangsai_domain::command::registration::FieldId;
use jiangsai_domain::decide::{bulletins as decide, results};
use jiangsai_domain::draw::{Office, Opening, Seal};
use jiangsai_domain::envelope::{Context, Refusal};
use jiangsai_domain::fact::{Fact, Numbers};
use jiangsai_domain::register::Register;
use jiangsai_domain::screen::{Shown, Staged};
use jiangsai_domain::view::{bulletins, home, screen};

const TODAY: &str = "2025-10-20";

fn wanted(corrects: Option<u32>) -> PublishBulletin {
    PublishBulletin {
        competition: "competition".into(),
        event: event(),
        kind: BulletinKind::Provisional,
        columns: Columns { whom: Whom::All, scores: true, occupation: false },
        period: None,
        contact: String::new(),
        by: "甲".into(),
        corrects,
        reason: "更正".into(),
        token: String::new(),
    }
}

fn publish(hall: &mut Hall, command: PublishBulletin) -> Result<u32, Refusal> {
    let context = Context { today: TODAY.into(), actor: "operator".into(), seed: 1 };
    let (_, seen) = decide::publish(&hall.state, &command, &context)?;
    let (drafts, done) = decide::publish(&hall.state, &PublishBulletin { token: seen.token, ..command }, &context)?;
    hall.record(drafts);
    Ok(done.number)
}

/// Another node published something else under this number, and did not know of the one here.
fn elsewhere(hall: &mut Hall, number: u32) {
    let mut bulletin = hall.state.events[&event()].bulletins[&number].value().unwrap().clone();
    bulletin.by = "乙".into();
    hall.says(Fact::Bulletin { event: event(), number, bulletin: Box::new(bulletin) }, &[]);
}

fn states(hall: &Hall) -> Vec<(u32, String, BulletinState)> {
    let lines = bulletins::list(&hall.state, &event(), TODAY).unwrap().lines;
    lines.into_iter().map(|line| (line.number, line.by, line.state)).collect()
}

#[test]
fn bulletins_that_cross_under_one_number_are_both_shown_and_one_is_chosen() {
    let mut hall = hall();
    hall.base("0", &[]);
    assert_eq!(publish(&mut hall, wanted(None)), Ok(1));
    let before = home::findings(&hall.state, &event());
    elsewhere(&mut hall, 1);
    assert_eq!(home::findings(&hall.state, &event()), before + 1, "somebody has to settle it");
    let crossing = |by: &str| (1, by.to_owned(), BulletinState::Crosses);
    assert_eq!(states(&hall), [crossing("甲"), crossing("乙")]);
    assert!(bulletins::one(&hall.state, &event(), 1).is_err(), "neither is printed");
    let refused = publish(&mut hall, wanted(Some(1))).unwrap_err();
    assert_eq!(refused.code, "bulletin-crosses", "nothing is published on top of it");
    let lines = bulletins::list(&hall.state, &event(), TODAY).unwrap().lines;
    let choose = |fact: &str, reason: &str| ChooseBulletin {
        competition: "competition".into(),
        event: event(),
        number: 1,
        fact: fact.into(),
        reason: reason.into(),
    };
    let chosen = lines[1].fact.as_str();
    assert_eq!(decide::choose(&hall.state, &choose(chosen, " ")).unwrap_err().code, "reason-needed");
    assert_eq!(decide::choose(&hall.state, &choose("0", "x")).unwrap_err().code, "bulletin-unknown");
    let drafts = decide::choose(&hall.state, &choose(chosen, "乙张贴在先")).unwrap();
    hall.record(drafts);
    let told = [(1, "甲".to_owned(), BulletinState::Dropped), (1, "乙".to_owned(), BulletinState::Stands)];
    assert_eq!(states(&hall), told, "the other stays visible");
    assert_eq!(bulletins::one(&hall.state, &event(), 1).unwrap().1.by, "乙");
    assert_eq!(decide::choose(&hall.state, &choose(chosen, "x")).unwrap_err().code, "bulletin-settled");
    assert_eq!(publish(&mut hall, wanted(Some(1))), Ok(2), "and the next has the next number");
    assert_eq!(states(&hall)[2], (1, "乙".to_owned(), BulletinState::Corrected));
}

#[test]
fn the_same_bulletin_published_twice_is_one() {
    let mut hall = hall();
    hall.base("0", &[]);
    publish(&mut hall, wanted(None)).unwrap();
    let bulletin = hall.state.events[&event()].bulletins[&1].value().unwrap().clone();
    hall.says(Fact::Bulletin { event: event(), number: 1, bulletin: Box::new(bulletin) }, &[]);
    assert_eq!(states(&hall), [(1, "甲".to_owned(), BulletinState::Stands)]);
}

#[test]
fn while_releases_cross_the_screen_shows_no_standings() {
    let mut hall = hall();
    hall.base("0", &[]);
    let one = hall.says(Fact::Release { event: event(), shown: Shown::Provisional }, &[]);
    let view = |hall: &Hall| screen::screen(&hall.state, &Staged::default(), None, 0).unwrap();
    assert!(view(&hall).shows);
    let other = hall.says(Fact::Release { event: event(), shown: Shown::Nothing }, &[]);
    let shown = view(&hall);
    assert!(shown.crosses && !shown.shows && shown.released == Shown::Nothing);
    hall.says(Fact::Release { event: event(), shown: Shown::Provisional }, &[one, other]);
    assert!(view(&hall).shows);
}

/// What is known of a person, by the name alone.
fn named(hall: &mut Hall, person: &str, name: &str) {
    let replaces = hall.state.persons.get(&person.into()).map(Register::current).unwrap_or_default();
    let form = [(FieldId::Name, name.to_owned())].into_iter().collect();
    hall.says(Fact::Person { person: person.into(), form }, &replaces);
}

#[test]
fn results_are_not_announced_under_a_name_that_never_hung() {
    let mut hall = hall();
    hall.base("0", &[]);
    let now = hall.state.events[&event()].rulebook.current();
    hall.says(Fact::Rulebook { event: event(), json: RULES.replace("draw", "share") }, &now);
    for (person, name) in [("a", "模拟甲"), ("b", "模拟乙"), ("c", "模拟丙")] {
        named(&mut hall, person, name);
    }
    hall.confirm();
    let drafts = results::finalise(&hall.state, &event(), "").unwrap();
    hall.record(drafts);
    let period = Period { from: TODAY.into(), until: "2025-10-26".into() };
    let posted = PublishBulletin { kind: BulletinKind::Posted, period: Some(period), ..wanted(None) };
    assert_eq!(publish(&mut hall, posted), Ok(1));
    let may = |hall: &Hall| {
        decide::may(&hall.state, &event(), BulletinKind::Announced, None, "2025-10-27").map_err(|refusal| refusal.code)
    };
    let holds = |hall: &Hall| bulletins::list(&hall.state, &event(), TODAY).unwrap().lines[0].holds;
    assert!(may(&hall).is_ok() && holds(&hall));
    named(&mut hall, "a", "模拟丁");
    assert_eq!(may(&hall).unwrap_err(), "bulletin-posted-other", "nobody could object to that name");
    assert!(!holds(&hall) && bulletins::holding(&hall.state, &event()).unwrap().is_empty());
    named(&mut hall, "a", "模拟甲");
    assert!(may(&hall).is_ok() && holds(&hall), "it is what hung after all");
}

#[test]
fn a_bulletin_by_code_still_holds_when_names_are_opened() {
    let mut hall = hall();
    hall.base("0", &[]);
    for (number, entry) in ["a", "b", "c"].into_iter().enumerate() {
        named(&mut hall, entry, &format!("模拟{entry}"));
        let numbers = Numbers { number: (number + 1).to_string(), ..Numbers::default() };
        hall.says(Fact::Numbers { entry: entry.into(), numbers }, &[]);
    }
    let seal =
        Seal { seal: "s".into(), officer: "模拟加密员".into(), supervisor: "模拟监督员".into(), lock: None };
    hall.says(Fact::Sealed { event: event(), seal }, &[]);
    publish(&mut hall, wanted(None)).unwrap();
    let holds = |hall: &Hall| bulletins::list(&hall.state, &event(), TODAY).unwrap().lines[0].holds;
    assert!(holds(&hall));
    for (office, name) in [(Office::DrawOfficer, "模拟加密员"), (Office::Supervisor, "模拟监督员")] {
        let opening = Opening { seals: vec!["s".into()], name: name.into(), codes: std::collections::BTreeMap::new() };
        hall.says(Fact::Opened { event: event(), office, opening }, &[]);
    }
    assert!(!hall.state.is_event_sealed(&event()));
    assert!(holds(&hall), "the results are the same");
}
