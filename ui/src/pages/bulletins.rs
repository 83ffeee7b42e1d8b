//! Bulletins (公告栏): what was published, what became of it, and publishing the next one.

mod kinds;
mod list;
mod one;
mod publish;
mod settle;

use crate::components::follow;
use crate::i18n::{t, wire_error};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bulletins::{BulletinsView, ListBulletins};
use jiangsai_domain::ids::FactId;
use leptos::prelude::*;
use publish::{Asked, PublishDialog};

/// The page.
#[component]
pub fn BulletinsPage() -> impl IntoView {
    let view = RwSignal::new(None::<BulletinsView>);
    let fault = RwSignal::new(None::<WireError>);
    let chosen = RwSignal::new(None::<FactId>);
    let asked = RwSignal::new(None::<Asked>);
    follow(|competition, event| ListBulletins { competition, event }, view, fault);
    view! {
        <div class="bulletins">
            <header class="head">
                <h1 data-testid="bulletins-title">{move || t("bulletins-title")}</h1>
                <span class="sub">{move || t("bulletins-about")}</span>
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{wire_error(&error)}</p> })}
            {kinds::kinds(view, asked)}
            {list::list(view, chosen)}
            {one::one(view, chosen, asked)}
            <PublishDialog asked=asked view=view chosen=chosen />
        </div>
    }
}
