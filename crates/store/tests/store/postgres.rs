//! The suite on PostgreSQL.
#![cfg(unix)]

use crate::sample::{AT, founder, holds, mark};
use crate::server::Server;
use crate::suite;
use jiangsai_ledger::Hash;
use jiangsai_store::{Accounts, Store, StoreError};
use sea_orm::{ConnectionTrait, Database};

#[tokio::test]
async fn everything_on_postgres() {
    let Some(server) = Server::start() else { return };
    let url = server.database("everything").await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_postgres(&url, folder.path()).await.unwrap();
    suite::everything(store, async |store: Store| {
        let dir = store.dir().to_owned();
        store.close().await.unwrap();
        Store::open_postgres(&url, &dir).await.unwrap()
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_build_is_refused() {
    let Some(server) = Server::start() else { return };
    let url = server.database("newer").await;
    let folder = tempfile::tempdir().unwrap();
    Store::open_postgres(&url, folder.path()).await.unwrap().close().await.unwrap();
    let database = Database::connect(&url).await.unwrap();
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_later', 0)";
    database.execute_unprepared(newer).await.unwrap();
    database.close().await.unwrap();
    let refused = Store::open_postgres(&url, folder.path()).await.unwrap_err();
    assert_eq!(refused.code(), "newer", "{refused}");
}

/// What is about persons is kept and erased there as in a file.
#[tokio::test]
async fn erasures_travel_through_a_server() {
    let Some(server) = Server::start() else { return };
    let url = server.database("erasing").await;
    let folder = tempfile::tempdir().unwrap();
    let above = crate::erasing::with_kinds(Store::open_postgres(&url, folder.path()).await.unwrap());
    crate::erasing::travels(&above).await;
    above.close().await.unwrap();
    let database = Database::connect(&url).await.unwrap();
    let asked = "SELECT (SELECT COUNT(*) FROM body_key) AS keys, \
                 (SELECT COUNT(*) FROM record WHERE position('13900001234'::bytea IN body) > 0) AS open";
    let asked = sea_orm::Statement::from_string(sea_orm::DatabaseBackend::Postgres, asked);
    let row = database.query_one_raw(asked).await.unwrap().unwrap();
    assert_eq!((row.try_get::<i64>("", "keys").unwrap(), row.try_get::<i64>("", "open").unwrap()), (0, 0));
    database.close().await.unwrap();
}

/// What is carried without being read lies and goes on there as in a file.
#[tokio::test]
async fn a_box_is_carried_through_a_server() {
    let Some(server) = Server::start() else { return };
    let url = server.database("boxed").await;
    let folder = tempfile::tempdir().unwrap();
    let carrier = crate::boxed::with_kinds(Store::open_postgres(&url, folder.path()).await.unwrap());
    crate::boxed::is_carried(&carrier).await;
    carrier.close().await.unwrap();
}

/// Whether a competition is whole there is looked up in the headers, as in a file.
#[tokio::test]
async fn a_competition_is_held_whole_or_as_a_part_on_a_server() {
    let Some(server) = Server::start() else { return };
    let url = server.database("parts").await;
    let folder = tempfile::tempdir().unwrap();
    let above = Store::open_postgres(&url, folder.path()).await.unwrap();
    crate::parts::whole_or_part(&above).await;
    above.close().await.unwrap();
}

/// Two instances on one server, each with a folder of its own: the accounts are the same, once both have the file they are kept with.
#[tokio::test]
async fn two_instances_have_the_same_accounts() {
    let Some(server) = Server::start() else { return };
    let url = server.database("accounts").await;
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Store::open_postgres(&url, one.path()).await.unwrap();
    let second = Store::open_postgres(&url, two.path()).await.unwrap();
    crate::accounts::set_up(&first.accounts(), "one", 1).await;
    assert!(second.accounts().session(&[1; 32]).await.unwrap().is_some(), "a session counts at both");
    let missing = second.accounts().check_secret().await;
    assert!(matches!(missing, Err(StoreError::AccountsKey)), "{missing:?}");
    std::fs::copy(one.path().join("accounts.key"), two.path().join("accounts.key")).unwrap();
    second.accounts().check_secret().await.unwrap();
    second.accounts().end_sessions("one").await.unwrap();
    assert_eq!(first.accounts().session(&[1; 32]).await.unwrap(), None, "and ends at both at once");
    let beside = Accounts::beside_on_server(&url, one.path()).await.unwrap();
    beside.remove("one").await.unwrap();
    assert!(second.accounts().list().await.unwrap().is_empty());
    first.close().await.unwrap();
    second.close().await.unwrap();
}

/// Two nodes on one server, each with a folder and a log of its own.
#[tokio::test]
async fn two_nodes_write_to_one_scope() {
    let Some(server) = Server::start() else { return };
    let url = server.database("two_nodes").await;
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Store::open_postgres(&url, one.path()).await.unwrap();
    let second = Store::open_postgres(&url, two.path()).await.unwrap();
    let (scope, _) = first.create_scope(founder(), Vec::new(), AT).await.unwrap();
    let several = (0..40).map(|number| {
        let store = if number % 2 == 0 { &first } else { &second };
        store.append(scope, vec![mark(number)], AT)
    });
    let appended = futures::future::try_join_all(several).await.unwrap();
    let hashes: Vec<Hash> = appended.iter().flatten().map(|one| one.hash).collect();
    holds(&second, scope, &hashes).await.unwrap();
    assert_eq!(first.verify_scope(scope).await.unwrap().logs, 2, "a log for each node");
    for (store, language, pin) in [(&first, "en", "1111"), (&second, "zh-CN", "2468")] {
        store.set_setting("language", language).await.unwrap();
        store.pin_set(scope, "judge-1", pin).await.unwrap();
    }
    assert_eq!(first.setting("language").await.unwrap().as_deref(), Some("en"), "settings are of one computer");
    assert!(first.pin_check(scope, "judge-1", "1111").await.unwrap(), "and so are PINs");
    assert!(second.pin_check(scope, "judge-1", "2468").await.unwrap());
    assert_eq!(first.other_owner().await.unwrap(), None, "the first that opened it");
    assert_eq!(second.other_owner().await.unwrap(), Some(first.node()), "another key, which can be told");
    assert_eq!(first.incarnation().await.unwrap(), second.incarnation().await.unwrap(), "the database is one");
    let orders: std::collections::BTreeSet<u64> = appended.iter().flatten().map(|one| one.order).collect();
    assert_eq!(orders.len(), 40, "no two at the same place");
    first.close().await.unwrap();
    second.close().await.unwrap();
}

/// Two instances with one key: they are one node, and write one log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_instances_of_one_node_write_one_log() {
    let Some(server) = Server::start() else { return };
    let url = server.database("one_node").await;
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Store::open_postgres(&url, one.path()).await.unwrap();
    std::fs::copy(one.path().join("node.key"), two.path().join("node.key")).unwrap();
    let second = Store::open_postgres(&url, two.path()).await.unwrap();
    assert_eq!((second.node(), second.other_owner().await.unwrap()), (first.node(), None));
    let (scope, _) = first.create_scope(founder(), Vec::new(), AT).await.unwrap();
    let mut heard = second.watch().await.unwrap().unwrap();
    let several = (0..40).map(|number| {
        let store = if number % 2 == 0 { &first } else { &second };
        store.append(scope, vec![mark(number)], AT)
    });
    let appended = futures::future::try_join_all(several).await.unwrap();
    let hashes: Vec<Hash> = appended.iter().flatten().map(|one| one.hash).collect();
    assert_eq!(heard.next().await.unwrap(), [scope], "the other is told");
    for store in [&first, &second] {
        assert_eq!(holds(store, scope, &hashes).await, Ok(42), "the opening, the founder and every mark, once");
        assert_eq!(store.verify_scope(scope).await.unwrap().logs, 1);
    }
    drop(heard);
    first.close().await.unwrap();
    second.close().await.unwrap();
}

/// Desks on SQLite, headquarters on PostgreSQL.
#[tokio::test]
async fn between_a_desk_and_a_headquarters_on_postgres() {
    let Some(server) = Server::start() else { return };
    let url = server.database("above").await;
    let folder = tempfile::tempdir().unwrap();
    let above = Store::open_postgres(&url, folder.path()).await.unwrap();
    crate::replicate::everything(&above).await;
    above.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_nodes_at_once() {
    let Some(server) = Server::start() else { return };
    let url = server.database("many").await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_postgres(&url, folder.path()).await.unwrap();
    crate::replicate::many_at_once(&store).await;
    store.close().await.unwrap();
}
