//! What stands on every page of a text document: which document of which event, that it is not final, which page of how many, when and from
//! what it was made; and how large a page is. A list that is handed out alone counts its own pages.

use super::body::{DECLARATION, WORD, made, paragraph, run};
use super::style::{FANGSONG, HEITI, SMALL, SMALLEST};
use crate::Frame;
use jiangsai_locales::{Lang, text};

/// A4, upright: width and height.
const PAGE: (u32, u32) = (11_906, 16_838);
/// Margins of GB/T 9704: 37, 26, 35 and 28 mm from the top clockwise.
const MARGINS: [u32; 4] = [2_098, 1_474, 1_985, 1_588];

const CENTRED: &str = r#"<w:jc w:val="center"/>"#;

/// How the pages of a document lie and count.
#[derive(Clone, Copy)]
pub(super) struct Pages {
    /// On their side.
    pub lying: bool,
    /// Every list counts its own.
    pub several: bool,
}

impl Pages {
    const fn size(self) -> (u32, u32) {
        if self.lying { (PAGE.1, PAGE.0) } else { PAGE }
    }

    /// Width between the margins.
    pub const fn room(self) -> u32 {
        let [_, right, _, left] = MARGINS;
        self.size().0 - left - right
    }

    /// The properties of a section.
    pub fn section(self) -> String {
        let [top, right, bottom, left] = MARGINS;
        let (width, height) = self.size();
        let orient = if self.lying { r#" w:orient="landscape""# } else { "" };
        let start = if self.several { r#"<w:pgNumType w:start="1"/>"# } else { "" };
        format!(
            r#"<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/><w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{orient}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="992" w:gutter="0"/>{start}<w:cols w:space="425"/></w:sectPr>"#
        )
    }

    /// A line too small to be seen that ends a section.
    pub fn end_of_section(self) -> String {
        let line = r#"<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>"#;
        paragraph(&format!("{line}{}", self.section()), "")
    }

    /// The head: document and event at the left, at the right that results are not final or people made up.
    pub fn header(self, frame: &Frame, title: &str, marks: &str) -> String {
        let what: Vec<&str> = [title, &frame.event].into_iter().filter(|part| !part.is_empty()).collect();
        let tab = format!(r#"<w:tabs><w:tab w:val="right" w:pos="{}"/></w:tabs>"#, self.room());
        let between = "<w:r><w:tab/></w:r>";
        let runs = format!("{}{between}{}", run(&what.join(" · "), FANGSONG, SMALLEST), run(marks, HEITI, SMALL));
        format!("{DECLARATION}<w:hdr {WORD}>{}</w:hdr>", paragraph(&tab, &runs))
    }

    /// The foot: which page of how many, and under it when and from what it was made.
    pub fn footer(self, frame: &Frame) -> String {
        let made = run(&made(frame), FANGSONG, SMALLEST);
        self.foot(frame.lang, &paragraph(CENTRED, &made))
    }

    /// The foot of a document to begin with: which page of how many of a list. The rest stands with the list.
    pub fn own_footer(lang: Lang) -> String {
        Self { lying: false, several: true }.foot(lang, "")
    }

    fn foot(self, lang: Lang, below: &str) -> String {
        let all = if self.several { "SECTIONPAGES" } else { "NUMPAGES" };
        let number = text(lang, "print-page", &[("page", "\u{1}"), ("pages", "\u{2}")]);
        let mut runs = String::new();
        for part in number.split_inclusive(['\u{1}', '\u{2}']) {
            runs += &run(part.trim_end_matches(['\u{1}', '\u{2}']), FANGSONG, SMALL);
            match part.chars().last() {
                Some('\u{1}') => runs += &field("PAGE"),
                Some('\u{2}') => runs += &field(all),
                _ => {}
            }
        }
        let lines = format!("{}{below}", paragraph(CENTRED, &runs));
        format!("{DECLARATION}<w:ftr {WORD}>{lines}</w:ftr>")
    }
}

/// A number that the office program counts; 1 until it does.
fn field(what: &str) -> String {
    let part =
        |inner: &str| format!(r#"<w:r><w:rPr><w:sz w:val="{SMALL}"/><w:szCs w:val="{SMALL}"/></w:rPr>{inner}</w:r>"#);
    [
        part(r#"<w:fldChar w:fldCharType="begin"/>"#),
        part(&format!(r#"<w:instrText xml:space="preserve"> {what} </w:instrText>"#)),
        part(r#"<w:fldChar w:fldCharType="separate"/>"#),
        part("<w:t>1</w:t>"),
        part(r#"<w:fldChar w:fldCharType="end"/>"#),
    ]
    .concat()
}
