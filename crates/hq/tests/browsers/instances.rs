//! Two instances on one PostgreSQL: what one lets in the other lets in, and what ends at one ends at both at once.
#![cfg(unix)]

use super::clock::Clock;
use super::server::Server;
use super::{Browser, Hq, NOW, PASSWORD, SITE, STEP, interface};
use axum::http::StatusCode;
use jiangsai_app::App;
use jiangsai_domain::account::May;
use jiangsai_hq::browsers;
use serde_json::json;
use std::sync::Arc;

async fn instance(url: &str, clock: &Arc<Clock>, key: Option<&Hq>) -> Hq {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    if let Some(other) = key {
        std::fs::create_dir_all(&data).unwrap();
        std::fs::copy(other._folder.path().join("data/accounts.key"), data.join("accounts.key")).unwrap();
    }
    let app = App::open_database(url, &data, clock.clone()).await.unwrap();
    let router = browsers(app.clone(), SITE.parse().unwrap(), &interface(folder.path()), false);
    Hq { app, clock: clock.clone(), router, _folder: folder }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_instances_share_accounts_sessions_and_guesses() {
    let Some(server) = Server::start() else { return };
    let url = server.database("browsers").await;
    let clock = Clock::at(NOW);
    let one = instance(&url, &clock, None).await;
    let (mut browser, letters) = one.somebody("模拟甲", May::Work).await;

    let keyless = instance(&url, &clock, None).await;
    assert_eq!(keyless.app.accounts().check().await.unwrap_err().code, "accounts-key");
    let two = instance(&url, &clock, Some(&one)).await;
    two.app.accounts().check().await.unwrap();

    for hq in [&one, &two] {
        assert_eq!(browser.call(hq, "app.status", json!({})).await.0, StatusCode::OK);
    }
    let sign_in = one.signing_in("模拟甲", PASSWORD, &letters);
    let mut other = Browser::default();
    assert_eq!(
        other.ask(&two, "sign_in", sign_in.clone()).await.0,
        StatusCode::OK,
        "with one key they verify the same"
    );
    let again = Browser::default().ask(&one, "sign_in", sign_in).await;
    assert_eq!(again.0, StatusCode::UNPROCESSABLE_ENTITY, "a code that was used at one");
    assert_eq!(other.ask(&two, "sign_out", json!({})).await.0, StatusCode::OK);
    assert_eq!(other.call(&one, "app.status", json!({})).await.0, StatusCode::UNAUTHORIZED);

    let wrong = json!({"name": "模拟甲", "password": "不是这个密码不是这个密码", "code": "000000"});
    // The code that was shown again was the first of five.
    for (at, hq) in [&one, &two, &one, &two].into_iter().enumerate() {
        let from = format!("203.0.113.{at}:1");
        assert_eq!(Browser::at(&from).ask(hq, "sign_in", wrong.clone()).await.1["code"], "account-wrong", "{at}");
    }
    let waits = Browser::at("203.0.113.99:1").ask(&two, "sign_in", wrong).await;
    assert_eq!(waits.1["code"], "account-wait", "they count together");

    clock.forth(STEP);
    two.app.accounts().reset("模拟甲").await.unwrap();
    assert_eq!(browser.call(&one, "app.status", json!({})).await.0, StatusCode::UNAUTHORIZED, "at both at once");
}
