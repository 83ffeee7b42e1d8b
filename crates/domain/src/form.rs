//! The registration form: its fields, what they are called, what may stand in them.

mod choices;
mod headers;

pub use choices::{choices, recognise};
pub use headers::{field_of, fold, header};

use crate::command::registration::{FieldFault, FieldId, Form};
use crate::document::{self, half_width};
use crate::fact::Numbers;
use crate::{phone, unit_code};

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
const SWITCHABLE: [FieldId; 11] = [
    FieldId::Delegation,
    FieldId::Sex,
    FieldId::BirthDate,
    FieldId::Education,
    FieldId::Certificate,
    FieldId::YearsInTrade,
    FieldId::Ownership,
    FieldId::MigrantWorker,
    FieldId::Title,
    FieldId::Admission,
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
    for (field, text) in
        [(FieldId::Number, &numbers.number), (FieldId::Session, &numbers.session), (FieldId::Station, &numbers.station)]
    {
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
    let (kept, faults) = check_fields(form, switched_on, today);
    if faults.is_empty() { Ok(kept) } else { Err(faults) }
}

/// The fields without a fault, and the faults of the others: a row with a wrong phone may still be a person seen before.
pub(crate) fn check_fields(form: &Form, switched_on: &[FieldId], today: &str) -> (Form, Vec<FieldFault>) {
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
            Ok(text) if field == FieldId::BirthDate && !is_birth_date(&text, today) => {
                faults.push(fault(field, "fault-date", &[]));
            }
            Ok(text) => {
                kept.insert(field, text);
            }
            Err(why) => faults.push(FieldFault { field, why }),
        }
    }
    check_document(&mut kept, today, &mut faults);
    for fault in &faults {
        kept.remove(&fault.field);
    }
    (kept, faults)
}

/// The document number against its kind, and against sex and birth date where they are given.
fn check_document(form: &mut Form, today: &str, faults: &mut Vec<FieldFault>) {
    let Some(number) = form.get(&FieldId::DocumentNumber).cloned() else { return };
    // Against a kind that nobody knows a number proves nothing.
    if faults.iter().any(|fault| fault.field == FieldId::DocumentKind) {
        return;
    }
    let kind = form.entry(FieldId::DocumentKind).or_insert_with(|| "resident_id".to_owned()).clone();
    if let Err(why) = document::check(&kind, &number, today) {
        faults.push(fault(FieldId::DocumentNumber, why, &[]));
        return;
    }
    // Both say nothing about a passport or a permit.
    let (sex, birth_date) = match kind.as_str() {
        "resident_id" | "hmt_residence" => (document::sex(&number), document::birth_date(&number)),
        "foreigner_id" => (None, document::birth_date(&number)),
        _ => (None, None),
    };
    let differs = |field, from_number: Option<&str>| match (form.get(&field), from_number) {
        (Some(typed), Some(stated)) => typed != stated,
        _ => false,
    };
    if differs(FieldId::Sex, sex) {
        faults.push(fault(FieldId::Sex, "fault-sex-differs", &[]));
    }
    if differs(FieldId::BirthDate, birth_date.as_deref()) {
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
    let visible: String = typed.chars().filter(|letter| !is_invisible(*letter)).collect();
    let lines: String = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    // A note may have been written on several lines; elsewhere a line break is a slip.
    let text = if field == FieldId::Note { lines.as_str() } else { visible.trim() };
    if text.is_empty() {
        return Ok(String::new());
    }
    let longest = match field {
        FieldId::Name => 60,
        FieldId::Note => 500,
        _ => 100,
    };
    if text.chars().count() > longest {
        return Err(why("fault-too-long", &[("max", &longest.to_string())]));
    }
    if text.chars().any(char::is_control) {
        return Err(why("fault-control", &[]));
    }
    let narrow: String = text.chars().map(half_width).collect();
    match field {
        FieldId::DocumentKind
        | FieldId::Sex
        | FieldId::Education
        | FieldId::SkillLevel
        | FieldId::Ownership
        | FieldId::MigrantWorker => recognise(field, text).map(str::to_owned).ok_or_else(|| {
            let names: Vec<String> = choices(field).iter().map(|(_, name)| name.zh.clone()).collect();
            let english: Vec<String> = choices(field).iter().map(|(_, name)| name.en.clone()).collect();
            why(
                "fault-unknown-choice",
                &[("value", text), ("choices", &names.join("、")), ("choices-en", &english.join(", "))],
            )
        }),
        FieldId::DocumentNumber => Ok(document::normalise(text)),
        FieldId::Phone => phone::normalise(&narrow).ok_or_else(|| why("fault-phone", &[])),
        FieldId::UnitCode => {
            let code = document::normalise(text);
            unit_code::check(&code).map_err(|key| why(key, &[]))?;
            Ok(code)
        }
        FieldId::BirthDate => date(&narrow).ok_or_else(|| why("fault-date", &[])),
        FieldId::YearsInTrade => match narrow.trim_end_matches('年').trim().parse::<u8>() {
            Ok(years) if years <= 80 => Ok(years.to_string()),
            _ => Err(why("fault-years", &[])),
        },
        FieldId::Number | FieldId::Session | FieldId::Station => {
            let fits =
                narrow.chars().count() <= 16 && narrow.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
            if fits { Ok(narrow) } else { Err(why("fault-number-form", &[])) }
        }
        _ => Ok(text.to_owned()),
    }
}

/// Marks of direction and width that come along when a number is copied from a chat or an address book. The joiners that some
/// scripts need inside a word stay, and so do the selectors of rare characters.
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// A day on which somebody alive may have been born.
fn is_birth_date(date: &str, today: &str) -> bool {
    ("1900-01-01"..=today).contains(&date)
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
    // `90/5/12` says neither which century nor which part is the year.
    if year.len() != 4 {
        return None;
    }
    let date = format!("{year}-{month:0>2}-{day:0>2}");
    is_date(&date).then_some(date)
}

/// Is it a day of the calendar, as `YYYY-MM-DD`?
#[must_use]
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (year.len(), month.len(), day.len()) != (4, 2, 2) || !parts.iter().all(digits) {
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
mod tests;
