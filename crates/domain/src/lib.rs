//! The competition as a function of a set of facts: ids, roles, facts, decide and evolve, views, and the command contract.
//!
//! Pure: no clock, no randomness, no I/O. Time, random numbers and keys are arguments.
#![forbid(unsafe_code)]

pub mod account;
pub mod approval;
pub mod authority;
pub mod bulletin;
pub mod coded;
pub mod command;
pub mod competition;
pub mod confirmation;
pub mod decide;
pub mod document;
pub mod draw;
pub mod envelope;
pub mod erasure;
pub mod fact;
pub mod figures;
pub mod finding;
pub mod form;
pub mod ids;
pub mod import;
pub mod lock;
pub mod pairing;
pub mod paper;
pub mod people;
pub mod phone;
pub mod readers;
pub mod recheck;
pub mod register;
pub mod results;
pub mod sample;
pub mod screen;
pub mod sheet;
pub mod table;
pub mod trust;
pub mod unit_code;
pub mod view;
