//! What is rare in samples and common in halls: rare surnames, very long units, many rows, none, and ties on every border; in every kind of
//! document that has them.

use crate::samples::{frame, list, name, printed, results, squeezed, summary};
use jiangsai_documents::{
    Align, Call, Certificate, Certificates, Column, Document, Listing, Listings, Reasons, Script, Section, Tab,
    render_docx, standings_workbook,
};
use jiangsai_locales::Lang;
use std::io::{Cursor, Read as _};

/// Names that only full fonts and whole code points get right.
const RARE: [&str; 4] = ["欧阳𬱟", "㛃禛", "䶮祎", "古丽巴哈尔·阿卜杜热依木"];
const LONG: &str =
    "某省某市某区工业水务环境治理与资源循环利用产业技术创新联合会下属第三污水处理有限责任公司（模拟）第二分公司";

/// A list of the rare names, each from the long unit.
fn people() -> Listing {
    let mut own = list(0, false);
    let row = |(at, name): (usize, &&str)| vec![(at + 1).to_string(), (*name).to_owned(), LONG.to_owned()];
    own.sections[0].rows = RARE.iter().enumerate().map(row).collect();
    own
}

fn listed(lists: Vec<Listing>) -> Document {
    Document::Listings(Listings { title: "名单".into(), lists })
}

fn certificates() -> Document {
    let one = |name: &&str| Certificate {
        name: (*name).to_owned(),
        unit: LONG.into(),
        text: "成绩优异，荣获：".into(),
        award: "一等奖".into(),
        ..Certificate::default()
    };
    Document::Certificates(Certificates { all: RARE.iter().map(one).collect(), ..Certificates::default() })
}

fn script() -> Document {
    let names = RARE.iter().map(|name| (LONG.to_owned(), (*name).to_owned())).collect();
    let call = Call { heading: "一等奖".into(), lead: "获得一等奖的是：".into(), names, ..Call::default() };
    Document::Script(Script { calls: vec![call], ..Script::default() })
}

fn grounds() -> Document {
    let one = |name: &&str| Reasons { name: (*name).to_owned(), unit: LONG.into(), ..Reasons::default() };
    Document::Reasons(RARE.iter().map(one).collect())
}

fn totals() -> Document {
    let mut own = summary(RARE.len(), 4);
    if let Document::ScoreSummary(table) = &mut own {
        for (row, name) in table.rows.iter_mut().zip(RARE) {
            (row[2], row[3]) = (name.to_owned(), LONG.to_owned());
        }
    }
    own
}

