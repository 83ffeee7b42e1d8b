//! A competition as it is published: it verifies, it names nobody, and whoever changes a mark in it is found.

use crate::{Desk, sample, sealed_hall, upload};
use jiangsai_app::App;
use jiangsai_app::bundle::{Examined, Verdict, examine};
use jiangsai_app::host::SystemHost;
use jiangsai_ledger::bundle::{Bundle, Packed, Run, check, write};
use jiangsai_ledger::replication::Carried;
use jiangsai_ledger::{
    Body, Checkpoint, Draft, Hash, Header, LogWriter, Opening, ScopeId, Signature, SigningKey, Start,
};
use serde_json::json;
use std::sync::Arc;

async fn published(desk: &Desk) -> Vec<u8> {
    let made = desk.ask_competition("bundle.export", json!({"what": "published"})).await.unwrap();
    std::fs::read(made["path"].as_str().unwrap()).unwrap()
}

fn examined(desk: &Desk, bytes: &[u8]) -> Examined {
    examine(bytes, &desk.competition, None).unwrap()
}

#[tokio::test]
async fn a_published_competition_verifies_and_names_no_contestant() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let rows = desk.ask("entries.list", json!({"search": ""})).await.unwrap()["rows"].clone();
    let open = examined(&desk, &published(&desk).await);
    assert_eq!(
        (open.wrong.as_slice(), open.events[0].verdict, open.is_compared()),
        (&[] as &[String], Verdict::Unconfirmed, false),
        "nothing is confirmed"
    );
    // A bulletin has names in it.
    let mut bulletin = json!({"kind": "provisional", "columns": {"whom": "all", "scores": true, "occupation": true}, "period": null, "contact": "", "by": "模拟组织者", "corrects": null, "reason": "", "token": ""});
    bulletin["token"] = desk.ask("bulletins.publish", bulletin.clone()).await.unwrap()["token"].clone();
    desk.ask("bulletins.publish", bulletin).await.unwrap();
    desk.finalise().await;
    let bytes = published(&desk).await;
    let found = examined(&desk, &bytes);
    assert!(found.holds(), "{:?}", found.wrong);
    assert_eq!((found.kind, found.counts[2] > 0), ("published", true), "forms are withheld");
    assert_eq!(found.withheld.values().sum::<u64>(), found.counts[2], "{:?}", found.withheld);
    assert!(found.withheld.contains_key("roster") && found.withheld.contains_key("bulletin"), "{:?}", found.withheld);
    let event = &found.events[0];
    assert_eq!((event.verdict, event.is_final, event.confirmed.len()), (Verdict::Agrees, true, 2));
    assert!(
        event
            .confirmed
            .iter()
            .all(|(_, digest, place)| Some(digest) == event.digest.as_ref().ok() && place.contains("record"))
    );
    let text = String::from_utf8(bytes).unwrap();
    for row in rows.as_array().unwrap() {
        let name = row["form"]["name"].as_str().unwrap();
        assert!(!text.contains(name), "{name} is in it");
    }
    let import = desk.app.dispatch("bundle.import", json!({"file": upload("a.jsbundle", text.as_bytes())}), None).await;
    assert_eq!(import.unwrap_err().code, "bundle-published");
}

/// Writes a record of the same kind as one that is there, in a log of somebody else's: every hash and signature of it is right.
fn forged(scope: ScopeId, like: &Packed, change: impl Fn(&mut serde_json::Value)) -> Run {
    let key = SigningKey::from_bytes(&[5; 32]);
    let opening =
        Opening { key: Hash::from_bytes(key.verifying_key().as_bytes()).unwrap(), node: "x".into(), before: None };
    let header = Header::read(like.header.as_bytes()).unwrap();
    let mut body = Body::read(like.body.as_ref().unwrap().1.as_bytes()).unwrap();
    change(&mut body.fact);
    let start = Start { opening, at: header.at, actor: header.actor.clone() };
    let (mut writer, first) = LogWriter::open(Some(scope), start, 0, [1; 32]).unwrap();
    let (class, audience, actor, at) = (header.class, header.audience, header.actor, header.at);
    let Body { kind, version, reason, fact, .. } = body;
    let draft = Draft { class, audience, actor, at, kind, version, replaces: vec![like.hash], reason, fact };
    let second = writer.seal(draft, [2; 32]).unwrap();
    let signature = Checkpoint::sign(&key, writer.log(), writer.last(), writer.head()).signature;
    let carry = |one: jiangsai_ledger::Record, signature| {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let salt = Hash::from_bytes(&one.salt).ok();
        let (body, sealed) = (Some(text(one.body)), None);
        Packed::from(Carried { header: text(one.header), salt, body, signature, erased: false, sealed })
    };
    Run { log: writer.log(), from: 0, records: vec![carry(first, None), carry(second, Some(Signature(signature)))] }
}

