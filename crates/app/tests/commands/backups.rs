//! Backups that make themselves, the second place, and going back to one on this computer and another.

use super::clock::Clock;
use crate::{Desk, open, sample, sealed_hall, template, upload};
use jiangsai_app::host::Host;
use jiangsai_app::{App, in_words};
use jiangsai_domain::command::WireError;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const MINUTE: i64 = 60_000;

async fn ask(app: &App, name: &str, payload: Value) -> Value {
    match app.dispatch(name, payload, None).await {
        Ok(reply) => reply,
        Err(error) => panic!("{name}: {error:?}"),
    }
}

/// Reasons of the backups here, the newest first.
async fn reasons(app: &App) -> Vec<String> {
    let backups = ask(app, "backups.list", json!({})).await;
    let rows = backups["here"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["verified"] == true), "{rows:?}");
    rows.iter().map(|row| row["reason"].as_str().unwrap().to_owned()).collect()
}

async fn import(desk: &Desk, name: &str, file: &Value) -> Value {
    let read = if name == "entries" { json!({"file": file}) } else { json!({"file": file, "answers": []}) };
    let preview = desk.ask(&format!("{name}.preview"), read.clone()).await.unwrap();
    let token = preview.get("token").or_else(|| preview["file"].get("token")).unwrap().clone();
    let mut apply = read;
    apply["token"] = token;
    if name == "marks" {
        apply["absent"] = json!([]);
        apply["reason"] = json!("更正");
    }
    desk.ask(&format!("{name}.import"), apply).await.unwrap()
}

#[tokio::test]
async fn every_step_that_is_hard_to_take_back_is_backed_up_before() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    assert_eq!(reasons(&desk.app).await, Vec::<String>::new());
    desk.mark("80", "").await.unwrap();
    let refused = desk.ask("results.finalise", json!({"reason": ""})).await.unwrap_err();
    assert!(refused.refusal && reasons(&desk.app).await.is_empty(), "a step that is refused is none");
    let number = desk.standings().await[0]["number"].as_str().unwrap().to_owned();
    import(&desk, "marks", &upload("m.csv", format!("参赛号,理论\n{number},77\n").as_bytes())).await;
    assert_eq!(reasons(&desk.app).await, ["import"]);
    desk.finalise().await;
    desk.ask("results.reopen", json!({"reason": "查分"})).await.unwrap();
    let shown = desk.ask("rulebook.show", json!({})).await.unwrap();
    let mut rules: Value = serde_json::from_str(shown["json"].as_str().unwrap()).unwrap();
    rules["title"]["zh"] = "新版".into();
    let rules = rules.to_string();
    let replace = |preview: bool| json!({"json": rules, "reason": "改名", "preview": preview});
    desk.ask("rulebook.replace", replace(true)).await.unwrap();
    desk.ask("rulebook.replace", replace(false)).await.unwrap();
    let mut found = reasons(&desk.app).await;
    found.sort();
    assert_eq!(found, ["finalise", "import", "reopen", "rulebook"], "each once, a preview never");
}

#[tokio::test]
async fn a_draw_is_backed_up_before_it_is_void() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sealed_hall(&folder).await;
    let lot = json!({"layer": "place", "session": "A", "prefix": "Z", "stations": 0, "voids": null, "reason": ""});
    desk.ask("draw.by_computer", lot).await.unwrap();
    let shown = desk.ask("draw.show", json!({"of": ["place", "A"]})).await.unwrap();
    let held = shown["held"]["draw"].clone();
    desk.ask("draw.void", json!({"layer": "place", "session": "A", "draw": held, "reason": "重抽"})).await.unwrap();
    assert_eq!(reasons(&desk.app).await, ["void-draw"]);
}

#[tokio::test]
async fn a_draw_held_again_by_computer_and_the_seal_are_backed_up_before() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sealed_hall(&folder).await;
    let lots = |voids: &Value, reason: &str| json!({"layer": "place", "session": "A", "prefix": "Z", "stations": 0, "voids": voids, "reason": reason});
    desk.ask("draw.by_computer", lots(&Value::Null, "")).await.unwrap();
    assert!(reasons(&desk.app).await.is_empty(), "the first draw takes nothing away");
    let shown = desk.ask("draw.show", json!({"of": ["place", "A"]})).await.unwrap();
    let held = shown["held"]["draw"].clone();
    assert_eq!(desk.ask("draw.by_computer", lots(&held, " ")).await.unwrap_err().code, "reason-needed");
    assert!(reasons(&desk.app).await.is_empty(), "what is refused is no step");
    desk.ask("draw.by_computer", lots(&held, "重抽")).await.unwrap();
    assert_eq!(reasons(&desk.app).await, ["void-draw"]);
    desk.ask("draw.seal", json!({"officer": "模拟加密员", "supervisor": "模拟监督员"})).await.unwrap();
    let mut found = reasons(&desk.app).await;
    found.sort();
    assert_eq!(found, ["seal", "void-draw"]);
}

