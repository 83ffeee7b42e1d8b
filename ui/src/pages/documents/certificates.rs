//! What certificates need before they are printed: numbers, and the organiser's own pictures.

use super::asked::{Asked, Chosen};
use crate::backend::call;
use crate::files::read_chosen;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::certificates::{
    CertificateList, IssueCertificates, ListCertificates, Picture, SetArtwork,
};
use jiangsai_domain::command::files::Upload;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The panel. Pictures and numbers are followed by the preview: both count the session's revision up.
#[component]
pub fn CertificatesPanel(
    /// What is asked for on the page.
    asked: RwSignal<Asked>,
) -> impl IntoView {
    let session = use_session();
    let list = RwSignal::new(None::<CertificateList>);
    // A refusal stays, whatever is listed anew meanwhile.
    let (unknown, fault) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let pattern = RwSignal::new(t("documents-certificate-pattern-usual"));
    let first = RwSignal::new(1_u32);
    let top = Memo::new(move |_| asked.with(|asked| if asked.chosen == Chosen::All { 0 } else { asked.top }));
    Effect::new(move |_| {
        session.revision.track();
        let (Some(competition), Some(event), top) = (session.competition.get(), session.event.get(), top.get()) else {
            return;
        };
        spawn_local(async move {
            match call(ListCertificates { competition, event, top }).await {
                Ok(answer) => {
                    unknown.try_set(None);
                    list.try_set(Some(answer))
                }
                Err(error) => {
                    unknown.try_set(Some(wire_error(&error)));
                    None
                }
            };
        });
    });
    let issue = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let (pattern, first, top) = (pattern.get_untracked(), first.get_untracked(), top.get_untracked());
        spawn_local(async move {
            match call(IssueCertificates { competition, event, pattern, first, top }).await {
                Ok(count) => {
                    fault.try_set(None);
                    session.say(move || tx("documents-certificate-issued", &[("count", &count.to_string())]));
                }
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
        });
    };
    let unissued = move || list.with(|list| list.as_ref().map_or(0, |list| list.unissued));
    let about = move || {
        list.get().map(|list| {
            let issued = list.rows.len() - list.unissued as usize;
            let counts = [("issued", issued.to_string()), ("unissued", list.unissued.to_string())];
            let counts: Vec<(&str, &str)> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
            let wait = (!list.finalised).then(|| view! { <p class="marks-banner warn">{t("documents-certificate-final-first")}</p> });
            let gone = (!list.superseded.is_empty()).then(|| {
                let numbers = list.superseded.join(&t("standings-list-separator"));
                view! { <p class="marks-banner warn" data-testid="certificate-superseded">{tx("documents-certificate-superseded", &[("numbers", &numbers)])}</p> }
            });
            view! { <p data-testid="certificate-counts">{tx("documents-certificate-counts", &counts)}</p> {wait} {gone} }
        })
    };
    view! {
        <section class="card documents-options" data-testid="certificates">
            {about}
            <label>
                <span>{move || t("documents-certificate-pattern")}</span>
                <input data-testid="certificate-pattern" prop:value=move || pattern.get() on:change=move |event| pattern.set(event_target_value(&event)) />
            </label>
            <label>
                <span>{move || t("documents-certificate-first")}</span>
                <input
                    data-testid="certificate-first" type="number" min="0" prop:value=move || first.get().to_string()
                    on:change=move |event| first.set(event_target_value(&event).trim().parse().unwrap_or(1))
                />
            </label>
            <div class="documents-tools">
                <button class="btn" data-testid="certificate-issue" prop:disabled=move || unissued() == 0 on:click=issue>{move || t("documents-certificate-issue")}</button>
            </div>
            {picture(Picture::Background, "background", list, fault)}
            {picture(Picture::Seal, "seal", list, fault)}
            {move || fault.get().or_else(|| unknown.get()).map(|fault| view! { <p class="marks-banner bad" role="alert" data-testid="certificate-fault">{fault}</p> })}
        </section>
    }
}

/// One picture: choose, replace, remove.
fn picture(
    which: Picture,
    name: &'static str,
    list: RwSignal<Option<CertificateList>>,
    fault: RwSignal<Option<String>>,
) -> impl IntoView {
    let session = use_session();
    let there = move || list.with(|list| list.as_ref().is_some_and(|list| list.pictures.contains(&which)));
    let set = move |file: Option<Upload>| {
        let Some(competition) = session.competition.get_untracked() else { return };
        spawn_local(async move {
            match call(SetArtwork { competition, picture: which, file }).await {
                Ok(()) => {
                    fault.try_set(None);
                    session.revision.update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
        });
    };
    let choose = move |event: leptos::ev::Event| {
        let Some(file) = read_chosen(&event) else { return };
        spawn_local(async move {
            match file.await {
                Ok(upload) => set(Some(upload)),
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
        });
    };
    view! {
        <label>
            <span>
                {move || t(&format!("documents-certificate-{name}"))} " "
                {move || there().then(|| view! { <small class="tag ok" data-testid=format!("certificate-{name}-there")>{t("documents-certificate-there")}</small> })}
            </span>
            <input type="file" accept="image/png,image/jpeg" data-testid=format!("certificate-{name}") on:change=choose />
        </label>
        <Show when=there>
            <div class="documents-tools">
                <button class="btn" data-testid=format!("certificate-{name}-remove") on:click=move |_| set(None)>{move || t("documents-certificate-remove")}</button>
            </div>
        </Show>
    }
}
