//! Text documents: read back from the parts of the file.

use crate::samples::{frame, results, summary};
use jiangsai_documents::{Document, render_docx};
use jiangsai_locales::Lang;
use std::io::{Cursor, Read as _};

/// A part of the file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_list_has_all_its_rows_and_a_head_that_repeats() {
    let bytes = render_docx(&frame(Lang::Zh), &results(60, true)).unwrap();
    let text = part(&bytes, "word/document.xml");
    assert_eq!(text.matches("<w:tblHeader/>").count(), 1, "the head repeats");
    assert_eq!(text.matches("<w:tr>").count(), 1 + 60 + 3, "a row each, and a heading for every award");
    assert!(text.contains("成绩公示") && text.contains("三等奖") && text.contains("方正小标宋简体"));
    assert!(part(&bytes, "word/header1.xml").contains("暂定"), "what is not final says so on every page");
    assert_eq!(bytes, render_docx(&frame(Lang::Zh), &results(60, true)).unwrap(), "the same data, the same bytes");
}

#[test]
fn odd_letters_do_not_break_the_file() {
    let mut odd = frame(Lang::Zh);
    odd.competition = "<b> & \"q\" \u{1} \u{10fffd}".into();
    let text = part(&render_docx(&odd, &results(1, false)).unwrap(), "word/document.xml");
    assert!(text.contains("&lt;b&gt; &amp; &quot;q&quot;") && !text.contains('\u{1}'));
}

#[test]
fn a_wide_summary_lies_on_its_side_and_what_is_no_list_is_refused() {
    let wide = part(&render_docx(&frame(Lang::Zh), &summary(3, 6)).unwrap(), "word/document.xml");
    assert!(wide.contains("w:orient=\"landscape\"") && wide.contains("裁判长签字"));
    assert!(render_docx(&frame(Lang::Zh), &Document::MarkSheets(Vec::new())).is_err());
}
