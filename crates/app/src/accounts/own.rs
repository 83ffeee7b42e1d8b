//! What somebody changes of the own account: password and authenticator, each for password and code once more; and the open sessions.

use super::Register;
use super::door::{AtDoor, Cookie, Entered, LOG, LetIn, is_open};
use super::tries::Whose;
use crate::failure::Failure;
use jiangsai_domain::account::{
    AskSessions, BeginAuthenticator, ChangePassword, LONGEST_PASSWORD, OpenSession, Recovery, TurnAuthenticator,
    check_password,
};
use jiangsai_domain::envelope::Refusal;
use jiangsai_store::{Code, Secret};

/// A new authenticator has to show a code within so many milliseconds.
const PENDING: i64 = 10 * 60_000;

impl Register {
    /// # Errors
    /// `account-needed`, what the store says.
    pub(super) async fn open_sessions(&self, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        let entered = self.must_be_in(at).await?;
        let now = self.now();
        let sessions = self.accounts.sessions(&entered.account.id).await?.into_iter();
        let open = sessions.filter(|session| is_open(session, now)).map(|session| OpenSession {
            own: session.hash == entered.session.hash,
            begun_at: session.begun_at,
            acted_at: session.acted_at,
            browser: session.browser,
        });
        LetIn::with::<AskSessions>(&open.collect(), Vec::new())
    }

    /// # Errors
    /// `account-needed`, what is wrong with the new password, `account-again`, `account-wait`, what the store says.
    pub(super) async fn change_password(&self, ask: ChangePassword, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        let entered = self.must_be_in(at).await?;
        let ChangePassword { password, code, new } = ask;
        // Said first: nothing was tried yet.
        check_password(&entered.account.name, &new)?;
        let secret = self.accounts.secret().await?;
        let (before, code) = self.shown_again(&secret, &entered, password, &code).await?;
        let after = self.verifier(&secret, new).await?;
        let (token, session) = self.session(&entered.account.id, at.browser)?;
        if !self.accounts.change_verifier((&before, &after), &code, session).await? {
            return Err(Refusal::new("account-again").into());
        }
        self.was_right(&secret, Whose::Own { account: &entered.account.id }).await?;
        tracing::info!(target: LOG, account = entered.account.id, "a password was changed");
        LetIn::with::<ChangePassword>(&(), vec![Cookie::Session(token)])
    }

    /// # Errors
    /// `account-needed`, `account-again`, `account-wait`, what the store says.
    pub(super) async fn another_authenticator(
        &self,
        ask: BeginAuthenticator,
        at: AtDoor<'_>,
    ) -> Result<LetIn, Failure> {
        let entered = self.must_be_in(at).await?;
        let secret = self.accounts.secret().await?;
        let (verifier, code) = self.shown_again(&secret, &entered, ask.password, &ask.code).await?;
        if !self.accounts.use_code(&entered.account.id, &verifier, &code).await? {
            return Err(Refusal::new("account-again").into());
        }
        self.was_right(&secret, Whose::Own { account: &entered.account.id }).await?;
        let until = self.now().saturating_add(PENDING);
        let made = self.begin_authenticator(&secret, &entered.account, at.host, until).await?;
        LetIn::with::<BeginAuthenticator>(&made, Vec::new())
    }

    /// # Errors
    /// `account-needed`, `authenticator-gone`, `authenticator-code`, `account-wait`, what the store says.
    pub(super) async fn turn_authenticator(&self, ask: &TurnAuthenticator, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        let entered = self.must_be_in(at).await?;
        let secret = self.accounts.secret().await?;
        let own = Whose::Own { account: &entered.account.id };
        self.begin_try(&secret, own).await?;
        let proved = self.proved(&secret, &entered.account, &ask.code)?;
        let (token, session) = self.session(&entered.account.id, at.browser)?;
        if !self.accounts.turn_authenticator(&proved.pending, proved.proofs, session).await? {
            return Err(Refusal::new("authenticator-gone").into());
        }
        self.was_right(&secret, own).await?;
        tracing::info!(target: LOG, account = entered.account.id, "an authenticator was changed");
        LetIn::with::<TurnAuthenticator>(&Recovery { codes: proved.shown }, vec![Cookie::Session(token)])
    }

    /// The verifier whose password was shown once more, and the code beside it, which is not used up yet.
    ///
    /// # Errors
    /// `account-again` whatever is wrong, `account-wait`, what the store says.
    async fn shown_again(
        &self,
        secret: &Secret,
        entered: &Entered,
        password: String,
        code: &str,
    ) -> Result<(String, Code), Failure> {
        let account = &entered.account;
        self.begin_try(secret, Whose::Own { account: &account.id }).await?;
        let code = self.code(secret, Some(account), code).await?;
        let kept = account.verifier.clone();
        let password = if password.chars().count() > LONGEST_PASSWORD { String::new() } else { password };
        let right = self.hashed(secret, move |secret| secret.verifies(&password, kept.as_deref())).await?;
        match (right, account.verifier.clone(), code) {
            (true, Some(verifier), Some(code)) => Ok((verifier, code)),
            _ => {
                tracing::warn!(target: LOG, account = account.id, "password or code shown once more were wrong");
                Err(Refusal::new("account-again").into())
            }
        }
    }
}
