//! History: who did what, when, why. Document and telephone numbers stand in it with their middle hidden.

mod people;
mod sheets;
mod wanted;

use super::blind::{self, MASKED};
use super::standings::status_text;
use super::{entries, judges, quarantine};
use crate::bulletin::Bulletin;
use crate::command::competition::{About, History, HistoryLine, Settings};
use crate::command::judging::Judge;
use crate::command::registration::{FieldId, Form};
use crate::competition::{Asked, Competition, Entry, Event};
use crate::draw::{Held, Lot, Method};
use crate::erasure::Erasure;
use crate::fact::{Certificate, CertificatePlace, Decision, MarkPlace, Numbers};
use crate::finding::FindingDecision;
use crate::ids::{EntryId, EventId, FactId, JudgeId, PersonId};
use crate::paper::Scan;
use crate::recheck::Finding;
use crate::register::{Register, Version};
use crate::sheet::SheetPlace;
use crate::{document, form};
use jiangsai_scoring::{Mark, input};
use std::collections::{BTreeMap, BTreeSet};
use wanted::Wanted;

/// The lines asked for, newest first, and how many there are in all.
///
/// While an event is sealed (加密), what was registered goes by names alone and what was marked by blind codes alone, and what would
/// join the two stands there masked.
#[must_use]
pub fn list(state: &Competition, about: &About, skip: u32, limit: u32) -> (Vec<HistoryLine>, u32) {
    let mut acts = Vec::new();
    Acts { state, wanted: Wanted::of(state, about), acts: &mut acts }.collect();
    // Only the lines that are wanted are put into words.
    acts.sort_by(|(one, _), (other, _)| other.cmp(one));
    let total = u32::try_from(acts.len()).unwrap_or(u32::MAX);
    let wanted = acts.into_iter().skip(skip as usize).take(limit.min(500) as usize);
    let shown = |line: HistoryLine| HistoryLine { actor: judges::actor_shown(state, &line.actor), ..line };
    (wanted.map(|(_, line)| shown(line())).collect(), total)
}

/// The lines of some records, by record; those that have no place in history are not among them.
#[must_use]
pub fn lines_of(state: &Competition, records: &BTreeSet<&FactId>) -> BTreeMap<FactId, HistoryLine> {
    let mut acts = Vec::new();
    Acts { state, wanted: Wanted::All, acts: &mut acts }.collect();
    let wanted = acts.into_iter().filter(|((_, id), _)| records.contains(id));
    let shown = |line: HistoryLine| HistoryLine { actor: judges::actor_shown(state, &line.actor), ..line };
    wanted.map(|((_, id), line)| (id.clone(), shown(line()))).collect()
}

/// Reply to the query.
#[must_use]
pub fn history(state: &Competition, about: &About, skip: u32, limit: u32) -> History {
    let (lines, total) = list(state, about, skip, limit);
    History { lines, total }
}

/// The kind of line that a value of a parameter has: what it says may be sealed.
const PARAMETER: &str = "parameter";

/// Does a line hold a value that only those who may read the history may see?
#[must_use]
pub fn is_sealed(line: &HistoryLine) -> bool {
    line.what.0.strip_prefix("history-") == Some(PARAMETER)
}

type Act<'a> = ((u64, &'a FactId), Box<dyn Fn() -> HistoryLine + 'a>);
type Args = Vec<(String, String)>;

struct Acts<'a, 'l> {
    state: &'a Competition,
    wanted: Wanted,
    acts: &'l mut Vec<Act<'a>>,
}

