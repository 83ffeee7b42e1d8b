//! A headquarters asks the system for as many open files as it lets it have, and says when they are too few.
#![cfg(target_os = "linux")]

use super::program;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

/// A headquarters under limits (soft and hard); killed when it is dropped.
struct Hq {
    process: Child,
    _folder: tempfile::TempDir,
}

impl Hq {
    fn start(soft: u32, hard: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shell = format!("ulimit -Sn {soft} && ulimit -Hn {hard} && exec \"$@\"");
        let mut process = Command::new("sh")
            .args(["-c", &shell, "sh", program(), "serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path())
            .env("RUST_LOG", "info")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It listens.
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("nodes "), "{line}");
        Self { process, _folder: folder }
    }

    /// The soft limit of the running process.
    fn soft(&self) -> String {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", self.process.id())).unwrap();
        let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap().to_owned();
        line.split_whitespace().nth(3).unwrap().to_owned()
    }

    /// Everything it logged until it was killed.
    fn log(mut self) -> String {
        self.process.kill().unwrap();
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Hq {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn the_limit_is_raised_and_said() {
    let hq = Hq::start(256, 6_000);
    assert_eq!(hq.soft(), "6000");
    let log = hq.log();
    assert!(log.contains("files that may be open") && log.contains("6000"), "{log}");
    assert!(!log.contains("too few files"), "{log}");
}

#[test]
fn too_few_files_for_so_many_connections_are_a_warning() {
    let hq = Hq::start(256, 512);
    assert_eq!(hq.soft(), "512");
    let log = hq.log();
    assert!(log.contains("too few files may be open") && log.contains("512"), "{log}");
    assert!(log.contains("4352"), "what would do: {log}");
}
