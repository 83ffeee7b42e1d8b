//! Sealed values, decisions between equals, versions of the rules, bulletins, corrections, sheets that are handed in, on facts alone.
#![allow(clippy::unwrap_used, reason = "tests")]

mod rules {
    mod adjusting;
    mod bulletins;
    mod corrections;
    mod crossing;
    mod entries;
    mod figures;
    mod finality;
    mod hall;
    mod handed_in;
    mod outdated;
    mod shown;
    mod values;
}