#[tokio::test]
async fn changed_values_are_backed_up_before_once_something_was_marked() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sealed_hall(&folder).await;
    let set = async |value: &str, reason: &str, preview: bool| {
        let shown = desk.ask("parameters.show", json!({})).await.unwrap();
        let cells = shown["parameters"][0]["cells"].as_array().unwrap();
        let current = cells.iter().find(|cell| cell["text"] == "A").unwrap()["current"].clone();
        let values = json!([{"parameter": "reference", "text": "A", "value": value, "replaces": current}]);
        desk.ask("parameters.set", json!({"values": values, "reason": reason, "preview": preview})).await.unwrap();
    };
    set("7", "", false).await;
    set("7.1", "", false).await;
    assert!(reasons(&desk.app).await.is_empty(), "nothing hangs on it yet");
    desk.first_mark("S1", "A", "7").await;
    set("7.2", "启封", true).await;
    assert!(reasons(&desk.app).await.is_empty(), "a preview changes nothing");
    set("7.2", "启封", false).await;
    assert_eq!(reasons(&desk.app).await, ["parameters"]);
}

#[tokio::test]
async fn a_replaced_judge_and_a_re_check_begun_anew_are_backed_up_before() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let begin = |reason: &str| json!({"extent": "all", "reason": reason});
    desk.ask("recheck.begin", begin("")).await.unwrap();
    assert!(reasons(&desk.app).await.is_empty(), "the first takes nothing away");
    desk.ask("recheck.begin", begin("更正后再复核一次")).await.unwrap();
    assert_eq!(reasons(&desk.app).await, ["recheck"]);
    let (judge, by) = (desk.judge("X01").await, desk.judge("P04").await);
    let replace =
        |preview: bool| json!({"panel": "craft", "judge": judge, "by": by, "reason": "突发疾病", "preview": preview});
    desk.ask("judges.replace", replace(true)).await.unwrap();
    assert_eq!(reasons(&desk.app).await.len(), 1, "a preview replaces nobody");
    desk.ask("judges.replace", replace(false)).await.unwrap();
    let mut found = reasons(&desk.app).await;
    found.sort();
    assert_eq!(found, ["judge", "recheck"]);
}

#[tokio::test]
async fn an_import_that_writes_over_nothing_needs_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    let roster = upload("a.csv", "单位,姓名,身份证号\n模拟水务,模拟甲,11010519491231002X\n".as_bytes());
    let imported = import(&desk, "entries", &roster).await;
    assert_eq!(imported, json!({"applied": 1}));
    assert_eq!(reasons(&desk.app).await, Vec::<String>::new());
}

