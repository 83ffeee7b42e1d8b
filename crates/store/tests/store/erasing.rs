//! Erasing: what is about a person is nowhere any more, in no file of any folder and no backup of before; records, chains and everybody else stay.

use crate::backup::about;
use crate::sample::{AT, founder, holds, mark};
use jiangsai_ledger::replication::{Pull, Pulled, Reads};
use jiangsai_ledger::{Class, Hash, LogId, ScopeId};
use jiangsai_store::{BackupKeys, Covered, Ingested, Kinds, NewFact, Store, keys_beside, prove_backup};
use std::path::Path;

const KINDS: Kinds = Kinds {
    personal: |kind| matches!(kind, "person.form" | "mark.note"),
    erasing: &["person.erased"],
    attachment: "scan/",
};

const NAME: &str = "模拟甲乙丙";
const NUMBER: &str = "99999919900307123X";
const PHONE: &str = "13900001234";

async fn open(dir: &Path) -> Store {
    Store::open(dir).await.unwrap().with_kinds(KINDS)
}

/// A store that knows what is about persons.
pub fn with_kinds(store: Store) -> Store {
    store.with_kinds(KINDS)
}

pub fn form(name: &str, number: &str, phone: &str) -> NewFact {
    let fact = serde_json::json!({"person": name.len(), "form": {"name": name, "number": number, "phone": phone}});
    NewFact { class: Class::Roster, audience: "registrars".into(), kind: "person.form".into(), fact, ..mark(0) }
}

fn note(text: &str) -> NewFact {
    NewFact { audience: "desk:j1".into(), kind: "mark.note".into(), fact: serde_json::json!({"text": text}), ..mark(0) }
}

pub fn erased(records: &[Hash], attachments: &[&str]) -> NewFact {
    let fact = serde_json::json!({"person": "p", "basis": "模拟依据", "records": records, "attachments": attachments});
    NewFact { class: Class::Roster, kind: "person.erased".into(), fact, ..mark(0) }
}

/// A scan is named by its hash.
fn scan(digits: &str) -> String {
    format!("scan/{}", digits.repeat(32))
}

