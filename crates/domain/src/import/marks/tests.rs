#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use jiangsai_scoring::templates::{BEST_OF_3_RUNS, THEORY_PRACTICE_30_70};

fn check(rows: &[&[&str]]) -> MarksRead {
    answered(rows, &[], &[])
}

fn answered(rows: &[&[&str]], people: &[Known], answers: &[(u32, Option<&str>)]) -> MarksRead {
    let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    read_as(THEORY_PRACTICE_30_70, &Table { rows, ..Table::default() }, people, answers)
}

fn read_as(rules: &str, table: &Table, people: &[Known], answers: &[(u32, Option<&str>)]) -> MarksRead {
    let rulebook = Rulebook::from_json(rules).unwrap();
    let entry = |number: &str, station: &str, id: &str| (number.to_owned(), station.to_owned(), id.into());
    let entries = [
        entry("01", "A1", "e1"),
        entry("02", "A2", "e2"),
        entry("S-1", "A3", "e3"),
        entry("s-1", "A4", "e4"),
        entry("1-12", "A5", "e5"),
    ];
    let judges = [("P01".to_owned(), JudgeId::from("j1")), ("P02".to_owned(), "j2".into())];
    let seated = |_: &Item| vec![JudgeId::from("j1")];
    let judge_for = |_: &EntryId, _: &Item, judge: &JudgeId| Ok(Some(judge.clone()));
    let crosses = |entry: &EntryId, item: &Item, _: Option<&JudgeId>, _: u16| entry.as_str() == "e5" && item.id == "P1";
    let context = MarksContext {
        entries: &entries,
        rulebook: &rulebook,
        judges: &judges,
        seated: &seated,
        judge_for: &judge_for,
        crosses: &crosses,
        people,
        answers: &answers.iter().map(|(row, entry)| (*row, entry.map(EntryId::from))).collect(),
    };
    read(table, &context)
}

fn reasons(read: &MarksRead) -> Vec<(u32, &str, &str)> {
    read.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.why.0.as_str())).collect()
}

#[test]
fn theory_results_come_one_entry_a_row() {
    let read = check(&[&["参赛号", "姓名", "理论"], &["01", "模拟甲", "８７"], &["02", "模拟乙", ""]]);
    assert_eq!(reasons(&read), []);
    assert_eq!(read.marks.len(), 1, "an empty cell changes nothing");
    assert_eq!(read.marks[0].item, ItemId::from("T"), "理论 is made of one item alone");
}

#[test]
fn panel_marks_come_long_or_with_a_column_for_each_judge() {
    let long = check(&[&["entry", "item", "judge", "value"], &["01", "P1", "P01", "20.5"], &["02", "P1", "P01", "-"]]);
    assert_eq!(reasons(&long), []);
    assert_eq!(long.marks[1].mark, Mark::Absent);
    let wide = check(&[&["赛位号", "P1/P01"], &["A1", "20.5"]]);
    assert_eq!(wide.marks, long.marks[..1], "the same mark, written another way");
}

#[test]
fn the_error_of_a_formula_is_no_empty_cell() {
    let read = check(&[&["参赛号", "理论"], &["01", "#N/A"], &["#REF!", "80"], &["02", "80"]]);
    assert_eq!(reasons(&read), [(2, "B", "fault-cell-error"), (3, "A", "fault-cell-error")]);
}

#[test]
fn broken_quotation_marks_refuse_the_file_by_cell() {
    let cells = [["参赛号", "理论"], ["01", "80\n02,81"], ["02", "80"]];
    let rows = cells.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    let broken = Table { rows, broken: [((1, 1), "fault-quote-open")].into(), ..Table::default() };
    let read = read_as(THEORY_PRACTICE_30_70, &broken, &[], &[]);
    assert_eq!(reasons(&read), [(2, "B", "fault-quote-open")]);
    assert_eq!(read.marks, [], "nothing of it is taken");
}

#[test]
fn an_attempt_is_read_in_full_width_digits() {
    let rows = [["entry", "item", "attempt", "value"], ["01", "RUN", "２", "45.12"], ["01", "RUN", "１.", "45"]];
    let rows = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    let read = read_as(BEST_OF_3_RUNS, &Table { rows, ..Table::default() }, &[], &[]);
    assert_eq!(reasons(&read), [(3, "C", "fault-unknown-attempt")]);
    assert_eq!(read.marks[0].attempt, 2);
}

