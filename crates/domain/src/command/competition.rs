//! Commands about a competition as a whole: create, settings, rulebook, home page, history, ledger.

use super::foresee::Outdated;
use super::{Needs, Role};
use crate::command;
use crate::ids::{CompetitionId, EventId, FactId};
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

command! {
    /// Competitions in this data folder, newest first.
    ListCompetitions = "competitions.list", Query, Needs::Anyone, {} => Vec<CompetitionRow>
}

/// One competition in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompetitionRow {
    /// Its id.
    pub id: CompetitionId,
    /// Its title.
    pub title: String,
    /// Date of the contest, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// Place.
    pub place: String,
    /// 级别与类别, as in 区级一类.
    pub level: String,
    /// 主办单位.
    pub host: String,
    /// Entries in all events.
    pub entries: u32,
    /// Holds synthetic people only (模拟数据).
    pub synthetic: bool,
    /// Milliseconds since 1970 of the newest fact.
    pub changed_at: i64,
    /// Public facts and statistics alone are here (只收公开信息和统计): a level above, where nobody works on it.
    #[serde(default)]
    pub public: bool,
}

/// What to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartFrom {
    /// A ready rulebook, by id.
    Template(String),
    /// The sample competition: 60 synthetic contestants with marks.
    Sample,
    /// The second sample competition: 36 synthetic contestants who brew and taste rice wine, with marks.
    RiceWineSample,
    /// A rulebook document.
    Rulebook(String),
}

command! {
    /// Creates a competition with one event and returns its id.
    CreateCompetition = "competitions.create", Mutation, Needs::Anyone, {
        /// Title; may be empty for the sample.
        title: String,
        /// Name of the event (赛项).
        event: String,
        /// What to start from.
        from: StartFrom
    } => CompetitionId
}

command! {
    /// The home page: phases, the one next step, what is missing.
    Home in competition = "competition.home", Query, Needs::SignedIn, {} => HomePage
}

/// Reply of [`Home`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// Title of the competition.
    pub title: String,
    /// Synthetic people only.
    pub synthetic: bool,
    /// The events with their names.
    pub events: Vec<(EventId, String)>,
    /// The phases in order.
    pub phases: Vec<Phase>,
    /// Progress by module: name, marked cells, all cells.
    pub modules: Vec<(Text, u32, u32)>,
    /// The newest acts, newest first, at most ten.
    pub recent: Vec<HistoryLine>,
    /// Counts shown in the navigation.
    pub counts: Counts,
    /// As of [`CompetitionRow`]: what is missing says nothing then.
    #[serde(default)]
    pub public: bool,
}

/// Counts shown in the navigation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Entries that compete.
    pub entries: u32,
    /// Entries without 参赛号 or 赛位号.
    pub unnumbered: u32,
    /// Judges.
    pub judges: u32,
    /// Cells still to mark.
    pub unmarked: u32,
    /// Values of parameters that entries wait for.
    pub parameters: u32,
    /// Groups of equals that somebody has to decide between.
    pub undecided: u32,
    /// Findings (待办事项): crossing facts, spread checks that failed.
    pub findings: u32,
    /// Facts in the ledger of this competition.
    pub facts: u32,
}

/// A phase of the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// `rulebook`, `registration`, `numbers`, `judges`, `scoring`, `parameters` (where the rulebook has any), `standings`, `print`: also the
    /// page it opens.
    pub id: String,
    /// `done`, `next` or `later`; exactly one phase is `next` until everything is done.
    pub state: PhaseState,
    /// What stands and what is missing: locale keys with arguments.
    pub notes: Vec<(String, Vec<(String, String)>)>,
}

/// State of a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseState {
    /// Nothing is missing.
    Done,
    /// The next step.
    Next,
    /// Comes later.
    Later,
}

command! {
    /// The settings of a competition.
    ShowSettings in competition = "competition.settings", Query, Needs::SignedIn, {} => Settings
}

command! {
    /// Changes the settings. `replaces` names the version that was on screen.
    EditSettings in competition = "competition.edit_settings", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// The new settings.
        settings: Settings
    } => ()
}

/// Settings of a competition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Title.
    pub title: String,
    /// 主办单位.
    pub host: String,
    /// 承办单位.
    pub organiser: String,
    /// 协办单位.
    pub co_organiser: String,
    /// Place.
    pub place: String,
    /// Date, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// 级别与类别, as in 区级一类.
    pub level: String,
    /// Registration fields switched on besides the fixed ones (see [`super::registration::FieldId`]).
    pub fields: Vec<super::registration::FieldId>,
    /// Synthetic people only: marked on every screen and page (模拟数据).
    pub synthetic: bool,
}

command! {
    /// The rulebook of an event with its columns in words.
    ShowRulebook in competition = "rulebook.show", Query, Needs::SignedIn, {
        /// Which event.
        event: EventId
    } => RulebookView
}

