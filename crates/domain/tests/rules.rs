//! Sealed values, decisions between equals, versions of the rules, on facts alone.
#![allow(clippy::unwrap_used, reason = "tests")]

mod rules {
    mod crossing;
    mod entries;
    mod finality;
    mod hall;
    mod values;
}
