//! The big screen in a window of its own.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// Label of the window.
const LABEL: &str = "screen";

/// Opens the big screen of a competition, on a second monitor where there is one; shows it where it is open already.
///
/// # Errors
/// What the window system says; an id that is none.
// Async: on Windows a window that is made while the first one waits for an answer would never appear.
#[tauri::command]
pub(crate) async fn open_screen(app: AppHandle, competition: String) -> Result<(), String> {
    // The id becomes part of an address.
    if competition.is_empty() || !competition.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
        return Err("no competition".to_owned());
    }
    let place = format!("/c/{competition}/wall");
    let said = |error: tauri::Error| error.to_string();
    if let Some(open) = app.get_webview_window(LABEL) {
        let mut address = open.url().map_err(said)?;
        address.set_fragment(Some(&place));
        open.navigate(address).map_err(said)?;
        return open.set_focus().map_err(said);
    }
    let screen = WebviewWindowBuilder::new(&app, LABEL, WebviewUrl::App(format!("index.html#{place}").into()))
        .title("匠赛 Jiangsai")
        .inner_size(1280.0, 720.0)
        .min_inner_size(640.0, 360.0)
        .build()
        .map_err(said)?;
    let own = app.get_webview_window("main").and_then(|main| main.current_monitor().ok().flatten());
    let other = |monitor: &tauri::Monitor| own.as_ref().is_some_and(|own| own.position() != monitor.position());
    let monitors = screen.available_monitors().unwrap_or_default();
    if let Some(monitor) = monitors.into_iter().find(other) {
        // Where it cannot be moved it is moved by hand.
        let _ = screen.set_position(*monitor.position()).and_then(|()| screen.set_fullscreen(true));
    }
    Ok(())
}

/// The window fills its monitor, or no longer does.
///
/// # Errors
/// What the window system says.
#[tauri::command]
pub(crate) async fn fill_screen(window: WebviewWindow) -> Result<(), String> {
    let said = |error: tauri::Error| error.to_string();
    let fills = window.is_fullscreen().map_err(said)?;
    window.set_fullscreen(!fills).map_err(said)
}
