//! Moments as a person reads them, by the clock of this computer.

use js_sys::Date;
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