#[test]
fn a_time_whose_seconds_nobody_sees_is_refused() {
    let cells = [["entry", "item", "attempt", "value"], ["01", "RUN", "1", "0:45"], ["01", "RUN", "2", "0:45.12"]];
    let rows: Vec<Vec<String>> = cells.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    let unclear = Table { rows: rows.clone(), minutes: [(1, 3)].into(), ..Table::default() };
    let read = read_as(BEST_OF_3_RUNS, &unclear, &[], &[]);
    assert_eq!(reasons(&read), [(2, "D", "fault-time-unclear")], "45 minutes in a workbook, meant as 45 seconds");
    let written = read_as(BEST_OF_3_RUNS, &Table { rows, ..Table::default() }, &[], &[]);
    assert_eq!(reasons(&written), [], "written as text it says 45 seconds");
    let values: Vec<String> = written
        .marks
        .iter()
        .map(|mark| match &mark.mark {
            Mark::Value(value) => value.to_string(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(values, ["45", "45.12"], "fractions of seconds stay");
}

#[test]
fn every_fault_is_named_by_cell() {
    let read = check(&[
        &["entry", "item", "judge", "value"],
        &["01", "P1", "P01", "875"],
        &["01", "P1", "P01", "20"],
        &["09", "P1", "P01", "20"],
        &["01", "P9", "P01", "20"],
        &["01", "P1", "P02", "20"],
        &["01", "P1", "", "20"],
        &["01", "T", "P01", "20"],
        &["02", "P1", "P01", "1e9"],
    ]);
    let wanted = [
        (2, "D", "fault-mark-above-maximum"),
        (3, "D", "fault-duplicate-mark"),
        (4, "A", "fault-unknown-entry"),
        (5, "B", "fault-unknown-item"),
        (6, "C", "fault-judge-not-on-panel"),
        (7, "C", "fault-judge-needed"),
        (8, "C", "fault-judge-not-wanted"),
        (9, "D", "fault-mark-not-a-number"),
    ];
    assert_eq!(reasons(&read), wanted);
}

#[test]
fn a_column_that_names_an_item_but_no_place_for_a_mark_is_a_fault() {
    for (header, wanted) in [
        ("P1", "fault-judge-needed"),
        ("P1/P02", "fault-judge-not-on-panel"),
        ("P1/P99", "fault-unknown-judge"),
        ("T/P01", "fault-judge-not-wanted"),
    ] {
        let read = check(&[&["参赛号", header], &["01", "20"]]);
        assert_eq!(reasons(&read), [(1, "B", wanted)], "{header}");
        assert_eq!((read.marks.len(), read.notes.len()), (0, 0), "nothing is read, and it is said once: {header}");
    }
    let both = check(&[&["参赛号", "理论 / T"], &["01", "87"]]);
    assert_eq!((reasons(&both), both.marks.len()), (vec![], 1), "one item named twice");
}

#[test]
fn a_number_finds_the_entry_it_was_meant_for_and_no_other() {
    let read = check(&[
        &["参赛号", "T"],
        &["1", "81"],
        &["０２", "82"],
        &["S-1", "83"],
        &["11-2", "84"],
        &["S1", "85"],
        &["", "86"],
    ]);
    let found: Vec<&str> = read.marks.iter().map(|mark| mark.entry.as_str()).collect();
    assert_eq!(found, ["e1", "e2", "e3"], "a lost zero, full width, the exact one of two");
    let unknown = [(5, "A", "fault-unknown-entry"), (6, "A", "fault-unknown-entry"), (7, "A", "fault-unknown-entry")];
    assert_eq!(reasons(&read), unknown, "11-2 is not 1-12, and S1 is nobody");
}

#[test]
fn points_in_an_id_count() {
    use super::columns::{is_same_code, is_same_number};
    assert!(is_same_code("A1.1", "ａ１．１"), "case and width do not count");
    assert!(!is_same_code("A1.1", "A11"), "another item");
    assert!(!is_same_code("", ""), "no code is not the same as no code");
    assert!(is_same_number("007", "7") && !is_same_number("007", "70"), "zeros before it alone");
}

fn known(entry: &str, number: &str, admission: &str, name: &str, unit: &str) -> Known {
    let [number, admission, name, unit] = [number, admission, name, unit].map(str::to_owned);
    Known { entry: entry.into(), number, admission, name, unit }
}

#[test]
fn a_name_alone_is_a_question_and_a_number_with_another_name_too() {
    let people = [
        known("e1", "01", "2026001", "模拟甲", "一厂"),
        known("e2", "02", "2026002", "模拟乙", "一厂"),
        known("e5", "1-12", "2026005", "模拟乙", "二厂"),
    ];
    let file: &[&[&str]] = &[
        &["准考证号", "姓名", "单位", "理论"],
        &["2026001", "模 拟甲", "一厂", "87"],
        &["", "模拟乙", "二厂", "80"],
        &["2026002", "模拟丙", "一厂", "70"],
        &["2026009", "模拟丁", "三厂", "60"],
    ];
    let read = answered(file, &people, &[]);
    let question = "fault-question";
    assert_eq!(reasons(&read), [(3, "B", question), (4, "B", question), (5, "B", question)]);
    let asked: Vec<(u32, &str, Vec<&str>)> = read
        .questions
        .iter()
        .map(|one| (one.row, one.why.0.as_str(), one.candidates.iter().map(|one| one.entry.as_str()).collect()))
        .collect();
    let wanted = [
        (3, "question-by-name", vec!["e5", "e2"]),
        (4, "question-other-name", vec!["e2"]),
        (5, "question-not-entered", vec![]),
    ];
    assert_eq!(asked, wanted, "the same unit first");
    let read = answered(file, &people, &[(3, Some("e5")), (4, Some("e2")), (5, None)]);
    assert_eq!(reasons(&read), []);
    let marks: Vec<&str> = read.marks.iter().map(|mark| mark.entry.as_str()).collect();
    assert_eq!(marks, ["e1", "e5", "e2"], "who is not entered is left out");
    let read = answered(file, &people, &[(3, Some("e1")), (4, Some("e2")), (5, None)]);
    assert_eq!(reasons(&read), [(3, "D", "fault-duplicate-mark")], "nobody has two results");
}

#[test]
fn a_file_does_not_settle_marks_that_cross() {
    let header = ["entry", "item", "judge", "value"];
    let read = check(&[&header, &["1-12", "P1", "P01", "20"], &["01", "P1", "P01", "20"]]);
    assert_eq!(reasons(&read), [(2, "D", "fault-mark-crossing")]);
    let empty = check(&[&header, &["1-12", "P1", "P01", ""], &["01", "P1", "P01", "20"]]);
    assert_eq!(reasons(&empty), [], "an empty cell changes nothing");
}
