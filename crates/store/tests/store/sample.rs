//! Facts to append, and the questions every test asks afterwards.

use jiangsai_ledger::{Class, Hash, ScopeId};
use jiangsai_store::{NewFact, Store};
use std::collections::BTreeSet;

/// A fixed moment: nothing here depends on the time.
pub const AT: i64 = 1_760_000_000_000;

/// A fact that founds a scope.
pub fn founder() -> NewFact {
    NewFact { class: Class::Trust, kind: "competition.founded".into(), ..mark(0) }
}

/// A mark like any other; `number` tells it apart.
pub fn mark(number: usize) -> NewFact {
    NewFact {
        class: Class::Mark,
        audience: "scoring".into(),
        actor: "operator".into(),
        kind: "mark.set".into(),
        version: 1,
        replaces: Vec::new(),
        reason: String::new(),
        fact: serde_json::json!({ "entry": format!("E{number:05}"), "item": "P1", "value": "17.5" }),
    }
}

/// A fact of about so many bytes: large ones fill the write-ahead log until SQLite moves it into the database.
pub fn large(number: usize, bytes: usize) -> NewFact {
    NewFact { reason: "x".repeat(bytes), ..mark(number) }
}

/// Every acknowledged record is there and the ledger verifies.
///
/// # Errors
/// What is missing or wrong, in words.
pub async fn holds(store: &Store, scope: ScopeId, acknowledged: &[Hash]) -> Result<u64, String> {
    let stored: BTreeSet<Hash> =
        store.read(scope).await.map_err(|error| format!("reading: {error}"))?.iter().map(|one| one.hash).collect();
    let lost = acknowledged.iter().filter(|hash| !stored.contains(hash)).count();
    if lost > 0 {
        return Err(format!("{lost} of {} acknowledged records are lost", acknowledged.len()));
    }
    let report = store.verify_scope(scope).await.map_err(|error| format!("verifying: {error}"))?;
    match report.fault {
        Some(fault) => Err(fault.to_string()),
        None if report.records != stored.len() as u64 => Err("read and verify see different records".into()),
        None => Ok(report.records),
    }
}
