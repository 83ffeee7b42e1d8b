//! `jiangsai-hq`: the interface in a browser.

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use jiangsai_app::host::SystemHost;
use jiangsai_app::{App, in_words};
use jiangsai_hq::{Guard, router};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// Jiangsai over HTTP.
#[derive(Parser)]
#[command(name = "jiangsai-hq", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
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
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let Task::Local { data, ui, port } = Arguments::parse().task;
    anyhow::ensure!(ui.join("index.html").is_file(), "{} holds no built interface", ui.display());
    let host = Arc::new(SystemHost::new(None));
    let app = App::open(&data, host).await.map_err(|error| anyhow::anyhow!(in_words(&error, &language()).message))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.context("listen on the loopback address")?;
    let guard = Arc::new(Guard::new(listener.local_addr()?.port())?);
    println!("{}", guard.address());
    // Open streams of events would hold the end up for ever; every change is durable already.
    tokio::select! {
        served = axum::serve(listener, router(app, guard, &ui)) => served?,
        stopped = tokio::signal::ctrl_c() => stopped?,
    }
    Ok(())
}

/// The language of this terminal, as the system names it (`zh_CN.UTF-8`); empty where it does not.
fn language() -> String {
    let set = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default()
}
