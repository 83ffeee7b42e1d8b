//! People sign in: enrolling, PINs, who may do what, several at once, a restart, keys and approvals.

use super::clock::Clock;
use crate::{Desk, open, sample, template};
use jiangsai_app::App;
use jiangsai_app::bundle::examine;
use jiangsai_domain::command::{Role, WireError};
use serde_json::{Value, json};

pub(super) const PIN: &str = "135790";

/// Somebody who works here, with a PIN at this computer; the officer's id.
pub(super) async fn enrol(desk: &Desk, name: &str, roles: &[Role], pin: &str) -> Value {
    let officer = json!({"name": name, "unit": "", "roles": roles});
    let save = json!({"id": null, "officer": officer, "reason": ""});
    let id = desk.ask_competition("people.save", save).await.unwrap();
    desk.ask_competition("people.set_pin", json!({"officer": id, "pin": pin})).await.unwrap();
    id
}

impl Desk {
    async fn officer(&self, name: &str) -> Value {
        let shown = self.ask_competition("people.start", json!({})).await.unwrap();
        let people = shown["people"].as_array().unwrap().clone();
        people.into_iter().find(|own| own["name"] == name).map_or(Value::Null, |own| own["officer"].clone())
    }

    /// The token of somebody who signs in.
    pub(super) async fn sign_in_as(&self, name: &str, pin: &str) -> Result<String, WireError> {
        let officer = self.officer(name).await;
        let signed_in = self.ask_competition("people.sign_in", json!({"officer": officer, "pin": pin})).await?;
        Ok(signed_in["token"].as_str().unwrap().to_owned())
    }

    /// As [`Desk::ask`], as somebody signed in.
    pub(super) async fn as_one(&self, token: &str, name: &str, mut payload: Value) -> Result<Value, WireError> {
        payload["competition"] = self.competition.clone().into();
        self.app.dispatch_as(Some(token), name, payload, None).await
    }

    pub(super) async fn of_event(&self, token: &str, name: &str, mut payload: Value) -> Result<Value, WireError> {
        payload["event"] = self.event.clone().into();
        self.as_one(token, name, payload).await
    }

    async fn awaited(&self, token: &str) -> Vec<Value> {
        self.as_one(token, "people.list", json!({})).await.unwrap()["awaited"].as_array().unwrap().clone()
    }
}

pub(super) fn code<T: std::fmt::Debug>(answer: Result<T, WireError>) -> String {
    answer.unwrap_err().code
}

