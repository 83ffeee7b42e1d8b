//! The data folder in trouble: held by somebody else, written by a newer build, read-only, not a database.

use crate::child::{Work, command};
use crate::sample::{AT, founder, holds, mark};
use jiangsai_ledger::ScopeId;
use jiangsai_ledger::replication::Reads;
use jiangsai_store::{Store, StoreError};
use sea_orm::{ConnectionTrait, SqlxSqliteConnector, sqlx};
use std::path::Path;

async fn founded(dir: &Path) -> ScopeId {
    let store = Store::open(dir).await.unwrap();
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    store.close().await.unwrap();
    scope
}

/// Lines of a child that opens the folder.
fn lines(mut command: std::process::Command) -> Vec<String> {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.lines().filter(|line| line.starts_with("open ") || line.starts_with("write ")).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_folder_is_held_by_one_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let second = Store::open(folder.path()).await;
    assert!(matches!(second, Err(StoreError::InUse)), "the same process: {second:?}");
    let exe = std::env::current_exe().unwrap();
    assert_eq!(lines(command(&exe, Work::Open, folder.path(), None)), ["open in-use"], "another process");
    store.close().await.unwrap();
    assert_eq!(lines(command(&exe, Work::Open, folder.path(), None)), ["open ok"], "free again");
}

#[tokio::test]
async fn any_name_of_a_folder_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let name = if cfg!(windows) { "比赛 #1 100%" } else { "比赛 #1 100%?mode=memory" };
    let dir = folder.path().join(name).join("数据");
    founded(&dir).await;
    assert!(dir.join("jiangsai.db").is_file(), "in that very folder");
    assert_eq!(Store::open(&dir).await.unwrap().scopes().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_database_of_a_newer_build_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let scope = founded(folder.path()).await;
    let path = folder.path().join("jiangsai.db");
    let change = async |statement| {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        let database = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
        database.execute_unprepared(statement).await.unwrap();
        database.close().await.unwrap();
    };
    change("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_later', 0)").await;
    let before = std::fs::read(&path).unwrap();
    let refused = Store::open(folder.path()).await.unwrap_err();
    assert_eq!((refused.code(), refused.args()), ("newer", vec![("found".into(), "m20991231_later".into())]));
    assert_eq!(std::fs::read(&path).unwrap(), before, "not a byte is changed");
    change("DELETE FROM seaql_migrations WHERE version = 'm20991231_later'").await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(holds(&store, scope, &[]).await, Ok(3), "the opening and both facts");
    store.close().await.unwrap();
}

/// A folder of before replication: its records get their cursors, its log goes on, and its settings and PINs get their node.
#[tokio::test]
async fn a_folder_of_before_replication_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let scope = founded(folder.path()).await;
    let store = Store::open(folder.path()).await.unwrap();
    store.set_setting("language", "en").await.unwrap();
    store.pin_set(scope, "judge-1", "2468").await.unwrap();
    store.close().await.unwrap();
    let path = folder.path().join("jiangsai.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let database = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    for statement in [
        "DROP TABLE apart",
        "DROP TABLE receipt",
        "DROP TABLE link",
        "DROP TABLE peer",
        "DROP TABLE pairing_code",
        "DROP INDEX record_withheld",
        "DROP INDEX record_boxed",
        "DROP INDEX record_accepted",
        "ALTER TABLE record DROP COLUMN accepted",
        "ALTER TABLE scope DROP COLUMN head",
        "ALTER TABLE scope DROP COLUMN part",
        "ALTER TABLE log DROP COLUMN closed",
        "DROP TABLE adoption",
        "ALTER TABLE competition_index DROP COLUMN place",
        "ALTER TABLE competition_index DROP COLUMN level",
        "ALTER TABLE competition_index DROP COLUMN host",
        "DROP TABLE held",
        "DROP TABLE revoked",
        "DROP TABLE attachment",
        "DROP TABLE attachment_key",
        "DROP TABLE body_key",
        "DROP TABLE erased",
        "DROP TABLE account",
        "DROP TABLE account_recovery",
        "DROP TABLE account_session",
        "DROP TABLE account_guess",
        "DELETE FROM seaql_migrations WHERE version >= 'm20261125_sync'",
    ] {
        database.execute_unprepared(statement).await.unwrap();
    }
    database.close().await.unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let all = jiangsai_ledger::replication::Pull::after(scope, 0, 99);
    let (runs, cursor, _) = store.accepted_after(&all, Reads::Everything).await.unwrap();
    assert_eq!((runs.len(), runs[0].records.len(), cursor), (1, 3, 3), "one run, a cursor for each record");
    let before = store.heads(scope).await.unwrap();
    store.append(scope, vec![mark(9)], AT).await.unwrap();
    assert!(store.heads(scope).await.unwrap().keys().eq(before.keys()), "the same log goes on");
    assert_eq!(holds(&store, scope, &[]).await, Ok(4), "and verifies");
    assert_eq!(store.setting("language").await.unwrap().as_deref(), Some("en"), "a setting of this node");
    assert!(store.pin_check(scope, "judge-1", "2468").await.unwrap(), "and a PIN");
    store.close().await.unwrap();
}

