//! The door of a headquarters for browsers elsewhere: whether this page came through one, who is signed in with which account, and what is asked there.
//!
//! Where nobody is signed in no command is called. Where a session ends the page stays as it is, covered, so that nothing that was typed is lost.

use crate::backend::{answered, ours};
use crate::i18n;
use crate::signed_in;
use gloo_net::http::Request;
use jiangsai_domain::account::{ACCOUNT_NEEDED, AskWho, DOOR_MARK, Mine, Question, Stay, Who};
use jiangsai_domain::command::WireError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A page that somebody is at says so, so often in milliseconds.
const THERE: u64 = 60_000;

/// How far somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// It is being asked.
    #[default]
    Asking,
    /// Nobody answers.
    Unanswered(WireError),
    /// Nobody is signed in.
    Outside,
    /// Somebody is.
    Inside(Mine),
    /// Somebody was, whose page is still here.
    Ended(Mine),
}

thread_local! {
    // Kept here, not by any page: it outlives all of them.
    static AT: ArcRwSignal<At> = ArcRwSignal::new(At::Asking);
    static RETURNS: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Did this page come through the door?
pub fn is_there() -> bool {
    let mark = document().query_selector(&format!("meta[name='{DOOR_MARK}']"));
    mark.is_ok_and(|mark| mark.is_some())
}

/// How far somebody is.
pub fn at() -> At {
    AT.with(|at| at.get())
}

/// The account somebody is signed in with, or was until a moment ago.
pub fn mine() -> Option<Mine> {
    match at() {
        At::Inside(mine) | At::Ended(mine) => Some(mine),
        _ => None,
    }
}

fn be(now: At) {
    AT.with(|at| {
        if at.with_untracked(|before| *before != now) {
            at.set(now);
        }
    });
}

/// Somebody came in, with this account. Another one begins with a page of its own: what the one before saw is none of its business.
pub fn came_in(mine: Mine) {
    let before = AT.with(|at| at.get_untracked());
    if let At::Ended(former) = &before {
        if former.name != mine.name {
            return leave();
        }
        RETURNS.with(|returns| returns.update(|count| *count += 1));
    }
    be(At::Inside(mine));
}

/// Counts up when somebody whose session had ended came back to the same page.
pub fn follow_returns() -> u32 {
    RETURNS.with(|returns| returns.get())
}

/// An answer, or word from the door, said that the session has ended.
pub fn ended() {
    let before = AT.with(|at| at.get_untracked());
    match before {
        At::Inside(mine) => be(At::Ended(mine)),
        At::Ended(_) => {}
        At::Asking | At::Unanswered(_) | At::Outside => be(At::Outside),
    }
}

/// Loads the page anew, with nothing of before in it, and nobody signed in to a competition either.
pub fn leave() {
    signed_in::forget();
    // A browser that cannot do that shows the covered page.
    let _ = window().location().reload();
}

/// Asks at the door.
///
/// # Errors
/// A refusal or a failure; `offline` when nobody answered.
pub async fn ask<Q: Question>(question: Q) -> Result<Q::Reply, WireError> {
    let payload = serde_json::to_string(&question).map_err(|error| ours("internal", &error.to_string()))?;
    let request = Request::post(&format!("/api/door/{}", Q::NAME))
        .header("accept-language", i18n::language_now())
        .header("content-type", "application/json")
        .body(payload)
        .map_err(|error| ours("internal", &error.to_string()))?;
    let reply = answered(request.send().await).await.inspect_err(|error| {
        if error.code == ACCOUNT_NEEDED {
            ended();
        }
    })?;
    serde_json::from_value(reply).map_err(|error| ours("internal", &error.to_string()))
}

/// Asks who is signed in.
pub fn look() {
    spawn_local(async {
        match ask(AskWho {}).await {
            Ok(Who { mine: Some(mine) }) => came_in(mine),
            Ok(Who { mine: None }) => ended(),
            Err(error) => be(At::Unanswered(error)),
        }
    });
}

/// Says now and then that somebody is at the page, as long as somebody is.
pub fn stay() {
    let last = StoredValue::new(crate::time::now());
    let there = move || {
        let now = crate::time::now();
        let is_inside = AT.with(|at| at.with_untracked(|at| matches!(at, At::Inside(_))));
        if !is_inside || now.abs_diff(last.get_value()) < THERE {
            return;
        }
        last.set_value(now);
        // What is asked next says it if the session has ended.
        spawn_local(async { drop(ask(Stay {}).await) });
    };
    let typed = window_event_listener(leptos::ev::keydown, move |_| there());
    let pointed = window_event_listener(leptos::ev::pointerdown, move |_| there());
    on_cleanup(move || {
        typed.remove();
        pointed.remove();
    });
}
