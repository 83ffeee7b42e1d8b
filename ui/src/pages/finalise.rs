//! Finalising (定稿): one way from the last mark to locked results, each step with what is still missing.

mod awards;
mod confirm;
mod lock;
mod proposals;
mod ties;

use crate::components::{duties, follow};
use crate::i18n::{message, t, tx, wire_error};
use crate::pages::draw::openings;
use crate::pages::standings::teams;
use crate::session::link;
use crate::time::moment;
use confirm::ConfirmForm;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::PhaseState;
use jiangsai_domain::command::finalising::{FinalStep, FinalStepId, FinalisingView, ShowFinalising};
use jiangsai_domain::confirmation::Duty;
use jiangsai_domain::view::Words;
use leptos::prelude::*;
use lock::Lock;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The page.
#[component]
pub fn FinalisePage() -> impl IntoView {
    let view = RwSignal::new(None::<FinalisingView>);
    let fault = RwSignal::new(None::<WireError>);
    follow(|competition, event| ShowFinalising { competition, event }, view, fault);
    go_on(view);
    let finality = move || view.with(|view| view.as_ref().and_then(|view| view.finalised.clone()));
    let order = [
        FinalStepId::Sheets,
        FinalStepId::Checked,
        FinalStepId::Ties,
        FinalStepId::ChiefJudge,
        FinalStepId::Supervisor,
        FinalStepId::Unseal,
        FinalStepId::Awards,
        FinalStepId::Lock,
    ];
    let steps = order.into_iter().enumerate().map(|(index, id)| view! { <Step index=index id=id view=view /> });
    let steps = steps.collect_view();
    view! {
        <div class="finalising">
            <header class="head">
                <h1>{move || t("finalising-title")}</h1>
                {move || match finality() {
                    Some(finality) => view! {
                        <span class="tag ok" data-testid="finalising-state" data-state="final">{t("standings-final")}</span>
                        <span class="sub">{tx("finalising-final-about", &[("number", &finality.number.to_string()), ("time", &moment(finality.at))])}</span>
                    }.into_any(),
                    None => view! {
                        <span class="tag warn" data-testid="finalising-state" data-state="provisional">{t("standings-provisional")}</span>
                        <span class="sub">{t("finalising-about")}</span>
                    }.into_any(),
                }}
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{wire_error(&error)}</p> })}
            <ol class="card final-steps" class:hidden=move || view.with(Option::is_none)>{steps}</ol>
            {duties(view)}
        </div>
    }
}

/// What comes next on the way: a name to type, something to decide, the lock; once that is closed, the documents.
const NEXT: [&str; 2] =
    [".final-steps .next :is(input, button.primary)", ".final-steps [data-testid='finalising-print']"];

/// Whoever comes to the page, or has just done a step, finds the keyboard at the next one.
fn go_on(view: RwSignal<Option<FinalisingView>>) {
    Effect::new(move |before: Option<bool>| {
        let here = view.with(Option::is_some);
        let arrives = here && before != Some(true);
        if here {
            request_animation_frame(move || {
                let now = document().active_element();
                // What a step was done with goes away with it; elsewhere somebody is at something else.
                let lost = now.is_none_or(|own| own.tag_name().eq_ignore_ascii_case("body"));
                let next = NEXT.iter().find_map(|place| document().query_selector(place).ok().flatten());
                if let Some(next) =
                    next.filter(|_| arrives || lost).and_then(|next| next.dyn_into::<HtmlElement>().ok())
                {
                    // What cannot take the focus leaves it where it is.
                    let _ = next.focus();
                }
            });
        }
        here
    });
}

