//! Workbooks: standings, roster, and an empty roster to fill in.

use super::{sheets, teams, words};
use crate::failure::Failure;
use jiangsai_documents::{Choices, Tab, roster_workbook, standings_workbook, template_workbook};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::command::registration::FieldId;
use jiangsai_domain::competition::{Competition, Entry};
use jiangsai_domain::fact::Numbers;
use jiangsai_domain::form;
use jiangsai_domain::import::roster::field_key;
use jiangsai_domain::view::standings::status_key;
use jiangsai_locales::{Lang, has, text};

/// Standings as a workbook.
pub(crate) fn standings(state: &Competition, request: &DocumentRequest, lang: Lang) -> Result<Vec<u8>, Failure> {
    let summary = sheets::summary(state, request, lang)?;
    let teams = teams::tab(state, request, lang)?;
    let event = jiangsai_domain::decide::event(state, &request.event)?;
    let version = super::rules_version(state, &request.event, event, lang);
    let notes: Vec<String> = summary.notes.into_iter().chain(version).collect();
    let title = words(lang, "print-score-summary");
    let tabs: Vec<Tab> =
        std::iter::once(Tab { title, columns: summary.columns, rows: summary.rows }).chain(teams).collect();
    Ok(standings_workbook(lang, &tabs, &notes)?)
}

/// The roster as a workbook, with whole document numbers: it is the registrar's own file. While names are sealed it has no number, no
/// status and no order by them.
pub(crate) fn roster(state: &Competition, request: &DocumentRequest, lang: Lang) -> Result<Vec<u8>, Failure> {
    let sealed = state.is_event_sealed(&request.event);
    let mut fields = form::in_use(&state.settings().fields);
    if sealed {
        fields.retain(|field| !matches!(field, FieldId::Number | FieldId::Session | FieldId::Station));
    }
    let mut headers: Vec<String> = fields.iter().map(|field| form::header(*field).get(lang.tag()).to_owned()).collect();
    if !sealed {
        headers.push(words(lang, "print-status"));
    }
    let numbers = |entry: &Entry| if sealed { Numbers::default() } else { state.numbers(entry) };
    let mut entries: Vec<_> = state.entries_of(&request.event).collect();
    entries.sort_by_cached_key(|(_, entry)| (numbers(entry), state.form_of(entry).cloned()));
    let rows: Vec<Vec<String>> = entries
        .into_iter()
        .map(|(_, entry)| {
            let mut own = state.form_of(entry).cloned().unwrap_or_default();
            form::join(&mut own, &numbers(entry));
            let mut row: Vec<String> = fields.iter().map(|field| shown(lang, *field, own.get(field))).collect();
            if !sealed {
                row.push(words(lang, status_key(entry.status())));
            }
            row
        })
        .collect();
    Ok(roster_workbook(lang, &words(lang, "print-roster"), &headers, &rows, &[])?)
}

/// A value as it is shown: a code by its name.
fn shown(lang: Lang, field: FieldId, value: Option<&String>) -> String {
    let Some(value) = value else { return String::new() };
    let named = form::choices(field).into_iter().find(|(code, _)| code == value);
    named.map_or_else(|| value.clone(), |(_, name)| name.get(lang.tag()).to_owned())
}

/// An empty roster: the fields in use, their choices, how to fill them in.
pub(crate) fn roster_template(lang: Lang, switched_on: &[FieldId]) -> Result<Vec<u8>, Failure> {
    let fields = form::in_use(switched_on);
    let headers: Vec<String> = fields.iter().map(|field| form::header(*field).get(lang.tag()).to_owned()).collect();
    let notes: Vec<(String, String)> = fields
        .iter()
        .zip(&headers)
        .map(|(field, header)| {
            let own = format!("template-{}", field_key(*field));
            let mut note = if has(lang, &own) { text(lang, &own, &[]) } else { String::new() };
            if form::is_required(*field) {
                note = format!("{}{note}", words(lang, "template-required"));
            }
            (header.clone(), note)
        })
        .collect();
    let choices: Vec<Choices> = (0..)
        .zip(&fields)
        .map(|(column, field)| Choices {
            column,
            values: form::choices(*field).into_iter().map(|(_, name)| name.get(lang.tag()).to_owned()).collect(),
        })
        .collect();
    Ok(template_workbook(lang, &words(lang, "print-roster"), &headers, &[], &notes, &choices)?)
}
