//! Commands about standings.

use super::competition::{EntryChange, TeamChange};
use super::foresee::Outdated;
use super::teams::TeamsView;
use super::{Needs, Role};
use crate::command;
use crate::ids::{EntryId, EventId, FactId};
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::text::Text;
use jiangsai_scoring::{Derivation, EntryStatus};
use serde::{Deserialize, Serialize};

command! {
    /// The standings of an event.
    ShowStandings in competition = "standings.show", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor, Role::Arbitrator]), {
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
    /// Imported results of before that, which are left out until the names are opened.
    #[serde(default)]
    pub veiled: usize,
    /// Final, and when and by whom; otherwise provisional (暂定).
    pub finalised: Option<Finality>,
    /// Final, but no longer what chief judge and supervisor confirmed: provisional until both confirm again.
    pub changed: bool,
    /// Entries that cannot be ranked yet because marks are missing.
    pub unfinished: u32,
    /// Paper sheets that were typed, or that results need, and that are not verified: marks on them count provisionally only.
    pub unverified: u32,
    /// How ties are broken, in words, in order.
    pub tie_rule: Vec<Text>,
    /// Who decides where no key does.
    pub last: Last,
    /// Entries that no rule sets apart, in order of rank, where the rulebook has somebody decide.
    pub equals: Vec<Equals>,
    /// Decisions on record that hold for nobody any more: the entries are no longer equal, or another one has joined them.
    pub lapsed: Vec<LapsedDecision>,
    /// 团体名次; `None` where the rulebook has no teams.
    pub teams: Option<TeamsView>,
}

/// A group of entries that no rule sets apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equals {
    /// The rank they share, or the best of those that were decided.
    pub rank: u32,
    /// The entries, in the order decided, else by 参赛号.
    pub entries: Vec<EntryId>,
    /// Is it decided?
    pub state: Decided,
    /// Why it was decided so, or empty.
    pub reason: String,
    /// The decisions that stand, to name in the next one.
    pub current: Vec<FactId>,
}

/// How far a decision between equals is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// Nobody has decided yet.
    Open,
    /// It is decided.
    Decided,
    /// Different decisions were made at the same time: none counts.
    Crossing,
}

/// A decision that holds for nobody any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LapsedDecision {
    /// The entries in the order decided.
    pub entries: Vec<EntryId>,
    /// Who decided under the rulebook of that time.
    pub by: Last,
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
    /// It shares its rank only until somebody decides.
    pub undecided: bool,
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
    /// arguments (`why-tie-decided`, `why-tie-shared`, `why-tie-undecided`, `why-unfinished`, `why-parameters`, `why-status`).
    pub why: Option<(String, Vec<(String, String)>)>,
    /// Why it stands before the line after it with the same total: locale key with arguments.
    pub ahead: Option<(String, Vec<(String, String)>)>,
    /// What the order between it and a line beside it with the same total still waits for, so that it may change: locale key with arguments
    /// (`why-waits-marks`, `why-waits-decision`).
    pub waits: Option<(String, Vec<(String, String)>)>,
}

command! {
    /// Why an entry stands where it stands, down to every mark.
    ExplainEntry in competition = "standings.why", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor, Role::Arbitrator]), {
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

/// What a change of parameters or a decision does to the standings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Entries whose rank, total or awards change, by 参赛号.
    pub changes: Vec<EntryChange>,
    /// Teams whose rank or result changes; none are said while names are sealed.
    #[serde(default)]
    pub teams: Vec<TeamChange>,
    /// What would no longer be true.
    #[serde(default)]
    pub outdated: Outdated,
    /// Results are out of sight until the names are opened: what changes cannot be seen before.
    #[serde(default)]
    pub hidden: bool,
    /// True when it was applied.
    pub applied: bool,
}

command! {
    /// Records the order of entries that no rule sets apart, as the rulebook has it decided: by draw, play-off or the chief judge.
    DecideEquals in competition = "standings.decide", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Every entry of the group, the first before the second.
        order: Vec<EntryId>,
        /// The decisions that were on screen.
        replaces: Vec<FactId>,
        /// Why; required where the chief judge decides freely, for another decision than one on record, and after results were final.
        reason: String,
        /// Only say what would change.
        preview: bool
    } => Effect
}

command! {
    /// Takes back what was decided between entries.
    WithdrawDecision in competition = "standings.withdraw_decision", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// The entries.
        entries: Vec<EntryId>,
        /// Why; required.
        reason: String,
        /// Only say what would change.
        preview: bool
    } => Effect
}

command! {
    /// Makes the results of an event final: no mark changes until they are reopened, and prints lose 暂定.
    Finalise in competition = "results.finalise", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Why it is done although names are sealed or borders of awards open; may be empty when nothing is. Equals must be decided.
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
