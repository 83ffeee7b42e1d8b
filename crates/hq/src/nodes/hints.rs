//! Word for a node below that there is something to ask for, as a stream of events. It ends when the door closes; whoever listens has lost nothing.

use crate::door::Closing;
use axum::response::sse::{Event, KeepAlive, Sse};
use jiangsai_app::sync::Word;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt};

/// How often a stream says that it is alive: twice in the time after which a node takes it for dead.
const ALIVE: Duration = Duration::from_secs(12);
/// Between two words: a node asks after one of them every two seconds at most, and a thousand streams that tell of each mark of a hall would cost
/// more than its marks.
const BETWEEN: Duration = Duration::from_secs(1);

/// The stream. Where words come faster, one stands for all.
pub(super) fn stream(mut word: Word, closing: Option<Closing>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (tell, told) = mpsc::channel(1);
    tokio::spawn(async move {
        let closed = Closing::of(closing);
        tokio::pin!(closed);
        loop {
            tokio::select! {
                () = &mut closed => return,
                () = tell.closed() => return,
                more = word.next() => {
                    if !more {
                        return;
                    }
                    // One that was not taken yet says the same.
                    let _ = tell.try_send(());
                    tokio::select! {
                        () = &mut closed => return,
                        () = tell.closed() => return,
                        () = tokio::time::sleep(BETWEEN) => {}
                    }
                }
            }
        }
    });
    let events = ReceiverStream::new(told).map(|()| Ok(Event::default().event("changed").data("")));
    Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE))
}
