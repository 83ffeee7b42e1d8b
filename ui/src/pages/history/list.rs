//! A page of acts, newest first, with what changed and why.

use crate::backend::call;
use crate::i18n::{message, t, tx, value, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{About, History, HistoryLine, ListHistory};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The acts about something, a page at a time.
#[component]
pub fn HistoryList(
    /// What about; nothing is asked while there is nothing.
    about: Signal<Option<About>>,
    /// Lines on a page.
    page_size: u32,
    /// Give the rows their test ids (one list on a page has them).
    testids: bool,
) -> impl IntoView {
    let session = use_session();
    let skip = RwSignal::new(0_u32);
    let history = RwSignal::new(None::<History>);
    let fault = RwSignal::new(None::<WireError>);
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        about.track();
        skip.set(0);
    });
    Effect::new(move |_| {
        session.revision.track();
        let (Some(competition), Some(about)) = (session.competition.get(), about.get()) else {
            history.set(None);
            return;
        };
        let skip = skip.get();
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        spawn_local(async move {
            let answer = call(ListHistory { competition, about, skip, limit: page_size }).await;
            if asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(answer) => {
                    fault.set(None);
                    history.set(Some(answer));
                }
                Err(error) => fault.set(Some(error)),
            }
        });
    });
    let total = move || history.with(|history| history.as_ref().map_or(0, |history| history.total));
    let shown = move || {
        history.with(|history| {
            history.as_ref().map_or(0, |history| u32::try_from(history.lines.len()).unwrap_or(u32::MAX))
        })
    };
    let rows = move || {
        history.with(|history| {
            let lines = history.as_ref().map(|history| history.lines.clone()).unwrap_or_default();
            lines.into_iter().enumerate().map(|(index, line)| row(index, line, testids)).collect_view()
        })
    };
    view! {
        <Show when=move || fault.get().is_some()>
            <p class="marks-banner bad" role="alert">{move || fault.get().map(|error| wire_error(&error))}</p>
        </Show>
        <div class="card history-table" tabindex="0" role="region" aria-label=move || t("history-table")>
            <table>
                <thead>
                    <tr>
                        <th>{move || t("history-col-when")}</th>
                        <th>{move || t("history-col-who")}</th>
                        <th>{move || t("history-col-what")}</th>
                        <th>{move || t("history-col-change")}</th>
                        <th>{move || t("history-col-why")}</th>
                        <th>{move || t("history-col-record")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Show when=move || history.with(|history| history.as_ref().is_some_and(|history| history.total == 0))>
                <p class="history-empty">{move || t("history-empty-title")}</p>
            </Show>
        </div>
        // Of one page there is nothing to turn.
        <div class="history-pager" class:hidden=move || total() <= page_size>
            <button class="btn" data-testid="history-newer" prop:disabled=move || skip.get() == 0 on:click=move |_| skip.update(|skip| *skip = skip.saturating_sub(page_size))>
                {move || t("history-newer")}
            </button>
            <span data-testid="history-range">
                {move || {
                    let from = if total() == 0 { 0 } else { skip.get() + 1 };
                    tx("history-page", &[("from", &from.to_string()), ("to", &(skip.get() + shown()).to_string()), ("total", &total().to_string())])
                }}
            </span>
            <button class="btn" data-testid="history-older" prop:disabled=move || { skip.get() + shown() >= total() } on:click=move |_| skip.update(|skip| *skip += page_size)>
                {move || t("history-older")}
            </button>
        </div>
    }
}

fn row(index: usize, line: HistoryLine, testids: bool) -> impl IntoView {
    let HistoryLine { fact, at, actor, what: (key, args), before, after, reason } = line;
    let id = testids.then(|| format!("history-row-{index}"));
    let who = if actor == "operator" { t("history-operator") } else { actor };
    let (before, after) = (value(&before), value(&after));
    let change = match (before.is_empty(), after.is_empty()) {
        (true, true) => None,
        (true, false) => Some(view! { <s></s> {after} }.into_any()),
        (false, true) => Some(view! { <s>{before}</s> " → " {t("history-cleared")} }.into_any()),
        (false, false) => Some(view! { <s>{before}</s> " → " {after} }.into_any()),
    };
    let short: String = fact.as_str().chars().take(8).collect();
    view! {
        <tr data-testid=id>
            <td class="when">{moment(at)}</td>
            <td class="who">{who}</td>
            <td>{message(&key, &args)}</td>
            <td class="change">{change}</td>
            <td class="why">{reason}</td>
            <td class="fact" title=fact.as_str().to_owned()>{short}</td>
        </tr>
    }
}
