//! What the engine computes, by example and by property.
#![allow(clippy::disallowed_methods, reason = "tests read the files that the crate itself never touches")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a test stops at the first surprise"
)]

mod awards;
mod build;
mod decisions;
mod faults;
mod fuzz;
mod gaps;
mod generate;
mod input;
mod lanes;
mod laws;
mod lint;
mod lint_laws;
mod model;
mod numbers;
mod printed;
mod properties;
mod ready;
mod reference;
mod refusals;
mod sample;
mod stages;
mod substitutes;
mod teams;
mod vectors;
mod whole;
mod words;

/// Are more cases wanted than there is time for on every change (`JIANGSAI_LONG=1`)?
fn long() -> bool {
    std::env::var("JIANGSAI_LONG").is_ok_and(|value| value == "1")
}