impl<'a> Acts<'a, '_> {
    fn collect(&mut self) {
        let state = self.state;
        if self.wanted.settings() {
            for (id, register) in &state.findings {
                let args = move || vec![("finding".to_owned(), id.to_string())];
                self.take(register, "finding", true, args, |decision| match decision {
                    FindingDecision::Leave => "✓".to_owned(),
                    FindingDecision::Reopen => "○".to_owned(),
                });
            }
            for (id, said) in state.trust.said() {
                self.acts.push(((said.order, id), Box::new(move || quarantine::said_line(state, id, said))));
            }
        }
        self.take(&state.settings, "settings", self.wanted.settings(), Vec::new, settings_text);
        for (id, event) in &state.events {
            self.event(id, event);
        }
        for (id, register) in &state.judges {
            let code = move || vec![("judge".to_owned(), judges::code(state, id))];
            // The line names the judge by code; what it was called before is said as well where that was another.
            let shown = move |judge: &Judge| {
                if judge.code == judges::code(state, id) {
                    judge.name.clone()
                } else {
                    format!("{} {}", judge.code, judge.name)
                }
            };
            self.take(register, "judge", self.wanted.judges(), code, shown);
        }
        self.people();
        for (id, entry) in &state.entries {
            if state.is_sealed(entry) { self.sealed_entry(id, entry) } else { self.entry(id, entry) }
        }
        for (person, register) in &state.erased {
            self.erasure(person, register);
        }
        self.sheets();
        for (place, register) in &state.certificates {
            self.certificate(place, register);
        }
        for (place, sheet) in &state.papers {
            let args = move || sheet_args(state, place);
            let wanted = self.wanted.entry(&place.entry);
            self.blind(&place.event, &sheet.recorded, "recorded", wanted, args, |recording| recording.by.clone());
            self.blind(&place.event, &sheet.checked, "checked", wanted, args, |checking| checking.by.clone());
        }
        for (place, scans) in &state.scans {
            let args = move || sheet_args(state, place);
            for register in scans.values() {
                self.blind(&place.event, register, "scan", self.wanted.entry(&place.entry), args, scan_text);
            }
        }
        for (place, register) in &state.rechecked {
            let args = move || sheet_args(state, place);
            self.written(&place.event, register, "rechecked", self.wanted.entry(&place.entry), args, finding_text);
        }
        for inquiry in state.inquiries.values() {
            self.inquiry(inquiry);
        }
        for (place, register) in &state.marks {
            let args = move || mark_args(state, place);
            let show = move |mark: &Mark| mark_text(state, place, mark);
            self.blind(&place.event, register, "mark", self.wanted.mark(place), args, show);
        }
    }

    fn event(&mut self, id: &'a EventId, event: &'a Event) {
        let state = self.state;
        let (settings, draws) = (self.wanted.settings(), self.wanted.draws());
        let name = move || vec![("event".to_owned(), event_name(state, id))];
        self.take(&event.name, "event", settings, name, Clone::clone);
        self.take(&event.rulebook, "rulebook", settings, name, |json| rulebook_title(json));
        self.take(&event.paper, "paper", settings, name, |on| if *on { "✓".into() } else { "○".into() });
        self.take(&event.recheck, "recheck", settings, name, |plan| plan.seed.clone());
        self.take(&event.done, "final", settings, name, |done| if *done { "✓".into() } else { "○".into() });
        for (parameter, values) in &event.parameters {
            for (text, register) in values {
                let args = move || parameter_args(state, id, parameter.as_str(), text);
                self.take(register, PARAMETER, settings, args, Clone::clone);
            }
        }
        for (panel, register) in &event.panels {
            let args = move || panel_args(state, id, panel.as_str());
            self.take(register, "panel", self.wanted.judges(), args, move |members| {
                members.iter().map(|judge| judges::code(state, judge)).collect::<Vec<_>>().join(" ")
            });
        }
        for (layer, sessions) in &event.draws {
            for (session, register) in sessions {
                let args =
                    move || vec![("layer".to_owned(), layer.key().to_owned()), ("session".to_owned(), session.clone())];
                self.take(register, "draw", draws, args, held_text);
            }
        }
        self.seats(id, event);
        self.take(&event.seal, "seal", draws, name, |seal| format!("{} · {}", seal.officer, seal.supervisor));
        for (duty, register) in &event.confirmations {
            let args = move || vec![("duty".to_owned(), duty.name().to_owned())];
            self.take(register, "results-confirmed", settings, args, |own| own.name.clone());
        }
        for (number, register) in &event.bulletins {
            let args = move || vec![("number".to_owned(), number.to_string())];
            let said = |own: &Bulletin| format!("bulletin-kind-{}", own.kind.name());
            self.take(register, "bulletin", settings, args, said);
        }
        self.take(&event.release, "release", settings, name, |shown| format!("screen-shown-{}", shown.name()));
        for (office, register) in &event.openings {
            let args = move || vec![("office".to_owned(), office.key().to_owned())];
            self.take(register, "opening", draws, args, |opening| opening.name.clone());
        }
    }

    fn entry(&mut self, id: &'a EntryId, entry: &'a Entry) {
        let state = self.state;
        let own = self.wanted.entry(id);
        let setup = entry.registered.value().and_then(|own| state.events.get(&own.event));
        let named = move || vec![("entry".to_owned(), label(state, id))];
        self.take(&entry.registered, "entry", own, named, |_| String::new());
        self.take(&entry.numbers, "numbers", own, named, numbers_text);
        self.take(&entry.status, "status", own, named, move |own| status_text(setup, own));
        self.take(&entry.decision, "decision", own, named, move |decision| decision_text(state, decision));
        for register in entry.lots.values() {
            self.take(register, "lot", own || self.wanted.draws(), named, lot_text);
        }
        if let Some(register) = entry.registered.value().and_then(|own| state.persons.get(&own.person)) {
            self.take(register, "person", own, named, form_text);
        }
    }

    /// By the number of one of the person's entries: there is no name any more.
    fn erasure(&mut self, person: &'a PersonId, register: &'a Register<Erasure>) {
        let state = self.state;
        let own = |(_, entry): &(&EntryId, &Entry)| entry.registered.value().is_some_and(|own| own.person == *person);
        let entries: Vec<&EntryId> = state.entries.iter().filter(own).map(|(id, _)| id).collect();
        let sealed = state.entries.iter().filter(own).any(|(_, entry)| state.is_sealed(entry));
        let wanted = self.wanted == Wanted::All || entries.iter().any(|id| !sealed && self.wanted.entry(id));
        let first = entries.first().copied();
        let args = move || {
            let called = first.filter(|_| !sealed).map_or_else(|| MASKED.to_owned(), |id| label(state, id));
            vec![("entry".to_owned(), called)]
        };
        self.take(register, "erased", wanted, args, |erasure| erasure.basis.clone());
    }

    /// Lines that follow each other in time would join a name to a number as well, so those between them are masked.
    fn sealed_entry(&mut self, id: &'a EntryId, entry: &'a Entry) {
        let state = self.state;
        let Some(own) = entry.registered.value() else { return };
        let all = self.wanted == Wanted::All;
        let masked = || vec![("entry".to_owned(), MASKED.to_owned())];
        self.take(&entry.registered, "entry", all, masked, |_| String::new());
        self.take(&entry.numbers, "numbers", all, masked, |_| MASKED.to_owned());
        for register in entry.lots.values() {
            self.take(register, "lot", all || self.wanted.draws(), masked, |_| MASKED.to_owned());
        }
        let sealed_at = state.events.get(&own.event).map_or(0, Event::sealed_at);
        let setup = state.events.get(&own.event);
        self.since_sealed(id, &entry.status, sealed_at, "status", move |own| status_text(setup, own));
        self.since_sealed(id, &entry.decision, sealed_at, "decision", move |own| decision_text(state, own));
        if let Some(register) = state.persons.get(&own.person) {
            let name = move || vec![("entry".to_owned(), person_name(state, &own.person))];
            self.take(register, "person", all || self.wanted.person(&own.person), name, form_text);
        }
    }

    /// What was set after sealing goes by blind code; of what was set before only that it was set is said.
    fn since_sealed<T: PartialEq>(
        &mut self,
        id: &'a EntryId,
        register: &'a Register<T>,
        sealed_at: u64,
        kind: &'static str,
        show: impl Fn(&T) -> String + Copy + 'a,
    ) {
        let state = self.state;
        for (fact, version) in register.versions() {
            if version.order > sealed_at {
                if self.wanted.entry(id) {
                    let args = move || vec![("entry".to_owned(), blind::called(state, id))];
                    self.one(register, (fact, version), kind, args, show);
                }
            } else if self.wanted == Wanted::All {
                // A reason of before may name somebody.
                let line = move || {
                    let masked = vec![("entry".to_owned(), MASKED.to_owned())];
                    let reason = MASKED.to_owned();
                    HistoryLine { reason, ..line(register, fact, version, kind, masked, |_| MASKED.to_owned()) }
                };
                self.acts.push(((version.order, fact), Box::new(line)));
            }
        }
    }

    /// A number of a certificate stood beside its name, so while sealed neither it nor the entry is said.
    fn certificate(&mut self, place: &'a CertificatePlace, register: &'a Register<Certificate>) {
        let state = self.state;
        if state.is_event_sealed(&place.event) {
            let masked = || vec![("entry".to_owned(), MASKED.to_owned())];
            return self.take(register, "certificate", self.wanted == Wanted::All, masked, |_| MASKED.to_owned());
        }
        let named = move || vec![("entry".to_owned(), label(state, &place.entry))];
        self.take(register, "certificate", self.wanted.entry(&place.entry), named, |own| own.number.clone());
    }

    /// What was asked and answered about an entry; nothing while names are sealed.
    fn inquiry(&mut self, inquiry: &'a Asked) {
        let state = self.state;
        let Some(asked) = inquiry.asked.value().filter(|asked| !state.is_event_sealed(&asked.event)) else { return };
        let args = move || vec![("entry".to_owned(), label(state, &asked.entry)), ("by".to_owned(), asked.by.clone())];
        let wanted = self.wanted.entry(&asked.entry);
        self.take(&inquiry.asked, "asked", wanted, args, |asked| asked.text.clone());
        self.take(&inquiry.answered, "answered", wanted, args, |answer| answer.text.clone());
    }

    /// Every version of a register, if it is asked for.
    fn take<T: PartialEq>(
        &mut self,
        register: &'a Register<T>,
        kind: &'static str,
        wanted: bool,
        args: impl Fn() -> Args + Copy + 'a,
        show: impl Fn(&T) -> String + Copy + 'a,
    ) {
        if wanted {
            for version in register.versions() {
                self.one(register, version, kind, args, show);
            }
        }
    }

    /// As [`Acts::take`], beside blind codes: reasons of before sealing are not said.
    fn blind<T: PartialEq>(
        &mut self,
        event: &'a EventId,
        register: &'a Register<T>,
        kind: &'static str,
        wanted: bool,
        args: impl Fn() -> Args + Copy + 'a,
        show: impl Fn(&T) -> String + Copy + 'a,
    ) {
        let state = self.state;
        for (id, version) in register.versions().filter(|_| wanted) {
            let line = move || HistoryLine {
                reason: blind::reason(state, event, version),
                ..line(register, id, version, kind, args(), show)
            };
            self.acts.push(((version.order, id), Box::new(line)));
        }
    }

    /// As [`Acts::blind`], for what somebody wrote freely: nothing of before sealing is said, for it may name somebody.
    fn written<T: PartialEq>(
        &mut self,
        event: &'a EventId,
        register: &'a Register<T>,
        kind: &'static str,
        wanted: bool,
        args: impl Fn() -> Args + Copy + 'a,
        show: impl Fn(&T) -> String + Copy + 'a,
    ) {
        let state = self.state;
        let said = move |version: &Version<T>| {
            let text = show(&version.value);
            if blind::is_of_before(state, event, version) && !text.is_empty() { MASKED.to_owned() } else { text }
        };
        for (id, version) in register.versions().filter(|_| wanted) {
            let line = move || HistoryLine {
                before: register.replaced(version).map(said).unwrap_or_default(),
                after: said(version),
                reason: blind::reason(state, event, version),
                ..line(register, id, version, kind, args(), show)
            };
            self.acts.push(((version.order, id), Box::new(line)));
        }
    }

    fn one<T: PartialEq>(
        &mut self,
        register: &'a Register<T>,
        (id, version): (&'a FactId, &'a Version<T>),
        kind: &'static str,
        args: impl Fn() -> Args + Copy + 'a,
        show: impl Fn(&T) -> String + Copy + 'a,
    ) {
        let line = move || line(register, id, version, kind, args(), show);
        self.acts.push(((version.order, id), Box::new(line)));
    }
}

