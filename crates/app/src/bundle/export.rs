//! What goes into a bundle.

use super::envelope;
use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use crate::sync::Upstream;
use jiangsai_domain::command::bundle::BundleWhat;
use jiangsai_domain::competition::Event;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::fact::is_withheld;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_ledger::bundle::{Content, Head, Kind, LONGEST, Packed, Run, write};
use jiangsai_ledger::replication::{Reads, Receipt};
use jiangsai_ledger::{Body, Hash, LogId, ScopeId, Signature};
use std::collections::BTreeMap;

/// Records that are read from the database at once.
const PART: u64 = 4_096;
/// Bytes of a bundle that are left for its head, its receipts and its seal.
const BESIDE: u64 = 4 * 1024 * 1024;
/// More than the line of a record takes.
const LINE: u64 = 640;

/// A bundle, and what is in it.
pub(super) struct Made {
    pub bytes: Vec<u8>,
    pub logs: u32,
    pub records: u64,
    pub withheld: u64,
    pub receipts: u32,
    pub more: bool,
}

impl App {
    /// Makes a bundle.
    ///
    /// # Errors
    /// `no-competition`; `bundle-not-connected`, `bundle-no-key`, `bundle-nothing`, `bundle-carrier`, `bundle-public` for the node above; `bundle-sealed` for a published one;
    /// `bundle-too-large` where all of it was asked for; `bundle-part` where all of it is not here.
    pub(super) async fn make_bundle(&self, id: &CompetitionId, what: BundleWhat) -> Result<Made, Failure> {
        let scope = Self::scope(id)?;
        if !self.0.store.scopes().await?.contains(&scope) {
            return Err(Refusal::new("no-competition").into());
        }
        match what {
            BundleWhat::Lacking => self.for_upstream(scope, false).await,
            BundleWhat::Everything => self.for_upstream(scope, true).await,
            BundleWhat::Published => self.published(id, scope).await,
            BundleWhat::Receipts => self.receipts_back(scope).await,
        }
    }

    /// Records on their way up, encrypted to the node above.
    async fn for_upstream(&self, scope: ScopeId, everything: bool) -> Result<Made, Failure> {
        let Some(Upstream { key, sealing, carrier, reads, .. }) = self.upstream().await? else {
            return Err(Refusal::new("bundle-not-connected").into());
        };
        if reads == Reads::Public {
            return Err(Refusal::new("bundle-public").into());
        }
        // It would open all of it.
        if carrier {
            return Err(Refusal::new("bundle-carrier").into());
        }
        let sealing = sealing.ok_or(Refusal::new("bundle-no-key"))?;
        let above = self.0.store.link(scope, key).await?.map(|(incarnation, _)| (key, incarnation));
        let mut reached = self.0.store.reached(scope, above.filter(|_| !everything)).await?;
        let mut partial = self.0.store.partial(scope).await?;
        for (log, last) in self.0.store.boxed_logs(scope).await? {
            let known = partial.entry(log).or_insert(last);
            *known = last.max(*known);
        }
        let part = self.0.store.is_part(scope).await?;
        if everything && (part || !partial.is_empty()) {
            return Err(Refusal::new("bundle-part").into());
        }
        // Of these others have the bodies, and send them.
        for (log, whole) in partial {
            if reached.get(&log).map_or(0, |last| last + 1) < whole {
                reached.insert(log, u64::MAX - 1);
            }
        }
        let (runs, more) = self.runs_behind(scope, reached, LONGEST - BESIDE).await?;
        if more && (everything || runs.is_empty()) {
            return Err(Refusal::new("bundle-too-large").into());
        }
        if runs.is_empty() {
            return Err(Refusal::new("bundle-nothing").into());
        }
        let content = Content { runs, receipts: Vec::new() };
        let made = self.seal_up(scope, Kind::Records, Some(key), content).await?;
        let bytes =
            blocking(move || envelope::close(key, sealing, &made.bytes).map(|bytes| Made { bytes, more, ..made }));
        bytes.await?
    }

