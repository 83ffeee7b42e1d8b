//! How long the application takes to its first window, beside an empty window of the same window system, and how long until the start screen stands
//! still. Both are watched from outside, in the picture of a virtual display, so that neither knows that it is measured.
//!
//! Run by `cargo xtask bench`, which builds both.
#![allow(clippy::float_arithmetic, missing_docs, reason = "a measurement, not the product")]
#![allow(clippy::disallowed_methods, reason = "a picture is looked at again and again: nothing tells when it changes")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the journeys")]

use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Starts of each program; the first of each only warms the disk.
const RUNS: usize = 8;
/// A picture is finished when it has not changed for so long.
const STILL: Duration = Duration::from_millis(700);
/// How many times as long as an empty window the application may take.
const LIMIT: f64 = 1.5;

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// When a program was seen.
#[derive(Clone, Copy)]
struct Shown {
    first: Duration,
    finished: Duration,
}

/// A virtual display whose picture is a file.
struct Display {
    _server: Ended,
    number: String,
    picture: PathBuf,
}

impl Display {
    fn start(folder: &Path) -> Result<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1366x900x24", "-nolisten", "tcp", "-fbdir"]).arg(folder);
        let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("start Xvfb")?;
        let mut number = String::new();
        BufReader::new(server.stdout.take().context("its output")?).read_line(&mut number)?;
        Ok(Self { _server: Ended(server), number: number.trim().to_owned(), picture: folder.join("Xvfb_screen0") })
    }

    fn look(&self) -> Result<u64> {
        let mut hasher = DefaultHasher::new();
        hasher.write(&std::fs::read(&self.picture)?);
        Ok(hasher.finish())
    }

    /// From starting the program to the first change of the picture, and to the last before it stood still.
    fn pictures(&self, program: &Path, data: &Path) -> Result<Shown> {
        let before = self.look()?;
        let mut command = Command::new("dbus-run-session");
        command
            .arg("--")
            .arg(program)
            .env("DISPLAY", format!(":{}", self.number))
            .env("JIANGSAI_DATA", data)
            // A keychain belongs to a person, not to a test.
            .env("JIANGSAI_KEY", "file")
            .env("XDG_DATA_HOME", data.join("share"))
            .env("XDG_CACHE_HOME", data.join("cache"))
            .env("NO_AT_BRIDGE", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let started = Instant::now();
        let window = Ended(command.spawn().with_context(|| format!("start {}", program.display()))?);
        let (mut seen, mut first, mut changed) = (before, None, started);
        while first.is_none() || changed.elapsed() < STILL {
            if started.elapsed() > Duration::from_secs(60) {
                bail!("{} showed nothing in a minute", program.display());
            }
            std::thread::sleep(Duration::from_millis(3));
            let now = self.look()?;
            if now != seen {
                (seen, changed) = (now, Instant::now());
                first = first.or(Some(changed - started));
            }
        }
        let shown = Shown { first: first.unwrap_or_default(), finished: changed - started };
        end(program)?;
        drop(window);
        // The next one begins with an empty picture again.
        let waiting = Instant::now();
        while self.look()? != before && waiting.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(shown)
    }
}

/// Ends every process of a program: its session goes with it.
fn end(program: &Path) -> Result<()> {
    for process in std::fs::read_dir("/proc")?.flatten() {
        if std::fs::read_link(process.path().join("exe")).is_ok_and(|exe| exe == program) {
            let id = process.file_name().to_string_lossy().into_owned();
            Command::new("kill").args(["-KILL", &id]).status()?;
        }
    }
    Ok(())
}

/// Seconds, the middle of all.
fn middle(all: &[Shown], of: impl Fn(&Shown) -> Duration) -> f64 {
    let mut times: Vec<Duration> = all.iter().map(of).collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default().as_secs_f64()
}

fn main() -> Result<()> {
    let bin = PathBuf::from(std::env::var_os("JIANGSAI_BIN_DIR").context("JIANGSAI_BIN_DIR: where the programs are")?);
    let (ours, empty) = (bin.join("jiangsai").canonicalize()?, bin.join("examples/empty_window").canonicalize()?);
    let folder = tempfile::tempdir()?;
    let pictures = folder.path().join("pictures");
    std::fs::create_dir(&pictures)?;
    let display = Display::start(&pictures)?;
    let (mut own, mut plain) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let nothing = display.pictures(&empty, &folder.path().join("empty"))?;
        let real = display.pictures(&ours, &folder.path().join("data"))?;
        if run > 0 {
            own.push(real);
            plain.push(nothing);
        }
    }
    let (first, peer) = (middle(&own, |shown| shown.first), middle(&plain, |shown| shown.first));
    let verdict = if first / peer <= LIMIT { "within" } else { "over" };
    println!("first window of the application     {first:7.3} s   (the middle of {RUNS}, data folder there)");
    println!("an empty window                     {peer:7.3} s");
    println!("ratio                               {:7.2}", first / peer);
    println!("limit                               {LIMIT:7.2}     {verdict}");
    let finished = middle(&own, |shown| shown.finished);
    println!("start screen finished               {finished:7.3} s   ({:.1} times an empty window)", finished / peer);
    Ok(())
}
