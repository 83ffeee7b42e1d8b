//! A journey: two judges' desks, a hub in the hall, headquarters elsewhere, and the cable to it is out from the draw to the results. The hall goes
//! on by itself; when the cable is back, headquarters shows what the hall decided, and anybody can verify it.

use crate::journeys::harness::{program, root};
use crate::journeys::reference;
use crate::sync::nodes::Node;
use crate::sync::proxy::{Mode, Proxy};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use tokio::runtime::Runtime;

const ENTRIES: usize = 6;
const ITEMS: usize = 4;
const JUDGES: usize = 5;

/// The competition, and who is in it.
struct Place {
    competition: String,
    event: String,
    entries: Vec<Value>,
    judges: Vec<Value>,
}

impl Place {
    fn about(&self, more: &Value) -> Value {
        let mut about = json!({"competition": self.competition, "event": self.event});
        for (name, value) in more.as_object().unwrap() {
            about[name] = value.clone();
        }
        about
    }

    fn mark(&self, desk: &Node, entry: usize, item: &str, judge: Option<usize>, text: &str) {
        let judge = judge.map(|judge| &self.judges[judge]);
        let mark = json!({"entry": self.entries[entry], "item": item, "judge": judge, "text": text, "replaces": [], "reason": ""});
        desk.door.call("marks.enter", &self.about(&mark));
    }

    fn standings(&self, node: &Node) -> Value {
        node.door.call("standings.show", &self.about(&json!({})))
    }
}

/// Founds the competition at the desk of the secretariat and fills it with people.
fn prepare(desk: &Node) -> Place {
    let create = json!({"title": "模拟", "event": "模拟", "from": {"template": "theory-practice-30-70"}});
    let competition = desk.door.call("competitions.create", &create).as_str().unwrap().to_owned();
    let home = desk.door.call("competition.home", &json!({"competition": competition}));
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    Place { competition, event, entries: Vec::new(), judges: Vec::new() }
}

fn people(desk: &Node, place: &mut Place) {
    for entry in 0..ENTRIES {
        let form = json!({"number": format!("{}", 101 + entry), "name": format!("模拟{entry}"), "unit": "模拟水务",
            "document_kind": "护照", "document_number": format!("E{entry:08}")});
        let added = desk.door.call("entries.add", &place.about(&json!({"form": form})));
        place.entries.push(added["saved"].clone());
    }
    for judge in 1..=JUDGES {
        let judge =
            json!({"code": format!("J{judge}"), "name": "模拟裁判", "kind": "scoring", "unit": "", "retired": false});
        let saved =
            desk.door.call("judges.save", &json!({"competition": place.competition, "id": null, "judge": judge}));
        place.judges.push(saved);
    }
    let panel = json!({"panel": "judges", "members": place.judges, "reason": ""});
    desk.door.call("panels.set", &place.about(&panel));
}

/// The marks of some judges, and the theory results where the desk has them.
fn judge(desk: &Node, place: &Place, judges: std::ops::Range<usize>, theory: bool) {
    for entry in 0..ENTRIES {
        for item in 0..ITEMS {
            for judge in judges.clone() {
                let text = reference::typed(reference::mark(entry, item, judge));
                place.mark(desk, entry, &format!("P{}", item + 1), Some(judge), &text);
            }
        }
        if theory {
            place.mark(desk, entry, "T", None, &reference::theory(entry).to_string());
        }
    }
}

fn finalise(desk: &Node, place: &Place) {
    for (duty, name) in [("chief_judge", "模拟裁判长"), ("supervisor", "模拟总监督")] {
        let seen = desk.door.call("results.steps", &place.about(&json!({})))["seen"].clone();
        let confirm = json!({"duty": duty, "name": name, "seen": seen, "reason": "颁奖在即"});
        desk.door.call("results.confirm", &place.about(&confirm));
    }
    desk.door.call("results.finalise", &place.about(&json!({"reason": ""})));
}

