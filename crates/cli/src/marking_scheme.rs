//! `marking-scheme`: from a WorldSkills marking scheme to a rulebook, without a data folder.

use crate::score::faults::{Fault, file_name};
use crate::{NOT_UNDERSTOOD, Stop};
use clap::Args;
use jiangsai_app::table;
use jiangsai_domain::command::registration::CellFault;
use jiangsai_domain::import::marking_scheme;
use jiangsai_locales::Lang;
use std::path::PathBuf;

/// Arguments of `marking-scheme`.
#[derive(Args)]
pub struct MarkingScheme {
    /// The workbook, .xlsx, with a sheet named `CIS Marking Scheme Import`.
    #[arg(value_name = "FILE.xlsx")]
    file: PathBuf,
    /// Language of messages: `zh-CN` or `en`.
    #[arg(long, value_name = "TAG", value_parser = ["zh-CN", "en"], default_value = "en")]
    language: String,
}

/// The rulebook as JSON.
///
/// # Errors
/// Every fault of the workbook, one line each (2).
pub fn rulebook(scheme: &MarkingScheme) -> Result<String, Stop> {
    let name = file_name(&scheme.file);
    let lang = scheme.language.parse().unwrap_or(Lang::En);
    let stop = |faults: Vec<Fault>| Stop { code: NOT_UNDERSTOOD, lines: faults.iter().map(Fault::line).collect() };
    let bytes = std::fs::read(&scheme.file)
        .map_err(|error| stop(vec![Fault::file(&name, format!("cannot be read: {error}"))]))?;
    let table = table::read_sheet(&bytes, marking_scheme::SHEET).map_err(|error| {
        let key = format!("error-{}", error.code());
        stop(vec![Fault::file(&name, said(lang, &key, &error.args()))])
    })?;
    let rulebook = marking_scheme::read(&table)
        .map_err(|faults| stop(faults.iter().map(|fault| placed(lang, &name, fault)).collect()))?;
    Ok(format!("{}\n", rulebook.to_json()))
}

/// A fault with its file, row and column letter.
fn placed(lang: Lang, name: &str, fault: &CellFault) -> Fault {
    let (key, args) = &fault.why;
    let reason = said(lang, key, args);
    // They come in order: a place for each column is not needed.
    if fault.row == 0 {
        Fault::file(name, reason)
    } else {
        Fault::cell(name, fault.row as usize, 0, &fault.column, reason)
    }
}

fn said(lang: Lang, key: &str, args: &[(String, String)]) -> String {
    let named: Vec<(&str, &str)> = args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    jiangsai_locales::text(lang, key, &named)
}
