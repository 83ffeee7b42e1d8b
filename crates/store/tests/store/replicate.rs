//! Records between two stores: each once, whatever comes twice, damaged, too early or from a copied disk. On SQLite, and with PostgreSQL above.

use crate::sample::{AT, founder, holds, mark};
use jiangsai_ledger::replication::{Carried, Ours, Pull, Pulled, Push, Reads, Receipt, Tip};
use jiangsai_ledger::{
    Checkpoint, Class, Draft, Hash, LAST_ORDER, LogId, LogWriter, Opening, ScopeId, Signature, SigningKey, Start,
};
use jiangsai_store::{Covered, Ingested, Kept, Store, StoreError};
use std::collections::BTreeMap;
use std::path::Path;

/// All of it: `above` is the upstream, empty at first.
pub async fn everything(above: &Store) {
    let folder = tempfile::tempdir().unwrap();
    let desk = Store::open(folder.path()).await.unwrap();
    let (scope, _) = desk.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    desk.append(scope, vec![mark(2), mark(3)], AT).await.unwrap();
    push_once(&desk, above, scope).await;
    refuse_damage(&desk, above, scope).await;
    let other = tempfile::tempdir().unwrap();
    let second = Store::open(other.path()).await.unwrap();
    pull_all(above, &second, scope).await;
    in_part(above, &desk, scope).await;
    desk.close().await.unwrap();
    fork(folder.path(), above, scope).await;
    pull_all(above, &second, scope).await;
    assert_eq!(second.read(scope).await.unwrap(), above.read(scope).await.unwrap(), "everybody holds the same");
    second.close().await.unwrap();
}

/// Sends everything that `above` lacks.
async fn push(from: &Store, above: &Store, scope: ScopeId, limit: u64) -> Vec<Ingested> {
    let mut made = Vec::new();
    for (log, next) in from.heads(scope).await.unwrap() {
        loop {
            let theirs = above.heads(scope).await.unwrap().get(&log).copied().unwrap_or(0);
            if theirs >= next || made.len() > 20 {
                break;
            }
            let run = from.run_from(scope, log, theirs, limit).await.unwrap();
            made.push(above.ingest(&run).await.unwrap());
        }
    }
    made
}

/// The key of the store above, as a desk knows it.
const ABOVE: Hash = Hash::ZERO;

async fn pull_all(above: &Store, to: &Store, scope: ScopeId) -> Kept {
    let incarnation = above.incarnation().await.unwrap();
    let mut all = Kept::default();
    loop {
        let known = to.link(scope, ABOVE).await.unwrap().filter(|(theirs, _)| *theirs == incarnation);
        let after = known.map_or(0, |(_, cursor)| cursor);
        let head = to.pulled_head(scope, ABOVE, after).await.unwrap();
        assert!(after == 0 || head.is_some(), "the record at the cursor is known");
        let (runs, cursor, more) =
            above.accepted_after(&Pull { head, ..Pull::after(scope, after, 2) }, Reads::Everything).await.unwrap();
        let kept = to
            .keep(scope, ABOVE, &Pulled { more, runs, ..Pulled::up_to(incarnation, cursor) }, &[], false)
            .await
            .unwrap();
        assert!(!kept.missing, "runs follow each other");
        (all.new, all.set_apart) = (all.new + kept.new, all.set_apart + kept.set_apart);
        assert_eq!(
            to.link(scope, ABOVE).await.unwrap(),
            Some((incarnation, cursor)),
            "the cursor is kept with the records"
        );
        if !more {
            return all;
        }
    }
}

async fn push_once(desk: &Store, above: &Store, scope: ScopeId) {
    let log = *desk.heads(scope).await.unwrap().keys().next().unwrap();
    let late = desk.run_from(scope, log, 3, 9).await.unwrap();
    assert_eq!(above.ingest(&late).await.unwrap(), Ingested::Gap { expected: 0 }, "nothing of the log is there yet");
    let made = push(desk, above, scope, 1).await;
    assert_eq!(made, [Ingested::Held { new: 3 }, Ingested::Held { new: 2 }], "cut at checkpoints, not within");
    let again = desk.run_from(scope, log, 0, 99).await.unwrap();
    assert_eq!(above.ingest(&again).await.unwrap(), Ingested::Held { new: 0 }, "a duplicate is acknowledged");
    assert_eq!(above.read(scope).await.unwrap(), desk.read(scope).await.unwrap(), "the same records");
    holds(above, scope, &[]).await.unwrap();
    let here = above.append(scope, vec![mark(50)], AT).await.unwrap();
    let orders = above.read(scope).await.unwrap();
    assert_eq!(orders.last().unwrap().hash, here[0].hash, "what is written here comes after what came");
}

