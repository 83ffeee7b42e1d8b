//! Setting up an account with a one-time link: a password and an authenticator app, both at once, when the app has shown a code.

use super::Register;
use super::codes::link_hash;
use super::door::{AtDoor, Cookie, LOG, LetIn, may};
use super::sign_in::made_known;
use crate::failure::Failure;
use jiangsai_domain::account::{BeginSetUp, Recovery, SetUp, SettingUp, check_password, folded};
use jiangsai_domain::envelope::Refusal;
use jiangsai_store::Account;

impl Register {
    /// # Errors
    /// `link-gone` where it was used, has run out or never was; what the store says.
    pub(super) async fn begin_set_up(&self, ask: &BeginSetUp, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        let account = self.of_link(&ask.link).await?;
        let secret = self.accounts.secret().await?;
        let until = account.link_until.unwrap_or_default();
        let authenticator = self.begin_authenticator(&secret, &account, at.host, until).await?;
        let setting_up = SettingUp { may: may(&account), name: account.name, authenticator };
        LetIn::with::<BeginSetUp>(&setting_up, Vec::new())
    }

    /// # Errors
    /// `link-gone`, what is wrong with the password, `authenticator-gone`, `authenticator-code`, what the store says. The link counts on then.
    pub(super) async fn set_up(&self, ask: SetUp, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        let SetUp { link, password, code } = ask;
        let account = self.of_link(&link).await?;
        check_password(&account.name, &password)?;
        let secret = self.accounts.secret().await?;
        let proved = self.proved(&secret, &account, &code)?;
        let verifier = self.verifier(&secret, password).await?;
        let (token, session) = self.session(&account.id, at.browser)?;
        let done = self.accounts.set_up((&link_hash(&link), session), self.now(), &verifier, proved.proofs).await?;
        if !done {
            return Err(Refusal::new("link-gone").into());
        }
        tracing::info!(target: LOG, account = account.id, "an account was set up");
        // Password and code were shown this moment.
        let known = made_known(&secret, &folded(&account.name))?;
        let cookies = vec![Cookie::Session(token), Cookie::Known(known)];
        LetIn::with::<SetUp>(&Recovery { codes: proved.shown }, cookies)
    }

    async fn of_link(&self, link: &str) -> Result<Account, Failure> {
        let found = self.accounts.linked(&link_hash(link), self.now()).await?;
        found.ok_or_else(|| Refusal::new("link-gone").into())
    }
}