#[tokio::test]
async fn every_hour_in_which_something_was_recorded_has_a_backup_and_a_stick_may_come_and_go() {
    let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let clock = Clock::at(1_760_000_000_000);
    let app = App::open(folder.path(), clock.clone()).await.unwrap();
    let later = async |minutes: i64| {
        clock.forth(minutes * MINUTE);
        app.back_up_if_due().await;
        reasons(&app).await.len()
    };
    assert_eq!(later(120).await, 0, "nothing is recorded yet");
    let create = json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}});
    let competition = ask(&app, "competitions.create", create).await;
    assert_eq!(later(1).await, 1, "the first");
    assert_eq!(later(120).await, 1, "nothing was recorded since");
    let settings = ask(&app, "competition.settings", json!({"competition": competition})).await;
    let record = async || {
        ask(&app, "competition.edit_settings", json!({"competition": competition, "settings": settings})).await;
        let mut other = settings.clone();
        other["place"] = json!(clock.now_ms().to_string());
        ask(&app, "competition.edit_settings", json!({"competition": competition, "settings": other})).await;
    };
    record().await;
    assert_eq!(later(0).await, 2, "an hour is over");
    record().await;
    assert_eq!(later(59).await, 2, "not an hour yet");
    assert_eq!(later(1).await, 3);

    let place = stick.path().join("stick");
    let set = json!({"folder": place});
    let error = app.dispatch("backups.set_place", set.clone(), None).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.refusal), ("backup-place-missing", true));
    let own = app.dispatch("backups.set_place", json!({"folder": folder.path()}), None).await.unwrap_err();
    assert_eq!(own.code, "backup-place-own");
    std::fs::create_dir(&place).unwrap();
    let backups = ask(&app, "backups.set_place", set).await;
    assert_eq!((backups["there"].as_array().unwrap().len(), &backups["second_trouble"]), (1, &Value::Null));
    let trouble = async || ask(&app, "sync.status", json!({})).await["backup_trouble"]["code"].clone();
    assert_eq!(trouble().await, Value::Null);
    // Pulled out: an empty folder may stand where it was.
    let away = stick.path().join("away");
    std::fs::rename(&place, &away).unwrap();
    std::fs::create_dir(&place).unwrap();
    record().await;
    assert_eq!(later(60).await, 4, "the backup here is made all the same");
    assert_eq!(trouble().await, "backup-place-missing", "and it is said");
    record().await;
    std::fs::remove_dir(&place).unwrap();
    std::fs::rename(&away, &place).unwrap();
    later(1).await;
    let backups = ask(&app, "backups.list", json!({})).await;
    assert_eq!(backups["there"].as_array().unwrap().len(), 2, "copied when it came back: {backups}");
    assert_eq!(trouble().await, Value::Null);
    // The own place is gone as well: a file stands where the folder should be.
    std::fs::remove_dir_all(folder.path().join("backups")).unwrap();
    std::fs::write(folder.path().join("backups"), "x").unwrap();
    record().await;
    let error = app.dispatch("backups.make", json!({}), Some("en")).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.refusal), ("backup-not-written", true), "{}", error.message);
    let said = |error: &WireError| error.message.chars().any(|letter| ('一'..='龥').contains(&letter));
    assert!(!said(&error), "in one language, with its cause: {}", error.message);
    assert!(said(&in_words(&error, "zh-CN")) && !said(&in_words(&in_words(&error, "zh-CN"), "en")), "and in another");
    assert!(trouble().await.is_string());
    record().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_no_backup_every_minute() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::at(1_760_000_000_000);
    let app = App::open(folder.path(), clock.clone()).await.unwrap();
    let written = async |minutes: i64| {
        let create = json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}});
        ask(&app, "competitions.create", create).await;
        clock.forth(minutes * MINUTE);
        app.back_up_if_due().await;
        reasons(&app).await.len()
    };
    assert_eq!(written(0).await, 1);
    assert_eq!(written(-180).await, 2, "what was recorded since is kept at once");
    assert_eq!(written(1).await, 2);
    assert_eq!(written(58).await, 2);
    assert_eq!(written(1).await, 3, "an hour later by the clock as it is");
    assert_eq!(written(240).await, 4);
}

#[tokio::test]
async fn a_backup_that_failed_is_tried_again_later_each_time_and_the_first_is_proved() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::at(1_760_000_000_000);
    let app = App::open(folder.path(), clock.clone()).await.unwrap();
    let create = json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}});
    ask(&app, "competitions.create", create).await;
    let backups = folder.path().join("backups");
    std::fs::write(&backups, "x").unwrap();
    app.back_up_if_due().await;
    // Whether it tries is seen by what it makes of a place that is good again.
    let tries = async |minutes: i64| {
        clock.forth(minutes * MINUTE);
        std::fs::remove_file(&backups).unwrap();
        app.back_up_if_due().await;
        let tried = backups.is_dir();
        if tried {
            std::fs::remove_dir_all(&backups).unwrap();
        }
        std::fs::write(&backups, "x").unwrap();
        tried
    };
    assert!(!tries(1).await, "not a minute later");
    clock.forth(MINUTE);
    app.back_up_if_due().await;
    assert!(!tries(3).await, "twice as late when it failed again");
    assert!(tries(1).await);
    std::fs::remove_file(&backups).unwrap();
    ask(&app, "backups.make", json!({})).await;
    let list = ask(&app, "backups.make", json!({})).await;
    let proved: Vec<bool> = list["here"].as_array().unwrap().iter().map(|row| row["proved"] == true).collect();
    assert_eq!(proved, [false, true], "once a day: {list}");
}

/// A file that is not read to its end before somebody writes it: as a stick that does not answer.
#[cfg(unix)]
struct Hanging {
    manifest: std::path::PathBuf,
}

