//! Strict JSON: UTF-8, no name twice in an object, no number but whole ones up to 2^53−1, no half of a pair of surrogates, at most 127 objects
//! and arrays inside each other (where serde_json stops), nothing after the value.

use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// Largest whole number that every JSON reader keeps exact.
pub(crate) const LARGEST: u64 = (1 << 53) - 1;

/// Why bytes are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotStrict {
    /// Not JSON, a name twice, a number out of range.
    #[error("not strict JSON")]
    Json,
    /// Strict JSON of another shape.
    #[error("not of the expected form")]
    Form,
}

/// Reads strict JSON.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, NotStrict> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    Check.deserialize(&mut deserializer).map_err(|_| NotStrict::Json)?;
    deserializer.end().map_err(|_| NotStrict::Json)?;
    serde_json::from_slice(bytes).map_err(|_| NotStrict::Form)
}

/// Walks a value without keeping it.
#[derive(Clone, Copy)]
struct Check;

impl<'de> DeserializeSeed<'de> for Check {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Check {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        if value <= LARGEST { Ok(()) } else { Err(E::custom("number out of range")) }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        if value.unsigned_abs() <= LARGEST { Ok(()) } else { Err(E::custom("number out of range")) }
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Err(E::custom("not a whole number"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a name twice"));
            }
            map.next_value_seed(self)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strict_json_is_read() {
        let value = |text: &str| read::<serde_json::Value>(text.as_bytes());
        assert!(value(r#"{"a":[1,-2,"x",null,true],"b":{}}"#).is_ok(), "strict");
        for wrong in
            [r#"{"a":1,"a":1}"#, r#"{"a":{"b":1,"b":2}}"#, "9007199254740992", "1.5", "1e3", "{} {}", "{", "\u{1}"]
        {
            assert_eq!(value(wrong), Err(NotStrict::Json), "{wrong}");
        }
        assert_eq!(read::<serde_json::Value>(b"\"\xff\""), Err(NotStrict::Json), "not UTF-8");
        let deep = |depth: usize| value(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        assert!(deep(127).is_ok() && deep(128) == Err(NotStrict::Json), "as deep as the protocol says");
        for wrong in ["-0", r#""\ud800""#, "18446744073709551616", "-9223372036854775809"] {
            assert_eq!(value(wrong), Err(NotStrict::Json), "{wrong}");
        }
    }
}
