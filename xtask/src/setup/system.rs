//! What the operating system must provide: libraries, fonts, browsers, a database server.

use super::{Missing, Purpose};
use crate::process::{output, run, say};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How to find out whether something is there.
enum Look {
    /// One of these programs is on `PATH`.
    Program(&'static [&'static str]),
    /// A Python that runs: `JIANGSAI_PYTHON`, or one of the usual names.
    Python,
    /// `pkg-config` knows this library.
    Library(&'static str),
    /// A font that can draw Chinese.
    ChineseFont,
    /// A browser that a test can drive: `JIANGSAI_CHROMIUM`, or one of the usual names.
    Chromium,
    /// Its driver: `JIANGSAI_CHROMEDRIVER`, or on `PATH`.
    ChromeDriver,
    /// `initdb` and `postgres`.
    PostgreSql,
    /// The Windows linker.
    MsvcLinker,
    /// The Windows web view.
    WebView2,
}

/// A thing the operating system provides.
struct Need {
    purpose: Purpose,
    what: &'static str,
    why: &'static str,
    look: Look,
    /// Debian packages; Ubuntu's where they differ.
    packages: &'static [&'static str],
    ubuntu: Option<&'static [&'static str]>,
}

const fn need(
    purpose: Purpose,
    what: &'static str,
    why: &'static str,
    look: Look,
    packages: &'static [&'static str],
) -> Need {
    Need { purpose, what, why, look, packages, ubuntu: None }
}

const LINUX: &[Need] = &[
    need(Purpose::Run, "C compiler", "links programs, builds SQLite", Look::Program(&["cc"]), &["build-essential"]),
    need(Purpose::Run, "pkg-config", "finds system libraries", Look::Program(&["pkg-config"]), &["pkg-config"]),
    need(
        Purpose::Run,
        "WebKitGTK 4.1",
        "draws the desktop window",
        Look::Library("webkit2gtk-4.1"),
        &["libwebkit2gtk-4.1-dev"],
    ),
    need(Purpose::Run, "fontconfig", "finds fonts", Look::Program(&["fc-list"]), &["fontconfig"]),
    need(Purpose::Run, "a Chinese font", "screens and printed sheets", Look::ChineseFont, &["fonts-noto-cjk"]),
    Need {
        purpose: Purpose::Test,
        what: "Chromium",
        why: "journeys in a browser",
        look: Look::Chromium,
        packages: &["chromium"],
        ubuntu: Some(&["chromium-browser"]),
    },
    Need {
        purpose: Purpose::Test,
        what: "chromedriver",
        why: "drives Chromium",
        look: Look::ChromeDriver,
        packages: &["chromium-driver"],
        ubuntu: Some(&["chromium-chromedriver"]),
    },
    need(
        Purpose::Test,
        "WebKitWebDriver",
        "drives the desktop window",
        Look::Program(&["WebKitWebDriver"]),
        &["webkit2gtk-driver"],
    ),
    need(Purpose::Test, "Xvfb", "a display for the window under test", Look::Program(&["Xvfb"]), &["xvfb"]),
    need(
        Purpose::Test,
        "dbus-run-session",
        "a message bus for the window under test",
        Look::Program(&["dbus-run-session"]),
        &["dbus", "dbus-x11"],
    ),
    need(Purpose::Test, "pdftotext", "reads printed sheets back", Look::Program(&["pdftotext"]), &["poppler-utils"]),
    need(Purpose::Test, "PostgreSQL", "the store on a real server", Look::PostgreSql, &["postgresql"]),
    need(Purpose::Test, "Python", "the reference verifier of bundles", Look::Python, &["python3"]),
];

/// On macOS and Windows `packages` holds what a person types.
const MACOS: &[Need] = &[
    need(
        Purpose::Run,
        "Xcode command line tools",
        "links programs",
        Look::Program(&["cc"]),
        &["xcode-select --install"],
    ),
    need(
        Purpose::Test,
        "Google Chrome",
        "journeys in a browser",
        Look::Chromium,
        &["brew install --cask google-chrome"],
    ),
    need(Purpose::Test, "chromedriver", "drives Chrome", Look::ChromeDriver, &["brew install --cask chromedriver"]),
    need(
        Purpose::Test,
        "pdftotext",
        "reads printed sheets back",
        Look::Program(&["pdftotext"]),
        &["brew install poppler"],
    ),
    need(Purpose::Test, "PostgreSQL", "the store on a real server", Look::PostgreSql, &["brew install postgresql@17"]),
    need(Purpose::Test, "Python", "the reference verifier of bundles", Look::Python, &["brew install python"]),
];

