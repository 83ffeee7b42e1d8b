//! Accounts (帐号) of those who come in by a browser from elsewhere: who may, with which password and which authenticator, and who is signed in.
//!
//! They are of one headquarters, and no facts: they say who gets to the interface at all, in the place of the one-time token of this computer's own
//! browser. Who does what in a competition where people sign in is said by roles and PINs besides. Left out: addresses, cookies and everything else
//! of HTTP (`hq`); what a command needs (`authority`).

mod codes;
mod door;
mod manage;
mod own;
mod set_up;
mod sign_in;
mod totp;
mod tries;

pub use door::{AtDoor, Cookie, Entered, LetIn};
pub use manage::{Listed, MadeLink};

use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use crate::host::Host;
use crate::people::random;
use codes::{read, six_digits};
use jiangsai_domain::account::{Authenticator, Mine};
use jiangsai_domain::envelope::Refusal;
use jiangsai_store::{Account, Accounts, Code, Proofs, Secret, Session};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::Semaphore;
use totp::{authenticator, step_of};

/// Passwords that are hashed at once: each takes memory and the whole of a processor.
const HASHING: usize = 2;
/// Recovery codes that are given out together.
const RECOVERY: usize = 8;

/// The accounts of a headquarters.
#[derive(Clone)]
pub struct Register {
    accounts: Accounts,
    host: Arc<dyn Host>,
    hashing: Arc<Semaphore>,
}

/// What all who use the accounts of an open folder share.
pub(crate) struct Desk(Arc<Semaphore>);

impl Default for Desk {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(HASHING)))
    }
}

impl App {
    /// The accounts of this headquarters.
    #[must_use]
    pub fn accounts(&self) -> Register {
        let hashing = Arc::clone(&self.0.accounts.0);
        Register { accounts: self.0.store.accounts(), host: Arc::clone(&self.0.host), hashing }
    }
}

impl Register {
    /// Those of a folder that another process holds, or of a database server: it goes on being served meanwhile.
    ///
    /// # Errors
    /// Why not, in Chinese (see [`crate::in_words`]).
    pub async fn beside(
        data: &Path,
        database_url: Option<&str>,
        host: Arc<dyn Host>,
    ) -> Result<Self, jiangsai_domain::command::WireError> {
        let accounts = match database_url {
            Some(url) => Accounts::beside_on_server(url, data).await,
            None => Accounts::beside(data).await,
        };
        let accounts = accounts.map_err(|error| Failure::from(error).not_opened())?;
        Ok(Self { accounts, host, hashing: Arc::new(Semaphore::new(HASHING)) })
    }

    fn now(&self) -> i64 {
        self.host.now_ms()
    }

    /// Works with the secret on a password, a few at a time.
    async fn hashed<T: Send + 'static>(
        &self,
        secret: &Secret,
        work: impl FnOnce(&Secret) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let _one = self.hashing.acquire().await.map_err(|error| Failure::Internal(error.to_string()))?;
        let secret = secret.clone();
        blocking(move || work(&secret)).await
    }

    async fn verifier(&self, secret: &Secret, password: String) -> Result<String, Failure> {
        Ok(self.hashed(secret, move |secret| secret.verifier(&password)).await??)
    }

    /// The code that was typed, where it is one of this account and of now. Whatever the account is, as much is done.
    async fn code(&self, secret: &Secret, account: Option<&Account>, typed: &str) -> Result<Option<Code>, Failure> {
        let id = account.map_or("", |account| account.id.as_str());
        let typed = read(typed);
        let kept = self.accounts.recovery(id).await?;
        let hash = recovery_hash(secret, id, &typed);
        let recovery = kept.contains(&hash).then_some(Code::Recovery(hash));
        let open = account.and_then(|own| secret.open(id, own.authenticator.as_ref()?));
        let used = account.map_or(0, |account| account.step);
        let step = six_digits(&typed).and_then(|typed| step_of(&open.unwrap_or_default(), typed, self.now(), used));
        let app = step.filter(|_| account.is_some_and(|own| own.authenticator.is_some()));
        Ok(app.map(Code::Step).or(recovery))
    }

    /// A new secret for an authenticator app, kept as one that has shown no code yet.
    async fn begin_authenticator(
        &self,
        secret: &Secret,
        account: &Account,
        host: &str,
        until: i64,
    ) -> Result<Authenticator, Failure> {
        let fresh = &random()?[..totp::SECRET];
        self.accounts.keep_pending(&account.id, secret.seal(&account.id, fresh)?, until).await?;
        authenticator(fresh, host, &account.name).ok_or_else(|| Failure::Internal("no code".to_owned()))
    }

    /// The pending authenticator of an account, proved by a code of it, with new recovery codes.
    ///
    /// # Errors
    /// `authenticator-gone` where none is pending any more, `authenticator-code` where it is not its code.
    fn proved(&self, secret: &Secret, account: &Account, typed: &str) -> Result<Proved, Failure> {
        let now = self.now();
        let pending = account.pending.as_ref().filter(|(_, until)| *until > now);
        let Some((sealed, _)) = pending else { return Err(Refusal::new("authenticator-gone").into()) };
        let open = secret.open(&account.id, sealed).ok_or(Refusal::new("authenticator-gone"))?;
        let step = six_digits(&read(typed)).and_then(|typed| step_of(&open, typed, now, 0));
        let step = step.ok_or(Refusal::new("authenticator-code"))?;
        let shown: Vec<String> = (0..RECOVERY).map(|_| codes::recovery()).collect::<Result<_, _>>()?;
        let recovery = shown.iter().map(|code| recovery_hash(secret, &account.id, &read(code))).collect();
        let proofs = Proofs { authenticator: sealed.clone(), step, recovery };
        Ok(Proved { pending: sealed.clone(), proofs, shown })
    }

    /// A session for an account, and its token.
    fn session(&self, account: &str, browser: &str) -> Result<(String, Session), Failure> {
        let token = hex::encode(random()?);
        let (hash, now) = (codes::token_hash(&token), self.now());
        let browser = browser.chars().take(100).collect();
        Ok((token, Session { hash, account: account.to_owned(), begun_at: now, acted_at: now, browser }))
    }

    /// An account as its owner sees it.
    async fn mine(&self, account: &Account) -> Result<Mine, Failure> {
        let left = self.accounts.recovery_left(&account.id).await?;
        let recovery_left = u32::try_from(left).unwrap_or(u32::MAX);
        Ok(Mine { name: account.name.clone(), may: door::may(account), recovery_left })
    }
}

/// An authenticator that has shown a code.
struct Proved {
    pending: Vec<u8>,
    proofs: Proofs,
    /// Recovery codes, as they are shown once.
    shown: Vec<String>,
}

fn recovery_hash(secret: &Secret, account: &str, code: &str) -> Vec<u8> {
    secret.mark("recovery", &[account, code]).to_vec()
}
