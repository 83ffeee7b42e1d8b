//! Printed sheets, through typst, workbooks, and lists as text documents.
//!
//! Every text of a document arrives as data and reaches the template in one JSON file, never as markup. Left out: which
//! numbers and names stand in a document, which the caller says, and where the bytes go.

mod artwork;
mod code;
mod document;
mod error;
mod fonts;
mod frame;
mod glyphs;
mod letter;
mod render;
mod template;
mod workbook;
mod world;

pub use artwork::{Artwork, LARGEST_ARTWORK};
pub use code::svg as code_svg;
pub use document::{
    Align, Call, Certificate, Certificates, Column, Document, JudgeMark, Listing, Listings, MarkSheet, ReasonLine,
    Reasons, Rules, RulesParagraph, Script, Section, SheetLine, SignedTable,
};
pub use error::{DocumentError, LetterFault};
pub use fonts::{Fonts, chinese_font_found};
pub use frame::Frame;
pub use letter::render_docx;
pub use render::{Preview, Rendered, render_page, render_pdf, render_pdf_with, render_svg};
pub use template::{LETTER, check_template, template, template_names};
pub use workbook::{Choices, Tab, roster_workbook, standings_workbook, template_workbook};
