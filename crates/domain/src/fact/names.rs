//! Which entries a fact names.

use super::Fact;
use crate::ids::{EntryId, EventId};

impl Fact {
    /// The entries that a fact of judging names, and their event where it says that; none of facts that come after names are open, or stand on
    /// registration.
    pub(crate) fn names(&mut self) -> (Option<&EventId>, Vec<&mut EntryId>) {
        match self {
            Self::Coded { entry, .. } | Self::Status { entry, .. } => (None, vec![entry]),
            Self::Decision { entry, decision } => (None, std::iter::once(entry).chain(&mut decision.order).collect()),
            Self::Seat { event, entry, .. } => (Some(event), vec![entry]),
            Self::Mark { place, .. } | Self::Note { place, .. } | Self::Rescore { place, .. } => {
                (Some(&place.event), vec![&mut place.entry])
            }
            Self::Sheet { sheet, .. }
            | Self::Recorded { sheet, .. }
            | Self::Checked { sheet, .. }
            | Self::Scan { sheet, .. }
            | Self::Rechecked { sheet, .. } => (Some(&sheet.event), vec![&mut sheet.entry]),
            Self::Confirmed { place, .. } | Self::ExtraTime { place, .. } => {
                (Some(&place.event), vec![&mut place.entry])
            }
            Self::Recheck { event, plan } => (Some(event), plan.first.iter_mut().chain(&mut plan.drawn).collect()),
            Self::Asked { asked, .. } => (Some(&asked.event), vec![&mut asked.entry]),
            _ => (None, Vec::new()),
        }
    }
}
