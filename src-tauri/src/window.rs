//! The window, and word of changes to what it shows.

use jiangsai_domain::ids::CompetitionId;
use tauri::{AppHandle, Emitter, WebviewUrl, WebviewWindowBuilder};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Opens the window.
pub(crate) fn open(app: &tauri::App) -> Result<(), Box<dyn std::error::Error>> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("匠赛 Jiangsai")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 640.0)
        .build()?;
    Ok(())
}

/// Tells the interface which competition changed. Only a hint to ask again.
pub(crate) fn announce(app: AppHandle, mut changes: Receiver<CompetitionId>) {
    tauri::async_runtime::spawn(async move {
        loop {
            let id = match changes.recv().await {
                Ok(id) => id.to_string(),
                // Whoever fell behind is told that anything may have changed.
                Err(RecvError::Lagged(_)) => String::new(),
                Err(RecvError::Closed) => return,
            };
            // A window that is closing hears nothing any more.
            let _ = app.emit("changed", id);
        }
    });
}
