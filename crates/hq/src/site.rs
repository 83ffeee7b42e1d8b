//! The interface as files, and the headers that keep it to itself.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// What a page may load: its own files, wasm, and the scripts that stand in the built first page itself, each by its hash.
fn policy(ui: &Path) -> String {
    let page = std::fs::read_to_string(ui.join("index.html")).unwrap_or_default();
    let hashes: String = inline_scripts(&page)
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
    ServeDir::new(ui).fallback(ServeFile::new(ui.join("index.html")))
}

/// Sets headers on every answer.
pub(crate) fn with_headers(router: Router, ui: &Path) -> Router {
    // A page whose policy cannot be written loads nothing.
    let policy = HeaderValue::from_str(&policy(ui)).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .layer(SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, policy))
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
