//! The program as it is started: what it refuses, TLS with a certificate out of files, renewed files, and accounts from the command line meanwhile.

use super::authenticator::shows;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_jiangsai-hq"))
}

/// Writes a certificate for `localhost` and its key.
fn certify(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("chain.pem"), pem("CERTIFICATE", made.cert.der())).unwrap();
    std::fs::write(folder.join("key.pem"), pem("PRIVATE KEY", &made.signing_key.serialize_der())).unwrap();
}

fn pem(what: &str, bytes: &[u8]) -> String {
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", STANDARD.encode(bytes))
}

/// Ends with its guard.
struct Served(Child, u16);

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn started(folder: &Path, more: &[&str]) -> Command {
    let mut command = program();
    command.arg("serve").arg("--data").arg(folder.join("data")).args(["--listen", "127.0.0.1:0"]);
    command.arg("--ui").arg(super::interface(folder)).args(more);
    command
}

fn serve(folder: &Path) -> Served {
    certify(folder);
    // Known before: the site names it.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (at, site) = (format!("127.0.0.1:{port}"), format!("https://localhost:{port}"));
    let (chain, key) = (folder.join("chain.pem"), folder.join("key.pem"));
    let mut command = started(folder, &["--browsers", &at, "--site", &site]);
    command.arg("--tls-cert").arg(chain).arg("--tls-key").arg(key);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let said = lines.find(|line| line.starts_with("browsers ")).unwrap();
    assert_eq!(said, format!("browsers https://{at} as {site}"));
    std::thread::spawn(move || lines.for_each(drop));
    Served(child, port)
}

/// Asks over TLS, trusting the certificate that lies in the folder now; `None` where it is not the one that is shown.
async fn ask(folder: &Path, port: u16, path: &str, cookie: &str, body: &Value) -> Option<(String, Value)> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder.join("chain.pem")).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots);
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = TlsConnector::from(Arc::new(config.with_no_client_auth())).connect(name, stream).await.ok()?;
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://localhost:{port}\r\nCookie: {cookie}\r\n\
         Content-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut said = Vec::new();
    // Some close without a farewell.
    let _ = stream.read_to_end(&mut said).await;
    let said = String::from_utf8(said).unwrap();
    let (head, body) = said.split_once("\r\n\r\n").unwrap();
    Some((head.to_owned(), serde_json::from_str(body).unwrap_or_default()))
}

fn account(folder: &Path, arguments: &[&str]) -> String {
    let mut command = program();
    let output = command.arg("account").args(arguments).arg("--data").arg(folder.join("data")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_are_managed_while_it_serves_over_tls_and_renewed_certificates_are_taken_up() {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let served = serve(folder.path());
    let port = served.1;
    let site = format!("https://localhost:{port}");
    let added = account(folder.path(), &["add", "模拟甲", "--may", "work", "--site", &site]);
    let code = added.lines().find_map(|line| line.strip_prefix("code ")).unwrap().to_owned();
    assert!(added.contains(&format!("link {site}/#/set-up/{code}\n")), "{added}");
    assert_eq!(account(folder.path(), &["list"]), "模拟甲\twork\tcode-open\t0 recovery codes\t0 sessions\n");

    let (_, begun) = ask(folder.path(), port, "/api/door/begin_set_up", "", &json!({"link": code})).await.unwrap();
    let letters = begun["authenticator"]["letters"].as_str().unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let password = super::PASSWORD;
    let set_up = json!({"link": code, "password": password, "code": shows(letters, i64::try_from(now).unwrap())});
    let (head, _) = ask(folder.path(), port, "/api/door/set_up", "", &set_up).await.unwrap();
    let name = format!("set-cookie: __Host-jiangsai-{port}=");
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&name.to_lowercase())).unwrap();
    let cookie = line.split_once(": ").unwrap().1.split(';').next().unwrap().to_owned();
    let status = async |cookie: &str| ask(folder.path(), port, "/api/rpc/app.status", cookie, &json!({})).await;
    assert!(status(&cookie).await.unwrap().0.starts_with("HTTP/1.1 200"), "in");
    assert_eq!(account(folder.path(), &["list"]), "模拟甲\twork\tset-up\t8 recovery codes\t1 sessions\n");
    account(folder.path(), &["remove", "模拟甲"]);
    assert!(status(&cookie).await.unwrap().0.starts_with("HTTP/1.1 401"), "out at once, while it serves");
}

#[test]
fn renewed_files_are_taken_up_and_broken_ones_are_not() {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path());
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    let certificate = jiangsai_hq::Certificate::read(&chain, &key).unwrap();
    let before = std::fs::read(&key).unwrap();
    certify(folder.path());
    certificate.look_again().unwrap();
    let after = std::fs::read(&key).unwrap();
    std::fs::write(&key, &before).unwrap();
    let mixed = certificate.look_again().unwrap_err();
    assert!(mixed.to_string().contains("is not the key of"), "half of a renewal: {mixed}");
    std::fs::write(&key, after).unwrap();
    certificate.look_again().unwrap();
    std::fs::write(&chain, "nothing").unwrap();
    assert!(certificate.look_again().is_err());
    assert!(jiangsai_hq::Certificate::read(&chain, &key).is_err());
}

#[test]
fn what_cannot_be_safe_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path());
    let refused = |more: &[&str]| {
        let Output { status, stderr, .. } = started(folder.path(), more).output().unwrap();
        assert!(!status.success(), "{more:?}");
        String::from_utf8(stderr).unwrap()
    };
    let site = "https://hq.example.org";
    let plain = refused(&["--browsers", "0.0.0.0:0", "--site", site]);
    assert!(plain.contains("unencrypted") && plain.contains("--tls-cert"), "{plain}");
    assert!(refused(&["--browsers", "127.0.0.1:0"]).contains("--site"));
    assert!(refused(&["--browsers", "127.0.0.1:0", "--site", "http://hq.example.org"]).contains("https://"));
    let chain = folder.path().join("chain.pem").display().to_string();
    assert!(refused(&["--browsers", "127.0.0.1:0", "--site", site, "--tls-cert", &chain]).contains("--tls-key"));
    let not_a_key = refused(&["--browsers", "127.0.0.1:0", "--site", site, "--tls-cert", &chain, "--tls-key", &chain]);
    assert!(not_a_key.contains("holds no key"), "{not_a_key}");
    assert!(!folder.path().join("data").exists(), "before anything is opened");
}
