//! 获奖证书.

use super::words;
use jiangsai_documents::{Artwork, Certificate, Certificates};
use jiangsai_domain::command::certificates::CertificateRow;
use jiangsai_domain::command::files::{DocumentRequest, Slice, Whom};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::EventId;
use jiangsai_domain::view::certificates::list;
use jiangsai_locales::{Lang, text};

/// Those who are asked for, the highest award first.
///
/// # Errors
/// `names-sealed`, and those of the standings.
pub(super) fn wanted(state: &Competition, event: &EventId, whom: &Whom) -> Result<Vec<CertificateRow>, Refusal> {
    let top = if let Whom::Winners { top } = whom { *top } else { 0 };
    let mut rows = list(state, event, top)?.rows;
    rows.retain(|row| match whom {
        Whom::Winners { .. } | Whom::All => true,
        Whom::Top(top) => row.rank.is_some_and(|rank| *top == 0 || rank <= *top),
        Whom::Entry(entry) => row.entry == *entry,
    });
    Ok(rows)
}

/// The certificates of those who are asked for, the highest award first. Pictures are given by the caller.
///
/// # Errors
/// `names-sealed`, `certificate-nobody`, and those of the standings.
pub(super) fn certificates(
    state: &Competition,
    request: &DocumentRequest,
    lang: Lang,
    (whom, part): (&Whom, Option<Slice>),
    pictures: [Option<Artwork>; 2],
) -> Result<Certificates, Refusal> {
    let settings = state.settings();
    let event = state.events.get(&request.event).and_then(|event| event.name.value()).cloned().unwrap_or_default();
    let args = [("competition", settings.title.as_str()), ("event", &event)];
    let body = text(lang, "print-certificate-text", &args);
    let rows = Slice::of(part, wanted(state, &request.event, whom)?.into_iter());
    let certificate = |row: CertificateRow| {
        let rank = row.rank.map(|rank| rank.to_string()).unwrap_or_default();
        let award = match row.award {
            Some(_) => row.title.get(lang.tag()).to_owned(),
            None => text(lang, "print-rank-nth", &[("rank", &rank)]),
        };
        let (number, verification) = row.certificate.map(|own| (own.number, own.verification)).unwrap_or_default();
        Certificate { name: row.name, unit: row.unit, text: body.clone(), award, number, verification }
    };
    let all: Vec<Certificate> = rows.map(certificate).collect();
    if all.is_empty() {
        return Err(Refusal::new("certificate-nobody"));
    }
    let [background, seal] = pictures;
    Ok(Certificates {
        all,
        issuers: [settings.host].into_iter().filter(|host| !host.is_empty()).collect(),
        date: date(lang, &settings.date),
        background,
        seal,
    })
}

/// A date `YYYY-MM-DD` in words; anything else as it stands.
fn date(lang: Lang, date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    match (lang, parts.as_slice()) {
        (_, [""]) => words(lang, "print-date-blank"),
        (Lang::Zh, [year, month, day]) => {
            format!("{year}年{}月{}日", month.trim_start_matches('0'), day.trim_start_matches('0'))
        }
        _ => date.to_owned(),
    }
}
