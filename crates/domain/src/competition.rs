//! The competition: what a set of facts amounts to. Facts may come in any order and more than once; the state, and its snapshot to
//! the byte, follow from the set alone.
//!
//! Left out: decisions ([`crate::decide`]), what screens show ([`crate::view`]), scores ([`crate::results`]).

mod clocks;
mod draws;
mod entry;
mod erased;
mod event;
mod locked;
mod pairs;
mod people;
mod quarantine;
mod ruling;
mod sheets;
mod veil;

pub use clocks::{Clock, Clocks};
pub use draws::{Covering, Drawn};
pub use entry::{Entry, Registration, StatusSince};
pub use event::{Event, Seats};
pub use locked::{Known, Opened};
pub use people::{Heard, KeyTrust, People, Place, is_about_people};
pub use quarantine::Effect;
pub use veil::Veil;

use crate::command::competition::Settings;
use crate::command::judging::Judge;
use crate::command::registration::Form;
use crate::envelope::Envelope;
use crate::erasure::Erasure;
use crate::fact::{Certificate, CertificatePlace, Fact, MarkPlace, NotAFact};
use crate::finding::FindingDecision;
use crate::ids::{AttachmentId, EntryId, EventId, FactId, FindingId, InquiryId, JudgeId, NodeId, PersonId};
use crate::paper::{Checking, Recording, Scan};
use crate::readers::ReadersKey;
use crate::recheck::{Answer, Finding, Inquiry};
use crate::register::{Register, Version};
use crate::results::{NoResults, Scored};
use crate::sheet::{Confirmation, ModulePlace, Rescore, SheetPlace, SheetState};
use crate::trust::{Quarantined, Trust};
use jiangsai_scoring::Mark;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Number of the fold: a snapshot made by another number is thrown away.
pub const FOLD: u32 = 14;

/// What a delegation asked, and what was answered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Asked {
    /// What is asked.
    pub asked: Register<Inquiry>,
    /// The answer.
    pub answered: Register<Answer>,
}

/// What was typed from a paper sheet, and who confirmed it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Paper {
    /// By the recorder.
    pub recorded: Register<Recording>,
    /// By the checker.
    pub checked: Register<Checking>,
}

/// Scans of one sheet; `None` for those that were taken away.
pub type Scans = BTreeMap<AttachmentId, Register<Option<Scan>>>;

