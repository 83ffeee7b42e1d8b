//! Backups and going back to them, under faults: others writing meanwhile, kills, full and read-only places, cut and changed files.

use crate::child::{Work, command};
use crate::sample::{AT, founder, holds, large, mark};
use jiangsai_ledger::ScopeId;
use jiangsai_migrations::{Migrator, MigratorTrait};
use jiangsai_store::{
    About, Backup, Damage, Ingested, Reason, Store, StoreError, find_backups, list_backups, prove_backup, prune_backups,
};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// A backup somebody asked for.
pub fn about(at: i64) -> About {
    About { at, reason: Reason::Asked, computer: "模拟电脑".to_owned() }
}

async fn founded(dir: &Path) -> (Store, ScopeId) {
    let store = Store::open(dir).await.unwrap();
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    (store, scope)
}

async fn back_up(store: &Store, place: &Path) -> Backup {
    store.backup(place, "one", about(AT)).await.unwrap()
}

fn entries(place: &Path) -> usize {
    std::fs::read_dir(place).map_or(0, Iterator::count)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_whole_while_writing_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (store, scope) = founded(folder.path()).await;
    let place = folder.path().join("backups");
    let mut written = 0;
    let backups = async {
        for number in 0..5 {
            store.backup(&place, &format!("b{number}"), about(AT + number)).await.unwrap();
        }
    };
    let writing = async {
        loop {
            store.append(scope, vec![large(written, 8_000)], AT).await.unwrap();
            written += 1;
            tokio::task::yield_now().await;
        }
    };
    tokio::select! { () = backups => {}, () = writing => {} }
    let found = list_backups(&place);
    assert_eq!((found.len(), entries(&place)), (5, 5), "each under its name and nothing else");
    let mut counts = Vec::new();
    for backup in found {
        assert!(backup.has_its_size());
        let staged = store.stage(&backup.path).await.unwrap();
        assert_eq!(staged.scopes[0].records, backup.manifest.unwrap().records);
        counts.push(staged.scopes[0].records);
        staged.discard().await.unwrap();
    }
    assert!(counts.is_sorted_by(|newer, older| newer >= older), "the later the more: {counts:?}");
    assert!(written > 0, "it was really written meanwhile");
}

