//! The HTTP host: the same commands as the window, and the interface as files. For one person at this computer: it listens on the
//! loopback address, lets one browser in by a one-time token, and answers nobody else.
//!
//! Left out: rules, and everything that decides.
#![forbid(unsafe_code)]

mod events;
mod guard;
mod rpc;
mod site;

pub use guard::Guard;

use axum::Router;
use axum::routing::{get, post};
use jiangsai_app::App;
use std::path::Path;
use std::sync::Arc;

/// Longest request: an upload of 10 MiB in base64.
const LONGEST_REQUEST: usize = 16 * 1024 * 1024;

/// Everything under one roof. `guard` decides who may come in; `ui` holds the built interface.
pub fn router(app: App, guard: Arc<Guard>, ui: &Path) -> Router {
    let router = Router::new()
        .route("/api/rpc/{name}", post(rpc::call))
        .route("/api/events", get(events::stream))
        .with_state(app)
        .fallback_service(site::files(ui))
        .layer(axum::extract::DefaultBodyLimit::max(LONGEST_REQUEST))
        .layer(axum::middleware::from_fn_with_state(guard, guard::check));
    site::with_headers(router, ui)
}
