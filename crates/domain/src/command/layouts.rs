//! Commands about how documents look: the templates they are set by, ours and the organiser's own.

use super::files::{File, Upload};
use super::{Needs, Role};
use crate::command;
use serde::{Deserialize, Serialize};

command! {
    /// The templates of this computer.
    ListLayouts = "layouts.list", Query, Needs::AnyOf(&[Role::Organiser]), {} => Vec<LayoutRow>
}

/// One template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutRow {
    /// Its file name, such as `listings.typ`, or `letter.docx` for the text document that lists are set into.
    pub name: String,
    /// An organiser's own stands in the place of ours.
    pub own: bool,
}

command! {
    /// The template that is in use, to be changed.
    FetchLayout = "layouts.fetch", Query, Needs::AnyOf(&[Role::Organiser]), {
        /// Its file name.
        name: String
    } => File
}

command! {
    /// Puts an organiser's own template in the place of ours, or takes it away. What cannot be used is refused, and what was there stays.
    SetLayout = "layouts.set", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Its file name.
        name: String,
        /// The file; `None` brings ours back.
        file: Option<Upload>
    } => Vec<LayoutRow>
}
