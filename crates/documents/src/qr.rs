//! QR codes, as pictures for the templates.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serializer;
use serde::ser::Error;
use std::fmt::Write as _;

/// Modules of white around a code that a scanner needs.
const QUIET: usize = 4;

/// Writes a text as the SVG of its code; no text as none.
pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&svg(text).map_err(S::Error::custom)?)
}

fn svg(text: &str) -> Result<String, qrcode::types::QrError> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let (width, mut path) = (code.width(), String::new());
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        // Writing to a string cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    let side = width + 2 * QUIET;
    Ok(format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>"#))
}
