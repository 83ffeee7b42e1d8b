//! Why a document could not be made.

/// What is wrong with an organiser's own text document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterFault {
    /// It is no text document, damaged, larger than 32 MiB unpacked, or of the kind "Strict Open XML".
    NoLetter,
    /// No paragraph says where a list goes.
    NoPlace,
    /// More than one does.
    TwoPlaces,
    /// It has more than one section, or none with the size of its page.
    Sections,
}

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
    /// A template of the organiser's own does not become pages.
    #[error("own template {name}, line {line}")]
    OwnTemplate {
        /// Its file name.
        name: String,
        /// The line of the fault, from 1.
        line: usize,
    },
    /// The organiser's own text document cannot be used.
    #[error("own text document: {0:?}")]
    OwnLetter(LetterFault),
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
            Self::OwnTemplate { .. } => "own-template",
            Self::OwnLetter(LetterFault::NoPlace) => "own-letter-no-place",
            Self::OwnLetter(LetterFault::TwoPlaces) => "own-letter-two-places",
            Self::OwnLetter(LetterFault::Sections) => "own-letter-sections",
            Self::OwnLetter(LetterFault::NoLetter) => "own-letter",
            Self::Workbook(_) => "workbook",
        }
    }

    /// What the message says besides, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        match self {
            Self::OwnTemplate { name, line } => {
                vec![("name".to_owned(), name.clone()), ("line".to_owned(), line.to_string())]
            }
            _ => Vec::new(),
        }
    }

    /// Is it for the organiser to mend?
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(self, Self::OwnTemplate { .. } | Self::OwnLetter(_))
    }
}

impl From<rust_xlsxwriter::XlsxError> for DocumentError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Workbook(error.to_string())
    }
}
