//! The site by whose name browsers come: whether a request is meant for it and comes from its own page.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Method, Uri, header};
use std::fmt;
use std::str::FromStr;

/// `https://hq.example.org`, with a port where it is not the usual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// As it stands in `Host`.
    host: String,
    port: Option<u16>,
}

/// It is not the address of a site.
#[derive(Debug, PartialEq, Eq)]
pub struct NoSite;

impl std::error::Error for NoSite {}

impl fmt::Display for NoSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a site is written https://NAME or https://NAME:PORT, with nothing behind it")
    }
}

impl FromStr for Site {
    type Err = NoSite;

    fn from_str(text: &str) -> Result<Self, NoSite> {
        let uri: Uri = text.parse().map_err(|_| NoSite)?;
        let authority = uri.authority().ok_or(NoSite)?;
        let bare = matches!(uri.path(), "" | "/") && uri.query().is_none() && !authority.as_str().contains('@');
        if uri.scheme_str() != Some("https") || !bare {
            return Err(NoSite);
        }
        // A browser leaves out the usual one.
        let port = authority.port_u16().filter(|port| *port != 443);
        let name = authority.host().to_ascii_lowercase();
        let host = port.map_or_else(|| name.clone(), |port| format!("{name}:{port}"));
        Ok(Self { host, port })
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}", self.host)
    }
}

/// Says from where a browser asks. A page cannot set it.
const FROM: HeaderName = HeaderName::from_static("sec-fetch-site");

impl Site {
    /// Its name, with the port where it is not the usual one.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Tells sites on other ports of the same host apart, which share a browser's cookies.
    pub(super) const fn port(&self) -> Option<u16> {
        self.port
    }

    /// Is a request meant for this site, and does it come from its own page? One that may change something must say so itself; one for a
    /// file may come from a link anywhere.
    pub(super) fn is_own(&self, request: &Request) -> bool {
        let headers = request.headers();
        let only = |name: HeaderName| one(headers, &name);
        let host = only(header::HOST).is_ok_and(|host| host.is_some_and(|host| host.eq_ignore_ascii_case(&self.host)));
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let origin = match only(header::ORIGIN) {
            Ok(None) => reads,
            Ok(Some(origin)) => origin == self.to_string(),
            Err(()) => false,
        };
        let asks = request.uri().path().starts_with("/api/");
        let from = match only(FROM) {
            Ok(None) => true,
            Ok(Some(from)) => !asks || from == "same-origin",
            Err(()) => false,
        };
        host && origin && from
    }
}

/// The one value of a header, if there is one.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    let (first, second) = (values.next(), values.next());
    match (first, second) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(drop),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use axum::body::Body;

    #[test]
    fn a_site_is_a_name_over_https_and_nothing_else() {
        for (text, host) in [
            ("https://hq.example.org", "hq.example.org"),
            ("https://HQ.example.org/", "hq.example.org"),
            ("https://hq.example.org:443", "hq.example.org"),
            ("https://hq.example.org:8443", "hq.example.org:8443"),
            ("https://[2001:db8::1]:8443", "[2001:db8::1]:8443"),
        ] {
            assert_eq!(text.parse::<Site>().unwrap().host(), host);
        }
        let wrong = [
            "http://hq.example.org",
            "hq.example.org",
            "https://hq.example.org/jiangsai",
            "https://a@hq.example.org",
            "https://",
            "",
        ];
        for text in wrong {
            assert_eq!(text.parse::<Site>(), Err(NoSite), "{text}");
        }
    }

    fn is_own(method: &str, path: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        "https://hq.example.org".parse::<Site>().unwrap().is_own(&request.body(Body::empty()).unwrap())
    }

    #[test]
    fn own_pages_ask_and_others_do_not() {
        let (host, origin) = (("host", "hq.example.org"), ("origin", "https://hq.example.org"));
        assert!(is_own("GET", "/", &[host]));
        assert!(is_own("GET", "/", &[host, ("sec-fetch-site", "cross-site")]), "a link in a message");
        assert!(is_own("POST", "/api/door/who", &[host, origin]));
        assert!(is_own("POST", "/api/door/who", &[host, origin, ("sec-fetch-site", "same-origin")]));
        assert!(!is_own("POST", "/api/door/who", &[host]), "it does not say from where");
        assert!(!is_own("POST", "/api/door/who", &[host, origin, ("sec-fetch-site", "same-site")]));
        assert!(!is_own("GET", "/api/events", &[host, ("sec-fetch-site", "cross-site")]));
        for wrong in ["http://hq.example.org", "https://hq.example.org:8443", "https://evil.example", "null", ""] {
            assert!(!is_own("POST", "/api/door/who", &[host, ("origin", wrong)]), "{wrong}");
            assert!(!is_own("GET", "/", &[host, ("origin", wrong)]), "{wrong}");
        }
        for wrong in ["evil.example", "hq.example.org:8443", "127.0.0.1", ""] {
            assert!(!is_own("GET", "/", &[("host", wrong)]), "{wrong}");
        }
        assert!(!is_own("GET", "/", &[]), "no name at all");
        assert!(!is_own("GET", "/", &[host, ("host", "evil.example")]), "two names");
        assert!(!is_own("POST", "/api/door/who", &[host, origin, origin]), "two origins");
    }
}
