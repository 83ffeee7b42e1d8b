//! What the chief judge adjusts (处罚、调整): always with a reason, on no sheet, and on the correction sheet from the first time on.

use super::hall::{Hall, event};
use jiangsai_domain::command::marks::EnterMark;
use jiangsai_domain::decide::{import, marks};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::fact::{Fact, MarkPlace};
use jiangsai_domain::import::marks::{MarksRead, ReadMark};
use jiangsai_domain::sheet::{SheetPlace, SheetState};
use jiangsai_domain::view::corrections::{Corrected, corrections};
use jiangsai_domain::view::{hall as at_a_glance, paper, standings};
use jiangsai_scoring::{Exact, Mark, Text};

const RULES: &str = r#"{
  "schema": 1, "semantics": 1, "id": "penalty", "title": {"zh": "处罚", "en": "Penalty"},
  "settle": {"absent": "0", "void": "0"},
  "items": [
    {"id": "A", "name": {"zh": "操作", "en": "Work"}, "max": "10", "input": {"number": {}}, "by": "agreed"},
    {"id": "P", "name": {"zh": "违规扣分", "en": "Penalty"}, "input": {"deduction": {"step": "0.5", "most": "10"}}, "by": "chief",
      "settle": {"not_yet": "0", "absent": "0", "void": "0"}}],
  "nodes": [
    {"id": "M", "name": {"zh": "模块", "en": "Module"}, "max": "10", "kind": "module",
      "value": {"minus": {"from": {"item": "A"}, "less": {"item": "P"}, "floor": "0"}}},
    {"id": "total", "name": {"zh": "总分", "en": "Total"}, "kind": "total", "value": {"node": "M"}}],
  "ranking": {"by": "total", "last": "share", "no_value": "unranked"}
}"#;

/// Two entries with eight points each.
fn hall() -> Hall {
    let mut hall = Hall::default();
    hall.says(Fact::Rulebook { event: event(), json: RULES.into() }, &[]);
    for entry in ["a", "b"] {
        hall.says(Fact::Entry { entry: entry.into(), event: event(), person: entry.into() }, &[]);
        let place = MarkPlace::once(&event(), &entry.into(), &"A".into(), None);
        hall.says(Fact::Mark { place, mark: Mark::Value(Exact::from_int(8)) }, &[]);
    }
    hall
}

/// Gives an entry a penalty.
fn punish(hall: &mut Hall, entry: &str, text: &str, reason: &str) -> Result<(), Refusal> {
    let place = MarkPlace::once(&event(), &entry.into(), &"P".into(), None);
    let command = EnterMark {
        competition: "x".into(),
        event: event(),
        entry: entry.into(),
        item: "P".into(),
        judge: None,
        attempt: 1,
        text: text.into(),
        replaces: hall.state.current_mark(&place),
        reason: reason.into(),
    };
    let drafts = marks::enter(&hall.state, &command)?;
    hall.record(drafts);
    Ok(())
}

fn totals(hall: &Hall) -> Vec<(String, String)> {
    let view = standings::standings(&hall.state, &event()).unwrap();
    let at = view.columns.iter().position(|column| column.total).unwrap();
    view.rows.into_iter().map(|row| (row.entry.to_string(), row.values[at].clone())).collect()
}

#[test]
fn a_penalty_needs_a_reason_and_is_a_correction_from_the_first_one_on() {
    let mut hall = hall();
    assert_eq!(punish(&mut hall, "b", "2", " ").unwrap_err().code, "reason-needed", "never without one");
    punish(&mut hall, "b", "2", "未按规定佩戴护目镜").unwrap();
    assert_eq!(totals(&hall), [("a".into(), "8".into()), ("b".into(), "6".into())]);
    let listed = corrections(&hall.state, &event());
    assert_eq!(listed.len(), 1, "the marks given in the hall are none");
    assert_eq!(listed[0].of, Corrected::Mark("P".into(), Text { zh: "违规扣分".into(), en: "Penalty".into() }));
    assert_eq!((listed[0].before.as_str(), listed[0].after.as_str()), ("", "2"));
    assert_eq!(listed[0].reason, "未按规定佩戴护目镜");
    punish(&mut hall, "b", "", "申诉成立").unwrap();
    assert_eq!(totals(&hall)[1].1, "8", "taken back");
    assert_eq!(corrections(&hall.state, &event()).len(), 2, "and both stay on record");
}

#[test]
fn it_stands_on_no_sheet_and_a_signed_one_does_not_keep_it_out() {
    let mut hall = hall();
    let shown = at_a_glance::hall(&hall.state, &event()).unwrap();
    assert_eq!(shown.adjustable.iter().map(|(id, ..)| id.as_str()).collect::<Vec<_>>(), ["P"]);
    assert!(shown.adjusted.is_empty());
    let sheet = SheetPlace { event: event(), entry: "b".into(), module: "M".into(), judge: None };
    let state = SheetState::Signed { by: "j".into(), marks: Vec::new() };
    hall.says(Fact::Sheet { sheet, state }, &[]);
    punish(&mut hall, "b", "2", "未按规定佩戴护目镜").unwrap();
    let event = event();
    let papers = paper::papers(&hall.state, &event, None).unwrap();
    for own in &papers {
        assert_eq!(own.lines.iter().map(|(item, _)| item.id.as_str()).collect::<Vec<_>>(), ["A"]);
    }
    let of_b = papers.iter().find(|paper| paper.place.entry.as_str() == "b").unwrap();
    assert_eq!(of_b.total(&hall.state).as_deref(), Some("8"), "what the paper adds up to, not what the module scores");
    let shown = at_a_glance::hall(&hall.state, &event).unwrap();
    assert_eq!((shown.adjusted.len(), shown.adjusted[0].cell.text.as_str()), (1, "2"));
}

#[test]
fn an_import_takes_its_own_reason_for_it_or_nothing() {
    let hall = hall();
    let row = |item: &str, mark: i64| ReadMark {
        entry: "a".into(),
        item: item.into(),
        judge: None,
        attempt: 1,
        mark: Mark::Value(Exact::from_int(mark)),
    };
    let marks = [row("A", 8), row("P", 1)];
    let changes = import::changes(&hall.state, &event(), &marks);
    assert_eq!(changes.len(), 1, "the screen asks for a reason");
    assert_eq!((changes[0].item.as_str(), changes[0].before.as_str(), changes[0].after.as_str()), ("P", "", "1"));
    let refused = import::marks_facts(&hall.state, &event(), &marks, "").unwrap_err();
    assert_eq!(refused.code, "reason-needed");
    let facts = import::marks_facts(&hall.state, &event(), &marks, "裁判长书面裁定").unwrap();
    assert_eq!((facts.len(), facts[0].reason.as_str()), (1, "裁判长书面裁定"));
    let read = MarksRead { items: vec!["A".into(), "P".into()], ..MarksRead::default() };
    assert!(import::missing(&hall.state, &event(), &read).is_empty(), "who has no penalty was not absent");
}
