//! Marks of the sample: the worked entry and the planted ties as written, the rest spread evenly by integer arithmetic.

use crate::ids::ItemId;
use jiangsai_scoring::rulebook::{Input, Item};
use jiangsai_scoring::templates::WASTEWATER_SAMPLE_1;
use jiangsai_scoring::{Mark, Rulebook, input};

/// The entry that never came.
pub(super) const ABSENT: usize = 22;
/// The entry that was disqualified.
pub(super) const DISQUALIFIED: usize = 40;

/// Marks typed as a judge would: item, then one text, or one a judge.
type Sheet = &'static [(&'static str, &'static [&'static str])];

/// The worked entry S07.
const WORKED: Sheet = &[
    ("T", &["87"]),
    ("A1.1", &["1"]),
    ("A2.1", &["1"]),
    ("A3.3", &["3"]),
    ("A4.1", &["1"]),
    ("B1.2", &["1"]),
    ("B2.2", &["3"]),
    ("B3.1", &["3.5", "3", "3.5", "4", "3"]),
    ("B3.2", &["4", "4.5", "3.5", "4", "4.5"]),
    ("B3.3", &["2.5", "2", "2.5", "3", "2.5"]),
    ("C2.3", &["1"]),
    ("C4.1", &["2", "3", "2"]),
    ("C4.2", &["3", "2", "3"]),
    ("TIME", &["152:30"]),
];
/// Theory 88, practice 85.50, total 86.25.
const LOWER: Sheet = &[
    ("T", &["88"]),
    ("A2.1", &["2"]),
    ("A3.1", &["3"]),
    ("A3.2", &["4"]),
    ("A3.3", &["1"]),
    ("B2.1", &["4"]),
    ("B3.1", &["3.5", "3.5", "4", "3", "3.5"]),
    ("B3.2", &["4.5", "4.5", "4.5", "5", "4"]),
    ("B3.3", &["2.5", "2.5", "2.5", "2", "3"]),
    ("TIME", &["149:10"]),
];
/// Theory 86.60, practice 86.10, total 86.25.
const HIGHER: Sheet = &[
    ("T", &["86.6"]),
    ("A2.2", &["2"]),
    ("A3.2", &["4"]),
    ("A3.3", &["1"]),
    ("B3.1", &["3", "3", "3", "3.5", "2.5"]),
    ("B3.2", &["4", "4", "3.5", "4.5", "3.5"]),
    ("B3.3", &["2", "2", "1.5", "2", "1.5"]),
    ("C4.1", &["2", "2", "1"]),
    ("C4.2", &["2", "3", "2"]),
    ("TIME", &["161:45"]),
];
/// Two entries with these marks differ in their time alone.
const EQUAL: Sheet = &[
    ("T", &["84"]),
    ("A1.2", &["1"]),
    ("A3.1", &["5"]),
    ("A3.3", &["3"]),
    ("B2.1", &["4"]),
    ("B3.1", &["3", "3.5", "3", "3.5", "3"]),
    ("B3.2", &["4", "4", "4.5", "4", "3.5"]),
    ("B3.3", &["2", "2.5", "2", "2", "2.5"]),
    ("C2.2", &["1"]),
    ("C3.1", &["3"]),
    ("C4.1", &["2", "2", "3"]),
    ("C4.2", &["2", "2", "2"]),
];

/// Every mark: entry, item, judge, value.
pub(super) fn marks() -> Vec<(usize, ItemId, Option<usize>, Mark)> {
    let Ok(rulebook) = Rulebook::from_json(WASTEWATER_SAMPLE_1) else { return Vec::new() };
    let mut marks = Vec::new();
    for entry in (0..60).filter(|entry| *entry != ABSENT) {
        for (place, item) in rulebook.items().iter().enumerate() {
            let judges: Vec<Option<usize>> = match item.panel() {
                None => vec![None],
                Some("report") => (0..5).map(Some).collect(),
                Some(_) => (5..8).map(Some).collect(),
            };
            let texts = texts(entry, place, item, judges.len());
            for (text, judge) in texts.iter().zip(judges) {
                if let Ok(mark) = input::parse_mark(item, text)
                    && mark != Mark::NotYet
                {
                    marks.push((entry, ItemId::from(item.id.as_str()), judge, mark));
                }
            }
        }
    }
    marks
}

