//! The ready rulebooks, each with marks and results worked out by hand from the rule and its source.

mod dance;
mod judged;
mod page;
mod quiz;
mod rice_wine;
mod timed;
mod wastewater;
mod worldskills;

use crate::build::line;
use jiangsai_scoring::input::parse_mark;
use jiangsai_scoring::templates::template;
use jiangsai_scoring::{Engine, Entry, EntryStatus, Field, Mark, MarkRow, Outcome, Standing};
use serde_json::Value;

/// The document of a ready rulebook, to be changed as an organiser would.
fn document(id: &str) -> Value {
    serde_json::from_str(template(id).unwrap()).unwrap()
}

/// A rulebook and the marks as they are typed.
struct Hall {
    engine: Engine,
    field: Field,
}

impl Hall {
    fn ready(id: &str) -> Self {
        Self::of(&document(id))
    }

    fn of(book: &Value) -> Self {
        Self { engine: crate::build::engine(book), field: Field::default() }
    }

    /// The entry, which is added where it is new.
    fn entry(&mut self, id: &str) -> &mut Entry {
        let place = self.field.entries.iter().position(|entry| entry.id == id).unwrap_or_else(|| {
            self.field.entries.push(crate::build::entry(id));
            self.field.entries.len() - 1
        });
        &mut self.field.entries[place]
    }

    fn data(&mut self, id: &str, data: &[(&str, &str)]) {
        let own = data.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.entry(id).data.extend(own);
    }

    fn status(&mut self, id: &str, status: EntryStatus) {
        self.entry(id).status = status;
    }

    fn team(&mut self, id: &str, team: &str) {
        self.entry(id).team = Some(team.to_owned());
    }

    fn parameter(&mut self, id: &str, text: &str, value: &str) {
        self.field.parameters.entry(id.to_owned()).or_default().insert(text.to_owned(), value.to_owned());
    }

    /// One cell as it is typed; `void` as the ruling writes it. A cell that is there is written over.
    fn cell(&mut self, entry: &str, item: &str, judge: Option<&str>, attempt: u16, text: &str) {
        self.entry(entry);
        let rule = self.engine.rulebook().item(item).unwrap();
        let mark = if text == "void" {
            Mark::Void
        } else {
            parse_mark(rule, text).unwrap_or_else(|fault| panic!("{item} {text}: {fault}"))
        };
        let judge = judge.map(str::to_owned);
        self.field
            .marks
            .retain(|row| (&row.entry[..], &row.item[..], &row.judge, row.attempt) != (entry, item, &judge, attempt));
        self.field.marks.push(MarkRow {
            entry: entry.to_owned(),
            item: item.to_owned(),
            judge,
            stage: None,
            attempt,
            mark,
        });
    }

    fn mark(&mut self, entry: &str, item: &str, text: &str) {
        self.cell(entry, item, None, 1, text);
    }

    fn marks(&mut self, entry: &str, marks: &[(&str, &str)]) {
        marks.iter().for_each(|(item, text)| self.mark(entry, item, text));
    }

    fn attempts(&mut self, entry: &str, item: &str, texts: &[&str]) {
        (1..).zip(texts).for_each(|(attempt, text)| self.cell(entry, item, None, attempt, text));
    }

    /// The marks of a panel, seat by seat.
    fn panel(&mut self, entry: &str, item: &str, texts: &[&str]) {
        self.panel_attempt(entry, item, 1, texts);
    }

    fn panel_attempt(&mut self, entry: &str, item: &str, attempt: u16, texts: &[&str]) {
        for (seat, text) in texts.iter().enumerate() {
            self.cell(entry, item, Some(&format!("J{seat:02}")), attempt, text);
        }
    }

    fn outcome(&self) -> Outcome {
        self.engine.score(&self.field).unwrap_or_else(|faults| panic!("{faults:#?}"))
    }

    /// The printed total of an entry.
    fn total(&self, entry: &str) -> String {
        line(&self.outcome(), entry).shown.clone()
    }

    /// The printed value of one column of an entry.
    fn shown(&self, entry: &str, node: &str) -> String {
        crate::build::shown(line(&self.outcome(), entry), node).to_owned()
    }

    /// Entries in the order of the standings, with their ranks.
    fn ranks(&self) -> Vec<(String, Option<u32>)> {
        self.outcome().standings.into_iter().map(|line| (line.entry, line.rank)).collect()
    }
}

/// Ranks as they are written in a test.
fn ranked(ranks: &[(&str, u32)]) -> Vec<(String, Option<u32>)> {
    ranks.iter().map(|(entry, rank)| ((*entry).to_owned(), Some(*rank))).collect()
}

/// What an entry gets and is proposed for.
fn gets(line: &Standing) -> Vec<&str> {
    line.awards.iter().chain(&line.honours).map(String::as_str).collect()
}
