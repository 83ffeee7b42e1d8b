//! From a set-up link to signing out.

use super::{Browser, Hq, PASSWORD, STEP, shows};
use axum::http::{StatusCode, header};
use jiangsai_app::host::Host;
use jiangsai_domain::account::May;
use serde_json::json;

#[tokio::test]
async fn somebody_sets_up_an_account_works_signs_out_and_comes_back() {
    let hq = Hq::open().await;
    let (mut browser, letters) = hq.somebody("模拟甲", May::Work).await;
    let (status, reply) = browser.call(&hq, "app.status", json!({})).await;
    assert_eq!((status, &reply["language"]), (StatusCode::OK, &"zh-CN".into()));
    let created = json!({"title": "", "event": "", "from": "sample"});
    assert_eq!(browser.call(&hq, "competitions.create", created).await.0, StatusCode::OK);
    let (status, refused) = browser.call(&hq, "competitions.create", json!({"title": 1})).await;
    assert_eq!((status, &refused["code"]), (StatusCode::BAD_REQUEST, &"bad-request".into()));
    let (_, who) = browser.ask(&hq, "who", json!({})).await;
    assert_eq!(who["mine"], json!({"name": "模拟甲", "may": "work", "recovery_left": 8}));

    let before = browser.clone();
    assert_eq!(browser.ask(&hq, "sign_out", json!({})).await.0, StatusCode::OK);
    assert!(!browser.jar.contains_key("__Host-jiangsai"), "the cookie is gone");
    for mut out in [browser.clone(), before] {
        let (status, refused) = out.call(&hq, "app.status", json!({})).await;
        assert_eq!(
            (status, &refused["code"]),
            (StatusCode::UNAUTHORIZED, &"account-needed".into()),
            "and counts no more"
        );
        assert_eq!(refused["message"], "请先用帐号登录。");
        assert_eq!(out.ask(&hq, "who", json!({})).await.1["mine"], json!(null));
    }

    let sign_in = hq.signing_in("模拟甲", PASSWORD, &letters);
    let (status, mine) = browser.ask(&hq, "sign_in", sign_in.clone()).await;
    assert_eq!((status, &mine["name"]), (StatusCode::OK, &"模拟甲".into()));
    assert_eq!(browser.call(&hq, "competitions.list", json!({})).await.0, StatusCode::OK);
    let (status, again) = Browser::default().ask(&hq, "sign_in", sign_in).await;
    assert_eq!((status, &again["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &"account-wrong".into()), "a code twice");

    let (_, sessions) = browser.ask(&hq, "sessions", json!({})).await;
    assert_eq!(sessions.as_array().unwrap().len(), 1);
    assert_eq!(browser.ask(&hq, "sign_out_everywhere", json!({})).await.0, StatusCode::OK);
    assert_eq!(browser.ask(&hq, "sessions", json!({})).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn strangers_get_the_page_and_its_files_and_nothing_of_any_competition() {
    let hq = Hq::open().await;
    let mut browser = Browser::default();
    let (status, headers, page) = browser.send(&hq, browser.request("GET", "/", None)).await;
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("<meta name=\"jiangsai-door\" content=\"browser\">"),
        "it is told that there is a door: {page}"
    );
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.contains("'sha256-") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline")
    );
    for (name, value) in [
        ("strict-transport-security", "max-age=31536000"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(headers[name], value);
    }
    assert!(!headers.contains_key("access-control-allow-origin"));
    let wasm = browser.send(&hq, browser.request("GET", "/app.wasm", None)).await;
    assert_eq!((wasm.0, &wasm.1[header::CONTENT_TYPE]), (StatusCode::OK, &"application/wasm".parse().unwrap()));
    for path in ["/api/events", "/api/openapi.json"] {
        assert_eq!(browser.send(&hq, browser.request("GET", path, None)).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
    for path in ["/../data/node.key", "/%2e%2e/data/node.key", "/data/node.key", "/anything"] {
        assert_eq!(browser.send(&hq, browser.request("GET", path, None)).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn cookies_are_strict_and_whoever_may_look_changes_nothing() {
    let hq = Hq::open().await;
    let (_, letters) = hq.somebody("模拟甲", May::Look).await;
    let mut browser = Browser::default();
    let request = browser.request("POST", "/api/door/sign_in", Some(&hq.signing_in("模拟甲", PASSWORD, &letters)));
    let (status, headers, _) = browser.send(&hq, request).await;
    assert_eq!(status, StatusCode::OK);
    let lines: Vec<&str> = headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect();
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert!(line.starts_with("__Host-jiangsai"), "{line}");
        assert!(line.contains("; Path=/; Secure; HttpOnly; SameSite=Strict") && !line.contains("Domain"), "{line}");
    }
    assert_eq!(browser.call(&hq, "competitions.list", json!({})).await.0, StatusCode::OK);
    let created = json!({"title": "", "event": "", "from": "sample"});
    let (status, refused) = browser.call(&hq, "competitions.create", created).await;
    assert_eq!((status, &refused["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &"look-only".into()));
    assert_eq!(browser.call(&hq, "competitions.list", json!({})).await.1, json!([]), "nothing was made");
}

#[tokio::test]
async fn a_session_that_nobody_acts_in_ends_and_word_of_changes_is_no_act() {
    let hq = Hq::open().await;
    let (mut browser, letters) = hq.somebody("模拟甲", May::Look).await;
    for _ in 0..3 {
        hq.clock.forth(20 * 60_000);
        assert_eq!(browser.ask(&hq, "stay", json!({})).await.0, StatusCode::OK, "somebody is at the page");
    }
    hq.clock.forth(25 * 60_000);
    assert_eq!(browser.call(&hq, "competitions.list", json!({})).await.0, StatusCode::OK);
    hq.clock.forth(6 * 60_000);
    let (status, refused) = browser.call(&hq, "competitions.list", json!({})).await;
    assert_eq!((status, &refused["code"]), (StatusCode::UNAUTHORIZED, &"account-needed".into()), "only asked");
    let (status, _) = browser.ask(&hq, "sign_in", hq.signing_in("模拟甲", PASSWORD, &letters)).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn the_stream_of_word_says_that_the_session_has_ended() {
    use tokio_stream::StreamExt;
    let hq = Hq::open().await;
    let (mut browser, _) = hq.somebody("模拟甲", May::Look).await;
    let request = browser.request("GET", "/api/events", None);
    let answer = browser.answer(&hq.router, request).await;
    assert_eq!(answer.status(), StatusCode::OK);
    hq.app.dispatch("competitions.create", json!({"title": "", "event": "", "from": "sample"}), None).await.unwrap();
    hq.app.accounts().remove("模拟甲").await.unwrap();
    let (mut text, mut chunks) = (String::new(), answer.into_body().into_data_stream());
    while let Some(chunk) = chunks.next().await {
        text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
    }
    assert!(text.contains("event: changed") && text.trim_end().ends_with("event: ended\ndata: *"), "{text:?}");
}

#[tokio::test]
async fn a_recovery_code_and_another_password_over_http() {
    let hq = Hq::open().await;
    let (mut browser, letters) = hq.somebody("模拟甲", May::Look).await;
    let token = browser.jar["__Host-jiangsai"].clone();
    let change =
        json!({"password": PASSWORD, "code": shows(&letters, hq.clock.now_ms()), "new": "湖面上的三只野鸭子飞走了呀"});
    assert_eq!(browser.ask(&hq, "change_password", change).await.0, StatusCode::OK);
    assert_ne!(browser.jar["__Host-jiangsai"], token, "another token");
    assert_eq!(browser.call(&hq, "app.status", json!({})).await.0, StatusCode::OK);
    hq.clock.forth(STEP);
    let old = Browser::default().ask(&hq, "sign_in", hq.signing_in("模拟甲", PASSWORD, &letters)).await;
    assert_eq!(old.0, StatusCode::UNPROCESSABLE_ENTITY);
}
