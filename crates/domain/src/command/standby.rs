//! Commands about a second computer that stands by for the host of a hall (备用主机), on both of the two.

use super::{Needs, Role};
use crate::command;
use crate::pairing::{Fingerprint, Reads};
use serde::{Deserialize, Serialize};

command! {
    /// How it stands with the computer that stands by: for whom this one does, and who does for this one.
    ShowStandby = "hub.standby", Query, Needs::Anyone, {} => Standby
}

command! {
    /// This computer stands by, and serves the hall from now on (接管): computers that do not reach the host go on here.
    TakeOver = "hub.take_over", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => Standby
}

command! {
    /// It waits again (交还): computers that went on here go back to the host.
    HandBack = "hub.hand_back", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => Standby
}

command! {
    /// Pairs a computer that stands by with headquarters too, with a code made there: while it serves, it sends there by itself.
    PairHeadquarters = "hub.pair_headquarters", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Address of headquarters, or an invitation.
        url: String,
        /// The code, or an invitation.
        code: String
    } => Standby
}

/// Reply of these commands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standby {
    /// Milliseconds since 1970, for ages.
    pub now: i64,
    /// This computer stands by for another one.
    pub own: Option<StandsBy>,
    /// Another computer stands by for this one.
    pub other: Option<StoodFor>,
}

/// This computer stands by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandsBy {
    /// Address of the host.
    pub hub: String,
    /// The host answered at the last try.
    pub hub_answers: bool,
    /// Milliseconds since 1970 of its last answer.
    pub heard_at: Option<i64>,
    /// Milliseconds since 1970 since when this computer serves in its place; nothing while it waits.
    pub since: Option<i64>,
    /// Other computers reach this one: its door is open.
    pub open: bool,
    /// Where.
    pub addresses: Vec<String>,
    /// How records get to headquarters from here.
    pub headquarters: ToHeadquarters,
    /// The computers that the host lets in, by name, as it said last.
    pub nodes: Vec<StandbyNode>,
}

/// How records get to headquarters from a computer that serves in the place of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToHeadquarters {
    /// The host is headquarters itself: there is none above it.
    HubIs,
    /// By the host alone, when it is there again: this computer is not paired with headquarters.
    ByHub,
    /// By itself.
    Itself,
}

/// A computer that the host lets in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandbyNode {
    /// Its name.
    pub name: String,
    /// What it reads.
    pub reads: Reads,
    /// It told how it is here, not long ago.
    pub here: bool,
}

/// Another computer stands by for this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoodFor {
    /// Its name.
    pub name: String,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// Where the others reach it, as it said last; empty where its door is closed.
    pub addresses: Vec<String>,
    /// Milliseconds since 1970 when it was heard last since the program started.
    pub heard_at: Option<i64>,
    /// Milliseconds since 1970 since when it serves in the place of this one, as it said last.
    pub since: Option<i64>,
    /// Computers that were there then.
    pub nodes: u32,
}
