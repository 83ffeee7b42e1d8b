//! Entries that no rule sets apart where somebody has to decide (并列处理): which they are, how far it is, recording and withdrawing.

mod order;

use crate::i18n::{t, tx};
use jiangsai_domain::command::results::{Decided, Equals, LapsedDecision, StandingsView};
use jiangsai_domain::ids::EntryId;
use jiangsai_domain::view::equals::name;
use leptos::prelude::*;
use order::{OrderDialog, WithdrawDialog};

/// The section above the standings; nothing where nobody is equal and nothing has lapsed.
#[component]
pub fn EqualsSection(
    /// The standings on screen.
    view: RwSignal<Option<StandingsView>>,
) -> impl IntoView {
    let deciding = RwSignal::new(None::<Equals>);
    let withdrawing = RwSignal::new(None::<Vec<EntryId>>);
    let some =
        move || view.with(|view| view.as_ref().is_some_and(|view| !view.equals.is_empty() || !view.lapsed.is_empty()));
    let open = move || view.with(|view| view.as_ref().is_some_and(|view| view.finalised.is_none()));
    let list = move || {
        view.get().map(|view| {
            let by = name(Some(view.last));
            let groups = view
                .equals
                .iter()
                .enumerate()
                .map(|(index, own)| group(index, own, &view, open(), deciding, withdrawing));
            let groups = groups.collect_view();
            let lapsed =
                view.lapsed.iter().enumerate().map(|(index, own)| lapsed(index, own, &view, open(), withdrawing));
            let lapsed = lapsed.collect_view();
            view! {
                {(!view.equals.is_empty()).then(|| view! { <p class="sub">{tx("equals-about", &[("by", by)])}</p> })}
                <ul class="equals-list">{groups}{lapsed}</ul>
            }
        })
    };
    view! {
        <Show when=some>
            <section class="card pad equals" aria-label=move || t("equals-title") data-testid="equals">
                <h2>{move || t("equals-title")}</h2>
                {list}
            </section>
        </Show>
        <OrderDialog group=deciding view=view />
        <WithdrawDialog entries=withdrawing view=view />
    }
}

/// The numbers of entries, as the standings have them.
pub(super) fn numbers(view: &StandingsView, entries: &[EntryId], between: &str) -> String {
    let number = |id: &EntryId| view.rows.iter().find(|row| row.entry == *id).map(|row| row.number.clone());
    entries.iter().filter_map(number).collect::<Vec<_>>().join(between)
}

fn group(
    index: usize,
    own: &Equals,
    view: &StandingsView,
    open: bool,
    deciding: RwSignal<Option<Equals>>,
    withdrawing: RwSignal<Option<Vec<EntryId>>>,
) -> impl IntoView + use<> {
    let by = name(Some(view.last));
    let between = if own.state == Decided::Decided { " › ".to_owned() } else { t("standings-list-separator") };
    let said =
        tx("equals-group", &[("rank", &own.rank.to_string()), ("numbers", &numbers(view, &own.entries, &between))]);
    let (class, state, button) = match own.state {
        Decided::Open => ("tag warn", tx("equals-open", &[("by", by)]), tx("equals-decide", &[("by", by)])),
        Decided::Decided => ("tag ok", tx("equals-decided", &[("by", by)]), t("equals-change")),
        Decided::Crossing => ("tag bad", t("equals-crossing"), tx("equals-decide", &[("by", by)])),
    };
    let decided = own.state != Decided::Open;
    let (pick, entries) = (own.clone(), own.entries.clone());
    view! {
        <li data-testid=format!("equals-{index}")>
            <span>{said}</span>
            <span class=class data-testid=format!("equals-state-{index}")>{state}</span>
            <span class="sub">{own.reason.clone()}</span>
            {open.then(|| view! {
                <span class="push">
                    <button class="btn" class:primary=!decided data-testid=format!("equals-decide-{index}") on:click=move |_| deciding.set(Some(pick.clone()))>{button}</button>
                    {decided.then(|| view! {
                        <button class="btn" data-testid=format!("equals-withdraw-{index}") on:click=move |_| withdrawing.set(Some(entries.clone()))>{t("equals-withdraw")}</button>
                    })}
                </span>
            })}
        </li>
    }
}

fn lapsed(
    index: usize,
    own: &LapsedDecision,
    view: &StandingsView,
    open: bool,
    withdrawing: RwSignal<Option<Vec<EntryId>>>,
) -> impl IntoView + use<> {
    let numbers = numbers(view, &own.entries, " › ");
    let entries = own.entries.clone();
    view! {
        <li data-testid=format!("equals-lapsed-{index}")>
            <span>{tx("equals-lapsed", &[("by", name(Some(own.by))), ("numbers", &numbers)])}</span>
            {open.then(|| view! {
                <span class="push"><button class="btn" data-testid=format!("equals-lapsed-withdraw-{index}") on:click=move |_| withdrawing.set(Some(entries.clone()))>{t("equals-withdraw")}</button></span>
            })}
        </li>
    }
}
