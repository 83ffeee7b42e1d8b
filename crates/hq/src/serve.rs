//! `local` and `serve`: listening until told to stop.

use crate::{Place, upkeep};
use anyhow::{Context, Result};
use jiangsai_app::App;
use jiangsai_hq::{Guard, nodes, router};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Arguments of `serve`.
#[derive(clap::Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address and port for other nodes; port 0 for any free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "0.0.0.0:7480")]
    listen: SocketAddr,
    /// The level above; it needs `--code`, once
    #[arg(long, value_name = "URL", requires = "code")]
    upstream: Option<String>,
    /// The one-time code that was made at the level above
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Print so many one-time pairing codes at start
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pair: u8,
    /// The built interface: also serve this computer's browser
    #[arg(long, value_name = "DIR")]
    ui: Option<PathBuf>,
}

impl Serve {
    pub async fn run(self) -> Result<()> {
        let app = self.place.open().await?;
        let listener = TcpListener::bind(self.listen).await.context("listen for other nodes")?;
        println!("nodes http://{}", listener.local_addr()?);
        if let (Some(url), Some(code)) = (&self.upstream, &self.code) {
            upkeep::call(&app, "sync.connect", serde_json::json!({ "url": url, "code": code })).await?;
        }
        for _ in 0..self.pair {
            upkeep::pair(&app).await?;
        }
        let _in_sync = tokio::spawn(app.clone().keep_in_sync());
        let served = axum::serve(listener, nodes(app.clone())).with_graceful_shutdown(stop());
        match &self.ui {
            // A request under way is answered; the browser's open streams do not hold the end up.
            Some(ui) => {
                let page = local(app, ui, 0);
                tokio::select! { served = async { served.await } => served?, page = page => page? }
            }
            None => served.await?,
        }
        Ok(())
    }
}

/// Serves this computer's browser until told to stop.
pub async fn local(app: App, ui: &Path, port: u16) -> Result<()> {
    anyhow::ensure!(ui.join("index.html").is_file(), "{} holds no built interface", ui.display());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.context("listen on the loopback address")?;
    let guard = Arc::new(Guard::new(listener.local_addr()?.port())?);
    println!("{}", guard.address());
    let _in_sync = tokio::spawn(app.clone().keep_in_sync());
    // Open streams of events would hold the end up for ever; every change is durable already.
    tokio::select! {
        served = axum::serve(listener, router(app, guard, ui)) => served?,
        () = stop() => {}
    }
    Ok(())
}

/// Resolves when the system or a person says stop.
async fn stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
            return;
        }
    }
    let _ = interrupted.await;
}
