//! The draw page (抽签): which draw, who drew what and who has not yet; sealing and unsealing beside it.

mod choices;
mod computer;
mod lock;
mod lots;
mod openings;
mod papers;
mod seal;
mod sealed;
mod settle;
mod swap;

use crate::backend::call;
use crate::components::follow;
use crate::files::download;
use crate::i18n::{language, t, tx, wire_error};
use crate::session::use_session;
use computer::ComputerDialog;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::draw::{DrawView, ShowDraw};
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest, FileFormat, RenderDocument};
use jiangsai_domain::draw::Layer;
use leptos::prelude::*;
use leptos::task::spawn_local;
pub use openings::openings;
use settle::{SettleDialog, Settling};

/// The draw page.
#[component]
pub fn DrawPage() -> impl IntoView {
    let session = use_session();
    let of = RwSignal::new(None::<(Layer, String)>);
    let view = RwSignal::new(None::<DrawView>);
    let fault = RwSignal::new(None::<WireError>);
    let drawing = RwSignal::new(false);
    let settling = RwSignal::new(None::<Settling>);
    let swapping = RwSignal::new(false);
    follow(move |competition, event| ShowDraw { competition, event, of: of.get() }, view, fault);
    let print = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let Some((layer, of)) = view.with_untracked(|view| view.as_ref().map(|view| view.of.clone())) else { return };
        let document = DocumentRequest {
            event,
            kind: DocumentKind::DrawRegister { layer, session: of },
            language: language(),
            format: FileFormat::Pdf,
        };
        spawn_local(async move {
            match call(RenderDocument { competition, document, page: None }).await {
                Ok(file) => download(&file),
                Err(error) => session.say(move || wire_error(&error)),
            }
        });
    };
    let read = move |of: fn(&DrawView) -> bool| view.with(|view| view.as_ref().is_some_and(of));
    let sealed = Memo::new(move |_| read(|view| view.seal.sealed));
    let can_draw = move || read(|view| !view.locked && view.crossing.is_empty() && !view.rows.is_empty());
    let can_swap = move || read(|view| !view.locked && view.rows.iter().filter(|row| !row.code.is_empty()).count() > 1);
    let held = move || view.with(|view| view.as_ref().and_then(|view| view.held.clone()));
    let empty =
        Memo::new(move |_| read(|view| view.rows.is_empty() && view.choices.iter().all(|choice| choice.entries == 0)));
    let progress = move || {
        let view = view.get()?;
        let own = view.choices.iter().find(|choice| (choice.layer, &choice.session) == (view.of.0, &view.of.1))?;
        let (drawn, entries) = (own.drawn.to_string(), own.entries.to_string());
        Some(tx("draw-progress", &[("drawn", &drawn), ("entries", &entries)]))
    };
    view! {
        <div class="draw">
            <header class="head">
                <h1 data-testid="draw-title">{move || t("draw-title")}</h1>
                <Show when=move || sealed.get()><span class="tag ok" data-testid="draw-sealed">{move || t("seal-sealed")}</span></Show>
                <Show when=move || !sealed.get()><span class="sub" data-testid="draw-progress">{progress}</span></Show>
                <Show when=move || sealed.get()>
                    <span class="push"><button class="btn" data-testid="draw-swap" prop:disabled=move || !can_swap() on:click=move |_| swapping.set(true)>{move || t("draw-swap")}</button></span>
                </Show>
                <Show when=move || !sealed.get() && !empty.get()>
                    <span class="push">
                        <button class="btn" data-testid="draw-swap" prop:disabled=move || !can_swap() on:click=move |_| swapping.set(true)>{move || t("draw-swap")}</button>
                        <button class="btn" data-testid="draw-computer" prop:disabled=move || !can_draw() on:click=move |_| drawing.set(true)>{move || t("draw-computer")}</button>
                        <button class="btn" data-testid="draw-void" prop:disabled=move || held().is_none() || !can_draw() on:click=move |_| {
                            settling.set(held().map(Settling::Void));
                        }>{move || t("draw-void")}</button>
                        <button class="btn" data-testid="draw-print" on:click=print>{move || t("draw-print")}</button>
                    </span>
                </Show>
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{move || wire_error(&error)}</p> })}
            <Show when=move || read(|view| view.locked && !view.seal.sealed)><p class="marks-banner">{move || t("draw-locked")}</p></Show>
            <Show when=move || empty.get()>
                <section class="card empty" data-testid="draw-empty">
                    <h2>{move || t("draw-empty-title")}</h2>
                    <p>{move || t("draw-empty-text")}</p>
                </section>
            </Show>
            <div class="draw-work" class:hidden=move || empty.get()>
                <Show when=move || !sealed.get()>{choices::choices(view, of)}</Show>
                <section class="draw-main">
                    <Show when=move || sealed.get() fallback=move || view! {
                        {settle::crossing(view, settling)}
                        {lots::about(view)}
                        <lots::Lots view=view />
                    }>
                        <sealed::SealedList view=view />
                    </Show>
                </section>
                <seal::SealPanel view=view />
            </div>
            <ComputerDialog open=drawing view=view />
            <SettleDialog settling=settling view=view />
            <swap::SwapDialog open=swapping view=view />
        </div>
    }
}

/// The session that is drawn for, in words.
pub fn session_name(session: &str) -> String {
    if session.is_empty() { t("draw-whole") } else { tx("draw-session", &[("session", session)]) }
}
