//! The hall at a glance: who is behind, which marks are out of line, what waits for a decision. Entries go by blind code.

use super::desk::{first_marks, stage};
use super::{blind, home, judges, paper, sheet};
use crate::command::hall::{Hall, HallAdjusted, HallCheck, HallGroup, HallRemark, HallRescore, HallSeat, HallSheet};
use crate::competition::{Competition, Event};
use crate::decide::sheets::signed_marks;
use crate::envelope::Refusal;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, ItemId, JudgeId};
use crate::register::{Register, Version};
use crate::results;
use crate::sheet::{Confirmation, ModulePlace, Modules, SheetPlace, SheetState};
use jiangsai_scoring::rulebook::{Item, Rulebook};
use jiangsai_scoring::{EntryStatus, Mark, PanelCheck, input};
use std::collections::BTreeSet;

/// The hall.
///
/// # Errors
/// `not-found`, `no-rulebook`.
pub fn hall(state: &Competition, event: &EventId) -> Result<Hall, Refusal> {
    let (setup, engine) = results::engine_of(state, event)?;
    let modules = Modules::of(engine.rulebook());
    let verified = paper::verified(state, event)?;
    let mut hall = Hall::default();
    for (id, entry) in sheet::by_place(state, event) {
        if entry.status() != EntryStatus::Withdrawn {
            let (session, station) = code(state, id);
            hall.entries.push((blind::handle_of(state, id), session, station));
        }
        if home::is_marked(setup, entry.status()) {
            for sheet in modules.sheets(setup, event, id) {
                let items = modules.wanted(state, setup, &sheet).len();
                // Who does not go on to a stage has no sheet of it.
                if items == 0 {
                    continue;
                }
                let shown = hall_sheet(state, setup, &modules, &sheet, verified.contains(&sheet));
                count_in(&mut hall.groups, &shown, items);
                hall.sheets.push(shown);
            }
        }
        hall.checks.extend(checks(state, setup, event, id));
        hall.rescores.extend(rescores(state, setup, event, id));
        hall.seats.extend(seats(state, setup, event, id));
        hall.remarks.extend(remarks(state, &modules, event, id));
        hall.adjusted.extend(adjusted(state, engine.rulebook(), event, id));
    }
    for item in engine.rulebook().items() {
        let (id, name) = (ItemId::from(item.id.as_str()), item.name.clone());
        if item.panel().is_some() {
            let limit = item.spread.as_ref().map(ToString::to_string).unwrap_or_default();
            hall.panel_items.push((id, name, limit));
        } else if item.is_adjusted() {
            hall.adjustable.push((id, name, item.attempt_count()));
        }
    }
    hall.panels = engine
        .rulebook()
        .panels
        .iter()
        .map(|panel| (panel.id.as_str().into(), panel.name.clone(), setup.members(&panel.id).to_vec()))
        .collect();
    let known = state.judges.iter().filter_map(|(id, register)| Some((id, register.value()?)));
    hall.judges =
        known.filter(|(_, judge)| !judge.retired).map(|(id, judge)| (id.clone(), judge.code.clone())).collect();
    hall.judges.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(hall)
}

/// How many sheets are not handed in: neither signed for as they stand nor verified on paper. None where nothing of this event is signed
/// for at the desk.
///
/// # Errors
/// As for [`hall`].
pub fn unsigned(state: &Competition, event: &EventId) -> Result<usize, Refusal> {
    if !state.sheets.keys().any(|sheet| sheet.event == *event) {
        return Ok(0);
    }
    Ok(hall(state, event)?.sheets.iter().filter(|sheet| !sheet.is_handed_in()).count())
}

/// 场次 and blind code of an entry.
fn code(state: &Competition, entry: &EntryId) -> (String, String) {
    let code = state.entries.get(entry).map(|entry| blind::blind_code(state, entry)).unwrap_or_default();
    (code.session, code.code)
}

