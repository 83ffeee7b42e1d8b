//! Identifiers. Scoring bodies name entries, persons and judges by these opaque ids, never by anything personal.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it stands.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    )*};
}

ids! {
    /// A competition: the hex id of its ledger scope.
    CompetitionId;
    /// 赛项: one skill ranked on its own.
    EventId;
    /// 人员.
    PersonId;
    /// 参赛者: one contestant or team in one event.
    EntryId;
    /// 裁判员.
    JudgeId;
    /// An item of the rulebook (评分点).
    ItemId;
    /// A panel of judges as the rulebook names it.
    PanelId;
    /// 抽签: one draw of one layer.
    DrawId;
    /// 加密: one sealing.
    SealId;
    /// 查分: one inquiry of a delegation.
    InquiryId;
    /// 待办事项: one finding.
    FindingId;
    /// A parameter of the rulebook.
    ParameterId;
    /// A file that is kept beside the records: its SHA-256, hex.
    AttachmentId;
    /// The hash of a record, hex: names one version of one value.
    FactId;
    /// A node (a store that writes a log), as the start of its logs names it.
    NodeId;
    /// A log of one node: the hash of its first record, hex.
    LogId;
    /// The public key of a node, hex: names a computer.
    NodeKey;
    /// 工作人员.
    OfficerId;
    /// Who acts: `officer:ID` of a person signed in, `judge:ID` of a judge at a desk; `operator` while one person runs one computer
    /// (单机简易模式).
    Actor;
}
