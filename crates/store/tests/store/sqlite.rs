//! The suite on SQLite.

use crate::sample::{AT, founder};
use crate::suite;
use jiangsai_store::Store;

#[tokio::test]
async fn everything_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    suite::everything(store, async |store: Store| {
        let dir = store.dir().to_owned();
        store.close().await.unwrap();
        Store::open(&dir).await.unwrap()
    })
    .await;
}

#[tokio::test]
async fn no_key_is_in_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (scope, _) = store.create_scope(founder(), Vec::new(), AT).await.unwrap();
    store.pin_set(scope, "judge-1", "2468").await.unwrap();
    store.close().await.unwrap();
    let seed = hex::decode(std::fs::read_to_string(folder.path().join("node.key")).unwrap()).unwrap();
    let database = std::fs::read(folder.path().join("jiangsai.db")).unwrap();
    for secret in [seed.as_slice(), hex::encode(&seed).as_bytes()] {
        assert!(!database.windows(secret.len()).any(|bytes| bytes == secret), "the node's seed");
    }
}
