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

/// Places on the roster, in an order that has a name.
type People = (String, Vec<usize>);

/// People by what is known of each.
fn people_by(whom: &str, key: &dyn Fn(usize) -> String) -> People {
    let mut order: Vec<usize> = (0..PEOPLE).collect();
    order.sort_by_key(|number| key(*number));
    (whom.to_owned(), order)
}

/// Every order of people that a roster has.
fn orders_of_people() -> Vec<People> {
    vec![
        ("roster".to_owned(), (0..PEOPLE).collect()),
        ("roster backwards".to_owned(), (0..PEOPLE).rev().collect()),
        people_by("document", &|number| person(number).1),
        people_by("hash of the name", &|number| sha(&person(number).0)),
        people_by("hash of the document", &|number| sha(&person(number).1)),
    ]
}

/// Right guesses in a trial of each pair of orders. `ids`: what is to be guessed, by place on the roster.
fn guesses(seen: &[Seen], ids: &[String], people: &[People]) -> Vec<(String, usize)> {
    let mut made = Vec::new();
    for (name, entries) in orders_of_entries(seen) {
        for (whom, people) in people {
            let right = entries.iter().zip(people).filter(|(id, person)| ids[**person] == **id).count();
            made.push((format!("{name} / {whom}"), right));
        }
    }
    made
}

/// Adds the right guesses of one trial to those of the others.
fn count(right: &mut Vec<(String, usize)>, made: Vec<(String, usize)>) {
    for (at, (name, count)) in made.into_iter().enumerate() {
        match right.get_mut(at) {
            Some((_, sum)) => *sum += count,
            None => right.push((name, count)),
        }
    }
}

fn are_by_chance(right: Vec<(String, usize)>) {
    // One of them is right by chance in a trial, on the average; about as often as a Poisson variable, whose deviation is the root: six of them
    // are too far.
    let mean = i64::try_from(TRIALS).unwrap();
    for (name, count) in right {
        let off = i64::try_from(count).unwrap() - mean;
        assert!(off * off < 36 * mean, "{name}: {count} right guesses, {mean} by chance");
    }
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
        count(&mut right, guesses(&seen, &roster, &orders_of_people()));
    }
    are_by_chance(right);
}

/// As above, of names that are locked: by whoever has everything that is kept anywhere, with draws and ids of registration.
#[test]
fn whoever_has_everything_guesses_no_better_than_by_chance_while_names_are_locked() {
    let mut right: Vec<(String, usize)> = Vec::new();
    for trial in 0..TRIALS {
        let mut hall = Hall::of(PEOPLE, trial * 10);
        hall.draws(trial * 10);
        let roster = hall.roster();
        let station = |number: usize| {
            let numbers = hall.whole.numbers(&hall.whole.entries[&roster[number]]);
            format!("{}-{}", numbers.session, numbers.station)
        };
        let id = |number: usize| roster[number].to_string();
        // What a judge's desk does not hold, and an organiser's computer does.
        let mut people = orders_of_people();
        people.extend([people_by("id", &id), people_by("hash of the id", &|number| sha(&id(number)))]);
        people.extend([
            people_by("station", &station),
            people_by("hash of the station", &|number| sha(&station(number))),
        ]);
        let papers = hall.locks(trial * 10 + 5);
        let seen = seen(&hall);
        assert_eq!(seen.len(), PEOPLE);
        let locked: Vec<String> = roster.iter().map(|id| papers.key.coded(id).to_string()).collect();
        count(&mut right, guesses(&seen, &locked, &people));
    }
    are_by_chance(right);
}

#[test]
fn the_same_guesses_find_everybody_by_ids_that_were_mixed_from_a_counter() {
    let roster: Vec<String> = (0..PEOPLE as u64).map(|n| mixed(super::hall::chance(7), 2 * n + 1)).collect();
    let mut ids = roster.clone();
    ids.sort_by_key(|id| sha(id));
    let seen: Vec<Seen> =
        ids.into_iter().enumerate().map(|(record, id)| Seen { id, record, code: format!("-{record:02}") }).collect();
    let best = guesses(&seen, &roster, &orders_of_people()).into_iter().max_by_key(|(_, right)| *right).unwrap();
    assert_eq!(best.1, PEOPLE, "{}", best.0);
}
