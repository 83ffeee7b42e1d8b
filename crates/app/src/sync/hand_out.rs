//! Answering pulls. A hall of desks asks for the same records one after the other, so each stretch of them is read, receipted and written down
//! once, and kept for the next who asks. Stretches end where others begin: desks stand at different places, and would each need their own
//! otherwise.

use super::server::{Answer, NodeRefusal};
use crate::App;
use jiangsai_ledger::replication::{Pull, Push, Reads, Receipt};
use jiangsai_ledger::{Hash, LogId, ScopeId};
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::ops::Bound::{Excluded, Included};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that are kept; the oldest go first.
const KEPT: usize = 32 * 1024 * 1024;

/// Records that were accepted after one cursor and up to another, as they stand in an answer.
struct Piece {
    until: u64,
    records: u64,
    /// So many were asked for; it ends at a checkpoint, so there may be more.
    limit: u64,
    /// Runs, with commas between them; and a receipt for each log.
    runs: String,
    receipts: String,
}

impl Piece {
    fn size(&self) -> usize {
        self.runs.len() + self.receipts.len() + size_of::<Self>()
    }
}

/// By what is read, what is encrypted to, incarnation, scope, and the cursor it begins after.
type Place = (Reads, Option<Hash>, Hash, ScopeId, u64);

/// What was handed out lately.
#[derive(Default)]
pub(crate) struct Handed(Mutex<Pieces>);

#[derive(Default)]
struct Pieces {
    by_place: BTreeMap<Place, Arc<Piece>>,
    /// In the order in which they were made.
    order: VecDeque<Place>,
    size: usize,
    /// How often everything was forgotten.
    era: u64,
}

