//! What stands on every page of a summary and a result list.

use crate::samples::{frame, list, name, printed, results, squeezed, summary, total};
use jiangsai_documents::{Document, Frame, Listings, render_pdf};
use jiangsai_locales::Lang;

#[test]
fn a_summary_has_every_name_and_total() {
    let pages = printed("summary", &frame(Lang::Zh), &summary(60, 2));
    let all = pages.concat();
    for row in 0..60 {
        let line = all.lines().find(|line| line.contains(&format!("S{:02}", row + 1))).unwrap_or_default();
        assert!(line.contains(&name(row)), "the name of row {row} stands in its line: {line}");
        assert!(line.contains(&total(row)), "the total of row {row} stands in its line: {line}");
    }
}

#[test]
fn long_titles_of_modules_leave_room_for_names_and_units() {
    let Document::ScoreSummary(mut table) = summary(60, 5) else { return };
    for column in &mut table.columns[4..9] {
        column.title = "模块 C 泵阀、在线仪表操作与排故".into();
    }
    for row in &mut table.rows {
        row[3] = "模拟西溪工业水务有限公司".into();
    }
    let pages = printed("long-columns", &frame(Lang::Zh), &Document::ScoreSummary(table));
    for row in 0..60 {
        let number = format!("S{:02}", row + 1);
        let line = pages.iter().flat_map(|page| page.lines()).find(|line| line.contains(&number)).unwrap_or_default();
        assert!(line.contains(&name(row)) && line.contains("模拟西溪工业水务有限公司"), "one line a row: {line}");
    }
    assert!(pages.len() <= 4, "a sheet of sixty is no booklet: {}", pages.len());
}

#[test]
fn every_page_says_what_it_is() {
    let frame = frame(Lang::Zh);
    for (file, document) in
        [("every-summary", summary(60, 2)), ("every-wide", summary(60, 6)), ("every-list", results(60, true))]
    {
        let pages = printed(file, &frame, &document);
        assert!(pages.len() > 1, "{file} is long enough to show it");
        for (at, page) in pages.iter().enumerate() {
            let page = squeezed(page);
            let number = format!("第{}页／共{}页", at + 1, pages.len());
            let title = if file == "every-list" { "成绩公示" } else { "成绩汇总表" };
            let session = squeezed(&frame.session);
            for wanted in
                [&squeezed(&frame.competition), &frame.event, &session, title, &number, "2026-05-2016:30", "r128-4f2a"]
            {
                assert!(page.contains(wanted), "{file} page {} lacks {wanted}: {page}", at + 1);
            }
            for header in ["姓名", "单位", "名次"] {
                assert!(page.contains(header), "{file} page {} lacks the header {header}", at + 1);
            }
        }
    }
}

#[test]
fn signatures_never_stand_on_a_page_alone() {
    // Around the length where a page is full there must be one where the signatures move to the next page.
    let mut moved = 0;
    for rows in 28..46 {
        let pages = printed("signatures", &frame(Lang::Zh), &summary(rows, 2));
        let signed: Vec<&String> = pages.iter().filter(|page| squeezed(page).contains("裁判长签字")).collect();
        assert_eq!(signed.len(), 1, "{rows} rows are signed once");
        assert!(signed[0].contains(&format!("S{rows:02}")), "{rows} rows: the last row stands with the signatures");
        assert!(squeezed(signed[0]).contains("监督人员签字"), "{rows} rows: the signatures stand together");
        moved += usize::from(pages.len() > 1);
    }
    assert!(moved > 0 && moved < 18, "some lengths need a second page, and some do not: {moved}");
}

#[test]
fn two_hundred_notes_go_over_pages_and_the_signatures_stand_with_the_last() {
    let last = Frame { provisional: false, ..frame(Lang::Zh) };
    for rows in [0, 1, 30, 60] {
        let Document::ScoreSummary(mut table) = summary(rows, 2) else { return };
        table.notes =
            (1..=200).map(|at| format!("第{at:03}条：评分表由模拟录分员一人录入并核对，名次在前者先列。")).collect();
        let pages = printed("many-notes", &last, &Document::ScoreSummary(table));
        let pages: Vec<String> = pages.iter().map(|page| squeezed(page)).collect();
        for at in 1..=200 {
            let number = format!("第{at:03}条");
            assert_eq!(
                pages.iter().map(|page| page.matches(&number).count()).sum::<usize>(),
                1,
                "{rows} rows: {number}"
            );
        }
        let last = pages.last().unwrap();
        assert!(last.contains("第200条"), "{rows} rows: the last note stands with the signatures: {last}");
        for label in ["裁判长签字", "监督人员签字"] {
            assert!(last.contains(label), "{rows} rows: {label}: {last}");
        }
        assert_eq!(pages.concat().matches("说明：").count(), 1, "{rows} rows: the notes begin once");
        let begun = pages.iter().find(|page| page.contains("第001条")).unwrap();
        assert!(rows == 0 || begun.contains(&format!("S{rows:02}")), "{rows} rows: the first stands with the last row");
    }
}

