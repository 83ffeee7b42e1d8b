//! The door of a program that serves something else: a window, or the browser of this computer. It opens and closes while that goes on.

use crate::{Limits, nodes, open_door, reachable};
use jiangsai_app::App;
use jiangsai_app::hub::{Door, OpenDoor};
use std::net::Ipv4Addr;
use std::pin::Pin;
use tokio::net::TcpListener;

/// Lets other computers of the network in, as `jiangsai-hq serve` does.
#[derive(Clone, Copy, Debug, Default)]
pub struct LanDoor;

impl Door for LanDoor {
    fn open(&self, app: App, port: u16) -> Pin<Box<dyn Future<Output = std::io::Result<OpenDoor>> + Send + '_>> {
        Box::pin(async move {
            let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).await?;
            let here = listener.local_addr()?;
            let addresses = reachable(here);
            app.is_reached_at(addresses.clone());
            let (open, closed) = OpenDoor::at(here.port(), addresses);
            tokio::spawn(async move {
                // Where the network cannot be told, the address can be typed.
                let _announced = app.announce().ok();
                let router = nodes(app.clone());
                if let Err(error) = open_door(listener, &app, router, Limits::default(), closed).await {
                    tracing::error!(cause = %error, "the door for other computers closed");
                }
            });
            Ok(open)
        })
    }
}
