//! Somebody with the roster and the folder of a desk: every order and hash of what is in the folder against every order and hash of people.

use super::search::Roster;
use jiangsai_domain::competition::FOLD;
use jiangsai_ledger::replication::Carried;
use jiangsai_ledger::{Hash, Header};
use jiangsai_store::Store;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// By chance one guess of all people is right, on the average; fourteen are in one of 10¹¹ orders, and some ten thousand are tried.
const MANY: usize = 14;
/// Of two orders that have nothing to do with each other: deviations of their correlation, one in 10¹⁰ orders.
const FAR: f64 = 6.5;

/// What the folder says of an entry.
struct Seen {
    id: String,
    code: String,
    /// Number of the record, its name, its salt and what its body is committed to by.
    seq: u64,
    hash: String,
    salt: String,
    commitment: String,
}

fn sha(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Every record of the folder, and whether a snapshot is in it.
async fn records(folder: &Path) -> (Vec<(u64, Carried)>, bool) {
    let elsewhere = tempfile::tempdir().unwrap();
    copy(folder, elsewhere.path());
    let store = Store::open(elsewhere.path()).await.unwrap();
    let scope = store.scopes().await.unwrap()[0];
    let report = store.verify_scope(scope).await.unwrap();
    assert_eq!(report.fault, None);
    assert!(report.withheld > 0 && report.withheld < report.records, "{report:?}");
    let mut all = Vec::new();
    for (log, _) in store.heads(scope).await.unwrap() {
        let run = store.run_from(scope, log, 0, u64::MAX / 2).await.unwrap();
        all.extend((run.from..).zip(run.records));
    }
    let snapshot = store.snapshot_load(scope, FOLD).await.unwrap().is_some();
    store.close().await.unwrap();
    (all, snapshot)
}

/// The records say nothing: `ids` are those of the entries, in the order of the roster.
pub async fn learns_nothing(folder: &Path, ids: &[String]) {
    let (records, snapshot) = records(folder).await;
    assert!(snapshot, "a snapshot was searched too");
    let withheld = records.iter().filter(|(_, one)| one.body.is_none()).map(|(_, one)| Hash::of(one.header.as_bytes()));
    let withheld: BTreeSet<String> = withheld.map(|hash| hash.to_string()).collect();
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for (seq, one) in &records {
        let header = Header::read(one.header.as_bytes()).unwrap();
        let Some(body) = &one.body else {
            assert_eq!(one.salt, None);
            continue;
        };
        let known = ids.iter().any(|id| body.contains(id.as_str()));
        let links = body.split('"').filter(|word| withheld.contains(*word)).count();
        assert!(!known || links == 0, "what names an entry names no record that is for others");
        let read: Value = serde_json::from_str(body).unwrap();
        if read["kind"] == "entry.coded" {
            let (id, coded) = (read["fact"]["entry"].as_str().unwrap(), &read["fact"]["coded"]);
            let entry = Seen {
                id: id.to_owned(),
                code: format!("{}-{}", coded["session"], coded["code"]),
                seq: *seq,
                hash: Hash::of(one.header.as_bytes()).to_string(),
                salt: one.salt.unwrap().to_string(),
                commitment: header.body.to_string(),
            };
            // As it was told first: of what changed later nothing can be made.
            seen.entry(id.to_owned()).or_insert(entry);
        }
    }
    let seen: Vec<Seen> = seen.into_values().collect();
    assert_eq!(seen.len(), ids.len(), "everybody is there, by code");
    guess(&seen, ids);
}

type Key = Box<dyn Fn(&Seen) -> String>;

fn keys(seen: &[Seen]) -> Vec<(String, Key)> {
    let mut keys: Vec<(String, Key)> = vec![
        ("id".into(), Box::new(|one| one.id.clone())),
        ("second half of the id".into(), Box::new(|one| one.id[16..].to_owned())),
        ("id from its end".into(), Box::new(|one| one.id.chars().rev().collect())),
        ("hash of the id".into(), Box::new(|one| sha(&one.id))),
        ("record".into(), Box::new(|one| format!("{:020}", one.seq))),
        ("name of the record".into(), Box::new(|one| one.hash.clone())),
        ("salt".into(), Box::new(|one| one.salt.clone())),
        ("commitment".into(), Box::new(|one| one.commitment.clone())),
        ("code".into(), Box::new(|one| one.code.clone())),
        ("hash of the code".into(), Box::new(|one| sha(&one.code))),
    ];
    for half in 0..2 {
        for (first, one) in seen.iter().enumerate() {
            let zero = counted(&one.id, half);
            let from = move |one: &Seen| format!("{:020}", counted(&one.id, half).wrapping_sub(zero));
            keys.push((format!("half {half} of the id, counted from {first}"), Box::new(from)));
        }
    }
    keys
}

/// A mixing function that half the world makes ids with, backwards.
fn unmix(mut z: u64) -> u64 {
    let back = |z: u64, by: u32| (0..64 / by + 1).fold(z, |x, _| z ^ (x >> by));
    z = back(z, 31).wrapping_mul(0x3196_42b2_d24d_8ec3);
    z = back(z, 27).wrapping_mul(0x96de_1b17_3f11_9089);
    back(z, 30)
}

fn counted(id: &str, half: usize) -> u64 {
    let part = u64::from_str_radix(&id[half * 16..half * 16 + 16], 16).unwrap();
    unmix(part).wrapping_mul(0xf1de_83e1_9937_733d)
}

/// People in every order that somebody with the roster has them in, by their numbers.
fn people(count: usize) -> Vec<(&'static str, Vec<usize>)> {
    let by = |key: &dyn Fn(usize) -> String| {
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_cached_key(|number| key(*number));
        order
    };
    vec![
        ("roster", (0..count).collect()),
        ("roster backwards", (0..count).rev().collect()),
        ("document", by(&Roster::document)),
        ("unit", by(&|number| Roster::of_person(number).1)),
        ("hash of the name", by(&|number| sha(&Roster::of_person(number).0))),
        ("hash of the document", by(&|number| sha(&Roster::document(number)))),
    ]
}

fn guess(seen: &[Seen], ids: &[String]) {
    for number in 0..ids.len() {
        let ((name, unit), document) = (Roster::of_person(number), Roster::document(number));
        for known in [&name, &document, &format!("{name}{unit}"), &format!("{name}{document}")] {
            let known = sha(known);
            let same =
                |one: &Seen| known.starts_with(&one.id) || [&one.hash, &one.salt, &one.commitment].contains(&&known);
            assert!(!seen.iter().any(same), "nothing is a hash of what is known of somebody");
        }
    }
    let number: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let people = people(ids.len());
    for (name, key) in keys(seen) {
        let mut order: Vec<&Seen> = seen.iter().collect();
        order.sort_by_cached_key(|one| key(one));
        let order: Vec<usize> = order.into_iter().map(|one| number[one.id.as_str()]).collect();
        for (whom, people) in &people {
            let right = order.iter().zip(people).filter(|(one, other)| one == other).count();
            assert!(right < MANY, "{name} / {whom}: {right} of {} guessed right", ids.len());
            let far = correlation(&order, people) * f64::from(u32::try_from(ids.len() - 1).unwrap()).sqrt();
            assert!(far.abs() < FAR, "{name} / {whom}: the orders have something to do with each other ({far:.1})");
        }
    }
}

/// Spearman's correlation of the places of people in two orders.
fn correlation(one: &[usize], other: &[usize]) -> f64 {
    let number = |place: usize| f64::from(u32::try_from(place).unwrap());
    let mut places = vec![0.0; one.len()];
    for (place, who) in one.iter().enumerate() {
        places[*who] = number(place);
    }
    let apart: f64 = other.iter().enumerate().map(|(place, who)| (number(place) - places[*who]).powi(2)).sum();
    let count = number(one.len());
    1.0 - 6.0 * apart / (count * (count * count - 1.0))
}

#[test]
fn the_same_guesses_find_people_behind_ids_that_are_counted() {
    let mixed = |part: u64, n: u64| {
        let mut z = part.wrapping_add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let ids: Vec<String> = (0..50).map(|n| format!("{:016x}{:016x}", mixed(77, 2 * n), mixed(78, 2 * n))).collect();
    let blank = |id: &String| {
        let [code, hash, salt, commitment] = [sha(id), sha(&sha(id)), sha("salt"), sha("body")];
        Seen { id: id.clone(), code, seq: 0, hash, salt, commitment }
    };
    let seen: Vec<Seen> = ids.iter().map(blank).collect();
    let found = std::panic::catch_unwind(|| guess(&seen, &ids));
    assert!(found.is_err(), "whoever counts finds them");
}
