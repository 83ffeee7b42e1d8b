//! A judge's desk: signing in by PIN, own sheets alone, signing them, and what is refused.

use crate::{Desk, sample};
use jiangsai_domain::command::WireError;
use serde_json::{Value, json};

impl Desk {
    /// The id of a judge by code.
    pub(super) async fn judge(&self, code: &str) -> Value {
        let list = self.ask("judges.list", json!({})).await.unwrap();
        let all = list["judges"].as_array().unwrap().clone();
        all.into_iter().find(|judge| judge[1]["code"] == code).unwrap()[0].clone()
    }

    /// Signs a judge in with a PIN that is set before.
    pub(super) async fn sign_in(&self, code: &str) -> String {
        let judge = self.judge(code).await;
        self.ask_competition("judges.set_pin", json!({"judge": judge, "pin": "135790"})).await.unwrap();
        self.pin(code, "135790").await.unwrap()["token"].as_str().unwrap().to_owned()
    }

    pub(super) async fn pin(&self, code: &str, pin: &str) -> Result<Value, WireError> {
        let judge = self.judge(code).await;
        self.ask_competition("desk.sign_in", json!({"judge": judge, "pin": pin})).await
    }

    pub(super) async fn desk(&self, token: &str, at: &Value) -> Result<Value, WireError> {
        self.ask("desk.show", json!({"token": token, "at": at})).await
    }

    /// Marks an item on a sheet as it stands now.
    pub(super) async fn at_desk(&self, token: &str, at: &Value, item: &str, text: &str) -> Result<Value, WireError> {
        self.at_desk_because(token, at, item, text, "").await
    }

    /// As [`Self::at_desk`], with why.
    async fn at_desk_because(
        &self,
        token: &str,
        at: &Value,
        item: &str,
        text: &str,
        reason: &str,
    ) -> Result<Value, WireError> {
        let desk = self.desk(token, at).await?;
        let items = desk["sheet"]["items"].as_array().unwrap().clone();
        let own = items.iter().find(|own| own["rule"]["id"] == item).cloned();
        let replaces = own.map_or_else(|| json!([]), |own| own["cells"][0]["current"].clone());
        let mark = json!({"token": token, "at": at, "item": item, "attempt": 1, "text": text, "replaces": replaces, "reason": reason});
        self.ask("desk.mark", mark).await
    }

    pub(super) async fn sign(&self, token: &str, at: &Value) -> Result<Value, WireError> {
        let shown = self.desk(token, at).await?;
        self.sign_seen(token, at, &shown).await
    }

    /// Signs a sheet as it was shown.
    pub(super) async fn sign_seen(&self, token: &str, at: &Value, shown: &Value) -> Result<Value, WireError> {
        let items = shown["sheet"]["items"].as_array().unwrap();
        let cells = items.iter().flat_map(|item| item["cells"].as_array().unwrap());
        let marks: Vec<Value> = cells.flat_map(|cell| cell["current"].as_array().unwrap().clone()).collect();
        self.ask("desk.sign", json!({"token": token, "at": at, "marks": marks})).await
    }

    pub(super) async fn reopen(&self, at: &Value, judge: &Value, reason: &str) -> Result<Value, WireError> {
        let sheet = json!({"entry": at["entry"], "module": at["module"], "judge": judge, "reason": reason});
        self.ask("sheets.reopen", sheet).await
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, WireError>) -> String {
    let error = answer.unwrap_err();
    assert!(error.refusal, "advice, not a failure: {error:?}");
    error.code
}

#[tokio::test]
async fn guessing_a_pin_is_slow_and_a_restart_forgives_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    desk.sign_in("P01").await;
    for left in (1..5).rev() {
        let error = desk.pin("P01", "000000").await.unwrap_err();
        assert_eq!(error.code, "pin-wrong");
        assert_eq!(error.details, [("left".to_owned(), left.to_string())]);
    }
    assert_eq!(code(desk.pin("P01", "000000").await), "pin-wait");
    assert_eq!(code(desk.pin("P01", "135790").await), "pin-wait", "the right one has to wait as well");
    let Desk { app, competition, event } = desk;
    drop(app);
    let desk = Desk { app: crate::open(&folder).await.unwrap(), competition, event };
    assert_eq!(code(desk.pin("P01", "135790").await), "pin-wait");
    desk.sign_in("P02").await;
    desk.sign_in("P01").await;
}

