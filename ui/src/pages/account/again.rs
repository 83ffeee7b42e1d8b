//! Password and code once more, before the account is changed.

use crate::components::{CodeField, SecretField};
use leptos::prelude::*;

/// Both fields.
#[component]
pub fn Again(
    /// The password.
    password: RwSignal<String>,
    /// The code.
    code: RwSignal<String>,
    /// Test ids.
    testids: [&'static str; 2],
) -> impl IntoView {
    view! {
        <SecretField label="password-now" value=password autocomplete="current-password" testid=testids[0] />
        <CodeField label="code-app" value=code testid=testids[1] recovery=true />
    }
}
