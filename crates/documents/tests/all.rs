//! Tests of the printed documents and the workbooks, in one binary because it links typst.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "all/certificates.rs"]
mod certificates;
#[path = "all/glyphs.rs"]
mod glyphs;
#[path = "all/letters.rs"]
mod letters;
#[path = "all/lists.rs"]
mod lists;
#[path = "all/mark_sheets.rs"]
mod mark_sheets;
#[path = "all/odd.rs"]
mod odd;
#[path = "all/pages.rs"]
mod pages;
#[path = "all/previews.rs"]
mod previews;
#[path = "all/reasons.rs"]
mod reasons;
#[path = "all/samples.rs"]
mod samples;
#[path = "all/workbooks.rs"]
mod workbooks;