#[tokio::test]
async fn a_desk_shows_own_sheets_by_blind_code_and_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("P01").await;
    let shown = desk.desk(&token, &Value::Null).await.unwrap();
    let items: Vec<&str> =
        shown["sheet"]["items"].as_array().unwrap().iter().map(|item| item["rule"]["id"].as_str().unwrap()).collect();
    assert_eq!(items, ["B3.1", "B3.2", "B3.3"], "the items of the panel P01 sits on");
    let text = shown.to_string();
    let people = desk.ask("entries.list", json!({"search": ""})).await.unwrap();
    for row in people["rows"].as_array().unwrap() {
        assert!(!text.contains(row["form"]["name"].as_str().unwrap()), "{row}");
    }
    let at = shown["sheet"]["at"].clone();
    let mut other = at.clone();
    other["common"] = true.into();
    assert_eq!(code(desk.desk(&token, &other).await), "not-your-sheet", "X02 leads module B");
    assert_eq!(code(desk.at_desk(&token, &at, "B1.1", "1").await), "not-your-sheet");
    assert_eq!(code(desk.desk("no token", &at).await), "signed-out");
    let leader = desk.sign_in("X02").await;
    assert!(desk.desk(&leader, &other).await.is_ok(), "the group leader writes what is marked once");
}

#[tokio::test]
async fn a_sheet_is_signed_when_nothing_is_missing_and_read_only_until_it_is_opened_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("P01").await;
    let shown = desk.desk(&token, &Value::Null).await.unwrap();
    let at = shown["sheet"]["at"].clone();
    let judge = desk.judge("P01").await;
    desk.at_desk(&token, &at, "B3.2", "").await.unwrap();
    let error = desk.sign(&token, &at).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.details[1].1.as_str()), ("sheet-incomplete", "B3.2"));
    assert_eq!(code(desk.at_desk(&token, &at, "B3.2", "5.5").await), "mark-above-maximum");
    desk.at_desk(&token, &at, "B3.2", "5").await.unwrap();
    let shown = desk.desk(&token, &at).await.unwrap();
    desk.at_desk(&token, &at, "B3.2", "4.5").await.unwrap();
    assert_eq!(
        code(desk.sign_seen(&token, &at, &shown).await),
        "stale",
        "a mark has landed that the judge did not see"
    );
    desk.at_desk(&token, &at, "B3.2", "5").await.unwrap();
    let signed = desk.sign(&token, &at).await.unwrap();
    assert_eq!(signed["sheet"]["state"], "signed");
    assert_eq!(code(desk.at_desk(&token, &at, "B3.2", "4").await), "sheet-signed");
    let grid =
        json!({"entry": at["entry"], "item": "B3.2", "judge": judge, "text": "4", "replaces": [], "reason": "改"});
    assert_eq!(code(desk.ask("marks.enter", grid).await), "sheet-signed", "nor through the grid");
    assert_eq!(code(desk.reopen(&at, &judge, " ").await), "reason-needed");
    desk.reopen(&at, &judge, "漏看第二页").await.unwrap();
    assert_eq!(code(desk.reopen(&at, &judge, "再来").await), "sheet-not-signed");
    let open = desk.at_desk(&token, &at, "B3.2", "4").await.unwrap();
    assert_eq!((&open["sheet"]["state"], &open["sheet"]["reason"]), (&json!("reopened"), &json!("漏看第二页")));
    assert_eq!(desk.sign(&token, &at).await.unwrap()["sheet"]["state"], "signed");
    let history = desk.ask_competition("history.list", json!({"about": "all", "skip": 0, "limit": 2})).await.unwrap();
    assert_eq!(
        (&history["lines"][0]["actor"], &history["lines"][0]["after"]),
        (&json!("P01"), &json!("sheet-is-signed-own-key"))
    );
}

#[tokio::test]
async fn once_results_were_final_a_sheet_that_was_never_signed_is_marked_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    desk.finalise().await;
    desk.ask("results.reopen", json!({"reason": "查分后更正"})).await.unwrap();
    let token = desk.sign_in("P01").await;
    let at = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"].clone();
    assert_eq!(code(desk.at_desk(&token, &at, "B3.2", "").await), "reason-needed");
    desk.at_desk_because(&token, &at, "B3.2", "", "漏看第二页").await.unwrap();
    let history = desk.ask_competition("history.list", json!({"about": "all", "skip": 0, "limit": 1})).await.unwrap();
    assert_eq!(history["lines"][0]["reason"], "漏看第二页");
}

