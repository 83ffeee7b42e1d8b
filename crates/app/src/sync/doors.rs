//! Two computers that may be above this one: the one it is paired with (the hub of its hall), and the one that stands by for that. Which of them
//! is asked is decided in `jiangsai_ledger::replication` ([`Doors`]); here is kept what the hub tells of the other, and the other is tried.
//!
//! Left out: the side that stands by (`standing_by`).

use super::client::{Client, NoAnswer};
use super::tls::{self, Pin};
use super::{Connection, State, Upstream, runner};
use crate::App;
use crate::failure::Failure;
use jiangsai_domain::pairing::Address;
use jiangsai_ledger::replication::{Doors, Heard, Side, Turn};
use jiangsai_ledger::{Hash, ScopeId, VerifyingKey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Setting that holds what the hub told of the node that stands by for it, and whether this one goes on there.
const BESIDE: &str = "sync.standby";
/// So often the hub is asked who stands by for it; and so often where it does not say.
const EVERY: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(60));
/// Most addresses that one node has.
pub(super) const ADDRESSES: usize = 16;

/// The node that stands by, as the hub tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    pub key: Hash,
    /// Host and port of each; none where its door is closed: it may still be announced on the network.
    pub addresses: Vec<String>,
    /// Its key to encrypt bundles to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealing: Option<Hash>,
}

/// Answer to `standby`.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WhoStandsBy {
    #[serde(default)]
    pub standby: Option<Told>,
}

/// As it is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Beside {
    /// Key of the hub that told of it: of another hub it is nothing.
    of: Hash,
    told: Told,
    /// This node goes on there, at this URL.
    at: Option<String>,
}

impl Beside {
    /// Where the standby is, as the hub said last.
    fn urls(&self) -> Vec<String> {
        self.told.addresses.iter().filter_map(|one| Some(Address::read(one).ok()?.url())).collect()
    }
}

/// When the hub is asked again.
#[derive(Default)]
pub(super) struct Asked(Option<Instant>);

impl Connection {
    /// Begins anew with the other of two nodes above, and keeps how it went with the two.
    pub(super) fn moves(&self, doors: Doors) {
        self.with(|state| {
            *state = State { era: state.era + 1, doors, last_contact: state.last_contact, ..State::default() };
        });
    }
}

/// What a code says of the node that was asked; nothing where it says nothing.
pub(super) fn heard_of(code: &str) -> Option<Heard> {
    match code {
        // It is there, and has much to do.
        "upstream-busy" => None,
        "standby-waiting" => Some(Heard::Waits),
        _ => Some(Heard::Fails),
    }
}

impl App {
    async fn beside_hub(&self, hub: &Upstream) -> Result<Option<Beside>, Failure> {
        let kept = self.0.store.setting(BESIDE).await?;
        let beside: Option<Beside> = kept.and_then(|json| serde_json::from_str(&json).ok());
        Ok(beside.filter(|beside| beside.of == hub.key))
    }

    /// The node above that stands by for the one this is paired with, where it is gone to at present.
    pub(super) async fn at_standby(&self, hub: &Upstream) -> Result<Option<Upstream>, Failure> {
        let beside = self.beside_hub(hub).await?;
        Ok(beside.and_then(|beside| beside.at.clone().map(|url| standby(hub, &beside, url))))
    }

    /// Is it known that a node stands by for the one above?
    pub(crate) async fn knows_standby(&self) -> Result<bool, Failure> {
        let Some(hub) = self.paired().await? else { return Ok(false) };
        Ok(self.beside_hub(&hub).await?.is_some())
    }

    /// The one of the two above that has this key; the one that is asked at present where neither has.
    pub(crate) async fn upstream_of(&self, key: Hash) -> Result<Option<Upstream>, Failure> {
        if let Some(hub) = self.paired().await? {
            if hub.key == key {
                return Ok(Some(hub));
            }
            if let Some(beside) = self.beside_hub(&hub).await?.filter(|beside| beside.told.key == key) {
                return Ok(Some(standby(&hub, &beside, String::new())));
            }
        }
        self.upstream().await
    }

    /// Forgets who stands by: there is another node above now, or none.
    pub(super) async fn forget_beside(&self) -> Result<(), Failure> {
        Ok(self.0.store.set_setting(BESIDE, "").await?)
    }

    async fn keep_beside(&self, beside: Option<&Beside>) -> Result<(), Failure> {
        let json =
            beside.map(serde_json::to_string).transpose().map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(self.0.store.set_setting(BESIDE, &json.unwrap_or_default()).await?)
    }

    /// Asks the hub, now and then, who stands by for it, and keeps that.
    pub(super) async fn learn_standby(&self, client: &Client, upstream: &Upstream) -> Result<(), Failure> {
        let due = |state: &mut State| state.asked.0.is_none_or(|next| next <= Instant::now());
        let Some(hub) = self.paired().await?.filter(|hub| hub.key == upstream.key) else { return Ok(()) };
        if !self.0.connection.with(due) {
            return Ok(());
        }
        let era = self.0.connection.era();
        let answer = client.ask::<WhoStandsBy>(self, upstream, "standby", &()).await;
        let next = Instant::now() + if answer.is_ok() { EVERY.0 } else { EVERY.1 };
        self.0.connection.with(|state| state.asked.0 = Some(next));
        // An older build knows no such question.
        let Ok(WhoStandsBy { standby }) = answer else { return Ok(()) };
        let told = standby.and_then(|told| self.believable(told, &hub));
        let _gate = self.0.gate.read().await;
        // It is not gone to: the hub answered.
        let now = told.map(|told| Beside { of: hub.key, told, at: None });
        if self.0.connection.era() == era && self.beside_hub(&hub).await? != now {
            self.keep_beside(now.as_ref()).await?;
        }
        Ok(())
    }

