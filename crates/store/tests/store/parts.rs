//! Competitions of which public facts alone are received: held whole or as a part, and nothing in between, whichever database it is.

use crate::sample::{AT, founder, mark};
use jiangsai_ledger::replication::{Push, Reads};
use jiangsai_ledger::{Class, ScopeId};
use jiangsai_store::{Ingested, NewFact, Store, StoreError};

fn public(title: &str) -> NewFact {
    let fact = serde_json::json!({ "title": title });
    NewFact { class: Class::Setup, audience: "public".into(), kind: "competition.settings".into(), fact, ..mark(0) }
}

/// All of it on a store of the level above.
pub async fn whole_or_part(above: &Store) {
    let folder = tempfile::tempdir().unwrap();
    let office = Store::open(folder.path()).await.unwrap();
    let founded = async |more: Vec<NewFact>| {
        let founder = NewFact { audience: "public".into(), ..founder() };
        office.create_scope(founder, more, AT).await.unwrap().0
    };
    let all = async |scope: ScopeId| -> Push {
        let log = *office.heads(scope).await.unwrap().keys().next().unwrap();
        office.run_from(scope, log, 0, 99).await.unwrap()
    };

    let part = founded(vec![public("模拟"), mark(1)]).await;
    let run = all(part).await;
    assert!(matches!(above.ingest_part(&run).await, Err(StoreError::Refused(_))), "a mark is not public");
    assert!(above.scopes().await.unwrap().is_empty(), "nothing of it was stored");
    let sent = Reads::Public.of_run(run.clone());
    assert!(matches!(above.ingest(&sent).await, Err(StoreError::Refused(_))), "from others it has to be whole");
    assert_eq!(above.ingest_part(&sent).await.unwrap(), Ingested::Held { new: 4 });
    assert_eq!(above.ingest_part(&sent).await.unwrap(), Ingested::Held { new: 0 }, "once");
    assert!(matches!(above.ingest(&run).await, Err(StoreError::HeldInPart)));
    let report = above.verify_scope(part).await.unwrap();
    assert_eq!((report.fault, report.records, report.withheld), (None, 4, 1));

    let whole = founded(vec![mark(1)]).await;
    above.ingest(&all(whole).await).await.unwrap();
    office.append(whole, vec![mark(2)], AT).await.unwrap();
    let sent = Reads::Public.of_run(all(whole).await);
    assert!(matches!(above.ingest_part(&sent).await, Err(StoreError::HeldWhole)));
    assert_eq!(above.verify_scope(whole).await.unwrap().withheld, 0, "it is as whole as it was");

    // What came whole and held nothing that is not public may go on as a part.
    let either = founded(vec![public("模拟")]).await;
    above.ingest(&all(either).await).await.unwrap();
    assert!(!above.is_part(either).await.unwrap());
    office.append(either, vec![mark(1)], AT).await.unwrap();
    let sent = Reads::Public.of_run(all(either).await);
    assert_eq!(above.ingest_part(&sent).await.unwrap(), Ingested::Held { new: 1 });
    assert!(above.is_part(either).await.unwrap() && above.is_part(part).await.unwrap());
    assert_eq!(above.scopes_whole().await.unwrap(), [whole]);
    // What is public comes from anybody.
    office.append(either, vec![public("模拟改")], AT).await.unwrap();
    let log = *office.heads(either).await.unwrap().keys().next().unwrap();
    let more = office.run_from(either, log, 4, 99).await.unwrap();
    assert_eq!(above.ingest(&more).await.unwrap(), Ingested::Held { new: 1 });

    // Where it goes on from here to a level above this one, what is withheld is no reason to wait.
    assert!(!above.ours(part, false).await.unwrap().withheld.is_empty());
    assert!(above.ours_public(part, false).await.unwrap().withheld.is_empty());
    office.close().await.unwrap();
}

#[tokio::test]
async fn a_competition_is_held_whole_or_as_a_part() {
    let folder = tempfile::tempdir().unwrap();
    let above = Store::open(folder.path()).await.unwrap();
    whole_or_part(&above).await;
    above.close().await.unwrap();
    let again = Store::open(folder.path()).await.unwrap();
    assert_eq!(again.scopes_whole().await.unwrap().len(), 1, "it is known after opening again");
    again.close().await.unwrap();
}
