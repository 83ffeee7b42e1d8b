//! Sheets: those that judges sign, each with the own key where there is one; those that are opened again, and marks to be given again.

use super::{About, Found, made};
use crate::approval::AGAIN;
use crate::command::Role;
use crate::competition::Competition;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, FactId, JudgeId};
use crate::register::Register;
use crate::sheet::{SheetPlace, SheetState};
use crate::view::{Words, blind, judges, words};

/// What stands behind a judge's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedWith {
    /// The judge's own key.
    OwnKey,
    /// Nothing: the judge had no key at the computer, or nobody had to sign in.
    Nothing,
    /// Nothing, and the judge had a key there.
    Lacking,
}

/// What stands behind the signature that a record is.
#[must_use]
pub fn signed_with(state: &Competition, (order, record): (u64, &FactId), by: &JudgeId) -> SignedWith {
    let trust = state.people.trust();
    let wants = |node| trust.wants_judge(by, (order, record), node);
    if trust.approved_by_judge(record, by) {
        SignedWith::OwnKey
    } else if !state.trust.is_adopted(record) && state.signed_at.get(record).is_some_and(wants) {
        // What the chief judge adopted the chief judge stands for.
        SignedWith::Lacking
    } else {
        SignedWith::Nothing
    }
}

impl Found<'_> {
    /// Sheets that are signed or open again, and marks that are to be given again.
    pub(super) fn sheets(&mut self) {
        let state = self.state;
        for (sheet, register) in &state.sheets {
            let opened = || of_sheet(state, "approval-reopened", sheet);
            let again = About { kind: "sheet.state", event: Some(&sheet.event), what: &opened };
            for (record, version) in register.standing() {
                match &version.value {
                    SheetState::Signed { by, .. } => self.signed((sheet, record), register, by),
                    SheetState::Reopened if self.is_wanted((version.order, record), AGAIN) => {
                        let missing = self.unfilled(record, AGAIN);
                        self.add(record, made(version), &again, missing);
                    }
                    SheetState::Reopened => {}
                }
            }
        }
        for (place, register) in &state.rescores {
            let what = || of_mark(state, place);
            self.all(Some(register), AGAIN, &About { kind: "mark.rescore", event: Some(&place.event), what: &what });
        }
    }

    fn signed(&mut self, (sheet, record): (&SheetPlace, &FactId), register: &Register<SheetState>, by: &JudgeId) {
        let Some(version) = register.version(record) else { return };
        let missing = match signed_with(self.state, (version.order, record), by) {
            SignedWith::OwnKey if self.trust.signed_in_before((version.order, record)) => Vec::new(),
            SignedWith::Lacking => vec![vec![Role::Judge]],
            SignedWith::OwnKey | SignedWith::Nothing => return,
        };
        let state = self.state;
        let what = || of_sheet(state, "approval-signed", sheet);
        let about = About { kind: "sheet.state", event: Some(&sheet.event), what: &what };
        self.add(record, made(version), &about, missing);
    }
}

/// What stands on the sheet instead of a name.
fn code(state: &Competition, entry: &EntryId) -> String {
    state.entries.get(entry).map(|own| blind::blind_code(state, own).label()).unwrap_or_default()
}

fn of_sheet(state: &Competition, key: &str, sheet: &SheetPlace) -> Words {
    let judge = sheet.judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default();
    words(key, &[("entry", &code(state, &sheet.entry)), ("module", &sheet.module), ("judge", &judge)])
}

fn of_mark(state: &Competition, place: &MarkPlace) -> Words {
    let judge = place.judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default();
    let item = place.item.to_string();
    words("approval-rescore", &[("entry", &code(state, &place.entry)), ("item", &item), ("judge", &judge)])
}
