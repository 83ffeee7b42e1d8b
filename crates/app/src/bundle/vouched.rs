//! Whom the receipts in a bundle are of, and whether headquarters vouch for what is in it.

use crate::sync::fingerprint_of;
use jiangsai_domain::pairing::Fingerprint;
use jiangsai_ledger::bundle::{Bundle, Kind};
use jiangsai_ledger::{Hash, LogId};
use std::collections::BTreeMap;
use std::str::FromStr;

/// Whom headquarters are known by, from elsewhere: their public key, or its fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headquarters {
    /// The key itself: 64 lower-case hex digits.
    Key(Hash),
    /// Its fingerprint: sixteen letters and digits, as the page that shows it writes them.
    Fingerprint(Fingerprint),
}

/// A text that is neither a public key nor a fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither a public key of 64 hex digits nor a fingerprint of 16 letters and digits")]
pub struct NotHeadquarters;

impl FromStr for Headquarters {
    type Err = NotHeadquarters;

    fn from_str(text: &str) -> Result<Self, NotHeadquarters> {
        let key = text.parse().map(Self::Key);
        key.or_else(|_| text.parse().map(Self::Fingerprint)).map_err(|_| NotHeadquarters)
    }
}

impl Headquarters {
    fn are(self, key: Hash) -> bool {
        match self {
            Self::Key(own) => own == key,
            Self::Fingerprint(own) => own == fingerprint_of(key),
        }
    }
}

/// Whoever issued receipts in a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Public key.
    pub key: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// How many receipts are its.
    pub receipts: u64,
    /// Are these the headquarters? `None` where nobody said whom they are known by.
    pub headquarters: Option<bool>,
}

/// For what headquarters vouch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// They made and sealed the bundle.
    pub sealed: bool,
    /// Logs without a receipt of theirs for the last record: that record, and the last one that they receipted.
    pub lacking: BTreeMap<String, (u64, Option<u64>)>,
}

impl Vouched {
    /// Do they vouch for every record?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.sealed || self.lacking.is_empty()
    }
}

/// The issuers of the receipts, by key.
pub(super) fn issuers(found: &Bundle, headquarters: Option<Headquarters>) -> Vec<Issuer> {
    let mut counts: BTreeMap<Hash, u64> = BTreeMap::new();
    for receipt in &found.content.receipts {
        *counts.entry(receipt.issuer).or_default() += 1;
    }
    let issuer = |(key, receipts): (Hash, u64)| Issuer {
        key: key.to_string(),
        fingerprint: fingerprint_of(key).to_string(),
        receipts,
        headquarters: headquarters.map(|own| own.are(key)),
    };
    counts.into_iter().map(issuer).collect()
}

/// What headquarters vouch for of a bundle of this maker and kind. Receipts alone say of each log how far anybody had it.
pub(super) fn vouched(found: &Bundle, (from, kind): (Hash, Kind), headquarters: Headquarters) -> Vouched {
    let mut ends: BTreeMap<LogId, u64> = BTreeMap::new();
    let mut held: BTreeMap<LogId, u64> = BTreeMap::new();
    let reach = |of: &mut BTreeMap<LogId, u64>, log, seq: u64| {
        let end = of.entry(log).or_insert(seq);
        *end = seq.max(*end);
    };
    for run in &found.content.runs {
        reach(&mut ends, run.log, (run.from + run.records.len() as u64).saturating_sub(1));
    }
    for one in &found.content.receipts {
        if kind == Kind::Receipts {
            reach(&mut ends, one.log, one.seq);
        }
        if headquarters.are(one.issuer) {
            reach(&mut held, one.log, one.seq);
        }
    }
    let lacking = ends.into_iter().filter_map(|(log, end)| {
        let own = held.get(&log).copied();
        own.is_none_or(|own| own < end).then(|| (log.to_string(), (end, own)))
    });
    Vouched { sealed: headquarters.are(from), lacking: lacking.collect() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiangsai_ledger::bundle::{Content, Packed, Run};
    use jiangsai_ledger::replication::Receipt;
    use jiangsai_ledger::{ScopeId, Signature};

    #[test]
    fn headquarters_vouch_for_logs_whose_last_record_they_receipted_or_for_what_they_sealed() {
        let (own, hub) = (Hash::of(b"headquarters"), Hash::of(b"hub"));
        let log = LogId::new(Hash::of(b"log"));
        let packed = || Packed { hash: Hash::ZERO, header: String::new(), body: None, signature: None };
        let receipt = |issuer, seq| Receipt {
            issuer,
            incarnation: Hash::ZERO,
            scope: ScopeId::new(Hash::ZERO),
            log,
            seq,
            head: Hash::ZERO,
            at: 0,
            signature: Signature([0; 64]),
        };
        let found = |receipts: &[(Hash, u64)]| {
            let runs = vec![Run { log, from: 0, records: vec![packed(), packed(), packed()] }];
            let receipts = receipts.iter().map(|(issuer, seq)| receipt(*issuer, *seq)).collect();
            Bundle { content: Content { runs, receipts }, ..Bundle::default() }
        };
        let known = Headquarters::Key(own);
        let lacking = |receipts: &[(Hash, u64)]| vouched(&found(receipts), (hub, Kind::Published), known);
        assert!(lacking(&[(hub, 2), (own, 2)]).is_whole());
        assert_eq!(lacking(&[(hub, 2)]).lacking, [(log.to_string(), (2, None))].into(), "of somebody else");
        assert_eq!(lacking(&[(own, 1), (hub, 2)]).lacking, [(log.to_string(), (2, Some(1)))].into(), "not to the end");
        assert!(vouched(&found(&[]), (own, Kind::Published), known).is_whole(), "they sealed it");
        let said = issuers(&found(&[(hub, 2), (own, 1), (own, 2)]), Some(known));
        let mut counts: Vec<_> = said.iter().map(|one| (one.headquarters, one.receipts)).collect();
        counts.sort_unstable();
        assert_eq!(counts, [(Some(false), 1), (Some(true), 2)]);
        assert!(issuers(&found(&[(hub, 2)]), None).iter().all(|one| one.headquarters.is_none()), "nobody named them");
    }

    #[test]
    fn headquarters_are_known_by_key_or_fingerprint_however_it_is_typed() {
        let key = Hash::of(b"headquarters");
        let print = fingerprint_of(key).to_string();
        let typed = [key.to_string(), print.clone(), print.replace('-', " ").to_lowercase()];
        for text in typed {
            let own: Headquarters = text.parse().unwrap();
            assert!(own.are(key), "{text}");
            assert!(!own.are(Hash::of(b"somebody")), "{text}");
        }
        for text in ["", "x", &key.to_string()[1..], &print[1..]] {
            assert_eq!(text.parse::<Headquarters>(), Err(NotHeadquarters), "{text}");
        }
    }
}