const WINDOWS: &[Need] = &[
    need(
        Purpose::Run,
        "Visual Studio Build Tools with “Desktop development with C++”",
        "links programs",
        Look::MsvcLinker,
        &[
            "winget install Microsoft.VisualStudio.2022.BuildTools --override \"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended\"",
        ],
    ),
    need(
        Purpose::Run,
        "WebView2",
        "draws the desktop window",
        Look::WebView2,
        &["winget install Microsoft.EdgeWebView2Runtime"],
    ),
    need(Purpose::Test, "Google Chrome", "journeys in a browser", Look::Chromium, &["winget install Google.Chrome"]),
    need(Purpose::Test, "chromedriver", "drives Chrome", Look::ChromeDriver, &["winget install Chromium.ChromeDriver"]),
    need(
        Purpose::Test,
        "pdftotext",
        "reads printed sheets back",
        Look::Program(&["pdftotext"]),
        &["winget install oschwartz10612.Poppler"],
    ),
    need(
        Purpose::Test,
        "Python",
        "the reference verifier of bundles",
        Look::Python,
        &["winget install Python.Python.3.13"],
    ),
];

/// What to say where Ubuntu's packages are only the way to a snap, which does not run in a container.
const SNAPS: &str = " Ubuntu's packages of both only lead to a snap, which needs snapd running: `snap install chromium`, or install \
    google-chrome-stable from Google and the chromedriver of the same version from Chrome for Testing.";

/// The browser the journeys use.
pub fn chromium() -> Option<PathBuf> {
    chosen("JIANGSAI_CHROMIUM", || {
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
        names.iter().filter_map(|name| which::which(name).ok()).find(|path| shows_pages(path)).or_else(|| {
            let places = [
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "C:/Program Files/Google/Chrome/Application/chrome.exe",
            ];
            places.iter().map(PathBuf::from).find(|path| path.is_file())
        })
    })
}

/// The program that drives it.
pub fn chromedriver() -> Option<PathBuf> {
    let names = ["chromedriver", "chromium.chromedriver"];
    chosen("JIANGSAI_CHROMEDRIVER", || names.iter().filter_map(|name| which::which(name).ok()).find(|path| runs(path)))
}

/// The Python that runs the reference verifier.
pub fn python() -> Option<PathBuf> {
    let names = ["python3", "python"];
    chosen("JIANGSAI_PYTHON", || names.iter().filter_map(|name| which::which(name).ok()).find(|path| runs(path)))
}

/// Does a program do more than be there? Ubuntu has scripts in the place of a browser that ask for a snap, Windows has a `python3` that
/// opens the store.
fn runs(program: &Path) -> bool {
    output(Command::new(program).arg("--version")).is_some()
}

/// As [`runs`] for a browser: that of Windows would open a window instead of telling its version.
fn shows_pages(browser: &Path) -> bool {
    cfg!(windows) || runs(browser)
}

/// Can the tests mount small disks of their own, here or with a view of the disks of their own?
pub fn may_mount() -> bool {
    let mounts = |how| output(Command::new("unshare").args([how, "mount", "-t", "tmpfs", "tmpfs", "/tmp"])).is_some();
    cfg!(target_os = "linux") && ["-m", "-Urm"].into_iter().any(mounts)
}

/// The program that drives the desktop window's web view (Linux, Windows).
pub fn webkit_driver() -> Option<PathBuf> {
    let name = if cfg!(windows) { "msedgedriver" } else { "WebKitWebDriver" };
    chosen("JIANGSAI_WEBKIT_DRIVER", || which::which(name).ok())
}

/// The folder with `initdb` and `postgres`, the newest version first.
pub fn postgres() -> Option<PathBuf> {
    chosen("JIANGSAI_PG_BIN", || {
        let exe = std::env::consts::EXE_SUFFIX;
        let complete = |folder: &PathBuf| {
            folder.join(format!("initdb{exe}")).is_file() && folder.join(format!("postgres{exe}")).is_file()
        };
        let mut found = Vec::new();
        for parent in ["/usr/lib/postgresql", "C:/Program Files/PostgreSQL"] {
            for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
                let version: u32 = entry.file_name().to_string_lossy().parse().unwrap_or(0);
                found.push((version, entry.path().join("bin")));
            }
        }
        for version in 13..30 {
            for parent in ["/opt/homebrew/opt", "/usr/local/opt"] {
                found.push((version, PathBuf::from(format!("{parent}/postgresql@{version}/bin"))));
            }
        }
        found.sort();
        let on_path = which::which("postgres").ok().and_then(|postgres| postgres.parent().map(PathBuf::from));
        found.into_iter().rev().map(|(_, folder)| folder).chain(on_path).find(complete)
    })
}

fn chosen(variable: &str, look: impl FnOnce() -> Option<PathBuf>) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from).or_else(look)
}

