//! The XML of a text document, but for what stands on every page. Sizes of type are in half points, lengths in twentieths of a point.

use super::page::Pages;
use crate::{Align, Column, Frame, Listing, Listings};
use jiangsai_locales::{Lang, text};

pub(super) const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
pub(super) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// 二号, 三号, 小四, 五号.
const TITLE: u32 = 44;
const TEXT: u32 = 32;
const TABLE: u32 = 24;
pub(super) const SMALL: u32 = 21;

/// A font for Chinese beside one for Latin letters.
#[derive(Clone, Copy)]
pub(super) struct Font(&'static str);

const XIAOBIAOSONG: Font = Font("方正小标宋简体");
pub(super) const HEITI: Font = Font("黑体");
pub(super) const FANGSONG: Font = Font("仿宋_GB2312");

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

const fn aligned(align: Align) -> &'static str {
    match align {
        Align::Start => "left",
        Align::Center => "center",
        Align::End => "right",
    }
}

/// The fonts with what stands in for them on a computer without them: an office program would take any other.
pub(super) fn fonts() -> String {
    let others = [(XIAOBIAOSONG, "华文中宋"), (HEITI, "SimHei"), (FANGSONG, "仿宋")];
    let font = |(font, other): (Font, &str)| {
        let charset = r#"<w:charset w:val="86"/>"#;
        format!(r#"<w:font w:name="{}"><w:altName w:val="{other}"/>{charset}</w:font>"#, font.0)
    };
    format!("{DECLARATION}<w:fonts {WORD}>{}</w:fonts>", others.map(font).concat())
}

/// Fonts and spacing of everything that says nothing else.
pub(super) fn styles(lang: Lang) -> String {
    let name = FANGSONG.0;
    let tag = lang.tag();
    format!(
        r#"{DECLARATION}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}"/><w:sz w:val="{TEXT}"/><w:lang w:val="en-US" w:eastAsia="{tag}"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"#
    )
}

/// The whole text.
pub(super) fn document(frame: &Frame, listings: &Listings, pages: Pages) -> String {
    let last = listings.lists.len().saturating_sub(1);
    let list = |(at, list): (usize, &Listing)| {
        let end = if at < last { pages.end_of_section() } else { String::new() };
        one(frame, &listings.title, list, pages.room()) + &end
    };
    let lists: String = listings.lists.iter().enumerate().map(list).collect();
    let section = pages.section();
    format!("{DECLARATION}<w:document {WORD}><w:body>{lists}{section}</w:body></w:document>")
}

fn one(frame: &Frame, title: &str, list: &Listing, room: u32) -> String {
    let centred = r#"<w:jc w:val="center"/>"#;
    let mut out = paragraph(centred, &run(&frame.competition, FANGSONG, TEXT));
    out += &paragraph(&format!(r#"<w:spacing w:after="240"/>{centred}"#), &run(title, XIAOBIAOSONG, TITLE));
    let about = [("print-event", &frame.event), ("print-session", &frame.session)];
    let about = about.into_iter().filter(|(_, value)| !value.is_empty());
    let about = about.map(|(key, value)| format!("{}{}{value}", text(frame.lang, key, &[]), colon(frame.lang)));
    out += &paragraph("", &run(&about.collect::<Vec<_>>().join("　"), FANGSONG, TABLE));
    if !list.addressee.is_empty() {
        let addressee = format!("{}{}", list.addressee, colon(frame.lang));
        out += &paragraph("", &run(&addressee, FANGSONG, TEXT));
    }
    let indent = if frame.lang == Lang::Zh { r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"# } else { "" };
    for text in &list.lead {
        out += &paragraph(indent, &run(text, FANGSONG, TEXT));
    }
    let below = below(frame.lang, list);
    out += &table(list, room, !below.is_empty());
    let last = below.len().saturating_sub(1);
    for (at, (properties, text)) in below.iter().enumerate() {
        // What is signed never stands on a page alone.
        let keeps = if at < last { "<w:keepNext/>" } else { "" };
        out += &paragraph(&format!("{keeps}{properties}"), text);
    }
    out
}

/// The lines below the table: notes, who issues it, who signs.
fn below(lang: Lang, list: &Listing) -> Vec<(&'static str, String)> {
    let note = |note: &String| (r#"<w:spacing w:before="120"/>"#, run(note, FANGSONG, TABLE));
    let closing = |line: &String| (r#"<w:spacing w:before="240"/><w:jc w:val="right"/>"#, run(line, FANGSONG, TEXT));
    let signature = |label: &String| {
        let line = format!("{label}{}____________________", colon(lang));
        (r#"<w:spacing w:before="240"/>"#, run(&line, FANGSONG, TABLE))
    };
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
    let head: String = columns.map(|(column, width)| cell(&title(column), Align::Center, HEITI, *width, 1)).collect();
    let mut rows = format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>");
    let row = |cells: &str| format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>");
    let kept = |row: String| row.replace("<w:pPr>", "<w:pPr><w:keepNext/>");
    let last = list.sections.iter().map(|section| section.rows.len()).sum::<usize>();
    let mut at = 0;
    for section in &list.sections {
        if !section.heading.is_empty() {
            let span = list.columns.len();
            rows += &kept(row(&cell(&section.heading, Align::Start, HEITI, whole, span)));
        }
        for texts in &section.rows {
            let cells = texts.iter().zip(&list.columns).zip(&widths);
            let cells: String =
                cells.map(|((text, column), width)| cell(text, column.align, FANGSONG, *width, 1)).collect();
            at += 1;
            rows += &if leads && at == last { kept(row(&cells)) } else { row(&cells) };
        }
    }
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
    )
}

fn title(column: &Column) -> String {
    if column.note.is_empty() { column.title.clone() } else { format!("{}\n{}", column.title, column.note) }
}

fn cell(text: &str, align: Align, font: Font, width: u32, span: usize) -> String {
    let span = if span > 1 { format!(r#"<w:gridSpan w:val="{span}"/>"#) } else { String::new() };
    let own = paragraph(&format!(r#"<w:jc w:val="{}"/>"#, aligned(align)), &run(text, font, TABLE));
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
