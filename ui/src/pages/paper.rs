//! Paper sheets (统分): opened by their number, typed, confirmed by a blind second entry or by 唱分, settled where they differ. The numeric
//! keypad is enough.

mod desk;
mod form;
mod list;
mod scans;
mod settle;

use crate::backend::call;
use crate::components::follow;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
pub use desk::focus;
use desk::{Desk, MODES};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::paper::{ChoosePaper, ListSheets, SheetList, SheetState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use scans::ScansPanel;

/// The page for paper sheets.
#[component]
pub fn PaperPage() -> impl IntoView {
    let session = use_session();
    let list = RwSignal::new(SheetList::default());
    let desk = Desk::new();
    let unlisted = RwSignal::new(None::<WireError>);
    follow(|competition, event| ListSheets { competition, event }, list, unlisted);
    focus("paper-by");
    let choose = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let wanted = !list.with_untracked(|list| list.wanted);
        spawn_local(async move {
            match call(ChoosePaper { competition, event, wanted }).await {
                Ok(()) => {
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    desk.fault.try_set(Some(error));
                }
            }
        });
    };
    let progress = move || {
        list.with(|list| {
            let done = list.sheets.iter().filter(|sheet| sheet.state == SheetState::Verified).count();
            tx("paper-progress", &[("done", &done.to_string()), ("all", &list.sheets.len().to_string())])
        })
    };
    let modes = move || {
        MODES
            .into_iter()
            .map(|mode| {
                view! {
                    <button
                        class="btn"
                        data-testid=format!("paper-mode-{}", mode.name())
                        prop:disabled=move || desk.busy.get()
                        aria-pressed=move || (desk.mode.get() == mode).to_string()
                        on:click=move |_| desk.turn_to(mode)
                    >{move || t(mode.key())}</button>
                }
            })
            .collect_view()
    };
    // Of the sheet that is open, whatever is typed in it.
    let sheet = Memo::new(move |_| desk.sheet());
    view! {
        <div class="paper">
            <header class="head">
                <h1 data-testid="paper-title">{move || t("paper-title")}</h1>
                <span class="sub" data-testid="paper-progress">{progress}</span>
                <span class="push">
                    <label class="check">
                        <input type="checkbox" data-testid="paper-wanted" prop:checked=move || list.with(|list| list.wanted) on:change=choose />
                        <span>{move || t("paper-wanted")}</span>
                    </label>
                </span>
            </header>
            {move || unlisted.get().map(|error| view! { <p class="marks-banner bad" role="alert">{wire_error(&error)}</p> })}
            <div class="paper-work">
                <section class="card pad paper-desk">
                    <div class="paper-modes" role="group" aria-label=move || t("paper-mode")>{modes}</div>
                    <p>{move || t(desk.mode.get().about_key())}</p>
                    {form::opening(desk)}
                    {move || desk.fault.get().map(|error| view! { <p class="marks-banner bad" role="alert" data-testid="paper-fault">{wire_error(&error)}</p> })}
                    {move || desk.said.get().map(|said| view! { <p class="saved-text" role="status" data-testid="paper-said">{said}</p> })}
                    {move || desk.is_alone().then(|| view! { <p class="marks-banner" role="status" data-testid="paper-alone-warning">{t("paper-alone-warning")}</p> })}
                    {form::form(desk)}
                    {settle::settle(desk)}
                    {move || sheet.get().map(|number| view! { <ScansPanel number=number /> })}
                </section>
                {list::list(list, desk)}
            </div>
        </div>
    }
}