fn is_there(look: &Look) -> bool {
    match look {
        Look::Program(names) => names.iter().any(|name| which::which(name).is_ok()),
        Look::Library(name) => output(Command::new("pkg-config").args(["--exists", name])).is_some(),
        Look::ChineseFont => {
            output(Command::new("fc-list").args([":lang=zh", "family"])).is_some_and(|list| !list.trim().is_empty())
        }
        Look::Chromium => chromium().is_some_and(|browser| shows_pages(&browser)),
        Look::ChromeDriver => chromedriver().is_some_and(|driver| runs(&driver)),
        Look::Python => python().is_some_and(|python| runs(&python)),
        Look::PostgreSql => postgres().is_some(),
        Look::MsvcLinker => {
            let finder = "C:/Program Files (x86)/Microsoft Visual Studio/Installer/vswhere.exe";
            let component = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64";
            let arguments = ["-products", "*", "-requires", component, "-property", "installationPath"];
            output(Command::new(finder).args(arguments)).is_some_and(|path| !path.trim().is_empty())
                || which::which("link").is_ok()
        }
        Look::WebView2 => ["C:/Program Files (x86)/Microsoft/EdgeWebView", "C:/Program Files/Microsoft/EdgeWebView"]
            .iter()
            .any(|folder| PathBuf::from(folder).is_dir()),
    }
}

/// `ID` and `ID_LIKE` of the distribution.
fn distribution() -> String {
    let text = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    text.lines().filter(|line| line.starts_with("ID=") || line.starts_with("ID_LIKE=")).collect::<Vec<_>>().join(" ")
}

/// Looks for everything `purpose` needs, and installs or names what is not there.
pub fn prepare(purpose: Purpose, missing: Missing) -> Result<()> {
    let needs = if cfg!(target_os = "macos") {
        MACOS
    } else if cfg!(windows) {
        WINDOWS
    } else {
        LINUX
    };
    let absent = |needs: &'static [Need]| -> Vec<&'static Need> {
        needs.iter().filter(|need| need.purpose <= purpose && !is_there(&need.look)).collect()
    };
    let wanted = absent(needs);
    let count = needs.iter().filter(|need| need.purpose <= purpose).count();
    if wanted.is_empty() {
        say(format!("system: all {count} things are there ({})", names(needs, purpose)));
        return Ok(());
    }
    for need in &wanted {
        say(format!("system: {} is missing ({})", need.what, need.why));
    }
    if missing == Missing::Report {
        return Ok(());
    }
    if !cfg!(target_os = "linux") {
        let steps: Vec<_> =
            wanted.iter().map(|need| format!("  {}:\n    {}", need.what, need.packages.join("\n    "))).collect();
        bail!(
            "Install what is missing, then run the same command again:\n{}\nA program in another place is named with \
             JIANGSAI_CHROMIUM, JIANGSAI_CHROMEDRIVER or JIANGSAI_PYTHON. What opens a store instead of running is switched off in \
             Windows under “App execution aliases”.",
            steps.join("\n")
        );
    }
    let ubuntu = distribution().contains("ID=ubuntu");
    let packages: Vec<&str> = wanted
        .iter()
        .flat_map(|need| if ubuntu { need.ubuntu.unwrap_or(need.packages) } else { need.packages })
        .copied()
        .collect();
    install(&packages)?;
    let still: Vec<_> = absent(needs).iter().map(|need| format!("{} ({})", need.what, need.why)).collect();
    if !still.is_empty() {
        bail!(
            "These are still not found, or do not run, after installing {}:\n  {}\nA browser and its driver in another place are \
             named with JIANGSAI_CHROMIUM and JIANGSAI_CHROMEDRIVER.{}",
            packages.join(" "),
            still.join("\n  "),
            if ubuntu { SNAPS } else { "" }
        );
    }
    Ok(())
}

fn names(needs: &[Need], purpose: Purpose) -> String {
    needs.iter().filter(|need| need.purpose <= purpose).map(|need| need.what).collect::<Vec<_>>().join(", ")
}

/// Whether apt is how this computer installs software.
pub fn has_apt() -> bool {
    cfg!(target_os = "linux") && which::which("apt-get").is_ok()
}

/// Installs Debian packages, as root or through sudo.
pub fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if !has_apt() {
        bail!(
            "This Linux has no apt. Install what Debian calls\n  {list}\nwith your package manager, then run the same \
             command again."
        );
    }
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !root && which::which("sudo").is_err() {
        bail!("Installing needs root, and there is no sudo. As root:\n  apt-get update && apt-get install -y {list}");
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
        command
    };
    say(format!("system: installing {list} with apt"));
    run(&mut apt(&["update", "-q"]))?;
    run(apt(&["install", "-y", "-q", "--no-install-recommends"]).args(packages))
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::runs;

    #[test]
    fn a_program_that_only_fails_is_not_there() {
        assert!(runs(&which::which("rustc").unwrap()));
        assert!(!runs(&which::which("false").unwrap()), "it is found, and that is all");
    }
}
