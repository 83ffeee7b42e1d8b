//! The desktop window: a thin host of the commands. No rules.

mod host;
mod log;
mod rpc;
mod screen;
mod window;

use tauri::Manager;
use tokio::sync::watch;

/// Opens the window and stays until it is closed.
///
/// # Errors
/// What the window system says.
#[allow(clippy::disallowed_methods, reason = "what the macro of the window system makes")]
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .setup(|app| {
            let (done, opened) = watch::channel(None);
            let (folder, handle) = (host::folder(app), app.handle().clone());
            log::begin();
            // The window does not wait for the data; commands do.
            tauri::async_runtime::spawn(async move {
                let opened = match folder {
                    Ok(folder) => {
                        let opened = host::open(&folder, handle.clone()).await;
                        log::settle(&folder, opened.as_ref().err());
                        opened
                    }
                    Err(error) => Err(error),
                };
                if let Ok(application) = &opened {
                    window::announce(handle, application.changes());
                    tauri::async_runtime::spawn(application.clone().keep_in_sync());
                    tauri::async_runtime::spawn(application.clone().keep_backups());
                    application.host_again().await;
                }
                // What went wrong is said in the window, by every command that is called.
                done.send_replace(Some(opened));
            });
            app.manage(rpc::Opened(opened));
            window::open(app)
        })
        .invoke_handler(tauri::generate_handler![rpc::rpc, screen::open_screen, screen::fill_screen])
        .run(tauri::generate_context!())
}