/// The state of a competition.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Competition {
    /// Settings.
    pub settings: Register<Settings>,
    /// Events.
    pub events: BTreeMap<EventId, Event>,
    /// What is known of persons.
    pub persons: BTreeMap<PersonId, Register<Form>>,
    /// Entries.
    pub entries: BTreeMap<EntryId, Entry>,
    /// Judges.
    pub judges: BTreeMap<JudgeId, Register<Judge>>,
    /// Marks, by event, entry, item, judge, attempt.
    #[serde(with = "pairs")]
    pub marks: BTreeMap<MarkPlace, Register<Mark>>,
    /// Certificates, by event, entry and award.
    #[serde(with = "pairs")]
    pub certificates: BTreeMap<CertificatePlace, Register<Certificate>>,
    /// What was typed from paper sheets, by event, entry, module, judge.
    #[serde(with = "pairs")]
    pub papers: BTreeMap<SheetPlace, Paper>,
    /// Scans of paper sheets.
    #[serde(with = "pairs")]
    pub scans: BTreeMap<SheetPlace, Scans>,
    /// States of sheets, by event, entry, module, judge.
    #[serde(with = "pairs")]
    pub sheets: BTreeMap<SheetPlace, Register<SheetState>>,
    /// At which computers sheets were signed, by record: the judge's key there is wanted for it.
    #[serde(default)]
    pub signed_at: BTreeMap<FactId, NodeId>,
    /// Notes beside marks; an empty one is none.
    #[serde(with = "pairs")]
    pub notes: BTreeMap<MarkPlace, Register<String>>,
    /// Marks to be given again; `None` where the request was taken back.
    #[serde(with = "pairs")]
    pub rescores: BTreeMap<MarkPlace, Register<Option<Rescore>>>,
    /// What contestants said to results on site.
    #[serde(with = "pairs")]
    pub confirmations: BTreeMap<ModulePlace, Register<Confirmation>>,
    /// 补时 in seconds.
    #[serde(with = "pairs")]
    pub extra_times: BTreeMap<ModulePlace, Register<u32>>,
    /// What re-checks of paper sheets found.
    #[serde(with = "pairs")]
    pub rechecked: BTreeMap<SheetPlace, Register<Finding>>,
    /// What delegations asked (查分).
    pub inquiries: BTreeMap<InquiryId, Asked>,
    /// Erasures by person.
    #[serde(default)]
    pub erased: BTreeMap<PersonId, Register<Erasure>>,
    /// Facts that say which notes were erased.
    #[serde(default)]
    pub notes_erased: BTreeSet<FactId>,
    /// Records whose bodies were erased, by whatever fact.
    #[serde(default)]
    pub erased_records: BTreeSet<FactId>,
    /// Bodies were erased: a person of whom nothing is known is one of those.
    #[serde(default)]
    pub gone: bool,
    /// Readers' keys, by their public halves.
    #[serde(default)]
    pub readers: BTreeMap<String, Register<ReadersKey>>,
    /// Who works here, and what they approve.
    #[serde(default)]
    pub people: People,
    /// Facts of a kind or version this build does not know: no standings while there are any.
    pub newer: BTreeSet<FactId>,
    /// Facts whose content does not fit their kind: on record, without effect.
    pub malformed: BTreeSet<FactId>,
    /// It is made from a part of the facts: others are for others to read. No standings then.
    #[serde(default)]
    pub part: bool,
    /// The clocks with which records were written, of those without effect too.
    #[serde(default)]
    pub clocks: Clocks,
    /// What was decided about findings.
    #[serde(default)]
    pub findings: BTreeMap<FindingId, Register<FindingDecision>>,
    /// Whose records count.
    #[serde(default)]
    pub trust: Trust,
    /// Records without effect, because of whose they are.
    #[serde(default)]
    pub quarantine: BTreeMap<FactId, Quarantined>,
    /// Whose ids are that locks gave, of those that were opened.
    #[serde(default)]
    known: BTreeMap<EntryId, Known>,
    /// The last number in display order of what has effect: what is said later of who may what does not bear on it.
    #[serde(default)]
    latest: Option<u64>,
    /// What was left out of events, in what [`Competition::in_sight`] gives.
    #[serde(skip)]
    pub veiled: BTreeMap<EventId, Veil>,
    /// Something has effect that may not: see [`Competition::is_settled`].
    #[serde(skip)]
    unsettled: bool,
}

