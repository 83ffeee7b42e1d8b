//! Records that are carried without being read: the box lies encrypted, goes on byte for byte, is opened in its place, and is lost to an erasure.

use crate::sample::{AT, founder, mark};
use jiangsai_ledger::replication::{Pull, Pulled, Push, Reads, Sealed};
use jiangsai_ledger::{Class, Hash, LogId, ScopeId};
use jiangsai_store::{Ingested, Kinds, NewFact, Opened, Store};
use std::path::Path;

const KINDS: Kinds =
    Kinds { personal: |kind| kind == "person.form", erasing: &["person.erased", "notes.erased"], attachment: "scan/" };
const ABOVE: fn() -> Hash = || Hash::of(b"above");

async fn open(dir: &Path) -> Store {
    Store::open(dir).await.unwrap().with_kinds(KINDS)
}

/// A store that knows what is about persons.
pub fn with_kinds(store: Store) -> Store {
    store.with_kinds(KINDS)
}

fn form(number: usize) -> NewFact {
    let fact = serde_json::json!({"person": number, "form": {"name": "模拟甲乙丙"}});
    NewFact { class: Class::Roster, audience: "registrars".into(), kind: "person.form".into(), fact, ..mark(0) }
}

fn erased(records: &[Hash]) -> NewFact {
    let fact = serde_json::json!({ "records": records });
    NewFact { class: Class::Roster, audience: "desks".into(), kind: "notes.erased".into(), fact, ..mark(0) }
}

/// Not a box that anything opens: what is in it is no matter of the store's.
fn boxed(name: Hash, key: &[u8]) -> Sealed {
    Sealed { key: Hash::of(key), bytes: [&[0x42; 100], name.bytes().as_slice()].concat() }
}

fn carried(run: Push, key: &[u8]) -> Push {
    Reads::Carrier.of_run_with(run, |one| Some(boxed(Hash::of(one.header.as_bytes()), key)))
}

fn wanted(scope: ScopeId) -> Pull {
    Pull::after(scope, 0, 99)
}

async fn all(store: &Store, scope: ScopeId) -> Vec<Push> {
    store.accepted_after(&wanted(scope), Reads::Everything).await.unwrap().0
}

/// Everything of a store as its keeper would keep it.
async fn keep(store: &Store, scope: ScopeId, runs: Vec<Push>) -> usize {
    let link = store.link(scope, ABOVE()).await.unwrap();
    let incarnation = Hash::of(b"incarnation");
    let cursor = link.map_or(1, |(_, cursor)| cursor + 1);
    let pulled = Pulled { runs, ..Pulled::up_to(incarnation, cursor) };
    store.keep(scope, ABOVE(), &pulled, &[], false).await.unwrap().filled
}

/// What an office writes: the founder and marks are for others than a carrier, and so is a form.
async fn written(office: &Store) -> (ScopeId, LogId, Vec<Hash>) {
    let (scope, own) = office.create_scope(founder(), vec![form(1), mark(1), form(2)], AT).await.unwrap();
    (scope, own[0].log, own.iter().map(|one| one.hash).collect())
}

async fn names(store: &Store, scope: ScopeId) -> Vec<Hash> {
    store.boxes(scope, None).await.unwrap().into_iter().map(|one| one.hash).collect()
}

