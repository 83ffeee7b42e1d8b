//! Whoever means ill: other names and sites, made-up cookies, guesses, and what is used a second time.

use super::{Browser, Hq, PASSWORD, SITE, shows};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiangsai_app::host::Host;
use jiangsai_domain::account::May;
use serde_json::json;

#[tokio::test]
async fn other_names_and_other_sites_are_not_answered() {
    let hq = Hq::open().await;
    let (mut browser, _) = hq.somebody("模拟甲", May::Work).await;
    let cookies = browser.cookies();
    let ask = |host: &str, headers: &[(&str, &str)]| {
        let mut request = Request::post("/api/rpc/app.status").header(header::HOST, host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header(header::COOKIE, &cookies).header(header::CONTENT_TYPE, "application/json");
        request.body(Body::from("{}")).unwrap()
    };
    let own = ask("hq.example.org", &[("origin", SITE)]);
    assert_eq!(browser.send(&hq, own).await.0, StatusCode::OK);
    for (host, headers) in [
        ("evil.example", &[("origin", SITE)][..]),
        ("127.0.0.1", &[("origin", SITE)]),
        ("hq.example.org:8443", &[("origin", SITE)]),
        ("hq.example.org", &[("origin", "https://evil.example")]),
        ("hq.example.org", &[("origin", "http://hq.example.org")]),
        ("hq.example.org", &[("origin", "https://hq.example.org:8443")]),
        ("hq.example.org", &[("origin", "null")]),
        ("hq.example.org", &[]),
        ("hq.example.org", &[("origin", SITE), ("sec-fetch-site", "cross-site")]),
        ("hq.example.org", &[("origin", SITE), ("sec-fetch-site", "same-site")]),
    ] {
        let (status, _, said) = browser.send(&hq, ask(host, headers)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{host} {headers:?} {}", String::from_utf8_lossy(&said));
    }
    for path in ["/", "/app.wasm", "/api/events"] {
        let rebound = Request::get(path).header(header::HOST, "evil.example").body(Body::empty()).unwrap();
        assert_eq!(browser.send(&hq, rebound).await.0, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_form_of_another_kind_or_too_long_is_not_read() {
    let hq = Hq::open().await;
    let mut browser = Browser::default();
    let post = |path: &str, kind: &str, body: String| {
        let request = Request::post(path).header(header::HOST, "hq.example.org").header(header::ORIGIN, SITE);
        request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()
    };
    let door = "/api/door/sign_in";
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let (status, ..) = browser.send(&hq, post(door, kind, "{}".to_owned())).await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    let long = json!({"name": "a", "password": "x".repeat(9_000), "code": ""}).to_string();
    assert_eq!(browser.send(&hq, post(door, "application/json", long)).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    for wrong in ["", "{", "[]", "null", "{\"name\": 1}", "{\"name\":\"a\",\"password\":{}}"] {
        let (status, ..) = browser.send(&hq, post(door, "application/json", wrong.to_owned())).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    // Of strangers not a byte of a command is read: a body that never ends is answered.
    let endless = Body::from_stream(tokio_stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let request = Request::post("/api/rpc/bundle.import").header(header::HOST, "hq.example.org");
    let request = request.header(header::ORIGIN, SITE).header(header::CONTENT_TYPE, "application/json");
    let (status, ..) = browser.send(&hq, request.body(endless).unwrap()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.ask(&hq, "anything", json!({})).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn made_up_and_foreign_cookies_let_nobody_in() {
    let hq = Hq::open().await;
    let (browser, _) = hq.somebody("模拟甲", May::Work).await;
    let token = browser.jar["__Host-jiangsai"].clone();
    let hash = {
        use sha2::{Digest, Sha256};
        hex::encode(Sha256::new().chain_update("jiangsai.account-session\n").chain_update(&token).finalize())
    };
    for (name, value) in [
        ("jiangsai-4711", token.as_str()),
        ("__Host-jiangsai-8443", &token),
        ("__Host-jiangsai-known", &token),
        ("__Host-jiangsai", ""),
        ("__Host-jiangsai", &token[..63]),
        ("__Host-jiangsai", &hash),
        ("__Host-jiangsai", "' OR 1=1 --"),
    ] {
        let mut other = Browser::default();
        other.jar.insert(name.to_owned(), value.to_owned());
        assert_eq!(other.call(&hq, "app.status", json!({})).await.0, StatusCode::UNAUTHORIZED, "{name}={value}");
    }
}

#[tokio::test]
async fn guessers_wait_by_address_and_the_owner_does_not_wait_for_them() {
    let hq = Hq::open().await;
    let (owner, letters) = hq.somebody("模拟甲", May::Look).await;
    let mut guesser = Browser::at("203.0.113.7:1000");
    let wrong = json!({"name": "模拟甲", "password": "不是这个密码不是这个密码", "code": "000000"});
    for _ in 0..5 {
        let (status, error) = guesser.ask(&hq, "sign_in", wrong.clone()).await;
        assert_eq!((status, &error["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &"account-wrong".into()));
    }
    // Where a try takes longer to look at than the first wait lasts, the next is let through, and the one after it waits twice as long.
    let mut late = 0;
    let headers = loop {
        let request = guesser.request("POST", "/api/door/sign_in", Some(&wrong));
        let (status, headers, _) = guesser.send(&hq, request).await;
        if status == StatusCode::TOO_MANY_REQUESTS {
            break headers;
        }
        late += 1;
        assert!(late < 6, "nobody guesses on and on");
    };
    let seconds: u64 = headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!(seconds >= 1, "{seconds}");
    let links = guesser.ask(&hq, "begin_set_up", json!({"link": "0".repeat(26)})).await;
    assert_eq!(links.0, StatusCode::TOO_MANY_REQUESTS, "whatever it guesses at");
    // Another address is counted by the account, and is let through as soon as that has waited.
    let mut other = Browser::at("198.51.100.9:1000");
    let (status, error) = other.ask(&hq, "sign_in", wrong.clone()).await;
    assert_eq!((status, &error["code"]), (StatusCode::TOO_MANY_REQUESTS, &"account-wait".into()));
    // The owner, from the same address as the guesser, in the browser that is known.
    let mut own = Browser { from: guesser.from, ..owner };
    own.jar.remove("__Host-jiangsai");
    let (status, _) = own.ask(&hq, "sign_in", hq.signing_in("模拟甲", PASSWORD, &letters)).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn behind_a_proxy_the_last_address_counts_and_none_that_somebody_wrote() {
    let hq = Hq::behind(true).await;
    let wrong = json!({"link": "0".repeat(26)});
    let guess = async |line: String| {
        let mut browser = Browser::at("127.0.0.1:999");
        browser.more.push(("x-forwarded-for", line));
        browser.ask(&hq, "begin_set_up", wrong.clone()).await.0
    };
    for made_up in 0..5 {
        assert_eq!(guess(format!("10.0.0.{made_up}, 203.0.113.7")).await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(guess("10.9.9.9, 203.0.113.7".to_owned()).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guess("203.0.113.7, 203.0.113.8".to_owned()).await, StatusCode::UNPROCESSABLE_ENTITY, "somebody else");
}

#[tokio::test]
async fn a_set_up_link_and_a_code_are_used_once() {
    let hq = Hq::open().await;
    let link = hq.link("模拟甲", May::Look).await;
    let mut browser = Browser::default();
    let (_, begun) = browser.ask(&hq, "begin_set_up", json!({"link": link})).await;
    let letters = begun["authenticator"]["letters"].as_str().unwrap().to_owned();
    let set_up = json!({"link": link, "password": PASSWORD, "code": shows(&letters, hq.clock.now_ms())});
    let both = tokio::join!(async { Browser::default().ask(&hq, "set_up", set_up.clone()).await.0 }, async {
        Browser::default().ask(&hq, "set_up", set_up.clone()).await.0
    },);
    let done = [both.0, both.1].iter().filter(|status| **status == StatusCode::OK).count();
    assert_eq!(done, 1, "two at once: {both:?}");
    let (status, gone) = browser.ask(&hq, "set_up", set_up).await;
    assert_eq!((status, &gone["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &"link-gone".into()));
    let same_code = hq.signing_in("模拟甲", PASSWORD, &letters);
    let (status, wrong) = browser.ask(&hq, "sign_in", same_code).await;
    assert_eq!(
        (status, &wrong["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &"account-wrong".into()),
        "it was shown before"
    );
}

#[tokio::test]
async fn the_session_of_a_removed_account_counts_no_more() {
    let hq = Hq::open().await;
    let (mut browser, letters) = hq.somebody("模拟甲", May::Work).await;
    assert_eq!(browser.call(&hq, "app.status", json!({})).await.0, StatusCode::OK);
    hq.app.accounts().remove("模拟甲").await.unwrap();
    assert_eq!(browser.call(&hq, "app.status", json!({})).await.0, StatusCode::UNAUTHORIZED);
    hq.clock.forth(super::STEP);
    let (status, _) = browser.ask(&hq, "sign_in", hq.signing_in("模拟甲", PASSWORD, &letters)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Somebody else of that name.
    let (mut other, _) = hq.somebody("模拟甲", May::Look).await;
    assert_eq!(other.ask(&hq, "who", json!({})).await.1["mine"]["may"], "look");
    assert_eq!(browser.call(&hq, "app.status", json!({})).await.0, StatusCode::UNAUTHORIZED, "is not the one before");
}
