//! The XML of a text document, but for what stands on every page and how paragraphs look.

use super::own::PLACES;
use super::style::{Font, Style};
use crate::{Align, Column, Frame, Listing};
use jiangsai_locales::{Lang, text};

pub(super) const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
pub(super) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// How much room a list has.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Between the margins.
    pub width: u32,
    /// The page was turned on its side for it.
    pub turned: bool,
}

/// A text as it may stand in XML; characters that XML has no place for are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter < ' ' && !matches!(letter, '\t' | '\n' | '\r') => {}
            '\u{fffe}' | '\u{ffff}' => {}
            letter => out.push(letter),
        }
    }
    out
}

pub(super) fn run(text: &str, font: Font, size: u32) -> String {
    let name = font.0;
    let lines = escaped(text).replace('\n', r#"</w:t><w:br/><w:t xml:space="preserve">"#);
    format!(
        r#"<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>"#
    )
}

pub(super) fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

/// A paragraph that looks as its style says. `keeps`: on the page of what follows.
fn styled(style: Style, keeps: bool, more: &str, text: &str) -> String {
    let lines = escaped(text).replace('\n', r#"</w:t><w:br/><w:t xml:space="preserve">"#);
    let keeps = if keeps { "<w:keepNext/>" } else { "" };
    let properties = format!(r#"<w:pStyle w:val="{}"/>{keeps}{more}"#, style.id());
    paragraph(&properties, &format!(r#"<w:r><w:t xml:space="preserve">{lines}</w:t></w:r>"#))
}

const fn aligned(align: Align) -> &'static str {
    match align {
        Align::Start => "left",
        Align::Center => "center",
        Align::End => "right",
    }
}

/// The paragraph that makes room for a list, in a document to begin with.
pub(super) fn place(lang: Lang) -> String {
    let [zh, en] = PLACES;
    styled(Style::Text, false, "", if lang == Lang::Zh { zh } else { en })
}

/// One list, in `width`; `with` stands above and below it where the page does not say it.
pub(super) fn one(frame: &Frame, title: &str, list: &Listing, width: u32, with: Option<&str>) -> String {
    let plain = |style, text: &str| styled(style, false, "", text);
    let mut out = with.filter(|marks| !marks.is_empty()).map(|marks| plain(Style::Mark, marks)).unwrap_or_default();
    out += &plain(Style::Competition, &frame.competition);
    out += &plain(Style::Title, title);
    let about = [("print-event", &frame.event), ("print-session", &frame.session)];
    let about = about.into_iter().filter(|(_, value)| !value.is_empty());
    let about = about.map(|(key, value)| format!("{}{}{value}", text(frame.lang, key, &[]), colon(frame.lang)));
    out += &plain(Style::About, &about.collect::<Vec<_>>().join("　"));
    if !list.addressee.is_empty() {
        out += &plain(Style::Addressee, &format!("{}{}", list.addressee, colon(frame.lang)));
    }
    for text in &list.lead {
        out += &plain(Style::Text, text);
    }
    let mut below = below(frame.lang, list);
    out += &table(list, width, !below.is_empty());
    if with.is_some() {
        below.push((Style::Made, made(frame)));
    }
    let last = below.len().saturating_sub(1);
    for (at, (style, text)) in below.iter().enumerate() {
        // What is signed never stands on a page alone.
        out += &styled(*style, at < last, "", text);
    }
    out
}

/// When and from what it was made.
pub(super) fn made(frame: &Frame) -> String {
    let printed = text(frame.lang, "print-printed-at", &[("time", &frame.printed_at)]);
    let version = text(frame.lang, "print-version", &[("version", &frame.version)]);
    format!("{printed}　{version}")
}

/// The lines below the table: notes, who issues it, who signs.
fn below(lang: Lang, list: &Listing) -> Vec<(Style, String)> {
    let note = |note: &String| (Style::Note, note.clone());
    let closing = |line: &String| (Style::Closing, line.clone());
    let signature = |label: &String| (Style::Signature, format!("{label}{}____________________", colon(lang)));
    let notes = list.notes.iter().map(note);
    notes.chain(list.closing.iter().map(closing)).chain(list.signatures.iter().map(signature)).collect()
}

const fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "：",
        Lang::En => ": ",
    }
}

/// The table: its head repeats on every page, no row breaks, a heading stays with the row below it, and the last row with what follows where
/// it `leads` on.
fn table(list: &Listing, room: u32, leads: bool) -> String {
    let widths = widths(list, room);
    let whole: u32 = widths.iter().sum();
    let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let border = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    let columns = list.columns.iter().zip(&widths);
    let head: String = columns.map(|(column, width)| cell(&title(column), Style::Head, "", false, *width, 1)).collect();
    let mut rows = format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>");
    let row = |cells: &str| format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>");
    let last = list.sections.iter().map(|section| section.rows.len()).sum::<usize>();
    let mut at = 0;
    for section in &list.sections {
        if !section.heading.is_empty() {
            let span = list.columns.len();
            rows += &row(&cell(&section.heading, Style::Heading, "", true, whole, span));
        }
        for texts in &section.rows {
            at += 1;
            let kept = leads && at == last;
            let cells = texts.iter().zip(&list.columns).zip(&widths);
            let own = |((text, column), width): ((&String, &Column), &u32)| {
                let jc = format!(r#"<w:jc w:val="{}"/>"#, aligned(column.align));
                cell(text, Style::Cell, &jc, kept, *width, 1)
            };
            rows += &row(&cells.map(own).collect::<String>());
        }
    }
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
    )
}

fn title(column: &Column) -> String {
    if column.note.is_empty() { column.title.clone() } else { format!("{}\n{}", column.title, column.note) }
}

fn cell(text: &str, style: Style, more: &str, keeps: bool, width: u32, span: usize) -> String {
    let span = if span > 1 { format!(r#"<w:gridSpan w:val="{span}"/>"#) } else { String::new() };
    let own = styled(style, keeps, more, text);
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>{own}</w:tc>"#)
}

/// Widths by how long the longest text of a column is, at least room for its own title and at most for twenty letters.
fn widths(list: &Listing, room: u32) -> Vec<u32> {
    let weight = |at: usize, column: &Column| {
        let texts = list.sections.iter().flat_map(|section| &section.rows).filter_map(|row| row.get(at));
        let longest = texts.map(|text| letters(text)).max().unwrap_or(0);
        longest.max(letters(&column.title).min(8)).clamp(4, 40)
    };
    let weights: Vec<u32> = list.columns.iter().enumerate().map(|(at, column)| weight(at, column)).collect();
    let whole: u32 = weights.iter().sum::<u32>().max(1);
    weights.iter().map(|weight| weight * room / whole).collect()
}

/// Width of a text in half letters: a Chinese one is two.
fn letters(text: &str) -> u32 {
    text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}
