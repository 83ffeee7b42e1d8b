//! PINs on this computer, of judges and of people who sign in: argon2id, keyed with the secret of this node, never in the ledger. And what is
//! wrapped with a PIN: the secret half of a person's key.

use crate::append::random;
use crate::entity::pin;
use crate::{Store, StoreError};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use jiangsai_ledger::ScopeId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

impl Store {
    /// Keeps a verifier of somebody's PIN; `judge` is the name it is kept under. What was wrapped with the PIN before is gone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pin_set(&self, scope: ScopeId, judge: &str, pin: &str) -> Result<(), StoreError> {
        self.keep_pin(scope, judge, pin, None).await
    }

    /// As [`Store::pin_set`], and wraps the seed of a key with it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pin_set_with_key(
        &self,
        scope: ScopeId,
        name: &str,
        pin: &str,
        seed: [u8; 32],
    ) -> Result<(), StoreError> {
        self.keep_pin(scope, name, pin, Some(seed)).await
    }

    async fn keep_pin(&self, scope: ScopeId, judge: &str, pin: &str, seed: Option<[u8; 32]>) -> Result<(), StoreError> {
        let (secret, typed) = (self.folder.pin_secret(), pin.to_owned());
        let (node, about) = (self.node(), context(scope, judge));
        // Hashing takes long on purpose.
        let made = tokio::task::spawn_blocking(move || {
            let hash = hasher(&secret)?.hash_password(typed.as_bytes()).map_err(|_| StoreError::Pin)?;
            let wrapped = seed.map(|seed| wrap(&secret, &typed, &node, &about, &seed)).transpose()?;
            Ok::<_, StoreError>((hash.to_string(), wrapped))
        });
        let (verifier, wrapped) = made.await.map_err(|_| StoreError::Pin)??;
        let row = pin::ActiveModel {
            node: Set(self.node()),
            scope: Set(scope.hash().bytes().to_vec()),
            judge: Set(judge.to_owned()),
            verifier: Set(verifier),
            secret: Set(wrapped),
        };
        let replace = OnConflict::columns([pin::Column::Node, pin::Column::Scope, pin::Column::Judge])
            .update_columns([pin::Column::Verifier, pin::Column::Secret])
            .to_owned();
        pin::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Is it the PIN that is kept under this name?
    ///
    /// # Errors
    /// What the database says.
    pub async fn pin_check(&self, scope: ScopeId, judge: &str, typed: &str) -> Result<bool, StoreError> {
        let key = (self.node(), scope.hash().bytes().to_vec(), judge.to_owned());
        let Some(row) = pin::Entity::find_by_id(key).one(&self.reader).await? else { return Ok(false) };
        let (secret, typed) = (self.folder.pin_secret(), typed.to_owned());
        let checked = tokio::task::spawn_blocking(move || {
            let kept = PasswordHash::new(&row.verifier).map_err(|_| StoreError::Pin)?;
            Ok::<_, StoreError>(hasher(&secret)?.verify_password(typed.as_bytes(), &kept).is_ok())
        });
        checked.await.map_err(|_| StoreError::Pin)?
    }

    /// The seed of a key that was wrapped with a PIN; `None` where there is none, or it is another PIN.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pin_key(&self, scope: ScopeId, name: &str, typed: &str) -> Result<Option<[u8; 32]>, StoreError> {
        let key = (self.node(), scope.hash().bytes().to_vec(), name.to_owned());
        let row = pin::Entity::find_by_id(key).one(&self.reader).await?;
        let Some(wrapped) = row.and_then(|row| row.secret) else { return Ok(None) };
        let (secret, typed) = (self.folder.pin_secret(), typed.to_owned());
        let (node, about) = (self.node(), context(scope, name));
        let opened = tokio::task::spawn_blocking(move || unwrap(&secret, &typed, &node, &about, &wrapped));
        opened.await.map_err(|_| StoreError::Pin)?
    }

    /// Names under which PINs are kept on this computer: ids of judges, and of people who sign in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pins(&self, scope: ScopeId) -> Result<Vec<String>, StoreError> {
        let own = pin::Column::Scope.eq(scope.hash().bytes().to_vec());
        let rows = pin::Entity::find().filter(pin::Column::Node.eq(self.node())).filter(own).all(&self.reader).await?;
        Ok(rows.into_iter().map(|row| row.judge).collect())
    }
}

