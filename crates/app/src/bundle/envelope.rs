//! The envelope: a bundle encrypted to one node, with HPKE (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base
//! mode. Its two lines of text say for whom it is; the rest is pieces of 64 KiB, each with its own tag, the last one marked as the last.

use crate::failure::Failure;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable};
use jiangsai_domain::envelope::Refusal;
use jiangsai_ledger::Hash;

/// First line.
const TYPE: &str = "jiangsai.envelope.v1";
/// Bytes of a piece before it is encrypted.
const PIECE: usize = 64 * 1024;
/// Bytes of its tag.
const TAG: usize = 16;
/// What is authenticated with a piece: whether another one follows.
const MORE: &[u8] = b"more";
const LAST: &[u8] = b"last";

/// The key to encrypt to, of a node with this secret.
pub(crate) fn public_key(secret: [u8; 32]) -> Result<Hash, Failure> {
    let (_, public) = X25519HkdfSha256::derive_keypair(&secret);
    Hash::from_bytes(&public.to_bytes()).map_err(|error| Failure::Internal(error.to_string()))
}

/// Does it begin as an envelope does?
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.starts_with(TYPE.as_bytes()) && bytes.get(TYPE.len()) == Some(&b'\n')
}

/// What an envelope says of itself to whoever cannot open it.
pub(super) fn said(bytes: &[u8]) -> String {
    let lines = bytes.split(|byte| *byte == b'\n').take(2);
    let end = lines.clone().map(|line| line.len() + 1).sum::<usize>().min(bytes.len());
    let to: Option<Hash> =
        lines.last().and_then(|line| std::str::from_utf8(line).ok()?.strip_prefix("to ")?.parse().ok());
    let to = to.map_or_else(|| "nobody it names".to_owned(), |to| to.to_string());
    format!(
        "envelope, bytes 0-{end}: encrypted to {to}, who alone can open it: import it there, or verify a published bundle"
    )
}

fn head(to: Hash) -> String {
    format!("{TYPE}\nto {to}\n")
}

/// Encrypts to the node `to`, whose key for that is `key`.
pub(super) fn close(to: Hash, key: Hash, plain: &[u8]) -> Result<Vec<u8>, Failure> {
    let broken = |error: HpkeError| Failure::Internal(error.to_string());
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(key.bytes()).map_err(broken)?;
    let head = head(to);
    let (shared, mut context) =
        hpke::setup_sender::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&OpModeS::Base, &key, head.as_bytes())
            .map_err(broken)?;
    let mut out = Vec::with_capacity(plain.len() + plain.len() / PIECE * TAG + 256);
    out.extend(head.as_bytes());
    out.extend(shared.to_bytes());
    let mut pieces = plain.chunks(PIECE).peekable();
    while let Some(piece) = pieces.next() {
        let follows = if pieces.peek().is_some() { MORE } else { LAST };
        out.extend(context.seal(piece, follows).map_err(broken)?);
    }
    Ok(out)
}

/// Decrypts what is for the node `own` with this secret.
///
/// # Errors
/// `bundle-other-recipient`; `bundle-damaged` with the bytes.
pub(super) fn open(own: Hash, secret: [u8; 32], bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let begin = head(own).len();
    let Some(rest) = bytes.strip_prefix(head(own).as_bytes()) else {
        let line = bytes.get(TYPE.len() + 1..begin).unwrap_or_default();
        let to = std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix("to "));
        let to: Option<Hash> = to.and_then(|to| to.trim_end().parse().ok());
        return Err(match to {
            Some(to) => Refusal::new("bundle-other-recipient").with("to", to).into(),
            None => damaged(0, begin.min(bytes.len())),
        });
    };
    let size = <X25519HkdfSha256 as Kem>::EncappedKey::size();
    let (shared, pieces) = rest.split_at_checked(size).ok_or_else(|| damaged(begin, bytes.len()))?;
    let here = |_| damaged(begin, begin + size);
    let shared = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(shared).map_err(here)?;
    let (key, _) = X25519HkdfSha256::derive_keypair(&secret);
    let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key,
        &shared,
        head(own).as_bytes(),
    )
    .map_err(here)?;
    let mut plain = Vec::with_capacity(pieces.len());
    let (mut at, mut left) = (begin + size, pieces.chunks(PIECE + TAG).peekable());
    if left.peek().is_none() {
        return Err(damaged(at, at));
    }
    while let Some(piece) = left.next() {
        let follows = if left.peek().is_some() { MORE } else { LAST };
        // What was shared is part of every piece's key, so the first piece cannot tell which of the two was changed.
        let from = if at == begin + size { begin } else { at };
        plain.extend(context.open(piece, follows).map_err(|_| damaged(from, at + piece.len()))?);
        at += piece.len();
    }
    Ok(plain)
}

fn damaged(from: usize, to: usize) -> Failure {
    Refusal::new("bundle-damaged").with("why", format!("envelope, bytes {from}-{to}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(byte: u8) -> (Hash, [u8; 32], Hash) {
        let secret = [byte; 32];
        (Hash::of(&secret), secret, public_key(secret).expect("a key"))
    }

    fn code(outcome: Result<Vec<u8>, Failure>) -> String {
        match outcome {
            Err(Failure::Refused(refusal)) => refusal.code.to_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_is_closed_is_opened_by_its_recipient_alone() {
        let ((own, secret, key), (other, another, _)) = (node(1), node(2));
        for length in [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let plain: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap_or_default()).collect();
            let closed = close(own, key, &plain).expect("it closes");
            assert_eq!(open(own, secret, &closed).expect("it opens"), plain, "{length} bytes");
            assert_eq!(code(open(other, another, &closed)), "bundle-other-recipient");
            assert_eq!(code(open(own, another, &closed)), "bundle-damaged", "with another key");
            assert!(plain.len() < 64 || !closed.windows(64).any(|part| part == &plain[..64]), "nothing is legible");
        }
    }

    #[test]
    fn every_bit_and_every_cut_is_found() {
        let (own, secret, key) = node(1);
        let plain = vec![7; PIECE + 100];
        let closed = close(own, key, &plain).expect("it closes");
        let step = 8 * closed.len() / 997;
        let bits = (0..180 * 8).chain((180 * 8..closed.len() * 8).step_by(step));
        for bit in bits {
            let mut changed = closed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(open(own, secret, &changed).is_err(), "bit {bit}");
        }
        for cut in (0..closed.len()).step_by(613).chain([closed.len() - 1, closed.len() - 116]) {
            assert!(open(own, secret, &closed[..cut]).is_err(), "cut to {cut} bytes");
        }
    }
}
