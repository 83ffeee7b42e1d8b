//! History: who did what, when, why. Document and telephone numbers stand in it with their middle hidden.

use super::{entries, judges};
use crate::command::competition::{About, History, HistoryLine, Settings};
use crate::command::registration::{FieldId, Form};
use crate::competition::Competition;
use crate::fact::{Decision, MarkPlace, Numbers};
use crate::ids::{EntryId, EventId, FactId, JudgeId, PersonId};
use crate::register::{Register, Version};
use crate::{document, form};
use jiangsai_scoring::{Mark, input};

/// The lines asked for, newest first, and how many there are in all.
#[must_use]
pub fn list(state: &Competition, about: &About, skip: u32, limit: u32) -> (Vec<HistoryLine>, u32) {
    let mut acts = Vec::new();
    Acts { state, about, acts: &mut acts }.collect();
    // Only the lines that are wanted are put into words.
    acts.sort_by(|(one, _), (other, _)| other.cmp(one));
    let total = u32::try_from(acts.len()).unwrap_or(u32::MAX);
    let wanted = acts.into_iter().skip(skip as usize).take(limit.min(500) as usize);
    (wanted.map(|(_, line)| line()).collect(), total)
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

struct Acts<'a, 'l> {
    state: &'a Competition,
    about: &'a About,
    acts: &'l mut Vec<Act<'a>>,
}

impl<'a> Acts<'a, '_> {
    fn collect(&mut self) {
        let state = self.state;
        self.take(&state.settings, "settings", |_| true, Vec::new, settings_text);
        for (id, event) in &state.events {
            let name = move || vec![("event".to_owned(), event_name(state, id))];
            self.take(&event.name, "event", is_settings, name, Clone::clone);
            self.take(&event.rulebook, "rulebook", is_settings, name, |json| rulebook_title(json));
            self.take(&event.done, "final", is_settings, name, |done| if *done { "✓".into() } else { "○".into() });
            for (parameter, values) in &event.parameters {
                for (text, register) in values {
                    let args = move || parameter_args(state, id, parameter.as_str(), text);
                    self.take(register, PARAMETER, is_settings, args, Clone::clone);
                }
            }
            for (panel, register) in &event.panels {
                let args = move || vec![("panel".to_owned(), panel_name(state, id, panel.as_str()))];
                self.take(register, "panel", is_judges, args, move |members| {
                    members.iter().map(|judge| judges::code(state, judge)).collect::<Vec<_>>().join(" ")
                });
            }
        }
        for (id, register) in &state.judges {
            let code = move || vec![("judge".to_owned(), judges::code(state, id))];
            self.take(register, "judge", is_judges, code, |judge| format!("{} {}", judge.code, judge.name));
        }
        for (id, entry) in &state.entries {
            let own = move |about: &About| is_entry(about, id);
            let label = move || vec![("entry".to_owned(), label(state, id))];
            self.take(&entry.registered, "entry", own, label, |_| String::new());
            self.take(&entry.numbers, "numbers", own, label, numbers_text);
            self.take(&entry.status, "status", own, label, |status| super::standings::status_key(*status).to_owned());
            self.take(&entry.decision, "decision", own, label, move |decision| decision_text(state, decision));
            if let Some(person) = entry.registered.value().map(|own| &own.person) {
                self.person(id, person);
            }
        }
        for (place, register) in &state.certificates {
            let own = move |about: &About| is_entry(about, &place.entry);
            let label = move || vec![("entry".to_owned(), label(state, &place.entry))];
            self.take(register, "certificate", own, label, |certificate| certificate.number.clone());
        }
        for (place, register) in &state.marks {
            let own = move |about: &About| is_mark(about, place);
            let args = move || mark_args(state, place);
            self.take(register, "mark", own, args, move |mark| mark_text(state, place, mark));
        }
    }

    fn person(&mut self, id: &'a EntryId, person: &'a PersonId) {
        let state = self.state;
        let Some(register) = state.persons.get(person) else { return };
        let label = move || vec![("entry".to_owned(), label(state, id))];
        self.take(register, "person", move |about| is_entry(about, id), label, form_text);
    }

    /// Every version of a register that is asked for.
    fn take<T: PartialEq>(
        &mut self,
        register: &'a Register<T>,
        kind: &'static str,
        wanted: impl Fn(&About) -> bool,
        args: impl Fn() -> Vec<(String, String)> + Copy + 'a,
        show: impl Fn(&T) -> String + Copy + 'a,
    ) {
        if !matches!(self.about, About::All) && !wanted(self.about) {
            return;
        }
        for (id, version) in register.versions() {
            let line = move || line(register, id, version, kind, args(), show);
            self.acts.push(((version.order, id), Box::new(line)));
        }
    }
}

fn line<T: PartialEq>(
    register: &Register<T>,
    id: &FactId,
    version: &Version<T>,
    kind: &str,
    args: Vec<(String, String)>,
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

fn is_settings(about: &About) -> bool {
    matches!(about, About::Settings)
}

fn is_judges(about: &About) -> bool {
    matches!(about, About::Judges)
}

fn is_entry(about: &About, id: &EntryId) -> bool {
    matches!(about, About::Entry(own) if own == id)
}

fn is_mark(about: &About, place: &MarkPlace) -> bool {
    match about {
        About::Entry(entry) => *entry == place.entry,
        About::Mark { entry, item, judge } => {
            (entry, item, judge.as_ref()) == (&place.entry, &place.item, place.judge.as_ref())
        }
        About::All | About::Settings | About::Judges => false,
    }
}

/// What an entry is called in a log that judges may see: its number; its name only where it has none yet.
fn label(state: &Competition, id: &EntryId) -> String {
    let Some(entry) = state.entries.get(id) else { return id.to_string() };
    let number = entry.numbers().number;
    if number.is_empty() { entries::name_and_unit(state, entry).0 } else { number }
}

fn event_name(state: &Competition, id: &EventId) -> String {
    state.events.get(id).and_then(|event| event.name.value()).cloned().unwrap_or_default()
}

fn panel_name(state: &Competition, event: &EventId, panel: &str) -> String {
    let engine = state.events.get(event).and_then(crate::competition::Event::engine);
    engine
        .and_then(|engine| engine.rulebook().panel(panel))
        .map_or_else(|| panel.to_owned(), |panel| panel.name.zh.clone())
}

fn parameter_args(state: &Competition, event: &EventId, parameter: &str, text: &str) -> Vec<(String, String)> {
    let engine = state.events.get(event).and_then(crate::competition::Event::engine);
    let known = engine.and_then(|engine| engine.rulebook().parameter(parameter));
    let name = known.map_or_else(|| jiangsai_scoring::Text::same(parameter), |known| known.name.clone());
    let args = [("parameter-zh", name.zh), ("parameter-en", name.en), ("text", text.to_owned())];
    args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The order that was decided, by number.
fn decision_text(state: &Competition, decision: &Decision) -> String {
    decision.order.iter().map(|entry| label(state, entry)).collect::<Vec<_>>().join(" › ")
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

fn mark_args(state: &Competition, place: &MarkPlace) -> Vec<(String, String)> {
    let judge = place.judge.as_ref().map(|judge: &JudgeId| judges::code(state, judge)).unwrap_or_default();
    vec![
        ("entry".to_owned(), super::home::blind_code(state, &place.entry)),
        ("item".to_owned(), place.item.to_string()),
        ("judge".to_owned(), judge),
    ]
}

fn mark_text(state: &Competition, place: &MarkPlace, mark: &Mark) -> String {
    let engine = state.events.get(&place.event).and_then(crate::competition::Event::engine);
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
