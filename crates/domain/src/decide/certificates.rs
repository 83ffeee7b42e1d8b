//! Giving numbers to certificates.

use super::{draft, event};
use crate::command::certificates::IssueCertificates;
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::{Certificate, Fact};
use crate::view::certificates::{self, Unsettled};
use crate::view::finalising;
use std::collections::BTreeSet;

/// Most digits of a running number.
const DIGITS: usize = 8;

/// Certificates that have no number get one, in the order of the list. Of two certificates that were issued for one award at once the
/// later holds; of two with one number the later gets another. `fresh` makes verification ids: random, and never the same twice.
///
/// # Errors
/// `certificate-not-final`, `results-changed` while final results are not what was confirmed, `names-sealed`, `certificate-pattern` unless exactly one row of at most eight `#` stands in it, `certificate-nobody` when there is
/// nobody to give one to, and those of the standings.
pub fn issue(
    state: &Competition,
    command: &IssueCertificates,
    mut fresh: impl FnMut() -> String,
) -> Result<Vec<Draft>, Refusal> {
    if !event(state, &command.event)?.is_final() {
        return Err(Refusal::new("certificate-not-final"));
    }
    if finalising::has_changed(state, &command.event) {
        return Err(Refusal::new("results-changed"));
    }
    let (before, digits, after) = pattern(&command.pattern).ok_or(Refusal::new("certificate-pattern"))?;
    let list = certificates::list(state, &command.event, command.top)?;
    let unsettled = certificates::unsettled(state, &command.event);
    if list.unissued == 0 && unsettled.is_empty() {
        return Err(Refusal::new("certificate-nobody"));
    }
    let every = state.certificates.values().flat_map(|register| register.versions());
    let given: BTreeSet<&str> = every.map(|(_, version)| version.value.number.as_str()).collect();
    let mut numbers = (u64::from(command.first)..).map(|number| format!("{before}{number:0digits$}{after}"));
    let mut number = || numbers.find(|number| !given.contains(number.as_str())).unwrap_or_default();
    let rows = list.rows.iter().filter(|row| row.certificate.is_none());
    let drafts = rows.map(|row| {
        let certificate = Certificate { number: number(), verification: fresh() };
        draft(Fact::Certificate { place: certificates::place(&command.event, row), certificate }, Vec::new(), "")
    });
    let mut drafts: Vec<Draft> = drafts.collect();
    for (place, why) in unsettled {
        let Some(register) = state.certificates.get(&place) else { continue };
        let certificate = match (why, register.value()) {
            (Unsettled::Twice, Some(later)) => later.clone(),
            _ => Certificate { number: number(), verification: fresh() },
        };
        drafts.push(draft(Fact::Certificate { place, certificate }, register.current(), ""));
    }
    Ok(drafts)
}

/// What stands before the running number, its digits, and what stands after it.
fn pattern(text: &str) -> Option<(&str, usize, &str)> {
    let (before, rest) = text.trim().split_once('#')?;
    let more = rest.len() - rest.trim_start_matches('#').len();
    let after = &rest[more..];
    (more < DIGITS && !after.contains('#')).then_some((before, more + 1, after))
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_pattern_has_one_running_number() {
        assert_eq!(pattern("区赛证字〔2025〕###号"), Some(("区赛证字〔2025〕", 3, "号")));
        assert_eq!(pattern("#"), Some(("", 1, "")));
        for wrong in ["", "第1号", "#-#", "#########"] {
            assert_eq!(pattern(wrong), None, "{wrong}");
        }
    }
}
