//! Answering pulls. A hall of desks asks for the same records one after the other, so each stretch of them is read, receipted and written down
//! once, and kept for the next who asks. Stretches end where others begin: desks stand at different places, and would each need their own
//! otherwise.

mod pieces;
mod relayed;

pub(crate) use pieces::Handed;
pub(crate) use relayed::Relayed;

use super::server::{Answer, NodeRefusal};
use crate::App;
use jiangsai_ledger::replication::{Pull, Push, Reads, ReceiptMark};
use jiangsai_ledger::{Hash, LogId};
use pieces::{Piece, Written};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Records that an answer goes through at most, most of them known: nobody waits long for an answer in which nothing is new, nor is more of them
/// held in memory for it.
const PASSED: u64 = 8_192;

impl App {
    /// Answers a pull of a node that reads so much.
    pub(crate) async fn hand_out(&self, pull: &Pull, reads: Reads) -> Result<Answer, NodeRefusal> {
        let store = &self.0.store;
        let (incarnation, head) = (store.incarnation().await?, store.head(pull.scope).await?);
        let upstream = self.whole_above().await?;
        // Where another process may set a branch apart, nobody would say so here.
        let keeps = upstream.is_none() || !store.is_shared();
        let carried = reads == Reads::Carrier;
        let key = if carried { self.encrypts_to(pull.scope).await? } else { None };
        let (mut at, mut pieces, mut count, mut passed) = (pull.after.min(head), Vec::new(), 0, 0);
        let given = store.gave_out(pull).await?;
        if !given {
            at = 0;
        }
        let known = if given { store.standing_of(pull.scope, &pull.known).await? } else { BTreeMap::new() };
        while given && count < pull.limit && passed < PASSED && at < head {
            let (place, left) = ((reads, key, incarnation, pull.scope, at), pull.limit - count);
            // Whoever asks for less does so because more did not come through.
            let fits = |piece: &Arc<Piece>| keeps && piece.limit.min(piece.records) <= left;
            let piece = match self.0.handed.get(&place).filter(fits) {
                Some(piece) => piece,
                None => {
                    let era = self.0.handed.era();
                    let next = self.0.handed.next(place).filter(|_| keeps);
                    let limit = next.map_or(left, |next| left.min(next - at));
                    let wanted = Pull::after(pull.scope, at, limit);
                    let whole = if carried { Reads::Everything } else { reads };
                    let (runs, until, _) = store.accepted_after(&wanted, whole).await?;
                    let runs = if carried { self.carried_to(runs, key)? } else { runs };
                    let piece = Arc::new(self.piece(incarnation, &runs, until, limit)?);
                    if keeps {
                        self.0.handed.put(place, Arc::clone(&piece), era);
                    }
                    piece
                }
            };
            if piece.until <= at {
                break;
            }
            (at, count, passed) = (piece.until, count + piece.news(&known), passed + piece.records);
            pieces.push(piece);
        }
        let (above, root) = match upstream {
            Some(upstream) => (self.relayed(pull, upstream.root).await?, self.root_of(&upstream, pull.scope).await?),
            None => ((Vec::new(), None), Some(incarnation)),
        };
        let body = put_together(incarnation, (at, !given || at < head), (&pieces, &known), &above, (root, key));
        Ok(Answer { status: 200, body: body.into_bytes(), signature: String::new() })
    }

    /// Writes records down, with a receipt for the last of each log: what is handed out is durable here, so whoever takes it may say so.
    fn piece(&self, incarnation: Hash, runs: &[Push], until: u64, limit: u64) -> Result<Piece, NodeRefusal> {
        let last: BTreeMap<LogId, &Push> = runs.iter().map(|run| (run.log, run)).collect();
        let receipt = |(log, run)| Ok((log, json(&self.receipt(incarnation, run))?));
        let receipts = last.into_iter().map(receipt).collect::<Result<_, NodeRefusal>>()?;
        let runs = runs.iter().map(written).collect::<Result<Vec<_>, _>>()?;
        Ok(Piece { until, records: runs.iter().map(|run| run.records).sum(), limit, runs, receipts })
    }
}

fn written(run: &Push) -> Result<Written, NodeRefusal> {
    let records = run.records.len() as u64;
    Ok(Written { log: run.log, next: run.from + records, records, json: json(run)? })
}

