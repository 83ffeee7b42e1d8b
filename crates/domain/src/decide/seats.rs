//! Who sits in a seat for one entry: 回避 with a 候补裁判, and a judge replaced while the contest runs.

use super::{draft, needs_reason, open_event};
use crate::command::hall::{ReplaceJudge, Replaced, SetSeat};
use crate::competition::{Competition, Event};
use crate::envelope::{Draft, Refusal};
use crate::fact::{Fact, MarkPlace};
use crate::ids::{EntryId, JudgeId};
use crate::register::Register;
use crate::results;
use crate::sheet::{Modules, SeatChange, SheetPlace, Sitting};
use crate::view::{blind, judges};
use jiangsai_scoring::Mark;
use jiangsai_scoring::rulebook::{Item, Rulebook};

/// 回避, or that the judge marks the entry after all; nothing when it is what stands.
///
/// # Errors
/// `not-found`, `finalised`, `unknown-entry`, `judge-not-on-panel`, `unknown-judge`, `already-on-panel` when the 候补裁判 marks the entry
/// already, `sheet-signed` while the sheet of who sits there is signed, `reason-needed`.
pub fn set(state: &Competition, command: &SetSeat) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let entry = blind::resolve(state, &command.entry)?;
    let panel = command.panel.as_str();
    if !setup.members(panel).contains(&command.seat) {
        return Err(Refusal::new("judge-not-on-panel").with("item", panel));
    }
    if let Some(substitute) = command.substitute.as_ref().filter(|_| command.recused) {
        check_new(state, substitute)?;
        let own = setup.seat_of(&entry, panel, substitute).is_some_and(|seat| *seat != command.seat);
        if own || setup.members(panel).contains(substitute) {
            return Err(Refusal::new("already-on-panel").with("code", judges::code(state, substitute)));
        }
    }
    needs_reason(&command.reason)?;
    if let Some(judge) = setup.sitting(&entry, panel, &command.seat) {
        let signed = state.sheets.keys().find(|sheet| {
            sheet.event == command.event
                && sheet.entry == entry
                && sheet.judge.as_ref() == Some(judge)
                && state.is_signed(sheet)
        });
        if signed.is_some() {
            return Err(Refusal::new("sheet-signed").with("judge", judges::code(state, judge)));
        }
    }
    let sitting = command.recused.then(|| Sitting { judge: command.substitute.clone(), why: SeatChange::Recusal });
    let register = setup.seat_register(&entry, panel, &command.seat);
    let stands = match register {
        Some(register) => register.agreed() == Some(&sitting),
        // Of a locked entry it was told who sits there, and not why.
        None => {
            let wanted = sitting.as_ref().map_or(Some(&command.seat), |own| own.judge.as_ref());
            setup.sitting(&entry, panel, &command.seat) == wanted
        }
    };
    if stands {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    let fact = Fact::Seat {
        event: command.event.clone(),
        entry,
        panel: command.panel.clone(),
        seat: command.seat.clone(),
        sitting,
    };
    Ok(vec![draft(fact, replaces, &command.reason)])
}

/// Replaces a judge on a panel: entries marked to the end keep who marked them. With what that does, which is all that is answered when
/// only that is asked.
///
/// # Errors
/// `not-found`, `finalised`, `judge-not-on-panel`, `unknown-judge`, `already-on-panel` when who comes sits in another seat of the panel,
/// be it for one entry, `replace-signed` when signed marks would no longer count, `reason-needed`.
pub fn replace(state: &Competition, command: &ReplaceJudge) -> Result<(Vec<Draft>, Replaced), Refusal> {
    let setup = open_event(state, &command.event)?;
    let panel = command.panel.as_str();
    let members = setup.members(panel);
    if !members.contains(&command.judge) {
        return Err(Refusal::new("judge-not-on-panel").with("item", panel));
    }
    check_new(state, &command.by)?;
    let others: Vec<JudgeId> = members.iter().filter(|seat| **seat != command.judge).cloned().collect();
    if members.contains(&command.by) || setup.substitutes(panel, &command.by, &others) {
        return Err(Refusal::new("already-on-panel").with("code", judges::code(state, &command.by)));
    }
    if !command.preview {
        needs_reason(&command.reason)?;
    }
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    let work = Work {
        state,
        setup,
        command,
        modules: Modules::of(engine.rulebook()),
        rulebook: engine.rulebook(),
        items: engine.rulebook().items().iter().filter(|item| item.panel() == Some(panel)).collect(),
    };
    let new = members.iter().map(|seat| if *seat == command.judge { command.by.clone() } else { seat.clone() });
    let replaces = setup.panels.get(&command.panel).map(Register::current).unwrap_or_default();
    let fact = Fact::Panel { event: command.event.clone(), panel: command.panel.clone(), members: new.collect() };
    let mut drafts = vec![draft(fact, replaces, &command.reason)];
    let (mut done, mut signed) = (Replaced::default(), 0);
    for (entry, _) in state.entries_of(&command.event) {
        let sitting = match work.after(entry) {
            After::New => continue,
            After::Said(sitting) => sitting,
            After::Kept => {
                done.kept += 1;
                Sitting { judge: Some(command.judge.clone()), why: SeatChange::Replaced }
            }
            After::Anew { marks, sheets } => {
                done.anew += 1;
                done.marks += u32::try_from(marks).unwrap_or(u32::MAX);
                signed += sheets;
                Sitting { judge: Some(command.by.clone()), why: SeatChange::Replaced }
            }
        };
        let register = setup.seat_register(entry, panel, &command.by);
        let replaces = register.map(Register::current).unwrap_or_default();
        let fact = Fact::Seat {
            event: command.event.clone(),
            entry: entry.clone(),
            panel: command.panel.clone(),
            seat: command.by.clone(),
            sitting: Some(sitting),
        };
        drafts.push(draft(fact, replaces, &command.reason));
    }
    if signed > 0 {
        let refusal = Refusal::new("replace-signed").with("judge", judges::code(state, &command.judge));
        return Err(refusal.with("count", signed));
    }
    Ok(if command.preview { (Vec::new(), done) } else { (drafts, done) })
}