#[tokio::test]
async fn people_sign_in_once_an_organiser_can_and_each_does_what_the_own_roles_allow() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    assert_eq!(code(desk.ask_competition("people.begin", json!({})).await), "sign-in-nobody");
    enrol(&desk, "模拟甲", &[Role::Organiser], PIN).await;
    enrol(&desk, "模拟乙", &[Role::Recorder], "246810").await;
    assert!(desk.ask_competition("competition.home", json!({})).await.is_ok(), "nobody signs in yet");
    desk.ask_competition("people.begin", json!({})).await.unwrap();

    for name in ["competition.home", "competition.settings", "ledger.verify", "people.list"] {
        assert_eq!(code(desk.ask_competition(name, json!({})).await), "sign-in-needed", "{name}");
    }
    assert_eq!(code(desk.app.dispatch("backups.list", json!({}), None).await), "sign-in-needed", "of the computer");
    assert!(desk.app.dispatch("competitions.list", json!({}), None).await.is_ok(), "the start screen");
    let status = desk.app.dispatch("app.status", json!({}), None).await.unwrap();
    assert_eq!(status["operator_mode"], false);
    let shown = desk.ask_competition("people.start", json!({})).await.unwrap();
    assert_eq!((&shown["on"], &shown["me"]), (&true.into(), &Value::Null));
    assert!(desk.ask_competition("desk.seats", json!({})).await.is_ok(), "judges sign in at desks as ever");

    // Two at once, each as who the person is.
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    let recorder = desk.sign_in_as("模拟乙", "246810").await.unwrap();
    let settings = desk.as_one(&organiser, "competition.settings", json!({})).await.unwrap();
    let edit = |title: &str| {
        let mut settings = settings.clone();
        settings["title"] = title.into();
        json!({ "settings": settings })
    };
    desk.as_one(&organiser, "competition.edit_settings", edit("模拟二")).await.unwrap();
    let refused = desk.as_one(&recorder, "competition.edit_settings", edit("模拟三")).await.unwrap_err();
    assert_eq!(refused.code, "role-needed");
    assert_eq!(refused.message, "这一步要由组织者来做；现在登录的身份是录分员。");
    assert_eq!(
        jiangsai_app::in_words(&refused, "en").message,
        "This step needs: organiser; signed in: recorder.",
        "in the other language without asking again"
    );
    assert!(desk.app.dispatch_as(Some(&organiser), "backups.list", json!({}), None).await.is_ok());
    assert_eq!(code(desk.app.dispatch_as(Some(&recorder), "backups.list", json!({}), None).await), "role-needed");
    let both = format!("{recorder} {organiser}");
    let shown = desk.as_one(&both, "people.start", json!({})).await.unwrap();
    assert_eq!(shown["me"]["name"], "模拟乙", "of two in one browser the first");
    let lines = desk.as_one(&organiser, "history.list", json!({"about": "all", "skip": 0, "limit": 50})).await.unwrap();
    let lines = lines["lines"].as_array().unwrap().clone();
    let edited = lines.iter().find(|line| line["what"][0] == "history-settings").unwrap();
    assert_eq!(edited["actor"], "模拟甲", "the history says who");

    // Whoever signs out is out; the other is not.
    desk.as_one(&recorder, "people.sign_out", json!({"token": recorder})).await.unwrap();
    assert_eq!(code(desk.as_one(&recorder, "competition.home", json!({})).await), "sign-in-needed");
    assert!(desk.as_one(&organiser, "competition.home", json!({})).await.is_ok());

    // A restart signs everybody out; the PIN unwraps the same key.
    let Desk { app, competition, event } = desk;
    drop(app);
    let desk = Desk { app: open(&folder).await.unwrap(), competition, event };
    assert_eq!(code(desk.as_one(&organiser, "competition.home", json!({})).await), "sign-in-needed");
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    assert_eq!(code(desk.as_one(&organiser, "people.end", json!({"reason": " "})).await), "reason-needed");
    desk.as_one(&organiser, "people.end", json!({"reason": "比赛结束"})).await.unwrap();
    assert!(desk.ask_competition("competition.home", json!({})).await.is_ok(), "approved with a key that counts");
    assert!(desk.app.dispatch("backups.list", json!({}), None).await.is_ok());
}

#[tokio::test]
async fn wrong_pins_lock_out_and_an_hour_without_an_act_signs_out() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::at(1_760_000_000_000);
    let app = App::open(folder.path(), clock.clone()).await.unwrap();
    let create = json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}});
    let competition = app.dispatch("competitions.create", create, None).await.unwrap().as_str().unwrap().to_owned();
    let desk = Desk { app, competition, event: String::new() };
    enrol(&desk, "模拟甲", &[Role::Organiser], PIN).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    for left in ["4", "3", "2", "1"] {
        let refused = desk.sign_in_as("模拟甲", "0000").await.unwrap_err();
        assert_eq!((refused.code.as_str(), refused.details[0].1.as_str()), ("pin-wrong", left));
    }
    assert_eq!(code(desk.sign_in_as("模拟甲", "0000").await), "pin-wait");
    assert_eq!(code(desk.sign_in_as("模拟甲", PIN).await), "pin-wait", "the right one as well");
    clock.forth(61_000);
    let token = desk.sign_in_as("模拟甲", PIN).await.unwrap();

    clock.forth(50 * 60_000);
    assert!(desk.as_one(&token, "competition.home", json!({})).await.is_ok(), "looking on is no act");
    desk.as_one(&token, "people.stay", json!({})).await.unwrap();
    clock.forth(50 * 60_000);
    assert!(desk.as_one(&token, "competition.home", json!({})).await.is_ok());
    clock.forth(10 * 60_000);
    assert_eq!(code(desk.as_one(&token, "competition.home", json!({})).await), "sign-in-needed");
}

