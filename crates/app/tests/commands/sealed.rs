//! Between sealing (加密) and unsealing (解密) nobody learns who stands behind a blind code: tried with every command, every document,
//! every export and the log.

use crate::commands::prints::{pages_of, printed};
use crate::{Desk, SEALED, hall_of_three, sample, sample_marked_in_the_hall, sample_with_teams, upload};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_domain::command::WireError;
use jiangsai_domain::pairing::{Fingerprint, PairingCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};

/// What the log said.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Everything that is logged on this thread from now on.
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let writer = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn said(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// Who is who, as it was on screen before.
pub(super) struct Known {
    names: Vec<String>,
    ids: Vec<String>,
    numbers: Vec<String>,
    codes: Vec<String>,
    sheet: String,
    /// A scan of that sheet.
    scan: String,
    /// A backup that was made while names were sealed.
    backups: String,
    /// A judge signed in: token, and the judge's id.
    desk: (String, String),
}

impl Known {
    /// People of another competition, and nothing else that is there.
    pub(super) fn of(names: Vec<String>, ids: Vec<String>, numbers: Vec<String>, codes: Vec<String>) -> Self {
        Self { names, ids, numbers, codes, ..Self::nobody() }
    }

    /// Nobody: requests that are understood, and name nothing that is there.
    pub(super) fn nobody() -> Self {
        let made_up = || vec!["x".repeat(8); 6];
        Self {
            names: made_up(),
            ids: made_up(),
            numbers: made_up(),
            codes: made_up(),
            sheet: "x".to_owned(),
            scan: "0".to_owned(),
            backups: "/nowhere".to_owned(),
            desk: ("x".to_owned(), "x".to_owned()),
        }
    }
}

impl Desk {
    async fn call(&self, name: &str, mut payload: Value) -> Result<Value, WireError> {
        payload["competition"] = self.competition.clone().into();
        self.app.dispatch(name, payload, None).await
    }

    async fn rows(&self) -> Vec<Value> {
        self.ask("entries.list", json!({"search": ""})).await.unwrap()["rows"].as_array().unwrap().clone()
    }

    /// Says a name in every reason and note that stands beside a mark, a sheet or a seat; answers the entry and the name.
    async fn names_somebody_everywhere(&self) -> (Value, String) {
        let row = self.rows().await[4].clone();
        let (entry, name) = (row["id"].clone(), row["form"]["name"].as_str().unwrap().to_owned());
        let leader = self.ask("judges.list", json!({})).await.unwrap()["leaders"][0].clone();
        let pin = json!({"judge": leader[2], "pin": "246810"});
        self.call("judges.set_pin", pin.clone()).await.unwrap();
        let token = self.call("desk.sign_in", pin).await.unwrap()["token"].as_str().unwrap().to_owned();
        let at = json!({"entry": entry, "module": leader[0], "common": true});
        let shown = self.desk(&token, &at).await.unwrap()["sheet"].clone();
        let item = shown["items"][0]["rule"]["id"].clone();
        let desk = async |command: &str, mut more: Value| {
            more["token"] = token.clone().into();
            more["at"] = at.clone();
            self.ask(command, more).await.unwrap();
        };
        desk("desk.note", json!({"item": item, "text": name})).await;
        desk("desk.extra_time", json!({"seconds": 60, "reason": name})).await;
        desk("desk.confirm", json!({"confirmation": "refused", "reason": name})).await;
        self.sign(&token, &at).await.unwrap();
        self.reopen(&at, &Value::Null, &name).await.unwrap();
        let again = json!({"entry": entry, "item": item, "judges": [], "withdraw": false, "reason": name});
        self.ask("marks.rescore", again).await.unwrap();
        let cell = &shown["items"][0]["cells"][0];
        let mark = json!({"entry": entry, "item": item, "judge": null, "text": "0", "replaces": cell["current"], "reason": name});
        self.ask("marks.enter", mark).await.unwrap();
        let (seat, substitute) = (self.judge("X01").await, self.judge("P05").await);
        let seat = json!({"entry": entry, "panel": "craft", "seat": seat, "recused": true, "substitute": substitute, "reason": name});
        self.ask("seats.set", seat).await.unwrap();
        self.ask("recheck.begin", json!({"extent": "all", "reason": "成绩复核"})).await.unwrap();
        let list = self.ask("recheck.show", json!({})).await.unwrap();
        for line in list["sheets"].as_array().unwrap() {
            let sheet = &line["sheet"];
            if (&sheet["session"], &sheet["code"]) == (&row["session"], &row["station"]) {
                let found = json!({"number": sheet["number"], "by": "模拟复核员", "errors": 1, "note": name});
                self.ask("recheck.sheet", found).await.unwrap();
            }
        }
        (entry, name)
    }

    /// Draws 参赛号 and places by computer and seals.
    async fn drawn_and_sealed(&self) -> Known {
        let draw = |layer: &str, session: &str, prefix: &str| json!({"layer": layer, "session": session, "prefix": prefix, "stations": 0, "voids": null, "reason": ""});
        self.ask("draw.by_computer", draw("number", "", "NR")).await.unwrap();
        let rows = self.rows().await;
        let sessions: BTreeSet<&str> = rows.iter().map(|row| row["session"].as_str().unwrap()).collect();
        for session in sessions {
            self.ask("draw.by_computer", draw("place", session, &format!("ZP{session}"))).await.unwrap();
        }
        let rows = self.rows().await;
        let list = |read: &dyn Fn(&Value) -> Value| -> Vec<String> {
            rows.iter().map(|row| read(row).as_str().unwrap().to_owned()).collect()
        };
        // A group leader is at a desk.
        let judges = self.ask("judges.list", json!({})).await.unwrap();
        let leader = judges["leaders"][0][2].as_str().unwrap_or_default().to_owned();
        let token = if leader.is_empty() {
            String::new()
        } else {
            self.call("judges.set_pin", json!({"judge": leader, "pin": "246810"})).await.unwrap();
            let signed_in = self.call("desk.sign_in", json!({"judge": leader, "pin": "246810"})).await.unwrap();
            signed_in["token"].as_str().unwrap().to_owned()
        };
        let mut known = Known {
            sheet: String::new(),
            scan: String::new(),
            backups: String::new(),
            desk: (token, leader),
            names: list(&|row| row["form"]["name"].clone()),
            ids: list(&|row| row["id"].clone()),
            numbers: list(&|row| row["number"].clone()),
            codes: list(&|row| {
                json!(format!("{}-{}", row["session"].as_str().unwrap(), row["station"].as_str().unwrap()))
            }),
        };
        self.ask("draw.seal", json!({"officer": "模拟加密员", "supervisor": "模拟监督员"})).await.unwrap();
        let sheets = self.ask("paper.list", json!({})).await.unwrap();
        let backups = self.app.dispatch("backups.make", json!({}), None).await.unwrap();
        backups["here"][0]["folder"].as_str().unwrap().clone_into(&mut known.backups);
        sheets["sheets"][0]["number"].as_str().unwrap().clone_into(&mut known.sheet);
        let file = upload("a.png", crate::commands::certificates::SEAL);
        let scans = self.ask("scans.attach", json!({"number": known.sheet, "file": file})).await.unwrap();
        scans[0]["attachment"].as_str().unwrap().clone_into(&mut known.scan);
        known
    }
}

fn pdf(kind: &Value) -> Value {
    json!({"kind": kind, "language": "zh-CN"})
}

fn docx(kind: &Value) -> Value {
    json!({"kind": kind, "language": "zh-CN", "format": "docx"})
}

/// A list to post.
fn posted(whom: &Value) -> Value {
    json!({"result_list": {"whom": whom, "scores": true, "occupation": true, "period": "", "contact": ""}})
}

/// Requests for a command, as somebody curious would make them; an unknown command fails the test.
#[allow(clippy::panic, reason = "tests")]
pub(super) fn requests(name: &str, known: &Known) -> Vec<Value> {
    let (code, id, person) = (&known.codes[4], &known.ids[4], &known.names[4]);
    let mut requests = Vec::new();
    let documents = || {
        [
            pdf(&json!({"mark_sheets": {"module": "theory", "filled": true, "judge": null}})),
            pdf(&json!({"mark_sheets": {"module": "theory", "filled": true, "judge": null, "entry": code}})),
            pdf(&json!({"mark_sheets": {"module": "theory", "filled": true, "judge": null, "entry": id}})),
            pdf(&json!({"mark_sheets": {"module": "", "filled": true, "judge": null, "number": known.sheet}})),
            pdf(&json!("score_summary")),
            docx(&json!("score_summary")),
            pdf(&json!("rank_list")),
            docx(&json!("rank_list")),
            pdf(&json!({"award_list": {"top": 0}})),
            docx(&json!({"award_list": {"top": 0}})),
            pdf(&json!("team_list")),
            docx(&json!("team_list")),
            pdf(&json!("proposal_list")),
            docx(&json!("proposal_list")),
            pdf(&json!({"ceremony_script": {"top": 0}})),
            pdf(&posted(&json!("all"))),
            docx(&posted(&json!({"entry": code}))),
            pdf(&json!({"unit_notices": {"unit": null}})),
            docx(&json!({"unit_notices": {"unit": "模拟水务"}})),
            pdf(&json!({"rank_reasons": {"whom": {"winners": {"top": 2}}}})),
            pdf(&json!({"rank_reasons": {"whom": {"entry": code}}})),
            pdf(&json!({"rank_reasons": {"whom": {"entry": id}}})),
            pdf(&json!({"certificates": {"whom": "all"}})),
            pdf(&json!({"certificates": {"whom": {"entry": code}}})),
            pdf(&json!({"rules": {"both": true}})),
            pdf(&json!("corrections")),
            pdf(&json!("incidents")),
            pdf(&json!("unsigned_sheets")),
            pdf(&json!({"draw_register": {"layer": "place", "session": "A"}})),
            pdf(&json!({"draw_register": {"layer": "number", "session": ""}})),
            pdf(&json!({"bulletin": {"number": 1}})),
            docx(&json!({"bulletin": {"number": 2}})),
            pdf(&json!("standings_workbook")),
            pdf(&json!("roster_workbook")),
        ]
    };
    let pack = json!({"language": "zh-CN", "top": 0, "period": "", "contact": ""});
    let part = |mut more: Value| {
        more["pack"] = pack.clone();
        more["id"] = "0".repeat(32).into();
        more
    };
    let marks = |number: &str| upload("marks.csv", format!("参赛号,理论\n{number},61.5\n").as_bytes());
    let roster = upload("a.csv", "单位,姓名,身份证号\n模拟水务,模拟甲,11010519491231002X\n".as_bytes());
    match name {
        "app.status" | "templates.list" | "app.verify_calculation" | "competitions.list" => requests.push(json!(null)),
        "app.set_language" => requests.push(json!({"language": "zh-CN"})),
        "competitions.create" => requests.push(json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}})),
        "competition.home" | "competition.settings" | "ledger.verify" | "rulebook.show" | "judges.list"
        | "standings.show" | "parameters.show" | "entries.template" | "marks.template" => requests.push(json!({})),
        "competition.edit_settings" => requests.push(json!({"settings": {"title": "模拟竞赛", "host": "", "organiser": "", "co_organiser": "", "place": "", "date": "", "level": "", "fields": [], "synthetic": true}})),
        "rulebook.replace" => requests.push(json!({"json": jiangsai_scoring::templates::THEORY_PRACTICE_30_70, "reason": "", "preview": true})),
        "rulebook.from_marking_scheme" => requests.push(json!({"file": upload("x.xlsx", b"PK")})),
        "history.list" => {
            let about = |about: Value| json!({"about": about, "skip": 0, "limit": 500});
            for handle in [code, id] {
                requests.push(about(json!({"entry": handle})));
                requests.push(about(json!({"mark": {"entry": handle, "item": "T", "judge": null}})));
            }
            requests.extend(["all", "settings", "judges", "draws"].map(|what| about(json!(what))));
            requests.push(json!({"about": "all", "skip": 500, "limit": 500}));
        }
        "entries.list" => requests.extend(["", person, &known.numbers[4], &code[2..], "A"].map(|search| json!({"search": search}))),
        "entries.add" => requests.push(json!({"form": {"name": "模拟甲", "document_number": "11010519491231002X", "unit": "模拟水务"}})),
        "entries.edit" => requests.extend([code, id].map(|entry| json!({"entry": entry, "form": {"name": "模拟"}, "replaces": [], "reason": ""}))),
        "entries.set_status" => requests.extend([id, code].map(|entry| json!({"entry": entry, "status": "retired", "reason": "比赛中离场"}))),
        "persons.preview_erasure" => requests.extend([id, code].map(|entry| json!({"entry": entry}))),
        "persons.erase" => requests.extend([id, code].map(|entry| json!({"entry": entry, "basis": "x", "token": ""}))),
        "entries.number" => requests.push(json!({"prefix": "", "stations": 0})),
        "entries.preview" => requests.push(json!({"file": roster})),
        "entries.import" => requests.push(json!({"file": roster, "token": ""})),
        "draw.show" => {
            requests.push(json!({"of": null}));
            for (layer, session) in [("number", ""), ("place", "A"), ("work", "")] {
                requests.push(json!({"of": [layer, session]}));
            }
        }
        "draw.record" => requests.extend([code, id].map(|entry| json!({"layer": "place", "session": "A", "entry": entry, "lot_session": "", "code": "ZPA01", "reason": "x"}))),
        "draw.by_computer" => requests.push(json!({"layer": "work", "session": "", "prefix": "", "stations": 0, "voids": null, "reason": ""})),
        "draw.swap" => requests.extend([code, id].map(|one| json!({"layer": null, "one": one, "other": known.codes[5], "reason": "x"}))),
        "draw.void" | "draw.choose" => requests.push(json!({"layer": "place", "session": "A", "draw": "x", "reason": "x"})),
        "draw.seal" => requests.push(json!({"officer": "模拟甲员", "supervisor": "模拟乙员"})),
        "draw.open_envelope" => requests.push(json!({"name": "模拟裁判长", "code": "", "reason": "一个人打不开"})),
        "draw.prepare_lock" => requests.push(json!({"prefix": ""})),
        "draw.lock" => requests.push(json!({"officer": "模拟甲员", "supervisor": "模拟乙员", "prefix": "", "key": "0", "codes": {}, "labels": []})),
        "draw.unseal" => requests.push(json!({"office": "draw_officer", "name": "模拟加密员", "reason": "一个人打不开"})),
        "judges.save" => requests.push(json!({"id": null, "judge": {"code": "Q9", "name": "模拟裁判", "kind": "scoring", "unit": "", "retired": false}})),
        "judges.set_pin" => requests.push(json!({"judge": "x", "pin": "1234"})),
        "panels.set" => requests.push(json!({"panel": "report", "members": [], "reason": ""})),
        "marks.sheet" => {
            requests.push(json!({"of": null}));
            requests.push(json!({"of": {"item": "B3.1"}}));
            requests.extend(["A", "B", "C"].map(|module| json!({"of": {"module": {"module": module, "judge": null}}})));
        }
        "marks.enter" => requests.extend([id, code].map(|entry| json!({"entry": entry, "item": "T", "judge": null, "text": "61.5", "replaces": [], "reason": ""}))),
        "marks.preview" => requests.extend([code, &known.numbers[4]].map(|number| json!({"file": marks(number)}))),
        "marks.import" => requests.extend([code, &known.numbers[4]].map(|number| json!({"file": marks(number), "token": ""}))),
        "paper.list" => requests.push(json!({})),
        "paper.choose" => requests.push(json!({"wanted": true})),
        "paper.find" => requests.extend([true, false].map(|called| json!({"number": known.sheet, "called": called}))),
        "paper.record" => requests.push(json!({"number": known.sheet, "by": "模拟录分员", "texts": ["61.5"], "total": "-", "reason": "x"})),
        "paper.check" => requests.push(json!({"number": known.sheet, "by": "模拟核分员", "how": "blind", "texts": ["60"]})),
        "paper.settle" => requests.push(json!({"number": known.sheet, "by": "模拟核分员", "texts": [[0, "60"]], "total": "", "reason": "x"})),
        "scans.list" => requests.push(json!({"number": known.sheet})),
        "scans.attach" => requests.push(json!({"number": known.sheet, "file": upload("名单.png", crate::commands::certificates::SEAL)})),
        "scans.show" => requests.extend([true, false].map(|small| json!({"number": known.sheet, "attachment": known.scan, "small": small}))),
        "scans.remove" => requests.push(json!({"number": known.sheet, "attachment": "0", "reason": "x"})),
        "recheck.show" => requests.push(json!({})),
        "recheck.begin" => requests.push(json!({"extent": {"first_ten": {"rest": 15}}, "reason": "x"})),
        "recheck.sheet" => requests.push(json!({"number": known.sheet, "by": "模拟复核员", "errors": 1, "note": "漏录"})),
        "inquiry.raise" => requests.extend([id, code].map(|entry| json!({"entry": entry, "by": "模拟领队", "text": "查总分"}))),
        "inquiry.answer" => requests.push(json!({"inquiry": "0", "by": "模拟裁判长", "corrected": false, "text": "无误"})),
        "standings.why" => requests.extend([id, code].map(|entry| json!({"entry": entry}))),
        "results.steps" => requests.push(json!({})),
        "results.confirm" => requests.push(json!({"duty": "chief_judge", "name": "模拟裁判长", "seen": "x", "reason": "试一试"})),
        "results.finalise" | "results.reopen" => requests.push(json!({"reason": "试一试"})),
        "documents.preview" => requests.extend(documents().map(|document| json!({"document": document, "page": 0}))),
        "documents.render" | "documents.save" => {
            requests.extend(documents().map(|document| json!({"document": document})));
            requests.push(json!({"document": pdf(&json!("rank_list")), "page": 0}));
        }
        "files.open" | "files.fetch" => requests.push(json!({"path": "/nowhere"})),
        "certificates.list" => requests.extend([0, 3].map(|top| json!({"top": top}))),
        "certificates.issue" => requests.push(json!({"pattern": "##", "first": 1, "top": 0})),
        "certificates.artwork" => requests.push(json!({"picture": "seal", "file": null})),
        "layouts.list" => requests.push(json!({})),
        "layouts.fetch" => requests.extend(["letter.docx", "listings.typ"].map(|name| json!({"name": name}))),
        "layouts.set" => requests.push(json!({"name": "letter.docx", "file": null})),
        "pack.begin" => requests.push(json!({"pack": pack})),
        "pack.plan" => {
            requests.push(json!({"pack": pack}));
            for only in [json!({"unit_notices": {"unit": null}}), json!({"certificates": {"whom": "all"}})] {
                let mut pack = pack.clone();
                pack["only"] = only;
                requests.push(json!({"pack": pack}));
            }
        }
        "pack.write" => requests.extend([0, 9].map(|at| part(json!({"facts": 0, "part": at})))),
        "pack.close" => requests.push(part(json!({"facts": 0}))),
        "pack.drop" => requests.push(json!({"id": "0".repeat(32)})),
        "parameters.set" => requests.push(json!({"values": [{"parameter": "x", "text": "A", "value": "1", "replaces": []}], "reason": "", "preview": true})),
        "standings.decide" => requests.extend([id, code].map(|entry| json!({"order": [entry, known.codes[5]], "replaces": [], "reason": "x", "preview": true}))),
        "standings.withdraw_decision" => requests.extend([id, code].map(|entry| json!({"entries": [entry], "reason": "x", "preview": true}))),
        "desk.seats" | "hall.show" => requests.push(json!({})),
        "hall.panel" => requests.extend(["B3.1", "C4.1"].map(|item| json!({"item": item}))),
        "desk.lock" => requests.push(json!({"lock": {"judge": null, "session": "", "station": ""}})),
        "desk.release" => requests.push(json!({"release": "1234"})),
        "desk.sign_in" => requests.push(json!({"judge": known.desk.1, "pin": "1234"})),
        "desk.sign_out" | "desk.look" => requests.push(json!({"token": "x"})),
        "desk.show" => {
            requests.push(json!({"token": known.desk.0, "at": null}));
            requests.extend([id, code].map(|entry| json!({"token": known.desk.0, "at": {"entry": entry, "module": "A", "common": true}})));
        }
        "desk.mark" | "desk.note" | "desk.sign" | "desk.confirm" | "desk.extra_time" => {
            let more = match name {
                "desk.mark" => json!({"item": "A5.1", "attempt": 1, "text": "0", "replaces": [], "reason": ""}),
                "desk.note" => json!({"item": "A5.1", "text": "未分类"}),
                "desk.confirm" => json!({"confirmation": "refused", "reason": "不认可"}),
                "desk.extra_time" => json!({"seconds": 60, "reason": "停电"}),
                "desk.sign" => json!({"marks": []}),
                _ => json!({}),
            };
            for entry in [id, code] {
                let mut request = more.clone();
                request["token"] = known.desk.0.clone().into();
                request["at"] = json!({"entry": entry, "module": "A", "common": true});
                requests.push(request);
            }
        }
        "modules.set_leader" => requests.push(json!({"module": "B", "judge": known.desk.1})),
        "sheets.reopen" => requests.extend([id, code].map(|entry| json!({"entry": entry, "module": "A", "judge": null, "reason": "x"}))),
        "marks.rescore" => requests.extend([id, code].map(|entry| json!({"entry": entry, "item": "B3.1", "judges": [], "withdraw": false, "reason": "x"}))),
        "seats.set" => requests.extend([id, code].map(|entry| json!({"entry": entry, "panel": "report", "seat": known.desk.1, "recused": true, "substitute": null, "reason": "x"}))),
        "results.foresee" => {
            let own = known.desk.1.clone();
            for entry in [id, code] {
                let status = json!({"competition": "", "entry": entry, "status": "absent", "stage": null, "reason": ""});
                let mark = json!({"competition": "", "event": "", "entry": entry, "item": "A5.1", "judge": null, "attempt": 1, "text": "0", "replaces": [], "reason": ""});
                let seat = json!({"competition": "", "event": "", "entry": entry, "panel": "report", "seat": own, "recused": true, "substitute": null, "reason": ""});
                requests.push(json!({"steps": [{"status": status}, {"mark": mark}, {"seat": seat}]}));
                requests.extend([json!({"status": status}), json!({"mark": mark}), json!({"seat": seat})].map(|step| json!({"steps": [step]})));
            }
        }
        "judges.replace" => requests.push(json!({"panel": "report", "judge": known.desk.1, "by": known.desk.1, "reason": "x"})),
        "bulletins.list" | "screen.show" | "screen.shared" | "screen.share" | "screen.unshare" => requests.push(json!({})),
        "bulletins.publish" => {
            for (kind, whom) in [("provisional", json!("all")), ("posted", json!({"winners": {"top": 3}})), ("announced", json!("all"))] {
                let period = json!({"from": "2999-01-01", "until": "2999-01-07"});
                requests.push(json!({"kind": kind, "columns": {"whom": whom, "scores": true, "occupation": true}, "period": period, "contact": "", "by": "模拟组织者", "corrects": null, "reason": "", "token": ""}));
            }
        }
        "bulletins.choose" => requests.push(json!({"number": 1, "fact": "0", "reason": "x"})),
        "screen.put" => requests.extend(["hall", "standings", "ceremony"].map(|scene| json!({"scene": scene, "session": "", "revealed": u32::from(scene == "ceremony")}))),
        "screen.count" => requests.extend([json!({"set": 60}), json!("start")].map(|act| json!({"act": act}))),
        "screen.release" => requests.extend(["final", "provisional"].map(|shown| json!({"shown": shown}))),
        "bundle.export" => requests.extend(["lacking", "everything", "published", "receipts"].map(|what| json!({"what": what}))),
        "bundle.import" => requests.push(json!({"file": upload("x.jsbundle", b"jiangsai.bundle.v1\n")})),
        "bundle.import_from" => requests.push(json!({"path": known.backups})),
        "sync.connect" | "hub.pair_headquarters" => requests.push(json!({"url": "127.0.0.1:9", "code": PairingCode::new([7; 12], Fingerprint::of(&[9; 32])).to_string()})),
        "sync.disconnect" | "sync.pairing_code" | "sync.nearby" | "sync.status" | "sync.adopt" => requests.push(json!({})),
        "headquarters.overview" | "headquarters.nodes" | "hub.show" | "hub.close" | "hub.standby" | "hub.take_over" | "hub.hand_back" => requests.push(json!({})),
        "nodes.revoke" | "nodes.restore" => requests.extend([true, false].map(|preview| json!({"node": "00ff", "reason": "x", "preview": preview}))),
        "readers.show" => requests.push(json!({})),
        "readers.grant" => requests.extend([true, false].map(|preview| json!({"nodes": [], "preview": preview}))),
        "quarantine.list" | "findings.list" => requests.push(json!({})),
        "quarantine.adopt" => requests.extend([true, false].map(|preview| json!({"records": ["0"], "reason": "x", "preview": preview}))),
        "findings.settle" => requests.push(json!({"finding": "orphan:0", "decision": "leave", "reason": "x"})),
        "hub.open" => requests.push(json!({"port": 7480})),
        "backups.list" | "backups.make" => requests.push(json!({})),
        "backups.set_place" => requests.push(json!({"folder": "/nowhere"})),
        "backups.find" | "backups.preview" => requests.push(json!({"from": known.backups})),
        "backups.restore" => requests.push(json!({"from": known.backups, "token": ""})),
        "people.start" | "people.list" | "people.stay" | "people.begin" => requests.push(json!({})),
        "people.sign_in" | "people.ask_in" | "people.set_pin" => requests.push(json!({"officer": "x", "pin": "1234"})),
        "people.sign_out" => requests.push(json!({"token": "x"})),
        "people.save" => requests.push(json!({"id": null, "officer": {"name": "模拟登记员", "unit": "", "roles": ["registrar"]}, "reason": ""})),
        "people.end" => requests.push(json!({"reason": ""})),
        "people.approve" => requests.push(json!({"record": "0"})),
        "people.revoke_key" => requests.extend([true, false].map(|preview| json!({"officer": "x", "node": "0", "key": "0", "trusted": [], "reason": "x", "preview": preview}))),
        other => panic!("{other} is not tried yet: a new command belongs into this test"),
    }
    requests
}

