//! Starts what a journey needs (host, driver, display), each on its own port and data folder, and ends it on drop.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use thirtyfour::prelude::*;

/// The repository.
pub fn root() -> PathBuf {
    // Without `..` in it: a browser takes no file by such a path.
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

fn from_env(name: &str, otherwise: impl FnOnce() -> PathBuf) -> PathBuf {
    std::env::var_os(name).map_or_else(otherwise, PathBuf::from)
}

/// A built program of the workspace.
pub fn program(name: &str) -> PathBuf {
    from_env("JIANGSAI_BIN_DIR", || root().join("target/debug")).join(name)
}

/// The built interface.
pub fn interface() -> PathBuf {
    from_env("JIANGSAI_UI_DIST", || root().join("ui/dist"))
}

/// A child process that ends with its guard, and with it whatever it started where it leads a group of its own.
pub struct Running {
    child: Child,
    leads: bool,
}

impl Running {
    /// A process that started others: all of them end with it.
    #[cfg(unix)]
    fn leading(command: &mut Command) -> std::io::Result<Self> {
        use std::os::unix::process::CommandExt;
        Ok(Self { child: command.process_group(0).spawn()?, leads: true })
    }

    /// Windows ends a driver's children with it.
    #[cfg(not(unix))]
    fn leading(command: &mut Command) -> std::io::Result<Self> {
        Ok(Self { child: command.spawn()?, leads: false })
    }

    /// Ends it as a power cut would: no signal handler runs.
    pub fn kill(&mut self) -> Result<()> {
        if self.leads {
            let group = format!("-{}", self.child.id());
            // Whatever of the group is gone already is what we want.
            let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
            self.leads = false;
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// Starts a program and waits for the first line of its output that `wanted` accepts.
fn start(command: &mut Command, wanted: impl Fn(&str) -> Option<String>) -> Result<(Running, String)> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().with_context(|| format!("start {command:?}"))?;
    let mut lines = BufReader::new(child.stdout.take().context("its output")?).lines();
    let running = Running { child, leads: false };
    for line in lines.by_ref() {
        if let Some(found) = wanted(&line?) {
            // Whatever it prints later must not block it.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok((running, found));
        }
    }
    bail!("{command:?} ended before it was ready")
}

/// The HTTP host on a data folder; the text is the address with its one-time token.
pub fn host(data: &Path) -> Result<(Running, String)> {
    start(
        Command::new(program("jiangsai-hq")).arg("local").arg("--data").arg(data).arg("--ui").arg(interface()),
        |line| line.starts_with("http://").then(|| line.trim().to_owned()),
    )
}

/// A headquarters on a data folder that lets browsers elsewhere in over TLS; the text is its site. `certificate` holds `chain.pem` and `key.pem`, for `localhost`.
pub fn headquarters(data: &Path, certificate: &Path) -> Result<(Running, String)> {
    let port = free_port()?;
    let site = format!("https://localhost:{port}");
    let mut command = Command::new(program("jiangsai-hq"));
    command.arg("serve").arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]).arg("--ui").arg(interface());
    command.args(["--browsers", &format!("127.0.0.1:{port}"), "--site", &site]);
    command.arg("--tls-cert").arg(certificate.join("chain.pem")).arg("--tls-key").arg(certificate.join("key.pem"));
    let (running, _) = start(&mut command, |line| line.starts_with("browsers ").then(String::new))?;
    Ok((running, site))
}

/// A port that nobody listens at.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// What a person has clicked and typed. A list takes two clicks and a file two; a character is one key, whatever an input method needs
/// for it.
#[derive(Debug, Default)]
pub struct Effort {
    clicks: AtomicU32,
    keys: AtomicU32,
}

impl Effort {
    /// So many clicks more.
    pub fn clicked(&self, count: u32) {
        self.clicks.fetch_add(count, Ordering::Relaxed);
    }

    /// The keys of a text more.
    pub fn typed(&self, text: &str) {
        self.keys.fetch_add(u32::try_from(text.chars().count()).unwrap_or(u32::MAX), Ordering::Relaxed);
    }

    /// Clicks and keys since the last time, which then begin anew.
    pub fn take(&self) -> (u32, u32) {
        (self.clicks.swap(0, Ordering::Relaxed), self.keys.swap(0, Ordering::Relaxed))
    }
}

/// A browser or window under test and what drives it. Dropping it ends all of it.
pub struct Screen {
    /// The session.
    pub driver: WebDriver,
    /// What the person at it has clicked and typed so far.
    pub effort: Effort,
    processes: Vec<Running>,
}

impl Screen {
    /// Headless Chromium at `width` × `height`.
    pub async fn chromium(width: u32, height: u32) -> Result<Self> {
        Self::chromium_trusting(width, height, false).await
    }

    /// As [`Self::chromium`]; `any` certificate will do for it, also one that nobody vouches for.
    pub async fn chromium_trusting(width: u32, height: u32, any: bool) -> Result<Self> {
        let chromedriver = from_env("JIANGSAI_CHROMEDRIVER", || "chromedriver".into());
        let (running, port) = start(Command::new(chromedriver).arg("--port=0"), |line| {
            line.split("successfully on port ").nth(1).map(|rest| rest.trim_end_matches('.').to_owned())
        })?;
        let mut capabilities = DesiredCapabilities::chrome();
        if let Some(chromium) = std::env::var_os("JIANGSAI_CHROMIUM") {
            capabilities.set_binary(&chromium.to_string_lossy())?;
        }
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=zh-CN",
            &format!("--window-size={width},{height}"),
        ] {
            capabilities.add_arg(argument)?;
        }
        if any {
            capabilities.accept_insecure_certs(true)?;
        }
        let driver = WebDriver::new(&format!("http://127.0.0.1:{port}"), capabilities).await?;
        Ok(Self { driver, effort: Effort::default(), processes: vec![running] })
    }

    /// The real desktop window on its own virtual display, its data in `data`.
    pub async fn window(data: &Path) -> Result<Self> {
        let home = data.parent().context("the folder around the data")?.join("home");
        std::fs::create_dir_all(&home)?;
        let mut processes = Vec::new();
        let (display, number) = start(
            Command::new("Xvfb").args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]),
            |line| Some(line.trim().to_owned()),
        )?;
        processes.push(display);
        let (port, native) = (free_port()?, free_port()?);
        let mut command = Command::new("dbus-run-session");
        command
            .arg("--")
            .arg(from_env("JIANGSAI_TAURI_DRIVER", || "tauri-driver".into()))
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .arg("--native-driver")
            .arg(from_env("JIANGSAI_WEBKIT_DRIVER", || "/usr/bin/WebKitWebDriver".into()))
            .env("DISPLAY", format!(":{number}"))
            .env("JIANGSAI_DATA", data)
            // A keychain belongs to a person, not to a test.
            .env("JIANGSAI_KEY", "file")
            // Downloads go to the person's home: here one of its own.
            .env("HOME", &home)
            .env("NO_AT_BRIDGE", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        processes.push(Running::leading(&mut command).context("start tauri-driver under dbus-run-session")?);
        let mut capabilities = Capabilities::new();
        capabilities.set("tauri:options", serde_json::json!({ "application": program("jiangsai"), "args": [] }))?;
        let address = format!("http://127.0.0.1:{port}");
        for _ in 0..100 {
            // The driver has no way to say that it listens; a refused connection says that it does not yet.
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
                && std::net::TcpStream::connect(("127.0.0.1", native)).is_ok()
            {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let driver = WebDriver::new(&address, capabilities).await.context("open the desktop window")?;
        Ok(Self { driver, effort: Effort::default(), processes })
    }

    /// Saves what is on screen to `target/screens/<name>.png`, for a person to look at.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let folder = from_env("JIANGSAI_SCREENS", || root().join("target/screens"));
        std::fs::create_dir_all(&folder)?;
        self.driver.screenshot(&folder.join(format!("{name}.png"))).await?;
        Ok(())
    }

    /// Ends the session and its processes.
    pub async fn close(mut self) -> Result<()> {
        let _ = self.driver.clone().quit().await;
        for process in &mut self.processes {
            process.kill()?;
        }
        Ok(())
    }
}
