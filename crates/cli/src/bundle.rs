//! `bundle`: what is carried between computers in a file, out of and into a data folder.

use crate::{FAILED, Stop, with_line_ends};
use clap::{Args, Subcommand, ValueEnum};
use jiangsai_app::{App, in_words};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bundle::{Became, BundleLog, BundleTaken, BundleWhat};
use serde::Serialize;
use std::future::Future;
use std::path::{Path, PathBuf};

/// Arguments of `bundle`.
#[derive(Args)]
pub struct Bundle {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write a bundle: what the computer above lacks, encrypted to it, or a competition for everyone to verify
    Export {
        #[command(flatten)]
        out: Out,
        /// What goes into it
        #[arg(long, value_enum, default_value_t = What::Lacking)]
        what: What,
    },
    /// Take a bundle in: records from a computer below, or receipts from the one above
    Import {
        /// The bundle
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Data folder
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
    },
    /// Write receipts for the computers below: what is here is durable here
    Receipts {
        #[command(flatten)]
        out: Out,
    },
}

/// From where, and to where.
#[derive(Args)]
struct Out {
    /// Data folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Id of the competition
    #[arg(long, value_name = "ID")]
    competition: String,
    /// A file that does not exist yet
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// What the computer above has not receipted, encrypted to it
    Lacking,
    /// Everything, encrypted to the computer above
    Everything,
    /// The whole competition for everyone, without what is about persons
    Published,
}

/// Does it; the answer as JSON.
///
/// # Errors
/// A refusal or a failure (1); an import that is not whole says on standard error what is missing (1).
pub fn bundle(bundle: &Bundle) -> Result<String, Stop> {
    match &bundle.task {
        Task::Export { out, what } => {
            let what = match what {
                What::Lacking => BundleWhat::Lacking,
                What::Everything => BundleWhat::Everything,
                What::Published => BundleWhat::Published,
            };
            export(out, what)
        }
        Task::Receipts { out } => export(out, BundleWhat::Receipts),
        Task::Import { file, data } => {
            let taken = on(data, async |app: App| app.read_bundle(file).await)?;
            let lines: Vec<String> = taken.left_out().map(left_out).collect();
            if lines.is_empty() { json(&taken) } else { Err(Stop { code: FAILED, lines: all(&taken, lines)? }) }
        }
    }
}

fn export(out: &Out, what: BundleWhat) -> Result<String, Stop> {
    let made = on(&out.data, async |app: App| app.write_bundle(&out.competition, what, &out.to).await)?;
    json(&made)
}

fn all(taken: &BundleTaken, mut lines: Vec<String>) -> Result<Vec<String>, Stop> {
    lines.push(json(taken)?.trim_end().to_owned());
    Ok(lines)
}

/// Why a log was not taken in, and what comes first.
fn left_out(log: &BundleLog) -> String {
    let BundleLog { log, first, last, became } = log;
    let why = match became {
        Became::Held => "taken in".to_owned(),
        Became::Missing { expected } => {
            format!("records {expected} to {} are missing here: import the bundle with them first", first - 1)
        }
        Became::Diverged => "they follow another record than the one here: import a bundle with everything".to_owned(),
        Became::Apart { at } => format!("another branch stands here from record {at} on: they are kept apart"),
    };
    format!("log {log}, records {first} to {last}: {why}")
}

/// Does something with the application over a data folder.
fn on<T, F: Future<Output = Result<T, WireError>>>(data: &Path, what: impl FnOnce(App) -> F) -> Result<T, Stop> {
    let failed = |error: String| Stop::new(FAILED, error);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.map_err(|error| failed(error.to_string()))?.block_on(async {
        let app = App::open(data, crate::host()).await?;
        what(app).await
    });
    done.map_err(|error| failed(json_line(&in_words(&error, &language()))))
}

/// The language of this terminal as a tag; empty where the system names none.
fn language() -> String {
    let set = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    if named.starts_with("zh") { "zh-CN".to_owned() } else { "en".to_owned() }
}

fn json_line(error: &WireError) -> String {
    serde_json::to_string(error).unwrap_or_else(|_| error.message.clone())
}

fn json(what: &impl Serialize) -> Result<String, Stop> {
    let text = serde_json::to_string(what).map_err(|error| Stop::new(FAILED, error.to_string()))?;
    Ok(with_line_ends(&[text]))
}
