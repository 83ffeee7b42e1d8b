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

#[tokio::test]
async fn long_documents_come_in_files_of_fifty_and_the_records_can_be_restored() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let desk = sample(&folder).await;
    let standings = desk.standings().await;
    // Another competition, which is not handed over.
    let create = json!({"title": "另一场", "event": "", "from": {"template": "theory-practice-30-70"}});
    desk.app.dispatch("competitions.create", create, None).await.unwrap();
    let mut wanted = wanted(&desk);
    wanted["top"] = 0.into();
    wanted["records"] = true.into();
    let pack = desk.ask_competition("pack.begin", json!({"pack": wanted})).await.unwrap();
    let parts: Vec<&str> = pack["parts"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    for name in ["名次依据单 001-050.pdf", "名次依据单 051-060.pdf", "获奖证书 001-050.pdf", "获奖证书 051-"]
    {
        assert!(parts.iter().any(|part| part.contains(name)), "{name} in {parts:?}");
    }
    let at = parts.iter().position(|part| part.contains("获奖证书 051-")).unwrap();
    let write = |part: usize| json!({"pack": wanted, "id": pack["id"], "facts": pack["facts"], "part": part});
    desk.ask_competition("pack.write", write(at)).await.unwrap();
    desk.ask_competition("pack.write", write(parts.len() - 1)).await.unwrap();
    let written = folder.path().join("exports").join(format!(".pack-{}", pack["id"].as_str().unwrap()));
    let bytes = std::fs::read(written.join(parts[at])).unwrap();
    let last: usize = parts[at].split('-').nth(1).unwrap().trim_end_matches(".pdf").parse().unwrap();
    assert_eq!(crate::commands::prints::pages_of(&bytes).len(), last - 50, "the rest of them");
    let records = written.join(parts[parts.len() - 1]);
    let app = crate::open(&other).await.unwrap();
    let preview = app.restore_from(&records, false).await.unwrap().held;
    assert_eq!(preview.competitions.len(), 1, "of this competition alone: {preview:?}");
    let there = Desk { app, competition: desk.competition.clone(), event: desk.event.clone() };
    assert_eq!(there.standings().await, standings);
    assert_eq!(names(&written).len(), 2, "nothing else was left there");
}

#[tokio::test]
async fn a_long_document_alone_is_made_in_parts_and_one_page_of_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let only = |kind: Value| {
        let mut own = wanted(&desk);
        own["only"] = kind;
        own
    };
    let plan = async |kind: Value| desk.ask_competition("pack.plan", json!({"pack": only(kind)})).await.unwrap();
    let grounds = json!({"rank_reasons": {"whom": "all"}});
    assert_eq!(plan(grounds).await, json!(["01 名次依据单 001-050.pdf", "01 名次依据单 051-060.pdf"]));
    assert_eq!(plan(json!({"rank_reasons": {"whom": {"top": 3}}})).await.as_array().unwrap().len(), 1, "a short one");
    assert_eq!(plan(json!("rank_list")).await, json!(["01 名次表.pdf"]), "and one that is no sheet for somebody each");
    let sheets = json!({"mark_sheets": {"module": "theory", "filled": false, "judge": null}});
    let pack = desk.ask_competition("pack.begin", json!({"pack": only(sheets.clone())})).await.unwrap();
    let parts = pack["parts"].as_array().unwrap();
    let last = parts.len() - 1;
    let write = json!({"pack": only(sheets), "id": pack["id"], "facts": pack["facts"], "part": last});
    desk.ask_competition("pack.write", write).await.unwrap();
    let written = folder.path().join("exports").join(format!(".pack-{}", pack["id"].as_str().unwrap()));
    let bytes = std::fs::read(written.join(parts[last].as_str().unwrap())).unwrap();
    assert_eq!(crate::commands::prints::pages_of(&bytes).len(), 10, "the sheets after the first fifty: {parts:?}");

    let document = json!({"event": desk.event, "kind": "rank_list", "language": "zh-CN"});
    let page =
        async |page: u32| desk.ask_competition("documents.save", json!({"document": document, "page": page})).await;
    let saved = page(1).await.unwrap();
    let path = Path::new(saved["path"].as_str().unwrap());
    assert!(path.file_name().unwrap().to_str().unwrap().starts_with("名次表 第2页"), "{saved}");
    let pages = crate::commands::prints::pages_of(&std::fs::read(path).unwrap());
    assert_eq!(pages.len(), 1);
    let text: String = pages[0].split_whitespace().collect();
    assert!(text.contains("第2页／共"), "it says which page of how many it is: {text}");
    assert_eq!(page(99).await.unwrap_err().code, "no-such-page");
}
