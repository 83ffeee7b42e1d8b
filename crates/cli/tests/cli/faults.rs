//! Every kind of bad input is refused with its place, all of it at once.

use super::{Files, repository};

const HEAD: &str = "entry,item,judge,value,stage,attempt,status\n";

/// The faults of these marks, for entries as they come.
fn marks(rows: &str) -> Vec<String> {
    Files::sample().no_entries().marks(format!("{HEAD}{rows}")).faults()
}

#[test]
fn every_fault_of_a_mark_has_its_place() {
    for (row, fault) in [
        (",T,,87,,,", "marks.csv:2:entry: the entry is missing"),
        ("S1,,,87,,,", "marks.csv:2:item: the item is missing"),
        ("S1,X9,,87,,,", "marks.csv:2:item: the rulebook has no such item"),
        ("S1,T,J1,87,,,", "marks.csv:2:judge: the item has one agreed or measured value: it takes no judge"),
        ("S1,B3.1,,3,,,", "marks.csv:2:judge: the item is marked by a panel: the judge is missing"),
        ("S1,T,,87..5,,,", "marks.csv:2:value: \"87..5\" is not a number"),
        ("S1,T,,101,,,", "marks.csv:2:value: \"101\" is above 100"),
        ("S1,T,,-1,,,", "marks.csv:2:value: \"-1\" is below 0"),
        ("S1,T,,1.001,,,", "marks.csv:2:value: \"1.001\" is not in steps of 0.01"),
        ("S1,A1.1,,1.5,,,", "marks.csv:2:value: \"1.5\" is not a whole number"),
        ("S1,A3.1,,4,,,", "marks.csv:2:value: \"4\" is not one of 6 5 3 1 0"),
        ("S1,A4.2,,7,,,", "marks.csv:2:value: \"7\" is neither 1 nor 0"),
        ("S1,TIME,,5:99,,,", "marks.csv:2:value: \"5:99\" is not a time"),
        ("S1,T,,87,final,,", "marks.csv:2:stage: the rulebook has no such stage"),
        ("S1,T,,87,,2,", "marks.csv:2:attempt: the item has no such attempt"),
        ("S1,T,,87,,first,", "marks.csv:2:attempt: \"first\" is not a number of an attempt, from 1"),
        (
            "S1,T,,87,,,gone",
            "marks.csv:2:status: \"gone\" is none of ok, absent, withdrawn, retired, disqualified, not_checked_in, unfinished, void",
        ),
        ("S1,T,,87", "marks.csv:2:stage: 4 cells, the header has 7"),
        ("S1,T,,87,,,,,", "marks.csv:2:-: 9 cells, the header has 7"),
        ("S1,T,,\"87,,,", "marks.csv:2:value: the quotation mark is never closed"),
        ("S1,T,,8\"7,,,", "marks.csv:2:value: a quotation mark in a cell that does not begin with one"),
        ("S1,T,,\"8\"7,,,", "marks.csv:2:value: text after the closing quotation mark"),
    ] {
        assert_eq!(marks(row), [fault], "{row}");
    }
}

#[test]
fn rows_without_a_place_are_not_said_to_be_there_twice() {
    assert_eq!(
        marks(",T,,1,,,ok\n,T,,1,,,absent\n"),
        ["marks.csv:2:entry: the entry is missing", "marks.csv:3:entry: the entry is missing"]
    );
}

#[test]
fn all_faults_are_said_in_order_and_rows_count_as_in_the_file() {
    let found = marks("S1,T,,87,,,ok\n\nS1,T,,88,,,absent\nS1,A1.1,J1,y,,,\n");
    assert_eq!(
        found,
        [
            "marks.csv:4:value: marked twice, first in row 2",
            "marks.csv:4:status: another status is given in row 2",
            "marks.csv:5:judge: the item has one agreed or measured value: it takes no judge",
            "marks.csv:5:value: \"y\" is not a number",
        ]
    );
}

#[test]
fn a_mark_is_there_twice_whether_its_stage_is_written_or_not() {
    let quiz = std::fs::read_to_string(repository("docs/rulebooks/quiz-heats.json")).unwrap();
    for rows in ["S1,H1,,5,heats,,\nS1,H1,,6,,,\n", "S1,H1,,5,,,\nS1,H1,,6,heats,,\n"] {
        let files = Files::sample().no_entries().rulebook(&quiz).marks(format!("{HEAD}{rows}"));
        assert_eq!(files.faults(), ["marks.csv:3:value: marked twice, first in row 2"], "{rows}");
    }
}

#[test]
fn more_judges_than_seats_are_refused_where_they_appear() {
    let rows: String = (1..=6).map(|judge| format!("S1,B3.1,J{judge},3,,,\n")).collect();
    assert_eq!(marks(&rows), ["marks.csv:7:judge: 6 judges for the 5 seats of panel report"]);
}

