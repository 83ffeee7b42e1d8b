use super::letters::LENGTH;
use super::*;

fn code() -> PairingCode {
    let random = std::array::from_fn(|at| u8::try_from(at * 37 % 251).unwrap());
    PairingCode::new(random, Fingerprint::of(&std::array::from_fn(|at| u8::try_from((at * 29 + 3) % 256).unwrap())))
}

#[test]
fn a_code_is_read_back_however_it_is_typed() {
    let written = code().to_string();
    assert_eq!(written.len(), 35, "six groups of five: {written}");
    let wide: String = written.chars().map(|one| char::from_u32(u32::from(one) + 0xfee0).unwrap()).collect();
    let spaced = format!("  {} ", written.replace('-', " "));
    let taken = written.replace('0', "o").replace('1', "l");
    for typed in [written.clone(), written.to_lowercase(), written.replace('-', ""), spaced, taken, wide] {
        assert_eq!(PairingCode::read(&typed).unwrap(), code(), "{typed}");
    }
    assert_eq!(code().secret().len(), 12);
    assert!(!format!("{:?}", code()).contains(&code().secret()), "the secret is in no log");
}

#[test]
fn one_wrong_letter_is_found_with_its_group_and_two_are_found() {
    let right = code().to_string().replace('-', "");
    let wrong = |places: &[(usize, u8)]| {
        let mut typed: Vec<u8> = right.bytes().collect();
        for (at, by) in places {
            let symbol = symbols(&char::from(typed[*at]).to_string()).unwrap()[0] ^ by;
            typed[*at] = u8::try_from(letter(symbol)).unwrap();
        }
        PairingCode::read(&String::from_utf8(typed).unwrap()).unwrap_err()
    };
    for at in 0..LENGTH {
        for by in 1..32 {
            let refusal = wrong(&[(at, by)]);
            let group = (at / GROUP + 1).to_string();
            assert_eq!((refusal.code, refusal.args), ("pairing-code-group", vec![("group".to_owned(), group)]));
        }
        for other in 0..at {
            for by in 1..32 {
                assert!(wrong(&[(at, 9), (other, by)]).code.starts_with("pairing-code-"), "two at {at} and {other}");
            }
        }
    }
}

#[test]
fn two_letters_that_changed_places_are_found() {
    let right: Vec<char> = code().to_string().replace('-', "").chars().collect();
    for at in 1..LENGTH {
        let mut typed = right.clone();
        typed.swap(at - 1, at);
        assert!(typed == right || PairingCode::read(&typed.iter().collect::<String>()).is_err(), "at {at}");
    }
}

#[test]
fn what_is_no_code_is_said_to_be_none() {
    let written = code().to_string();
    for typed in ["", "ABCDEFGHJKMN", &written[1..], &format!("{written}0"), &written.replacen('-', "?", 1)] {
        assert_eq!(PairingCode::read(typed).unwrap_err().code, "pairing-code-form", "{typed}");
    }
}

#[test]
fn a_fingerprint_is_the_beginning_of_the_hash() {
    let mut hash = [0xff; 32];
    assert_eq!(Fingerprint::of(&hash).to_string(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    hash[..10].copy_from_slice(&[0, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf]);
    assert_eq!(Fingerprint::of(&hash).to_string(), "0123-4567-89AB-CDEF", "five bits a letter, the first first");
    assert_eq!("0123 4567 89ab cdef".parse(), Ok(Fingerprint::of(&hash)));
    assert!("0123".parse::<Fingerprint>().is_err());
}

#[test]
fn addresses_are_encrypted_ones_with_a_port() {
    for (typed, url) in [
        ("192.168.1.10", "https://192.168.1.10:7480"),
        (" 192.168.1.10:9000 ", "https://192.168.1.10:9000"),
        ("１９２。１６８。１。１０：９０００", "https://192.168.1.10:9000"),
        ("HQ.example.cn", "https://hq.example.cn:7480"),
        ("https://hq.example.cn", "https://hq.example.cn:443"),
        ("HTTPS://hq.example.cn:8443/", "https://hq.example.cn:8443"),
        ("::1", "https://[::1]:7480"),
        ("[fe80::1]:80", "https://[fe80::1]:80"),
        ("https://[::1]", "https://[::1]:443"),
    ] {
        assert_eq!(Address::read(typed).unwrap().url(), url, "{typed}");
    }
    for wrong in [
        "",
        "http://192.168.1.10:7480",
        "ftp://x",
        "https://",
        "a b",
        "host:",
        "host:0",
        "host:70000",
        "host:1:2",
        "host/x",
        "u@host",
        "host?x",
        "host#x",
        "[::1",
        "[x]",
        "[::1]x",
        "主机",
        ":7480",
        "host:+1",
    ] {
        assert_eq!(Address::read(wrong).unwrap_err().code, "upstream-address", "{wrong}");
    }
}

#[test]
fn an_invitation_says_both_in_the_place_of_either() {
    let both = Invitation { address: Address::read("192.168.1.10").unwrap(), code: code() };
    let text = both.to_string();
    assert_eq!(text, format!("jiangsai:192.168.1.10:7480/{}", code()));
    assert_eq!(Invitation::of(&text, "").unwrap(), both);
    assert_eq!(Invitation::of("", &format!(" {} ", text.to_lowercase())).unwrap(), both);
    assert_eq!(Invitation::of("192.168.1.10", &code().to_string()).unwrap(), both);
    assert!(Invitation::read("192.168.1.10").is_none());
    assert_eq!(Invitation::of("jiangsai:x", "").unwrap_err().code, "pairing-code-form");
    assert_eq!(Invitation::of("jiangsai:/x", "").unwrap_err().code, "upstream-address");
}