/// A request with competition and event where the command wants them.
pub(super) fn addressed(desk: &Desk, name: &str, mut request: Value) -> Value {
    if request.is_null() {
        return json!({});
    }
    let alone = [
        "app.set_language",
        "competitions.create",
        "files.open",
        "files.fetch",
        "rulebook.from_marking_scheme",
        "bundle.import",
        "bundle.import_from",
        "sync.connect",
        "sync.disconnect",
        "sync.pairing_code",
        "sync.nearby",
        "sync.status",
        "headquarters.nodes",
        "nodes.revoke",
        "nodes.restore",
        "hub.show",
        "hub.open",
        "hub.close",
        "hub.standby",
        "hub.take_over",
        "hub.hand_back",
        "hub.pair_headquarters",
        "backups.list",
        "layouts.list",
        "layouts.fetch",
        "layouts.set",
        "backups.make",
        "backups.set_place",
        "backups.find",
        "backups.preview",
        "backups.restore",
    ];
    if alone.contains(&name) {
        return request;
    }
    request["competition"] = desk.competition.clone().into();
    let whole = [
        "competition.home",
        "competition.settings",
        "competition.edit_settings",
        "ledger.verify",
        "history.list",
        "entries.edit",
        "entries.set_status",
        "persons.preview_erasure",
        "persons.erase",
        "judges.save",
        "judges.set_pin",
        "certificates.artwork",
        "pack.drop",
        "sync.adopt",
        "headquarters.overview",
        "quarantine.list",
        "readers.show",
        "readers.grant",
        "quarantine.adopt",
        "bundle.export",
        "desk.seats",
        "desk.lock",
        "desk.release",
        "desk.sign_in",
        "desk.sign_out",
        "desk.look",
        "people.start",
        "people.list",
        "people.stay",
        "people.begin",
        "people.sign_in",
        "people.ask_in",
        "people.set_pin",
        "people.sign_out",
        "people.save",
        "people.end",
        "people.approve",
        "people.revoke_key",
        "screen.show",
        "screen.count",
        "screen.shared",
        "screen.share",
        "screen.unshare",
    ];
    if let Some(of) = ["document", "pack"].into_iter().find(|of| request.get(of).is_some()) {
        request[of]["event"] = desk.event.clone().into();
    } else if !whole.contains(&name) {
        request["event"] = desk.event.clone().into();
        let steps = request.get_mut("steps").and_then(Value::as_array_mut).into_iter().flatten();
        for own in steps.filter_map(|step| step.as_object_mut()?.values_mut().next()?.get_mut("event")) {
            *own = desk.event.clone().into();
        }
    }
    request
}

