//! The HTTP host. [`router`]: the same commands as the window, and the interface as files, for one person at this computer, on the loopback
//! address, let in by a one-time token. [`nodes`]: the questions of other nodes, each signed, and nothing else, behind [`open_door`].
//! [`browsers`]: the same interface for whoever has an account and comes from elsewhere, behind [`open_to_browsers`].
//! [`watched`]: numbers for whoever watches over the program. [`LanScreen`]: a big screen for the browsers of other computers, to be looked at.
//!
//! Left out: rules, and everything that decides.
#![forbid(unsafe_code)]

mod addresses;
mod browsers;
mod door;
mod events;
mod guard;
mod guesses;
mod lan;
mod metrics;
mod network;
mod nodes;
mod open_files;
mod openapi;
mod rpc;
mod screen;
mod site;

pub use addresses::reached;
pub use browsers::{Certificate, MOST_BROWSERS, Site, Way, browsers, open_to_browsers};
pub use door::{Limits, open_door};
pub use guard::Guard;
pub use lan::LanDoor;
pub use metrics::{Metrics, watched};
pub use nodes::{nodes, nodes_counted};
pub use open_files::{make_room, raise_open_files};
pub use screen::{Interface, LanScreen};

use axum::Router;
use axum::routing::{get, post};
use jiangsai_app::App;
use std::path::Path;
use std::sync::Arc;

/// Longest request: an upload of 10 MiB in base64.
const LONGEST_REQUEST: usize = 16 * 1024 * 1024;

/// Everything under one roof. `guard` decides who may come in; `ui` holds the built interface.
pub fn router(app: App, guard: Arc<Guard>, ui: &Path) -> Router {
    build(events::Sources { app, interface: None }, guard, ui)
}

/// As [`router`], for an interface that is being worked on: open pages hear when it has been built again.
pub fn reloading_router(app: App, guard: Arc<Guard>, ui: &Path) -> Router {
    build(events::Sources { app, interface: Some(ui.into()) }, guard, ui)
}

fn build(sources: events::Sources, guard: Arc<Guard>, ui: &Path) -> Router {
    let app = sources.app.clone();
    let router = Router::new()
        .route("/api/rpc/{name}", post(rpc::call))
        .route("/api/events", get(events::stream).with_state(sources))
        .route(openapi::PATH, get(openapi::of_the_page))
        .with_state(app)
        .fallback_service(site::files(ui))
        .layer(axum::extract::DefaultBodyLimit::max(LONGEST_REQUEST))
        .layer(axum::middleware::from_fn_with_state(guard, guard::check));
    site::with_headers(router, ui)
}
