//! The commands from a terminal: `call`, `commands`, `bundle`, `backup` and `restore` over a data folder; `score`, `rulebook`,
//! `marking-scheme` and `verify` over files alone.
//!
//! Exit codes: 0 done; 1 refused or failed; 2 the request itself cannot be understood (arguments, JSON, input files); 3 a bundle verifies, but
//! results, approvals or headquarters do not confirm what is in it.
#![forbid(unsafe_code)]

mod backup;
mod bundle;
mod call;
mod marking_scheme;
mod rulebook;
mod score;
mod verify;

use clap::{Parser, Subcommand};
use jiangsai_app::host::SystemHost;
use std::process::ExitCode;
use std::sync::Arc;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Jiangsai 匠赛 from a terminal.
#[derive(Parser)]
#[command(name = "jiangsai-cli", version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Call a command on a data folder: the reply is JSON on standard output.
    Call(call::Call),
    /// Carry records between computers in a file.
    Bundle(bundle::Bundle),
    /// Verify a bundle from its file alone: hashes, chains, signatures, receipts, standings.
    Verify(verify::Verify),
    /// List the commands: name, kind, and the roles that may call it.
    Commands,
    /// Write a backup of a data folder into a place, such as a stick.
    Backup(backup::Backup),
    /// Go back to a backup, on this computer or another one.
    Restore(backup::Restore),
    /// Score and rank from files alone, without a data folder.
    Score(score::Score),
    /// Make a rulebook of a WorldSkills marking scheme (.xlsx, as CIS takes it in): JSON on standard output.
    MarkingScheme(marking_scheme::MarkingScheme),
    /// Say a rulebook in words, and what in it is without effect.
    Rulebook(rulebook::Rulebook),
}

/// The request was refused, or something broke.
const FAILED: u8 = 1;
/// The request cannot be understood.
const NOT_UNDERSTOOD: u8 = 2;

/// All of a bundle verifies, but not everything in it is confirmed.
const NOT_CONFIRMED: u8 = 3;

/// What did not work: what to say on standard error, and how the program ends.
struct Stop {
    code: u8,
    lines: Vec<String>,
}

impl Stop {
    fn new(code: u8, line: impl Into<String>) -> Self {
        Self { code, lines: vec![line.into()] }
    }
}

/// This computer, with a key where the desktop application put it.
fn host() -> Arc<SystemHost> {
    Arc::new(SystemHost::new(None).with_keychain(jiangsai_keychain::reads()))
}

fn main() -> ExitCode {
    // Failures alone: what was refused or not understood is said in the answer. Libraries may log what they were given.
    let ours = Targets::new().with_target("jiangsai", LevelFilter::ERROR);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
    tracing_subscriber::registry().with(lines.with_filter(ours)).init();
    let done = match Arguments::parse().what {
        What::Call(call) => call::call(&call),
        What::Bundle(bundle) => bundle::bundle(&bundle),
        What::Verify(verify) => verify::verify(&verify),
        What::Commands => Ok(call::list()),
        What::Backup(backup) => backup::backup(&backup),
        What::Restore(restore) => backup::restore(&restore),
        What::Score(score) => score::score(&score).map(beside),
        What::MarkingScheme(scheme) => marking_scheme::rulebook(&scheme),
        What::Rulebook(rulebook) => rulebook::rulebook(&rulebook),
    };
    match done.and_then(|text| print(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            // Nowhere is left to say that standard error is closed.
            let _ = write_all(&mut std::io::stderr().lock(), &with_line_ends(&stop.lines));
            ExitCode::from(stop.code)
        }
    }
}

/// What stands beside the answer goes to standard error.
fn beside(said: score::Said) -> String {
    // Nowhere is left to say that standard error is closed; the answer is whole without it.
    let _ = write_all(&mut std::io::stderr().lock(), &said.beside);
    said.out
}

/// Standard output, all at once: either everything is there or nothing.
fn print(text: &str) -> Result<(), Stop> {
    write_all(&mut std::io::stdout().lock(), text)
        .map_err(|error| Stop::new(FAILED, format!("standard output: {error}")))
}

fn write_all(to: &mut impl std::io::Write, text: &str) -> std::io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.flush()
}

fn with_line_ends(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}
