//! An aspect with the rows below it: the ladder of a judgement, further lines of a description.

use super::{Below, Reader};
use crate::document::half_width;
use crate::import::marking_scheme::layout::Columns;
use crate::import::marking_scheme::number::number;
use crate::import::marking_scheme::scheme::Aspect;
use crate::import::{number as row_number, one_line, why};
use jiangsai_scoring::{Exact, RoundMode};

/// What an aspect is, as far as its type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Measurement,
    Judgement,
    Unknown,
}

/// An aspect that is being read.
#[derive(Debug)]
pub(super) struct Open {
    row: usize,
    columns: Columns,
    kind: Kind,
    /// Description, extra description, requirement.
    words: Vec<String>,
    max: Option<Exact>,
    /// Row and text of each level that was given.
    ladder: [Option<(usize, String)>; 4],
    /// A fault was named in it or its ladder.
    faulty: bool,
    /// A row of its ladder has a score that is none.
    misfit: bool,
}

impl Reader<'_> {
    /// Begins an aspect.
    pub(super) fn aspect(&mut self, row: usize, columns: Columns) {
        let before = self.faults.list.len();
        if self.below == Below::Nothing {
            self.faults.cell(row, columns.kind, why("fault-scheme-no-sub-criterion", &[]));
            // Said once, not for each aspect that follows.
            self.below = Below::Fault;
        }
        let kind = self.kind(row, columns);
        let words: Vec<String> = [Some(columns.description), Some(columns.text), columns.requirement]
            .into_iter()
            .flatten()
            .map(|column| one_line(self.table.cell(row, column)))
            .filter(|text| !text.is_empty())
            .collect();
        if self.table.cell(row, columns.description).is_empty() {
            self.faults.cell(row, columns.description, why("fault-required", &[]));
        }
        if let Some(column) = columns.section {
            self.section(row, column);
        }
        let max = self.max(row, columns);
        self.sum(max.as_ref());
        let faulty = self.faults.list.len() > before;
        self.open = Some(Open { row, columns, kind, words, max, ladder: [const { None }; 4], faulty, misfit: false });
    }

    fn kind(&mut self, row: usize, columns: Columns) -> Kind {
        let text: String = self.table.cell(row, columns.kind).chars().map(half_width).collect();
        match text.to_ascii_uppercase().as_str() {
            "M" | "O" => return Kind::Measurement,
            "J" | "S" => return Kind::Judgement,
            "" => self.faults.cell(row, columns.kind, why("fault-scheme-no-type", &[])),
            _ => self.faults.cell(row, columns.kind, why("fault-scheme-type", &[("value", &text)])),
        }
        Kind::Unknown
    }

    /// The section of the standard: exactly one.
    fn section(&mut self, row: usize, column: usize) {
        let text = self.table.cell(row, column);
        let numbers = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let several = !text.contains(char::is_alphabetic) && numbers.filter(|number| !number.is_empty()).count() > 1;
        if text.is_empty() {
            self.faults.cell(row, column, why("fault-scheme-section", &[]));
        } else if several {
            self.faults.cell(row, column, why("fault-scheme-sections", &[("value", text)]));
        }
    }

    /// The maximum mark: above zero, at most two decimals.
    fn max(&mut self, row: usize, columns: Columns) -> Option<Exact> {
        let text = self.table.cell(row, columns.max);
        let reason = match number(text) {
            _ if text.is_empty() => why("fault-required", &[]),
            None => why("fault-mark-not-a-number", &[("value", text)]),
            Some(value) if value.is_negative() || value.is_zero() => {
                why("fault-scheme-not-above-zero", &[("value", text)])
            }
            Some(value) if value.round(2, RoundMode::HalfUp) != value => {
                why("fault-scheme-decimals", &[("value", text)])
            }
            Some(value) => return Some(value),
        };
        self.faults.cell(row, columns.max, reason);
        None
    }

    /// Adds a maximum mark to its criterion; one that cannot be read, or has no criterion, leaves the sum unknown.
    fn sum(&mut self, max: Option<&Exact>) {
        let id = match &self.below {
            Below::Criterion(id) => Some(id.clone()),
            Below::Nothing | Below::Fault => {
                self.scheme.unsummed = true;
                self.block.clone()
            }
        };
        let Some(id) = id else { return };
        let criterion = self.scheme.criterion(&id);
        match max {
            Some(max) => criterion.sum = &criterion.sum + max,
            None => criterion.unsummed = true,
        }
        if let (Below::Criterion(_), Some(sub)) = (&self.below, criterion.subs.last_mut()) {
            sub.used = true;
        }
    }

    /// A row below an aspect: a level of its ladder, or a further line of its description.
    pub(super) fn line(&mut self, row: usize, columns: Columns) {
        let (score, text) = (self.table.cell(row, columns.score), one_line(self.table.cell(row, columns.text)));
        let Some(open) = &mut self.open else {
            if !score.is_empty() && self.below != Below::Fault {
                self.faults.cell(row, columns.score, why("fault-scheme-score-alone", &[]));
            }
            return;
        };
        let reason = match (open.kind, level(score)) {
            (Kind::Unknown, _) => return,
            (Kind::Measurement, _) if score.is_empty() => {
                open.words.push(text);
                return;
            }
            (Kind::Measurement, _) => why("fault-scheme-score-alone", &[]),
            (Kind::Judgement, None) if score.is_empty() => why("fault-required", &[]),
            (Kind::Judgement, None) => why("fault-scheme-score", &[("value", score)]),
            (Kind::Judgement, Some(level)) => match &open.ladder[level] {
                Some((before, _)) => {
                    let args = [("value", score), ("row", &row_number(*before).to_string())];
                    why("fault-scheme-score-twice", &args)
                }
                None => {
                    let missing = text.is_empty();
                    open.ladder[level] = Some((row, text));
                    if missing {
                        open.faulty = true;
                        self.faults.cell(row, columns.text, why("fault-scheme-score-text", &[("value", score)]));
                    }
                    return;
                }
            },
        };
        (open.faulty, open.misfit) = (true, true);
        self.faults.cell(row, columns.score, reason);
    }

    /// Ends the aspect that was being read.
    pub(super) fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let missing: Vec<String> =
            (0..4).filter(|level| open.ladder[*level].is_none()).map(|level| level.to_string()).collect();
        let given: Vec<String> = open.ladder.into_iter().flatten().map(|(_, text)| text).collect();
        let ladder = match open.kind {
            Kind::Judgement if !missing.is_empty() => {
                // A row with a score that is none is in the place of the one that is missing, and has been named.
                if !open.misfit {
                    let reason = why("fault-scheme-ladder", &[("missing", &missing.join("/"))]);
                    self.faults.cell(open.row, open.columns.score, reason);
                }
                return;
            }
            Kind::Judgement => <[String; 4]>::try_from(given).ok(),
            Kind::Measurement | Kind::Unknown => None,
        };
        let (Some(max), false, Below::Criterion(id)) = (open.max, open.faulty, &self.below) else { return };
        if let Some(sub) = self.scheme.criterion(id).subs.last_mut() {
            sub.aspects.push(Aspect { name: open.words.join(" · "), max, ladder });
        }
    }
}

/// A level from 0 to 3.
fn level(score: &str) -> Option<usize> {
    let value = number(score)?.to_int()?;
    usize::try_from(value).ok().filter(|level| *level < 4)
}
