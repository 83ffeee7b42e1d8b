//! People signed in (启用人员登录), by token, each with the own key in memory; and which competitions of this computer have people sign in.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::decide;
use jiangsai_domain::decide::people::check_pin;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::{Actor, CompetitionId, NodeKey, OfficerId};
use jiangsai_domain::people::{self, Signer};
use jiangsai_domain::view::people::{pin_name, with_pin};
use jiangsai_ledger::SigningKey;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// After so many milliseconds without an act somebody is signed out.
const IDLE: i64 = 60 * 60_000;

/// Setting that holds the competitions of this computer where people sign in: what the states say, so that a command of the whole computer
/// need not load them all.
const SIGNING_IN: &str = "signing-in";

/// Somebody signed in.
pub(crate) struct Signed {
    token: String,
    /// In which competition.
    pub competition: CompetitionId,
    /// Who.
    pub officer: OfficerId,
    /// The person's key at this computer.
    pub key: Arc<SigningKey>,
}

/// Everybody who is signed in.
#[derive(Default)]
pub(crate) struct People {
    /// Each with the moment of the last act.
    open: Mutex<HashMap<String, (Arc<Signed>, i64)>>,
    /// The list of competitions is changed by one at a time.
    listing: tokio::sync::Mutex<()>,
}

impl People {
    /// Who of those with these tokens is signed in for a competition.
    pub(crate) fn find(&self, tokens: &str, competition: &CompetitionId, now: i64) -> Option<Arc<Signed>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back signs nobody out, and nobody in for longer.
        open.retain(|_, (_, last)| now.saturating_sub(*last) < IDLE);
        let mut known = tokens.split_whitespace().filter_map(|token| open.get(token));
        known.find(|(signed, _)| signed.competition == *competition).map(|(signed, _)| Arc::clone(signed))
    }

    /// Somebody did something.
    pub(crate) fn acts(&self, signed: &Signed, now: i64) {
        if let Some((_, last)) = self.open.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&signed.token) {
            *last = now;
        }
    }

    /// Signs out whoever has a token.
    pub(crate) fn close(&self, token: &str) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(token);
    }

    /// Signs out somebody, wherever the person is signed in at this computer.
    pub(crate) fn dismiss(&self, competition: &CompetitionId, officer: &OfficerId) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, (own, _)| own.competition != *competition || own.officer != *officer);
    }

    /// Signs out whoever came in with a key.
    pub(crate) fn dismiss_key(&self, competition: &CompetitionId, key: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, (own, _)| own.competition != *competition || public(&own.key) != key);
    }

    /// Signs everybody out.
    pub(crate) fn clear(&self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn open(
        &self,
        competition: &CompetitionId,
        officer: &OfficerId,
        key: SigningKey,
        now: i64,
    ) -> Result<String, Failure> {
        let (token, key) = (hex::encode(random()?), Arc::new(key));
        let signed = Signed { token: token.clone(), competition: competition.clone(), officer: officer.clone(), key };
        self.open.lock().unwrap_or_else(PoisonError::into_inner).insert(token.clone(), (Arc::new(signed), now));
        Ok(token)
    }
}

impl App {
    /// The public key of this computer.
    pub(crate) fn node_key(&self) -> NodeKey {
        NodeKey::new(public(&self.0.store.node_key()))
    }

