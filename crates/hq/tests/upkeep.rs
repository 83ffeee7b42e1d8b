//! `jiangsai-hq` from outside: backups and restores on a database server, rebuilding and comparing, how many files it may open, and a hall that is back from a stick.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "tests")]

#[path = "upkeep/files.rs"]
mod files;
#[allow(dead_code, reason = "those who stand by want more of it")]
#[path = "standby/hall.rs"]
mod hall;
#[cfg(unix)]
#[path = "upkeep/on_server.rs"]
mod on_server;
#[path = "upkeep/rebuild.rs"]
mod rebuild;
#[cfg(unix)]
#[path = "../../store/tests/store/server.rs"]
mod server;
#[path = "upkeep/stick.rs"]
mod stick;

use jiangsai_app::App;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

const fn program() -> &'static str {
    env!("CARGO_BIN_EXE_jiangsai-hq")
}

async fn call(app: &App, name: &str, payload: Value) -> Value {
    match app.dispatch(name, payload, None).await {
        Ok(reply) => reply,
        Err(error) => panic!("{name}: {error:?}"),
    }
}

/// What a run said, and whether it went well.
struct Run {
    well: bool,
    out: String,
    err: String,
}

/// Runs a task on a data folder, in English.
fn run(task: &str, data: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(program());
    command.arg(task).arg("--data").arg(data).args(arguments).env("LC_ALL", "en");
    let ended = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { well: ended.status.success(), out: text(ended.stdout), err: text(ended.stderr) }
}
