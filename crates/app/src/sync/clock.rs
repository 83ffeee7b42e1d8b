//! Clocks of computers below that are ahead of the one here: what they write arrives before it was written. Nothing rests on it; it is shown beside
//! the computer.
//!
//! Left out: clocks that are behind, which look like records that waited for the network; and clocks that jump, which are findings.

use super::server::Asking;
use crate::failure::Failure;
use crate::{App, Change};
use jiangsai_ledger::Header;
use jiangsai_ledger::replication::Push;

/// So far clocks may be apart, in milliseconds.
const APART: i64 = 2 * 60 * 1_000;
/// Less than this is no news of a clock that is known to be ahead.
const NEWS: i64 = 60 * 1_000;

impl App {
    /// Compares when the last record of a run was written with when it arrived, where the computer that brought it wrote it.
    pub(super) async fn compare_clocks(&self, who: &Asking, push: &Push, now: i64) -> Result<(), Failure> {
        let last = push.records.last().and_then(|one| Header::read(one.header.as_bytes()).ok());
        let Some(last) = last else { return Ok(()) };
        let ahead = Some(last.at.saturating_sub(now)).filter(|ahead| *ahead > APART);
        let known = match (who.ahead, ahead) {
            (None, None) => true,
            (Some(before), Some(ahead)) => before.abs_diff(ahead) < NEWS.unsigned_abs(),
            _ => false,
        };
        if known || !self.0.store.is_of_peer(push.log, who.key).await? {
            return Ok(());
        }
        self.0.store.node_ahead(who.key, ahead).await?;
        if let Some(ahead) = ahead {
            tracing::warn!(node = %who.key, minutes = ahead / 60_000, "the clock of a computer below is ahead");
        }
        // Nobody looking on is no fault.
        let _ = self.0.changes.send(Change::Nodes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::host::SystemHost;
    use jiangsai_ledger::Hash;
    use jiangsai_ledger::replication::{Pull, Reads};
    use serde_json::{Value, json};
    use std::sync::Arc;

    const MINUTE: i64 = 60_000;

    #[tokio::test]
    async fn a_clock_that_is_ahead_is_shown_beside_the_computer_that_wrote_until_it_is_set() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let open = async |at: usize| App::open(folders[at].path(), Arc::new(SystemHost::new(None))).await.unwrap();
        let (desk, hub) = (open(0).await, open(1).await);
        let scope = desk.founds().await;
        let pull = Pull::after(scope, 0, 100_000);
        let run = desk.0.store.accepted_after(&pull, Reads::Everything).await.unwrap().0.remove(0);
        hub.0.store.ingest(&run).await.unwrap();
        let written = Header::read(run.records.last().unwrap().header.as_bytes()).unwrap().at;

        let keys = [Hash::of(b"the desk"), Hash::of(b"another")];
        for (key, code) in keys.into_iter().zip(["CODE", "OTHER"]) {
            hub.0.store.pairing_code_put(code, i64::MAX, Reads::Everything).await.unwrap();
            hub.0.store.pair(code, key, code, 7).await.unwrap().unwrap();
        }
        hub.0.store.node_named(keys[0], &desk.0.store.node()).await.unwrap();
        let arrives = async |key: Hash, now: i64| {
            let known = hub.0.store.known_peer(key).await.unwrap().unwrap();
            let who = Asking { key, reads: known.reads, ahead: known.ahead };
            hub.compare_clocks(&who, &run, now).await.unwrap();
            let shown = hub.dispatch("headquarters.nodes", json!({}), None).await.unwrap();
            shown["nodes"].as_array().unwrap().iter().map(|node| node["ahead"].clone()).collect::<Vec<Value>>()
        };
        let none = [Value::Null, Value::Null];
        assert_eq!(arrives(keys[0], written + 60 * MINUTE).await, none, "it waited for the network");
        assert_eq!(arrives(keys[0], written - MINUTE).await, none, "clocks are a little apart");
        assert_eq!(
            arrives(keys[1], written - 30 * MINUTE).await,
            none,
            "who hands on what another wrote is not the one"
        );
        let mut heard = hub.changes();
        assert_eq!(arrives(keys[0], written - 30 * MINUTE).await, [json!(30 * MINUTE), Value::Null]);
        assert_eq!(heard.recv().await.unwrap(), Change::Nodes, "whoever looks on is told");
        assert_eq!(arrives(keys[0], written - 30 * MINUTE + 1).await, [json!(30 * MINUTE), Value::Null]);
        assert!(heard.try_recv().is_err(), "and not at every record");
        assert_eq!(arrives(keys[0], written + 1).await, none, "it was set");
    }
}
