//! The computers of a hall: some are processes, which are killed, some stand in this one.

use super::program;
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_hq::{Limits, nodes, open_door, reached};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// `jiangsai-hq serve`, a process of its own; killed when it is dropped.
pub struct Served {
    process: Child,
    pub url: String,
    pub codes: Vec<String>,
}

impl Served {
    pub fn start(data: &Path, listen: &str, arguments: &[&str], codes: usize) -> Self {
        Self::begin(Command::new(program()), data, listen, arguments, codes)
    }

    /// As [`Served::start`], with all that it can say written to a file.
    pub fn start_logged(data: &Path, listen: &str, arguments: &[&str], codes: usize, log: &Path) -> Self {
        let mut command = Command::new(program());
        command.env("RUST_LOG", "trace").stderr(std::fs::File::create(log).unwrap());
        Self::begin(command, data, listen, arguments, codes)
    }

    fn begin(mut command: Command, data: &Path, listen: &str, arguments: &[&str], codes: usize) -> Self {
        command.args(["serve", "--listen", listen, "--data"]).arg(data).args(arguments).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let url = lines.next().unwrap().strip_prefix("nodes ").unwrap().to_owned();
        let codes = lines.by_ref().take(codes).map(|line| line.split_once("code ").unwrap().1.to_owned()).collect();
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, url, codes }
    }

    /// Where it listens.
    pub fn listen(&self) -> String {
        self.url.strip_prefix("https://").unwrap().to_owned()
    }

    /// It runs no more and its connections stay, as those of a computer without power do.
    #[cfg(unix)]
    pub fn hang(&self) {
        assert!(Command::new("kill").args(["-STOP", &self.process.id().to_string()]).status().unwrap().success());
    }

    /// `kill -9`: no farewell.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// From the same folder at the same address.
pub async fn listen_again(data: &Path, listen: &str) -> Served {
    let (data, listen) = (data.to_owned(), listen.to_owned());
    tokio::task::spawn_blocking(move || Served::start(&data, &listen, &[], 0)).await.unwrap()
}

/// A computer in this process.
pub struct Desk {
    pub app: App,
    folder: PathBuf,
    _own: Option<tempfile::TempDir>,
    here: Option<SocketAddr>,
    stop: Mutex<Option<oneshot::Sender<()>>>,
}

impl Desk {
    /// In touch with the node above.
    pub async fn open() -> Self {
        let own = tempfile::tempdir().unwrap();
        let app = App::open(own.path(), Arc::new(SystemHost::new(None))).await.unwrap();
        tokio::spawn(app.clone().keep_in_sync());
        Self { app, folder: own.path().to_owned(), _own: Some(own), here: None, stop: Mutex::default() }
    }

    /// The same, and it lets others in.
    pub async fn listening() -> Self {
        let mut desk = Self::open().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        desk.here = Some(listener.local_addr().unwrap());
        desk.serve(listener);
        desk
    }

    /// What is in a folder, without any network.
    pub async fn at(folder: &Path) -> Self {
        let app = App::open(folder, Arc::new(SystemHost::new(None))).await.unwrap();
        Self { app, folder: folder.to_owned(), _own: None, here: None, stop: Mutex::default() }
    }

    fn serve(&self, listener: TcpListener) {
        let here = listener.local_addr().unwrap();
        self.app.is_reached(Some(reached(here)));
        let (stop, stopped) = oneshot::channel::<()>();
        let limits = Limits { farewell: Duration::ZERO, ..Limits::default() };
        let app = self.app.clone();
        tokio::spawn(async move {
            let until = async { drop(stopped.await) };
            open_door(listener, &app, nodes(app.clone()), limits, until).await.unwrap();
        });
        *self.stop.lock().unwrap() = Some(stop);
    }

    /// Nobody is let in any more, and whoever was is cut off.
    pub fn stop_listening(&self) {
        drop(self.stop.lock().unwrap().take());
    }

    /// At the same address.
    pub async fn listen_again(&self) {
        let begun = Instant::now();
        loop {
            match TcpListener::bind(self.here.unwrap()).await {
                Ok(listener) => return self.serve(listener),
                Err(error) => assert!(begun.elapsed() < Duration::from_secs(60), "{error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.here.unwrap())
    }

    pub async fn call(&self, name: &str, payload: Value) -> Value {
        match self.app.dispatch(name, payload, None).await {
            Ok(reply) => reply,
            Err(error) => panic!("{name}: {error:?}"),
        }
    }

    /// Waits until an answer is as wanted.
    pub async fn until(&self, what: &str, name: &str, payload: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            match self.app.dispatch(name, payload.clone(), None).await {
                Ok(answer) if wanted(&answer) => return answer,
                answer => assert!(begun.elapsed() < Duration::from_secs(90), "{what}: {answer:?}"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn saved(&self) -> u64 {
        self.call("sync.status", json!({})).await["competitions"][0]["saved"].as_u64().unwrap()
    }

    /// Registers somebody; the answer.
    pub async fn add(&self, competition: &str, event: &str, number: &str) -> Value {
        let own = json!({"number": number, "name": "模拟甲", "unit": "模拟水务", "document_kind": "护照", "document_number": format!("E123{number}")});
        self.call("entries.add", json!({"competition": competition, "event": event, "form": own})).await
    }

    /// Does its folder hold a text as it is?
    pub fn holds(&self, text: &str) -> bool {
        let files = std::fs::read_dir(&self.folder).unwrap().filter_map(Result::ok).map(|file| file.path());
        let bytes = files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap_or_default());
        let bytes: Vec<u8> = bytes.collect();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }
}

/// Somebody is registered and gets a mark: two records of the log.
pub async fn enter(desk: &Desk, competition: &str, event: &str, number: &str) {
    let added = desk.add(competition, event, number).await;
    let mark = json!({"competition": competition, "event": event, "entry": added["saved"], "item": "T", "judge": null, "text": "80", "replaces": [], "reason": ""});
    desk.call("marks.enter", mark).await;
}