#[tokio::test]
async fn whoever_has_no_pin_here_chooses_one_and_an_organiser_approves_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    enrol(&desk, "模拟甲", &[Role::Organiser], PIN).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    let officer = json!({"name": "模拟乙", "unit": "", "roles": ["checker"]});
    let save = json!({"id": null, "officer": officer, "reason": ""});
    let id = desk.as_one(&organiser, "people.save", save).await.unwrap();
    assert!(desk.awaited(&organiser).await.is_empty(), "a grant is approved as it is made");

    let ask = |pin: &str| json!({"officer": id, "pin": pin});
    assert_eq!(code(desk.ask_competition("people.ask_in", ask("12")).await), "pin-form");
    let asked = desk.ask_competition("people.ask_in", ask("246810")).await.unwrap();
    assert_eq!(asked["awaits"], true);
    assert_eq!(code(desk.sign_in_as("模拟乙", "246810").await), "officer-awaits");
    let awaited = desk.awaited(&organiser).await;
    assert_eq!(awaited[0]["what"][0], "approval-key");
    let args = awaited[0]["what"][1].as_array().unwrap();
    assert!(args.contains(&json!(["key", asked["fingerprint"]])), "to be compared by voice");
    desk.as_one(&organiser, "people.approve", json!({"record": awaited[0]["record"]})).await.unwrap();
    let checker = desk.sign_in_as("模拟乙", "246810").await.unwrap();
    assert_eq!(code(desk.ask_competition("people.ask_in", ask("111111")).await), "officer-has-pin");

    // The organiser sets another PIN: the old one, and whoever came in with it, are out.
    desk.as_one(&organiser, "people.set_pin", ask("111111")).await.unwrap();
    assert_eq!(code(desk.as_one(&checker, "competition.home", json!({})).await), "sign-in-needed");
    assert_eq!(code(desk.sign_in_as("模拟乙", "246810").await), "pin-wrong");
    let checker = desk.sign_in_as("模拟乙", "111111").await.unwrap();
    assert!(desk.awaited(&organiser).await.is_empty(), "an organiser's key stands behind the new one");

    // Whoever no longer works here is out at once.
    let retired = json!({"name": "模拟乙", "unit": "", "roles": ["checker"], "retired": true});
    let save = json!({"id": id, "officer": retired, "reason": "换人"});
    desk.as_one(&organiser, "people.save", save).await.unwrap();
    assert_eq!(code(desk.as_one(&checker, "competition.home", json!({})).await), "sign-in-needed");
    let own = desk.officer("模拟甲").await;
    let retired = json!({"name": "模拟甲", "unit": "", "roles": ["organiser"], "retired": true});
    let last = desk.as_one(&organiser, "people.save", json!({"id": own, "officer": retired, "reason": "换人"})).await;
    assert_eq!(code(last), "last-organiser");

    // A grant for another computer is none here.
    let elsewhere = json!({"name": "模拟丙", "unit": "", "roles": ["checker"], "nodes": ["0".repeat(64)]});
    let save = json!({"id": null, "officer": elsewhere, "reason": ""});
    let third = desk.as_one(&organiser, "people.save", save).await.unwrap();
    assert_eq!(desk.officer("模拟丙").await, Value::Null, "not on the start screen");
    let refused = desk.as_one(&organiser, "people.set_pin", json!({"officer": third, "pin": PIN})).await;
    assert_eq!(code(refused), "officer-elsewhere");
}

