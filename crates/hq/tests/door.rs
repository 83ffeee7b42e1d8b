//! The door for other nodes over real sockets: who speaks TLS with whom, and what somebody gets who means ill.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "door/erasing.rs"]
mod erasing;
#[path = "door/fuzz.rs"]
mod fuzz;
#[path = "door/hall.rs"]
mod hall;
#[path = "door/hints.rs"]
mod hints;
#[path = "door/hostile.rs"]
mod hostile;
#[cfg(unix)]
#[path = "door/instances.rs"]
mod instances;
#[path = "door/openapi.rs"]
mod openapi;
#[path = "door/pinned.rs"]
mod pinned;
#[path = "door/revoked.rs"]
mod revoked;
#[cfg(unix)]
#[path = "../../store/tests/store/server.rs"]
mod server;
#[path = "door/stranger.rs"]
mod stranger;

use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_hq::{Limits, nodes, open_door};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

async fn call(app: &App, name: &str, payload: Value) -> Value {
    match app.dispatch(name, payload, None).await {
        Ok(reply) => reply,
        Err(error) => panic!("{name}: {error:?}"),
    }
}

async fn open() -> (App, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (App::open(folder.path(), Arc::new(SystemHost::new(None))).await.unwrap(), folder)
}

/// A headquarters in this process.
struct Hq {
    app: App,
    address: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
    _folder: TempDir,
}

impl Hq {
    async fn open(limits: Limits) -> Self {
        Self::open_at("127.0.0.1:0", limits).await
    }

    async fn open_at(listen: &str, limits: Limits) -> Self {
        let (app, folder) = open().await;
        Self::of(app, folder, listen, limits).await
    }

    /// The door of an application.
    async fn of(app: App, folder: TempDir, listen: &str, limits: Limits) -> Self {
        let listener = TcpListener::bind(listen).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (stop, stopped) = oneshot::channel::<()>();
        let (served, router) = (app.clone(), nodes(app.clone()));
        let served = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or_default() };
            open_door(listener, &served, router, limits, stopped).await.unwrap();
        });
        Self { app, address, stop, served, _folder: folder }
    }

    async fn code(&self) -> String {
        call(&self.app, "sync.pairing_code", json!({})).await.as_str().unwrap().to_owned()
    }

    async fn close(self) {
        self.stop.send(()).unwrap();
        self.served.await.unwrap();
    }
}
