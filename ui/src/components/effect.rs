//! A step whose effect on the standings is shown before it is taken, with its reason.

use super::{Dialog, Foretold};
use crate::backend::call;
use crate::i18n::{language, t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{EntryChange, TeamChange};
use jiangsai_domain::command::foresee::{Foresee, Foreseen, Outdated, Step as Foreseeable};
use jiangsai_domain::command::nodes::EventEffect;
use jiangsai_domain::command::results::Effect as Change;
use jiangsai_scoring::Text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;

/// The answer to a step, when it comes.
pub type Answer = Pin<Box<dyn Future<Output = Result<Change, WireError>>>>;

/// Whether only the effect is wanted, and the reason.
pub type Step = (bool, String);

/// The dialog. The effect is asked for when it opens, and again when what `send` reads changes.
#[component]
pub fn EffectDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What the step is.
    #[prop(into)]
    about: Signal<String>,
    /// Sends it.
    send: Callback<Step, Option<Answer>>,
    /// Called when it was taken.
    done: Callback<()>,
    /// Its test id; that of its fields begins with it.
    testid: &'static str,
    /// Locale key of the button that takes the step.
    apply: &'static str,
    /// A reason must be given.
    #[prop(into)]
    must: Signal<bool>,
    /// What stands above the effect.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    let foretold = Foretold::<Change>::new();
    let Foretold { effect: change, fault, busy, .. } = foretold;
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        let Some(answer) = send.run((true, String::new())) else { return };
        change.set(None);
        foretold.ask(answer);
    });
    Effect::new(move |_| {
        if open.get() {
            reason.set(String::new());
            fault.set(None);
        }
    });
    let go = move |_| {
        let Some(answer) = untrack(|| send.run((false, reason.get_untracked()))) else { return };
        foretold.take(answer, move || {
            open.try_set(false);
            session.revision.try_update(|revision| *revision += 1);
            done.try_run(());
        });
    };
    let ready = move || !busy.get() && change.with(Option::is_some) && (!must.get() || !reason.get().trim().is_empty());
    let children = StoredValue::new(children);
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=title
            close=Callback::new(move |()| open.set(false))
            testid=testid
            wide=true
        >
            <p>{move || about.get()}</p>
            {children.with_value(|children| children.as_ref().map(|children| children()))}
            {move || match change.get() {
                Some(change) => view! {
                    <p role="status" data-testid=format!("{testid}-effect")>{summary(change.changes.len(), change.hidden)}</p>
                    {changes(change.changes)}
                    {teams(change.teams)}
                    {outdated(change.outdated)}
                }.into_any(),
                None if fault.with(Option::is_none) => view! { <p role="status">{t("effect-reading")}</p> }.into_any(),
                None => ().into_any(),
            }}
            <label class="field">
                <span class:must=move || must.get()>{move || t("reason")}</span>
                <input
                    data-testid=format!("{testid}-reason")
                    maxlength="500"
                    autocomplete="off"
                    prop:value=move || reason.get()
                    on:input=move |event| reason.set(event_target_value(&event))
                />
            </label>
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid=format!("{testid}-fault")>{move || wire_error(&error)}</p> })}
            <p class="dialog-actions">
                <button type="button" class="btn" data-testid=format!("{testid}-cancel") on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid=format!("{testid}-apply") prop:disabled=move || !ready() on:click=go>{move || t(apply)}</button>
            </p>
        </Dialog>
    }
}

/// What steps would change, asked for again whenever they are others: ranks, awards, and documents that are out already.
#[component]
pub fn Foresight(
    /// The steps; none while nothing is to be taken.
    #[prop(into)]
    steps: Signal<Vec<Foreseeable>>,
    /// Says nothing where nothing changes.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let session = use_session();
    let found = RwSignal::new(None::<Result<Foreseen, WireError>>);
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let steps = steps.get();
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        found.set(None);
        let (Some(competition), Some(event)) =
            (session.competition.get_untracked(), session.event.get_untracked().filter(|_| !steps.is_empty()))
        else {
            return;
        };
        spawn_local(async move {
            let answer = call(Foresee { competition, event, steps }).await;
            // Something else is asked about by now, or nothing.
            if asked.try_get_value() == Some(turn) {
                found.try_set(Some(answer));
            }
        });
    });
    let shown = move || {
        let answer = match found.get() {
            Some(answer) => answer,
            None if quiet || steps.with(Vec::is_empty) => return ().into_any(),
            None => return view! { <p role="status">{t("effect-reading")}</p> }.into_any(),
        };
        match answer {
            Ok(found) if quiet && found.changes.is_empty() && found.outdated == Outdated::default() => ().into_any(),
            Ok(found) => foreseen(found),
            Err(_) if quiet => ().into_any(),
            Err(error) => {
                view! { <p class="wrong-text" role="alert" data-testid="foreseen-fault">{wire_error(&error)}</p> }
                    .into_any()
            }
        }
    };
    view! { <div class="stack" data-testid="foreseen">{shown}</div> }
}

