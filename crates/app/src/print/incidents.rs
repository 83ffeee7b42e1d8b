//! 赛场情况记录表: what happened in the hall, with room for contestant and judge to sign; where nothing is recorded a form to fill in by hand.

use super::lists::column;
use super::words;
use crate::host::Host;
use jiangsai_documents::{Align, Listing, Listings, Section};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::view::incidents::{Incident, incidents};
use jiangsai_domain::view::standings::status_of_text;
use jiangsai_locales::{Lang, message, text};

/// Empty lines of a form.
const LINES: usize = 15;

/// The record of an event, the oldest first.
pub(super) fn record(state: &Competition, request: &DocumentRequest, lang: Lang, clock: &dyn Host) -> Listings {
    let all = incidents(state, &request.event);
    let sealed = state.is_event_sealed(&request.event);
    let keys = [
        ("print-sequence", Align::Center, false),
        ("print-time", Align::Center, false),
        (if sealed { "print-blind-code" } else { "print-station" }, Align::Center, false),
        ("print-module", Align::Center, false),
        ("print-incident", Align::Start, true),
        ("print-reason", Align::Start, true),
        ("print-incident-contestant", Align::Center, false),
        ("print-incident-judge", Align::Center, false),
    ];
    let row = |(at, own): (usize, &Incident)| {
        vec![
            (at + 1).to_string(),
            clock.moment(own.at),
            own.entry.clone(),
            own.module.clone(),
            said(lang, own),
            own.reason.clone(),
            String::new(),
            String::new(),
        ]
    };
    let rows = if all.is_empty() {
        vec![vec![String::new(); keys.len()]; LINES]
    } else {
        all.iter().enumerate().map(row).collect()
    };
    let notes = if all.is_empty() { vec![words(lang, "print-incident-none")] } else { Vec::new() };
    let list = Listing {
        columns: keys.into_iter().map(|(key, align, wide)| column(lang, key, align, wide)).collect(),
        sections: vec![Section { heading: String::new(), rows }],
        notes,
        signatures: ["print-signature-chief-judge", "print-signature-supervisor"].map(|key| words(lang, key)).into(),
        ..Listing::default()
    };
    Listings { title: words(lang, "print-incidents"), lists: vec![list] }
}

/// What happened, in words; a status is a key of its own.
fn said(lang: Lang, own: &Incident) -> String {
    let (key, args) = &own.what;
    let status =
        args.iter().find(|(name, _)| name == "status").and_then(|(_, status)| status_of_text(status, lang.tag()));
    match status {
        None => message(lang, key, args),
        Some((status, None)) => text(lang, key, &[("status", &words(lang, status))]),
        Some((status, Some(stage))) => {
            let since = text(lang, "status-since", &[("status", &words(lang, status)), ("stage", stage)]);
            text(lang, key, &[("status", &since)])
        }
    }
}
