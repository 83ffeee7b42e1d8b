//! Pictures of every page in every size, theme and language, with what a machine finds wrong on them.

use crate::checks::surroundings;
use crate::interface::{self, Profile};
use crate::place::{self, cargo};
use crate::process::{run, say};
use crate::setup::{self, Missing, Purpose};
use anyhow::Result;

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
    run(cargo().args(["build", "--quiet", "--package", "jiangsai-hq"]))?;
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "jiangsai-tests", "--example", "screens", "--"]);
    command.args(options.few.then_some("--few")).args(&options.names).envs(surroundings(&ready));
    let looked = run(&mut command);
    say(format!("pictures and report.txt are in {}", place::target().join("screens/all").display()));
    looked
}