/// What a text document says, with its marks; `None` for any other file.
fn letter(bytes: &[u8]) -> Option<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name("word/document.xml").ok()?.read_to_string(&mut text).unwrap();
    Some(text)
}

/// Everything that can be read in a reply, with files opened, in parts that stand together: a row, a line, a page.
fn parts(reply: &Value) -> Vec<String> {
    if let Some(lines) = reply.get("lines").or_else(|| reply.get("recent")).and_then(Value::as_array) {
        return lines.iter().map(Value::to_string).collect();
    }
    let bytes = match (reply.get("base64"), reply.get("path")) {
        (Some(base64), _) => STANDARD.decode(base64.as_str().unwrap()).unwrap(),
        (None, Some(path)) => std::fs::read(path.as_str().unwrap()).unwrap(),
        (None, None) => return vec![reply.to_string()],
    };
    if bytes.starts_with(b"%PDF") {
        return pages_of(&bytes);
    }
    // A picture, with nothing in it to read.
    if bytes.starts_with(&[0xff, 0xd8]) {
        return Vec::new();
    }
    if let Some(text) = letter(&bytes) {
        return vec![text];
    }
    if bytes.starts_with(b"jiangsai.bundle.v1\n") {
        return vec![String::from_utf8(bytes).unwrap()];
    }
    let table = jiangsai_app::table::read(&bytes).unwrap();
    vec![table.rows.concat().join(" ")]
}

