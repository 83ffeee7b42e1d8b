//! Commands of a running process, as its own page calls them: `POST /api/rpc/{name}` behind the one-time link.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// So long a condition is waited for at most: far beyond what it takes on a slow machine.
const LONGEST: Duration = Duration::from_secs(180);

/// Nobody tells when a condition is true: it is asked for so often.
const AGAIN: Duration = Duration::from_millis(50);

#[derive(Clone, Debug)]
pub struct Door {
    address: String,
    cookie: String,
}

impl Door {
    /// Shows the one-time link.
    pub fn open(link: &str) -> Self {
        let rest = link.trim().strip_prefix("http://").unwrap();
        let (address, query) = rest.split_once('/').unwrap();
        let answer = ask(address, &format!("GET /{query} HTTP/1.1\r\n"), "").unwrap();
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self { address: address.to_owned(), cookie }
    }

    /// Calls a command. An error when it was refused, or when the process is not there any more.
    pub fn try_call(&self, name: &str, payload: &Value) -> Result<Value, String> {
        let head =
            format!("POST /api/rpc/{name} HTTP/1.1\r\nCookie: {}\r\nContent-Type: application/json\r\n", self.cookie);
        let answer = ask(&self.address, &head, &payload.to_string()).map_err(|error| error.to_string())?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        if !head.starts_with("HTTP/1.1 200") {
            return Err(body.to_owned());
        }
        serde_json::from_str(body).map_err(|error| error.to_string())
    }

    pub fn call(&self, name: &str, payload: &Value) -> Value {
        self.try_call(name, payload).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Waits until an answer is as wanted.
    pub fn until(&self, what: &str, name: &str, payload: &Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let answer = self.try_call(name, payload);
            match answer {
                Ok(answer) if wanted(&answer) => return answer,
                answer => assert!(begun.elapsed() < LONGEST, "{what}: {answer:?}"),
            }
            std::thread::park_timeout(AGAIN);
        }
    }
}

fn ask(address: &str, head: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    let all = format!("{head}Host: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(all.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