#[tokio::test]
async fn a_backup_that_is_cut_or_changed_is_refused_with_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let (store, scope) = founded(folder.path()).await;
    for number in 0..50 {
        store.append(scope, vec![large(number, 2_000)], AT).await.unwrap();
    }
    let backup = back_up(&store, &folder.path().join("backups")).await;
    let file = backup.path.join("jiangsai.db");
    let whole = std::fs::read(&file).unwrap();
    let damage = async |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        match store.stage(&backup.path).await {
            Err(StoreError::Damaged { damage, .. }) => damage,
            other => panic!("{} bytes: {other:?}", bytes.len()),
        }
    };
    let bytes = whole.len() as u64;
    for has in [whole.len() - 1, whole.len() / 2, 4_096] {
        assert_eq!(damage(&whole[..has]).await, Damage::Truncated { has: has as u64, wanted: bytes });
    }
    assert!(!list_backups(&folder.path().join("backups"))[0].has_its_size(), "the list says so too");
    assert!(matches!(damage(&whole[..50]).await, Damage::Pages(_)), "not even a header");
    assert!(matches!(damage(b"").await, Damage::Pages(_)), "nothing");
    let mut changed = whole.clone();
    // In all of them: a page keeps what stood on it before in places that nothing reads.
    let marks = whole.windows(9).enumerate().filter(|(_, part)| part == b"\"mark.set");
    marks.for_each(|(at, _)| changed[at + 1] = b'b');
    assert!(matches!(damage(&changed).await, Damage::Altered(_)), "a letter of one record");
    // Without a manifest nothing but the records themselves can tell.
    std::fs::remove_file(backup.path.join("backup.json")).unwrap();
    let found = damage(&changed).await;
    assert!(matches!(&found, Damage::Records(place) if place.contains("record ")), "it names the record: {found:?}");
    let middle = whole.len() / 2;
    let mut changed = whole.clone();
    changed[middle..middle + 4_096].fill(0x5a);
    assert!(matches!(damage(&changed).await, Damage::Pages(_) | Damage::Records(_)));
    std::fs::write(&file, &whole).unwrap();
    store.stage(&backup.path).await.unwrap().discard().await.unwrap();
    assert!(!folder.path().join(".restore").exists(), "nothing is left beside the data");
    let none = store.stage(&folder.path().join("nowhere")).await;
    assert!(matches!(none, Err(StoreError::NoBackup(_))), "{none:?}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_or_read_only_place_is_said_and_nothing_stops() {
    use crate::disk::SmallDisk;
    let folder = tempfile::tempdir().unwrap();
    let (store, scope) = founded(folder.path()).await;
    for number in 0..100 {
        store.append(scope, vec![large(number, 20_000)], AT).await.unwrap();
    }
    let Some(disk) = SmallDisk::new("1m", "backup::a_full_or_read_only_place_is_said_and_nothing_stops") else {
        return;
    };
    let refused = store.backup(disk.path(), "one", about(AT)).await;
    assert!(matches!(refused, Err(StoreError::NoRoom { .. })), "{refused:?}");
    assert_eq!(entries(disk.path()), 0, "nothing was begun");
    let here = back_up(&store, &folder.path().join("backups")).await;
    let refused = store.copy_backup(&here, disk.path()).await;
    assert!(matches!(refused, Err(StoreError::NoRoom { .. })), "{refused:?}");
    assert_eq!(entries(disk.path()), 0);
    store.append(scope, vec![mark(7)], AT).await.unwrap();
    disk.remount("size=64m");
    let copied = store.copy_backup(&here, disk.path()).await.unwrap();
    assert_eq!(find_backups(&copied).unwrap()[0].manifest, here.manifest);
    disk.remount("ro");
    let refused = store.backup(disk.path(), "two", about(AT)).await;
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
    // A backup on a stick that cannot be written to is read all the same.
    store.stage(&copied).await.unwrap().discard().await.unwrap();
    let missing = store.copy_backup(&here, &disk.path().join("pulled")).await;
    assert!(matches!(missing, Err(StoreError::PlaceMissing(_))), "{missing:?}");
    store.append(scope, vec![mark(8)], AT).await.unwrap();
}

#[tokio::test]
async fn killed_in_the_middle_of_a_backup_every_named_one_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (store, scope) = founded(folder.path()).await;
    store.close().await.unwrap();
    let place = folder.path().join("backups");
    for kill in 0..10 {
        let mut child =
            command(&std::env::current_exe().unwrap(), Work::BackUp, folder.path(), Some(scope)).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        // In the middle of one: the begin was said, its end was not waited for.
        let begun = lines.filter(|line| line.starts_with("begin ")).nth(kill % 4);
        assert!(begun.is_some(), "kill {kill}: it was at work");
        child.kill().unwrap();
        child.wait().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        for backup in list_backups(&place) {
            let staged = store.stage(&backup.path).await;
            assert!(staged.is_ok(), "kill {kill}, {}: {staged:?}", backup.path.display());
            staged.unwrap().discard().await.unwrap();
        }
        store.close().await.unwrap();
    }
    let store = Store::open(folder.path()).await.unwrap();
    let named = list_backups(&place).len();
    back_up(&store, &place).await;
    assert_eq!(entries(&place), named + 1, "what a kill left is gone with the next one");
}

