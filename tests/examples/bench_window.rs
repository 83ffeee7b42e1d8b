//! How long the application takes to its first finished picture, beside an empty window of the same window system. Both are watched
//! from outside, in the picture of a virtual display, so that neither knows that it is measured.
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

    /// Seconds from starting the program to the last change of the picture before it stood still.
    fn first_picture(&self, program: &Path, data: &Path) -> Result<f64> {
        let before = self.look()?;
        let mut command = Command::new("dbus-run-session");
        command
            .arg("--")
            .arg(program)
            .env("DISPLAY", format!(":{}", self.number))
            .env("JIANGSAI_DATA", data)
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
        let (mut seen, mut changed, mut changes) = (before, started, 0);
        while changes == 0 || changed.elapsed() < STILL {
            if started.elapsed() > Duration::from_secs(60) {
                bail!("{} showed nothing in a minute", program.display());
            }
            std::thread::sleep(Duration::from_millis(3));
            let now = self.look()?;
            if now != seen {
                (seen, changed, changes) = (now, Instant::now(), changes + 1);
            }
        }
        let took = (changed - started).as_secs_f64();
        end(program)?;
        drop(window);
        // The next one begins with an empty picture again.
        let waiting = Instant::now();
        while self.look()? != before && waiting.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(took)
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

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() -> Result<()> {
    let bin = PathBuf::from(std::env::var_os("JIANGSAI_BIN_DIR").context("JIANGSAI_BIN_DIR: where the programs are")?);
    let (ours, empty) = (bin.join("jiangsai").canonicalize()?, bin.join("examples/empty_window").canonicalize()?);
    let folder = tempfile::tempdir()?;
    let pictures = folder.path().join("pictures");
    std::fs::create_dir(&pictures)?;
    let display = Display::start(&pictures)?;
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let plain = display.first_picture(&empty, &folder.path().join("empty"))?;
        let real = display.first_picture(&ours, &folder.path().join("data"))?;
        if run > 0 {
            first.push(real);
            second.push(plain);
        }
    }
    let (real, plain) = (middle(first), middle(second));
    let verdict = if real / plain <= LIMIT { "within" } else { "over" };
    println!(
        "first picture of the application    {real:7.3} s   (the middle of {RUNS}, start screen, data folder there)"
    );
    println!("first picture of an empty window    {plain:7.3} s");
    println!("ratio                               {:7.2}", real / plain);
    println!("limit                               {LIMIT:7.2}     {verdict}");
    Ok(())
}
