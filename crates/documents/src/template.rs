//! The templates that documents are set by, for an organiser to change: what they are called, ours as they are, and whether one of the own
//! can be read.

use crate::error::DocumentError;
use crate::letter::{blank_letter, check_letter};
use crate::world;
use jiangsai_locales::Lang;
use typst::syntax::Source;

/// The text document that lists are set into.
pub const LETTER: &str = "letter.docx";

/// What templates are called, the text document last.
pub fn template_names() -> impl Iterator<Item = &'static str> {
    world::names().chain([LETTER])
}

/// Our template of a name; `None` for a name that no template has. The text document is one that makes room for a list and says how.
///
/// # Errors
/// [`DocumentError::Letter`], where the text document cannot be put together.
pub fn template(name: &str, lang: Lang) -> Result<Option<Vec<u8>>, DocumentError> {
    if name == LETTER {
        return blank_letter(lang).map(Some);
    }
    Ok(world::ours(name).map(|text| text.as_bytes().to_vec()))
}

/// Can it be read? What stands in a typst template is tried when a page is set by it.
///
/// # Errors
/// [`DocumentError::OwnLetter`] for a text document, [`DocumentError::OwnTemplate`] for any other, with the line.
pub fn check_template(name: &str, bytes: &[u8]) -> Result<(), DocumentError> {
    if name == LETTER {
        return check_letter(bytes);
    }
    let wrong = |line| DocumentError::OwnTemplate { name: name.to_owned(), line };
    let text = std::str::from_utf8(bytes).map_err(|_| wrong(1))?;
    let source = Source::detached(text);
    match source.root().errors_and_warnings().0.first() {
        None => Ok(()),
        Some(error) => Err(wrong(world::line(&source, error.span).unwrap_or(1))),
    }
}
