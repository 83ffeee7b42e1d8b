//! Text documents: read back from the parts of the file.

use crate::samples::{frame, results, squeezed, summary};
use jiangsai_documents::{Document, Frame, render_docx};
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
    assert!(text.contains("成绩公示") && text.contains("三等奖") && text.contains("JiangsaiTitle"));
    assert!(part(&bytes, "word/styles.xml").contains("方正小标宋简体"));
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

/// An organiser's own document as an office program writes it: letterhead, a paragraph for the list in pieces, its own margins and head.
fn own(places: &str) -> Vec<u8> {
    use std::io::Write as _;
    let ours = render_docx(&frame(Lang::Zh), &results(1, false)).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&ours)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        match name.as_str() {
            "word/document.xml" => {
                let root = &text[..text.find("<w:body>").unwrap()];
                let section = &text[text.rfind("<w:sectPr").unwrap()..text.find("</w:body>").unwrap()];
                let section = section.replace(r#"w:left="1588""#, r#"w:left="1000""#);
                let head = "<w:p><w:r><w:t>某市总工会文件</w:t></w:r></w:p>";
                let foot = "<w:p><w:r><w:t>某市总工会办公室印发</w:t></w:r></w:p>";
                text = format!("{root}<w:body>{head}{places}{foot}{section}</w:body></w:document>");
            }
            "word/header1.xml" => text = text.replace("成绩公示", "公文眉"),
            "word/styles.xml" => {
                let from =
                    text.find(r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="JiangsaiNote">"#).unwrap();
                let to = from + text[from..].find("</w:style>").unwrap() + "</w:style>".len();
                text.replace_range(from..to, "");
                text = text.replace("方正小标宋简体", "某市宋体");
            }
            _ => {}
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

const PLACE: &str = "<w:p><w:r><w:t>【</w:t></w:r><w:proofErr/><w:r><w:t>名单】</w:t></w:r></w:p>";

#[test]
fn a_list_is_set_into_the_organisers_own_document() {
    let with = |places: &str| Frame { letter: Some(own(places)), ..frame(Lang::Zh) };
    let bytes = render_docx(&with(PLACE), &results(120, true)).unwrap();
    let text = part(&bytes, "word/document.xml");
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is missing"));
    assert!(at("某市总工会文件") < at("暂定") && at("暂定") < at("成绩公示") && at("成绩公示") < at("<w:tbl>"));
    assert!(at("</w:tbl>") < at("版本：r128-4f2a") && at("版本：r128-4f2a") < at("某市总工会办公室印发"));
    assert!(!text.contains("名单】") && text.contains(r#"w:left="1000""#));
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains("某市宋体") && !styles.contains("方正小标宋简体"), "its own looks stay");
    assert_eq!(styles.matches(r#"w:styleId="JiangsaiNote""#).count(), 1, "a style that it lacks is added");
    assert_eq!(bytes, render_docx(&with(PLACE), &results(120, true)).unwrap(), "the same data, the same bytes");
    if let Some(pages) = set_by_office("own", &bytes) {
        assert!(pages[0].contains("某市总工会文件") && pages[0].contains("公文眉") && pages[0].contains("暂定"));
        assert!(
            pages.last().unwrap().contains("某市总工会办公室印发") && pages.last().unwrap().contains("版本：r128-4f2a")
        );
    }

    // Every notice has the letterhead and counts its own pages; a wide list turns the page.
    let Document::Listings(mut listings) = results(2, false) else { return };
    listings.lists = vec![listings.lists[0].clone(), listings.lists[0].clone()];
    let several = part(&render_docx(&with(PLACE), &Document::Listings(listings)).unwrap(), "word/document.xml");
    let counts =
        ["某市总工会文件", "<w:sectPr>", r#"<w:pgNumType w:start="1"/>"#].map(|what| several.matches(what).count());
    assert_eq!(counts, [2, 2, 2]);
    let wide = part(&render_docx(&with(PLACE), &summary(3, 6)).unwrap(), "word/document.xml");
    assert!(wide.contains(r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#));
}

#[test]
fn an_own_document_that_cannot_be_used_says_why() {
    let refusal = |letter: Vec<u8>| {
        let frame = Frame { letter: Some(letter), ..frame(Lang::Zh) };
        render_docx(&frame, &results(1, false)).unwrap_err().code()
    };
    assert_eq!(refusal(own("")), "own-letter-no-place");
    assert_eq!(refusal(own(&format!("{PLACE}{PLACE}"))), "own-letter-two-places");
    assert_eq!(refusal(own(&format!("<w:tbl><w:tr><w:tc>{PLACE}</w:tc></w:tr></w:tbl>"))), "own-letter-no-place");
    assert_eq!(refusal(b"a truncated file".to_vec()), "own-letter");
    let section = r#"<w:p><w:pPr><w:sectPr><w:pgSz w:w="1" w:h="2"/></w:sectPr></w:pPr></w:p>"#;
    assert_eq!(refusal(own(&format!("{section}{PLACE}"))), "own-letter-sections", "which of them would hold the list?");
    assert_eq!(refusal(own(&format!("{PLACE}</w:body><w:body>"))), "own-letter", "two bodies");
    let deleted = "<w:p><w:del><w:r><w:delText>【名单】</w:delText></w:r></w:del></w:p>";
    assert_eq!(refusal(own(deleted)), "own-letter-no-place", "what was deleted is no place");
    let (mut cut, whole) = (own(PLACE), own(PLACE).len());
    cut.truncate(whole / 2);
    assert_eq!(refusal(cut), "own-letter");
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
