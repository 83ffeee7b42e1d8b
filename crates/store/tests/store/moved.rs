//! A database server backed up into a file and restored out of one: row for row, one moment, nothing half-applied, and who was erased stays erased.
#![cfg(unix)]

use crate::backup::about;
use crate::erasing::{erased, form, with_kinds};
use crate::sample::{AT, founder, holds, large, mark};
use crate::server::Server;
use jiangsai_ledger::{Hash, ScopeId};
use jiangsai_store::{Backup, EmptyServer, Store, StoreError, list_backups, prove_backup};
use sea_orm::{ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, Statement};
use std::path::Path;
use std::task::Poll;

/// Tables whose rows a restore changes: logs are closed, and the incarnation is new.
const CHANGED: [&str; 2] = ["log", "setting"];
/// Tables that are not restored.
const LEFT: [&str; 4] = ["snapshot", "pairing_code", "account_session", "account_guess"];

async fn opened(url: &str, dir: &Path) -> Store {
    with_kinds(Store::open_postgres(url, dir).await.unwrap())
}

/// Every row of a table as text, in one order; of a migration without when it was done, as each database does its own.
async fn rows(database: &DatabaseConnection, table: &str) -> Vec<String> {
    let asked = format!("SELECT (to_jsonb(own) - 'applied_at')::text FROM \"{table}\" AS own ORDER BY 1");
    let rows = database.query_all_raw(Statement::from_string(DatabaseBackend::Postgres, asked)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// The tables that there are.
async fn tables(url: &str) -> Vec<String> {
    let database = Database::connect(url).await.unwrap();
    let asked = "SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = 'public' ORDER BY 1";
    let rows = database.query_all_raw(Statement::from_string(DatabaseBackend::Postgres, asked)).await.unwrap();
    database.close().await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Restores a backup into the staging folder of an empty server, as the program does.
async fn stage(server: &EmptyServer, backup: &Path) {
    let staging = server.staging().await.unwrap();
    let beside = with_kinds(Store::open(&staging).await.unwrap());
    let staged = beside.stage(backup).await.unwrap();
    beside.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    beside.close().await.unwrap();
}

async fn restored(url: &str, dir: &Path, backup: &Path) -> Store {
    let server = EmptyServer::open(url, dir).await.unwrap();
    stage(&server, backup).await;
    server.fill().await.unwrap();
    server.discard().await.unwrap();
    assert!(!dir.join(".server-restore").exists(), "what opens names is gone");
    opened(url, dir).await
}

/// Values that a copy might lose: nothing, no bytes, bytes of every kind, true and false, large and negative numbers.
const ODD: [&str; 14] = [
    r"INSERT INTO peer (key, name, paired_at, reads) VALUES ('aa', '模拟甲', -9223372036854775808, 'everything')",
    r"INSERT INTO peer (key, name, paired_at, seen_at, reads, through, node, revoked_at) VALUES ('bb', '', 9223372036854775807, 0, 'judges-desk', 'aa', 'node', 7)",
    r"INSERT INTO held VALUES ('bb', '\x00ff', 3, NULL), ('bb', '\x01', 3, -1)",
    r"INSERT INTO apart (hash, scope, log, seq, header, salt, body, signature, first, adopted) VALUES ('\x01', '\x02', '\x', 0, '\x00', '\x', '\x', NULL, NULL, true)",
    r"INSERT INTO apart (hash, scope, log, seq, header, salt, body, signature, first, adopted) VALUES ('\x03', '\x02', '\x04', 5, '\x27225c', '\x0d0a', '\x7b7d', '\xff', 5, false)",
    r"INSERT INTO adoption VALUES ('\x05'), ('\x06')",
    r"INSERT INTO competition_index (scope, title, date, place, level, host, entries, synthetic, changed_at) VALUES (decode(repeat('02', 32), 'hex'), '“模拟”''\', '', '', '', '', -1, false, 0)",
    r"INSERT INTO competition_index (scope, title, date, place, level, host, entries, synthetic, changed_at) VALUES (decode(repeat('03', 32), 'hex'), E'\n\t', '2026-01-01', 'a', 'b', 'c', 9223372036854775807, true, 1)",
    r"INSERT INTO link (scope, upstream, incarnation, cursor, head, root) VALUES ('\x02', '\x01', '\x00', 1, NULL, '\x00')",
    r"INSERT INTO receipt (scope, log, issuer, incarnation, seq, head, at, signature) VALUES ('\x02', '\x01', '\x00', '\x', 1, '\x01', 2, '\x03')",
    r"INSERT INTO revoked VALUES ('\x02', 'node')",
    r"INSERT INTO pairing_code VALUES ('cc', 9, 'everything')",
    r"INSERT INTO attachment VALUES ('\x', 'template', '\x000102')",
    r"INSERT INTO account (id, name, folded, may, kept_with, step) VALUES ('two', '模拟乙', 'two', 'work', 'x', -3)",
];

/// A server with rows in every table, and some more than go at once.
async fn filled(url: &str, dir: &Path) -> (Store, ScopeId) {
    let store = opened(url, dir).await;
    let (scope, _) = store.create_scope(founder(), (0..1_200).map(mark).collect(), AT).await.unwrap();
    store.append(scope, (0..300).map(|number| large(number, 20_000)).collect(), AT).await.unwrap();
    store.append(scope, vec![form("模拟丁", "999999199003071111", "13900009999"), mark(3)], AT).await.unwrap();
    store.attachment_put_closed(Some(scope), &format!("scan/{}", "bb".repeat(32)), b"picture".to_vec()).await.unwrap();
    store.set_setting("language", "en").await.unwrap();
    store.pin_set(scope, "judge-1", "2468").await.unwrap();
    crate::accounts::set_up(&store.accounts(), "one", 1).await;
    let database = Database::connect(url).await.unwrap();
    for statement in ODD {
        database.execute_unprepared(statement).await.unwrap();
    }
    database.close().await.unwrap();
    (store, scope)
}

#[tokio::test]
async fn a_server_comes_back_row_for_row_as_another_store() {
    let Some(server) = Server::start() else { return };
    let (before, after) = (server.database("before").await, server.database("after").await);
    let [here, there, place] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let (store, scope) = filled(&before, here.path()).await;
    let backup = store.backup(place.path(), "one", about(AT)).await.unwrap();
    assert!(!here.path().join(".server-copy").exists(), "the copy of the server is gone");
    assert_eq!(
        backup.manifest.as_ref().unwrap().heads,
        store.heads_digest().await.unwrap(),
        "one name for the same ends"
    );
    prove_backup(&backup).await.unwrap();

    let again = restored(&after, there.path(), &backup.path).await;
    assert_eq!(again.node(), store.node(), "it is that node now");
    assert_ne!(again.incarnation().await.unwrap(), store.incarnation().await.unwrap(), "but another store");
    assert_eq!(again.other_owner().await.unwrap(), None);
    let (one, two) = (Database::connect(&before).await.unwrap(), Database::connect(&after).await.unwrap());
    let all = tables(&before).await;
    assert_eq!(tables(&after).await, all);
    for table in all.iter().map(String::as_str).filter(|table| !CHANGED.contains(table) && !LEFT.contains(table)) {
        let (was, is) = (rows(&one, table).await, rows(&two, table).await);
        assert!(!was.is_empty() || table == "erased", "{table} has rows to compare");
        assert_eq!(is, was, "{table}");
    }
    let closed = rows(&one, "log")
        .await
        .iter()
        .map(|row| row.replace("\"closed\": false", "\"closed\": true"))
        .collect::<Vec<_>>();
    assert_eq!(rows(&two, "log").await, closed, "logs are closed, so that nothing forks");
    for table in LEFT {
        assert_eq!(rows(&two, table).await, Vec::<String>::new(), "{table} is not valid twice");
    }
    one.close().await.unwrap();
    two.close().await.unwrap();
    assert_eq!(again.read(scope).await.unwrap(), store.read(scope).await.unwrap(), "every body opens");
    assert_eq!(again.setting("language").await.unwrap().as_deref(), Some("en"));
    assert!(again.pin_check(scope, "judge-1", "2468").await.unwrap());
    let secret = |dir: &tempfile::TempDir| std::fs::read(dir.path().join("accounts.key")).unwrap();
    assert_eq!(secret(&there), secret(&here), "what the accounts are kept with came along");
    let new = again.append(scope, vec![mark(9)], AT).await.unwrap();
    assert!(!store.heads(scope).await.unwrap().contains_key(&new[0].log), "what is written from now on begins a log");
    holds(&again, scope, &[new[0].hash]).await.unwrap();
    again.close().await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_file_goes_to_a_server_and_a_server_into_a_file() {
    let Some(server) = Server::start() else { return };
    let url = server.database("moved").await;
    let [desk, hq, other, place, back] = [(); 5].map(|()| tempfile::tempdir().unwrap());
    let store = with_kinds(Store::open(desk.path()).await.unwrap());
    let (scope, own) = store.create_scope(founder(), vec![form("模拟丁", "1", "2"), mark(1)], AT).await.unwrap();
    let backup = store.backup(place.path(), "one", about(AT)).await.unwrap();
    let moved = restored(&url, hq.path(), &backup.path).await;
    assert_eq!((moved.node(), moved.read(scope).await.unwrap()), (store.node(), store.read(scope).await.unwrap()));
    let backup = moved.backup(back.path(), "two", about(AT)).await.unwrap();
    let again = with_kinds(Store::open(other.path()).await.unwrap());
    let staged = again.stage(&backup.path).await.unwrap();
    again.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    assert_eq!(again.read(scope).await.unwrap(), store.read(scope).await.unwrap());
    holds(&again, scope, &own.iter().map(|one| one.hash).collect::<Vec<Hash>>()).await.unwrap();
    for store in [store, moved, again] {
        store.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_of_one_moment_beside_the_process_that_serves() {
    let Some(server) = Server::start() else { return };
    let url = server.database("serving").await;
    let [folder, place] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let store = opened(&url, folder.path()).await;
    let (scope, _) = store.create_scope(founder(), (0..600).map(mark).collect(), AT).await.unwrap();
    let second = Store::open_postgres(&url, folder.path()).await;
    assert!(matches!(second, Err(StoreError::InUse)), "the folder is held: {second:?}");
    let nobody = tempfile::tempdir().unwrap();
    assert!(Store::beside_on_server(&url, nobody.path()).await.is_err(), "a folder without the key makes none");
    assert!(!nobody.path().join("node.key").exists());
    let beside = with_kinds(Store::beside_on_server(&url, folder.path()).await.unwrap());
    let backups = async {
        for number in 0..3 {
            beside.backup(place.path(), &format!("b{number}"), about(AT + number)).await.unwrap();
        }
    };
    let writing = async {
        for number in 0.. {
            store.append(scope, vec![mark(number), large(number, 2_000)], AT).await.unwrap();
        }
    };
    tokio::select! { () = backups => {}, () = writing => {} }
    let found: Vec<Backup> = list_backups(place.path());
    assert_eq!(found.len(), 3);
    for backup in &found {
        prove_backup(backup).await.unwrap();
    }
    let counts: Vec<u64> = found.iter().map(|backup| backup.manifest.as_ref().unwrap().records).collect();
    assert!(counts[0] > counts[2], "writing went on, the newest first: {counts:?}");
    beside.close().await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn who_was_erased_is_not_back_with_the_backup_of_before() {
    let Some(server) = Server::start() else { return };
    let (before, after) = (server.database("before").await, server.database("after").await);
    let [here, there, place] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let store = opened(&before, here.path()).await;
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    let own = store.append(scope, vec![form("模拟甲乙丙", "123X", "13900001234"), mark(2)], AT).await.unwrap();
    store.append(scope, vec![form("模拟丁", "1", "2")], AT).await.unwrap();
    let scan = format!("scan/{}", "aa".repeat(32));
    store.attachment_put_closed(Some(scope), &scan, b"picture of 13900001234".to_vec()).await.unwrap();
    let backup = store.backup(place.path(), "month", about(AT)).await.unwrap();
    let key = jiangsai_store::keys_beside(&backup.path)[&own[0].hash.to_string()].clone();
    store.append(scope, vec![erased(&[own[0].hash], &["aa".repeat(32).as_str()])], AT).await.unwrap();
    assert!(store.scrub().await.unwrap(), "the file beside the backups is written again");

    let again = restored(&after, there.path(), &backup.path).await;
    let read = again.read(scope).await.unwrap();
    assert_eq!(read.iter().filter(|one| one.erased).map(|one| one.hash).collect::<Vec<_>>(), [own[0].hash]);
    assert!(read.iter().any(|one| one.fact["form"]["name"] == "模拟丁"), "everybody else is there by name");
    assert_eq!(again.attachment(Some(scope), &scan).await.unwrap(), None);
    assert_eq!(again.verify_scope(scope).await.unwrap().fault, None);
    // Neither the name nor the key is anywhere in the database, or beside the backups.
    let database = Database::connect(&after).await.unwrap();
    for table in ["record", "apart", "attachment", "body_key", "attachment_key", "setting"] {
        for row in rows(&database, table).await {
            for gone in [hex::encode("13900001234"), hex::encode("模拟甲乙丙"), key.clone()] {
                assert!(!row.contains(&gone), "{table}: {row}");
            }
        }
    }
    database.close().await.unwrap();
    assert!(!jiangsai_store::keys_beside(&backup.path).contains_key(&own[0].hash.to_string()));
    again.close().await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_database_in_which_something_is_is_left_alone() {
    let Some(server) = Server::start() else { return };
    let [folder, place] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let ours = server.database("ours").await;
    let (store, scope) = filled(&ours, folder.path()).await;
    let backup = store.backup(place.path(), "one", about(AT)).await.unwrap();
    store.close().await.unwrap();
    let foreign = server.database("strange").await;
    let database = Database::connect(&foreign).await.unwrap();
    database.execute_unprepared("CREATE TABLE something (a int)").await.unwrap();
    for url in [&ours, &foreign] {
        let fresh = tempfile::tempdir().unwrap();
        let refused = EmptyServer::open(url, fresh.path()).await;
        assert!(matches!(refused, Err(StoreError::NotEmpty)), "{refused:?}");
        assert_eq!(std::fs::read_dir(fresh.path()).unwrap().count(), 0, "not even a key was made");
    }
    database.execute_unprepared("DROP TABLE something").await.unwrap();
    // Somebody is faster.
    let fresh = tempfile::tempdir().unwrap();
    let late = EmptyServer::open(&foreign, fresh.path()).await.unwrap();
    let key = std::fs::read(fresh.path().join("node.key")).unwrap();
    stage(&late, &backup.path).await;
    database.execute_unprepared("CREATE TABLE something (a int)").await.unwrap();
    let refused = late.fill().await;
    assert!(matches!(refused, Err(StoreError::NotEmpty)), "{refused:?}");
    assert_eq!(tables(&foreign).await.len(), 1, "what was there, alone");
    late.discard().await.unwrap();
    assert_eq!(std::fs::read(fresh.path().join("node.key")).unwrap(), key, "nor did the key change");
    database.close().await.unwrap();
    let store = opened(&ours, folder.path()).await;
    holds(&store, scope, &[]).await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn an_interrupted_copy_leaves_nothing_and_can_be_begun_again() {
    let Some(server) = Server::start() else { return };
    let [folder, fresh, place] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let url = server.database("whole").await;
    let (store, scope) = filled(&url, folder.path()).await;
    let backup = store.backup(place.path(), "one", about(AT)).await.unwrap();
    let target = server.database("fresh").await;
    let empty = EmptyServer::open(&target, fresh.path()).await.unwrap();
    let key = std::fs::read(fresh.path().join("node.key")).unwrap();
    stage(&empty, &backup.path).await;
    // The source breaks in the middle of it: `scope` comes after `record`.
    let file = fresh.path().join(".server-restore").join("jiangsai.db");
    let staged = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    staged.execute_unprepared("ALTER TABLE scope RENAME TO hidden").await.unwrap();
    empty.fill().await.unwrap_err();
    assert_eq!(tables(&target).await, [""; 0], "not even a table");
    assert_eq!(std::fs::read(fresh.path().join("node.key")).unwrap(), key);
    assert!(!fresh.path().join("node.key.restored").exists());
    staged.execute_unprepared("ALTER TABLE hidden RENAME TO scope").await.unwrap();
    staged.close().await.unwrap();
    // And whoever fills goes away, sooner or later.
    for turns in [1, 10, 100, 400] {
        let mut filling = Box::pin(empty.fill());
        for _ in 0..turns {
            let turn =
                std::future::poll_fn(|context| Poll::Ready(matches!(filling.as_mut().poll(context), Poll::Ready(_))));
            assert!(!turn.await, "{turns}: it was not done yet");
            tokio::task::yield_now().await;
        }
        drop(filling);
        assert_eq!(tables(&target).await, [""; 0], "after {turns} turns");
    }
    empty.fill().await.unwrap();
    empty.discard().await.unwrap();
    let again = opened(&target, fresh.path()).await;
    assert_eq!(again.read(scope).await.unwrap(), store.read(scope).await.unwrap());
    again.close().await.unwrap();
    store.close().await.unwrap();
}

/// After the tables and before the key: as when the program is killed between the two.
#[tokio::test]
async fn the_key_of_a_backup_is_taken_up_when_the_server_is_opened() {
    let Some(server) = Server::start() else { return };
    let [folder, fresh, place] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let (store, _) = filled(&server.database("one").await, folder.path()).await;
    let backup = store.backup(place.path(), "one", about(AT)).await.unwrap();
    let url = server.database("two").await;
    let empty = EmptyServer::open(&url, fresh.path()).await.unwrap();
    let before = std::fs::read(fresh.path().join("node.key")).unwrap();
    stage(&empty, &backup.path).await;
    empty.fill().await.unwrap();
    drop(empty);
    std::fs::rename(fresh.path().join("node.key"), fresh.path().join("node.key.restored")).unwrap();
    std::fs::write(fresh.path().join("node.key"), before).unwrap();
    let again = opened(&url, fresh.path()).await;
    assert_eq!(again.node(), store.node());
    assert!(!fresh.path().join(".server-restore").exists(), "and what was left of the restore is thrown away");
    again.close().await.unwrap();
    store.close().await.unwrap();
}
