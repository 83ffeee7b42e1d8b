//! What accounts are kept with: a secret in a file beside the database, for its owner alone. Whoever has the database without it can try no
//! password and make no code. Several instances on one database server have copies of the one file; a backup takes it along.

use super::Accounts;
use crate::StoreError;
use crate::append::random;
use crate::folder::{read_seed, sync_dir, write_private};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::path::Path;

/// The file, by name.
pub(crate) const KEY: &str = "accounts.key";
/// Letters that tell secrets apart.
const NAME: usize = 16;
/// Bytes of the nonce in front of what is encrypted.
const NONCE: usize = 12;

/// The secret of the accounts of a database.
#[derive(Clone)]
pub struct Secret([u8; 32]);

/// Without it.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({})", self.name())
    }
}

/// Puts the file of another folder, a backup, in the place of the one here.
pub(crate) fn key_comes(from: &Path, dir: &Path) -> Result<(), StoreError> {
    let seed = read_seed(from)?;
    write(dir, &seed)
}

fn write(dir: &Path, seed: &[u8; 32]) -> Result<(), StoreError> {
    // Whole or not at all.
    let fresh = dir.join("accounts.key.new");
    write_private(&fresh, hex::encode(seed).as_bytes())?;
    std::fs::rename(&fresh, dir.join(KEY))?;
    sync_dir(dir)
}

impl Accounts {
    /// The secret. Where there is none and no account either, one that is forgotten at once: whoever knocks then is refused in the same time as
    /// elsewhere.
    ///
    /// # Errors
    /// [`StoreError::AccountsKey`] where the file is missing; what disk and database say.
    pub async fn secret(&self) -> Result<Secret, StoreError> {
        let path = self.dir.join(KEY);
        if path.exists() {
            return Ok(Secret(read_seed(&path)?));
        }
        if self.list().await?.is_empty() { Ok(Secret(random()?)) } else { Err(StoreError::AccountsKey) }
    }

    /// The secret, made and kept where there is none, for whoever adds an account.
    ///
    /// # Errors
    /// As for [`Accounts::secret`].
    pub async fn lasting_secret(&self) -> Result<Secret, StoreError> {
        let secret = self.secret().await?;
        if !self.dir.join(KEY).exists() {
            write(&self.dir, &secret.0)?;
        }
        Ok(secret)
    }

    /// Is every account kept with the secret that is here?
    ///
    /// # Errors
    /// [`StoreError::AccountsKey`] where one is not; what disk and database say.
    pub async fn check_secret(&self) -> Result<(), StoreError> {
        let list = self.list().await?;
        if list.is_empty() {
            return Ok(());
        }
        let own = self.secret().await?.name();
        if list.iter().all(|account| account.kept_with == own) { Ok(()) } else { Err(StoreError::AccountsKey) }
    }
}

impl Secret {
    /// What it is called beside what is kept with it.
    #[must_use]
    pub fn name(&self) -> String {
        hex::encode(self.derive(b"jiangsai.accounts-name\n")).chars().take(NAME).collect()
    }

    fn derive(&self, purpose: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(purpose).chain_update(self.0).finalize().into()
    }

    /// A verifier of a password. It takes long on purpose.
    ///
    /// # Errors
    /// [`StoreError::Pin`].
    pub fn verifier(&self, password: &str) -> Result<String, StoreError> {
        let pepper = self.derive(b"jiangsai.account-password\n");
        let hash = hasher(&pepper)?.hash_password(password.as_bytes()).map_err(|_| StoreError::Pin)?;
        Ok(hash.to_string())
    }

    /// Is it the password of this verifier? Without one it takes as long, and is not.
    #[must_use]
    pub fn verifies(&self, password: &str, verifier: Option<&str>) -> bool {
        let pepper = self.derive(b"jiangsai.account-password\n");
        let Ok(hasher) = hasher(&pepper) else { return false };
        match verifier.and_then(|verifier| PasswordHash::new(verifier).ok()) {
            Some(kept) => hasher.verify_password(password.as_bytes(), &kept).is_ok(),
            None => {
                drop(hasher.hash_password(password.as_bytes()));
                false
            }
        }
    }

    /// Encrypts what belongs to an account.
    ///
    /// # Errors
    /// [`StoreError::Pin`]; no random numbers.
    pub fn seal(&self, account: &str, open: &[u8]) -> Result<Vec<u8>, StoreError> {
        let random = random()?;
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&random[..NONCE]);
        let payload = Payload { msg: open, aad: account.as_bytes() };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).map_err(|_| StoreError::Pin)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts it; `None` where it belongs to another account, or was encrypted with another secret.
    #[must_use]
    pub fn open(&self, account: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        self.cipher().decrypt(&nonce.into(), Payload { msg: sealed, aad: account.as_bytes() }).ok()
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.derive(b"jiangsai.account-authenticator\n").into())
    }

    /// A hash of something that nobody can make without the secret: of recovery codes, and of what a browser shows to be known.
    #[must_use]
    pub fn mark(&self, purpose: &str, of: &[&str]) -> [u8; 32] {
        let key = self.derive(b"jiangsai.account-mark\n");
        // Any length of key will do.
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(&key) else { return [0; 32] };
        for part in std::iter::once(&purpose).chain(of) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

fn hasher(pepper: &[u8]) -> Result<Argon2<'_>, StoreError> {
    Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, Params::default()).map_err(|_| StoreError::Pin)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_password_is_verified_with_its_secret_alone() {
        let (own, other) = (Secret([1; 32]), Secret([2; 32]));
        let verifier = own.verifier("秋天的湖面上有三只野鸭子").unwrap();
        assert!(own.verifies("秋天的湖面上有三只野鸭子", Some(&verifier)));
        assert!(!own.verifies("秋天的湖面上有三只野鸭", Some(&verifier)));
        assert!(!other.verifies("秋天的湖面上有三只野鸭子", Some(&verifier)), "another secret");
        assert!(!own.verifies("", None), "no account has no password");
        assert_ne!(own.verifier("秋天的湖面上有三只野鸭子").unwrap(), verifier, "another salt");
        assert!(verifier.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{verifier}");
    }

    #[test]
    fn what_is_encrypted_opens_for_its_account_with_its_secret_alone() {
        let own = Secret([1; 32]);
        let sealed = own.seal("one", b"twenty bytes of key.").unwrap();
        assert_eq!(own.open("one", &sealed).unwrap(), b"twenty bytes of key.");
        assert_eq!(own.open("two", &sealed), None, "another account");
        assert_eq!(Secret([2; 32]).open("one", &sealed), None, "another secret");
        assert_eq!(own.open("one", &sealed[..10]), None, "cut off");
        assert_ne!(own.seal("one", b"twenty bytes of key.").unwrap(), sealed, "another nonce");
        assert!(!sealed.windows(6).any(|part| part == b"twenty"));
    }

    #[test]
    fn marks_are_of_what_they_are_of() {
        let own = Secret([1; 32]);
        assert_eq!(own.mark("a", &["b", "c"]), own.mark("a", &["b", "c"]));
        for other in [
            own.mark("a", &["bc"]),
            own.mark("ab", &["c"]),
            own.mark("a", &["b"]),
            Secret([2; 32]).mark("a", &["b", "c"]),
        ] {
            assert_ne!(own.mark("a", &["b", "c"]), other);
        }
        assert_ne!(own.name(), Secret([2; 32]).name());
        assert!(!format!("{own:?}").contains("0101"));
    }
}