impl Competition {
    /// Gives one fact its effect.
    fn apply(&mut self, envelope: Envelope) {
        let Envelope { id, origin, order, at, actor, replaces, reason, fact } = envelope;
        let fact = match fact {
            Ok(fact) => fact,
            Err(NotAFact::Newer) => {
                self.newer.insert(id);
                return;
            }
            Err(NotAFact::Malformed) => {
                self.malformed.insert(id);
                return;
            }
            Err(NotAFact::Erased) => {
                self.gone = true;
                return;
            }
            Err(NotAFact::Withheld) => {
                self.part = true;
                self.compute_anew();
                return;
            }
        };
        if self.is_gone(&id, &fact) {
            // That there is such an event is known from a bulletin, whatever it said.
            if let Fact::Bulletin { event, .. } = fact {
                self.event_mut(event);
            }
            return;
        }
        let (fact, floor) = self.recognised(fact);
        macro_rules! set {
            ($register:expr, $value:expr) => {
                $register.insert(id, Version { value: $value, replaces, order, at, actor, reason, floor })
            };
        }
        match fact {
            Fact::Settings(settings) => set!(self.settings, settings),
            Fact::EventName { event, name } => set!(self.event_mut(event).name, name),
            Fact::Rulebook { event, json } => {
                let event = self.event_mut(event);
                set!(event.rulebook, json);
                event.compile();
            }
            Fact::Panel { event, panel, members } => {
                let event = self.event_mut(event);
                set!(event.panels.entry(panel).or_default(), members);
                event.scored.take();
            }
            Fact::Final { event, done } => set!(self.event_mut(event).done, done),
            Fact::ResultsConfirmed { event, duty, confirmation } => {
                set!(self.event_mut(event).confirmations.entry(duty).or_default(), confirmation);
            }
            Fact::Draw { event, layer, session, held } => {
                let draws = self.event_mut(event).draws.entry(layer).or_default();
                set!(draws.entry(session).or_default(), held);
                self.compute_anew();
            }
            Fact::Lot { draw, entry, lot } => {
                set!(self.entry_mut(entry).lots.entry(draw).or_default(), lot);
                self.compute_anew();
            }
            Fact::Paper { event, wanted } => set!(self.event_mut(event).paper, wanted),
            Fact::Recorded { sheet, recording } => set!(self.papers.entry(sheet).or_default().recorded, recording),
            Fact::Checked { sheet, checking } => set!(self.papers.entry(sheet).or_default().checked, checking),
            Fact::Scan { sheet, attachment, scan } => {
                set!(self.scans.entry(sheet).or_default().entry(attachment).or_default(), scan);
            }
            Fact::Recheck { event, plan } => set!(self.event_mut(event).recheck, plan),
            Fact::Rechecked { sheet, finding } => set!(self.rechecked.entry(sheet).or_default(), finding),
            Fact::Asked { inquiry, asked } => set!(self.inquiries.entry(inquiry).or_default().asked, asked),
            Fact::Answered { inquiry, answer } => set!(self.inquiries.entry(inquiry).or_default().answered, answer),
            Fact::Sealed { event, seal } => {
                set!(self.event_mut(event.clone()).seal, seal);
                self.unlock(&event);
                self.compute_anew();
            }
            Fact::Opened { event, office, opening } => {
                set!(self.event_mut(event.clone()).openings.entry(office).or_default(), opening);
                self.unlock(&event);
            }
            Fact::Person { person, form } => {
                set!(self.persons.entry(person).or_default(), form);
                self.compute_anew();
            }
            Fact::Erased { person, erasure } => {
                self.forget(&erasure.records);
                set!(self.erased.entry(person).or_default(), erasure);
            }
            Fact::NotesErased { records } => {
                self.forget(&records);
                self.notes_erased.insert(id);
            }
            Fact::Readers(key) => set!(self.readers.entry(key.public.clone()).or_default(), key),
            Fact::Entry { entry, event, person } => {
                set!(self.entry_mut(entry.clone()).registered, Registration { event, person });
                self.recognise(&entry);
                self.compute_anew();
            }
            Fact::Coded { entry, coded, seats } => {
                let (replaced, who, why) = (replaces.clone(), actor.clone(), reason.clone());
                let version = Version { value: seats, replaces: replaced, order, at, actor: who, reason: why, floor };
                let seatings = &mut self.event_mut(coded.event.clone()).seatings;
                seatings.entry(entry.clone()).or_default().insert(id.clone(), version);
                set!(self.entry_mut(entry).coded, coded);
                self.compute_anew();
            }
            Fact::Numbers { entry, numbers } => {
                set!(self.entry_mut(entry).numbers, numbers);
                self.compute_anew();
            }
            Fact::Status { entry, status, since } => {
                set!(self.entry_mut(entry).status, StatusSince { status, since });
                self.compute_anew();
            }
            Fact::Parameter { event, parameter, text, value } => {
                let event = self.event_mut(event);
                set!(event.parameters.entry(parameter).or_default().entry(text).or_default(), value);
                event.scored.take();
            }
            Fact::Decision { entry, decision } => {
                set!(self.entry_mut(entry).decision, decision);
                self.compute_anew();
            }
            Fact::Judge { judge, value } => set!(self.judges.entry(judge).or_default(), value),
            Fact::Mark { place, mark } => {
                set!(self.marks.entry(place.clone()).or_default(), mark);
                self.follow(&place);
            }
            Fact::Certificate { place, certificate } => {
                set!(self.certificates.entry(place).or_default(), certificate);
            }
            Fact::Leader { event, module, judge } => {
                set!(self.event_mut(event).leaders.entry(module).or_default(), judge);
            }
            Fact::Seat { event, entry, panel, seat, sitting } => {
                let event = self.event_mut(event);
                let seats = event.seats.entry(entry).or_default().entry(panel).or_default();
                set!(seats.entry(seat).or_default(), sitting);
                event.scored.take();
            }
            Fact::Sheet { sheet, state } => {
                if matches!(state, SheetState::Signed { .. }) {
                    self.signed_at.insert(id.clone(), origin.node);
                }
                set!(self.sheets.entry(sheet).or_default(), state);
            }
            Fact::Note { place, text } => set!(self.notes.entry(place).or_default(), text),
            Fact::Rescore { place, request } => set!(self.rescores.entry(place).or_default(), request),
            Fact::Confirmed { place, confirmation } => {
                set!(self.confirmations.entry(place).or_default(), confirmation);
            }
            Fact::ExtraTime { place, seconds } => set!(self.extra_times.entry(place).or_default(), seconds),
            Fact::Bulletin { event, number, bulletin } => {
                set!(self.event_mut(event).bulletins.entry(number).or_default(), *bulletin);
            }
            Fact::Figures { event, figures } => set!(self.event_mut(event).figures, figures),
            Fact::Release { event, shown } => set!(self.event_mut(event).release, shown),
            Fact::Settled { finding, decision } => set!(self.findings.entry(finding).or_default(), decision),
            // These are heard before anything has effect.
            Fact::Revoked { .. }
            | Fact::Adopted { .. }
            | Fact::Officer { .. }
            | Fact::SignIn { .. }
            | Fact::OfficerKey { .. }
            | Fact::JudgeKey { .. }
            | Fact::KeyRevoked { .. }
            | Fact::Approved { .. } => {}
        }
    }

