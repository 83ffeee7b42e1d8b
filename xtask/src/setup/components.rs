//! The parts of the Rust toolchain that checks use, and that a small installation leaves out.

use super::{Missing, Purpose};
use crate::place;
use crate::process::{output, say, within};
use anyhow::{Result, bail};
use std::process::Command;
use std::time::Duration;

/// Components as rustup calls them, the subcommand each brings, and what for.
const COMPONENTS: &[(&str, &str, &str)] =
    &[("rustfmt", "fmt", "keeps the form of the code"), ("clippy", "clippy", "finds what the compiler lets pass")];

fn is_there(verb: &str) -> bool {
    // Where it is missing, rustup leaves a program that only says so.
    output(place::cargo().args([verb, "--version"])).is_some()
}

/// Looks for every component of `purpose`, and adds or names what is missing.
pub fn prepare(purpose: Purpose, missing: Missing) -> Result<()> {
    if purpose < Purpose::Checks {
        return Ok(());
    }
    for &(component, verb, why) in COMPONENTS {
        if is_there(verb) {
            continue;
        }
        say(format!("toolchain: {component} is missing ({why})"));
        if missing == Missing::Report {
            continue;
        }
        let mut rustup = Command::new("rustup");
        let added = which::which("rustup").is_ok()
            && within(rustup.args(["component", "add", component]), Duration::from_secs(600))?;
        if !added || !is_there(verb) {
            bail!(
                "Add {component} to this Rust, then run the same command again:\n  rustup component add {component}\nor, where Rust was \
                 installed as a package of the system, its package of that name."
            );
        }
    }
    Ok(())
}
