//! From what a person types to a mark and back, with the reason when it is not one.

use crate::exact::Exact;
use crate::field::Mark;
use crate::rulebook::{Input, Item};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Longest text that is looked at.
const LONGEST: usize = 32;

/// Why a text or a value is not a mark of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum MarkFault {
    /// Not a number, such as `87..5` or `1e9`.
    #[error("not a number")]
    NotANumber,
    /// Longer than any mark.
    #[error("too long")]
    TooLong,
    /// Below the smallest allowed.
    #[error("below {minimum}")]
    BelowMinimum {
        /// The smallest allowed, as printed.
        minimum: String,
    },
    /// Above the largest allowed.
    #[error("above {maximum}")]
    AboveMaximum {
        /// The largest allowed, as printed.
        maximum: String,
    },
    /// Between two steps.
    #[error("not in steps of {step}")]
    OffStep {
        /// The step, as printed.
        step: String,
    },
    /// Not a whole number where faults or levels are counted.
    #[error("not a whole number")]
    NotAWholeNumber,
    /// Not a time such as `5:07.3`.
    #[error("not a time")]
    NotATime,
    /// None of the listed values.
    #[error("not one of {choices}")]
    NotAChoice {
        /// The values, as printed, with spaces between.
        choices: String,
    },
    /// Neither 1 nor 0.
    #[error("neither 1 nor 0")]
    NotATick,
    /// Not so many of the letters.
    #[error("not {length} of the letters {letters}")]
    NotAnAnswer {
        /// How many letters, as printed.
        length: String,
        /// The letters.
        letters: String,
    },
}

impl MarkFault {
    /// The code for the locale files (`mark-fault-<code>`).
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotANumber => "not_a_number",
            Self::TooLong => "too_long",
            Self::BelowMinimum { .. } => "below_minimum",
            Self::AboveMaximum { .. } => "above_maximum",
            Self::OffStep { .. } => "off_step",
            Self::NotAWholeNumber => "not_a_whole_number",
            Self::NotATime => "not_a_time",
            Self::NotAChoice { .. } => "not_a_choice",
            Self::NotATick => "not_a_tick",
            Self::NotAnAnswer { .. } => "not_an_answer",
        }
    }

    /// Particulars by name, for the locale files.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        let one = |name: &str, value: &String| vec![(name.to_owned(), value.clone())];
        match self {
            Self::BelowMinimum { minimum } => one("minimum", minimum),
            Self::AboveMaximum { maximum } => one("maximum", maximum),
            Self::OffStep { step } => one("step", step),
            Self::NotAChoice { choices } => one("choices", choices),
            Self::NotAnAnswer { length, letters } => {
                vec![("length".to_owned(), length.clone()), ("letters".to_owned(), letters.clone())]
            }
            Self::NotANumber | Self::TooLong | Self::NotAWholeNumber | Self::NotATime | Self::NotATick => Vec::new(),
        }
    }
}

/// Reads what was typed for one cell of an item. Spaces around it are dropped; full-width digits, point, colon and minus (and the
/// Chinese full stop as a point) are read as their half-width forms. Nothing means not yet; a lone minus or dash means that the
/// judge was absent; a tick may also be typed as `√`, `✓`, `×`, or as the full 配分.
///
/// # Errors
/// Why the text is not a mark of this item.
pub fn parse_mark(item: &Item, text: &str) -> Result<Mark, MarkFault> {
    let typed = half_width(text.trim());
    let typed = typed.trim();
    match typed {
        "" => return Ok(Mark::NotYet),
        "-" => return Ok(Mark::Absent),
        _ if typed.chars().count() > LONGEST => return Err(MarkFault::TooLong),
        _ => {}
    }
    let value = match &item.input {
        Input::Time { .. } => parse_time(typed)?,
        Input::Vote {} => parse_tick(item, typed)?,
        Input::Tick {} => parse_tick(item, typed)?,
        Input::Answer { .. } => {
            let mark = Mark::Answer(typed.to_uppercase());
            return check_mark(item, &mark).map(|()| mark);
        }
        _ => Exact::parse_decimal(typed).map_err(|_| MarkFault::NotANumber)?,
    };
    check_value(item, &value)?;
    Ok(Mark::Value(value))
}