    /// What is computed is made again when it is next asked for.
    fn compute_anew(&mut self) {
        for event in self.events.values_mut() {
            event.scored.take();
        }
    }

    /// Brings what is computed up to date with one mark.
    fn follow(&mut self, place: &MarkPlace) {
        let Some(event) = self.events.get_mut(&place.event) else { return };
        let Some(mut scored) = event.scored.take() else { return };
        // Different values that cross do not count until somebody settles them.
        let mark = self.marks.get(place).and_then(Register::agreed).cloned().unwrap_or_default();
        if scored.follow(event, place, mark) {
            // It was taken out above: nothing stands in its place.
            let _ = event.scored.set(scored);
        }
    }

    /// The marks of an event as computed and ranked.
    ///
    /// # Errors
    /// No rulebook, or marks that do not fit it.
    pub(crate) fn scored<'a>(&'a self, id: &EventId, event: &'a Event) -> Result<&'a Scored, NoResults> {
        if let Some(scored) = event.scored.get() {
            return Ok(scored);
        }
        let engine = event.engine.as_ref().ok_or(NoResults::NoRulebook)?;
        let made = Box::new(Scored::new(self, id, engine)?);
        Ok(event.scored.get_or_init(|| made))
    }

    fn event_mut(&mut self, event: EventId) -> &mut Event {
        self.events.entry(event).or_default()
    }

    fn entry_mut(&mut self, entry: EntryId) -> &mut Entry {
        self.entries.entry(entry).or_default()
    }

    /// Some events with their entries, and nothing that was marked.
    pub(crate) fn outline(&self, events: &BTreeSet<EventId>) -> Self {
        let own = self.events.iter().filter(|(id, _)| events.contains(id));
        let entries = self.entries.iter().filter(|(_, entry)| entry.event().is_some_and(|own| events.contains(own)));
        Self {
            events: own.map(|(id, event)| (id.clone(), event.clone())).collect(),
            entries: entries.map(|(id, entry)| (id.clone(), entry.clone())).collect(),
            ..Self::default()
        }
    }

    /// The state as bytes: the same set of facts gives the same bytes.
    ///
    /// # Errors
    /// Never in practice; a serialiser's refusal is passed on.
    pub fn snapshot(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// The state from a snapshot of the same [`FOLD`].
    ///
    /// # Errors
    /// When the bytes are not a snapshot; the caller folds the records instead.
    pub fn restore(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        let mut state: Self = serde_json::from_slice(bytes)?;
        state.events.values_mut().for_each(Event::compile);
        state.rule();
        Ok(state)
    }

    /// The settings that hold.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.settings.value().cloned().unwrap_or_default()
    }

