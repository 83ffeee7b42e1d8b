//! Signing in with name, password and code. Whatever of the three is wrong, or whether there is such an account, the answer is the same, after the same work.

use super::Register;
use super::door::{AtDoor, Cookie, LOG, LetIn};
use super::tries::Whose;
use crate::failure::Failure;
use crate::people::random;
use jiangsai_domain::account::{EndEverywhere, EndSession, LONGEST_PASSWORD, SignInAtDoor, folded};
use jiangsai_domain::envelope::Refusal;
use jiangsai_store::Secret;

impl Register {
    /// # Errors
    /// `account-wrong` whatever is wrong, `account-wait` with seconds, what the store says.
    pub(super) async fn sign_in(&self, ask: SignInAtDoor, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        let SignInAtDoor { name, password, code } = ask;
        let (secret, folded) = (self.accounts.secret().await?, folded(&name));
        let nonce = at.known.and_then(|known| known_nonce(&secret, &folded, known));
        let whose = match &nonce {
            Some(nonce) => Whose::Known { folded: &folded, nonce },
            None => Whose::Anybody { folded: &folded },
        };
        self.begin_try(&secret, whose).await?;
        let account = self.accounts.named(&folded).await?;
        let code = self.code(&secret, account.as_ref(), &code).await?;
        let verifier = account.as_ref().and_then(|account| account.verifier.clone());
        let kept = verifier.clone();
        // Longer than any that may be chosen: not worth the hashing, and nobody's.
        let password = if password.chars().count() > LONGEST_PASSWORD { String::new() } else { password };
        let right = self.hashed(&secret, move |secret| secret.verifies(&password, kept.as_deref())).await?;
        let id = account.as_ref().map_or("-", |account| account.id.as_str());
        let refused = || {
            tracing::warn!(target: LOG, account = id, from = %at.from, "a sign-in was refused");
            Failure::from(Refusal::new("account-wrong"))
        };
        let (true, Some(account), Some(verifier), Some(code)) = (right, &account, verifier, code) else {
            return Err(refused());
        };
        let (token, session) = self.session(&account.id, at.browser)?;
        self.tidy().await?;
        if !self.accounts.enter(&verifier, &code, session).await? {
            // The code came a second time, or the account was changed a moment ago.
            return Err(refused());
        }
        self.was_right(&secret, whose).await?;
        tracing::info!(target: LOG, account = account.id, "signed in");
        let known = made_known(&secret, &folded)?;
        LetIn::with::<SignInAtDoor>(&self.mine(account).await?, vec![Cookie::Session(token), Cookie::Known(known)])
    }

    /// Was this name signed in before with the browser that shows this mark? Where that cannot be said, it was not.
    pub(super) async fn knows(&self, name: &str, known: &str) -> bool {
        let secret = self.accounts.secret().await;
        secret.is_ok_and(|secret| known_nonce(&secret, &folded(name), known).is_some())
    }

    /// # Errors
    /// What the store says; whoever is not in is out all the same.
    pub(super) async fn end_session(&self, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        match self.must_be_in(at).await {
            Ok(entered) => {
                self.accounts.end_session(&entered.session.hash).await?;
                tracing::info!(target: LOG, account = entered.account.id, "signed out");
            }
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
        LetIn::with::<EndSession>(&(), vec![Cookie::NoSession])
    }

    /// # Errors
    /// `account-needed`, what the store says.
    pub(super) async fn end_everywhere(&self, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        let entered = self.must_be_in(at).await?;
        self.accounts.end_sessions(&entered.account.id).await?;
        tracing::info!(target: LOG, account = entered.account.id, "signed out everywhere");
        LetIn::with::<EndEverywhere>(&(), vec![Cookie::NoSession])
    }
}

/// What a browser shows where an account was signed in before.
pub(super) fn made_known(secret: &Secret, folded: &str) -> Result<String, Failure> {
    let nonce = hex::encode(&random()?[..16]);
    let mark = hex::encode(secret.mark("known", &[folded, &nonce]));
    Ok(format!("{nonce}.{mark}"))
}

/// The part by which such a browser is counted, if its mark is ours and of this name.
fn known_nonce(secret: &Secret, folded: &str, known: &str) -> Option<String> {
    let (nonce, mark) = known.split_once('.')?;
    let shown = hex::decode(mark).ok()?;
    let own = secret.mark("known", &[folded, nonce]);
    // Without telling by its time where they differ.
    let same = shown.len() == own.len() && shown.iter().zip(own).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0;
    same.then(|| nonce.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[tokio::test]
    async fn a_mark_is_of_one_name_and_cannot_be_made_up() {
        let folder = tempfile::tempdir().unwrap();
        let store = jiangsai_store::Store::open(folder.path()).await.unwrap();
        let (own, other) = (store.accounts().lasting_secret().await.unwrap(), {
            let folder = tempfile::tempdir().unwrap();
            jiangsai_store::Store::open(folder.path()).await.unwrap().accounts().lasting_secret().await.unwrap()
        });
        let mark = made_known(&own, "模拟甲").unwrap();
        assert!(known_nonce(&own, "模拟甲", &mark).is_some());
        assert!(known_nonce(&own, "模拟乙", &mark).is_none(), "another name");
        assert!(known_nonce(&other, "模拟甲", &mark).is_none(), "another headquarters");
        let cut = mark.split_at(mark.len() - 2).0;
        for wrong in ["", ".", "00.", cut] {
            assert!(known_nonce(&own, "模拟甲", wrong).is_none(), "{wrong}");
        }
    }
}
