//! Characters that no font has are named, with the place, and a computer without Chinese fonts says so.

use crate::samples::{frame, list, mark_sheet, results, summary};
use jiangsai_documents::{
    Call, Certificate, Certificates, Document, DocumentError, Fonts, Frame, Listings, Script, render_pdf,
    render_pdf_with, render_svg,
};
use jiangsai_locales::Lang;

/// Private use in the last plane: fonts for Chinese leave it alone.
const NOWHERE: char = '\u{10fffd}';

fn list_with(name: &str) -> Document {
    let mut own = list(3, false);
    own.sections[0].rows[1][1] = name.to_owned();
    Document::Listings(Listings { title: "成绩公示".into(), lists: vec![own] })
}

#[test]
fn a_character_without_a_font_is_named_with_its_place() {
    let name = format!("张{NOWHERE}三");
    for (lang, place) in [(Lang::Zh, format!("姓名：{name}")), (Lang::En, format!("姓名: {name}"))] {
        let rendered = render_pdf(&frame(lang), &list_with(&name)).unwrap();
        assert_eq!(rendered.missing_glyphs, [(NOWHERE.to_string(), place.clone())], "in the PDF, once");
        let preview = render_svg(&frame(lang), &list_with(&name), 0).unwrap();
        assert_eq!(preview.missing_glyphs, rendered.missing_glyphs, "and in the preview");
    }
}

#[test]
fn every_kind_of_document_is_looked_through() {
    let odd = NOWHERE.to_string();
    let Document::ScoreSummary(mut table) = summary(2, 1) else { return };
    table.rows[1][3].push(NOWHERE);
    let mut sheet = mark_sheet(1, 2, None, false);
    sheet.lines[1].rule = odd.clone();
    let titled = Frame { competition: odd, ..frame(Lang::Zh) };
    for (document, frame, label) in [
        (Document::ScoreSummary(table), frame(Lang::Zh), "单位"),
        (Document::MarkSheets(vec![sheet]), frame(Lang::Zh), "评分办法"),
        (results(1, false), titled, "竞赛"),
    ] {
        let missing = render_pdf(&frame, &document).unwrap().missing_glyphs;
        assert_eq!(missing.len(), 1, "{label}: found once");
        assert!(missing[0].1.starts_with(label), "{label}: {}", missing[0].1);
    }
}

#[test]
fn every_text_of_a_certificate_and_of_a_script_is_looked_through() {
    let odd = || NOWHERE.to_string();
    let award = Certificate { award: odd(), ..Certificate::default() };
    let certificates = [
        Certificates { all: vec![award], ..Certificates::default() },
        Certificates { all: vec![Certificate::default()], issuers: vec![odd()], ..Certificates::default() },
        Certificates { all: vec![Certificate::default()], date: odd(), ..Certificates::default() },
    ];
    let scripts = [
        Script { opening: vec![odd()], ..Script::default() },
        Script { calls: vec![Call { lead: odd(), ..Call::default() }], ..Script::default() },
        Script { calls: vec![Call { after: odd(), ..Call::default() }], ..Script::default() },
        Script { closing: vec![odd()], ..Script::default() },
    ];
    for document in certificates.map(Document::Certificates).into_iter().chain(scripts.map(Document::Script)) {
        let missing = render_pdf(&frame(Lang::Zh), &document).unwrap().missing_glyphs;
        assert_eq!(missing.len(), 1, "{document:?}");
    }
}

#[test]
fn rare_names_and_invisible_characters_are_not_reported() {
    let rendered = render_pdf(&frame(Lang::Zh), &list_with("王禛䶮\u{3000}\u{200b}\u{fe00}阿·买")).unwrap();
    assert_eq!(rendered.missing_glyphs, [], "a full Chinese font has them");
}

#[test]
fn without_a_chinese_font_there_is_no_document() {
    let empty = tempfile::tempdir().unwrap();
    let error = render_pdf_with(&Fonts::folder(empty.path()), &frame(Lang::Zh), &results(1, false)).unwrap_err();
    assert_eq!(error, DocumentError::NoChineseFont, "a page of boxes would be worse than none");
    assert!(jiangsai_locales::has(Lang::Zh, &format!("error-{}", error.code())), "and there is a sentence for it");
}