fn json(what: &impl Serialize) -> Result<String, NodeRefusal> {
    serde_json::to_string(what).map_err(|error| NodeRefusal::failed(&error.to_string()))
}

/// A [`jiangsai_ledger::replication::Pulled`] as it is written, out of what is written already. What is known is left out, but for the run at the
/// cursor: by its last record whoever asks proves that the cursor was given out here.
fn put_together(
    incarnation: Hash,
    (cursor, more): (u64, bool),
    (pieces, known): (&[Arc<Piece>], &BTreeMap<LogId, u64>),
    (above, until): &(Vec<Arc<str>>, Option<ReceiptMark>),
    (root, readers): (Option<Hash>, Option<Hash>),
) -> String {
    let mut runs: Vec<&Written> = pieces.iter().flat_map(|piece| &piece.runs).collect();
    let end = runs.pop();
    runs.retain(|run| !run.is_known(known));
    runs.extend(end);
    // Of each log the last says all that those before it say.
    let receipts = pieces.iter().flat_map(|piece| &piece.receipts).map(|(log, json)| (*log, json));
    let receipts: BTreeMap<LogId, &String> = receipts.collect();
    let size = runs.iter().map(|run| run.json.len() + 1).sum::<usize>();
    let mut body = String::with_capacity(size + 1_024 + (above.len() + receipts.len()) * 640);
    // Writing into a text does not fail.
    let _ = write!(body, "{{\"incarnation\":\"{incarnation}\",\"cursor\":{cursor},\"more\":{more},\"runs\":[");
    list(&mut body, runs.into_iter().map(|run| run.json.as_str()));
    body.push_str("],\"receipts\":[");
    list(&mut body, above.iter().map(AsRef::as_ref).chain(receipts.into_values().map(String::as_str)));
    body.push(']');
    if let Some(root) = root {
        let _ = write!(body, ",\"root\":\"{root}\"");
    }
    if let Some(readers) = readers {
        let _ = write!(body, ",\"readers\":\"{readers}\"");
    }
    if let Some(ReceiptMark { order, at }) = until {
        let _ = write!(body, ",\"receipts_until\":{{\"order\":\"{order}\",\"at\":{at}}}");
    }
    body.push('}');
    body
}

