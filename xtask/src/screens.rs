//! Pictures of every page in every size, theme and language, with what a machine finds wrong on them.

use crate::checks::{EVERYTHING, surroundings};
use crate::interface::{self, Profile};
use crate::place::{self, cargo};
use crate::process::{run, say};
use crate::setup::{self, Missing, Purpose};
use anyhow::Result;
use std::process::Command;

/// What to look at.
#[derive(clap::Args)]
pub struct Options {
    /// Only the states whose names contain one of these
    names: Vec<String>,
    /// One size: light in Chinese, dark in English, and twice as large in high contrast
    #[arg(long)]
    few: bool,
}

/// `cargo xtask screens`
pub fn screens(options: &Options) -> Result<()> {
    let ready = setup::prepare(Purpose::Test, Missing::Install)?;
    interface::build(Profile::Fast, &ready)?;
    // Of the same build as the tests: nothing is compiled a second time for it.
    run(cargo().args(["build", "--quiet", "--all-targets"]).args(EVERYTHING))?;
    let mut command = Command::new(place::target().join("debug/examples/screens"));
    command.args(options.few.then_some("--few")).args(&options.names).envs(surroundings(&ready));
    let looked = run(&mut command);
    say(format!("pictures and report.txt are in {}", place::target().join("screens/all").display()));
    looked
}
