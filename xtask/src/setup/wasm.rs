//! The compiler for the interface: it must know `wasm32-unknown-unknown`. Three ways, in order: it does already;
//! rustup adds it; Debian's matched pair of compiler and library source builds the library itself.

use super::Missing;
use super::system;
use crate::place;
use crate::process::{output, run, say, within};
use anyhow::{Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What the interface is compiled to.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's newest compiler for web browsers' sake, the cargo of the same release, the library's source and its linker.
const DEBIAN: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];

/// Which compiler makes the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compiler {
    /// The one that compiles everything else.
    Usual,
    /// Debian's, which builds the standard library along with the interface.
    Debian,
}

impl Compiler {
    /// Cargo's output for the interface. Never the one of native builds: two compilers, and no waiting for its lock.
    pub fn target(self) -> PathBuf {
        place::target().join(match self {
            Self::Usual => "ui",
            Self::Debian => "ui-debian",
        })
    }

    /// Sets up a program that will call cargo, with `path` as its `PATH`.
    pub fn apply(self, command: &mut Command, path: &OsString) -> Result<()> {
        command.env("CARGO_TARGET_DIR", self.target());
        match self {
            Self::Usual => command.env("PATH", path),
            Self::Debian => {
                let folders = std::iter::once(PathBuf::from("/usr/bin")).chain(std::env::split_paths(path));
                command
                    .env("PATH", std::env::join_paths(folders)?)
                    .env("CARGO", "/usr/bin/cargo")
                    .env("RUSTC", "/usr/bin/rustc")
                    // The library's source is built with the interface; stable compilers want to be told twice.
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                    .env_remove("RUSTUP_TOOLCHAIN")
                    .env_remove("RUSTC_WRAPPER")
                    .env_remove("RUSTC_WORKSPACE_WRAPPER")
            }
        };
        Ok(())
    }

    /// Cargo of this compiler, in the repository.
    pub fn cargo(self) -> Command {
        match self {
            Self::Usual => place::cargo(),
            Self::Debian => {
                let mut command = Command::new("/usr/bin/cargo");
                command.current_dir(place::root());
                command
            }
        }
    }

    /// Downloads the crates of the interface, which is then built offline.
    pub fn fetch(self, path: &OsString) -> Result<()> {
        let mut command = self.cargo();
        command.args(["fetch", "--quiet", "--target", TARGET]);
        self.apply(&mut command, path)?;
        run(&mut command)
    }
}

fn usual_knows_wasm() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = output(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| {
        let entries = std::fs::read_dir(folder.trim()).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).any(|name| name.starts_with("libstd-"))
    })
}

fn debian_is_there() -> bool {
    let Some(version) = output(Command::new("/usr/bin/rustc").arg("--version")) else { return false };
    let Some(number) = version.split_whitespace().nth(1) else { return false };
    // The source must be of the very release, or it does not compile.
    let source = format!("/usr/src/rustc-{number}/library/std/Cargo.toml");
    Path::new("/usr/bin/cargo").is_file() && Path::new(&source).is_file() && wasm_linker()
}

/// Debian's compiler calls the linker of its own LLVM release.
fn wasm_linker() -> bool {
    which::which("lld-22").is_ok() || which::which("rust-lld").is_ok()
}

/// Finds or installs a compiler for the interface. `JIANGSAI_WASM=debian` or `=rustup` chooses one way.
pub fn prepare(missing: Missing) -> Result<Compiler> {
    let chosen = std::env::var("JIANGSAI_WASM").unwrap_or_default();
    match chosen.as_str() {
        "" | "rustup" | "debian" => {}
        other => bail!("JIANGSAI_WASM is `{other}`; it can be `rustup` or `debian`"),
    }
    if chosen != "debian" {
        if usual_knows_wasm() {
            say(format!("wasm: the usual compiler knows {TARGET}"));
            return Ok(Compiler::Usual);
        }
        if chosen.is_empty() && debian_is_there() {
            say("wasm: Debian's compiler and library source are there");
            return Ok(Compiler::Debian);
        }
        if missing == Missing::Report {
            say(format!("wasm: {TARGET} is missing (the interface is compiled to it)"));
            return Ok(Compiler::Usual);
        }
        if which::which("rustup").is_ok() {
            // Where Debian can help, a silent network is given up sooner.
            let limit = Duration::from_secs(if system::has_apt() { 120 } else { 600 });
            say(format!("wasm: adding {TARGET} with rustup (the interface is compiled to it)"));
            if within(Command::new("rustup").args(["target", "add", TARGET]), limit)? && usual_knows_wasm() {
                return Ok(Compiler::Usual);
            }
            say("wasm: rustup could not add it");
        }
    }
    if chosen == "rustup" || !system::has_apt() {
        bail!(
            "The interface is compiled to {TARGET}, which this Rust lacks. Where rustup's servers can be reached:\n  \
             rustup target add {TARGET}\nA mirror is named with RUSTUP_DIST_SERVER."
        );
    }
    if debian_is_there() {
        say("wasm: Debian's compiler and library source are there");
        return Ok(Compiler::Debian);
    }
    say("wasm: Debian's compiler and library source are missing (they build the interface where rustup cannot help)");
    if missing == Missing::Install {
        system::install(DEBIAN)?;
        if !debian_is_there() {
            bail!("{} are installed and yet do not fit together: /usr/bin/rustc, /usr/src/rustc-*", DEBIAN.join(" "));
        }
    }
    Ok(Compiler::Debian)
}
