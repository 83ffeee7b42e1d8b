//! Word for the page of a big screen: `changed`, only a hint to ask again, and `ended`, after which there is nothing to ask.

use crate::door::Closing;
use axum::response::sse::{Event, KeepAlive, Sse};
use jiangsai_app::Change;
use jiangsai_domain::ids::CompetitionId;
use std::convert::Infallible;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt};

/// The stream. Where words come faster than they are taken, one stands for all.
pub(super) fn stream(
    mut changes: Receiver<Change>,
    own: CompetitionId,
    closing: Option<Closing>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (tell, told) = mpsc::channel(1);
    let id = own.clone();
    tokio::spawn(async move {
        let closed = Closing::of(closing);
        tokio::pin!(closed);
        loop {
            let change = tokio::select! {
                () = &mut closed => {
                    // Whoever is gone needs no word.
                    let _ = tell.send("ended").await;
                    return;
                }
                () = tell.closed() => return,
                change = changes.recv() => change,
            };
            let told = match change {
                Ok(Change::Competition(id)) => id == own,
                Ok(Change::Nodes | Change::Doors | Change::Sync) => false,
                // Whoever fell behind is told that anything may have changed.
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return,
            };
            if told {
                // One that was not taken yet says the same.
                let _ = tell.try_send("changed");
            }
        }
    });
    let events = ReceiverStream::new(told).map(move |word| Ok(Event::default().event(word).data(id.as_str())));
    Sse::new(events).keep_alive(KeepAlive::default())
}
