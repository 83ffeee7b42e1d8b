//! The computer that stands by for the host of the hall (备用主机), on both of the two: how it is, and taking over and handing back.

use super::Task;
use crate::backend::call;
use crate::components::{Dialog, TextField, beside};
use crate::i18n::{t, tx};
use crate::time::moment;
use jiangsai_domain::command::standby::{
    HandBack, PairHeadquarters, ShowStandby, Standby, StandbyNode, StandsBy, StoodFor, TakeOver, ToHeadquarters,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often it asks. The answer is of this computer, so it costs no network.
const EVERY: Duration = Duration::from_secs(3);
/// Refusals that stand beside the address, and beside the code.
const ADDRESS: &[&str] = &["upstream-address", "upstream-unreachable", "upstream-strange", "upstream-other"];
const CODE: &[&str] = &[
    "pairing-code",
    "pairing-code-form",
    "pairing-code-typed",
    "pairing-code-group",
    "pairing-wait",
    "standby-headquarters-other",
    "standby-headquarters-code",
];

/// What a person is asked before it is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    TakeOver,
    HandBack,
}

/// The section; nothing where nobody stands by for anybody.
#[component]
pub fn StandbySection(
    /// Counts up when this computer begins or ends letting others in.
    served: RwSignal<u32>,
) -> impl IntoView {
    let task = Task::new();
    let shown = RwSignal::new(None::<Standby>);
    let asked = RwSignal::new(None::<Asked>);
    let look = move || {
        spawn_local(async move {
            if let Ok(found) = call(ShowStandby {}).await {
                shown.try_set(Some(found));
            }
        });
    };
    look();
    if let Ok(timer) = set_interval_with_handle(look, EVERY) {
        on_cleanup(move || timer.clear());
    }
    let take = move |found: Standby| {
        shown.try_set(Some(found));
        served.try_update(|served| *served += 1);
        Ok(())
    };
    let close = Callback::new(move |()| asked.set(None));
    let take_over = move |_| {
        asked.set(None);
        task.run(async move { take(call(TakeOver {}).await?) });
    };
    let hand_back = move |_| {
        asked.set(None);
        task.run(async move { take(call(HandBack {}).await?) });
    };
    // Of each by itself: what is typed into the form below stays while the rest is asked anew.
    let own = Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.own.clone())));
    let other = Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.other.clone())));
    let by_hub =
        Memo::new(move |_| own.with(|own| own.as_ref().is_some_and(|own| own.headquarters == ToHeadquarters::ByHub)));
    let any = move || own.with(Option::is_some) || other.with(Option::is_some);
    let effect = move || own.get().map(|own| effect_of(&own));
    view! {
        <Show when=any>
            <section class="card pad stack" aria-label=move || t("standby-title") data-testid="standby">
                <h2>{move || t("standby-title")}</h2>
                {move || other.get().map(|other| stood_for(&other))}
                {move || own.get().map(|own| stands_by(&own, task, asked))}
                <Show when=move || by_hub.get()>{pair(task, shown)}</Show>
                {task.told([ADDRESS, CODE].concat())}
            </section>
        </Show>
        <Dialog open=Signal::derive(move || asked.get() == Some(Asked::TakeOver)) title=Signal::derive(|| t("standby-take-over")) close=close testid="take-over-dialog">
            {effect}
            <p class="dialog-actions">
                <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="take-over-do" on:click=take_over>{move || t("standby-take-over-do")}</button>
            </p>
        </Dialog>
        <Dialog open=Signal::derive(move || asked.get() == Some(Asked::HandBack)) title=Signal::derive(|| t("standby-hand-back")) close=close testid="hand-back-dialog">
            <p>{move || t("standby-hand-back-effect")}</p>
            <p class="dialog-actions">
                <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="hand-back-do" on:click=hand_back>{move || t("standby-hand-back-do")}</button>
            </p>
        </Dialog>
    }
}

/// Another computer stands by for this one.
fn stood_for(other: &StoodFor) -> AnyView {
    let heard = other
        .heard_at
        .map_or_else(|| t("standby-other-silent"), |at| tx("standby-other-heard", &[("at", &moment(at))]));
    let state = match other.since {
        Some(since) => {
            let args = [("at", moment(since)), ("count", other.nodes.to_string())];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            view! { <p class="wrong-text" role="status" data-testid="standby-serves">{tx("standby-other-serves", &args)}</p> }.into_any()
        }
        None => view! { <p data-testid="standby-waits">{t("standby-other-waits")}</p> }.into_any(),
    };
    let closed = other.addresses.is_empty().then(|| view! { <p class="wrong-text">{t("standby-other-closed")}</p> });
    let reached = (!other.addresses.is_empty())
        .then(|| view! { <p class="sub">{tx("standby-reached", &[("addresses", &other.addresses.join(", "))])}</p> });
    view! {
        <p data-testid="standby-other">{tx("standby-other", &[("name", &other.name)])}</p>
        {state}
        <p class="sub">{heard}</p>
        {closed}
        {reached}
        <p>{t("standby-fingerprint")}" "<code>{other.fingerprint.to_string()}</code></p>
    }
    .into_any()
}

