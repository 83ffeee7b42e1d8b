//! Who has an account: added, listed, set up anew and removed by whoever holds the data folder, from its command line.

use super::{Register, codes, door};
use crate::failure::Failure;
use crate::people::random;
use jiangsai_domain::account::{May, account_name, folded};
use jiangsai_domain::command::WireError;
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use jiangsai_store::{Account, Link};

/// A link for a set-up counts so many milliseconds.
const LINK: i64 = 24 * 60 * 60_000;

/// A one-time code, with which somebody sets up an account.
#[derive(Clone)]
pub struct MadeLink {
    /// The code.
    pub code: String,
    /// Milliseconds since 1970 until when it counts.
    pub until: i64,
}

/// Without the code.
impl std::fmt::Debug for MadeLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MadeLink(until {})", self.until)
    }
}

/// An account in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Name.
    pub name: String,
    /// What it may do.
    pub may: May,
    /// It has a password and an authenticator.
    pub is_set_up: bool,
    /// Until when its set-up code counts, where it has one that still does.
    pub link_until: Option<i64>,
    /// Recovery codes that are left.
    pub recovery_left: u64,
    /// Browsers that are signed in.
    pub sessions: usize,
}

impl Register {
    /// Adds an account.
    ///
    /// # Errors
    /// `account-name`, `account-taken`, `accounts-key`, what the store says; in Chinese (see [`crate::in_words`]).
    pub async fn add(&self, name: &str, may: May) -> Result<MadeLink, WireError> {
        self.added(name, may).await.map_err(|failure| failure.wire("account add", Lang::Zh))
    }

    /// Takes away an account's password, authenticator and sessions; it is set up anew.
    ///
    /// # Errors
    /// `account-unknown`, `accounts-key`, what the store says; as for [`Register::add`].
    pub async fn reset(&self, name: &str) -> Result<MadeLink, WireError> {
        self.begun_anew(name).await.map_err(|failure| failure.wire("account reset", Lang::Zh))
    }

    /// Removes an account.
    ///
    /// # Errors
    /// `account-unknown`, what the store says; as for [`Register::add`].
    pub async fn remove(&self, name: &str) -> Result<(), WireError> {
        self.removed(name).await.map_err(|failure| failure.wire("account remove", Lang::Zh))
    }

    /// Every account, by name.
    ///
    /// # Errors
    /// What the store says; as for [`Register::add`].
    pub async fn list(&self) -> Result<Vec<Listed>, WireError> {
        self.listed().await.map_err(|failure| failure.wire("account list", Lang::Zh))
    }

    /// Is every account kept with the secret that is in this folder?
    ///
    /// # Errors
    /// `accounts-key`, what the store says; as for [`Register::add`].
    pub async fn check(&self) -> Result<(), WireError> {
        let checked = self.accounts.check_secret().await;
        checked.map_err(|error| Failure::from(error).wire("accounts", Lang::Zh))
    }

    async fn added(&self, name: &str, may: May) -> Result<MadeLink, Failure> {
        let name = account_name(name)?;
        let secret = self.accounts.lasting_secret().await?;
        let id = hex::encode(&random()?[..8]);
        let (made, link) = self.link()?;
        let named = (id.as_str(), name.as_str(), folded(&name));
        let named = (named.0, named.1, named.2.as_str());
        if !self.accounts.add(named, may.name(), &secret.name(), link).await? {
            return Err(Refusal::new("account-taken").with("name", name).into());
        }
        tracing::info!(target: door::LOG, account = id, may = may.name(), "an account was added");
        Ok(made)
    }

    async fn begun_anew(&self, name: &str) -> Result<MadeLink, Failure> {
        let account = self.known(name).await?;
        let secret = self.accounts.lasting_secret().await?;
        let (made, link) = self.link()?;
        self.accounts.reset(&account.id, &secret.name(), link).await?;
        tracing::info!(target: door::LOG, account = account.id, "an account is set up anew");
        Ok(made)
    }

    async fn removed(&self, name: &str) -> Result<(), Failure> {
        let account = self.known(name).await?;
        self.accounts.remove(&account.id).await?;
        tracing::info!(target: door::LOG, account = account.id, "an account was removed");
        Ok(())
    }

    async fn listed(&self) -> Result<Vec<Listed>, Failure> {
        let now = self.now();
        let mut list = Vec::new();
        for account in self.accounts.list().await? {
            let sessions = self.accounts.sessions(&account.id).await?;
            list.push(Listed {
                may: door::may(&account),
                is_set_up: account.verifier.is_some(),
                link_until: account.link_until.filter(|until| *until > now),
                recovery_left: self.accounts.recovery_left(&account.id).await?,
                sessions: sessions.iter().filter(|session| door::is_open(session, now)).count(),
                name: account.name,
            });
        }
        Ok(list)
    }

    async fn known(&self, name: &str) -> Result<Account, Failure> {
        let found = self.accounts.named(&folded(name)).await?;
        found.ok_or_else(|| Refusal::new("account-unknown").with("name", name.trim()).into())
    }

    fn link(&self) -> Result<(MadeLink, Link), Failure> {
        let (code, until) = (codes::link()?, self.now().saturating_add(LINK));
        let link = Link { hash: codes::link_hash(&code), until };
        Ok((MadeLink { code, until }, link))
    }
}
