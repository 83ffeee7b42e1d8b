//! Three desks, a hub and headquarters. The network does harm, every process is killed at any moment, people go on writing. Whatever anybody was
//! told is at the hub or at headquarters is there, at each death and in the end; in the end everybody holds the same, to the byte.
//!
//! `JIANGSAI_SEED` chooses another schedule, `JIANGSAI_LONG` a long one.

use crate::sync::history::{History, everything, key};
use crate::sync::nodes::Node;
use crate::sync::proxy::{Harm, Mode, Proxy};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::mpsc;
use std::time::Instant;
use tokio::runtime::Runtime;

/// Entries that are written while something is killed.
const WRITES: usize = 3;
const NAMES: [&str; 5] = ["hq", "hub", "desk one", "desk two", "desk three"];
const DESKS: usize = 2;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }
}

/// The competition in which everybody writes.
struct Place {
    competition: String,
    event: String,
}

impl Place {
    /// Writes an entry and its mark: acknowledged, or not, when the process died meanwhile.
    fn enter(&self, desk: &Node, number: usize) -> Result<(), String> {
        let (competition, event) = (&self.competition, &self.event);
        let form = json!({"number": number.to_string(), "name": "模拟甲", "unit": "模拟水务", "document_kind": "护照",
            "document_number": format!("E{number:08}")});
        let added =
            desk.door.try_call("entries.add", &json!({"competition": competition, "event": event, "form": form}))?;
        let mark = json!({"competition": competition, "event": event, "entry": added["saved"], "item": "T",
            "judge": null, "text": (60 + number % 40).to_string(), "replaces": [], "reason": ""});
        desk.door.try_call("marks.enter", &mark).map(drop)
    }

    fn about(&self) -> Value {
        json!({"competition": self.competition, "event": self.event})
    }
}

