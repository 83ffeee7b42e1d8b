//! `bundle`: records that come in a file, and files that go out: receipts for the nodes below, a competition for everyone.

use crate::{Place, language};
use anyhow::{Result, bail};
use clap::{Subcommand, ValueEnum};
use jiangsai_app::in_words;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bundle::BundleWhat;
use std::path::PathBuf;

/// Arguments of `bundle`.
#[derive(clap::Args)]
pub struct Bundle {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Take a bundle in
    Import {
        /// The bundle
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Write a bundle
    Export {
        #[command(flatten)]
        place: Place,
        /// Id of the competition
        #[arg(long, value_name = "ID")]
        competition: String,
        /// What goes into it
        #[arg(long, value_enum)]
        what: What,
        /// A file that does not exist yet
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Receipts for the nodes below
    Receipts,
    /// The whole competition for everyone, without what is about persons
    Published,
    /// What the node above lacks, encrypted to it
    Lacking,
    /// Everything, encrypted to the node above
    Everything,
}

impl Bundle {
    pub async fn run(self) -> Result<()> {
        match self.task {
            Task::Import { file, place } => {
                let taken = place.open().await?.read_bundle(&file).await.map_err(|error| said(&error))?;
                println!("{}", serde_json::to_string(&taken)?);
                let left_out: Vec<&str> = taken.left_out().map(|log| log.log.as_str()).collect();
                if !left_out.is_empty() {
                    bail!("not taken in, see above: log {}", left_out.join(", log "));
                }
                Ok(())
            }
            Task::Export { place, competition, what, to } => {
                let what = match what {
                    What::Receipts => BundleWhat::Receipts,
                    What::Published => BundleWhat::Published,
                    What::Lacking => BundleWhat::Lacking,
                    What::Everything => BundleWhat::Everything,
                };
                let made = place.open().await?.write_bundle(&competition, what, &to).await;
                println!("{}", serde_json::to_string(&made.map_err(|error| said(&error))?)?);
                Ok(())
            }
        }
    }
}

fn said(error: &WireError) -> anyhow::Error {
    anyhow::anyhow!(in_words(error, &language()).message)
}