async fn refuse_damage(desk: &Store, above: &Store, scope: ScopeId) {
    desk.append(scope, vec![mark(4)], AT).await.unwrap();
    let log = *desk.heads(scope).await.unwrap().keys().next().unwrap();
    let run = desk.run_from(scope, log, 5, 9).await.unwrap();
    let before = above.read(scope).await.unwrap();
    let mut damaged = vec![run.clone(); 4];
    damaged[0].records[0].body = run.records[0].body.as_ref().map(|body| body.replace("17.5", "18.5"));
    damaged[1].records[0].signature = None;
    damaged[2].records.clear();
    damaged[3].records[0].header = run.records[0].header.replace("operator", "operat0r");
    for one in damaged {
        let refused = above.ingest(&one).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    }
    assert_eq!(above.read(scope).await.unwrap(), before, "nothing of it is stored");
    let far = desk.run_from(scope, log, 6, 9).await.unwrap();
    assert!(far.records.is_empty(), "there is no more");
    assert_eq!(push(desk, above, scope, 9).await, [Ingested::Held { new: 1 }], "and the whole record is taken");
}

/// A disk is copied and both copies write.
async fn fork(folder: &Path, above: &Store, scope: ScopeId) {
    let copied = tempfile::tempdir().unwrap();
    for name in ["jiangsai.db", "node.key"] {
        std::fs::copy(folder.join(name), copied.path().join(name)).unwrap();
    }
    let (first, second) = (Store::open(folder).await.unwrap(), Store::open(copied.path()).await.unwrap());
    first.append(scope, vec![mark(60)], AT).await.unwrap();
    let lost = second.append(scope, vec![mark(61), mark(62)], AT).await.unwrap();
    push(&first, above, scope, 9).await;
    let run = second.run_from(scope, lost[0].log, lost[0].seq, 9).await.unwrap();
    let at = lost[0].seq;
    assert_eq!(above.ingest(&run).await.unwrap(), Ingested::Fork { at }, "found");
    assert_eq!(above.ingest(&run).await.unwrap(), Ingested::Fork { at }, "and again, kept once");
    assert_eq!(above.ours(scope, false).await.unwrap().apart.len(), 1, "kept apart");
    let heads = [(lost[1].log, lost[1].seq, lost[1].hash)];
    let covered = Covered { cursor: 9, heads: heads.to_vec() };
    second.snapshot_save(scope, 1, &covered, b"with what loses".to_vec()).await.unwrap();
    assert!(second.stands(scope, &heads).await.unwrap(), "it stands here still");
    let kept = pull_all(above, &second, scope).await;
    assert!(!second.stands(scope, &heads).await.unwrap(), "another branch stands");
    assert_eq!(second.snapshot_load(scope, 1).await.unwrap(), None, "what was computed went with the branch");
    assert_eq!(kept.set_apart, 2, "what stands above stands here");
    let apart = second.ours(scope, false).await.unwrap().apart;
    assert_eq!((apart.len(), apart[0].at, apart[0].tip), (1, at, lost[1].hash), "its own branch is kept apart");
    let branch = second.branch(scope, apart[0], at).await.unwrap();
    assert_eq!(branch, run, "as it was written");
    let new = second.append(scope, vec![mark(63)], AT).await.unwrap();
    assert_ne!(new[0].log, lost[0].log, "and it writes in a new log");
    for store in [above, &second] {
        holds(store, scope, &[]).await.unwrap();
    }
    let forks = (above.forks(scope).await.unwrap(), second.forks(scope).await.unwrap());
    assert_eq!(forks, (1, 1), "both say that something is without effect");
    let before = tempfile::tempdir().unwrap();
    let before = second.backup(before.path(), "before", crate::backup::about(AT)).await.unwrap().path;
    let again = second.adopt(scope, "operator", AT).await.unwrap();
    assert_eq!(again[0].kind, "log.adopted", "the author says which");
    let said = |of: &[jiangsai_store::Stored]| of.iter().map(|one| one.fact.clone()).collect::<Vec<_>>();
    assert_eq!(said(&again[1..]), said(&lost), "and writes them again");
    let taken = tempfile::tempdir().unwrap();
    second.extract(scope, &taken.path().join("jiangsai.db")).await.unwrap();
    let extracted = Store::open(taken.path()).await.unwrap();
    assert_eq!(extracted.forks(scope).await.unwrap(), 0, "what is handed over says so too");
    extracted.close().await.unwrap();
    assert!(second.adopt(scope, "operator", AT).await.unwrap().is_empty(), "once");
    assert!(above.adopt(scope, "operator", AT).await.unwrap().is_empty(), "nobody else does");
    assert_eq!((above.forks(scope).await.unwrap(), second.forks(scope).await.unwrap()), (1, 0), "known here alone");
    push(&second, above, scope, 9).await;
    assert_eq!(above.forks(scope).await.unwrap(), 0, "and above, once it came");
    let restored = Store::open(&before).await.unwrap();
    pull_all(above, &restored, scope).await;
    assert_eq!(restored.forks(scope).await.unwrap(), 0, "a desk restored to before it learns of it");
    assert!(restored.adopt(scope, "operator", AT).await.unwrap().is_empty(), "and does not write it a second time");
    restored.close().await.unwrap();
    pull_all(above, &first, scope).await;
    pull_all(above, &second, scope).await;
    let everything = above.read(scope).await.unwrap();
    for store in [&first, &second] {
        assert_eq!(store.read(scope).await.unwrap(), everything, "everybody holds the same");
    }
    first.close().await.unwrap();
    second.close().await.unwrap();
}