fn hall_sheet(
    state: &Competition,
    setup: &Event,
    modules: &Modules<'_>,
    sheet: &SheetPlace,
    verified: bool,
) -> HallSheet {
    let (session, station) = code(state, &sheet.entry);
    let who = sheet.judge.as_ref().or_else(|| setup.leader(&sheet.module));
    let changed = match state.sheets.get(sheet).and_then(Register::agreed) {
        Some(SheetState::Signed { marks, .. }) => *marks != signed_marks(state, modules, setup, sheet),
        _ => false,
    };
    HallSheet {
        entry: blind::handle_of(state, &sheet.entry),
        module: sheet.module.clone(),
        judge: sheet.judge.clone(),
        session,
        station,
        name: modules.name(&sheet.module).cloned().unwrap_or_default(),
        who: who.map(|judge| judges::code(state, judge)).unwrap_or_default(),
        missing: modules.missing(state, setup, sheet).iter().map(|id| id.as_str().into()).collect(),
        state: stage(state, sheet),
        changed,
        verified,
    }
}

fn count_in(groups: &mut Vec<HallGroup>, sheet: &HallSheet, items: usize) {
    let same =
        |group: &HallGroup| (&group.session, &group.module, &group.judge) == (&sheet.session, &sheet.name, &sheet.who);
    let group = match groups.iter().position(same) {
        Some(at) => &mut groups[at],
        None => {
            groups.push(HallGroup {
                session: sheet.session.clone(),
                module: sheet.name.clone(),
                judge: sheet.who.clone(),
                missing: 0,
                items: 0,
                signed: 0,
                sheets: 0,
            });
            let last = groups.len() - 1;
            &mut groups[last]
        }
    };
    group.sheets += 1;
    group.signed += u32::from(sheet.is_handed_in());
    group.items += u32::try_from(items).unwrap_or(u32::MAX);
    group.missing += u32::try_from(sheet.missing.len()).unwrap_or(u32::MAX);
}

fn checks(state: &Competition, setup: &Event, event: &EventId, entry: &EntryId) -> Vec<HallCheck> {
    let Ok(scored) = results::scored(state, event) else { return Vec::new() };
    let found = scored.entry(entry).map(|at| scored.board.checks(at)).unwrap_or_default();
    // Nobody has marked it yet: there is nothing to check.
    let found = found.into_iter().filter(|check| check.judges > 0);
    found.filter_map(|check| hall_check(state, setup, event, entry, &check)).collect()
}

fn hall_check(
    state: &Competition,
    setup: &Event,
    event: &EventId,
    entry: &EntryId,
    check: &PanelCheck,
) -> Option<HallCheck> {
    let item = setup.engine()?.rulebook().item(&check.item)?;
    let panel = item.panel()?;
    let (session, station) = code(state, entry);
    let sitting = setup.members(panel).iter().filter_map(|seat| setup.sitting(entry, panel, seat));
    let mark = |judge: &JudgeId| {
        let once = MarkPlace::once(event, entry, &item.id.as_str().into(), Some(judge));
        sheet::cell(state.marks.get(&MarkPlace { attempt: check.attempt, ..once }), item).text
    };
    Some(HallCheck {
        entry: blind::handle_of(state, entry),
        session,
        station,
        item: item.id.as_str().into(),
        name: item.name.clone(),
        spread: check.spread.clone(),
        limit: check.limit.clone(),
        marked: check.judges,
        marks: sitting.map(|judge| (judge.clone(), judges::code(state, judge), mark(judge))).collect(),
    })
}

fn rescores(state: &Competition, setup: &Event, event: &EventId, entry: &EntryId) -> Vec<HallRescore> {
    let own = state.rescores.iter().filter(|(place, _)| place.event == *event && place.entry == *entry);
    own.filter_map(|(place, register)| {
        let item = setup.engine()?.rulebook().item(place.item.as_str())?;
        let (_, last) = register.last().filter(|(_, last)| last.value.is_some())?;
        hall_rescore(state, setup, place, blind::reason(state, event, last), item)
    })
    .collect()
}

