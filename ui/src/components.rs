//! What several pages use: dialogs, fields, the import of a file with its preview.

mod dialog;
mod field;
mod import;

pub use dialog::Dialog;
pub use field::{Choice, TextField, beside};
pub use import::{Flow, ImportDialog, fault_list};
