//! Granting: a readers' key, with its secret half for every computer that an organiser chose.

use super::opening::Opens;
use super::{boxes, current};
use crate::App;
use crate::facts::may_change;
use crate::failure::Failure;
use jiangsai_domain::command::readers::{GrantReaders, Reader, ReadersEffect};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::{Draft, Refusal};
use jiangsai_domain::fact::Fact;
use jiangsai_domain::ids::NodeKey;
use jiangsai_domain::readers::{OlderKey, ReaderBox, ReadersKey};
use jiangsai_ledger::{Hash, ScopeId, sign};
use std::collections::{BTreeMap, BTreeSet};

/// Most computers that read: their boxes stand in one record.
const MOST: usize = 100;
/// Most keys in one record; of more the newest are passed on.
const KEYS: usize = 8;

/// What a grant consists of.
struct Plan {
    /// The key that is encrypted to, and its secret half.
    key: (Hash, [u8; 32]),
    /// Those of before that this computer opens.
    older: Vec<(Hash, [u8; 32])>,
    /// Computers, each with the key to encrypt to it.
    to: BTreeMap<NodeKey, Hash>,
    effect: ReadersEffect,
}

impl App {
    /// Grants a readers' key to computers, or says what that would change.
    ///
    /// # Errors
    /// `readers-carrier` at a computer that carries; `part` where not everything can be read; `readers-unknown` for a computer of which no key is known here,
    /// `readers-many`; `stale` where another key came meanwhile.
    pub(crate) async fn grant_readers(&self, command: &GrantReaders) -> Result<ReadersEffect, Failure> {
        self.may_grant().await?;
        let (id, scope) = (&command.competition, Self::scope(&command.competition)?);
        let (opens, trusted) = (self.opens(scope).await?, self.trusts_grants_of().await?);
        let (known, context) = (self.sealing_keys().await?, self.context()?);
        let mut chosen: BTreeSet<NodeKey> = command.nodes.iter().cloned().collect();
        chosen.insert(self.own_key()?);
        let live = self.look(id).await?;
        may_change(&live.state, &context)?;
        let plan = plan(&live.state, (&opens, &trusted), &known, &chosen)?;
        let count = live.state.readers_keys().len();
        drop(live);
        if command.preview || (plan.effect.added.is_empty() && plan.effect.left_out.is_empty() && !plan.effect.fresh) {
            return Ok(plan.effect);
        }
        let fact = self.granted(scope, &plan)?;
        let decide = |state: &Competition, _: &_| match state.readers_keys().len() {
            now if now == count => Ok((vec![Draft { fact, replaces: Vec::new(), reason: String::new() }], ())),
            _ => Err(Refusal::new("stale")),
        };
        self.change(id, decide, |_, _, ()| Ok(())).await?;
        self.0.handed.forget();
        // What waited for a key goes up now.
        self.0.connection.is_unsure();
        self.0.connection.ring();
        Ok(ReadersEffect { applied: true, ..plan.effect })
    }

    /// The fact, signed by this computer.
    fn granted(&self, scope: ScopeId, plan: &Plan) -> Result<Fact, Failure> {
        let closed = |(public, secret): &(Hash, [u8; 32])| -> Result<Vec<ReaderBox>, Failure> {
            let one = |(node, to): (&NodeKey, &Hash)| {
                let sealed = boxes::seal_secret((scope, *public), node.as_str(), *to, secret)?;
                Ok(ReaderBox { node: node.clone(), to: to.to_string(), sealed })
            };
            plan.to.iter().map(one).collect()
        };
        let older = plan.older.iter().map(|key| Ok(OlderKey { public: key.0.to_string(), boxes: closed(key)? }));
        let mut key = ReadersKey {
            public: plan.key.0.to_string(),
            by: self.own_key()?,
            boxes: closed(&plan.key)?,
            older: older.collect::<Result<_, Failure>>()?,
            signature: String::new(),
        };
        key.signature = sign(&self.0.store.node_key(), &key.signed(&scope.to_string())).to_string();
        Ok(Fact::Readers(key))
    }

    /// The key to encrypt to of every computer that is known to read everything, and its name.
    async fn sealing_keys(&self) -> Result<BTreeMap<NodeKey, (Hash, String)>, Failure> {
        let mut known = BTreeMap::new();
        let own = crate::bundle::public_key(self.0.store.sealing_secret())?;
        known.insert(self.own_key()?, (own, self.0.host.computer()));
        for one in self.known_readers().await? {
            known.insert(NodeKey::new(one.ask.key.to_string()), (one.ask.sealing, one.ask.name));
        }
        Ok(known)
    }
}

/// What it takes for these computers, and no others, to read from now on.
fn plan(
    state: &Competition,
    (opens, trusted): (&Opens, &BTreeSet<NodeKey>),
    known: &BTreeMap<NodeKey, (Hash, String)>,
    chosen: &BTreeSet<NodeKey>,
) -> Result<Plan, Failure> {
    if chosen.len() > MOST {
        return Err(Refusal::new("readers-many").with("max", MOST).into());
    }
    let keys: Vec<&ReadersKey> = state.readers_keys().into_iter().map(|(_, key)| key).collect();
    let before = current(keys.iter().copied(), trusted);
    // A computer that is away now, and was a reader before, keeps the key that it had then.
    let had = |node: &NodeKey| -> Option<Hash> {
        let own = before?.boxes.iter().find(|own| own.node == *node)?;
        own.to.parse().ok()
    };
    let mut to = BTreeMap::new();
    for node in chosen {
        let sealing = known.get(node).map(|(sealing, _)| *sealing).or_else(|| had(node));
        to.insert(node.clone(), sealing.ok_or_else(|| Refusal::new("readers-unknown").with("node", node))?);
    }
    let readers: BTreeSet<&NodeKey> = before.into_iter().flat_map(|key| &key.boxes).map(|own| &own.node).collect();
    let left: Vec<&NodeKey> = readers.iter().filter(|node| !chosen.contains(**node)).copied().collect();
    let own = before.and_then(|key| {
        let public = key.public.parse().ok()?;
        Some((public, *opens.0.get(&public)?))
    });
    let reader = |node: &NodeKey| -> Result<Reader, Failure> {
        let name = known.get(node).map(|(_, name)| name.clone()).unwrap_or_default();
        super::show::reader(node, name)
    };
    let added = chosen.iter().filter(|node| !readers.contains(node)).map(reader).collect::<Result<_, _>>()?;
    let left_out = left.iter().map(|node| reader(node)).collect::<Result<Vec<_>, _>>()?;
    let kept = own.filter(|_| left.is_empty());
    let fresh = kept.is_none();
    let key = match kept {
        Some(key) => key,
        None => made()?,
    };
    // The newest first, each once.
    let mut older: Vec<(Hash, [u8; 32])> = Vec::new();
    for public in keys.iter().rev().flat_map(|key| key.all()).filter_map(|(public, _)| public.parse::<Hash>().ok()) {
        let known = public == key.0 || older.iter().any(|(one, _)| *one == public);
        if let Some(secret) = opens.0.get(&public).filter(|_| !known && older.len() < KEYS) {
            older.push((public, *secret));
        }
    }
    Ok(Plan { key, older, to, effect: ReadersEffect { added, left_out, fresh, applied: false } })
}

/// A new key.
fn made() -> Result<(Hash, [u8; 32]), Failure> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok((crate::bundle::public_key(secret)?, secret))
}
