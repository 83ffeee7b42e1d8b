//! What stands on the paper sheets of the day, and typing in those that are only more of the same.
//!
//! Stations come in order of merit: ten at a time have the same practice, and theory sets them apart; are equal in everything.

use crate::journeys::commands::Here;
use crate::journeys::harness::Screen;
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Stations of a session.
pub const STATIONS: usize = 20;
/// Everybody.
pub const ENTRIES: usize = 60;

/// What the judges of the report give; every entry gets all five, from others each.
const REPORT: [[&str; 3]; 5] =
    [["3.5", "4", "2.5"], ["3", "4.5", "2"], ["3.5", "3.5", "2.5"], ["4", "4", "3"], ["3", "4.5", "2.5"]];
/// What the judges on site give, likewise.
const CRAFT: [[&str; 2]; 3] = [["2", "3"], ["3", "2"], ["2", "3"]];

/// A sheet as it is listed.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its number, twelve digits.
    pub number: String,
    /// Session and station, as `A-07`.
    pub station: String,
    /// `A`, `B` or `C`.
    pub module: char,
    /// Code of the judge; empty for what is agreed.
    pub judge: String,
    /// Nobody typed it yet.
    missing: bool,
}

impl Sheet {
    fn read(line: &Value) -> Option<Self> {
        let text = |name: &str| Some(line[name].as_str()?.to_owned());
        let module = line["module"]["zh"].as_str()?.trim_start_matches("模块").chars().next()?;
        let station = format!("{}-{}", text("session")?, text("code")?);
        Some(Self {
            number: text("number")?,
            station,
            module,
            judge: text("judge")?,
            missing: line["state"] == "missing",
        })
    }

    /// Where its entry stands in the order of merit, from 0.
    fn place(&self) -> usize {
        place_of(&self.station)
    }

    /// Its lines, as they are typed.
    pub fn texts(&self) -> Vec<String> {
        let block = (self.place() / 10).to_string();
        let seat = |panel: &str| self.judge.trim_start_matches(panel).parse::<usize>().unwrap_or(1) - 1 + self.place();
        let lines: Vec<&str> = match (self.module, self.judge.is_empty()) {
            ('A', _) => {
                vec!["0", "0", &block, "0", "0", "0.9996", "12.50", "12.50", "12.50", "0", "1", "1", "1", "", ""]
            }
            ('B', true) => vec!["0", "1", "0", "2.85", "78.5"],
            ('B', false) => REPORT[seat("P") % REPORT.len()].to_vec(),
            (_, true) => vec!["0", "0", "3", "3", "1", "3", "0.03", "0"],
            (_, false) => CRAFT[seat("X") % CRAFT.len()].to_vec(),
        };
        lines.into_iter().map(str::to_owned).collect()
    }

    /// The written total of a sheet of points in halves.
    pub fn sum(&self) -> String {
        let halves = |text: &String| {
            let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
            2 * whole.parse::<usize>().unwrap_or_default() + usize::from(rest == "5")
        };
        shown(self.texts().iter().map(halves).sum())
    }

    /// Its lines on the numeric keypad, each with Enter.
    pub fn keys(&self) -> String {
        self.texts().into_iter().map(|text| text + "E").collect()
    }
}

/// Halves as they are typed.
fn shown(halves: usize) -> String {
    if halves.is_multiple_of(2) { (halves / 2).to_string() } else { format!("{}.5", halves / 2) }
}

/// Where a station stands in the order of merit, from 0.
pub fn place_of(station: &str) -> usize {
    let (session, number) = station.split_once('-').unwrap_or_default();
    let session = "ABC".find(session).unwrap_or_default();
    session * STATIONS + number.parse::<usize>().unwrap_or(1) - 1
}

/// Theory results in order of merit; those of are equal.
pub fn theory(place: usize) -> String {
    shown(2 * 97 - if place == 7 { 6 } else { place })
}

/// The time of practice of an entry.
pub fn time(place: usize) -> String {
    format!("{}:10", 140 + place / 10)
}

/// All sheets.
async fn sheets(screen: &Screen, here: &Here) -> Result<Vec<Sheet>> {
    let list = screen.call("paper.list", here.with(json!({}))).await?;
    Ok(list["sheets"].as_array().into_iter().flatten().filter_map(Sheet::read).collect())
}

/// The sheet of a station, a module and a judge.
pub async fn sheet(screen: &Screen, here: &Here, station: &str, module: char, judge: &str) -> Result<Sheet> {
    let found = sheets(screen, here).await?.into_iter();
    let mut found = found.filter(|own| own.station == station && own.module == module && own.judge == judge);
    found.next().with_context(|| format!("the sheet {station} {module} {judge}"))
}

/// Types and confirms the sheets that nobody typed yet and that `wanted` takes.
pub async fn type_rest(screen: &Screen, here: &Here, wanted: impl Fn(&Sheet) -> bool) -> Result<usize> {
    let all = sheets(screen, here).await?.into_iter().filter(|own| own.missing && wanted(own));
    let mut commands = Vec::new();
    for own in all {
        let (number, texts) = (&own.number, own.texts());
        let record = json!({"number": number, "by": "模拟录分员", "texts": texts, "total": "-", "reason": ""});
        let check = json!({"number": number, "by": "模拟核分员", "how": "blind", "texts": texts});
        commands.push(("paper.record".to_owned(), here.with(record)));
        commands.push(("paper.check".to_owned(), here.with(check)));
    }
    Ok(screen.calls(commands).await?.len() / 2)
}
