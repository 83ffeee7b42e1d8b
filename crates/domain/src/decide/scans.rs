//! Scans of paper sheets: attached and taken away. They change no result, so that they can come after results are final.

use super::{draft, needs_reason};
use crate::command::scans::RemoveScan;
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{AttachmentId, EventId};
use crate::paper::Scan;
use crate::register::Register;
use crate::view::paper::find;
use crate::view::scans::attached;

/// Most scans of one sheet.
pub const MOST_SCANS: usize = 20;
/// What every scan is kept as.
pub const SCAN_MEDIA: &str = "image/jpeg";

/// Attaches a picture of so many bytes as the next page of a sheet; nothing where it is attached already.
///
/// # Errors
/// `sheet-number`, `sheet-unknown`, `judge-recused`, `scan-many`.
pub fn attach(
    state: &Competition,
    event: &EventId,
    number: &str,
    attachment: &AttachmentId,
    bytes: u64,
) -> Result<Vec<Draft>, Refusal> {
    let sheet = find(state, event, number)?.place;
    let there = attached(state, &sheet);
    if there.iter().any(|(own, _)| *own == attachment) {
        return Ok(Vec::new());
    }
    if there.len() >= MOST_SCANS {
        return Err(Refusal::new("scan-many").with("max", MOST_SCANS));
    }
    let last = there.iter().map(|(_, version)| version.value.as_ref().map_or(0, |scan| scan.page)).max();
    let scan = Scan { media: SCAN_MEDIA.to_owned(), bytes, page: last.unwrap_or(0).saturating_add(1) };
    let before = state.scans.get(&sheet).and_then(|scans| scans.get(attachment));
    let replaces = before.map(Register::current).unwrap_or_default();
    let fact = Fact::Scan { sheet, attachment: attachment.clone(), scan: Some(scan) };
    Ok(vec![draft(fact, replaces, "")])
}

/// Takes a scan away from a sheet.
///
/// # Errors
/// `reason-needed`; `scan-unknown` where it is not attached; those of the number.
pub fn remove(state: &Competition, command: &RemoveScan) -> Result<Vec<Draft>, Refusal> {
    needs_reason(&command.reason)?;
    let sheet = find(state, &command.event, &command.number)?.place;
    let attachment = command.attachment.clone();
    if !attached(state, &sheet).iter().any(|(own, _)| **own == attachment) {
        return Err(Refusal::new("scan-unknown"));
    }
    let before = state.scans.get(&sheet).and_then(|scans| scans.get(&attachment));
    let replaces = before.map(Register::current).unwrap_or_default();
    Ok(vec![draft(Fact::Scan { sheet, attachment, scan: None }, replaces, &command.reason)])
}
