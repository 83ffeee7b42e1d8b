//! Certificates of an event: one for everybody who gets an award.

use super::awards::{AwardGroup, awards};
use super::{blind, entries};
use crate::command::certificates::{CertificateList, CertificateRow};
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::fact::{Certificate, CertificatePlace};
use crate::ids::{EntryId, EventId};
use crate::register::Register;
use std::collections::BTreeMap;

/// The certificates of an event; which pictures are there is for the caller to add.
///
/// # Errors
/// As for [`super::standings::standings`], and `names-sealed` while nobody may know who gets one.
pub fn list(state: &Competition, event: &EventId, top: u32) -> Result<CertificateList, Refusal> {
    blind::needs_names(state, event)?;
    let (view, groups) = awards(state, event, top)?;
    // A certificate stays valid however few ranks are looked at.
    let entitled = entitled(state, event)?;
    let rows: Vec<CertificateRow> = groups
        .into_iter()
        .flat_map(|group| {
            let (award, title) = (group.award, group.name);
            group.rows.into_iter().map(move |row| CertificateRow {
                certificate: None,
                award: award.clone(),
                title: title.clone(),
                rank: row.rank,
                entry: row.entry,
                name: row.name,
                unit: row.unit,
            })
        })
        .map(|row| {
            let certificate = state.certificates.get(&place(event, &row)).and_then(Register::value).cloned();
            CertificateRow { certificate, ..row }
        })
        .collect();
    let gone = state.certificates.iter().filter(|(own, _)| own.event == *event && !entitled.contains_key(*own));
    let superseded = gone.filter_map(|(_, register)| Some(register.value()?.number.clone())).collect();
    let unsettled = unsettled(state, event);
    let open = |row: &&CertificateRow| row.certificate.is_none() || unsettled.contains_key(&place(event, row));
    let unissued = rows.iter().filter(open).count();
    Ok(CertificateList {
        rows,
        unissued: u32::try_from(unissued).unwrap_or(u32::MAX),
        superseded,
        finalised: view.finalised.is_some() && !view.changed,
        pictures: Vec::new(),
    })
}

/// Who gets a certificate for what, with the rank.
fn entitled(state: &Competition, event: &EventId) -> Result<BTreeMap<CertificatePlace, Option<u32>>, Refusal> {
    let groups = awards(state, event, 0)?.1;
    let places = groups.into_iter().flat_map(|AwardGroup { award, rows, .. }| {
        rows.into_iter().map(move |row| {
            (CertificatePlace { event: event.clone(), entry: row.entry, award: award.clone() }, row.rank)
        })
    });
    Ok(places.collect())
}

/// Numbers of the certificates that are right now.
///
/// # Errors
/// As for [`super::standings::standings`].
pub fn holding(state: &Competition, event: &EventId) -> Result<Vec<String>, Refusal> {
    let own = state.certificates.iter().filter(|(place, _)| place.event == *event);
    let entitled = entitled(state, event)?;
    let right = own.filter(|(place, _)| entitled.contains_key(*place));
    let mut numbers: Vec<String> = right.filter_map(|(_, register)| Some(register.value()?.number.clone())).collect();
    numbers.sort();
    Ok(numbers)
}

/// Numbers of the certificates that are right now and would not be in another state of the competition: whose award would go to somebody
/// else; for a rank, who would have another; who would have another name or unit.
///
/// # Errors
/// As for [`super::standings::standings`].
pub fn undone(state: &Competition, then: &Competition, event: &EventId) -> Result<Vec<String>, Refusal> {
    let own: Vec<(&CertificatePlace, &Register<Certificate>)> =
        state.certificates.iter().filter(|(place, _)| place.event == *event).collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let (before, after) = (entitled(state, event)?, entitled(then, event)?);
    let wrong = own.into_iter().filter(|(place, _)| match (before.get(place), after.get(place)) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(one), Some(other)) => {
            place.award.is_none() && one != other || named(state, &place.entry) != named(then, &place.entry)
        }
    });
    let mut numbers: Vec<String> = wrong.filter_map(|(_, register)| Some(register.value()?.number.clone())).collect();
    numbers.sort();
    Ok(numbers)
}

/// Name and unit of an entry, as a certificate says them.
fn named(state: &Competition, entry: &EntryId) -> (String, String) {
    state.entries.get(entry).map(|entry| entries::name_and_unit(state, entry)).unwrap_or_default()
}

