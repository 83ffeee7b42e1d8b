//! A process of its own that holds a store: this test binary once more, asked by environment variables.

use crate::recording;
use crate::sample::{AT, large};
use jiangsai_ledger::ScopeId;
use jiangsai_store::{ReplyWhen, Store, StoreError};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const WORK: &str = "JIANGSAI_STORE_CHILD";
const DIR: &str = "JIANGSAI_STORE_CHILD_DIR";
const SCOPE: &str = "JIANGSAI_STORE_CHILD_SCOPE";

/// What a child does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Appends until it is killed, and says the hash of each record once `append` has answered.
    Append,
    /// The same with a store that answers before the commit.
    AppendTooSoon,
    /// Appends and writes backups in turn until it is killed.
    BackUp,
    /// Opens, says how that went, and ends.
    Open,
    /// Appends with every write to the files written down, see [`crate::recording`].
    Record,
    /// The same with a store that answers before the commit.
    RecordTooSoon,
}

/// A command that does this work. Its lines begin with `ack `, `open ` or `write `.
pub fn command(exe: &Path, work: Work, dir: &Path, scope: Option<ScopeId>) -> Command {
    let mut command = Command::new(exe);
    command.args(["--exact", "child::works_when_asked", "--nocapture"]);
    command.env(WORK, format!("{work:?}")).env(DIR, dir).env(SCOPE, scope.map(|id| id.to_string()).unwrap_or_default());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Not a test by itself: does nothing unless it was started by [`command`].
#[tokio::test]
async fn works_when_asked() {
    let Ok(work) = std::env::var(WORK) else { return };
    let dir = std::env::var_os(DIR).unwrap();
    let scope = std::env::var(SCOPE).ok().and_then(|id| id.parse().ok());
    if work == "Open" {
        return open(Path::new(&dir), scope).await;
    }
    let reply = if work.ends_with("TooSoon") { ReplyWhen::BeforeCommit } else { ReplyWhen::Durable };
    if work.starts_with("Record") {
        return recording::record(Path::new(&dir), reply).await;
    }
    let store = Store::open_replying(Path::new(&dir), reply).await.unwrap();
    say("open", "ok");
    if work == "BackUp" {
        return back_up(&store, scope.unwrap(), Path::new(&dir)).await;
    }
    for number in 0.. {
        // Large enough that the log is moved into the database every few dozen records: kills must fall into that as well.
        let stored = store.append(scope.unwrap(), vec![large(number, 12_000)], AT).await.unwrap();
        if !say("ack", &stored[0].hash.to_string()) {
            return;
        }
    }
}

async fn back_up(store: &Store, scope: ScopeId, dir: &Path) {
    for number in 0.. {
        let stored = store.append(scope, vec![large(number, 12_000)], AT).await.unwrap();
        say("begin", &stored[0].hash.to_string());
        let name = format!("backup{number:05}");
        let backup = store.backup(&dir.join("backups"), &name, crate::backup::about(AT)).await.unwrap();
        if !say("ack", &backup.manifest.unwrap().heads) {
            return;
        }
    }
}

async fn open(dir: &Path, scope: Option<ScopeId>) {
    let opened = Store::open(dir).await;
    say("open", opened.as_ref().map_or_else(StoreError::code, |_| "ok"));
    if let (Ok(store), Some(scope)) = (opened, scope) {
        let written = store.append(scope, vec![large(0, 10)], AT).await;
        say("write", written.as_ref().map_or_else(StoreError::code, |_| "ok"));
    }
}

/// Does anybody still listen?
fn say(what: &str, result: &str) -> bool {
    // In one piece and past every buffer: a line is out before the next thing is done.
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n{what} {result}\n").as_bytes()).and_then(|()| out.flush()).is_ok()
}