#[tokio::test]
async fn between_two_stores_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let above = Store::open(folder.path()).await.unwrap();
    everything(&above).await;
    above.close().await.unwrap();
}

/// A pairing code lets one node in, once, and not after its time.
#[tokio::test]
async fn a_code_pairs_one_node_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let node = Hash::of(b"a node");
    store.pairing_code_put("CODE", 1_000, Reads::JudgesDesk).await.unwrap();
    assert!(store.pair("OTHER", node, "desk", 0).await.unwrap().is_none(), "another code");
    assert!(store.pair("CODE", node, "desk", 1_001).await.unwrap().is_none(), "too late");
    assert!(!store.is_peer(node).await.unwrap(), "not in yet");
    assert_eq!(store.pair("CODE", node, "desk", 1_000).await.unwrap(), Some(Reads::JudgesDesk), "in time");
    assert_eq!(store.peer_reads(node).await.unwrap(), Some(Reads::JudgesDesk), "as the code said");
    assert!(store.is_peer(node).await.unwrap(), "in");
    assert!(store.pair("CODE", node, "desk", 1_000).await.unwrap().is_none(), "used");
}

/// An import is one transaction, however many records it has: it travels in parts, and a statement has a limit.
#[tokio::test]
async fn more_records_than_a_statement_has_parameters() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let desk = Store::open(here.path()).await.unwrap();
    let above = Store::open(there.path()).await.unwrap();
    let (scope, _) = desk.create_scope(founder(), Vec::new(), AT).await.unwrap();
    let imported = desk.append(scope, (0..33_000).map(mark).collect(), AT).await.unwrap();
    let log = imported[0].log;
    assert_eq!(desk.run_from(scope, log, 2, 1).await.unwrap().records.len(), 2_048, "a part of it can be sent alone");
    let whole = desk.run_from(scope, log, 0, 40_000).await.unwrap();
    assert_eq!(whole.records.len(), 33_002, "the opening, the founder and all of it");
    assert_eq!(above.ingest(&whole).await.unwrap(), Ingested::Held { new: 33_002 });
    assert_eq!(above.heads(scope).await.unwrap(), desk.heads(scope).await.unwrap(), "all of it is there");
    desk.close().await.unwrap();
    above.close().await.unwrap();
}

