//! The suite on PostgreSQL: a server of its own, thrown away afterwards. `JIANGSAI_PG_BIN` names the folder of `initdb`.
#![cfg(unix)]

use crate::sample::{AT, founder, holds, mark};
use crate::suite;
use jiangsai_ledger::Hash;
use jiangsai_store::Store;
use sea_orm::{ConnectionTrait, Database};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server on a socket in a temporary folder; stopped when it is dropped.
struct Server {
    folder: tempfile::TempDir,
    postgres: Child,
}

impl Server {
    /// `None`, with a word about it, where no PostgreSQL is named.
    fn start() -> Option<Self> {
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
    async fn database(&self, name: &str) -> String {
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

#[tokio::test]
async fn everything_on_postgres() {
    let Some(server) = Server::start() else { return };
    let url = server.database("everything").await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_postgres(&url, folder.path()).await.unwrap();
    suite::everything(store, async |store: Store| {
        let dir = store.dir().to_owned();
        store.close().await.unwrap();
        Store::open_postgres(&url, &dir).await.unwrap()
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_build_is_refused() {
    let Some(server) = Server::start() else { return };
    let url = server.database("newer").await;
    let folder = tempfile::tempdir().unwrap();
    Store::open_postgres(&url, folder.path()).await.unwrap().close().await.unwrap();
    let database = Database::connect(&url).await.unwrap();
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_later', 0)";
    database.execute_unprepared(newer).await.unwrap();
    database.close().await.unwrap();
    let refused = Store::open_postgres(&url, folder.path()).await.unwrap_err();
    assert_eq!(refused.code(), "newer", "{refused}");
}

/// Two nodes on one server, each with a folder and a log of its own.
#[tokio::test]
async fn two_nodes_write_to_one_scope() {
    let Some(server) = Server::start() else { return };
    let url = server.database("two_nodes").await;
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Store::open_postgres(&url, one.path()).await.unwrap();
    let second = Store::open_postgres(&url, two.path()).await.unwrap();
    let (scope, _) = first.create_scope(founder(), Vec::new(), AT).await.unwrap();
    let several = (0..40).map(|number| {
        let store = if number % 2 == 0 { &first } else { &second };
        store.append(scope, vec![mark(number)], AT)
    });
    let appended = futures::future::try_join_all(several).await.unwrap();
    let hashes: Vec<Hash> = appended.iter().flatten().map(|one| one.hash).collect();
    holds(&second, scope, &hashes).await.unwrap();
    assert_eq!(first.verify_scope(scope).await.unwrap().logs, 2, "a log for each node");
    for (store, language, pin) in [(&first, "en", "1111"), (&second, "zh-CN", "2468")] {
        store.set_setting("language", language).await.unwrap();
        store.pin_set(scope, "judge-1", pin).await.unwrap();
    }
    assert_eq!(first.setting("language").await.unwrap().as_deref(), Some("en"), "settings are of one computer");
    assert!(first.pin_check(scope, "judge-1", "1111").await.unwrap(), "and so are PINs");
    assert!(second.pin_check(scope, "judge-1", "2468").await.unwrap());
    assert_eq!(first.incarnation().await.unwrap(), second.incarnation().await.unwrap(), "the database is one");
    let orders: std::collections::BTreeSet<u64> = appended.iter().flatten().map(|one| one.order).collect();
    assert_eq!(orders.len(), 40, "no two at the same place");
    first.close().await.unwrap();
    second.close().await.unwrap();
}

/// Desks on SQLite, headquarters on PostgreSQL.
#[tokio::test]
async fn between_a_desk_and_a_headquarters_on_postgres() {
    let Some(server) = Server::start() else { return };
    let url = server.database("above").await;
    let folder = tempfile::tempdir().unwrap();
    let above = Store::open_postgres(&url, folder.path()).await.unwrap();
    crate::replicate::everything(&above).await;
    above.close().await.unwrap();
}
