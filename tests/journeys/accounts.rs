//! Accounts of a headquarters, as whoever runs it makes them, and the app on the phone of whoever has one.

#[path = "../../crates/app/tests/commands/authenticator.rs"]
mod authenticator;

use crate::journeys::harness::program;
use anyhow::{Context, Result, ensure};
use authenticator::shows;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// A password that will do.
pub const PASSWORD: &str = "correct horse battery staple";

fn pem(what: &str, bytes: &[u8]) -> String {
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", STANDARD.encode(bytes))
}

/// A certificate for `localhost`, and its key.
pub fn certify(folder: &Path) -> Result<()> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()])?;
    std::fs::write(folder.join("chain.pem"), pem("CERTIFICATE", made.cert.der()))?;
    std::fs::write(folder.join("key.pem"), pem("PRIVATE KEY", &made.signing_key.serialize_der()))?;
    Ok(())
}

/// `jiangsai-hq account`, while it is being served.
pub fn account(data: &Path, arguments: &[&str]) -> Result<String> {
    let output =
        Command::new(program("jiangsai-hq")).arg("account").args(arguments).arg("--data").arg(data).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// What the app shows, so many steps from now.
pub fn code(letters: &str, steps: i64) -> Result<String> {
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    Ok(shows(letters, now + steps * 30_000))
}

/// Adds an account; the link with which it is set up.
pub fn invite(data: &Path, name: &str, may: &str, site: &str) -> Result<String> {
    let added = account(data, &["add", name, "--may", may, "--site", site])?;
    let link = added.lines().find_map(|line| line.strip_prefix("link "));
    Ok(link.context("a link")?.to_owned())
}
