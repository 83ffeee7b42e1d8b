//! The body of a record: what happened, for those who may read it.

use crate::hash::Hash;
use crate::strict::{self, NotStrict};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Bodies that are not public are padded to a multiple of so many bytes, so that a length gives nothing away.
const STEP: usize = 256;
/// How a body begins as it is written here.
const FIRST: &[u8] = b"{\"kind\":\"";

/// The body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Exact kind.
    pub kind: String,
    /// Version of the kind.
    pub version: u32,
    /// Hashes of the records the author saw as current.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<Hash>,
    /// Why, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The content.
    pub fact: serde_json::Value,
    /// Spaces.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pad: String,
}

/// Fact of the first record of a log, kind `log.opened`: whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The public key of the log, hex.
    pub key: Hash,
    /// The node that writes it.
    pub node: String,
    /// Head of the writer's log before this one, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Hash>,
}

impl Body {
    /// Kind of the first record of a log.
    pub const OPENED: &'static str = "log.opened";

    /// In the place of one that is for others: nothing is known of it.
    #[must_use]
    pub const fn withheld() -> Self {
        Self {
            kind: String::new(),
            version: 0,
            replaces: Vec::new(),
            reason: String::new(),
            fact: serde_json::Value::Null,
            pad: String::new(),
        }
    }

    /// Reads body bytes.
    ///
    /// # Errors
    /// When they are not strict JSON of this shape: one object.
    pub fn read(bytes: &[u8]) -> Result<Self, NotStrict> {
        // One that is spelled as an array of its fields is none.
        if bytes.trim_ascii_start().first() == Some(&b'{') { strict::read(bytes) } else { Err(NotStrict::Form) }
    }

    /// The kind that body bytes say, without reading the rest where that can be: as this build writes them, it stands first. Empty where they
    /// are no body.
    #[must_use]
    pub fn kind_of(bytes: &[u8]) -> Cow<'_, str> {
        // No name stands twice in strict JSON, so the first is all there is to say.
        let plain = bytes.strip_prefix(FIRST).and_then(|rest| {
            let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            let kind = rest.get(..end).filter(|_| rest.get(end) == Some(&b'"'))?;
            std::str::from_utf8(kind).ok()
        });
        plain.map_or_else(|| Cow::Owned(Self::read(bytes).map(|body| body.kind).unwrap_or_default()), Cow::Borrowed)
    }

    /// Its bytes, padded unless it is public.
    pub(crate) fn bytes(mut self, public: bool) -> Vec<u8> {
        self.pad.clear();
        let plain = serde_json::to_vec(&self).unwrap_or_default();
        if public || plain.len().is_multiple_of(STEP) {
            return plain;
        }
        // `,"pad":""` takes nine bytes by itself.
        let with_name = plain.len() + 9;
        self.pad = " ".repeat(with_name.next_multiple_of(STEP) - with_name);
        if self.pad.is_empty() {
            // An empty pad is not written at all, so a whole step is.
            self.pad = " ".repeat(STEP);
        }
        serde_json::to_vec(&self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_what_reading_the_whole_body_says_however_it_is_spelled() {
        let spelled: [&[u8]; 5] = [
            br#"{"kind":"mark.set","version":1,"fact":{}}"#,
            br#"{"version":1,"kind":"mark.set","fact":{"kind":"other"}}"#,
            br#" { "kind" : "mark.set", "version":1,"fact":{}}"#,
            br#"{"kind":"mark\u002eset","version":1,"fact":{}}"#,
            br#"{"fact":{},"version":1,"kind":"mark.set"}"#,
        ];
        for bytes in spelled {
            assert_eq!(Body::kind_of(bytes), "mark.set", "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(Body::kind_of(b"no body"), "");
        assert_eq!(Body::kind_of(b""), "");
    }

    #[test]
    fn what_is_not_public_is_as_long_as_many_other_things() {
        for length in 0..600 {
            let body = Body {
                kind: "mark.set".into(),
                version: 1,
                replaces: Vec::new(),
                reason: "x".repeat(length),
                fact: serde_json::json!({}),
                pad: String::new(),
            };
            let bytes = body.clone().bytes(false);
            assert_eq!(bytes.len() % STEP, 0, "a reason of {length} letters");
            let read = Body::read(&bytes);
            assert_eq!(read.map(|read| read.reason), Ok(body.reason), "read again");
        }
    }
}
