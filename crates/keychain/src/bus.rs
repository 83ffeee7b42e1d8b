//! The Secret Service of a desktop session on Linux, over D-Bus.

use crate::{LONGEST, NAME};
use secret_service::{EncryptionType, Error, Item, SecretService};
use std::collections::HashMap;
use std::future::Future;

/// What is kept under the id of a node. A locked keychain asks the person for its password.
pub(crate) fn get(node: &str) -> Result<Option<Vec<u8>>, String> {
    wait(async {
        let service = SecretService::connect(EncryptionType::Dh).await?;
        let found = service.search_items(named(node)).await?;
        let locked: Vec<&Item<'_>> = found.locked.iter().collect();
        if found.unlocked.is_empty() && !locked.is_empty() {
            service.unlock_all(&locked).await?;
        }
        match found.unlocked.iter().chain(locked).next() {
            Some(item) => Ok(Some(item.get_secret().await?)),
            None => Ok(None),
        }
    })
}

/// Keeps a secret under the id of a node, in the collection that the desktop opens when somebody signs in.
pub(crate) fn put(node: &str, secret: &[u8]) -> Result<(), String> {
    wait(async {
        let service = SecretService::connect(EncryptionType::Dh).await?;
        let collection = service.get_default_collection().await?;
        if collection.is_locked().await? {
            collection.unlock().await?;
        }
        let short: String = node.chars().take(8).collect();
        let label = format!("匠赛 Jiangsai: {short}");
        collection.create_item(&label, named(node), secret, true, "application/octet-stream").await.map(drop)
    })
}

fn named(node: &str) -> HashMap<&str, &str> {
    HashMap::from([("application", NAME), ("node", node)])
}

/// Does it on a runtime of its own: what it leaves behind ends with it.
fn wait<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, String> {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = built.map_err(|error| error.to_string())?;
    let done = runtime.block_on(async { tokio::time::timeout(LONGEST, work).await });
    done.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}
