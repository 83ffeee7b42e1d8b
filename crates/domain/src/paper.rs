//! Paper mark sheets (统分): the number of a sheet, what was typed from it and who confirmed it, a scan of it.
//!
//! Left out: which sheet it is ([`crate::sheet::SheetPlace`]); the marks themselves, which are facts of their own; whether a sheet is verified ([`crate::view::paper`]).

mod number;

pub use number::{read_number, sheet_number, spaced};

use crate::ids::ItemId;
use jiangsai_scoring::Mark;
use serde::{Deserialize, Serialize};

/// One mark on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMark {
    /// Item.
    pub item: ItemId,
    /// Attempt, from 1.
    pub attempt: u16,
    /// What the paper says.
    pub mark: Mark,
}

/// What a recorder (录分员) typed from a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// The recorder, by name.
    pub by: String,
    /// The total written on the paper as typed; empty where it has none.
    pub total: String,
    /// Every mark on it, in reading order.
    pub marks: Vec<SheetMark>,
}

/// A scan or photo of a page of a sheet, by its particulars: the picture itself is kept beside the records, by its hash, and may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// What kind of file it is, as a media type.
    pub media: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The how manieth page of the sheet, from 1.
    pub page: u16,
}

/// How a sheet was confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Typed again by somebody who did not see the first.
    #[default]
    Blind,
    /// 唱分: one reads the paper out, one confirms each value.
    Called,
}

/// What a checker (核分员) found on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checking {
    /// The checker, by name.
    pub by: String,
    /// How.
    pub how: How,
    /// Every mark on it, in reading order.
    pub marks: Vec<SheetMark>,
}
