//! The window, and word of changes to what it shows.

use jiangsai_app::Change;
use std::ffi::OsStr;
use std::path::PathBuf;
use tauri::webview::DownloadEvent;
use tauri::{AppHandle, Emitter, Manager, Url, WebviewUrl, WebviewWindowBuilder};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Opens the window.
pub(crate) fn open(app: &tauri::App) -> Result<(), Box<dyn std::error::Error>> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("匠赛 Jiangsai")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 640.0)
        // Ctrl and +, − or 0, as in a browser: everything up to several times as large.
        .zoom_hotkeys_enabled(true)
        // A file that is dropped belongs to the page, as in a browser.
        .disable_drag_drop_handler()
        .on_download(|webview, event| {
            match event {
                DownloadEvent::Requested { url, destination } => place(webview.app_handle(), &url, destination),
                // A file that was asked for is wanted open; where nothing opens it, it lies among the downloads all the same.
                DownloadEvent::Finished { path: Some(path), success: true, .. } => drop(open::that_detached(path)),
                _ => {}
            }
            true
        })
        .build()?;
    Ok(())
}

/// Puts a download among the person's downloads, beside what lies there under the same name.
fn place(app: &AppHandle, url: &Url, destination: &mut PathBuf) {
    let Ok(folder) = app.path().download_dir().or_else(|_| app.path().home_dir()) else { return };
    let last = url.path_segments().and_then(|mut parts| parts.next_back().map(PathBuf::from));
    let Some(name) = destination.file_name().map(PathBuf::from).or(last) else { return };
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (text(name.file_stem()), text(name.extension()));
    let dot = if extension.is_empty() { "" } else { "." };
    let others = (2..).map(|copy| folder.join(format!("{stem} ({copy}){dot}{extension}")));
    let free = std::iter::once(folder.join(&name)).chain(others).find(|path| !path.exists());
    *destination = free.unwrap_or_else(|| folder.join(&name));
}

/// Tells the interface which competition changed. Only a hint to ask again.
pub(crate) fn announce(app: AppHandle, mut changes: Receiver<Change>) {
    tauri::async_runtime::spawn(async move {
        loop {
            let id = match changes.recv().await {
                Ok(change) => change.word().to_owned(),
                // Whoever fell behind is told that anything may have changed.
                Err(RecvError::Lagged(_)) => String::new(),
                Err(RecvError::Closed) => return,
            };
            // A window that is closing hears nothing any more.
            let _ = app.emit("changed", id);
        }
    });
}
