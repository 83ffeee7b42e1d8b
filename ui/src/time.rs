//! Moments as a person reads them, by the clock of this computer; and ages that go on between two answers.

use crate::session::use_session;
use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// `YYYY-MM-DD HH:MM:SS`.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of this age fit a double exactly")]
pub fn moment(ms: i64) -> String {
    let date = Date::new(&JsValue::from_f64(ms as f64));
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

/// Milliseconds now, by the clock of this computer.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 fit")]
pub fn now() -> u64 {
    Date::now() as u64
}

/// A moment by the clock of whoever answered, and when that was by the clock here: the two may differ, and what goes by is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    theirs: i64,
    ours: u64,
}

impl Told {
    /// An answer that came just now says that it is `theirs`, in milliseconds since 1970.
    pub fn now(theirs: i64) -> Self {
        Self { theirs, ours: now() }
    }

    /// What the clock of whoever answered shows when the one here shows `ours`.
    pub fn at(self, ours: u64) -> i64 {
        // A clock here that was set back makes nothing younger.
        self.theirs.saturating_add_unsigned(ours.saturating_sub(self.ours))
    }

    /// What it shows at present. Whoever asks inside an effect is called again as time goes by, without a question to anybody.
    pub fn ticking(self) -> i64 {
        self.at(use_session().clock.get())
    }
}

/// Whole minutes from one moment to another; none where it is later.
pub const fn minutes(since: i64, now: i64) -> i64 {
    let age = now.saturating_sub(since);
    if age > 0 { age / 60_000 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_goes_on_by_the_clock_here_whatever_that_shows() {
        let told = Told { theirs: 5_000_000, ours: 9_000 };
        assert_eq!((told.at(9_000), told.at(69_000)), (5_000_000, 5_060_000));
        assert_eq!(told.at(1), 5_000_000, "a clock that was set back");
        assert_eq!((minutes(0, 59_999), minutes(0, 120_000), minutes(120_000, 0)), (0, 2, 0));
        assert_eq!(minutes(i64::MIN, i64::MAX), i64::MAX / 60_000);
    }
}
