//! A headquarters that is a process of its own and a judge's desk with its whole data folder in the hands of somebody who has the roster:
//! nothing of the roster is in it, and who stands behind a blind code is guessed no better than by chance.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "tests, and statistics")]

mod judges_desk {
    mod attack;
    mod begun;
    mod hall;
    mod search;
}
