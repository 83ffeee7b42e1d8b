//! A PostgreSQL of its own, thrown away afterwards. `JIANGSAI_PG_BIN` names the folder of `initdb`.
#![cfg(unix)]

use sea_orm::{ConnectionTrait, Database};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server on a socket in a temporary folder; stopped when it is dropped.
pub struct Server {
    folder: tempfile::TempDir,
    postgres: Child,
}

impl Server {
    /// `None`, with a word about it, where no PostgreSQL is named.
    pub fn start() -> Option<Self> {
        let Some(bin) = std::env::var_os("JIANGSAI_PG_BIN").map(PathBuf::from) else {
            eprintln!("skipped: JIANGSAI_PG_BIN does not name a PostgreSQL");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        if is_root() {
            for path in [folder.path(), &data] {
                assert!(ran(Command::new("chown").arg("postgres:postgres").arg(path)), "postgres owns its folder");
            }
        }
        let mut initdb = as_owner(&bin.join("initdb"));
        initdb.args(["--auth=trust", "--username=jiangsai", "--encoding=UTF8", "--no-locale", "-D"]).arg(&data);
        assert!(ran(initdb.stdout(Stdio::null())), "a cluster is made");
        let mut postgres = as_owner(&bin.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(folder.path());
        postgres.args(["-c", "listen_addresses=", "-c", "logging_collector=off", "-c", "log_destination=stderr"]);
        postgres.args(["-c", "lc_messages=C"]);
        let mut postgres = postgres.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(postgres.stderr.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("ready to accept connections")), "the server starts");
        // It must be able to go on talking.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { folder, postgres })
    }

    /// The address of a new, empty database.
    pub async fn database(&self, name: &str) -> String {
        let server = Database::connect(self.url("postgres")).await.unwrap();
        server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        server.close().await.unwrap();
        self.url(name)
    }

    fn url(&self, database: &str) -> String {
        let socket = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://jiangsai@localhost/{database}?host={socket}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // At once: nothing of it is needed any more.
        let id = self.postgres.id().to_string();
        ran(Command::new("kill").args(["-QUIT", &id]));
        self.postgres.wait().ok();
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn ran(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}

/// PostgreSQL will not be run by root. The process keeps its id: `setpriv` becomes the program.
fn as_owner(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    command
}
