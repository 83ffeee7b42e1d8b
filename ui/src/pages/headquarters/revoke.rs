//! Revoking a computer (吊销), or trusting it again: what it would change is shown first, in every competition in which it wrote.

use crate::backend::call;
use crate::components::effect::event_effects;
use crate::components::{Dialog, Foretold, TextField};
use crate::i18n::{message, t, tx, value, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::competition::HistoryLine;
use jiangsai_domain::command::nodes::{RestoreNode, RevokeNode, RevokedEffect, RevokedIn, TrustedIn, TrustedUntil};
use jiangsai_domain::ids::{CompetitionId, FactId, NodeId};
use leptos::prelude::*;

/// What is asked about: a computer by the name of its logs, what people call it, and whether it is to be trusted again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// How its logs name it.
    pub node: NodeId,
    /// What people call it.
    pub name: String,
    /// Trusted again.
    pub again: bool,
}

/// What a choice is called in the page; anything else is a record.
const CHOICES: [(&str, TrustedUntil); 2] = [("now", TrustedUntil::Now), ("nothing", TrustedUntil::Nothing)];

fn until_of(value: &str) -> TrustedUntil {
    let found = CHOICES.iter().find(|(name, _)| *name == value).map(|(_, until)| until.clone());
    found.unwrap_or_else(|| TrustedUntil::Record(FactId::from(value)))
}

fn value_of(until: &TrustedUntil) -> String {
    match until {
        TrustedUntil::Now => "now".to_owned(),
        TrustedUntil::Nothing => "nothing".to_owned(),
        TrustedUntil::Record(record) => record.to_string(),
    }
}

/// The dialog.
#[component]
pub(super) fn RevokeDialog(
    /// What is asked about; `None` while it is closed.
    asked: RwSignal<Option<Asked>>,
    /// Called when it was done.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    let until = RwSignal::new(TrustedUntil::Now);
    let chosen = RwSignal::new(Vec::<TrustedIn>::new());
    let foretold = Foretold::<RevokedEffect>::new();
    let Foretold { effect, fault, busy, .. } = foretold;
    Effect::new(move |_| {
        asked.track();
        reason.set(String::new());
        until.set(TrustedUntil::Now);
        chosen.set(Vec::new());
        foretold.forget();
    });
    let send = move |own: Asked, until: TrustedUntil, competitions: Vec<TrustedIn>, preview: bool| async move {
        let (node, reason) = (own.node, reason.get_untracked());
        if own.again {
            call(RestoreNode { node, reason, preview }).await
        } else {
            call(RevokeNode { node, until, competitions, reason, preview }).await
        }
    };
    Effect::new(move |_| {
        let Some(own) = asked.get() else { return };
        let (until, competitions) = (until.get(), chosen.get());
        foretold.ask(send(own, until, competitions, true));
    });
    let close = Callback::new(move |()| asked.set(None));
    let go = move |_| {
        let Some(own) = asked.get_untracked() else { return };
        let (until, competitions) = (until.get_untracked(), chosen.get_untracked());
        foretold.take(send(own, until, competitions, false), move || {
            asked.try_set(None);
            session.revision.try_update(|revision| *revision += 1);
            done.try_run(());
        });
    };
    let again = move || asked.with(|asked| asked.as_ref().is_some_and(|own| own.again));
    let name = move || asked.with(|asked| asked.as_ref().map(|own| own.name.clone()).unwrap_or_default());
    let key = move |revoke: &'static str, restore: &'static str| if again() { restore } else { revoke };
    let ready = move || !busy.get() && effect.with(Option::is_some) && reason.with(|reason| !reason.trim().is_empty());
    let option = move |name: &'static str, own: TrustedUntil| {
        view! { <option value=name selected=move || until.with(|until| *until == own)>{move || t(&format!("revoke-until-{name}"))}</option> }
    };
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            title=Signal::derive(move || tx(key("revoke-title", "restore-title"), &[("name", &name())]))
            close=close
            testid="revoke"
            wide=true
        >
            <p>{move || t(key("revoke-about", "restore-about"))}</p>
            <Show when=move || !again()>
                <label class="field">
                    <span>{move || t("revoke-until")}</span>
                    <select data-testid="revoke-until" on:change=move |event| until.set(until_of(&event_target_value(&event)))>
                        {CHOICES.map(|(name, own)| option(name, own)).into_iter().collect_view()}
                    </select>
                </label>
            </Show>
            {move || match effect.get() {
                Some(found) if found.competitions.is_empty() => view! { <p role="status" data-testid="revoke-none">{t("revoke-none")}</p> }.into_any(),
                Some(found) => found.competitions.into_iter().map(|one| competition(one, chosen, again())).collect_view().into_any(),
                None if fault.with(Option::is_none) => view! { <p role="status">{t("effect-reading")}</p> }.into_any(),
                None => ().into_any(),
            }}
            <TextField label="reason" value=reason testid="revoke-reason" must=true />
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="revoke-fault">{wire_error(&error)}</p> })}
            <p class="dialog-actions">
                <button type="button" class="btn" data-testid="revoke-cancel" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="revoke-apply" prop:disabled=move || !ready() on:click=go>{move || t(key("revoke-do", "restore-do"))}</button>
            </p>
        </Dialog>
    }
}

/// What it does to one competition, and what is trusted there.
fn competition(found: RevokedIn, chosen: RwSignal<Vec<TrustedIn>>, again: bool) -> impl IntoView {
    let counts = [("trusted", &*found.trusted.to_string()), ("quarantined", &*found.quarantined.to_string())];
    let said = tx("revoke-counts", &counts);
    let heading = found.title.clone();
    view! {
        <section class="stack" aria-label=found.title.clone() data-testid="revoke-competition">
            <h3>{heading}</h3>
            {(!again).then(|| choice(found.competition, found.records, chosen))}
            <p role="status" data-testid="revoke-counts">{said}</p>
            {event_effects(found.events)}
        </section>
    }
}

fn choice(id: CompetitionId, records: Vec<HistoryLine>, chosen: RwSignal<Vec<TrustedIn>>) -> impl IntoView {
    let own = chosen.with_untracked(|all| all.iter().find(|one| one.competition == id).map(|one| value_of(&one.until)));
    let own = own.unwrap_or_default();
    let is = |name: &str| own == name;
    let named = |name: &'static str| {
        view! { <option value=name selected=is(name)>{t(&format!("revoke-until-{name}"))}</option> }
    };
    let record = |line: HistoryLine| {
        let (key, args) = &line.what;
        let words = format!("{} · {} {}", moment(line.at), message(key, args), value(&line.after));
        let name = line.fact.to_string();
        let selected = is(&name);
        view! { <option value=name selected=selected>{tx("revoke-until-record", &[("record", &words)])}</option> }
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        chosen.update(|all| {
            all.retain(|one| one.competition != id);
            if !value.is_empty() {
                all.push(TrustedIn { competition: id.clone(), until: until_of(&value) });
            }
        });
    };
    view! {
        <label class="field">
            <span>{t("revoke-until-here")}</span>
            <select data-testid="revoke-until-here" on:change=choose>
                <option value="" selected=is("")>{t("revoke-until-same")}</option>
                {CHOICES.map(|(name, _)| named(name)).into_iter().collect_view()}
                {records.into_iter().map(record).collect_view()}
            </select>
        </label>
    }
}
