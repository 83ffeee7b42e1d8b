//! Word of changes: `GET /api/events`, one event `changed` per changed competition, only a hint to ask again; and, while the interface is
//! being worked on, `built` when it has been built again.

use crate::site::PAGE;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use jiangsai_app::App;
use jiangsai_domain::command::ANYTHING;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::interval;
use tokio_stream::wrappers::{BroadcastStream, IntervalStream};
use tokio_stream::{Stream, StreamExt, empty};

/// How often the built interface is looked at.
const LOOK: Duration = Duration::from_millis(300);

/// What there can be word of.
#[derive(Clone)]
pub(crate) struct Sources {
    /// Its competitions.
    pub(crate) app: App,
    /// The folder of an interface that is being worked on.
    pub(crate) interface: Option<Arc<Path>>,
}

pub(crate) async fn stream(State(sources): State<Sources>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = BroadcastStream::new(sources.app.changes()).map(|change| {
        // Whoever fell behind is told that anything may have changed.
        let id = change.map_or_else(|_| ANYTHING.to_owned(), |change| change.word().to_owned());
        Ok(Event::default().event("changed").data(id))
    });
    let built: Pin<Box<dyn Stream<Item = ()> + Send>> = match sources.interface {
        Some(ui) => Box::pin(builds(ui.join(PAGE))),
        None => Box::pin(empty()),
    };
    let built = built.map(|()| Ok(Event::default().event("built").data(PAGE)));
    Sse::new(changes.merge(built)).keep_alive(KeepAlive::default())
}

/// One item whenever the first page is another one than before, and has been so for two looks: the files it names are there by then.
fn builds(page: PathBuf) -> impl Stream<Item = ()> {
    let mut told = std::fs::read(&page).ok();
    let mut seen = told.clone();
    IntervalStream::new(interval(LOOK)).filter_map(move |_| {
        let now = std::fs::read(&page).ok();
        let settled = now.is_some() && now == seen;
        seen = now;
        if !settled || seen == told {
            return None;
        }
        told.clone_from(&seen);
        Some(())
    })
}
