//! `jiangsai-hq serve` as a process of its own, and what the system says of a process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The program under measurement. `cargo xtask bench` says where it is.
pub fn program() -> PathBuf {
    let folder = std::env::var_os("JIANGSAI_BIN_DIR").map(PathBuf::from);
    // Beside the folder of this example.
    let built = || std::env::current_exe().unwrap().parent().and_then(Path::parent).unwrap().to_owned();
    folder.unwrap_or_else(built).join("jiangsai-hq")
}

pub struct Serving {
    process: Child,
    /// Where other nodes reach it.
    pub url: String,
    /// Codes to pair with.
    pub codes: Vec<String>,
}

impl Serving {
    pub fn start(data: &Path, codes: usize, more: &[&str]) -> Self {
        let mut process = Command::new(program())
            .args(["serve", "--listen", "127.0.0.1:0", "--pair", &codes.to_string(), "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let url = lines.next().unwrap().strip_prefix("nodes ").unwrap().to_owned();
        let codes = lines.by_ref().take(codes).map(|line| line.strip_prefix("code ").unwrap().to_owned()).collect();
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, url, codes }
    }

    pub fn usage(&self) -> Usage {
        Usage::of(&self.process.id().to_string())
    }

    /// Tells it to stop and waits until it has.
    pub fn stop(mut self) {
        Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// What a process took so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// Memory now and at most, in MiB.
    pub memory: u64,
    pub peak: u64,
    /// Seconds of processor time.
    pub processor: f64,
}

impl Usage {
    /// Of a process; `self` is this one. Nothing where the system does not say it in files.
    pub fn of(process: &str) -> Self {
        let read = |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
        let status = read("status");
        let kib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0)
        };
        let stat = read("stat");
        // After the name, which may hold spaces: user and system time are the twelfth and the thirteenth.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
        Self { memory: kib("VmRSS:") / 1_024, peak: kib("VmHWM:") / 1_024, processor: (ticks(11) + ticks(12)) / 100.0 }
    }
}
