//! Sealed values, decisions between equals, versions of the rules, bulletins, on facts alone.
#![allow(clippy::unwrap_used, reason = "tests")]

mod rules {
    mod adjusting;
    mod bulletins;
    mod crossing;
    mod entries;
    mod finality;
    mod hall;
    mod outdated;
    mod values;
}
