//! Text documents: read back from the parts of the file.

use crate::samples::{frame, results, squeezed, summary};
use jiangsai_documents::{Document, render_docx};
use jiangsai_locales::Lang;
use std::io::{Cursor, Read as _};
use std::process::Command;

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
fn every_page_says_which_it_is_and_a_notice_counts_its_own() {
    let one = render_docx(&frame(Lang::Zh), &results(60, true)).unwrap();
    let (head, foot) = (part(&one, "word/header1.xml"), part(&one, "word/footer1.xml"));
    assert!(head.contains("成绩公示 · 钳工（三级）"), "{head}");
    for wanted in [">第 <", " PAGE ", " 页／共 ", " NUMPAGES ", "打印时间：2026-05-20 16:30", "版本：r128-4f2a"]
    {
        assert!(foot.contains(wanted), "{wanted}: {foot}");
    }
    let Document::Listings(mut listings) = results(2, false) else { return };
    listings.lists = vec![listings.lists[0].clone(), listings.lists[0].clone(), listings.lists[0].clone()];
    let several = render_docx(&frame(Lang::En), &Document::Listings(listings)).unwrap();
    assert!(part(&several, "word/footer1.xml").contains(" SECTIONPAGES "));
    let text = part(&several, "word/document.xml");
    assert_eq!((text.matches("<w:sectPr>").count(), text.matches(r#"<w:pgNumType w:start="1"/>"#).count()), (3, 3));
}

#[test]
fn what_is_signed_stands_with_the_last_row() {
    let text = part(&render_docx(&frame(Lang::Zh), &summary(3, 2)).unwrap(), "word/document.xml");
    let rows: Vec<&str> = text.split("<w:tr>").collect();
    assert!(!rows[3].contains("<w:keepNext/>") && rows[4].contains("<w:keepNext/>"), "the last row and no other");
    let signed = text.rfind("____").unwrap();
    assert!(!text[signed..].contains("<w:keepNext/>"), "the last line keeps nothing");
}

/// The pages of a text document as an office program sets them; `None` on a computer without one.
fn set_by_office(name: &str, bytes: &[u8]) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let (letter, profile) = (folder.path().join(format!("{name}.docx")), folder.path().join("profile"));
    std::fs::write(&letter, bytes).unwrap();
    let converted = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .args([folder.path(), &letter])
        .output()
        .ok()?;
    let pdf = folder.path().join(format!("{name}.pdf"));
    assert!(pdf.is_file(), "the office program opens it: {}", String::from_utf8_lossy(&converted.stderr));
    let text = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output().unwrap().stdout;
    let text = String::from_utf8(text).unwrap();
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(squeezed).collect())
}

#[test]
fn an_office_program_sets_pages_that_say_which_they_are() {
    let bytes = render_docx(&frame(Lang::Zh), &results(120, true)).unwrap();
    let Some(pages) = set_by_office("results", &bytes) else { return };
    assert!(pages.len() > 2, "{} pages", pages.len());
    for (at, page) in pages.iter().enumerate() {
        let number = format!("第{}页／共{}页", at + 1, pages.len());
        for wanted in [number.as_str(), "成绩公示·钳工（三级）", "暂定", "打印时间"] {
            assert!(page.contains(wanted), "page {at} lacks {wanted}: {page}");
        }
    }
    assert!(pages[1].contains("姓名"), "the head of the table repeats: {}", pages[1]);
    assert!(pages.last().unwrap().contains("某市人力资源和社会保障局"), "whoever issues it stands last");
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
