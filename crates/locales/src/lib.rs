//! The words of the product, in Chinese and English.
//!
//! Sentences live in `zh-CN/*.ftl` and `en/*.ftl`, one file per area; Chinese is the source. The interface, the printed
//! documents and the messages of the command line all take them from here. Left out: layout, and which language a person
//! has chosen.

mod bundle;
mod files;
mod lang;
mod message;

pub use bundle::{has, keys, text};
pub use lang::{Lang, UnknownLang};
pub use message::message;
