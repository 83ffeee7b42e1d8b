//! 查分: what delegations ask about results, and the answers.

use super::{place, settle};
use crate::backend::call;
use crate::i18n::{t, tx};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::recheck::{AnswerInquiry, InquiryLine, RaiseInquiry, RecheckView};
use jiangsai_domain::command::registration::ListEntries;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list, and the form for a new one.
#[component]
pub fn Inquiries(view: RwSignal<RecheckView>, fault: RwSignal<Option<WireError>>) -> impl IntoView {
    let session = use_session();
    let field = || RwSignal::new(String::new());
    let (number, by, text) = (field(), field(), field());
    let go = move || {
        let Some((competition, event)) = place(session) else { return };
        let (whose, name, said) = (number.get_untracked().trim().to_owned(), by.get_untracked(), text.get_untracked());
        spawn_local(async move {
            let search = ListEntries { competition: competition.clone(), event: event.clone(), search: whose.clone() };
            let answer = match call(search).await {
                Ok(list) => {
                    let found = list.rows.into_iter().find(|row| row.number == whose);
                    let entry = found.map(|row| row.id).unwrap_or_default();
                    call(RaiseInquiry { competition, event, entry, by: name, text: said }).await
                }
                Err(error) => Err(error),
            };
            if settle(session, fault, answer) {
                for field in [number, by, text] {
                    field.try_set(String::new());
                }
            }
        });
    };
    let input = move |id: &'static str, key: &'static str, signal: RwSignal<String>| {
        view! {
            <label class="field">
                <span class="must">{move || t(key)}</span>
                <input data-testid=id autocomplete="off" maxlength="500" prop:value=move || signal.get() on:input=move |event| signal.set(event_target_value(&event)) />
            </label>
        }
    };
    let lines = move || view.with(|view| view.inquiries.clone()).into_iter().map(|own| line(own, fault)).collect_view();
    view! {
        <section class="card pad recheck-inquiries" aria-label=move || t("inquiry-title")>
            <h2>{move || t("inquiry-title")}</h2>
            <Show when=move || view.with(|view| view.sealed) fallback=move || view! {
                <p>{move || t("inquiry-about")}</p>
                <form class="recheck-form" on:submit=move |event| { event.prevent_default(); go(); }>
                    {input("inquiry-number", "inquiry-number", number)}
                    {input("inquiry-by", "inquiry-by", by)}
                    {input("inquiry-text", "inquiry-text", text)}
                    <button type="submit" class="btn" data-testid="inquiry-raise">{move || t("inquiry-raise")}</button>
                </form>
                <ul class="import-missing" data-testid="inquiries">{lines}</ul>
            }>
                <p data-testid="inquiry-sealed">{move || t("inquiry-sealed")}</p>
            </Show>
        </section>
    }
}

fn line(line: InquiryLine, fault: RwSignal<Option<WireError>>) -> impl IntoView {
    let asked =
        tx("inquiry-line", &[("number", &line.number), ("name", &line.name), ("by", &line.by), ("text", &line.text)]);
    let answer = match line.answer.clone() {
        Some(answer) => {
            let key = if answer.corrected { "inquiry-answered-corrected" } else { "inquiry-answered" };
            view! { <p class="saved-text">{tx(key, &[("by", &answer.by), ("text", &answer.text)])}</p> }.into_any()
        }
        None => open(line, fault).into_any(),
    };
    view! { <li><p>{asked}</p>{answer}</li> }
}

/// The form for an answer.
fn open(line: InquiryLine, fault: RwSignal<Option<WireError>>) -> impl IntoView {
    let session = use_session();
    let (by, text, corrected) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let number = line.number.clone();
    let go = move || {
        let Some((competition, event)) = place(session) else { return };
        let (inquiry, name, said) = (line.inquiry.clone(), by.get_untracked(), text.get_untracked());
        let corrected = corrected.get_untracked();
        spawn_local(async move {
            let command = AnswerInquiry { competition, event, inquiry, by: name, corrected, text: said };
            settle(session, fault, call(command).await);
        });
    };
    view! {
        <form class="recheck-form" on:submit=move |event| { event.prevent_default(); go(); }>
            <label class="field"><span class="must">{move || t("inquiry-answer-by")}</span>
                <input data-testid=format!("inquiry-answer-by-{number}") maxlength="60" autocomplete="off" prop:value=move || by.get() on:input=move |event| by.set(event_target_value(&event)) />
            </label>
            <label class="field"><span class="must">{move || t("inquiry-answer")}</span>
                <input data-testid=format!("inquiry-answer-{number}") maxlength="500" autocomplete="off" prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event)) />
            </label>
            <label class="check">
                <input type="checkbox" data-testid=format!("inquiry-corrected-{number}") prop:checked=move || corrected.get() on:change=move |_| corrected.update(|on| *on = !*on) />
                <span>{move || t("inquiry-corrected")}</span>
            </label>
            <button type="submit" class="btn" data-testid=format!("inquiry-do-{number}")>{move || t("inquiry-answer-do")}</button>
        </form>
    }
}
