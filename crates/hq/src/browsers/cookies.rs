//! The cookies of the door: the token of a session, and the mark of an account that was signed in there before. Both go to this site alone, over HTTPS, to
//! no script and with no request of another site.

use super::Site;
use axum::http::{HeaderMap, HeaderValue, header};
use jiangsai_app::accounts::Cookie;

/// Seconds for which a browser keeps the mark.
const KNOWN: u64 = 180 * 24 * 60 * 60;

/// A browser keeps one jar for all ports of a host.
fn name(site: &Site, what: &str) -> String {
    let port = site.port().map(|port| format!("-{port}")).unwrap_or_default();
    format!("__Host-jiangsai{what}{port}")
}

/// The token of a session that a request shows.
pub(super) fn session(headers: &HeaderMap, site: &Site) -> Option<String> {
    shown(headers, &name(site, ""))
}

/// The mark that a request shows.
pub(super) fn known(headers: &HeaderMap, site: &Site) -> Option<String> {
    shown(headers, &name(site, "-known"))
}

fn shown(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned())
}

/// What a browser is told to keep.
pub(super) fn set(site: &Site, cookie: &Cookie) -> Option<HeaderValue> {
    let (name, value, age) = match cookie {
        Cookie::Session(token) => (name(site, ""), token.as_str(), None),
        Cookie::NoSession => (name(site, ""), "", Some(0)),
        Cookie::Known(mark) => (name(site, "-known"), mark.as_str(), Some(KNOWN)),
    };
    let age = age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Strict{age}")).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_port_has_cookies_of_its_own() {
        let (usual, other): (Site, Site) =
            ("https://hq.example.org".parse().unwrap(), "https://hq.example.org:8443".parse().unwrap());
        let line = set(&other, &Cookie::Session("abc".to_owned())).unwrap();
        assert_eq!(line, "__Host-jiangsai-8443=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; __Host-jiangsai-8443=abc"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-jiangsai-known-8443=m"));
        assert_eq!(session(&headers, &other).as_deref(), Some("abc"));
        assert_eq!(known(&headers, &other).as_deref(), Some("m"));
        assert_eq!(session(&headers, &usual), None);
        assert!(set(&usual, &Cookie::NoSession).unwrap().to_str().unwrap().ends_with("Max-Age=0"));
    }
}
