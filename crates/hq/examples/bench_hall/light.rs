//! Desks that send, pull and go over as the program does, by the same state machines, and keep in memory what they need for it. What a desk makes of
//! the records of others (verify, store and show them) costs its own computer in a hall; two hundred whole programs on one machine would measure
//! that, two hundred times two hundred, and not the standby.

use crate::desk;
use crate::door::Door;
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_domain::pairing::PairingCode;
use jiangsai_ledger::replication::{
    Carried, Doors, Effect, Failed, Heads, Heard, Input, Link, Ours, Pull, Pulled, Push, Pushed, Receipt, Tip, Turn,
};
use jiangsai_ledger::{Hash, LogId, ScopeId, SigningKey};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

/// Between two rounds.
const PAUSE: Duration = Duration::from_secs(2);

fn key(number: u64) -> SigningKey {
    SigningKey::from_bytes(Hash::of(format!("light {number}").as_bytes()).bytes())
}

/// Lets so many in at the hub; its key.
pub async fn enrol(hub: &Path, count: u64) -> Hash {
    let app = App::open(hub, Arc::new(SystemHost::new(None))).await.unwrap();
    let mut at = Hash::ZERO;
    for number in 0..count {
        let code = app.dispatch("sync.pairing_code", json!({}), None).await.unwrap();
        let secret = PairingCode::read(code.as_str().unwrap()).unwrap().secret();
        let own = Hash::from_bytes(key(number).verifying_key().as_bytes()).unwrap();
        let who = json!({"code": secret, "key": own, "name": format!("light {number}")}).to_string();
        let welcome = app.answer_node("pair", None, None, who.as_bytes()).await.unwrap();
        let welcome: Value = serde_json::from_slice(&welcome.body).unwrap();
        at = welcome["key"].as_str().unwrap().parse().unwrap();
    }
    at
}

pub struct Light {
    number: u64,
    key: SigningKey,
    hub: Door,
    scope: ScopeId,
    log: LogId,
    writer: desk::Desk,
    /// Its own records.
    own: Vec<Carried>,
    /// Where every log ends that it has.
    tips: BTreeMap<LogId, Tip>,
    cursor_of: Option<Hash>,
    drawn: u64,
}

impl Light {
    /// Writes a mark, which the hub has then.
    pub async fn open(number: u64, hub: Door, scope: ScopeId, order: u64) -> Self {
        let mut writer = desk::Desk::open(scope, 1_000 + number, order);
        let first = writer.push(1);
        let (log, tips) = (first.log, BTreeMap::new());
        let body = serde_json::to_vec(&first).unwrap();
        let own = first.records;
        let mut light =
            Self { number, key: key(number), hub, scope, log, writer, own, tips, cursor_of: None, drawn: 0 };
        let (_, answer) = light.hub.ask(&light.key, "push", body).await.unwrap();
        assert!(matches!(serde_json::from_slice(&answer).unwrap(), Pushed::Receipt(_)));
        light
    }

    /// Everything that the hub has, by where each log ends, and how many records.
    pub async fn pull_all(&mut self) -> (BTreeMap<LogId, Tip>, u64) {
        let (mut tips, mut after) = (BTreeMap::new(), 0);
        loop {
            let question = serde_json::to_vec(&Pull::after(self.scope, after, 2_048)).unwrap();
            let (_, answer) = self.hub.ask(&self.key, "pull", question).await.unwrap();
            let pulled: Pulled = serde_json::from_slice(&answer).unwrap();
            note(&mut tips, &pulled);
            after = pulled.cursor;
            if !pulled.more {
                return (tips, after);
            }
        }
    }

    /// Who stands by, as the hub says.
    pub async fn standby(&mut self) -> Option<(String, Hash)> {
        let (_, answer) = self.hub.ask(&self.key, "standby", b"null".to_vec()).await?;
        let said: Value = serde_json::from_slice(&answer).ok()?;
        let told = &said["standby"];
        Some((format!("https://{}", told["addresses"][0].as_str()?), told["key"].as_str()?.parse().ok()?))
    }

    pub fn holds(&mut self, tips: BTreeMap<LogId, Tip>) {
        self.tips = tips;
    }

    /// Writes two marks, finds the hub gone, and goes on until it is aborted; says when all that it wrote is received at the standby.
    pub async fn goes_on(mut self, to: Door, received: oneshot::Sender<()>) {
        self.own.extend(self.writer.push(2).records);
        let last = Hash::of(self.own.last().unwrap().header.as_bytes());
        self.tips.insert(self.log, Tip { seq: self.own.len() as u64 - 1, head: last });
        self.goes_over(&to).await;
        let (stream, words) = (to.beside(), Arc::new(AtomicU64::new(0)));
        let (own, heard) = (self.key.clone(), Arc::clone(&words));
        let _stream = tokio::spawn(async move { stream.listen(&own, &heard).await });
        let (mut link, mut door, mut received) = (Link::new(None), to.beside(), Some(received));
        loop {
            // What was heard before is answered by this round.
            words.store(0, Ordering::Relaxed);
            let waits;
            (link, waits) = self.round(link, &mut door, &mut received).await;
            sleep(waits).await;
            while words.load(Ordering::Relaxed) == 0 {
                sleep(PAUSE).await;
            }
        }
    }

