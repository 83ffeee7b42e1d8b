//! Commands on a data folder.

use super::run;
use serde_json::Value;

fn call(data: &std::path::Path, name: &str, json: &str, input: &str) -> super::Run {
    run(&["call", name, json, "--data", data.to_str().unwrap(), "--language", "en"], input)
}

#[test]
fn the_sample_is_created_and_its_standings_are_shown() {
    let data = tempfile::tempdir().unwrap();
    let request = r#"{"title":"","event":"","from":"sample"}"#;
    let created = call(data.path(), "competitions.create", "-", request);
    assert_eq!((created.code, created.err.as_str()), (0, ""));
    let id: Value = serde_json::from_str(&created.out).unwrap();
    let home = call(data.path(), "competition.home", &format!(r#"{{"competition":{id}}}"#), "");
    assert_eq!(home.code, 0, "{}", home.err);
    let home: Value = serde_json::from_str(&home.out).unwrap();
    let event = &home["events"][0][0];
    let shown = call(data.path(), "standings.show", &format!(r#"{{"competition":{id},"event":{event}}}"#), "");
    assert_eq!(shown.code, 0, "{}", shown.err);
    let shown: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(shown["rows"].as_array().unwrap().len(), 60);
    assert_eq!(shown["rows"][0]["rank"], 1);
}

#[test]
fn a_backup_goes_to_a_stick_and_another_folder_goes_on_from_it() {
    let (data, stick, other) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let request = r#"{"title":"","event":"","from":"sample"}"#;
    assert_eq!(call(data.path(), "competitions.create", "-", request).code, 0);
    let path = |folder: &tempfile::TempDir| folder.path().to_str().unwrap().to_owned();
    let made = run(&["backup", "--data", &path(&data), "--to", &path(&stick)], "");
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let backup = std::path::Path::new(made.out.trim());
    assert!(backup.join("jiangsai.db").is_file(), "{}", made.out);
    let restored = run(&["restore", "--from", &path(&stick), "--data", &path(&other)], "");
    assert_eq!((restored.code, restored.err.as_str()), (0, ""));
    assert!(restored.out.contains("工业废水处理工"), "{}", restored.out);
    let lists = [&data, &other].map(|folder| call(folder.path(), "competitions.list", "{}", "").out);
    let ids = lists.map(|list| serde_json::from_str::<Value>(&list).unwrap()[0]["id"].clone());
    assert_eq!(ids[0], ids[1]);
    // Something new there, and a damaged file here.
    assert_eq!(call(other.path(), "competitions.create", "-", request).code, 0);
    let restore = ["restore", "--from", &path(&stick), "--data", &path(&other)];
    let refused = run(&restore, "");
    assert!(refused.code == 1 && refused.err.contains("--over"), "{}", refused.err);
    assert_eq!(run(&[&restore[..], &["--over"]].concat(), "").code, 0);
    let file = backup.join("jiangsai.db");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let cut = run(&[&restore[..], &["--over", "--language", "zh-CN"]].concat(), "");
    assert!(cut.code == 1 && cut.err.contains("不完整"), "{}", cut.err);
}

#[test]
fn a_folder_that_does_not_open_is_put_aside_for_a_backup_and_stays_without_one() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let request = r#"{"title":"","event":"","from":"sample"}"#;
    assert_eq!(call(data.path(), "competitions.create", "-", request).code, 0);
    let path = |folder: &tempfile::TempDir| folder.path().to_str().unwrap().to_owned();
    let made = run(&["backup", "--data", &path(&data), "--to", &path(&stick)], "");
    let file = data.path().join("jiangsai.db");
    let damaged = vec![0x5a; 50_000];
    std::fs::write(&file, &damaged).unwrap();
    let restore = ["restore", "--from", &path(&stick), "--data", &path(&data)];
    let refused = run(&restore, "");
    assert!(refused.code == 1 && refused.err.contains("--over"), "{}", refused.err);
    // A backup that is damaged as well: everything stays as it is.
    let copy = std::path::Path::new(made.out.trim()).join("jiangsai.db");
    let whole = std::fs::read(&copy).unwrap();
    std::fs::write(&copy, &whole[..whole.len() / 2]).unwrap();
    let over = [&restore[..], &["--over"]].concat();
    assert_eq!(run(&over, "").code, 1);
    assert!(
        std::fs::read(&file).unwrap() == damaged && aside(data.path()).is_none(),
        "nothing was put aside for nothing"
    );
    std::fs::write(&copy, &whole).unwrap();
    let restored = run(&over, "");
    assert_eq!((restored.code, restored.err.as_str()), (0, ""));
    let aside = aside(data.path()).unwrap();
    assert!(restored.out.contains(aside.to_str().unwrap()), "it says where: {}", restored.out);
    assert_eq!(std::fs::read(aside.join("jiangsai.db")).unwrap(), damaged);
    let list = call(data.path(), "competitions.list", "{}", "").out;
    assert!(list.contains("工业废水处理工"), "{list}");
}

/// Where the files of a damaged folder were put.
fn aside(data: &std::path::Path) -> Option<std::path::PathBuf> {
    let mut entries = std::fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    entries.find(|path| path.file_name().unwrap().to_str().unwrap().starts_with("damaged-"))
}

#[test]
fn a_refusal_is_json_on_standard_error() {
    let data = tempfile::tempdir().unwrap();
    let id = "0".repeat(32);
    let run = call(data.path(), "competition.home", &format!(r#"{{"competition":"{id}"}}"#), "");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    let error: Value = serde_json::from_str(&run.err).unwrap();
    assert!(error["code"].is_string() && error["message"].is_string(), "{error}");
}

#[test]
fn a_folder_that_cannot_be_opened_is_said_in_the_language_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("data");
    std::fs::create_dir(&taken).unwrap();
    std::fs::write(taken.join("jiangsai.db"), b"something else entirely ".repeat(400)).unwrap();
    let run = call(&taken, "competitions.list", "{}", "");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    let error: Value = serde_json::from_str(&run.err).unwrap();
    assert_eq!(error["code"], "corrupt");
    assert!(error["message"].as_str().unwrap().starts_with("The data do not pass"), "in English: {error}");
}

#[test]
fn what_is_no_request_ends_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let unknown = call(&data, "no.such", "{}", "");
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.contains("no.such"), "{}", unknown.err);
    let broken = call(&data, "competitions.list", "{", "");
    assert_eq!((broken.code, broken.out.as_str()), (2, ""));
    assert!(!data.exists(), "nothing was opened for a request that is none");
    let unfit = call(&data, "competitions.list", r#"{"more":1}"#, "");
    assert_eq!((unfit.code, unfit.out.as_str()), (2, ""));
    assert!(unfit.err.contains("bad-request"), "{}", unfit.err);
}

#[test]
fn commands_are_listed_with_kind_and_roles() {
    let run = run(&["commands"], "");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let line = |name: &str| {
        let found = run.out.lines().find(|line| line.split_whitespace().next() == Some(name));
        found.unwrap_or_else(|| panic!("{name} is listed")).split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("competitions.create"), "mutation anyone");
    assert_eq!(line("standings.show"), "query organiser,chief_judge,supervisor,arbitrator");
}
