//! The door of a program that serves something else: a window, or the browser of this computer. It opens and closes while that goes on.

use crate::{Limits, nodes, open_door, reached};
use jiangsai_app::App;
use jiangsai_app::hub::{Door, OpenDoor};
use std::net::Ipv4Addr;
use std::pin::Pin;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Lets other computers of the network in, as `jiangsai-hq serve` does, and tells the network so.
#[derive(Clone, Copy, Debug, Default)]
pub struct LanDoor;

/// As many as a hall has desks, each with two connections. The program opens files besides, and a desktop gives it few.
const HALL: (usize, usize) = (200, 100);

impl Door for LanDoor {
    fn open(&self, app: App, port: u16) -> Pin<Box<dyn Future<Output = std::io::Result<OpenDoor>> + Send + '_>> {
        Box::pin(async move {
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
