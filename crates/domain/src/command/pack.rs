//! The result pack (成绩资料包): every document of an event in one folder and one .zip; a long document alone is made the same way.
//!
//! It is written part by part, each with a call of its own, so that whoever asks sees how far it is and can stop between any two. Until
//! it is closed it is a hidden folder that nobody takes for a pack.

use super::files::DocumentKind;
use super::{Needs, Role};
use crate::command;
use crate::ids::EventId;
use serde::{Deserialize, Serialize};

/// What is wanted in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRequest {
    /// Which event.
    pub event: EventId,
    /// `zh-CN` or `en`.
    pub language: String,
    /// Where the rulebook has no awards: the first so many ranks count as winners; 0 for all.
    pub top: u32,
    /// From when to when the results hang, in words, or empty.
    pub period: String,
    /// Where to object, in words, or empty.
    pub contact: String,
    /// With the records of the competition, to keep: they hold document numbers and what was drawn.
    #[serde(default)]
    pub records: bool,
    /// This document alone, in files of so many sheets as wait for nobody long.
    #[serde(default)]
    pub only: Option<DocumentKind>,
}

command! {
    /// The file names of the parts that a pack will have, in order.
    PlanPack in competition = "pack.plan", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// What is wanted.
        pack: PackRequest
    } => Vec<String>
}

command! {
    /// Begins a pack and says what it will hold.
    BeginPack in competition = "pack.begin", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// What is wanted.
        pack: PackRequest
    } => Pack
}

/// A pack that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Its id: 32 hex digits.
    pub id: String,
    /// Facts it is made from. When there are more of them the pack is refused, so that no two parts disagree.
    pub facts: u64,
    /// File names of the parts, in order.
    pub parts: Vec<String>,
}

command! {
    /// Writes one part of a pack.
    WritePart in competition = "pack.write", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// What was wanted.
        pack: PackRequest,
        /// Id of the pack.
        id: String,
        /// Facts it was begun from.
        facts: u64,
        /// Place of the part, from 0.
        part: u32
    } => PartWritten
}

/// A part of a pack that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartWritten {
    /// Characters no font has, with where they stand: boxes are printed in their places.
    pub missing_glyphs: Vec<(String, String)>,
}

command! {
    /// Closes a pack: the folder gets its name, and a .zip of it is made.
    ClosePack in competition = "pack.close", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// What was wanted.
        pack: PackRequest,
        /// Id of the pack.
        id: String,
        /// Facts it was begun from.
        facts: u64
    } => ClosedPack
}

/// A pack on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedPack {
    /// Full path of the folder.
    pub folder: String,
    /// Full path of the .zip.
    pub zip: String,
}

command! {
    /// Drops a pack that was begun and not closed, with all that was written.
    DropPack in competition = "pack.drop", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Id of the pack.
        id: String
    } => ()
}
