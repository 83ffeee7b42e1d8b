//! The result pack: one button for every document, with how far it is and a way to stop.

use super::asked::Asked;
use super::unnumbered::Unnumbered;
use super::writing::Writing;
use crate::i18n::t;
use crate::session::use_session;
use jiangsai_domain::command::pack::PackRequest;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The panel.
#[component]
pub fn PackPanel(
    /// What is asked for on the page: language, ranks, and what a list to post says.
    asked: RwSignal<Asked>,
) -> impl IntoView {
    let session = use_session();
    let writing = Writing::new("pack");
    let records = RwSignal::new(false);
    let make = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let pack = asked.with_untracked(|asked| PackRequest {
            event,
            language: asked.language.clone(),
            top: asked.top,
            period: asked.period.clone(),
            contact: asked.contact.clone(),
            records: records.get_untracked(),
            only: None,
        });
        spawn_local(async move {
            writing.write(competition, pack).await;
        });
    };
    view! {
        <section class="card documents-pack" data-testid="pack">
            <h2>{move || t("documents-pack")}</h2>
            <p>{move || t("documents-pack-about")}</p>
            <Unnumbered asked=asked />
            <Show when=move || session.status.with(|status| status.as_ref().is_none_or(|status| status.has_file))><label class="check">
                <input type="checkbox" data-testid="pack-records" prop:checked=move || records.get() on:change=move |_| records.update(|on| *on = !*on) />
                <span>{move || t("documents-pack-records")}</span>
            </label></Show>
            <div class="documents-tools">
                <button class="btn primary" data-testid="pack-make" prop:disabled=move || writing.is_busy() on:click=make>{move || t("documents-pack-make")}</button>
                {writing.stopping()}
            </div>
            {writing.shown()}
        </section>
    }
}
