//! The one command of the window: any command of the contract, by name.

use jiangsai_app::{App, in_words};
use jiangsai_domain::command::WireError;
use serde_json::Value;
use tauri::State;
use tokio::sync::watch::Receiver;

/// The application, or why its data folder could not be opened; nothing while it is being opened.
pub(crate) struct Opened(pub Receiver<Option<Result<App, WireError>>>);

impl Opened {
    /// Waits until the data folder is open.
    async fn app(&self, language: Option<&str>) -> Result<App, WireError> {
        let mut opened = self.0.clone();
        let ended = || {
            tracing::error!("the data folder was not opened");
            let told =
                WireError { code: "internal".to_owned(), message: String::new(), details: Vec::new(), refusal: false };
            in_words(&told, language.unwrap_or("zh-CN"))
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
    session: Option<String>,
) -> Result<Value, WireError> {
    let app = opened.app(language.as_deref()).await?;
    app.dispatch_as(session.as_deref(), &name, payload, language.as_deref()).await
}
