//! Scans of paper sheets: attached once, looked at, taken away with a reason, in backups, and never in the way.

use crate::commands::certificates::SEAL;
use crate::commands::prints::printed;
use crate::{Desk, open, sample, upload};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_domain::command::WireError;
use jiangsai_store::Store;
use serde_json::{Value, json};
use std::path::Path;

impl Desk {
    /// The number of the sheet that is printed first or so.
    async fn number(&self, at: usize) -> Value {
        self.ask("paper.list", json!({})).await.unwrap()["sheets"][at]["number"].clone()
    }

    async fn attach(&self, number: &Value, bytes: &[u8]) -> Result<Value, WireError> {
        self.ask("scans.attach", json!({"number": number, "file": upload("scan.png", bytes)})).await
    }

    async fn scans(&self, number: &Value) -> Value {
        self.ask("scans.list", json!({"number": number})).await.unwrap()
    }

    async fn picture(&self, number: &Value, scan: &Value, small: bool) -> Result<Vec<u8>, WireError> {
        let request = json!({"number": number, "attachment": scan["attachment"], "small": small});
        let file = self.ask("scans.show", request).await?;
        assert_eq!(file["mime"], "image/jpeg");
        Ok(STANDARD.decode(file["base64"].as_str().unwrap()).unwrap())
    }

    async fn facts(&self) -> Value {
        self.ask_competition("ledger.verify", json!({})).await.unwrap()["records"].clone()
    }
}

/// A PNG of its own: another size each time.
fn page(side: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(side, side).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_scan_is_attached_once_shown_and_taken_away_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let (number, other) = (desk.number(0).await, desk.number(1).await);
    assert_eq!(desk.scans(&number).await, json!([]));
    let first = desk.attach(&number, SEAL).await.unwrap();
    let facts = desk.facts().await;
    assert_eq!(desk.attach(&number, SEAL).await.unwrap(), first, "the same picture is attached once");
    assert_eq!(desk.facts().await, facts, "and recorded once");
    assert_eq!((&first[0]["page"], &first[0]["here"]), (&json!(1), &json!(true)), "{first}");
    let second = desk.attach(&number, &page(40)).await.unwrap();
    assert_eq!((second.as_array().unwrap().len(), &second[1]["page"]), (2, &json!(2)));
    let large = desk.picture(&number, &first[0], false).await.unwrap();
    assert_eq!(large.len() as u64, first[0]["bytes"].as_u64().unwrap());
    assert!(desk.picture(&number, &first[0], true).await.unwrap().starts_with(&[0xff, 0xd8]));
    let of_another = desk.picture(&other, &first[0], false).await.unwrap_err();
    assert_eq!(of_another.code, "scan-unknown", "what is on one sheet is not shown for another");

    let remove = |reason: &str| {
        let request = json!({"number": number, "attachment": first[0]["attachment"], "reason": reason});
        desk.ask("scans.remove", request)
    };
    assert_eq!(remove(" ").await.unwrap_err().code, "reason-needed");
    let left = remove("附错了表").await.unwrap();
    assert_eq!((left.as_array().unwrap().len(), &left[0]["page"]), (1, &json!(2)), "others keep their page");
    assert_eq!(remove("附错了表").await.unwrap_err().code, "scan-unknown");
    assert_eq!(desk.picture(&number, &first[0], false).await.unwrap_err().code, "scan-unknown");
    let lines = desk.ask_competition("history.list", json!({"about": "all", "skip": 0, "limit": 3})).await.unwrap();
    let line = &lines["lines"][0];
    assert_eq!(
        (&line["what"][0], &line["reason"], &line["before"]),
        (&json!("history-scan"), &json!("附错了表"), &json!("1"))
    );
    let again = desk.attach(&number, SEAL).await.unwrap();
    assert_eq!(again[1]["attachment"], first[0]["attachment"], "it can come back, as the next page");
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_and_nothing_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let number = desk.number(0).await;
    let facts = desk.facts().await;
    let long = vec![0; 10 * 1024 * 1024 + 1];
    for (bytes, code) in [
        (&b"%PDF-1.7"[..], "scan-pdf"),
        (&b"GIF89a"[..], "scan-not-picture"),
        (&SEAL[..SEAL.len() / 2], "scan-damaged"),
        (long.as_slice(), "scan-large"),
    ] {
        let refused = desk.attach(&number, bytes).await.unwrap_err();
        assert_eq!((refused.code.as_str(), refused.refusal), (code, true), "{}", refused.message);
    }
    let unknown = desk.attach(&json!("000000000000"), SEAL).await.unwrap_err();
    assert_eq!(unknown.code, "sheet-number", "a sheet that is none has no scans");
    for side in 1..=20 {
        desk.attach(&number, &page(side)).await.unwrap();
    }
    assert_eq!(desk.attach(&number, &page(21)).await.unwrap_err().code, "scan-many");
    assert_ne!(desk.facts().await, facts);
}