#[tokio::test]
async fn decisions_are_approved_with_the_own_key_and_lack_what_others_have_to_give() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    enrol(&desk, "模拟甲", &[Role::Organiser], PIN).await;
    enrol(&desk, "模拟乙", &[Role::ChiefJudge], PIN).await;
    enrol(&desk, "模拟丙", &[Role::Supervisor], PIN).await;
    enrol(&desk, "模拟丁", &[Role::DrawOfficer], PIN).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let mut tokens = Vec::new();
    for name in ["模拟甲", "模拟乙", "模拟丙", "模拟丁"] {
        tokens.push(desk.sign_in_as(name, PIN).await.unwrap());
    }
    let [organiser, chief, supervisor, drawer] = &tokens[..] else { panic!() };

    // A seal is of two persons: the second comes and approves it.
    let seal = json!({"officer": "模拟丁", "supervisor": "模拟丙"});
    desk.of_event(drawer, "draw.seal", seal).await.unwrap();
    let awaited = desk.awaited(organiser).await;
    assert_eq!((awaited.len(), &awaited[0]["missing"]), (1, &json!([["supervisor"]])));
    let record = json!({"record": awaited[0]["record"]});
    assert_eq!(code(desk.as_one(chief, "people.approve", record.clone()).await), "approve-role");
    let home = desk.as_one(organiser, "competition.home", json!({})).await.unwrap();
    assert!(home["counts"]["findings"].as_u64().unwrap() >= 1, "it is a finding");
    desk.as_one(supervisor, "people.approve", record.clone()).await.unwrap();
    assert!(desk.awaited(organiser).await.is_empty());
    assert_eq!(code(desk.as_one(supervisor, "people.approve", record).await), "nothing-to-approve");

    // Results are confirmed, opened and made final, each by whoever it is for.
    for (token, office, name) in [(drawer, "draw_officer", "模拟丁"), (supervisor, "supervisor", "模拟丙")] {
        let open = json!({"office": office, "name": name, "reason": "成绩已确认"});
        desk.of_event(token, "draw.unseal", open).await.unwrap();
    }
    for (token, duty, name) in [(chief, "chief_judge", "模拟乙"), (supervisor, "supervisor", "模拟丙")] {
        let seen = desk.of_event(token, "results.steps", json!({})).await.unwrap()["seen"].clone();
        let confirm = json!({"duty": duty, "name": name, "seen": seen, "reason": "颁奖在即"});
        desk.of_event(token, "results.confirm", confirm).await.unwrap();
    }
    desk.of_event(chief, "results.finalise", json!({"reason": "颁奖在即"})).await.unwrap();
    assert!(desk.awaited(organiser).await.is_empty(), "{:?}", desk.awaited(organiser).await);
    // A supervisor who confirms in the place of the chief judge has no key for it.
    desk.of_event(chief, "results.reopen", json!({"reason": "查分"})).await.unwrap();
    let seen = desk.of_event(supervisor, "results.steps", json!({})).await.unwrap()["seen"].clone();
    let confirm = json!({"duty": "chief_judge", "name": "模拟乙二", "seen": seen, "reason": "颁奖在即"});
    desk.of_event(supervisor, "results.confirm", confirm).await.unwrap();
    let awaited = desk.awaited(organiser).await;
    assert_eq!((awaited.len(), &awaited[0]["missing"]), (1, &json!([["chief_judge"]])));
    // Whoever has the published records finds the same.
    let made = desk.as_one(organiser, "bundle.export", json!({"what": "published"})).await.unwrap();
    let bytes = std::fs::read(made["path"].as_str().unwrap()).unwrap();
    let found = examine(&bytes, &desk.competition, None).unwrap();
    let lacking: Vec<_> = found.decided.iter().filter(|own| !own.missing.is_empty()).collect();
    assert!(found.decided.len() > 3 && !found.is_approved(), "{:?}", found.decided);
    assert_eq!((lacking.len(), &lacking[0].missing[..]), (1, &["chief_judge".to_owned()][..]));
    assert_eq!(json!(lacking[0].record), awaited[0]["record"]);
    let quarantined = desk.as_one(chief, "quarantine.list", json!({})).await.unwrap();
    assert_eq!(quarantined["records"], json!([]), "everybody had the right to what was written");
    let report = desk.as_one(chief, "ledger.verify", json!({})).await.unwrap();
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &true.into()));
}

#[tokio::test]
async fn a_computer_is_revoked_in_the_name_of_whoever_signed_in_who_approves_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    enrol(&desk, "模拟甲", &[Role::Organiser], PIN).await;
    let code = desk.app.dispatch("sync.pairing_code", json!({}), None).await.unwrap();
    let secret: String = code.as_str().unwrap().replace('-', "").chars().take(12).collect();
    let key = jiangsai_ledger::SigningKey::from_bytes(&[7; 32]).verifying_key();
    let key = jiangsai_ledger::Hash::from_bytes(key.as_bytes()).unwrap();
    let introduction = json!({"code": secret, "key": key, "name": "模拟台", "node": "00ff"});
    desk.app.answer_node("pair", None, None, introduction.to_string().as_bytes()).await.unwrap();
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    for (name, until) in [("nodes.revoke", json!({"until": "now"})), ("nodes.restore", json!({}))] {
        let mut request = json!({"node": "00ff", "reason": "模拟丢失", "preview": false});
        request.as_object_mut().unwrap().extend(until.as_object().unwrap().clone());
        let effect = desk.app.dispatch_as(Some(&organiser), name, request, None).await.unwrap();
        assert_eq!(effect["applied"], true, "{name}");
        assert!(desk.awaited(&organiser).await.is_empty(), "{name}: approved as it was said");
        let asked = json!({"about": "all", "skip": 0, "limit": 9});
        let history = desk.as_one(&organiser, "history.list", asked).await.unwrap();
        let lines = history["lines"].as_array().unwrap();
        let said = lines.iter().find(|line| line["reason"] == "模拟丢失").unwrap();
        assert_eq!(said["actor"], "模拟甲", "{name}");
    }
}