/// Every file under a folder.
fn files(dir: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Where any of these bytes stand in the files of some folders.
fn standing(dirs: &[&Path], wanted: &[Vec<u8>]) -> Vec<String> {
    let mut all = Vec::new();
    dirs.iter().for_each(|dir| files(dir, &mut all));
    let mut found = Vec::new();
    for path in all {
        let bytes = std::fs::read(&path).unwrap();
        for one in wanted {
            if bytes.windows(one.len()).any(|window| window == one) {
                found.push(format!("{} in {}", String::from_utf8_lossy(one), path.display()));
            }
        }
    }
    found
}

/// Name, number and phone as they are, in hex and as JSON may write them; and a key, as bytes and in hex.
fn wanted(key: &str) -> Vec<Vec<u8>> {
    let escaped: String = NAME.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let mut all = vec![escaped.into_bytes(), key.as_bytes().to_vec(), hex::decode(key).unwrap()];
    for text in [NAME, NUMBER, PHONE] {
        all.extend([text.as_bytes().to_vec(), hex::encode(text).into_bytes(), hex::encode_upper(text).into_bytes()]);
    }
    all
}

/// Registers, marks, backs up into two places, erases, goes back to the old backup in a folder of its own; then looks at every byte.
async fn erase_and_go_back(keys: BackupKeys) -> Vec<String> {
    let [folder, stick, other] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let inside = stick.path().join("jiangsai-backups");
    std::fs::create_dir(&inside).unwrap();
    let store = open(folder.path()).await.with_backup_keys(keys);
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    let own = store.append(scope, vec![form(NAME, NUMBER, PHONE), note(NAME)], AT).await.unwrap();
    store.append(scope, vec![form("模拟丁", "999999199003071111", "13900009999"), mark(2)], AT).await.unwrap();
    store.attachment_put_closed(Some(scope), &scan("aa"), format!("picture of {NAME}").into_bytes()).await.unwrap();
    store.attachment_put_closed(Some(scope), &scan("bb"), b"picture of another".to_vec()).await.unwrap();
    store.attachment_put(Some(scope), "artwork", b"\x01 as what is encrypted begins".to_vec()).await.unwrap();
    let covered = Covered::default();
    store.snapshot_save(scope, 1, &covered, format!("{NAME} {NUMBER} {PHONE}").into_bytes()).await.unwrap();
    assert_eq!(store.read(scope).await.unwrap()[3].fact["form"]["name"], NAME, "read as it was written");

    let place = folder.path().join("backups");
    let backup = store.backup(&place, "one", about(AT)).await.unwrap();
    prove_backup(&backup).await.unwrap();
    store.copy_backup(&backup, &inside).await.unwrap();
    let asked = stick.path().join("asked");
    store.backup(&asked, "two", about(AT)).await.unwrap();
    let key = keys_beside(&backup.path)[&own[0].hash.to_string()].clone();
    assert!(!standing(&[&inside], &[hex::decode(&key).unwrap(), key.clone().into_bytes()]).is_empty(), "it was there");

    let before = store.verify_scope(scope).await.unwrap();
    store.append(scope, vec![erased(&[own[0].hash, own[1].hash], &["aa".repeat(32).as_str()])], AT).await.unwrap();
    assert!(store.wants_scrub().await.unwrap());
    assert!(store.scrub().await.unwrap() && !store.wants_scrub().await.unwrap());
    // As the copy to the second place does, also where the backup is there already.
    store.copy_backup(&backup, &inside).await.unwrap();
    let after = store.verify_scope(scope).await.unwrap();
    assert_eq!((after.fault, after.records, after.erased), (None, before.records + 1, 2), "the chain verifies");
    let read = store.read(scope).await.unwrap();
    let gone: Vec<Hash> = read.iter().filter(|one| one.erased).map(|one| one.hash).collect();
    assert_eq!(gone, [own[0].hash, own[1].hash]);
    assert!(read.iter().all(|one| !one.withheld), "nothing is for others");
    assert!(store.partial(scope).await.unwrap().is_empty());
    assert_eq!(store.snapshot_load(scope, 1).await.unwrap(), None);
    assert_eq!(store.attachment(Some(scope), &scan("aa")).await.unwrap(), None);

    // Another computer, with the stick alone.
    let again = open(other.path()).await;
    let copied = inside.join(backup.path.file_name().unwrap());
    let staged = again.stage(&copied).await.unwrap();
    assert_eq!(staged.unread, 0, "nobody misses a key that was given up");
    again.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    assert!(again.scrub().await.unwrap());
    let restored = again.read(scope).await.unwrap();
    assert_eq!(restored.iter().filter(|one| one.erased).count(), 2);
    assert!(restored.iter().any(|one| one.fact["form"]["name"] == "模拟丁"), "everybody else is there by name");
    assert_eq!(again.attachment(Some(scope), &scan("bb")).await.unwrap().unwrap(), b"picture of another");
    assert_eq!(again.attachment(Some(scope), "artwork").await.unwrap().unwrap(), b"\x01 as what is encrypted begins");
    assert_eq!(again.attachment_names(Some(scope)).await.unwrap(), ["artwork".to_owned(), scan("bb")]);
    let report = again.verify_scope(scope).await.unwrap();
    assert_eq!((report.fault, report.records, report.erased), (None, before.records, 2));
    holds(&again, scope, &[own[0].hash]).await.unwrap();
    let found = standing(&[folder.path(), stick.path(), other.path()], &wanted(&key));
    again.close().await.unwrap();
    store.close().await.unwrap();
    found
}

#[tokio::test]
async fn a_person_who_was_erased_stands_in_no_byte_of_any_file_nor_does_the_key() {
    assert_eq!(erase_and_go_back(BackupKeys::Beside).await, Vec::<String>::new());
}

#[tokio::test]
async fn keys_that_backups_hold_themselves_are_found() {
    let found = erase_and_go_back(BackupKeys::Inside).await;
    assert!(found.iter().any(|one| one.contains("backups")), "the mutation: {found:?}");
}

async fn log_of(store: &Store, scope: ScopeId) -> LogId {
    store.heads(scope).await.unwrap().into_keys().next().unwrap()
}

#[tokio::test]
async fn erasures_travel() {
    let folder = tempfile::tempdir().unwrap();
    let above = open(folder.path()).await;
    travels(&above).await;
    above.close().await.unwrap();
}

/// A body that was erased does not come back, whichever comes first; a record without it travels as what it is. `above` is empty.
pub async fn travels(above: &Store) {
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let [desk, office, late] =
        [open(folders[0].path()).await, open(folders[1].path()).await, open(folders[2].path()).await];
    let (scope, _) = desk.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    let own = desk.append(scope, vec![form(NAME, NUMBER, PHONE), mark(2)], AT).await.unwrap();
    let log = log_of(&desk, scope).await;
    let old = desk.run_from(scope, log, 0, 99).await.unwrap();
    for store in [above, &office] {
        assert!(matches!(store.ingest(&old).await.unwrap(), Ingested::Held { .. }));
    }
    assert_eq!(above.read(scope).await.unwrap()[3].fact["form"]["phone"], PHONE);
    let marks: Vec<Hash> = own.iter().map(|one| one.hash).collect();
    let said = office.append(scope, vec![erased(&marks, &[])], AT).await.unwrap();
    let word = office.run_from(scope, said[0].log, 0, 99).await.unwrap();

    // The erasure first, the body afterwards.
    late.ingest(&word).await.unwrap();
    late.ingest(&old).await.unwrap();
    let gone = |read: Vec<jiangsai_store::Stored>| -> Vec<Hash> {
        read.into_iter().filter(|one| one.erased).map(|one| one.hash).collect()
    };
    assert_eq!(gone(late.read(scope).await.unwrap()), [own[0].hash], "a mark is not erased, whoever names it");
    // The body first.
    above.ingest(&word).await.unwrap();
    assert!(above.scrub().await.unwrap());
    assert_eq!(gone(above.read(scope).await.unwrap()), [own[0].hash]);
    above.ingest(&old).await.unwrap();
    assert_eq!(gone(above.read(scope).await.unwrap()), [own[0].hash], "offered again");
    // From who has it no more, before the word and after.
    let bare = office.run_from(scope, log, 0, 99).await.unwrap();
    assert!(bare.records[3].erased && bare.records[3].body.is_none());
    let newest = tempfile::tempdir().unwrap();
    let new = open(newest.path()).await;
    assert!(matches!(new.ingest(&bare).await.unwrap(), Ingested::Held { .. }));
    assert!(new.read(scope).await.unwrap()[3].withheld, "nobody said here that it was erased");
    assert!(!new.partial(scope).await.unwrap().is_empty());
    new.ingest(&word).await.unwrap();
    assert_eq!(gone(new.read(scope).await.unwrap()), [own[0].hash]);
    assert!(new.partial(scope).await.unwrap().is_empty(), "it sends it on");
    for store in [above, &late, &new, &office] {
        assert_eq!(store.verify_scope(scope).await.unwrap().fault, None);
        let wanted = Pull::after(scope, 0, 99);
        let (runs, ..) = store.accepted_after(&wanted, Reads::Everything).await.unwrap();
        assert!(!serde_json::to_string(&runs).unwrap().contains(PHONE));
    }
    for store in [desk, office, late, new] {
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn without_the_file_of_keys_a_backup_has_no_names_until_they_come_again_from_above() {
    let [folder, other, stick] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let store = open(folder.path()).await;
    let (scope, _) = store.create_scope(founder(), vec![form(NAME, NUMBER, PHONE), note("")], AT).await.unwrap();
    let backup = store.backup(&stick.path().join("backups"), "one", about(AT)).await.unwrap();
    for entry in std::fs::read_dir(stick.path().join("backups")).unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    let again = open(other.path()).await;
    let staged = again.stage(&backup.path).await.unwrap();
    assert_eq!(staged.unread, 2);
    again.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    let withheld = |read: &[jiangsai_store::Stored]| read.iter().filter(|one| one.withheld).count();
    assert_eq!(withheld(&again.read(scope).await.unwrap()), 2);
    assert_eq!(again.verify_scope(scope).await.unwrap().fault, None);
    let wanted = Pull::after(scope, 0, 99);
    let (runs, cursor, more) = store.accepted_after(&wanted, Reads::Everything).await.unwrap();
    let incarnation = store.incarnation().await.unwrap();
    let pulled = Pulled { more, runs, ..Pulled::up_to(incarnation, cursor) };
    assert_eq!(again.keep(scope, Hash::of(b"above"), &pulled, &[], false).await.unwrap().filled, 2);
    assert_eq!(again.read(scope).await.unwrap(), store.read(scope).await.unwrap());
    assert_eq!(again.verify_scope(scope).await.unwrap().erased, 0);
    again.close().await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn what_an_older_build_kept_open_is_read_as_before_and_erased_from_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let before = Store::open(folder.path()).await.unwrap();
    let (scope, own) = before.create_scope(founder(), vec![form(NAME, NUMBER, PHONE), mark(1)], AT).await.unwrap();
    before.close().await.unwrap();
    let open_there = || standing(&[folder.path()], &[PHONE.as_bytes().to_vec()]);
    assert!(!open_there().is_empty(), "as that build kept it");
    let store = open(folder.path()).await;
    assert_eq!(store.read(scope).await.unwrap()[2].fact["form"]["name"], NAME);
    store.append(scope, vec![form("模拟丁", "999999199003071111", "13900009999")], AT).await.unwrap();
    let named: Vec<Hash> = own.iter().map(|one| one.hash).collect();
    store.append(scope, vec![erased(&named, &[])], AT).await.unwrap();
    assert!(store.scrub().await.unwrap());
    assert_eq!(open_there(), Vec::<String>::new());
    let report = store.verify_scope(scope).await.unwrap();
    assert_eq!((report.fault, report.erased), (None, 1), "the founder and the mark stay");
    store.close().await.unwrap();
}
