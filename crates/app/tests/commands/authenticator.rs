//! An authenticator app, as a person has it on the phone: by RFC 6238 and nothing of ours.
#![allow(clippy::unwrap_used, reason = "tests")]

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// The six digits that it shows at a moment, from the letters that were typed into it.
pub fn shows(letters: &str, now_ms: i64) -> String {
    let letters: String = letters.split_whitespace().collect();
    let secret = BASE32_NOPAD.decode(letters.as_bytes()).unwrap();
    let mut mac = Hmac::<Sha1>::new_from_slice(&secret).unwrap();
    mac.update(&(now_ms / 30_000).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[from..from + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}