/// A mark as it is typed and printed: empty, `-`, `void` as `×`, or the value; a time as `m:ss.f`.
#[must_use]
pub fn show_mark(item: &Item, mark: &Mark) -> String {
    match mark {
        Mark::NotYet => String::new(),
        Mark::Absent => "-".to_owned(),
        Mark::Void => "×".to_owned(),
        Mark::Value(value) if matches!(item.input, Input::Time { .. }) => show_time(value),
        Mark::Value(value) => value.to_string(),
        Mark::Answer(letters) => letters.clone(),
    }
}

/// The mark that is worth most (满分), where the item alone says which that is: no fault where faults are counted, the highest level, a
/// tick; `None` for times, readings without 配分, letters and placings.
#[must_use]
pub fn full_mark(item: &Item) -> Option<Mark> {
    let value = match &item.input {
        Input::Number { max, .. } => max.clone().filter(|_| item.score.is_none()).or_else(|| item.max.clone())?,
        Input::Level { max, .. } => Exact::from_int(i64::from(*max)),
        Input::Choice { options } => options.iter().map(|option| &option.value).max()?.clone(),
        Input::Tick {} | Input::Vote {} => Exact::ONE,
        Input::Deduction { .. } => Exact::ZERO,
        Input::Count { most, .. } => most.clone()?,
        Input::Answer { .. } | Input::Placing { .. } | Input::Time { .. } => return None,
    };
    check_value(item, &value).ok().map(|()| Mark::Value(value))
}

/// The marks that may be given for an item, in figures and without words: `0 – 20`, `0, 0.5 … 20`, `6, 3, 0`, `5 × ABCDE`.
#[must_use]
pub fn allowed(item: &Item) -> String {
    let number = |low: &Exact, high: Option<&Exact>, step: Option<&Exact>| range(low, high, step, Exact::to_string);
    match &item.input {
        Input::Number { min, max, step } => {
            number(min.as_ref().unwrap_or(&NOTHING), max.as_ref().or(item.max.as_ref()), step.as_ref())
        }
        Input::Level { max, .. } => number(&NOTHING, Some(&Exact::from_int(i64::from(*max))), Some(&Exact::ONE)),
        Input::Choice { options } => {
            options.iter().map(|option| option.value.to_string()).collect::<Vec<_>>().join(", ")
        }
        Input::Tick {} | Input::Vote {} => "0, 1".to_owned(),
        Input::Count { most, .. } | Input::Deduction { each: Some(_), most, .. } => {
            number(&NOTHING, Some(most.as_ref().unwrap_or(&MOST_FAULTS)), Some(&Exact::ONE))
        }
        Input::Deduction { each: None, most, step } => {
            number(&NOTHING, most.as_ref().or(item.max.as_ref()), step.as_ref())
        }
        Input::Placing { most } => {
            let most = most.map_or(MOST_FAULTS, |most| Exact::from_int(i64::from(most)));
            number(&Exact::ONE, Some(&most), Some(&Exact::ONE))
        }
        Input::Answer { length, letters, .. } => format!("{length} × {}", answer_letters(*length, letters.as_deref())),
        Input::Time { max_seconds, step } => {
            range(&NOTHING, Some(max_seconds.as_ref().unwrap_or(&LONGEST_TIME)), step.as_ref(), show_time)
        }
    }
}

fn range(low: &Exact, high: Option<&Exact>, step: Option<&Exact>, show: impl Fn(&Exact) -> String) -> String {
    let lowest = show(low);
    match (step.map(|step| show(&(low + step))), high.map(&show)) {
        (Some(next), Some(high)) => format!("{lowest}, {next} … {high}"),
        (Some(next), None) => format!("{lowest}, {next} …"),
        (None, Some(high)) => format!("{lowest} – {high}"),
        (None, None) => format!("≥ {lowest}"),
    }
}

/// Is the mark one that may be given for this item? A gap may always be.
///
/// # Errors
/// Why it is not.
pub fn check_mark(item: &Item, mark: &Mark) -> Result<(), MarkFault> {
    match (mark, &item.input) {
        (Mark::NotYet | Mark::Absent | Mark::Void, _) => Ok(()),
        (Mark::Answer(letters), Input::Answer { .. }) => check_answer(item, letters),
        (Mark::Answer(_), _) => Err(MarkFault::NotANumber),
        (Mark::Value(value), _) => check_value(item, value),
    }
}

