//! What the application gets from the desktop: a data folder and a way to open files.

use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_domain::command::WireError;
use jiangsai_hq::{Interface, LanDoor, LanScreen};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager};

/// Variable that names another data folder.
const DATA: &str = "JIANGSAI_DATA";

/// The data folder: the one named by the environment, or the usual place of this computer.
pub(crate) fn folder(app: &tauri::App) -> Result<PathBuf, WireError> {
    match std::env::var_os(DATA).filter(|dir| !dir.is_empty()) {
        Some(dir) => Ok(PathBuf::from(dir)),
        None => app.path().app_data_dir().map_err(|error| WireError {
            code: "io".to_owned(),
            message: error.to_string(),
            details: vec![("why".to_owned(), error.to_string())],
            refusal: false,
        }),
    }
}

/// Opens a data folder.
pub(crate) async fn open(folder: &Path, window: AppHandle) -> Result<App, WireError> {
    let host = SystemHost::new(Some(open_file)).with_door(Arc::new(LanDoor)).with_keychain(jiangsai_keychain::keeps());
    App::open(folder, Arc::new(host.with_screen(Arc::new(LanScreen::new(interface(window)))))).await
}

/// The interface inside of this program.
fn interface(window: AppHandle) -> Interface {
    Arc::new(move |path: &str| window.asset_resolver().get(path.to_owned()).map(|asset| asset.bytes))
}

fn open_file(path: &Path) -> Result<(), String> {
    open::that_detached(path).map_err(|error| error.to_string())
}
