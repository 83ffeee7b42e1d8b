//! Word of changes: `GET /api/events`, one event per changed competition. Only a hint to ask again.

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use jiangsai_app::App;
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

pub(crate) async fn stream(State(app): State<App>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = BroadcastStream::new(app.changes()).map(|change| {
        // Whoever fell behind is told that anything may have changed.
        let id = change.map(|id| id.to_string()).unwrap_or_default();
        Ok(Event::default().event("changed").data(id))
    });
    Sse::new(changes).keep_alive(KeepAlive::default())
}