fn hall_rescore(
    state: &Competition,
    setup: &Event,
    place: &MarkPlace,
    reason: String,
    item: &Item,
) -> Option<HallRescore> {
    let (session, station) = code(state, &place.entry);
    let places: Vec<MarkPlace> =
        (1..=item.attempt_count()).map(|attempt| MarkPlace { attempt, ..place.clone() }).collect();
    let now = places.iter().filter_map(|place| state.marks.get(place)?.agreed());
    let now: Vec<String> = now.filter(|mark| **mark != Mark::NotYet).map(|mark| input::show_mark(item, mark)).collect();
    let engine = setup.engine()?;
    let module = Modules::of(engine.rulebook()).module(&item.id).to_owned();
    let who = place.judge.as_ref().or_else(|| setup.leader(&module));
    Some(HallRescore {
        entry: blind::handle_of(state, &place.entry),
        session,
        station,
        item: place.item.clone(),
        judge: place.judge.clone(),
        who: who.map(|judge| judges::code(state, judge)).unwrap_or_default(),
        first: first_marks(state, &places, item).join(" "),
        now: now.join(" "),
        done: !places.iter().any(|place| state.awaits_rescore(place)),
        reason,
    })
}

/// What the chief judge adjusted of an entry, with what was taken back again.
fn adjusted(state: &Competition, rulebook: &Rulebook, event: &EventId, entry: &EntryId) -> Vec<HallAdjusted> {
    let (session, station) = code(state, entry);
    let one = |(place, register): (&MarkPlace, &Register<Mark>)| {
        let item = rulebook.item(place.item.as_str()).filter(|item| item.is_adjusted())?;
        let (_, last) = register.last()?;
        Some(HallAdjusted {
            entry: blind::handle_of(state, entry),
            session: session.clone(),
            station: station.clone(),
            item: place.item.clone(),
            name: item.name.clone(),
            attempt: place.attempt,
            cell: sheet::cell(Some(register), item),
            reason: blind::reason(state, event, last),
        })
    };
    state.marks_of(event, entry).filter_map(one).collect()
}

fn seats(state: &Competition, setup: &Event, event: &EventId, entry: &EntryId) -> Vec<HallSeat> {
    let Some(panels) = setup.seats.get(entry) else { return Vec::new() };
    let (session, station) = code(state, entry);
    let mut found = Vec::new();
    for (panel, registers) in panels {
        for (seat, register) in registers {
            let Some((_, last)) = register.last().filter(|_| setup.members(panel.as_str()).contains(seat)) else {
                continue;
            };
            let Some(said) = &last.value else { continue };
            found.push(HallSeat {
                entry: blind::handle_of(state, entry),
                session: session.clone(),
                station: station.clone(),
                panel: panel.clone(),
                seat: seat.clone(),
                judge: judges::code(state, seat),
                sitting: setup
                    .sitting(entry, panel.as_str(), seat)
                    .map(|judge| judges::code(state, judge))
                    .unwrap_or_default(),
                why: register.agreed().map(|_| said.why),
                reason: blind::reason(state, event, last),
            });
        }
    }
    found
}