#[tokio::test]
async fn what_is_not_a_database_or_not_a_key_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("jiangsai.db"), b"something else entirely ".repeat(400)).unwrap();
    let refused = Store::open(folder.path()).await.unwrap_err();
    assert_eq!(refused.code(), "corrupt", "{refused}");
    let left = std::fs::read(folder.path().join("jiangsai.db")).unwrap();
    assert_eq!(left, b"something else entirely ".repeat(400), "not a byte is changed");
    std::fs::write(folder.path().join("node.key"), "not a key").unwrap();
    let refused = Store::open(folder.path()).await.unwrap_err();
    assert_eq!(refused.code(), "corrupt", "{refused}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    fn set_mode(path: &Path, mode: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    #[tokio::test]
    async fn the_key_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        founded(folder.path()).await;
        let mode = std::fs::metadata(folder.path().join("node.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[tokio::test]
    async fn a_folder_that_is_made_and_a_backup_are_their_owners_alone() {
        let outer = tempfile::tempdir().unwrap();
        let dir = outer.path().join("data");
        let store = Store::open(&dir).await.unwrap();
        let place = outer.path().join("backups");
        let backup = store.backup(&place, "one", crate::backup::about(AT)).await.unwrap().path;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&dir), mode(&place), mode(&backup)), (0o700, 0o700, 0o700));
        for file in std::fs::read_dir(&backup).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
        let again = store.backup(&place, "one", crate::backup::about(AT)).await.unwrap().path;
        assert_ne!(again, backup, "what is there is not written over");
        store.close().await.unwrap();
        set_mode(&dir, 0o750);
        Store::open(&dir).await.unwrap().close().await.unwrap();
        assert_eq!(mode(&dir), 0o750, "whoever opened it to others meant it");
    }

    /// Root may write anywhere, so the child that meets closed doors is nobody in particular.
    fn nobody(command: &mut std::process::Command, dir: &Path) {
        let id = std::process::Command::new("id").arg("-u").output().unwrap();
        if id.stdout.starts_with(b"0\n") {
            for entry in std::fs::read_dir(dir).unwrap() {
                std::os::unix::fs::chown(entry.unwrap().path(), Some(65_534), Some(65_534)).unwrap();
            }
            std::os::unix::fs::chown(dir, Some(65_534), Some(65_534)).unwrap();
            command.uid(65_534).gid(65_534);
        }
    }

    /// The binary where anybody may run it.
    fn reachable(outer: &Path) -> std::path::PathBuf {
        set_mode(outer, 0o755);
        let exe = outer.join("child");
        std::fs::copy(std::env::current_exe().unwrap(), &exe).unwrap();
        set_mode(&exe, 0o755);
        exe
    }

    #[tokio::test]
    async fn what_cannot_be_written_to_is_said() {
        let outer = tempfile::tempdir().unwrap();
        let exe = reachable(outer.path());
        for closed in ["folder", "lock", "database", "all"] {
            let dir = outer.path().join(closed);
            let scope = founded(&dir).await;
            let mut child = command(&exe, Work::Open, &dir, Some(scope));
            nobody(&mut child, &dir);
            match closed {
                "folder" => set_mode(&dir, 0o555),
                "lock" => set_mode(&dir.join("lock"), 0o444),
                "database" => set_mode(&dir.join("jiangsai.db"), 0o444),
                _ => {
                    set_mode(&dir.join("jiangsai.db"), 0o444);
                    set_mode(&dir.join("lock"), 0o444);
                    set_mode(&dir, 0o555);
                }
            }
            let said = lines(child);
            set_mode(&dir, 0o755);
            let refused = said.last().is_some_and(|last| last == "open read-only" || last == "write read-only");
            assert!(refused, "{closed} closed: {said:?}");
        }
    }
}
