//! Walks through every page and every important state of the interface, photographs each at every size, theme and language, and
//! looks for what a machine can see: accessibility (axe-core), cut or spilled text, a page that scrolls sideways, words of the
//! other language, focus that is lost or out of sight. What only a person can see is for a person: the pictures.
//!
//! Run by `cargo xtask screens`, which builds what it looks at. Pictures and `report.txt` go to `target/screens/all`.
#![allow(clippy::panic, clippy::expect_used, missing_docs, reason = "a check, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the journeys")]

#[path = "../../journeys"]
#[allow(dead_code, reason = "shared with the journeys, which use more of it")]
mod journeys {
    pub mod accounts;
    pub mod commands;
    pub mod harness;
    pub mod people;
    pub mod steps;
}

mod files;
mod keyboard;
mod look;
mod report;
mod seeded;
mod sight;
mod tour;
mod walker;
mod words;

use anyhow::{Result, bail};
use journeys::harness::{Screen, host};
use sight::Sights;
use walker::Walker;

/// `--few`: one size, light in Chinese, dark in English, and twice as large in high contrast. Other arguments: only the states whose names contain one of them.
#[tokio::main]
async fn main() -> Result<()> {
    let mut wanted: Vec<String> = std::env::args().skip(1).collect();
    let few = wanted.iter().any(|word| word == "--few");
    wanted.retain(|word| !word.starts_with("--"));
    let folder = tempfile::tempdir()?;
    let (_server, address) = host(&folder.path().join("data"))?;
    // The headquarters at the end has a certificate that nobody vouches for.
    let screen = Screen::chromium_trusting(sight::BASE.width, sight::BASE.height, true).await?;
    let sights = if few { Sights::few() } else { Sights::all() };
    let mut walker = Walker::new(screen, sights, wanted)?;
    let walked = tour::whole(&mut walker, &address, folder.path()).await;
    let findings = walker.finish().await?;
    walked?;
    if findings > 0 {
        bail!("{findings} things to look at");
    }
    Ok(())
}
