//! Calling commands: through the window's bridge where there is one, else over HTTP. And word of changes.

use crate::door;
use crate::i18n;
use crate::signed_in;
use gloo_net::http::{Request, Response};
use jiangsai_domain::account::ACCOUNT_NEEDED;
use jiangsai_domain::command::people::TOKENS;
use jiangsai_domain::command::{ANYTHING, Command, WireError};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::*;
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls a command.
///
/// # Errors
/// A refusal or a failure; `offline` when nobody answered.
pub async fn call<C: Command>(command: C) -> Result<C::Reply, WireError> {
    let payload = serde_json::to_value(command).map_err(|error| ours("internal", &error.to_string()))?;
    let answer = match bridge("core", "invoke") {
        Some((owner, invoke)) => through_window(&owner, &invoke, C::NAME, &payload).await,
        None => over_http(C::NAME, &payload).await,
    };
    match answer.as_ref().map_err(|error| error.code.as_str()) {
        Err("sign-in-needed") => signed_in::lapsed(),
        Err(ACCOUNT_NEEDED) => door::ended(),
        _ => {}
    }
    let reply = answer?;
    serde_json::from_value(reply).map_err(|error| ours("internal", &error.to_string()))
}

/// A function of the window's bridge, with its owner.
fn bridge(part: &str, name: &str) -> Option<(JsValue, Function)> {
    let owner = Reflect::get(&window(), &"__TAURI__".into()).ok().filter(|bridge| !bridge.is_undefined())?;
    let owner = Reflect::get(&owner, &part.into()).ok()?;
    let function = Reflect::get(&owner, &name.into()).ok()?.dyn_into::<Function>().ok()?;
    Some((owner, function))
}

async fn through_window(owner: &JsValue, invoke: &Function, name: &str, payload: &Value) -> Result<Value, WireError> {
    let args = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&args, &key.into(), value);
    let parsed = JSON::parse(&payload.to_string()).map_err(|_| ours("internal", "payload"))?;
    set("name", &name.into())
        .and(set("payload", &parsed))
        .and(set("language", &i18n::language_now().into()))
        .and(set("session", &signed_in::tokens().into()))
        .map_err(|_| ours("internal", "arguments"))?;
    let promise = invoke.call2(owner, &"rpc".into(), &args).map_err(|error| ours("offline", &said(&error)))?;
    match JsFuture::from(Promise::from(promise)).await {
        Ok(reply) => read(&reply),
        Err(error) => {
            let value = read(&error)?;
            Err(serde_json::from_value(value).unwrap_or_else(|_| ours("internal", &said(&error))))
        }
    }
}

fn read(value: &JsValue) -> Result<Value, WireError> {
    if value.is_undefined() {
        return Ok(Value::Null);
    }
    let text = JSON::stringify(value).map_err(|_| ours("internal", "reply"))?;
    serde_json::from_str(&String::from(text)).map_err(|error| ours("internal", &error.to_string()))
}

/// Where a big screen on another computer has its page, which is where it asks as well; `None` for every other page.
pub fn looked_at() -> Option<String> {
    let path = window().location().pathname().ok()?;
    path.starts_with("/screen/").then(|| path.trim_end_matches('/').to_owned())
}

async fn over_http(name: &str, payload: &Value) -> Result<Value, WireError> {
    let request = Request::post(&format!("{}/api/rpc/{name}", looked_at().unwrap_or_default()))
        .header("accept-language", i18n::language_now())
        .header("content-type", "application/json")
        .header(TOKENS, &signed_in::tokens())
        .body(payload.to_string())
        .map_err(|error| ours("internal", &error.to_string()))?;
    answered(request.send().await).await
}

/// What an answer over HTTP says.
pub async fn answered(sent: Result<Response, gloo_net::Error>) -> Result<Value, WireError> {
    let answer = sent.map_err(|error| ours("offline", &error.to_string()))?;
    let text = answer.text().await.map_err(|error| ours("offline", &error.to_string()))?;
    if answer.ok() {
        return serde_json::from_str(&text).map_err(|error| ours("internal", &error.to_string()));
    }
    Err(serde_json::from_str(&text).unwrap_or_else(|_| ours("offline", &text)))
}

/// An error of our own, in words.
pub fn ours(code: &str, cause: &str) -> WireError {
    let details = vec![("why".to_owned(), cause.to_owned())];
    let message = i18n::message(&format!("error-{code}"), &details);
    WireError { code: code.to_owned(), message, details, refusal: false }
}

/// Asks the desktop for something about its windows: `open_screen` of a competition, `fill_screen`. False where there are no windows but
/// the browser's, and where it could not be done.
pub async fn ask_window(command: &'static str, competition: &str) -> bool {
    let Some((owner, invoke)) = bridge("core", "invoke") else { return false };
    let args = Object::new();
    if Reflect::set(&args, &"competition".into(), &competition.into()).is_err() {
        return false;
    }
    match invoke.call2(&owner, &command.into(), &args) {
        Ok(promise) => JsFuture::from(Promise::from(promise)).await.is_ok(),
        Err(_) => false,
    }
}

/// Is this the desktop window?
pub fn in_window() -> bool {
    bridge("core", "invoke").is_some()
}

fn said(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| format!("{value:?}"))
}

/// Calls back with every word of changes, as long as the page lives, and with [`ANYTHING`] when word comes again after nobody was heard for a while; and
/// when a big screen on another computer has ended.
pub fn on_change(mut tell: impl FnMut(String) + 'static, end: impl Fn() + 'static) {
    if let Some((owner, listen)) = bridge("event", "listen") {
        let heard = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let id = Reflect::get(&event, &"payload".into()).ok().and_then(|id| id.as_string());
            tell(id.unwrap_or_default());
        });
        // Without word of changes every page still asks again when it is opened.
        let _ = listen.call2(&owner, &"changed".into(), heard.as_ref());
        heard.forget();
        return;
    }
    let tell = Rc::new(RefCell::new(tell));
    let told = Rc::clone(&tell);
    let heard = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        told.borrow_mut()(event.data().as_string().unwrap_or_default());
    });
    // A browser connects again by itself; what changed meanwhile was told to nobody here.
    let mut begun = false;
    let again = Closure::<dyn FnMut()>::new(move || {
        if std::mem::replace(&mut begun, true) {
            tell.borrow_mut()(ANYTHING.to_owned());
        }
    });
    // Said only while the interface is being worked on.
    let built = Closure::<dyn FnMut()>::new(|| drop(web_sys::window().map(|window| window.location().reload())));
    // Said to a big screen on another computer, and where a session has ended.
    let open = Rc::new(RefCell::new(None::<web_sys::EventSource>));
    let own = Rc::clone(&open);
    let ended = Closure::<dyn FnMut()>::new(move || {
        if let Some(source) = own.borrow_mut().take() {
            source.close();
        }
        if door::is_there() { door::ended() } else { end() }
    });
    Effect::new(move |_| {
        // Anew when somebody came back.
        door::follow_returns();
        let address = format!("{}/api/events", looked_at().unwrap_or_default());
        let Ok(source) = web_sys::EventSource::new(&address) else { return };
        let _ = source.add_event_listener_with_callback("changed", heard.as_ref().unchecked_ref());
        let _ = source.add_event_listener_with_callback("open", again.as_ref().unchecked_ref());
        let _ = source.add_event_listener_with_callback("built", built.as_ref().unchecked_ref());
        let _ = source.add_event_listener_with_callback("ended", ended.as_ref().unchecked_ref());
        if let Some(before) = open.borrow_mut().replace(source) {
            before.close();
        }
    });
}
