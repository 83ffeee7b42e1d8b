//! `local` and `serve`: listening until told to stop.

use crate::elsewhere::Elsewhere;
use crate::upkeep::Reads;
use crate::{Place, upkeep};
use anyhow::{Context, Result};
use axum::Router;
use jiangsai_app::sync::{Announced, NodeLimits};
use jiangsai_app::{App, in_words};
use jiangsai_hq::{
    Guard, LanScreen, Limits, MOST_BROWSERS, Metrics, make_room, nodes_counted, open_door, reached, reloading_router,
    router, watched,
};
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Arguments of `serve`.
#[derive(clap::Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address and port for other nodes; port 0 for any free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "0.0.0.0:7480")]
    listen: SocketAddr,
    /// The level above: its address with `--code`, or an invitation (`jiangsai:…`); once
    #[arg(long, value_name = "ADDRESS")]
    upstream: Option<String>,
    /// The one-time code that was made at the level above
    #[arg(long, value_name = "CODE", requires = "upstream")]
    code: Option<String>,
    /// Print so many one-time pairing codes at start
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pair: u8,
    /// Print so many one-time pairing codes for judges' desks at start
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pair_desks: u8,
    /// Print a one-time pairing code for the computer that stands by for this one
    #[arg(long)]
    pair_standby: bool,
    /// Print so many one-time pairing codes at start for computers that carry what they may not read
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pair_carriers: u8,
    /// Print so many one-time pairing codes at start for headquarters below that send public facts and statistics alone
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pair_public: u8,
    /// The built interface: also serve this computer's browser
    #[arg(long, value_name = "DIR")]
    ui: Option<PathBuf>,
    /// Tell this network (mDNS) that nodes are let in here: address and fingerprint, nothing else
    #[arg(long)]
    announce: bool,
    /// Show counts and health to a monitoring program over plain HTTP at this address (`/metrics`, `/health`); best one of this computer alone
    #[arg(long, value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// A name by which the monitoring program asks for it, besides the address; may be given several times
    #[arg(long, value_name = "NAME", requires = "metrics")]
    metrics_host: Vec<String>,
    /// Serve a database that belongs to the key of another folder, as a node of its own, with computers of its own that pair with it
    #[arg(long)]
    another_key: bool,
    #[command(flatten)]
    elsewhere: Elsewhere,
    #[command(flatten)]
    crowd: Crowd,
}

/// How much other nodes may do.
#[derive(clap::Args)]
struct Crowd {
    /// Connections at once, in all
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().connections)]
    connections: usize,
    /// Connections at once from one address
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().per_address)]
    connections_per_address: usize,
    /// Questions of one node a second, on the average
    #[arg(long, value_name = "COUNT", default_value_t = NodeLimits::default().requests)]
    requests_per_second: NonZeroU32,
    /// Records of one node a second, on the average
    #[arg(long, value_name = "COUNT", default_value_t = NodeLimits::default().records)]
    records_per_second: NonZeroU32,
}

impl Crowd {
    fn at_the_door(&self) -> Limits {
        Limits { connections: self.connections, per_address: self.connections_per_address, ..Limits::default() }
    }

    fn of_a_node(&self) -> NodeLimits {
        NodeLimits { requests: self.requests_per_second, records: self.records_per_second }
    }
}

impl Serve {
    pub async fn run(self) -> Result<()> {
        let elsewhere = self.elsewhere.asked()?;
        let browsers = if elsewhere.is_some() { MOST_BROWSERS } else { 0 };
        make_room(self.crowd.connections.saturating_add(browsers));
        let host = crate::host();
        let app = match &self.ui {
            Some(ui) => self.place.open_on(host.with_screen(Arc::new(LanScreen::of_folder(ui)))).await?,
            None => self.place.open_on(host).await?,
        };
        if !self.another_key {
            app.check_owner().await.map_err(|error| anyhow::anyhow!(in_words(&error, &crate::language()).message))?;
        }
        let listener = TcpListener::bind(self.listen).await.context("listen for other nodes")?;
        let here = listener.local_addr()?;
        println!("nodes https://{here}");
        app.limit_nodes(self.crowd.of_a_node());
        app.is_reached(Some(reached(here)));
        if let Some(url) = &self.upstream {
            let code = self.code.as_deref().unwrap_or_default();
            upkeep::call(&app, "sync.connect", serde_json::json!({ "url": url, "code": code })).await?;
        }
        let mut codes = Vec::new();
        let wanted = [
            (self.pair, Reads::Everything),
            (self.pair_desks, Reads::JudgesDesk),
            (self.pair_standby.into(), Reads::Standby),
            (self.pair_carriers, Reads::Carrier),
            (self.pair_public, Reads::Public),
        ];
        for (count, reads) in wanted {
            for _ in 0..count {
                codes.push(upkeep::pair(&app, reads).await?);
            }
        }
        upkeep::introduce(&app, &codes).await?;
        let _announced = if self.announce { Some(announce(&app)?) } else { None };
        let _in_sync = tokio::spawn(app.clone().keep_in_sync());
        let _backed_up = tokio::spawn(app.clone().keep_backups());
        let counts = Metrics::default();
        let _watched = match self.metrics {
            Some(address) => Some(watch(&app, &counts, address, self.metrics_host).await?),
            None => None,
        };
        let nodes = nodes_counted(app.clone(), counts);
        let served = open_door(listener, &app, nodes, self.crowd.at_the_door(), stop());
        let Some(ui) = &self.ui else { return served.await };
        let browsers = match elsewhere {
            Some(asked) => Some(asked.listen(&app, ui, stop()).await?),
            None => None,
        };
        let browsers = async {
            if let Some(browsers) = browsers {
                browsers.await;
            }
            Ok(())
        };
        // All of them end: a request under way from another node is answered, though the page is closed at once.
        tokio::try_join!(served, page(app.clone(), ui, 0, router), browsers)?;
        Ok(())
    }
}

/// Shows counts until the program ends.
async fn watch(
    app: &App,
    counts: &Metrics,
    address: SocketAddr,
    names: Vec<String>,
) -> Result<JoinHandle<std::io::Result<()>>> {
    let listener = TcpListener::bind(address).await.context("listen for a monitoring program")?;
    let here = listener.local_addr()?;
    println!("metrics http://{here}/metrics");
    let router = watched(app.clone(), counts.clone(), here, names);
    Ok(tokio::spawn(async move { axum::serve(listener, router).await }))
}

fn announce(app: &App) -> Result<Announced> {
    app.announce().map_err(|error| anyhow::anyhow!(error.message))
}

/// `local`: this computer's browser alone, in touch with the level above. `reload`: open pages load again with a new build of the interface.
pub async fn local(app: App, ui: &Path, port: u16, reload: bool) -> Result<()> {
    app.host_again().await;
    let _in_sync = tokio::spawn(app.clone().keep_in_sync());
    let _backed_up = tokio::spawn(app.clone().keep_backups());
    let served = page(app.clone(), ui, port, if reload { reloading_router } else { router }).await;
    app.leave_screen().await;
    app.leave_hub().await;
    served
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