fn hasher(secret: &[u8]) -> Result<Argon2<'_>, StoreError> {
    Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, Params::default()).map_err(|_| StoreError::Pin)
}

/// Bytes of the salt in front of what is wrapped; the nonce is the rest of what is derived, so that nothing is ever wrapped twice with one.
const SALT: usize = 16;

/// What a key belongs to: it is not unwrapped under another name.
fn context(scope: ScopeId, name: &str) -> String {
    format!("jiangsai.person-key\n{scope}\n{name}\n")
}

/// Key and nonce from the PIN, the secret of this node and a salt.
fn derive(secret: &[u8], pin: &str, salt: &[u8]) -> Result<([u8; 32], [u8; 12]), StoreError> {
    let mut derived = [0; 44];
    hasher(secret)?.hash_password_into(pin.as_bytes(), salt, &mut derived).map_err(|_| StoreError::Pin)?;
    let (mut key, mut nonce) = ([0; 32], [0; 12]);
    key.copy_from_slice(&derived[..32]);
    nonce.copy_from_slice(&derived[32..]);
    Ok((key, nonce))
}

fn wrap(secret: &[u8], pin: &str, node: &str, about: &str, seed: &[u8; 32]) -> Result<Vec<u8>, StoreError> {
    let salt = random()?;
    let (key, nonce) = derive(secret, pin, &salt[..SALT])?;
    let about = format!("{about}{node}\n");
    let payload = Payload { msg: seed, aad: about.as_bytes() };
    let sealed = ChaCha20Poly1305::new(&key.into()).encrypt(&nonce.into(), payload).map_err(|_| StoreError::Pin)?;
    Ok([&salt[..SALT], &sealed].concat())
}

fn unwrap(secret: &[u8], pin: &str, node: &str, about: &str, wrapped: &[u8]) -> Result<Option<[u8; 32]>, StoreError> {
    let Some((salt, sealed)) = wrapped.split_at_checked(SALT) else { return Ok(None) };
    let (key, nonce) = derive(secret, pin, salt)?;
    let about = format!("{about}{node}\n");
    let payload = Payload { msg: sealed, aad: about.as_bytes() };
    let opened = ChaCha20Poly1305::new(&key.into()).decrypt(&nonce.into(), payload).ok();
    Ok(opened.and_then(|seed| seed.try_into().ok()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_key_is_unwrapped_by_its_pin_on_its_computer_under_its_name_alone() {
        let (secret, seed) = ([1; 32], [7; 32]);
        let wrapped = wrap(&secret, "135790", "node", "about", &seed).unwrap();
        let opened = |secret: &[u8], pin, node, about| unwrap(secret, pin, node, about, &wrapped).unwrap();
        assert_eq!(opened(&secret, "135790", "node", "about"), Some(seed));
        assert_eq!(opened(&secret, "135791", "node", "about"), None, "another PIN");
        assert_eq!(opened(&[2; 32], "135790", "node", "about"), None, "another computer's secret");
        assert_eq!(opened(&secret, "135790", "other", "about"), None, "another computer");
        assert_eq!(opened(&secret, "135790", "node", "others"), None, "somebody else's");
        assert_eq!(unwrap(&secret, "135790", "node", "about", &wrapped[..20]).unwrap(), None, "cut off");
        assert_eq!(unwrap(&secret, "135790", "node", "about", &[]).unwrap(), None, "nothing");
        let again = wrap(&secret, "135790", "node", "about", &seed).unwrap();
        assert_ne!(again, wrapped, "another salt, so another key and nonce");
        assert!(!wrapped.windows(8).any(|part| part == &seed[..8]), "the seed does not stand in it");
    }
}
