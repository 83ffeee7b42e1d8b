//! What is computed from the records is made again and compared: what somebody changed in it is found, said, and mended.

use super::{call, run};
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_domain::competition::{Competition, FOLD};
use jiangsai_ledger::ScopeId;
use jiangsai_store::{Covered, IndexRow, Store};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

async fn standings(data: &Path, competition: &str) -> Value {
    let app = App::open(data, Arc::new(SystemHost::new(None))).await.unwrap();
    let home = call(&app, "competition.home", json!({"competition": competition})).await;
    let Some(event) = home["events"][0][0].as_str() else { return Value::Null };
    call(&app, "standings.show", json!({"competition": competition, "event": event})).await
}

async fn founded(data: &Path) -> String {
    let app = App::open(data, Arc::new(SystemHost::new(None))).await.unwrap();
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    call(&app, "competitions.create", create).await.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_projection_and_a_snapshot_that_were_changed_are_found_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let competition = founded(folder.path()).await;
    let scope: ScopeId = competition.parse().unwrap();
    let before = standings(folder.path(), &competition).await;
    assert!(before.is_object());
    let sound = run("rebuild", folder.path(), &[]);
    assert!(sound.well && sound.out.contains(&format!("{competition}  ok")), "{}{}", sound.out, sound.err);
    assert!(sound.out.ends_with("1 competitions\n"), "{}", sound.out);

    let store = Store::open(folder.path()).await.unwrap();
    let line = store.index_list().await.unwrap().remove(0).1;
    let other = IndexRow { title: "别的".to_owned(), entries: 1, ..line.clone() };
    store.index_put(scope, other).await.unwrap();
    store.revoked_put(scope, &["nobody".to_owned()]).await.unwrap();
    // A state of nothing that says it is of everything.
    let mut ends = BTreeMap::new();
    for one in store.read(scope).await.unwrap() {
        let end = ends.entry(one.log).or_insert((one.seq, one.hash));
        *end = (*end).max((one.seq, one.hash));
    }
    let heads = ends.into_iter().map(|(log, (seq, head))| (log, seq, head)).collect();
    let covered = Covered { cursor: store.head(scope).await.unwrap(), heads };
    let empty = Competition::default().snapshot().unwrap();
    store.snapshot_save(scope, FOLD, &covered, empty).await.unwrap();
    store.close().await.unwrap();
    assert_ne!(standings(folder.path(), &competition).await, before, "the program believes it");

    let found = run("rebuild", folder.path(), &[]);
    assert!(found.well, "{}", found.err);
    let said = found.out.lines().find(|line| line.starts_with(&competition)).unwrap();
    for what in ["list", "revoked", "snapshot"] {
        assert!(said.contains(what), "{what}: {said}");
    }
    let again = run("rebuild", folder.path(), &[]);
    assert!(again.out.contains(&format!("{competition}  ok")), "mended: {}", again.out);
    assert_eq!(standings(folder.path(), &competition).await, before);
    let store = Store::open(folder.path()).await.unwrap();
    let mended = store.index_list().await.unwrap().remove(0).1;
    assert_eq!((mended.title, mended.entries), (line.title, line.entries));
    assert!(!store.is_revoked("nobody").await.unwrap(), "nobody is shut out by a line that no record says");
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_snapshot_that_cannot_be_read_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let competition = founded(folder.path()).await;
    let scope: ScopeId = competition.parse().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.snapshot_save(scope, FOLD, &Covered::default(), b"not a state".to_vec()).await.unwrap();
    store.close().await.unwrap();
    let found = run("rebuild", folder.path(), &[]);
    assert!(found.out.contains("snapshot"), "{}{}", found.out, found.err);
    let again = run("rebuild", folder.path(), &[]);
    assert!(again.out.contains(&format!("{competition}  ok")), "{}", again.out);
}
