//! Measurements: each program prints its figures beside their limits; here is only which ones there are and what they need.

use crate::checks::surroundings;
use crate::interface::{self, Profile};
use crate::place::{self, cargo};
use crate::process::{output, run, say};
use crate::setup::{self, Missing, Purpose, Ready, wasm};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Only these: scoring, wasm, append, ingest, load, catch-up, hall, open, certificates, pack, keys, window, size
    names: Vec<String>,
}

/// A program that measures.
struct Measurement {
    name: &'static str,
    what: &'static str,
    example: &'static str,
    needs: Needs,
}

/// What has to be built besides the program itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// The host.
    Host,
    /// The measured field, for a browser.
    Field,
    /// The application, the host, the interface, and a browser.
    Whole,
}

const MEASUREMENTS: &[Measurement] = &[
    Measurement {
        name: "scoring",
        what: "scoring 14 million marks, and one changed mark",
        example: "bench_scoring",
        needs: Needs::Nothing,
    },
    Measurement { name: "wasm", what: "the same scoring in a browser", example: "bench_wasm", needs: Needs::Field },
    Measurement {
        name: "append",
        what: "time a durable mark adds to a bare insert with the same fsync",
        example: "bench_append",
        needs: Needs::Nothing,
    },
    Measurement {
        name: "ingest",
        what: "records taken in and verified beside bare inserts, on both databases",
        example: "bench_ingest",
        needs: Needs::Nothing,
    },
    Measurement {
        name: "load",
        what: "a thousand desks that send while two hundred pull",
        example: "bench_load",
        needs: Needs::Host,
    },
    Measurement {
        name: "catch-up",
        what: "a new node and a million records",
        example: "bench_catch_up",
        needs: Needs::Host,
    },
    Measurement {
        name: "hall",
        what: "how long a hall stands still when its host is gone",
        example: "bench_hall",
        needs: Needs::Host,
    },
    Measurement {
        name: "open",
        what: "opening a competition of 100,000 facts",
        example: "bench_open",
        needs: Needs::Nothing,
    },
    Measurement {
        name: "certificates",
        what: "a thousand certificates beside typst alone with the same pages",
        example: "bench_certificates",
        needs: Needs::Nothing,
    },
    Measurement {
        name: "pack",
        what: "the last steps of a day and the whole result pack of the sample",
        example: "bench_pack",
        needs: Needs::Nothing,
    },
    Measurement {
        name: "keys",
        what: "main thread from key to layout in a mark grid of 200 x 15",
        example: "bench_keys",
        needs: Needs::Whole,
    },
    Measurement {
        name: "window",
        what: "first picture of the application beside an empty window",
        example: "bench_window",
        needs: Needs::Whole,
    },
];

/// How everything measured is built.
const PROFILE: &str = "measured";
/// The name of the measurement that is no program.
const SIZE: &str = "size";
/// What the interface may weigh as it is handed out, compressed, in bytes.
const LARGEST_INTERFACE: usize = 1_500_000;

/// `cargo xtask bench`
pub fn bench(options: &Options) -> Result<()> {
    let known = |name: &String| name == SIZE || MEASUREMENTS.iter().any(|one| one.name == name);
    if let Some(unknown) = options.names.iter().find(|name| !known(name)) {
        bail!("there is no measurement {unknown}");
    }
    let wanted = |name: &str| options.names.is_empty() || options.names.iter().any(|one| one == name);
    let chosen: Vec<&Measurement> = MEASUREMENTS.iter().filter(|one| wanted(one.name)).collect();
    let needs = |needs: Needs| chosen.iter().any(|one| one.needs == needs);
    let (whole, browser) = (needs(Needs::Whole), needs(Needs::Field));
    let purpose = if whole || browser { Purpose::Test } else { Purpose::Run };
    let ready = setup::prepare(purpose, Missing::Install)?;
    let mut over = Vec::new();
    if whole || wanted(SIZE) {
        let dist = interface::build(Profile::Small, &ready)?;
        if wanted(SIZE) && !size(&dist)? {
            over.push("size of the interface");
        }
    }
    if browser {
        field(&ready)?;
    }
    programs(whole, &chosen)?;
    settle();
    for one in chosen {
        say(format!("measuring: {}", one.what));
        if let Err(error) = measure(one, &ready) {
            eprintln!("  {error:#}");
            over.push(one.what);
        }
    }
    if !over.is_empty() {
        bail!("over the limit, or not measured:\n  {}", over.join("\n  "));
    }
    Ok(())
}

