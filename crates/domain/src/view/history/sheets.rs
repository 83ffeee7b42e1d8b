//! Lines about sheets and seats: signed, opened, noted, to be marked again, confirmed, extra time. Entries go by blind code, as on the
//! sheets themselves; while sealed without reasons and notes of before.

use super::{Acts, Args, mark_args, mark_text};
use crate::command::competition::HistoryLine;
use crate::competition::{Competition, Event};
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, FactId, JudgeId};
use crate::register::{Register, Version};
use crate::sheet::{Confirmation, ModulePlace, Rescore, SheetState, Sitting};
use crate::view::approvals::{SignedWith, signed_with};
use crate::view::{blind, judges};

impl<'a> Acts<'a, '_> {
    pub(super) fn sheets(&mut self) {
        let state = self.state;
        for (sheet, register) in &state.sheets {
            let args = move || sheet_args(state, &sheet.event, &sheet.entry, &sheet.module, sheet.judge.as_ref());
            if self.wanted.entry(&sheet.entry) {
                for version in register.versions() {
                    self.sheet(&sheet.event, register, version, args);
                }
            }
        }
        for (place, register) in &state.notes {
            let args = move || mark_args(state, place);
            self.written(&place.event, register, "note", self.wanted.mark(place), args, Clone::clone);
        }
        for (place, register) in &state.rescores {
            let args = move || mark_args(state, place);
            let first = move |request: &Option<Rescore>| first_marks(state, place, request.as_ref());
            self.blind(&place.event, register, "rescore", self.wanted.mark(place), args, first);
        }
        for (place, register) in &state.confirmations {
            let said = |confirmation: &Confirmation| match confirmation {
                Confirmation::Signed => "✓".to_owned(),
                Confirmation::Refused => "✗".to_owned(),
                Confirmation::Withdrawn => String::new(),
            };
            let args = move || module_args(state, place);
            self.blind(&place.event, register, "confirmed", self.wanted.entry(&place.entry), args, said);
        }
        for (place, register) in &state.extra_times {
            let shown = |seconds: &u32| format!("{}:{:02}", seconds / 60, seconds % 60);
            let args = move || module_args(state, place);
            self.blind(&place.event, register, "extra-time", self.wanted.entry(&place.entry), args, shown);
        }
    }

    /// A sheet, signed with the judge's own key or without, or open again.
    fn sheet(
        &mut self,
        event: &'a EventId,
        register: &'a Register<SheetState>,
        (id, version): (&'a FactId, &'a Version<SheetState>),
        args: impl Fn() -> Args + Copy + 'a,
    ) {
        let state = self.state;
        let shown = move |id: &FactId, version: &Version<SheetState>| {
            let key = match &version.value {
                SheetState::Signed { by, .. } => match signed_with(state, (version.order, id), by) {
                    SignedWith::OwnKey => "sheet-is-signed-own-key",
                    SignedWith::Nothing => "sheet-is-signed",
                    SignedWith::Lacking => "sheet-is-signed-lacking",
                },
                SheetState::Reopened => "sheet-is-reopened",
            };
            key.to_owned()
        };
        let line = move || {
            let before = register.replaced_record(version).map(|(id, version)| shown(id, version));
            HistoryLine {
                before: before.unwrap_or_default(),
                after: shown(id, version),
                reason: blind::reason(state, event, version),
                ..super::line(register, id, version, "sheet", args(), |_| String::new())
            }
        };
        self.acts.push(((version.order, id), Box::new(line)));
    }

    pub(super) fn seats(&mut self, id: &'a EventId, event: &'a Event) {
        let state = self.state;
        for (module, register) in &event.leaders {
            let args = move || vec![("module".to_owned(), module.clone())];
            let code = move |judge: &Option<JudgeId>| {
                judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default()
            };
            self.take(register, "leader", self.wanted.judges(), args, code);
        }
        for (entry, panels) in &event.seats {
            let wanted = self.wanted.entry(entry) || self.wanted.judges();
            for (panel, seats) in panels {
                for (seat, register) in seats {
                    let args = move || {
                        let mut args = sheet_args(state, id, entry, "", Some(seat));
                        args.extend(super::panel_args(state, id, panel.as_str()));
                        args
                    };
                    let code = move |sitting: &Option<Sitting>| match sitting {
                        None => judges::code(state, seat),
                        Some(sitting) => {
                            sitting.judge.as_ref().map_or_else(|| "—".to_owned(), |judge| judges::code(state, judge))
                        }
                    };
                    self.blind(id, register, "seat", wanted, args, code);
                }
            }
        }
    }
}

fn module_args(state: &Competition, place: &ModulePlace) -> Args {
    sheet_args(state, &place.event, &place.entry, &place.module, None)
}

fn sheet_args(state: &Competition, event: &EventId, entry: &EntryId, module: &str, judge: Option<&JudgeId>) -> Args {
    let code = state.entries.get(entry).map(|entry| blind::blind_code(state, entry));
    let code = code.map(|code| if state.is_event_sealed(event) { code.label() } else { code.code });
    let judge = judge.map(|judge| judges::code(state, judge)).unwrap_or_default();
    vec![
        ("entry".to_owned(), code.unwrap_or_default()),
        ("module".to_owned(), module.to_owned()),
        ("judge".to_owned(), judge),
    ]
}

/// The marks that stood when it was asked for.
fn first_marks(state: &Competition, place: &MarkPlace, request: Option<&Rescore>) -> String {
    let Some(Rescore { first }) = request else { return String::new() };
    let marks = state.marks.iter().filter(|(own, _)| {
        (&own.event, &own.entry, &own.item, &own.judge) == (&place.event, &place.entry, &place.item, &place.judge)
    });
    let texts = marks.flat_map(|(own, register)| {
        first.iter().filter_map(|id| register.version(id)).map(|version| mark_text(state, own, &version.value))
    });
    texts.collect::<Vec<_>>().join(" ")
}