#[cfg(unix)]
impl Hanging {
    /// Beside the backups in a place, or as one by itself.
    fn new(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join("jiangsai.db"), "x").unwrap();
        let manifest = folder.join("backup.json");
        assert!(std::process::Command::new("mkfifo").arg(&manifest).status().unwrap().success());
        Self { manifest }
    }

    /// Resolves when somebody waits for it; what is returned lets them go.
    async fn waited_for(&self) -> std::fs::File {
        let manifest = self.manifest.clone();
        let open = move || std::fs::OpenOptions::new().write(true).open(manifest).unwrap();
        tokio::task::spawn_blocking(open).await.unwrap()
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stick_that_hangs_while_it_is_looked_at_holds_up_nobody() {
    let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let desk = sample(&folder).await;
    let hanging = Hanging::new(stick.path());
    let (app, from) = (desk.app.clone(), stick.path().to_owned());
    let look = tokio::spawn(async move { app.dispatch("backups.preview", json!({"from": from}), None).await });
    let held = hanging.waited_for().await;
    desk.mark("62", "").await.unwrap();
    desk.finalise().await;
    assert_eq!(reasons(&desk.app).await, ["finalise"], "not even backups wait");
    desk.ask("results.reopen", json!({"reason": "查分"})).await.unwrap();
    drop(held);
    assert!(look.await.unwrap().unwrap_err().refusal, "it is no backup");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_to_a_stick_that_hangs_holds_up_no_step_and_no_backup() {
    let (folder, stick, desk, _) = stick().await;
    let hanging = Hanging::new(&stick.path().join("jiangsai-backups").join("hangs"));
    desk.mark("62", "").await.unwrap();
    desk.finalise().await;
    let held = hanging.waited_for().await;
    // The copy of the backup before it is under way, and stays so.
    desk.ask("results.reopen", json!({"reason": "查分"})).await.unwrap();
    desk.mark("63", "查分").await.unwrap();
    let here = std::fs::read_dir(folder.path().join("backups")).unwrap().map(|one| one.unwrap().path());
    // Beside them the file of keys.
    let here: Vec<_> = here.filter(|path| path.is_dir()).collect();
    assert_eq!(here.len(), 3, "each step has its backup: {here:?}");
    let reopen = here.iter().find(|path| path.to_str().unwrap().contains("reopen")).unwrap();
    let restored = desk.app.restore_from(reopen, true).await.unwrap();
    assert!(restored.before.is_some(), "nor does a restore wait");
    drop(held);
}

#[tokio::test]
async fn data_that_do_not_hold_together_are_put_aside_and_a_backup_takes_their_place() {
    let (folder, stick, desk, standings) = stick().await;
    desk.mark("62", "").await.unwrap();
    // All but the first page, in the file and in the log beside it.
    let file = folder.path().join("jiangsai.db");
    for (path, keep) in [(file.clone(), 4_096), (folder.path().join("jiangsai.db-wal"), 32)] {
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.iter_mut().skip(keep).for_each(|byte| *byte = 0x5a);
        std::fs::write(&path, bytes).unwrap();
    }
    let found = ask(&desk.app, "backups.find", json!({"from": stick.path()})).await;
    let from = found[0]["folder"].clone();
    let preview = ask(&desk.app, "backups.preview", json!({"from": from})).await;
    assert_eq!((&preview["damaged"], &preview["missing"]), (&json!(true), &json!([])), "{preview}");
    let refused = desk.app.restore_from(stick.path(), false).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.refusal), ("restore-damaged", true));
    let restored = ask(&desk.app, "backups.restore", json!({"from": from, "token": preview["token"]})).await;
    let before = Path::new(restored["before"].as_str().unwrap());
    assert!(before.file_name().unwrap().to_str().unwrap().starts_with("damaged-"), "{restored}");
    assert!(std::fs::read(before.join("jiangsai.db")).unwrap()[4_096..].iter().all(|byte| *byte == 0x5a), "as it was");
    assert_eq!(desk.standings().await, standings);
    desk.mark("64", "").await.unwrap();
    let report = desk.ask_competition("ledger.verify", json!({})).await.unwrap();
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &json!(true)), "{report}");
}

/// A stick with a backup of the sample, and what stood in the standings then.
async fn stick() -> (TempDir, TempDir, Desk, Value) {
    let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let desk = sample(&folder).await;
    ask(&desk.app, "backups.set_place", json!({"folder": stick.path()})).await;
    let judges = desk.ask("judges.list", json!({})).await.unwrap();
    let leader = judges["leaders"][0][2].clone();
    desk.ask_competition("judges.set_pin", json!({"judge": leader, "pin": "246810"})).await.unwrap();
    ask(&desk.app, "backups.make", json!({})).await;
    let standings = desk.standings().await;
    (folder, stick, desk, standings)
}

