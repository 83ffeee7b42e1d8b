//! What other computers wrote, and what is in memory here.

use crate::{Desk, open, sample};
use jiangsai_domain::competition::{Competition, FOLD};
use jiangsai_ledger::{Hash, ScopeId};
use jiangsai_store::{Covered, Store};

#[tokio::test]
async fn a_snapshot_of_a_branch_that_lost_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let before = desk.standings().await;
    let Desk { app, competition, event } = desk;
    drop(app);
    let scope: ScopeId = competition.parse().unwrap();
    let empty = Competition::default().snapshot().unwrap();
    for stands in [true, false] {
        let store = Store::open(folder.path()).await.unwrap();
        let last = store.read(scope).await.unwrap().into_iter().max_by_key(|one| one.seq).unwrap();
        let head = if stands { last.hash } else { Hash::of(b"of the branch that lost") };
        let covered = Covered { cursor: store.head(scope).await.unwrap(), heads: vec![(last.log, last.seq, head)] };
        store.snapshot_save(scope, FOLD, &covered, empty.clone()).await.unwrap();
        store.close().await.unwrap();
        let desk = Desk { app: open(&folder).await.unwrap(), competition: competition.clone(), event: event.clone() };
        let shown = desk.ask("standings.show", serde_json::json!({})).await;
        assert_eq!(shown.is_err(), stands, "the snapshot is taken where its records stand, and only there");
        if !stands {
            assert_eq!(desk.standings().await, before, "otherwise the records alone say it");
        }
    }
}
