#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;

fn form(pairs: &[(FieldId, &str)]) -> Form {
    pairs.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
}

#[test]
fn a_form_is_kept_as_it_was_meant() {
    let typed = form(&[
        (FieldId::Name, " 阿依古丽·买买提 "),
        (FieldId::DocumentNumber, "１１０１０５19491231002x"),
        (FieldId::Phone, "+86 138-0000-0000"),
        (FieldId::Unit, "模拟水务"),
        (FieldId::SkillLevel, "高级工"),
    ]);
    let kept = check_form(&typed, &[], "2026-11-24").unwrap();
    assert_eq!(kept[&FieldId::Name], "阿依古丽·买买提", "spaces around are dropped");
    assert_eq!(kept[&FieldId::DocumentNumber], "11010519491231002X");
    assert_eq!(kept[&FieldId::DocumentKind], "resident_id", "what is usual is not asked");
    assert_eq!(kept[&FieldId::Phone], "13800000000");
    assert_eq!(kept[&FieldId::SkillLevel], "level_3");
}

#[test]
fn every_fault_is_named_by_field() {
    let typed = form(&[(FieldId::DocumentNumber, "110101202311012171"), (FieldId::Phone, "1390000")]);
    let faults = check_form(&typed, &[], "2026-11-24").unwrap_err();
    let fields: Vec<FieldId> = faults.iter().map(|fault| fault.field).collect();
    assert_eq!(fields, [FieldId::Name, FieldId::Phone, FieldId::Unit, FieldId::DocumentNumber]);
}

#[test]
fn sex_and_birth_date_must_agree_with_the_number() {
    let typed = form(&[
        (FieldId::Name, "模拟"),
        (FieldId::Unit, "模拟"),
        (FieldId::DocumentNumber, "11010519491231002X"),
        (FieldId::Sex, "男"),
        (FieldId::BirthDate, "1949/12/31"),
    ]);
    let faults = check_form(&typed, &[FieldId::Sex, FieldId::BirthDate], "2026-11-24").unwrap_err();
    assert_eq!(faults.len(), 1, "the date agrees");
    assert_eq!(faults[0].why.0, "fault-sex-differs");
}

#[test]
fn dates_are_days_of_the_calendar() {
    assert!(is_date("2024-02-29"), "a leap year");
    assert!(!is_date("2023-02-29"), "no leap year");
    assert!(!is_date("2023-13-01"), "no such month");
}

fn wrong(pairs: &[(FieldId, &str)]) -> Vec<(FieldId, String)> {
    let found = check_form(&form(pairs), &SWITCHABLE, "2026-11-24").err().unwrap_or_default();
    found.into_iter().map(|fault| (fault.field, fault.why.0)).collect()
}

const PERSON: [(FieldId, &str); 3] =
    [(FieldId::Name, "模拟"), (FieldId::Unit, "模拟"), (FieldId::DocumentNumber, "11010519491231002X")];

#[test]
fn names_keep_what_belongs_to_them() {
    for name in ["阿依古丽·买买提", "𠮷田 一郎", "Anna Maria", "龘"] {
        assert_eq!(normalise(FieldId::Name, name).as_deref(), Ok(name), "kept as it is");
    }
    assert_eq!(normalise(FieldId::Name, &"长".repeat(61)).unwrap_err().0, "fault-too-long");
    assert_eq!(normalise(FieldId::Name, &"长".repeat(60)).unwrap().chars().count(), 60, "the longest");
    assert_eq!(normalise(FieldId::Name, "模\u{7}拟").unwrap_err().0, "fault-control");
    assert_eq!(normalise(FieldId::Name, "\u{200b} \u{feff}"), Ok(String::new()), "nothing that can be seen");
}

#[test]
fn marks_that_nobody_sees_are_dropped() {
    assert_eq!(normalise(FieldId::Phone, "\u{202d}13800000000\u{202c}").as_deref(), Ok("13800000000"), "from a chat");
    assert_eq!(normalise(FieldId::Note, "一\n二\r\n三").as_deref(), Ok("一 二 三"), "a note on three lines");
}

#[test]
fn a_birth_date_is_a_day_of_this_or_the_last_century() {
    assert_eq!(normalise(FieldId::BirthDate, "1990年5月8日").as_deref(), Ok("1990-05-08"));
    assert_eq!(normalise(FieldId::BirthDate, "19900508").as_deref(), Ok("1990-05-08"));
    assert_eq!(normalise(FieldId::BirthDate, "90/5/8").unwrap_err().0, "fault-date", "which century is not said");
    for date in ["2026-11-25", "1899-12-31"] {
        let mut pairs = PERSON.to_vec();
        pairs.push((FieldId::BirthDate, date));
        assert_eq!(wrong(&pairs), [(FieldId::BirthDate, "fault-date".to_owned())], "{date}");
    }
}

#[test]
fn a_kind_that_nobody_knows_is_one_fault_and_not_two() {
    let mut pairs = PERSON.to_vec();
    pairs.push((FieldId::DocumentKind, "军官证"));
    pairs[2].1 = "军字第1号";
    assert_eq!(wrong(&pairs), [(FieldId::DocumentKind, "fault-unknown-choice".to_owned())]);
}

#[test]
fn a_residence_permit_states_sex_and_birth_date_too() {
    let number = document::with_check_character("81000019900307123").unwrap();
    let mut pairs = PERSON.to_vec();
    pairs[2].1 = &number;
    pairs.extend([
        (FieldId::DocumentKind, "港澳台居民居住证"),
        (FieldId::Sex, "女"),
        (FieldId::BirthDate, "1990-03-08"),
    ]);
    let wanted =
        [(FieldId::Sex, "fault-sex-differs".to_owned()), (FieldId::BirthDate, "fault-birth-differs".to_owned())];
    assert_eq!(wrong(&pairs), wanted);
}
