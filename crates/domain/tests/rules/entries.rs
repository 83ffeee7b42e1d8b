//! Editing the form of an entry: what its editor saw, what crosses, and fields that are switched off.

use super::hall::{Hall, RULES, event};
use jiangsai_domain::command::competition::Settings;
use jiangsai_domain::command::registration::{EditEntry, FieldId, Form, Saved};
use jiangsai_domain::decide::entries;
use jiangsai_domain::envelope::{Context, Draft};
use jiangsai_domain::fact::{Fact, Numbers};
use jiangsai_domain::ids::FactId;
use jiangsai_domain::view::{entries::list, home};

fn form(own: &[(FieldId, &str)]) -> Form {
    let sound = [
        (FieldId::Name, "模拟甲"),
        (FieldId::DocumentKind, "passport"),
        (FieldId::DocumentNumber, "E1234567"),
        (FieldId::Unit, "模拟水务"),
    ];
    sound.iter().chain(own).map(|(field, text)| (*field, (*text).to_owned())).collect()
}

/// One entry with this form, in a competition that asks for delegations or not.
fn registered(own: &[(FieldId, &str)], fields: Vec<FieldId>) -> Hall {
    let mut hall = Hall::default();
    hall.says(Fact::Settings(Settings { title: "模拟".into(), fields, ..Settings::default() }), &[]);
    hall.says(Fact::Rulebook { event: event(), json: RULES.into() }, &[]);
    hall.says(Fact::Entry { entry: "a".into(), event: event(), person: "a".into() }, &[]);
    hall.says(Fact::Person { person: "a".into(), form: form(own) }, &[]);
    hall
}

fn shown(hall: &Hall) -> (Form, Vec<FactId>) {
    let row = list(&hall.state, &event(), "").rows.remove(0);
    (row.form, row.facts)
}

fn edit(hall: &Hall, form: Form, replaces: Vec<FactId>) -> Result<Vec<Draft>, &'static str> {
    let command = EditEntry { competition: "x".into(), entry: "a".into(), form, replaces, reason: String::new() };
    let context = Context { today: "2026-11-24".into(), actor: "operator".into(), seed: 1 };
    match entries::edit(&hall.state, &command, &context) {
        Ok((drafts, Saved::Saved(_))) => Ok(drafts),
        Ok((_, Saved::Refused(_))) => Err("faults"),
        Err(refusal) => Err(refusal.code),
    }
}

#[test]
fn a_form_that_changed_on_the_way_is_not_overwritten() {
    let mut hall = registered(&[], Vec::new());
    let (mut unit, seen) = shown(&hall);
    let mut phone = unit.clone();
    unit.insert(FieldId::Unit, "模拟电力".into());
    phone.insert(FieldId::Phone, "13800000000".into());
    let drafts = edit(&hall, unit, seen.clone()).unwrap();
    hall.record(drafts);
    assert_eq!(edit(&hall, phone, seen).unwrap_err(), "stale", "the unit would be what it was");
    assert_eq!(shown(&hall).0[&FieldId::Unit], "模拟电力");
    let (form, seen) = shown(&hall);
    assert_eq!(edit(&hall, form, seen).unwrap().len(), 0, "nothing to change");
}

#[test]
fn of_crossing_forms_and_numbers_the_shown_ones_may_be_right() {
    let mut hall = registered(&[], Vec::new());
    hall.says(Fact::Person { person: "a".into(), form: form(&[(FieldId::Unit, "模拟电力")]) }, &[]);
    for number in ["S1", "S2"] {
        let numbers = Numbers { number: number.into(), ..Numbers::default() };
        hall.says(Fact::Numbers { entry: "a".into(), numbers }, &[]);
    }
    assert_eq!(home::findings(&hall.state, &event()), 2);
    let (form, seen) = shown(&hall);
    let drafts = edit(&hall, form.clone(), seen).unwrap();
    hall.record(drafts);
    assert_eq!(home::findings(&hall.state, &event()), 0, "saving what is shown settles both");
    assert_eq!(shown(&hall).0, form);
}

#[test]
fn fields_that_are_switched_off_stay() {
    let own = [(FieldId::Delegation, "模拟代表队"), (FieldId::BirthDate, "1990-01-01")];
    let mut hall = registered(&own, Vec::new());
    let (mut form, seen) = shown(&hall);
    form.insert(FieldId::Phone, "13800000000".into());
    // As an editor that shows only the fields in use.
    own.iter().for_each(|(field, _)| drop(form.remove(field)));
    let drafts = edit(&hall, form, seen).unwrap();
    hall.record(drafts);
    let (form, _) = shown(&hall);
    assert_eq!(form[&FieldId::Phone], "13800000000");
    for (field, text) in own {
        assert_eq!(form[&field], text, "a rule may read it");
    }
}

#[test]
fn fields_that_are_switched_on_can_be_emptied() {
    let mut hall = registered(&[(FieldId::Delegation, "模拟代表队")], vec![FieldId::Delegation]);
    let (mut form, seen) = shown(&hall);
    form.remove(&FieldId::Delegation);
    let drafts = edit(&hall, form, seen).unwrap();
    hall.record(drafts);
    assert_eq!(shown(&hall).0.get(&FieldId::Delegation), None);
}