/// Reply of [`ShowRulebook`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulebookView {
    /// Title.
    pub title: Text,
    /// The document, pretty-printed JSON.
    pub json: String,
    /// SHA-256 of the document, hex.
    pub hash: String,
    /// Version, counted from 1.
    pub version: u32,
    /// Every version, the newest first.
    pub versions: Vec<RulebookVersion>,
    /// The tree in reading order: depth, id, name, 配分 as printed, how it is marked or computed as locale key with arguments.
    pub lines: Vec<RuleLine>,
    /// Marks exist, so a change needs a reason and re-ranks.
    pub in_use: bool,
}

/// A version of the rulebook of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulebookVersion {
    /// Counted from 1.
    pub number: u32,
    /// SHA-256 of the document, hex.
    pub hash: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// Why, or empty.
    pub reason: String,
    /// It is the one that holds.
    pub holds: bool,
    /// It is the one that held when the first mark was given: from then on every other one needs a reason.
    pub pinned: bool,
}

/// One line of the rulebook tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleLine {
    /// Depth in the tree, from 0.
    pub depth: u8,
    /// Node or item id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// 配分 as printed, or empty.
    pub max: String,
    /// How it is marked or computed, in words.
    pub how: Text,
}

command! {
    /// Puts another rulebook in the place of the present one.
    ReplaceRulebook in competition = "rulebook.replace", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// The new document.
        json: String,
        /// Why; required once marks exist.
        reason: String,
        /// Only say what would change.
        preview: bool
    } => RulebookChange
}

/// Reply of [`ReplaceRulebook`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulebookChange {
    /// Entries whose rank, total or awards change, by what they are called.
    pub changes: Vec<EntryChange>,
    /// Teams whose rank or result changes.
    #[serde(default)]
    pub teams: Vec<TeamChange>,
    /// Marks that the new rulebook has no place for or refuses, which stay on record.
    pub orphaned: u32,
    /// What would no longer be true.
    #[serde(default)]
    pub outdated: Outdated,
    /// Results are out of sight until the names are opened: what changes cannot be seen before.
    #[serde(default)]
    pub hidden: bool,
    /// True when it was applied.
    pub applied: bool,
}

/// What another rulebook would change for one entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryChange {
    /// 参赛号; the blind code while names are sealed.
    pub number: String,
    /// Rank and total before, as printed.
    pub before: String,
    /// Rank and total after, as printed.
    pub after: String,
    /// Awards and proposals before; while results are hidden, the modules that change, with their values.
    pub awards_before: Vec<Text>,
    /// The same after.
    pub awards_after: Vec<Text>,
}

/// What a change comes to for one team.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TeamChange {
    /// The team.
    pub team: String,
    /// Rank and result before, as printed.
    pub before: String,
    /// Rank and result after, as printed.
    pub after: String,
}

/// What the history is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Everything.
    All,
    /// One entry: its person, numbers, status and marks.
    Entry(crate::ids::EntryId),
    /// One mark.
    Mark {
        /// Entry.
        entry: crate::ids::EntryId,
        /// Item.
        item: crate::ids::ItemId,
        /// Judge, for a panel item.
        judge: Option<crate::ids::JudgeId>,
    },
    /// Settings and rulebooks.
    Settings,
    /// Judges and panels.
    Judges,
    /// Draws, sealing and unsealing.
    Draws,
}

command! {
    /// Who did what, when, why; newest first.
    ListHistory in competition = "history.list", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor, Role::Arbitrator]), {
        /// About what.
        about: About,
        /// Lines to leave out from the newest on.
        skip: u32,
        /// Lines wanted, at most 500.
        limit: u32
    } => History
}

/// Reply of [`ListHistory`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The lines asked for.
    pub lines: Vec<HistoryLine>,
    /// How many there are in all.
    pub total: u32,
}

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// The record.
    pub fact: FactId,
    /// Milliseconds since 1970, by the clock of the node that wrote it: information only.
    pub at: i64,
    /// Who, as shown.
    pub actor: String,
    /// What, as locale key (`history-<kind>`) with arguments (never a document number).
    pub what: (String, Vec<(String, String)>),
    /// The value before, as shown, or empty.
    pub before: String,
    /// The value after, as shown.
    pub after: String,
    /// Why, or empty.
    pub reason: String,
}

command! {
    /// Verifies hashes, chain, and signatures of everything stored for this competition.
    VerifyLedger in competition = "ledger.verify", Query, Needs::SignedIn, {} => LedgerReport
}

/// Reply of [`VerifyLedger`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerReport {
    /// Records checked.
    pub records: u64,
    /// Logs.
    pub logs: u32,
    /// Checkpoints whose signatures were checked.
    pub checkpoints: u64,
    /// Head hash, hex.
    pub head: String,
    /// The first fault, naming log, position and field; `None` when all is intact.
    pub fault: Option<String>,
    /// A full recomputation from the records gave the same state as the one in memory.
    pub state_agrees: bool,
}
