//! Answers against their keys.

use super::{At, Missing, Value};
use crate::engine::code::KeyCode;
use crate::engine::sheet::ParameterValue;
use crate::exact::Exact;
use crate::field::Mark;
use crate::rulebook::AnswerCount;

/// What is right in the answer of the entry at hand.
pub(super) fn count(at: At<'_>, item: usize, key: &KeyCode, count: AnswerCount) -> Value {
    let answer = letters(at, item)?;
    let key = match key {
        KeyCode::Letters(letters) => letters.clone(),
        KeyCode::Item(item) => letters(at, *item)?,
        KeyCode::Parameter(index) => match at.sheet.parameter(at.plan, *index, at.entry) {
            Some(ParameterValue::Letters(letters)) => letters.clone(),
            // The key is sealed until the session ends.
            Some(ParameterValue::Number(_)) | None => return Err(Missing::NotYet),
        },
    };
    let result = match count {
        AnswerCount::Matches => matches(&answer, &key),
        AnswerCount::Displacement => displacement(&answer, &key),
        AnswerCount::Same => usize::from(answer == key),
    };
    Ok(Exact::from_int(i64::try_from(result).unwrap_or(i64::MAX)))
}

fn letters(at: At<'_>, item: usize) -> Result<String, Missing> {
    let Some(column) = at.sheet.marks.get(item) else { return Err(Missing::NotYet) };
    match column.mark(column.index(at.entry, at.attempt.min(column.attempts - 1), 0)) {
        Mark::Answer(letters) => Ok(letters),
        Mark::NotYet => Err(Missing::NotYet),
        Mark::Absent => Err(Missing::Absent),
        Mark::Void | Mark::Value(_) => Err(Missing::Void),
    }
}

/// Places with the letter of the key.
fn matches(answer: &str, key: &str) -> usize {
    answer.chars().zip(key.chars()).filter(|(own, right)| own == right).count()
}

/// How far each letter of the key stands from its place in the answer; one that is not there counts the whole length.
fn displacement(answer: &str, key: &str) -> usize {
    let answer: Vec<char> = answer.chars().collect();
    let length = key.chars().count();
    key.chars()
        .enumerate()
        .map(|(place, letter)| {
            answer.iter().position(|own| *own == letter).map_or(length, |found| found.abs_diff(place))
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{displacement, matches};

    #[test]
    fn the_cups_of_the_brewers() {
        // The second sample competition: max(0, 10 − Σ|place difference|) against the key BDAEC.
        let points = |answer| 10usize.saturating_sub(displacement(answer, "BDAEC"));
        assert_eq!(["BDAEC", "BADEC", "CBDAE", "CEADB"].map(points), [10, 8, 2, 0], "the sample's own figures");
        assert_eq!(matches("BADEC", "BDAEC"), 3, "B, E and C stand in their places");
        assert_eq!(displacement("BBBBB", "BDAEC"), 20, "four letters are missing");
    }
}
