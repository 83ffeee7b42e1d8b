//! Verifying a bundle without a data folder: what `jiangsai-cli verify` says.

use super::standings::{EventResults, Verdict, results};
use jiangsai_ledger::bundle::{Kind, check};
use jiangsai_ledger::{NotAHash, ScopeId};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// What the bundle is for: `records`, `published`, `receipts`; empty when it could not be read.
    pub kind: &'static str,
    /// Public key of the node that made and sealed it. Whose key that is has to be known from elsewhere.
    pub from: String,
    /// Public keys of those whose receipts are in it.
    pub issuers: Vec<String>,
    /// Logs, records, records without bodies, checkpoints and receipts that verify.
    pub counts: [u64; 5],
    /// The results of each event, computed again.
    pub events: Vec<EventResults>,
    /// What is wrong, and where.
    pub wrong: Vec<String>,
}

impl Examined {
    /// Is everything in it as it should be?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.wrong.is_empty() && self.events.iter().all(|event| event.verdict != Verdict::Differs)
    }
}

/// Verifies every hash, chain, signature and receipt, and computes the standings again.
///
/// # Errors
/// When `scope` is not the id of a competition.
pub fn examine(bytes: &[u8], scope: &str) -> Result<Examined, NotAHash> {
    let scope: ScopeId = scope.parse()?;
    let found = check(bytes, Some(scope));
    let mut wrong: Vec<String> = found.wrong.iter().map(ToString::to_string).collect();
    for (log, from) in &found.begins {
        wrong.push(format!(
            "log {log}, record {from}: the records before it are not in this bundle, so nobody vouches for it"
        ));
    }
    let Some(head) = found.head else { return Ok(Examined { wrong, ..Examined::default() }) };
    let mut logs: Vec<_> = found.content.runs.iter().map(|run| run.log).collect();
    logs.sort_unstable();
    logs.dedup();
    let mut issuers: Vec<String> = found.content.receipts.iter().map(|one| one.issuer.to_string()).collect();
    issuers.sort_unstable();
    issuers.dedup();
    // Results of records that do not verify would say nothing.
    let whole = wrong.is_empty() && head.kind != Kind::Receipts;
    let events = if whole { results(&found.content.runs) } else { Vec::new() };
    Ok(Examined {
        kind: head.kind.word(),
        from: head.from.to_string(),
        issuers,
        counts: [
            logs.len() as u64,
            found.records,
            found.withheld,
            found.checkpoints,
            found.content.receipts.len() as u64,
        ],
        events,
        wrong,
    })
}
