//! The interface as files, and the headers that keep it to itself.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// What a page may load: its own files, and wasm.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// Files of the built interface; anything unknown is its first page.
pub(crate) fn files(ui: &Path) -> ServeDir<ServeFile> {
    ServeDir::new(ui).fallback(ServeFile::new(ui.join("index.html")))
}

/// Sets headers on every answer.
pub(crate) fn with_headers(router: Router) -> Router {
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .layer(set(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        // A new build is seen at once; what did not change is not sent again.
        .layer(set(header::CACHE_CONTROL, "no-cache"))
}
