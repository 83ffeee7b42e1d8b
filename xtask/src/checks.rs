//! Tests and the other checks of a change.

use crate::interface::{self, Profile};
use crate::place::{self, cargo};
use crate::process::{output, run, say, within};
use crate::setup::{self, Missing, Purpose, Ready, system};
use anyhow::{Result, bail};
use std::ffi::OsString;
use std::process::Command;
use std::time::{Duration, Instant};

/// What to test.
#[derive(clap::Args, Default)]
pub struct TestOptions {
    /// The long versions of fuzzing, fault and durability tests
    #[arg(long)]
    long: bool,
    /// Given to cargo nextest, e.g. `-- -E "package(jiangsai-scoring)"`
    #[arg(last = true)]
    nextest: Vec<OsString>,
}

/// Which checks.
#[derive(clap::Args)]
pub struct CiOptions {
    /// Everything but the tests
    #[arg(long)]
    rest: bool,
}

/// One build graph for tests, clippy and documentation: the same packages, the same features.
pub(crate) const EVERYTHING: &[&str] = &["--workspace", "--features", "jiangsai/custom-protocol"];

/// Where the tests find what they start.
pub(crate) fn surroundings(ready: &Ready) -> Vec<(&'static str, OsString)> {
    let mut variables = vec![
        ("PATH", ready.path.clone()),
        ("JIANGSAI_UI_DIST", place::interface().into()),
        ("JIANGSAI_BIN_DIR", place::target().join("debug").into()),
    ];
    let found = [
        ("JIANGSAI_CHROMIUM", system::chromium()),
        ("JIANGSAI_CHROMEDRIVER", system::chromedriver()),
        ("JIANGSAI_WEBKIT_DRIVER", system::webkit_driver()),
        ("JIANGSAI_TAURI_DRIVER", which::which_in("tauri-driver", Some(&ready.path), place::root()).ok()),
        ("JIANGSAI_PG_BIN", system::postgres()),
        ("JIANGSAI_PYTHON", system::python()),
    ];
    variables.extend(found.into_iter().filter_map(|(name, path)| Some((name, path?.into()))));
    variables
}

/// `cargo xtask test`
pub fn test(options: &TestOptions) -> Result<()> {
    let mut steps = Steps::default();
    let ready = steps.run("set-up", || setup::prepare(Purpose::Test, Missing::Install))?;
    steps.run("interface", || interface::build(Profile::Fast, &ready))?;
    let everything = |command: &mut Command| -> Result<()> { run(command.args(EVERYTHING).envs(surroundings(&ready))) };
    // Programs, examples and test binaries at once; what follows finds everything built.
    steps.run("build", || everything(cargo().args(["build", "--all-targets"])))?;
    steps.run("tests", || {
        let mut command = cargo();
        command.args(["nextest", "run", "--no-fail-fast"]);
        if options.long {
            command.args(["--profile", "long"]).env("JIANGSAI_LONG", "1");
        }
        command.args(&options.nextest);
        everything(&mut command)
    })?;
    if options.nextest.is_empty() {
        steps.run("examples in documentation", || everything(cargo().args(["test", "--quiet", "--doc"])))?;
    }
    steps.tell();
    for what in not_run() {
        say(format!("not run: {what}"));
    }
    say("every test passed");
    Ok(())
}

/// The tests that this computer cannot run, each with why.
fn not_run() -> Vec<&'static str> {
    let mut all = Vec::new();
    if cfg!(target_os = "macos") {
        all.push("journeys in the desktop window, which no WebDriver can drive on macOS");
    }
    if cfg!(windows) {
        all.push("journeys in the desktop window, which are driven through WebKitGTK only");
        all.push("the store on PostgreSQL, whose server is started the way of Unix");
        all.push("files that this user may not read or that never end, which are made with means of Unix");
    }
    if !system::may_mount() {
        all.push("full disks and disks that cannot be written to, which need Linux and root, or a user who may `unshare -Urm`");
    }
    all
}

/// `cargo xtask ci`
pub fn ci(options: &CiOptions) -> Result<()> {
    let mut steps = Steps::default();
    if !options.rest {
        steps.run("test", || test(&TestOptions::default()))?;
    }
    let ready = steps.run("set-up", || setup::prepare(Purpose::Checks, Missing::Install))?;
    steps.run("interface", || interface::build(Profile::Fast, &ready))?;
    steps.run("lock file", || {
        match output(cargo().args(["metadata", "--format-version=1", "--locked", "--offline"])) {
            Some(_) => Ok(()),
            None => bail!("Cargo.lock does not fit the manifests: build once and commit it"),
        }
    })?;
    steps.run("format", || run(cargo().args(["fmt", "--all", "--check"])))?;
    steps.run("clippy", || {
        run(cargo().args(["clippy", "--quiet", "--all-targets"]).args(EVERYTHING).args(["--", "-D", "warnings"]))
    })?;
    steps.run("documentation", || {
        run(cargo().args(["doc", "--quiet", "--no-deps"]).args(EVERYTHING).env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    steps.run("unused dependencies", || unused_dependencies(&ready))?;
    steps.run("licences and sources", || licences(&ready))?;
    steps.tell();
    say("every check passed");
    Ok(())
}

/// Called by its own name: as `cargo machete` below `cargo xtask` it takes its own subcommand for a folder, because it
/// knows a subcommand by `CARGO_PKG_NAME` being unset, and `cargo run` sets that for everything under it.
fn unused_dependencies(ready: &Ready) -> Result<()> {
    run(Command::new("cargo-machete").arg(".").env_remove("CARGO").env("PATH", &ready.path))
}

fn licences(ready: &Ready) -> Result<()> {
    let deny = || {
        let mut command = cargo();
        command.arg("deny").env("PATH", &ready.path);
        command
    };
    // The advisories come from a git host, which a build machine may not reach.
    let reached = within(deny().args(["fetch", "db"]), Duration::from_secs(60))?;
    let mut check = deny();
    check.args(["check", "--hide-inclusion-graph"]);
    if !reached {
        say("the advisory database is out of reach: advisories are NOT checked this time");
        check.args(["bans", "licenses", "sources"]);
    }
    run(&mut check)
}

/// The steps of a task and how long each took.
#[derive(Default)]
struct Steps(Vec<(&'static str, Duration)>);

impl Steps {
    fn run<T>(&mut self, name: &'static str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n── {name}");
        let started = Instant::now();
        let result = step();
        self.0.push((name, started.elapsed()));
        if result.is_err() {
            self.tell();
        }
        result
    }

    fn tell(&self) {
        println!();
        for (name, time) in &self.0 {
            println!("{:>4} min {:02} s  {name}", time.as_secs() / 60, time.as_secs() % 60);
        }
    }
}
