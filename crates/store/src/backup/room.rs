//! Room on a disk: a copy must not take what records need to be written.

use crate::StoreError;
use std::path::Path;

/// Bytes that stay free on the disk of the data when something is copied there: marks go on being written.
pub(crate) const RESERVE: u64 = 200 * 1024 * 1024;

/// Is there room for a copy of these files in a folder?
///
/// # Errors
/// [`StoreError::NoRoom`]. A disk that does not say how much is free is taken at its word when it is written to.
pub(crate) fn room(place: &Path, files: &[&Path], reserve: u64) -> Result<(), StoreError> {
    let size = |file: &&Path| std::fs::metadata(file).map_or(0, |about| about.len());
    room_for(place, files.iter().map(size).sum(), reserve)
}

/// Is there room for so many bytes in a folder?
///
/// # Errors
/// As for [`room`].
pub(crate) fn room_for(place: &Path, bytes: u64, reserve: u64) -> Result<(), StoreError> {
    let needed = bytes.saturating_add(reserve);
    match fs4::available_space(place) {
        Ok(free) if free < needed => Err(StoreError::NoRoom { needed, free }),
        _ => Ok(()),
    }
}
