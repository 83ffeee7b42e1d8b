//! Kinds of facts: their names and versions, how a body becomes a fact, its class.

use super::{Class, Fact};
use serde::{Deserialize, Serialize};

/// Why a record is not a fact here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NotAFact {
    /// A kind or version this build does not know: kept, relayed, and no standings until a newer build reads it.
    #[error("needs a newer version")]
    Newer,
    /// A known kind whose content does not fit.
    #[error("the content does not fit its kind")]
    Malformed,
    /// Its body is for others than this node: kept and relayed, and no standings here.
    #[error("for others")]
    Withheld,
    /// Its body was erased: nobody has it, and nothing waits for it.
    #[error("erased")]
    Erased,
}

/// Every kind this build knows, with its version.
pub const KINDS: [(&str, u32); 50] = [
    ("competition.settings", 1),
    ("event.name", 1),
    ("event.rulebook", 1),
    ("person.form", 1),
    ("entry.registered", 1),
    ("entry.numbers", 1),
    ("entry.status", 1),
    ("judge.set", 1),
    ("panel.members", 1),
    ("mark.set", 1),
    ("results.final", 1),
    ("draw.held", 1),
    ("draw.lot", 1),
    ("draw.sealed", 1),
    ("draw.opened", 1),
    ("parameter.value", 1),
    ("entry.decision", 1),
    ("certificate.issued", 1),
    ("event.paper", 1),
    ("sheet.recorded", 1),
    ("sheet.checked", 1),
    ("results.confirmed", 1),
    ("module.leader", 1),
    ("seat.taken", 1),
    ("sheet.state", 1),
    ("mark.note", 1),
    ("mark.rescore", 1),
    ("module.confirmed", 1),
    ("module.extra_time", 1),
    ("recheck.begun", 1),
    ("recheck.sheet", 1),
    ("inquiry.raised", 1),
    ("inquiry.answered", 1),
    ("bulletin.published", 2),
    ("screen.release", 1),
    ("sheet.scan", 1),
    ("entry.coded", 1),
    ("person.erased", 1),
    ("notes.erased", 1),
    ("node.revoked", 1),
    ("record.adopted", 1),
    ("finding.settled", 1),
    ("officer.set", 1),
    ("people.sign_in", 1),
    ("officer.key", 1),
    ("approved", 1),
    ("officer.key_revoked", 1),
    ("readers.key", 1),
    ("judge.key", 1),
    ("event.figures", 1),
];

/// Kinds that are about persons rather than about results: a competition is published without their bodies.
const WITHHELD: [&str; 5] = ["person.form", "mark.note", "inquiry.raised", "inquiry.answered", "bulletin.published"];

/// Does a competition that is published leave out the bodies of this kind?
#[must_use]
pub fn is_withheld(kind: &str) -> bool {
    WITHHELD.contains(&kind)
}

/// Kinds that say of other records that their bodies are erased.
pub const ERASING: [&str; 2] = ["person.erased", "notes.erased"];

/// Is a kind about persons, so that its bodies are kept encrypted and can be erased? One that this build does not know may be.
#[must_use]
pub fn is_personal(kind: &str) -> bool {
    is_withheld(kind) || !KINDS.iter().any(|(known, _)| *known == kind)
}