/// Builds what is measured, and with `whole` what the larger measurements start, as it is handed out. All at once, as members of one
/// workspace: one by one every library would be compiled again for the features that each of them asks for.
fn programs(whole: bool, chosen: &[&Measurement]) -> Result<()> {
    if chosen.is_empty() {
        return Ok(());
    }
    say("bench: optimised builds (several minutes)");
    let mut build = cargo();
    build.args(["build", "--quiet", "--profile", PROFILE, "--workspace", "--features", "jiangsai/custom-protocol"]);
    build.args(chosen.iter().flat_map(|one| ["--example", one.example]));
    if whole {
        build.args(["--bin", "jiangsai", "--bin", "jiangsai-hq", "--bin", "jiangsai-cli", "--example", "empty_window"]);
    } else if chosen.iter().any(|one| one.needs == Needs::Host) {
        build.args(["--bin", "jiangsai-hq"]);
    }
    run(&mut build)
}

/// Lets the disk take in what was built: a measurement that waits for the disk would wait for that as well. Where there is no such program, it does.
fn settle() {
    if let Err(error) = Command::new("sync").status() {
        eprintln!("  not synchronised: {error}");
    }
}

/// The folder with the measured field, as a browser loads it.
fn browser_field() -> PathBuf {
    place::target().join("bench-wasm")
}

/// Compiles the measured field as the interface is compiled that is handed out.
fn field(ready: &Ready) -> Result<()> {
    const EXAMPLE: &str = "wasm_field";
    say("bench: the field for a browser");
    ready.wasm.fetch(&ready.path)?;
    let mut build = ready.wasm.cargo();
    build.args(["build", "--quiet", "--offline", "--profile", "wasm", "--target", wasm::TARGET]);
    build.args(["--package", "jiangsai-scoring", "--example", EXAMPLE]);
    ready.wasm.apply(&mut build, &ready.path)?;
    run(&mut build)?;
    let built = ready.wasm.target().join(wasm::TARGET).join("wasm/examples").join(EXAMPLE).with_extension("wasm");
    let bind = which::which_in("wasm-bindgen", Some(&ready.path), place::root()).context("wasm-bindgen is missing")?;
    run(Command::new(bind).args(["--target", "no-modules", "--out-dir"]).arg(browser_field()).arg(built))
}

/// Runs it and fails when it says that a limit was passed.
fn measure(one: &Measurement, ready: &Ready) -> Result<()> {
    let programs = place::target().join(PROFILE);
    let mut command = Command::new(programs.join("examples").join(one.example));
    command.current_dir(place::root()).envs(surroundings(ready)).env("JIANGSAI_BIN_DIR", programs);
    command.env("JIANGSAI_BENCH_WASM", browser_field());
    let said = output(&mut command).with_context(|| format!("`{}` did not succeed", one.example))?;
    print!("{said}");
    if said.lines().any(|line| line.trim_end().ends_with(" over")) {
        bail!("over the limit");
    }
    Ok(())
}

/// Prints what the interface weighs; true when it is within its limit.
fn size(dist: &Path) -> Result<bool> {
    let mut within = true;
    for file in std::fs::read_dir(dist)?.flatten() {
        let path = file.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let plain = std::fs::metadata(&path)?.len();
            let gzip = Command::new("gzip").args(["-9", "-c"]).arg(&path).output().context("gzip, to compress it")?;
            within &= gzip.stdout.len() <= LARGEST_INTERFACE;
            println!("wasm  {plain:9} bytes, {:9} compressed", gzip.stdout.len());
            println!(
                "limit                  {LARGEST_INTERFACE:9} compressed   {}",
                if within { "within" } else { "over" }
            );
        }
    }
    Ok(within)
}
