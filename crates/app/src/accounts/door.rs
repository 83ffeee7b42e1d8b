//! The door for browsers: which question is whose, and who is in.

use super::{Register, codes};
use crate::failure::Failure;
use crate::{App, authority};
use jiangsai_domain::account::{
    ACCOUNT_NEEDED, AskSessions, AskWho, BeginAuthenticator, BeginSetUp, ChangePassword, EndEverywhere, EndSession,
    May, Question, SetUp, SignInAtDoor, Stay, TurnAuthenticator, Who,
};
use jiangsai_domain::command::{Kind, WireError};
use jiangsai_domain::envelope::Refusal;
use jiangsai_store::{Account, Session};
use serde::Serialize;
use serde_json::Value;
use std::net::IpAddr;
use std::sync::Arc;

/// Where the log says what becomes of accounts.
pub(super) const LOG: &str = "accounts";
/// After so many milliseconds without an act a session ends.
const IDLE: i64 = 30 * 60_000;
/// And in any case after so many.
const LONGEST: i64 = 12 * 60 * 60_000;
/// An act is noted if the last one that was is so many milliseconds ago: not everything that is done writes.
const NOTED: i64 = 60_000;

/// What a browser shows at the door.
#[derive(Clone, Copy, Debug)]
pub struct AtDoor<'a> {
    /// Token of its session.
    pub session: Option<&'a str>,
    /// Mark of an account that was signed in there before.
    pub known: Option<&'a str>,
    /// Browser and system in a few words.
    pub browser: &'a str,
    /// Host of this headquarters, as it is called in an authenticator app.
    pub host: &'a str,
    /// Where it is, for the log of tries that failed.
    pub from: IpAddr,
}

/// What a browser is to keep.
#[derive(Clone, PartialEq, Eq)]
pub enum Cookie {
    /// This token of a session.
    Session(String),
    /// No session any more.
    NoSession,
    /// This mark of an account that was signed in.
    Known(String),
}

/// An answer at the door.
#[derive(Clone)]
pub struct LetIn {
    /// The reply.
    pub reply: Value,
    /// What the browser is to keep.
    pub cookies: Vec<Cookie>,
}

/// Somebody who is signed in with an account. Only this module makes one.
#[derive(Clone, Debug)]
pub struct Entered {
    pub(super) account: Account,
    pub(super) session: Session,
}

impl Entered {
    /// What the account may do.
    pub(crate) fn may(&self) -> May {
        may(&self.account)
    }
}

/// What an account may do; a word that is not known is the lesser one.
pub(super) fn may(account: &Account) -> May {
    May::named(&account.may).unwrap_or(May::Look)
}

/// Does a session go on?
pub(super) const fn is_open(session: &Session, now: i64) -> bool {
    // A clock that was set back ends nothing.
    now.saturating_sub(session.begun_at) < LONGEST && now.saturating_sub(session.acted_at) < IDLE
}

impl App {
    /// Who is in with this token; `None` for nobody, also where the session has ended.
    ///
    /// # Errors
    /// What the store says, in the language asked for.
    pub async fn entered(&self, token: Option<&str>, language: Option<&str>) -> Result<Option<Entered>, WireError> {
        let Some(token) = token else { return Ok(None) };
        let _beside = self.0.gate.read().await;
        match self.accounts().entered(token).await {
            Ok(entered) => Ok(entered),
            Err(failure) => Err(failure.wire("entered", self.language(language).await)),
        }
    }

    /// As [`App::dispatch_as`], for a browser from elsewhere: for whoever is in, or nobody.
    ///
    /// # Errors
    /// As for [`App::dispatch`]; `account-needed` for nobody, `look-only` where the account may only look.
    pub async fn dispatch_at_door(
        &self,
        entered: Option<&Entered>,
        tokens: Option<&str>,
        name: &str,
        payload: Value,
        language: Option<&str>,
    ) -> Result<Value, WireError> {
        let caller = authority::Caller::at_door(entered.map(|entered| Arc::new(entered.clone())), tokens);
        let called = self.called_by(caller).call(name, payload, language).await;
        let changes = || crate::commands().iter().any(|(own, kind, _)| *own == name && *kind == Kind::Mutation);
        if let Some(entered) = entered.filter(|_| changes()) {
            let came = called.as_ref().map_or_else(|error| error.code.as_str(), |_| "done");
            tracing::info!(target: LOG, account = entered.account.id, command = name, came, "a command was called");
        }
        called
    }

