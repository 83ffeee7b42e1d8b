//! Marks on their way, one after the other so that no answer overtakes another. Each knows where it was typed, whose it is and which
//! versions were on screen then: what is on screen when its turn comes may be another sheet, and another judge.

use super::work::{Ask, Field, Typed, Why, Work};
use crate::backend::call;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::desk::{DeskMark, DeskNote, DeskPlace, DeskSheet, DeskView};
use jiangsai_domain::ids::{CompetitionId, EventId, FactId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::VecDeque;

/// A mark on its way.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    whose: (CompetitionId, EventId, String),
    at: DeskPlace,
    field: Field,
    text: String,
    /// The versions on screen when it was typed, or those that an earlier mark of the same field left.
    replaces: Vec<FactId>,
    /// A fault by name, to be noted once the mark is saved.
    fault: Option<String>,
}

/// The versions of a field on a sheet.
fn current(sheet: &DeskSheet, field: &Field) -> Option<Vec<FactId>> {
    let item = sheet.items.iter().find(|item| item.rule.id == field.0.as_str())?;
    item.cells.get(usize::from(field.1).checked_sub(1)?).map(|cell| cell.current.clone())
}

/// What is on screen is not there any more: the judge's session, or the sheet.
fn gone(error: &WireError) -> bool {
    matches!(error.code.as_str(), "signed-out" | "unknown-entry" | "not-your-sheet")
}

impl Work {
    /// Saves a text in a field of the sheet that is shown. False when it is no mark there.
    pub fn save(self, field: &Field, text: String) -> bool {
        self.save_with(field, text, None)
    }

    /// As [`Self::save`]; the name of a fault is written into the note of the item once the mark is saved.
    pub fn save_with(self, field: &Field, text: String, fault: Option<String>) -> bool {
        // Only what is shown can have been meant, though another sheet be on its way.
        let seen = self.sheet(|sheet| Some((sheet.at.clone(), current(sheet, field)?))).flatten();
        let (Some((at, replaces)), Some(whose)) = (seen, self.whose()) else { return false };
        let wrong = self.item(&field.0, |item| {
            jiangsai_scoring::input::parse_mark(&item.rule, &text)
                .err()
                .map(|fault| (format!("mark-fault-{}", fault.code().replace('_', "-")), fault.args()))
        });
        if let Some((key, mut args)) = wrong.flatten() {
            args.push(("text".to_owned(), text.chars().take(12).collect()));
            self.put(&at, field, Some(Typed::Refused(text, Why::NotAMark(key, args))));
            return false;
        }
        self.put(&at, field, Some(Typed::Saving(text.clone())));
        let sending = Sending { whose, at, field: field.clone(), text, replaces, fault };
        self.queue.update_value(|queue| queue.push_back(sending));
        self.waiting.update(|count| *count += 1);
        if self.waiting.get_untracked() == 1 {
            self.work_off();
        }
        true
    }

    /// Sends what waits, one after the other.
    fn work_off(self) {
        spawn_local(async move {
            while let Some(next) = self.queue.try_update_value(VecDeque::pop_front).flatten() {
                let at = next.at.clone();
                let saved = self.deliver(next).await;
                let left = self.waiting.try_update(|count| {
                    *count = count.saturating_sub(1);
                    *count
                });
                if left == Some(0) && !(saved && self.at.try_get_untracked().flatten() == Some(at)) {
                    // What is on screen did not come with the last answer: that was a refusal, or was for another sheet.
                    self.ask();
                }
            }
        });
    }

    /// True when the mark was saved.
    async fn deliver(self, sending: Sending) -> bool {
        let Sending { whose: (competition, event, token), at, field, text, replaces, fault } = sending;
        let mark = DeskMark {
            competition: competition.clone(),
            event: event.clone(),
            token: token.clone(),
            at: at.clone(),
            item: field.0.clone(),
            attempt: field.1,
            text: text.clone(),
            replaces,
            reason: self.reason.try_get_value().unwrap_or_default(),
        };
        let view = match call(mark).await {
            Ok(view) => view,
            Err(error) => {
                self.failed(&token, &at, &field, text, error);
                return false;
            }
        };
        let note = view.sheet.as_ref().and_then(|sheet| {
            self.refresh(&at, &field, sheet);
            Some(sheet.items.iter().find(|item| item.rule.id == field.0.as_str())?.note.clone())
        });
        self.landed_as(&at, &field, text, view);
        let Some(name) = fault else { return true };
        let text = match note.filter(|note| !note.is_empty()) {
            Some(note) => format!("{note} · {name}"),
            None => name,
        };
        match call(DeskNote { competition, event, token, at: at.clone(), item: field.0, text }).await {
            Ok(view) => {
                self.did(None);
                self.changed(view, &at);
            }
            Err(error) if gone(&error) => self.take(Err(error), Some(&at)),
            Err(error) => self.did(Some(error)),
        }
        true
    }

    /// Later marks of the same field replace the one that landed.
    fn refresh(self, at: &DeskPlace, field: &Field, sheet: &DeskSheet) {
        let Some(now) = current(sheet, field).filter(|_| sheet.at == *at) else { return };
        self.queue.try_update_value(|queue| {
            for later in queue.iter_mut().filter(|later| later.at == *at && later.field == *field) {
                later.replaces.clone_from(&now);
            }
        });
    }

    fn landed_as(self, at: &DeskPlace, field: &Field, text: String, view: DeskView) {
        self.forget(at, field, &Typed::Saving(text));
        self.changed(view, at);
    }

    /// The text stays where it was typed, with why it was not saved, unless something else stands there since.
    fn failed(self, token: &str, at: &DeskPlace, field: &Field, text: String, error: WireError) {
        let own = self.typed.try_with_untracked(|all| all.get(at)?.get(field).cloned()).flatten();
        if own.is_none_or(|own| own == Typed::Saving(text.clone())) {
            self.put(at, field, Some(Typed::Refused(text, Why::Refused(error.clone()))));
        }
        if error.code == "reason-needed" && self.asking.try_with_untracked(Option::is_none) == Some(true) {
            self.asking.try_set(Some(Ask::Reason));
        }
        // Somebody else may have signed in since.
        let same = self.token.try_get_untracked().flatten().as_deref() == Some(token);
        if same && gone(&error) {
            self.take(Err(error), Some(at));
        }
    }

    /// Sends the marks of the sheet that is shown again that wanted a reason.
    pub fn because(self, reason: String) {
        self.reason.set_value(reason);
        for field in untrack(|| self.fields()) {
            if let Some(Typed::Refused(text, Why::Refused(error))) = untrack(|| self.typed_in(&field))
                && error.code == "reason-needed"
            {
                untrack(|| self.save(&field, text));
            }
        }
    }

    /// Takes away what is typed in a field where it is this.
    fn forget(self, at: &DeskPlace, field: &Field, own: &Typed) {
        if self.typed.try_with_untracked(|all| all.get(at).and_then(|sheet| sheet.get(field)) == Some(own))
            == Some(true)
        {
            self.put(at, field, None);
        }
    }
}
