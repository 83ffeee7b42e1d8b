//! Nodes as processes: killed when they are dropped, started again from the same folder at the same address.

use crate::journeys::harness::program;
use crate::sync::door::Door;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A page that is none: commands are called without it.
pub fn page(folder: &Path) -> PathBuf {
    let ui = folder.join("ui");
    std::fs::create_dir_all(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<!doctype html>").unwrap();
    ui
}

/// A desk, a hub or a headquarters.
pub struct Node {
    pub data: PathBuf,
    ui: PathBuf,
    process: Option<Child>,
    /// Where other nodes reach it; a desk has none.
    pub url: Option<String>,
    /// Codes to pair with, made at the first start.
    pub codes: Vec<String>,
    pub door: Door,
}

impl Node {
    /// `jiangsai-hq serve`. `above`: address and code of the node above.
    pub fn serve(folder: &Path, name: &str, codes: usize, above: Option<(&str, &str)>) -> Self {
        let (data, ui) = (folder.join(name), page(folder));
        let (process, url, codes, door) = serve(&data, &ui, "127.0.0.1:0", codes, above);
        Self { data, ui, process: Some(process), url: Some(url), codes, door }
    }

    /// `jiangsai-hq local`: a computer at a hall.
    pub fn desk(folder: &Path, name: &str) -> Self {
        let (data, ui) = (folder.join(name), page(folder));
        let (process, door) = local(&data, &ui);
        Self { data, ui, process: Some(process), url: None, codes: Vec::new(), door }
    }

    /// `kill -9` while others talk to it. [`Node::kill`] waits for its end.
    pub fn strike(&self) {
        if let Some(process) = &self.process {
            Command::new("kill").args(["-KILL", &process.id().to_string()]).status().unwrap();
        }
    }

    /// `kill -9`: no farewell.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// From the same folder, at the same address for other nodes.
    pub fn start(&mut self) {
        self.kill();
        let (process, door) = match &self.url {
            Some(url) => {
                let listen = url.split_once("://").unwrap().1;
                let (process, _, _, door) = serve(&self.data, &self.ui, listen, 0, None);
                (process, door)
            }
            None => local(&self.data, &self.ui),
        };
        (self.process, self.door) = (Some(process), door);
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            process.kill().ok();
            process.wait().ok();
        }
    }
}

fn lines_of(command: &mut Command) -> (Child, impl Iterator<Item = String> + use<>) {
    let mut process = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
    (process, lines)
}

fn serve(
    data: &Path,
    ui: &Path,
    listen: &str,
    codes: usize,
    above: Option<(&str, &str)>,
) -> (Child, String, Vec<String>, Door) {
    let mut command = Command::new(program("jiangsai-hq"));
    command.args(["serve", "--listen", listen, "--pair", &codes.to_string(), "--data"]).arg(data).arg("--ui").arg(ui);
    if let Some((url, code)) = above {
        command.args(["--upstream", url, "--code", code]);
    }
    let (process, mut lines) = lines_of(&mut command);
    let url = lines.next().and_then(|line| line.strip_prefix("nodes ").map(str::to_owned)).unwrap();
    let codes = lines.by_ref().take(codes).map(|line| line.strip_prefix("code ").unwrap().to_owned()).collect();
    let door = page_of(&mut lines);
    std::thread::spawn(move || lines.for_each(drop));
    (process, url, codes, door)
}

fn local(data: &Path, ui: &Path) -> (Child, Door) {
    let mut command = Command::new(program("jiangsai-hq"));
    let (process, mut lines) = lines_of(command.arg("local").arg("--data").arg(data).arg("--ui").arg(ui));
    let door = page_of(&mut lines);
    std::thread::spawn(move || lines.for_each(drop));
    (process, door)
}

/// By the one-time link, which is the only line that begins like this.
fn page_of(lines: &mut impl Iterator<Item = String>) -> Door {
    Door::open(&lines.find(|line| line.starts_with("http://")).unwrap())
}
