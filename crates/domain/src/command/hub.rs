//! Commands about this computer as the host of its hall (赛场主机): others connect to it over the local network.

use super::{Needs, Role, WireError};
use crate::command;
use serde::{Deserialize, Serialize};

command! {
    /// Whether other computers can connect to this one, and at which addresses.
    ShowHub = "hub.show", Query, Needs::Anyone, {} => Hub
}

command! {
    /// Lets other computers connect, now and whenever the application is started again.
    OpenHub = "hub.open", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// At this port.
        port: u16
    } => Hub
}

command! {
    /// Lets nobody connect any more. What the others write stays with them until they can.
    CloseHub = "hub.close", Mutation, Needs::AnyOf(&[Role::Organiser]), {} => Hub
}

/// Reply of these commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hub {
    /// False where the program has its own door, or none (`jiangsai-hq serve`, the terminal).
    pub possible: bool,
    /// It is open.
    pub open: bool,
    /// The port: where it is open, or was last.
    pub port: u16,
    /// Addresses of this computer in its networks, as another one would be given them; none where it is in no network.
    pub addresses: Vec<String>,
    /// Why it is not open though it should be.
    pub trouble: Option<WireError>,
}
