//! Giving values to parameters: what is refused, what is shown before, what is recorded.

use super::hall::{Hall, event, hall};
use jiangsai_domain::command::parameters::{ParameterValue, SetParameters};
use jiangsai_domain::command::results::Effect;
use jiangsai_domain::decide::parameters::set;
use jiangsai_domain::envelope::{Draft, Refusal};
use jiangsai_domain::ids::FactId;
use jiangsai_domain::view::{history, parameters, standings};

fn value(parameter: &str, text: &str, value: &str, replaces: &[FactId]) -> ParameterValue {
    ParameterValue { parameter: parameter.into(), text: text.into(), value: value.into(), replaces: replaces.to_vec() }
}

fn give(hall: &Hall, values: &[ParameterValue], reason: &str, preview: bool) -> Result<(Vec<Draft>, Effect), Refusal> {
    let (competition, reason) = ("x".into(), reason.to_owned());
    set(&hall.state, &SetParameters { competition, event: event(), values: values.to_vec(), reason, preview })
}

#[test]
fn what_is_no_value_is_refused_by_its_place() {
    let hall = hall();
    let code = |values: &[ParameterValue]| give(&hall, values, "启封", false).unwrap_err().code;
    assert_eq!(code(&[value("base", "", "1", &[]), value("other", "", "1", &[])]), "unknown-parameter");
    assert_eq!(code(&[value("base", "A", "1", &[])]), "parameter-for-all", "it has one value for all");
    assert_eq!(code(&[value("base", "", "1", &[]), value("base", " ", "2", &[])]), "parameter-twice");
    assert_eq!(code(&[value("base", "", "1", &["f99".into()])]), "stale");
    assert_eq!(code(&[value("base", "", &"9".repeat(101), &[])]), "too-long");
    let refused = give(&hall, &[value("base", "", "1..2", &[])], "启封", false).unwrap_err();
    let args: Vec<(&str, &str)> = refused.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(refused.code, "parameter-value");
    assert_eq!(args, [("parameter", "base"), ("text", ""), ("value", "1..2"), ("kind", "number")]);
}

#[test]
fn the_effect_is_shown_and_a_reason_asked_for_once_marks_exist() {
    let mut hall = hall();
    let one = [value("base", "", "１．５", &[])];
    let (drafts, effect) = give(&hall, &one, "", true).unwrap();
    assert_eq!((drafts.len(), effect.changes.len(), effect.applied), (0, 3, false), "three results come about");
    assert_eq!(give(&hall, &one, " ", false).unwrap_err().code, "reason-needed");
    let (drafts, effect) = give(&hall, &one, "启封", false).unwrap();
    assert_eq!((drafts.len(), effect.applied), (1, true));
    hall.record(drafts);
    let view = standings::standings(&hall.state, &event()).unwrap();
    assert!(view.rows.iter().all(|row| row.values == ["81.5"]), "full-width digits are read: {:?}", view.rows);
    let (again, _) = give(&hall, &[value("base", "", "1.5", &[])], "启封", false).unwrap();
    assert!(again.is_empty(), "what stands is not said twice");

    let cell = parameters::parameters(&hall.state, &event()).unwrap().parameters[0].cells[0].clone();
    let (drafts, effect) = give(&hall, &[value("base", "", "", &cell.current)], "填错", false).unwrap();
    assert_eq!(effect.changes.len(), 3, "clearing it takes them away again");
    hall.record(drafts);
    assert_eq!(parameters::missing(&hall.state, &event()), 1);
    let about = jiangsai_domain::command::competition::About::Settings;
    let lines = history::history(&hall.state, &about, 0, 10).lines;
    assert_eq!((lines[0].what.0.as_str(), lines[0].before.as_str()), ("history-parameter", "1.5"));
}
