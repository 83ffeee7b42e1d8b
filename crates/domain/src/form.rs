//! The registration form: its fields, what they are called, what may stand in them.

mod choices;
mod headers;

pub use choices::{choices, recognise};
pub use headers::{field_of, fold, header};

use crate::command::registration::{FieldFault, FieldId, Form};
use crate::document::{self, half_width};
use crate::fact::Numbers;
use crate::unit_code;

/// Fields every form has, in order. Numbers and places may also be brought along.
const FIXED: [FieldId; 11] = [
    FieldId::Name,
    FieldId::DocumentKind,
    FieldId::DocumentNumber,
    FieldId::Phone,
    FieldId::Unit,
    FieldId::UnitCode,
    FieldId::Occupation,
    FieldId::SkillLevel,
    FieldId::Number,
    FieldId::Session,
    FieldId::Station,
];

/// Fields that are switched on per competition, in order.
const SWITCHABLE: [FieldId; 10] = [
    FieldId::Delegation,
    FieldId::Sex,
    FieldId::BirthDate,
    FieldId::Education,
    FieldId::Certificate,
    FieldId::YearsInTrade,
    FieldId::Ownership,
    FieldId::MigrantWorker,
    FieldId::Title,
    FieldId::Note,
];

/// Fields without which nobody is registered.
const REQUIRED: [FieldId; 3] = [FieldId::Name, FieldId::DocumentNumber, FieldId::Unit];

/// Fields that are switched on per competition.
#[must_use]
pub const fn switchable() -> &'static [FieldId] {
    &SWITCHABLE
}

/// Must it be filled in?
#[must_use]
pub fn is_required(field: FieldId) -> bool {
    REQUIRED.contains(&field)
}

/// The fields in use, in order of the form.
#[must_use]
pub fn in_use(switched_on: &[FieldId]) -> Vec<FieldId> {
    let own = SWITCHABLE.iter().filter(|field| switched_on.contains(field));
    FIXED.iter().chain(own).copied().collect()
}

/// A form without numbers and places, and these.
#[must_use]
pub fn split(form: &Form) -> (Form, Numbers) {
    let mut own = form.clone();
    let mut take = |field| own.remove(&field).unwrap_or_default();
    let numbers =
        Numbers { number: take(FieldId::Number), session: take(FieldId::Session), station: take(FieldId::Station) };
    (own, numbers)
}

/// The inverse of [`split`].
pub fn join(form: &mut Form, numbers: &Numbers) {
    for (field, text) in [
        (FieldId::Number, &numbers.number),
        (FieldId::Session, &numbers.session),
        (FieldId::Station, &numbers.station),
    ] {
        if !text.is_empty() {
            form.insert(field, text.clone());
        }
    }
}

/// A form as it is kept, or every fault by field. Fields that are not in use are dropped.
///
/// # Errors
/// What is wrong, by field.
pub fn check_form(form: &Form, switched_on: &[FieldId], today: &str) -> Result<Form, Vec<FieldFault>> {
    let mut kept = Form::new();
    let mut faults = Vec::new();
    for field in in_use(switched_on) {
        let typed = form.get(&field).map(String::as_str).unwrap_or_default();
        match normalise(field, typed) {
            Ok(text) if text.is_empty() => {
                if is_required(field) {
                    faults.push(fault(field, "fault-required", &[]));
                }
            }
            Ok(text) => {
                kept.insert(field, text);
            }
            Err(why) => faults.push(FieldFault { field, why }),
        }
    }
    check_document(&mut kept, today, &mut faults);
    if faults.is_empty() { Ok(kept) } else { Err(faults) }
}

/// The document number against its kind, and against sex and birth date where they are given.
fn check_document(form: &mut Form, today: &str, faults: &mut Vec<FieldFault>) {
    let Some(number) = form.get(&FieldId::DocumentNumber).cloned() else { return };
    let kind = form.entry(FieldId::DocumentKind).or_insert_with(|| "resident_id".to_owned()).clone();
    if let Err(why) = document::check(&kind, &number, today) {
        faults.push(fault(FieldId::DocumentNumber, why, &[]));
        return;
    }
    if kind != "resident_id" {
        return;
    }
    let differs = |field, from_number: Option<&str>| match (form.get(&field), from_number) {
        (Some(typed), Some(stated)) => typed != stated,
        _ => false,
    };
    if differs(FieldId::Sex, document::sex(&number)) {
        faults.push(fault(FieldId::Sex, "fault-sex-differs", &[]));
    }
    if differs(FieldId::BirthDate, document::birth_date(&number).as_deref()) {
        faults.push(fault(FieldId::BirthDate, "fault-birth-differs", &[]));
    }
}

