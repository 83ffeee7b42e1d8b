//! Accounts of those who come in by a browser from elsewhere: set up, signed in, changed, ended; and every command as each of them.

use super::authenticator::shows;
use super::clock::Clock;
use super::sealed::{Known, addressed, requests};
use crate::{Desk, create};
use jiangsai_app::App;
use jiangsai_app::accounts::{AtDoor, Cookie, Entered, LetIn};
use jiangsai_domain::account::May;
use jiangsai_domain::command::{Kind, WireError};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use tempfile::TempDir;

const NOW: i64 = 1_764_300_000_000;
const STEP: i64 = 30_000;
const PASSWORD: &str = "秋天的湖面上有三只野鸭子";

/// A headquarters, and the browser of one person.
struct Hq {
    app: App,
    clock: Arc<Clock>,
    now: i64,
    _folder: TempDir,
}

/// What somebody has: account name, the letters in the app, recovery codes, token and mark.
struct Somebody {
    name: String,
    letters: String,
    recovery: Vec<String>,
    token: String,
    known: String,
}

fn kept(let_in: &LetIn) -> (Option<String>, Option<String>) {
    let (mut token, mut known) = (None, None);
    for cookie in &let_in.cookies {
        match cookie {
            Cookie::Session(own) => token = Some(own.clone()),
            Cookie::NoSession => token = None,
            Cookie::Known(mark) => known = Some(mark.clone()),
        }
    }
    (token, known)
}

impl Hq {
    async fn open() -> Self {
        let (folder, clock) = (tempfile::tempdir().unwrap(), Clock::at(NOW));
        let app = App::open(folder.path(), clock.clone()).await.unwrap();
        Self { app, clock, now: NOW, _folder: folder }
    }

    fn forth(&mut self, by: i64) {
        self.clock.forth(by);
        self.now += by;
    }

    async fn ask(
        &self,
        session: Option<&str>,
        known: Option<&str>,
        name: &str,
        payload: Value,
    ) -> Result<LetIn, WireError> {
        let from = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
        let at = AtDoor { session, known, browser: "Firefox · Linux", host: "hq.example.org", from };
        self.app.ask_at_door(name, payload, at, None).await
    }

    /// Adds an account and sets it up.
    async fn somebody(&mut self, name: &str, may: May) -> Somebody {
        let link = self.app.accounts().add(name, may).await.unwrap().code;
        self.set_up(name, &link).await
    }

    async fn set_up(&mut self, name: &str, link: &str) -> Somebody {
        let begun = self.ask(None, None, "begin_set_up", json!({"link": link})).await.unwrap().reply;
        let letters = begun["authenticator"]["letters"].as_str().unwrap().to_owned();
        let set_up = json!({"link": link, "password": PASSWORD, "code": shows(&letters, self.now)});
        let done = self.ask(None, None, "set_up", set_up).await.unwrap();
        let (token, known) = kept(&done);
        let codes = done.reply["codes"].as_array().unwrap();
        let recovery = codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        self.forth(STEP);
        let (token, known) = (token.unwrap(), known.unwrap());
        Somebody { name: name.to_owned(), letters, recovery, token, known }
    }

    async fn sign_in(&self, who: &Somebody, password: &str, code: &str) -> Result<LetIn, WireError> {
        self.sign_in_with(None, who, password, code).await
    }

    async fn sign_in_with(
        &self,
        known: Option<&str>,
        who: &Somebody,
        password: &str,
        code: &str,
    ) -> Result<LetIn, WireError> {
        let asked = json!({"name": who.name, "password": password, "code": code});
        self.ask(None, known, "sign_in", asked).await
    }

    async fn entered(&self, token: &str) -> Option<Entered> {
        self.app.entered(Some(token), None).await.unwrap()
    }
}

fn code_of<T>(answer: Result<T, WireError>) -> String {
    answer.err().map_or_else(|| "ok".to_owned(), |error| error.code)
}

