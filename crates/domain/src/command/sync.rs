//! Commands about the connection to the level above.

use super::{Needs, Role, WireError};
use crate::command;
use crate::ids::CompetitionId;
use crate::pairing::{Fingerprint, Reads};
use serde::{Deserialize, Serialize};

/// Said by hosts in the place of the id of a competition that changed: how far records got, or how the connection is.
pub const SYNC: &str = "sync";

command! {
    /// Connects this computer to the one above it, with the one-time code made there.
    Connect = "sync.connect", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Its address: host and port, with or without `https://`. Or an invitation, `jiangsai:…`, which says address and code.
        url: String,
        /// The code, as it was typed. Or an invitation.
        code: String
    } => ()
}

command! {
    /// Ends the connection. What is here stays here.
    Disconnect = "sync.disconnect", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => ()
}

command! {
    /// A one-time code with which another computer may connect to this one, for a day; as it is shown and typed. See [`crate::pairing`].
    MakePairingCode = "sync.pairing_code", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// What the other computer will read.
        #[serde(default)]
        reads: Reads
    } => String
}

command! {
    /// Writes again, in a new log, what this computer wrote in a log that was also written on a copy of it and stands otherwise. How many
    /// records that were.
    AdoptBranch in competition = "sync.adopt", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => u32
}

command! {
    /// Computers on this network that announce that they let others in. It takes a moment, and many networks hide them: an address can always
    /// be typed.
    ListNearby = "sync.nearby", Query, Needs::AnyOf(&[Role::Organiser]), {} => Vec<NearbyNode>
}

/// A computer that announces itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearbyNode {
    /// Host and port.
    pub address: String,
    /// What it says its fingerprint is; the code it makes says whether that is so.
    pub fingerprint: Fingerprint,
}

command! {
    /// How far the records of this computer got.
    SyncStatus = "sync.status", Query, Needs::Anyone, {} => SyncState
}

/// Reply of [`SyncStatus`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncState {
    /// Address of the computer above, if there is one.
    pub upstream: Option<String>,
    /// Fingerprint of the computer above: what the connection is pinned to.
    pub upstream_fingerprint: Option<Fingerprint>,
    /// The computer above is at present the one that stands by for the host (备用主机).
    #[serde(default)]
    pub at_standby: bool,
    /// It is known that one stands by.
    #[serde(default)]
    pub has_standby: bool,
    /// What this computer reads, as the code said with which it connected.
    pub reads: Reads,
    /// The computer above carries what it may not read (只转送).
    #[serde(default)]
    pub above_carries: bool,
    /// Fingerprint of this computer, for those below.
    pub fingerprint: Fingerprint,
    /// The key of this computer is in the keychain of the system; else in a file in the data folder, which its owner alone may read.
    #[serde(default)]
    pub key_in_keychain: bool,
    /// Where computers below reach this one, host and port; empty while it lets none in, or does not know.
    pub addresses: Vec<String>,
    /// It is the headquarters itself, not a hub on the way.
    pub is_headquarters: bool,
    /// Milliseconds since 1970 of its last answer since the program started.
    pub last_contact: Option<i64>,
    /// Why nothing at all goes through at present: a code, `error-<code>` in the locale files.
    pub trouble: Option<String>,
    /// Milliseconds since 1970, for the age of what is pending.
    pub now: i64,
    /// Why the last backup was not written, here or in the second place.
    pub backup_trouble: Option<WireError>,
    /// Each competition.
    pub competitions: Vec<SyncRow>,
}

/// How far the records of one competition got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRow {
    /// Which competition.
    pub competition: CompetitionId,
    /// Records saved here.
    pub saved: u64,
    /// Of these, not receipted by the computer above.
    pub not_at_upstream: u64,
    /// Of these, not receipted by headquarters.
    pub not_at_headquarters: u64,
    /// Milliseconds since 1970 of the oldest that the computer above has not receipted.
    #[serde(default)]
    pub oldest_not_at_upstream: Option<i64>,
    /// Milliseconds since 1970 of the oldest that headquarters has not receipted.
    pub oldest_pending: Option<i64>,
    /// Branches that were set apart, because a log was written on two computers, and that their author has not written again.
    pub forks: u32,
    /// Why something of this competition does not go through, while others do: a code, `error-<code>` in the locale files.
    pub trouble: Option<String>,
}
