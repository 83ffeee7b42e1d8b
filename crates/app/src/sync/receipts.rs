//! Keeping receipts, from wherever they come.

use super::Upstream;
use crate::App;
use crate::failure::Failure;
use jiangsai_ledger::replication::Receipt;
use jiangsai_ledger::{Hash, ScopeId};

impl Upstream {
    /// Do receipts of this issuer count?
    pub(crate) fn trusts(&self, issuer: Hash) -> bool {
        issuer == self.key || issuer == self.root
    }
}

impl App {
    /// Keeps the receipts that count: of the node above or of headquarters, about this scope, well signed. Those of the connection are the
    /// newest there are.
    pub(super) async fn keep_receipts(
        &self,
        upstream: &Upstream,
        scope: ScopeId,
        receipts: &[Receipt],
    ) -> Result<(), Failure> {
        self.keep(upstream, scope, receipts, |known, receipt| known != receipt).await.map(drop)
    }

    /// As over the connection, but out of a file that may be older than what is known: only a receipt that was signed later than the one
    /// that is kept takes its place. How many those were.
    pub(crate) async fn keep_newer_receipts(
        &self,
        upstream: &Upstream,
        scope: ScopeId,
        receipts: &[Receipt],
    ) -> Result<u32, Failure> {
        self.keep(upstream, scope, receipts, |known, receipt| receipt.at > known.at).await
    }

    async fn keep(
        &self,
        upstream: &Upstream,
        scope: ScopeId,
        receipts: &[Receipt],
        replaces: impl Fn(&Receipt, &Receipt) -> bool + Send,
    ) -> Result<u32, Failure> {
        if receipts.is_empty() {
            return Ok(0);
        }
        let mut known = self.0.store.receipts(scope, upstream.key).await?;
        if upstream.root != upstream.key {
            known.extend(self.0.store.receipts(scope, upstream.root).await?);
        }
        let mut kept = 0;
        for receipt in receipts {
            let counts = upstream.trusts(receipt.issuer) && receipt.scope == scope && receipt.verifies();
            let same = known.iter().find(|one| one.issuer == receipt.issuer && one.log == receipt.log);
            if counts && same.is_none_or(|same| replaces(same, receipt)) {
                self.0.store.receipt_put(receipt).await?;
                kept += 1;
            }
        }
        Ok(kept)
    }
}