    /// A whole competition for whoever wants to verify it, without what is about persons.
    async fn published(&self, id: &CompetitionId, scope: ScopeId) -> Result<Made, Failure> {
        let sealed = self.ask(id, |state| Ok(state.events.values().any(Event::is_sealed))).await?;
        if sealed {
            return Err(Refusal::new("bundle-sealed").into());
        }
        let store = &self.0.store;
        let part = store.is_part(scope).await? || !store.partial(scope).await?.is_empty();
        if part || !store.boxed_logs(scope).await?.is_empty() {
            return Err(Refusal::new("bundle-part").into());
        }
        let (runs, more) = self.runs_behind(scope, BTreeMap::new(), LONGEST - BESIDE).await?;
        if more {
            return Err(Refusal::new("bundle-too-large").into());
        }
        let runs = blocking(move || without_persons(runs)).await??;
        let mut receipts = match self.upstream().await? {
            Some(upstream) => self.receipts_of(scope, &upstream).await?,
            None => Vec::new(),
        };
        // One may be of records that are not here yet, or of a branch that does not stand: here it proves nothing.
        receipts.retain(|one| names_one_of(&runs, one));
        self.seal_up(scope, Kind::Published, None, Content { runs, receipts }).await
    }

    /// Says that what stands here is durable here, and hands on what headquarters says.
    async fn receipts_back(&self, scope: ScopeId) -> Result<Made, Failure> {
        let (store, incarnation) = (&self.0.store, self.0.store.incarnation().await?);
        let mut receipts = match self.whole_above().await? {
            Some(upstream) => {
                let root = self.root_of(&upstream, scope).await?;
                let mut receipts = store.receipts(scope, upstream.root).await?;
                // What headquarters held before it was restored says nothing.
                receipts.retain(|one| Some(one.incarnation) == root);
                receipts
            }
            None => Vec::new(),
        };
        for (log, next) in store.heads(scope).await? {
            let seq = next.saturating_sub(1);
            let Some(head) = store.standing_at(scope, log, seq).await? else { continue };
            let at = self.0.host.now_ms();
            let (issuer, signature) = (Hash::ZERO, Signature([0; 64]));
            let one = Receipt { issuer, incarnation, scope, log, seq, head, at, signature };
            receipts.push(one.sign(&store.node_key()));
        }
        self.seal_up(scope, Kind::Receipts, None, Content { runs: Vec::new(), receipts }).await
    }

    async fn receipts_of(&self, scope: ScopeId, upstream: &Upstream) -> Result<Vec<Receipt>, Failure> {
        let mut receipts = self.0.store.receipts(scope, upstream.key).await?;
        if upstream.root != upstream.key {
            receipts.extend(self.0.store.receipts(scope, upstream.root).await?);
        }
        Ok(receipts)
    }

    /// What stands here behind the last record of each log that is named, as far as it takes at most so many bytes; and whether there is more.
    /// It ends at a checkpoint, so that the next bundle goes on behind it.
    pub(super) async fn runs_behind(
        &self,
        scope: ScopeId,
        reached: BTreeMap<LogId, u64>,
        most: u64,
    ) -> Result<(Vec<Run>, bool), Failure> {
        let (mut runs, mut left) = (Vec::<Run>::new(), most);
        for (log, next) in self.0.store.heads(scope).await? {
            let mut from = reached.get(&log).map_or(0, |last| last + 1);
            let mut at_once = PART;
            while from < next {
                let part = Run::from(self.0.store.run_from(scope, log, from, at_once).await?);
                let Some(rest) = left.checked_sub(size(&part)).filter(|_| !part.records.is_empty()) else {
                    if at_once == 1 {
                        return Ok((runs, true));
                    }
                    // Fewer may fit, up to an earlier checkpoint.
                    at_once /= 2;
                    continue;
                };
                (left, from) = (rest, from + part.records.len() as u64);
                match runs.last_mut() {
                    Some(run) if run.log == log => run.records.extend(part.records),
                    _ => runs.push(part),
                }
            }
        }
        Ok((runs, false))
    }

