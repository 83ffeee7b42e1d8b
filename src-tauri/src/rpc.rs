//! The one command of the window: any command of the contract, by name.

use jiangsai_app::App;
use jiangsai_domain::command::WireError;
use serde_json::Value;
use tauri::State;
use tokio::sync::watch::Receiver;

/// The application, or why its data folder could not be opened; nothing while it is being opened.
pub(crate) struct Opened(pub Receiver<Option<Result<App, WireError>>>);

impl Opened {
    /// Waits until the data folder is open.
    async fn app(&self) -> Result<App, WireError> {
        let mut opened = self.0.clone();
        let ended = || WireError {
            code: "io".to_owned(),
            message: "the data folder was not opened".to_owned(),
            details: Vec::new(),
            refusal: false,
        };
        opened.wait_for(Option::is_some).await.map_err(|_| ended())?.clone().ok_or_else(ended)?
    }
}

#[tauri::command]
pub(crate) async fn rpc(
    opened: State<'_, Opened>,
    name: String,
    payload: Value,
    language: Option<String>,
) -> Result<Value, WireError> {
    opened.app().await?.dispatch(&name, payload, language.as_deref()).await
}
