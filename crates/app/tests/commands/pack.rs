//! The result pack: written part by part, whole or not at all.

use crate::{Desk, sample};
use serde_json::{Value, json};
use std::path::Path;

fn wanted(desk: &Desk) -> Value {
    json!({"event": desk.event, "language": "zh-CN", "top": 3, "period": "", "contact": ""})
}

async fn begin(desk: &Desk) -> Value {
    desk.ask_competition("pack.begin", json!({"pack": wanted(desk)})).await.unwrap()
}

fn part(desk: &Desk, pack: &Value, part: usize) -> Value {
    json!({"pack": wanted(desk), "id": pack["id"], "facts": pack["facts"], "part": part})
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_pack_has_every_part_in_a_folder_and_in_a_zip() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody is registered yet: every part is a page, so that all of them are soon written.
    let desk = crate::template(&folder).await;
    let pack = begin(&desk).await;
    let parts = pack["parts"].as_array().unwrap();
    assert!(parts.len() >= 13 && parts.iter().any(|name| name == "03 获奖名单.docx"), "{parts:?}");
    for at in 0..parts.len() {
        desk.ask_competition("pack.write", part(&desk, &pack, at)).await.unwrap();
    }
    let close = json!({"pack": wanted(&desk), "id": pack["id"], "facts": pack["facts"]});
    let closed = desk.ask_competition("pack.close", close).await.unwrap();
    let mut wanted: Vec<String> = parts.iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    wanted.sort();
    assert_eq!(names(Path::new(closed["folder"].as_str().unwrap())), wanted);
    let bytes = std::fs::read(closed["zip"].as_str().unwrap()).unwrap();
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut zipped: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    zipped.sort();
    assert_eq!(zipped, wanted);
    let fetched = desk.app.dispatch("files.fetch", json!({"path": closed["zip"]}), None).await.unwrap();
    assert_eq!(fetched["mime"], "application/zip");
    let outside = desk.app.dispatch("files.fetch", json!({"path": "/etc/hostname"}), None).await.unwrap_err();
    assert_eq!(outside.code, "not-found", "nothing else is handed out");
}

#[tokio::test]
async fn a_name_that_no_font_can_print_is_said_wherever_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let desk = crate::template(&folder).await;
    // Private use in the last plane: fonts leave it alone.
    assert!(desk.add(json!({"name": "张\u{10fffd}"})).await["saved"].is_string());
    let odd = json!([["\u{10fffd}", "姓名：张\u{10fffd}"]]);
    let document = json!({"event": desk.event, "kind": "rank_list", "language": "zh-CN"});
    for command in ["documents.save", "documents.render"] {
        let made = desk.ask_competition(command, json!({"document": document})).await.unwrap();
        assert_eq!(made["missing_glyphs"], odd, "{command}");
    }
    let pack = begin(&desk).await;
    let ranks = pack["parts"].as_array().unwrap().iter().position(|name| name == "02 名次表.pdf").unwrap();
    let written = desk.ask_competition("pack.write", part(&desk, &pack, ranks)).await.unwrap();
    assert_eq!(written["missing_glyphs"], odd);
}

#[tokio::test]
async fn a_pack_that_was_stopped_leaves_nothing_and_a_stale_or_unfinished_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let exports = folder.path().join("exports");
    let pack = begin(&desk).await;
    // Parts 5 and 7 are quick: a script and a text document.
    desk.ask_competition("pack.write", part(&desk, &pack, 7)).await.unwrap();
    let close = json!({"pack": wanted(&desk), "id": pack["id"], "facts": pack["facts"]});
    let error = desk.ask_competition("pack.close", close).await.unwrap_err();
    assert_eq!(error.code, "pack-unfinished", "{}", error.message);
    desk.mark("80", "").await.unwrap();
    let error = desk.ask_competition("pack.write", part(&desk, &pack, 7)).await.unwrap_err();
    assert_eq!(error.code, "stale-pack", "{}", error.message);
    desk.ask_competition("pack.drop", json!({"id": pack["id"]})).await.unwrap();
    assert_eq!(names(&exports), Vec::<String>::new(), "nothing is left");
    let error = desk.ask_competition("pack.drop", json!({"id": "../../etc"})).await.unwrap_err();
    assert_eq!(error.code, "not-found", "an id leads nowhere else");
}
