//! Commands about standings.

use super::{Needs, Role};
use crate::command;
use crate::ids::{EntryId, EventId};
use jiangsai_scoring::text::Text;
use jiangsai_scoring::{Derivation, EntryStatus};
use serde::{Deserialize, Serialize};

command! {
    /// The standings of an event.
    ShowStandings in competition = "standings.show", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor]), {
        /// Which event.
        event: EventId
    } => StandingsView
}

/// Reply of [`ShowStandings`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingsView {
    /// Modules, parts and total, in reading order.
    pub columns: Vec<StandingsColumn>,
    /// Ranked lines by rank then 参赛号, then the unranked.
    pub rows: Vec<StandingsRow>,
    /// Names are sealed (加密): `number` is the blind code, and nobody has a name.
    pub sealed: bool,
    /// Final, and when and by whom; otherwise provisional (暂定).
    pub finalised: Option<Finality>,
    /// Entries that cannot be ranked yet because marks are missing.
    pub unfinished: u32,
    /// How ties are broken, in words, in order.
    pub tie_rule: Vec<Text>,
}

/// When and by whom results were made final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finality {
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// How many times results were made final, from 1.
    pub number: u32,
}

/// A column of the standings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingsColumn {
    /// Node id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// 配分 as printed, or empty.
    pub max: String,
    /// It is the total.
    pub total: bool,
}

/// A line of the standings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingsRow {
    /// Entry.
    pub entry: EntryId,
    /// Rank, or `None`.
    pub rank: Option<u32>,
    /// Shares its rank.
    pub shared: bool,
    /// 参赛号; the blind code while names are sealed.
    pub number: String,
    /// Name; empty while names are sealed.
    pub name: String,
    /// Unit, likewise.
    pub unit: String,
    /// Status.
    pub status: EntryStatus,
    /// Values in column order, as printed.
    pub values: Vec<String>,
    /// Its awards, the highest first.
    pub awards: Vec<Text>,
    /// Honours and levels it is proposed for.
    pub honours: Vec<Text>,
    /// Why it stands behind the line before it with the same total, or why it shares its rank or has none: locale key with
    /// arguments (`why-tie-decided`, `why-tie-shared`, `why-unfinished`, `why-status`).
    pub why: Option<(String, Vec<(String, String)>)>,
}

command! {
    /// Why an entry stands where it stands, down to every mark.
    ExplainEntry in competition = "standings.why", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor]), {
        /// Which event.
        event: EventId,
        /// Which entry.
        entry: EntryId
    } => Explanation
}

/// Reply of [`ExplainEntry`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The line of the standings.
    pub row: StandingsRow,
    /// The derivation of the total.
    pub derivation: Derivation,
    /// Judges' codes by id, to name them in the derivation.
    pub judges: Vec<(String, String)>,
    /// The neighbours before and after in rank: rank, 参赛号, total as printed.
    pub neighbours: Vec<(String, String, String)>,
}

command! {
    /// Makes the results of an event final: no mark changes until they are reopened, and prints lose 暂定.
    Finalise in competition = "results.finalise", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Why it is done although marks are missing or findings are open; may be empty when nothing is.
        reason: String
    } => ()
}

command! {
    /// Opens final results again.
    Reopen in competition = "results.reopen", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Why; required.
        reason: String
    } => ()
}
