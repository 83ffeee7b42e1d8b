//! Commands of the start screen.

use super::Needs;
use crate::command;
use crate::ids::CompetitionId;
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

command! {
    /// What this installation is and how it is.
    AppStatus = "app.status", Query, Needs::Anyone, {} => Status
}

/// Reply of [`AppStatus`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Version of the program.
    pub version: String,
    /// Folder that holds the data.
    pub data_dir: String,
    /// `zh-CN` or `en`.
    pub language: String,
    /// One computer alone: one person holds every role.
    pub operator_mode: bool,
    /// The host can open a file in the system's viewer (a browser cannot).
    pub can_open_files: bool,
    /// The records are in a file here, which can be backed up, restored and put into a result pack. False: they are on a database server.
    #[serde(default)]
    pub has_file: bool,
    /// The competition whose desk alone is shown on this computer, until somebody releases it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<CompetitionId>,
}

command! {
    /// Sets the language of the interface on this computer.
    SetLanguage = "app.set_language", Mutation, Needs::Anyone, {
        /// `zh-CN` or `en`.
        language: String
    } => ()
}

command! {
    /// Ready rulebooks to start a competition from.
    ListTemplates = "templates.list", Query, Needs::Anyone, {} => Vec<Template>
}

/// A ready rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Id for [`super::competition::CreateCompetition`].
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What it is for, a sentence or two.
    pub about: Text,
    /// Number of items to mark.
    pub items: u32,
}

command! {
    /// Computes segments of real judges' marks on this computer and compares them with the published results.
    VerifyCalculation = "app.verify_calculation", Query, Needs::Anyone, {} => CalculationReport
}

/// Reply of [`VerifyCalculation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalculationReport {
    /// Segments computed.
    pub segments: u32,
    /// Marks read.
    pub marks: u32,
    /// Panel scores, totals and ranks compared.
    pub compared: u32,
    /// What did not agree, in words; empty when all agree.
    pub mismatches: Vec<String>,
    /// Where the data comes from and its licence.
    pub source: String,
}
