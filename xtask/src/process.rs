//! Running other programs: each is shown before it starts, and a failure names it.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Says what happens now, in one line.
pub fn say(text: impl AsRef<str>) {
    println!("· {}", text.as_ref());
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Runs to the end, its output on the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    println!("  $ {}", shown(command));
    let status = command.status().with_context(|| format!("start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` did not succeed ({status})", shown(command));
    }
    Ok(())
}

/// Its standard output, or nothing when it does not start or does not succeed.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end or to the limit, whichever comes first; true when it succeeded in time.
#[expect(clippy::disallowed_methods, reason = "the standard library cannot wait for a child with a limit")]
pub fn within(command: &mut Command, limit: Duration) -> Result<bool> {
    println!("  $ {} (at most {} s)", shown(command), limit.as_secs());
    let mut child = command.stdin(Stdio::null()).spawn().with_context(|| format!("start `{}`", shown(command)))?;
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}