#[tokio::test]
async fn no_command_document_or_log_tells_who_stands_behind_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_teams(&folder).await;
    // Certificates have numbers already: they stood beside names.
    desk.finalise().await;
    desk.ask("certificates.issue", json!({"pattern": "ZS###", "first": 700, "top": 0})).await.unwrap();
    desk.ask("results.reopen", json!({"reason": "重新抽签"})).await.unwrap();
    // And a bulletin with names hangs beside totals, which the screen showed.
    let bulletin = |token: &Value| json!({"kind": "provisional", "columns": {"whom": "all", "scores": true, "occupation": true}, "period": null, "contact": "", "by": "模拟组织者", "corrects": null, "reason": "", "token": token});
    let preview = desk.ask("bulletins.publish", bulletin(&json!(""))).await.unwrap();
    desk.ask("bulletins.publish", bulletin(&preview["token"])).await.unwrap();
    desk.ask("screen.release", json!({"shown": "provisional"})).await.unwrap();
    desk.ask("screen.put", json!({"scene": "standings", "session": "", "revealed": 0})).await.unwrap();
    desk.names_somebody_everywhere().await;
    let known = desk.drawn_and_sealed().await;
    let log = Log::default();
    let _guard = log.listen();
    let has = |text: &str, of: &[String]| of.iter().find(|one| text.contains(one.as_str())).cloned();
    let stations: Vec<String> = known.codes.iter().map(|code| code[2..].to_owned()).collect();
    // Twice: what was marked and recorded meanwhile is looked for as well. Once is enough for pages, which take long to set.
    for again in [false, true] {
        for (name, ..) in jiangsai_app::commands() {
            if again && name.starts_with("documents.") {
                continue;
            }
            for request in requests(name, &known) {
                let request = addressed(&desk, name, request);
                let answer = desk.app.dispatch(name, request.clone(), None).await;
                let bad = answer.as_ref().err().is_some_and(|error| error.code == "bad-request");
                assert!(!bad, "{name} was not really tried: {answer:?}");
                let reply = answer.unwrap_or_else(|error| serde_json::to_value(error).unwrap());
                for part in parts(&reply) {
                    if has(&part, &known.names).is_some() {
                        let with_names =
                            ["entries.list", "history.list", "competition.home", "documents.render", "documents.save"];
                        assert!(with_names.contains(&name), "{name} {request} names somebody: {part}");
                        assert_eq!(
                            has(&part, &stations),
                            None,
                            "{name} {request} shows a name beside a station: {part}"
                        );
                        assert_eq!(
                            has(&part, &known.numbers),
                            None,
                            "{name} {request} shows a name beside a 参赛号: {part}"
                        );
                        assert_eq!(has(&part, &known.ids), None, "{name} {request} shows a name beside an id: {part}");
                    }
                    assert!(!part.contains("ZS70"), "{name} {request} shows the number of a certificate: {part}");
                    // What is on the blind side must not be joined by what was on screen before.
                    if name != "documents.preview" {
                        assert_eq!(has(&part, &known.ids), None, "{name} {request} shows an id of before: {part}");
                    }
                }
            }
        }
    }
    let said = log.said();
    assert_eq!(has(&said, &known.names), None, "the log names nobody");
    assert!(desk.ask("draw.show", json!({"of": null})).await.unwrap()["seal"]["sealed"].as_bool().unwrap());
}

