//! Mark sheets and the score summary.

use super::{duties, words};
use jiangsai_documents::{Align, Column, MarkSheet, SheetLine, SignedTable};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::command::results::{StandingsRow, StandingsView};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::paper::spaced;
use jiangsai_domain::view::draw::both_sealing_and_marking;
use jiangsai_domain::view::{paper, printed, standings};
use jiangsai_locales::{Lang, message, text};
use jiangsai_scoring::EntryStatus;
use std::collections::BTreeMap;

/// Mark sheets of a module.
pub(crate) fn mark_sheets(
    state: &Competition,
    request: &DocumentRequest,
    lang: Lang,
    module: &str,
    filled: bool,
    wanted: printed::Wanted<'_>,
) -> Result<Vec<MarkSheet>, Refusal> {
    let sheets = printed::mark_sheets(state, &request.event, module, filled, wanted)?;
    let tag = lang.tag();
    let sheet = |sheet: printed::MarkSheet| MarkSheet {
        number: spaced(&sheet.number),
        scan: sheet.number,
        session: sheet.session,
        station: sheet.station,
        module: sheet.module.get(tag).to_owned(),
        judge: (!sheet.judge.is_empty()).then_some(sheet.judge.clone()),
        lines: sheet
            .lines
            .into_iter()
            .map(|line| SheetLine {
                id: line.id,
                name: line.name.get(tag).to_owned(),
                max: line.max,
                rule: line.how.get(tag).to_owned(),
                value: line.mark,
            })
            .collect(),
        max: sheet.max,
        total: sheet.result,
        signatures: if sheet.judge.is_empty() { leaders(lang) } else { Vec::new() },
    };
    Ok(sheets.into_iter().map(sheet).collect())
}

/// Who signs a sheet of agreed values: the group leader writes it.
fn leaders(lang: Lang) -> Vec<String> {
    ["print-signature-group-leader", "print-signature-chief-judge"].map(|key| words(lang, key)).to_vec()
}

/// What stands where a rank would: the rank, or why there is none.
pub(super) fn rank(lang: Lang, row: &StandingsRow) -> String {
    rank_or_why(lang, row.rank, row.status)
}

/// A rank, or why there is none.
pub(super) fn rank_or_why(lang: Lang, rank: Option<u32>, status: EntryStatus) -> String {
    match rank {
        Some(rank) => rank.to_string(),
        None if status == EntryStatus::Ok => words(lang, "print-unranked"),
        None => words(lang, standings::status_key(status)),
    }
}

/// The score summary.
pub(crate) fn summary(state: &Competition, request: &DocumentRequest, lang: Lang) -> Result<SignedTable, Refusal> {
    let view = standings::standings(state, &request.event)?;
    let tag = lang.tag();
    let plain = |key: &str, align, wide| Column { title: words(lang, key), note: String::new(), align, wide };
    let mut columns = vec![plain("print-rank", Align::Center, false)];
    if view.sealed {
        columns.push(plain("print-blind-code", Align::Center, false));
    } else {
        columns.push(plain("print-entry-number", Align::Center, false));
        columns.push(plain("print-name", Align::Start, true));
        columns.push(plain("print-unit", Align::Start, true));
    }
    columns.extend(view.columns.iter().map(|column| Column {
        title: column.name.get(tag).to_owned(),
        note: if column.max.is_empty() { String::new() } else { text(lang, "print-of-max", &[("max", &column.max)]) },
        align: Align::End,
        wide: false,
    }));
    let row = |row: &StandingsRow| {
        let mut cells = vec![rank(lang, row), row.number.clone()];
        if !view.sealed {
            cells.extend([row.name.clone(), row.unit.clone()]);
        }
        cells.extend(row.values.iter().cloned());
        cells
    };
    let rows = view.rows.iter().map(row).collect();
    let mut notes = notes(state, request, lang, &view);
    let mut alone: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, name) in paper::alone(state, &request.event)? {
        alone.entry(name).or_default().push(spaced(&number));
    }
    for (name, numbers) in alone {
        let (count, numbers) = (numbers.len().to_string(), numbers.join(&words(lang, "print-list-separator")));
        notes.push(text(lang, "print-checked-alone", &[("name", &name), ("count", &count), ("numbers", &numbers)]));
    }
    notes.extend(duties::notes(state, &request.event, lang));
    Ok(SignedTable { columns, rows, signatures: Vec::new(), notes })
}

/// What is said below a table of standings: how ties were broken, and how many are not ranked yet.
pub(super) fn notes(state: &Competition, request: &DocumentRequest, lang: Lang, view: &StandingsView) -> Vec<String> {
    let keys: Vec<&str> = view.tie_rule.iter().map(|key| key.get(lang.tag())).collect();
    let mut notes = Vec::new();
    if view.sealed {
        notes.push(words(lang, "print-sealed-note"));
    }
    if let Some(event) = state.events.get(&request.event) {
        let both = both_sealing_and_marking(state, &request.event, event);
        notes.extend(both.iter().map(|(key, args)| message(lang, key, args)));
    }
    if !keys.is_empty() {
        notes.push(text(lang, "print-tie-rule", &[("keys", &keys.join(&words(lang, "print-list-separator")))]));
    }
    notes.extend(open(lang, view));
    notes
}

/// What is said below whatever comes from standings that may still change: sheets that are not verified, entries that are not ranked yet.
pub(super) fn open(lang: Lang, view: &StandingsView) -> Vec<String> {
    let veiled = u32::try_from(view.veiled).unwrap_or(u32::MAX);
    let said = [("print-unverified", view.unverified), ("print-veiled", veiled), ("print-unfinished", view.unfinished)];
    let said = said.into_iter().filter(|(_, count)| *count > 0);
    said.map(|(key, count)| text(lang, key, &[("count", &count.to_string())])).collect()
}