#[tokio::test]
async fn a_colleague_looks_without_typing_and_a_desk_is_for_one_session() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("P01").await;
    let at = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"].clone();
    desk.ask_competition("desk.look", json!({"token": token})).await.unwrap();
    assert!(desk.desk(&token, &at).await.unwrap()["looking"].as_bool().unwrap());
    assert_eq!(code(desk.at_desk(&token, &at, "B3.1", "1").await), "looking-on");
    let token = desk.sign_in("P01").await;
    let judge = desk.judge("P02").await;
    let lock = |judge: &Value, session: &str| json!({"lock": {"judge": judge, "session": session, "station": ""}});
    desk.ask_competition("desk.lock", lock(&Value::Null, "B")).await.unwrap();
    assert_eq!(code(desk.desk(&token, &at).await), "desk-elsewhere", "an entry of another session");
    assert_eq!(code(desk.at_desk(&token, &at, "B3.1", "1").await), "desk-elsewhere");
    let shown = desk.desk(&token, &Value::Null).await.unwrap();
    assert!(shown["sheets"].as_array().unwrap().iter().all(|line| line["session"] == "B"));
    desk.ask_competition("desk.lock", lock(&judge, "")).await.unwrap();
    assert_eq!(code(desk.pin("P01", "135790").await), "desk-elsewhere");
    desk.sign_in("P02").await;
    desk.ask_competition("desk.sign_out", json!({"token": token})).await.unwrap();
    assert_eq!(code(desk.desk(&token, &Value::Null).await), "signed-out");
}

#[tokio::test]
async fn a_closed_desk_is_left_with_its_code_alone() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let closed = async || desk.app.dispatch("app.status", json!({}), None).await.unwrap()["closed"].clone();
    let lock = |release: &str| json!({"lock": {"judge": null, "session": "A", "station": ""}, "release": release});
    assert_eq!(code(desk.ask_competition("desk.lock", lock("12")).await), "pin-form", "too short to hold");
    assert_eq!(closed().await, Value::Null, "and nothing is closed");
    desk.ask_competition("desk.lock", lock("2468")).await.unwrap();
    assert_eq!(closed().await, json!(desk.competition));
    let seats = desk.ask_competition("desk.seats", json!({})).await.unwrap();
    assert!(
        !seats.to_string().contains("2468") && !seats.to_string().contains("argon"),
        "the code is not told: {seats}"
    );
    let release = |code: &str| json!({"release": code});
    assert_eq!(code(desk.ask_competition("desk.release", release("1357")).await), "pin-wrong");
    assert_eq!(closed().await, json!(desk.competition));
    desk.ask_competition("desk.release", release("2468")).await.unwrap();
    assert_eq!(closed().await, Value::Null);
    assert_eq!(
        desk.ask_competition("desk.seats", json!({})).await.unwrap()["lock"]["session"],
        "A",
        "still for a session"
    );
    desk.ask_competition("desk.lock", lock("2468")).await.unwrap();
    for _ in 0..4 {
        assert_eq!(code(desk.ask_competition("desk.release", release("0000")).await), "pin-wrong");
    }
    assert_eq!(code(desk.ask_competition("desk.release", release("0000")).await), "pin-wait", "nobody guesses on");
    assert_eq!(code(desk.ask_competition("desk.release", release("2468")).await), "pin-wait");
    // Whoever forgot it has the command line.
    desk.ask_competition("desk.lock", lock("")).await.unwrap();
    assert_eq!(closed().await, Value::Null);
}

#[tokio::test]
async fn notes_extra_time_and_the_contestants_word_are_on_record() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("X03").await;
    let entry = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"]["entry"].clone();
    let at = json!({"entry": entry, "module": "C", "common": true});
    let about = |more: Value| {
        let mut request = more;
        request["token"] = token.clone().into();
        request["at"] = at.clone();
        request
    };
    let noted = desk.ask("desk.note", about(json!({"item": "C1.2", "text": " 未验电 "}))).await.unwrap();
    let item = noted["sheet"]["items"].as_array().unwrap().iter().find(|item| item["rule"]["id"] == "C1.2").cloned();
    assert_eq!(item.unwrap()["note"], "未验电");
    assert_eq!(code(desk.ask("desk.extra_time", about(json!({"seconds": 120, "reason": ""}))).await), "reason-needed");
    let timed = desk.ask("desk.extra_time", about(json!({"seconds": 120, "reason": "设备断电"}))).await.unwrap();
    assert_eq!(timed["sheet"]["extra_time"], 120);
    let refused = about(json!({"confirmation": "refused", "reason": ""}));
    assert_eq!(code(desk.ask("desk.confirm", refused).await), "reason-needed");
    let refused = about(json!({"confirmation": "refused", "reason": "对用时有异议"}));
    assert_eq!(desk.ask("desk.confirm", refused).await.unwrap()["sheet"]["confirmed"], "refused");
    let hall = desk.ask("hall.show", json!({})).await.unwrap();
    assert_eq!(hall["remarks"][0]["reason"], "对用时有异议 · 设备断电");
}
