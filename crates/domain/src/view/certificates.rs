//! Certificates of an event: one for everybody who gets an award.

use super::awards::awards;
use super::blind;
use crate::command::certificates::{CertificateList, CertificateRow};
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::fact::CertificatePlace;
use crate::ids::EventId;
use crate::register::Register;

/// The certificates of an event; which pictures are there is for the caller to add.
///
/// # Errors
/// As for [`super::standings::standings`], and `names-sealed` while nobody may know who gets one.
pub fn list(state: &Competition, event: &EventId, top: u32) -> Result<CertificateList, Refusal> {
    blind::needs_names(state, event)?;
    let (view, groups) = awards(state, event, top)?;
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
    let places: Vec<CertificatePlace> = rows.iter().map(|row| place(event, row)).collect();
    let gone = state.certificates.iter().filter(|(own, _)| own.event == *event && !places.contains(own));
    let superseded = gone.filter_map(|(_, register)| Some(register.value()?.number.clone())).collect();
    let unissued = rows.iter().filter(|row| row.certificate.is_none()).count();
    Ok(CertificateList {
        rows,
        unissued: u32::try_from(unissued).unwrap_or(u32::MAX),
        superseded,
        finalised: view.finalised.is_some() && !view.changed,
        pictures: Vec::new(),
    })
}

/// What a line of the list is for.
#[must_use]
pub fn place(event: &EventId, row: &CertificateRow) -> CertificatePlace {
    CertificatePlace { event: event.clone(), entry: row.entry.clone(), award: row.award.clone() }
}