impl Fact {
    /// Reads a body.
    ///
    /// # Errors
    /// When the kind or version is newer than this build, or the content does not fit.
    pub fn read(kind: &str, version: u32, fact: serde_json::Value) -> Result<Self, NotAFact> {
        match KINDS.iter().find(|(known, _)| *known == kind) {
            Some((_, newest)) if version <= *newest => {
                let whole = [("kind".to_owned(), kind.into()), ("fact".to_owned(), fact)];
                serde_json::from_value(serde_json::Value::Object(whole.into_iter().collect()))
                    .map_err(|_| NotAFact::Malformed)
            }
            _ => Err(NotAFact::Newer),
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        KINDS[self.index()].0
    }

    /// Version of its kind.
    #[must_use]
    pub const fn version(&self) -> u32 {
        KINDS[self.index()].1
    }

    const fn index(&self) -> usize {
        match self {
            Self::Settings(_) => 0,
            Self::EventName { .. } => 1,
            Self::Rulebook { .. } => 2,
            Self::Person { .. } => 3,
            Self::Entry { .. } => 4,
            Self::Numbers { .. } => 5,
            Self::Status { .. } => 6,
            Self::Judge { .. } => 7,
            Self::Panel { .. } => 8,
            Self::Mark { .. } => 9,
            Self::Final { .. } => 10,
            Self::Draw { .. } => 11,
            Self::Lot { .. } => 12,
            Self::Sealed { .. } => 13,
            Self::Opened { .. } => 14,
            Self::Parameter { .. } => 15,
            Self::Decision { .. } => 16,
            Self::Certificate { .. } => 17,
            Self::Paper { .. } => 18,
            Self::Recorded { .. } => 19,
            Self::Checked { .. } => 20,
            Self::ResultsConfirmed { .. } => 21,
            Self::Leader { .. } => 22,
            Self::Seat { .. } => 23,
            Self::Sheet { .. } => 24,
            Self::Note { .. } => 25,
            Self::Rescore { .. } => 26,
            Self::Confirmed { .. } => 27,
            Self::ExtraTime { .. } => 28,
            Self::Recheck { .. } => 29,
            Self::Rechecked { .. } => 30,
            Self::Asked { .. } => 31,
            Self::Answered { .. } => 32,
            Self::Bulletin { .. } => 33,
            Self::Release { .. } => 34,
            Self::Scan { .. } => 35,
            Self::Coded { .. } => 36,
            Self::Erased { .. } => 37,
            Self::NotesErased { .. } => 38,
            Self::Revoked { .. } => 39,
            Self::Adopted { .. } => 40,
            Self::Settled { .. } => 41,
            Self::Officer { .. } => 42,
            Self::SignIn { .. } => 43,
            Self::OfficerKey { .. } => 44,
            Self::Approved { .. } => 45,
            Self::KeyRevoked { .. } => 46,
            Self::Readers(_) => 47,
            Self::JudgeKey { .. } => 48,
            Self::Figures { .. } => 49,
        }
    }

    /// The content, without its kind.
    #[must_use]
    pub fn content(&self) -> serde_json::Value {
        // Strings, lists and maps with text keys: nothing here can fail to serialise.
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        whole.get_mut("fact").map(serde_json::Value::take).unwrap_or_default()
    }

    /// Its class.
    #[must_use]
    pub const fn class(&self) -> Class {
        match self {
            Self::Settings(_)
            | Self::EventName { .. }
            | Self::Rulebook { .. }
            | Self::Parameter { .. }
            | Self::Judge { .. }
            | Self::Panel { .. }
            | Self::Paper { .. }
            | Self::Leader { .. }
            | Self::Officer { .. }
            | Self::SignIn { .. }
            | Self::OfficerKey { .. }
            | Self::JudgeKey { .. }
            | Self::KeyRevoked { .. }
            | Self::Readers(_) => Class::Setup,
            Self::Person { .. } | Self::Entry { .. } | Self::Erased { .. } | Self::NotesErased { .. } => Class::Roster,
            Self::Numbers { .. }
            | Self::Draw { .. }
            | Self::Lot { .. }
            | Self::Sealed { .. }
            | Self::Opened { .. }
            | Self::Coded { .. } => Class::Draw,
            Self::Mark { .. }
            | Self::Recorded { .. }
            | Self::Checked { .. }
            | Self::Scan { .. }
            | Self::Sheet { .. }
            | Self::Note { .. }
            | Self::Confirmed { .. }
            | Self::ExtraTime { .. } => Class::Mark,
            Self::Status { .. }
            | Self::Final { .. }
            | Self::ResultsConfirmed { .. }
            | Self::Decision { .. }
            | Self::Certificate { .. }
            | Self::Seat { .. }
            | Self::Rescore { .. }
            | Self::Recheck { .. }
            | Self::Rechecked { .. }
            | Self::Asked { .. }
            | Self::Answered { .. }
            | Self::Revoked { .. }
            | Self::Adopted { .. }
            | Self::Settled { .. }
            | Self::Approved { .. } => Class::Ruling,
            Self::Bulletin { .. } | Self::Figures { .. } | Self::Release { .. } => Class::Bulletin,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::fact::MarkPlace;

    #[test]
    fn what_is_written_is_read_again() {
        let place =
            MarkPlace { event: "e".into(), entry: "n".into(), item: "P1".into(), judge: Some("j".into()), attempt: 1 };
        let mark = jiangsai_scoring::Mark::Value(jiangsai_scoring::Exact::parse_decimal("17.5").unwrap());
        let fact = Fact::Mark { place, mark };
        let again = Fact::read(fact.kind(), fact.version(), fact.content());
        assert_eq!(again, Ok(fact), "the content and the kind make the fact again");
    }

    #[test]
    fn an_unknown_kind_or_a_newer_version_is_told_apart_from_nonsense() {
        let nothing = serde_json::json!({});
        assert_eq!(Fact::read("draw.redrawn", 1, nothing.clone()), Err(NotAFact::Newer), "an unknown kind");
        assert_eq!(Fact::read("mark.set", 2, nothing.clone()), Err(NotAFact::Newer), "a newer version");
        assert_eq!(Fact::read("mark.set", 1, nothing), Err(NotAFact::Malformed), "nonsense in a known kind");
    }
}