    /// Answers a question of [`jiangsai_domain::account`].
    ///
    /// # Errors
    /// A refusal or a failure, in words of the language asked for.
    pub async fn ask_at_door(
        &self,
        name: &str,
        payload: Value,
        at: AtDoor<'_>,
        language: Option<&str>,
    ) -> Result<LetIn, WireError> {
        let answered = {
            let _beside = self.0.gate.read().await;
            self.accounts().answer(name, payload, at).await
        };
        match answered {
            Ok(let_in) => Ok(let_in),
            Err(failure) => Err(failure.wire("door", self.language(language).await)),
        }
    }

    /// Was the account of this name signed in before with the browser that shows this mark?
    pub async fn knows_browser(&self, name: &str, known: &str) -> bool {
        let _beside = self.0.gate.read().await;
        self.accounts().knows(name, known).await
    }

    /// Notes that whoever is in did something.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn acts_at_door(&self, entered: &Entered) -> Result<(), Failure> {
        self.accounts().acts(entered).await
    }
}

impl LetIn {
    pub(super) fn with<Q: Question>(reply: &Q::Reply, cookies: Vec<Cookie>) -> Result<Self, Failure>
    where
        Q::Reply: Serialize,
    {
        let reply = serde_json::to_value(reply).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Self { reply, cookies })
    }
}

fn parsed<Q: Question>(payload: Value) -> Result<Q, Failure> {
    serde_json::from_value(payload).map_err(|error| Failure::BadRequest(error.to_string()))
}

impl Register {
    async fn answer(&self, name: &str, payload: Value, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        match name {
            AskWho::NAME => self.who(at).await,
            SignInAtDoor::NAME => self.sign_in(parsed(payload)?, at).await,
            BeginSetUp::NAME => self.begin_set_up(&parsed(payload)?, at).await,
            SetUp::NAME => self.set_up(parsed(payload)?, at).await,
            Stay::NAME => {
                self.acts(&self.must_be_in(at).await?).await?;
                LetIn::with::<Stay>(&(), Vec::new())
            }
            EndSession::NAME => self.end_session(at).await,
            EndEverywhere::NAME => self.end_everywhere(at).await,
            AskSessions::NAME => self.open_sessions(at).await,
            ChangePassword::NAME => self.change_password(parsed(payload)?, at).await,
            BeginAuthenticator::NAME => self.another_authenticator(parsed(payload)?, at).await,
            TurnAuthenticator::NAME => self.turn_authenticator(&parsed(payload)?, at).await,
            _ => Err(Failure::UnknownCommand(name.to_owned())),
        }
    }

    async fn who(&self, at: AtDoor<'_>) -> Result<LetIn, Failure> {
        let entered = match at.session {
            Some(token) => self.entered(token).await?,
            None => None,
        };
        let mine = match &entered {
            Some(entered) => Some(self.mine(&entered.account).await?),
            None => None,
        };
        LetIn::with::<AskWho>(&Who { mine }, Vec::new())
    }

    /// Who is in with this token.
    async fn entered(&self, token: &str) -> Result<Option<Entered>, Failure> {
        let found = self.accounts.session(&codes::token_hash(token)).await?;
        let now = self.now();
        Ok(found.filter(|(session, _)| is_open(session, now)).map(|(session, account)| Entered { account, session }))
    }

    /// # Errors
    /// `account-needed`, what the store says.
    pub(super) async fn must_be_in(&self, at: AtDoor<'_>) -> Result<Entered, Failure> {
        let entered = match at.session {
            Some(token) => self.entered(token).await?,
            None => None,
        };
        entered.ok_or_else(|| Refusal::new(ACCOUNT_NEEDED).into())
    }

    async fn acts(&self, entered: &Entered) -> Result<(), Failure> {
        let now = self.now();
        if now.abs_diff(entered.session.acted_at) >= NOTED.unsigned_abs() {
            self.accounts.acted(&entered.session.hash, now).await?;
        }
        Ok(())
    }

    /// Throws away what has ended.
    pub(super) async fn tidy(&self) -> Result<(), Failure> {
        let now = self.now();
        Ok(self.accounts.end_old(now.saturating_sub(LONGEST), now.saturating_sub(IDLE)).await?)
    }
}
