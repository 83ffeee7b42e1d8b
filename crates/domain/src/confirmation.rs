//! Confirming results (裁判长确认、监督签字): who did, and for which standings. How standings become a digest is in
//! [`crate::view::finalising`].

use serde::{Deserialize, Serialize};

/// Who confirms results before they can be final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// 裁判长.
    ChiefJudge,
    /// 监督员.
    Supervisor,
}

impl Duty {
    /// Both of them, in the order in which they confirm.
    pub const ALL: [Self; 2] = [Self::ChiefJudge, Self::Supervisor];

    /// Its name in ids and locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChiefJudge => "chief-judge",
            Self::Supervisor => "supervisor",
        }
    }
}

/// A confirmation. It holds while the standings are what they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsConfirmation {
    /// Who confirmed, by name.
    pub name: String,
    /// SHA-256 of the standings that were confirmed, in hexadecimal.
    pub digest: String,
}
