//! Certificates of final results that have no number yet: a pack that is made now would hold them without.

use super::asked::Asked;
use super::kinds::Kind;
use crate::components::follow;
use crate::i18n::{t, tx};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::certificates::{CertificateList, ListCertificates};
use leptos::prelude::*;

/// How many there are, and the way to number them; nothing while results are not final.
#[component]
pub fn Unnumbered(
    /// What is asked for on the page.
    asked: RwSignal<Asked>,
) -> impl IntoView {
    let list = RwSignal::new(None::<CertificateList>);
    // While names are sealed there are no winners to number; the pack itself says so.
    let unknown = RwSignal::new(None::<WireError>);
    let top = Memo::new(move |_| asked.with(|asked| asked.top));
    follow(move |competition, event| ListCertificates { competition, event, top: top.get() }, list, unknown);
    let count = Memo::new(move |_| {
        let known = unknown.with(Option::is_none);
        list.with(|list| list.as_ref().filter(|list| known && list.finalised).map_or(0, |list| list.unissued))
    });
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="marks-banner warn" role="note" data-testid="pack-unnumbered">
                <p>{move || tx("documents-pack-unnumbered", &[("count", &count.get().to_string())])}</p>
                <button class="btn" data-testid="pack-number" on:click=move |_| asked.update(|asked| asked.which = Kind::Certificates)>{move || t("documents-pack-number")}</button>
            </div>
        </Show>
    }
}
