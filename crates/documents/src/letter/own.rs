//! A text document of the organiser's own (`letter.docx`) that lists are set into: letterhead, styles, margins, heads and feet are the
//! organiser's; a paragraph that says `【名单】` or `[list]` makes room for the list.
//!
//! The bytes around that paragraph stay as they are: the file is looked at (where it begins and ends, how wide its page is) and not written
//! anew.

use super::body::Room;
use super::{archive, style};
use crate::{DocumentError, LetterFault};
use jiangsai_locales::Lang;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::io::{Cursor, Read as _};
use std::ops::Range;
use zip::ZipArchive;

/// What makes room for the list.
pub(super) const PLACES: [&str; 2] = ["【名单】", "[list]"];
/// The namespace of WordprocessingML that office programs write (ECMA-376 transitional).
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TEXT: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";
/// Unpacked, so much at most.
const LARGEST: u64 = 32 << 20;

/// An organiser's own text document.
pub(super) struct Own {
    /// The parts of the file, but for the text.
    parts: Vec<(String, Vec<u8>)>,
    /// The text as it is.
    text: String,
    /// Where in it the body begins and ends, without its last section.
    body: Range<usize>,
    /// Where in it the list goes.
    place: Range<usize>,
    /// The properties of its section.
    section: String,
    /// Its page: width, height, margins at the left and at the right.
    page: [u32; 4],
}

const NO_LETTER: DocumentError = DocumentError::OwnLetter(LetterFault::NoLetter);

impl Own {
    /// Looks at the file.
    ///
    /// # Errors
    /// [`DocumentError::OwnLetter`], which says what is wrong with it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, DocumentError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NO_LETTER)?;
        let mut parts = Vec::new();
        let mut room = LARGEST;
        for at in 0..archive.len() {
            let file = archive.by_index(at).map_err(|_| NO_LETTER)?;
            if file.is_dir() {
                continue;
            }
            let name = file.name().map_err(|_| NO_LETTER)?.into_owned();
            let mut part = Vec::new();
            file.take(room + 1).read_to_end(&mut part).map_err(|_| NO_LETTER)?;
            room = room.checked_sub(part.len() as u64).ok_or(NO_LETTER)?;
            parts.push((name, part));
        }
        let at = parts.iter().position(|(name, _)| name == TEXT).ok_or(NO_LETTER)?;
        let styles = parts.iter().find(|(name, _)| name == STYLES).ok_or(NO_LETTER)?;
        with_styles(Lang::Zh, &styles.1)?;
        let text = String::from_utf8(parts.remove(at).1).map_err(|_| NO_LETTER)?;
        // Places are counted without the mark that some programs begin with.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let found = Found::of(&text)?;
        let section = text[found.section].to_owned();
        Ok(Self { parts, body: found.body, place: found.place, section, page: found.page, text })
    }

    /// Width between the margins; `wide` lists lie on their side.
    pub(super) fn room(&self, wide: bool) -> Room {
        let [width, height, left, right] = self.page;
        let turned = wide && width < height;
        let width = if turned { height } else { width };
        Room { width: width.saturating_sub(left + right), turned }
    }

    /// The file with each list set into a copy of its text.
    pub(super) fn with(&self, lang: Lang, lists: &[String], turned: bool) -> Result<Vec<u8>, DocumentError> {
        let section = if turned { self.on_its_side() } else { self.section.clone() };
        let (before, after) =
            (&self.text[self.body.start..self.place.start], &self.text[self.place.end..self.body.end]);
        let next = format!(
            r#"<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{}</w:pPr></w:p>"#,
            counted_anew(&section)
        );
        let last = if lists.len() > 1 { counted_anew(&section) } else { section };
        let copies: Vec<String> = lists.iter().map(|list| format!("{before}{list}{after}")).collect();
        let (head, tail) = (&self.text[..self.body.start], end_of_body(&self.text, &self.body));
        let text = format!("{head}{}{last}{tail}", copies.join(&next));
        let mut parts = self.parts.clone();
        for (_, part) in parts.iter_mut().filter(|(name, _)| name == STYLES) {
            *part = with_styles(lang, part)?.into_bytes();
        }
        parts.push((TEXT.to_owned(), text.into_bytes()));
        archive(parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())))
    }

    /// The properties of its section for a page that lies.
    fn on_its_side(&self) -> String {
        let [width, height, ..] = self.page;
        let Some(at) = self.section.find("<w:pgSz") else { return self.section.clone() };
        let Some(end) = self.section[at..].find('>') else { return self.section.clone() };
        let size = format!(r#"<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>"#);
        format!("{}{size}{}", &self.section[..at], &self.section[at + end + 1..])
    }
}