    fn random(&mut self) -> u64 {
        self.drawn += 1;
        let drawn = Hash::of(format!("{} {}", self.number, self.drawn).as_bytes());
        u64::from_le_bytes(drawn.bytes()[..8].try_into().unwrap())
    }

    async fn goes_over(&mut self, to: &Door) {
        let mut doors = Doors::default();
        loop {
            let random = self.random();
            let heard = if self.hub.beside().open().await.is_some() { Heard::Answers } else { Heard::Fails };
            let turn;
            (doors, turn) = doors.here(heard, random);
            if turn == Turn::Try {
                let asked = to.beside().ask(&self.key, "scopes", b"null".to_vec()).await;
                let heard = match asked {
                    Some((200, _)) => Heard::Answers,
                    Some((403, _)) => Heard::Waits,
                    _ => Heard::Fails,
                };
                let (next, turn) = doors.there(heard, random);
                doors = next;
                match turn {
                    Turn::Move => return,
                    Turn::Wait(ms) => sleep(Duration::from_millis(ms)).await,
                    Turn::Stay | Turn::Try => {}
                }
            } else if let Turn::Wait(ms) = turn {
                sleep(Duration::from_millis(ms)).await;
            } else {
                sleep(PAUSE).await;
            }
        }
    }

    fn ours(&self) -> Ours {
        Ours {
            next: self.tips.iter().map(|(log, tip)| (*log, tip.seq + 1)).collect(),
            last: self.tips.iter().map(|(log, tip)| (*log, tip.head)).collect(),
            ..Ours::default()
        }
    }

    async fn round(
        &mut self,
        mut link: Link,
        door: &mut Door,
        received: &mut Option<oneshot::Sender<()>>,
    ) -> (Link, Duration) {
        door.ask(&self.key, "scopes", b"null".to_vec()).await;
        let mut next = None;
        loop {
            let ours = self.ours();
            let (stepped, effects) = link.step(next.take().unwrap_or(Input::Turn(ours)));
            link = stepped;
            for effect in effects {
                let answer = match effect {
                    Effect::AskHeads => {
                        self.ask::<Heads>(door, "heads", &json!({"scope": self.scope})).await.map(Input::Heads)
                    }
                    Effect::Push { log, from, .. } => {
                        assert_eq!(log, self.log, "what others wrote is there");
                        let records = self.own[usize::try_from(from).unwrap()..].to_vec();
                        let push = Push { scope: self.scope, log, from, records };
                        self.ask::<Pushed>(door, "push", &push).await.map(Input::Pushed)
                    }
                    Effect::Pull { after, limit, anew, receipts } => {
                        let known = if anew { self.tips.clone() } else { BTreeMap::new() };
                        let (head, receipts_after) = (self.cursor_of, Some(receipts));
                        let pull = Pull { head, known, receipts_after, ..Pull::after(self.scope, after, limit) };
                        self.ask::<Pulled>(door, "pull", &pull).await.map(Input::Pulled)
                    }
                    Effect::Keep(pulled) => {
                        note(&mut self.tips, &pulled);
                        let end = pulled.runs.last().and_then(|run| run.records.last());
                        self.cursor_of = end.map(|one| Hash::of(one.header.as_bytes())).or(self.cursor_of);
                        Some(Input::Kept)
                    }
                    Effect::Receipt(receipt) => {
                        self.is_received(&receipt, received);
                        continue;
                    }
                    Effect::Anew(_) => {
                        self.cursor_of = None;
                        continue;
                    }
                    Effect::Rest => {
                        door.ask(&self.key, "report", br#"{"holds":[]}"#.to_vec()).await;
                        return (link, PAUSE);
                    }
                    Effect::Wait(ms) => return (link, Duration::from_millis(ms)),
                    Effect::Report { .. } => panic!("nothing was written twice"),
                };
                let random = self.random();
                next = Some(answer.unwrap_or(Input::Failed(Failed::Unreachable, random)));
            }
        }
    }

    fn is_received(&self, receipt: &Receipt, received: &mut Option<oneshot::Sender<()>>) {
        if receipt.log == self.log && Some(&receipt.head) == self.tips.get(&self.log).map(|tip| &tip.head) {
            received.take().map(|received| received.send(()));
        }
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        door: &mut Door,
        what: &str,
        question: &impl serde::Serialize,
    ) -> Option<T> {
        let (_, answer) = door.ask(&self.key, what, serde_json::to_vec(question).unwrap()).await?;
        serde_json::from_slice(&answer).ok()
    }
}

/// Where logs end after what was pulled.
fn note(tips: &mut BTreeMap<LogId, Tip>, pulled: &Pulled) {
    for run in &pulled.runs {
        if let Some(last) = run.records.last() {
            let tip = Tip { seq: run.from + run.records.len() as u64 - 1, head: Hash::of(last.header.as_bytes()) };
            if tips.get(&run.log).is_none_or(|known| known.seq < tip.seq) {
                tips.insert(run.log, tip);
            }
        }
    }
}