/// A desk that gets the headers alone of what is not for it keeps and verifies them, offers only what it has whole, and nobody takes the rest
/// from it.
async fn in_part(above: &Store, whole: &Store, scope: ScopeId) {
    let folder = tempfile::tempdir().unwrap();
    let part = Store::open(folder.path()).await.unwrap();
    let pull = Pull::after(scope, 0, 99);
    let (runs, cursor, more) = above.accepted_after(&pull, Reads::JudgesDesk).await.unwrap();
    let incarnation = above.incarnation().await.unwrap();
    let pulled = Pulled { more, runs: runs.clone(), ..Pulled::up_to(incarnation, cursor) };
    let kept = part.keep(scope, ABOVE, &pulled, &[], false).await.unwrap();
    assert_eq!(kept.new, above.read(scope).await.unwrap().len(), "every record");
    assert_eq!(part.keep(scope, ABOVE, &pulled, &[], false).await.unwrap(), Kept::default(), "once");
    let (held, all) = (part.read(scope).await.unwrap(), above.read(scope).await.unwrap());
    for (one, other) in held.iter().zip(&all) {
        assert_eq!((one.hash, one.order, one.at, &one.actor), (other.hash, other.order, other.at, &other.actor));
        let own = if one.withheld {
            (String::new(), serde_json::Value::Null)
        } else {
            (other.kind.clone(), other.fact.clone())
        };
        assert_eq!((one.kind.clone(), one.fact.clone()), own);
    }
    let withheld = held.iter().filter(|one| one.withheld).count();
    assert!(withheld > 0 && held.len() > withheld, "{withheld} of {}", held.len());
    let report = part.verify_scope(scope).await.unwrap();
    assert_eq!((report.fault, report.withheld), (None, withheld as u64));
    assert_eq!(report.checkpoints, above.verify_scope(scope).await.unwrap().checkpoints);
    let bytes = std::fs::read(folder.path().join("jiangsai.db-wal")).unwrap_or_default();
    let bytes = [bytes, std::fs::read(folder.path().join("jiangsai.db")).unwrap()].concat();
    assert!(!bytes.windows(4).any(|part| part == b"17.5"), "nothing of a body that is withheld is on its disk");

    let log = runs.iter().find(|run| run.records.iter().any(|one| one.body.is_none())).unwrap().log;
    let last = held.iter().filter(|one| one.withheld && one.log == log).map(|one| one.seq).max().unwrap();
    assert_eq!(part.ours(scope, false).await.unwrap().withheld.get(&log), Some(&(last + 1)), "for others to send on");
    assert!(whole.ours(scope, false).await.unwrap().withheld.is_empty());
    // Somebody who reads as much has nothing to hand out that is not here; who reads everything has.
    let (known, ends) = (part.known(scope, Reads::JudgesDesk).await.unwrap(), above.ends(scope).await.unwrap());
    let all: BTreeMap<LogId, u64> = ends.iter().map(|(log, (next, _))| (*log, *next)).collect();
    assert_eq!(above.standing_of(scope, &known).await.unwrap(), all, "each log, to its end");
    let more = part.known(scope, Reads::Everything).await.unwrap();
    assert!(!more.contains_key(&log) && more.iter().all(|(log, tip)| known.get(log) == Some(tip)), "{more:?}");
    let other = |(log, tip): (&LogId, &Tip)| (*log, Tip { head: *scope.hash(), ..*tip });
    assert!(above.standing_of(scope, &known.iter().map(other).collect()).await.unwrap().is_empty(), "another record");
    let short = |(log, tip): (&LogId, &Tip)| (*log, Tip { seq: tip.seq + 1, ..*tip });
    assert!(
        above.standing_of(scope, &known.iter().map(short).collect()).await.unwrap().is_empty(),
        "at its own number"
    );
    let run = part.run_from(scope, log, 0, 99).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let other = Store::open(elsewhere.path()).await.unwrap();
    for store in [above, &other] {
        assert!(matches!(store.ingest(&run).await, Err(StoreError::Refused(_))), "from below everything is whole");
    }
    assert!(other.scopes().await.unwrap().is_empty(), "nothing of it was stored");
    part.append(scope, vec![mark(8)], AT).await.unwrap();
    let Ours { mut next, withheld, .. } = part.ours(scope, false).await.unwrap();
    next.retain(|log, _| !withheld.contains_key(log));
    let own = next;
    assert_eq!(own.len(), 1, "its own log, whole: {own:?}");
    let own = part.run_from(scope, *own.keys().next().unwrap(), 0, 99).await.unwrap();
    assert!(matches!(above.ingest(&own).await, Ok(Ingested::Held { new: 2 })), "the opening and a mark");
    part.close().await.unwrap();
    other.close().await.unwrap();
}

