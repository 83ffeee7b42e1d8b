//! The desktop window: a thin host of the commands. No rules.

mod host;
mod rpc;
mod window;

use tauri::Manager;

/// Opens the window and stays until it is closed.
///
/// # Errors
/// What the window system says.
#[allow(clippy::disallowed_methods, reason = "what the macro of the window system makes")]
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .setup(|app| {
            let opened = tauri::async_runtime::block_on(host::open(app));
            if let Ok(application) = &opened {
                window::announce(app.handle().clone(), application.changes());
            }
            // What went wrong is said in the window, by every command that is called.
            app.manage(rpc::Opened(opened));
            window::open(app)
        })
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .run(tauri::generate_context!())
}
