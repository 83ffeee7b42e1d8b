//! A competition whose names are sealed, whole and as a judge's desk has it.

use jiangsai_domain::coded;
use jiangsai_domain::command::competition::{CreateCompetition, StartFrom};
use jiangsai_domain::command::draw::{DrawByComputer, SealNames};
use jiangsai_domain::command::judging::Judge;
use jiangsai_domain::command::registration::FieldId;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::{draw, entries, found, seal};
use jiangsai_domain::draw::Layer;
use jiangsai_domain::envelope::{Context, Draft, Envelope};
use jiangsai_domain::fact::{Fact, NotAFact, audience_of};
use jiangsai_domain::ids::{CompetitionId, EntryId, EventId, FactId, JudgeId};
use jiangsai_domain::import::roster::RosterRead;
use jiangsai_domain::trust::Origin;

/// May a judge's desk read it? As `jiangsai_ledger::replication::Reads` has it.
fn is_for_desks(audience: &str) -> bool {
    matches!(audience, "public" | "desks") || audience.starts_with("desk:")
}

/// A fact on record.
pub struct Said {
    pub id: FactId,
    pub audience: String,
    pub fact: Fact,
    pub replaces: Vec<FactId>,
}

pub struct Hall {
    pub whole: Competition,
    pub part: Competition,
    pub event: EventId,
    pub said: Vec<Said>,
    pub judges: Vec<JudgeId>,
}

pub fn context(seed: u128) -> Context {
    Context { today: "2026-11-30".into(), actor: "operator".into(), seed }
}

/// Random bits of a known seed.
pub fn chance(seed: u64) -> u128 {
    let mix = |mut z: u64| {
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let [high, low] =
        [1, 2].map(|part| mix(seed.wrapping_mul(4).wrapping_add(part).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    u128::from(high) << 64 | u128::from(low)
}

/// Name and document number of somebody of the roster.
pub fn person(number: usize) -> (String, String) {
    (format!("模拟选手{number:03}"), format!("E{:08}", number * 7_919))
}

impl Hall {
    /// A template with a panel of five, and so many people on a roster that was imported in one go.
    pub fn of(people: usize, seed: u64) -> Self {
        let from = StartFrom::Template("panel-of-5-trimmed".into());
        let command = CreateCompetition { title: "模拟".into(), event: "模拟赛项".into(), from };
        let nobody = (Competition::default(), Competition::default());
        let (whole, part) = nobody;
        let mut hall = Self { whole, part, event: EventId::default(), said: Vec::new(), judges: Vec::new() };
        hall.take(found::found(&command, &context(chance(seed))).unwrap());
        hall.event = hall.whole.events.keys().next().unwrap().clone();
        for number in 1..=5 {
            let (code, name) = (format!("P0{number}"), format!("模拟裁判{number}"));
            let judge = JudgeId::new(format!("j{number}"));
            let value = Judge { code, name, ..Judge::default() };
            hall.says(Fact::Judge { judge: judge.clone(), value });
            hall.judges.push(judge);
        }
        let setup = &hall.whole.events[&hall.event];
        let panel = setup.engine().unwrap().rulebook().panels[0].id.as_str().into();
        hall.says(Fact::Panel { event: hall.event.clone(), panel, members: hall.judges.clone() });
        let form = |number| {
            let (name, document) = person(number);
            let form = [
                (FieldId::Name, name),
                (FieldId::Unit, format!("模拟单位{}", number % 7)),
                (FieldId::DocumentKind, "护照".to_owned()),
                (FieldId::DocumentNumber, document),
            ];
            (u32::try_from(number).unwrap(), form.into())
        };
        let (columns, rows, faults, notes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let forms = (0..people).map(form).collect();
        let read = RosterRead { columns, rows, forms, faults, notes, total: u32::try_from(people).unwrap() };
        let roster = jiangsai_domain::decide::import::roster_facts(&hall.event, &read, &context(chance(seed + 1)));
        hall.take(roster);
        hall
    }

    /// Draws 参赛号 and places, and seals.
    pub fn seals(&mut self, seed: u64) {
        for (layer, turn) in [(Layer::Number, 2), (Layer::Place, 3)] {
            let command = DrawByComputer {
                competition: CompetitionId::default(),
                event: self.event.clone(),
                layer,
                session: String::new(),
                prefix: String::new(),
                stations: 10,
                voids: None,
                reason: String::new(),
            };
            let drafts = draw::by_computer(&self.whole, &command, &context(chance(seed + turn))).unwrap().0;
            self.take(drafts);
        }
        self.seal(seed + 4);
    }

    pub fn seal(&mut self, seed: u64) {
        let command = SealNames {
            competition: CompetitionId::default(),
            event: self.event.clone(),
            officer: "模拟加密员".into(),
            supervisor: "模拟监督员".into(),
        };
        let drafts = seal::seal(&self.whole, &command, &context(chance(seed))).unwrap();
        self.take(drafts);
    }

    pub fn says(&mut self, fact: Fact) -> FactId {
        self.take(vec![Draft { fact, replaces: Vec::new(), reason: String::new() }])
    }

    /// Takes what was decided, and what is told beside it, as the application does; the id of the first.
    pub fn take(&mut self, mut drafts: Vec<Draft>) -> FactId {
        drafts.extend(coded::alongside(&self.whole, &drafts, false));
        let audiences: Vec<String> = drafts.iter().map(|draft| audience_of(&self.whole, draft)).collect();
        let first = FactId::new(format!("{:08}", self.said.len() + 1));
        for (draft, audience) in drafts.into_iter().zip(audiences) {
            let order = self.said.len() as u64 + 1;
            let Draft { fact, replaces, reason } = draft;
            let id = FactId::new(format!("{order:08}"));
            let envelope = Envelope {
                id: id.clone(),
                origin: Origin::default(),
                order,
                at: 0,
                actor: "operator".into(),
                replaces: replaces.clone(),
                reason,
                fact: Ok(fact.clone()),
            };
            let own = if is_for_desks(&audience) {
                envelope.clone()
            } else {
                let (replaces, reason) = (Vec::new(), String::new());
                Envelope { replaces, reason, fact: Err(NotAFact::Withheld), ..envelope.clone() }
            };
            self.part.evolve(own);
            self.whole.evolve(envelope);
            self.said.push(Said { id, audience, fact, replaces });
        }
        first
    }

    pub fn audience(&self, id: &FactId) -> &str {
        &self.said.iter().find(|said| said.id == *id).unwrap().audience
    }

    /// What a judge's desk reads, with the number of the record.
    pub fn read_at_desk(&self) -> Vec<(usize, &Said)> {
        self.said.iter().enumerate().filter(|(_, said)| is_for_desks(&said.audience)).collect()
    }

    /// Entries in the order of the roster.
    pub fn roster(&self) -> Vec<EntryId> {
        let entry = |said: &Said| match &said.fact {
            Fact::Entry { entry, .. } => Some(entry.clone()),
            _ => None,
        };
        self.said.iter().filter_map(entry).collect()
    }

    /// What is asked of the status of an entry.
    pub fn status(&mut self, entry: &EntryId, status: jiangsai_scoring::EntryStatus, reason: &str) -> FactId {
        let drafts = entries::set_status(&self.whole, entry, status, None, reason).unwrap();
        self.take(drafts)
    }
}
