//! Measurements: each program prints its figures beside their limits; here is only which ones there are.

use crate::place::cargo;
use crate::process::{run, say};
use anyhow::{Result, bail};

/// A program that measures.
struct Measurement {
    what: &'static str,
    package: &'static str,
    example: &'static str,
}

const MEASUREMENTS: &[Measurement] = &[Measurement {
    what: "time a durable mark adds to a bare insert with the same fsync",
    package: "jiangsai-store",
    example: "bench_append",
}];

/// `cargo xtask bench`
pub fn bench() -> Result<()> {
    let mut over = Vec::new();
    for one in MEASUREMENTS {
        say(format!("measuring: {}", one.what));
        let mut command = cargo();
        command.args(["run", "--quiet", "--release", "--package", one.package, "--example", one.example]);
        if let Err(error) = run(&mut command) {
            eprintln!("  {error:#}");
            over.push(one.what);
        }
    }
    if !over.is_empty() {
        bail!("over the limit, or not measured:\n  {}", over.join("\n  "));
    }
    Ok(())
}
