//! Commands of erasing a person (删除个人信息).

use super::{Needs, Role};
use crate::command;
use crate::command::registration::FieldId;
use crate::ids::EntryId;
use serde::{Deserialize, Serialize};

command! {
    /// Says what erasing the person of an entry would take away and what stays. Nothing changes.
    PreviewErasure in competition = "persons.preview_erasure", Query, Needs::AnyOf(&[Role::Organiser]), {
        /// The entry; all entries of its person are meant.
        entry: EntryId
    } => ErasurePreview
}

command! {
    /// Erases what is known of the person of an entry, here and wherever the records are, for good. Marks and results stay.
    ErasePerson in competition = "persons.erase", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// The entry; all entries of its person are meant.
        entry: EntryId,
        /// The legal basis, in words that name nobody.
        basis: String,
        /// Token of the preview: what is erased is what was shown.
        token: String
    } => Erased
}

/// Reply of [`PreviewErasure`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasurePreview {
    /// Name; of somebody erased before, of whom something came since, perhaps empty.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// What goes: versions of the form.
    pub forms: u32,
    /// Notes of judges beside marks.
    pub notes: u32,
    /// Inquiries about the results, with their answers.
    pub inquiries: u32,
    /// Scans of paper sheets.
    pub scans: u32,
    /// Numbers of bulletins in which the name goes and everything else stays, with the event.
    pub lines: Vec<(String, u32)>,
    /// Numbers of bulletins of an older build that go whole, with the event.
    pub bulletins: Vec<(String, u32)>,
    /// What stays: events the person takes part in, with the 参赛号.
    pub events: Vec<(String, String)>,
    /// Marks.
    pub marks: u32,
    /// Fields of the form that stay, because a rulebook ranks by them.
    pub kept: Vec<FieldId>,
    /// Names what was shown.
    pub token: String,
}

/// Reply of [`ErasePerson`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Records whose bodies are gone.
    pub records: u32,
    /// Every file here that may hold them was rewritten; else that is done as soon as it can be, and with every place that was not there.
    pub rewritten: bool,
}