/// The whole tale of a computer that breaks: a backup, more records that reach headquarters, a restore, new records, and sync. Without
/// closing the logs at the restore the new records would take the numbers of the lost ones.
#[tokio::test]
async fn restored_and_written_on_nothing_forks_and_what_was_lost_comes_back() {
    let (here, above, other) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, scope) = founded(here.path()).await;
    let headquarters = Store::open(above.path()).await.unwrap();
    let backup = back_up(&store, &here.path().join("backups")).await;
    store.append(scope, vec![mark(2), mark(3)], AT).await.unwrap();
    push(&store, &headquarters, scope).await;

    // On another computer, from the stick.
    let spare = Store::open(other.path()).await.unwrap();
    assert_ne!(spare.node(), store.node());
    let incarnation = spare.incarnation().await.unwrap();
    let staged = spare.stage(&backup.path).await.unwrap();
    assert_eq!(spare.lost(&staged).await.unwrap(), [], "nothing was here");
    spare.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    assert_eq!(spare.node(), store.node(), "it is that node now");
    assert_ne!(spare.incarnation().await.unwrap(), incarnation);
    assert_ne!(spare.incarnation().await.unwrap(), store.incarnation().await.unwrap(), "but another store");
    let mut new: Vec<_> =
        spare.append(scope, vec![mark(12), mark(13)], AT).await.unwrap().iter().map(|one| one.hash).collect();
    // The first computer is not gone after all.
    new.extend(store.append(scope, vec![mark(4)], AT).await.unwrap().iter().map(|one| one.hash));
    push(&spare, &headquarters, scope).await;
    push(&store, &headquarters, scope).await;
    push(&headquarters, &spare, scope).await;
    push(&headquarters, &store, scope).await;
    for held in [&spare, &headquarters, &store] {
        assert_eq!(holds(held, scope, &new).await, Ok(9), "everything, once");
        assert_eq!(held.ours(scope, false).await.unwrap().apart, [], "nothing was set apart");
    }
    // And over what is here: what would be missing is said.
    let staged = spare.stage(&backup.path).await.unwrap();
    let lost = spare.lost(&staged).await.unwrap();
    assert_eq!((lost[0].records, lost[0].marks), (6, 5), "{lost:?}");
    spare.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    assert_eq!(holds(&spare, scope, &[]).await, Ok(3), "the opening, the founder and the mark");
}

/// Hands every run of every log over; none of them may fork.
async fn push(from: &Store, to: &Store, scope: ScopeId) {
    for (log, _) in from.heads(scope).await.unwrap() {
        let run = from.run_from(scope, log, 0, 1_000).await.unwrap();
        let taken = to.ingest(&run).await.unwrap();
        assert!(matches!(taken, Ingested::Held { .. }), "{taken:?}");
    }
}

#[tokio::test]
async fn the_key_of_a_backup_is_taken_up_after_a_crash_and_never_without_its_database() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _) = founded(one.path()).await;
    let (other, scope) = founded(two.path()).await;
    let (node, own) = (store.node(), other.node());
    let backup = back_up(&store, &one.path().join("backups")).await;
    // A crash before the database was changed: the key came, the database did not.
    other.close().await.unwrap();
    let coming = two.path().join("node.key.restored");
    std::fs::copy(backup.path.join("node.key"), &coming).unwrap();
    let other = Store::open(two.path()).await.unwrap();
    assert_eq!((other.node(), coming.exists()), (own.clone(), false), "thrown away");
    assert!(other.append(scope, vec![mark(2)], AT).await.is_ok());
    // A crash after it: put the key back to where it was then.
    let staged = other.stage(&backup.path).await.unwrap();
    let before = std::fs::read(two.path().join("node.key")).unwrap();
    other.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    assert_eq!(other.node(), node);
    other.close().await.unwrap();
    std::fs::rename(two.path().join("node.key"), &coming).unwrap();
    std::fs::write(two.path().join("node.key"), before).unwrap();
    let other = Store::open(two.path()).await.unwrap();
    assert_eq!((other.node(), coming.exists()), (node, false), "taken up");
}

