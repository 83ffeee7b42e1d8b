//! How far apart the judges of a panel are on one item. Entries go by blind code.

use super::{blind, judges, sheet};
use crate::command::panel::{PanelMark, PanelMarks, PanelRow};
use crate::competition::{Competition, Event};
use crate::envelope::Refusal;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, ItemId, JudgeId};
use crate::register::Register;
use crate::results;
use jiangsai_scoring::rulebook::Item;
use jiangsai_scoring::{Exact, Mark};

/// The marks of a panel on an item, the widest apart first.
///
/// # Errors
/// `not-found`, `no-rulebook`, `unknown-item` when no panel marks it.
pub fn panel(state: &Competition, event: &EventId, id: &ItemId) -> Result<PanelMarks, Refusal> {
    let (setup, engine) = results::engine_of(state, event)?;
    let item = engine.rulebook().item(id.as_str()).filter(|item| item.panel().is_some());
    let item = item.ok_or(Refusal::new("unknown-item").with("item", id))?;
    let mut rows: Vec<(Option<Exact>, PanelRow)> = Vec::new();
    for (entry, _) in sheet::by_place(state, event) {
        rows.extend((1..=item.attempt_count()).filter_map(|attempt| row(state, (setup, event), item, entry, attempt)));
    }
    // Within the same width they stay in the order of places.
    rows.sort_by(|(one, _), (other, _)| other.cmp(one));
    let limit = item.spread.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(PanelMarks { limit, rows: rows.into_iter().map(|(_, row)| row).collect() })
}

/// What the panel gave an entry, with how far apart it is; nothing where nobody marked it.
fn row(
    state: &Competition,
    (setup, event): (&Event, &EventId),
    item: &Item,
    entry: &EntryId,
    attempt: u16,
) -> Option<(Option<Exact>, PanelRow)> {
    let panel = item.panel()?;
    let judges: Vec<&JudgeId> =
        setup.members(panel).iter().filter_map(|seat| setup.sitting(entry, panel, seat)).collect();
    let register = |judge: &JudgeId| {
        let once = MarkPlace::once(event, entry, &item.id.as_str().into(), Some(judge));
        state.marks.get(&MarkPlace { attempt, ..once })
    };
    let values: Vec<Option<&Exact>> = judges
        .iter()
        .map(|judge| match register(judge).and_then(Register::agreed) {
            Some(Mark::Value(value)) => Some(value),
            _ => None,
        })
        .collect();
    let texts: Vec<String> = judges.iter().map(|judge| sheet::cell(register(judge), item).text).collect();
    if texts.iter().all(String::is_empty) {
        return None;
    }
    let given = || values.iter().copied().flatten();
    let spread = given().max().zip(given().min()).filter(|_| given().count() > 1).map(|(high, low)| high - low);
    let farthest = farthest(&values);
    let code = state.entries.get(entry).map(|entry| blind::blind_code(state, entry)).unwrap_or_default();
    let mark = |((judge, text), farthest): ((&&JudgeId, String), bool)| PanelMark {
        judge: (*judge).clone(),
        code: judges::code(state, judge),
        text,
        farthest,
    };
    let row = PanelRow {
        entry: blind::handle_of(state, entry),
        session: code.session,
        station: code.code,
        attempt,
        spread: spread.as_ref().map(ToString::to_string).unwrap_or_default(),
        marked: u16::try_from(given().count()).unwrap_or(u16::MAX),
        marks: judges.iter().zip(texts).zip(farthest).map(mark).collect(),
    };
    Some((spread, row))
}

/// Which values are farthest from the median of all: none of fewer than three, none where all are equally far.
fn farthest(values: &[Option<&Exact>]) -> Vec<bool> {
    let mut sorted: Vec<&Exact> = values.iter().copied().flatten().collect();
    sorted.sort();
    // Twice the median, so that nothing is divided.
    let middle = match sorted.len() {
        0..=2 => return vec![false; values.len()],
        count if count % 2 == 1 => sorted[count / 2] + sorted[count / 2],
        count => sorted[count / 2 - 1] + sorted[count / 2],
    };
    let away: Vec<Option<Exact>> =
        values.iter().map(|value| value.map(|value| (&(value + value) - &middle).abs())).collect();
    let most = away.iter().flatten().max();
    let same = away.iter().flatten().min() == most;
    away.iter().map(|own| !same && own.as_ref() == most).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::decide::found::founded::sample;

    fn out(values: &[Option<i64>]) -> Vec<bool> {
        let own: Vec<Option<Exact>> = values.iter().map(|value| value.map(Exact::from_int)).collect();
        farthest(&own.iter().map(Option::as_ref).collect::<Vec<_>>())
    }

    #[test]
    fn the_farthest_from_the_median_is_marked_where_there_are_three() {
        assert_eq!(out(&[Some(1), Some(9)]), [false, false], "not possible with two");
        assert_eq!(out(&[Some(8), None, Some(7), Some(2)]), [false, false, false, true]);
        assert_eq!(out(&[Some(3), Some(3), Some(3)]), [false; 3], "nobody is farther than somebody else");
        assert_eq!(out(&[Some(1), Some(3), Some(5), Some(8)]), [false, false, false, true], "the median of four is 4");
        assert_eq!(out(&[Some(2), Some(4), Some(6)]), [true, false, true], "two as far as each other");
    }

    #[test]
    fn items_without_a_limit_are_shown_too() {
        let (state, event) = sample();
        let shown = panel(&state, &event, &"B3.1".into()).unwrap();
        assert_eq!(shown.limit, "", "the rules set none for the report");
        assert!(shown.rows.len() > 50 && shown.rows.iter().all(|row| row.marked >= 3));
        assert_eq!(panel(&state, &event, &"C4.1".into()).unwrap().limit, "1");
        let width = |row: &PanelRow| Exact::parse_decimal(&row.spread).unwrap();
        assert!(shown.rows.windows(2).all(|two| width(&two[0]) >= width(&two[1])), "the widest first");
        assert!(shown.rows[0].marks.iter().any(|mark| mark.farthest));
        assert_eq!(panel(&state, &event, &"A1.1".into()).unwrap_err().code, "unknown-item", "no panel marks it");
    }
}
