//! Commands of scans and photos of paper sheets: attached to a sheet, looked at, taken away.

use super::files::{File, Upload};
use super::paper::CLERKS;
use crate::command;
use crate::ids::{AttachmentId, EventId};
use serde::{Deserialize, Serialize};

/// Largest picture that is taken in, in bytes.
pub const LARGEST_SCAN: usize = 10 * 1024 * 1024;

command! {
    /// The scans of a sheet, in the order of its pages.
    ListScans in competition = "scans.list", Query, CLERKS, {
        /// Which event.
        event: EventId,
        /// Number of the sheet.
        number: String
    } => Vec<ScanLine>
}

/// A scan of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanLine {
    /// The picture.
    pub attachment: AttachmentId,
    /// The how manieth page of the sheet, from 1.
    pub page: u16,
    /// Size in bytes.
    pub bytes: u64,
    /// Milliseconds since 1970 when it was attached.
    pub at: i64,
    /// Its picture is on this computer.
    pub here: bool,
}

command! {
    /// Attaches a JPEG or PNG of at most [`LARGEST_SCAN`] bytes to a sheet. What is kept is a JPEG of its own, upright and without anything the
    /// camera wrote beside the picture. The same picture is attached once.
    AttachScan in competition = "scans.attach", Mutation, CLERKS, {
        /// Which event.
        event: EventId,
        /// Number of the sheet.
        number: String,
        /// The picture.
        file: Upload
    } => Vec<ScanLine>
}

command! {
    /// Takes a scan away from a sheet. That it was there, and its picture, stay on record.
    RemoveScan in competition = "scans.remove", Mutation, CLERKS, {
        /// Which event.
        event: EventId,
        /// Number of the sheet.
        number: String,
        /// The picture.
        attachment: AttachmentId,
        /// Why; required.
        reason: String
    } => Vec<ScanLine>
}

command! {
    /// A scan of a sheet as a picture.
    ShowScan in competition = "scans.show", Query, CLERKS, {
        /// Which event.
        event: EventId,
        /// Number of the sheet.
        number: String,
        /// The picture.
        attachment: AttachmentId,
        /// Small, for a list.
        small: bool
    } => File
}
