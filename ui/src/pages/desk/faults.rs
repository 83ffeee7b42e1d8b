//! Faults by name: choosing one adds it to the deduction and, once that is saved, writes its name into the note; a red line is asked about
//! twice.

use super::work::{Ask, Work};
use crate::components::TextField;
use crate::i18n::{language, t, tx};
use jiangsai_domain::ids::ItemId;
use jiangsai_scoring::Exact;
use jiangsai_scoring::rulebook::NamedFault;
use leptos::prelude::*;

fn of(work: Work, item: &ItemId) -> Vec<NamedFault> {
    work.item(item, |item| item.rule.faults.clone()).unwrap_or_default()
}

/// The list with its numbers, and the field for one of them; or the question once more.
pub fn list(
    work: Work,
    item: &ItemId,
    sure: Option<usize>,
    typed: RwSignal<String>,
    unread: RwSignal<Option<String>>,
) -> impl IntoView + use<> {
    let faults = untrack(|| of(work, item));
    if let Some(fault) = sure.and_then(|at| faults.get(at)) {
        let name = fault.name.get(&language()).to_owned();
        let words = tx("desk-red-line-sure", &[("name", &name)]);
        return view! { <p class="marks-banner bad" role="alert" data-testid="desk-red-line">{words}</p> }.into_any();
    }
    let lines = faults.into_iter().enumerate().map(|(at, fault)| {
        let (own, name) = (item.clone(), fault.name.get(&language()).to_owned());
        let lost = fault.lost.as_ref().map_or_else(|| "1".to_owned(), ToString::to_string);
        let choose = move |_| unread.set(choose(work, &own, None, &(at + 1).to_string()));
        view! {
            <li>
                <button type="button" class="btn quiet" on:click=choose>{format!("{} {name}", at + 1)}</button>
                <span class="sub num">{tx("desk-fault-lost", &[("lost", &lost)])}</span>
                {fault.red_line.then(|| view! { <span class="tag bad">{t("desk-red-line")}</span> })}
            </li>
        }
    });
    view! {
        <ul class="notes" data-testid="desk-faults">{lines.collect_view()}</ul>
        <TextField label="desk-fault-number" value=typed testid="desk-fault-number" first=true />
        {move || unread.get().map(|text| view! { <p class="wrong-text" role="alert" data-testid="desk-fault-unread">{tx("desk-fault-unread", &[("text", &text)])}</p> })}
    }
    .into_any()
}

/// Takes the fault with a number; a red line only when one is sure. Returns what stands in the field where that is no number to add to.
pub fn choose(work: Work, item: &ItemId, sure: Option<usize>, typed: &str) -> Option<String> {
    let faults = untrack(|| of(work, item));
    let typed = crate::pages::marks::keys::normal(typed);
    let at = sure.or_else(|| typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1)));
    let (at, fault) = at.and_then(|at| Some((at, faults.get(at)?)))?;
    let field = (item.clone(), 1);
    let text = untrack(|| work.text(&field));
    let before = match text.as_str() {
        "" => Exact::ZERO,
        _ => match Exact::parse_decimal(&text) {
            Ok(before) => before,
            // Marked as absent, or two marks stand against each other.
            Err(_) => return Some(text),
        },
    };
    if fault.red_line && sure.is_none() {
        work.asking.set(Some(Ask::Fault(item.clone(), Some(at))));
        return None;
    }
    let after = &before + &fault.lost.clone().unwrap_or(Exact::ONE);
    untrack(|| work.save_with(&field, after.to_string(), Some(fault.name.get(&language()).to_owned())));
    work.asking.set(None);
    work.focus(field);
    None
}
