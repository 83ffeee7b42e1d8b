//! Desks of the measurements: each with a log of its own that it seals marks in, as the application does. Synthetic, and a function of numbers.

use jiangsai_ledger::replication::{Carried, Push};
use jiangsai_ledger::{
    Checkpoint, Class, Draft, Hash, LogWriter, Opening, Record, ScopeId, Signature, SigningKey, Start,
};
use jiangsai_store::{Ingested, Store};

/// A fixed moment.
pub const AT: i64 = 1_760_000_000_000;

pub struct Desk {
    number: u64,
    key: SigningKey,
    writer: LogWriter,
    /// Records that were sealed and not sent.
    waiting: Vec<Record>,
    sealed: u64,
}

impl Desk {
    /// Opens a log. `order` is beyond those of what is there already.
    pub fn open(scope: ScopeId, number: u64, order: u64) -> Self {
        let seed = Hash::of(format!("desk {number}").as_bytes());
        let key = SigningKey::from_bytes(seed.bytes());
        let public = Hash::from_bytes(key.verifying_key().as_bytes()).unwrap();
        let opening = Opening { key: public, node: format!("desk-{number}"), before: None };
        let start = Start { opening, at: AT, actor: "operator".to_owned() };
        let (writer, first) = LogWriter::open(Some(scope), start, order, *seed.bytes()).unwrap();
        Self { number, key, writer, waiting: vec![first], sealed: 0 }
    }

    /// Seals so many marks and gives what is to be sent: all that was not sent, vouched for at its end.
    pub fn push(&mut self, marks: usize) -> Push {
        for _ in 0..marks {
            self.sealed += 1;
            let place = self.number * 1_000_000 + self.sealed;
            let draft = Draft {
                class: Class::Mark,
                audience: "scoring".to_owned(),
                actor: "operator".to_owned(),
                at: AT,
                kind: "mark.set".to_owned(),
                version: 1,
                replaces: Vec::new(),
                reason: String::new(),
                fact: serde_json::json!({
                    "event": "bench", "entry": format!("E{:06}", place % 5_000), "item": format!("P{:06}", place / 5_000),
                    "mark": {"value": "17.5"}
                }),
            };
            let salt = Hash::of(&place.to_le_bytes());
            self.waiting.push(self.writer.seal(draft, *salt.bytes()).unwrap());
        }
        let last = self.writer.last();
        let from = last + 1 - self.waiting.len() as u64;
        let vouched = Checkpoint::sign(&self.key, self.writer.log(), last, self.writer.head());
        let records = (from..).zip(std::mem::take(&mut self.waiting)).map(|(seq, record)| Carried {
            header: String::from_utf8(record.header).unwrap(),
            salt: Hash::from_bytes(&record.salt).ok(),
            body: String::from_utf8(record.body).ok(),
            signature: (seq == last).then_some(Signature(vouched.signature)),
            erased: false,
            sealed: None,
        });
        Push { scope: self.writer.scope(), log: self.writer.log(), from, records: records.collect() }
    }
}

/// Fills a competition with so many records of so many desks in turns, as they come from a hall, `push` of them to a commit.
#[allow(dead_code, reason = "shared with measurements that fill nothing")]
pub async fn fill(store: &Store, scope: ScopeId, records: usize, desks: usize, push: usize) {
    let order = store.head(scope).await.unwrap() + 1;
    let mut desks: Vec<Desk> = (0..desks as u64).map(|desk| Desk::open(scope, desk, order)).collect();
    for at in 0..records / push {
        let turn = at % desks.len();
        assert!(matches!(store.ingest(&desks[turn].push(push)).await.unwrap(), Ingested::Held { .. }));
    }
}
