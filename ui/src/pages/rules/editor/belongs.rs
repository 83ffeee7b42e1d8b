//! What an item belongs to, and moving it to another module.

use super::desk::use_desk;
use super::parts::{homes, move_item};
use super::refs::known;
use super::shape::Kind;
use crate::i18n::{lang, t};
use jiangsai_locales::Lang;
use leptos::prelude::*;

/// The choice above the form of an item.
pub fn belongs(path: String) -> impl IntoView {
    let desk = use_desk();
    let id = {
        let place = format!("{path}/id");
        Memo::new(move |_| desk.at(&place).and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default())
    };
    let at = Memo::new(move |_| desk.draft.with(|draft| homes(draft.rulebook(), draft.value(), &id.get())));
    let name = move |node: &str| {
        let all = desk.draft.with(|draft| known(draft.value(), Kind::Node));
        let own = all.into_iter().find(|(id, ..)| id == node);
        own.map(|(id, zh, en)| format!("{id} {}", if lang() == Lang::Zh { zh } else { en })).unwrap_or_default()
    };
    let options = move || {
        let (own, others) = at.get();
        let here = own.clone().unwrap_or_default();
        let first = own.map_or_else(|| t("rule-belongs-nowhere"), |own| name(&own));
        let others = others.into_iter().map(|id| view! { <option value=id.clone()>{name(&id)}</option> });
        view! { <option value=here selected=true>{first}</option> {others.collect_view()} }
    };
    let choose = move |event| {
        let to = event_target_value(&event);
        // What is offered was tried: it moves.
        let _ = desk.edit(|document| move_item(document, &id.get_untracked(), &to));
    };
    let fixed = move || at.with(|(_, others)| others.is_empty());
    view! {
        <label class="field rule-belongs">
            <span>{t("rule-belongs")}</span>
            <select data-testid="rule-belongs" prop:disabled=fixed on:change=choose>{options}</select>
            {move || fixed().then(|| view! { <span class="rule-hint">{t("rule-belongs-fixed")}</span> })}
        </label>
    }
}
