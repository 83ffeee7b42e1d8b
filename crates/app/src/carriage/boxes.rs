//! What is encrypted with HPKE (RFC 9180), with the same algorithms as bundles: a body to the readers of a competition, and the secret half of their key
//! to each of them. What it is stands in the first line of `info`, and whose in the others, so that nothing opens in another place.

use crate::bundle::public_key;
use crate::failure::Failure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable};
use jiangsai_ledger::replication::Sealed;
use jiangsai_ledger::{Hash, ScopeId};

/// First lines.
const CARRIED: &str = "jiangsai.carried.v1";
const READER: &str = "jiangsai.reader-key.v1";
/// Bytes of a salt.
const SALT: usize = 32;

type Key = <X25519HkdfSha256 as Kem>::PublicKey;
type Shared = <X25519HkdfSha256 as Kem>::EncappedKey;

fn close(to: Hash, info: &str, plain: &[u8]) -> Result<Vec<u8>, Failure> {
    let broken = |error: HpkeError| Failure::Internal(error.to_string());
    let key = Key::from_bytes(to.bytes()).map_err(broken)?;
    let (shared, mut context) =
        hpke::setup_sender::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&OpModeS::Base, &key, info.as_bytes())
            .map_err(broken)?;
    let closed = context.seal(plain, b"").map_err(broken)?;
    Ok([shared.to_bytes().as_slice(), closed.as_slice()].concat())
}

fn open(secret: &[u8; 32], info: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let (shared, closed) = bytes.split_at_checked(Shared::size())?;
    let shared = Shared::from_bytes(shared).ok()?;
    let (key, _) = X25519HkdfSha256::derive_keypair(secret);
    let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key,
        &shared,
        info.as_bytes(),
    )
    .ok()?;
    context.open(closed, b"").ok()
}

fn of_body(key: Hash, record: Hash) -> String {
    format!("{CARRIED}\n{key}\n{record}\n")
}

fn of_secret(scope: ScopeId, public: Hash, node: &str) -> String {
    format!("{READER}\n{scope}\n{public}\n{node}\n")
}

/// Encrypts salt and body of a record to a readers' key.
pub(super) fn seal_body(key: Hash, record: Hash, salt: Hash, body: &str) -> Result<Sealed, Failure> {
    let plain = [salt.bytes().as_slice(), body.as_bytes()].concat();
    Ok(Sealed { key, bytes: close(key, &of_body(key, record), &plain)? })
}

/// Salt and body of a record; `None` where this is not its key, it is of another record, or it was changed.
pub(super) fn open_body(secret: &[u8; 32], record: Hash, sealed: &Sealed) -> Option<(Hash, String)> {
    let plain = open(secret, &of_body(sealed.key, record), &sealed.bytes)?;
    let (salt, body) = plain.split_at_checked(SALT)?;
    Some((Hash::from_bytes(salt).ok()?, String::from_utf8(body.to_vec()).ok()?))
}

/// Encrypts the secret half of a readers' key to one computer, whose key for that is `to`. Base64.
pub(super) fn seal_secret(
    (scope, public): (ScopeId, Hash),
    node: &str,
    to: Hash,
    secret: &[u8; 32],
) -> Result<String, Failure> {
    Ok(STANDARD.encode(close(to, &of_secret(scope, public, node), secret)?))
}

/// The secret half of a readers' key, with the secret of the computer that it is for; `None` where it is another's, or not the half of that key.
pub(super) fn open_secret(
    own: &[u8; 32],
    (scope, public): (ScopeId, Hash),
    node: &str,
    text: &str,
) -> Option<[u8; 32]> {
    let bytes = STANDARD.decode(text).ok()?;
    let secret: [u8; 32] = open(own, &of_secret(scope, public, node), &bytes)?.try_into().ok()?;
    (public_key(secret).ok()? == public).then_some(secret)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn record(name: &[u8]) -> Hash {
        Hash::of(name)
    }

    #[test]
    fn a_body_opens_with_its_key_as_its_record_and_in_no_other_place() {
        let (secret, other) = ([1; 32], [2; 32]);
        let (key, another) = (public_key(secret).unwrap(), public_key(other).unwrap());
        let salt = Hash::of(b"salt");
        let sealed = seal_body(key, record(b"one"), salt, r#"{"kind":"person.form"}"#).unwrap();
        assert!(sealed.has_form());
        let opened = Some((salt, r#"{"kind":"person.form"}"#.to_owned()));
        assert_eq!(open_body(&secret, record(b"one"), &sealed), opened);
        assert_eq!(open_body(&other, record(b"one"), &sealed), None, "with another key");
        assert_eq!(open_body(&secret, record(b"two"), &sealed), None, "in the place of another record");
        let renamed = Sealed { key: another, ..sealed.clone() };
        assert_eq!(open_body(&secret, record(b"one"), &renamed), None, "under the name of another key");
        let again = seal_body(key, record(b"one"), salt, r#"{"kind":"person.form"}"#).unwrap();
        assert_ne!(again.bytes, sealed.bytes, "nobody can try out what it may be");
        assert!(!sealed.bytes.windows(6).any(|part| part == b"person"), "nothing is legible");
    }

    #[test]
    fn every_bit_and_every_cut_of_a_box_is_found() {
        let secret = [1; 32];
        let sealed = seal_body(public_key(secret).unwrap(), record(b"one"), Hash::ZERO, "{}").unwrap();
        for bit in 0..sealed.bytes.len() * 8 {
            let mut changed = sealed.clone();
            changed.bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(open_body(&secret, record(b"one"), &changed), None, "bit {bit}");
        }
        for cut in 0..sealed.bytes.len() {
            let mut short = sealed.clone();
            short.bytes.truncate(cut);
            assert_eq!(open_body(&secret, record(b"one"), &short), None, "cut to {cut} bytes");
        }
    }

    #[test]
    fn a_secret_opens_at_its_computer_as_the_half_of_its_key_in_its_competition() {
        let (scope, elsewhere) = (ScopeId::new(Hash::of(b"c")), ScopeId::new(Hash::of(b"d")));
        let (node, secret) = ([5; 32], [7; 32]);
        let (to, public) = (public_key(node).unwrap(), public_key(secret).unwrap());
        let closed = seal_secret((scope, public), "office", to, &secret).unwrap();
        assert_eq!(open_secret(&node, (scope, public), "office", &closed), Some(secret));
        assert_eq!(open_secret(&[6; 32], (scope, public), "office", &closed), None);
        assert_eq!(open_secret(&node, (scope, public), "hub", &closed), None);
        assert_eq!(open_secret(&node, (elsewhere, public), "office", &closed), None);
        let forged = seal_secret((scope, public), "office", to, &[8; 32]).unwrap();
        assert_eq!(open_secret(&node, (scope, public), "office", &forged), None, "not the half of that key");
    }
}
