//! Standings as CSV, as JSON, and as aligned text.

use super::faults::one_line;
use super::read::Read;
use jiangsai_scoring::{Board, ColumnKind, Derivation, Engine, EntryStatus, Outcome, Score, Standing, TeamStanding};
use serde_json::{Value, json};

/// Everything there is to print.
pub struct Page<'a> {
    /// The rulebook, checked.
    pub engine: &'a Engine,
    /// What was read.
    pub input: &'a Read,
    /// It, computed.
    pub board: &'a Board,
    /// What came of it.
    pub outcome: &'a Outcome,
}

/// The word for a status, as it is read.
#[must_use]
pub const fn status_word(status: EntryStatus) -> &'static str {
    match status {
        EntryStatus::Ok => "ok",
        EntryStatus::Absent => "absent",
        EntryStatus::Withdrawn => "withdrawn",
        EntryStatus::Retired => "retired",
        EntryStatus::Disqualified => "disqualified",
        EntryStatus::NotCheckedIn => "not_checked_in",
        EntryStatus::Unfinished => "unfinished",
        EntryStatus::Void => "void",
    }
}

const FIRST: [&str; 6] = ["rank", "entry", "name", "team", "status", "total"];

impl Page<'_> {
    /// The name of an entry; empty where none is given.
    #[must_use]
    pub fn name(&self, entry: &str) -> &str {
        self.input.names.get(entry).map_or("", String::as_str)
    }

    fn team(&self, entry: &str) -> &str {
        let found = self.input.field.entries.iter().find(|one| one.id == entry);
        found.and_then(|one| one.team.as_deref()).unwrap_or("")
    }

    /// The places, among the columns, of those that are printed beside the total.
    fn places(&self, wanted: impl Fn(ColumnKind) -> bool) -> Vec<usize> {
        let total = &self.engine.rulebook().ranking.by;
        let columns = self.engine.columns().iter().enumerate();
        columns.filter(|(_, column)| column.id != *total && wanted(column.kind)).map(|(index, _)| index).collect()
    }

    /// Decimals of the total, where it is rounded.
    fn digits_of_total(&self) -> Option<u8> {
        let rulebook = self.engine.rulebook();
        self.engine.columns().iter().find(|column| column.id == rulebook.ranking.by).and_then(|column| column.digits)
    }

    /// The header and a line for every entry; `say` writes a number, from its value, how it is printed, and its decimals where it is rounded.
    fn lines(&self, places: &[usize], say: impl Fn(&Score, &str, Option<u8>) -> String) -> Vec<Vec<String>> {
        let total_digits = self.digits_of_total();
        let ids = places.iter().map(|place| self.engine.columns()[*place].id.clone());
        let header = FIRST.iter().map(ToString::to_string).chain(ids).collect();
        let line = |standing: &Standing| {
            let first = [
                standing.rank.map(|rank| rank.to_string()).unwrap_or_default(),
                standing.entry.clone(),
                self.name(&standing.entry).to_owned(),
                self.team(&standing.entry).to_owned(),
                status_word(standing.status).to_owned(),
                say(&standing.total, &standing.shown, total_digits),
            ];
            let values = places.iter().map(|place| {
                let value = &standing.values[*place];
                say(&value.score, &value.shown, self.engine.columns()[*place].digits)
            });
            first.into_iter().chain(values).collect()
        };
        std::iter::once(header).chain(self.outcome.standings.iter().map(line)).collect()
    }

    /// Every value, one column each; a time is a number of seconds.
    ///
    /// # Errors
    /// What the writer says.
    pub fn csv(&self) -> Result<String, String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for line in self.lines(&self.places(|_| true), plain) {
            writer.write_record(&line).map_err(|error| error.to_string())?;
        }
        let bytes = writer.into_inner().map_err(|error| error.to_string())?;
        String::from_utf8(bytes).map_err(|error| error.to_string())
    }

    /// Everything, with names and columns; with the derivation of an entry where one is asked for.
    ///
    /// # Errors
    /// What the serialiser says.
    pub fn json(&self, explained: Option<(&str, &Derivation)>) -> Result<String, String> {
        let said = |error: serde_json::Error| error.to_string();
        let mut all = serde_json::to_value(self.outcome).map_err(said)?;
        if let Some(lines) = all.get_mut("standings").and_then(Value::as_array_mut) {
            for (line, standing) in lines.iter_mut().zip(&self.outcome.standings) {
                line["name"] = json!(self.name(&standing.entry));
                line["team"] = json!(self.team(&standing.entry));
            }
        }
        all["rulebook"] = json!(self.engine.rulebook().id);
        all["columns"] = serde_json::to_value(self.engine.columns()).map_err(said)?;
        if let Some((entry, tree)) = explained {
            all["explained"] = json!({ "entry": entry, "derivation": serde_json::to_value(tree).map_err(said)? });
        }
        Ok(serde_json::to_string_pretty(&all).map_err(said)? + "\n")
    }

    /// Modules, parts and total as aligned text; under it, what stands behind a rank or the lack of one.
    #[must_use]
    pub fn table(&self) -> String {
        let lines = self
            .lines(&self.places(|kind| matches!(kind, ColumnKind::Module | ColumnKind::Part)), |_, shown, _| {
                shown.to_owned()
            });
        let mut text = align(&lines);
        let notes: Vec<String> = self.outcome.standings.iter().filter_map(|standing| self.note(standing)).collect();
        let checks = self.outcome.checks.iter().map(|check| match &check.spread {
            Some(spread) => format!(
                "{}: the marks of {} differ by {spread}, more than {}: to be marked again",
                check.entry, check.item, check.limit
            ),
            None => format!(
                "{}: the spread of {} cannot be compared ({} of the panel marked)",
                check.entry, check.item, check.judges
            ),
        });
        let gets = self
            .outcome
            .standings
            .iter()
            .filter_map(|standing| self.gets(standing).map(|gets| format!("{}: {gets}", standing.entry)));
        let awards = self.outcome.awards.iter().filter(|award| award.vacant > 0 || !award.unsettled.is_empty());
        let awards = awards.map(|award| match award.unsettled.as_slice() {
            [] => format!("{}: {} of {} places vacant", award.award, award.vacant, award.places),
            equal => format!("{}: to be decided between {}", award.award, equal.join(" ")),
        });
        let notes: Vec<String> = notes
            .into_iter()
            .chain(checks)
            .chain(self.oddities())
            .chain(gets)
            .chain(awards)
            .map(|note| one_line(&note))
            .collect();
        if !notes.is_empty() {
            text.push('\n');
        }
        for note in notes {
            text.push_str(&note);
            text.push('\n');
        }
        if !self.outcome.teams.is_empty() {
            text.push('\n');
            text.push_str(&self.teams());
        }
        text
    }

    /// The teams, aligned.
    fn teams(&self) -> String {
        let header = ["rank", "team", "members", "", "", "total"].map(str::to_owned).to_vec();
        let line = |team: &TeamStanding| {
            let rank = team.rank.map(|rank| rank.to_string()).unwrap_or_default();
            vec![rank, team.team.clone(), team.members.join(" "), String::new(), String::new(), team.shown.clone()]
        };
        align(&std::iter::once(header).chain(self.outcome.teams.iter().map(line)).collect::<Vec<_>>())
    }

    /// The awards of an entry and what it is proposed for.
    #[must_use]
    pub fn gets(&self, standing: &Standing) -> Option<String> {
        let rulebook = self.engine.rulebook();
        let tiers = rulebook.awards.as_ref().map_or(&[][..], |awards| &awards.tiers);
        let awards = standing.awards.iter().filter_map(|id| tiers.iter().find(|tier| tier.id == *id));
        let honours = standing.honours.iter().filter_map(|id| rulebook.honours.iter().find(|honour| honour.id == *id));
        let names: Vec<String> = awards
            .map(|tier| tier.name.get("en").to_owned())
            .chain(honours.map(|honour| format!("proposed for {}", honour.name.get("en"))))
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// A number that a program reads: as it is printed, but a time, the only one with a colon, in seconds.
fn plain(score: &Score, shown: &str, digits: Option<u8>) -> String {
    match (score, digits) {
        (Score::Value(time), Some(digits)) if shown.contains(':') && time.has_decimals(digits) => time.fixed(digits),
        (Score::Value(time), _) if shown.contains(':') => time.to_string(),
        _ => shown.to_owned(),
    }
}

/// Columns side by side, two spaces between; ranks and numbers to the right, words to the left.
fn align(lines: &[Vec<String>]) -> String {
    let lines: Vec<Vec<String>> = lines.iter().map(|line| line.iter().map(|cell| one_line(cell)).collect()).collect();
    let count = lines.first().map_or(0, Vec::len);
    let used = |column: usize| lines.iter().skip(1).any(|line| !line[column].is_empty());
    let widest = |column: usize| lines.iter().map(|line| width(&line[column])).max().unwrap_or(0);
    // Names and teams that nobody gave take no room.
    let shown: Vec<(usize, usize)> =
        (0..count).filter(|column| !(2..4).contains(column) || used(*column)).map(|one| (one, widest(one))).collect();
    let mut text = String::new();
    for line in &lines {
        let cells: Vec<String> = shown
            .iter()
            .map(|(column, widest)| {
                let (cell, blank) = (&line[*column], " ".repeat(widest - width(&line[*column])));
                if (1..5).contains(column) { format!("{cell}{blank}") } else { format!("{blank}{cell}") }
            })
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Places a text takes on a terminal: two for a Chinese character, none for a mark over another.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match u32::from(c) {
            0x0300..=0x036f | 0x200b..=0x200f | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
            0x1100..=0x115f
            | 0x2e80..=0x303e
            | 0x3041..=0xa4cf
            | 0xa960..=0xa97c
            | 0xac00..=0xd7a3
            | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f
            | 0xff01..=0xff60
            | 0xffe0..=0xffe6
            | 0x1f300..=0x1f64f
            | 0x1f900..=0x1f9ff
            | 0x20000..=0x3fffd => 2,
            _ => 1,
        })
        .sum()
}
