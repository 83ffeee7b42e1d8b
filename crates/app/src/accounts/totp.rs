//! Codes of an authenticator app (TOTP, RFC 6238): six digits from a secret and the time, by SHA-1 and steps of thirty seconds, which is what every app can.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use jiangsai_domain::account::Authenticator;
use qrcodegen::{QrCode, QrCodeEcc};
use sha1::Sha1;
use std::fmt::Write as _;

/// Bytes of a secret, as many as SHA-1 gives.
pub(crate) const SECRET: usize = 20;
/// Seconds of a step.
const STEP: i64 = 30;
/// Codes of so many steps before and after are accepted: clocks differ, and typing takes time.
const AROUND: i64 = 1;
/// Light modules around the code, as ISO/IEC 18004 asks for.
const QUIET: i32 = 4;

/// The step of a moment, in milliseconds since 1970.
pub(crate) const fn step_at(now_ms: i64) -> i64 {
    now_ms.div_euclid(STEP * 1_000)
}

/// The code of a step.
pub(crate) fn code_of(secret: &[u8], step: i64) -> u32 {
    truncated(secret, step) % 1_000_000
}

/// RFC 4226: 31 bits of the hash, from where its last half byte says.
fn truncated(secret: &[u8], step: i64) -> u32 {
    // Any length of key will do.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return 0 };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = usize::from(hash[19] & 15);
    let mut four = [0; 4];
    four.copy_from_slice(&hash[from..from + 4]);
    u32::from_be_bytes(four) & 0x7fff_ffff
}

/// The step whose code was typed, if it is one of now and later than the last one that was used. Every step is looked at, whatever fits.
pub(crate) fn step_of(secret: &[u8], typed: u32, now_ms: i64, used: i64) -> Option<i64> {
    let now = step_at(now_ms);
    let mut found = None;
    for step in now - AROUND..=now + AROUND {
        let fits = code_of(secret, step) == typed;
        if fits && step > used {
            found = Some(step);
        }
    }
    found
}

/// What an app is given: `host` and `name` stand in its list.
pub(crate) fn authenticator(secret: &[u8], host: &str, name: &str) -> Option<Authenticator> {
    let letters = BASE32_NOPAD.encode(secret);
    let (host, name) = (escaped(host), escaped(name));
    let address =
        format!("otpauth://totp/{host}:{name}?secret={letters}&issuer={host}&algorithm=SHA1&digits=6&period=30");
    let code = QrCode::encode_text(&address, QrCodeEcc::Medium).ok()?;
    let (size, mut path) = (code.size(), String::new());
    for (x, y) in (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y)) {
        // Writing to a string does not fail.
        let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
    }
    let groups: Vec<String> =
        letters.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    let side = u32::try_from(size + 2 * QUIET).ok()?;
    Some(Authenticator { letters: groups.join(" "), address, side, path })
}

/// Text as it stands in an address.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// Secret of the vectors of RFC 6238, appendix B, for SHA-1.
    const RFC: &[u8; 20] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let vectors = [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ];
        for (seconds, eight) in vectors {
            let step = step_at(seconds * 1_000);
            assert_eq!(truncated(RFC, step) % 100_000_000, eight, "{seconds} s");
            assert_eq!(code_of(RFC, step), eight % 1_000_000);
        }
    }

    #[test]
    fn a_clock_may_be_a_step_off_and_no_more() {
        let now = 1_111_111_111_000;
        let step = step_at(now);
        for off in -1..=1 {
            assert_eq!(step_of(RFC, code_of(RFC, step + off), now, 0), Some(step + off));
        }
        for off in [-2, 2] {
            assert_eq!(step_of(RFC, code_of(RFC, step + off), now, 0), None, "{off} steps");
        }
    }

    #[test]
    fn a_step_counts_once_and_none_before_it_any_more() {
        let now = 1_111_111_111_000;
        let step = step_at(now);
        let typed = |at| code_of(RFC, at);
        assert_eq!(step_of(RFC, typed(step), now, step), None, "the same again");
        assert_eq!(step_of(RFC, typed(step - 1), now, step), None, "one before");
        assert_eq!(step_of(RFC, typed(step + 1), now, step), Some(step + 1), "the next");
    }

    #[test]
    fn an_app_is_given_all_it_needs_and_the_code_says_the_same() {
        let made = authenticator(RFC, "hq.example.org:8443", "模拟甲").unwrap();
        assert_eq!(made.letters, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            made.address,
            "otpauth://totp/hq.example.org%3A8443:%E6%A8%A1%E6%8B%9F%E7%94%B2?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=hq.example.org%3A8443&algorithm=SHA1&digits=6&period=30"
        );
        let side = made.side as usize;
        let mut dark = vec![vec![false; side]; side];
        for module in made.path.split('M').skip(1) {
            let (x, y) = module.split_once('h').unwrap().0.split_once(',').unwrap();
            dark[y.parse::<usize>().unwrap()][x.parse::<usize>().unwrap()] = true;
        }
        // Four points a module, as a camera would see it.
        let mut seen =
            rqrr::PreparedImage::prepare_from_greyscale(
                side * 4,
                side * 4,
                |x, y| if dark[y / 4][x / 4] { 0 } else { 255 },
            );
        let found = seen.detect_grids();
        assert_eq!(found[0].decode().unwrap().1, made.address);
        assert!(!format!("{made:?}").contains("GEZD"));
    }
}
