#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use proptest::prelude::*;

fn code(salt: u8) -> OpeningCode {
    OpeningCode::new(&std::array::from_fn(|at| (at as u8).wrapping_mul(29).wrapping_add(salt)))
}

fn codes() -> Codes {
    Office::ALL.into_iter().zip([3, 50, 117]).map(|(office, salt)| (office, code(salt))).collect()
}

fn some(codes: &Codes, offices: &[Office]) -> Codes {
    codes.iter().filter(|(office, _)| offices.contains(office)).map(|(office, code)| (*office, code.clone())).collect()
}

#[test]
fn any_two_of_three_codes_open_it_and_no_one_alone() {
    let (seal, key, codes) = (SealId::from("s"), Key::new([7; 32]), codes());
    let lock = Lock::new(&seal, &key, &codes).unwrap();
    for left_out in Office::ALL {
        let two: Vec<Office> = Office::ALL.into_iter().filter(|office| *office != left_out).collect();
        assert_eq!(lock.open(&seal, &some(&codes, &two)), Some(key), "without {left_out:?}");
        assert_eq!(lock.open(&seal, &some(&codes, &[left_out])), None, "{left_out:?} alone");
        assert!(lock.knows(&seal, left_out, &codes[&left_out]));
    }
    assert_eq!(lock.open(&seal, &Codes::new()), None);
    assert_eq!(lock.open(&SealId::from("t"), &codes), None, "they are for this seal");
    let mut wrong = codes.clone();
    wrong.insert(Office::DrawOfficer, code(4));
    assert!(!lock.knows(&seal, Office::DrawOfficer, &code(4)));
    assert!(!lock.knows(&seal, Office::Supervisor, &codes[&Office::DrawOfficer]), "each has its own");
    let two = some(&wrong, &[Office::DrawOfficer, Office::Supervisor]);
    assert_eq!(lock.open(&seal, &two), None, "one of the two is wrong");
    assert_eq!(lock.open(&seal, &wrong), Some(key), "the other two are right");
    assert!(Lock::new(&seal, &key, &some(&codes, &[Office::Supervisor])).is_none());
}

#[test]
fn a_lock_that_opens_something_else_for_each_pair_opens_what_it_says_alone() {
    let (seal, codes) = (SealId::from("s"), codes());
    let [one, other] = [1, 2].map(|byte| Lock::new(&seal, &Key::new([byte; 32]), &codes).unwrap());
    let mixed = Lock { pairs: [one.pairs[0].clone(), other.pairs[1].clone(), one.pairs[2].clone()], ..one };
    let with = |offices: &[Office]| mixed.open(&seal, &some(&codes, offices));
    assert_eq!(with(&[Office::DrawOfficer, Office::Supervisor]), Some(Key::new([1; 32])));
    assert_eq!(with(&[Office::DrawOfficer, Office::Envelope]), None, "whoever sealed cannot have two answers ready");
}

#[test]
fn a_lock_says_neither_key_nor_codes_and_is_read_as_it_was_written() {
    let (seal, key, codes) = (SealId::from("s"), Key::new([7; 32]), codes());
    let lock = Lock::new(&seal, &key, &codes).unwrap();
    let text = serde_json::to_string(&lock).unwrap();
    assert_eq!(serde_json::from_str::<Lock>(&text).unwrap(), lock);
    assert!(!text.contains(&String::from(key)));
    let shown = format!("{lock:?} {key:?} {codes:?}");
    for code in codes.values() {
        assert!(
            !text.contains(&code.letters()) && !shown.contains(&code.letters()) && !shown.contains(&code.to_string())
        );
    }
    assert!(!shown.contains(&String::from(key)));
    assert_eq!(serde_json::from_str::<Key>(&serde_json::to_string(&key).unwrap()).unwrap(), key);
    assert!(serde_json::from_str::<Key>("\"00\"").is_err());
}

#[test]
fn the_id_of_a_locked_entry_follows_from_the_key_and_the_id() {
    let entry = EntryId::from("0123456789abcdef0123456789abcdef");
    let coded = Key::new([7; 32]).coded(&entry);
    // The first sixteen bytes of SHA-256 over the three lines, as `sha256sum` has it.
    assert_eq!(coded.as_str(), "cd1f38c657932ff94f401bf9d0944d91");
    assert_ne!(Key::new([8; 32]).coded(&entry), coded);
    assert_ne!(Key::new([7; 32]).coded(&EntryId::from("1")), coded);
}

proptest! {
    #[test]
    fn a_code_is_read_as_it_is_written_and_a_wrong_letter_is_named(bytes: [u8; 32], at in 0..30_usize, by in 1..32_u8) {
        let code = OpeningCode::new(&bytes);
        let shown = code.to_string();
        prop_assert_eq!(OpeningCode::read(&shown.to_lowercase().replace('-', " ")).unwrap(), code);
        let mut letters: Vec<char> = shown.chars().filter(|letter| *letter != '-').collect();
        let symbol = crate::pairing::symbols(&letters[at].to_string()).unwrap()[0];
        letters[at] = letter(symbol ^ by);
        let wrong = OpeningCode::read(&letters.iter().collect::<String>()).unwrap_err();
        prop_assert_eq!((wrong.code, wrong.args), ("opening-code-group", vec![("group".to_owned(), (at / 5 + 1).to_string())]));
    }
}