/// How many change, in words.
fn summary(count: usize, hidden: bool) -> String {
    match count {
        0 if hidden => t("effect-hidden"),
        0 => t("effect-none"),
        count if hidden => format!("{} {}", tx("effect-modules", &[("count", &count.to_string())]), t("effect-hidden")),
        count => tx("effect-count", &[("count", &count.to_string())]),
    }
}

fn foreseen(found: Foreseen) -> AnyView {
    let stake = at_stake(found.at_stake);
    view! {
        <p role="status" data-testid="foreseen-count" data-count=found.changes.len().to_string()>{summary(found.changes.len(), found.hidden)}</p>
        {changes(found.changes)}
        {teams(found.teams)}
        {outdated(found.outdated)}
        {stake}
        {found.locked.then(|| view! { <p class="wrong-text" data-testid="foreseen-locked">{t("effect-locked")}</p> })}
    }
    .into_any()
}

/// What changes in each event; that nothing does where none is named.
pub fn event_effects(events: Vec<EventEffect>) -> impl IntoView {
    if events.is_empty() {
        return view! { <p role="status" data-testid="effects-none">{t("effect-none")}</p> }.into_any();
    }
    let one = |effect: EventEffect| {
        view! { <div class="stack" data-testid="effects-event"><h4>{effect.name}</h4>{foreseen(effect.foreseen)}</div> }
    };
    events.into_iter().map(one).collect_view().into_any()
}

/// What is true now and may not be once something is corrected; nothing where nothing is out.
fn at_stake(found: Outdated) -> Option<impl IntoView> {
    let listed = |key: &str, all: Vec<String>| {
        (!all.is_empty()).then(|| view! { <li>{tx(key, &[("list", &all.join(&t("standings-list-separator")))])}</li> })
    };
    let out = found != Outdated::default();
    let bulletins = listed("effect-stake-bulletins", found.bulletins.iter().map(ToString::to_string).collect());
    let certificates = listed("effect-stake-certificates", found.certificates);
    let confirmed = found.unconfirmed.then(|| view! { <li>{t("effect-stake-confirmed")}</li> });
    out.then(|| {
        view! {
            <div data-testid="foreseen-at-stake">
                <p>{t("effect-at-stake")}</p>
                <ul class="notes">{bulletins}{certificates}{confirmed}</ul>
            </div>
        }
    })
}

/// Documents that are out, and confirmations, that would no longer be true.
pub fn outdated(found: Outdated) -> impl IntoView {
    let listed = |key: &str, all: Vec<String>| {
        (!all.is_empty()).then(
            || view! { <p class="wrong-text">{tx(key, &[("list", &all.join(&t("standings-list-separator")))])}</p> },
        )
    };
    let bulletins = listed("effect-bulletins", found.bulletins.iter().map(ToString::to_string).collect());
    let certificates = listed("effect-certificates", found.certificates);
    let unconfirmed = found.unconfirmed.then(|| view! { <p class="wrong-text">{t("effect-unconfirmed")}</p> });
    view! { {bulletins}{certificates}{unconfirmed} }
}

/// Every entry whose rank, total or awards change: before and after.
pub fn changes(changes: Vec<EntryChange>) -> impl IntoView {
    let none = changes.is_empty();
    let language = language();
    let names =
        |names: &[Text]| names.iter().map(|name| name.get(&language).to_owned()).collect::<Vec<_>>().join(" · ");
    let rows = changes.into_iter().map(|change| {
        let (before, after) = (names(&change.awards_before), names(&change.awards_after));
        view! {
            <tr>
                <td>{change.number}</td>
                <td class="num">{change.before}" "{before}</td>
                <td class="num">{change.after}" "{after}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="scroll short card" class:hidden=none tabindex="0"><table>
            <thead><tr><th>{t("entry-number")}</th><th class="num">{t("rules-before")}</th><th class="num">{t("rules-after")}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

/// Every team whose rank or result changes: before and after. Nothing where none does.
pub fn teams(changes: Vec<TeamChange>) -> Option<impl IntoView> {
    let row = |change: TeamChange| view! { <tr><td>{change.team}</td><td class="num">{change.before}</td><td class="num">{change.after}</td></tr> };
    (!changes.is_empty()).then(|| {
        view! {
            <p>{t("effect-teams")}</p>
            <div class="scroll short card" tabindex="0" role="region" aria-label=t("effect-teams") data-testid="effect-teams"><table>
                <thead><tr><th>{t("standings-col-team")}</th><th class="num">{t("rules-before")}</th><th class="num">{t("rules-after")}</th></tr></thead>
                <tbody>{changes.into_iter().map(row).collect_view()}</tbody>
            </table></div>
        }
    })
}
