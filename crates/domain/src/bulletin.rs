//! Bulletins (成绩公布、公示、公告): what was published of an event, when it hangs, and what it corrects. A bulletin holds the table that it
//! publishes, so that no later fact changes it; of people it names the records that said who they are ([`Whose`]).
//!
//! Left out: how the table is made ([`crate::view::bulletins`]), when one may be published ([`crate::decide::bulletins`]).

use crate::command::files::Whom;
use crate::ids::EntryId;
use jiangsai_scoring::{EntryStatus, Text};
use serde::{Deserialize, Serialize};

/// Days that a 公示 hangs where nobody says otherwise; five to seven are usual.
pub const DAYS: i64 = 7;
/// A 公示 of fewer days wants a reason.
pub const LEAST_DAYS: i64 = 5;

/// What kind of bulletin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulletinKind {
    /// 成绩公布（暂定）: the standings as they are; by blind code while names are sealed.
    Provisional,
    /// 公示: final results, open to objections for a period.
    Posted,
    /// 公告: what became of them.
    Announced,
}

impl BulletinKind {
    /// All of them, in the order in which they are published.
    pub const ALL: [Self; 3] = [Self::Provisional, Self::Posted, Self::Announced];

    /// Its name in ids and locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Posted => "posted",
            Self::Announced => "announced",
        }
    }
}

/// Who stands in the table, and with what besides rank, award, name and unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// Who; never one entry alone.
    pub whom: Whom,
    /// With the total.
    pub scores: bool,
    /// With the occupation.
    pub occupation: bool,
}

/// From when to when a 公示 hangs, both days included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// `YYYY-MM-DD`.
    pub from: String,
    /// `YYYY-MM-DD`.
    pub until: String,
}

impl Period {
    /// How many days; `None` where the two are no dates, or the wrong way round.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        let days = day(&self.until)? - day(&self.from)? + 1;
        (days > 0).then_some(days)
    }

    /// Is it over on a day, `YYYY-MM-DD`?
    #[must_use]
    pub fn is_over(&self, today: &str) -> bool {
        today > self.until.as_str()
    }
}

/// Days since 1 January 1970 of a date `YYYY-MM-DD`; the algorithm is `days_from_civil` by Howard Hinnant.
fn day(date: &str) -> Option<i64> {
    if !crate::form::is_date(date) {
        return None;
    }
    let part = |range| date.get(range).and_then(|part: &str| part.parse::<i64>().ok());
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    // The year begins in March, so that a leap day is its last.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, month) = (year.div_euclid(400), (month + 9) % 12);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The date so many days after another; `None` where that is no date.
#[must_use]
pub fn after(date: &str, days: i64) -> Option<String> {
    let shifted = day(date)? + days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let of = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of + of / 4 - of / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = era * 400 + of + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// What a bulletin says at its head and foot, as it was when it was published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Title of the competition.
    pub competition: String,
    /// Name of the event.
    pub event: String,
    /// 主办单位.
    pub host: String,
    /// 承办单位.
    pub organiser: String,
    /// 协办单位.
    pub co_organiser: String,
    /// Place.
    pub place: String,
    /// Date of the contest, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// 场次, in order.
    pub sessions: Vec<String>,
    /// Synthetic people only.
    pub synthetic: bool,
}

/// Whose line it is: where name, unit and occupation are read from whenever it is shown, so that a person who is erased is in no bulletin, and every
/// other line stays as it was posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    /// The entry.
    pub entry: EntryId,
    /// The first sixteen digits of the name of the record with the form as it was then: which of the few of one person.
    pub form: String,
    /// The last digits of the document stand behind the name, to tell namesakes apart.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub digits: bool,
    /// The 参赛号 that stands behind it, where there is no document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mark: String,
}

/// A line of the table. What was not chosen is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its rank; `None` where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// Status, which says why there is no rank.
    #[serde(default, skip_serializing_if = "is_ok")]
    pub status: EntryStatus,
    /// Awards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Text>,
    /// 参赛号, or the blind code; only of provisional results.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Name, with the last digits of a document where namesakes of one unit need them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Unit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Occupation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub occupation: String,
    /// Whose it is; none of a blind code, and none in a bulletin of an older build, which holds the names themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<Whose>,
    /// Total, as printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub total: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn is_ok(status: &EntryStatus) -> bool {
    *status == EntryStatus::Ok
}

/// A bulletin as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bulletin {
    /// What kind.
    pub kind: BulletinKind,
    /// SHA-256 of the standings that it publishes, in hexadecimal, as in a confirmation of results.
    pub digest: String,
    /// What was chosen.
    pub columns: Columns,
    /// When it hangs; of a 公示 alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Where to object, in words, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// Who published it, by name.
    pub by: String,
    /// The number of the bulletin that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<u32>,
    /// Head and foot.
    pub heading: Heading,
    /// Names were sealed: `number` is the blind code.
    pub sealed: bool,
    /// The table.
    pub rows: Vec<Row>,
}

impl Bulletin {
    /// As it is on record: what is read from the forms whenever it is shown does not stand in it.
    #[must_use]
    pub fn on_record(&self) -> Self {
        let mut bare = self.clone();
        for row in bare.rows.iter_mut().filter(|row| row.whose.is_some()) {
            [&mut row.name, &mut row.unit, &mut row.occupation].into_iter().for_each(String::clear);
        }
        bare
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_with_both_ends_over_months_and_leap_years() {
        let days = |from: &str, until: &str| Period { from: from.into(), until: until.into() }.days();
        assert_eq!(days("2025-10-20", "2025-10-20"), Some(1));
        assert_eq!(days("2025-10-28", "2025-11-03"), Some(7));
        assert_eq!(days("2024-02-28", "2024-03-01"), Some(3), "2024 has a leap day");
        assert_eq!(days("2025-02-28", "2025-03-01"), Some(2));
        assert_eq!(days("2025-12-31", "2026-01-01"), Some(2));
        assert_eq!(days("2025-10-21", "2025-10-20"), None, "the wrong way round");
        assert_eq!(days("2025-02-30", "2025-03-01"), None, "no date");
    }

    #[test]
    fn a_date_some_days_later_is_so_many_days_away() {
        assert_eq!(after("2025-12-28", 6).as_deref(), Some("2026-01-03"));
        assert_eq!(after("2024-02-27", 2).as_deref(), Some("2024-02-29"));
        let mut date = "1999-12-30".to_owned();
        for days in 1..2_000 {
            let next = after("1999-12-30", days).unwrap_or_default();
            assert!(crate::form::is_date(&next) && next > date, "{next} after {date}");
            date = next;
        }
        assert_eq!(after("no date", 1), None);
    }

    #[test]
    fn a_period_is_over_after_its_last_day() {
        let period = Period { from: "2025-10-20".into(), until: "2025-10-26".into() };
        assert!(!period.is_over("2025-10-26") && period.is_over("2025-10-27"));
    }
}
