//! `jiangsai-hq`: the interface in a browser of this computer, and a headquarters or hub for other nodes.

mod account;
mod bundle;
mod elsewhere;
mod serve;
mod upkeep;

use anyhow::Result;
use clap::{Parser, Subcommand};
use jiangsai_app::host::SystemHost;
use jiangsai_app::{App, in_words};
use jiangsai_hq::{LanDoor, LanScreen};
use std::path::PathBuf;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

/// Jiangsai over HTTP.
#[derive(Parser)]
#[command(name = "jiangsai-hq", version)]
struct Arguments {
    /// How lines of the log are written, to standard error
    #[arg(long, global = true, value_enum, default_value_t)]
    log: LogFormat,
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, Default)]
enum LogFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object a line, for programs
    Json,
}

impl LogFormat {
    /// Begins to log: warnings, errors, what becomes of accounts and how many files may be open, or what `RUST_LOG` says.
    fn begin(self) {
        let filter = EnvFilter::try_from_default_env()
            .unwrap_or_else(|_| EnvFilter::new("warn,accounts=info,jiangsai_hq::open_files=info"));
        let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        match self {
            Self::Text => lines.init(),
            Self::Json => lines.json().init(),
        }
    }
}

#[derive(Subcommand)]
enum Task {
    /// Serve this computer's browser alone, at an address printed with a one-time token
    Local {
        /// Data folder
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// The built interface
        #[arg(long, value_name = "DIR")]
        ui: PathBuf,
        /// Port; 0 for any free one
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Load open pages again when the interface was built again, for work on the interface
        #[arg(long)]
        reload: bool,
    },
    /// Receive the records of other nodes, and pass them on to the level above
    Serve(Box<serve::Serve>),
    /// Say who may come in by a browser from elsewhere (`serve --browsers`)
    Account(account::Account),
    /// Print a one-time code with which a node may connect, while nothing is being served from this folder
    Pair {
        #[command(flatten)]
        place: Place,
        /// What the node reads
        #[arg(long, value_enum, default_value_t)]
        reads: upkeep::Reads,
    },
    /// Take records in from a bundle, or write one, while nothing is being served from this folder
    Bundle(bundle::Bundle),
    /// Verify every hash, chain and signature, and say what was found
    Verify(Place),
    /// Make the list of competitions and the snapshots again from the records, and say which were not what the records give
    Rebuild(Place),
    /// Write a backup of the records, with the key of this node, into a new folder there
    Backup {
        #[command(flatten)]
        place: Place,
        /// The place: a folder, made when it is not there
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Go back to a backup; other nodes then offer again what it lacks
    Restore {
        /// The backup
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
        /// Where to: a data folder, made when it is not there; with `--database-url` an empty database besides
        #[command(flatten)]
        place: Place,
        /// Also where records would be missing afterwards, or the folder does not open; what is there is backed up before, or put aside
        #[arg(long, conflicts_with = "database_url")]
        over: bool,
    },
}

/// Where the records are.
#[derive(clap::Args, Clone)]
struct Place {
    /// Data folder: the database and the key of this node
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Records in PostgreSQL instead, `postgres://…`; the folder then holds the key alone
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

impl Place {
    async fn open(&self) -> Result<App> {
        self.open_on(host()).await
    }

    async fn open_on(&self, host: SystemHost) -> Result<App> {
        let host = Arc::new(host);
        let opened = match &self.database_url {
            Some(url) => App::open_database(url, &self.data, host).await,
            None => App::open(&self.data, host).await,
        };
        opened.map_err(|error| anyhow::anyhow!(in_words(&error, &language()).message))
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let Arguments { log, task } = Arguments::parse();
    log.begin();
    match task {
        Task::Local { data, ui, port, reload } => {
            let host = host().with_door(Arc::new(LanDoor));
            let host = host.with_screen(Arc::new(LanScreen::of_folder(&ui)));
            let app = Place { data, database_url: None }.open_on(host).await?;
            serve::local(app, &ui, port, reload).await
        }
        Task::Serve(serve) => serve.run().await,
        Task::Account(account) => account.run().await,
        Task::Pair { place, reads } => {
            let app = place.open().await?;
            let code = upkeep::pair(&app, reads).await?;
            upkeep::introduce(&app, &[code]).await
        }
        Task::Bundle(bundle) => bundle.run().await,
        Task::Verify(place) => upkeep::verify(&place.open().await?).await,
        Task::Rebuild(place) => upkeep::rebuild(&place.open().await?).await,
        Task::Backup { place, to } => upkeep::backup(&place, &to).await,
        Task::Restore { from, place, over } => upkeep::restore(&from, &place, over).await,
    }
}

/// This computer, with a key where the desktop application put it.
fn host() -> SystemHost {
    SystemHost::new(None).with_keychain(jiangsai_keychain::reads())
}

/// The language of this terminal, as the system names it (`zh_CN.UTF-8`); empty where it does not.
fn language() -> String {
    let set = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default()
}
