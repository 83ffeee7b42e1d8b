//! The interface as files, and the headers that keep it to itself.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// The first page of a built interface.
pub(crate) const PAGE: &str = "index.html";

/// What a page may load: its own files, wasm, and the scripts that stand in the page itself, each by its hash.
pub(crate) fn policy(page: &str) -> String {
    let hashes: String = inline_scripts(page)
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes()))))
        .collect();
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// The contents of the script elements without a source.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (content, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(content)
    })
}

/// Files of the built interface; anything unknown is its first page.
pub(crate) fn files(ui: &Path) -> ServeDir<ServeFile> {
    ServeDir::new(ui).fallback(ServeFile::new(ui.join(PAGE)))
}

/// Says what may be loaded by the first page as it is now: the interface may be built again while it is served.
async fn with_policy(State(ui): State<Arc<Path>>, request: Request, next: Next) -> Response {
    let is_file = !request.uri().path().starts_with("/api/");
    let mut answer = next.run(request).await;
    // An answer that nothing has changed counts for the page as well, so the path decides and not what is in the answer.
    let page = if is_file { tokio::fs::read_to_string(ui.join(PAGE)).await.unwrap_or_default() } else { String::new() };
    // A page whose policy cannot be written loads nothing.
    let policy =
        HeaderValue::from_str(&policy(&page)).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
    answer.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    answer
}

/// Sets headers on every answer, and the policy of the page in a folder.
pub(crate) fn with_headers(router: Router, ui: &Path) -> Router {
    with_own_headers(router.layer(from_fn_with_state(Arc::<Path>::from(ui), with_policy)))
}

/// Sets the headers that every answer of ours has.
pub(crate) fn with_own_headers(router: Router) -> Router {
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        // A new build is seen at once; what did not change is not sent again.
        .layer(set(header::CACHE_CONTROL, "no-cache"))
}

#[cfg(test)]
mod tests {
    use super::inline_scripts;

    #[test]
    fn scripts_in_the_page_are_found_and_those_with_a_source_are_not() {
        let page = "<script type=\"module\">\nimport a;\n</script><script src=\"/b.js\"></script><script>c</script>";
        let found: Vec<&str> = inline_scripts(page).collect();
        assert_eq!(found, ["\nimport a;\n", "c"], "to the byte, as the browser hashes them");
    }
}