#[test]
fn a_note_that_is_longer_than_a_page_is_printed_to_its_end() {
    let Document::ScoreSummary(mut table) = summary(20, 2) else { return };
    let last = Frame { provisional: false, ..frame(Lang::Zh) };
    let numbers: Vec<String> = (0..900).map(|at| (100_000 + at * 7).to_string()).collect();
    table.notes = vec![format!("一人录入并核对的评分表：{}。", numbers.join("、"))];
    let pages = printed("long-note", &last, &Document::ScoreSummary(table));
    let all = squeezed(&pages.concat());
    for number in &numbers {
        assert!(all.contains(number), "{number}");
    }
    let last = squeezed(pages.last().unwrap());
    assert!(
        last.contains(numbers.last().unwrap()) && last.contains("裁判长签字"),
        "its end with the signatures: {last}"
    );
}

#[test]
fn provisional_results_say_so_on_every_page() {
    for (lang, word) in [(Lang::Zh, "暂定"), (Lang::En, "PROVISIONAL")] {
        let provisional = frame(lang);
        let last = Frame { provisional: false, ..provisional.clone() };
        let list = results(60, false);
        for page in printed("provisional", &provisional, &list) {
            assert!(page.contains(word), "in words in a corner: {page}");
            if lang == Lang::Zh {
                assert_eq!(
                    page.matches('定').count(),
                    2,
                    "and as a watermark, whose letters are read one by one: {page}"
                );
            }
        }
        for page in printed("final", &last, &list) {
            assert!(!page.contains(word) && !page.contains('定'), "a final page says nothing of the kind: {page}");
        }
    }
}

#[test]
fn invented_data_are_called_so_on_every_page() {
    for (lang, word) in [(Lang::Zh, "模拟数据"), (Lang::En, "SYNTHETICDATA")] {
        let synthetic = frame(lang);
        let real = Frame { synthetic: false, ..synthetic.clone() };
        let list = results(60, false);
        assert!(
            printed("synthetic", &synthetic, &list).iter().all(|page| squeezed(page).contains(word)),
            "{lang}: marked"
        );
        assert!(!printed("real", &real, &list).iter().any(|page| squeezed(page).contains(word)), "{lang}: not marked");
    }
}

#[test]
fn both_languages_have_their_words() {
    let pages = printed("english", &frame(Lang::En), &summary(60, 2));
    for (at, page) in pages.iter().enumerate() {
        for wanted in ["Score summary", "Event: 钳工", "Printed: ", "Version: "] {
            assert!(page.contains(wanted), "page {} lacks {wanted}: {page}", at + 1);
        }
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "page {} has its number", at + 1);
    }
}

#[test]
fn data_are_never_read_as_markup() {
    let mut own = list(1, false);
    let odd = r##"#panic("x") *b* $x$ \ <tag> "q" [c] {d}"##;
    own.sections[0].rows[0][2] = odd.to_owned();
    let own = Listings { title: "成绩公示".into(), lists: vec![own] };
    let pages = printed("markup", &frame(Lang::Zh), &Document::Listings(own));
    assert!(squeezed(&pages[0]).contains(&squeezed(odd)), "the unit stands as it was typed: {}", pages[0]);
}

#[test]
fn nothing_to_list_is_a_page_all_the_same() {
    assert_eq!(printed("empty-list", &frame(Lang::Zh), &results(0, false)).len(), 1, "an empty list");
    assert_eq!(printed("empty-summary", &frame(Lang::Zh), &summary(0, 2)).len(), 1, "an empty summary");
    assert_eq!(printed("no-sheets", &frame(Lang::Zh), &Document::MarkSheets(Vec::new())).len(), 1, "no sheets");
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let once = render_pdf(&frame(Lang::Zh), &summary(10, 2)).unwrap();
    let again = render_pdf(&frame(Lang::Zh), &summary(10, 2)).unwrap();
    assert!(once.bytes == again.bytes, "no clock and no chance in a print");
}

#[test]
fn long_titles_do_not_push_the_table_away() {
    let long =
        "2026 年全国乡村振兴职业技能大赛某省选拔赛暨第十二届某市职工职业技能竞赛（新一代信息技术赛区）".to_owned();
    let frame = Frame { competition: long.clone(), event: long.clone() + &long, ..frame(Lang::Zh) };
    for page in printed("long-titles", &frame, &summary(60, 2)) {
        let page = squeezed(&page);
        assert!(page.contains("成绩汇总表") && page.contains("姓名") && page.contains("打印时间"), "all there: {page}");
    }
}