/// Puts parts of a list together.
fn list<'a>(body: &mut String, parts: impl Iterator<Item = &'a str>) {
    for (at, part) in parts.enumerate() {
        if at > 0 {
            body.push(',');
        }
        body.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use crate::App;
    use jiangsai_ledger::replication::{Pull, Pulled, Reads, Tip};
    use jiangsai_ledger::{Hash, ScopeId};
    use serde_json::json;

    /// Pulls everything in answers of about so many records; the number of each log that comes next.
    async fn pull_all(app: &App, scope: ScopeId, limit: u64) -> Vec<(String, u64)> {
        let (mut after, mut next) = (0, std::collections::BTreeMap::new());
        loop {
            let answer = app.hand_out(&Pull::after(scope, after, limit), Reads::Everything).await.unwrap();
            let pulled: Pulled = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(serde_json::to_vec(&pulled).unwrap(), answer.body, "written as any other answer");
            let last = pulled.runs.last().and_then(|run| run.records.last()).map(|one| Hash::of(one.header.as_bytes()));
            let receipted: Vec<Hash> = pulled.receipts.iter().map(|receipt| receipt.head).collect();
            assert_eq!(receipted, Vec::from_iter(last), "one receipt for the last record of the one log");
            assert!(pulled.receipts.iter().all(jiangsai_ledger::replication::Receipt::verifies));
            for run in &pulled.runs {
                let expected = next.entry(run.log.to_string()).or_insert(0);
                assert_eq!(run.from, *expected, "nothing is left out and nothing comes twice");
                *expected += run.records.len() as u64;
            }
            after = pulled.cursor;
            if !pulled.more {
                return next.into_iter().collect();
            }
        }
    }

    #[tokio::test]
    async fn what_was_handed_out_is_handed_out_again_and_what_came_since_with_it() {
        let (_folder, app) = App::in_new_folder().await;
        let scope = app.founds().await;
        let id = scope.to_string();
        let rename = async |title: &str| {
            let mut settings = app.dispatch("competition.settings", json!({"competition": id}), None).await.unwrap();
            settings["title"] = title.into();
            let edit = json!({"competition": id, "settings": settings});
            app.dispatch("competition.edit_settings", edit, None).await.unwrap();
        };
        let heads = async || -> Vec<(String, u64)> {
            let heads = app.0.store.heads(scope).await.unwrap();
            heads.into_iter().map(|(log, next)| (log.to_string(), next)).collect()
        };
        for title in ["模拟一", "模拟二", "模拟三"] {
            rename(title).await;
            for limit in [1, 2, 100] {
                assert_eq!(pull_all(&app, scope, limit).await, heads().await, "{title}, {limit} at once");
            }
        }
        let head = app.0.store.head(scope).await.unwrap();
        // One begins anywhere, another further on, a third before both, and something comes in between.
        app.0.handed.forget();
        let pull = async |after: u64| {
            let pull = Pull::after(scope, after, 1_000);
            let answer = app.hand_out(&pull, Reads::Everything).await.unwrap();
            serde_json::from_slice::<Pulled>(&answer.body).unwrap()
        };
        assert_eq!(pull(head - 1).await.cursor, head);
        rename("模拟四").await;
        assert_eq!(pull(head - 2).await.cursor, head + 1);
        rename("模拟五").await;
        let all = pull(0).await;
        assert_eq!(all.runs.iter().map(|run| run.records.len() as u64).sum::<u64>(), head + 2);
        assert_eq!(app.0.handed.records(), head + 2, "every record was read and written down once");
        let head = head + 2;
        let elsewhere = Pull { head: Some(Hash::of(b"elsewhere")), ..Pull::after(scope, head, 9) };
        let answer = app.hand_out(&elsewhere, Reads::Everything).await.unwrap();
        let pulled: Pulled = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((pulled.cursor, pulled.more, pulled.runs.len()), (0, true, 0), "never given out for that record");
        let answer = app.hand_out(&Pull::after(scope, head + 9, 9), Reads::Everything).await.unwrap();
        let pulled: Pulled = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((pulled.cursor, pulled.more), (head, false), "a cursor that was never given out");
    }

    #[tokio::test]
    async fn what_is_known_does_not_come_again_and_is_receipted_all_the_same() {
        let (_folder, app) = App::in_new_folder().await;
        let scope = app.founds().await;
        let id = scope.to_string();
        for title in ["模拟一", "模拟二"] {
            let mut settings = app.dispatch("competition.settings", json!({"competition": id}), None).await.unwrap();
            settings["title"] = title.into();
            let edit = json!({"competition": id, "settings": settings});
            app.dispatch("competition.edit_settings", edit, None).await.unwrap();
        }
        let store = &app.0.store;
        let (head, known) = (store.head(scope).await.unwrap(), store.known(scope, Reads::Everything).await.unwrap());
        let (&log, &tip) = known.first_key_value().unwrap();
        assert_eq!(known.len(), 1, "one log");
        let pull = async |after: u64, limit: u64, tip: Tip| {
            let pull = Pull { known: [(log, tip)].into(), ..Pull::after(scope, after, limit) };
            let answer = app.hand_out(&pull, Reads::Everything).await.unwrap();
            serde_json::from_slice::<Pulled>(&answer.body).unwrap()
        };
        let records = |pulled: &Pulled| pulled.runs.iter().map(|run| run.records.len() as u64).sum::<u64>();
        // So that there are pieces to pass over.
        let all = pull_all(&app, scope, 1).await;
        assert_eq!(all, [(log.to_string(), head)]);
        let pulled = pull(0, 1, tip).await;
        assert_eq!((pulled.cursor, pulled.more, pulled.runs.len()), (head, false, 1), "in one answer");
        let end = pulled.runs[0].records.last().unwrap();
        assert_eq!(Hash::of(end.header.as_bytes()), tip.head, "what ends at the cursor comes: it proves the cursor");
        assert!(records(&pulled) < head);
        let receipts: Vec<(u64, Hash)> = pulled.receipts.iter().map(|one| (one.seq, one.head)).collect();
        assert_eq!(receipts, [(tip.seq, tip.head)], "and that the rest is held here is receipted");

        let other = Tip { head: Hash::of(b"another branch"), ..tip };
        assert_eq!(records(&pull(0, 1_000, other).await), head, "another branch is not known here");
        let longer = Tip { seq: tip.seq + 1, ..tip };
        assert_eq!(records(&pull(0, 1_000, longer).await), head, "nor is what does not stand there");
    }
}