#[tokio::test]
async fn what_an_older_build_wrote_is_backed_up_before_its_tables_change() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("backups");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("jiangsai.db").display());
    let old = sea_orm::Database::connect(url).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&old, "PRAGMA journal_mode = WAL").await.unwrap();
    Migrator::up(&old, Some(1)).await.unwrap();
    old.close().await.unwrap();
    Store::open(folder.path()).await.unwrap().close().await.unwrap();
    let found = list_backups(&place);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].manifest.as_ref().unwrap().reason, Reason::Upgrade);
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(list_backups(&place).len(), 1, "once");
    // And an old one can be restored: its copy is brought up to date.
    let staged = store.stage(&found[0].path).await.unwrap();
    store.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
}

/// A disk of the data with room for the backup, but not for much besides: what is left belongs to the marks.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_backup_leaves_room_for_marks() {
    use crate::disk::SmallDisk;
    let Some(disk) = SmallDisk::new("64m", "backup::a_backup_leaves_room_for_marks") else { return };
    let (store, scope) = founded(disk.path()).await;
    let place = disk.path().join("backups");
    let refused = store.backup(&place, "one", about(AT)).await;
    let Err(StoreError::NoRoom { needed, free }) = refused else { panic!("{refused:?}") };
    assert!(needed > 200 << 20 && free < 64 << 20, "{needed} of {free}");
    assert_eq!(entries(&place), 0);
    store.append(scope, vec![mark(7)], AT).await.unwrap();
    // What has to be is done: without it nothing could be gone back to.
    let before = About { reason: Reason::Restore, ..about(AT) };
    let kept = store.backup(&place, "before", before).await.unwrap();
    let refused = store.stage(&kept.path).await;
    assert!(matches!(refused, Err(StoreError::NoRoom { .. })), "a look at it neither: {refused:?}");
    assert!(!disk.path().join(".restore").join("jiangsai.db").exists());
}

/// Writes into the database of a backup, as anybody could who has the stick.
async fn tamper(backup: &Backup, statement: &str) {
    let url = format!("sqlite://{}", backup.path.join("jiangsai.db").display());
    let database = sea_orm::Database::connect(url).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&database, statement).await.unwrap();
    database.close().await.unwrap();
    let _ = std::fs::remove_file(backup.path.join("backup.json"));
}

#[tokio::test]
async fn what_somebody_else_put_into_a_backup_is_refused_and_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let (store, scope) = founded(folder.path()).await;
    for statement in [
        r#"CREATE TABLE "x"" SELECT 1; DROP TABLE main.record; --" (a)"#,
        "CREATE TABLE extra (a)",
        "CREATE TRIGGER act AFTER INSERT ON setting BEGIN DELETE FROM record; END",
        "CREATE VIEW look AS SELECT * FROM record",
        "ALTER TABLE receipt RENAME TO receipts",
        "ALTER TABLE record ADD COLUMN more BLOB",
        "CREATE INDEX named ON extra2 (a)",
    ] {
        let place = tempfile::tempdir().unwrap();
        let backup = back_up(&store, place.path()).await;
        let statement = statement.replace("CREATE INDEX", "CREATE TABLE extra2 (a); CREATE INDEX");
        tamper(&backup, &statement).await;
        let refused = match store.stage(&backup.path).await {
            Ok(staged) => {
                let refused = store.restore(&staged, &[]).await;
                staged.discard().await.unwrap();
                refused
            }
            Err(error) => Err(error),
        };
        let foreign =
            matches!(&refused, Err(StoreError::Damaged { damage: Damage::Foreign(_), path }) if !path.is_empty());
        assert!(foreign, "{statement}: {refused:?}");
        assert_eq!(holds(&store, scope, &[]).await, Ok(3), "{statement}: nothing here has changed");
    }
    let kept = back_up(&store, &folder.path().join("backups")).await;
    let staged = store.stage(&kept.path).await.unwrap();
    store.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
}

