//! Optimised builds, ready to hand out: target/bundle.

use crate::interface::{self, Profile};
use crate::launch::program;
use crate::place::{self, cargo};
use crate::process::{run, say};
use crate::setup::{self, Missing, Purpose};
use anyhow::{Context, Result};
use std::path::Path;

/// `cargo xtask bundle`
pub fn bundle() -> Result<()> {
    let ready = setup::prepare(Purpose::Run, Missing::Install)?;
    let dist = interface::build(Profile::Small, &ready)?;
    say("bundle: optimised builds (several minutes)");
    run(cargo().args(["build", "--release", "--package", "jiangsai", "--features", "custom-protocol"]))?;
    run(cargo().args(["build", "--release", "--package", "jiangsai-hq", "--package", "jiangsai-cli"]))?;
    let bundle = place::target().join("bundle");
    if bundle.exists() {
        std::fs::remove_dir_all(&bundle).context("empty target/bundle")?;
    }
    std::fs::create_dir_all(&bundle)?;
    for name in ["jiangsai", "jiangsai-hq", "jiangsai-cli"] {
        copy(&place::target().join("release").join(program(name)), &bundle.join(program(name)))?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "README.zh-CN.md", "CHANGELOG.md"] {
        copy(&place::root().join(name), &bundle.join(name))?;
    }
    copy(&place::root().join("icons/icon.png"), &bundle.join("jiangsai.png"))?;
    copy_folder(&dist, &bundle.join("ui"))?;
    say(format!("bundle: {}", bundle.display()));
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).with_context(|| format!("copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("read {}", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            copy(&entry.path(), &to)?;
        }
    }
    Ok(())
}
