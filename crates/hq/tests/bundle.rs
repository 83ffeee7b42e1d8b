//! A desk without a network, and a headquarters: records go up in a file, receipts come back in one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bundle::{Became, BundleTaken, BundleWhat};
use jiangsai_hq::{Limits, nodes, open_door};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use tempfile::TempDir;

async fn open(folder: &Path) -> App {
    App::open(folder, Arc::new(SystemHost::new(None))).await.unwrap()
}

async fn call(app: &App, name: &str, payload: Value) -> Value {
    match app.dispatch(name, payload, None).await {
        Ok(reply) => reply,
        Err(error) => panic!("{name}: {error:?}"),
    }
}

/// Opens a headquarters for a moment, and connects a desk to it. There is no network ever after.
async fn pair(desk: &App, hq: &Path) {
    let app = open(hq).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let code = call(&app, "sync.pairing_code", json!({})).await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let ended = async { stopped.await.unwrap_or_default() };
    let router = nodes(app.clone());
    let served =
        tokio::spawn(async move { open_door(listener, &app, router, Limits::default(), ended).await.unwrap() });
    call(desk, "sync.connect", json!({"url": address, "code": code})).await;
    drop(stop);
    served.await.unwrap();
}

/// A desk with the sample, paired with a headquarters.
struct Place {
    folder: TempDir,
    desk: App,
    competition: String,
    event: String,
}

impl Place {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = open(&folder.path().join("desk")).await;
        let created = call(&desk, "competitions.create", json!({"title": "", "event": "", "from": "sample"})).await;
        let competition = created.as_str().unwrap().to_owned();
        let home = call(&desk, "competition.home", json!({"competition": competition})).await;
        let event = home["events"][0][0].as_str().unwrap().to_owned();
        let place = Self { folder, desk, competition, event };
        pair(&place.desk, &place.path("hq")).await;
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn write(&self, app: &App, what: BundleWhat, name: &str) -> Result<Vec<u8>, WireError> {
        let to = self.path(name);
        app.write_bundle(&self.competition, what, &to).await?;
        Ok(std::fs::read(to).unwrap())
    }

    async fn read(&self, app: &App, name: &str) -> Result<BundleTaken, WireError> {
        app.read_bundle(&self.path(name)).await
    }

    async fn pending(&self) -> (u64, u64) {
        let row = call(&self.desk, "sync.status", json!({})).await["competitions"][0].clone();
        (row["saved"].as_u64().unwrap(), row["not_at_headquarters"].as_u64().unwrap())
    }

    async fn enter(&self, number: &str) {
        let own = json!({"number": number, "name": "模拟甲", "unit": "模拟水务", "document_kind": "护照", "document_number": format!("E123{number}")});
        let added =
            call(&self.desk, "entries.add", json!({"competition": self.competition, "event": self.event, "form": own}))
                .await;
        assert!(added["saved"].is_string(), "{added}");
    }

