//! A hall whose facts are taken in one by one: three equals under a rulebook with a parameter and lots drawn between equals.

use jiangsai_domain::command::finalising::ConfirmResults;
use jiangsai_domain::command::results::{DecideEquals, Decided};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::confirmation::Duty;
use jiangsai_domain::decide::results;
use jiangsai_domain::envelope::{Draft, Envelope};
use jiangsai_domain::fact::{Decision, Fact, MarkPlace};
use jiangsai_domain::ids::{CompetitionId, EntryId, EventId, FactId};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::{finalising, standings};
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::{Exact, Mark};

pub const RULES: &str = r#"{
  "schema": 1, "semantics": 1, "id": "lots", "title": {"zh": "抽签", "en": "Lots"},
  "settle": {"absent": "0", "void": "0"},
  "parameters": [{"id": "base", "name": {"zh": "基数", "en": "Base"}}],
  "items": [{"id": "T", "name": {"zh": "理论", "en": "Theory"}, "max": "100", "input": {"number": {}}, "by": "agreed"}],
  "nodes": [{"id": "total", "name": {"zh": "总分", "en": "Total"}, "kind": "total",
    "value": {"sum": [{"item": "T"}, {"parameter": "base"}]}}],
  "ranking": {"by": "total", "last": "draw", "no_value": "unranked"}
}"#;

#[derive(Default)]
pub struct Hall {
    pub state: Competition,
    order: u64,
}

impl Hall {
    /// Takes a fact in and says its id.
    pub fn says(&mut self, fact: Fact, replaces: &[FactId]) -> FactId {
        self.says_why(fact, replaces, "")
    }

    /// Takes a fact in with its reason and says its id.
    pub fn says_why(&mut self, fact: Fact, replaces: &[FactId], reason: &str) -> FactId {
        self.order += 1;
        let id = FactId::from(format!("f{:02}", self.order));
        self.state.evolve(Envelope {
            id: id.clone(),
            origin: Origin::default(),
            order: self.order,
            at: 0,
            actor: "operator".into(),
            replaces: replaces.to_vec(),
            reason: reason.to_owned(),
            fact: Ok(fact),
        });
        id
    }

    pub fn record(&mut self, drafts: Vec<Draft>) {
        for draft in drafts {
            self.says_why(draft.fact, &draft.replaces, &draft.reason);
        }
    }

    pub fn base(&mut self, value: &str, replaces: &[FactId]) -> FactId {
        let (event, parameter) = (event(), "base".into());
        self.says(Fact::Parameter { event, parameter, text: String::new(), value: value.into() }, replaces)
    }

    pub fn mark(&mut self, entry: &str, value: i64) {
        let place = MarkPlace::once(&event(), &entry.into(), &"T".into(), None);
        let replaces = self.state.current_mark(&place);
        self.says(Fact::Mark { place, mark: Mark::Value(Exact::from_int(value)) }, &replaces);
    }

    /// Chief judge and supervisor confirm the standings.
    pub fn confirm(&mut self) {
        for (duty, name) in [(Duty::ChiefJudge, "模拟裁判长"), (Duty::Supervisor, "模拟监督")] {
            let drafts = results::confirm(&self.state, &confirm(&self.state, duty, name)).unwrap();
            self.record(drafts);
        }
    }

    /// Takes the mark of an entry away.
    pub fn unmark(&mut self, entry: &str) {
        let place = MarkPlace::once(&event(), &entry.into(), &"T".into(), None);
        let replaces = self.state.current_mark(&place);
        self.says(Fact::Mark { place, mark: Mark::NotYet }, &replaces);
    }

    /// An order that somebody decided who knew of no other.
    pub fn drawn(&mut self, order: &[&str]) {
        let decision = Decision { by: Last::Draw, order: order.iter().map(|id| EntryId::from(*id)).collect() };
        for entry in decision.order.clone() {
            self.says(Fact::Decision { entry, decision: decision.clone() }, &[]);
        }
    }

    pub fn ranks(&self) -> Vec<(String, Option<u32>)> {
        let view = standings::standings(&self.state, &event()).unwrap();
        view.rows.into_iter().map(|row| (row.entry.to_string(), row.rank)).collect()
    }

    pub fn group(&self) -> (Decided, Vec<FactId>) {
        let view = standings::standings(&self.state, &event()).unwrap();
        (view.equals[0].state, view.equals[0].current.clone())
    }
}

pub fn event() -> EventId {
    "event".into()
}

/// Three equals under a rulebook that has lots drawn.
pub fn hall() -> Hall {
    let mut hall = Hall::default();
    hall.says(Fact::Rulebook { event: event(), json: RULES.into() }, &[]);
    for entry in ["a", "b", "c"] {
        hall.says(Fact::Entry { entry: entry.into(), event: event(), person: entry.into() }, &[]);
        hall.mark(entry, 80);
    }
    hall
}

pub fn ranked(of: [(&str, u32); 3]) -> Vec<(String, Option<u32>)> {
    of.map(|(entry, rank)| (entry.to_owned(), Some(rank))).to_vec()
}

pub fn decide(order: [&str; 3], replaces: Vec<FactId>) -> DecideEquals {
    let order = order.iter().map(|id| EntryId::from(*id)).collect();
    let (competition, reason) = (CompetitionId::from("x"), "以现场签为准".to_owned());
    DecideEquals { competition, event: event(), order, replaces, reason, preview: false }
}

/// The standings as they are now are seen and confirmed.
pub fn confirm(state: &Competition, duty: Duty, name: &str) -> ConfirmResults {
    let seen = finalising::seen(state, &event()).unwrap();
    ConfirmResults { competition: "x".into(), event: event(), duty, name: name.into(), seen, reason: String::new() }
}
