//! What hangs in public: the list to post (公示), and bulletins as they were published. One table for all of them.

use super::lists::column;
use super::sheets::rank_or_why;
use super::who::prizes;
use super::{named, words};
use jiangsai_documents::{Align, Column, Frame, Listing, Listings, Section};
use jiangsai_domain::bulletin::{BulletinKind, Columns, Heading, Row};
use jiangsai_domain::command::files::{DocumentRequest, Whom};
use jiangsai_domain::command::registration::FieldId;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::form;
use jiangsai_domain::view::{blind, bulletins};
use jiangsai_locales::{Lang, text};

/// What is posted.
struct Posted<'a> {
    kind: BulletinKind,
    columns: &'a Columns,
    sealed: bool,
    rows: &'a [Row],
    heading: &'a Heading,
    /// From when to when it hangs, in words.
    period: &'a str,
    contact: &'a str,
}

/// 公示 as the standings are now: rank, award, name, unit, and nothing else unless it was chosen.
///
/// # Errors
/// `names-sealed`, and those of the standings.
pub(super) fn list(
    state: &Competition,
    request: &DocumentRequest,
    lang: Lang,
    columns: &Columns,
    (period, contact): (&str, &str),
) -> Result<Listings, Refusal> {
    blind::needs_names(state, &request.event)?;
    let kind = BulletinKind::Posted;
    let rows = bulletins::table(state, &request.event, kind, columns)?;
    let heading = bulletins::heading(state, &request.event);
    let posted = Posted { kind, columns, sealed: false, rows: &rows, heading: &heading, period, contact };
    let closing = super::lists::issuer(state, lang);
    let listing = Listing { closing, ..listing(lang, &posted) };
    Ok(Listings { title: words(lang, "print-result-list"), lists: vec![listing] })
}

/// A bulletin with its number, as it was published on a day, `YYYY-MM-DD`.
///
/// # Errors
/// As for [`bulletins::one`].
pub(super) fn bulletin(
    state: &Competition,
    request: &DocumentRequest,
    lang: Lang,
    number: u32,
    day: impl Fn(i64) -> String,
) -> Result<Listings, Refusal> {
    let (at, own) = bulletins::one(state, &request.event, number)?;
    let period = own.period.as_ref().map(|period| {
        text(lang, "print-posted-range", &[("from", period.from.as_str()), ("until", period.until.as_str())])
    });
    let period = period.unwrap_or_default();
    let posted = Posted {
        kind: own.kind,
        columns: &own.columns,
        sealed: own.sealed,
        rows: &own.rows,
        heading: &own.heading,
        period: &period,
        contact: &own.contact,
    };
    let mut listing = listing(lang, &posted);
    if let Some(other) = own.corrects {
        listing.notes.push(text(lang, "print-bulletin-corrects", &[("number", &other.to_string())]));
    }
    let later = state.events.get(&request.event).and_then(|setup| bulletins::corrected_by(setup, number));
    if let Some(other) = later {
        listing.notes.push(text(lang, "print-bulletin-corrected", &[("number", &other.to_string())]));
    }
    let host = Some(own.heading.host.clone()).filter(|host| !host.is_empty());
    listing.closing = host.into_iter().chain([day(at)]).collect();
    let kind = words(lang, &format!("bulletin-kind-{}", own.kind.name()));
    let title = text(lang, "print-bulletin-title", &[("kind", &kind), ("number", &number.to_string())]);
    Ok(Listings { title, lists: vec![listing] })
}

/// What stands on every page of a bulletin: nothing of it changes with what came later.
///
/// # Errors
/// As for [`bulletins::one`].
pub(super) fn frame(
    state: &Competition,
    request: &DocumentRequest,
    lang: Lang,
    number: u32,
    moment: &str,
) -> Result<Frame, Refusal> {
    let (_, own) = bulletins::one(state, &request.event, number)?;
    let version = own.digest.get(..12).unwrap_or_default().to_owned();
    let provisional = own.kind == BulletinKind::Provisional;
    Ok(Frame {
        version,
        provisional,
        session: named(lang, &own.heading.sessions),
        ..super::headed(lang, &own.heading, moment)
    })
}

fn listing(lang: Lang, posted: &Posted<'_>) -> Listing {
    let prized = posted.rows.iter().any(|row| !row.awards.is_empty());
    let numbered = posted.rows.iter().any(|row| !row.number.is_empty());
    let (named, scores, occupation) =
        (!posted.sealed, posted.columns.scores, posted.columns.occupation && !posted.sealed);
    let mut columns = vec![column(lang, "print-rank", Align::Center, false)];
    columns.extend(prized.then(|| column(lang, "print-prize", Align::Center, false)));
    let number = if posted.sealed { "print-blind-code" } else { "print-entry-number" };
    columns.extend(numbered.then(|| column(lang, number, Align::Center, false)));
    if named {
        columns.push(column(lang, "print-name", Align::Center, true));
        columns.push(column(lang, "print-unit", Align::Start, true));
    }
    if occupation {
        let title = form::header(FieldId::Occupation).get(lang.tag()).to_owned();
        columns.push(Column { title, note: String::new(), align: Align::Center, wide: true });
    }
    columns.extend(scores.then(|| column(lang, "print-total-score", Align::End, false)));
    let row = |row: &Row| {
        let mut cells = vec![rank_or_why(lang, row.rank, row.status)];
        cells.extend(prized.then(|| prizes(lang, &row.awards)));
        cells.extend(numbered.then(|| row.number.clone()));
        if named {
            cells.extend([row.name.clone(), row.unit.clone()]);
        }
        cells.extend(occupation.then(|| row.occupation.clone()));
        cells.extend(scores.then(|| row.total.clone()));
        cells
    };
    let section = Section { heading: String::new(), rows: posted.rows.iter().map(row).collect() };
    let mut notes = Vec::new();
    if posted.rows.is_empty() {
        notes.push(words(lang, "print-no-winners"));
    }
    if posted.sealed {
        notes.push(words(lang, "print-sealed-note"));
    }
    Listing { lead: lead(lang, posted), columns, sections: vec![section], notes, ..Listing::default() }
}

/// The paragraphs before the table.
fn lead(lang: Lang, posted: &Posted<'_>) -> Vec<String> {
    let key = match (posted.kind, &posted.columns.whom) {
        (BulletinKind::Provisional, _) => "print-bulletin-provisional",
        (BulletinKind::Posted, Whom::Winners { .. }) => "print-posted-winners",
        (BulletinKind::Posted, _) => "print-posted-all",
        (BulletinKind::Announced, _) => "print-announced",
    };
    let Heading { competition, event, .. } = posted.heading;
    let mut lead = vec![text(lang, key, &[("competition", competition), ("event", event)])];
    if !posted.period.trim().is_empty() {
        lead.push(text(lang, "print-posted-period", &[("period", posted.period.trim())]));
    }
    if !posted.contact.trim().is_empty() {
        let posts = posted.kind == BulletinKind::Posted;
        let key = if posts { "print-posted-contact" } else { "print-contact" };
        lead.push(text(lang, key, &[("contact", posted.contact.trim())]));
    }
    lead
}
