//! What is asked and answered, as JSON schemas of the types that travel; and every refusal. `docs/protocol.md` says what it means.

use super::{About, Introduction, QUESTIONS, Report, Welcome, doors, standing_by};
use crate::carriage::Asks;
use jiangsai_ledger::ScopeId;
use jiangsai_ledger::replication::{Heads, Pull, Pulled, Push, Pushed};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

/// A refusal: nothing was stored.
pub struct Refused {
    /// Small and stable.
    pub code: &'static str,
    /// Of HTTP.
    pub status: u16,
    /// The questions that it answers; any of them where there are none.
    pub only: &'static [&'static str],
}

/// Every refusal.
pub const REFUSALS: [Refused; 20] = [
    Refused { code: "unknown-node", status: 401, only: &[] },
    Refused { code: "revoked", status: 403, only: &[] },
    Refused { code: "pairing-code", status: 403, only: &["pair"] },
    Refused { code: "pairing-wait", status: 429, only: &["pair"] },
    Refused { code: "pairing-holds", status: 409, only: &["pair"] },
    Refused { code: "too-often", status: 429, only: &[] },
    Refused { code: "standby-waiting", status: 403, only: &[] },
    Refused { code: "not-standby", status: 403, only: &["paired"] },
    Refused { code: "no-competition", status: 404, only: &["heads", "push", "pull"] },
    Refused { code: "bad-request", status: 400, only: &[] },
    Refused { code: "records-refused", status: 422, only: &["push"] },
    Refused { code: "carrier-plain", status: 422, only: &["push"] },
    Refused { code: "public-plain", status: 422, only: &["push"] },
    Refused { code: "public-part", status: 422, only: &["push"] },
    Refused { code: "public-whole", status: 422, only: &["push"] },
    Refused { code: "unknown-question", status: 404, only: &[] },
    Refused { code: "too-long", status: 413, only: &[] },
    Refused { code: "too-slow", status: 408, only: &[] },
    Refused { code: "cut-off", status: 400, only: &[] },
    Refused { code: "internal", status: 500, only: &[] },
];

/// A question, with the schemas of its body and of its answer.
pub struct Asked {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Of the body.
    pub body: Schema,
    /// Of the answer; nothing for a stream of events.
    pub answer: Option<Schema>,
}

/// Every question; and the schemas that theirs refer to, which are to stand at `place`.
#[must_use]
pub fn asked(place: &'static str) -> (Vec<Asked>, Map<String, Value>) {
    let mut generator = SchemaSettings::draft2020_12().with(|of| of.definitions_path = place.into()).into_generator();
    let all = QUESTIONS.iter().map(|(name, about)| {
        let (body, answer) = of(name, &mut generator);
        Asked { name, about, body, answer }
    });
    let all = all.collect();
    (all, generator.take_definitions(true))
}

fn of(question: &str, generator: &mut SchemaGenerator) -> (Schema, Option<Schema>) {
    match question {
        "pair" => both::<Introduction, Welcome>(generator),
        "scopes" => both::<(), Vec<ScopeId>>(generator),
        "heads" => both::<About, Heads>(generator),
        "push" => both::<Push, Pushed>(generator),
        "pull" => both::<Pull, Pulled>(generator),
        "report" => both::<Report, ()>(generator),
        "readers" => both::<Asks, Asks>(generator),
        "standby" => both::<(), doors::WhoStandsBy>(generator),
        "paired" => both::<standing_by::Standing, standing_by::Paired>(generator),
        _ => (generator.subschema_for::<()>(), None),
    }
}

fn both<Body: JsonSchema, Answer: JsonSchema>(generator: &mut SchemaGenerator) -> (Schema, Option<Schema>) {
    (generator.subschema_for::<Body>(), Some(generator.subschema_for::<Answer>()))
}
