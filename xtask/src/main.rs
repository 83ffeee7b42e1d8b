//! `cargo xtask`: one word for everything a person does with this project. It looks before it installs, and it says
//! in one line each what it does and why.

mod bench;
mod bundle;
mod checks;
mod interface;
mod launch;
mod place;
mod process;
mod screens;
mod setup;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Set up, build, run and test Jiangsai 匠赛.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, and open the desktop application
    Run(launch::Options),
    /// Install what is missing and pass every test
    Test(checks::TestOptions),
    /// The application with live reload
    Dev(launch::Options),
    /// Every check a change must pass, with the minutes each took
    Ci(checks::CiOptions),
    /// Measure, and print each figure beside its limit
    Bench(bench::Options),
    /// Photograph every page at every size, theme and language, and say what is wrong on it
    Screens(screens::Options),
    /// Optimised builds of everything in target/bundle
    Bundle,
    /// Only install what is missing
    Setup {
        /// Also what the tests need
        #[arg(long)]
        test: bool,
        /// Say what is missing and install nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// Where a competition's files are, when not in the usual place of this computer.
#[derive(clap::Args, Clone)]
struct DataFolder {
    /// Data folder (default: the usual place of this computer)
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Run(options) => launch::run(&options),
        Task::Test(options) => checks::test(&options),
        Task::Dev(options) => launch::dev(&options),
        Task::Ci(options) => checks::ci(&options),
        Task::Bench(options) => bench::bench(&options),
        Task::Screens(options) => screens::screens(&options),
        Task::Bundle => bundle::bundle(),
        Task::Setup { test, dry_run } => {
            let purpose = if test { setup::Purpose::Test } else { setup::Purpose::Run };
            setup(purpose, dry_run)
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn setup(purpose: setup::Purpose, dry_run: bool) -> Result<()> {
    setup::prepare(purpose, if dry_run { setup::Missing::Report } else { setup::Missing::Install }).map(drop)
}
