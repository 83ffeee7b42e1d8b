//! `score`: from a rulebook and marks in files to standings, without a data folder. Bad input is refused as a whole.

mod explain;
pub mod faults;
mod print;
pub mod read;
mod sheet;
mod why;

use crate::{FAILED, NOT_UNDERSTOOD, Stop};
use clap::{Args, ValueEnum};
use jiangsai_scoring::Engine;
use std::path::PathBuf;

/// Arguments of `score`.
#[derive(Args)]
pub struct Score {
    /// The rulebook, JSON.
    #[arg(long, value_name = "FILE.json")]
    rulebook: PathBuf,
    /// The marks, CSV: entry,item,judge,value and, where needed, stage,attempt,status.
    #[arg(long, value_name = "FILE.csv")]
    marks: PathBuf,
    /// The entries, CSV: entry,name,team,status and any data the rulebook uses. Those in the marks when not given.
    #[arg(long, value_name = "FILE.csv")]
    entries: Option<PathBuf>,
    /// Values of parameters, CSV: parameter,value and, where they change with the session or the paper, for.
    #[arg(long, value_name = "FILE.csv")]
    parameters: Option<PathBuf>,
    /// How the standings are written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Says how the total of this entry came about. A table is followed by it, JSON holds it; beside CSV it goes to standard error.
    #[arg(long, value_name = "ENTRY")]
    explain: Option<String>,
}

/// How the standings are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned text: modules, parts and total.
    Table,
    /// Every value, one column each.
    Csv,
    /// Everything, with names.
    Json,
}

/// What there is to say: standings, and beside them, for a person, what no program that reads them expects.
pub struct Said {
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub beside: String,
}

/// Scores; the standings as text.
///
/// # Errors
/// Every fault of the input (2).
pub fn score(score: &Score) -> Result<Said, Stop> {
    let files = read::Files {
        rulebook: &score.rulebook,
        marks: &score.marks,
        entries: score.entries.as_deref(),
        parameters: score.parameters.as_deref(),
    };
    let input = read::read(&files)
        .map_err(|faults| Stop { code: NOT_UNDERSTOOD, lines: faults.iter().map(faults::Fault::line).collect() })?;
    let rules = faults::file_name(&score.rulebook);
    let engine = Engine::new(&input.rulebook).map_err(|faults| Stop {
        code: NOT_UNDERSTOOD,
        lines: faults.iter().map(|fault| faults::one_line(&format!("{rules}:{fault}"))).collect(),
    })?;
    // Whatever does not fit the rulebook was found with its place while reading.
    let board = engine.board(&input.field).map_err(|faults| Stop {
        code: NOT_UNDERSTOOD,
        lines: faults
            .iter()
            .map(|fault| faults::one_line(&format!("{}: {fault}", faults::file_name(&score.marks))))
            .collect(),
    })?;
    let outcome = board.outcome();
    let page = print::Page { engine: &engine, input: &input, board: &board, outcome: &outcome };
    let derivation = match &score.explain {
        None => None,
        Some(entry) => Some(page.derive(entry).ok_or_else(|| {
            Stop::new(NOT_UNDERSTOOD, faults::one_line(&format!("--explain: there is no entry {entry:?}")))
        })?),
    };
    let failed = |error: String| Stop::new(FAILED, error);
    let explained = score.explain.as_deref().zip(derivation.as_ref());
    let in_words = explained.map(|(entry, tree)| explain::explain(&page, entry, tree));
    let (out, beside) = match score.format {
        Format::Json => (page.json(explained).map_err(failed)?, None),
        Format::Csv => (page.csv().map_err(failed)?, in_words),
        Format::Table => {
            let table = page.table();
            (in_words.map(|words| format!("{table}\n{words}")).unwrap_or(table), None)
        }
    };
    Ok(Said { out, beside: beside.unwrap_or_default() })
}
