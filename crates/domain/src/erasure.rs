//! Erasing a person (删除个人信息): what the fact says, what stays, and what stands in the place of a name.
//!
//! Left out: how bodies and files are made unreadable, which the store does; who may erase and when ([`crate::decide::erasure`]).

use crate::command::registration::Form;
use crate::ids::{AttachmentId, FactId};
use serde::{Deserialize, Serialize};

/// In the place of a name that was erased, in both languages: whoever reads a list may read either.
pub const ERASED: &str = "已删除 / erased";

/// That what was known of a person is erased: by whom and why stands around it, whom it is about it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// On what legal basis, in words that name nobody.
    pub basis: String,
    /// The records whose bodies are gone.
    pub records: Vec<FactId>,
    /// The scans that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentId>,
    /// What stays of the form: the fields by which rulebooks of the person's events rank, as results would be others without them.
    #[serde(default, skip_serializing_if = "Form::is_empty")]
    pub kept: Form,
}
