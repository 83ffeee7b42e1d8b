//! Lists of people with their results: 名次表, 获奖名单, 公示, 成绩通知单, 成绩更正单. One form for all, so that the same data become pages or
//! a letter's annex.

use super::Column;
use serde::Serialize;

/// Lists under one title, each on pages of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Listings {
    /// Title of the document.
    pub title: String,
    /// The lists.
    pub lists: Vec<Listing>,
}

/// One list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// Whom it is addressed to (称谓), or empty.
    pub addressee: String,
    /// Paragraphs before the table.
    pub lead: Vec<String>,
    /// Columns of every section.
    pub columns: Vec<Column>,
    /// The rows, in sections.
    pub sections: Vec<Section>,
    /// Sentences below the table.
    pub notes: Vec<String>,
    /// Lines at the lower right, such as who issues it and when (落款).
    pub closing: Vec<String>,
    /// Labels of signature lines.
    pub signatures: Vec<String>,
}

/// Rows of a [`Listing`] under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading, or empty. A page never ends with it.
    pub heading: String,
    /// One text per column in every row.
    pub rows: Vec<Vec<String>>,
}