#[tokio::test]
async fn a_request_that_does_not_fit_is_quoted_to_its_caller_alone() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let log = Log::default();
    let _guard = log.listen();
    let number =
        json!({"form": {"name": "模拟甲", "document_number": 330_603_199_001_011_234_u64, "unit": "模拟水务"}});
    let refused = desk.ask("entries.add", number).await.unwrap_err();
    assert_eq!(refused.code, "bad-request");
    assert!(refused.message.contains("330603199001011234"), "the caller is told: {}", refused.message);
    let pin = desk.ask_competition("judges.set_pin", json!({"judge": "x", "pin": 246_810})).await.unwrap_err();
    assert_eq!(pin.code, "bad-request");
    let unknown = desk.ask("模拟甲.330603199001011234", json!({})).await.unwrap_err();
    assert_eq!(unknown.code, "unknown-command");
    let said = log.said();
    assert!(said.contains("entries.add") && said.contains("judges.set_pin"), "which commands: {said}");
    for private in ["330603199001011234", "246810", "模拟甲"] {
        assert!(!said.contains(private), "{private} in {said}");
    }
}

#[tokio::test]
async fn reasons_and_notes_of_before_sealing_are_not_said_beside_blind_codes() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let (entry, name) = desk.names_somebody_everywhere().await;
    let before = desk.hall().await;
    assert!(before["seats"][0]["reason"] == name && before["rescores"][0]["reason"] == name, "{name} is said before");
    let known = desk.drawn_and_sealed().await;
    let code = &known.codes[known.ids.iter().position(|id| entry == json!(id)).unwrap()];
    let hall = desk.hall().await;
    for reason in [&hall["seats"][0]["reason"], &hall["rescores"][0]["reason"]] {
        assert_eq!(reason, "***");
    }
    assert!(hall["remarks"][0]["reason"].as_str().unwrap().contains("***") && !hall.to_string().contains(&name));
    let at = json!({"entry": code, "module": "A", "common": true});
    let sheet = desk.desk(&known.desk.0, &at).await.unwrap()["sheet"].clone();
    assert_eq!((&sheet["reason"], &sheet["items"][0]["why"]), (&json!("***"), &json!("***")));
    assert!(!sheet.to_string().contains(&name), "{sheet}");
    let corrections = printed(&desk, json!("corrections"), "zh-CN").await.concat();
    assert!(corrections.contains("***") && !corrections.contains(&name), "{corrections}");
    let recheck = desk.ask("recheck.show", json!({})).await.unwrap();
    assert!(recheck.to_string().contains("***") && !recheck.to_string().contains(&name), "{recheck}");
    let mut told = 0;
    for skip in (0..4000).step_by(500) {
        let lines = desk.call("history.list", json!({"about": "all", "skip": skip, "limit": 500})).await.unwrap();
        for line in lines["lines"].as_array().unwrap().iter().filter(|line| line.to_string().contains(&name)) {
            assert_eq!(line["what"][0], "history-person", "{line}");
            told += 1;
        }
    }
    assert_eq!(told, 1, "the name stands where the person was registered, and nowhere else");
    // What is written since is said: it is about a code.
    let since = json!({"entry": code, "item": sheet["items"][1]["rule"]["id"], "judges": [], "withdraw": false, "reason": "读数不清"});
    desk.ask("marks.rescore", since).await.unwrap();
    assert!(desk.hall().await.to_string().contains("读数不清"));
}