impl Handed {
    fn with<T>(&self, change: impl FnOnce(&mut Pieces) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn get(&self, place: &Place) -> Option<Arc<Piece>> {
        self.with(|pieces| pieces.by_place.get(place).cloned())
    }

    /// Where the next piece begins behind a place.
    fn next(&self, (reads, key, incarnation, scope, at): Place) -> Option<u64> {
        let of = |at| (reads, key, incarnation, scope, at);
        let behind = (Excluded(of(at)), Included(of(u64::MAX)));
        self.with(|pieces| pieces.by_place.range(behind).next().map(|((.., next), _)| *next))
    }

    fn era(&self) -> u64 {
        self.with(|pieces| pieces.era)
    }

    /// Keeps what was read in an era, while that lasts.
    fn put(&self, place: Place, piece: Arc<Piece>, era: u64) {
        self.with(|pieces| {
            if pieces.era != era {
                return;
            }
            pieces.size += piece.size();
            if let Some(before) = pieces.by_place.insert(place, piece) {
                pieces.size -= before.size();
            } else {
                pieces.order.push_back(place);
            }
            while pieces.size > KEPT {
                let Some(oldest) = pieces.order.pop_front() else { break };
                pieces.size -= pieces.by_place.remove(&oldest).map_or(0, |piece| piece.size());
            }
        });
    }

    /// Something that was accepted stands no longer.
    pub(crate) fn forget(&self) {
        self.with(|pieces| *pieces = Pieces { era: pieces.era + 1, ..Pieces::default() });
    }
}

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
        let (mut at, mut pieces, mut count) = (pull.after.min(head), Vec::new(), 0);
        let known = store.gave_out(pull).await?;
        if !known {
            at = 0;
        }
        while known && count < pull.limit && at < head {
            let (place, left) = ((reads, key, incarnation, pull.scope, at), pull.limit - count);
            // Whoever asks for less does so because more did not come through.
            let fits = |piece: &Arc<Piece>| keeps && piece.limit.min(piece.records) <= left;
            let piece = match self.0.handed.get(&place).filter(fits) {
                Some(piece) => piece,
                None => {
                    let era = self.0.handed.era();
                    let next = self.0.handed.next(place).filter(|_| keeps);
                    let limit = next.map_or(left, |next| left.min(next - at));
                    let wanted = Pull { scope: pull.scope, after: at, limit, head: None };
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
            (at, count) = (piece.until, count + piece.records);
            pieces.push(piece);
        }
        let (above, root) = match upstream {
            Some(upstream) => {
                (store.receipts(pull.scope, upstream.root).await?, self.root_of(&upstream, pull.scope).await?)
            }
            None => (Vec::new(), Some(incarnation)),
        };
        let body = put_together(incarnation, (at, !known || at < head), &pieces, &above, (root, key))?;
        Ok(Answer { status: 200, body: body.into_bytes(), signature: String::new() })
    }

    /// Writes records down, with a receipt for the last of each log: what is handed out is durable here, so whoever takes it may say so.
    fn piece(&self, incarnation: Hash, runs: &[Push], until: u64, limit: u64) -> Result<Piece, NodeRefusal> {
        let last: BTreeMap<LogId, &Push> = runs.iter().map(|run| (run.log, run)).collect();
        let receipts: Vec<Receipt> = last.into_values().map(|run| self.receipt(incarnation, run)).collect();
        let records = runs.iter().map(|run| run.records.len() as u64).sum();
        Ok(Piece { until, records, limit, runs: joined(runs)?, receipts: joined(&receipts)? })
    }
}

fn json(what: &impl Serialize) -> Result<String, NodeRefusal> {
    serde_json::to_string(what).map_err(|error| NodeRefusal::failed(&error.to_string()))
}

/// JSON of each, with commas between them.
fn joined<T: Serialize>(all: &[T]) -> Result<String, NodeRefusal> {
    let all: Vec<String> = all.iter().map(json).collect::<Result<_, _>>()?;
    Ok(all.join(","))
}

/// A [`jiangsai_ledger::replication::Pulled`] as it is written, out of what is written already.
fn put_together(
    incarnation: Hash,
    (cursor, more): (u64, bool),
    pieces: &[Arc<Piece>],
    above: &[Receipt],
    (root, readers): (Option<Hash>, Option<Hash>),
) -> Result<String, NodeRefusal> {
    let size: usize = pieces.iter().map(|piece| piece.size()).sum();
    let mut body = String::with_capacity(size + 1_024 + above.len() * 640);
    // Writing into a text does not fail.
    let _ = write!(body, "{{\"incarnation\":\"{incarnation}\",\"cursor\":{cursor},\"more\":{more},\"runs\":[");
    list(&mut body, pieces.iter().map(|piece| piece.runs.as_str()));
    body.push_str("],\"receipts\":[");
    let above = joined(above)?;
    list(&mut body, std::iter::once(above.as_str()).chain(pieces.iter().map(|piece| piece.receipts.as_str())));
    body.push(']');
    if let Some(root) = root {
        let _ = write!(body, ",\"root\":\"{root}\"");
    }
    if let Some(readers) = readers {
        let _ = write!(body, ",\"readers\":\"{readers}\"");
    }
    body.push('}');
    Ok(body)
}

/// Puts parts of a list together, some of which may be empty.
fn list<'a>(body: &mut String, parts: impl Iterator<Item = &'a str>) {
    for (at, part) in parts.filter(|part| !part.is_empty()).enumerate() {
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
    use jiangsai_ledger::ScopeId;
    use jiangsai_ledger::replication::{Pull, Pulled, Reads};
    use serde_json::json;

    /// Pulls everything in answers of about so many records; the number of each log that comes next.
    async fn pull_all(app: &App, scope: ScopeId, limit: u64) -> Vec<(String, u64)> {
        let (mut after, mut next) = (0, std::collections::BTreeMap::new());
        loop {
            let answer = app.hand_out(&Pull { scope, after, limit, head: None }, Reads::Everything).await.unwrap();
            let pulled: Pulled = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(serde_json::to_vec(&pulled).unwrap(), answer.body, "written as any other answer");
            assert_eq!(pulled.receipts.len(), pulled.runs.len(), "a receipt for each run of the one log");
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
        let create = json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}});
        let id = app.dispatch("competitions.create", create, None).await.unwrap();
        let scope: ScopeId = id.as_str().unwrap().parse().unwrap();
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
            let pull = Pull { scope, after, limit: 1_000, head: None };
            let answer = app.hand_out(&pull, Reads::Everything).await.unwrap();
            serde_json::from_slice::<Pulled>(&answer.body).unwrap()
        };
        assert_eq!(pull(head - 1).await.cursor, head);
        rename("模拟四").await;
        assert_eq!(pull(head - 2).await.cursor, head + 1);
        rename("模拟五").await;
        let all = pull(0).await;
        assert_eq!(all.runs.iter().map(|run| run.records.len() as u64).sum::<u64>(), head + 2);
        let kept = app.0.handed.with(|pieces| pieces.by_place.values().map(|piece| piece.records).sum::<u64>());
        assert_eq!(kept, head + 2, "every record was read and written down once");
        let head = head + 2;
        let elsewhere = Some(jiangsai_ledger::Hash::of(b"elsewhere"));
        let answer =
            app.hand_out(&Pull { scope, after: head, limit: 9, head: elsewhere }, Reads::Everything).await.unwrap();
        let pulled: Pulled = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((pulled.cursor, pulled.more, pulled.runs.len()), (0, true, 0), "never given out for that record");
        let answer =
            app.hand_out(&Pull { scope, after: head + 9, limit: 9, head: None }, Reads::Everything).await.unwrap();
        let pulled: Pulled = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((pulled.cursor, pulled.more), (head, false), "a cursor that was never given out");
    }
}
