//! 抽签登记表: who drew what, with room to sign.

use super::words;
use jiangsai_documents::{Align, Column, SignedTable};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::draw::DrawPlace;
use jiangsai_domain::draw::Layer;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::view::blind;
use jiangsai_domain::view::draw::{both_sealing_and_marking, rows, show};
use jiangsai_locales::{Lang, message, text};

/// The register of one draw; before anything is drawn it is a form to fill in.
///
/// # Errors
/// `names-sealed` until the seal is opened: it holds the very thing that is sealed.
pub(crate) fn draw(state: &Competition, place: DrawPlace, lang: Lang) -> Result<SignedTable, Refusal> {
    blind::needs_names(state, place.event)?;
    let event = jiangsai_domain::decide::event(state, place.event)?;
    let view = show(state, place.event, Some(&(place.layer, place.session.to_owned())))?;
    let together = place.layer == Layer::Place && place.session.is_empty();
    let column = |key: &str, align, wide| Column { title: words(lang, key), note: String::new(), align, wide };
    let mut columns = vec![column("print-sequence", Align::Center, false)];
    match place.layer {
        Layer::Number => {}
        Layer::Place => columns.push(column("print-entry-number", Align::Center, false)),
        Layer::Work => columns.push(column("print-station", Align::Center, false)),
    }
    columns.push(column("print-name", Align::Start, true));
    columns.push(column("print-unit", Align::Start, true));
    if together {
        columns.push(column("print-session", Align::Center, false));
    }
    columns.push(column(place.layer.key(), Align::Center, false));
    columns.push(column("print-contestant-signature", Align::Start, true));
    let row = |(at, row): (usize, jiangsai_domain::command::draw::DrawRow)| {
        let mut cells = vec![(at + 1).to_string()];
        if place.layer != Layer::Number {
            cells.push(row.before);
        }
        cells.extend([row.name, row.unit]);
        if together {
            cells.push(row.session);
        }
        cells.extend([row.code, String::new()]);
        cells
    };
    let mut notes = Vec::new();
    if let Some(held) = &view.held {
        notes.push(match &held.seed {
            Some(seed) => text(lang, "print-draw-by-computer", &[("seed", seed)]),
            None => words(lang, "print-draw-by-lots"),
        });
        if held.voided > 0 {
            notes.push(text(lang, "print-draw-voided", &[("count", &held.voided.to_string())]));
        }
    }
    notes
        .extend(both_sealing_and_marking(state, place.event, event).iter().map(|(key, args)| message(lang, key, args)));
    let signatures = ["print-signature-draw-officer", "print-signature-supervisor"];
    Ok(SignedTable {
        columns,
        rows: rows(state, place).into_iter().enumerate().map(row).collect(),
        signatures: signatures.map(|key| words(lang, key)).to_vec(),
        notes,
    })
}