#[tokio::test]
async fn another_computer_goes_on_from_the_stick() {
    let (_folder, stick, desk, standings) = stick().await;
    let other = tempfile::tempdir().unwrap();
    let app = open(&other).await.unwrap();
    let found = ask(&app, "backups.find", json!({"from": stick.path()})).await;
    assert_eq!((found.as_array().unwrap().len(), &found[0]["reason"]), (1, &json!("asked")));
    let from = found[0]["folder"].clone();
    let preview = ask(&app, "backups.preview", json!({"from": from})).await;
    assert_eq!(preview["competitions"][0]["entries"], 60, "{preview}");
    assert_eq!(preview["missing"], json!([]));
    let stale = app.dispatch("backups.restore", json!({"from": from, "token": ""}), None).await.unwrap_err();
    assert_eq!(stale.code, "restore-stale", "what is restored is what was shown");
    let restored = ask(&app, "backups.restore", json!({"from": from, "token": preview["token"]})).await;
    assert_eq!((&restored["before"], &restored["records"]), (&Value::Null, &preview["competitions"][0]["records"]));
    let spare = Desk { app, competition: desk.competition.clone(), event: desk.event.clone() };
    assert_eq!(spare.standings().await, standings);
    let judges = spare.ask("judges.list", json!({})).await.unwrap();
    let sign_in = json!({"judge": judges["leaders"][0][2], "pin": "246810"});
    spare.ask_competition("desk.sign_in", sign_in).await.unwrap();
    spare.mark("61", "").await.unwrap();
    let report = spare.ask_competition("ledger.verify", json!({})).await.unwrap();
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &json!(true)), "{report}");
    assert_eq!(report["logs"], 2, "what is written now is a log of its own");
    // It stays so after a restart.
    let Desk { app, competition, event } = spare;
    let after = Desk { app: app.clone(), competition, event }.standings().await;
    drop(app);
    let again = Desk { app: open(&other).await.unwrap(), competition: desk.competition, event: desk.event };
    assert_eq!(again.standings().await, after);
}

#[tokio::test]
async fn over_what_is_here_the_effect_is_shown_and_there_is_a_way_back() {
    let (folder, stick, desk, standings) = stick().await;
    desk.mark("62", "").await.unwrap();
    let newer = desk.standings().await;
    assert_ne!(newer, standings);
    let found = ask(&desk.app, "backups.find", json!({"from": stick.path()})).await;
    let from = found[0]["folder"].clone();
    let preview = ask(&desk.app, "backups.preview", json!({"from": from})).await;
    let missing = &preview["missing"][0];
    assert_eq!((&missing["records"], &missing["marks"]), (&json!(1), &json!(1)), "{preview}");
    desk.mark("63", "").await.unwrap();
    let stale = json!({"from": from, "token": preview["token"]});
    assert_eq!(desk.app.dispatch("backups.restore", stale, None).await.unwrap_err().code, "restore-stale");
    let refused = desk.app.restore_from(stick.path(), false).await.unwrap_err();
    assert_eq!(refused.code, "restore-loses", "{}", refused.message);
    let latest = desk.standings().await;
    let preview = ask(&desk.app, "backups.preview", json!({"from": from})).await;
    let restored = ask(&desk.app, "backups.restore", json!({"from": from, "token": preview["token"]})).await;
    assert_eq!(desk.standings().await, standings, "as it was");
    let list = ask(&desk.app, "backups.list", json!({})).await;
    assert_eq!(list["second"], json!(stick.path()), "settings of this computer stay");
    // And back again.
    desk.app.restore_from(Path::new(restored["before"].as_str().unwrap()), false).await.unwrap();
    assert_eq!(desk.standings().await, latest);
    assert_eq!(reasons(&desk.app).await.iter().filter(|reason| *reason == "restore").count(), 2);
    // A damaged one is refused, and nothing changes.
    let file = Path::new(from.as_str().unwrap()).join("jiangsai.db");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 3]).unwrap();
    let error = desk.app.dispatch("backups.preview", json!({"from": from}), None).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.refusal), ("backup-truncated", true));
    assert!(error.message.contains(&bytes.len().to_string()), "it says how long it should be: {}", error.message);
    assert!(desk.app.restore_from(&file, true).await.is_err());
    assert_eq!(desk.standings().await, latest);
    drop(folder);
}
