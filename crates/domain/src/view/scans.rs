//! The scans of a paper sheet, as they stand. A sheet carries blind codes alone, so whoever may see the sheet may see them; one that was
//! attached before names were sealed may carry a name, and is not shown until they are opened.

use crate::command::scans::ScanLine;
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::ids::{AttachmentId, EventId};
use crate::paper::Scan;
use crate::register::Version;
use crate::sheet::SheetPlace;
use crate::view::blind;
use crate::view::paper::find;

/// What is attached to a sheet and was not taken away, in the order of its pages.
#[must_use]
pub fn attached<'a>(state: &'a Competition, sheet: &SheetPlace) -> Vec<(&'a AttachmentId, &'a Version<Option<Scan>>)> {
    let all = state.scans.get(sheet).into_iter().flatten();
    let standing = all.filter_map(|(id, register)| Some((id, register.last()?.1)));
    let mut standing: Vec<_> = standing.filter(|(_, version)| version.value.is_some()).collect();
    standing.sort_by_key(|(id, version)| (version.value.as_ref().map(|scan| scan.page), *id));
    standing
}

/// Those that may be seen beside a blind code.
fn shown<'a>(
    state: &'a Competition,
    event: &EventId,
    sheet: &SheetPlace,
) -> impl Iterator<Item = (&'a AttachmentId, &'a Version<Option<Scan>>)> {
    attached(state, sheet).into_iter().filter(|(_, version)| !blind::is_of_before(state, event, version))
}

/// The scans of the sheet with a number. Which of their pictures are on this computer the caller says.
///
/// # Errors
/// `sheet-number`, `sheet-unknown`, `judge-recused`.
pub fn list(
    state: &Competition,
    event: &EventId,
    number: &str,
    here: impl Fn(&AttachmentId) -> bool,
) -> Result<Vec<ScanLine>, Refusal> {
    let sheet = find(state, event, number)?.place;
    let line = |(id, version): (&AttachmentId, &Version<Option<Scan>>)| {
        let scan = version.value.as_ref()?;
        Some(ScanLine { attachment: id.clone(), page: scan.page, bytes: scan.bytes, at: version.at, here: here(id) })
    };
    Ok(shown(state, event, &sheet).filter_map(line).collect())
}

/// The scan of a sheet, by its picture.
///
/// # Errors
/// `scan-unknown` where it is not attached, and those of the number.
pub fn one<'a>(
    state: &'a Competition,
    event: &EventId,
    number: &str,
    attachment: &AttachmentId,
) -> Result<&'a Scan, Refusal> {
    let sheet = find(state, event, number)?.place;
    let found = shown(state, event, &sheet).find(|(own, _)| *own == attachment);
    found.and_then(|(_, version)| version.value.as_ref()).ok_or(Refusal::new("scan-unknown"))
}
