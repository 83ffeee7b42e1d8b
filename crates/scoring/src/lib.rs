//! Rulebooks as data, exact arithmetic, ranking.
//!
//! A [`Rulebook`] says how marks become standings; an [`Engine`] is a rulebook that was checked; [`Engine::score`] turns a
//! [`Field`] (entries and their marks) into an [`Outcome`]. Pure: no clock, no I/O, nothing of ours below it.
#![forbid(unsafe_code)]

pub mod check;
pub mod engine;
pub mod exact;
pub mod fault;
pub mod field;
pub mod input;
pub mod lint;
pub mod outcome;
pub mod rulebook;
pub mod selfcheck;
pub mod templates;
pub mod text;
pub mod words;

pub use engine::{Board, Engine, FieldFault, FieldReason, Substitute};
pub use exact::{Exact, RoundMode};
pub use fault::{Fault, FaultCode};
pub use field::{Entry, EntryStatus, Field, Mark, MarkRow};
pub use input::MarkFault;
pub use lint::{Lint, LintCode, lint};
pub use outcome::{
    AwardResult, Derivation, NodeValue, Outcome, PanelCheck, Score, Standing, TeamStanding, TieStep, Why,
};
pub use rulebook::{Column, ColumnKind, Rulebook};
pub use selfcheck::{SelfCheck, selfcheck};
pub use templates::{template, templates};
pub use text::Text;
pub use words::{Paragraph, words};
