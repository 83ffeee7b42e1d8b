//! The one place where the load reaches the node: signed questions over HTTP and TLS that is pinned to its key, each desk on a connection of
//! its own.

use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use jiangsai_app::sync::pinned_to;
use jiangsai_ledger::{Hash, SigningKey, sign};
use rustls::pki_types::ServerName;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;

/// A connection on which nothing was asked for so long is opened anew, as the program does.
const IDLE: Duration = Duration::from_secs(20);

pub struct Door {
    tls: TlsConnector,
    address: SocketAddr,
    to: Hash,
    open: Option<(SendRequest<Full<Bytes>>, Instant)>,
}

impl Door {
    /// `url`: like `https://127.0.0.1:7480`.
    pub fn new(url: &str, to: Hash) -> Self {
        let address = url.strip_prefix("https://").unwrap().parse().unwrap();
        let tls = TlsConnector::from(Arc::new(pinned_to(to).unwrap()));
        Self { tls, address, to, open: None }
    }

    /// Another one to the same node.
    pub fn beside(&self) -> Self {
        Self { tls: self.tls.clone(), address: self.address, to: self.to, open: None }
    }

    /// Opens the connection, where it is not open.
    pub async fn open(&mut self) -> Option<()> {
        let fresh = |(sender, used): &(SendRequest<Full<Bytes>>, Instant)| !sender.is_closed() && used.elapsed() < IDLE;
        if self.open.as_ref().is_some_and(fresh) {
            return Some(());
        }
        let stream = TcpStream::connect(self.address).await.ok()?;
        stream.set_nodelay(true).ok()?;
        let stream = self.tls.connect(ServerName::from(self.address.ip()), stream).await.ok()?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
        tokio::spawn(connection);
        self.open = Some((sender, Instant::now()));
        Some(())
    }

    /// Status and body of an answer; `None` where there was none.
    pub async fn ask(&mut self, key: &SigningKey, what: &str, body: Vec<u8>) -> Option<(u16, Vec<u8>)> {
        self.open().await?;
        // Gone until the answer has come: what breaks off is not used again.
        let (mut sender, _) = self.open.take()?;
        sender.ready().await.ok()?;
        let answer = sender.send_request(self.signed(key, what, body)).await.ok()?;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.ok()?.to_bytes().to_vec();
        self.open = Some((sender, Instant::now()));
        Some((status, body))
    }

    /// Listens for word of changes until the stream ends, and counts the words; false where it did not begin.
    pub async fn listen(mut self, key: &SigningKey, words: &AtomicU64) -> bool {
        if self.open().await.is_none() {
            return false;
        }
        let Some((mut sender, _)) = self.open.take() else { return false };
        let Ok(answer) = sender.send_request(self.signed(key, "changes", b"null".to_vec())).await else { return false };
        if answer.status() != 200 {
            return false;
        }
        let mut stream = answer.into_body();
        while let Some(Ok(frame)) = stream.frame().await {
            if frame.data_ref().is_some_and(|piece| !piece.starts_with(b":")) {
                words.fetch_add(1, Ordering::Relaxed);
            }
        }
        true
    }

    fn signed(&self, key: &SigningKey, what: &str, body: Vec<u8>) -> Request<Full<Bytes>> {
        let message = format!("jiangsai.request.v1\n{}\n{what}\n{}\n", self.to, Hash::of(&body));
        let own = Hash::from_bytes(key.verifying_key().as_bytes()).unwrap();
        Request::post(format!("/api/sync/v1/{what}"))
            .header("host", self.address.to_string())
            .header("content-type", "application/json")
            .header("x-jiangsai-node", own.to_string())
            .header("x-jiangsai-signature", sign(key, message.as_bytes()).to_string())
            .body(Full::from(body))
            .unwrap()
    }
}
