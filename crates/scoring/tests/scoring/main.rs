//! What the engine computes, by example and by property.
#![allow(clippy::disallowed_methods, reason = "tests read the files that the crate itself never touches")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a test stops at the first surprise"
)]

mod build;
mod faults;
mod input;
mod lint;
mod lint_laws;
mod numbers;
mod properties;
mod reference;
mod sample;
mod vectors;
mod words;
