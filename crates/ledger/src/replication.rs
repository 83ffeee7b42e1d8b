//! Replication between a node and its upstream, as pure state machines: what to ask next, what to make of an answer, what to do with
//! records that come in. The same words travel over the network and in a file.
//!
//! The rule that makes all nodes agree: **the upstream's branch stands.** A log has one writer, so two records at one number of a log mean
//! that a key was used twice (a copied or restored computer). The branch that came first stays where it is, the other is set apart, kept
//! and reported upwards, and its author writes it again in a new log.
//!
//! Left out: sockets, files, clocks and random numbers, which are the runner's.

mod backoff;
mod batch;
mod doors;
mod judge;
mod link;
mod reads;
mod receipt;
mod sealed;
mod wire;

pub use backoff::full_jitter;
pub(crate) use batch::opening;
pub use batch::{Batch, Refused, key_of};
pub use doors::{Doors, Heard, Side, Turn};
pub use judge::{Named, Verdict, Window, judge};
pub use link::{Branch, Effect, Failed, Input, Link, Ours};
pub use reads::Reads;
pub use receipt::Receipt;
pub use sealed::Sealed;
pub use wire::{Carried, Heads, Pull, Pulled, Push, Pushed, ReceiptMark, Tip};
