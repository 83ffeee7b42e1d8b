//! A body that is carried by a node which may not read it: encrypted to the readers of the competition. What opens it is no matter of the ledger's;
//! what came out is verified as any body is.

use crate::LONGEST_BODY;
use crate::hash::Hash;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes of an encapsulated key, of a salt, and of a tag.
const AROUND: usize = 32 + 32 + 16;
/// The shortest object.
const SHORTEST_BODY: usize = 2;

/// Salt and body, encrypted to a readers' key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Public half of the readers' key it is encrypted to.
    pub key: Hash,
    /// The encapsulated key, then salt and body encrypted, then the tag. Base64 where it travels.
    #[serde(rename = "box", serialize_with = "write", deserialize_with = "read")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub bytes: Vec<u8>,
}

impl Sealed {
    /// Is it as long as a salt and a body can be? More is not known of it without the key.
    #[must_use]
    pub const fn has_form(&self) -> bool {
        let length = self.bytes.len();
        length >= AROUND + SHORTEST_BODY && length <= AROUND + LONGEST_BODY
    }
}

fn write<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_box_has_one_spelling_and_the_length_of_a_body() {
        let of = |length: usize| Sealed { key: Hash::ZERO, bytes: vec![7; length] };
        let fits = [81, 82, AROUND + LONGEST_BODY, AROUND + LONGEST_BODY + 1].map(|length| of(length).has_form());
        assert_eq!(fits, [false, true, true, false]);
        let json = serde_json::to_string(&of(82)).unwrap();
        assert_eq!(serde_json::from_str::<Sealed>(&json).unwrap(), of(82), "as it travels");
        let spelled = |text: &str| format!(r#"{{"key":"{}","box":"{text}"}}"#, Hash::ZERO);
        assert!(serde_json::from_str::<Sealed>(&spelled("BwcH")).is_ok());
        for other in ["BwcHBw", "BwcHBx==", "BwcH\\n", "Bw-_"] {
            assert!(serde_json::from_str::<Sealed>(&spelled(other)).is_err(), "{other}");
        }
    }
}