fn line<T: PartialEq>(
    register: &Register<T>,
    id: &FactId,
    version: &Version<T>,
    kind: &str,
    args: Args,
    show: impl Fn(&T) -> String,
) -> HistoryLine {
    HistoryLine {
        fact: id.clone(),
        at: version.at,
        actor: version.actor.to_string(),
        what: (format!("history-{kind}"), args),
        before: register.before(version).map(&show).unwrap_or_default(),
        after: show(&version.value),
        reason: version.reason.clone(),
    }
}

/// What an entry is called in a log that judges may see: its number; its name only where it has none yet.
fn label(state: &Competition, id: &EntryId) -> String {
    let Some(entry) = state.entries.get(id) else { return id.to_string() };
    let number = state.numbers(entry).number;
    if number.is_empty() { entries::name_and_unit(state, entry).0 } else { number }
}

fn person_name(state: &Competition, person: &PersonId) -> String {
    let form = state.persons.get(person).and_then(Register::value);
    form.and_then(|form| form.get(&FieldId::Name)).cloned().unwrap_or_default()
}

fn event_name(state: &Competition, id: &EventId) -> String {
    state.events.get(id).and_then(|event| event.name.value()).cloned().unwrap_or_default()
}

fn panel_args(state: &Competition, event: &EventId, panel: &str) -> Args {
    let engine = state.events.get(event).and_then(Event::engine);
    let known = engine.and_then(|engine| engine.rulebook().panel(panel));
    let name = known.map_or_else(|| jiangsai_scoring::Text::same(panel), |known| known.name.clone());
    vec![("panel-zh".to_owned(), name.zh), ("panel-en".to_owned(), name.en)]
}

