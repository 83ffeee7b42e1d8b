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
use jiangsai_domain::ids::{CompetitionId, EntryId, EventId, FactId, JudgeId, PanelId};
use jiangsai_domain::import::roster::RosterRead;
use jiangsai_domain::trust::Origin;
use sha2::{Digest, Sha256};

/// May a judge's desk read it? As `jiangsai_ledger::replication::Reads` has it.
fn is_for_desks(audience: &str) -> bool {
    matches!(audience, "public" | "desks") || audience.starts_with("desk:")
}

/// A fact on record.
#[derive(Clone)]
pub struct Said {
    pub id: FactId,
    pub audience: String,
    pub fact: Fact,
    pub replaces: Vec<FactId>,
}

#[derive(Clone)]
pub struct Hall {
    /// What the ids of its records end with: another in each hall that goes on by itself.
    pub name: &'static str,
    pub whole: Competition,
    pub part: Competition,
    pub event: EventId,
    pub said: Vec<Said>,
    /// Everything on record.
    pub all: Vec<Envelope>,
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
        let (name, event) = ("", EventId::default());
        let mut hall = Self { name, whole, part, event, said: Vec::new(), all: Vec::new(), judges: Vec::new() };
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
        self.draws(seed);
        self.seal(seed + 4);
    }

    pub fn draws(&mut self, seed: u64) {
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
        let first = self.said.len();
        for (draft, audience) in drafts.into_iter().zip(audiences) {
            let order = self.all.iter().map(|own| own.order).max().unwrap_or_default() + 1;
            let Draft { fact, replaces, reason } = draft;
            let id = FactId::new(format!("{order:08}{}", self.name));
            let (origin, actor) = (Origin::default(), "operator".into());
            self.hears(Envelope { id, origin, order, at: 0, actor, replaces, reason, fact: Ok(fact) }, audience);
        }
        self.settles();
        self.said[first].id.clone()
    }

    fn hears(&mut self, envelope: Envelope, audience: String) {
        let own = if is_for_desks(&audience) {
            envelope.clone()
        } else {
            let (replaces, reason) = (Vec::new(), String::new());
            Envelope { replaces, reason, fact: Err(NotAFact::Withheld), ..envelope.clone() }
        };
        self.part.evolve(own);
        self.whole.evolve(envelope.clone());
        let (id, replaces) = (envelope.id.clone(), envelope.replaces.clone());
        self.said.extend(envelope.fact.clone().ok().map(|fact| Said { id, audience, fact, replaces }));
        self.all.push(envelope);
    }

    /// As the application does.
    fn settles(&mut self) {
        if !self.whole.is_settled() {
            self.whole = Competition::fold(self.all.clone());
        }
    }

    /// The same hall at another computer that is not heard of for a while.
    pub fn offline(&self, name: &'static str) -> Self {
        Self { name, ..self.clone() }
    }

    /// Hears what another wrote meanwhile.
    pub fn merge(&mut self, other: &Self) {
        for (envelope, said) in other.all.iter().zip(&other.said) {
            if self.all.iter().all(|own| own.id != envelope.id) {
                self.hears(envelope.clone(), said.audience.clone());
            }
        }
        self.settles();
    }

    /// The panel of the template.
    pub fn panel(&self) -> PanelId {
        self.whole.events[&self.event].engine().unwrap().rulebook().panels[0].id.as_str().into()
    }

    /// Whatever the order in which facts came, the state is the one that they amount to.
    pub fn is_as_folded(&self) {
        let now = self.whole.snapshot().unwrap();
        for seed in 0..40_u64 {
            let mut all = self.all.clone();
            all.sort_by_cached_key(|one| {
                Sha256::new().chain_update(seed.to_le_bytes()).chain_update(one.id.as_str()).finalize()
            });
            let folded = Competition::fold(all.clone());
            assert!(folded.is_settled());
            assert_eq!(folded.snapshot().unwrap(), now, "folded, {seed}");
            let mut state = Competition::default();
            all.into_iter().for_each(|one| state.evolve(one));
            assert!(!state.is_settled() || state.snapshot().unwrap() == now, "one by one, {seed}");
        }
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
