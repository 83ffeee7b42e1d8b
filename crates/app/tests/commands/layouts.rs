//! Templates of the organiser's own: taken in, used, refused where they cannot be, and taken away.

use crate::commands::prints::printed;
use crate::commands::teams::inside;
use crate::{Desk, sample, upload};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

async fn fetch(desk: &Desk, name: &str) -> Vec<u8> {
    let file = desk.app.dispatch("layouts.fetch", json!({"name": name}), None).await.unwrap();
    assert_eq!(file["name"], name);
    STANDARD.decode(file["base64"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn an_organisers_own_templates_are_used_and_ours_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let set =
        |name: &'static str, file: Value| desk.app.dispatch("layouts.set", json!({"name": name, "file": file}), None);
    let owns = |rows: &Value| -> Vec<String> {
        let own = rows.as_array().unwrap().iter().filter(|row| row["own"] == true);
        own.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    let letter = || inside(&desk, json!("rank_list"), "docx", "word/styles.xml");

    let begin = fetch(&desk, "letter.docx").await;
    assert!(letter().await.contains("w:customStyle"), "ours has styles");
    let rows = set("letter.docx", upload("我的.docx", &begin)).await.unwrap();
    assert_eq!(owns(&rows), ["letter.docx"]);
    let text = inside(&desk, json!("rank_list"), "docx", "word/document.xml").await;
    assert!(!text.contains("【名单】") && text.contains("暂定"), "the list stands where it was made room for");
    assert_eq!(fetch(&desk, "letter.docx").await, begin, "what is in use is the own one");

    let listings = String::from_utf8(fetch(&desk, "listings.typ").await).unwrap();
    let marked = format!("{listings}\n#let own = [ 自己的版式 ]\n#own\n");
    set("listings.typ", upload("listings.typ", marked.as_bytes())).await.unwrap();
    assert!(printed(&desk, json!("rank_list"), "zh-CN").await.concat().contains("自己的版式"));

    // What cannot be used is refused, by line, and what was there stays.
    let torn = upload("listings.typ", b"#let a = 1\n#let = \n");
    let refused = set("listings.typ", torn).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.refusal), ("own-template", true));
    assert!(refused.message.contains("listings.typ") && refused.message.contains("第 2 行"), "{}", refused.message);
    assert_eq!(set("letter.docx", upload("x.docx", b"no letter")).await.unwrap_err().code, "own-letter");
    assert_eq!(set("../letter.docx", upload("x", b"x")).await.unwrap_err().code, "no-template");
    assert!(printed(&desk, json!("rank_list"), "zh-CN").await.concat().contains("自己的版式"));

    for name in ["listings.typ", "letter.docx", "letter.docx"] {
        set(name, Value::Null).await.unwrap();
    }
    assert_eq!(std::fs::read(folder.path().join("templates/letter.docx.before")).unwrap(), begin, "it is not lost");
    assert!(owns(&desk.app.dispatch("layouts.list", json!({}), None).await.unwrap()).is_empty());
    assert!(!printed(&desk, json!("rank_list"), "zh-CN").await.concat().contains("自己的版式"));

    // A fault that only setting the page finds names file and line too.
    std::fs::create_dir_all(folder.path().join("templates")).unwrap();
    std::fs::write(folder.path().join("templates/listings.typ"), "#let a = 1\n#nonsense\n").unwrap();
    let document = json!({"event": desk.event, "kind": "rank_list", "language": "zh-CN", "format": "pdf"});
    let refused = desk.ask_competition("documents.render", json!({"document": document})).await.unwrap_err();
    assert_eq!(refused.code, "own-template");
    assert!(refused.message.contains("第 2 行"), "{}", refused.message);
}
