//! The competition as a function of a set of facts: ids, roles, facts, decide and evolve, views, and the command contract.
//!
//! Pure: no clock, no randomness, no I/O. Time, random numbers and keys are arguments.
#![forbid(unsafe_code)]

pub mod command;
pub mod ids;
