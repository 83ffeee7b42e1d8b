//! Somebody with the roster and all that a judge's desk holds guesses who is who: in every order that ids, records and codes have, against
//! every order that people have.

use super::hall::{Hall, person};
use jiangsai_domain::fact::Fact;
use jiangsai_domain::ids::EntryId;
use sha2::{Digest, Sha256};

/// People of a trial, and trials.
const PEOPLE: usize = 30;
const TRIALS: u64 = 150;

fn sha(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A mixing function of an earlier build, and of half the world, backwards.
fn unmix(mut z: u64) -> u64 {
    let back = |z: u64, by: u32| {
        let mut x = z;
        for _ in 0..64 / by + 1 {
            x = z ^ (x >> by);
        }
        x
    };
    z = back(z, 31).wrapping_mul(0x3196_42b2_d24d_8ec3);
    z = back(z, 27).wrapping_mul(0x96de_1b17_3f11_9089);
    back(z, 30)
}

/// The ids that an earlier build made.
fn mixed(seed: u128, n: u64) -> String {
    let half = |salt: u64, part: u64| {
        let mut z = part.wrapping_add(n.wrapping_add(salt).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    format!("{:016x}{:016x}", half(1, (seed >> 64) as u64), half(2, seed as u64))
}

/// What is known of an entry at a desk: its id, its record, its code.
struct Seen {
    id: String,
    record: usize,
    code: String,
}

fn seen(hall: &Hall) -> Vec<Seen> {
    let coded = |(record, said): (usize, &super::hall::Said)| match &said.fact {
        Fact::Coded { entry, coded, .. } => {
            Some(Seen { id: entry.to_string(), record, code: format!("{}-{}", coded.session, coded.code) })
        }
        _ => None,
    };
    hall.read_at_desk().into_iter().filter_map(coded).collect()
}

/// Steps of the counter between two numbers that were mixed, whatever the seed: an odd factor goes backwards.
fn counted(id: &str, half: usize) -> u64 {
    let part = u64::from_str_radix(&id[half * 16..half * 16 + 16], 16).unwrap();
    unmix(part).wrapping_mul(0xf1de_83e1_9937_733d)
}

/// Every order of entries that is tried, each with its name.
fn orders_of_entries(seen: &[Seen]) -> Vec<(String, Vec<String>)> {
    type Key = Box<dyn Fn(&Seen) -> (u64, String)>;
    let text = |key: fn(&Seen) -> String| -> Key { Box::new(move |one| (0, key(one))) };
    let mut keys: Vec<(String, Key)> = vec![
        ("record".into(), Box::new(|one| (one.record as u64, String::new()))),
        ("id".into(), text(|one| one.id.clone())),
        ("second half of the id".into(), text(|one| one.id[16..].to_owned())),
        ("id from its end".into(), text(|one| one.id.chars().rev().collect())),
        ("code".into(), text(|one| one.code.clone())),
        ("hash of the id".into(), text(|one| sha(&one.id))),
        ("hash of the code".into(), text(|one| sha(&one.code))),
    ];
    for half in 0..2 {
        keys.push((format!("half {half} counted"), Box::new(move |one| (counted(&one.id, half), String::new()))));
        // Where the counter wraps round is not known: each entry may be the first.
        for (first, one) in seen.iter().enumerate() {
            let zero = counted(&one.id, half);
            let from = move |one: &Seen| (counted(&one.id, half).wrapping_sub(zero), String::new());
            keys.push((format!("half {half} counted from {first}"), Box::new(from)));
        }
    }
    let sorted = |(name, key): (String, Key)| {
        let mut order: Vec<&Seen> = seen.iter().collect();
        order.sort_by_key(|one| key(one));
        (name, order.into_iter().map(|one| one.id.clone()).collect())
    };
    keys.into_iter().map(sorted).collect()
}

/// Every order of people, as their places on the roster.
fn orders_of_people() -> Vec<(&'static str, Vec<usize>)> {
    let by = |key: &dyn Fn(usize) -> String| {
        let mut order: Vec<usize> = (0..PEOPLE).collect();
        order.sort_by_key(|number| key(*number));
        order
    };
    vec![
        ("roster", (0..PEOPLE).collect()),
        ("roster backwards", (0..PEOPLE).rev().collect()),
        ("document", by(&|number| person(number).1)),
        ("hash of the name", by(&|number| sha(&person(number).0))),
        ("hash of the document", by(&|number| sha(&person(number).1))),
    ]
}

/// Right guesses of the best pair of orders in a trial, and of each pair.
fn guesses(seen: &[Seen], roster: &[String]) -> Vec<(String, usize)> {
    let mut made = Vec::new();
    for (name, entries) in orders_of_entries(seen) {
        for (whom, people) in orders_of_people() {
            let right = entries.iter().zip(&people).filter(|(id, person)| roster[**person] == **id).count();
            made.push((format!("{name} / {whom}"), right));
        }
    }
    made
}

#[test]
fn whoever_has_the_roster_and_a_desk_guesses_no_better_than_by_chance() {
    let mut right: Vec<(String, usize)> = Vec::new();
    for trial in 0..TRIALS {
        let mut hall = Hall::of(PEOPLE, trial * 10);
        hall.seals(trial * 10);
        let seen = seen(&hall);
        assert_eq!(seen.len(), PEOPLE);
        let roster: Vec<String> = hall.roster().iter().map(EntryId::to_string).collect();
        for (name, document) in (0..PEOPLE).map(person) {
            for known in [sha(&name), sha(&document), sha(&format!("{name}{document}"))] {
                assert!(!seen.iter().any(|one| known.starts_with(&one.id)), "an id is no hash of anything known");
            }
        }
        for (at, (name, count)) in guesses(&seen, &roster).into_iter().enumerate() {
            match right.get_mut(at) {
                Some((_, sum)) => *sum += count,
                None => right.push((name, count)),
            }
        }
    }
    // One of them is right by chance in a trial, on the average; about as often as a Poisson variable, whose deviation is the root.
    let mean = f64::from(u32::try_from(TRIALS).unwrap());
    let far = 6.0 * mean.sqrt();
    for (name, count) in right {
        let count = f64::from(u32::try_from(count).unwrap());
        assert!((count - mean).abs() < far, "{name}: {count} right guesses, {mean} by chance");
    }
}

#[test]
fn the_same_guesses_find_everybody_by_ids_that_were_mixed_from_a_counter() {
    let roster: Vec<String> = (0..PEOPLE as u64).map(|n| mixed(super::hall::chance(7), 2 * n + 1)).collect();
    let mut ids = roster.clone();
    ids.sort_by_key(|id| sha(id));
    let seen: Vec<Seen> =
        ids.into_iter().enumerate().map(|(record, id)| Seen { id, record, code: format!("-{record:02}") }).collect();
    let best = guesses(&seen, &roster).into_iter().max_by_key(|(_, right)| *right).unwrap();
    assert_eq!(best.1, PEOPLE, "{}", best.0);
}