#[tokio::test]
async fn scans_pictures_and_templates_are_in_a_backup_and_come_back_on_another_computer() {
    let (folder, stick, other) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let desk = sample(&folder).await;
    let number = desk.number(0).await;
    let scan = desk.attach(&number, SEAL).await.unwrap()[0].clone();
    let seal = json!({"picture": "seal", "file": upload("seal.png", SEAL)});
    desk.ask_competition("certificates.artwork", seal).await.unwrap();
    let templates = |folder: &Path| folder.join("templates");
    let own = "#let document(it) = it\n";
    std::fs::create_dir(templates(folder.path())).unwrap();
    std::fs::write(templates(folder.path()).join("rules.typ"), own).unwrap();
    desk.app.back_up_to(stick.path()).await.unwrap();

    let spare =
        Desk { app: open(&other).await.unwrap(), competition: desk.competition.clone(), event: desk.event.clone() };
    std::fs::create_dir(templates(other.path())).unwrap();
    std::fs::write(templates(other.path()).join("rules.typ"), "#let other = 1\n").unwrap();
    std::fs::write(templates(other.path()).join("script.typ"), "#let other = 2\n").unwrap();
    spare.app.restore_from(stick.path(), false).await.unwrap();
    assert_eq!(spare.scans(&number).await[0]["here"], true);
    let (here, there) =
        (desk.picture(&number, &scan, false).await.unwrap(), spare.picture(&number, &scan, false).await.unwrap());
    assert_eq!(here, there, "to the byte");
    let list = spare.ask("certificates.list", json!({"top": 3})).await.unwrap();
    assert_eq!(list["pictures"], json!(["seal"]));
    let read = |name: &str| std::fs::read_to_string(templates(other.path()).join(name)).unwrap();
    assert_eq!(read("rules.typ"), own);
    assert_eq!(read("rules.typ.before"), "#let other = 1\n", "what was in its place is not lost");
    assert_eq!(read("script.typ"), "#let other = 2\n", "and others stay");

    // Taken out of the folder, it is in no later backup.
    std::fs::remove_dir_all(templates(folder.path())).unwrap();
    let later = tempfile::tempdir().unwrap();
    desk.app.back_up_to(later.path()).await.unwrap();
    let third = tempfile::tempdir().unwrap();
    open(&third).await.unwrap().restore_from(later.path(), false).await.unwrap();
    assert!(!templates(third.path()).exists());
}

#[tokio::test]
async fn a_picture_that_is_not_here_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let number = desk.number(0).await;
    let attached = desk.attach(&number, SEAL).await.unwrap();
    let standings = desk.standings().await;
    let Desk { app, competition, event } = desk;
    drop(app);
    // As on a computer to which the records alone came.
    let store = Store::open(folder.path()).await.unwrap();
    let scope = store.scopes().await.unwrap()[0];
    let name = format!("scan/{}", attached[0]["attachment"].as_str().unwrap());
    store.attachment_drop(Some(scope), &name).await.unwrap();
    store.close().await.unwrap();
    let spare = Desk { app: open(&folder).await.unwrap(), competition, event };
    let scans = spare.scans(&number).await;
    assert_eq!((&scans[0]["page"], &scans[0]["here"]), (&json!(1), &json!(false)), "{scans}");
    let missing = spare.picture(&number, &scans[0], false).await.unwrap_err();
    assert_eq!((missing.code.as_str(), missing.refusal), ("scan-missing", true), "{}", missing.message);
    assert_eq!(spare.standings().await, standings);
    assert!(!printed(&spare, json!("score_summary"), "zh-CN").await.is_empty());
    let report = spare.ask_competition("ledger.verify", json!({})).await.unwrap();
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &json!(true)), "{report}");
    spare.finalise().await;
    // Whoever has the paper attaches it again.
    assert_eq!(spare.attach(&number, SEAL).await.unwrap()[0]["here"], true, "results that are final are no matter");
}