/// A step: its number or a tick, its name, what is missing, and what can be done there.
#[component]
fn Step(
    /// Its place from 0.
    index: usize,
    /// Which.
    id: FinalStepId,
    /// Everything.
    view: RwSignal<Option<FinalisingView>>,
) -> impl IntoView {
    let step = Memo::new(move |_| {
        view.with(|view| view.as_ref().and_then(|view| view.steps.iter().find(|step| step.id == id).cloned()))
    });
    let state = move || step.with(|step| step.as_ref().map_or(PhaseState::Later, |step| step.state));
    let class = move || match state() {
        PhaseState::Done => "done",
        PhaseState::Next => "next",
        PhaseState::Later => "later",
    };
    let number = move || if state() == PhaseState::Done { "✓".to_owned() } else { (index + 1).to_string() };
    let lines = move |of: fn(&FinalStep) -> &Vec<Words>, class: &'static str| {
        let lines = step.with(|step| step.as_ref().map(|step| of(step).clone()).unwrap_or_default());
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|(key, args)| view! { <li>{message(&key, &args)}</li> }).collect_view();
            view! { <ul class=class>{lines}</ul> }
        })
    };
    view! {
        <li class=class data-testid=format!("finalising-{}", id.name()) data-state=class>
            <span class="n" aria-hidden="true">{number}</span>
            <div class="final-step">
                <h2>
                    {move || t(&format!("finalising-step-{}", id.name()))}
                    <span class="sr-only">{move || t(if state() == PhaseState::Done { "phase-done" } else { "phase-later" })}</span>
                </h2>
                {move || lines(|step| &step.missing, "final-missing")}
                {move || lines(|step| &step.notes, "final-notes")}
                {inside(id, view, step)}
            </div>
        </li>
    }
}

fn inside(id: FinalStepId, view: RwSignal<Option<FinalisingView>>, step: Memo<Option<FinalStep>>) -> AnyView {
    let open = move || step.with(|step| step.as_ref().is_some_and(|step| !step.missing.is_empty()));
    let way = move |page: &'static str, words: &'static str| {
        view! {
            <Show when=open>
                <p><a class="btn" href=move || link(page)>{move || t(words)}</a></p>
            </Show>
        }
        .into_any()
    };
    match id {
        FinalStepId::Sheets => ways(
            step,
            &[
                ("finalising-unsigned", "hall", "finalising-to-hall"),
                ("finalising-marks-missing", "marks", "finalising-to-marks"),
            ],
        ),
        FinalStepId::Checked => ways(
            step,
            &[
                ("finalising-unverified", "paper", "finalising-to-paper"),
                ("finalising-recheck", "recheck", "finalising-to-recheck"),
                ("finalising-findings", "findings", "finalising-to-findings"),
            ],
        ),
        FinalStepId::Ties => view! { {ties::ties(view)} <Show when=open><ties::OpenTies /></Show> }.into_any(),
        FinalStepId::ChiefJudge => view! { <ConfirmForm duty=Duty::ChiefJudge view=view step=step /> }.into_any(),
        FinalStepId::Supervisor => view! { <ConfirmForm duty=Duty::Supervisor view=view step=step /> }.into_any(),
        FinalStepId::Unseal => unseal(view),
        FinalStepId::Awards => {
            let teams = move || {
                view.with(|view| {
                    let view = view.as_ref()?;
                    Some(teams(view.teams.clone()?, view.seal.sealed))
                })
            };
            view! {
                {awards::awards(view)}
                {proposals::proposals(view)}
                {teams}
                {way("standings", "finalising-to-standings")}
            }
            .into_any()
        }
        FinalStepId::Lock => view! { <Lock view=view step=step /> }.into_any(),
    }
}

/// Ways to the pages where what is missing is done: what it is, the page, the words.
fn ways(step: Memo<Option<FinalStep>>, all: &'static [(&'static str, &'static str, &'static str)]) -> AnyView {
    let has = move |wanted: &'static str| {
        step.with(|step| step.as_ref().is_some_and(|step| step.missing.iter().any(|(key, _)| key == wanted)))
    };
    let one = move |(missing, page, words): &(&'static str, &'static str, &'static str)| {
        let (missing, page, words) = (*missing, *page, *words);
        view! { <Show when=move || has(missing)><a class="btn" href=move || link(page)>{move || t(words)}</a></Show> }
    };
    view! { <p class="final-form">{all.iter().map(one).collect_view()}</p> }.into_any()
}

/// The two confirmations of unsealing, while names are sealed.
fn unseal(view: RwSignal<Option<FinalisingView>>) -> AnyView {
    let seal = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.seal.clone()).unwrap_or_default()));
    view! {
        <Show when=move || seal.with(|seal| seal.sealed)>
            <div class="stack">{openings(seal)}</div>
        </Show>
    }
    .into_any()
}