#[test]
fn the_cable_is_out_for_the_whole_competition() {
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut hq = Node::serve(folder.path(), "hq", 1, None);
    let cable = Proxy::before(&runtime, hq.url.as_ref().unwrap(), 1);
    let above = cable.url(hq.url.as_ref().unwrap());
    let hub = Node::serve(folder.path(), "hub", 2, Some((&above, &hq.codes[0])));
    let desks = ["desk one", "desk two"].map(|name| Node::desk(folder.path(), name));
    let mut place = prepare(&desks[0]);
    for (desk, code) in desks.iter().zip(&hub.codes) {
        desk.door.call("sync.connect", &json!({"url": hub.url, "code": code}));
    }
    let known = json!({"competition": place.competition});
    for node in [&desks[1], &hub, &hq] {
        node.door.until("everybody knows the competition", "competition.home", &known, |_| true);
    }

    cable.set(Mode::Out);
    people(&desks[0], &mut place);
    let arrived = |state: &Value| state["competitions"][0]["not_at_upstream"] == 0;
    let state = desks[0].door.until("the hub has the people", "sync.status", &json!({}), arrived);
    let saved = state["competitions"][0]["saved"].clone();
    let all = |state: &Value| state["competitions"][0]["saved"] == saved;
    desks[1].door.until("the other desk has them too", "sync.status", &json!({}), all);
    std::thread::scope(|scope| {
        scope.spawn(|| judge(&desks[0], &place, 0..3, true));
        scope.spawn(|| judge(&desks[1], &place, 3..JUDGES, false));
    });

    let wanted: Vec<(String, String, String)> = reference::standings(ENTRIES, ITEMS)
        .iter()
        .map(|line| (line.rank.to_string(), (101 + line.entry).to_string(), reference::printed(line.total)))
        .collect();
    let shown = |view: &Value| -> Vec<(String, String, String)> {
        let total = view["columns"].as_array().unwrap().iter().position(|column| column["total"] == true).unwrap();
        let line = |row: &Value| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (row["rank"].to_string(), text(&row["number"]), text(&row["values"][total]))
        };
        view["rows"].as_array().unwrap().iter().map(line).collect()
    };
    for node in [&desks[0], &desks[1], &hub] {
        let right = |view: &Value| shown(view) == wanted;
        node.door.until("the hall's standings are right", "standings.show", &place.about(&json!({})), right);
    }
    let state = desks[0].door.until("the hub has everything", "sync.status", &json!({}), arrived);
    assert!(state["competitions"][0]["not_at_headquarters"].as_u64() > Some(0), "and headquarters has not: {state}");
    finalise(&desks[0], &place);
    let decided = place.standings(&desks[0]);
    assert!(decided["finalised"].is_object(), "the hall has its results");
    assert_eq!(place.standings(&hq)["rows"].as_array().map(Vec::len), Some(0), "headquarters knows of nobody yet");

    cable.set(Mode::Faithful);
    let same = |view: &Value| *view == decided;
    for node in [&hq, &hub, &desks[1]] {
        node.door.until("everybody shows the results", "standings.show", &place.about(&json!({})), same);
    }
    let there = |state: &Value| state["competitions"][0]["not_at_headquarters"] == 0;
    for desk in &desks {
        desk.door.until("and the desks know", "sync.status", &json!({}), there);
    }
    hq.kill();
    verify(&hq.data, &place.competition, &folder.path().join("published"));
}

/// What headquarters publishes holds for whoever has the file and the id.
fn verify(data: &Path, competition: &str, bundle: &Path) {
    let run = |command: &mut Command| {
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{command:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
        said
    };
    let mut export = Command::new(program("jiangsai-hq"));
    export.args(["bundle", "export", "--competition", competition, "--what", "published", "--data"]).arg(data);
    run(export.arg("--to").arg(bundle));
    let said = run(Command::new(program("jiangsai-cli")).arg("verify").arg(bundle).args(["--scope", competition]));
    assert!(said.contains("as confirmed"), "{said}");
    let python = std::env::var_os("JIANGSAI_PYTHON").unwrap_or_else(|| "python3".into());
    run(Command::new(python).arg(root().join("docs/verify.py")).arg(bundle).arg(competition));
}
