//! Mark sheets: blind, one by one, each with page numbers of its own.

use crate::samples::{frame, mark_sheet, pictures, printed, squeezed};
use jiangsai_documents::Document;
use jiangsai_locales::Lang;

#[test]
fn each_sheet_has_its_number_and_its_own_pages() {
    let sheets =
        vec![mark_sheet(1, 8, Some("J1"), false), mark_sheet(2, 40, None, true), mark_sheet(3, 3, Some("J2"), false)];
    let pages = printed("sheets", &frame(Lang::Zh), &Document::MarkSheets(sheets));
    let wanted = [
        ("QG-001", "赛位号：01", "裁判员：J1", "第1页／共1页"),
        ("QG-002", "赛位号：02", "裁判员：合议", "第1页／共2页"),
        ("QG-002", "赛位号：02", "裁判员：合议", "第2页／共2页"),
        ("QG-003", "赛位号：03", "裁判员：J2", "第1页／共1页"),
    ];
    assert_eq!(pages.len(), wanted.len(), "a sheet begins a page");
    for (page, (number, station, judge, of)) in pages.iter().zip(wanted) {
        let page = squeezed(page);
        for text in
            [number, station, judge, of, "模块A零件加工", "评分点", "配分", "得分", "评分表", "钳工（三级）", "第1场"]
        {
            assert!(page.contains(text), "{number} lacks {text}: {page}");
        }
    }
}

#[test]
fn a_blank_sheet_has_no_marks_and_a_filled_one_has_them() {
    let blank = printed("blank", &frame(Lang::Zh), &Document::MarkSheets(vec![mark_sheet(1, 5, Some("J1"), false)]));
    let filled = printed("filled", &frame(Lang::Zh), &Document::MarkSheets(vec![mark_sheet(1, 5, Some("J1"), true)]));
    assert!(!blank[0].contains("87.50") && !blank[0].contains("3.5"), "blank: {}", blank[0]);
    assert!(filled[0].contains("87.50") && filled[0].contains("3.5"), "filled: {}", filled[0]);
}

#[test]
fn the_signatures_of_a_sheet_stand_with_its_last_item() {
    for lines in 20..34 {
        let sheet = mark_sheet(1, lines, Some("J1"), true);
        let pages = printed("sheet-signatures", &frame(Lang::Zh), &Document::MarkSheets(vec![sheet]));
        let last = pages.last().unwrap();
        assert!(squeezed(last).contains("裁判长签字"), "{lines} lines: signed on the last page");
        assert!(last.contains(&format!("A{lines} ")), "{lines} lines: with the last item: {last}");
    }
}

#[test]
fn sessions_of_sheets_win_over_the_one_of_the_frame() {
    let mut own = mark_sheet(1, 3, None, false);
    own.session = "第 2 场 下午".into();
    let sheets = vec![own, mark_sheet(2, 3, None, false)];
    let pages = printed("sessions", &frame(Lang::Zh), &Document::MarkSheets(sheets));
    assert!(squeezed(&pages[0]).contains("场次：第2场下午"), "its own: {}", pages[0]);
    assert!(squeezed(&pages[1]).contains("场次：第1场"), "the frame's: {}", pages[1]);
}

#[test]
fn the_code_on_a_sheet_reads_as_its_number() {
    let sheets = vec![mark_sheet(704, 8, Some("J1"), false), mark_sheet(981_234, 40, None, true)];
    printed("sheet-codes", &frame(Lang::Zh), &Document::MarkSheets(sheets));
    let read: Vec<Vec<String>> = pictures("sheet-codes").iter().map(|page| codes(page)).collect();
    let (first, second) = (vec!["000000000704".to_owned()], vec!["000000981234".to_owned()]);
    assert_eq!(read, [first, second.clone(), second], "a code on every page, as printed");
}

/// The codes on a grey picture (PGM), as a scanner reads them.
fn codes(picture: &[u8]) -> Vec<String> {
    let mut parts = picture.splitn(4, |byte| byte.is_ascii_whitespace());
    assert_eq!(parts.next(), Some(b"P5".as_slice()));
    let mut number = || std::str::from_utf8(parts.next().unwrap()).unwrap().parse::<usize>().unwrap();
    let (width, height) = (number(), number());
    let pixels = &picture[picture.len() - width * height..];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    image.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}
