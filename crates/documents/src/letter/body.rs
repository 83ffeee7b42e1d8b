//! The XML of a text document. Sizes of type are in half points, lengths in twentieths of a point.

use crate::{Align, Column, Frame, Listing, Listings};
use jiangsai_locales::{Lang, text};

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// A4, upright: width and height.
const PAGE: (u32, u32) = (11_906, 16_838);
/// Margins of GB/T 9704: 37, 26, 35 and 28 mm from the top clockwise.
const MARGINS: [u32; 4] = [2_098, 1_474, 1_985, 1_588];

/// 二号, 三号, 小四, 五号.
const TITLE: u32 = 44;
const TEXT: u32 = 32;
const TABLE: u32 = 24;
const SMALL: u32 = 21;

/// A font for Chinese beside one for Latin letters.
#[derive(Clone, Copy)]
struct Font(&'static str);

const XIAOBIAOSONG: Font = Font("方正小标宋简体");
const HEITI: Font = Font("黑体");
const FANGSONG: Font = Font("仿宋_GB2312");

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

fn run(text: &str, font: Font, size: u32) -> String {
    let name = font.0;
    format!(
        r#"<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#,
        escaped(text)
    )
}

fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

const fn aligned(align: Align) -> &'static str {
    match align {
        Align::Start => "left",
        Align::Center => "center",
        Align::End => "right",
    }
}

/// Fonts and spacing of everything that says nothing else.
pub(super) fn styles(lang: Lang) -> String {
    let name = FANGSONG.0;
    let tag = lang.tag();
    format!(
        r#"{DECLARATION}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}"/><w:sz w:val="{TEXT}"/><w:lang w:val="en-US" w:eastAsia="{tag}"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"#
    )
}

/// What stands at the head of every page.
pub(super) fn header(marks: &str) -> String {
    let own = paragraph(r#"<w:jc w:val="right"/>"#, &run(marks, HEITI, SMALL));
    format!("{DECLARATION}<w:hdr {WORD}>{own}</w:hdr>")
}

/// The number of the page, between dashes as letters have it.
pub(super) fn footer() -> String {
    let field = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
    let runs = format!("{}{field}{}", run("— ", FANGSONG, SMALL), run(" —", FANGSONG, SMALL));
    format!("{DECLARATION}<w:ftr {WORD}>{}</w:ftr>", paragraph(r#"<w:jc w:val="center"/>"#, &runs))
}

/// The whole text.
pub(super) fn document(frame: &Frame, listings: &Listings, lying: bool) -> String {
    let (width, height) = if lying { (PAGE.1, PAGE.0) } else { PAGE };
    let [top, right, bottom, left] = MARGINS;
    let room = width - left - right;
    let lists: String = listings
        .lists
        .iter()
        .enumerate()
        .map(|(index, list)| one(frame, &listings.title, list, index > 0, room))
        .collect();
    let orient = if lying { r#" w:orient="landscape""# } else { "" };
    format!(
        r#"{DECLARATION}<w:document {WORD}><w:body>{lists}<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{width}" w:h="{height}"{orient}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    )
}

fn one(frame: &Frame, title: &str, list: &Listing, fresh_page: bool, room: u32) -> String {
    let centred = r#"<w:jc w:val="center"/>"#;
    let before = if fresh_page { "<w:pageBreakBefore/>" } else { "" };
    let mut out = paragraph(&format!("{before}{centred}"), &run(&frame.competition, FANGSONG, TEXT));
    out += &paragraph(&format!(r#"<w:spacing w:after="240"/>{centred}"#), &run(title, XIAOBIAOSONG, TITLE));
    let event = format!("{}{}{}", text(frame.lang, "print-event", &[]), colon(frame.lang), frame.event);
    out += &paragraph("", &run(&event, FANGSONG, TABLE));
    if !list.addressee.is_empty() {
        let addressee = format!("{}{}", list.addressee, colon(frame.lang));
        out += &paragraph("", &run(&addressee, FANGSONG, TEXT));
    }
    let indent = if frame.lang == Lang::Zh { r#"<w:ind w:firstLineChars="200"/>"# } else { "" };
    for text in &list.lead {
        out += &paragraph(indent, &run(text, FANGSONG, TEXT));
    }
    out += &table(list, room);
    for note in &list.notes {
        out += &paragraph(r#"<w:spacing w:before="120"/>"#, &run(note, FANGSONG, TABLE));
    }
    for line in &list.closing {
        out += &paragraph(r#"<w:spacing w:before="240"/><w:jc w:val="right"/>"#, &run(line, FANGSONG, TEXT));
    }
    for label in &list.signatures {
        let line = format!("{label}{}____________________", colon(frame.lang));
        out += &paragraph(r#"<w:spacing w:before="240"/>"#, &run(&line, FANGSONG, TABLE));
    }
    out
}

const fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "：",
        Lang::En => ": ",
    }
}

/// The table: its head repeats on every page, no row breaks, and a heading stays with the row below it.
fn table(list: &Listing, room: u32) -> String {
    let widths = widths(list, room);
    let whole: u32 = widths.iter().sum();
    let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let border = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    let columns = list.columns.iter().zip(&widths);
    let head: String = columns.map(|(column, width)| cell(&title(column), Align::Center, HEITI, *width, 1)).collect();
    let mut rows = format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>");
    let row = |cells: &str| format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>");
    for section in &list.sections {
        if !section.heading.is_empty() {
            let span = list.columns.len();
            rows += &row(&cell(&section.heading, Align::Start, HEITI, whole, span))
                .replace("<w:pPr>", "<w:pPr><w:keepNext/>");
        }
        for texts in &section.rows {
            let cells = texts.iter().zip(&list.columns).zip(&widths);
            let cells: String =
                cells.map(|((text, column), width)| cell(text, column.align, FANGSONG, *width, 1)).collect();
            rows += &row(&cells);
        }
    }
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
    )
}

fn title(column: &Column) -> String {
    if column.note.is_empty() { column.title.clone() } else { format!("{} {}", column.title, column.note) }
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