fn fault(field: FieldId, key: &str, args: &[(&str, &str)]) -> FieldFault {
    FieldFault { field, why: why(key, args) }
}

fn why(key: &str, args: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    (key.to_owned(), args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

/// One field as it is kept.
///
/// # Errors
/// Why the text cannot stand there, as a locale key with arguments.
pub fn normalise(field: FieldId, typed: &str) -> Result<String, (String, Vec<(String, String)>)> {
    let text = typed.trim().trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let longest = if field == FieldId::Note { 500 } else { 100 };
    if text.chars().count() > longest {
        return Err(why("fault-too-long", &[("max", &longest.to_string())]));
    }
    if text.chars().any(char::is_control) {
        return Err(why("fault-control", &[]));
    }
    let narrow: String = text.chars().map(half_width).collect();
    match field {
        FieldId::DocumentKind | FieldId::Sex | FieldId::Education | FieldId::SkillLevel | FieldId::Ownership
        | FieldId::MigrantWorker => recognise(field, text).map(str::to_owned).ok_or_else(|| {
            let names: Vec<String> = choices(field).iter().map(|(_, name)| name.zh.clone()).collect();
            why("fault-unknown-choice", &[("value", text), ("choices", &names.join("、"))])
        }),
        FieldId::DocumentNumber => Ok(document::normalise(text)),
        FieldId::Phone => phone(&narrow).ok_or_else(|| why("fault-phone", &[])),
        FieldId::UnitCode => {
            let code = document::normalise(text);
            unit_code::check(&code).map_err(|key| why(key, &[]))?;
            Ok(code)
        }
        FieldId::BirthDate => date(&narrow).ok_or_else(|| why("fault-date", &[])),
        FieldId::YearsInTrade => match narrow.parse::<u8>() {
            Ok(years) if years <= 80 => Ok(years.to_string()),
            _ => Err(why("fault-years", &[])),
        },
        FieldId::Number | FieldId::Session | FieldId::Station => {
            let fits = narrow.chars().count() <= 16 && narrow.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
            if fits { Ok(narrow) } else { Err(why("fault-number-form", &[])) }
        }
        _ => Ok(text.to_owned()),
    }
}

/// A phone as it is kept: a mainland mobile number, a landline with its area code, or `+` and a foreign number.
fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '(' | ')')).collect();
    let digits = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")).unwrap_or(&digits).to_owned();
    let (plus, own) = match digits.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, digits.as_str()),
    };
    if own.is_empty() || !own.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mobile = own.len() == 11 && own.starts_with('1') && own.as_bytes()[1] >= b'3';
    let landline = own.starts_with('0') && (10..=12).contains(&own.len());
    let foreign = plus && (7..=15).contains(&own.len());
    (mobile || landline || foreign).then_some(digits.clone())
}

/// A date in one of the usual spellings, as `YYYY-MM-DD`.
fn date(text: &str) -> Option<String> {
    let plain: String = text.chars().map(|letter| if letter.is_ascii_digit() { letter } else { ' ' }).collect();
    let parts: Vec<&str> = plain.split_whitespace().collect();
    let (year, month, day) = match parts.as_slice() {
        [whole] if whole.len() == 8 => (&whole[..4], &whole[4..6], &whole[6..]),
        [year, month, day, ..] => (*year, *month, *day),
        _ => return None,
    };
    let date = format!("{year:0>4}-{month:0>2}-{day:0>2}");
    is_date(&date).then_some(date)
}

/// Is it a day of the calendar, as `YYYY-MM-DD`?
#[must_use]
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<u32>(), month.parse::<u32>(), day.parse::<u32>()) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let longest = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    (1..=longest).contains(&day)
}

#[cfg(test)]
mod tests {
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
}
