//! Everything that can go wrong in a body, and how it is said to a person.

use jiangsai_domain::command::WireError;
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use jiangsai_store::StoreError;

/// A refusal, or something that broke.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The present state does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No such command. The name is for the caller alone: anything may stand in its place.
    #[error("no such command")]
    UnknownCommand(String),
    /// The request does not fit the command. What does not fit is for the caller alone: it quotes the request, which may hold a document
    /// number or a PIN.
    #[error("bad request")]
    BadRequest(String),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document could not be made.
    #[error(transparent)]
    Document(#[from] jiangsai_documents::DocumentError),
    /// A file that came in cannot be read as a table.
    #[error(transparent)]
    Table(#[from] crate::table::TableError),
    /// A file could not be written or opened.
    #[error("{0}")]
    Io(String),
    /// A fault of ours.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::AlreadyExists => Refusal::new("file-exists").into(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Refusal::new("disk-full").into(),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Refusal::new("read-only").into(),
            _ => Self::Io(error.to_string()),
        }
    }
}

impl Failure {
    /// As it goes to the person, in words; a failure of `what` is logged with its cause, a refusal is a normal answer.
    pub(crate) fn wire(&self, what: &str, lang: Lang) -> WireError {
        let said = self.said(lang);
        let code = said.code.as_str();
        match self {
            _ if said.refusal => {}
            // The caller's fault, not ours.
            Self::UnknownCommand(_) => tracing::warn!(code, "a request was not understood"),
            Self::BadRequest(_) => tracing::warn!(code, what, "a request was not understood"),
            _ => tracing::error!(code, what, cause = %self, "a command failed"),
        }
        said
    }

    /// As [`Failure::wire`], where the data folder could not be opened: whoever opened it is told at once, and ends with that.
    pub(crate) fn not_opened(&self) -> WireError {
        let said = self.said(Lang::Zh);
        tracing::warn!(code = said.code.as_str(), cause = %self, "the data folder was not opened");
        said
    }

    /// As [`Failure::wire`], of something that is in the log already.
    pub(crate) fn said(&self, lang: Lang) -> WireError {
        let (code, args, refusal): (&str, Vec<(String, String)>, bool) = match self {
            Self::Refused(refusal) => (refusal.code, refusal.args.clone(), true),
            Self::UnknownCommand(name) => ("unknown-command", vec![("name".to_owned(), name.clone())], false),
            Self::BadRequest(why) => ("bad-request", vec![("why".to_owned(), why.clone())], false),
            Self::Store(error) => (error.code(), error.args(), error.is_refusal()),
            Self::Document(error) => (error.code(), Vec::new(), false),
            Self::Table(error) => (error.code(), error.args(), true),
            Self::Io(why) => ("io", vec![("why".to_owned(), why.clone())], false),
            Self::Internal(_) => ("internal", Vec::new(), false),
        };
        let named: Vec<(&str, &str)> = args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let message = jiangsai_locales::text(lang, &format!("error-{code}"), &named);
        WireError { code: code.to_owned(), message, details: args, refusal }
    }
}
