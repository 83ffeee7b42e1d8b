//! A window with one word in it and nothing of ours: what the window system alone takes. `cargo xtask bench` holds it beside the
//! real one.
#![allow(unused_crate_dependencies, reason = "the dependencies of the application")]

use tauri::{WebviewUrl, WebviewWindowBuilder};

const WORD: &str = "addEventListener('DOMContentLoaded', () => { document.body.textContent = '匠赛' })";

#[allow(clippy::disallowed_methods, reason = "what the macro of the window system makes")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let blank = "about:blank".parse()?;
    tauri::Builder::default()
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::External(blank))
                .title("匠赛 Jiangsai")
                .inner_size(1280.0, 800.0)
                .initialization_script(WORD)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
