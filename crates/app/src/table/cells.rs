//! What a cell of a workbook says to a person who looks at it. Left out: where the cell stands.

use calamine::{DataRef, ExcelDateTime, Style};

/// Decimals up to which a number is meant. A spreadsheet computes in binary: it keeps 0.1 + 0.2 as 0.30000000000000004 and shows 0.3.
const MEANT: usize = 9;
/// Milliseconds in a minute.
const MINUTE: u64 = 60_000;

/// A cell as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// As a person reads it.
    Text(String),
    /// A time whose seconds nobody sees: `0:45` was meant as hours and minutes, or as minutes and seconds.
    Minutes(String),
}

/// Whole numbers without a point, others with at most nine decimals, dates as `YYYY-MM-DD`, times as `m:ss.fff` or `h:mm:ss.fff`, the
/// name of an error where there is no value.
pub(super) fn said(cell: &DataRef<'_>, style: Option<&Style>) -> Said {
    Said::Text(match cell {
        DataRef::Empty => String::new(),
        DataRef::Error(error) => error.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        DataRef::DateTime(moment) if moment.as_f64() < 1.0 || moment.is_duration() => return time(moment, style),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    })
}

/// A number to the fifteen digits that a spreadsheet keeps, and to [`MEANT`] decimals.
fn decimal(number: f64) -> String {
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = format!("{kept:.MEANT$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

fn time(moment: &ExcelDateTime, style: Option<&Style>) -> Said {
    // A part of a day, in milliseconds; a spreadsheet keeps none that are finer.
    #[allow(clippy::float_arithmetic, reason = "a workbook keeps a time as a binary fraction of a day")]
    let text = format!("{:.0}", moment.as_f64() * 86_400_000.0);
    let Ok(all) = text.parse::<u64>() else { return Said::Text(decimal(moment.as_f64())) };
    let (minutes, rest) = (all / MINUTE, all % MINUTE);
    let (hours, minute) = (minutes / 60, minutes % 60);
    // Of 45:30 a spreadsheet makes 45 hours, and writes the seconds behind by itself.
    let meant_otherwise = rest == 0 && hours >= 24;
    let format = style.and_then(|style| style.number_format.as_ref()).map(|format| shows_seconds(&format.format_code));
    if meant_otherwise || !format.unwrap_or(rest != 0) {
        return Said::Minutes(format!("{hours}:{minute:02}"));
    }
    let whole = match hours {
        0 => format!("{minute}:{:02}", rest / 1_000),
        _ => format!("{hours}:{minute:02}:{:02}", rest / 1_000),
    };
    let fraction = format!(".{:03}", rest % 1_000);
    Said::Text(format!("{whole}{}", fraction.trim_end_matches('0').trim_end_matches('.')))
}

/// Does a number format show seconds? What stands in quotation marks, behind a backslash, or in brackets with other letters is no
/// part of the time.
fn shows_seconds(format: &str) -> bool {
    let (mut quoted, mut bracket) = (false, None::<String>);
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match (letter, &mut bracket) {
            ('"', _) => quoted = !quoted,
            _ if quoted => {}
            (']', Some(inside)) => {
                if !inside.is_empty() && inside.chars().all(|letter| letter.eq_ignore_ascii_case(&'s')) {
                    return true;
                }
                bracket = None;
            }
            (_, Some(inside)) => inside.push(letter),
            ('[', None) => bracket = Some(String::new()),
            ('\\' | '_' | '*', None) => {
                letters.next();
            }
            ('s' | 'S', None) => return true,
            (_, None) => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_are_written_as_they_were_meant() {
        let numbers = [
            (99.899_999_999_999_99, "99.9"),
            (0.300_000_000_000_000_04, "0.3"),
            (95.750_000_000_000_01, "95.75"),
            (17.5, "17.5"),
            (100.0, "100"),
            (13_800_000_000.0, "13800000000"),
            (-1.25, "-1.25"),
            (-0.0, "0"),
        ];
        for (number, written) in numbers {
            assert_eq!(decimal(number), written);
        }
    }

    #[test]
    fn a_format_shows_seconds_or_does_not() {
        for format in ["mm:ss", "mmss.0", "h:mm:ss AM/PM", "[h]:mm:ss", "[ss].00", "[$-804]h:mm:ss"] {
            assert!(shows_seconds(format), "{format}");
        }
        for format in ["h:mm", "[h]:mm", "h:mm\" s\"", "h:mm\\s", "[$-s]h:mm", "General", ""] {
            assert!(!shows_seconds(format), "{format}");
        }
    }

    #[test]
    fn without_a_format_whole_minutes_are_unclear() {
        let time =
            |days: f64| said(&DataRef::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false)), None);
        assert_eq!(time(0.03125), Said::Minutes("0:45".to_owned()), "45 minutes, or 45 seconds");
        assert_eq!(time(0.000_525_115_740_740_740_7), Said::Text("0:45.37".to_owned()));
    }
}
