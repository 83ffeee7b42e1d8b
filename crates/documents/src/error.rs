//! Why a document could not be made.

/// Why a document could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// No font of this computer has Chinese characters.
    #[error("no font has Chinese characters")]
    NoChineseFont,
    /// The template and the data did not become pages.
    #[error("typesetting failed: {0}")]
    Typesetting(String),
    /// The document has fewer pages.
    #[error("the document has {pages} pages, not {asked}")]
    NoSuchPage {
        /// The page that was asked for, counted from 1.
        asked: usize,
        /// Pages in all.
        pages: usize,
    },
    /// A picture that is none, or too large.
    #[error("no picture that can be printed")]
    Artwork,
    /// The text document could not be written.
    #[error("text document: {0}")]
    Letter(String),
    /// The workbook could not be written.
    #[error("workbook: {0}")]
    Workbook(String),
}

impl DocumentError {
    /// The code for the locale files (`error-<code>`).
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoChineseFont => "no-chinese-font",
            Self::Typesetting(_) => "typesetting",
            Self::NoSuchPage { .. } => "no-such-page",
            Self::Artwork => "artwork",
            Self::Letter(_) => "letter",
            Self::Workbook(_) => "workbook",
        }
    }
}

impl From<rust_xlsxwriter::XlsxError> for DocumentError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Workbook(error.to_string())
    }
}
