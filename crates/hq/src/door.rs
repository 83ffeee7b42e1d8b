//! The door for other computers: TCP, for nodes TLS of this node's key, HTTP/1.1; so many at once and no more, and nobody may stand in it
//! without saying anything.
//!
//! Left out: what is asked and answered (`nodes`, `screen`).

mod crowd;
mod said;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use crowd::Crowd;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use jiangsai_app::App;
pub(crate) use said::Said;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// How many may come in, and how long they may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once, in all.
    pub connections: usize,
    /// Connections at once from one address. A hall behind one router has one address.
    pub per_address: usize,
    /// From the connection to the end of the handshake.
    pub handshake: Duration,
    /// From the end of one answer, or of the handshake, to the end of the head of the next request. Longer than nodes keep a connection on which
    /// they ask nothing.
    pub head: Duration,
    /// Requests under way end within this time when the door is closed; what does not is cut off.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4_096,
            per_address: 2_048,
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(30),
            farewell: Duration::from_secs(10),
        }
    }
}

/// Largest head of a request, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;
/// Pause after the system could not give out a connection (it has no more files, for instance).
const RECOVERY: Duration = Duration::from_millis(200);

/// Lets other nodes in until `stop` resolves. Requests under way are then answered.
///
/// # Errors
/// Where no certificate can be made.
pub async fn open_door(
    listener: TcpListener,
    app: &App,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let tls = app.door_tls().map_err(|error| anyhow::anyhow!(error.message))?;
    stand_open(listener, Some(TlsAcceptor::from(tls)), router, limits, stop).await;
    Ok(())
}

/// As [`open_door`], without TLS: for browsers.
pub(crate) async fn open_plainly(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    stand_open(listener, None, router, limits, stop).await;
}

/// As [`open_door`], with TLS of any kind, or without.
pub(crate) async fn stand_open(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let (close, closing) = watch::channel(false);
    let closing = Closing(closing);
    let door = Arc::new(Door { tls, router, limits, said: Said::new(), closing });
    let crowd = Crowd::new(limits.connections, limits.per_address);
    let (graceful, mut inside) = (GracefulShutdown::new(), JoinSet::new());
    tokio::pin!(stop);
    loop {
        let (stream, from) = tokio::select! {
            () = &mut stop => break,
            Some(_) = inside.join_next() => continue,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    rest_after(&error).await;
                    continue;
                }
            },
        };
        let Some(place) = crowd.enter(from.ip()) else {
            if door.said.may() {
                tracing::warn!(%from, "too many connections at once: no more are taken");
            }
            continue;
        };
        let (door, watcher) = (door.clone(), graceful.watcher());
        inside.spawn(async move {
            door.let_in(stream, from, watcher).await;
            drop(place);
        });
    }
    drop(listener);
    close.send_replace(true);
    let leaving = async {
        graceful.shutdown().await;
        while inside.join_next().await.is_some() {}
    };
    if timeout(limits.farewell, leaving).await.is_err() {
        // What is cut off is sent again by whoever sent it: everything is idempotent.
        inside.shutdown().await;
    }
}

/// One caller that is gone says nothing about the next; a system that has no more files needs a moment.
async fn rest_after(error: &std::io::Error) {
    let gone = matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    );
    if !gone {
        tracing::error!(%error, "no connection can be taken");
        tokio::time::sleep(RECOVERY).await;
    }
}

/// Says to what goes on for long that the door closes. Among the extensions of every request.
#[derive(Clone)]
pub(crate) struct Closing(watch::Receiver<bool>);

impl Closing {
    /// Resolves when it closes.
    async fn closed(&mut self) {
        // Whoever would say it is gone: it is closed.
        let _ = self.0.wait_for(|closed| *closed).await;
    }

    /// Of what may stand behind no door: that never closes.
    pub(crate) async fn of(closing: Option<Self>) {
        match closing {
            Some(mut closing) => closing.closed().await,
            None => std::future::pending().await,
        }
    }
}

/// The address of ours at which a request came in. Among the extensions of every request.
#[derive(Clone, Copy)]
pub(crate) struct Here(pub(crate) SocketAddr);

struct Door {
    tls: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
    said: Said,
    closing: Closing,
}

impl Door {
    async fn let_in(&self, stream: TcpStream, from: SocketAddr, watcher: Watcher) {
        // Answers are small and waited for.
        let _ = stream.set_nodelay(true);
        let here = match stream.local_addr() {
            Ok(here) => Here(here),
            Err(error) => return self.say(from, &error),
        };
        let Some(tls) = &self.tls else { return self.answer(stream, from, here, watcher).await };
        match timeout(self.limits.handshake, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.answer(stream, from, here, watcher).await,
            Ok(Err(error)) => self.say(from, &error),
            Err(slow) => self.say(from, &slow),
        }
    }

    async fn answer<S>(&self, stream: S, from: SocketAddr, here: Here, watcher: Watcher)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(|request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(ConnectInfo(from));
            request.extensions_mut().insert(here);
            request.extensions_mut().insert(self.closing.clone());
            self.router.clone().oneshot(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(stream), service);
        if let Err(error) = watcher.watch(connection).await {
            self.say(from, &error);
        }
    }

    /// A connection ended that should not have. Without TLS, or for another node, or too slow, or cut off.
    fn say(&self, from: SocketAddr, why: &dyn std::error::Error) {
        if self.said.may() {
            tracing::warn!(%from, %why, "a connection of another computer was ended");
        }
    }
}
