//! What a judge's desk makes of the facts that are for it, and what somebody makes of them who wants to know who is who: nothing, over many
//! trials with known seeds.
#![allow(clippy::unwrap_used, reason = "tests")]

mod audiences {
    mod attack;
    mod hall;
    mod locked;
    mod locked_meanwhile;
    mod locked_twice;
    mod told;
}
