//! Commands of the big screen in the hall (大屏).

use super::{Needs, Role};
use crate::command;
use crate::ids::EventId;
use crate::screen::{Count, Scene, Shown};
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

command! {
    /// What is on the screen; also what its control page shows. Nothing stands in it that is not on the screen, but how many awards there are.
    ShowScreen in competition = "screen.show", Query, Needs::Anyone, {
        /// A screen of this event alone, whichever was put there; `None` for the one that was.
        event: Option<EventId>
    } => ScreenView
}

/// Reply of [`ShowScreen`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenView {
    /// Which event.
    pub event: EventId,
    /// Its name.
    pub name: String,
    /// The events to choose from, with their names.
    pub events: Vec<(EventId, String)>,
    /// Title of the competition.
    pub title: String,
    /// Synthetic people only.
    pub synthetic: bool,
    /// Names are sealed: everybody goes by code.
    pub sealed: bool,
    /// The results are final.
    pub finalised: bool,
    /// What is on the screen.
    pub scene: Scene,
    /// Only this 场次; empty for all.
    pub session: String,
    /// The 场次 to choose from.
    pub sessions: Vec<String>,
    /// Stations of the session, by 场次 and code.
    pub stations: Vec<ScreenStation>,
    /// Milliseconds left when this was answered; `None` without a countdown.
    pub left: Option<i64>,
    /// The countdown runs.
    pub running: bool,
    /// Which standings were released; nothing while two answers cross.
    pub released: Shown,
    /// Two answers cross: it has to be said again.
    pub crosses: bool,
    /// What was released is what there is now, so the screen shows it.
    pub shows: bool,
    /// The standings, while they are on the screen.
    pub rows: Vec<ScreenRow>,
    /// The awards in the order in which they are revealed: the last first.
    pub awards: Vec<ScreenAward>,
    /// How many of them were revealed.
    pub revealed: u32,
}

/// How far a station is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StationState {
    /// Nothing is marked yet.
    Waiting,
    /// Some of it is.
    Working,
    /// All of it is.
    Done,
    /// The contestant is not there, or not any more.
    Away,
}

impl StationState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Working, Self::Done, Self::Away];

    /// Its name in locale keys and attributes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Working => "working",
            Self::Done => "done",
            Self::Away => "away",
        }
    }
}

/// A station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenStation {
    /// 场次, or empty.
    pub session: String,
    /// 赛位号, or another code that stands for it.
    pub code: String,
    /// How far it is.
    pub state: StationState,
}

/// A line of the standings on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenRow {
    /// Its rank.
    pub rank: u32,
    /// 参赛号, or the blind code.
    pub number: String,
    /// Name; empty in provisional standings and while names are sealed.
    pub name: String,
    /// Unit, likewise.
    pub unit: String,
    /// Total, as printed.
    pub total: String,
    /// Awards; none in provisional standings.
    pub awards: Vec<Text>,
}

/// An award of the ceremony.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenAward {
    /// Its name; empty where the rules have no awards.
    pub name: Text,
    /// The rank, where the rules have no awards.
    pub rank: Option<u32>,
    /// Who gets it, the last rank first: number, name, unit. Empty until it is revealed.
    pub winners: Vec<(String, String, String)>,
}

command! {
    /// Puts something on the screen.
    StageScreen in competition = "screen.put", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Which event.
        event: EventId,
        /// What.
        scene: Scene,
        /// Only this 场次; empty for all.
        session: String,
        /// How many awards are revealed, from the last on.
        revealed: u32
    } => ()
}

command! {
    /// Sets, starts, pauses or takes away the countdown.
    CountDown in competition = "screen.count", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// What.
        act: Count
    } => ()
}

command! {
    /// Says which standings the screen may show. On record.
    ReleaseStandings in competition = "screen.release", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Which event.
        event: EventId,
        /// Which standings.
        shown: Shown
    } => ()
}

command! {
    /// Whether the screen is shown in the browsers of other computers, and at which addresses. Whoever has such an address sees it.
    ShowShared in competition = "screen.shared", Query, Needs::AnyOf(&[Role::Organiser]), {} => SharedScreen
}

command! {
    /// Shows the screen in the browsers of other computers, at addresses that are new every time. What was shown there before ends.
    ShareScreen in competition = "screen.share", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => SharedScreen
}

command! {
    /// Shows the screen on no other computer any more. The pages that are open there go dark.
    UnshareScreen in competition = "screen.unshare", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => SharedScreen
}

/// Reply of these commands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedScreen {
    /// False where the program has no pages to give to other computers (the terminal).
    pub possible: bool,
    /// It is shown.
    pub open: bool,
    /// The port at which it is.
    pub port: u16,
    /// The code in its addresses; empty while it is not shown.
    pub code: String,
    /// Its addresses, one for each network of this computer; none where it is in no network.
    pub addresses: Vec<ScreenAddress>,
}

/// An address to be opened on another computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenAddress {
    /// The address.
    pub address: String,
    /// The same as a QR code, in SVG.
    pub picture: String,
}
