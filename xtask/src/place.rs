//! Where things lie on this computer.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// What cargo builds into.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |target| root().join(target))
}

/// The built interface.
pub fn interface() -> PathBuf {
    root().join("ui/dist")
}

/// This user's home folder.
fn home() -> Result<PathBuf> {
    std::env::home_dir().context("this user has no home folder; set JIANGSAI_TOOLS to a folder for helper programs")
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Where helper programs are installed, once for every copy of the repository.
pub fn tools() -> Result<PathBuf> {
    if let Some(chosen) = variable("JIANGSAI_TOOLS") {
        return Ok(root().join(chosen));
    }
    let cache = if cfg!(target_os = "macos") {
        home()?.join("Library/Caches")
    } else if cfg!(windows) {
        variable("LOCALAPPDATA").context("LOCALAPPDATA is not set; set JIANGSAI_TOOLS")?
    } else {
        variable("XDG_CACHE_HOME").map_or_else(|| home().map(|home| home.join(".cache")), Ok)?
    };
    Ok(cache.join("jiangsai/tools"))
}

/// `PATH` with our helper programs first.
pub fn path_with_tools() -> Result<OsString> {
    let ours = tools()?.join("bin");
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(ours).chain(std::env::split_paths(&rest))).context("join PATH")
}

/// The folder the desktop application keeps its data in, so that `--web` shows the same competitions.
pub fn usual_data() -> Result<PathBuf> {
    let config = std::fs::read_to_string(root().join("tauri.conf.json")).context("read tauri.conf.json")?;
    let identifier = config
        .split_once("\"identifier\"")
        .and_then(|(_, rest)| rest.split('"').nth(1))
        .context("tauri.conf.json names no identifier")?;
    let parent = if cfg!(target_os = "macos") {
        home()?.join("Library/Application Support")
    } else if cfg!(windows) {
        variable("APPDATA").context("APPDATA is not set; give --data DIR")?
    } else {
        variable("XDG_DATA_HOME").map_or_else(|| home().map(|home| home.join(".local/share")), Ok)?
    };
    Ok(parent.join(identifier))
}

/// Cargo in the repository, the same one that started us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}
