#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use proptest::prelude::*;

const TODAY: &str = "2026-11-24";

/// ISO 7064 MOD 11-2 as the standard states it: the weights are powers of two, and the whole is 1 modulo 11.
fn is_one_modulo_eleven(number: &str) -> bool {
    let value = |letter: char| if letter == 'X' { 10 } else { u64::from(letter.to_digit(10).unwrap()) };
    number.chars().fold(0, |sum, letter| (sum * 2 + value(letter)) % 11) == 1
}

/// Numbers with the right check character: a province, a day, a sequence.
fn right() -> impl Strategy<Value = String> {
    let province = prop::sample::select(PROVINCES.to_vec());
    (province, 0..10_000_u32, 1940..2010_u32, 1..=12_u32, 1..=28_u32, 0..1000_u32).prop_map(
        |(province, county, year, month, day, sequence)| {
            with_check_character(&format!("{province}{county:04}{year}{month:02}{day:02}{sequence:03}")).unwrap()
        },
    )
}

proptest! {
    #[test]
    fn a_right_number_passes_and_agrees_with_the_standard(number in right()) {
        prop_assert_eq!(check("resident_id", &number, TODAY), Ok(()));
        prop_assert!(is_one_modulo_eleven(&number), "the reference agrees");
    }

    #[test]
    fn a_check_character_is_refused_exactly_when_the_standard_refuses_it(number in right(), last in 0..11_usize) {
        let other = format!("{}{}", &number[..17], char::from(b"0123456789X"[last]));
        let wanted = if is_one_modulo_eleven(&other) { Ok(()) } else { Err("fault-id-checksum") };
        prop_assert_eq!(check("resident_id", &other, TODAY), wanted);
    }

    #[test]
    fn every_wrong_digit_and_every_swap_of_neighbours_is_found(number in right()) {
        for place in 0..17 {
            for digit in b'0'..=b'9' {
                let mut bytes = number.clone().into_bytes();
                if bytes[place] != digit {
                    bytes[place] = digit;
                    let wrong = String::from_utf8(bytes).unwrap();
                    prop_assert_eq!(check("resident_id", &wrong, TODAY), Err("fault-id-checksum"), "{}", wrong);
                }
            }
            let mut bytes = number.clone().into_bytes();
            bytes.swap(place, place + 1);
            let wrong = String::from_utf8(bytes).unwrap();
            prop_assert!(wrong == number || check("resident_id", &wrong, TODAY).is_err(), "{} swaps two digits", wrong);
        }
    }

    #[test]
    fn no_text_makes_the_check_fail_to_answer(kind in prop::sample::select(KINDS.to_vec()), text in ".{0,24}") {
        let number = normalise(&text);
        let _ = check(kind, &number, TODAY);
        let hidden = mask(&number);
        prop_assert_eq!(hidden.chars().count(), number.chars().count(), "a mask is as long as what it hides");
    }
}

fn citizen_of(region: &str) -> String {
    with_check_character(&format!("{region}19900307123")).unwrap()
}

#[test]
fn published_numbers_pass() {
    // The examples of GB 11643-1999; the second person was born in 1880.
    assert_eq!(check("resident_id", "11010519491231002X", TODAY), Ok(()));
    assert_eq!(check("resident_id", "440524188001010014", TODAY), Err("fault-id-date"));
}

#[test]
fn each_reason_is_its_own() {
    for (number, wanted) in [
        ("130503670401001", "fault-id-length"),
        ("1101051949123100２X", "fault-id-digit"),
        ("11010519491231O02X", "fault-id-digit"),
        ("110105194912310021", "fault-id-checksum"),
    ] {
        assert_eq!(check("resident_id", number, TODAY), Err(wanted), "{number}");
    }
    for (digits, wanted) in [
        ("16010519900307123", "fault-id-region"),
        ("91010519900307123", "fault-id-region"),
        ("11010519900230123", "fault-id-date"),
        ("11010520261125123", "fault-id-date"),
    ] {
        let number = with_check_character(digits).unwrap();
        assert_eq!(check("resident_id", &number, TODAY), Err(wanted), "{number}");
    }
    let today = with_check_character("11010520261124123").unwrap();
    assert_eq!(check("resident_id", &today, TODAY), Ok(()), "born today");
    assert_eq!(check("resident_id", &citizen_of(MADE_UP_REGION), TODAY), Ok(()), "made up, and known to be");
}

#[test]
fn each_kind_has_its_form() {
    for (kind, number) in [
        ("passport", "E12345678"),
        ("hk_macao_permit", "H12345678"),
        ("hk_macao_permit", "M1234567801"),
        ("taiwan_permit", "12345678"),
        ("foreigner_id", "AAA123456789012"),
        ("foreigner_id", &citizen_of("911124")),
        ("hmt_residence", &citizen_of("810000")),
        ("hmt_residence", &citizen_of("830000")),
    ] {
        assert_eq!(check(kind, number, TODAY), Ok(()), "{kind} {number}");
    }
    for (kind, number, wanted) in [
        ("passport", "E123 4567", "fault-document-form"),
        ("hk_macao_permit", "X12345678", "fault-document-form"),
        ("taiwan_permit", "1234567", "fault-document-form"),
        ("foreigner_id", "AA1123456789012", "fault-document-form"),
        ("foreigner_id", &citizen_of("110105"), "fault-id-region"),
        ("foreigner_id", &citizen_of("999999"), "fault-id-region"),
        ("hmt_residence", &citizen_of("110105"), "fault-id-region"),
    ] {
        assert_eq!(check(kind, number, TODAY), Err(wanted), "{kind} {number}");
    }
}

#[test]
fn what_was_typed_is_normalised_and_what_is_shown_is_masked() {
    assert_eq!(normalise(" １１０１０５ 19491231002x"), "11010519491231002X");
    assert_eq!(mask("330683199001011234"), "330***********1234");
    assert_eq!(mask("E123456"), "*******", "too short to show anything of it");
    assert_eq!(sex("11010519491231002X"), Some("female"), "the 17th digit is even");
    assert_eq!(birth_date("11010519491231002X").as_deref(), Some("1949-12-31"));
}
