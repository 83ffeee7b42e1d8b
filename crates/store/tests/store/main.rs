//! The store on real files and a real server, under faults: other processes, kills, power cuts, full disks.
//!
//! One binary, so that the database is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, unused_crate_dependencies, reason = "tests")]

mod accounts;
mod backup;
mod boxed;
mod child;
mod disk;
mod erasing;
mod folder;
mod keychain;
mod kill;
mod moved;
mod parts;
mod postgres;
mod power;
mod recording;
mod replicate;
mod sample;
mod server;
mod sqlite;
mod standby;
mod suite;
mod vfs;
