//! What everybody is told of an event in counts, beside a bulletin.

use super::hall::{Hall, RULES, event, hall};
use jiangsai_domain::bulletin::{BulletinKind, Columns, Period};
use jiangsai_domain::command::bulletins::{ChooseBulletin, PublishBulletin};
use jiangsai_domain::command::files::Whom;
use jiangsai_domain::command::registration::FieldId;
use jiangsai_domain::decide::{bulletins as decide, results};
use jiangsai_domain::draw::Seal;
use jiangsai_domain::envelope::{Context, Draft};
use jiangsai_domain::fact::{Fact, Numbers};
use jiangsai_domain::figures::{self, Figures};
use jiangsai_domain::register::Register;
use jiangsai_domain::view::{bulletins, overview};
use jiangsai_scoring::EntryStatus;

const TODAY: &str = "2025-10-20";
const AWARDS: &str = r#""awards": {"tiers": [
  {"id": "first", "name": {"zh": "一等奖", "en": "First"}, "take": {"count": 1}},
  {"id": "second", "name": {"zh": "二等奖", "en": "Second"}, "take": {"count": 2}}]}, "ranking""#;

/// Three of two units, one of whom never came; five judges sit on a panel, one of them twice.
fn day() -> Hall {
    let mut hall = hall();
    let now = hall.state.events[&event()].rulebook.current();
    let rules = RULES.replace("\"draw\"", "\"share\"").replace("\"ranking\"", AWARDS);
    hall.says(Fact::Rulebook { event: event(), json: rules }, &now);
    hall.base("0", &[]);
    for (at, (entry, unit)) in [("a", "模拟一厂"), ("b", "模拟二厂"), ("c", "模拟一厂")].into_iter().enumerate()
    {
        let form = [(FieldId::Name, format!("模拟{entry}")), (FieldId::Unit, unit.to_owned())];
        hall.says(Fact::Person { person: entry.into(), form: form.into_iter().collect() }, &[]);
        let numbers = Numbers { number: (at + 1).to_string(), ..Numbers::default() };
        hall.says(Fact::Numbers { entry: entry.into(), numbers }, &[]);
        hall.mark(entry, 80 + i64::try_from(at).unwrap());
    }
    hall.says(Fact::Status { entry: "a".into(), status: EntryStatus::Absent, since: None }, &[]);
    for (panel, members) in [("one", ["j1", "j2", "j3"]), ("two", ["j3", "j4", "j5"])] {
        let members = members.into_iter().map(Into::into).collect();
        hall.says(Fact::Panel { event: event(), panel: panel.into(), members }, &[]);
    }
    hall
}

fn publishes(hall: &mut Hall, kind: BulletinKind, corrects: Option<u32>) -> Vec<Draft> {
    let context = Context { today: TODAY.into(), actor: "operator".into(), seed: 1 };
    let command = PublishBulletin {
        competition: "competition".into(),
        event: event(),
        kind,
        columns: Columns { whom: Whom::Winners { top: 1 }, scores: true, occupation: false },
        period: Some(Period { from: TODAY.into(), until: "2025-10-26".into() }),
        contact: String::new(),
        by: "甲".into(),
        corrects,
        reason: "模拟a 的成绩有误".into(),
        token: String::new(),
    };
    let command = match kind {
        BulletinKind::Provisional => {
            let columns = Columns { whom: Whom::All, ..command.columns };
            PublishBulletin { columns, ..command }
        }
        _ => command,
    };
    let (none, seen) = decide::publish(&hall.state, &command, &context).unwrap();
    assert!(none.is_empty(), "nothing is told before it is published");
    let command = PublishBulletin { token: seen.token, ..command };
    let (drafts, _) = decide::publish(&hall.state, &command, &context).unwrap();
    hall.record(drafts.clone());
    drafts
}

fn told(hall: &Hall) -> Figures {
    overview::overview(&hall.state).remove(0).figures.unwrap().figures
}

fn awards(figures: &Figures) -> Vec<(String, u32)> {
    figures.awards.iter().map(|own| (own.name.zh.clone(), own.count)).collect()
}

