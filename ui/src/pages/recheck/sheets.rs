//! Sheets to re-check: one is found by its number or chosen, and what was found is recorded.

use super::{place, settle};
use crate::backend::call;
use crate::components::TextField;
use crate::i18n::{language, t, tx};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::recheck::{RecheckLine, RecheckSheet, RecheckView};
use jiangsai_domain::paper::spaced;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list, and the form of one finding.
#[component]
pub fn Sheets(view: RwSignal<RecheckView>, fault: RwSignal<Option<WireError>>) -> impl IntoView {
    let session = use_session();
    let field = || RwSignal::new(String::new());
    let (by, number, errors, note) = (field(), field(), field(), field());
    // What was typed as a number of errors and is none.
    let wrong = field();
    let go = move || {
        let Some((competition, event)) = place(session) else { return };
        // Nothing typed means nothing found.
        let typed = errors.get_untracked();
        let Some(count) = crate::pages::marks::keys::whole(&typed) else {
            fault.set(None);
            return wrong.set(typed);
        };
        wrong.set(String::new());
        let (sheet, name, said) = (number.get_untracked(), by.get_untracked(), note.get_untracked());
        spawn_local(async move {
            let command = RecheckSheet { competition, event, number: sheet, by: name, errors: count, note: said };
            let answer = call(command).await;
            if settle(session, fault, answer) {
                for field in [number, errors, note] {
                    field.try_set(String::new());
                }
                crate::pages::paper::focus("recheck-number");
            }
        });
    };
    let input = move |id: &'static str, key: &'static str, signal: RwSignal<String>, must: bool, numeric: bool| {
        view! {
            <label class="field">
                <span class:must=must>{move || t(key)}</span>
                <input data-testid=id autocomplete="off" maxlength="200" class:paper-digits=numeric inputmode=if numeric { "numeric" } else { "text" } prop:value=move || signal.get() on:input=move |event| signal.set(event_target_value(&event)) />
            </label>
        }
    };
    let unread = Signal::derive(move || {
        let typed = wrong.get();
        if typed.is_empty() { typed } else { tx("not-a-number", &[("text", &typed)]) }
    });
    let rows = move || {
        let mut sheets = view.with(|view| view.sheets.clone());
        // What is open comes first, then what is wrong.
        sheets.sort_by_key(|line| line.finding.as_ref().map(|finding| finding.errors == 0));
        sheets.into_iter().map(|own| line(own, number)).collect_view()
    };
    let head = move || {
        let keys =
            ["paper-entry", "paper-module", "paper-judge", "recheck-why", "paper-sheet-number", "recheck-finding"];
        view! { <tr>{keys.map(|key| view! { <th scope="col">{t(key)}</th> }).collect_view()}</tr> }
    };
    let none = move || view.with(|view| view.extent.is_none());
    view! {
        <section class="paper-list" aria-label=move || t("recheck-sheets")>
            <Show when=none><p class="card empty" data-testid="recheck-empty">{move || t("recheck-empty")}</p></Show>
            <Show when=move || !none()>
                <form class="card pad recheck-form" on:submit=move |event| { event.prevent_default(); go(); }>
                    {input("recheck-by", "recheck-by", by, true, false)}
                    {input("recheck-number", "paper-number", number, true, true)}
                    <TextField label="recheck-errors" value=errors testid="recheck-errors" wrong=unread />
                    {input("recheck-note", "recheck-note", note, false, false)}
                    <button type="submit" class="btn primary" data-testid="recheck-save">{move || t("recheck-save")}</button>
                </form>
                <div class="card scroll"><table data-testid="recheck-sheets"><thead>{head}</thead><tbody>{rows}</tbody></table></div>
            </Show>
        </section>
    }
}

fn line(line: RecheckLine, number: RwSignal<String>) -> impl IntoView {
    let RecheckLine { sheet, why, finding } = line;
    let judge = if sheet.judge.is_empty() { t("paper-judge-none") } else { sheet.judge.clone() };
    let (own, shown) = (sheet.number.clone(), spaced(&sheet.number));
    let (class, said) = match &finding {
        None => ("tag plain", t("recheck-open")),
        Some(finding) if finding.errors == 0 => ("tag ok", t("recheck-right")),
        Some(finding) => {
            let count = finding.errors.to_string();
            ("tag bad", tx("recheck-wrong", &[("count", &count), ("note", &finding.note)]))
        }
    };
    let choose = move |_| {
        number.set(own.clone());
        crate::pages::paper::focus("recheck-errors");
    };
    view! {
        <tr>
            <td class="num"><b>{sheet.code}</b></td>
            <td>{sheet.module.get(&language()).to_owned()}</td>
            <td>{judge}</td>
            <td>{t(&why)}</td>
            <td><button class="btn quiet" data-testid=format!("recheck-choose-{}", sheet.number) on:click=choose>{shown}</button></td>
            <td><span class=class>{said}</span></td>
        </tr>
    }
}
