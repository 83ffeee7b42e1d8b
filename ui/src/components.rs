//! What several pages use: dialogs, fields, steps with their effect, the import of a file with its preview, the question before leaving, passwords and codes.

mod account;
mod authenticator;
mod calm;
mod dialog;
mod duties;
pub mod effect;
mod field;
mod following;
mod foretold;
mod import;
mod keys;
mod leaving;
mod pin;
mod secret;
mod signed_in;
mod sync;

pub use account::AccountMark;
pub use authenticator::{AuthenticatorCode, RecoveryCodes};
pub use calm::calmly;
pub use dialog::Dialog;
pub use duties::duties;
pub use effect::{EffectDialog, Foresight, changes, outdated, teams};
pub use field::{Choice, TextField, beside};
pub use following::follow;
pub use foretold::Foretold;
pub use import::{Flow, ImportDialog, fault_list};
pub use keys::{KeysDialog, KeysOf};
pub use leaving::{Away, Unsaved, guard, leaving};
pub use pin::PinField;
pub use secret::{CodeField, SecretField};
pub use signed_in::{SignedInMark, roles};
pub use sync::SyncLine;
