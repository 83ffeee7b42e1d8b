//! What was found, each thing once with the states and sights it was found in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Something that a check does not like.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which check.
    pub check: String,
    /// Where: test id and element.
    pub place: String,
    /// What is there.
    pub what: String,
}

/// All findings so far: check and place → what was there, and where it was seen.
#[derive(Default)]
pub struct Report(BTreeMap<(String, String), (BTreeSet<String>, BTreeSet<String>)>);

impl Report {
    /// Takes findings of a state in a sight.
    pub fn take(&mut self, seen: &str, findings: Vec<Finding>) {
        for finding in findings {
            let (whats, sights) = self.0.entry((finding.check, finding.place)).or_default();
            whats.insert(finding.what);
            sights.insert(seen.to_owned());
        }
    }

    /// Writes them; answers how many there are.
    pub fn write(&self, path: &Path) -> std::io::Result<usize> {
        let mut text = String::new();
        for ((check, place), (whats, sights)) in &self.0 {
            let some = |all: &BTreeSet<String>, most| {
                let more = if all.len() > most { format!(" and {} more", all.len() - most) } else { String::new() };
                format!("{}{more}", all.iter().take(most).cloned().collect::<Vec<_>>().join(" | "))
            };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{check} — {place}\n    {}\n    in {}", some(whats, 6), some(sights, 4));
        }
        std::fs::write(path, text)?;
        Ok(self.0.len())
    }
}
