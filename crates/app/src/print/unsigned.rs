//! 未交表清单: sheets that are not handed in, by judge, with what is missing. Entries go by blind code.

use super::lists::column;
use super::words;
use jiangsai_documents::{Align, Listing, Listings, Section};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::command::hall::HallSheet;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::view::hall::hall;
use jiangsai_locales::{Lang, text};

/// The list.
///
/// # Errors
/// Those of the hall.
pub(super) fn unsigned(state: &Competition, request: &DocumentRequest, lang: Lang) -> Result<Listings, Refusal> {
    let mut open: Vec<HallSheet> = hall(state, &request.event)?.sheets;
    open.retain(|sheet| !sheet.is_handed_in());
    // A judge is asked once for all that is missing.
    open.sort_by(|one, other| one.who.cmp(&other.who));
    let count = open.len().to_string();
    let row = |sheet: &HallSheet| {
        let missing: Vec<String> = sheet.missing.iter().map(ToString::to_string).collect();
        let missing = match missing.is_empty() {
            true if sheet.changed => words(lang, "print-changed-since-signed"),
            true => words(lang, "print-only-signature"),
            false => missing.join(" "),
        };
        let who = if sheet.who.is_empty() { words(lang, "hall-nobody") } else { sheet.who.clone() };
        let module = sheet.name.get(lang.tag()).to_owned();
        vec![who, sheet.session.clone(), sheet.station.clone(), module, missing]
    };
    let section = Section { heading: String::new(), rows: open.iter().map(row).collect() };
    Ok(Listings {
        title: words(lang, "print-unsigned"),
        lists: vec![Listing {
            columns: vec![
                column(lang, "hall-judge", Align::Center, false),
                column(lang, "hall-session", Align::Center, false),
                column(lang, "hall-station", Align::Center, false),
                column(lang, "hall-module", Align::Start, true),
                column(lang, "hall-missing", Align::Start, true),
            ],
            sections: vec![section],
            notes: vec![text(lang, "print-unsigned-count", &[("count", &count)])],
            signatures: vec![words(lang, "print-signature-chief-judge")],
            ..Listing::default()
        }],
    })
}
