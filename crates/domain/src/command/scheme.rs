//! The command that makes a rulebook of a WorldSkills marking scheme.

use super::Needs;
use super::files::Upload;
use super::registration::CellFault;
use crate::command;
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

command! {
    /// Makes a rulebook of the marking scheme in a workbook, as CIS takes it in. Changes nothing: the document is for
    /// [`super::competition::ReplaceRulebook`] or [`super::competition::CreateCompetition`].
    FromMarkingScheme = "rulebook.from_marking_scheme", Query, Needs::Anyone, {
        /// The workbook, .xlsx.
        file: Upload
    } => SchemeRead
}

/// Reply of [`FromMarkingScheme`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemeRead {
    /// The rulebook; it has passed every check.
    Rulebook(SchemeRulebook),
    /// Every fault by cell; there is no rulebook while there is one.
    Refused(Vec<CellFault>),
}

/// A rulebook made of a marking scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemeRulebook {
    /// Its title.
    pub title: Text,
    /// The document, pretty-printed JSON.
    pub json: String,
    /// How many criteria.
    pub criteria: u32,
    /// How many sub-criteria.
    pub sub_criteria: u32,
    /// How many aspects by measurement.
    pub measurement: u32,
    /// How many aspects by judgement.
    pub judgement: u32,
}
