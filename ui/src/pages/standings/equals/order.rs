//! The dialogs: putting equals in the order that was decided, and taking a decision back. Both show what follows before it is saved.

use super::numbers;
use crate::backend::call;
use crate::components::EffectDialog;
use crate::components::effect::{Answer, Step};
use crate::i18n::{t, tx};
use crate::session::use_session;
use jiangsai_domain::command::results::{DecideEquals, Equals, StandingsView, WithdrawDecision};
use jiangsai_domain::ids::EntryId;
use jiangsai_domain::view::equals::name;
use jiangsai_scoring::rulebook::Last;
use leptos::prelude::*;

/// The order of a group.
#[component]
pub fn OrderDialog(
    /// The group; closed without one.
    group: RwSignal<Option<Equals>>,
    /// The standings on screen.
    view: RwSignal<Option<StandingsView>>,
) -> impl IntoView {
    let session = use_session();
    let open = RwSignal::new(false);
    let order = RwSignal::new(Vec::<EntryId>::new());
    Effect::new(move |_| {
        if let Some(group) = group.get() {
            order.set(group.entries);
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            group.set(None);
        }
    });
    let by = move || view.with(|view| view.as_ref().map(|view| view.last));
    let send = move |(preview, reason): Step| {
        let replaces = group.with_untracked(|group| group.as_ref().map(|group| group.current.clone()))?;
        let (competition, event) = (session.competition.get_untracked()?, session.event.get_untracked()?);
        let command = DecideEquals { competition, event, order: order.get(), replaces, reason, preview };
        Some(Box::pin(call(command)) as Answer)
    };
    let must = move || {
        by() == Some(Last::Manual) || group.with(|group| group.as_ref().is_some_and(|group| !group.current.is_empty()))
    };
    view! {
        <EffectDialog
            open=open
            title=Signal::derive(move || tx("equals-dialog", &[("by", name(by()))]))
            about=Signal::derive(move || t("equals-dialog-about"))
            send=Callback::new(send)
            done=Callback::new(|()| ())
            testid="equals-dialog"
            apply="equals-save"
            must=Signal::derive(must)
        >
            <ol class="equals-order card" aria-label=move || t("equals-order")>
                <For each=move || order.get() key=Clone::clone let:entry>{line(entry, order, view)}</For>
            </ol>
        </EffectDialog>
    }
}

/// One entry of the order with the buttons that move it; what has the focus keeps it.
fn line(entry: EntryId, order: RwSignal<Vec<EntryId>>, view: RwSignal<Option<StandingsView>>) -> impl IntoView {
    let (number, who) = view.with_untracked(|view| {
        let row = view.as_ref().and_then(|view| view.rows.iter().find(|row| row.entry == entry));
        row.map(|row| (row.number.clone(), format!("{} {}", row.name, row.unit))).unwrap_or_default()
    });
    let moved = move |entry: &EntryId, by: isize| {
        order.update(|order| {
            let Some(at) = order.iter().position(|own| own == entry) else { return };
            let to = at.saturating_add_signed(by);
            if to < order.len() {
                order.swap(at, to);
            }
        });
    };
    let (up, down) = (entry.clone(), entry);
    let label = number.clone();
    let other = number.clone();
    view! {
        <li data-testid=format!("equals-order-{number}")>
            <b>{number.clone()}</b>
            <span class="who">{who}</span>
            <span class="push">
                <button type="button" class="btn" data-testid=format!("equals-up-{number}") aria-label=move || tx("equals-up", &[("number", &label)]) on:click=move |_| moved(&up, -1)>"↑"</button>
                <button type="button" class="btn" data-testid=format!("equals-down-{number}") aria-label=move || tx("equals-down", &[("number", &other)]) on:click=move |_| moved(&down, 1)>"↓"</button>
            </span>
        </li>
    }
}

/// Taking a decision back.
#[component]
pub fn WithdrawDialog(
    /// Whose; closed without one.
    entries: RwSignal<Option<Vec<EntryId>>>,
    /// The standings on screen.
    view: RwSignal<Option<StandingsView>>,
) -> impl IntoView {
    let session = use_session();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if entries.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            entries.set(None);
        }
    });
    let send = move |(preview, reason): Step| {
        let entries = entries.get_untracked()?;
        let (competition, event) = (session.competition.get_untracked()?, session.event.get_untracked()?);
        Some(Box::pin(call(WithdrawDecision { competition, event, entries, reason, preview })) as Answer)
    };
    let whom = move || {
        let entries = entries.get().unwrap_or_default();
        view.with(|view| {
            view.as_ref().map(|view| numbers(view, &entries, &t("standings-list-separator"))).unwrap_or_default()
        })
    };
    view! {
        <EffectDialog
            open=open
            title=Signal::derive(move || t("equals-withdraw-title"))
            about=Signal::derive(move || tx("equals-withdraw-about", &[("numbers", &whom())]))
            send=Callback::new(send)
            done=Callback::new(|()| ())
            testid="equals-withdrawing"
            apply="equals-withdraw"
            must=Signal::derive(|| true)
        />
    }
}
