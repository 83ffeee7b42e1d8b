//! Records between processes over real sockets: desks, a hub and headquarters, each a program of its own, with a network between them that can
//! be told to do harm.

// The browser's door of a process: its commands.
mod door;
// What processes were told is kept elsewhere, and whether it is.
mod history;
// What starts, kills and stops the processes.
mod nodes;
// The network between two of them.
mod proxy;

// Everything goes wrong at once, and nothing that was acknowledged is lost.
mod storm;
// The cable to headquarters is out for a whole competition.
mod hall;
