//! Verifying a bundle without a data folder: what `jiangsai-cli verify` says.

use super::envelope;
use super::standings::{Computed, Decided, EventResults, Verdict, results};
use super::vouched::{Headquarters, Issuer, Vouched, issuers, vouched};
use jiangsai_ledger::bundle::{Content, Kind, check};
use jiangsai_ledger::{Header, NotAHash, ScopeId};
use std::collections::BTreeMap;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// What the bundle is for: `records`, `published`, `receipts`; empty when it could not be read.
    pub kind: &'static str,
    /// Public key of the node that made and sealed it. Whose key that is has to be known from elsewhere.
    pub from: String,
    /// Those whose receipts are in it.
    pub issuers: Vec<Issuer>,
    /// What headquarters vouch for, where somebody said whom they are known by.
    pub vouched: Option<Vouched>,
    /// Logs, records, records without bodies, checkpoints and receipts that verify.
    pub counts: [u64; 5],
    /// The results of each event, computed again.
    pub events: Vec<EventResults>,
    /// Decisions that were made while people signed in. Whether keys are really those of the persons has to be known from elsewhere.
    pub decided: Vec<Decided>,
    /// How many decisions of a kind are approved, of those there is one of at every entry or sheet.
    pub many: BTreeMap<&'static str, u64>,
    /// Records in quarantine, by why they have no effect.
    pub quarantined: BTreeMap<&'static str, u64>,
    /// Bodies that are left out, by class of record.
    pub withheld: BTreeMap<String, u64>,
    /// What is wrong, and where.
    pub wrong: Vec<String>,
}

impl Examined {
    /// Were the results of every event held against a confirmation? Receipts have none; of other bundles one that shows no event says nothing,
    /// nor do records on their way up that lack bodies.
    #[must_use]
    pub fn is_compared(&self) -> bool {
        let shown = match self.kind {
            "receipts" => true,
            "published" => !self.events.is_empty(),
            _ => !self.events.is_empty() && self.withheld.is_empty(),
        };
        shown && self.events.iter().all(|event| matches!(event.verdict, Verdict::Agrees | Verdict::Differs))
    }

    /// Have all decisions the approvals that they want?
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.decided.iter().all(|own| own.missing.is_empty())
    }

    /// Do headquarters vouch for every record, where somebody said whom they are known by?
    #[must_use]
    pub fn is_vouched(&self) -> bool {
        self.vouched.as_ref().is_none_or(Vouched::is_whole)
    }

    /// Is everything in it as it should be?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.wrong.is_empty() && self.events.iter().all(|event| event.verdict != Verdict::Differs)
    }
}

/// Verifies every hash, chain, signature and receipt, and computes the standings again. Receipts are held against `headquarters`, where they
/// are known.
///
/// # Errors
/// When `scope` is not the id of a competition.
pub fn examine(bytes: &[u8], scope: &str, headquarters: Option<Headquarters>) -> Result<Examined, NotAHash> {
    let scope: ScopeId = scope.parse()?;
    if envelope::looks_like(bytes) {
        let wrong = vec![envelope::said(bytes)];
        return Ok(Examined { wrong, ..Examined::default() });
    }
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
    // Results of records that do not verify would say nothing.
    let whole = wrong.is_empty() && head.kind != Kind::Receipts;
    let Computed { events, decided, many, quarantined } =
        if whole { results(head.scope, &found.content.runs) } else { Computed::default() };
    Ok(Examined {
        kind: head.kind.word(),
        from: head.from.to_string(),
        issuers: issuers(&found, headquarters),
        vouched: headquarters.map(|own| vouched(&found, (head.from, head.kind), own)),
        counts: [
            logs.len() as u64,
            found.records,
            found.withheld,
            found.checkpoints,
            found.content.receipts.len() as u64,
        ],
        events,
        decided,
        many,
        quarantined,
        withheld: withheld(&found.content),
        wrong,
    })
}

/// How many bodies of each class are left out.
fn withheld(content: &Content) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for one in content.runs.iter().flat_map(|run| &run.records).filter(|one| one.body.is_none()) {
        let class = Header::read(one.header.as_bytes()).ok().and_then(|header| serde_json::to_value(header.class).ok());
        let class = class.and_then(|class| class.as_str().map(str::to_owned)).unwrap_or_default();
        *counts.entry(class).or_default() += 1;
    }
    counts
}