    /// Was a scan erased?
    #[must_use]
    pub fn has_erased(&self, scan: &AttachmentId) -> bool {
        let all = self.erased.values().flat_map(Register::versions);
        all.into_iter().any(|(_, version)| version.value.attachments.contains(scan))
    }

    /// Marks of one entry.
    pub fn marks_of<'a>(
        &'a self,
        event: &EventId,
        entry: &EntryId,
    ) -> impl Iterator<Item = (&'a MarkPlace, &'a Register<Mark>)> {
        let from = MarkPlace {
            event: event.clone(),
            entry: entry.clone(),
            item: String::new().into(),
            judge: None,
            attempt: 0,
        };
        let (event, entry) = (event.clone(), entry.clone());
        self.marks.range(from..).take_while(move |(place, _)| place.event == event && place.entry == entry)
    }

    /// The versions of a mark that stand.
    #[must_use]
    pub fn current_mark(&self, place: &MarkPlace) -> Vec<FactId> {
        self.marks.get(place).map(Register::current).unwrap_or_default()
    }

    /// How many facts the state was made from.
    #[must_use]
    pub fn facts(&self) -> usize {
        let events = self.events.values().map(|event| {
            let panels: usize = event.panels.values().map(Register::len).sum();
            let draws: usize = event.draws.values().flat_map(BTreeMap::values).map(Register::len).sum();
            let openings: usize = event.openings.values().map(Register::len).sum();
            let parameters: usize = event.parameters.values().flat_map(BTreeMap::values).map(Register::len).sum();
            let confirmations: usize = event.confirmations.values().map(Register::len).sum();
            let leaders: usize = event.leaders.values().map(Register::len).sum();
            let seats = event.seats.values().flat_map(BTreeMap::values).flat_map(BTreeMap::values);
            let seats: usize = seats.map(Register::len).sum();
            let bulletins: usize = event.bulletins.values().map(Register::len).sum();
            let own = event.name.len()
                + event.rulebook.len()
                + event.done.len()
                + event.paper.len()
                + event.seal.len()
                + event.recheck.len()
                + event.figures.len()
                + event.release.len();
            own + panels + draws + openings + parameters + confirmations + leaders + seats + bulletins
        });
        let entries = self.entries.values().map(|entry| {
            let lots: usize = entry.lots.values().map(Register::len).sum();
            let own = entry.registered.len() + entry.numbers.len() + entry.status.len() + entry.decision.len();
            own + entry.coded.len() + lots
        });
        self.settings.len()
            + events.sum::<usize>()
            + entries.sum::<usize>()
            + self.persons.values().map(Register::len).sum::<usize>()
            + self.judges.values().map(Register::len).sum::<usize>()
            + self.marks.values().map(Register::len).sum::<usize>()
            + self.certificates.values().map(Register::len).sum::<usize>()
            + self.papers.values().map(|paper| paper.recorded.len() + paper.checked.len()).sum::<usize>()
            + self.scans.values().flat_map(BTreeMap::values).map(Register::len).sum::<usize>()
            + self.sheets.values().map(Register::len).sum::<usize>()
            + self.notes.values().map(Register::len).sum::<usize>()
            + self.rescores.values().map(Register::len).sum::<usize>()
            + self.confirmations.values().map(Register::len).sum::<usize>()
            + self.extra_times.values().map(Register::len).sum::<usize>()
            + self.rechecked.values().map(Register::len).sum::<usize>()
            + self.inquiries.values().map(|inquiry| inquiry.asked.len() + inquiry.answered.len()).sum::<usize>()
            + self.erased.values().map(Register::len).sum::<usize>()
            + self.notes_erased.len()
            + self.readers.values().map(Register::len).sum::<usize>()
            + self.people.facts()
            + self.newer.len()
            + self.malformed.len()
            + self.findings.values().map(Register::len).sum::<usize>()
            + self.trust.len()
            + self.quarantine.len()
    }
}