#[test]
fn nothing_that_was_acknowledged_is_lost_whatever_dies() {
    let seed = std::env::var("JIANGSAI_SEED").map_or(1, |seed| seed.parse().unwrap());
    let rounds = if std::env::var_os("JIANGSAI_LONG").is_some() { 400 } else { 16 };
    println!("seed {seed}, {rounds} rounds");
    let begun = Instant::now();
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let hq = Node::serve(folder.path(), NAMES[0], 2, None);
    let above = hq.url.clone().unwrap();
    let proxies = [0, 1].map(|at| Proxy::before(&runtime, &above, seed + at));
    let hub = Node::serve(folder.path(), NAMES[1], 2, Some((&proxies[0].url(&above), &hq.codes[0])));
    let hall = Proxy::before(&runtime, hub.url.as_ref().unwrap(), seed + 2);
    let desks: Vec<Node> = NAMES[DESKS..].iter().map(|name| Node::desk(folder.path(), name)).collect();
    let create = json!({"title": "模拟", "event": "模拟", "from": {"template": "theory-practice-30-70"}});
    let competition = desks[0].door.call("competitions.create", &create).as_str().unwrap().to_owned();
    let home = desks[0].door.call("competition.home", &json!({"competition": competition}));
    let place = Place { competition, event: home["events"][0][0].as_str().unwrap().to_owned() };
    let below = hall.url(hub.url.as_ref().unwrap());
    let direct = proxies[1].url(&above);
    let ways = [(&below, &hub.codes[0]), (&below, &hub.codes[1]), (&direct, &hq.codes[1])];
    for (desk, (url, code)) in desks.iter().zip(ways) {
        desk.door.call("sync.connect", &json!({"url": url, "code": code}));
    }
    for desk in &desks {
        desk.door.until(
            "everybody has the competition",
            "competition.home",
            &json!({"competition": place.competition}),
            |_| true,
        );
    }
    let mut nodes: Vec<Node> = [hq, hub].into_iter().chain(desks).collect();
    nodes[..2].iter_mut().for_each(Node::kill);
    let issuers = runtime.block_on(async { [key(&nodes[0].data).await, key(&nodes[1].data).await] });
    nodes[..2].iter_mut().for_each(Node::start);

    let networks = [&proxies[0], &proxies[1], &hall];
    networks.iter().for_each(|proxy| proxy.set(Mode::Harmful));
    let (mut random, mut history) = (Random(seed), History::default());
    let (mut acknowledged, mut number, mut deaths, mut held) = (Vec::new(), 10_000, BTreeMap::new(), 0);
    for round in 0..rounds {
        let writer = DESKS + random.below(3);
        // Something dies while what comes after so many acknowledged writes is under way.
        let (killed, after) = (round % nodes.len(), random.below(WRITES + 1));
        let numbers: Vec<usize> = (number..number + WRITES).collect();
        number += WRITES;
        let (desk, place, (said, heard)) = (&nodes[writer], &place, mpsc::channel());
        acknowledged.extend(std::thread::scope(|scope| {
            let written = scope.spawn(move || {
                let enter = |number: &usize| place.enter(desk, *number).is_ok() && said.send(()).is_ok();
                numbers.into_iter().take_while(enter).collect::<Vec<usize>>()
            });
            heard.iter().take(after).for_each(drop);
            nodes[killed].strike();
            // It goes on saying what it wrote until it is done.
            heard.iter().for_each(drop);
            written.join().unwrap()
        }));
        *deaths.entry(NAMES[killed]).or_insert(0) += 1;
        nodes[killed].kill();
        held += runtime.block_on(async {
            history.hear(&nodes[killed].data, &issuers).await;
            match issuers.get(killed) {
                Some(issuer) => history.check(&nodes[killed].data, *issuer).await,
                None => 0,
            }
        });
        nodes[killed].start();
    }
    println!("killed: {deaths:?}; receipted records found again at a death: {held}");

    networks.iter().for_each(|proxy| proxy.set(Mode::Faithful));
    // Whatever waits for its turn after failures begins anew.
    nodes.iter_mut().for_each(Node::start);
    let arrived = |state: &Value| {
        let row = &state["competitions"][0];
        state["trouble"].is_null() && row["not_at_headquarters"] == 0 && row["not_at_upstream"] == 0
    };
    let shown = |node: &Node| node.door.call("standings.show", &place.about());
    let saved = |node: &Node| node.door.call("sync.status", &json!({}))["competitions"][0]["saved"].clone();
    for node in &nodes[1..] {
        node.door.until("everything is at headquarters", "sync.status", &json!({}), arrived);
    }
    // Nobody writes any more.
    let all = saved(&nodes[0]);
    let as_much = |state: &Value| arrived(state) && state["competitions"][0]["saved"] == all;
    for node in &nodes[1..] {
        node.door.until("everybody holds as much", "sync.status", &json!({}), as_much);
    }
    let standings = shown(&nodes[0]);
    for node in &nodes[1..] {
        assert_eq!(shown(node), standings, "the same standings everywhere");
    }
    let mut numbers: Vec<usize> = standings["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["number"].as_str().unwrap().parse().unwrap())
        .collect();
    numbers.sort_unstable();
    assert!(numbers.windows(2).all(|two| two[0] != two[1]), "nothing twice");
    assert!(acknowledged.iter().all(|number| numbers.binary_search(number).is_ok()), "nothing that was saved is lost");

    nodes.iter_mut().for_each(Node::kill);
    let scope = place.competition.parse().unwrap();
    runtime.block_on(async {
        for node in &nodes {
            history.hear(&node.data, &issuers).await;
        }
        let above = everything(&nodes[0].data, scope).await;
        for node in &nodes[1..] {
            assert!(
                everything(&node.data, scope).await == above,
                "to the byte as at headquarters: {}",
                node.data.display()
            );
        }
        for (node, issuer) in nodes.iter().zip(issuers) {
            assert!(history.check(&node.data, issuer).await > 0, "and there is something to find");
        }
    });
    let mut done: BTreeMap<Harm, u64> = BTreeMap::new();
    for (harm, times) in networks.iter().flat_map(|proxy| proxy.done()) {
        *done.entry(harm).or_insert(0) += times;
    }
    println!("{} acknowledged writes, harm done: {done:?}, {:.0} s", acknowledged.len(), begun.elapsed().as_secs_f64());
    for harm in Harm::ALL {
        assert!(done.get(&harm).copied().unwrap_or(0) > 0, "{harm:?} was never done");
    }
}