#[tokio::test]
async fn records_of_a_backup_are_proved_and_the_proved_one_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = founded(folder.path()).await;
    let place = folder.path().join("backups");
    let first = back_up(&store, &place).await;
    assert!(!first.is_proved());
    let proved = prove_backup(&first).await.unwrap();
    assert!(proved.is_proved() && list_backups(&place)[0].is_proved(), "it stands in the manifest");
    store.stage(&proved.path).await.unwrap().discard().await.unwrap();
    // As a build before the newest table or column wrote it.
    let older = store.backup(&folder.path().join("older"), "older", about(AT)).await.unwrap();
    let manifest = std::fs::read(older.path.join("backup.json")).unwrap();
    tamper(&older, "ALTER TABLE scope DROP COLUMN part").await;
    std::fs::write(older.path.join("backup.json"), manifest).unwrap();
    assert!(prove_backup(&find_backups(&older.path).unwrap()[0]).await.unwrap().is_proved());
    for number in 1..8 {
        store.backup(&place, &format!("later-{number}"), about(AT + number)).await.unwrap();
    }
    let day = 24 * 60 * 60 * 1_000;
    assert!(prune_backups(&place, &store.node(), AT + 400 * day).unwrap() > 0);
    let left = list_backups(&place);
    assert!(left.iter().any(|backup| backup.path == proved.path), "the only one whose records verified: {left:?}");
    // A letter of a record, and the hashes of the file as they are then: what is read back is what was written.
    let other = store.backup(&place, "other", about(AT + 9)).await.unwrap();
    let manifest = std::fs::read(other.path.join("backup.json")).unwrap();
    tamper(&other, "UPDATE record SET body = CAST(replace(CAST(body AS TEXT), '17.5', '71.5') AS BLOB)").await;
    std::fs::write(other.path.join("backup.json"), manifest).unwrap();
    let refused = prove_backup(&find_backups(&other.path).unwrap()[0]).await;
    assert!(matches!(&refused, Err(StoreError::Damaged { damage: Damage::Records(_), .. })), "{refused:?}");
}

#[tokio::test]
async fn what_does_not_hold_together_is_put_aside_and_back() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, scope) = founded(folder.path()).await;
    let backup = back_up(&store, elsewhere.path()).await;
    store.append(scope, vec![mark(2)], AT).await.unwrap();
    store.set_setting("language", "en").await.unwrap();
    let told = async || (store.setting("language").await.unwrap(), store.incarnation().await.unwrap());
    let before = told().await;
    let aside = store.set_aside("damaged-now").await.unwrap();
    assert!(aside.join("jiangsai.db").is_file() && aside.join("node.key").is_file());
    assert_eq!(store.scopes().await.unwrap(), [], "an empty one is in its place");
    let empty = told().await;
    assert!(empty.0.is_none() && empty.1 != before.1, "nothing of before is said any more: {empty:?}");
    store.put_back(&aside).await.unwrap();
    assert_eq!(told().await, before, "nor of the empty one");
    assert_eq!((holds(&store, scope, &[]).await, aside.exists()), (Ok(4), false), "as it was");
    store.append(scope, vec![mark(3)], AT).await.unwrap();
    let aside = store.set_aside("damaged-now").await.unwrap();
    let staged = store.stage(&backup.path).await.unwrap();
    store.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    let restored = told().await;
    assert!(restored.0.is_none() && restored.1 != before.1, "of when the backup was made, in a new incarnation");
    store.append(scope, vec![mark(4)], AT).await.unwrap();
    assert_eq!(holds(&store, scope, &[]).await, Ok(5), "what was in the backup, a log of its own, and a mark in it");
    store.close().await.unwrap();
    let old = Store::open(&aside).await.unwrap();
    assert_eq!(holds(&old, scope, &[]).await, Ok(5), "what was put aside is whole");
}