    async fn standings(&self, app: &App) -> Value {
        call(app, "standings.show", json!({"competition": self.competition, "event": self.event})).await
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() && entry.file_name() != "lock" {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_go_up_in_a_file_and_receipts_come_back_in_one() {
    let place = Place::new().await;
    let hq = open(&place.path("hq")).await;
    let (saved, pending) = place.pending().await;
    assert_eq!(saved, pending, "nothing is at headquarters");
    let bytes = place.write(&place.desk, BundleWhat::Lacking, "up").await.unwrap();
    assert!(!bytes.windows(6).any(|part| part == "模拟".as_bytes()), "nobody on the way can read it");
    let taken = place.read(&hq, "up").await.unwrap();
    assert_eq!((taken.new, taken.known, taken.left_out().count()), (saved, 0, 0));
    assert_eq!(place.standings(&hq).await, place.standings(&place.desk).await, "the same standings");
    let again = place.read(&hq, "up").await.unwrap();
    assert_eq!((again.new, again.known), (0, saved), "the same bundle again changes nothing");

    assert_eq!(place.pending().await.1, saved, "what was carried is not known to have arrived");
    place.write(&hq, BundleWhat::Receipts, "down").await.unwrap();
    let receipts = place.read(&place.desk, "down").await.unwrap().receipts;
    assert!(receipts > 0);
    assert_eq!(place.pending().await, (saved, 0), "everything is at headquarters");
    assert_eq!(place.read(&place.desk, "down").await.unwrap().receipts, 0, "the same again is nothing new");
    let nothing = place.write(&place.desk, BundleWhat::Lacking, "nothing").await.unwrap_err();
    assert_eq!((nothing.code.as_str(), nothing.refusal), ("bundle-nothing", true));
    assert!(!place.path("nothing").exists());

    place.enter("7001").await;
    let (all, left) = place.pending().await;
    assert!(left > 0 && all == saved + left, "{left} of {all}");
    place.write(&place.desk, BundleWhat::Lacking, "more").await.unwrap();
    assert_eq!(place.read(&hq, "more").await.unwrap().new, left, "what is lacking, and no more");
    place.write(&hq, BundleWhat::Receipts, "later").await.unwrap();
    place.read(&place.desk, "later").await.unwrap();
    assert_eq!(place.pending().await, (all, 0));
    place.read(&place.desk, "down").await.unwrap();
    assert_eq!(place.pending().await, (all, 0), "older receipts take nothing back");
    let verified = call(&hq, "ledger.verify", json!({"competition": place.competition})).await;
    assert_eq!((&verified["fault"], &verified["state_agrees"]), (&Value::Null, &Value::Bool(true)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bundles_in_the_wrong_order_say_what_is_missing() {
    let place = Place::new().await;
    copy(&place.path("hq"), &place.path("late"));
    let hq = open(&place.path("hq")).await;
    place.write(&place.desk, BundleWhat::Lacking, "first").await.unwrap();
    place.read(&hq, "first").await.unwrap();
    place.write(&hq, BundleWhat::Receipts, "down").await.unwrap();
    place.read(&place.desk, "down").await.unwrap();
    place.enter("7001").await;
    place.write(&place.desk, BundleWhat::Lacking, "second").await.unwrap();
    let late = open(&place.path("late")).await;
    let taken = place.read(&late, "second").await.unwrap();
    let left: Vec<Became> = taken.left_out().map(|log| log.became).collect();
    assert_eq!((taken.new, left.as_slice()), (0, [Became::Missing { expected: 0 }].as_slice()));
    let known = call(&late, "competitions.list", json!({})).await;
    assert_eq!(known, json!([]), "nothing of it was stored");
    place.read(&late, "first").await.unwrap();
    let taken = place.read(&late, "second").await.unwrap();
    assert!(taken.new > 0 && taken.left_out().count() == 0, "and in the right order it is whole");
    assert_eq!(place.standings(&late).await, place.standings(&place.desk).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_headquarters_that_was_restored_has_what_it_holds_now() {
    let place = Place::new().await;
    let hq = open(&place.path("hq")).await;
    place.write(&place.desk, BundleWhat::Lacking, "up").await.unwrap();
    place.read(&hq, "up").await.unwrap();
    let backup = hq.back_up_to(&place.path("backups")).await.unwrap();
    place.enter("7001").await;
    place.write(&place.desk, BundleWhat::Lacking, "more").await.unwrap();
    let left = place.read(&hq, "more").await.unwrap().new;
    place.write(&hq, BundleWhat::Receipts, "before").await.unwrap();
    place.read(&place.desk, "before").await.unwrap();
    assert_eq!(place.pending().await.1, 0);

    hq.restore_from(&backup, true).await.unwrap();
    place.write(&hq, BundleWhat::Receipts, "after").await.unwrap();
    assert!(place.read(&place.desk, "after").await.unwrap().receipts > 0);
    assert!(place.pending().await.1 >= left && left > 0, "what it lost is not at headquarters");
    place.read(&place.desk, "before").await.unwrap();
    assert!(place.pending().await.1 >= left, "what was held before the restore says nothing");
    place.write(&place.desk, BundleWhat::Lacking, "again").await.unwrap();
    assert_eq!(place.read(&hq, "again").await.unwrap().new, left);
    place.write(&hq, BundleWhat::Receipts, "whole").await.unwrap();
    place.read(&place.desk, "whole").await.unwrap();
    assert_eq!(place.pending().await.1, 0);
}

/// The receipts of a store that was gone back from lie about on a stick. One of them names a log of which no other receipt is known.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_receipts_never_bring_back_a_store_that_is_no_more() {
    let place = Place::new().await;
    let hq = open(&place.path("hq")).await;
    place.write(&place.desk, BundleWhat::Lacking, "up").await.unwrap();
    place.read(&hq, "up").await.unwrap();
    let backup = hq.back_up_to(&place.path("backups")).await.unwrap();
    // A second log of the desk.
    let own = place.desk.back_up_to(&place.path("own")).await.unwrap();
    place.desk.restore_from(&own, true).await.unwrap();
    place.enter("7001").await;
    place.write(&place.desk, BundleWhat::Everything, "more").await.unwrap();
    assert!(place.read(&hq, "more").await.unwrap().new > 0);
    place.write(&hq, BundleWhat::Receipts, "before").await.unwrap();
    hq.restore_from(&backup, true).await.unwrap();
    place.write(&hq, BundleWhat::Receipts, "after").await.unwrap();
    place.read(&place.desk, "after").await.unwrap();
    let lacking = place.pending().await.1;
    assert!(lacking > 0, "the second log is not at headquarters");
    assert_eq!(place.read(&place.desk, "before").await.unwrap().receipts, 0, "they are of no store that there is");
    assert_eq!(place.pending().await.1, lacking, "and nothing is said to have been received");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_damaged_or_for_somebody_else_changes_nothing() {
    let place = Place::new().await;
    let hq = open(&place.path("hq")).await;
    let whole = place.write(&place.desk, BundleWhat::Everything, "up").await.unwrap();
    for byte in (90..whole.len()).step_by(whole.len() / 40) {
        let mut changed = whole.clone();
        changed[byte] ^= 4;
        std::fs::write(place.path("changed"), &changed).unwrap();
        let refused = place.read(&hq, "changed").await.unwrap_err();
        assert_eq!(refused.code, "bundle-damaged", "byte {byte}: {}", refused.message);
        let (from, to) = refused.details[0].1.rsplit_once("bytes ").unwrap().1.split_once('-').unwrap();
        let around = from.parse::<usize>().unwrap()..to.parse::<usize>().unwrap();
        assert!(around.contains(&byte), "byte {byte} in {around:?}");
    }
    std::fs::write(place.path("cut"), &whole[..whole.len() / 2]).unwrap();
    assert_eq!(place.read(&hq, "cut").await.unwrap_err().code, "bundle-damaged");
    assert_eq!(call(&hq, "competitions.list", json!({})).await, json!([]), "nothing of them was stored");

    let other = open(&place.path("other")).await;
    let refused = place.read(&other, "up").await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.refusal), ("bundle-other-recipient", true));
    let refused = place.read(&place.desk, "up").await.unwrap_err();
    assert_eq!(refused.code, "bundle-other-recipient", "not even whoever made it can open it");

    // A headquarters that was restored to before the pairing does not know the desk.
    std::fs::create_dir(place.path("before")).unwrap();
    std::fs::copy(place.path("hq/node.key"), place.path("before/node.key")).unwrap();
    let before = open(&place.path("before")).await;
    assert_eq!(place.read(&before, "up").await.unwrap_err().code, "bundle-stranger");

    place.read(&hq, "up").await.unwrap();
    let stranger = open(&place.path("stranger")).await;
    pair(&stranger, &place.path("other-hq")).await;
    place.write(&hq, BundleWhat::Receipts, "down").await.unwrap();
    let refused = place.read(&stranger, "down").await.unwrap_err();
    assert_eq!(refused.code, "no-competition");
    assert_eq!(place.read(&other, "down").await.unwrap_err().code, "bundle-not-connected");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_written_whole_or_not_at_all_and_over_nothing() {
    let place = Place::new().await;
    std::fs::write(place.path("taken"), b"something else").unwrap();
    let refused = place.write(&place.desk, BundleWhat::Published, "taken").await.unwrap_err();
    assert_eq!(refused.code, "file-exists");
    assert_eq!(std::fs::read(place.path("taken")).unwrap(), b"something else");
    let refused =
        place.desk.write_bundle(&place.competition, BundleWhat::Published, &place.path("no/such/folder")).await;
    assert!(refused.is_err());
    drop(place.desk);
    // What is still in the write-ahead log goes into the database now: the limit would end the next program at that.
    let verified = Command::new(env!("CARGO_BIN_EXE_jiangsai-hq"))
        .args(["verify", "--data"])
        .arg(place.folder.path().join("desk"))
        .output()
        .unwrap();
    assert!(verified.status.success(), "{verified:?}");
    let script =
        "ulimit -f 64; exec \"$0\" bundle export --what published --data \"$1\" --competition \"$2\" --to \"$3\"";
    let killed = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_jiangsai-hq")])
        .arg(place.folder.path().join("desk"))
        .args([&place.competition])
        .arg(place.folder.path().join("out"))
        .output()
        .unwrap();
    assert!(!killed.status.success(), "killed while writing: {killed:?}");
    assert!(!place.folder.path().join("out").exists(), "nothing under the final name");
    let begun = std::fs::read_dir(place.folder.path()).unwrap().any(|file| {
        let name = file.unwrap().file_name().into_string().unwrap();
        name.starts_with('.') && name.ends_with(".part")
    });
    assert!(begun, "it was killed while writing, not before: {killed:?}");
    let done = Command::new(env!("CARGO_BIN_EXE_jiangsai-hq"))
        .args(["bundle", "export", "--what", "published", "--competition", &place.competition, "--data"])
        .arg(place.folder.path().join("desk"))
        .arg("--to")
        .arg(place.folder.path().join("out"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    assert!(
        std::fs::metadata(place.folder.path().join("out")).unwrap().len() > 64 * 1024,
        "it is longer than the limit was"
    );
}
