//! Marks on record that a file would change, and why.

use crate::components::TextField;
use crate::i18n::tx;
use jiangsai_domain::command::marks::MarkChange;
use leptos::prelude::*;

/// What stands and what the file says, and the field for the reason; nothing where nothing changes.
pub fn changes(changes: Vec<MarkChange>, reason: RwSignal<String>, wrong: Signal<String>) -> Option<AnyView> {
    if changes.is_empty() {
        return None;
    }
    let count = changes.len().to_string();
    let line = |own: MarkChange| {
        let attempt = if own.attempt > 1 { format!("·{}", own.attempt) } else { String::new() };
        let place = format!("{} · {}{attempt} {}", own.entry, own.item, own.judge);
        view! { <li><span translate="no">{place}</span>" "<b class="num">{own.before}" → "{own.after}</b></li> }
    };
    Some(
        view! {
            <section class="import-questions" data-testid="import-changes">
                <h3>{move || tx("import-changes", &[("count", &count)])}</h3>
                <ul class="import-missing scroll short" tabindex="0">{changes.into_iter().map(line).collect_view()}</ul>
                <TextField label="reason" value=reason testid="import-reason" must=true wrong=wrong />
            </section>
        }
        .into_any(),
    )
}
