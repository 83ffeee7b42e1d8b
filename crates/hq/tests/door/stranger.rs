//! Somebody at the door with a program of their own: raw bytes over TLS, with whatever key they like.

use super::{Hq, call};
use jiangsai_ledger::{Hash, SigningKey, sign};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Takes whoever answers.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

pub async fn tls(address: &str) -> std::io::Result<TlsStream<TcpStream>> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody(provider)))
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    TlsConnector::from(Arc::new(config)).connect("x".try_into().unwrap(), stream).await
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn code(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        body["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends bytes and reads to the end; nothing where no answer came.
pub async fn send(address: &str, request: &[u8]) -> Option<Answer> {
    let mut stream = tls(address).await.ok()?;
    // The other side may answer before it has read everything, and end.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    // The other side may end without a farewell.
    let _ = stream.read_to_end(&mut answer).await;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: answer[end + 4..].to_vec() })
}

pub async fn post(address: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
    let length = body.len();
    let head = format!(
        "POST /api/sync/v1/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    );
    send(address, &[head.as_bytes(), body].concat()).await.unwrap()
}

/// A node with a key of its own.
pub struct Node {
    pub key: SigningKey,
    /// Key of the headquarters.
    pub to: String,
}

impl Node {
    /// One that is paired.
    pub async fn paired(hq: &Hq) -> Self {
        Self::paired_to_read(hq, "everything", 7).await
    }

    /// One that is paired for what a word says, with the key of a number.
    pub async fn paired_to_read(hq: &Hq, reads: &str, seed: u8) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let code = call(&hq.app, "sync.pairing_code", json!({ "reads": reads })).await;
        let secret: String = code.as_str().unwrap().replace('-', "").chars().take(12).collect();
        let answer = introduce(&hq.address, &secret, &key).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let welcome: Value = serde_json::from_slice(&answer.body).unwrap();
        Self { key, to: welcome["key"].as_str().unwrap().to_owned() }
    }

    /// The same, with another key.
    pub fn with_key(&self, seed: u8) -> Self {
        Self { key: SigningKey::from_bytes(&[seed; 32]), to: self.to.clone() }
    }

    pub fn headers(&self, question: &str, body: &[u8]) -> String {
        let message = format!("jiangsai.request.v1\n{}\n{question}\n{}\n", self.to, Hash::of(body));
        let signature = sign(&self.key, message.as_bytes());
        format!("X-Jiangsai-Node: {}\r\nX-Jiangsai-Signature: {signature}\r\n", public(&self.key))
    }

    pub async fn ask(&self, hq: &Hq, question: &str, body: &[u8]) -> Answer {
        post(&hq.address, question, &self.headers(question, body), body).await
    }
}

pub fn public(key: &SigningKey) -> Hash {
    Hash::from_bytes(key.verifying_key().as_bytes()).unwrap()
}

pub async fn introduce(address: &str, secret: &str, key: &SigningKey) -> Answer {
    let who = json!({"code": secret, "key": public(key), "name": "模拟"}).to_string();
    post(address, "pair", "", who.as_bytes()).await
}

/// Records here in all.
pub async fn records(hq: &Hq) -> u64 {
    let state = call(&hq.app, "sync.status", json!({})).await;
    state["competitions"].as_array().unwrap().iter().filter_map(|row| row["saved"].as_u64()).sum()
}