/// The first record of somebody's log, with a display order of their choice.
fn opening(scope: ScopeId, order: u64) -> Push {
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = Hash::from_bytes(key.verifying_key().as_bytes()).unwrap();
    let opening = Opening { key: public, node: "somebody".to_owned(), before: None };
    let start = Start { opening, at: AT, actor: "operator".to_owned() };
    let (writer, first) = LogWriter::open(Some(scope), start, order, [1; 32]).unwrap();
    let vouched = Checkpoint::sign(&key, writer.log(), 0, first.hash).signature;
    let carried = Carried {
        header: String::from_utf8(first.header).unwrap(),
        salt: Hash::from_bytes(&first.salt).ok(),
        body: String::from_utf8(first.body).ok(),
        signature: Some(Signature(vouched)),
        erased: false,
        sealed: None,
    };
    Push { scope, log: writer.log(), from: 0, records: vec![carried] }
}

#[tokio::test]
async fn an_order_at_the_end_of_the_range_is_refused_and_where_it_stands_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    let push = opening(scope, LAST_ORDER);
    let refused = store.ingest(&push).await;
    assert!(matches!(refused, Err(StoreError::Refused(_))), "from below: {refused:?}");
    assert_eq!(store.ingest(&opening(scope, 1_000_000)).await.unwrap(), Ingested::Held { new: 1 }, "others are ahead");
    let (incarnation, runs) = (Hash::of(b"above"), vec![push]);
    let pulled = Pulled { runs, ..Pulled::up_to(incarnation, 1) };
    assert_eq!(store.keep(scope, ABOVE, &pulled, &[], false).await.unwrap().new, 1, "above it stands already");
    let added = store.append(scope, vec![mark(2), mark(3)], AT).await.unwrap();
    assert!(added.iter().all(|one| one.order == LAST_ORDER), "writers stop there and go on writing");
    holds(&store, scope, &[added[0].hash, added[1].hash]).await.unwrap();
    store.close().await.unwrap();
}

/// A folder that is copied back keeps its incarnation; its cursors are given out again, for other records.
#[tokio::test]
async fn a_store_that_was_copied_back_is_found_out() {
    let (here, there, backup) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let above = Store::open(there.path()).await.unwrap();
    let (scope, _) = above.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    let copy = above.backup(backup.path(), "copy", crate::backup::about(AT)).await.unwrap().path.join("jiangsai.db");
    let desk = Store::open(here.path()).await.unwrap();
    above.append(scope, vec![mark(2), mark(3)], AT).await.unwrap();
    pull_all(&above, &desk, scope).await;
    let (_, after) = desk.link(scope, ABOVE).await.unwrap().unwrap();
    let head = desk.pulled_head(scope, ABOVE, after).await.unwrap();
    let pull = Pull { head, ..Pull::after(scope, after, 9) };
    assert_eq!(
        above.accepted_after(&pull, Reads::Everything).await.unwrap(),
        (Vec::new(), after, false),
        "nothing new"
    );
    above.close().await.unwrap();
    for name in ["jiangsai.db-wal", "jiangsai.db-shm"] {
        std::fs::remove_file(there.path().join(name)).ok();
    }
    std::fs::copy(&copy, there.path().join("jiangsai.db")).unwrap();
    let above = Store::open(there.path()).await.unwrap();
    let (_, cursor, _) = above.accepted_after(&pull, Reads::Everything).await.unwrap();
    assert!(cursor < after, "a cursor that it never gave out");
    above.append(scope, vec![mark(4), mark(5), mark(6)], AT).await.unwrap();
    let (runs, cursor, more) = above.accepted_after(&pull, Reads::Everything).await.unwrap();
    assert_eq!((runs.len(), cursor, more), (0, 0, true), "nor one that it gave out for another record");
    desk.close().await.unwrap();
    above.close().await.unwrap();
}

/// A run of a new log for a scope: its opening and so many marks, the last with a checkpoint. `number` tells the log apart.
fn desk(scope: ScopeId, number: u8, marks: usize) -> Push {
    let key = SigningKey::from_bytes(&[number; 32]);
    let public = Hash::from_bytes(key.verifying_key().as_bytes()).unwrap();
    let opening = Opening { key: public, node: format!("node-{number}"), before: None };
    let start = Start { opening, at: AT, actor: "operator".to_owned() };
    let (mut writer, first) = LogWriter::open(Some(scope), start, 1, [number; 32]).unwrap();
    let mut records = vec![first];
    for mark in 0..marks {
        let draft = Draft {
            class: Class::Mark,
            audience: "scoring".to_owned(),
            actor: "operator".to_owned(),
            at: AT,
            kind: "mark.set".to_owned(),
            version: 1,
            replaces: Vec::new(),
            reason: String::new(),
            fact: serde_json::json!({ "entry": format!("E{mark:05}") }),
        };
        records.push(writer.seal(draft, [number; 32]).unwrap());
    }
    let last = records.len() - 1;
    let carried = records.into_iter().enumerate().map(|(at, record)| Carried {
        signature: (at == last)
            .then(|| Signature(Checkpoint::sign(&key, writer.log(), at as u64, record.hash).signature)),
        header: String::from_utf8(record.header).unwrap(),
        salt: Hash::from_bytes(&record.salt).ok(),
        body: String::from_utf8(record.body).ok(),
        erased: false,
        sealed: None,
    });
    Push { scope, log: writer.log(), from: 0, records: carried.collect() }
}

