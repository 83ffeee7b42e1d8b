//! The interface: the same in the desktop window and in a browser. It shows and asks; what is allowed is decided by the application.
//!
//! `door` and `gate` are what stands before it for a browser elsewhere; `backend` calls commands, `session` knows where one is, `signed_in` as whom, `i18n` has the words, `components` what several pages use, `pages` the rest.
#![forbid(unsafe_code)]
#![allow(
    clippy::redundant_clone,
    clippy::needless_pass_by_value,
    reason = "a view takes what it shows; these two see only half of what the macro makes of it"
)]

mod app;
mod backend;
mod components;
mod door;
mod files;
mod gate;
mod i18n;
mod pages;
mod session;
mod signed_in;
mod theme;
mod time;

pub use app::App;