/// What issuing on two computers at once left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// Two certificates for one award; the later in display order holds.
    Twice,
    /// Its number was given to somebody else first.
    Taken,
}

/// Certificates of an event that two computers issued at once: twice for one award, or one number for two.
#[must_use]
pub fn unsettled(state: &Competition, event: &EventId) -> BTreeMap<CertificatePlace, Unsettled> {
    let mut first: BTreeMap<&str, (u64, &CertificatePlace)> = BTreeMap::new();
    for (place, register) in &state.certificates {
        if let Some((_, version)) = register.last() {
            let own = (version.order, place);
            let before = first.entry(version.value.number.as_str()).or_insert(own);
            *before = (*before).min(own);
        }
    }
    let own = state.certificates.iter().filter(|(place, _)| place.event == *event);
    let open = own.filter_map(|(place, register)| {
        let (_, version) = register.last()?;
        let taken = first.get(version.value.number.as_str()).is_some_and(|(_, owner)| *owner != place);
        let why = taken.then_some(Unsettled::Taken).or(register.crosses().then_some(Unsettled::Twice))?;
        Some((place.clone(), why))
    });
    open.collect()
}

/// What a line of the list is for.
#[must_use]
pub fn place(event: &EventId, row: &CertificateRow) -> CertificatePlace {
    CertificatePlace { event: event.clone(), entry: row.entry.clone(), award: row.award.clone() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::command::certificates::IssueCertificates;
    use crate::command::finalising::ConfirmResults;
    use crate::confirmation::Duty;
    use crate::decide::found::founded::{sample, take};
    use crate::decide::{certificates, results};
    use crate::envelope::Draft;
    use crate::fact::Fact;
    use crate::view::finalising;
    use crate::view::home::findings;

    #[test]
    fn what_two_computers_issued_at_once_is_a_finding_and_settled_by_issuing() {
        let (mut state, event) = sample();
        for (duty, name) in [(Duty::ChiefJudge, "模拟裁判长"), (Duty::Supervisor, "模拟总监督")] {
            let (competition, reason) = ("c".into(), "颁奖在即".into());
            let (name, seen) = (name.into(), finalising::seen(&state, &event).unwrap());
            let confirm = ConfirmResults { competition, event: event.clone(), duty, name, seen, reason };
            let drafts = results::confirm(&state, &confirm).unwrap();
            take(&mut state, drafts);
        }
        let drafts = results::finalise(&state, &event, "").unwrap();
        take(&mut state, drafts);
        let before = findings(&state, &event);
        let issue = |state: &Competition| {
            let pattern = "##".into();
            let command =
                IssueCertificates { competition: "c".into(), event: event.clone(), pattern, first: 1, top: 2 };
            let mut count = state.facts();
            certificates::issue(state, &command, || {
                count += 1;
                format!("V{count}")
            })
        };
        let drafts = issue(&state).unwrap();
        let given: Vec<(CertificatePlace, Certificate)> = drafts
            .iter()
            .filter_map(|draft| match &draft.fact {
                Fact::Certificate { place, certificate } => Some((place.clone(), certificate.clone())),
                _ => None,
            })
            .collect();
        take(&mut state, drafts);
        let [(first, number), (second, _)] = &given[..] else { unreachable!("two ranks") };
        // The other computer knew of none of it: another code for the first, the first's number for the second.
        let says = |place: &CertificatePlace, verification: &str, replaces| {
            let certificate = Certificate { number: number.number.clone(), verification: verification.into() };
            Draft { fact: Fact::Certificate { place: place.clone(), certificate }, replaces, reason: String::new() }
        };
        let late =
            vec![says(first, "other", Vec::new()), says(second, "another", state.certificates[second].current())];
        take(&mut state, late);
        let open: Vec<Unsettled> = unsettled(&state, &event).into_values().collect();
        assert!(open.len() == 2 && open.contains(&Unsettled::Twice) && open.contains(&Unsettled::Taken), "{open:?}");
        assert_eq!((findings(&state, &event), list(&state, &event, 2).unwrap().unissued), (before + 2, 2));
        let drafts = issue(&state).unwrap();
        take(&mut state, drafts);
        assert_eq!(findings(&state, &event), before);
        let number = |place: &CertificatePlace| state.certificates[place].agreed().unwrap().number.clone();
        assert_ne!(number(first), number(second), "one number, one certificate");
    }
}
