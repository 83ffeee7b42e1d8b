//! Voiding a draw, and choosing between draws that cross: both with a reason, after their effect was shown.

use crate::backend::call;
use crate::components::{Dialog, TextField};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::draw::{ChooseDraw, DrawView, HeldView, VoidDraw};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What becomes of a draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settling {
    /// It is voided.
    Void(HeldView),
    /// It stands, and those that cross with it do not.
    Choose(HeldView),
}

impl Settling {
    const fn held(&self) -> &HeldView {
        match self {
            Self::Void(held) | Self::Choose(held) => held,
        }
    }
}

/// Draws that cross, each with a button to choose it.
pub fn crossing(view: RwSignal<Option<DrawView>>, settling: RwSignal<Option<Settling>>) -> impl IntoView {
    move || {
        let crossing = view.with(|view| view.as_ref().map(|view| view.crossing.clone()).unwrap_or_default());
        let line = move |(index, held): (usize, HeldView)| {
            let said = tx("draw-crossing-one", &[("time", &moment(held.at)), ("lots", &held.lots.to_string())]);
            view! {
                <li>
                    <span>{said}</span>
                    <button class="btn" data-testid=format!("draw-choose-{index}") on:click=move |_| settling.set(Some(Settling::Choose(held.clone())))>{t("draw-choose")}</button>
                </li>
            }
        };
        (!crossing.is_empty()).then(|| {
            view! {
                <div class="marks-banner bad" role="alert" data-testid="draw-crossing">
                    <p>{t("draw-crossing")}</p>
                    <ul class="notes">{crossing.into_iter().enumerate().map(line).collect_view()}</ul>
                </div>
            }
        })
    }
}

/// The dialog for both.
#[component]
pub fn SettleDialog(
    /// What is to be done; closed while `None`.
    settling: RwSignal<Option<Settling>>,
    /// The draw on screen.
    view: RwSignal<Option<DrawView>>,
) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        if settling.with(Option::is_some) {
            reason.set(String::new());
            fault.set(None);
        }
    });
    let voiding = move || settling.with(|settling| matches!(settling, Some(Settling::Void(_))));
    let key = move |void: &'static str, choose: &'static str| if voiding() { void } else { choose };
    let about = move || {
        let lots = settling.with(|settling| settling.as_ref().map(|settling| settling.held().lots).unwrap_or_default());
        tx(key("draw-void-about", "draw-choose-about"), &[("lots", &lots.to_string())])
    };
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let Some((layer, of)) = view.with_untracked(|view| view.as_ref().map(|view| view.of.clone())) else { return };
        let Some(what) = settling.get_untracked() else { return };
        let reason = reason.get_untracked();
        spawn_local(async move {
            let draw = what.held().draw.clone();
            let answer = match what {
                Settling::Void(_) => call(VoidDraw { competition, event, layer, session: of, draw, reason }).await,
                Settling::Choose(_) => call(ChooseDraw { competition, event, layer, session: of, draw, reason }).await,
            };
            match answer {
                Ok(()) => {
                    settling.try_set(None);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || settling.with(Option::is_some))
            title=Signal::derive(move || t(key("draw-void-title", "draw-choose-title")))
            close=Callback::new(move |()| settling.set(None))
            testid="draw-settle"
        >
            <form on:submit=move |event| { event.prevent_default(); go(); }>
                <div class="stack">
                    <p>{about}</p>
                    <TextField label="reason" value=reason testid="draw-settle-reason" must=true first=true />
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="draw-settle-fault">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| settling.set(None)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="draw-settle-do">{move || t(key("draw-void-do", "draw-choose"))}</button>
                </p>
            </form>
        </Dialog>
    }
}
