//! The one command of the window: any command of the contract, by name.

use jiangsai_app::App;
use jiangsai_domain::command::WireError;
use serde_json::Value;
use tauri::State;

/// The application, or why its data folder could not be opened.
pub(crate) struct Opened(pub Result<App, WireError>);

#[tauri::command]
pub(crate) async fn rpc(
    opened: State<'_, Opened>,
    name: String,
    payload: Value,
    language: Option<String>,
) -> Result<Value, WireError> {
    let app = opened.0.as_ref().map_err(Clone::clone)?;
    app.dispatch(&name, payload, language.as_deref()).await
}
