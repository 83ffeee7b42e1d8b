//! Everything that can go wrong in a body, and how it is said to a person.

use jiangsai_domain::command::WireError;
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use jiangsai_store::StoreError;
use std::sync::Arc;

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
    /// A backup was not written, for this reason.
    #[error("a backup was not written: {0}")]
    NotBackedUp(Arc<StoreError>),
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
            Self::Document(error) => (error.code(), error.args(), error.is_refusal()),
            Self::Table(error) => (error.code(), error.args(), true),
            Self::NotBackedUp(error) => ("backup-not-written", caused_by(error, lang), true),
            Self::Io(why) => ("io", vec![("why".to_owned(), why.clone())], false),
            Self::Internal(_) => ("internal", Vec::new(), false),
        };
        let message = jiangsai_locales::message(lang, &format!("error-{code}"), &args);
        WireError { code: code.to_owned(), message, details: args, refusal }
    }
}

/// Marks the particulars of the cause of an error among its own.
const CAUSE: &str = "cause";

/// The cause of an error in words, and all that is needed to say it in another language.
fn caused_by(error: &StoreError, lang: Lang) -> Vec<(String, String)> {
    let args = error.args();
    let named: Vec<(&str, &str)> = args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let why = jiangsai_locales::text(lang, &format!("error-{}", error.code()), &named);
    let mut said = vec![("why".to_owned(), why), (CAUSE.to_owned(), error.code().to_owned())];
    said.extend(args.into_iter().map(|(name, value)| (format!("{CAUSE}-{name}"), value)));
    said
}

/// Says the cause of an error, where it names one, in another language.
pub(crate) fn cause_in_words(error: &mut WireError, language: &str) {
    let Ok(lang) = language.parse::<Lang>() else { return };
    let Some((_, code)) = error.details.iter().find(|(name, _)| name == CAUSE) else { return };
    let key = format!("error-{code}");
    let prefix = format!("{CAUSE}-");
    let args = error.details.iter().filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?, value.as_str())));
    let why = jiangsai_locales::text(lang, &key, &args.collect::<Vec<_>>());
    if let Some((_, said)) = error.details.iter_mut().find(|(name, _)| name == "why") {
        *said = why;
    }
}
