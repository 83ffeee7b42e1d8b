//! `rulebook`: a rulebook from a file in plain words, then what in it is without effect. A bad one is refused with its faults.

use crate::score::faults::{Fault, one_line};
use crate::score::read::read_rulebook;
use crate::{NOT_UNDERSTOOD, Stop};
use clap::{Args, ValueEnum};
use jiangsai_locales::Lang;
use jiangsai_scoring::words::{Paragraph, Part};
use jiangsai_scoring::{Lint, lint, words};
use std::path::PathBuf;

/// Arguments of `rulebook`.
#[derive(Args)]
pub struct Rulebook {
    /// The rulebook, JSON.
    #[arg(value_name = "FILE.json")]
    file: PathBuf,
    /// The language of the words.
    #[arg(long, value_enum, default_value_t = Words::Zh)]
    lang: Words,
}

/// A language of the words.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Words {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Words {
    const fn lang(self) -> Lang {
        match self {
            Self::Zh => Lang::Zh,
            Self::En => Lang::En,
        }
    }
}

/// The words of a rulebook as text.
///
/// # Errors
/// Every fault of the rulebook (2).
pub fn rulebook(of: &Rulebook) -> Result<String, Stop> {
    let lang = of.lang.lang();
    let rulebook = read_rulebook(&of.file, lang)
        .map_err(|faults| Stop { code: NOT_UNDERSTOOD, lines: faults.iter().map(Fault::line).collect() })?;
    let mut lines: Vec<String> = Vec::new();
    for paragraph in words(&rulebook) {
        lines.push(heading(&paragraph, lang));
        lines.extend(paragraph.lines.iter().map(|line| format!("  {}", line.get(lang.tag()))));
        lines.push(String::new());
    }
    let lints = lint(&rulebook);
    if !lints.is_empty() {
        lines.push(jiangsai_locales::text(lang, "rules-lints", &[]));
        lines.extend(lints.iter().map(|lint| format!("  {}: {}", lint.path, said(lint, lang))));
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    Ok(lines.iter().map(|line| format!("{}\n", one_line(line))).collect())
}

/// The heading; items and nodes with their ids, as they stand in files of marks.
fn heading(paragraph: &Paragraph, lang: Lang) -> String {
    let heading = paragraph.heading.get(lang.tag());
    match paragraph.part {
        Part::Section => heading.to_owned(),
        Part::Item | Part::Node => format!("{heading} [{}]", paragraph.id),
    }
}

fn said(lint: &Lint, lang: Lang) -> String {
    let args: Vec<(&str, &str)> = lint.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    jiangsai_locales::text(lang, &format!("lint-{}", lint.code.name().replace('_', "-")), &args)
}
