//! 成绩更正单: what was changed with a reason, by the numbers that judges know.

use super::lists::column;
use super::words;
use crate::host::Host;
use jiangsai_documents::{Align, Listing, Listings, Section};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::view::corrections::{Corrected, Correction, corrections};
use jiangsai_domain::view::standings::status_of_text;
use jiangsai_locales::{Lang, text};

/// The corrections of an event, the oldest first.
pub(super) fn sheet(state: &Competition, request: &DocumentRequest, lang: Lang, clock: &dyn Host) -> Listings {
    let corrections = corrections(state, &request.event);
    let sealed = state.is_event_sealed(&request.event);
    let keys = [
        ("print-item-number", Align::Center, false),
        (if sealed { "print-blind-code" } else { "print-station" }, Align::Center, false),
        ("print-corrected", Align::Start, true),
        ("print-judge", Align::Center, false),
        ("print-before", Align::Center, false),
        ("print-after", Align::Center, false),
        ("print-reason", Align::Start, true),
        ("print-time", Align::Center, false),
    ];
    let row = |(at, own): (usize, &Correction)| {
        vec![
            (at + 1).to_string(),
            own.entry.clone(),
            of(lang, &own.of),
            own.judge.clone(),
            value(lang, &own.of, &own.before),
            value(lang, &own.of, &own.after),
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

/// What was corrected, in words.
fn of(lang: Lang, of: &Corrected) -> String {
    match of {
        Corrected::Mark(id, name) => format!("{id} {}", name.get(lang.tag())).trim().to_owned(),
        Corrected::Status => words(lang, "print-status"),
        Corrected::Value(name, text) => format!("{} {text}", name.get(lang.tag())).trim().to_owned(),
        Corrected::Rulebook => words(lang, "print-corrected-rules"),
        Corrected::Decision => words(lang, "print-corrected-equals"),
    }
}

/// What stood or stands there, in words.
fn value(lang: Lang, of: &Corrected, own: &str) -> String {
    match (of, status_of_text(own, lang.tag())) {
        (Corrected::Rulebook, _) if !own.is_empty() => text(lang, "print-rules-version-nth", &[("version", own)]),
        (Corrected::Status, Some((key, None))) => words(lang, key),
        (Corrected::Status, Some((key, Some(stage)))) => {
            text(lang, "status-since", &[("status", &words(lang, key)), ("stage", stage)])
        }
        _ => own.to_owned(),
    }
}
