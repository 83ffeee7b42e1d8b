//! Draws (抽签) and sealing (加密): what their facts carry, and how a computer draws.
//!
//! Anonymous numbers come in layers: 参赛号, then 场次 and 赛位号, then 评审号. Each layer is drawn once for the whole event or once a
//! session. Left out: who has which number in the end ([`crate::competition`]), what may be drawn ([`crate::decide::draw`]).

mod chance;

pub use chance::{id_and_seed, order};

use crate::ids::{DrawId, SealId};
use crate::lock::{Lock, OpeningCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A layer of anonymous numbers, from the lowest up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// 参赛号, for the whole event.
    Number,
    /// 赛位号, with the 场次 where the whole event draws together.
    #[default]
    Place,
    /// 评审号, where works are marked away from their stations.
    Work,
}

impl Layer {
    /// All of them, from the lowest up.
    pub const ALL: [Self; 3] = [Self::Number, Self::Place, Self::Work];

    /// Locale key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "draw-layer-number",
            Self::Place => "draw-layer-place",
            Self::Work => "draw-layer-work",
        }
    }
}

/// A draw that was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its id: its lots name it.
    pub draw: DrawId,
    /// How lots were drawn.
    pub by: Method,
    /// The draw it takes the place of, which was voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voids: Option<DrawId>,
}

/// How lots were drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// From a box in the hall; somebody typed what was drawn.
    Lots,
    /// By a computer.
    Computer {
        /// What chance said, 32 hex digits: with it [`order`] gives the same draw again.
        seed: String,
    },
}

/// What one entry drew.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lot {
    /// 场次, where the whole event draws places together; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub session: String,
    /// 参赛号, 赛位号 or 评审号.
    pub code: String,
}

/// 加密: from now on numbers stand for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Its id: whoever opens it names it.
    pub seal: SealId,
    /// The draw officer (加密裁判), by name.
    pub officer: String,
    /// The supervisor (监督员), by name.
    pub supervisor: String,
    /// 密封: who is who is in no record until two codes open it; `None` where names are only kept off screens and judges' desks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<Lock>,
}

/// One of those who open a seal, two of them together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// 加密裁判 (抽签工作人员).
    DrawOfficer,
    /// 监督员.
    Supervisor,
    /// The envelope that was put away (备用信封), of a seal with a lock: whoever opens it stands in for one of the two.
    Envelope,
}

impl Office {
    /// Those who open a seal without a lock, both of them.
    pub const PAIR: [Self; 2] = [Self::DrawOfficer, Self::Supervisor];
    /// Those of whom any two open a lock.
    pub const ALL: [Self; 3] = [Self::DrawOfficer, Self::Supervisor, Self::Envelope];

    /// Its word, as in facts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DrawOfficer => "draw_officer",
            Self::Supervisor => "supervisor",
            Self::Envelope => "envelope",
        }
    }

    /// Locale key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::DrawOfficer => "draw-office-officer",
            Self::Supervisor => "draw-office-supervisor",
            Self::Envelope => "draw-office-envelope",
        }
    }
}

/// 解密, as one of the two confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Every seal that stood.
    pub seals: Vec<SealId>,
    /// Who confirmed, by name.
    pub name: String,
    /// The code of the office for each of them that has a lock.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<SealId, OpeningCode>,
}