#[tokio::test]
async fn marks_and_statuses_go_by_blind_code_while_names_are_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_marked_in_the_hall(&folder).await;
    let known = desk.drawn_and_sealed().await;
    let sheet = desk.ask("marks.sheet", json!({"of": {"module": {"module": "theory", "judge": null}}})).await.unwrap();
    let row = &sheet["rows"][0];
    assert!(known.codes.contains(&row["entry"].as_str().unwrap().to_owned()), "a row goes by its code: {row}");
    let mark = |entry: &Value| json!({"entry": entry, "item": "T", "judge": null, "text": "61.5", "replaces": row["cells"][0]["current"], "reason": ""});
    let saved = desk.ask("marks.enter", mark(&row["entry"])).await.unwrap();
    assert_eq!((&saved["row"]["entry"], &saved["row"]["cells"][0]["text"]), (&row["entry"], &json!("61.5")));
    assert_eq!(desk.ask("marks.enter", mark(&json!(known.ids[0]))).await.unwrap_err().code, "unknown-entry");
    let status = json!({"entry": row["entry"], "status": "retired", "reason": "比赛中离场"});
    desk.call("entries.set_status", status).await.unwrap();
    let why = desk.ask("standings.why", json!({"entry": row["entry"]})).await.unwrap();
    assert_eq!((&why["row"]["status"], &why["row"]["name"]), (&json!("retired"), &json!("")));
    let by_number = upload("marks.csv", format!("参赛号,理论\n{},61.5\n", known.numbers[3]).as_bytes());
    let preview = desk.ask("marks.preview", json!({"file": by_number})).await.unwrap();
    assert!(!preview["faults"].as_array().unwrap().is_empty(), "a file by 参赛号 would tell whose marks they are");
}

