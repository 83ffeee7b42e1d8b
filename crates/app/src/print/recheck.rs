//! 复核记录表: which sheets were re-checked, by whom, and what was found.

use super::words;
use jiangsai_documents::{Align, Column, SignedTable};
use jiangsai_domain::command::recheck::{RecheckLine, RecheckView};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::EventId;
use jiangsai_domain::paper::spaced;
use jiangsai_domain::view::recheck::show;
use jiangsai_locales::{Lang, text};

/// The record of the re-check; without one it says so, and is a form to fill in.
pub(crate) fn record(state: &Competition, event: &EventId, lang: Lang) -> Result<SignedTable, Refusal> {
    let view = show(state, event)?;
    let column = |key: &str, align, wide| Column { title: words(lang, key), note: String::new(), align, wide };
    let row = |(at, line): (usize, &RecheckLine)| {
        let finding = line.finding.as_ref();
        let judge = if line.sheet.judge.is_empty() { words(lang, "print-agreed") } else { line.sheet.judge.clone() };
        vec![
            (at + 1).to_string(),
            spaced(&line.sheet.number),
            format!("{} {}", line.sheet.session, line.sheet.code).trim().to_owned(),
            line.sheet.module.get(lang.tag()).to_owned(),
            judge,
            words(lang, &line.why),
            finding.map(|finding| finding.errors.to_string()).unwrap_or_default(),
            finding.map(|finding| finding.note.clone()).unwrap_or_default(),
            finding.map(|finding| finding.by.clone()).unwrap_or_default(),
        ]
    };
    Ok(SignedTable {
        columns: vec![
            column("print-sequence", Align::Center, false),
            column("print-sheet-number", Align::Center, false),
            column("print-station", Align::Center, false),
            column("print-module", Align::Start, true),
            column("print-judge", Align::Center, false),
            column("print-recheck-why", Align::Center, false),
            column("print-recheck-errors", Align::Center, false),
            column("print-recheck-note", Align::Start, true),
            column("print-recheck-by", Align::Center, false),
        ],
        rows: view.sheets.iter().enumerate().map(row).collect(),
        signatures: ["print-signature-recheck", "print-signature-chief-judge", "print-signature-supervisor"]
            .map(|key| words(lang, key))
            .to_vec(),
        notes: notes(&view, lang),
    })
}

fn notes(view: &RecheckView, lang: Lang) -> Vec<String> {
    if view.extent.is_none() {
        return vec![words(lang, "print-recheck-none")];
    }
    let (all, done, wrong) = (view.sheets.len().to_string(), view.done.to_string(), view.wrong.to_string());
    let mut notes = vec![text(lang, "print-recheck-summary", &[("all", &all), ("done", &done), ("wrong", &wrong)])];
    if !view.seed.is_empty() {
        notes.push(text(lang, "print-recheck-seed", &[("seed", &view.seed)]));
    }
    if view.all {
        notes.push(words(lang, "print-recheck-all"));
    }
    notes
}
