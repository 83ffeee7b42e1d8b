//! Opening the application: the desktop window, or the same interface in a browser.

use crate::interface::{self, Profile};
use crate::place;
use crate::process::{run as execute, say};
use crate::setup::{self, Missing, Purpose};
use anyhow::{Context, Result, bail};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

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

/// Where the window of a development build looks for the interface; tauri.conf.json says the same.
const DEV_SERVER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 1420);

/// `cargo xtask dev`: Trunk rebuilds the interface at every change, and the window or the open pages load it again.
pub fn dev(options: &Options) -> Result<()> {
    let ready = setup::prepare(Purpose::Run, Missing::Install)?;
    ready.wasm.fetch(&ready.path)?;
    if in_browser(options) {
        let dist = interface::build(Profile::Fast, &ready)?;
        let mut host = host(options, &dist)?;
        let mut watch = interface::trunk("watch", Profile::Fast, &ready)?;
        let _watching = Companion(watch.spawn().context("start trunk")?);
        return execute(host.arg("--reload"));
    }
    say("application: building the desktop window");
    execute(place::cargo().args(["build", "--package", "jiangsai"]))?;
    if TcpStream::connect(DEV_SERVER).is_ok() {
        bail!("another program listens at {DEV_SERVER}, where the window looks for the interface: end it first");
    }
    let mut server = interface::trunk("serve", Profile::Fast, &ready)?;
    server.arg("--address").arg(DEV_SERVER.ip().to_string()).arg("--port").arg(DEV_SERVER.port().to_string());
    let mut serving = Companion(server.spawn().context("start trunk")?);
    say("interface: trunk opens its port after its first build");
    wait_until_served(&mut serving.0, DEV_SERVER)?;
    let mut window = Command::new(place::target().join("debug").join(program("jiangsai")));
    if options.folder.data.is_some() {
        window.env("JIANGSAI_DATA", data(options)?);
    }
    execute(&mut window)
}

/// Returns when something listens at the address, or with an error when the server has ended before.
#[expect(
    clippy::disallowed_methods,
    reason = "neither a port nor a child of the standard library tells when it is ready"
)]
fn wait_until_served(server: &mut Child, address: SocketAddr) -> Result<()> {
    loop {
        if let Some(status) = server.try_wait().context("look after the server of the interface")? {
            bail!("the server of the interface ended before it served anything ({status}); what it said stands above");
        }
        if TcpStream::connect(address).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{Companion, wait_until_served};
    use std::net::TcpListener;
    use std::process::{Command, Stdio};

    fn compiler(argument: &str) -> Companion {
        let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        Companion(command.arg(argument).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap())
    }

    #[test]
    fn the_window_waits_for_a_server_that_listens() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        // It waits for a program to be typed, so it lives on.
        let mut server = compiler("-");
        wait_until_served(&mut server.0, listener.local_addr().unwrap()).unwrap();
    }

    #[test]
    fn a_server_that_ends_before_it_listens_is_no_endless_wait() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let nobody = listener.local_addr().unwrap();
        drop(listener);
        let mut server = compiler("--version");
        let ended = wait_until_served(&mut server.0, nobody).unwrap_err();
        assert!(ended.to_string().contains("ended before it served"), "{ended}");
    }
}
