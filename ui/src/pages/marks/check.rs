//! Range and step on screen, with the same code as the core, and whether a text can still become a mark by typing on.

use super::grid::{Rules, Why};
use jiangsai_domain::command::marks::SheetColumn;
use jiangsai_scoring::MarkFault;
use jiangsai_scoring::input::parse_mark;
use jiangsai_scoring::rulebook::{Input, Item};

/// The items of a sheet's columns.
pub struct ColumnRules(Vec<Item>);

impl ColumnRules {
    /// The rules of these columns.
    pub fn new(columns: &[SheetColumn]) -> Self {
        Self(columns.iter().map(|column| column.rule.clone()).collect())
    }
}

impl Rules for ColumnRules {
    fn check(&self, col: usize, text: &str) -> Result<String, Why> {
        match self.0.get(col).map(|item| parse_mark(item, text)) {
            Some(Err(fault)) => Err(why(&fault, text)),
            _ => Ok(text.to_owned()),
        }
    }

    fn hopeless(&self, col: usize, text: &str) -> Option<Why> {
        let item = self.0.get(col)?;
        let fault = parse_mark(item, text).err()?;
        (!may_become(item, &fault, text)).then(|| why(&fault, text))
    }
}

/// A fault as locale key with arguments; `text` is what was typed.
fn why(fault: &MarkFault, text: &str) -> Why {
    let mut args = fault.args();
    args.push(("text".into(), text.chars().take(12).collect()));
    (format!("mark-fault-{}", fault.code().replace('_', "-")), args)
}

/// Can typing on turn the text into a mark?
fn may_become(item: &Item, fault: &MarkFault, text: &str) -> bool {
    let decimals = text.split_once('.').map(|(_, decimals)| decimals.len());
    match fault {
        MarkFault::NotANumber | MarkFault::NotATick => starts_number(text),
        MarkFault::NotATime => starts_time(text),
        MarkFault::BelowMinimum { .. } => !text.starts_with('-'),
        MarkFault::OffStep { step } => {
            matches!(item.input, Input::Time { .. })
                || decimals.is_none_or(|typed| typed < step.split_once('.').map_or(0, |(_, digits)| digits.len()))
        }
        MarkFault::NotAnAnswer { length, letters } => {
            let most = length.parse::<usize>().unwrap_or(0);
            text.chars().count() <= most
                && text.chars().flat_map(char::to_uppercase).all(|letter| letters.contains(letter))
        }
        MarkFault::NotAChoice { choices } => choices.split(' ').any(|choice| choice.starts_with(text)),
        MarkFault::TooLong | MarkFault::AboveMaximum { .. } | MarkFault::NotAWholeNumber => false,
    }
}

fn starts_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.') && digits.matches('.').count() <= 1
}

fn starts_time(text: &str) -> bool {
    let fields: Vec<&str> = text.split(':').collect();
    fields.len() <= 3
        && text.matches('.').count() <= 1
        && text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ':'))
        && fields.iter().rev().skip(1).all(|field| !field.contains('.'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::super::fixture;
    use super::*;

    fn rules(input: Input) -> ColumnRules {
        ColumnRules(vec![Item { input, ..fixture::item() }])
    }

    fn half_points() -> ColumnRules {
        rules(Input::Number { min: None, max: None, step: Some(fixture::exact("0.5")) })
    }

    #[test]
    fn bad_marks_are_asked_about_as_soon_as_nothing_can_save_them() {
        let rules = half_points();
        for text in ["87..5", "8..", "875", "1e9", "1e", "3.7", "3.25", "-1", "4.5"] {
            assert!(rules.hopeless(0, text).is_some(), "{text}");
        }
        for text in ["", "3", "3.", "3.5", ".", ".5", "-", "0.0"] {
            assert_eq!(rules.hopeless(0, text), None, "{text}");
        }
    }

    #[test]
    fn what_is_saved_passes_the_check_of_the_core() {
        let rules = half_points();
        assert_eq!(rules.check(0, "3.5").unwrap(), "3.5");
        assert_eq!(rules.check(0, "3.").unwrap_err().0, "mark-fault-not-a-number");
        let (key, args) = rules.check(0, "875").unwrap_err();
        assert_eq!(key, "mark-fault-above-maximum");
        assert_eq!(args, vec![("maximum".into(), "4".into()), ("text".into(), "875".into())]);
    }

    #[test]
    fn a_time_may_be_typed_in_any_of_its_forms() {
        let rules = rules(Input::Time { max_seconds: None, step: None });
        for text in ["5", "5:", "5:0", "5:07", "5:07.", "1:05:07.3", "307.5"] {
            assert_eq!(rules.hopeless(0, text), None, "{text}");
        }
        for text in ["5::::7", "5.3:07", "five"] {
            assert!(rules.hopeless(0, text).is_some(), "{text}");
        }
    }
}
