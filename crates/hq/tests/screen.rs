//! The big screen on another computer, over real sockets: whoever has the address sees it and can do nothing else, and nobody after its end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_hq::LanScreen;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

struct Hall {
    app: App,
    competition: String,
    event: String,
    _folder: TempDir,
}

impl Hall {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ui = folder.path().join("ui");
        std::fs::create_dir_all(&ui).unwrap();
        std::fs::write(ui.join("index.html"), "<html lang=\"zh-CN\"><script>start()</script></html>").unwrap();
        std::fs::write(ui.join("app.wasm"), b"\0asm").unwrap();
        std::fs::write(folder.path().join("secret.js"), "secret").unwrap();
        let host = SystemHost::new(None).with_screen(Arc::new(LanScreen::of_folder(&ui)));
        let app = App::open(&folder.path().join("data"), Arc::new(host)).await.unwrap();
        let sample = json!({"title": "", "event": "", "from": "sample"});
        let competition = app.dispatch("competitions.create", sample, None).await.unwrap();
        let competition = competition.as_str().unwrap().to_owned();
        let home = app.dispatch("competition.home", json!({"competition": competition}), None).await.unwrap();
        let event = home["events"][0][0].as_str().unwrap().to_owned();
        Self { app, competition, event, _folder: folder }
    }

    async fn ask(&self, name: &str, mut payload: Value) -> Value {
        payload["competition"] = self.competition.clone().into();
        if !name.starts_with("screen.") || matches!(name, "screen.put" | "screen.release") {
            payload["event"] = self.event.clone().into();
        }
        match self.app.dispatch(name, payload, None).await {
            Ok(reply) => reply,
            Err(error) => panic!("{name}: {error:?}"),
        }
    }

    async fn share(&self) -> Wall {
        let shared = self.ask("screen.share", json!({})).await;
        assert_eq!((&shared["possible"], &shared["open"]), (&json!(true), &json!(true)));
        let code = shared["code"].as_str().unwrap().to_owned();
        for one in shared["addresses"].as_array().unwrap() {
            let address = one["address"].as_str().unwrap();
            assert!(address.starts_with("http://") && address.ends_with(&format!("/screen/{code}")), "{address}");
            assert!(one["picture"].as_str().unwrap().starts_with("<svg"), "and as a picture");
        }
        Wall { host: format!("127.0.0.1:{}", shared["port"]), code }
    }
}

/// What another computer has of it.
struct Wall {
    host: String,
    code: String,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    fn is_refused(&self, status: u16, code: &str) {
        assert_eq!((self.status, &self.json()["code"]), (status, &json!(code)), "{self:?}");
        assert_ne!(self.json()["message"], "", "in words");
    }
}

