//! What is asked at the door for browsers: `POST /api/door/{question}`, with JSON, and what comes back.

use super::May;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A question at the door.
pub trait Question: Serialize + DeserializeOwned {
    /// Its name in the address.
    const NAME: &'static str;
    /// What comes back.
    type Reply: Serialize + DeserializeOwned;
}

macro_rules! question {
    ($(#[$about:meta])* $name:ident = $word:literal { $($(#[$field_about:meta])* $field:ident : $type:ty),* $(,)? } => $reply:ty) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            $($(#[$field_about])* pub $field: $type),*
        }

        impl Question for $name {
            const NAME: &'static str = $word;
            type Reply = $reply;
        }

        /// Without what was typed: a log that is asked for everything has no password in it.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}

question! {
    /// Who is signed in with this browser.
    AskWho = "who" {} => Who
}

question! {
    /// Signs in. Whatever of the three is wrong, the answer is the same.
    SignInAtDoor = "sign_in" {
        /// Name of the account.
        name: String,
        /// Its password.
        password: String,
        /// Six digits of the authenticator app, or a recovery code.
        code: String,
    } => Mine
}

question! {
    /// Somebody is at the page: what is idle is signed out.
    Stay = "stay" {} => ()
}

question! {
    /// Signs out this browser.
    EndSession = "sign_out" {} => ()
}

question! {
    /// Signs out every browser of this account, this one too.
    EndEverywhere = "sign_out_everywhere" {} => ()
}

question! {
    /// The open sessions of this account.
    AskSessions = "sessions" {} => Vec<OpenSession>
}

question! {
    /// Opens a set-up link: what goes into the authenticator app is made anew each time.
    BeginSetUp = "begin_set_up" {
        /// The code of the link.
        link: String,
    } => SettingUp
}

question! {
    /// Ends a set-up: the password, and one code as a proof that the app has the secret. The link is then used up.
    SetUp = "set_up" {
        /// The code of the link.
        link: String,
        /// The password.
        password: String,
        /// Six digits of the app.
        code: String,
    } => Recovery
}

question! {
    /// Another password. Every other browser of the account is signed out.
    ChangePassword = "change_password" {
        /// The password of now.
        password: String,
        /// Six digits, or a recovery code.
        code: String,
        /// The one to come.
        new: String,
    } => ()
}

question! {
    /// Begins with another authenticator app; the one of before counts until the new one has shown a code.
    BeginAuthenticator = "begin_authenticator" {
        /// The password.
        password: String,
        /// Six digits of the app of before, or a recovery code.
        code: String,
    } => Authenticator
}

question! {
    /// Uses the new authenticator app from now on, with recovery codes of its own. Every other browser of the account is signed out.
    TurnAuthenticator = "turn_authenticator" {
        /// Six digits of the new app.
        code: String,
    } => Recovery
}

/// Reply of [`AskWho`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The account, where somebody is signed in.
    pub mine: Option<Mine>,
}

/// The account somebody is signed in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub may: May,
    /// Recovery codes that are left.
    pub recovery_left: u32,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// Milliseconds since 1970 of the sign-in.
    pub begun_at: i64,
    /// Milliseconds since 1970 of the last act, to the minute.
    pub acted_at: i64,
    /// Browser and system as it says itself, in a few words.
    pub browser: String,
    /// It is the one that asks.
    pub own: bool,
}

/// What an authenticator app is given.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authenticator {
    /// The secret in letters and digits, in groups of four.
    pub letters: String,
    /// The address that the code holds (`otpauth://…`).
    pub address: String,
    /// Side of the code in modules, with the light ones around it.
    pub side: u32,
    /// Its dark modules as the path of an SVG of that size.
    pub path: String,
}

/// Without the secret.
impl std::fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authenticator")
    }
}

/// Reply of [`BeginSetUp`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingUp {
    /// Name of the account.
    pub name: String,
    /// What it may do.
    pub may: May,
    /// What the app is given.
    pub authenticator: Authenticator,
}

/// Codes for the day on which the app is lost. Shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Each works once.
    pub codes: Vec<String>,
}

/// Without the codes.
impl std::fmt::Debug for Recovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recovery")
    }
}
