//! What is counted for whoever watches over a headquarters: the questions of other nodes by what became of them and how long they took, and
//! what is held. Prometheus text over plain HTTP, at an address of its own that is closed unless it is asked for (`serve --metrics`).
//!
//! Left out: whatever is about people or about one node. No name, address, key or competition is a label.

use crate::nodes;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiangsai_app::App;
use jiangsai_app::sync::{NodeRefusal, QUESTIONS};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// What Prometheus and its like read.
const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    question: &'static str,
    /// `ok`, or the code of the refusal.
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Question {
    question: &'static str,
}

/// Counts, shared by those who count and whoever shows them.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    outcomes: Family<Outcome, Counter>,
    seconds: Family<Question, Histogram, fn() -> Histogram>,
    competitions: Gauge,
    records: Gauge,
    pending: Gauge,
    nodes: Gauge,
}

/// From a millisecond to half a minute.
fn durations() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 16))
}

impl Default for Metrics {
    fn default() -> Self {
        let outcomes = Family::default();
        let seconds: Family<Question, Histogram, fn() -> Histogram> = Family::new_with_constructor(durations);
        let (competitions, records, pending, nodes) =
            (Gauge::default(), Gauge::default(), Gauge::default(), Gauge::default());
        let mut registry = Registry::with_prefix("jiangsai");
        registry.register("questions", "Questions of other nodes, by what became of them", outcomes.clone());
        let took = "From the head of a question to its answer";
        registry.register_with_unit("question", took, Unit::Seconds, seconds.clone());
        registry.register("competitions", "Competitions held here", competitions.clone());
        registry.register("records", "Records held here", records.clone());
        let waiting = "Records without a receipt of the level above; of no meaning where there is none";
        registry.register("records_pending", waiting, pending.clone());
        registry.register("nodes", "Nodes that may connect", nodes.clone());
        Self { registry: Arc::new(registry), outcomes, seconds, competitions, records, pending, nodes }
    }
}

impl Metrics {
    /// Counts a question that was answered, or refused, after so long.
    pub(crate) fn count(&self, question: &str, refused: Option<&NodeRefusal>, took: Duration) {
        // Whoever makes questions up makes no new labels.
        let known = QUESTIONS.iter().map(|(name, _)| *name).find(|name| *name == question);
        let question = known.unwrap_or("other");
        let code = refused.map_or("ok", |refusal| refusal.code);
        self.outcomes.get_or_create(&Outcome { question, code }).inc();
        self.seconds.get_or_create(&Question { question }).observe(took.as_secs_f64());
    }

    async fn show(&self, app: &App) -> Result<String, Box<dyn std::error::Error>> {
        let tally = app.tally().await.map_err(|error| error.code)?;
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.competitions.set(number(tally.competitions));
        self.records.set(number(tally.records));
        self.pending.set(number(tally.pending));
        self.nodes.set(number(tally.nodes));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// `/metrics` and `/health` at an address, by that address or by one of these names. A page of another site that is open in a browser nearby does
/// not get them.
pub fn watched(app: App, metrics: Metrics, at: SocketAddr, names: Vec<String>) -> Router {
    Router::new()
        .route("/metrics", get(show))
        .route("/health", get(health))
        .with_state((app, metrics))
        .layer(from_fn_with_state(Arc::new(Hosts { at, names }), own_host))
}

async fn own_host(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    if hosts.are_meant(request.headers()) { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() }
}

/// What this program is called by whoever asks it.
struct Hosts {
    at: SocketAddr,
    names: Vec<String>,
}

impl Hosts {
    /// Does a request name one of these, and come from a page of its own or from none?
    fn are_meant(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let is_own = |host: &str| text(header::ORIGIN).is_none_or(|origin| origin == format!("http://{host}"));
        text(header::HOST).is_some_and(|host| self.allow(host) && is_own(host))
    }

    /// May a request name this host? Where every address of this computer is listened at, any address in digits: a page of another site gets here by
    /// a name of its own that leads here, and never by digits.
    fn allow(&self, host: &str) -> bool {
        let Self { at, names } = self;
        let named = |own: &String| {
            let rest = host.get(..own.len()).filter(|name| name.eq_ignore_ascii_case(own)).map(|_| &host[own.len()..]);
            rest.is_some_and(|rest| {
                rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
            })
        };
        host == at.to_string()
            || host == format!("localhost:{}", at.port())
            || (at.ip().is_unspecified() && is_address(host))
            || names.iter().any(named)
    }
}

/// An address in digits, with a port or without.
fn is_address(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.parse::<SocketAddr>().is_ok() || bare.parse::<IpAddr>().is_ok()
}

async fn show(State((app, metrics)): State<(App, Metrics)>) -> Response {
    match metrics.show(&app).await {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "what is held could not be counted");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn health(State((app, _)): State<(App, Metrics)>) -> Response {
    nodes::health_of(&app).await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn hosts(at: &str, names: &[&str]) -> Hosts {
        Hosts { at: at.parse().unwrap(), names: names.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn one_address_is_asked_by_itself_alone() {
        let one = hosts("10.0.0.5:9480", &[]);
        assert!(one.allow("10.0.0.5:9480") && one.allow("localhost:9480"));
        for host in ["10.0.0.6:9480", "10.0.0.5:9481", "10.0.0.5", "elsewhere.example:9480", "elsewhere.example", ""] {
            assert!(!one.allow(host), "{host}");
        }
    }

    #[test]
    fn every_address_is_asked_by_digits_and_by_no_name_that_was_not_given() {
        for all in [hosts("0.0.0.0:9480", &["hq.example.org"]), hosts("[::]:9480", &["hq.example.org"])] {
            for host in
                ["10.0.0.5:9480", "10.0.0.5", "[fe80::1]:9480", "[::1]", "HQ.example.org:9480", "hq.example.org"]
            {
                assert!(all.allow(host), "{host}");
            }
            for host in [
                "elsewhere.example:9480",
                "hq.example.org.elsewhere.example",
                "hq.example.org:x",
                "10.0.0.5.example",
                "",
            ] {
                assert!(!all.allow(host), "{host}");
            }
        }
    }
}