    /// Officers with a PIN at this computer.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn officers_with_pin(&self, competition: &CompetitionId) -> Result<Vec<OfficerId>, Failure> {
        Ok(with_pin(&self.0.store.pins(Self::scope(competition)?).await?))
    }

    /// Signs somebody in, if it is the person's PIN and the key that it unwraps counts.
    ///
    /// # Errors
    /// `unknown-officer`, `officer-elsewhere`, `pin-wrong`, `pin-wait`, `officer-awaits` until an organiser approved the key,
    /// `officer-key-revoked`, what the store says.
    pub(crate) async fn sign_in_officer(
        &self,
        competition: &CompetitionId,
        officer: &OfficerId,
        pin: &str,
    ) -> Result<String, Failure> {
        let (scope, node) = (Self::scope(competition)?, self.node_key());
        self.ask(competition, |state| decide::people::works_at(state, officer, &node).map(|_| ())).await?;
        let name = pin_name(officer);
        self.try_pin(scope, &name, pin).await?;
        let seed = self.0.store.pin_key(scope, &name, pin).await?;
        // A PIN of before there were keys, or a key that was cut off: another PIN brings another key.
        let key = SigningKey::from_bytes(&seed.ok_or(Refusal::new("officer-keyless"))?);
        let own = public(&key);
        let counts = |state: &jiangsai_domain::competition::Competition| {
            let (trust, signer) = (state.people.trust(), Signer::Officer(officer.clone()));
            match trust.holds(&own, &signer, &node) {
                true => Ok(()),
                false if trust.is_revoked(&own, &signer) => Err(Refusal::new("officer-key-revoked")),
                false => Err(Refusal::new("officer-awaits")),
            }
        };
        self.ask(competition, counts).await?;
        self.0.people.open(competition, officer, key, self.0.host.now_ms())
    }

    /// Gives somebody a PIN at this computer, with a new key: kept here first, and then made known. The public half is the answer. Whoever was
    /// signed in with the PIN of before is so no longer.
    ///
    /// # Errors
    /// As for [`check_pin`]; `part`, what the store says.
    pub(crate) async fn give_pin(
        &self,
        actor: Actor,
        competition: &CompetitionId,
        officer: &OfficerId,
        pin: &str,
    ) -> Result<String, Failure> {
        let (scope, node) = (Self::scope(competition)?, self.node_key());
        self.ask(competition, |state| check_pin(state, officer, &node, pin)).await?;
        let seed = random()?;
        let own = public(&SigningKey::from_bytes(&seed));
        let name = pin_name(officer);
        self.0.store.pin_set_with_key(scope, &name, pin, seed).await?;
        self.forgive(scope, &name).await?;
        self.0.people.dismiss(competition, officer);
        self.make_known(actor, competition, &Signer::Officer(officer.clone()), &own).await?;
        Ok(own)
    }

    /// Makes known the public half of a key of somebody at this computer.
    ///
    /// # Errors
    /// `part`, what the store says.
    pub(crate) async fn make_known(
        &self,
        actor: Actor,
        competition: &CompetitionId,
        signer: &Signer,
        key: &str,
    ) -> Result<(), Failure> {
        let node = self.node_key();
        let made_known = |state: &_, _: &_| Ok((vec![decide::people::key(state, signer, &node, key)], ()));
        self.change_by(actor, competition, made_known, |_, _, ()| Ok(())).await
    }

    /// Who acts when somebody asks for a PIN who is not signed in.
    pub(crate) fn asking(officer: &OfficerId) -> Actor {
        people::actor(officer)
    }

    /// The competitions of this computer where people sign in.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn signing_in(&self) -> Result<BTreeSet<CompetitionId>, Failure> {
        let kept = self.0.store.setting(SIGNING_IN).await?;
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
    }

    /// Notes whether people sign in in a competition.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn note_signing_in(&self, competition: &CompetitionId, on: bool) -> Result<(), Failure> {
        let _one = self.0.people.listing.lock().await;
        let mut list = self.signing_in().await?;
        let changed = if on { list.insert(competition.clone()) } else { list.remove(competition) };
        if changed {
            let kept = serde_json::to_string(&list).map_err(|error| Failure::Internal(error.to_string()))?;
            self.0.store.set_setting(SIGNING_IN, &kept).await?;
        }
        Ok(())
    }
}

/// The public half of a key, as it stands in facts.
pub(crate) fn public(key: &SigningKey) -> String {
    hex::encode(key.verifying_key().as_bytes())
}

/// Fresh random bytes.
pub(crate) fn random() -> Result<[u8; 32], Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(bytes)
}
