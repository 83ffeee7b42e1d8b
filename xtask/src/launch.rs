//! Opening the application: the desktop window, or the same interface in a browser.

use crate::interface::{self, Profile};
use crate::place;
use crate::process::{run as execute, say};
use crate::setup::{self, Missing, Purpose};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

/// How to open it.
#[derive(clap::Args)]
pub struct Options {
    /// Serve the interface at an address of this computer instead of opening a window
    #[arg(long)]
    web: bool,
    #[command(flatten)]
    folder: crate::DataFolder,
}

/// Whether a window could be shown.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// In a browser or in a window; says so when there is no display to choose.
fn in_browser(options: &Options) -> bool {
    if !options.web && !has_display() {
        say("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): serving the interface for a browser");
        return true;
    }
    options.web
}

fn data(options: &Options) -> Result<PathBuf> {
    match &options.folder.data {
        Some(chosen) => std::path::absolute(chosen).context("the data folder"),
        None => place::usual_data(),
    }
}

/// `cargo xtask run`
pub fn run(options: &Options) -> Result<()> {
    let ready = setup::prepare(Purpose::Run, Missing::Install)?;
    let dist = interface::build(Profile::Fast, &ready)?;
    if in_browser(options) {
        return execute(&mut host(options, &dist)?);
    }
    say("application: building the desktop window");
    execute(place::cargo().args(["build", "--package", "jiangsai", "--features", "custom-protocol"]))?;
    let mut window = Command::new(place::target().join("debug").join(program("jiangsai")));
    if options.folder.data.is_some() {
        window.env("JIANGSAI_DATA", data(options)?);
    }
    execute(&mut window)
}

/// The name of a program of ours as a file.
pub fn program(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

fn host(options: &Options, dist: &Path) -> Result<Command> {
    say("application: building the local host");
    execute(place::cargo().args(["build", "--package", "jiangsai-hq"]))?;
    let data = data(options)?;
    say(format!("application: data in {}; Ctrl-C ends it", data.display()));
    let mut host = Command::new(place::target().join("debug").join(program("jiangsai-hq")));
    host.arg("local").arg("--data").arg(data).arg("--ui").arg(dist);
    Ok(host)
}

/// Ends a child when the other one has ended.
struct Companion(Child);

impl Drop for Companion {
    fn drop(&mut self) {
        // Already gone is what we want.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `cargo xtask dev`: Trunk rebuilds the interface at every change. The window reloads by itself; a browser at its
/// next reload.
pub fn dev(options: &Options) -> Result<()> {
    let ready = setup::prepare(Purpose::Run, Missing::Install)?;
    ready.wasm.fetch(&ready.path)?;
    if in_browser(options) {
        let dist = interface::build(Profile::Fast, &ready)?;
        let mut host = host(options, &dist)?;
        let mut watch = interface::trunk("watch", &ready)?;
        let _watching = Companion(watch.args(["--offline"]).spawn().context("start trunk")?);
        return execute(&mut host);
    }
    let mut server = interface::trunk("serve", &ready)?;
    server.args(["--offline", "--address", "127.0.0.1", "--port", "1420"]);
    let _serving = Companion(server.spawn().context("start trunk")?);
    let mut window = place::cargo();
    window.args(["run", "--package", "jiangsai"]);
    if options.folder.data.is_some() {
        window.env("JIANGSAI_DATA", data(options)?);
    }
    execute(&mut window)
}