/// What stands on the sheets of an entry for an item.
fn texts(entry: usize, place: usize, item: &Item, judges: usize) -> Vec<String> {
    let (sheet, time) = match entry {
        6 => (WORKED, "152:30"),
        14 => (LOWER, "149:10"),
        33 => (HIGHER, "161:45"),
        27 => (EQUAL, "144:05"),
        51 => (EQUAL, "150:20"),
        _ => return spread(entry, place, item, judges),
    };
    if item.id == "TIME" {
        return vec![time.to_owned()];
    }
    match sheet.iter().find(|(id, _)| *id == item.id) {
        Some((_, texts)) => texts.iter().map(|text| (*text).to_owned()).collect(),
        None => vec![full(item); judges],
    }
}

/// The mark for a faultless item.
fn full(item: &Item) -> String {
    match &item.input {
        Input::Deduction { .. } if item.max.is_none() => String::new(),
        Input::Deduction { .. } => "0".to_owned(),
        Input::Tick {} => "1".to_owned(),
        Input::Level { max, .. } => max.to_string(),
        Input::Choice { options } => {
            options.iter().map(|option| &option.value).max().map(ToString::to_string).unwrap_or_default()
        }
        // The sample's rulebook has none of these.
        Input::Count { .. } | Input::Placing { .. } | Input::Vote {} | Input::Answer { .. } => String::new(),
        Input::Number { .. } | Input::Time { .. } => item.max.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

/// A plausible mark: the better the entry, the nearer to full marks.
fn spread(entry: usize, place: usize, item: &Item, judges: usize) -> Vec<String> {
    let chance = |salt: usize, below: usize| mix(entry * 1_000 + place * 20 + salt) % below;
    // 0 for the best entries, 3 for the weakest.
    let weakness = mix(entry) % 4;
    let slips = [0, 0, 1, 0, 1, 2][chance(0, 6)].min(weakness + 1);
    match &item.input {
        Input::Deduction { .. } if item.max.is_none() => {
            let once = item.id == "AD.2" && chance(0, 9) == 0;
            vec![if once { "1".to_owned() } else { String::new() }]
        }
        Input::Deduction { .. } => vec![slips.to_string()],
        Input::Tick {} => vec![usize::from(chance(0, 10) + 1 > weakness).to_string()],
        Input::Choice { options } => {
            let at = (chance(0, 2) + chance(1, weakness + 1)).min(options.len() - 1);
            let mut values: Vec<_> = options.iter().map(|option| &option.value).collect();
            values.sort_by(|one, other| other.cmp(one));
            vec![values[at].to_string()]
        }
        Input::Level { .. } => {
            let low = if weakness > 2 { 1 } else { 2 };
            (0..judges).map(|judge| (low + chance(judge + 1, 2)).to_string()).collect()
        }
        Input::Time { .. } => vec![format!("{}:{:02}", 128 + weakness * 9 + chance(0, 14), chance(1, 60))],
        Input::Count { .. } | Input::Placing { .. } | Input::Vote {} | Input::Answer { .. } => vec![String::new()],
        Input::Number { .. } if item.panel().is_none() => {
            vec![(94 - weakness * 6 - chance(0, 9)).to_string()]
        }
        Input::Number { .. } => {
            // Halves of a point below full marks, a little different from judge to judge.
            let most: usize = item.max.as_ref().and_then(|max| max.to_string().parse().ok()).unwrap_or_default();
            let base = 2 * most - 1 - weakness.min(most) - chance(0, 2);
            let mark = |judge: usize| (base + chance(judge + 1, 3)).saturating_sub(1).min(2 * most);
            (0..judges)
                .map(mark)
                .map(|halves| if halves % 2 == 0 { format!("{}", halves / 2) } else { format!("{}.5", halves / 2) })
                .collect()
        }
    }
}

/// An even, repeatable scramble of a number.
pub(super) const fn mix(number: usize) -> usize {
    let mut z = (number as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 33) as usize
}