#[test]
fn a_bulletin_comes_with_counts_that_name_nobody() {
    let mut hall = day();
    assert!(overview::overview(&hall.state)[0].figures.is_none(), "nothing was published");
    let drafts = publishes(&mut hall, BulletinKind::Provisional, None);
    let own = told(&hall);
    assert_eq!((own.number, own.kind, own.registered, own.took_part), (1, BulletinKind::Provisional, 3, 2));
    assert_eq!((own.units, own.judges, awards(&own)), (Some(2), 5, Vec::new()), "no award before it is final");
    let drafted: Vec<&Draft> = drafts.iter().filter(|draft| matches!(draft.fact, Fact::Figures { .. })).collect();
    let said = format!("{}{}", drafted[0].fact.content(), drafted[0].reason);
    assert_eq!(drafted.len(), 1);
    assert!(!said.contains("模拟"), "neither a name nor a unit, nor what was typed for the bulletin: {said}");

    hall.confirm();
    let drafts = results::finalise(&hall.state, &event(), "").unwrap();
    hall.record(drafts);
    publishes(&mut hall, BulletinKind::Posted, None);
    let own = told(&hall);
    assert_eq!((own.number, own.kind), (2, BulletinKind::Posted), "the later takes the place of the earlier");
    let given = [("一等奖".to_owned(), 1), ("二等奖".to_owned(), 1)];
    assert_eq!(awards(&own), given, "of all that are given, whoever stands in the bulletin");
    assert!(!hall.state.events[&event()].figures.crosses());
}

#[test]
fn whoever_withdrew_is_not_counted_and_whoever_was_absent_later_took_part() {
    let mut hall = day();
    let absent = hall.state.entries[&"a".into()].status.current();
    hall.says(Fact::Status { entry: "a".into(), status: EntryStatus::Absent, since: Some("final".into()) }, &absent);
    hall.says(Fact::Status { entry: "c".into(), status: EntryStatus::Withdrawn, since: None }, &[]);
    let own = figures::of(&hall.state, &event(), 1, BulletinKind::Provisional).unwrap();
    assert_eq!((own.registered, own.took_part, own.units), (2, 2, Some(2)));
}

#[test]
fn while_names_are_sealed_nothing_is_said_of_units() {
    let mut hall = day();
    let seal = Seal { seal: "s".into(), officer: "甲".into(), supervisor: "乙".into(), lock: None };
    hall.says(Fact::Sealed { event: event(), seal }, &[]);
    let drafts = publishes(&mut hall, BulletinKind::Provisional, None);
    assert_eq!(told(&hall).units, None);
    let drafted = drafts.into_iter().find(|draft| matches!(draft.fact, Fact::Figures { .. })).unwrap();
    assert!(!drafted.fact.content().to_string().contains("units"), "not even that there is such a count");
}

#[test]
fn of_figures_that_cross_the_later_hold_until_somebody_chooses_the_bulletin() {
    let mut hall = day();
    publishes(&mut hall, BulletinKind::Provisional, None);
    let mut bulletin = hall.state.events[&event()].bulletins[&1].value().unwrap().clone();
    bulletin.by = "乙".into();
    hall.says(Fact::Bulletin { event: event(), number: 1, bulletin: Box::new(bulletin) }, &[]);
    hall.says(Fact::Figures { event: event(), figures: Figures { registered: 9, ..told(&hall) } }, &[]);
    assert_eq!(told(&hall).registered, 9, "the other computer had another three of them");
    let fact = bulletins::list(&hall.state, &event(), TODAY).unwrap().lines[1].fact.clone();
    let (competition, event, reason) = ("competition".into(), event(), "先张贴".to_owned());
    let choose = ChooseBulletin { competition, event, number: 1, fact, reason };
    let drafts = decide::choose(&hall.state, &choose).unwrap();
    hall.record(drafts);
    let register: &Register<Figures> = &hall.state.events[&choose.event].figures;
    assert!(!register.crosses(), "whoever chooses counts anew");
    assert_eq!(register.value().unwrap().registered, 3);
}