impl Wall {
    /// Sends a request, with headers besides, and reads to the end; nothing where nobody answers.
    async fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.host).await.ok()?;
        let length = body.len();
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.host) };
        let request = format!(
            "{method} {path} HTTP/1.1\r\n{host}Connection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_lowercase(), body: body.to_owned() })
    }

    async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", "").await.unwrap()
    }

    async fn call(&self, name: &str, payload: &Value) -> Answer {
        let path = format!("/screen/{}/api/rpc/{name}", self.code);
        self.send("POST", &path, "", &payload.to_string()).await.unwrap()
    }

    async fn show(&self, competition: &str) -> Answer {
        self.call("screen.show", &json!({"competition": competition, "event": null})).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_the_address_sees_the_screen_and_can_do_nothing_else() {
    let hall = Hall::open().await;
    let wall = hall.share().await;
    let entered = wall.get(&format!("/screen/{}", wall.code.to_lowercase().replace('-', ""))).await;
    let page = format!("/screen/{}/", wall.code);
    assert_eq!(entered.status, 303, "however it was typed");
    let place = format!("location: {page}#/c/{}/wall", hall.competition).to_lowercase();
    assert!(entered.head.contains(&place), "{}", entered.head);
    let page = wall.get(&page).await;
    assert!(page.status == 200 && page.body.contains("start()"), "{page:?}");
    assert!(page.head.contains("'sha256-") && page.head.contains("x-content-type-options: nosniff"), "{}", page.head);
    assert!(!page.head.contains("set-cookie"), "{}", page.head);
    let wasm = wall.get("/app.wasm").await;
    assert!(wasm.status == 200 && wasm.head.contains("application/wasm"), "{wasm:?}");
    for path in ["/", "/index.html", "/../secret.js", "/..%2fsecret.js", "/api/events", "/api/openapi.json", "/health"]
    {
        assert_eq!(wall.get(path).await.status, 404, "{path}");
    }
    let shown = wall.show(&hall.competition).await;
    let own = hall.ask("screen.show", json!({"event": null})).await;
    assert_eq!((shown.status, shown.json()), (200, own), "what the hall sees");

    for (name, ..) in jiangsai_app::commands().into_iter().filter(|(name, ..)| *name != "screen.show") {
        wall.call(name, &json!({"competition": hall.competition})).await.is_refused(403, "screen-only");
    }
    wall.call("marks.guess", &json!({})).await.is_refused(403, "screen-only");
    let another = json!({"title": "另一项", "event": "", "from": "sample"});
    let another = hall.app.dispatch("competitions.create", another, None).await.unwrap();
    wall.show(another.as_str().unwrap()).await.is_refused(403, "screen-other-competition");
    wall.call("screen.show", &json!([])).await.is_refused(403, "screen-other-competition");
    let without = wall.send("POST", "/api/rpc/screen.show", "", "{}").await.unwrap();
    assert!(matches!(without.status, 404 | 405), "without the code: {without:?}");
    let long = json!({"competition": "x".repeat(5 * 1024)});
    assert_eq!(wall.call("screen.show", &long).await.status, 413);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_other_names_and_pages_of_other_sites_are_refused() {
    let hall = Hall::open().await;
    let wall = hall.share().await;
    let path = format!("/screen/{}/api/rpc/screen.show", wall.code);
    let question = json!({"competition": hall.competition, "event": null}).to_string();
    let port = wall.host.split_once(':').unwrap().1;
    for headers in [
        format!("Host: evil.example:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        "Origin: http://evil.example\r\n".to_owned(),
        "Origin: null\r\n".to_owned(),
    ] {
        let answer = wall.send("POST", &path, &headers, &question).await.unwrap();
        assert!(answer.status == 403 && !answer.body.contains("stations"), "{headers}: {answer:?}");
    }
    let own = format!("Origin: http://{}\r\n", wall.host);
    assert_eq!(wall.send("POST", &path, &own, &question).await.unwrap().status, 200);

    let guess = Wall { host: wall.host.clone(), code: "00000-00000-00000-00000".to_owned() };
    let page = guess.get(&format!("/screen/{}", guess.code)).await;
    assert!(page.status == 403 && page.body.contains("组织者") && page.body.contains("organiser"), "{page:?}");
    for _ in 0..4 {
        guess.show(&hall.competition).await.is_refused(403, "screen-not-shared");
    }
    let waits = guess.show(&hall.competition).await;
    waits.is_refused(429, "screen-wait");
    assert!(waits.head.contains("retry-after"), "{}", waits.head);
    assert_eq!(wall.show(&hall.competition).await.status, 200, "whoever has the code never waits");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_told_of_changes_and_of_the_end() {
    let hall = Hall::open().await;
    let wall = hall.share().await;
    let path = format!("/screen/{}/api/events", wall.code);
    let mut stream = TcpStream::connect(&wall.host).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", wall.host);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut heard = Vec::new();
    let mut until = async |word: &str| {
        while !String::from_utf8_lossy(&heard).contains(word) {
            let read = stream.read_buf(&mut heard).await.unwrap();
            assert_ne!(read, 0, "{word} is not said");
        }
    };
    until("200 OK").await;
    hall.ask("screen.count", json!({"act": {"set": 60}})).await;
    until("event: changed").await;
    let closed = hall.ask("screen.unshare", json!({})).await;
    assert_eq!((&closed["open"], &closed["addresses"]), (&json!(false), &json!([])));
    until("event: ended").await;
    // The port may be somebody else's by now.
    let gone = wall.send("GET", &path, "", "").await;
    assert!(gone.as_ref().is_none_or(|answer| answer.status == 403), "nobody is there any more: {gone:?}");

    let again = hall.share().await;
    assert_ne!(again.code, wall.code, "another code every time");
    let before = Wall { host: again.host.clone(), code: wall.code };
    before.show(&hall.competition).await.is_refused(403, "screen-not-shared");
    let anew = hall.share().await;
    let before = Wall { host: anew.host.clone(), code: again.code };
    before.show(&hall.competition).await.is_refused(403, "screen-not-shared");
    assert_eq!(anew.show(&hall.competition).await.status, 200);
    hall.app.leave_screen().await;
    assert_eq!(hall.ask("screen.shared", json!({})).await["open"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_name_leaves_while_names_are_sealed() {
    let hall = Hall::open().await;
    hall.ask("screen.release", json!({"shown": "provisional"})).await;
    let draw = |layer: &str, session: &str, prefix: &str| json!({"layer": layer, "session": session, "prefix": prefix, "stations": 0, "voids": null, "reason": ""});
    hall.ask("draw.by_computer", draw("number", "", "NR")).await;
    let rows = async || hall.ask("entries.list", json!({"search": ""})).await["rows"].as_array().unwrap().clone();
    let sessions: BTreeSet<String> =
        rows().await.iter().map(|row| row["session"].as_str().unwrap().to_owned()).collect();
    for session in sessions {
        hall.ask("draw.by_computer", draw("place", &session, &format!("ZP{session}"))).await;
    }
    let known = rows().await;
    hall.ask("draw.seal", json!({"officer": "模拟加密员", "supervisor": "模拟监督员"})).await;
    let wall = hall.share().await;
    for scene in ["hall", "standings"] {
        hall.ask("screen.put", json!({"scene": scene, "session": "", "revealed": 0})).await;
        let mut sent = vec![wall.show(&hall.competition).await];
        let alone = json!({"competition": hall.competition, "event": hall.event});
        sent.push(wall.call("screen.show", &alone).await);
        sent.push(wall.get(&format!("/screen/{}/", wall.code)).await);
        for answer in sent {
            assert_eq!(answer.status, 200, "{answer:?}");
            for row in &known {
                for own in [&row["form"]["name"], &row["number"], &row["id"]] {
                    let own = own.as_str().unwrap();
                    assert!(!answer.body.contains(own) && !answer.head.contains(own), "{own} in {scene}: {answer:?}");
                }
            }
        }
    }
    assert!(wall.show(&hall.competition).await.json()["sealed"].as_bool().unwrap());
}