/// Is the text a day of the calendar, as ages are computed from it: `1990-05-08`, `1990/5/8`, `1990.5.8` or `19900508`?
#[must_use]
pub fn is_date(text: &str) -> bool {
    crate::engine::is_date(text)
}

/// The letters that may be used in an answer.
#[must_use]
pub fn answer_letters(length: u8, letters: Option<&str>) -> String {
    letters.map_or_else(|| ('A'..='Z').take(usize::from(length)).collect(), str::to_uppercase)
}

fn check_answer(item: &Item, answer: &str) -> Result<(), MarkFault> {
    let Input::Answer { length, letters, once } = &item.input else { return Err(MarkFault::NotANumber) };
    let known = answer_letters(*length, letters.as_deref());
    let fault = || MarkFault::NotAnAnswer { length: length.to_string(), letters: known.clone() };
    let mut seen = std::collections::HashSet::new();
    let fits = answer.chars().count() == usize::from(*length)
        && answer.chars().all(|letter| known.contains(letter) && (seen.insert(letter) || !once));
    if fits { Ok(()) } else { Err(fault()) }
}

/// Is the value one that may be typed for this item?
///
/// # Errors
/// Why it is not.
pub fn check_value(item: &Item, value: &Exact) -> Result<(), MarkFault> {
    if value.bits() > MOST_BITS {
        return Err(MarkFault::TooLong);
    }
    match &item.input {
        Input::Number { min, max, step } => {
            let low = min.as_ref().unwrap_or(&NOTHING);
            bounds(value, Some(low), max.as_ref().or(item.max.as_ref()))?;
            stepped(value, low, step.as_ref())
        }
        Input::Level { max, .. } => {
            bounds(value, Some(&Exact::ZERO), Some(&Exact::from_int(i64::from(*max))))?;
            whole(value)
        }
        Input::Choice { options } => {
            if options.iter().any(|option| option.value == *value) {
                return Ok(());
            }
            let choices: Vec<String> = options.iter().map(|option| option.value.to_string()).collect();
            Err(MarkFault::NotAChoice { choices: choices.join(" ") })
        }
        Input::Tick {} if *value == Exact::ZERO || *value == Exact::ONE => Ok(()),
        Input::Tick {} => Err(MarkFault::NotATick),
        Input::Count { most, .. } => {
            bounds(value, Some(&Exact::ZERO), Some(most.as_ref().unwrap_or(&MOST_FAULTS)))?;
            whole(value)
        }
        Input::Placing { most } => {
            let most = most.map_or(MOST_FAULTS, |most| Exact::from_int(i64::from(most)));
            bounds(value, Some(&Exact::ONE), Some(&most))?;
            whole(value)
        }
        Input::Vote {} if *value == Exact::ZERO || *value == Exact::ONE => Ok(()),
        Input::Vote {} => Err(MarkFault::NotATick),
        Input::Answer { length, letters, .. } => Err(MarkFault::NotAnAnswer {
            length: length.to_string(),
            letters: answer_letters(*length, letters.as_deref()),
        }),
        Input::Deduction { each: Some(_), most, .. } => {
            bounds(value, Some(&Exact::ZERO), Some(most.as_ref().unwrap_or(&MOST_FAULTS)))?;
            whole(value)
        }
        Input::Deduction { each: None, most, step } => {
            bounds(value, Some(&Exact::ZERO), most.as_ref().or(item.max.as_ref()))?;
            stepped(value, &Exact::ZERO, step.as_ref())
        }
        Input::Time { max_seconds, step } => {
            bounds(value, Some(&Exact::ZERO), Some(max_seconds.as_ref().unwrap_or(&LONGEST_TIME)))?;
            stepped(value, &Exact::ZERO, step.as_ref())
        }
    }
}

/// The smallest mark where the rulebook names none.
static NOTHING: Exact = Exact::ZERO;
/// No typed number is longer.
const MOST_BITS: u64 = 255;
/// Most faults that can be counted where the rulebook names no limit.
const MOST_FAULTS: Exact = Exact::from_int(999);
/// Longest time where the rulebook names no limit: ten days, in seconds.
const LONGEST_TIME: Exact = Exact::from_int(864_000);

