//! The computer that stands by, a process of its own: so is told what a takeover takes of it, and what of the desks, which share a machine with
//! it here and have one each in a hall.

use crate::hall::Desk;
use crate::serving::Usage;
use serde_json::Value;
use std::io::{BufRead, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// The word that this program is begun with to be the standby.
pub const TASK: &str = "standby";

pub struct Standby {
    process: Child,
    asked: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Standby {
    pub fn start() -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut process = command.arg(TASK).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (asked, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Self { process, asked, answers: BufReader::new(answers).lines() }
    }

    /// Asks it, and waits for the answer as a person before it does: nothing else is done here meanwhile.
    pub fn call(&mut self, name: &str, payload: Value) -> Value {
        writeln!(self.asked, "{}", Value::from(vec![Value::from(name), payload])).unwrap();
        serde_json::from_str(&self.answers.next().unwrap().unwrap()).unwrap()
    }

    /// Waits until it answers as is wanted.
    pub async fn until(&mut self, name: &str, payload: Value, wanted: impl Fn(&Value) -> bool) {
        let begun = Instant::now();
        while !wanted(&self.call(name, payload.clone())) {
            assert!(begun.elapsed() < Duration::from_secs(90), "{name} does not answer as is wanted");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub fn usage(&self) -> Usage {
        Usage::of(&self.process.id().to_string())
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The process: answers each line, a command and what it is asked with, by a line.
pub async fn main() {
    let desk = Desk::listening().await;
    let (lines, mut asked) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || std::io::stdin().lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
    while let Some(line) = asked.recv().await {
        let (name, payload): (String, Value) = serde_json::from_str(&line).unwrap();
        println!("{}", desk.call(&name, payload).await);
    }
}