fn remarks(state: &Competition, modules: &Modules<'_>, event: &EventId, entry: &EntryId) -> Vec<HallRemark> {
    let own = |place: &&ModulePlace| place.event == *event && place.entry == *entry;
    let places: BTreeSet<&ModulePlace> =
        state.confirmations.keys().chain(state.extra_times.keys()).filter(own).collect();
    let (session, station) = code(state, entry);
    // Different words that stand side by side are all shown: none of them holds until somebody settles it.
    let standing = |place: &ModulePlace| {
        let Some(register) = state.confirmations.get(place) else { return vec![None] };
        let all = register.standing().into_iter().map(|(_, version)| Some(version));
        // Equal ones are one.
        all.skip(if register.crosses() { 0 } else { register.current().len().saturating_sub(1) }).collect()
    };
    let remark = |place: &ModulePlace, said: Option<&Version<Confirmation>>| {
        let said = said.filter(|last| last.value != Confirmation::Withdrawn);
        let extra = state.extra_times.get(place).and_then(Register::last).map(|(_, last)| last);
        let why = said.map(|last| blind::reason(state, event, last));
        let reasons = why.into_iter().chain(extra.map(|last| blind::reason(state, event, last)));
        let reasons: Vec<String> = reasons.filter(|reason| !reason.is_empty()).collect();
        HallRemark {
            session: session.clone(),
            station: station.clone(),
            module: modules.name(&place.module).cloned().unwrap_or_default(),
            confirmed: said.map(|last| last.value),
            seconds: extra.map(|last| last.value).unwrap_or_default(),
            reason: reasons.join(" · "),
        }
    };
    let all = places.into_iter().flat_map(|place| standing(place).into_iter().map(move |said| (place, said)));
    all.map(|(place, said)| remark(place, said)).filter(|own| own.confirmed.is_some() || own.seconds > 0).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::command::desk::{DeskPlace, SignSheet};
    use crate::decide::found::founded::{sample, take};
    use crate::decide::sheets;
    use crate::envelope::Draft;
    use crate::fact::Fact;

    /// The sample, and the first sheet of a judge signed.
    fn signed() -> (Competition, EventId, SheetPlace) {
        let (mut state, event) = sample();
        let mut sheets = hall(&state, &event).unwrap().sheets.into_iter();
        let first = sheets.find(|sheet| sheet.judge.is_some() && sheet.missing.is_empty()).unwrap();
        let judge = first.judge.clone().unwrap();
        let at = DeskPlace { entry: first.entry.clone(), module: first.module.clone(), common: false };
        let own = Some(judge.clone());
        let sheet = SheetPlace { event: event.clone(), entry: first.entry, module: first.module, judge: own };
        let setup = &state.events[&event];
        let marks = signed_marks(&state, &Modules::of(setup.engine().unwrap().rulebook()), setup, &sheet);
        let sign = SignSheet { competition: "c".into(), event: event.clone(), token: String::new(), at, marks };
        let drafts = sheets::sign(&state, &judge, &sign).unwrap();
        take(&mut state, drafts);
        (state, event, sheet)
    }

    #[test]
    fn a_mark_that_changed_since_its_sheet_was_signed_leaves_it_unsigned() {
        let (mut state, event, sheet) = signed();
        let before = unsigned(&state, &event).unwrap();
        let setup = &state.events[&event];
        let item = Modules::of(setup.engine().unwrap().rulebook()).on(setup, &sheet)[0].id.clone();
        let place = MarkPlace::once(&event, &sheet.entry, &item.as_str().into(), sheet.judge.as_ref());
        let replaces = state.current_mark(&place);
        take(
            &mut state,
            vec![Draft { fact: Fact::Mark { place, mark: Mark::Absent }, replaces, reason: String::new() }],
        );
        assert_eq!(unsigned(&state, &event).unwrap(), before + 1, "what was signed for is not what stands");
    }

    #[test]
    fn a_refusal_does_not_vanish_behind_a_signature_that_crosses_it() {
        let (mut state, event) = sample();
        let entry = state.entries_of(&event).next().unwrap().0.clone();
        let findings = home::findings(&state, &event);
        let place = ModulePlace { event: event.clone(), entry, module: "A".into() };
        for (confirmation, reason) in [(Confirmation::Refused, "读数有争议"), (Confirmation::Signed, "")] {
            let fact = Fact::Confirmed { place: place.clone(), confirmation };
            take(&mut state, vec![Draft { fact, replaces: Vec::new(), reason: reason.into() }]);
        }
        let said: Vec<_> = hall(&state, &event).unwrap().remarks.into_iter().map(|own| own.confirmed).collect();
        assert_eq!(said, [Some(Confirmation::Refused), Some(Confirmation::Signed)], "both are shown");
        assert_eq!(home::findings(&state, &event), findings + 1, "and are a finding until one of them is settled");
        let replaces = state.confirmations[&place].current();
        let fact = Fact::Confirmed { place, confirmation: Confirmation::Signed };
        take(&mut state, vec![Draft { fact, replaces, reason: String::new() }]);
        assert_eq!(home::findings(&state, &event), findings);
    }
}