/// What is committed together is answered one by one: what is refused, too early or there already stops none of the others.
pub async fn many_at_once(store: &Store) {
    let (scope, _) = store.create_scope(founder(), vec![mark(1)], AT).await.unwrap();
    let good: Vec<Push> = (1..=40).map(|number| desk(scope, number, 3)).collect();
    let mut damaged = desk(scope, 50, 3);
    damaged.records[2].body = damaged.records[2].body.as_ref().map(|body| body.replace("E00001", "E00009"));
    let mut early = desk(scope, 51, 3);
    early.records.remove(0);
    early.from = 1;
    let elsewhere = desk(ScopeId::new(Hash::of(b"elsewhere")), 52, 1);
    let leaps = opening(scope, LAST_ORDER);
    let all: Vec<&Push> = good.iter().chain([&damaged, &early, &elsewhere, &leaps]).collect();
    let answers = futures::future::join_all(all.iter().map(|push| store.ingest(push))).await;
    for answer in &answers[..40] {
        assert_eq!(*answer.as_ref().unwrap(), Ingested::Held { new: 4 });
    }
    assert!(matches!(answers[40], Err(StoreError::Refused(_))), "damaged: {:?}", answers[40]);
    assert_eq!(*answers[41].as_ref().unwrap(), Ingested::Gap { expected: 0 }, "its beginning is not here");
    assert_eq!(*answers[42].as_ref().unwrap(), Ingested::Held { new: 2 }, "another scope, which is new");
    assert!(matches!(answers[43], Err(StoreError::Refused(_))), "leaps: {:?}", answers[43]);
    let again = futures::future::join_all(good.iter().map(|push| store.ingest(push))).await;
    assert!(again.iter().all(|answer| matches!(answer, Ok(Ingested::Held { new: 0 }))), "each once: {again:?}");
    assert_eq!(holds(store, scope, &[]).await.unwrap(), 3 + 40 * 4);
    let accepted: Vec<u64> = {
        let pull = Pull::after(scope, 0, 9_999);
        let (runs, cursor, more) = store.accepted_after(&pull, Reads::Everything).await.unwrap();
        assert_eq!((cursor, more), (163, false), "every cursor was given out once");
        runs.iter().map(|run| run.records.len() as u64).collect()
    };
    assert_eq!(accepted.iter().sum::<u64>(), 163);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_nodes_at_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    many_at_once(&store).await;
    store.close().await.unwrap();
}

/// Every desk has a log: what is asked about all of them must not be one condition for each, which SQLite refuses beyond a thousand.
#[tokio::test]
async fn a_scope_of_more_logs_than_a_statement_has_conditions() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (scope, _) = store.create_scope(founder(), Vec::new(), AT).await.unwrap();
    let (mut heads, mut receipts) = (Vec::new(), Vec::new());
    let (issuer, incarnation) = (Hash::of(b"above"), Hash::of(b"its store"));
    for number in 0..1_100_u64 {
        let push = opening(scope, number);
        let record = push.records[0].record();
        assert_eq!(store.ingest(&push).await.unwrap(), Ingested::Held { new: 1 });
        heads.push((push.log, 0, record.hash));
        let (log, head, signature) = (push.log, record.hash, Signature([0; 64]));
        receipts.push(Receipt { issuer, incarnation, scope, log, seq: 0, head, at: AT, signature });
    }
    assert!(store.stands(scope, &heads).await.unwrap());
    store.receipts_put(&receipts[1..]).await.unwrap();
    let progress = store.progress(scope, Some((issuer, incarnation))).await.unwrap();
    assert_eq!((progress.saved, progress.pending, progress.oldest), (1_102, 3, Some(AT)), "founder's two and one log");
    store.close().await.unwrap();
}