#[tokio::test]
async fn documents_wait_for_two_people_and_then_have_names() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_marked_in_the_hall(&folder).await;
    let register = json!({"draw_register": {"layer": "place", "session": "A"}});
    let blank = printed(&desk, register.clone(), "zh-CN").await.concat();
    for wanted in ["抽签登记表", "场次：A", "抽签工作人员签字", "监督人员签字", "参赛者签字"]
    {
        assert!(blank.contains(wanted), "{wanted} in {blank}");
    }
    let somebody = desk.rows().await[0].clone();
    for (status, reason) in [("absent", "缺考的是这一位"), ("ok", "其实到场的是这一位")] {
        let status = json!({"entry": somebody["id"], "status": status, "reason": reason});
        desk.call("entries.set_status", status).await.unwrap();
    }
    let known = desk.drawn_and_sealed().await;
    let corrections = printed(&desk, json!("corrections"), "zh-CN").await.concat();
    assert!(corrections.contains("***") && !corrections.contains("这一位"), "of before only that: {corrections}");
    assert!(known.codes.iter().all(|code| !corrections.contains(code)), "a status stood beside a name: {corrections}");
    let render = |kind: Value| json!({"document": {"event": desk.event, "kind": kind, "language": "zh-CN"}});
    let named = [
        register.clone(),
        posted(&json!("all")),
        json!({"award_list": {"top": 0}}),
        json!("team_list"),
        json!("proposal_list"),
        json!({"ceremony_script": {"top": 0}}),
        json!({"unit_notices": {"unit": null}}),
        json!({"certificates": {"whom": "all"}}),
    ];
    for kind in named {
        let error = desk.call("documents.render", render(kind)).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.refusal), ("names-sealed", true));
        assert!(error.message.contains("解密"), "it says what to do: {}", error.message);
    }
    let one = json!({"rank_reasons": {"whom": {"entry": known.codes[0]}}});
    for kind in [json!("score_summary"), json!("rank_list"), one] {
        let blind = printed(&desk, kind.clone(), "zh-CN").await.concat();
        assert!(blind.contains("匿名号") && blind.contains(&known.codes[0]), "{kind} goes by blind codes: {blind}");
        assert!(
            known.names.iter().chain(&known.numbers).all(|own| !blind.contains(own)),
            "{kind} names nobody: {blind}"
        );
    }
    let pack = json!({"event": desk.event, "language": "zh-CN", "top": 3, "period": "", "contact": ""});
    assert_eq!(desk.call("pack.begin", json!({"pack": pack})).await.unwrap_err().code, "names-sealed");
    desk.finalise().await;
    let issue = json!({"pattern": "##", "first": 1, "top": 3});
    assert_eq!(desk.ask("certificates.issue", issue.clone()).await.unwrap_err().code, "names-sealed");
    let open = |office: &str, name: &str| json!({"office": office, "name": name, "reason": ""});
    desk.ask("draw.unseal", open("draw_officer", "模拟加密员")).await.unwrap();
    assert_eq!(desk.ask("draw.unseal", open("supervisor", "模拟加密员")).await.unwrap_err().code, "two-people");
    assert!(desk.call("documents.render", render(register.clone())).await.is_err(), "one alone opens nothing");
    desk.ask("draw.unseal", open("supervisor", "模拟监督员")).await.unwrap();
    let posted = printed(&desk, posted(&json!("all")), "zh-CN").await.concat();
    // Of whoever ranks first: who did not come is in no list of results.
    let standings = desk.ask("standings.show", json!({})).await.unwrap();
    let name = standings["rows"][0]["name"].as_str().unwrap().to_owned();
    assert!(known.names.contains(&name) && posted.contains(&name), "names are back, {name}: {posted}");
    desk.ask("certificates.issue", issue).await.unwrap();
    let register = printed(&desk, register, "zh-CN").await.concat();
    let first = known.codes.iter().position(|code| code == "A-ZPA01").unwrap();
    for wanted in ["ZPA01", "NR", "电脑抽签", &known.names[first]] {
        assert!(register.contains(wanted), "{wanted} in {register}");
    }
}

