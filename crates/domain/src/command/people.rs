//! Commands of the people who work for a competition (工作人员): signing in with a PIN, who may do what, and what they approve.

use super::competition::HistoryLine;
use super::nodes::EventEffect;
use super::{Needs, Role};
use crate::command;
use crate::ids::{EventId, FactId, NodeKey, OfficerId};
use crate::people::{Officer, Signer};
use crate::view::Words;
use serde::{Deserialize, Serialize};

/// Header of requests that holds the tokens of people who signed in in this browser, with spaces between.
pub const TOKENS: &str = "x-jiangsai-session";

/// Roles in which something is approved.
const APPROVERS: Needs = Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor, Role::DrawOfficer]);

command! {
    /// Who can sign in here, and who is signed in. It tells what a start screen needs, and no more.
    ShowSignIn in competition = "people.start", Query, Needs::Anyone, {} => SignInView
}

/// Reply of [`ShowSignIn`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    /// People sign in in this competition.
    pub on: bool,
    /// Title of the competition.
    pub title: String,
    /// Its events, which judges' desks ask for.
    pub events: Vec<(EventId, String)>,
    /// Who is signed in, of whom asks.
    pub me: Option<Me>,
    /// Everybody who may work at this computer, by name.
    pub people: Vec<Door>,
}

/// Somebody signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who.
    pub officer: OfficerId,
    /// Name.
    pub name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
}

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Who.
    pub officer: OfficerId,
    /// Name.
    pub name: String,
    /// How far the person is at this computer.
    pub state: DoorState,
}

/// How far somebody is at a computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorState {
    /// No PIN here yet: the person chooses one.
    New,
    /// Chose a PIN, and waits for an organiser.
    Awaiting,
    /// Signs in.
    Ready,
}

command! {
    /// Signs somebody in, at this window or in this browser alone. After five wrong PINs one has to wait, each time longer.
    SignIn in competition = "people.sign_in", Mutation, Needs::Anyone, {
        /// Who.
        officer: OfficerId,
        /// The PIN.
        pin: String
    } => SignedIn
}

/// Reply of [`SignIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// What to ask with; good until one signs out, does nothing for an hour, or the program ends.
    pub token: String,
    /// Who.
    pub me: Me,
}

command! {
    /// Signs out.
    SignOut in competition = "people.sign_out", Mutation, Needs::Anyone, {
        /// What was asked with.
        token: String
    } => ()
}

command! {
    /// Says that whoever is signed in is still there: an hour without it, and without a change, signs out.
    StaySignedIn in competition = "people.stay", Mutation, Needs::SignedIn, {} => ()
}

command! {
    /// Somebody without a PIN at this computer chooses one, and gets a key. Where people sign in already, an organiser approves it, at whichever
    /// computer, before it is good for anything; until then, and in the same way, another may be chosen.
    AskIn in competition = "people.ask_in", Mutation, Needs::Anyone, {
        /// Who.
        officer: OfficerId,
        /// The PIN, 4 to 12 digits.
        pin: String
    } => AskedIn
}

/// Reply of [`AskIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedIn {
    /// Beginning of the public key, to be compared by voice.
    pub fingerprint: String,
    /// An organiser has to approve it.
    pub awaits: bool,
}

command! {
    /// Everybody who works here, and what waits for approval.
    ListPeople in competition = "people.list", Query, Needs::SignedIn, {} => PeopleView
}

/// Reply of [`ListPeople`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    /// People sign in.
    pub on: bool,
    /// Public key of this computer.
    pub node: NodeKey,
    /// Officers by name, those who no longer work here last.
    pub officers: Vec<OfficerRow>,
    /// Roles that one person should not hold together, in words.
    pub warnings: Vec<Words>,
    /// Decisions that lack an approval.
    pub awaited: Vec<Awaited>,
    /// Nobody who is an organiser can sign in at this computer yet, so signing in cannot begin.
    pub nobody: bool,
}

/// An officer in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerRow {
    /// Who.
    pub id: OfficerId,
    /// The person.
    pub officer: Officer,
    /// Has a PIN at this computer.
    pub pin: bool,
    /// Keys of the person that count.
    pub keys: Vec<OwnKey>,
    /// Two grants crossed: saving one again settles it.
    pub crosses: bool,
}

/// A key of somebody at one computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKey {
    /// Public key of the computer.
    pub node: NodeKey,
    /// Public half of the key.
    pub key: String,
}

/// A decision that lacks an approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// The record.
    pub record: FactId,
    /// Of which event; `None` for one of the whole competition.
    pub event: Option<EventId>,
    /// What was decided.
    pub what: Words,
    /// Who wrote it, as it is shown.
    pub by: String,
    /// When, milliseconds since 1970, for information only.
    pub at: i64,
    /// The places that nobody filled yet, each with the roles of which one is enough; the judge's own where only the judge can.
    pub missing: Vec<Vec<Role>>,
    /// It is about people and has no effect before. It holds up nothing.
    pub idle: bool,
}

command! {
    /// Adds somebody who works here (`id` empty) or changes one.
    SaveOfficer in competition = "people.save", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Who, or `None` for somebody new.
        id: Option<OfficerId>,
        /// The person.
        officer: Officer,
        /// Why; required when somebody no longer works here.
        reason: String
    } => OfficerId
}

command! {
    /// Sets somebody's PIN at this computer (4 to 12 digits), and makes a new key. Neither the PIN nor what verifies it is ever a fact.
    SetOfficerPin in competition = "people.set_pin", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Whose.
        officer: OfficerId,
        /// The PIN.
        pin: String
    } => ()
}

command! {
    /// People sign in from now on (启用人员登录), at every computer of the competition.
    BeginSignIn in competition = "people.begin", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => ()
}

command! {
    /// People no longer sign in.
    EndSignIn in competition = "people.end", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Why; required.
        reason: String
    } => ()
}

command! {
    /// Approves a decision that lacks it, with the key of whoever is signed in.
    Approve in competition = "people.approve", Mutation, APPROVERS, {
        /// The record.
        record: FactId
    } => ()
}

command! {
    /// Revokes a person's or a judge's key at one computer (a PIN that others saw, a copied folder), or says what that would change: what was approved with it
    /// is not approved any more, but for the approvals that are named. Whoever signed in with it is signed out.
    RevokeKey in competition = "people.revoke_key", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Whose: `officer` or `judge`.
        #[serde(flatten)]
        signer: Signer,
        /// At which computer.
        node: NodeKey,
        /// The public half.
        key: String,
        /// Records of approvals with it that are still trusted.
        trusted: Vec<FactId>,
        /// Why; required where it is done.
        reason: String,
        /// Only say what it would change.
        #[serde(default)]
        preview: bool
    } => KeyEffect
}

/// Reply of [`RevokeKey`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyEffect {
    /// What was approved with it, the newest first.
    pub approvals: Vec<KeyApproval>,
    /// Decisions that lack an approval then and did not before.
    pub lacking: Vec<Awaited>,
    /// Records that go into quarantine by it.
    pub quarantined: u64,
    /// What changes in the events; those in which nothing does are left out.
    pub events: Vec<EventEffect>,
    /// It was done.
    pub applied: bool,
}

/// Something that was approved with a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyApproval {
    /// The record of the approval.
    pub approval: FactId,
    /// What was approved, as the history says it; nothing where it is not here.
    pub line: Option<HistoryLine>,
    /// When it was approved: milliseconds since 1970, for information only.
    pub at: i64,
}
