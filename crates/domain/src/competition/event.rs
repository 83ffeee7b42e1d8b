//! An event of a competition: its rules, panels, draws, seals, and what was confirmed of its results.

use super::locked::Opened;
use crate::bulletin::Bulletin;
use crate::coded::Seating;
use crate::confirmation::{Duty, ResultsConfirmation};
use crate::draw::{Held, Layer, Office, Opening, Seal};
use crate::figures::Figures;
use crate::ids::{EntryId, JudgeId, PanelId, ParameterId, SealId};
use crate::recheck::Plan;
use crate::register::Register;
use crate::results::Scored;
use crate::screen::Shown;
use crate::sheet::Sitting;
use jiangsai_scoring::Engine;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Who sits in the seats of a panel for one entry, by the judge of the seat.
pub type Seats = BTreeMap<JudgeId, Register<Option<Sitting>>>;

/// An event.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Event {
    /// Its name.
    pub name: Register<String>,
    /// Its rulebook, byte for byte.
    pub rulebook: Register<String>,
    /// Judges of each panel, in seat order.
    pub panels: BTreeMap<PanelId, Register<Vec<JudgeId>>>,
    /// Whether the results are final.
    pub done: Register<bool>,
    /// Draws by layer and 场次 (empty for the whole event); `None` where the last one was voided.
    pub draws: BTreeMap<Layer, BTreeMap<String, Register<Option<Held>>>>,
    /// Whether results need every paper sheet verified.
    pub paper: Register<bool>,
    /// The re-check of its results.
    pub recheck: Register<Plan>,
    /// 加密.
    pub seal: Register<Seal>,
    /// 解密, by office.
    pub openings: BTreeMap<Office, Register<Opening>>,
    /// The locks that were opened.
    #[serde(default)]
    pub keys: BTreeMap<SealId, Opened>,
    /// 裁判长确认、监督签字, by duty.
    pub confirmations: BTreeMap<Duty, Register<ResultsConfirmation>>,
    /// Values of parameters, by the text of the datum that chooses one; an empty value is none.
    pub parameters: BTreeMap<ParameterId, BTreeMap<String, Register<String>>>,
    /// Who writes the values of a module that are marked once.
    #[serde(default)]
    pub leaders: BTreeMap<String, Register<Option<JudgeId>>>,
    /// Who sits in a seat for one entry, by entry, panel and judge of the seat; `None` where it is that judge after all.
    #[serde(default)]
    pub seats: BTreeMap<EntryId, BTreeMap<PanelId, Seats>>,
    /// Who sits where for one entry, as judges' desks are told.
    #[serde(default)]
    pub seatings: BTreeMap<EntryId, Register<Seating>>,
    /// Bulletins by number.
    #[serde(default)]
    pub bulletins: BTreeMap<u32, Register<Bulletin>>,
    /// What everybody is told of it in counts.
    #[serde(default)]
    pub figures: Register<Figures>,
    /// Which standings the big screen may show.
    #[serde(default)]
    pub release: Register<Shown>,
    /// The rulebook that holds, compiled; follows from the rulebook.
    #[serde(skip)]
    pub(super) engine: Option<Arc<Engine>>,
    /// The marks as computed and ranked; follows from everything else, made when it is first asked for and kept up mark by mark.
    #[serde(skip)]
    pub(super) scored: OnceLock<Box<Scored>>,
}

impl Event {
    pub(super) fn compile(&mut self) {
        let rulebook = self.rulebook.value().and_then(|json| jiangsai_scoring::Rulebook::from_json(json).ok());
        self.engine = rulebook.and_then(|rulebook| Engine::new(&rulebook).ok()).map(Arc::new);
        self.scored.take();
    }

    /// The rulebook that holds, ready to compute; `None` where there is none or this build cannot read it.
    #[must_use]
    pub fn engine(&self) -> Option<&Arc<Engine>> {
        self.engine.as_ref()
    }

    /// Are the results final?
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.done.value().copied().unwrap_or(false)
    }

    /// Were the results ever final?
    #[must_use]
    pub fn was_final(&self) -> bool {
        self.done.versions().any(|(_, version)| version.value)
    }

    /// The judges of a panel, in seat order.
    #[must_use]
    pub fn members(&self, panel: &str) -> &[JudgeId] {
        self.panels.get(&PanelId::from(panel)).and_then(Register::value).map_or(&[], Vec::as_slice)
    }
}
