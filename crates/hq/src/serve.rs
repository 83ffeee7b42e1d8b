//! `local` and `serve`: listening until told to stop.

use crate::{Place, upkeep};
use anyhow::{Context, Result};
use axum::Router;
use jiangsai_app::App;
use jiangsai_hq::{Guard, nodes, reloading_router, router};
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
        let _backed_up = tokio::spawn(app.clone().keep_backups());
        let served = axum::serve(listener, nodes(app.clone())).with_graceful_shutdown(stop());
        match &self.ui {
            // Both ends: a request under way from another node is answered, though the page is closed at once.
            Some(ui) => {
                tokio::try_join!(async { Ok(served.await?) }, page(app, ui, 0, router))?;
            }
            None => served.await?,
        }
        Ok(())
    }
}

/// `local`: this computer's browser alone, in touch with the level above. `reload`: open pages load again with a new build of the interface.
pub async fn local(app: App, ui: &Path, port: u16, reload: bool) -> Result<()> {
    let _in_sync = tokio::spawn(app.clone().keep_in_sync());
    let _backed_up = tokio::spawn(app.clone().keep_backups());
    page(app, ui, port, if reload { reloading_router } else { router }).await
}

/// What answers a browser: [`router`] or [`reloading_router`].
type Answering = fn(App, Arc<Guard>, &Path) -> Router;

/// Serves this computer's browser until told to stop.
async fn page(app: App, ui: &Path, port: u16, answering: Answering) -> Result<()> {
    anyhow::ensure!(ui.join("index.html").is_file(), "{} holds no built interface", ui.display());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.context("listen on the loopback address")?;
    let guard = Arc::new(Guard::new(listener.local_addr()?.port())?);
    let stop = stop();
    println!("{}", guard.address());
    // Open streams of events would hold the end up for ever; every change is durable already.
    tokio::select! {
        served = axum::serve(listener, answering(app, guard, ui)) => served?,
        () = stop => {}
    }
    Ok(())
}

/// Resolves when the system or a person says stop. It listens from the call on, so that nothing said before it is awaited is lost.
#[cfg(unix)]
fn stop() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::unix::{SignalKind, signal};
    let told = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        match told {
            (Ok(mut interrupted), Ok(mut terminated)) => {
                tokio::select! { _ = interrupted.recv() => {}, _ = terminated.recv() => {} }
            }
            _ => drop(tokio::signal::ctrl_c().await),
        }
    }
}

/// Resolves when the system or a person says stop.
#[cfg(not(unix))]
async fn stop() {
    drop(tokio::signal::ctrl_c().await);
}
