//! Helper programs that cargo installs, without optimisation and outside the repository.

use super::{Missing, Purpose};
use crate::place;
use crate::process::{output, run, say};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// A program from crates.io.
struct Tool {
    purpose: Purpose,
    package: &'static str,
    program: &'static str,
    /// What cargo is asked for; `None` for the version of wasm-bindgen that Cargo.lock holds.
    version: Option<&'static str>,
    /// Whether to build with the versions its authors locked.
    locked: bool,
    why: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool {
        purpose: Purpose::Run,
        package: "trunk",
        program: "trunk",
        version: Some("0.21.14"),
        locked: true,
        why: "puts the interface together",
    },
    Tool {
        purpose: Purpose::Run,
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: None,
        // Its lock file may name a crate newer than the registry in use has.
        locked: false,
        why: "joins the interface's wasm to the browser",
    },
    Tool {
        purpose: Purpose::Test,
        package: "cargo-nextest",
        program: "cargo-nextest",
        version: Some("0.9"),
        locked: true,
        why: "runs the tests",
    },
    Tool {
        purpose: Purpose::Test,
        package: "tauri-driver",
        program: "tauri-driver",
        version: Some("2"),
        locked: true,
        why: "journeys in the real window",
    },
    Tool {
        purpose: Purpose::Checks,
        package: "cargo-machete",
        program: "cargo-machete",
        version: Some("0.9"),
        locked: true,
        why: "finds dependencies nobody uses",
    },
    Tool {
        purpose: Purpose::Checks,
        package: "cargo-deny",
        program: "cargo-deny",
        version: Some("0.20"),
        locked: true,
        why: "checks licences and sources",
    },
];

/// `found` is `wanted` or a later release of the same series: `0.9.143` is in `0.9`, `2.1.0` in `2`.
fn satisfies(found: &str, wanted: &str) -> bool {
    let mut found = found.split('.');
    wanted.split('.').all(|part| found.next() == Some(part))
}

/// The first word of `text` that looks like a version.
fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.contains('.') && word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The version of a package in Cargo.lock.
pub fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(place::root().join("Cargo.lock")).context("read Cargo.lock")?;
    version_in_lock(&lock, package).with_context(|| format!("Cargo.lock holds no {package}"))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let (_, rest) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    rest.split('"').next().map(str::to_owned)
}

/// The version cargo installed into `tools`, if its program is still there.
fn installed(tools: &Path, tool: &Tool) -> Option<String> {
    let program = format!("{}{}", tool.program, std::env::consts::EXE_SUFFIX);
    if !tools.join("bin").join(program).is_file() {
        return None;
    }
    let list = std::fs::read_to_string(tools.join(".crates.toml")).ok()?;
    let (_, rest) = list.split_once(&format!("\"{} ", tool.package))?;
    rest.split_whitespace().next().map(str::to_owned)
}

/// The version that the program of this name on `PATH` tells.
fn on_path(tool: &Tool) -> Option<String> {
    // As cargo's own subcommands are called, which works for the others too.
    let text = output(Command::new(tool.program).arg("--version"))?;
    version_in(&text).map(str::to_owned)
}

/// Looks for every helper program of `purpose` and installs the missing ones.
pub fn prepare(purpose: Purpose, missing: Missing) -> Result<()> {
    let tools = place::tools()?;
    let mut there = Vec::new();
    let mut wanted = Vec::new();
    for tool in TOOLS.iter().filter(|tool| tool.purpose <= purpose) {
        // The driver of the window exists for Linux and Windows only.
        if tool.program == "tauri-driver" && cfg!(target_os = "macos") {
            continue;
        }
        let version = match tool.version {
            Some(version) => version.to_owned(),
            None => locked_version("wasm-bindgen")?,
        };
        let found = installed(&tools, tool).filter(|found| satisfies(found, &version));
        match found.or_else(|| on_path(tool).filter(|found| satisfies(found, &version))) {
            Some(found) => there.push(format!("{} {found}", tool.program)),
            None => wanted.push((tool, version)),
        }
    }
    if !there.is_empty() {
        say(format!("tools: there already: {}", there.join(", ")));
    }
    for (tool, version) in &wanted {
        say(format!("tools: {} {version} is missing ({})", tool.program, tool.why));
        if missing == Missing::Install {
            install(&tools, tool, version)?;
        }
    }
    if missing == Missing::Install && !wanted.is_empty() {
        // Gigabytes that only another installation would want.
        std::fs::remove_dir_all(tools.join("build")).context("remove what installing left behind")?;
    }
    Ok(())
}

fn install(tools: &Path, tool: &Tool, version: &str) -> Result<()> {
    say(format!("tools: installing {} into {} (some minutes)", tool.package, tools.display()));
    let requirement = if version.split('.').count() == 3 { format!("={version}") } else { format!("^{version}") };
    let mut command = place::cargo();
    command
        .args(["install", "--quiet", "--debug", "--force", tool.package, "--version", &requirement, "--root"])
        .arg(tools)
        // One folder for all of them, so that what they share compiles once.
        .env("CARGO_TARGET_DIR", tools.join("build"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS");
    if tool.locked {
        command.arg("--locked");
    }
    run(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_release_of_the_series_is_right_and_another_series_is_not() {
        assert!(satisfies("0.21.14", "0.21.14"), "the very version");
        assert!(satisfies("2.1.0", "2"), "a release of the series");
        assert!(!satisfies("0.22.1", "0.21.14"), "another version");
        assert!(!satisfies("20.1.0", "2"), "parts are compared whole");
    }

    #[test]
    fn versions_are_read_from_what_programs_and_lock_files_say() {
        assert_eq!(version_in("cargo-nextest 0.9.143 (60fa45f63 2026-08-04)"), Some("0.9.143"));
        assert_eq!(version_in("0.9.2\n"), Some("0.9.2"), "cargo-machete says no name");
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
    }
}
