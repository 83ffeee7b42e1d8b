//! Workbooks, read back with another library.

use crate::samples::summary;
use calamine::{Data, Reader, Xlsx};
use jiangsai_documents::{Choices, Column, Document, Tab, roster_workbook, standings_workbook, template_workbook};
use jiangsai_locales::Lang;
use std::io::{Cursor, Read};

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook that opens")
}

fn texts(strings: &[&str]) -> Vec<String> {
    strings.iter().map(|text| (*text).to_owned()).collect()
}

const ATTACKS: &[&str] =
    &["=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1"];

#[test]
fn a_text_never_becomes_a_formula() {
    let rows: Vec<Vec<String>> = ATTACKS.iter().map(|text| texts(&[text, "x"])).collect();
    let headers = texts(&["=A1", "姓名"]);
    let bytes = roster_workbook(Lang::Zh, "名单", &headers, &rows, &texts(&["=note"])).unwrap();
    let mut book = open(bytes.clone());
    let sheet = book.worksheet_range("名单").unwrap();
    for (at, attack) in ATTACKS.iter().enumerate() {
        let cell = sheet.get_value((u32::try_from(at).unwrap() + 1, 0)).unwrap();
        assert_eq!(cell, &Data::String((*attack).to_owned()), "kept as the text it is");
    }
    for name in ["名单", "说明"] {
        assert!(book.worksheet_formula(name).unwrap().used_cells().next().is_none(), "no formula on {name}");
    }
    assert!(part(bytes, "xl/styles.xml").contains("quotePrefix=\"1\""), "and stays text when the cell is edited");
}

#[test]
fn document_numbers_keep_their_digits() {
    let number = "110101199003070011";
    let rows = vec![texts(&[number, "007", "13800000000", "2001-05-08"])];
    let headers = texts(&["证件号码", "参赛号", "手机", "出生日期"]);
    let mut book = open(roster_workbook(Lang::Zh, "名单", &headers, &rows, &[]).unwrap());
    let sheet = book.worksheet_range("名单").unwrap();
    let read: Vec<&Data> = sheet.rows().nth(1).unwrap().iter().collect();
    let wanted: Vec<Data> = rows[0].iter().cloned().map(Data::String).collect();
    assert_eq!(read, wanted.iter().collect::<Vec<_>>(), "text, every one");
}

#[test]
fn scores_are_numbers_and_everything_else_is_text() {
    let Document::ScoreSummary(table) = summary(60, 2) else { return };
    let tabs = [
        Tab { title: "成绩：钳工/三级".into(), columns: table.columns, rows: table.rows },
        Tab { title: "团体".into(), columns: vec![Column::default()], rows: vec![texts(&["甲"])] },
    ];
    let bytes = standings_workbook(Lang::Zh, &tabs, &table.notes).unwrap();
    let mut book = open(bytes.clone());
    let names = ["成绩：钳工 三级", "团体", "说明"];
    assert_eq!(book.sheet_names(), names, "names that sheets may have, and the notes");
    let second = book.worksheet_range("团体").unwrap();
    assert_eq!(second.get_value((1, 0)), Some(&Data::String("甲".into())), "each table on its own sheet");
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.height(), 61, "a header and 60 rows");
    let header: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(header[4], "模块 A\n配分 100", "title and note");
    let first: Vec<&Data> = sheet.rows().nth(1).unwrap().iter().collect();
    assert_eq!(first[0], &Data::String("1".into()), "a rank is in a column of texts");
    assert_eq!(first[4], &Data::Float(90.5), "a score is a number");
    assert!(part(bytes.clone(), "xl/styles.xml").contains("formatCode=\"0.00\""), "that shows its two places");
    let xml = part(bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("state=\"frozen\""), "the header stays in sight");
    let notes = book.worksheet_range("说明").unwrap();
    assert_eq!(notes.get_value((1, 0)), Some(&Data::String(table.notes[0].clone())), "the notes are there");
}

#[test]
fn only_plain_decimals_become_numbers() {
    let column = Column { title: "总分".into(), align: jiangsai_documents::Align::End, ..Column::default() };
    let shown = ["89.96", "-3", "1/3", "5:07.3", "-", "1e9", "007", "12345678901234567", "", "89.", "0"];
    let rows: Vec<Vec<String>> = shown.iter().map(|text| texts(&[text])).collect();
    let tab = Tab { title: "Standings".into(), columns: vec![column], rows };
    let mut book = open(standings_workbook(Lang::En, &[tab], &[]).unwrap());
    let sheet = book.worksheet_range("Standings").unwrap();
    let read: Vec<Data> = (1..=11).map(|row| sheet.get_value((row, 0)).cloned().unwrap_or(Data::Empty)).collect();
    let text = |text: &str| Data::String(text.to_owned());
    let wanted = [
        Data::Float(89.96),
        Data::Float(-3.0),
        text("1/3"),
        text("5:07.3"),
        text("-"),
        text("1e9"),
        text("007"),
        text("12345678901234567"),
        Data::Empty,
        text("89."),
        Data::Float(0.0),
    ];
    assert_eq!(read, wanted, "what a spreadsheet program would round or reinterpret stays text");
}

#[test]
fn a_template_offers_its_choices() {
    let headers = texts(&["姓名", "性别"]);
    let notes = vec![("姓名".to_owned(), "必填".to_owned())];
    let choices = vec![Choices { column: 1, values: texts(&["男", "女"]) }];
    let bytes = template_workbook(Lang::Zh, "报名模板", &headers, &[], &notes, &choices).unwrap();
    let mut book = open(bytes.clone());
    assert_eq!(book.sheet_names(), ["报名模板", "说明", "可选值"], "the table comes first");
    let sheet = book.worksheet_range("报名模板").unwrap();
    assert_eq!(sheet.height(), 1, "only the header: what is typed below is the data");
    let values = book.worksheet_range("可选值").unwrap();
    assert_eq!(values.get_value((2, 0)), Some(&Data::String("女".into())), "the choices stand on their sheet");
    let xml = part(bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("sqref=\"B2:B2001\"") && xml.contains("$A$2:$A$3"), "and are offered in the column: {xml}");
}

fn part(bytes: Vec<u8>, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
