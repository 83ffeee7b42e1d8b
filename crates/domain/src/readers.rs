//! Readers' keys (阅读密钥): what carriers (只转送) pass on without reading it is encrypted to one, and the secret half of it is encrypted to every computer
//! that may read everything.
//!
//! Whoever carries records could write such a fact as well, with a key of its own. So a computer encrypts only to what was granted by one it
//! trusts: itself, those it is paired with for everything, and those that such a one made readers ([`current`]). Opening is no matter of trust: what
//! comes out has to be what the header of the record says.
//!
//! Left out: the encryption, and whether a signature is good (`app`).

use crate::competition::Competition;
use crate::ids::{FactId, NodeKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The secret half of a key, encrypted to one computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderBox {
    /// The computer.
    pub node: NodeKey,
    /// Its X25519 key, to which it is encrypted: 64 lower-case hex digits.
    pub to: String,
    /// The encapsulated key, the secret half, the tag. Base64.
    #[serde(rename = "box")]
    pub sealed: String,
}

/// A key that was in use before, for those who are to open what was encrypted to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OlderKey {
    /// Its public half.
    pub public: String,
    /// Its secret half, for each computer.
    pub boxes: Vec<ReaderBox>,
}

/// A readers' key, as one computer grants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadersKey {
    /// The public half: X25519, 64 lower-case hex digits. It names the key.
    pub public: String,
    /// The computer that grants it.
    pub by: NodeKey,
    /// The secret half, for each computer that may read everything.
    pub boxes: Vec<ReaderBox>,
    /// Keys of before, for the same computers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub older: Vec<OlderKey>,
    /// Ed25519 of the computer that grants it over [`ReadersKey::signed`]: 128 lower-case hex digits.
    pub signature: String,
}

impl ReadersKey {
    /// What is signed, in the competition of this id: its type first, then every part, a line each.
    #[must_use]
    pub fn signed(&self, competition: &str) -> Vec<u8> {
        let mut lines = vec!["jiangsai.readers.v1".to_owned(), competition.to_owned(), self.by.to_string()];
        let older = self.older.iter().map(|own| (&own.public, &own.boxes));
        for (public, boxes) in std::iter::once((&self.public, &self.boxes)).chain(older) {
            lines.push(format!("key {public}"));
            lines.extend(boxes.iter().map(|own| format!("{} {} {}", own.node, own.to, own.sealed)));
        }
        lines.iter().flat_map(|line| line.bytes().chain([b'\n'])).collect()
    }

    /// May a computer read, as this says?
    #[must_use]
    pub fn names(&self, node: &NodeKey) -> bool {
        self.boxes.iter().any(|own| own.node == *node)
    }

    /// Every key in it, with its boxes.
    pub fn all(&self) -> impl Iterator<Item = (&str, &[ReaderBox])> {
        let older = self.older.iter().map(|own| (own.public.as_str(), own.boxes.as_slice()));
        std::iter::once((self.public.as_str(), self.boxes.as_slice())).chain(older)
    }
}

impl Competition {
    /// Every readers' key that was granted, by display order.
    #[must_use]
    pub fn readers_keys(&self) -> Vec<(&FactId, &ReadersKey)> {
        let versions = self.readers.values().flat_map(|register| register.versions());
        let mut all: Vec<_> = versions.map(|(id, version)| ((version.order, id), &version.value)).collect();
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|((_, id), key)| (id, key)).collect()
    }
}

/// The key to encrypt to: the latest that was granted by a computer which `trusted` names, or which was a reader by the one before. `keys` come by
/// display order.
#[must_use]
pub fn current<'a>(
    keys: impl IntoIterator<Item = &'a ReadersKey>,
    trusted: &BTreeSet<NodeKey>,
) -> Option<&'a ReadersKey> {
    keys.into_iter().fold(None, |before: Option<&ReadersKey>, key| {
        let counts = trusted.contains(&key.by) || before.is_some_and(|before| before.names(&key.by));
        if counts { Some(key) } else { before }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn key(public: &str, by: &str, nodes: &[&str]) -> ReadersKey {
        let sealed = |node: &&str| ReaderBox { node: (*node).into(), to: "to".into(), sealed: "box".into() };
        let boxes = nodes.iter().map(sealed).collect();
        ReadersKey { public: public.into(), by: by.into(), boxes, older: Vec::new(), signature: String::new() }
    }

    fn to(keys: &[ReadersKey], trusted: &[&str]) -> Option<String> {
        let trusted = trusted.iter().map(|node| (*node).into()).collect();
        current(keys, &trusted).map(|key| key.public.clone())
    }

    #[test]
    fn a_key_counts_by_who_granted_it_and_never_because_it_is_there() {
        let hq = key("1", "hq", &["hq", "office"]);
        let forged = key("2", "carrier", &["hq", "office", "carrier"]);
        assert_eq!(to(&[hq.clone(), forged.clone()], &["hq"]), Some("1".into()), "not by who carries it");
        assert_eq!(to(std::slice::from_ref(&forged), &["hq"]), None);
        let office = key("3", "office", &["hq", "office"]);
        assert_eq!(to(&[hq.clone(), forged.clone(), office.clone()], &["hq"]), Some("3".into()), "a reader may grant");
        assert_eq!(to(&[office.clone(), hq], &["office"]), Some("1".into()), "from either end");
        assert_eq!(to(&[office, forged], &["office"]), Some("3".into()));
    }

    #[test]
    fn whoever_was_left_out_grants_nothing_any_more() {
        let both = key("1", "hq", &["hq", "lost"]);
        let without = key("2", "hq", &["hq"]);
        let again = key("3", "lost", &["hq", "lost"]);
        assert_eq!(to(&[both.clone(), without, again.clone()], &["hq"]), Some("2".into()));
        assert_eq!(to(&[both, again], &["hq"]), Some("3".into()), "before that it did");
    }

    #[test]
    fn what_is_signed_says_every_part() {
        let whole = ReadersKey {
            older: vec![OlderKey { public: "0".into(), boxes: key("0", "hq", &["hq"]).boxes }],
            ..key("1", "hq", &["hq", "office"])
        };
        let text = String::from_utf8(whole.signed("c")).unwrap();
        assert_eq!(text, "jiangsai.readers.v1\nc\nhq\nkey 1\nhq to box\noffice to box\nkey 0\nhq to box\n");
        assert_ne!(whole.signed("c"), whole.signed("d"), "of one competition");
    }
}