/// What closes the body.
fn end_of_body<'t>(text: &'t str, body: &Range<usize>) -> &'t str {
    let rest = &text[body.end..];
    rest.rfind("</w:body>").map_or("</w:body></w:document>", |at| &rest[at..])
}

/// A section whose pages are counted from one, where the order of its properties says where to write that.
fn counted_anew(section: &str) -> String {
    if section.contains("<w:pgNumType") {
        let starts = section.contains("w:start=");
        let with = if starts { "<w:pgNumType" } else { r#"<w:pgNumType w:start="1""# };
        return section.replacen("<w:pgNumType", with, 1);
    }
    section.replacen("<w:cols", r#"<w:pgNumType w:start="1"/><w:cols"#, 1)
}

/// Its styles, and ours that it lacks.
fn with_styles(lang: Lang, part: &[u8]) -> Result<String, DocumentError> {
    let own = std::str::from_utf8(part).map_err(|_| NO_LETTER)?;
    let end = own.rfind("</w:styles>").ok_or(NO_LETTER)?;
    let lacks = |id: &str| !own.contains(&format!(r#"w:styleId="{id}""#));
    let ours: String = style::each(lang).filter(|(id, _)| lacks(id)).map(|(_, style)| style).collect();
    Ok(format!("{}{ours}{}", &own[..end], &own[end..]))
}

/// What is looked for in the text.
struct Found {
    body: Range<usize>,
    place: Range<usize>,
    section: Range<usize>,
    page: [u32; 4],
}

/// What is known while the text is read.
#[derive(Default)]
struct Looking {
    /// The names of the elements around, the outermost first, each with where it begins.
    path: Vec<(String, usize)>,
    /// What the paragraph of the body says so far, as its author sees it.
    said: String,
    body: Option<Range<usize>>,
    place: Option<Range<usize>>,
    section: Option<Range<usize>>,
    page: [Option<u32>; 4],
}

impl Found {
    fn of(text: &str) -> Result<Self, DocumentError> {
        let mut reader = Reader::from_str(text);
        let mut looking = Looking::default();
        loop {
            let before = position(&reader);
            let event = reader.read_event().map_err(|_| NO_LETTER)?;
            let after = position(&reader);
            match event {
                Event::Eof => break,
                Event::Start(start) => looking.enter(&start, before, after)?,
                Event::Empty(start) => looking.pass(&start)?,
                Event::Text(words) => looking.say(&words),
                Event::CData(words) => looking.say(&words),
                // A letter by its number; anything else is no part of a place.
                Event::GeneralRef(letter) => {
                    let letter = letter.resolve_char_ref().ok().flatten().unwrap_or('\u{fffd}');
                    looking.say(letter.encode_utf8(&mut [0; 4]));
                }
                Event::End(_) => looking.leave(before, after)?,
                _ => {}
            }
        }
        looking.found()
    }
}

impl Looking {
    fn enter(&mut self, start: &BytesStart<'_>, before: usize, after: usize) -> Result<(), DocumentError> {
        let name = start.name().as_ref().to_owned();
        match (self.path.len(), name.as_str()) {
            (0, _) if !is_ours(start) => return Err(NO_LETTER),
            (1, "w:body") if self.body.is_some() => return Err(NO_LETTER),
            (1, "w:body") => self.body = Some(after..after),
            (2, _) => self.said.clear(),
            _ => {}
        }
        if name == "w:sectPr" && self.path.len() > 2 && !self.within("w:sectPrChange") {
            return Err(DocumentError::OwnLetter(LetterFault::Sections));
        }
        self.measure(start);
        self.path.push((name, before));
        Ok(())
    }

    fn pass(&mut self, element: &BytesStart<'_>) -> Result<(), DocumentError> {
        if element.name().as_ref() == "w:sectPr" && !self.within("w:sectPrChange") {
            return Err(DocumentError::OwnLetter(LetterFault::Sections));
        }
        self.measure(element);
        Ok(())
    }

    /// Only what is to be read: no numbers of drawings, no commands of fields, nothing deleted or moved away while changes are tracked.
    fn say(&mut self, words: &str) {
        let read = self.path.last().is_some_and(|(name, _)| name == "w:t");
        if read && !self.within("w:del") && !self.within("w:moveFrom") {
            self.said.push_str(words);
        }
    }

    fn leave(&mut self, before: usize, after: usize) -> Result<(), DocumentError> {
        let (name, from) = self.path.pop().ok_or(NO_LETTER)?;
        let in_body = self.path.len() == 2 && self.within("w:body");
        match name.as_str() {
            // Outside every table: a list is a table itself.
            "w:p" if in_body && PLACES.contains(&self.said.trim()) => {
                once(&mut self.place, from..after, LetterFault::TwoPlaces)?;
            }
            "w:sectPr" if in_body => once(&mut self.section, from..after, LetterFault::Sections)?,
            "w:body" if self.path.len() == 1 => {
                let end = self.section.as_ref().map_or(before, |section| section.start);
                if let Some(body) = &mut self.body {
                    body.end = end;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn within(&self, name: &str) -> bool {
        self.path.iter().any(|(own, _)| own == name)
    }

    /// Size and margins of the page.
    fn measure(&mut self, element: &BytesStart<'_>) {
        let wanted: [(&str, usize); 2] = match element.name().as_ref() {
            "w:pgSz" => [("w:w", 0), ("w:h", 1)],
            "w:pgMar" => [("w:left", 2), ("w:right", 3)],
            _ => return,
        };
        if self.within("w:sectPrChange") {
            return;
        }
        for attribute in element.attributes().flatten() {
            if let Some((_, at)) = wanted.iter().find(|(name, _)| *name == attribute.key.as_ref()) {
                self.page[*at] = attribute.value.parse().ok().filter(|value| *value < 100_000);
            }
        }
    }

    fn found(self) -> Result<Found, DocumentError> {
        let (Some(body), true) = (self.body, self.path.is_empty()) else { return Err(NO_LETTER) };
        let place = self.place.ok_or(DocumentError::OwnLetter(LetterFault::NoPlace))?;
        let sections = DocumentError::OwnLetter(LetterFault::Sections);
        let ([Some(width), Some(height), Some(left), Some(right)], Some(section)) = (self.page, self.section) else {
            return Err(sections);
        };
        // The section is the last of the body, and the place before it.
        if body.start > place.start || place.end > body.end {
            return Err(sections);
        }
        Ok(Found { body, place, section, page: [width, height, left, right] })
    }
}

/// Keeps where something stands that stands once.
fn once(kept: &mut Option<Range<usize>>, found: Range<usize>, twice: LetterFault) -> Result<(), DocumentError> {
    if kept.replace(found).is_some() { Err(DocumentError::OwnLetter(twice)) } else { Ok(()) }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Is it the text of a document, with the prefix that every office program writes? What we set into it has that prefix.
fn is_ours(root: &BytesStart<'_>) -> bool {
    let declared = root
        .attributes()
        .flatten()
        .any(|attribute| attribute.key.as_ref() == "xmlns:w" && attribute.value.as_ref() == NAMESPACE);
    declared && root.name().as_ref() == "w:document"
}
