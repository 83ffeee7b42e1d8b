//! The tests that cross crates. Each line says what its file proves; something new goes where it fits.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    missing_docs,
    reason = "a test that cannot go on should stop there and say so"
)]

// The arrows between our crates are the ones ARCHITECTURE.md names.
mod arrows;
// The words: both languages have the same keys, and Chinese text has Chinese punctuation.
mod words;
// A person goes through the whole product, in a browser and in the real window.
mod journeys;
// Processes and the network between them, under faults.
mod sync;