fn parameter_args(state: &Competition, event: &EventId, parameter: &str, text: &str) -> Args {
    let engine = state.events.get(event).and_then(Event::engine);
    let known = engine.and_then(|engine| engine.rulebook().parameter(parameter));
    let name = known.map_or_else(|| jiangsai_scoring::Text::same(parameter), |known| known.name.clone());
    let args = [("parameter-zh", name.zh), ("parameter-en", name.en), ("text", text.to_owned())];
    args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The order that was decided, by number; while sealed by blind code.
fn decision_text(state: &Competition, decision: &Decision) -> String {
    let told = |id: &EntryId| match state.entries.get(id) {
        Some(entry) if state.is_sealed(entry) => blind::called(state, id),
        _ => label(state, id),
    };
    decision.order.iter().map(told).collect::<Vec<_>>().join(" › ")
}

fn settings_text(settings: &Settings) -> String {
    let Settings { title, host, organiser, co_organiser, place, date, level, fields, synthetic } = settings;
    let texts = [title, host, organiser, co_organiser, place, date, level].into_iter().cloned();
    let switched_on = fields.iter().map(|field| form::header(*field).zh);
    let made_up = synthetic.then(|| "模拟数据".to_owned());
    texts.chain(switched_on).chain(made_up).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn rulebook_title(json: &str) -> String {
    jiangsai_scoring::Rulebook::from_json(json).map(|rulebook| rulebook.title.zh).unwrap_or_default()
}

fn numbers_text(numbers: &Numbers) -> String {
    let texts = [&numbers.number, &numbers.session, &numbers.station];
    texts.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}

/// A key, which the screen puts into words, or the seed of a computer's draw.
fn held_text(held: &Option<Held>) -> String {
    match held.as_ref().map(|held| &held.by) {
        None => "draw-is-void".to_owned(),
        Some(Method::Lots) => "draw-by-lots".to_owned(),
        Some(Method::Computer { seed }) => seed.clone(),
    }
}

fn lot_text(lot: &Option<Lot>) -> String {
    let Some(Lot { session, code }) = lot else { return String::new() };
    if session.is_empty() { code.clone() } else { format!("{session} · {code}") }
}

/// Everything that was filled in, so that any change can be seen: a choice by its name, what is private with its middle hidden.
fn form_text(form: &Form) -> String {
    let shown = |(field, text): (&FieldId, &String)| match field {
        FieldId::DocumentNumber | FieldId::Phone | FieldId::Certificate | FieldId::BirthDate => document::mask(text),
        field => {
            let named = form::choices(*field).into_iter().find(|(code, _)| code == text);
            named.map_or_else(|| text.clone(), |(_, name)| name.zh)
        }
    };
    form.iter().map(shown).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Which page it is; nothing for one that was taken away.
fn scan_text(scan: &Option<Scan>) -> String {
    scan.as_ref().map(|scan| scan.page.to_string()).unwrap_or_default()
}

fn finding_text(finding: &Finding) -> String {
    if finding.errors == 0 { "0".to_owned() } else { format!("{} · {}", finding.errors, finding.note) }
}

fn sheet_args(state: &Competition, place: &SheetPlace) -> Args {
    let entry = state.entries.get(&place.entry).map(|entry| blind::blind_code(state, entry).label());
    let judge = place.judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default();
    vec![
        ("entry".to_owned(), entry.unwrap_or_default()),
        ("module".to_owned(), place.module.clone()),
        ("judge".to_owned(), judge),
    ]
}

pub(super) fn mark_args(state: &Competition, place: &MarkPlace) -> Args {
    let entry = state.entries.get(&place.entry).map(|entry| blind::blind_code(state, entry));
    let entry = entry.map(|code| if state.is_event_sealed(&place.event) { code.label() } else { code.code });
    let entry = entry.unwrap_or_default();
    let judge = place.judge.as_ref().map(|judge: &JudgeId| judges::code(state, judge)).unwrap_or_default();
    vec![("entry".to_owned(), entry), ("item".to_owned(), place.item.to_string()), ("judge".to_owned(), judge)]
}

fn mark_text(state: &Competition, place: &MarkPlace, mark: &Mark) -> String {
    let engine = state.events.get(&place.event).and_then(Event::engine);
    match (engine.and_then(|engine| engine.rulebook().item(place.item.as_str())), mark) {
        (Some(item), mark) => input::show_mark(item, mark),
        (None, Mark::Value(value)) => value.to_string(),
        (None, Mark::Answer(letters)) => letters.clone(),
        (None, Mark::Absent) => "-".to_owned(),
        (None, Mark::Void) => "×".to_owned(),
        (None, Mark::NotYet) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_any_field_can_be_seen_and_no_number_stands_there_whole() {
        let person = |own: &[(FieldId, &str)]| -> Form {
            let sound = [
                (FieldId::Name, "模拟甲"),
                (FieldId::DocumentKind, "resident_id"),
                (FieldId::DocumentNumber, "11010519491231002X"),
                (FieldId::Phone, "13800000000"),
                (FieldId::SkillLevel, "level_3"),
                (FieldId::BirthDate, "1949-12-31"),
            ];
            sound.iter().chain(own).map(|(field, text)| (*field, (*text).to_owned())).collect()
        };
        let before = form_text(&person(&[]));
        assert_eq!(before, "模拟甲 · 居民身份证 · 110***********002X · 138****0000 · 高级工（三级） · 194***2-31");
        for own in
            [(FieldId::Phone, "13900000000"), (FieldId::SkillLevel, "level_2"), (FieldId::BirthDate, "1949-12-30")]
        {
            assert_ne!(form_text(&person(&[own])), before, "{own:?}");
        }
        let settings = |fields: &[FieldId]| {
            settings_text(&Settings { title: "模拟".into(), fields: fields.to_vec(), ..Settings::default() })
        };
        assert_eq!(settings(&[]), "模拟");
        assert_eq!(settings(&[FieldId::Sex, FieldId::MigrantWorker]), "模拟 · 性别 · 农民工");
    }
}