fn bounds(value: &Exact, low: Option<&Exact>, high: Option<&Exact>) -> Result<(), MarkFault> {
    if let Some(low) = low.filter(|low| value < low) {
        return Err(MarkFault::BelowMinimum { minimum: low.to_string() });
    }
    match high.filter(|high| value > high) {
        Some(high) => Err(MarkFault::AboveMaximum { maximum: high.to_string() }),
        None => Ok(()),
    }
}

fn stepped(value: &Exact, from: &Exact, step: Option<&Exact>) -> Result<(), MarkFault> {
    let Some(step) = step else { return Ok(()) };
    let fits = if from.is_zero() { value.is_multiple_of(step) } else { (value - from).is_multiple_of(step) };
    if fits.unwrap_or(false) { Ok(()) } else { Err(MarkFault::OffStep { step: step.to_string() }) }
}

fn whole(value: &Exact) -> Result<(), MarkFault> {
    if value.is_whole() { Ok(()) } else { Err(MarkFault::NotAWholeNumber) }
}

fn parse_tick(item: &Item, typed: &str) -> Result<Exact, MarkFault> {
    match typed {
        "√" | "✓" | "✔" => Ok(Exact::ONE),
        "×" | "✗" | "✘" => Ok(Exact::ZERO),
        _ => {
            let value = Exact::parse_decimal(typed).map_err(|_| MarkFault::NotATick)?;
            let full = item.max.as_ref().is_some_and(|max| *max == value && !max.is_zero());
            Ok(if full { Exact::ONE } else { value })
        }
    }
}

/// Seconds from `mm:ss.f`, `h:mm:ss.f` or plain seconds.
pub(crate) fn parse_time(typed: &str) -> Result<Exact, MarkFault> {
    let fields: Vec<&str> = typed.split(':').collect();
    let (leading, seconds) = match fields.as_slice() {
        [seconds] => return Exact::parse_decimal(seconds).map_err(|_| MarkFault::NotATime),
        [minutes, seconds] => (vec![*minutes], *seconds),
        [hours, minutes, seconds] => (vec![*hours, *minutes], *seconds),
        _ => return Err(MarkFault::NotATime),
    };
    let mut total = Exact::ZERO;
    for (index, field) in leading.iter().enumerate() {
        let value = digits_only(field)?;
        if index > 0 && value >= SIXTY {
            return Err(MarkFault::NotATime);
        }
        total = total * SIXTY + value;
    }
    let (whole, _) = seconds.split_once('.').unwrap_or((seconds, ""));
    digits_only(whole)?;
    let seconds = Exact::parse_decimal(seconds).map_err(|_| MarkFault::NotATime)?;
    if seconds >= SIXTY {
        return Err(MarkFault::NotATime);
    }
    Ok(total * SIXTY + seconds)
}

const SIXTY: Exact = Exact::from_int(60);

fn digits_only(text: &str) -> Result<Exact, MarkFault> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MarkFault::NotATime);
    }
    Exact::parse_decimal(text).map_err(|_| MarkFault::NotATime)
}

/// A number of seconds as `m:ss` or `h:mm:ss`, with as many decimals as it has; in plain seconds where it is no decimal.
#[must_use]
pub fn show_time(seconds: &Exact) -> String {
    let magnitude = seconds.abs();
    let shortest = magnitude.to_string();
    if shortest.contains('/') {
        return seconds.to_string();
    }
    let (whole, decimals) = shortest.split_once('.').unwrap_or((&shortest, ""));
    let Ok(whole) = whole.parse::<u64>() else {
        return seconds.to_string();
    };
    let mut text = String::new();
    if seconds.is_negative() {
        text.push('-');
    }
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    // Writing to a string cannot fail.
    let _ =
        if hours > 0 { write!(text, "{hours}:{minutes:02}:{rest:02}") } else { write!(text, "{minutes}:{rest:02}") };
    if !decimals.is_empty() {
        text.push('.');
        text.push_str(decimals);
    }
    text
}

/// Full-width and Chinese forms of what a keypad types.
#[must_use]
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            'Ａ'..='Ｚ' => char::from_u32(u32::from(c) - u32::from('Ａ') + u32::from('A')).unwrap_or(c),
            'ａ'..='ｚ' => char::from_u32(u32::from(c) - u32::from('ａ') + u32::from('a')).unwrap_or(c),
            '．' | '。' => '.',
            '：' => ':',
            '－' | '—' | '–' | '−' => '-',
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}
