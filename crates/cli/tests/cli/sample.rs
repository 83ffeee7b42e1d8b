//! S07 of the sample rulebook, in every way the files may be written.

use super::{Files, repository, rows};

fn marks() -> String {
    std::fs::read_to_string(repository("tests/data/wastewater-s07.marks.csv")).unwrap()
}

fn results(files: &Files) -> Vec<String> {
    let run = files.score(&["--format", "csv"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let row = &rows(&run.out)[0];
    ["A", "B", "C", "practice", "total"].iter().map(|id| row[*id].clone()).collect()
}

const EXPECTED: [&str; 5] = ["37.5", "26.50", "27.23", "91.23", "89.96"];

#[test]
fn csv_has_every_column_and_the_known_results() {
    let files = Files::sample();
    assert_eq!(results(&files), EXPECTED);
    let run = files.score(&["--format", "csv"]);
    assert!(run.out.starts_with("rank,entry,name,team,status,total,"), "{}", run.out);
    let row = &rows(&run.out)[0];
    let first = ["rank", "entry", "name", "team", "status"].map(|id| row[id].as_str());
    assert_eq!(first, ["1", "S07", "模拟选手07", "模拟单位3", "ok"]);
    assert_eq!((row["B3.1"].as_str(), row["TIME"].as_str()), ("3.33", "9150"), "a time in seconds");
    let out = files.score(&["--format", "json"]).out;
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let time = value["standings"][0]["values"].as_array().unwrap().iter().find(|one| one["node"] == "TIME").unwrap();
    assert_eq!((&time["score"]["value"], &time["shown"]), (&"9150".into(), &"2:32:30".into()), "and as it is printed");
}

#[test]
fn totals_that_are_times_are_seconds_in_csv_and_minutes_in_the_table() {
    let rules = std::fs::read_to_string(repository("docs/rulebooks/best-of-3-runs.json")).unwrap();
    let files = || {
        let marks = "entry,item,judge,value,attempt\nA,RUN,,1:01.50,1\nA,RUN,,59.9,２\nA,RUN,,void,3\n";
        Files::sample().no_entries().rulebook(&rules).marks(marks)
    };
    let run = files().score(&["--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(rows(&run.out)[0]["total"], "59.9");
    assert!(!run.out.contains(':'), "{}", run.out);
    assert!(files().score(&[]).out.contains("0:59.9"), "{}", files().score(&[]).out);
}

#[test]
fn an_explanation_stands_beside_csv_and_not_in_its_place() {
    let files = Files::sample();
    let plain = files.score(&["--format", "csv"]);
    let explained = files.score(&["--format", "csv", "--explain", "S07"]);
    assert_eq!((explained.code, &explained.out), (0, &plain.out), "the same table");
    assert!(explained.err.starts_with("S07 模拟选手07 ok: rank 1 of 1\n"), "{}", explained.err);
}

#[test]
fn the_explanation_names_every_result() {
    let run = Files::sample().score(&["--explain", "S07"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let (table, tree) = run.out.split_once("\n\n").unwrap();
    assert!(table.lines().nth(1).unwrap().contains("89.96"), "{table}");
    assert!(tree.starts_with("S07 模拟选手07 ok: rank 1 of 1\n"), "{tree}");
    for value in EXPECTED {
        assert!(tree.lines().any(|line| line.contains(&format!(" = {value} "))), "{value} in\n{tree}");
    }
    assert!(tree.contains("judge J2: 3 (left out)\n"), "{tree}");
    assert!(tree.contains("mean without the 1 highest and the 1 lowest: 10/3\n"), "{tree}");
}

#[test]
fn an_explanation_of_nobody_is_refused() {
    let run = Files::sample().score(&["--explain", "S99"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(run.err, "--explain: there is no entry \"S99\"\n");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read() {
    let text = format!("\u{feff}{}", marks().replace('\n', "\r\n"));
    assert_eq!(results(&Files::sample().marks(text)), EXPECTED);
    let entries = "\u{feff}entry,name\r\nS07,\"甲, \"\"乙\"\"\"\r\n";
    let files = Files::sample().entries(entries);
    assert_eq!(results(&files), EXPECTED);
    assert_eq!(rows(&files.score(&["--format", "csv"]).out)[0]["name"], "甲, \"乙\"");
}

#[test]
fn columns_stand_in_any_order_and_case() {
    let turned: String = marks()
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{},\"{}\",{},{}\n", cells[3], cells[1], cells[0], cells[2])
        })
        .collect();
    let turned = turned.replacen("value,\"item\",entry,judge", " Value ,ITEM,Entry,judge", 1);
    assert_eq!(results(&Files::sample().marks(turned).no_entries()), EXPECTED);
}

#[test]
fn json_has_the_outcome_with_names() {
    let run = Files::sample().score(&["--format", "json", "--explain", "S07"]);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let line = &value["standings"][0];
    assert_eq!((line["name"].as_str(), line["team"].as_str()), (Some("模拟选手07"), Some("模拟单位3")));
    assert_eq!((line["rank"].as_u64(), line["shown"].as_str()), (Some(1), Some("89.96")));
    assert_eq!(value["explained"]["derivation"]["shown"], "89.96");
    assert_eq!(value["rulebook"], "wastewater-sample-1");
}

#[test]
fn a_table_is_aligned_under_double_width_names() {
    let run = Files::sample().entries("entry,name\nS07,模拟选手\nS08,Li\n").score(&[]);
    let lines: Vec<&str> = run.out.lines().collect();
    // Each Chinese character takes two places: the byte offsets differ, the places do not.
    let place = |line: &str| {
        let before = line.split_once(" ok").unwrap().0;
        before.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>()
    };
    assert_eq!(place(lines[1]), place(lines[2]), "{}", run.out);
    assert!(run.out.contains("\nS08: not ranked yet, "), "{}", run.out);
}

#[test]
fn statuses_are_read_in_both_languages_and_from_both_files() {
    let all = "entry,status\nS07,\nS08,缺考\nS09,Withdrawn\nS10,取消竞赛资格\nS11,\n";
    let marks = marks().lines().map(|line| format!("{line},\n")).collect::<String>().replacen(",\n", ",status\n", 1);
    let files = Files::sample().entries(all).marks(format!("{marks}S11,T,,,retired\n"));
    let run = files.score(&["--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let mut found: Vec<(String, String)> =
        rows(&run.out).iter().map(|row| (row["entry"].clone(), row["status"].clone())).collect();
    found.sort();
    let statuses: Vec<&str> = found.iter().map(|(_, status)| status.as_str()).collect();
    assert_eq!(statuses, ["ok", "absent", "withdrawn", "disqualified", "retired"]);
    let unranked = rows(&run.out);
    assert_eq!(unranked[0]["rank"], "1");
    assert!(unranked.iter().any(|row| row["rank"].is_empty()), "{}", run.out);
}

#[test]
fn every_chinese_word_for_a_status_is_read() {
    let of = |word: &str| {
        let run = Files::sample().entries(format!("entry,status\nS07,{word}\n")).score(&["--format", "csv"]);
        assert_eq!(run.code, 0, "{word}: {}", run.err);
        rows(&run.out)[0]["status"].clone()
    };
    for (status, words) in [
        ("ok", &["正常", "参赛"][..]),
        ("absent", &["缺考"]),
        ("withdrawn", &["弃权", "退赛"]),
        ("retired", &["中途离场", "中途退出"]),
        ("disqualified", &["取消竞赛资格", "取消资格"]),
    ] {
        for word in words {
            assert_eq!(of(word), status, "{word}");
        }
        let shown = jiangsai_locales::text(jiangsai_locales::Lang::Zh, &format!("status-{status}"), &[]);
        assert!(words.contains(&shown.as_str()), "what the screen says is read too: {shown}");
    }
}

#[test]
fn a_judge_who_was_absent_is_no_zero() {
    let run = Files::sample().marks(marks().replace("B3.1,J1,3.5", "B3.1,J1,-")).score(&["--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_ne!(rows(&run.out)[0]["B"], "26.50");
}

/// Disqualified in the final: the heats stay as they were, and nobody moves up.
#[test]
fn a_status_can_hold_from_a_stage_on() {
    let quiz = std::fs::read_to_string(repository("docs/rulebooks/quiz-heats.json")).unwrap();
    // One heat of six; three go on by their places, and the two best of the others.
    let all = [("A1", 9), ("A2", 8), ("A3", 7), ("A4", 6), ("A5", 5), ("A6", 4)];
    let heat = |(id, right): &(&str, u8)| format!("{id},H1,,{right}\n{id},H2,,0\n{id},H3,,0\n{id},H4,,0\n");
    let marks: String = all.iter().map(heat).collect();
    let entries = |status: &str| {
        let lines = all.iter().map(|(id, _)| {
            let own = if *id == "A1" { status } else { "," };
            format!("{id},A,{own}\n")
        });
        format!("entry,heat,status,status_stage\n{}", lines.collect::<String>())
    };
    let ranks = |entries: &str, marks: &str| {
        let files = Files::sample().rulebook(&quiz).marks(format!("entry,item,judge,value\n{marks}")).entries(entries);
        let run = files.score(&["--format", "csv"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let found: Vec<(String, String)> =
            rows(&run.out).iter().map(|row| (row["entry"].clone(), row["rank"].clone())).collect();
        found
    };
    let rank = |found: &[(String, String)], id: &str| found.iter().find(|own| own.0 == id).unwrap().1.clone();
    let five_go_on = ranks(&entries(","), &marks);
    assert_eq!(rank(&five_go_on, "A6"), "6", "behind five finalists who are to come");
    let gone = ranks(&entries("取消竞赛资格,"), &marks);
    assert_eq!(rank(&gone, "A6"), "", "from the beginning: it moves up into the final");
    let in_the_final = ranks(&entries("取消竞赛资格,final"), &marks);
    assert_eq!(rank(&in_the_final, "A6"), "5", "in the final: out as before, behind the four who are left");
    let unknown = Files::sample()
        .rulebook(&quiz)
        .marks(format!("entry,item,judge,value\n{marks}"))
        .entries(entries("disqualified,semi"))
        .faults();
    assert_eq!(unknown, ["entries.csv:2:status_stage: the rulebook has no such stage"]);
}