#[test]
fn headers_are_checked() {
    let files = |text: &str| Files::sample().no_entries().marks(text).faults();
    assert_eq!(files(""), ["marks.csv:1:-: the header row is missing"]);
    assert_eq!(files("entry,item,value\nS1,T,87\nS1,T,87\n"), ["marks.csv:1:judge: the column is missing"]);
    assert_eq!(
        files("entry,item,judge,value,Remark,ITEM,\nS1,T,,87,,,\n"),
        [
            "marks.csv:1:Remark: no such column; there are entry, item, judge, value, stage, attempt, status",
            "marks.csv:1:ITEM: the column is there twice",
            "marks.csv:1:-: column 7 has no name",
        ]
    );
}

#[test]
fn entries_are_checked_together_with_the_marks() {
    let files = Files::sample()
        .entries("entry,name,status\nS1,甲,ok\nS1,乙,\n,丙,\nS2,丁,there\n")
        .marks(format!("{HEAD}S1,T,,y,,,absent\nS3,T,,1,,,\n"));
    assert_eq!(
        files.faults(),
        [
            "entries.csv:3:entry: the entry is there twice, first in row 2",
            "entries.csv:4:entry: the entry is missing",
            "entries.csv:5:status: \"there\" is none of ok, absent, withdrawn, retired, disqualified, not_checked_in, unfinished, void",
            "marks.csv:2:value: \"y\" is not a number",
            "marks.csv:2:status: another status is given in row 2 of the entries",
        ]
    );
    let files = Files::sample().entries("name\n甲\n");
    assert_eq!(files.faults(), ["entries.csv:1:entry: the column is missing"]);
    let files = Files::sample().entries("entry\nS1\n").marks(format!("{HEAD}S1,T,,1,,,\nS3,T,,1,,,\n"));
    assert_eq!(files.faults(), ["marks.csv:3:entry: the list of entries has no \"S3\""]);
}

#[test]
fn a_datum_that_the_rulebook_computes_with_is_a_number() {
    let json = std::fs::read_to_string(repository("docs/rulebooks/theory-practice-20-80.json")).unwrap();
    let mut rules: serde_json::Value = serde_json::from_str(&json).unwrap();
    let key =
        serde_json::json!({ "by": { "datum": "Age" }, "label": { "zh": "年龄", "en": "age" }, "direction": "lower" });
    rules["ranking"]["keys"] = serde_json::json!([key]);
    let files = Files::sample().rulebook(&rules.to_string()).marks("entry,item,judge,value\n");
    let found = files.entries("entry,age,town\nS1,old,here\nS2,,\nS3,30,\n").faults();
    assert!(found.contains(&"entries.csv:2:age: \"old\" is not a number".to_owned()), "{found:?}");
    assert_eq!(found.iter().filter(|line| line.starts_with("entries.csv")).count(), 1, "{found:?}");
}

#[test]
fn other_encodings_are_refused_by_name() {
    // 选手 in GBK, in the second row.
    let gbk = b"entry,name\nS07,\xd1\xa1\xca\xd6\n";
    assert_eq!(
        Files::sample().entries(gbk).faults()[0],
        "entries.csv:2:-: the file is in GBK (GB 18030): save it as UTF-8"
    );
    let utf16: Vec<u8> = "\u{feff}entry\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = Files::sample().marks(utf16).faults();
    assert_eq!(found, ["marks.csv:1:-: the file is in UTF-16 (little-endian): save it as UTF-8"]);
    let found = Files::sample().marks(b"entry\n\xff\xff\xff\n").faults();
    assert_eq!(found, ["marks.csv:2:-: the file is in an encoding that is not UTF-8: save it as UTF-8"]);
}

#[test]
fn a_rulebook_fault_has_its_pointer_and_does_not_hide_the_others() {
    let json = std::fs::read_to_string(repository("docs/rulebooks/wastewater-sample-1.json")).unwrap();
    let mut rules: serde_json::Value = serde_json::from_str(&json).unwrap();
    rules["items"][1]["id"] = "T".into();
    let files = Files::sample().rulebook(&rules.to_string()).marks(format!("{HEAD}S07,T,,1,,0,\n"));
    let found = files.faults();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("rules.json:/items/1") && found[0].contains("is used twice"), "{found:?}");
    assert!(found[1].starts_with("marks.csv:2:attempt: "), "{found:?}");
    let found = Files::sample().rulebook("{").faults();
    assert!(found.len() == 1 && found[0].starts_with("rules.json:/: line 1, column 1 "), "{found:?}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let run = super::run(&["score", "--rulebook", "no-such.json", "--marks", "no-such.csv"], "");
    assert_eq!((run.code, run.out.as_str(), run.err.lines().count()), (2, "", 2));
    assert!(run.err.starts_with("no-such.json: cannot be read: "), "{}", run.err);
}
