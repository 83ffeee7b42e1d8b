//! The second sample (黄酒): six rounds of tasting against keys that were opened, and two crafts by the clock and by judges. Written by
//! integer arithmetic, always the same.

use super::marks::mix;
use super::people::{self, Cast};
use super::{Sample, judge};
use crate::command::competition::Settings;
use crate::command::judging::JudgeKind;
use crate::ids::{ItemId, PanelId, ParameterId};
use jiangsai_scoring::templates::RICE_WINE_SAMPLE_2;
use jiangsai_scoring::{Mark, Rulebook, input};

/// Contestants.
const ENTRIES: usize = 36;
/// Keys of the five rounds, and the means of seven experts for the five cups.
const KEYS: [(&str, &str); 10] = [
    ("key-1", "BDAEC"),
    ("key-2", "BDAEC"),
    ("key-3", "CABED"),
    ("key-4", "EBADC"),
    ("key-5", "CABED"),
    ("expert-1", "87.60"),
    ("expert-2", "78.80"),
    ("expert-3", "90.80"),
    ("expert-4", "72.00"),
    ("expert-5", "83.40"),
];

/// The second sample competition, always the same.
pub(super) fn sample() -> Sample {
    let timers = ["蒋建生", "丁文娟"].iter().enumerate();
    let mut judges: Vec<_> =
        timers.map(|(at, name)| judge(&format!("T{:02}", at + 1), name, JudgeKind::OnSite)).collect();
    judges.push(judge("L01", "俞国良", JudgeKind::OnSite));
    let scoring = ["谢玉梅", "傅志明", "金秀兰", "童伟民", "章海燕"].iter().enumerate();
    judges.extend(scoring.map(|(at, name)| judge(&format!("P{:02}", at + 1), name, JudgeKind::Scoring)));
    judges.push(judge("Z01", "单文忠", JudgeKind::Chief));
    let cast = Cast {
        count: ENTRIES,
        units: 12,
        firm: "酒业有限公司",
        occupations: &["黄酒酿造工", "品酒师"],
        prefix: "H",
        first_document: 500,
    };
    Sample {
        settings: Settings {
            title: "2025年度某市黄酒业职业技能竞赛".to_owned(),
            host: "某市总工会".to_owned(),
            organiser: "某市黄酒行业协会".to_owned(),
            co_organiser: "某市技师学院".to_owned(),
            place: "某市黄酒实训基地".to_owned(),
            date: "2025-11-15".to_owned(),
            level: "市级二类".to_owned(),
            fields: Vec::new(),
            synthetic: true,
        },
        event: "黄酒酿造与品评".to_owned(),
        rulebook_json: RICE_WINE_SAMPLE_2.to_owned(),
        parameters: KEYS.map(|(key, value)| (ParameterId::from(key), value.to_owned())).into(),
        forms: people::forms(&cast),
        statuses: Vec::new(),
        judges,
        panels: vec![(PanelId::from("timers"), vec![0, 1]), (PanelId::from("craft"), (3..8).collect())],
        leaders: ["M1", "M2"].map(|module| (module.to_owned(), 2)).into(),
        marks: marks(),
    }
}

/// Every mark: entry, item, judge, value.
fn marks() -> Vec<(usize, ItemId, Option<usize>, Mark)> {
    let Ok(rulebook) = Rulebook::from_json(RICE_WINE_SAMPLE_2) else { return Vec::new() };
    let mut marks = Vec::new();
    for entry in 0..ENTRIES {
        for item in rulebook.items() {
            let judges: Vec<Option<usize>> = match item.panel() {
                None => vec![None],
                Some("timers") => (0..2).map(Some).collect(),
                Some(_) => (3..8).map(Some).collect(),
            };
            for (seat, judge) in judges.into_iter().enumerate() {
                if let Ok(mark) = input::parse_mark(item, &text(entry, &item.id, seat))
                    && mark != Mark::NotYet
                {
                    marks.push((entry, ItemId::from(item.id.as_str()), judge, mark));
                }
            }
        }
    }
    marks
}

/// What was written for an item by whoever sits in a seat; nothing where nothing was.
fn text(entry: usize, item: &str, seat: usize) -> String {
    let salt = item.bytes().fold(0, |all, byte| all * 31 + usize::from(byte)) % 1_000;
    let chance = |more: usize, below: usize| mix(entry * 10_000 + salt * 10 + more) % below;
    // 0 for the best contestants, 3 for the weakest.
    let weakness = mix(entry + 7) % 4;
    let key = |id: &str| KEYS.iter().find(|(own, _)| *own == id).map_or("", |(_, key)| *key);
    match item {
        "T" => {
            let halves = 2 * (94 - 7 * weakness) - chance(0, 16);
            if halves.is_multiple_of(2) { (halves / 2).to_string() } else { format!("{}.5", halves / 2) }
        }
        "R1" | "R2" | "R3" => exchanged(key(&item.replace('R', "key-")), chance(0, weakness + 2)),
        "R4" | "R5" => exchanged(key(&item.replace('R', "key-")), chance(0, 3) * usize::from(chance(1, 4) < weakness)),
        "R6.1" | "R6.2" | "R6.3" | "R6.4" | "R6.5" => {
            let whole = key(&item.replace("R6.", "expert-")).split('.').next().unwrap_or_default();
            let apart = chance(0, 2 + 2 * weakness);
            let whole: usize = whole.parse().unwrap_or_default();
            if chance(1, 2) == 0 { whole + apart } else { whole - apart }.to_string()
        }
        "G1" => clock(3_500 + 10 * chance(0, 20 + 25 * weakness), seat),
        "G3" => clock(5_850 + 10 * chance(0, 25 + 25 * weakness), seat),
        "G2" => chance(0, 2 + 3 * weakness).to_string(),
        "G4" => {
            let halves = 23 - 3 * weakness - chance(0, 3) + chance(1 + seat, 3) - 1;
            if halves.is_multiple_of(2) { (halves / 2).to_string() } else { format!("{}.5", halves / 2) }
        }
        "MD.2" if chance(0, 12) == 0 => "1".to_owned(),
        _ => String::new(),
    }
}

/// A key with so many neighbours exchanged.
fn exchanged(key: &str, times: usize) -> String {
    let mut cups: Vec<char> = key.chars().collect();
    for at in 0..times.min(4) {
        cups.swap(at, at + 1);
    }
    cups.into_iter().collect()
}

/// Tenths of a second as the timekeeper in a seat stopped them.
fn clock(tenths: usize, seat: usize) -> String {
    let tenths = tenths + 4 * seat;
    format!("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}
