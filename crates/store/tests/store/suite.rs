//! What a store does, whichever database it stands on: the same checks for SQLite and PostgreSQL.

use crate::sample::{AT, founder, holds, large, mark};
use jiangsai_ledger::{Hash, LONGEST_BODY, ScopeId};
use jiangsai_store::{Covered, IndexRow, Store, StoreError};

/// All of it, on an empty database. `again` closes a store and opens the same one once more.
pub async fn everything<F: Future<Output = Store>>(store: Store, again: impl Fn(Store) -> F) {
    let scope = append_and_read(&store).await;
    all_or_none(&store, scope).await;
    tables(&store, scope).await;
    attachments(&store, scope).await;
    crate::accounts::everything(&store.accounts()).await;
    let before = store.read(scope).await.unwrap();
    let node = store.node().to_owned();
    let store = again(store).await;
    assert_eq!(store.node(), node, "the node keeps its id");
    assert_eq!(store.read(scope).await.unwrap(), before, "the same records after opening again");
    let more = store.append(scope, vec![mark(900)], AT).await.unwrap();
    let last = before.iter().map(|one| one.seq).max().unwrap();
    assert_eq!(more[0].seq, last + 1, "the same log goes on");
    kept(&store, scope).await;
    store.close().await.unwrap();
}

async fn append_and_read(store: &Store) -> ScopeId {
    let (scope, first) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    assert_eq!(first.len(), 2, "the founder and one more");
    let added = store.append(scope, vec![mark(2), mark(3)], AT + 1).await.unwrap();
    let read = store.read(scope).await.unwrap();
    let own: Vec<_> = read.iter().filter(|one| one.kind != "log.opened").cloned().collect();
    assert_eq!(own, [first, added.clone()].concat(), "what was answered is what is read, in display order");
    assert!(own.windows(2).all(|two| two[0].order < two[1].order), "display order rises");
    let head = store.head(scope).await.unwrap();
    let later = store.read_accepted(scope, head - 1).await.unwrap();
    assert_eq!(later, (added[1..].to_vec(), head), "only what was accepted after the cursor");
    assert_eq!(store.read_accepted(scope, head).await.unwrap(), (Vec::new(), head), "all of it is known");
    assert_eq!(store.scopes().await.unwrap(), vec![scope], "one scope");
    let (other, _) = store.create_scope(founder(), Vec::new(), AT).await.unwrap();
    assert_ne!(other, scope, "founding again founds another scope");
    let elsewhere = store.append(other, vec![mark(1)], AT).await.unwrap();
    assert_eq!(store.read(scope).await.unwrap(), read, "scopes do not see each other");
    assert_ne!(elsewhere[0].log, added[0].log, "a log belongs to one scope");
    holds(store, other, &[elsewhere[0].hash]).await.unwrap();
    scope
}

async fn all_or_none(store: &Store, scope: ScopeId) {
    let before = store.read(scope).await.unwrap();
    let refused = store.append(scope, vec![mark(10), large(11, LONGEST_BODY)], AT).await;
    assert!(matches!(refused, Err(StoreError::TooLarge(_))), "over the limit: {refused:?}");
    let nowhere = store.append(ScopeId::new(Hash::of(b"nowhere")), vec![mark(12)], AT).await;
    assert!(matches!(nowhere, Err(StoreError::UnknownScope)), "no such scope: {nowhere:?}");
    assert_eq!(store.read(scope).await.unwrap(), before, "nothing of a refused append is there");
    // More rows than one statement takes.
    let many = store.append(scope, (0..1_500).map(mark).collect(), AT).await.unwrap();
    assert_eq!(many.len(), 1_500, "all of them");
    assert!(many.windows(2).all(|two| two[0].order < two[1].order), "display order rises within one append");
    let last = before.iter().map(|one| one.order).max().unwrap();
    assert!(many[0].order > last, "and from one append to the next");
    let hashes: Vec<Hash> = many.iter().map(|one| one.hash).collect();
    holds(store, scope, &hashes).await.unwrap();
    // A task for each desk; they queue, none is refused and no number is given twice.
    let several = (0..20).map(|number| store.append(scope, vec![mark(number)], AT));
    let appended = futures::future::try_join_all(several).await.unwrap();
    let hashes: Vec<Hash> = appended.iter().flatten().map(|one| one.hash).collect();
    holds(store, scope, &hashes).await.unwrap();
}

