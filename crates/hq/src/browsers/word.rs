//! Word of changes for a browser elsewhere, while its session goes on: `changed`, only a hint to ask again, and `ended`, after which there is nothing to ask. Being told is
//! no act: a page that nobody is at is signed out.

use crate::door::Closing;
use axum::response::sse::{Event, KeepAlive, Sse};
use jiangsai_app::App;
use jiangsai_domain::command::ANYTHING;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::time::interval;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt};

/// How often it is looked whether the session goes on.
const LOOK: Duration = Duration::from_secs(3);
/// Words that may wait to be taken.
const WAITING: usize = 64;

/// The stream of whoever has this token.
pub(super) fn stream(
    app: App,
    token: Option<String>,
    closing: Option<Closing>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (tell, told) = mpsc::channel(WAITING);
    let mut changes = app.changes();
    tokio::spawn(async move {
        let (mut looks, closed) = (interval(LOOK), Closing::of(closing));
        tokio::pin!(closed);
        loop {
            let change = tokio::select! {
                biased;
                () = &mut closed => return,
                () = tell.closed() => return,
                change = changes.recv() => change,
                _ = looks.tick() => {
                    match app.entered(token.as_deref(), None).await {
                        Ok(None) => {
                            // Whoever is gone needs no word.
                            let _ = tell.send(("ended", ANYTHING.to_owned())).await;
                            return;
                        }
                        // A database that is away for a moment ends nothing.
                        Ok(Some(_)) | Err(_) => continue,
                    }
                }
            };
            let word = match change {
                Ok(change) => change.word().to_owned(),
                // Whoever fell behind is told that anything may have changed.
                Err(RecvError::Lagged(_)) => ANYTHING.to_owned(),
                Err(RecvError::Closed) => return,
            };
            // Where it does not fit, too many wait already: the page that takes them asks again.
            let _ = tell.try_send(("changed", word));
        }
    });
    let events = ReceiverStream::new(told).map(|(kind, id)| Ok(Event::default().event(kind).data(id)));
    Sse::new(events).keep_alive(KeepAlive::default())
}