#[tokio::test]
async fn equals_are_decided_between_by_blind_code_while_names_are_sealed() {
    let folder = tempfile::tempdir().unwrap();
    // Nothing is imported: that would be out of sight, and nobody equal.
    let desk = hall_of_three(&folder, &SEALED.replace(r#""imported""#, r#""agreed""#)).await;
    let value = json!([{"parameter": "reference", "text": "", "value": "12.4", "replaces": []}]);
    desk.ask("parameters.set", json!({"values": value, "reason": "", "preview": false})).await.unwrap();
    for number in ["S1", "S2", "S3"] {
        desk.first_mark(number, "T", "80").await;
        desk.first_mark(number, "A", "12.4").await;
    }
    let decide = async |order: Value, reason: &str| {
        let view = desk.ask("standings.show", json!({})).await.unwrap();
        let command =
            json!({"order": order, "replaces": view["equals"][0]["current"], "reason": reason, "preview": false});
        desk.ask("standings.decide", command).await
    };
    let rows = desk.rows().await;
    let ids: Vec<String> = rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    decide(json!(ids), "").await.unwrap();
    decide(json!([ids[1], ids[0], ids[2]]), "S1让S2在前").await.unwrap();
    let known = desk.drawn_and_sealed().await;
    let code = |id: &str| &known.codes[known.ids.iter().position(|own| own == id).unwrap()];
    let [a, b, c] = [0, 1, 2].map(|at| code(&ids[at]));
    let lacks = |text: &str| known.ids.iter().chain(&known.numbers).chain(&known.names).all(|own| !text.contains(own));

    let view = desk.ask("standings.show", json!({})).await.unwrap();
    assert_eq!(view["equals"][0]["entries"], json!([b, a, c]), "what was decided before holds, by code");
    assert_eq!(view["equals"][0]["reason"], "***", "a reason of before may name somebody");
    assert!(lacks(&view.to_string()), "{view}");
    assert_eq!(decide(json!(known.ids), "x").await.unwrap_err().code, "unknown-entry", "ids of before name nobody");
    let effect = decide(json!([c, a, b]), "复核签号").await.unwrap();
    assert!(effect.to_string().contains(c.as_str()) && lacks(&effect.to_string()), "{effect}");
    let why = desk.ask("standings.why", json!({"entry": a})).await.unwrap();
    assert!(why.to_string().contains(b.as_str()) && lacks(&why.to_string()), "neighbours go by code: {why}");
    let parameters = desk.ask("parameters.show", json!({})).await.unwrap();
    assert!(lacks(&parameters.to_string()), "{parameters}");

    let lines = desk.call("history.list", json!({"about": "all", "skip": 0, "limit": 500})).await.unwrap();
    let lines = lines["lines"].as_array().unwrap();
    let decisions: Vec<&Value> = lines.iter().filter(|line| line["what"][0] == "history-decision").collect();
    assert_eq!(decisions[0]["after"], format!("{c} › {a} › {b}"), "by code since");
    let masked = |line: &&&Value| line["after"] == "***" && line["reason"] == "***" && line["what"][1][0][1] == "***";
    // The second one was recorded for all three, as was the first.
    assert_eq!(decisions.iter().filter(masked).count(), 6, "of before only that something was decided: {decisions:?}");
    let withdraw = json!({"entries": [a, b, c], "reason": "重抽", "preview": false});
    desk.ask("standings.withdraw_decision", withdraw).await.unwrap();
    let refused = desk.ask("results.finalise", json!({"reason": ""})).await.unwrap_err();
    assert!(refused.code == "undecided" && refused.message.contains(a.as_str()), "{}", refused.message);
    assert!(lacks(&refused.message), "{}", refused.message);
}

#[tokio::test]
async fn theory_of_before_sealing_is_nowhere_until_two_people_open_the_names() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let column = async |id: &str| -> Vec<Value> {
        let view = desk.ask("standings.show", json!({})).await.unwrap();
        let at = view["columns"].as_array().unwrap().iter().position(|column| column["id"] == id).unwrap();
        view["rows"].as_array().unwrap().iter().map(|row| row["values"][at].clone()).collect()
    };
    let shown =
        |values: &[Value]| values.iter().filter(|value| value.as_str().is_some_and(|text| !text.is_empty())).count();
    assert!(shown(&column("theory").await) > 50);
    desk.drawn_and_sealed().await;
    assert_eq!((shown(&column("theory").await), shown(&column("total").await)), (0, 0), "a total would tell theory");
    let view = desk.ask("standings.show", json!({})).await.unwrap();
    assert!(view["veiled"].as_u64().unwrap() > 50 && view["rows"][0]["rank"].is_null(), "{view}");
    let sheet = desk.ask("marks.sheet", json!({"of": {"module": {"module": "theory", "judge": null}}})).await.unwrap();
    let texts =
        sheet["rows"].as_array().unwrap().iter().map(|row| row["cells"][0]["text"].as_str().unwrap_or_default());
    assert!(texts.clone().all(str::is_empty), "{:?}", texts.collect::<Vec<_>>());
    let entry = sheet["rows"][0]["entry"].clone();
    let mark = json!({"entry": entry, "item": "T", "judge": null, "text": "61.5", "replaces": [], "reason": ""});
    assert_eq!(desk.ask("marks.enter", mark).await.unwrap_err().code, "imported-sealed", "nor is it written over");
    let steps = desk.ask("results.steps", json!({})).await.unwrap();
    let names: Vec<&str> = steps["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap()).collect();
    assert_eq!(names[..3], ["sheets", "checked", "unseal"], "the way leads through the seal first");
    for (office, name) in [("draw_officer", "模拟加密员"), ("supervisor", "模拟监督员")] {
        desk.ask("draw.unseal", json!({"office": office, "name": name, "reason": ""})).await.unwrap();
    }
    assert!(shown(&column("theory").await) > 50 && shown(&column("total").await) > 50);
}
