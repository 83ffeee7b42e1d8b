//! The door of a program that serves something else: a window, or the browser of this computer. It opens and closes while that goes on.

use crate::{Limits, make_room, nodes, open_door, reached};
use jiangsai_app::App;
use jiangsai_app::hub::{Door, OpenDoor};
use std::net::Ipv4Addr;
use std::pin::Pin;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Lets other computers of the network in, as `jiangsai-hq serve` does, and tells the network so.
#[derive(Clone, Copy, Debug, Default)]
pub struct LanDoor;

/// Connections at once, in all and from one address. A hall has up to 200 desks, and each holds two: word of changes, and what it asks and sends.
/// That is 400, also where all of them stand behind one router, and some more while desks come back after a broken network and their old connections
/// are not known to be dead yet. Whoever takes all places of one address leaves 128 to the others. A system that lets a program open 1,024 files has
/// room for all of them.
const HALL: (usize, usize) = (640, 512);

impl Door for LanDoor {
    fn open(&self, app: App, port: u16) -> Pin<Box<dyn Future<Output = std::io::Result<OpenDoor>> + Send + '_>> {
        Box::pin(async move {
            make_room(HALL.0);
            let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).await?;
            let here = listener.local_addr()?;
            // Said now: later nobody would be there to hear it.
            app.door_tls().map_err(|error| std::io::Error::other(error.message))?;
            app.is_reached(Some(reached(here)));
            let (closes, close) = oneshot::channel::<()>();
            let closed = tokio::spawn(async move {
                // Where the network cannot be told, the address can be typed.
                let announced =
                    app.announce().inspect_err(|error| tracing::warn!(cause = %error.message, "not announced"));
                let stop = async {
                    drop(close.await);
                    drop(announced);
                };
                let limits = Limits { connections: HALL.0, per_address: HALL.1, ..Limits::default() };
                if let Err(error) = open_door(listener, &app, nodes(app.clone()), limits, stop).await {
                    tracing::error!(cause = %error, "the door for other computers closed");
                }
            });
            Ok(OpenDoor::new(here.port(), closes, closed))
        })
    }
}