/// How the host is, as this computer heard it.
fn host(own: &StandsBy) -> String {
    match own.heard_at {
        Some(at) if own.hub_answers => tx("standby-hub-answers", &[("at", &moment(at))]),
        Some(at) => tx("standby-hub-silent", &[("at", &moment(at))]),
        None => t("standby-hub-never"),
    }
}

/// This computer stands by.
fn stands_by(own: &StandsBy, task: Task, asked: RwSignal<Option<Asked>>) -> AnyView {
    let both = own.since.is_some() && own.hub_answers;
    let state = own.since.map_or_else(|| t("standby-waits"), |at| tx("standby-serves", &[("at", &moment(at))]));
    let to = match own.headquarters {
        ToHeadquarters::HubIs => "standby-to-hub-is",
        ToHeadquarters::ByHub => "standby-to-by-hub",
        ToHeadquarters::Itself => "standby-to-itself",
    };
    let closed =
        (!own.open).then(|| view! { <p class="wrong-text" data-testid="standby-closed">{t("standby-closed")}</p> });
    let reached = (!own.addresses.is_empty())
        .then(|| view! { <p class="sub">{tx("standby-reached", &[("addresses", &own.addresses.join(", "))])}</p> });
    let line = |node: &StandbyNode| {
        let reads = t(&format!("bundle-reads-{}", node.reads.name()));
        let here = node.here.then(|| view! { <span class="tag">{t("standby-node-here")}</span> });
        view! { <li data-testid="standby-node">{node.name.clone()}" "<span class="sub">{reads}</span>" "{here}</li> }
    };
    let nodes = match own.nodes.is_empty() {
        true => view! { <p class="empty">{t("standby-nodes-none")}</p> }.into_any(),
        false => view! { <h3>{t("standby-nodes")}</h3><ul>{own.nodes.iter().map(line).collect_view()}</ul> }.into_any(),
    };
    let action = match own.since {
        None => view! { <button type="button" class="btn primary" data-testid="take-over" prop:disabled=move || task.busy.get() on:click=move |_| asked.set(Some(Asked::TakeOver))>{t("standby-take-over")}</button> }.into_any(),
        Some(_) => view! { <button type="button" class="btn" data-testid="hand-back" prop:disabled=move || task.busy.get() on:click=move |_| asked.set(Some(Asked::HandBack))>{t("standby-hand-back")}</button> }.into_any(),
    };
    view! {
        <p class="sub">{tx("standby-own-about", &[("hub", &own.hub)])}</p>
        <p data-testid="standby-hub">{host(own)}</p>
        <p role="status" data-testid="standby-state">{state}</p>
        {both.then(|| view! { <p class="wrong-text" role="status" data-testid="standby-both">{t("standby-both")}</p> })}
        {closed}
        {reached}
        <p data-testid="standby-to">{t(to)}</p>
        {nodes}
        <p class="actions">{action}</p>
    }
    .into_any()
}

/// Who will move, and what is not here.
fn effect_of(own: &StandsBy) -> AnyView {
    let names = own.nodes.iter().map(|node| view! { <li>{node.name.clone()}</li> }).collect_view();
    let moves = match own.nodes.len() {
        0 => t("standby-effect-nobody"),
        count => tx("standby-effect-move", &[("count", &count.to_string())]),
    };
    let missing = match own.heard_at {
        _ if own.hub_answers => t("standby-effect-alive"),
        Some(at) => tx("standby-effect-missing", &[("at", &moment(at))]),
        None => t("standby-effect-never"),
    };
    view! {
        <p data-testid="take-over-moves">{moves}</p>
        <ul>{names}</ul>
        <p data-testid="take-over-missing">{missing}</p>
    }
    .into_any()
}

/// With headquarters, so that this computer sends there by itself while it serves.
fn pair(task: Task, shown: RwSignal<Option<Standby>>) -> AnyView {
    let (url, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let connect = move || {
        let (url, code) = (url.get_untracked(), code.get_untracked());
        task.run(async move {
            shown.try_set(Some(call(PairHeadquarters { url, code }).await?));
            Ok(())
        });
    };
    view! {
        <form class="stack" on:submit=move |event| { event.prevent_default(); connect(); }>
            <p class="sub">{t("standby-pair-about")}</p>
            <div class="fields">
                <TextField label="bundle-url" value=url testid="standby-url" must=true wrong=beside(task.fault, ADDRESS) />
                <TextField label="bundle-code" value=code testid="standby-code" must=true wrong=beside(task.fault, CODE) />
            </div>
            <p class="actions"><button type="submit" class="btn" data-testid="standby-pair" prop:disabled=move || task.busy.get()>{t("standby-pair")}</button></p>
        </form>
    }
    .into_any()
}
