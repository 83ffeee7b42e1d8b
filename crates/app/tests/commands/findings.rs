//! What stands on record though no desk takes it, and when it says that it was written: named, with what to do, until somebody decides.

use crate::{Desk, open, sample};
use jiangsai_domain::fact::{Fact, MarkPlace};
use jiangsai_domain::ids::{EntryId, EventId};
use jiangsai_ledger::{Class, ScopeId};
use jiangsai_locales::Lang;
use jiangsai_scoring::{Exact, Mark};
use jiangsai_store::{NewFact, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An older program, which refuses nothing, writes a theory result on a computer whose clock shows 1970.
async fn written_by_an_older_program(folder: &TempDir, desk: Desk, value: i64) -> Desk {
    let (entry, current) = desk.theory().await;
    let Desk { app, competition, event } = desk;
    drop(app);
    let scope: ScopeId = competition.parse().unwrap();
    let entry = EntryId::new(entry.as_str().unwrap());
    let place = MarkPlace::once(&EventId::new(&event), &entry, &"T".into(), None);
    let fact = Fact::Mark { place, mark: Mark::Value(Exact::from_int(value)) };
    let new = NewFact {
        class: Class::Mark,
        audience: "scoring".to_owned(),
        actor: "operator".to_owned(),
        kind: fact.kind().to_owned(),
        version: fact.version(),
        replaces: current.as_array().unwrap().iter().map(|one| one.as_str().unwrap().parse().unwrap()).collect(),
        reason: String::new(),
        fact: fact.content(),
    };
    let store = Store::open(folder.path()).await.unwrap();
    store.append(scope, vec![new], 1).await.unwrap();
    store.close().await.unwrap();
    Desk { app: open(folder).await.unwrap(), competition, event }
}

async fn counted(desk: &Desk) -> Value {
    desk.ask_competition("competition.home", json!({})).await.unwrap()["counts"]["findings"].clone()
}

fn args(row: &Value) -> Vec<(String, String)> {
    serde_json::from_value(row["args"].clone()).unwrap()
}

#[tokio::test]
async fn marks_out_of_range_and_clocks_that_jumped_are_named_with_what_to_do_until_they_are_settled() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    assert_eq!(counted(&desk).await, 0);
    let desk = written_by_an_older_program(&folder, desk, 1_000).await;
    let found = desk.ask("findings.list", json!({})).await.unwrap();
    let open = found["open"].as_array().unwrap().clone();
    let kinds: Vec<(&Value, &Value)> = open.iter().map(|row| (&row["kind"], &row["blocks"])).collect();
    assert_eq!(kinds, [(&json!("range"), &json!(true)), (&json!("clock"), &json!(false))]);
    assert_eq!(counted(&desk).await, 2, "the home page counts that list");
    for row in &open {
        let key = format!("finding-{}", row["kind"].as_str().unwrap());
        let named: Vec<&str> =
            if row["kind"] == "range" { vec!["entry", "item", "value", "allowed"] } else { vec!["node"] };
        for lang in Lang::ALL {
            let said = jiangsai_locales::message(lang, &key, &args(row));
            for (name, value) in args(row).iter().filter(|(name, _)| named.contains(&name.as_str())) {
                assert!(!value.is_empty() && said.contains(value.as_str()), "{said} names {name} {value}");
            }
            assert!(jiangsai_locales::has(lang, &format!("{key}-do")), "what to do about {key}");
        }
    }
    for row in &open {
        let settle = json!({"finding": row["id"], "decision": "leave", "reason": "已核实"});
        desk.ask("findings.settle", settle).await.unwrap();
    }
    assert_eq!(counted(&desk).await, 0);
    let found = desk.ask("findings.list", json!({})).await.unwrap();
    assert_eq!((found["open"].clone(), found["settled"].as_array().unwrap().len()), (json!([]), 2));
    let desk = written_by_an_older_program(&folder, desk, 2_000).await;
    assert_eq!(counted(&desk).await, 2, "another such mark, and another jump, are other findings");
}
