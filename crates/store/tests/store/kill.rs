//! Processes killed in the middle of their work: what was acknowledged is there, and the chain verifies.

use crate::child::{Work, command};
use crate::sample::{AT, founder, holds};
use jiangsai_ledger::{Hash, ScopeId};
use jiangsai_store::Store;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// How often: twenty times, two hundred in the long version.
fn runs() -> usize {
    if std::env::var_os("JIANGSAI_LONG").is_some() { 200 } else { 20 }
}

/// Lets a child append, kills it while it is at the next after so many answers, and gives what it had acknowledged.
fn killed_after(work: Work, dir: &Path, scope: ScopeId, answers: usize) -> Vec<Hash> {
    let mut child = command(&std::env::current_exe().unwrap(), work, dir, Some(scope)).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "open ok"), "the child opens the store");
    let mut hashes = lines.filter_map(|line| line.strip_prefix("ack ").and_then(|hash| hash.parse().ok()));
    let mut acknowledged: Vec<Hash> = hashes.by_ref().take(answers).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    // What was in the pipe when it died was said as well.
    acknowledged.extend(hashes);
    acknowledged
}

async fn founded(dir: &Path) -> ScopeId {
    let store = Store::open(dir).await.unwrap();
    let (scope, _) = store.create_scope(founder(), Vec::new(), AT).await.unwrap();
    store.close().await.unwrap();
    scope
}

#[tokio::test]
async fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let mut total = 0;
    // A ledger for five kills each: what is there grows, and every record of it is read again after every kill.
    for ledger in 0..runs() / 5 {
        let folder = tempfile::tempdir().unwrap();
        let scope = founded(folder.path()).await;
        let mut acknowledged = Vec::new();
        for kill in 0..5 {
            // From none at all to forty, in no order.
            let answers = (ledger * 5 + kill) * 13 % 41;
            acknowledged.extend(killed_after(Work::Append, folder.path(), scope, answers));
            let store = Store::open(folder.path()).await.unwrap();
            let held = holds(&store, scope, &acknowledged).await;
            assert!(held.is_ok(), "ledger {ledger}, kill {kill}, {} acknowledged: {held:?}", acknowledged.len());
            store.close().await.unwrap();
        }
        total += acknowledged.len();
    }
    assert!(total > runs(), "the children did work: {total}");
}

/// The mutation: this very test must find a store that answers before the commit.
#[tokio::test]
async fn an_answer_before_the_commit_is_found_by_killing() {
    for answers in 0..200 {
        let folder = tempfile::tempdir().unwrap();
        let scope = founded(folder.path()).await;
        let acknowledged = killed_after(Work::AppendTooSoon, folder.path(), scope, answers % 37);
        let store = Store::open(folder.path()).await.unwrap();
        if holds(&store, scope, &acknowledged).await.is_err() {
            return;
        }
        store.close().await.unwrap();
    }
    panic!("200 kills did not show that answering too soon loses marks");
}
