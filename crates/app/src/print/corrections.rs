//! 成绩更正单: what was changed with a reason, by the numbers that judges know.

use super::lists::column;
use super::words;
use crate::host::Host;
use jiangsai_documents::{Align, Listing, Listings, Section};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::view::corrections::{Correction, corrections};
use jiangsai_domain::view::standings::status_of_text;
use jiangsai_locales::{Lang, text};

/// The corrections of an event, the oldest first.
pub(super) fn sheet(state: &Competition, request: &DocumentRequest, lang: Lang, clock: &dyn Host) -> Listings {
    let corrections = corrections(state, &request.event);
    let sealed = state.is_event_sealed(&request.event);
    let keys = [
        ("print-item-number", Align::Center, false),
        (if sealed { "print-blind-code" } else { "print-station" }, Align::Center, false),
        ("print-item", Align::Start, true),
        ("print-judge", Align::Center, false),
        ("print-before", Align::Center, false),
        ("print-after", Align::Center, false),
        ("print-reason", Align::Start, true),
        ("print-time", Align::Center, false),
    ];
    let value = |own: &str| match status_of_text(own, lang.tag()) {
        None => own.to_owned(),
        Some((key, None)) => words(lang, key),
        Some((key, Some(stage))) => text(lang, "status-since", &[("status", &words(lang, key)), ("stage", stage)]),
    };
    let row = |(at, own): (usize, &Correction)| {
        let item = own.item.as_ref().map(|(id, name)| format!("{id} {}", name.get(lang.tag())).trim().to_owned());
        vec![
            (at + 1).to_string(),
            own.entry.clone(),
            item.unwrap_or_else(|| words(lang, "print-status")),
            own.judge.clone(),
            value(&own.before),
            value(&own.after),
            own.reason.clone(),
            clock.moment(own.at),
        ]
    };
    let notes = if corrections.is_empty() { vec![words(lang, "print-no-corrections")] } else { Vec::new() };
    let signatures = ["print-signature-recorder", "print-signature-chief-judge", "print-signature-supervisor"];
    let list = Listing {
        columns: keys.into_iter().map(|(key, align, wide)| column(lang, key, align, wide)).collect(),
        sections: vec![Section { heading: String::new(), rows: corrections.iter().enumerate().map(row).collect() }],
        notes,
        signatures: signatures.map(|key| words(lang, key)).into(),
        ..Listing::default()
    };
    Listings { title: words(lang, "print-corrections"), lists: vec![list] }
}
