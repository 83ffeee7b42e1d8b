//! The interface: Trunk puts ui/ together into ui/dist.

use crate::place;
use crate::process::{run, say};
use crate::setup::{Ready, wasm};
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the wasm is compiled; the names are those of the profiles in Cargo.toml.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Soon built, larger: to run and to test.
    Fast,
    /// Small: to hand out.
    Small,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Fast => "wasm-fast",
            Self::Small => "wasm",
        }
    }
}

/// What the interface is made of. A crate that `ui` starts to use belongs here.
const SOURCES: &[&str] =
    &["ui", "crates/scoring", "crates/domain", "crates/locales", "docs/rulebooks", "Cargo.toml", "Cargo.lock"];

/// Builds ui/dist, unless it was made of exactly these sources already.
pub fn build(profile: Profile, ready: &Ready) -> Result<PathBuf> {
    let dist = place::interface();
    let made_of = fingerprint(profile, ready.wasm)?;
    // Inside ui/dist, so that it goes when that goes; Trunk empties the folder before it writes.
    let note = dist.join(".made-of");
    if dist.join("index.html").is_file() && std::fs::read_to_string(&note).is_ok_and(|before| before == made_of) {
        say("interface: ui/dist is made of these very sources");
        return Ok(dist);
    }
    say(format!("interface: building ui/dist ({} profile)", profile.name()));
    ready.wasm.fetch(&ready.path)?;
    run(&mut trunk("build", profile, ready)?)?;
    std::fs::write(&note, made_of).with_context(|| format!("write {}", note.display()))?;
    Ok(dist)
}

/// Trunk in ui/, with its tools on `PATH` and the right compiler: `build`, `watch` or `serve`. The names of the files it makes depend on
/// the profile.
pub fn trunk(verb: &str, profile: Profile, ready: &Ready) -> Result<Command> {
    // Its own name is looked up in the PATH of this process, not in the one it will have.
    let program = which::which_in("trunk", Some(&ready.path), place::root()).context("trunk is not installed")?;
    let mut command = Command::new(program);
    // Trunk wants `true` or `false` where the convention is any value.
    command.arg(verb).args(["--offline", "--cargo-profile", profile.name()]);
    command.current_dir(place::root().join("ui")).env_remove("NO_COLOR");
    // Every component becomes one kind of view: soon compiled, and small.
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg erase_components");
    ready.wasm.apply(&mut command, &ready.path)?;
    Ok(command)
}

/// Every source's name and content, the profile and the compiler, in sixteen digits.
fn fingerprint(profile: Profile, compiler: wasm::Compiler) -> Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&place::root().join(source), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    hasher.write(profile.name().as_bytes());
    hasher.write(format!("{compiler:?}").as_bytes());
    for file in files {
        let content = std::fs::read(&file).with_context(|| format!("read {}", file.display()))?;
        hasher.write(file.as_os_str().as_encoded_bytes());
        hasher.write_usize(content.len());
        hasher.write(&content);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).with_context(|| format!("read {}", path.display()))? {
        let path = entry?.path();
        let skipped = ["dist", "target", "tests"].map(OsStr::new);
        if !path.file_name().is_some_and(|name| skipped.contains(&name)) {
            collect(&path, files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{SOURCES, collect};
    use crate::place;

    /// Files that the sources take in as they are compiled, each from its own place.
    fn taken_in() -> Vec<std::path::PathBuf> {
        let mut files = Vec::new();
        SOURCES.iter().for_each(|source| collect(&place::root().join(source), &mut files).unwrap());
        let mut found = Vec::new();
        for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")) {
            let text = std::fs::read_to_string(file).unwrap();
            for rest in ["include_str!(\"", "include_bytes!(\""].iter().flat_map(|call| text.split(call).skip(1)) {
                let path = file.parent().unwrap().join(rest.split('"').next().unwrap());
                found.push(path.canonicalize().unwrap());
            }
        }
        found
    }

    #[test]
    fn whatever_is_compiled_into_the_interface_counts_among_its_sources_and_is_watched() {
        let sources = || SOURCES.iter().map(|source| place::root().join(source).canonicalize().unwrap());
        let found = taken_in();
        assert!(!found.is_empty());
        for path in found {
            assert!(sources().any(|source| path.starts_with(source)), "{}", path.display());
        }
        let trunk = std::fs::read_to_string(place::root().join("ui/Trunk.toml")).unwrap();
        for folder in SOURCES.iter().filter(|source| source.contains('/')) {
            assert!(trunk.contains(&format!("\"../{folder}\"")), "{folder}");
        }
    }
}
