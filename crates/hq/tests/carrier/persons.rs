//! Erasing a person whose data went through a carrier: whoever has its folder, its backup and every key opens nothing of the person any more.

use super::hall::{Node, PEOPLE, is_clean};
use crate::search::Roster;
use serde_json::{Value, json};
use std::path::Path;

/// What of the boxes of a folder's database opens where they lie, by record: the box itself, which a readers' key opens.
async fn boxes(data: &Path, scope: &str) -> Vec<String> {
    let store = jiangsai_store::Store::open(data).await.unwrap();
    let (scope, mut behind, mut all) = (scope.parse().unwrap(), None, Vec::new());
    loop {
        let some = store.boxes(scope, behind).await.unwrap();
        let Some(last) = some.last() else { return all };
        behind = Some(last.hash);
        all.extend(some.iter().filter(|one| !one.sealed.bytes.is_empty()).map(|one| one.hash.to_string()));
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &there) } else { drop(std::fs::copy(&path, &there)) }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_erased_is_gone_from_a_carrier_and_its_backups_too() {
    let mut hq = Node::open().await;
    let mut carrier = Node::below(&hq, "carrier").await;
    let mut office = Node::below(&carrier, "everything").await;
    office.prepare(&Roster::of(PEOPLE)).await;
    office.grants_to(&[&hq]).await;
    office.all_went_up().await;
    hq.looks_at(&office);
    carrier.looks_at(&office);
    let row = office.of_event("entries.list", json!({"search": ""})).await["rows"][0].clone();
    let withdrawn = json!({"entry": row["id"], "status": "withdrawn", "stage": null, "reason": "退出"});
    office.ask("entries.set_status", withdrawn).await;
    office.all_went_up().await;
    let name = row["form"]["name"].clone();
    let form = row["facts"][0].as_str().unwrap().to_owned();
    let made = carrier.call("backups.make", json!({})).await;
    let backup = made["here"][0]["folder"].as_str().unwrap().to_owned();
    let looked = tempfile::tempdir().unwrap();
    copy(carrier.folder.path(), looked.path());
    let before = boxes(looked.path(), &office.competition).await;
    assert!(before.contains(&form), "the form lies there, for others to open");

    let shown = office.ask("persons.preview_erasure", json!({"entry": row["id"]})).await;
    let erase = json!({"entry": row["id"], "basis": "本人申请", "token": shown["token"]});
    office.ask("persons.erase", erase).await;
    office.all_went_up().await;
    let erased = async |node: &Node| -> u64 {
        node.app.verify_everything().await.unwrap().iter().map(|found| found.erased).sum()
    };
    for node in [&hq, &carrier] {
        let begun = std::time::Instant::now();
        while erased(node).await == 0 {
            assert!(begun.elapsed() < std::time::Duration::from_secs(240), "the erasure arrives");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }
    let gone = |rows: &Value| rows["rows"].as_array().unwrap().iter().all(|row| row["form"]["name"] != name);
    hq.until("the name is gone at headquarters", "entries.list", json!({"search": ""}), gone).await;

    // The folder as it is now, and the backup of before with every key that is anywhere.
    let now = tempfile::tempdir().unwrap();
    copy(carrier.folder.path(), now.path());
    let after = boxes(now.path(), &office.competition).await;
    assert!(!after.contains(&form) && after.len() + 1 >= before.len(), "of the others everything is there");
    let folder = tempfile::tempdir().unwrap();
    let host = std::sync::Arc::new(jiangsai_app::host::SystemHost::new(None));
    let (restored, _) = jiangsai_app::App::restore_into(folder.path(), host, Path::new(&backup), false).await.unwrap();
    drop(restored);
    let again = boxes(folder.path(), &office.competition).await;
    assert!(
        !again.is_empty() && !again.contains(&form),
        "a backup of before opens for the others, and not for the form"
    );
    is_clean(carrier.folder.path(), "after all of it").await;
}
