//! A headquarters on PostgreSQL: backed up while it serves, and restored into an empty database.

use super::server::Server;
use super::{call, program, run};
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

async fn open(url: &str, data: &Path) -> App {
    App::open_database(url, data, Arc::new(SystemHost::new(None))).await.unwrap()
}

/// Names and marks of an event, and who this computer is.
async fn seen(app: &App, competition: &str) -> (Value, Value) {
    let home = call(app, "competition.home", json!({"competition": competition})).await;
    let about = json!({"competition": competition, "event": home["events"][0][0]});
    let state = call(app, "sync.status", json!({})).await;
    (call(app, "standings.show", about).await, state["fingerprint"].clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_headquarters_is_backed_up_while_it_serves_and_restored_elsewhere() {
    let Some(server) = Server::start() else { return };
    let (before, after) = (server.database("before").await, server.database("after").await);
    let [here, there, other, place] = [(); 4].map(|()| tempfile::tempdir().unwrap());
    let app = open(&before, here.path()).await;
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = call(&app, "competitions.create", create).await.as_str().unwrap().to_owned();
    let held = seen(&app, &competition).await;

    // The folder is held by this process all the while.
    let to = place.path().to_str().unwrap();
    let backed_up = run("backup", here.path(), &["--database-url", &before, "--to", to]);
    assert!(backed_up.well, "{}", backed_up.err);
    let backup = backed_up.out.trim();
    assert!(Path::new(backup).join("backup.json").is_file(), "{backup}");
    std::fs::write(other.path().join("node.key"), "07".repeat(32)).unwrap();
    let stranger = run("backup", other.path(), &["--database-url", &before, "--to", to]);
    assert!(!stranger.well && stranger.err.contains("belongs to another key"), "{}", stranger.err);
    let serves = run("serve", other.path(), &["--database-url", &before, "--listen", "127.0.0.1:0"]);
    assert!(!serves.well && serves.err.contains("belongs to another key"), "{}", serves.err);
    let mut asked_for = Command::new(program())
        .args(["serve", "--another-key", "--listen", "127.0.0.1:0", "--database-url", &before, "--data"])
        .arg(other.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(asked_for.stdout.take().unwrap()).read_line(&mut line).unwrap();
    asked_for.kill().unwrap();
    asked_for.wait().unwrap();
    assert!(line.starts_with("nodes "), "as a node of its own: {line}");

    let restored = run("restore", there.path(), &["--database-url", &after, "--from", backup]);
    assert!(restored.well, "{}", restored.err);
    assert!(restored.out.contains(&competition) && restored.out.contains(": ok"), "it verifies: {}", restored.out);
    let again = open(&after, there.path()).await;
    assert_eq!(seen(&again, &competition).await, held, "the same competition, by name, of the same node");
    again.check_owner().await.unwrap();
    drop(again);
    for arguments in [["--database-url", &after, "--from", backup], ["--database-url", &before, "--from", backup]] {
        let fresh = tempfile::tempdir().unwrap();
        let refused = run("restore", fresh.path(), &arguments);
        assert!(!refused.well && refused.err.contains("There is something in this database"), "{}", refused.err);
    }
    let over = run("restore", there.path(), &["--database-url", &after, "--from", backup, "--over"]);
    assert!(!over.well && over.err.contains("--over"), "nothing on a server is written over: {}", over.err);
    assert_eq!(seen(&app, &competition).await, held, "and what was backed up goes on");
}