    /// As it is kept; nothing where it is this node itself, or no node at all.
    fn believable(&self, told: Told, hub: &Upstream) -> Option<Told> {
        let other = told.key != hub.key && self.public_key().is_ok_and(|own| own != told.key);
        let node = VerifyingKey::from_bytes(told.key.bytes()).is_ok();
        let addresses = told.addresses.into_iter().filter(|one| Address::read(one).is_ok()).take(ADDRESSES);
        (other && node).then(|| Told { addresses: addresses.collect(), ..told })
    }

    /// What becomes of how a round went, where two may be asked; how long to pause. `pause`: as long as with one.
    pub(super) async fn turns(&self, heard: Option<Heard>, pause: Duration) -> Result<Duration, Failure> {
        let (Some(heard), Some(hub)) = (heard, self.paired().await?) else { return Ok(pause) };
        let Some(beside) = self.beside_hub(&hub).await? else { return Ok(pause) };
        let random = runner::random()?;
        let turn = self.0.connection.with(|state| {
            let (doors, turn) = state.doors.here(heard, random);
            state.doors = doors;
            turn
        });
        match turn {
            Turn::Wait(ms) => Ok(Duration::from_millis(ms)),
            Turn::Try => self.try_other(&hub, beside).await,
            Turn::Stay | Turn::Move => Ok(pause),
        }
    }

    async fn try_other(&self, hub: &Upstream, beside: Beside) -> Result<Duration, Failure> {
        let era = self.0.connection.era();
        let side = if beside.at.is_some() { Side::Standby } else { Side::Hub };
        let (other, urls) = match side.other() {
            Side::Hub => (hub.clone(), vec![hub.url.clone()]),
            Side::Standby => (standby(hub, &beside, String::new()), beside.urls()),
        };
        let (heard, url) = self.knock(&other, urls).await;
        // The hub says no more where the standby is: it may have another address since.
        if heard != Heard::Answers && side == Side::Standby {
            let (heard, url) = self.knock(&standby(hub, &beside, String::new()), beside.urls()).await;
            if heard == Heard::Answers && beside.at.as_ref() != Some(&url) {
                let _gate = self.0.gate.read().await;
                if self.0.connection.era() == era {
                    self.keep_beside(Some(&Beside { at: Some(url), ..beside })).await?;
                }
                return Ok(Duration::ZERO);
            }
        }
        let random = runner::random()?;
        let (doors, turn) = self.0.connection.with(|state| state.doors.there(heard, random));
        let _gate = self.0.gate.read().await;
        if self.0.connection.era() != era {
            return Ok(Duration::ZERO);
        }
        match turn {
            Turn::Move => {
                tracing::warn!(side = ?side.other(), "the node above is another from now on");
                match side.other() {
                    Side::Standby => self.keep_beside(Some(&Beside { at: Some(url), ..beside })).await?,
                    Side::Hub => {
                        self.keep_beside(Some(&Beside { at: None, ..beside })).await?;
                        self.is_paired_at(hub, url).await?;
                    }
                }
                self.0.connection.moves(doors);
                self.0.hints.forget();
                Ok(Duration::ZERO)
            }
            Turn::Wait(ms) => {
                self.0.connection.with(|state| state.doors = doors);
                Ok(Duration::from_millis(ms))
            }
            Turn::Stay | Turn::Try => Ok(Duration::ZERO),
        }
    }

    /// Asks a node at all its addresses at once, and where none answers, at the one that it announces on this network.
    async fn knock(&self, other: &Upstream, urls: Vec<String>) -> (Heard, String) {
        let (mut tries, mut waits) = (JoinSet::new(), false);
        for url in urls {
            let (app, one) = (self.clone(), Upstream { url, ..other.clone() });
            tries.spawn(async move { (app.knock_at(&one).await, one.url) });
        }
        while let Some(tried) = tries.join_next().await {
            match tried {
                Ok((Heard::Answers, url)) => return (Heard::Answers, url),
                Ok((Heard::Waits, _)) => waits = true,
                Ok((Heard::Fails, _)) | Err(_) => {}
            }
        }
        if waits {
            return (Heard::Waits, String::new());
        }
        let print = tls::fingerprint(other.key);
        let found = self.nearby().await.unwrap_or_default().into_iter().find(|node| node.fingerprint == print);
        let Some(address) = found.and_then(|node| Address::read(&node.address).ok()) else {
            return (Heard::Fails, String::new());
        };
        let one = Upstream { url: address.url(), ..other.clone() };
        (self.knock_at(&one).await, one.url)
    }

    async fn knock_at(&self, one: &Upstream) -> Heard {
        let Ok(client) = Client::quick(Pin::Key(one.key)) else { return Heard::Fails };
        match client.ask_first::<Vec<ScopeId>>(self, one, "scopes", &()).await {
            Ok(_) => Heard::Answers,
            Err(NoAnswer::Refused("standby-waiting")) => Heard::Waits,
            Err(_) => Heard::Fails,
        }
    }
}

/// The node that stands by, in the place of its hub: receipts of headquarters count as before.
fn standby(hub: &Upstream, beside: &Beside, url: String) -> Upstream {
    Upstream { url, key: beside.told.key, sealing: beside.told.sealing, ..hub.clone() }
}
