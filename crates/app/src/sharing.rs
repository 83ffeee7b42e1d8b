//! The big screen in the browsers of other computers (在另一台电脑上显示): whether it is shown there, and at which addresses.
//!
//! It is never shown there again by itself: every time has a code of its own. Left out: the door itself, which speaks HTTP and has the pages
//! (the program hands it in).

use crate::App;
use crate::failure::Failure;
use crate::hub::OpenDoor;
use crate::sync::Reached;
use jiangsai_domain::command::screen::{ScreenAddress, SharedScreen};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_domain::pairing::ScreenCode;
use std::pin::Pin;
use tokio::sync::Mutex;

/// What is shown, and to whom.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The screen of this competition, and nothing else.
    pub competition: CompetitionId,
    /// Whoever shows this code sees it.
    pub code: ScreenCode,
}

/// The door that was opened for it, and where other computers reach that.
pub type OpenScreen = (OpenDoor, Reached);

/// A way to show a big screen in the browsers of other computers.
pub trait ScreenDoor: Send + Sync {
    /// Opens at every address (of version 4) of this computer, until it is closed. Below `/screen/CODE` is the screen.
    fn open(&self, app: App, shared: Shared) -> Pin<Box<dyn Future<Output = std::io::Result<OpenScreen>> + Send + '_>>;
}

/// The screen that is shown on other computers: one at a time.
#[derive(Default)]
pub(crate) struct Sharing(Mutex<Option<Open>>);

struct Open {
    shared: Shared,
    door: OpenDoor,
    reached: Reached,
}

impl App {
    /// Whether the screen of a competition is shown on other computers, and where.
    pub(crate) async fn shared_screen(&self, competition: &CompetitionId) -> Result<SharedScreen, Failure> {
        let possible = self.0.host.screen_door().is_some();
        let state = self.0.sharing.0.lock().await;
        let own = state.as_ref().filter(|open| open.shared.competition == *competition && open.door.is_open());
        let Some(open) = own else { return Ok(SharedScreen { possible, ..SharedScreen::default() }) };
        let code = open.shared.code.to_string();
        let address = |place: String| -> Result<ScreenAddress, Failure> {
            let address = format!("http://{place}/screen/{code}");
            let picture = jiangsai_documents::code_svg(&address)?;
            Ok(ScreenAddress { address, picture })
        };
        let addresses = (open.reached.now)().into_iter().map(address).collect::<Result<_, _>>()?;
        Ok(SharedScreen { possible, open: true, port: open.door.port(), addresses, code })
    }

    /// Shows the screen of a competition on other computers, under a new code; what was shown there before ends.
    pub(crate) async fn share_screen(&self, competition: &CompetitionId) -> Result<(), Failure> {
        let door = self.0.host.screen_door().ok_or(Refusal::new("screen-share-impossible"))?;
        // There is such a competition.
        self.ask(competition, |_| Ok(())).await?;
        let mut random = [0; ScreenCode::LETTERS];
        getrandom::fill(&mut random).map_err(|error| Failure::Internal(error.to_string()))?;
        let shared = Shared { competition: competition.clone(), code: ScreenCode::new(random) };
        let mut state = self.0.sharing.0.lock().await;
        if let Some(before) = state.take() {
            before.door.close().await;
        }
        let (door, reached) = door.open(self.clone(), shared.clone()).await.map_err(|error| {
            tracing::warn!(%error, "the big screen is not shown on other computers");
            Refusal::new("screen-share-failed").with("why", error)
        })?;
        *state = Some(Open { shared, door, reached });
        Ok(())
    }

    /// Shows the screen of a competition on no other computer any more.
    pub(crate) async fn unshare_screen(&self, competition: &CompetitionId) {
        let mut state = self.0.sharing.0.lock().await;
        if let Some(open) = state.take_if(|open| open.shared.competition == *competition) {
            open.door.close().await;
        }
    }

    /// Shows no screen on other computers any more, because the program ends.
    pub async fn leave_screen(&self) {
        let open = self.0.sharing.0.lock().await.take();
        if let Some(open) = open {
            open.door.close().await;
        }
    }
}
