//! Opening what came encrypted: as it arrives, where its key is here, and later, when the key comes.

use super::{boxes, of_state};
use crate::App;
use crate::failure::Failure;
use jiangsai_domain::competition::Competition;
use jiangsai_ledger::replication::{Push, Refused};
use jiangsai_ledger::{Fault, Hash, LogId, ScopeId, What};
use jiangsai_store::{Opened, StoreError};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

/// Keys with which every box of a scope was tried: none of those that are left opens with them.
#[derive(Default)]
pub(crate) struct Tried(Mutex<Trials>);

#[derive(Default)]
struct Trials {
    tried: HashMap<ScopeId, BTreeSet<Hash>>,
    /// Goes up when boxes came: whoever looks through them meanwhile may have missed some.
    came: u64,
}

impl Tried {
    fn with<T>(&self, change: impl FnOnce(&mut Trials) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Boxes of a scope came to the disk.
    pub(crate) fn boxes_came(&self, scope: ScopeId) {
        self.with(|trials| {
            trials.tried.remove(&scope);
            trials.came += 1;
        });
    }

    /// The store holds something else now.
    pub(crate) fn forget(&self) {
        self.with(|trials| {
            trials.tried.clear();
            trials.came += 1;
        });
    }

    /// Nothing more opens with these keys; else how many times boxes came so far.
    fn begin(&self, scope: ScopeId, keys: &BTreeSet<Hash>) -> Option<u64> {
        self.with(|trials| {
            let tried = trials.tried.get(&scope).is_some_and(|tried| keys.is_subset(tried));
            (!tried && !keys.is_empty()).then_some(trials.came)
        })
    }

    /// Every box was tried, unless some came meanwhile.
    fn end(&self, scope: ScopeId, keys: BTreeSet<Hash>, came: u64) {
        self.with(|trials| {
            if trials.came == came {
                trials.tried.entry(scope).or_default().extend(keys);
            }
        });
    }
}

/// Secret halves of readers' keys, by their public halves.
#[derive(Default)]
pub(super) struct Opens(pub BTreeMap<Hash, [u8; 32]>);

impl App {
    /// The readers' keys of a competition that were granted to this node.
    pub(super) async fn opens(&self, scope: ScopeId) -> Result<Opens, Failure> {
        let (own, node) = (self.0.store.sealing_secret(), self.own_key()?);
        let of = |state: &Competition| {
            let mut found = BTreeMap::new();
            for (public, closed) in state.readers_keys().into_iter().flat_map(|(_, key)| key.all()) {
                let Ok(name) = public.parse::<Hash>() else { continue };
                for one in closed.iter().filter(|one| one.node == node && !found.contains_key(&name)) {
                    if let Some(secret) = boxes::open_secret(&own, (scope, name), node.as_str(), &one.sealed) {
                        found.insert(name, secret);
                        break;
                    }
                }
            }
            Opens(found)
        };
        Ok(of_state(self, scope, of).await?.unwrap_or_default())
    }

    /// Opens of a run what opens here. The rest is kept as it came; whether there is any, which whoever stores it says afterwards
    /// ([`Tried::boxes_came`]).
    ///
    /// # Errors
    /// [`StoreError::Refused`] with the first record that should open and does not: it was changed on the way, or is of another record.
    pub(crate) async fn open_run(&self, push: &mut Push) -> Result<bool, Failure> {
        if push.records.iter().all(|one| one.sealed.is_none()) {
            return Ok(false);
        }
        let opens = self.opens(push.scope).await?;
        let mut left = false;
        for (seq, one) in (push.from..).zip(&mut push.records) {
            let Some(sealed) = &one.sealed else { continue };
            let Some(secret) = opens.0.get(&sealed.key) else {
                left = true;
                continue;
            };
            let fault = Refused::Fault(Fault { log: push.log, seq, what: What::Unopened });
            let opened = boxes::open_body(secret, Hash::of(one.header.as_bytes()), sealed);
            let (salt, body) = opened.ok_or(StoreError::Refused(fault))?;
            one.open(salt, body);
        }
        Ok(left)
    }

    /// Opens what lies here in boxes since before the program began: it may have ended between a key and what that opens.
    pub(crate) async fn open_left_boxes(&self) -> Result<(), Failure> {
        let _beside = self.0.gate.read().await;
        for scope in self.0.store.scopes().await? {
            if !self.0.store.boxes(scope, None).await?.is_empty() {
                self.arrived(scope, false).await?;
            }
        }
        Ok(())
    }

    /// Opens what lies here in boxes and opens by now; whether any did. What should and does not stays, and is said.
    pub(crate) async fn open_boxes(&self, scope: ScopeId) -> Result<bool, Failure> {
        if self.carries().await? {
            return Ok(false);
        }
        let opens = self.opens(scope).await?;
        let names: BTreeSet<Hash> = opens.0.keys().copied().collect();
        let Some(came) = self.0.carriage.tried.begin(scope, &names) else { return Ok(false) };
        let (mut behind, mut count) = (None, 0);
        loop {
            let some = self.0.store.boxes(scope, behind).await?;
            let Some(last) = some.last() else { break };
            behind = Some(last.hash);
            let mut opened = Vec::new();
            for one in &some {
                let Some(secret) = opens.0.get(&one.sealed.key) else { continue };
                match boxes::open_body(secret, one.hash, &one.sealed) {
                    Some((salt, body)) => opened.push(Opened { hash: one.hash, salt, body: body.into_bytes() }),
                    None => say_damaged(one.log, one.seq),
                }
            }
            count += self.0.store.put_opened(scope, &opened).await?;
        }
        // Not before: what failed half-way is tried again.
        self.0.carriage.tried.end(scope, names, came);
        Ok(count > 0)
    }

    /// Records of a scope that are boxes here: how many, and how many of them should open and do not.
    pub(super) async fn unopened(&self, scope: ScopeId, opens: &Opens) -> Result<(u64, u64), Failure> {
        let (mut behind, mut all, mut damaged) = (None, 0, 0);
        loop {
            let some = self.0.store.boxes(scope, behind).await?;
            let Some(last) = some.last() else { return Ok((all, damaged)) };
            behind = Some(last.hash);
            all += some.len() as u64;
            damaged += some.iter().filter(|one| opens.0.contains_key(&one.sealed.key)).count() as u64;
        }
    }
}

fn say_damaged(log: LogId, seq: u64) {
    let fault = Fault { log, seq, what: What::Unopened };
    tracing::error!(%fault, "a record that was carried encrypted does not open: it was changed on the way");
}
