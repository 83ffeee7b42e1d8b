//! Keeping receipts, from wherever they come.

use super::Upstream;
use crate::App;
use crate::failure::Failure;
use jiangsai_ledger::bundle::Head;
use jiangsai_ledger::replication::Receipt;
use jiangsai_ledger::{Hash, LogId, ScopeId};
use std::collections::BTreeMap;

impl Upstream {
    /// Do receipts of this issuer count?
    pub(crate) fn trusts(&self, issuer: Hash) -> bool {
        issuer == self.key || issuer == self.root
    }
}

/// The incarnations whose receipts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counting {
    above: Option<Hash>,
    root: Option<Hash>,
}

impl App {
    /// Keeps the receipts that count, of those that came over the connection by themselves.
    pub(super) async fn keep_receipts(
        &self,
        upstream: &Upstream,
        scope: ScopeId,
        receipts: &[Receipt],
    ) -> Result<(), Failure> {
        let new = self.new_receipts(upstream, scope, receipts).await?;
        if !new.is_empty() {
            self.0.store.receipts_put(&new).await?;
            self.0.hints.receipts_came(scope);
            self.counts_changed();
        }
        Ok(())
    }

    /// Of receipts that came over the connection those that count and are not known. They are the newest there are.
    pub(super) async fn new_receipts(
        &self,
        upstream: &Upstream,
        scope: ScopeId,
        receipts: &[Receipt],
    ) -> Result<Vec<Receipt>, Failure> {
        self.counting(upstream, scope, receipts, |known, receipt| known != receipt).await
    }

    /// Which incarnations count once a bundle of receipts is known: of the node above, and of headquarters. A bundle may lie about for long
    /// and come again, so one of another incarnation than the one that counts is believed only when it was made later than every receipt
    /// of its maker that is known here; else it is of a store that was gone back from.
    pub(crate) async fn counting_after(
        &self,
        upstream: &Upstream,
        head: &Head,
        receipts: &[Receipt],
    ) -> Result<Counting, Failure> {
        let store = &self.0.store;
        let above = store.link(head.scope, upstream.key).await?.map(|(incarnation, _)| incarnation);
        let mut counting = Counting { above, root: self.root_of(upstream, head.scope).await? };
        if head.from != upstream.key {
            return Ok(counting);
        }
        if self.counts_from_now(head.scope, upstream.key, (above, head.incarnation), head.at).await? {
            counting.above = Some(head.incarnation);
        }
        if counting.above != Some(head.incarnation) {
            return Ok(counting);
        }
        let mut told = None;
        if upstream.root == upstream.key {
            counting.root = counting.above;
        } else if let Some(newest) = receipts.iter().filter(|one| one.issuer == upstream.root).max_by_key(|one| one.at)
        {
            let change = (counting.root, newest.incarnation);
            if self.counts_from_now(head.scope, upstream.root, change, newest.at).await? {
                counting.root = Some(newest.incarnation);
                told = counting.root;
            }
        }
        store.link_told(head.scope, upstream.key, head.incarnation, told).await?;
        Ok(counting)
    }

    /// Does an incarnation of an issuer count from now on, where another one or none did? `at`: when it spoke.
    async fn counts_from_now(
        &self,
        scope: ScopeId,
        issuer: Hash,
        (known, named): (Option<Hash>, Hash),
        at: i64,
    ) -> Result<bool, Failure> {
        let newest = self.0.store.receipts(scope, issuer).await?.iter().map(|one| one.at).max();
        Ok(match (known, newest) {
            (Some(known), _) if known == named => true,
            (_, None) => true,
            (Some(_), Some(newest)) => at > newest,
            (None, Some(newest)) => at >= newest,
        })
    }

