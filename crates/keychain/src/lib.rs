//! The keychain of the system as a keeper of node keys: the Secret Service of a desktop on Linux (GNOME Keyring, KWallet), the Keychain on macOS, the
//! Credential Manager on Windows.
//!
//! What a key is, and when it moves, is said in the store. Nothing here waits longer than [`LONGEST`].
#![forbid(unsafe_code)]

#[cfg(target_os = "linux")]
mod bus;
#[cfg(any(target_os = "macos", target_os = "windows"))]
mod native;

#[cfg(target_os = "linux")]
use bus as system;

use jiangsai_store::{KeeperFault, KeyKeeper, Keychain};
#[cfg(any(target_os = "macos", target_os = "windows"))]
use native as system;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Longest time for the keychain to answer; a person may be typing its password meanwhile.
pub const LONGEST: Duration = Duration::from_secs(60);
/// Variable that, set to `file`, has keys stay in files: for tests, and for who wants that.
pub const FORCE: &str = "JIANGSAI_KEY";
/// What entries of ours are called beside those of other programs.
const NAME: &str = "jiangsai";

/// For the desktop application: keys move into the keychain, where the system has one.
#[must_use]
pub fn keeps() -> Keychain {
    here().map_or(Keychain::None, Keychain::Keeps)
}

/// For programs without a window: a key that the desktop application moved into the keychain is read there.
#[must_use]
pub fn reads() -> Keychain {
    here().map_or(Keychain::None, Keychain::Reads)
}

fn here() -> Option<Arc<dyn KeyKeeper>> {
    let forced = std::env::var(FORCE).is_ok_and(|wanted| wanted == "file");
    if forced || !is_here() {
        return None;
    }
    Some(Arc::new(System))
}

/// Can there be a keychain? On Linux it is behind the bus of a session that somebody is signed in to: a service has none.
#[cfg(target_os = "linux")]
fn is_here() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    set("DBUS_SESSION_BUS_ADDRESS").is_some()
        || set("XDG_RUNTIME_DIR").is_some_and(|dir| std::path::Path::new(&dir).join("bus").exists())
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn is_here() -> bool {
    true
}

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
fn is_here() -> bool {
    false
}

/// No keychain is known on this system.
#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
mod system {
    pub(crate) fn get(_: &str) -> Result<Option<Vec<u8>>, String> {
        Err("no keychain".to_owned())
    }

    pub(crate) fn put(_: &str, _: &[u8]) -> Result<(), String> {
        Err("no keychain".to_owned())
    }
}

/// The one of this system.
#[derive(Debug)]
struct System;

impl KeyKeeper for System {
    fn get(&self, node: &str) -> Result<Option<Vec<u8>>, KeeperFault> {
        let node = node.to_owned();
        bounded(LONGEST, move || system::get(&node))
    }

    fn put(&self, node: &str, seed: &[u8; 32]) -> Result<(), KeeperFault> {
        let (node, seed) = (node.to_owned(), *seed);
        bounded(LONGEST, move || system::put(&node, &seed))
    }
}

/// Does it on a thread of its own, and gives up after a while: what comes too late is lost.
fn bounded<T: Send + 'static>(
    longest: Duration,
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, KeeperFault> {
    let (done, answer) = channel();
    std::thread::spawn(move || {
        // Nobody waits any more.
        let _ = done.send(work());
    });
    match answer.recv_timeout(longest) {
        Ok(answered) => answered.map_err(KeeperFault),
        Err(RecvTimeoutError::Timeout) => Err(KeeperFault("no answer".to_owned())),
        Err(RecvTimeoutError::Disconnected) => Err(KeeperFault("it broke off".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keychain_that_never_answers_is_given_up_and_one_that_breaks_off_is_said() {
        let (never, silent) = channel::<()>();
        let waited = bounded(Duration::from_millis(1), move || silent.recv().map_err(|error| error.to_string()));
        assert_eq!(waited, Err(KeeperFault("no answer".to_owned())));
        drop(never);
        let broke = bounded(LONGEST, || -> Result<(), String> { std::panic::resume_unwind(Box::new(())) });
        assert_eq!(broke, Err(KeeperFault("it broke off".to_owned())));
        assert_eq!(bounded(LONGEST, || Ok(7)), Ok(7));
        assert_eq!(bounded(LONGEST, || Err::<(), _>("locked".to_owned())), Err(KeeperFault("locked".to_owned())));
    }
}
