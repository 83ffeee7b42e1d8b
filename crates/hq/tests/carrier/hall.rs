//! A hall: headquarters, a hub of the hosting school that carries, and below it an organiser, a judge's desk, and one who comes late.

use crate::begun::Begun;
use crate::search::{Roster, all_bytes};
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_hq::{Limits, nodes, open_door};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// People on the roster.
pub const PEOPLE: usize = 12;
/// Nothing here takes so long; whoever waits longer is stuck.
const STUCK: Duration = Duration::from_secs(240);

/// A computer with a door of its own.
pub struct Node {
    pub app: App,
    pub folder: TempDir,
    url: String,
    pub competition: String,
    pub event: String,
}

impl Node {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Arc::new(SystemHost::new(None))).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let (door, router) = (app.clone(), nodes(app.clone()));
        let stop = std::future::pending();
        tokio::spawn(async move { open_door(listener, &door, router, Limits::default(), stop).await.unwrap() });
        tokio::spawn(app.clone().keep_in_sync());
        Self { app, folder, url, competition: String::new(), event: String::new() }
    }

    /// Below another, for what that one's code says.
    pub async fn below(above: &Self, reads: &str) -> Self {
        let node = Self::open().await;
        node.connect(above, reads).await;
        node
    }

    pub async fn connect(&self, above: &Self, reads: &str) {
        let code = above.call("sync.pairing_code", json!({"reads": reads})).await;
        self.call("sync.connect", json!({"url": above.url, "code": code})).await;
    }

    pub async fn call(&self, name: &str, request: Value) -> Value {
        match self.app.dispatch(name, request, None).await {
            Ok(reply) => reply,
            Err(error) => panic!("{name}: {error:?}"),
        }
    }

    pub async fn ask(&self, name: &str, mut request: Value) -> Value {
        request["competition"] = self.competition.clone().into();
        self.call(name, request).await
    }

    pub async fn of_event(&self, name: &str, mut request: Value) -> Value {
        request["event"] = self.event.clone().into();
        self.ask(name, request).await
    }

    pub async fn refused(&self, name: &str, mut request: Value) -> String {
        request["competition"] = self.competition.clone().into();
        if name == "standings.show" {
            request["event"] = self.event.clone().into();
        }
        self.app.dispatch(name, request, None).await.unwrap_err().code
    }

    pub fn looks_at(&mut self, other: &Self) {
        (self.competition, self.event) = (other.competition.clone(), other.event.clone());
    }

    /// Waits until an answer is as wanted; one that is refused is none yet.
    pub async fn until(&self, what: &str, name: &str, request: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        let mut request = request;
        if name != "sync.status" {
            request["competition"] = self.competition.clone().into();
        }
        if !matches!(name, "sync.status" | "readers.show" | "ledger.verify") {
            request["event"] = self.event.clone().into();
        }
        loop {
            let reply = self.app.dispatch(name, request.clone(), None).await;
            if let Err(error) = &reply {
                assert_ne!(error.code, "bad-request", "{what}: {error:?}");
            }
            if let Ok(reply) = &reply
                && wanted(reply)
            {
                return reply.clone();
            }
            assert!(begun.elapsed() < STUCK, "{what}: {reply:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Until everything is at headquarters.
    pub async fn all_went_up(&self) {
        let done = |state: &Value| {
            let row = &state["competitions"][0];
            row["saved"].as_u64() > Some(0) && row["not_at_headquarters"] == 0 && row["trouble"].is_null()
        };
        self.until("everything at headquarters", "sync.status", json!({}), done).await;
    }

    /// This node as others see it in a list of readers.
    pub async fn fingerprint(&self) -> Value {
        self.call("sync.status", json!({})).await["fingerprint"].clone()
    }

    /// Grants to whoever has this fingerprint, once it is known.
    pub async fn grants_to(&self, others: &[&Self]) -> Value {
        let mut keys = Vec::new();
        for other in others {
            let print = other.fingerprint().await;
            let of = |shown: &Value| {
                let rows = shown["nodes"].as_array().unwrap().iter();
                rows.filter(|row| row["fingerprint"] == print).map(|row| row["key"].clone()).next()
            };
            let shown = self.until("it is known", "readers.show", json!({}), |shown| of(shown).is_some()).await;
            keys.push(of(&shown).unwrap());
        }
        self.ask("readers.grant", json!({"nodes": keys})).await
    }

    /// A panel of five and a roster.
    pub async fn prepare(&mut self, roster: &Roster) {
        let Begun { competition, event, .. } = Begun::at(&self.app, roster).await;
        (self.competition, self.event) = (competition, event);
    }

    pub async fn seal(&self) {
        for layer in ["number", "place"] {
            let draw =
                json!({"layer": layer, "session": "", "prefix": "", "stations": 30, "voids": null, "reason": ""});
            self.of_event("draw.by_computer", draw).await;
        }
        self.of_event("draw.seal", json!({"officer": "加密员甲", "supervisor": "监督员乙"})).await;
    }

    /// How many names of the roster are shown here.
    pub fn names(rows: &Value) -> usize {
        let (first, _) = Roster::of_person(0);
        let begins: String = first.chars().take(3).collect();
        let rows = rows["rows"].as_array().unwrap().iter();
        rows.filter(|row| row["form"]["name"].as_str().is_some_and(|name| name.starts_with(&begins))).count()
    }
}

/// Nothing of the roster is in a folder.
pub async fn is_clean(folder: &Path, when: &str) {
    let found = Roster::found_in(&all_bytes(folder).await);
    assert!(found.is_empty(), "{when}: {found:?}");
}

async fn finds_all(folder: &Path, whose: &str) {
    assert_eq!(Roster::found_in(&all_bytes(folder).await).len(), 4, "{whose}: the search finds what is there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[allow(clippy::too_many_lines, reason = "one day in order")]
async fn everything_gets_through_a_carrier_that_reads_nothing_of_it() {
    let roster = Roster::of(PEOPLE);
    let mut hq = Node::open().await;
    let mut carrier = Node::below(&hq, "carrier").await;
    assert_eq!(carrier.call("sync.status", json!({})).await["reads"], "carrier");
    let standby = carrier.app.dispatch("sync.pairing_code", json!({"reads": "standby"}), None).await;
    assert_eq!(standby.unwrap_err().code, "carrier-standby");
    let mut office = Node::below(&carrier, "everything").await;
    let mut desk = Node::below(&carrier, "judges-desk").await;
    assert_eq!(office.call("sync.status", json!({})).await["above_carries"], true);

    // Nothing that the carrier may not read leaves the office without a key, and the office says what to do.
    office.prepare(&roster).await;
    office.seal().await;
    let waits = |state: &Value| state["competitions"][0]["trouble"] == "carrier-no-key";
    office.until("it waits for a key", "sync.status", json!({}), waits).await;
    assert_ne!(office.call("sync.status", json!({})).await["competitions"][0]["not_at_upstream"], 0);
    is_clean(carrier.folder.path(), "before there is a key").await;

    // Headquarters asks through the carrier, and is granted it after its fingerprint was compared.
    let print = hq.fingerprint().await;
    let behind = |shown: &Value| {
        shown["nodes"].as_array().unwrap().iter().any(|row| row["fingerprint"] == print && row["behind"] == true)
    };
    let shown = office.until("headquarters is known", "readers.show", json!({}), behind).await;
    assert_eq!((&shown["above_carries"], &shown["has_key"]), (&json!(true), &json!(false)));
    let key = shown["nodes"][1]["key"].clone();
    let preview = office.ask("readers.grant", json!({"nodes": [key], "preview": true})).await;
    assert_eq!((preview["added"].as_array().unwrap().len(), &preview["fresh"]), (2, &json!(true)));
    assert_eq!(office.ask("readers.show", json!({})).await["has_key"], false, "nothing was done yet");
    assert_eq!(office.refused("readers.grant", json!({"nodes": ["00"]})).await, "readers-unknown");
    office.grants_to(&[&hq]).await;
    office.all_went_up().await;
    for node in [&mut hq, &mut carrier, &mut desk] {
        node.looks_at(&office);
    }
    let names = |rows: &Value| Node::names(rows) == PEOPLE;
    hq.until("the roster at headquarters", "entries.list", json!({"search": ""}), names).await;
    finds_all(hq.folder.path(), "headquarters").await;
    finds_all(office.folder.path(), "the office").await;
    is_clean(carrier.folder.path(), "with everything gone through").await;
    assert_eq!(carrier.refused("standings.show", json!({})).await, "part");
    assert_eq!(carrier.refused("readers.grant", json!({"nodes": []})).await, "readers-carrier");
    assert_eq!(carrier.refused("bundle.export", json!({"what": "everything"})).await, "bundle-part");
    assert_eq!(office.refused("bundle.export", json!({"what": "everything"})).await, "bundle-carrier");

    // The desk gets what desks get.
    let sheets = |view: &Value| view["sheets"].as_array().is_some_and(|sheets| sheets.len() == 5 * PEOPLE);
    desk.until("sheets at the desk", "hall.show", json!({}), sheets).await;
    assert_eq!(desk.refused("standings.show", json!({})).await, "part");
    is_clean(desk.folder.path(), "the desk").await;

    // What headquarters writes comes down, once it trusts whom the key came from: an organiser there compares and grants.
    let untrusted = hq.ask("readers.show", json!({})).await["untrusted"].clone();
    assert_eq!(untrusted["fingerprint"], office.fingerprint().await);
    let view = hq.of_event("hall.show", json!({})).await;
    let absent = json!({"entry": view["sheets"][0]["entry"], "status": "absent", "stage": null, "reason": "缺考"});
    hq.ask("entries.set_status", absent).await;
    hq.grants_to(&[&office]).await;
    let less = |view: &Value| view["sheets"].as_array().is_some_and(|sheets| sheets.len() == 5 * (PEOPLE - 1));
    office.until("what headquarters wrote", "hall.show", json!({}), less).await;
    office.of_event("standings.show", json!({})).await;
    is_clean(carrier.folder.path(), "with what came down").await;

    // One who comes late holds boxes, and opens them once granted.
    let mut late = Node::below(&carrier, "everything").await;
    late.looks_at(&office);
    let closed = |shown: &Value| shown["unopened"].as_u64() > Some(0);
    let shown = late.until("what it cannot open", "readers.show", json!({}), closed).await;
    assert_eq!(shown["damaged"], 0);
    assert_eq!(late.refused("standings.show", json!({})).await, "part");
    assert_eq!(late.refused("readers.grant", json!({"nodes": []})).await, "part", "nobody lets itself in");
    is_clean(late.folder.path(), "before it was granted").await;
    hq.grants_to(&[&office, &late]).await;
    late.until("standings", "standings.show", json!({}), |_| true).await;
    let open = late.until("all open", "readers.show", json!({}), |shown| shown["unopened"] == 0).await;
    assert_eq!(open["nodes"][0]["reads"], true);
    let (one, other) =
        (late.of_event("standings.show", json!({})).await, hq.of_event("standings.show", json!({})).await);
    assert_eq!(one, other, "the same standings to the byte");
    late.until("the roster", "entries.list", json!({"search": ""}), names).await;

    // Whoever is left out reads no more of what is written from then on.
    let left_out = hq.grants_to(&[&office]).await;
    assert_eq!((left_out["left_out"].as_array().unwrap().len(), &left_out["fresh"]), (1, &json!(true)));
    let absent = json!({"entry": view["sheets"][7]["entry"], "status": "absent", "stage": null, "reason": "缺考"});
    hq.ask("entries.set_status", absent).await;
    late.until("what it cannot open any more", "readers.show", json!({}), closed).await;
    let all = [("headquarters", &hq), ("carrier", &carrier), ("office", &office), ("desk", &desk), ("late", &late)];
    for (whose, node) in all {
        // Records may still arrive between the two that are compared.
        let holds = |found: &Value| found["fault"].is_null() && found["state_agrees"] == true;
        node.until(whose, "ledger.verify", json!({}), holds).await;
    }
    carrier.call("backups.make", json!({})).await;
    is_clean(carrier.folder.path(), "with a backup").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_carrier_got_as_headers_alone_comes_encrypted_once_there_is_a_key() {
    let roster = Roster::of(PEOPLE);
    let mut hq = Node::open().await;
    hq.prepare(&roster).await;
    let mut carrier = Node::below(&hq, "carrier").await;
    let mut office = Node::below(&carrier, "everything").await;
    carrier.looks_at(&hq);
    office.looks_at(&hq);
    let part = |shown: &Value| shown["nodes"].as_array().is_some_and(|nodes| !nodes.is_empty());
    carrier.until("headers at the carrier", "readers.show", json!({}), part).await;
    office.until("headers at the office", "readers.show", json!({}), part).await;
    assert_eq!(office.refused("standings.show", json!({})).await, "part");
    is_clean(office.folder.path(), "headers alone").await;
    hq.grants_to(&[&office]).await;
    let names = |rows: &Value| Node::names(rows) == PEOPLE;
    office.until("the roster", "entries.list", json!({"search": ""}), names).await;
    let (one, other) =
        (office.of_event("standings.show", json!({})).await, hq.of_event("standings.show", json!({})).await);
    assert_eq!(one, other, "the same standings to the byte");
    is_clean(carrier.folder.path(), "with everything gone through").await;
}