/// The text of a text document, without its marks.
fn letter(document: &Document) -> String {
    let bytes = render_docx(&frame(Lang::Zh), document).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

#[test]
fn rare_names_and_long_units_stand_whole_in_every_kind_of_document() {
    let kinds: [(&str, Document); 5] = [
        ("odd-list", listed(vec![people()])),
        ("odd-certificates", certificates()),
        ("odd-script", script()),
        ("odd-grounds", grounds()),
        ("odd-summary", totals()),
    ];
    for (kind, document) in &kinds {
        let pages = squeezed(&printed(kind, &frame(Lang::Zh), document).concat());
        // In a narrow cell other cells stand between its lines.
        for part in ["欧阳𬱟", "㛃禛", "䶮祎", "古丽", "依木", "某省某市"] {
            assert!(pages.contains(part), "{kind} lacks {part}: {pages}");
        }
        let whole = LONG.chars().all(|letter| pages.matches(letter).count() >= RARE.len());
        assert!(whole, "{kind} lacks a letter of the unit: {pages}");
    }
    for document in [listed(vec![people()]), totals()] {
        let text = letter(&document);
        assert!(RARE.iter().all(|name| text.contains(name)) && text.contains(LONG), "{text}");
    }
}

#[test]
fn rare_names_stand_in_a_workbook_and_an_empty_one_opens() {
    use calamine::{Reader as _, Xlsx};
    let columns = ["姓名", "总分"].map(|title| Column {
        title: title.into(),
        note: String::new(),
        align: if title == "总分" { Align::End } else { Align::Start },
        wide: false,
    });
    let rows: Vec<Vec<String>> = RARE.iter().map(|name| vec![(*name).to_owned(), "88.50".to_owned()]).collect();
    for rows in [rows, Vec::new()] {
        let tab = Tab { title: "成绩汇总表".to_owned(), columns: columns.to_vec(), rows: rows.clone() };
        let bytes = standings_workbook(Lang::Zh, &[tab], &[]).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheet = book.sheet_names()[0].clone();
        let range = book.worksheet_range(&sheet).unwrap();
        let names: Vec<String> = range.rows().skip(1).map(|row| row[0].to_string()).collect();
        let wanted: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
        assert_eq!(names.iter().collect::<Vec<_>>(), wanted);
    }
}

#[test]
fn two_hundred_rows_are_whole_in_a_summary_a_letter_and_a_script() {
    let mut own = summary(1, 3);
    if let Document::ScoreSummary(table) = &mut own {
        let first = table.rows[0].clone();
        let row = |at: usize| {
            let mut row = first.clone();
            (row[0], row[1], row[2]) = ((at + 1).to_string(), format!("S{:03}", at + 1), name(at));
            row
        };
        table.rows = (0..200).map(row).collect();
    }
    let pages = printed("two-hundred-summary", &frame(Lang::Zh), &own);
    assert!(pages.len() > 3 && pages.iter().all(|page| page.contains("参赛号")), "the head repeats");
    let whole = pages.concat();
    for at in 1..=200 {
        assert_eq!(whole.matches(&format!("S{at:03}")).count(), 1, "row {at} once");
    }
    let last = squeezed(pages.last().unwrap());
    assert!(last.contains("S200") && last.contains("裁判长签字"), "the signatures stand with the last row: {last}");
    let text = letter(&own);
    assert!((1..=200).all(|at| text.contains(&format!("S{at:03}"))), "as a text document too");

    let names = (0..200).map(|at| (format!("模拟{at}厂"), format!("模拟者{at}号"))).collect();
    let call = Call { heading: "优秀奖".into(), names, ..Call::default() };
    let script = Document::Script(Script { calls: vec![call], ..Script::default() });
    let whole = squeezed(&printed("two-hundred-script", &frame(Lang::Zh), &script).concat());
    assert!((0..200).all(|at| whole.contains(&format!("模拟者{at}号"))), "everybody is called");
}

#[test]
fn nothing_to_say_is_a_page_or_a_letter_all_the_same() {
    let nobody = Document::Script(Script::default());
    assert_eq!(printed("empty-script", &frame(Lang::Zh), &nobody).len(), 1);
    for (name, document) in
        [("no-rows", results(0, false)), ("no-totals", summary(0, 2)), ("no-lists", listed(Vec::new()))]
    {
        assert_eq!(printed(name, &frame(Lang::Zh), &document).len(), 1, "{name}");
        letter(&document);
    }
    let heading = Section { heading: "一等奖".into(), rows: Vec::new() };
    let vacant = listed(vec![Listing { sections: vec![heading], ..list(0, false) }]);
    assert!(printed("vacant", &frame(Lang::Zh), &vacant)[0].contains("一等奖"), "an award that nobody gets is named");
    assert!(letter(&vacant).contains("一等奖"));
}

#[test]
fn ties_on_every_border_stand_where_they_belong() {
    // 1, 1, 3, 3, 5, 5 …: every award ends and begins with equals.
    let row = |at: usize| vec![format!("{}（并列）", at / 2 * 2 + 1), name(at), format!("模拟{at}厂")];
    let section = |heading: &str, rows: std::ops::Range<usize>| Section {
        heading: heading.into(),
        rows: rows.map(row).collect(),
    };
    let sections = vec![section("一等奖", 0..3), section("二等奖", 3..7), section("三等奖", 7..40)];
    let document = listed(vec![Listing { sections, ..list(0, false) }]);
    let pages = printed("tied", &frame(Lang::Zh), &document);
    let whole = squeezed(&pages.concat());
    assert_eq!(whole.matches("（并列）").count(), 40, "everybody with a rank that is shared");
    for at in 0..40 {
        let own = squeezed(&format!("{}（并列）{}", at / 2 * 2 + 1, name(at)));
        assert!(whole.contains(&own), "{own}");
    }
    let place = |text: &str| whole.find(text).unwrap();
    assert!(
        place("一等奖") < place(&name(2)) && place(&name(2)) < place("二等奖"),
        "the third stands with the first prizes"
    );
    assert!(place("二等奖") < place(&name(3)) && place(&name(3)) < place("三等奖"), "its equal with the second");
    let text = letter(&document);
    assert_eq!(text.matches("（并列）").count(), 40, "and so in the letter");
}