#[tokio::test]
async fn every_command_is_let_through_as_its_kind_says() {
    let mut hq = Hq::open().await;
    let (look, work) = (hq.somebody("只看", May::Look).await, hq.somebody("办理", May::Work).await);
    let (look, work) = (hq.entered(&look.token).await.unwrap(), hq.entered(&work.token).await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    let made = create(&folder, json!({"title": "", "event": "", "from": "sample"})).await;
    // Ids of a competition that is not here: what lets through says so, and changes nothing.
    let desk = Desk { app: hq.app.clone(), ..made };
    let known = Known::nobody();
    for (name, kind, _) in jiangsai_app::commands() {
        let request = || addressed(&desk, name, requests(name, &known).remove(0));
        let nobody = hq.app.dispatch_at_door(None, None, name, request(), None).await;
        assert_eq!(code_of(nobody), "account-needed", "{name} as nobody");
        let looked = code_of(hq.app.dispatch_at_door(Some(&look), None, name, request(), None).await);
        assert_eq!(looked == "look-only", kind == Kind::Mutation, "{name} as one who may look: {looked}");
        assert!(looked != "bad-request" && looked != "account-needed", "{name} was not tried: {looked}");
        let worked = code_of(hq.app.dispatch_at_door(Some(&work), None, name, request(), None).await);
        assert!(worked != "look-only" && worked != "account-needed", "{name} as one who may work: {worked}");
    }
}

#[tokio::test]
async fn where_people_sign_in_an_account_that_may_work_still_has_no_role() {
    let mut hq = Hq::open().await;
    let work = hq.somebody("办理", May::Work).await;
    let work = hq.entered(&work.token).await.unwrap();
    let created = json!({"title": "", "event": "", "from": "sample"});
    let made = hq.app.dispatch_at_door(Some(&work), None, "competitions.create", created, None).await.unwrap();
    let desk = Desk { app: hq.app.clone(), competition: made.as_str().unwrap().to_owned(), event: String::new() };
    super::people::enrol(&desk, "模拟组织者", &[jiangsai_domain::command::Role::Organiser], super::people::PIN).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let token = desk.sign_in_as("模拟组织者", super::people::PIN).await.unwrap();
    let settings = async |tokens: Option<&str>| {
        let asked = json!({"competition": desk.competition});
        code_of(hq.app.dispatch_at_door(Some(&work), tokens, "competition.settings", asked, None).await)
    };
    assert_eq!(settings(None).await, "sign-in-needed");
    assert_eq!(settings(Some(&token)).await, "ok");
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_the_same() {
    let mut hq = Hq::open().await;
    let own = hq.somebody("模拟甲", May::Look).await;
    let waiting = hq.app.accounts().add("模拟乙", May::Look).await.unwrap();
    let right = shows(&own.letters, hq.now);
    let nobody = |name: &str| Somebody {
        name: name.to_owned(),
        letters: String::new(),
        recovery: Vec::new(),
        token: String::new(),
        known: String::new(),
    };
    let wrong = [
        hq.sign_in(&nobody("没有这个人"), PASSWORD, &right).await,
        hq.sign_in(&own, "秋天的湖面上有三只野鸭", &right).await,
        hq.sign_in(&own, PASSWORD, "000000").await,
        hq.sign_in(&own, PASSWORD, "").await,
        hq.sign_in(&nobody("模拟乙"), &waiting.code, &right).await,
        hq.sign_in(&nobody(""), "", "").await,
    ];
    let answers: Vec<WireError> = wrong.into_iter().map(|answer| answer.err().unwrap()).collect();
    assert_eq!(answers[0].code, "account-wrong");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let let_in = hq.sign_in(&own, PASSWORD, &format!(" {} {} ", &right[..3], &right[3..])).await.unwrap();
    assert_eq!(let_in.reply, json!({"name": "模拟甲", "may": "look", "recovery_left": 8}));
    let again = hq.sign_in(&own, PASSWORD, &right).await;
    assert_eq!(code_of(again), "account-wrong", "a code counts once");
}

#[tokio::test]
async fn recovery_codes_work_once_each() {
    let mut hq = Hq::open().await;
    let own = hq.somebody("模拟甲", May::Look).await;
    assert_eq!(own.recovery.len(), 8);
    let other = hq.somebody("模拟乙", May::Look).await;
    assert_eq!(code_of(hq.sign_in(&own, PASSWORD, &other.recovery[0]).await), "account-wrong", "somebody else's");
    assert_eq!(code_of(hq.sign_in(&own, "另一个一二三四五六七八九", &own.recovery[0]).await), "account-wrong");
    let typed = own.recovery[0].to_lowercase().replace('-', " ");
    let let_in = hq.sign_in(&own, PASSWORD, &typed).await.unwrap();
    assert_eq!(let_in.reply["recovery_left"], 7);
    assert_eq!(code_of(hq.sign_in(&own, PASSWORD, &typed).await), "account-wrong");
}

#[tokio::test]
async fn guessing_is_slowed_and_the_owner_is_not_kept_out() {
    let mut hq = Hq::open().await;
    let own = hq.somebody("模拟甲", May::Look).await;
    let mut waits = 0;
    for _ in 0..60 {
        match hq.sign_in(&own, "不是这个密码不是这个密码", "000000").await {
            Err(error) if error.code == "account-wait" => {
                let seconds: i64 = error.details[0].1.parse().unwrap();
                assert!(seconds <= 31, "never longer than half a minute: {seconds}");
                waits += 1;
                hq.forth(seconds * 1_000);
            }
            other => assert_eq!(code_of(other), "account-wrong"),
        }
    }
    assert!(waits > 20, "{waits} waits");
    let stranger = hq.sign_in(&own, "不是这个密码不是这个密码", "000000").await;
    let now_waits = code_of(stranger);
    let code = shows(&own.letters, hq.now);
    let known = hq.sign_in_with(Some(&own.known), &own, PASSWORD, &code).await;
    assert_eq!(code_of(known), "ok", "in the browser that is known, whatever strangers do ({now_waits})");
    hq.forth(STEP);
    // A name that nobody has waits as well.
    let nobody = Somebody { name: "没有".to_owned(), ..own };
    for _ in 0..5 {
        assert_eq!(code_of(hq.sign_in(&nobody, PASSWORD, "000000").await), "account-wrong");
    }
    assert_eq!(code_of(hq.sign_in(&nobody, PASSWORD, "000000").await), "account-wait");
    let forged = hq.sign_in_with(Some("00.00"), &nobody, PASSWORD, "000000").await;
    assert_eq!(code_of(forged), "account-wait", "a mark that is made up is none");
}

#[tokio::test]
async fn sessions_end_when_nobody_acts_and_after_twelve_hours() {
    let mut hq = Hq::open().await;
    let own = hq.somebody("模拟甲", May::Look).await;
    let entered = hq.entered(&own.token).await.unwrap();
    let status = || hq.app.dispatch_at_door(Some(&entered), None, "app.status", json!({}), None);
    status().await.unwrap();
    hq.forth(30 * 60_000 - STEP);
    assert!(hq.entered(&own.token).await.is_none(), "queries are no acts");

    let let_in = hq.sign_in(&own, PASSWORD, &shows(&own.letters, hq.now)).await.unwrap();
    let token = kept(&let_in).0.unwrap();
    for minutes in (0..720).step_by(20) {
        assert!(hq.entered(&token).await.is_some(), "{minutes} minutes");
        hq.ask(Some(&token), None, "stay", json!({})).await.unwrap();
        hq.forth(20 * 60_000);
    }
    assert!(hq.entered(&token).await.is_none(), "twelve hours");
    assert_eq!(code_of(hq.ask(Some(&token), None, "stay", json!({})).await), "account-needed");
}

#[tokio::test]
async fn signing_out_reset_and_removal_end_sessions_at_once() {
    let mut hq = Hq::open().await;
    let own = hq.somebody("模拟甲", May::Work).await;
    let second = kept(&hq.sign_in(&own, PASSWORD, &shows(&own.letters, hq.now)).await.unwrap()).0.unwrap();
    let list = hq.ask(Some(&second), None, "sessions", json!({})).await.unwrap().reply;
    let own_ones: Vec<&Value> = list.as_array().unwrap().iter().map(|one| &one["own"]).collect();
    assert_eq!(own_ones, [true, false]);
    hq.ask(Some(&second), None, "sign_out", json!({})).await.unwrap();
    assert!(hq.entered(&second).await.is_none() && hq.entered(&own.token).await.is_some());
    hq.ask(Some(&own.token), None, "sign_out_everywhere", json!({})).await.unwrap();
    assert!(hq.entered(&own.token).await.is_none());

    hq.forth(STEP);
    let third = kept(&hq.sign_in(&own, PASSWORD, &shows(&own.letters, hq.now)).await.unwrap()).0.unwrap();
    let link = hq.app.accounts().reset("模拟甲").await.unwrap().code;
    assert!(hq.entered(&third).await.is_none(), "a reset");
    hq.forth(STEP);
    assert_eq!(code_of(hq.sign_in(&own, PASSWORD, &shows(&own.letters, hq.now)).await), "account-wrong");
    let anew = hq.set_up("模拟甲", &link).await;
    let used = hq.ask(None, None, "begin_set_up", json!({"link": link})).await;
    assert_eq!(code_of(used), "link-gone", "the link again");
    assert!(hq.entered(&anew.token).await.is_some());
    hq.app.accounts().remove(" 模拟甲").await.unwrap();
    assert!(hq.entered(&anew.token).await.is_none(), "a removal");
    assert_eq!(code_of(hq.app.accounts().reset("模拟甲").await), "account-unknown");
}

#[tokio::test]
async fn a_set_up_link_ends_after_a_day_and_wants_a_good_password_and_a_code() {
    let mut hq = Hq::open().await;
    let link = hq.app.accounts().add("模拟甲乙丙丁戊己庚辛壬癸", May::Look).await.unwrap().code;
    let again = hq.app.accounts().add("模拟甲乙丙丁戊己庚辛壬癸", May::Work).await;
    assert_eq!(code_of(again), "account-taken");
    let letters = async || {
        let begun = hq.ask(None, None, "begin_set_up", json!({"link": link.to_lowercase()})).await.unwrap().reply;
        begun["authenticator"]["letters"].as_str().unwrap().to_owned()
    };
    let (first, second) = (letters().await, letters().await);
    assert_ne!(first, second, "what somebody saw before is no longer it");
    let set_up = async |password: &str, code: &str| {
        let asked = json!({"link": link, "password": password, "code": code});
        code_of(hq.ask(None, None, "set_up", asked).await)
    };
    let code = shows(&second, hq.now);
    assert_eq!(set_up("太短", &code).await, "password-short");
    assert_eq!(set_up("模拟甲乙丙丁戊己庚辛壬癸", &code).await, "password-name");
    assert_eq!(set_up("passwordpassword", &code).await, "password-common");
    assert_eq!(set_up(PASSWORD, &shows(&first, hq.now)).await, "authenticator-code");
    let wrong = hq.ask(None, None, "set_up", json!({"link": "0", "password": PASSWORD, "code": code})).await;
    assert_eq!(code_of(wrong), "link-gone");
    hq.forth(24 * 60 * 60_000);
    let late = json!({"link": link, "password": PASSWORD, "code": shows(&second, hq.now)});
    assert_eq!(code_of(hq.ask(None, None, "set_up", late).await), "link-gone", "a day later");
    let listed = hq.app.accounts().list().await.unwrap();
    assert_eq!((listed[0].is_set_up, listed[0].link_until), (false, None));
}

#[tokio::test]
async fn password_and_authenticator_are_changed_for_both_once_more() {
    let mut hq = Hq::open().await;
    let own = hq.somebody("模拟甲", May::Look).await;
    let other = kept(&hq.sign_in(&own, PASSWORD, &shows(&own.letters, hq.now)).await.unwrap()).0.unwrap();
    hq.forth(STEP);
    let new = "湖面上的三只野鸭子飞走了呀";
    let change = async |password: &str, code: &str, new: &str| {
        let asked = json!({"password": password, "code": code, "new": new});
        hq.ask(Some(&own.token), None, "change_password", asked).await
    };
    let code = shows(&own.letters, hq.now);
    assert_eq!(code_of(change(PASSWORD, &code, "短").await), "password-short");
    assert_eq!(code_of(change("不是这个密码不是这个密码", &code, new).await), "account-again");
    assert_eq!(code_of(change(PASSWORD, "000000", new).await), "account-again");
    let changed = change(PASSWORD, &code, new).await.unwrap();
    let token = kept(&changed).0.unwrap();
    assert!(hq.entered(&token).await.is_some(), "this browser goes on, with another token");
    assert!(hq.entered(&own.token).await.is_none() && hq.entered(&other).await.is_none(), "no other does");
    hq.forth(STEP);
    assert_eq!(code_of(hq.sign_in(&own, PASSWORD, &shows(&own.letters, hq.now)).await), "account-wrong");
    hq.sign_in(&own, new, &shows(&own.letters, hq.now)).await.unwrap();

    hq.forth(STEP);
    let begin = json!({"password": new, "code": shows(&own.letters, hq.now)});
    let nobody = hq.ask(None, None, "begin_authenticator", begin.clone()).await;
    assert_eq!(code_of(nobody), "account-needed");
    let early = hq.ask(Some(&token), None, "turn_authenticator", json!({"code": "000000"})).await;
    assert_eq!(code_of(early), "authenticator-gone", "none was begun");
    let made = hq.ask(Some(&token), None, "begin_authenticator", begin).await.unwrap().reply;
    let letters = made["letters"].as_str().unwrap();
    let wrong = hq.ask(Some(&token), None, "turn_authenticator", json!({"code": "000000"})).await;
    assert_eq!(code_of(wrong), "authenticator-code");
    let turn = json!({"code": shows(letters, hq.now)});
    let turned = hq.ask(Some(&token), None, "turn_authenticator", turn).await.unwrap();
    assert!(hq.entered(&kept(&turned).0.unwrap()).await.is_some() && hq.entered(&token).await.is_none());
    hq.forth(STEP);
    assert_eq!(code_of(hq.sign_in(&own, new, &shows(&own.letters, hq.now)).await), "account-wrong", "the former app");
    assert_eq!(code_of(hq.sign_in(&own, new, &own.recovery[0]).await), "account-wrong", "and its recovery codes");
    hq.sign_in(&own, new, &shows(letters, hq.now)).await.unwrap();
}
