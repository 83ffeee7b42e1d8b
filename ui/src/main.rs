//! The interface in the browser or the window: mounts [`jiangsai_ui::App`].

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(jiangsai_ui::App);
}
