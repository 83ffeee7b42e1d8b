//! The code on a certificate or a mark sheet (QR, error correction M, so that a copy is read too).

use crate::DocumentError;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// Light modules around the code, as ISO/IEC 18004 asks for.
const QUIET: i32 = 4;

/// The code of a text as SVG, one unit per module.
///
/// # Errors
/// [`DocumentError::Typesetting`] for a text too long for any code.
pub fn svg(text: &str) -> Result<String, DocumentError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|_| DocumentError::Typesetting("a code cannot hold the text".to_owned()))?;
    let (size, mut path) = (code.size(), String::new());
    for (x, y) in (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y)) {
        // Writing to a string does not fail.
        let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
    }
    let whole = size + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\"><path d=\"M0,0h{whole}v{whole}h-{whole}z\" fill=\"#fff\"/><path d=\"{path}\"/></svg>"
    ))
}