/// What a replacement means for an entry.
enum After {
    /// Nothing has to be said: who comes marks it, who leaves never did.
    New,
    /// What was said about the seat of who leaves holds for who comes.
    Said(Sitting),
    /// It is marked to the end and keeps who marked it.
    Kept,
    /// Who comes marks it from the beginning: so many marks of who leaves no longer count, and so many signed sheets.
    Anew { marks: usize, sheets: usize },
}

/// What the judge who leaves has done.
struct Work<'a> {
    state: &'a Competition,
    setup: &'a Event,
    command: &'a ReplaceJudge,
    rulebook: &'a Rulebook,
    modules: Modules<'a>,
    /// Items of the panel.
    items: Vec<&'a Item>,
}

impl Work<'_> {
    fn after(&self, entry: &EntryId) -> After {
        let Self { state, setup, command, .. } = self;
        let panel = command.panel.as_str();
        let said = match setup.seat_register(entry, panel, &command.judge) {
            Some(register) => register.value().cloned().flatten(),
            // Of a locked entry it was told who sits there, and not why: before marks there is one reason.
            None => setup
                .told_seat(entry, panel, &command.judge)
                .map(|judge| Sitting { judge: judge.clone(), why: SeatChange::Recusal }),
        };
        if let Some(said) = said.filter(|said| said.judge.as_ref() != Some(&command.judge)) {
            return After::Said(said);
        }
        let (mut marks, mut open) = (0, 0);
        for item in &self.items {
            // Nobody waits for what need not be marked, nor for a stage that the entry is not in.
            let wanted =
                !self.rulebook.is_optional(item) && results::takes_part(state, &command.event, entry, &item.id);
            let once = MarkPlace::once(&command.event, entry, &item.id.as_str().into(), Some(&command.judge));
            for attempt in 1..=item.attempt_count() {
                let register = state.marks.get(&MarkPlace { attempt, ..once.clone() });
                let given = register.and_then(Register::value).is_some_and(|mark| *mark != Mark::NotYet);
                marks += usize::from(given);
                open += usize::from(wanted && !given);
            }
        }
        match (marks, open) {
            (0, _) => After::New,
            (_, 0) => After::Kept,
            (marks, _) => After::Anew { marks, sheets: self.signed(entry) },
        }
    }

    /// Sheets of who leaves for an entry that are signed and have items of the panel.
    fn signed(&self, entry: &EntryId) -> usize {
        let mut modules: Vec<&str> = self.items.iter().map(|item| self.modules.module(&item.id)).collect();
        modules.sort_unstable();
        modules.dedup();
        let sheets = modules.into_iter().map(|module| SheetPlace {
            event: self.command.event.clone(),
            entry: entry.clone(),
            module: module.to_owned(),
            judge: Some(self.command.judge.clone()),
        });
        sheets.filter(|sheet| self.state.is_signed(sheet)).count()
    }
}

/// A judge who can take a seat.
fn check_new(state: &Competition, judge: &JudgeId) -> Result<(), Refusal> {
    let known = state.judges.get(judge).and_then(Register::value);
    if known.is_some_and(|judge| !judge.retired) { Ok(()) } else { Err(Refusal::new("unknown-judge")) }
}
