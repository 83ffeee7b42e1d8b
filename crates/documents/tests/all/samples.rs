//! Synthetic documents, and reading back what was printed.

use jiangsai_documents::{
    Align, Column, Document, Frame, Listing, Listings, MarkSheet, Section, SheetLine, SignedTable, render_pdf,
};
use jiangsai_locales::Lang;
use std::process::Command;

pub fn frame(lang: Lang) -> Frame {
    Frame {
        lang,
        competition: "2026 年某市职业技能大赛".into(),
        event: "钳工（三级）".into(),
        session: "第 1 场".into(),
        hosts: vec![("主办单位".into(), "某市人力资源和社会保障局".into()), ("承办单位".into(), "某市技师学院".into())],
        printed_at: "2026-05-20 16:30".into(),
        version: "r128-4f2a".into(),
        provisional: true,
        synthetic: true,
        sheet_no_prefix: "QG-".into(),
        templates: Vec::new(),
        letter: None,
    }
}

/// Name of the person in a row.
pub fn name(row: usize) -> String {
    let family = ["赵", "钱", "孙", "李", "周", "吴"];
    let given = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    format!("{}模{}", family[row / 10 % family.len()], given[row % given.len()])
}

/// Total of a row, as printed.
pub fn total(row: usize) -> String {
    format!("{}.{:02}", 95 - row, (row * 37) % 100)
}

pub fn summary(rows: usize, modules: usize) -> Document {
    let column = |title: &str, note: &str, align, wide| Column { title: title.into(), note: note.into(), align, wide };
    let mut columns = vec![
        column("名次", "", Align::Center, false),
        column("参赛号", "", Align::Center, false),
        column("姓名", "", Align::Center, false),
        column("单位", "", Align::Start, true),
    ];
    for module in 0..modules {
        columns.push(column(
            &format!("模块 {}", (b'A' + u8::try_from(module).unwrap()) as char),
            "配分 100",
            Align::End,
            false,
        ));
    }
    columns.push(column("总分", "100", Align::End, false));
    columns.push(column("备注", "", Align::Center, false));
    let row = |at: usize| {
        let mut row =
            vec![(at + 1).to_string(), format!("S{:02}", at + 1), name(at), format!("某市第{}技工学校", at % 7 + 1)];
        row.extend((0..modules).map(|module| format!("{}.50", 90 - at - module)));
        row.extend([total(at), String::new()]);
        row
    };
    Document::ScoreSummary(SignedTable {
        columns,
        rows: (0..rows).map(row).collect(),
        signatures: Vec::new(),
        notes: vec![
            "总分 = 理论 × 30% + 实操 × 70%，四舍五入保留两位小数。".into(),
            "总分相同时，实操成绩高者名次在前。".into(),
        ],
    })
}

/// A list of so many rows, under the headings of three awards where there are `prizes`.
pub fn list(rows: usize, prizes: bool) -> Listing {
    let column = |title: &str, align, wide| Column { title: title.into(), note: String::new(), align, wide };
    let row = |at: usize| vec![(at + 1).to_string(), name(at), format!("某市第{}技工学校", at % 7 + 1)];
    let section = |heading: &str, rows: std::ops::Range<usize>| Section {
        heading: heading.into(),
        rows: rows.map(row).collect(),
    };
    let sections = if prizes {
        let (first, second) = (rows.min(2), rows.min(6));
        vec![section("一等奖", 0..first), section("二等奖", first..second), section("三等奖", second..rows)]
    } else {
        vec![section("", 0..rows)]
    };
    Listing {
        lead: vec!["现将比赛成绩公示如下。".into()],
        columns: vec![
            column("名次", Align::Center, false),
            column("姓名", Align::Center, true),
            column("单位", Align::Start, true),
        ],
        sections,
        notes: vec!["公示期为 5 个工作日。如有异议，请在公示期内以书面形式向竞赛组委会提出。".into()],
        closing: vec!["某市人力资源和社会保障局".into()],
        ..Listing::default()
    }
}

pub fn results(rows: usize, prizes: bool) -> Document {
    Document::Listings(Listings { title: "成绩公示".into(), lists: vec![list(rows, prizes)] })
}

pub fn mark_sheet(number: usize, lines: usize, judge: Option<&str>, filled: bool) -> MarkSheet {
    let line = |at: usize| SheetLine {
        id: format!("A{}", at + 1),
        name: ["孔径尺寸 Φ10 公差", "两面垂直度", "表面粗糙度 Ra1.6", "锉配间隙", "安全文明生产"][at % 5].into(),
        max: (5 + at % 3).to_string(),
        rule: ["5 名裁判分别评分，步长 0.5", "合格记 1，不合格记 0", "裁判合议一个值，等级 0–3"][at % 3].into(),
        value: if filled { format!("{}.5", at % 5) } else { String::new() },
    };
    MarkSheet {
        number: format!("{number:03}"),
        scan: format!("{number:012}"),
        session: String::new(),
        station: format!("{number:02}"),
        module: "模块 A 零件加工".into(),
        judge: judge.map(str::to_owned),
        lines: (0..lines).map(line).collect(),
        max: "100".into(),
        total: if filled { "87.50".into() } else { String::new() },
        signatures: Vec::new(),
    }
}

/// The text of every page, read from the PDF by another program.
pub fn printed(name: &str, frame: &Frame, document: &Document) -> Vec<String> {
    let rendered = render_pdf(frame, document).expect("the document is typeset");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&path, &rendered.bytes).expect("the PDF is written");
    let output = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    let output = output.expect("pdftotext (poppler-utils) is installed");
    assert!(output.status.success(), "pdftotext reads the file: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("pdftotext writes UTF-8");
    let pages: Vec<String> = text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect();
    assert_eq!(pages.len(), rendered.pages, "as many pages as were counted");
    assert_eq!(rendered.missing_glyphs, Vec::new(), "every character has a font");
    pages
}

/// Every page of a document that was [`printed`] as a grey picture (PGM), drawn by another program.
pub fn pictures(name: &str) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    let status =
        Command::new("pdftoppm").args(["-r", "150", "-gray"]).arg(path).arg(folder.path().join("page")).status();
    assert!(status.expect("pdftoppm (poppler-utils) is installed").success(), "pdftoppm draws the file");
    let mut pages: Vec<_> = std::fs::read_dir(folder.path()).expect("pages").map(|page| page.unwrap().path()).collect();
    pages.sort();
    pages.iter().map(|page| std::fs::read(page).expect("a page")).collect()
}

/// Without white space, which depends on where glyphs stand.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
