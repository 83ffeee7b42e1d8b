//! The one place where the load reaches the node: signed questions over HTTP.

use jiangsai_ledger::{Hash, SigningKey, sign};

#[derive(Clone)]
pub struct Door {
    http: reqwest::Client,
    url: String,
    to: Hash,
}

impl Door {
    pub fn new(url: &str, to: Hash) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { http, url: url.to_owned(), to }
    }

    /// Status and body of an answer; `None` where there was none.
    pub async fn ask(&self, key: &SigningKey, what: &str, body: Vec<u8>) -> Option<(u16, Vec<u8>)> {
        let message = format!("jiangsai.request.v0\n{}\n{what}\n{}\n", self.to, Hash::of(&body));
        let own = Hash::from_bytes(key.verifying_key().as_bytes()).unwrap();
        let request = self
            .http
            .post(format!("{}/api/sync/v0/{what}", self.url))
            .header("content-type", "application/json")
            .header("x-jiangsai-node", own.to_string())
            .header("x-jiangsai-signature", sign(key, message.as_bytes()).to_string())
            .body(body);
        let answer = request.send().await.ok()?;
        Some((answer.status().as_u16(), answer.bytes().await.ok()?.to_vec()))
    }
}