async fn tables(store: &Store, scope: ScopeId) {
    assert_eq!(store.snapshot_load(scope, 1).await.unwrap(), None, "no snapshot yet");
    let first = store.read(scope).await.unwrap().remove(0);
    let covered = Covered { cursor: 9, heads: vec![(first.log, 7, first.hash)] };
    for state in [b"one".to_vec(), b"two".to_vec()] {
        store.snapshot_save(scope, 1, &covered, state).await.unwrap();
    }
    let loaded = store.snapshot_load(scope, 1).await.unwrap();
    assert_eq!(loaded, Some((covered, b"two".to_vec())), "the later in the place of the one before");
    assert_eq!(store.snapshot_load(scope, 2).await.unwrap(), None, "another fold made it");
    store.snapshot_drop(scope).await.unwrap();
    assert_eq!(store.snapshot_load(scope, 1).await.unwrap(), None, "thrown away");
    for entries in [1, 2] {
        let row = IndexRow {
            title: "焊工".into(),
            date: "2026-05-01".into(),
            level: "区级一类".into(),
            entries,
            synthetic: true,
            changed_at: AT,
            ..IndexRow::default()
        };
        store.index_put(scope, row).await.unwrap();
    }
    for value in ["en", "zh-CN"] {
        store.set_setting("language", value).await.unwrap();
    }
    for pin in ["1111", "2468"] {
        store.pin_set(scope, "judge-1", pin).await.unwrap();
    }
}

/// What [`tables`] wrote, after opening again.
async fn attachments(store: &Store, scope: ScopeId) {
    let large = vec![0xa5; 10 * 1024 * 1024];
    for (whose, name, bytes) in [
        (Some(scope), "b", b"first".to_vec()),
        (Some(scope), "a", large.clone()),
        (None, "b", b"of no scope".to_vec()),
        (Some(scope), "b", b"second".to_vec()),
    ] {
        store.attachment_put(whose, name, bytes).await.unwrap();
    }
    assert_eq!(store.attachment(Some(scope), "a").await.unwrap(), Some(large));
    assert_eq!(store.attachment(Some(scope), "b").await.unwrap().unwrap(), b"second", "the latest of a name");
    assert_eq!(store.attachment(None, "b").await.unwrap().unwrap(), b"of no scope", "and another of no scope");
    assert_eq!(store.attachment_names(Some(scope)).await.unwrap(), ["a", "b"]);
    store.attachment_drop(Some(scope), "a").await.unwrap();
    store.attachment_drop(Some(scope), "a").await.unwrap();
    assert_eq!(store.attachment(Some(scope), "a").await.unwrap(), None);
    assert_eq!(store.attachment_names(None).await.unwrap(), ["b"]);
}

async fn kept(store: &Store, scope: ScopeId) {
    let index = store.index_list().await.unwrap();
    assert_eq!(index.len(), 1, "one line for one competition");
    assert_eq!((index[0].0, index[0].1.title.as_str(), index[0].1.entries), (scope, "焊工", 2));
    assert_eq!(store.setting("language").await.unwrap().as_deref(), Some("zh-CN"));
    assert_eq!(store.setting("nothing").await.unwrap(), None);
    assert_eq!(store.pins(scope).await.unwrap(), ["judge-1"]);
    assert!(store.pin_check(scope, "judge-1", "2468").await.unwrap(), "the later PIN");
    assert!(!store.pin_check(scope, "judge-1", "1111").await.unwrap(), "no longer the one before");
    assert!(!store.pin_check(scope, "judge-2", "2468").await.unwrap(), "nobody's PIN");
}
