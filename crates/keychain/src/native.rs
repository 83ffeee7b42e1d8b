//! The Keychain of macOS and the Credential Manager of Windows.

use crate::NAME;
#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
use keyring_core::api::CredentialStoreApi as _;
use keyring_core::{Entry, Error};
use std::collections::HashMap;
#[cfg(target_os = "windows")]
use windows_native_keyring_store::Store;

/// What is kept under the id of a node.
pub(crate) fn get(node: &str) -> Result<Option<Vec<u8>>, String> {
    match entry(node)?.get_secret() {
        Ok(secret) => Ok(Some(secret)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

/// Keeps a secret under the id of a node.
pub(crate) fn put(node: &str, secret: &[u8]) -> Result<(), String> {
    entry(node)?.set_secret(secret).map_err(|error| error.to_string())
}

fn entry(node: &str) -> Result<Entry, String> {
    let store = Store::new().map_err(|error| error.to_string())?;
    // Windows would hand it to the other computers of a domain.
    let here = HashMap::from([("persistence", "Local")]);
    let modifiers = cfg!(target_os = "windows").then_some(&here);
    store.build(NAME, node, modifiers).map_err(|error| error.to_string())
}
