//! From data to pages: PDF for print, SVG for the preview.

use crate::fonts::{Families, Fonts};
use crate::world::Desk;
use crate::{Document, DocumentError, Frame, glyphs};
use jiangsai_locales::{keys, text};
use serde::Serialize;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use typst::diag::SourceDiagnostic;
use typst::layout::PageRanges;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_svg::SvgOptions;

/// A document as a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pages in all.
    pub pages: usize,
    /// Characters that no font has, each with the field and the text it stands in.
    pub missing_glyphs: Vec<(String, String)>,
}

/// One page of a document as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The page as SVG.
    pub svg: String,
    /// Pages in all.
    pub pages: usize,
    /// Characters that no font has, each with the field and the text it stands in.
    pub missing_glyphs: Vec<(String, String)>,
}

/// What the templates read.
#[derive(Serialize)]
struct Data<'a> {
    lang: &'static str,
    words: BTreeMap<String, String>,
    fonts: Families,
    title: String,
    printed: String,
    version: String,
    frame: &'a Frame,
    document: &'a Document,
}

/// A document as a PDF, with the fonts of this computer. The same arguments give the same bytes. It takes from a tenth of a
/// second to some seconds, so call it where that blocks nobody.
///
/// # Errors
/// See [`DocumentError`].
pub fn render_pdf(frame: &Frame, document: &Document) -> Result<Rendered, DocumentError> {
    render_pdf_with(Fonts::system(), frame, document)
}

/// [`render_pdf`] with other fonts.
///
/// # Errors
/// See [`DocumentError`].
pub fn render_pdf_with(fonts: &Fonts, frame: &Frame, document: &Document) -> Result<Rendered, DocumentError> {
    let paged = typeset(fonts, frame, document, json(fonts, frame, document)?)?;
    let bytes = typst_pdf::pdf(&paged, &options()).map_err(|errors| failed(&errors))?;
    Ok(Rendered { bytes, pages: paged.pages().len(), missing_glyphs: glyphs::missing(fonts, frame, document) })
}

/// Page `page` alone, counted from 0, of a document as a PDF; it says which page of how many it is, as in the whole. Whoever looked at it
/// before waits for nothing.
///
/// # Errors
/// See [`DocumentError`].
pub fn render_page(frame: &Frame, document: &Document, page: usize) -> Result<Rendered, DocumentError> {
    let fonts = Fonts::system();
    let paged = kept(frame, document, json(fonts, frame, document)?)?;
    let pages = paged.pages().len();
    let asked = page.saturating_add(1);
    let own = NonZeroUsize::new(asked).filter(|own| own.get() <= pages);
    let own = own.ok_or(DocumentError::NoSuchPage { asked, pages })?;
    // Tags are of a whole document.
    let options =
        PdfOptions { page_ranges: Some(PageRanges::new(vec![Some(own)..=Some(own)])), tagged: false, ..options() };
    let bytes = typst_pdf::pdf(&paged, &options).map_err(|errors| failed(&errors))?;
    Ok(Rendered { bytes, pages, missing_glyphs: glyphs::missing(fonts, frame, document) })
}

fn options() -> PdfOptions {
    PdfOptions { creator: typst::foundations::Smart::Custom(Some("Jiangsai".to_owned())), ..PdfOptions::default() }
}

/// Page `page`, counted from 0, of a document. The pages of the documents looked at last are kept, so that turning
/// pages is quick.
///
/// # Errors
/// See [`DocumentError`].
pub fn render_svg(frame: &Frame, document: &Document, page: usize) -> Result<Preview, DocumentError> {
    let fonts = Fonts::system();
    let paged = kept(frame, document, json(fonts, frame, document)?)?;
    let pages = paged.pages().len();
    let picture = paged.pages().get(page).ok_or(DocumentError::NoSuchPage { asked: page.saturating_add(1), pages })?;
    let svg = typst_svg::svg(picture, &SvgOptions::default());
    Ok(Preview { svg, pages, missing_glyphs: glyphs::missing(fonts, frame, document) })
}

/// Documents that stay typeset for the preview.
const KEPT: usize = 3;
/// Typesetting rounds that intermediate results outlive.
const ROUNDS: usize = 4;

/// A typeset document with what it was made of: template, data, the organiser's own templates.
type Kept = (&'static str, String, Vec<(String, String)>, Arc<PagedDocument>);

/// Typeset documents, the latest last.
static PREVIEWS: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

fn kept(frame: &Frame, document: &Document, json: String) -> Result<Arc<PagedDocument>, DocumentError> {
    let template = document.template();
    let lock = || PREVIEWS.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |(of, data, own, _): &&Kept| *of == template && *data == json && *own == frame.templates;
    if let Some((.., paged)) = lock().iter().find(same) {
        return Ok(Arc::clone(paged));
    }
    let paged = Arc::new(typeset(Fonts::system(), frame, document, json.clone())?);
    let mut previews = lock();
    if previews.len() >= KEPT {
        previews.remove(0);
    }
    previews.push((template, json, frame.templates.clone(), Arc::clone(&paged)));
    Ok(paged)
}

fn typeset(fonts: &Fonts, frame: &Frame, document: &Document, json: String) -> Result<PagedDocument, DocumentError> {
    let desk = Desk::new(fonts, document.template(), json, document.files()?, &frame.templates)?;
    let result = typst::compile::<PagedDocument>(&desk).output;
    let result = result.map_err(|errors| own_fault(&desk, frame, &errors).unwrap_or_else(|| failed(&errors)));
    typst::comemo::evict(ROUNDS);
    result
}

/// A fault that lies in a template of the organiser's own.
fn own_fault(desk: &Desk<'_>, frame: &Frame, errors: &[SourceDiagnostic]) -> Option<DocumentError> {
    let (name, line) = errors.iter().find_map(|error| desk.place(error.span))?;
    frame.templates.iter().any(|(own, _)| *own == name).then_some(DocumentError::OwnTemplate { name, line })
}

fn failed(errors: &[SourceDiagnostic]) -> DocumentError {
    DocumentError::Typesetting(errors.first().map(|error| error.message.to_string()).unwrap_or_default())
}

fn json(fonts: &Fonts, frame: &Frame, document: &Document) -> Result<String, DocumentError> {
    let lang = frame.lang;
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    for key in keys(lang).into_iter().filter(|key| key.starts_with("print-")) {
        // The template puts the numbers of pages in: they are known when the pages are.
        let word = text(lang, &key, &[("page", "\u{1}"), ("pages", "\u{2}")]);
        words.insert(key, word);
    }
    let data = Data {
        lang: lang.tag(),
        words,
        fonts: fonts.families()?,
        title: document.title(lang),
        printed: text(lang, "print-printed-at", &[("time", &frame.printed_at)]),
        version: text(lang, "print-version", &[("version", &frame.version)]),
        frame,
        document,
    };
    serde_json::to_string(&data).map_err(|error| DocumentError::Typesetting(error.to_string()))
}
