//! What a node tells the one above of itself: what it holds and has no receipt for. Only told; receipts decide.

use super::client::Client;
use super::server::NodeRefusal;
use super::{Holding, Report, Upstream};
use crate::failure::Failure;
use crate::{App, Change};
use jiangsai_ledger::Hash;
use jiangsai_store::Held;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// So often a node says that it is there, whatever it holds.
const ANYWAY: Duration = Duration::from_secs(60);
/// Sooner than this it does not even look: hundreds of nodes mark at once.
const SOONEST: Duration = Duration::from_secs(10);
/// Most competitions that a report may name.
const MOST: usize = 4_096;

/// What was told last, and when.
#[derive(Default)]
pub(super) struct Told {
    looked: Option<Instant>,
    told: Option<(Instant, bool)>,
}

impl Told {
    /// Is it time to look again?
    fn is_due(&mut self) -> bool {
        let due = self.looked.is_none_or(|looked| looked.elapsed() >= SOONEST);
        if due {
            self.looked = Some(Instant::now());
        }
        due
    }

    /// Is it worth telling? Numbers that go up and down are not, before a minute is over; that there is something now, or nothing any more, is.
    fn is_worth(&self, holds: bool) -> bool {
        self.told.is_none_or(|(at, before)| before != holds || at.elapsed() >= ANYWAY)
    }
}

impl App {
    /// Tells the node above what this one holds, when there is something to tell.
    pub(super) async fn tell(&self, client: &Client, upstream: &Upstream) -> Result<(), Failure> {
        if !self.0.connection.with(|state| state.told.is_due()) {
            return Ok(());
        }
        let mut holds = Vec::new();
        {
            let _beside = self.0.gate.read().await;
            for scope in self.0.store.scopes().await? {
                let above =
                    self.0.store.link(scope, upstream.key).await?.map(|(incarnation, _)| (upstream.key, incarnation));
                let progress = self.0.store.progress(scope, above).await?;
                if progress.pending > 0 {
                    holds.push(Holding { scope, pending: progress.pending, oldest: progress.oldest });
                }
            }
        }
        holds.truncate(MOST);
        let any = !holds.is_empty();
        if !self.0.connection.with(|state| state.told.is_worth(any)) {
            return Ok(());
        }
        // Whether it arrived or not, records and receipts go their own way; it is told again in a minute.
        let _ = client.ask::<()>(self, upstream, "report", &Report { holds, node: Some(self.0.store.node()) }).await;
        self.0.connection.with(|state| state.told.told = Some((Instant::now(), any)));
        Ok(())
    }

    /// Keeps what a node below tells of itself.
    pub(super) async fn take_report(&self, from: Hash, report: &Report) -> Result<(), NodeRefusal> {
        if report.holds.len() > MOST {
            return Err(NodeRefusal::new(400, "bad-request", "too many competitions"));
        }
        let mut held = BTreeMap::new();
        for one in &report.holds {
            // As many as can be counted; what is more is nonsense, and sums must not fail over it.
            let pending = one.pending.min(u64::from(u32::MAX));
            if held.insert(one.scope, Held { scope: one.scope, pending, oldest: one.oldest }).is_some() {
                return Err(NodeRefusal::new(400, "bad-request", "a competition twice"));
            }
        }
        let held: Vec<Held> = held.into_values().collect();
        self.0.store.node_reported(from, self.0.host.now_ms(), &held).await?;
        if let Some(node) = named(report.node.as_deref()) {
            self.0.store.node_named(from, node).await?;
        }
        // Nobody looking on is no fault.
        let _ = self.0.changes.send(Change::Nodes);
        Ok(())
    }
}

/// The name that the logs of a node have for it, where that can be one.
pub(super) fn named(node: Option<&str>) -> Option<&str> {
    node.filter(|node| (1..=64).contains(&node.len()) && node.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use serde_json::{Value, json};

    async fn ask(app: &App, name: &str, payload: Value) -> Value {
        app.dispatch(name, payload, None).await.unwrap()
    }

    #[tokio::test]
    async fn what_a_node_tells_is_shown_in_the_place_of_what_it_told_before() {
        let (_folder, app) = App::in_new_folder().await;
        let create = json!({"title": "模拟", "event": "", "from": "sample"});
        let id = ask(&app, "competitions.create", create).await;
        let scope = id.as_str().unwrap().parse().unwrap();
        let desk = Hash::of(b"a desk");
        app.0.store.pairing_code_put("CODE", i64::MAX, jiangsai_ledger::replication::Reads::Everything).await.unwrap();
        assert!(app.0.store.pair("CODE", desk, "一号台", 7).await.unwrap().is_some());
        let nodes = async || ask(&app, "headquarters.nodes", json!({})).await["nodes"].clone();
        assert_eq!(nodes().await[0]["seen_at"], Value::Null, "it has not told anything yet");

        let mut heard = app.changes();
        let holds = vec![Holding { scope, pending: 3, oldest: Some(11) }];
        app.take_report(desk, &Report { holds, node: None }).await.unwrap();
        assert_eq!(heard.recv().await.unwrap(), Change::Nodes, "whoever looks on is told");
        let told = nodes().await[0].clone();
        assert_eq!((&told["name"], &told["held"], &told["oldest"]), (&json!("一号台"), &json!(3), &json!(11)));
        assert!(told["seen_at"].as_i64() > Some(7));
        let overview = ask(&app, "headquarters.overview", json!({"competition": id})).await;
        assert_eq!(overview["held"], 3);
        let event = &overview["events"][0];
        assert_eq!((&event["state"], &event["bulletin"]), (&json!("provisional"), &Value::Null));
        assert_eq!(event["marked"], event["cells"], "the sample is marked");

        app.take_report(desk, &Report { holds: Vec::new(), node: None }).await.unwrap();
        assert_eq!(nodes().await[0]["held"], 0);
        assert_eq!(ask(&app, "headquarters.overview", json!({"competition": id})).await["held"], 0);
        let holds = (0..=MOST).map(|_| Holding { scope, pending: 1, oldest: None }).collect();
        let refused = app.take_report(desk, &Report { holds, node: None }).await;
        assert_eq!(refused.unwrap_err().code, "bad-request");
        assert_eq!(nodes().await[0]["held"], 0, "nothing of what was refused is kept");
        let twice = (0..2).map(|_| Holding { scope, pending: 1, oldest: None }).collect();
        assert_eq!(app.take_report(desk, &Report { holds: twice, node: None }).await.unwrap_err().code, "bad-request");
        let other = Hash::of(b"nowhere").to_string().parse().unwrap();
        let most = [scope, other].map(|scope| Holding { scope, pending: u64::MAX, oldest: None }).into();
        app.take_report(desk, &Report { holds: most, node: None }).await.unwrap();
        assert!(nodes().await[0]["held"].as_u64() > Some(u64::from(u32::MAX)), "and sums hold");
    }

    #[test]
    fn small_changes_are_not_worth_telling_and_the_first_and_last_record_are() {
        let mut told = Told::default();
        assert!(told.is_due() && told.is_worth(false), "the first time");
        assert!(!told.is_due(), "not again at once");
        told.told = Some((Instant::now(), true));
        assert!(!told.is_worth(true) && told.is_worth(false));
    }
}
