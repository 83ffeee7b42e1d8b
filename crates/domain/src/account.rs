//! Accounts (帐号) of the people who come in by a browser from elsewhere: what they are called, what they may do, which passwords they may
//! choose, and what is asked at that door before anything else is.
//!
//! Accounts are of one headquarters and no facts. Left out: how passwords and codes are kept (`store`) and tried (`app`).

mod ask;
mod password;

pub use ask::{
    AskSessions, AskWho, Authenticator, BeginAuthenticator, BeginSetUp, ChangePassword, EndEverywhere, EndSession,
    Mine, OpenSession, Question, Recovery, SetUp, SettingUp, SignInAtDoor, Stay, TurnAuthenticator, Who,
};
pub use password::{LONGEST_PASSWORD, SHORTEST_PASSWORD, check_password};

use crate::envelope::Refusal;
use serde::{Deserialize, Serialize};

/// Header line (`meta`) of a page that was served to a browser from elsewhere: its door asks who one is.
pub const DOOR_MARK: &str = "jiangsai-door";
/// Code of the refusal to whoever is not signed in at that door.
pub const ACCOUNT_NEEDED: &str = "account-needed";
/// Longest name, in characters.
const LONGEST_NAME: usize = 40;

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum May {
    /// Look at everything, change nothing.
    Look,
    /// Everything that may be done at the computer itself. Where people sign in, their roles and PINs are asked besides.
    Work,
}

impl May {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Look, Self::Work];

    /// Its word in the database, on the command line and in locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::Work => "work",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|may| may.name() == word)
    }
}

/// A name as it is kept: without spaces around it.
///
/// # Errors
/// `account-name` where it is empty, longer than 40 characters, or holds signs that cannot be seen.
pub fn account_name(typed: &str) -> Result<String, Refusal> {
    let name = typed.trim();
    let seen = name.chars().all(|letter| !letter.is_control() && (letter == ' ' || !letter.is_whitespace()));
    if name.is_empty() || name.chars().count() > LONGEST_NAME || !seen {
        return Err(Refusal::new("account-name"));
    }
    Ok(name.to_owned())
}

/// A name as it is compared: two that differ in capital letters alone are one.
#[must_use]
pub fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_one_can_see_and_type() {
        assert_eq!(account_name(" 模拟管理员 ").unwrap(), "模拟管理员");
        assert_eq!(account_name("Li Hua").unwrap(), "Li Hua");
        for wrong in ["", "  ", "a\tb", "a\u{7}", &"长".repeat(41)] {
            assert_eq!(account_name(wrong).unwrap_err().code, "account-name", "{wrong:?}");
        }
        assert_eq!(folded(" LiHua"), folded("lihua"));
    }

    #[test]
    fn what_an_account_may_is_read_as_it_is_written() {
        for may in May::ALL {
            assert_eq!(May::named(may.name()), Some(may));
        }
        assert_eq!(May::named("all"), None);
    }
}