/// All of it on a store that carries, whichever database it stands on.
pub async fn is_carried(carrier: &Store) {
    let [office, reader, late] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let (office, reader, late) = (open(office.path()).await, open(reader.path()).await, open(late.path()).await);
    let (scope, log, own) = written(&office).await;
    let whole = office.run_from(scope, log, 0, 99).await.unwrap();
    let sent = carried(whole.clone(), b"one");
    assert!(sent.records[2].sealed.is_some() && sent.records[2].body.is_none());

    // In, and out again as it came: up, down, and to whoever is a desk without it.
    assert!(matches!(carrier.ingest(&sent).await.unwrap(), Ingested::Held { new: 5 }));
    assert!(matches!(carrier.ingest(&sent).await.unwrap(), Ingested::Held { new: 0 }));
    assert_eq!(carrier.run_from(scope, log, 0, 99).await.unwrap(), sent, "byte for byte");
    assert_eq!(all(carrier, scope).await, std::slice::from_ref(&sent));
    let (desk, ..) = carrier.accepted_after(&wanted(scope), Reads::JudgesDesk).await.unwrap();
    assert!(desk[0].records.iter().all(|one| one.sealed.is_none()));
    assert!(carrier.partial(scope).await.unwrap().is_empty(), "it is sent on");
    let boxes = carrier.boxed_logs(scope).await.unwrap();
    assert_eq!(boxes.get(&log), Some(&5));
    let read = carrier.read(scope).await.unwrap();
    assert_eq!(read.iter().filter(|one| one.withheld).count(), 4, "nothing of it is read here");
    let report = carrier.verify_scope(scope).await.unwrap();
    assert_eq!((report.fault, report.withheld), (None, 4));

    // Another box in the place of one, as its key may be lost; the same again is nothing new.
    let (incarnation, again) = (carrier.incarnation().await.unwrap(), carried(whole.clone(), b"two"));
    assert_eq!(keep(carrier, scope, vec![sent.clone()]).await, 0);
    assert_eq!(carrier.incarnation().await.unwrap(), incarnation);
    assert_eq!(keep(carrier, scope, vec![again.clone()]).await, 4);
    assert_ne!(carrier.incarnation().await.unwrap(), incarnation, "whoever pulled the others pulls anew");
    assert_eq!(carrier.run_from(scope, log, 0, 99).await.unwrap(), again);

    // At one that may read: as boxes, then opened in their places, as if they had come so.
    reader.ingest(&again).await.unwrap();
    let some = reader.boxes(scope, None).await.unwrap();
    assert_eq!(some.len(), 4);
    assert!(some.iter().all(|one| one.log == log && one.sealed == boxed(one.hash, b"two")));
    let opened = |push: &Push| -> Vec<Opened> {
        let of = push.records.iter().filter_map(|one| {
            let (salt, body) = (one.salt?, one.body.clone()?.into_bytes());
            Some(Opened { hash: Hash::of(one.header.as_bytes()), salt, body })
        });
        of.collect()
    };
    let mut wrong = opened(&whole);
    wrong.iter_mut().for_each(|one| one.salt = Hash::ZERO);
    assert_eq!(reader.put_opened(scope, &wrong).await.unwrap(), 0, "not what the header says");
    assert_eq!(reader.put_opened(scope, &opened(&whole)).await.unwrap(), 4);
    assert_eq!(reader.run_from(scope, log, 0, 99).await.unwrap(), whole);
    assert_eq!(reader.read(scope).await.unwrap(), office.read(scope).await.unwrap());
    assert!(names(&reader, scope).await.is_empty());
    assert_eq!(reader.put_opened(scope, &opened(&whole)).await.unwrap(), 0, "once");

    // Offered plain from above, a box gives way to the body.
    late.ingest(&again).await.unwrap();
    assert_eq!(keep(&late, scope, vec![whole.clone()]).await, 4);
    assert_eq!(late.run_from(scope, log, 0, 99).await.unwrap(), whole);

    // Erased: by a fact that the carrier can read. It never takes it in again.
    let word = office.append(scope, vec![erased(&[own[1]])], AT).await.unwrap();
    let word = office.run_from(scope, log, word[0].seq, 99).await.unwrap();
    carrier.ingest(&word).await.unwrap();
    assert!(!names(carrier, scope).await.contains(&own[1]));
    assert_eq!(names(carrier, scope).await.len(), 3, "the others stay");
    assert_eq!(keep(carrier, scope, vec![sent.clone()]).await, 3, "and change back to the first key");
    assert!(!names(carrier, scope).await.contains(&own[1]), "offered again");
    let sent_on = carrier.run_from(scope, log, 0, 99).await.unwrap();
    assert!(sent_on.records[2].erased && sent_on.records[2].sealed.is_none());
    assert_eq!(carrier.verify_scope(scope).await.unwrap().fault, None);
    for store in [office, reader, late] {
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_box_is_carried_opened_and_erased() {
    let folder = tempfile::tempdir().unwrap();
    let carrier = open(folder.path()).await;
    is_carried(&carrier).await;
    carrier.close().await.unwrap();
}

#[tokio::test]
async fn headers_alone_are_filled_in_with_boxes_and_those_with_bodies() {
    let [above, folder] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let (office, store) = (open(above.path()).await, open(folder.path()).await);
    let (scope, log, _) = written(&office).await;
    let whole = office.run_from(scope, log, 0, 99).await.unwrap();
    let bare = Reads::JudgesDesk.of_run(whole.clone());
    assert_eq!(keep(&store, scope, vec![bare.clone()]).await, 0);
    assert_eq!(store.partial(scope).await.unwrap().get(&log), Some(&5));
    let incarnation = store.incarnation().await.unwrap();
    assert_eq!(keep(&store, scope, vec![carried(whole.clone(), b"one")]).await, 4);
    assert_ne!(store.incarnation().await.unwrap(), incarnation);
    assert!(store.partial(scope).await.unwrap().is_empty());
    assert_eq!(keep(&store, scope, vec![bare]).await, 0, "less is nothing new");
    assert_eq!(keep(&store, scope, vec![whole.clone()]).await, 4);
    assert_eq!(store.run_from(scope, log, 0, 99).await.unwrap(), whole);
    assert_eq!(store.verify_scope(scope).await.unwrap().fault, None);
    for store in [office, store] {
        store.close().await.unwrap();
    }
}

/// The box itself opens for readers, so it lies encrypted; a backup opens with the keys of today, and for what was erased since there is none.
#[tokio::test]
async fn a_box_lies_in_no_file_and_a_backup_of_before_has_what_was_not_erased() {
    let [above, folder, stick, new] = [(); 4].map(|()| tempfile::tempdir().unwrap());
    let (office, carrier) = (open(above.path()).await, open(folder.path()).await);
    let (scope, log, own) = written(&office).await;
    carrier.ingest(&carried(office.run_from(scope, log, 0, 99).await.unwrap(), b"one")).await.unwrap();
    let holds = |dir: &Path| {
        let mut found = false;
        let mut folders = vec![dir.to_owned()];
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path).unwrap();
                    found |= bytes.windows(60).any(|window| window == [0x42; 60]);
                }
            }
        }
        found
    };
    let backups = stick.path().join("backups");
    let backup = carrier.backup(&backups, "one", crate::backup::about(AT)).await.unwrap();
    assert!(!holds(folder.path()) && !holds(stick.path()), "a readers' key would open it");
    let word = office.append(scope, vec![erased(&[own[1]])], AT).await.unwrap();
    carrier.ingest(&office.run_from(scope, log, word[0].seq, 99).await.unwrap()).await.unwrap();
    assert!(carrier.scrub().await.unwrap());

    let again = open(new.path()).await;
    let staged = again.stage(&backup.path).await.unwrap();
    again.restore(&staged, &[]).await.unwrap();
    staged.discard().await.unwrap();
    let there = names(&again, scope).await;
    assert!(there.len() == 3 && !there.contains(&own[1]), "what was erased since opens from no backup");
    assert_eq!(again.verify_scope(scope).await.unwrap().fault, None);
    for store in [office, carrier, again] {
        store.close().await.unwrap();
    }
}