    async fn seal_up(&self, scope: ScopeId, kind: Kind, to: Option<Hash>, content: Content) -> Result<Made, Failure> {
        let incarnation = self.0.store.incarnation().await?;
        let head = Head { kind, scope, from: self.public_key()?, to, incarnation, at: self.0.host.now_ms() };
        let key = self.0.store.node_key();
        let made = move || {
            let bytes = write(&head, &content, &key);
            let records = content.runs.iter().flat_map(|run| &run.records);
            Made {
                bytes,
                logs: count(content.runs.len()),
                records: records.clone().count() as u64,
                withheld: records.filter(|one| one.body.is_none()).count() as u64,
                receipts: count(content.receipts.len()),
                more: false,
            }
        };
        let made = blocking(made).await?;
        if made.bytes.len() as u64 > LONGEST { Err(Refusal::new("bundle-too-large").into()) } else { Ok(made) }
    }
}

/// At most the bytes that a run takes.
fn size(run: &Run) -> u64 {
    let one = |one: &Packed| {
        let body = one.body.as_ref().map_or(0, |(_, body)| body.len());
        LINE + (one.header.len() + body) as u64
    };
    LINE + run.records.iter().map(one).sum::<u64>()
}

/// Does a receipt name a record of these runs?
fn names_one_of(runs: &[Run], receipt: &Receipt) -> bool {
    runs.iter().filter(|run| run.log == receipt.log).any(|run| {
        let at = receipt.seq.checked_sub(run.from).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| run.records.get(at)).is_some_and(|one| one.hash == receipt.head)
    })
}