#[tokio::test]
async fn final_results_that_are_not_what_was_confirmed_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    desk.finalise().await;
    let Bundle { head, mut content, .. } = check(&published(&desk).await, None);
    let (scope, maker) = (head.unwrap().scope, SigningKey::from_bytes(&[6; 32]));
    let is_mark = |one: &&Packed| {
        one.body
            .as_ref()
            .is_some_and(|(_, body)| body.contains(r#""kind":"mark.set""#) && body.contains(r#""item":"T""#))
    };
    let mark = content.runs.iter().flat_map(|run| &run.records).find(is_mark).unwrap().clone();
    content.runs.push(forged(scope, &mark, |fact| fact["mark"] = json!({"value": "1.5"})));
    let from = Hash::from_bytes(maker.verifying_key().as_bytes()).unwrap();
    let bytes = write(&jiangsai_ledger::bundle::Head { from, ..head.unwrap() }, &content, &maker);
    let found = examined(&desk, &bytes);
    assert_eq!(found.wrong, [] as [String; 0], "hashes and signatures are as they should be");
    assert_eq!((found.events[0].verdict, found.holds()), (Verdict::Differs, false), "{:?}", found.events);
    assert_eq!(found.from, from.to_string(), "and it says whose it is");
}

#[tokio::test]
async fn nothing_is_published_while_names_are_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sealed_hall(&folder).await;
    let draw = |layer: &str, session: &str, prefix: &str| json!({"layer": layer, "session": session, "prefix": prefix, "stations": 0, "voids": null, "reason": ""});
    for session in ["A", "B"] {
        desk.ask("draw.by_computer", draw("place", session, &format!("ZP{session}"))).await.unwrap();
    }
    desk.ask("draw.seal", json!({"officer": "模拟加密员", "supervisor": "模拟监督员"})).await.unwrap();
    let refused = desk.ask_competition("bundle.export", json!({"what": "published"})).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.refusal), ("bundle-sealed", true));
    assert!(!folder.path().join("exports").exists(), "and nothing was written");
}

#[tokio::test]
async fn what_cannot_be_made_or_taken_in_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    for what in ["lacking", "everything"] {
        let refused = desk.ask_competition("bundle.export", json!({"what": what})).await.unwrap_err();
        assert_eq!((refused.code.as_str(), refused.refusal), ("bundle-not-connected", true));
    }
    let take = |bytes: Vec<u8>| desk.app.dispatch("bundle.import", json!({"file": upload("a.jsbundle", &bytes)}), None);
    assert_eq!(take(b"PK".to_vec()).await.unwrap_err().code, "bundle-none");
    let cut = published(&desk).await;
    let refused = take(cut[..cut.len() - 1].to_vec()).await.unwrap_err();
    assert_eq!(refused.code, "bundle-damaged");
    assert!(refused.message.contains("bytes"), "it says where: {}", refused.message);
    let elsewhere = format!("jiangsai.envelope.v1\nto {}\nxyz", "ab".repeat(32));
    assert_eq!(take(elsewhere.into_bytes()).await.unwrap_err().code, "bundle-other-recipient");
}

#[tokio::test]
async fn the_window_takes_a_bundle_by_its_path_and_a_browser_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let made = desk.ask_competition("bundle.export", json!({"what": "published"})).await.unwrap();
    let path = |path: &str| json!({"path": path});
    let file = made["path"].as_str().unwrap().to_owned();
    let refused = desk.app.dispatch("bundle.import_from", path(&file), None).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.refusal), ("bundle-path-window", true));
    drop(desk);
    let window = SystemHost::new(Some(|_| Ok(())));
    let window = App::open(folder.path(), Arc::new(window)).await.unwrap();
    let read = window.dispatch("bundle.import_from", path(&file), None).await.unwrap_err();
    assert_eq!(read.code, "bundle-published", "it was read");
    for nothing in ["", "a.jsbundle", "/nowhere/a.jsbundle"] {
        let refused = window.dispatch("bundle.import_from", path(nothing), None).await.unwrap_err();
        assert_eq!((refused.code.as_str(), refused.refusal), ("bundle-path-missing", true), "{nothing:?}");
    }
}
