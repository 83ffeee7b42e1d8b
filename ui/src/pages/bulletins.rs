//! Bulletins (公告栏): what was published, what became of it, and publishing the next one.

mod kinds;
mod list;
mod one;
mod publish;
mod settle;

use crate::backend::call;
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bulletins::{BulletinsView, ListBulletins};
use jiangsai_domain::ids::FactId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use publish::{Asked, PublishDialog};

/// The page.
#[component]
pub fn BulletinsPage() -> impl IntoView {
    let session = use_session();
    let view = RwSignal::new(None::<BulletinsView>);
    let fault = RwSignal::new(None::<WireError>);
    let chosen = RwSignal::new(None::<FactId>);
    let asked = RwSignal::new(None::<Asked>);
    Effect::new(move |_| {
        session.revision.track();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else { return };
        spawn_local(async move {
            match call(ListBulletins { competition, event }).await {
                Ok(found) => {
                    fault.try_set(None);
                    if view.with_untracked(|old| old.as_ref() != Some(&found)) {
                        view.try_set(Some(found));
                    }
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
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
