//! What processes were told, held against what is on the disks of those who said it. A folder is read while its process is dead.

use jiangsai_ledger::replication::Push;
use jiangsai_ledger::{Hash, LogId, ScopeId};
use jiangsai_store::Store;
use std::collections::BTreeMap;
use std::path::Path;

/// Every receipt that any process had on its disk: who gave it, for which log, and how far it reached.
#[derive(Debug, Default)]
pub struct History {
    told: BTreeMap<(Hash, ScopeId, LogId), (u64, Hash)>,
}

async fn open(data: &Path) -> Store {
    Store::open(data).await.unwrap()
}

/// The key that a node signs receipts with.
pub async fn key(data: &Path) -> Hash {
    let store = open(data).await;
    let key = Hash::from_bytes(store.node_key().verifying_key().as_bytes()).unwrap();
    store.close().await.unwrap();
    key
}

impl History {
    /// Reads the receipts of these issuers in a folder.
    pub async fn hear(&mut self, data: &Path, issuers: &[Hash]) {
        let store = open(data).await;
        for scope in store.scopes().await.unwrap() {
            for issuer in issuers {
                for one in store.receipts(scope, *issuer).await.unwrap() {
                    assert!(one.verifies(), "a receipt on disk is signed");
                    let longest = self.told.entry((*issuer, scope, one.log)).or_insert((one.seq, one.head));
                    if longest.0 < one.seq {
                        *longest = (one.seq, one.head);
                    }
                }
            }
        }
        store.close().await.unwrap();
    }

    /// Whatever this issuer said it holds, it holds; how many records that are.
    pub async fn check(&self, data: &Path, issuer: Hash) -> u64 {
        let store = open(data).await;
        let mut records = 0;
        for scope in store.scopes().await.unwrap() {
            let of = self.told.iter().filter(|((by, of, _), _)| (*by, *of) == (issuer, scope));
            let heads: Vec<(LogId, u64, Hash)> = of.map(|((.., log), (seq, head))| (*log, *seq, *head)).collect();
            // A chain holds whatever stands before its head.
            records += heads.iter().map(|(_, seq, _)| seq + 1).sum::<u64>();
            assert!(store.stands(scope, &heads).await.unwrap(), "something that was receipted is not there: {heads:?}");
        }
        store.close().await.unwrap();
        records
    }
}

/// Everything in a folder, byte for byte, log by log; each chain is verified.
pub async fn everything(data: &Path, scope: ScopeId) -> Vec<Push> {
    let store = open(data).await;
    let report = store.verify_scope(scope).await.unwrap();
    assert_eq!(report.fault, None, "{}", data.display());
    let mut runs = Vec::new();
    for (log, next) in store.heads(scope).await.unwrap() {
        let run = store.run_from(scope, log, 0, next).await.unwrap();
        assert_eq!(run.records.len() as u64, next, "each number of a log once");
        runs.push(run);
    }
    assert_eq!(runs.iter().map(|run| run.records.len() as u64).sum::<u64>(), report.records);
    assert_eq!(store.forks(scope).await.unwrap(), 0, "no log was written twice");
    store.close().await.unwrap();
    runs
}