    /// As over the connection, but out of a file that may be older than what is known: only receipts of the incarnation that counts are
    /// kept, and of two of these the one that reaches further. How many took the place of another, or of none.
    pub(crate) async fn keep_receipts_of(
        &self,
        upstream: &Upstream,
        counting: &Counting,
        scope: ScopeId,
        receipts: &[Receipt],
    ) -> Result<u32, Failure> {
        let counts = |one: &&Receipt| {
            let own = if one.issuer == upstream.key { counting.above } else { counting.root };
            own == Some(one.incarnation)
        };
        let receipts: Vec<Receipt> = receipts.iter().filter(counts).copied().collect();
        let replaces = |known: &Receipt, one: &Receipt| known.incarnation != one.incarnation || one.seq > known.seq;
        let new = self.counting(upstream, scope, &receipts, replaces).await?;
        self.0.store.receipts_put(&new).await?;
        if !new.is_empty() {
            // They took the place of some that a connection says to be here.
            self.0.connection.links_begin_anew();
            self.counts_changed();
        }
        Ok(u32::try_from(new.len()).unwrap_or(u32::MAX))
    }

    /// Those of the node above or of headquarters, about this scope, well signed, that take the place of what is known: one for each log.
    async fn counting(
        &self,
        upstream: &Upstream,
        scope: ScopeId,
        receipts: &[Receipt],
        replaces: impl Fn(&Receipt, &Receipt) -> bool + Send,
    ) -> Result<Vec<Receipt>, Failure> {
        if receipts.is_empty() {
            return Ok(Vec::new());
        }
        let mut known = self.0.store.receipts(scope, upstream.key).await?;
        if upstream.root != upstream.key {
            known.extend(self.0.store.receipts(scope, upstream.root).await?);
        }
        let known: BTreeMap<(Hash, LogId), Receipt> =
            known.into_iter().map(|one| ((one.issuer, one.log), one)).collect();
        // A pull brings a receipt for every run: of each log only one is written.
        let mut kept: BTreeMap<(Hash, LogId), Receipt> = BTreeMap::new();
        for receipt in receipts.iter().filter(|one| upstream.trusts(one.issuer) && one.scope == scope) {
            let place = (receipt.issuer, receipt.log);
            let same = kept.get(&place).or_else(|| known.get(&place));
            if same.is_none_or(|same| replaces(same, receipt)) && receipt.verifies() {
                kept.insert(place, *receipt);
            }
        }
        Ok(kept.into_values().collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiangsai_ledger::Signature;
    use jiangsai_ledger::bundle::{Content, Kind, write};
    use jiangsai_ledger::replication::{Link, Reads};

    #[tokio::test]
    async fn after_receipts_out_of_a_file_no_connection_says_that_those_before_are_here() {
        let ((_one, below), (_other, above)) = (App::in_new_folder().await, App::in_new_folder().await);
        let scope = below.founds().await;
        let (key, url) = (above.public_key().unwrap(), "https://127.0.0.1:1".to_owned());
        let upstream = Upstream { url, key, root: key, sealing: None, reads: Reads::Everything, carrier: false };
        below.keep_paired(&upstream).await.unwrap();

        let (own, incarnation) = (above.0.store.node_key(), above.0.store.incarnation().await.unwrap());
        let (log, (next, head)) = below.0.store.ends(scope).await.unwrap().pop_first().unwrap();
        let (issuer, signature) = (Hash::ZERO, Signature([0; 64]));
        let receipt = Receipt { issuer, incarnation, scope, log, seq: next - 1, head, at: 0, signature }.sign(&own);
        let head = Head { kind: Kind::Receipts, scope, from: key, to: None, incarnation, at: 0 };
        let bytes = write(&head, &Content { runs: Vec::new(), receipts: vec![receipt] }, &own);
        let connection = &below.0.connection;
        for (new, stays) in [(1, false), (0, true)] {
            let era = connection.era();
            connection.put_back(scope, Link::new(Some((incarnation, 0))), era);
            assert_eq!(below.take_bundle(bytes.clone()).await.unwrap().receipts, new);
            assert_eq!(connection.era() == era, stays, "what a round that is under way has to say");
            assert_eq!(connection.take(scope).0.is_some(), stays);
        }
        assert_eq!(below.0.store.receipts(scope, key).await.unwrap(), [receipt]);
    }
}
