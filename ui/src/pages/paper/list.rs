//! All sheets and how far each is; choosing one opens it.

use super::desk::{Desk, state_key};
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::paper::{SheetLine, SheetList, SheetState};
use jiangsai_domain::paper::spaced;
use leptos::prelude::*;

/// The list, what is not verified first.
pub fn list(list: RwSignal<SheetList>, desk: Desk) -> impl IntoView {
    let rows = move || {
        let mut sheets = list.with(|list| list.sheets.clone());
        sheets.sort_by_key(|sheet| order(sheet.state));
        sheets.into_iter().map(|sheet| line(sheet, desk)).collect_view()
    };
    let head = move || {
        let keys = ["paper-session", "paper-entry", "paper-module", "paper-judge", "paper-sheet-number", "paper-state"];
        let cells = keys.map(|key| view! { <th scope="col">{t(key)}</th> }).collect_view();
        view! { <tr>{cells}<th scope="col"><span class="sr-only">{t("paper-print")}</span></th></tr> }
    };
    let alone = move || {
        let line = |(number, name): (String, String)| {
            view! { <p class="marks-banner">{tx("paper-alone", &[("number", &spaced(&number)), ("name", &name)])}</p> }
        };
        list.with(|list| list.alone.clone()).into_iter().map(line).collect_view()
    };
    view! {
        <section class="paper-list" aria-label=move || t("paper-list")>
            {alone}
            <Show when=move || list.with(|list| list.sheets.is_empty())><p class="card empty" data-testid="paper-empty">{move || t("paper-empty")}</p></Show>
            <div class="card scroll"><table data-testid="paper-sheets"><thead>{head}</thead><tbody>{rows}</tbody></table></div>
        </section>
    }
}

/// What has to be settled comes first, then what waits.
const fn order(state: SheetState) -> u8 {
    match state {
        SheetState::Differs => 0,
        SheetState::TotalDiffers => 1,
        SheetState::Recorded => 2,
        SheetState::Missing => 3,
        SheetState::Verified => 4,
    }
}

fn line(sheet: SheetLine, desk: Desk) -> impl IntoView {
    let class = match sheet.state {
        SheetState::Verified => "tag ok",
        SheetState::Recorded => "tag warn",
        SheetState::Missing => "tag plain",
        SheetState::Differs | SheetState::TotalDiffers => "tag bad",
    };
    let judge = if sheet.judge.is_empty() { t("paper-judge-none") } else { sheet.judge.clone() };
    let (number, shown) = (sheet.number.clone(), spaced(&sheet.number));
    let open = move |_| {
        desk.number.set(number.clone());
        desk.find();
    };
    let again = sheet.number.clone();
    view! {
        <tr data-state=state_key(sheet.state)>
            <td class="num">{sheet.session}</td>
            <td class="num"><b>{sheet.code}</b></td>
            <td class="module" title=sheet.module.get(&language()).to_owned()>{sheet.module.get(&language()).to_owned()}</td>
            <td>{judge}</td>
            <td><button class="btn quiet" data-testid=format!("paper-open-{}", sheet.number) on:click=open>{shown}</button></td>
            <td><span class=class>{t(state_key(sheet.state))}</span></td>
            <td><button class="btn quiet" data-testid=format!("paper-print-{}", sheet.number) on:click=move |_| desk.print(again.clone())>{t("paper-print")}</button></td>
        </tr>
    }
}
