//! The marks page: what to mark on the left, the grid in the middle, whom and the keys on the right.

mod check;
mod choices;
mod desk;
#[cfg(test)]
pub(super) mod fixture;
mod grid;
mod import;
pub(super) mod keys;
mod reason;
mod side;
mod table;
mod undo;

use crate::backend::call;
use crate::components::{Away, guard, leaving};
use crate::i18n::{t, tx};
use crate::pages::history::dialog::HistoryDialog;
use crate::session::{link, use_session};
use choices::choices;
use desk::{Desk, Signals};
use import::MarksImport;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::About;
use jiangsai_domain::command::marks::{SheetOf, ShowSheet};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use side::side;
use std::time::Duration;
pub use table::status_key;

/// The marks page.
#[component]
pub fn MarksPage() -> impl IntoView {
    let session = use_session();
    let signals = Signals::new();
    let desk = StoredValue::new_local(Desk::new(signals));
    let root = NodeRef::<html::Div>::new();
    let chosen = RwSignal::new(None::<SheetOf>);
    let again = RwSignal::new(0_u32);
    let fault = RwSignal::new(None::<WireError>);
    let importing = RwSignal::new(false);
    let asked = StoredValue::new(0_u32);

    Effect::new(move |_| {
        let _ = (session.revision.get(), again.get(), signals.anew.get());
        let of = chosen.get();
        let (Some(competition), Some(event), Some(element)) =
            (session.competition.get(), session.event.get(), root.get())
        else {
            return;
        };
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        let desk = desk.get_value();
        desk.sit(competition.clone(), event.clone());
        let landed = desk.landed();
        spawn_local(async move {
            let answer = call(ShowSheet { competition, event, of }).await;
            if asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                // A save has landed since the question: the answer is old news.
                Ok(_) if desk.landed() != landed => again.update(|count| *count += 1),
                Ok(sheet) => {
                    fault.set(None);
                    desk.take(sheet, &element);
                }
                Err(error) => fault.set(Some(error)),
            }
        });
    });

    // What is still to mark changes with every mark; it is asked for again when the hand rests.
    let rest = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        if signals.landed.get() == 0 {
            return;
        }
        if let Some(timer) = rest.get_value() {
            timer.clear();
        }
        let timer = set_timeout_with_handle(
            move || {
                again.try_update(|count| *count += 1);
            },
            Duration::from_millis(600),
        );
        rest.set_value(timer.ok());
    });

    // The words of the grid are plain text; in another language they are written again.
    Effect::new(move |before: Option<String>| {
        let language = crate::i18n::language();
        if before.is_some_and(|before| before != language)
            && let Some(element) = root.get_untracked()
        {
            desk.get_value().say_again(&element);
        }
        language
    });

    let away: Away = RwSignal::new(None);
    // What is typed is committed before anybody leaves.
    let settle = move || {
        desk.try_with_value(|desk| {
            desk.leave();
            desk.unsaved()
        })
        .unwrap_or_default()
    };
    guard(settle, move || signals.unsaved.get(), away);
    on_cleanup(move || desk.with_value(Desk::leave));

    let change = Callback::new(move |of: SheetOf| chosen.set(Some(of)));
    let choose = Callback::new(move |of: SheetOf| {
        if desk.with_value(Desk::unsaved).refused > 0 {
            away.set(Some(Callback::new(move |()| change.run(of.clone()))));
        } else {
            change.run(of);
        }
    });
    let nobody = move || session.home.with(|home| home.as_ref().is_some_and(|home| home.counts.entries == 0));
    let empty =
        move || nobody() || signals.sheet.with(|sheet| sheet.as_ref().is_some_and(|sheet| sheet.choices.is_empty()));
    let locked = move || signals.sheet.with(|sheet| sheet.as_ref().is_some_and(|sheet| sheet.locked));
    let lost = move || signals.unsaved.get().refused;
    let language = crate::i18n::language;

    view! {
        <div class="marks" class:nothing=empty>
            <header class="head">
                <h1 data-testid="marks-title">
                    {move || t("marks-title")} " · "
                    {move || signals.sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.title.get(&language()).to_owned()))}
                </h1>
                <span class="sub" data-testid="marks-rule">
                    {move || signals.sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.rule.get(&language()).to_owned()))}
                </span>
                <span class="push">
                    <button class="btn" data-testid="marks-history" prop:disabled=empty on:click=move |_| signals.history.set(desk.with_value(Desk::wanted))>
                        {move || t("marks-history")}
                    </button>
                    <button class="btn" data-testid="marks-import" prop:disabled=move || locked() || empty() on:click=move |_| importing.set(true)>
                        {move || t("marks-import")}
                    </button>
                </span>
            </header>
            {move || (!empty()).then(|| choices(signals, choose))}
            <div class="marks-work">
                <div class="marks-main">
                    <div>
                        <Show when=locked>
                            <p class="marks-banner" data-testid="marks-locked">{move || t("marks-locked")}</p>
                        </Show>
                        {move || {
                            let veiled = signals.sheet.with(|sheet| sheet.as_ref().map_or(0, |sheet| sheet.veiled));
                            (veiled > 0).then(|| view! {
                                <p class="marks-banner" data-testid="marks-veiled">{tx("marks-veiled", &[("count", &veiled.to_string())])}</p>
                            })
                        }}
                        <Show when=move || fault.get().is_some()>
                            <p class="marks-banner bad" role="alert" data-testid="marks-fault">
                                {move || fault.get().map(|error| crate::i18n::wire_error(&error))}
                            </p>
                        </Show>
                        <Show when=move || signals.tell.get().is_some()>
                            <p class="marks-banner" role="status" data-testid="marks-tell">
                                {move || signals.tell.get().map(|(key, args)| crate::i18n::message(&key, &args))}
                            </p>
                        </Show>
                        <Show when=move || { lost() > 0 && !signals.whom.get().typing }>
                            <p class="marks-banner bad" role="alert" data-testid="marks-not-saved">
                                <span>{move || tx("marks-not-saved", &[("count", &lost().to_string())])}</span>
                                <Show when=move || { signals.unsaved.get().again > 0 }>
                                    <button class="btn" data-testid="marks-retry" on:click=move |_| desk.with_value(Desk::retry)>
                                        {move || t("marks-retry")} " " <kbd>"R"</kbd>
                                    </button>
                                </Show>
                            </p>
                        </Show>
                    </div>
                    <div class="marks-scroll" class:hidden=empty>
                        <div
                            class="marks-grid"
                            role="grid"
                            data-testid="marks-grid"
                            node_ref=root
                            aria-label=move || signals.sheet.with(|sheet| {
                                sheet.as_ref().map(|sheet| tx("marks-grid-label", &[("title", sheet.title.get(&language()))]))
                            })
                            on:keydown=move |event: ev::KeyboardEvent| { desk.with_value(|desk| desk.key(&event)); }
                            on:input=move |_| desk.with_value(Desk::input)
                            on:compositionstart=move |_| desk.with_value(|desk| desk.compose(true))
                            on:compositionend=move |_| desk.with_value(|desk| desk.compose(false))
                            on:mousedown=move |event: ev::MouseEvent| desk.with_value(|desk| desk.point(&event, false))
                            on:dblclick=move |event: ev::MouseEvent| desk.with_value(|desk| desk.point(&event, true))
                            on:focusin=move |_| desk.with_value(Desk::focus_in)
                            on:focusout=move |event: ev::FocusEvent| desk.with_value(|desk| desk.focus_out(&event))
                        ></div>
                    </div>
                    <Show when=empty>
                        <section class="card empty" data-testid="marks-empty">
                            <h2>{move || t("marks-empty-title")}</h2>
                            <p>{move || t("marks-empty-text")}</p>
                            <p class="actions">
                                <a class="btn primary" href=move || link("registration")>{move || t("marks-empty-entries")}</a>
                                <a class="btn" href=move || link("judges")>{move || t("marks-empty-judges")}</a>
                            </p>
                        </section>
                    </Show>
                </div>
                {move || (!empty()).then(|| side(signals))}
            </div>
            {reason::reason(signals, desk)}
            {leaving(lost, away, Callback::new(move |()| desk.with_value(Desk::focus_refused)))}
            <MarksImport open=importing done=Callback::new(move |()| again.update(|count| *count += 1)) />
            <HistoryDialog
                about=Signal::derive(move || signals.history.get().map(|wanted| About::Mark { entry: wanted.entry, item: wanted.item, judge: wanted.judge }))
                title=Signal::derive(move || signals.history.get().map(|wanted| tx("marks-history-of", &[("station", &wanted.station), ("column", &wanted.column)])).unwrap_or_default())
                close=Callback::new(move |()| {
                    signals.history.set(None);
                    desk.with_value(Desk::focus);
                })
            />
        </div>
    }
}
