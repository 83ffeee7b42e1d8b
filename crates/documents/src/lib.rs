//! Printed sheets, through typst, and workbooks.
//!
//! Every text of a document arrives as data and reaches the template in one JSON file, never as markup. Left out: which
//! numbers and names stand in a document, which the caller says, and where the bytes go.

mod document;
mod error;
mod fonts;
mod frame;
mod glyphs;
mod qr;
mod render;
mod workbook;
mod world;

pub use document::{Align, Column, Document, MarkSheet, ResultList, ResultRow, SheetLine, SignedTable};
pub use error::DocumentError;
pub use fonts::{Fonts, chinese_font_found};
pub use frame::Frame;
pub use render::{Preview, Rendered, render_pdf, render_pdf_with, render_svg};
pub use workbook::{Choices, roster_workbook, standings_workbook, template_workbook};
