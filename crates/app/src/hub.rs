//! This computer as the host of its hall (赛场主机): whether its door for other computers is open, and where.
//!
//! Left out: the door itself, which speaks HTTP (the program hands it in), and what is answered there ([`crate::sync`]).

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::hub::Hub;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::pairing::PORT;
use jiangsai_locales::Lang;
use std::pin::Pin;
use tokio::sync::{Mutex, oneshot};
use tokio::task::JoinHandle;

/// Setting that holds the port while the door should be open.
pub(crate) const OPEN_AT: &str = "hub.port";

/// A way to let other computers in.
pub trait Door: Send + Sync {
    /// Opens at a port of every address (of version 4) of this computer, and says where it is reached ([`App::is_reached`]).
    fn open(&self, app: App, port: u16) -> Pin<Box<dyn Future<Output = std::io::Result<OpenDoor>> + Send + '_>>;
}

/// A door that is open.
#[derive(Debug)]
pub struct OpenDoor {
    port: u16,
    closes: oneshot::Sender<()>,
    closed: JoinHandle<()>,
}

impl OpenDoor {
    /// An open door at a port: what is told that it is to be closed, and what ends when it is.
    #[must_use]
    pub const fn new(port: u16, closes: oneshot::Sender<()>, closed: JoinHandle<()>) -> Self {
        Self { port, closes, closed }
    }

    /// It has not closed by itself.
    pub(crate) fn is_open(&self) -> bool {
        !self.closed.is_finished()
    }

    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// Closes it; requests under way are answered before.
    pub(crate) async fn close(self) {
        // Where nobody listens any more it has closed by itself.
        let _ = self.closes.send(());
        let _ = self.closed.await;
    }
}

/// How the door is.
#[derive(Default)]
pub(crate) struct Hosting(Mutex<State>);

#[derive(Default)]
struct State {
    open: Option<OpenDoor>,
    /// The port that could not be opened, and why.
    refused: Option<(u16, String)>,
}

impl App {
    /// Opens the door again where it was open when the application ended.
    pub async fn host_again(&self) {
        let kept = self.0.store.setting(OPEN_AT).await.ok().flatten();
        let Some(port) = kept.and_then(|port| port.parse().ok()) else { return };
        // Why not is kept, and shown.
        let _ = self.open_hub(port).await;
    }

    /// The port at which the door was opened last, or the usual one.
    pub(crate) async fn hub_port(&self) -> u16 {
        let kept = self.0.store.setting(OPEN_AT).await.ok().flatten();
        kept.and_then(|port| port.parse().ok()).unwrap_or(PORT)
    }

    /// Opens the door where it is closed and this program has one: a computer that stands by has to say where it is before it is needed.
    pub(crate) async fn be_reached(&self) {
        if self.0.host.door().is_some() && self.0.addresses.reached().is_none() {
            // Why not is kept, and shown.
            let _ = self.open_hub(self.hub_port().await).await;
        }
    }

    /// How the door is, in words of a language.
    pub(crate) async fn hub(&self, lang: Lang) -> Hub {
        let state = self.0.hosting.0.lock().await;
        let trouble = state.refused.as_ref().map(|(port, why)| refusal(*port, why).wire("hub.show", lang));
        let port = state.open.as_ref().map(|open| open.port).or(state.refused.as_ref().map(|(port, _)| *port));
        let open = state.open.as_ref().is_some_and(OpenDoor::is_open);
        let addresses = self.0.addresses.all();
        let port = port.unwrap_or(PORT);
        Hub { possible: self.0.host.door().is_some(), open, port, addresses, trouble }
    }

    /// Opens the door, now and at every start from now on.
    pub(crate) async fn open_hub(&self, port: u16) -> Result<(), Failure> {
        let door = self.0.host.door().ok_or(Refusal::new("hub-impossible"))?;
        if port == 0 {
            return Err(Refusal::new("hub-port").into());
        }
        let mut state = self.0.hosting.0.lock().await;
        if state.open.as_ref().is_some_and(|open| open.port == port && open.is_open()) {
            state.refused = None;
            return Ok(());
        }
        match door.open(self.clone(), port).await {
            Ok(open) => {
                let before = std::mem::replace(&mut *state, State { open: Some(open), refused: None });
                if let Some(before) = before.open {
                    before.close().await;
                }
            }
            Err(error) => {
                tracing::warn!(%error, port, "the door for other computers was not opened");
                let why = error.to_string();
                // A door that is open elsewhere stays so.
                state.refused = Some((port, why.clone()));
                return Err(refusal(port, &why));
            }
        }
        drop(state);
        Ok(self.0.store.set_setting(OPEN_AT, &port.to_string()).await?)
    }

    /// Closes the door, for good.
    pub(crate) async fn close_hub(&self) -> Result<(), Failure> {
        self.leave_hub().await;
        Ok(self.0.store.set_setting(OPEN_AT, "").await?)
    }

    /// Closes the door because the program ends; it is opened again at the next start.
    pub async fn leave_hub(&self) {
        let state = std::mem::take(&mut *self.0.hosting.0.lock().await);
        self.is_reached(None);
        if let Some(open) = state.open {
            open.close().await;
        }
    }
}

fn refusal(port: u16, why: &str) -> Failure {
    Refusal::new("hub-port-taken").with("port", port).with("why", why).into()
}
