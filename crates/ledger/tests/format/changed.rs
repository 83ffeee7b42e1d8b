//! Headers and bodies of records, changed at random: what is read is strict and is spelled one way, nothing panics, and a log with such a record in
//! it does not verify. From seeds, so that what was found is found again; `JIANGSAI_LONG=1` for many more.

use super::{Ledger, ledger, verify};
use jiangsai_ledger::{Body, Hash, Header};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// Largest whole number that every reader of JSON knows.
const LARGEST: u64 = 9_007_199_254_740_991;

/// JSON of which no object has a name twice and every number is whole and not too large, read without the ledger.
struct Strict;

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E: Error>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self, E> {
        if number <= LARGEST { Ok(self) } else { Err(E::custom("too large")) }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self, E> {
        if number.unsigned_abs() <= LARGEST { Ok(self) } else { Err(E::custom("too large")) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self, A::Error> {
        let mut names = BTreeSet::new();
        while let Some((name, Self)) = object.next_entry::<String, Self>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("twice"));
            }
        }
        Ok(self)
    }
}

/// SplitMix64 by Sebastiano Vigna: enough chance for a test, the same on every machine.
struct Rng(u64);

impl Rng {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end.max(1) as u64).unwrap()
    }
}

const WORDS: [&[u8]; 18] = [
    b"{",
    b"}",
    b"[",
    b"\"",
    b",",
    b":",
    b"\\u0000",
    b"\\ud800",
    b"\xff",
    b"\xc3\xa9",
    b"1e3",
    b"-0",
    b"0.5",
    b"9007199254740992",
    b" ",
    b"\"seq\":1,",
    b"\"kind\":\"mark.set\",",
    b"null",
];

/// The same bytes but a few.
fn changed(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=rng.below(3) {
        let at = rng.below(bytes.len());
        let end = (at + rng.below(12)).min(bytes.len());
        match rng.below(6) {
            _ if bytes.is_empty() => {}
            0 => bytes[at] ^= 1 << rng.below(8),
            1 if bytes[at].is_ascii_alphanumeric() => bytes[at] = b"0123456789abcdefz"[rng.below(17)],
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let again = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, again));
            }
            _ => drop(bytes.splice(at..at, WORDS[rng.below(WORDS.len())].iter().copied())),
        }
    }
    bytes
}

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

#[test]
fn whatever_a_record_is_changed_to_it_is_strict_or_refused_and_never_another() {
    let cases: u64 = if std::env::var_os("JIANGSAI_LONG").is_some() { 2_000_000 } else { 40_000 };
    let Ledger { records, .. } = ledger();
    let (mut headers, mut bodies, mut refused) = (0, 0, 0);
    for seed in 0..cases {
        let mut rng = Rng(seed);
        let at = rng.below(records.len());
        let mut other = records[at].clone();
        let read = if rng.below(2) == 0 {
            other.header = changed(&other.header, &mut rng);
            other.hash = Hash::of(&other.header);
            let read = Header::read(&other.header);
            if let Ok(header) = &read {
                headers += 1;
                assert_eq!(serde_json::to_vec(&header).unwrap(), other.header, "seed {seed}: there is one spelling");
            }
            read.map(drop)
        } else {
            other.body = changed(&other.body, &mut rng);
            let read = Body::read(&other.body);
            bodies += u64::from(read.is_ok());
            read.map(drop)
        };
        let bytes = if other.header == records[at].header { &other.body } else { &other.header };
        if read.is_ok() {
            let strict = serde_json::from_slice::<Strict>(bytes);
            assert!(strict.is_ok(), "seed {seed}: {} was read", text(bytes));
        } else {
            refused += 1;
        }
        // A record without its body is what others than its readers hold.
        if (&other.header, &other.body) != (&records[at].header, &records[at].body) && !other.body.is_empty() {
            let said = (text(&other.header).into_owned(), text(&other.body).into_owned());
            let mut all = ledger();
            all.records[at] = other;
            assert!(verify(&all).is_err(), "seed {seed}: another record verifies: {said:?}");
        }
    }
    println!("{cases} records: {headers} headers and {bodies} bodies were read, {refused} refused");
    assert!(headers > 100 && bodies > 100 && refused > cases / 2, "{headers}, {bodies}, {refused}");
}
