//! Lists as text documents (.docx), for what becomes the annex of an official letter: set by the rules of GB/T 9704 where an
//! organiser's own fonts are installed, and free to be edited.
//!
//! Only the few parts of WordprocessingML (ECMA-376) that a list needs are written, so that header rows repeat on every page and the
//! same data give the same bytes. An organiser's own document (`own`) can take the place of ours.

mod body;
mod own;
mod page;
mod style;

use crate::{Document, DocumentError, Frame, Listing, Listings, Section, SignedTable};
use body::{DECLARATION, WORD};
use jiangsai_locales::{Lang, text};
use own::Own;
use page::Pages;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;

const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/></Relationships>"#;

/// Columns beyond which a page lies on its side.
const UPRIGHT: usize = 8;

/// A list or a score summary as a text document.
///
/// # Errors
/// [`DocumentError::Letter`] for any other document, and when the file cannot be put together; [`DocumentError::OwnLetter`] where the
/// organiser's own document cannot be used.
pub fn render_docx(frame: &Frame, document: &Document) -> Result<Vec<u8>, DocumentError> {
    let listings = match document {
        Document::Listings(listings) => listings.clone(),
        Document::ScoreSummary(summary) => {
            Listings { title: document.title(frame.lang), lists: vec![listing(frame, summary)] }
        }
        _ => return Err(DocumentError::Letter("only lists become text documents".to_owned())),
    };
    let pages = Pages {
        lying: listings.lists.iter().any(|list| list.columns.len() > UPRIGHT),
        several: listings.lists.len() > 1,
    };
    let lists = &listings.lists;
    if let Some(own) = &frame.letter {
        let own = Own::read(own)?;
        let room = own.room(pages.lying);
        // Its heads and feet are the organiser's: what ours say stands with each list.
        let marks = marks(frame);
        let lists = lists.iter().map(|list| body::one(frame, &listings.title, list, room.width, Some(&marks)));
        return own.with(frame.lang, &lists.collect::<Vec<_>>(), room.turned);
    }
    let one = |list: &Listing| body::one(frame, &listings.title, list, pages.room(), None);
    let text = lists.iter().map(one).collect::<Vec<_>>().join(&pages.end_of_section());
    let (header, footer) = (pages.header(frame, &listings.title, &marks(frame)), pages.footer(frame));
    packed(frame.lang, &header, &footer, &format!("{text}{}", pages.section()))
}

/// The file around a body.
fn packed(lang: Lang, header: &str, footer: &str, body: &str) -> Result<Vec<u8>, DocumentError> {
    let text = format!("{DECLARATION}<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/styles.xml", &style::part(lang)),
        ("word/fontTable.xml", &style::fonts()),
        ("word/header1.xml", header),
        ("word/footer1.xml", footer),
        ("word/document.xml", &text),
    ];
    archive(parts.into_iter().map(|(name, xml)| (name, xml.as_bytes())))
}

/// A file of these parts.
fn archive<'p>(parts: impl IntoIterator<Item = (&'p str, &'p [u8])>) -> Result<Vec<u8>, DocumentError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |error: &dyn std::fmt::Display| DocumentError::Letter(error.to_string());
    for (name, bytes) in parts {
        archive.start_file(name, SimpleFileOptions::default()).map_err(|error| failed(&error))?;
        archive.write_all(bytes).map_err(|error| failed(&error))?;
    }
    Ok(archive.finish().map_err(|error| failed(&error))?.into_inner())
}

/// Can an organiser's own document be used?
pub(crate) fn check_letter(bytes: &[u8]) -> Result<(), DocumentError> {
    Own::read(bytes).map(|_| ())
}

/// A document to begin with: ours without a list, with a paragraph that makes room for one.
pub(crate) fn blank_letter(lang: Lang) -> Result<Vec<u8>, DocumentError> {
    let pages = Pages { lying: false, several: false };
    let frame = Frame { lang, ..Frame::default() };
    let place = body::place(lang);
    packed(lang, &pages.header(&frame, "", ""), &Pages::own_footer(lang), &format!("{place}{}", pages.section()))
}

/// What stands at the head of every page: that results are not final, that people are made up.
fn marks(frame: &Frame) -> String {
    let word = |key| text(frame.lang, key, &[]);
    let marks = [(frame.provisional, "print-provisional"), (frame.synthetic, "print-synthetic")];
    let said: Vec<String> = marks.into_iter().filter(|(is, _)| *is).map(|(_, key)| word(key)).collect();
    said.join(" · ")
}

/// A score summary as a list: the same columns, with its lines to sign on.
fn listing(frame: &Frame, summary: &SignedTable) -> Listing {
    let usual = || {
        let keys = ["judge", "recorder", "chief-judge", "supervisor"];
        keys.map(|key| text(frame.lang, &format!("print-signature-{key}"), &[])).into()
    };
    Listing {
        columns: summary.columns.clone(),
        sections: vec![Section { heading: String::new(), rows: summary.rows.clone() }],
        notes: summary.notes.clone(),
        signatures: if summary.signatures.is_empty() { usual() } else { summary.signatures.clone() },
        ..Listing::default()
    }
}