/// Without the bodies that are about a person rather than about the results.
fn without_persons(mut runs: Vec<Run>) -> Result<Vec<Run>, Failure> {
    for one in runs.iter_mut().flat_map(|run| &mut run.records) {
        if withhold(one)? {
            one.body = None;
        }
    }
    Ok(runs)
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Is the body of a record about a person rather than about the results?
fn withhold(one: &Packed) -> Result<bool, Failure> {
    let Some((_, body)) = &one.body else { return Ok(false) };
    let body = Body::read(body.as_bytes()).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(is_withheld(&body.kind))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::facts::new_facts;
    use jiangsai_domain::competition::Competition;
    use jiangsai_domain::envelope::{Context, Draft};
    use jiangsai_domain::fact::Fact;
    use jiangsai_ledger::Header;
    use serde_json::json;

    #[test]
    fn what_is_withheld_has_a_header_of_which_verifiers_know_that_it_may_be() {
        let mark = json!({"event": "e", "entry": "n", "item": "P1", "judge": "j", "text": "x"});
        let asked = json!({"event": "e", "entry": "n", "by": "x", "text": "x"});
        let columns = json!({"whom": "all", "scores": true, "occupation": false});
        let heading = jiangsai_domain::bulletin::Heading::default();
        let bulletin = json!({
            "kind": "provisional", "digest": "", "columns": columns, "by": "x", "heading": heading, "sealed": false, "rows": []
        });
        let facts = [
            ("person.form", json!({"person": "p", "form": {"name": "x"}})),
            ("mark.note", mark),
            ("inquiry.raised", json!({"inquiry": "q", "asked": asked})),
            ("inquiry.answered", json!({"inquiry": "q", "answer": {"by": "x", "corrected": false, "text": "x"}})),
            ("bulletin.published", json!({"event": "e", "number": 1, "bulletin": bulletin})),
        ];
        let context = Context { today: "2026-05-01".to_owned(), actor: "operator".to_owned().into(), seed: 1 };
        for (kind, content) in facts {
            assert!(is_withheld(kind), "{kind}");
            let fact = Fact::read(kind, 1, content).unwrap_or_else(|why| panic!("{kind}: {why}"));
            let draft = Draft { fact, replaces: Vec::new(), reason: String::new() };
            let made = new_facts(&Competition::default(), vec![draft], false, &context).unwrap().remove(0);
            let header = |class, audience: &str| Header {
                kind: "jiangsai.record.v1".into(),
                scope: Hash::ZERO,
                log: Hash::ZERO,
                seq: 1,
                prev: Hash::ZERO,
                class,
                audience: audience.into(),
                actor: "operator".into(),
                at: 0,
                order: 1,
                body: Hash::ZERO,
            };
            assert!(Kind::Published.may_lack(&header(made.class, &made.audience)), "{kind}: {}", made.audience);
            assert!(!Kind::Published.may_lack(&header(made.class, "public")), "{kind}, if it were public");
            if kind == "mark.note" {
                assert!(Kind::Published.may_lack(&header(made.class, "desk:j")), "as while names are sealed");
            }
        }
    }

    #[test]
    fn a_receipt_of_what_is_not_in_the_bundle_is_left_out() {
        let (log, other) = (LogId::new(Hash::of(b"log")), LogId::new(Hash::of(b"other")));
        let packed = |text: &[u8]| Packed { hash: Hash::of(text), header: String::new(), body: None, signature: None };
        let runs = [Run { log, from: 0, records: vec![packed(b"0"), packed(b"1")] }];
        let receipt = |log, seq, head: &[u8]| Receipt {
            issuer: Hash::ZERO,
            incarnation: Hash::ZERO,
            scope: ScopeId::new(Hash::ZERO),
            log,
            seq,
            head: Hash::of(head),
            at: 0,
            signature: Signature([0; 64]),
        };
        assert!(names_one_of(&runs, &receipt(log, 1, b"1")));
        assert!(!names_one_of(&runs, &receipt(log, 2, b"1")), "it has not come yet");
        assert!(!names_one_of(&runs, &receipt(log, 1, b"0")), "of a branch that does not stand");
        assert!(!names_one_of(&runs, &receipt(other, 1, b"1")), "of another log");
    }

    #[tokio::test]
    async fn what_is_too_much_for_one_bundle_goes_into_several_that_follow_each_other() {
        let (_folder, app) = App::in_new_folder().await;
        let create = serde_json::json!({"title": "", "event": "", "from": "sample"});
        let id = app.dispatch("competitions.create", create, None).await.unwrap();
        let scope = App::scope(&CompetitionId::new(id.as_str().unwrap())).unwrap();
        let settings =
            app.dispatch("competition.settings", serde_json::json!({"competition": id}), None).await.unwrap();
        for place in 0..30 {
            let mut other = settings.clone();
            other["place"] = serde_json::json!(place.to_string());
            let edit = serde_json::json!({"competition": id, "settings": other});
            app.dispatch("competition.edit_settings", edit, None).await.unwrap();
        }
        let (whole, more) = app.runs_behind(scope, BTreeMap::new(), u64::MAX).await.unwrap();
        assert!(!more);
        let most = whole.iter().map(size).sum::<u64>() - 1;
        let (mut reached, mut bundles, mut records) = (BTreeMap::new(), 0, 0);
        loop {
            let (runs, more) = app.runs_behind(scope, reached.clone(), most).await.unwrap();
            for run in &runs {
                assert_eq!(run.from, reached.get(&run.log).map_or(0, |last| last + 1), "it goes on behind the last");
                assert!(run.records.last().unwrap().signature.is_some(), "and ends at a checkpoint");
                records += run.records.len();
                reached.insert(run.log, run.from + run.records.len() as u64 - 1);
            }
            assert!(runs.iter().map(size).sum::<u64>() <= most);
            bundles += 1;
            if !more {
                break;
            }
            assert!(!runs.is_empty());
        }
        assert!(bundles > 1, "it took several");
        assert_eq!(records, whole.iter().map(|run| run.records.len()).sum::<usize>(), "all of them, once");
    }
}
