//! Beginning a re-check: everybody's sheets, or a sample that is drawn and recorded.

use super::{place, settle};
use crate::backend::call;
use crate::i18n::t;
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::recheck::BeginRecheck;
use jiangsai_domain::recheck::{Extent, REST};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form.
#[component]
pub fn Begin(begun: Memo<bool>, fault: RwSignal<Option<WireError>>) -> impl IntoView {
    let session = use_session();
    let extent = RwSignal::new("all".to_owned());
    let rest = RwSignal::new(REST.to_string());
    let reason = RwSignal::new(String::new());
    let go = move || {
        let Some((competition, event)) = place(session) else { return };
        let part = rest.get_untracked().trim().parse().unwrap_or_default();
        let extent = match extent.get_untracked().as_str() {
            "ten" => Extent::FirstTen { rest: part },
            "third" => Extent::FirstThird { rest: part },
            _ => Extent::All,
        };
        let reason_given = reason.get_untracked();
        spawn_local(async move {
            let answer = call(BeginRecheck { competition, event, extent, reason: reason_given }).await;
            if settle(session, fault, answer) {
                reason.try_set(String::new());
            }
        });
    };
    view! {
        <form class="card pad paper-desk" on:submit=move |event| { event.prevent_default(); go(); }>
            <h2>{move || t("recheck-begin-title")}</h2>
            <p>{move || t("recheck-about")}</p>
            <label class="field">
                <span>{move || t("recheck-extent")}</span>
                <select data-testid="recheck-extent" prop:value=move || extent.get() on:change=move |event| extent.set(event_target_value(&event))>
                    <option value="all">{move || t("recheck-extent-all")}</option>
                    <option value="ten">{move || t("recheck-extent-ten")}</option>
                    <option value="third">{move || t("recheck-extent-third")}</option>
                </select>
            </label>
            <Show when=move || extent.with(|extent| extent != "all")>
                <label class="field">
                    <span>{move || t("recheck-rest")}</span>
                    <input class="paper-digits" data-testid="recheck-rest" inputmode="numeric" maxlength="3" autocomplete="off" prop:value=move || rest.get() on:input=move |event| rest.set(event_target_value(&event)) />
                </label>
            </Show>
            <Show when=move || begun.get()>
                <label class="field">
                    <span class="must">{move || t("reason")}</span>
                    <input data-testid="recheck-reason" maxlength="200" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
                </label>
            </Show>
            <p><button type="submit" class="btn" class:primary=move || !begun.get() data-testid="recheck-begin">
                {move || t(if begun.get() { "recheck-begin-anew" } else { "recheck-begin" })}
            </button></p>
        </form>
    }
}
