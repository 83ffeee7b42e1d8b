//! The start screen: what is here already, and how to begin.

use crate::backend::call;
use crate::components::{Dialog, TextField, beside, calmly};
use crate::i18n::{language, t, tx, wire_error};
use crate::session::{go, is_of_competitions, use_session};
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{CompetitionRow, CreateCompetition, ListCompetitions, StartFrom};
use jiangsai_domain::command::start::{CalculationReport, ListTemplates, Template, VerifyCalculation};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Refusals that stand beside the name of a new competition.
const TITLE: &[&str] = &["empty-title"];

/// The start screen.
#[component]
pub fn StartPage() -> impl IntoView {
    let session = use_session();
    let competitions = RwSignal::new(None::<Vec<CompetitionRow>>);
    let templates = RwSignal::new(Vec::<Template>::new());
    let chosen = RwSignal::new(None::<Template>);
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let list = move || {
        spawn_local(async move {
            match call(ListCompetitions {}).await {
                Ok(rows) => {
                    competitions.try_set(Some(rows));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    list();
    let again = calmly(list);
    Effect::new(move |before: Option<()>| {
        // A competition of another computer appears by itself.
        if is_of_competitions(&session.heard.get()) && before.is_some() {
            again();
        }
    });
    spawn_local(async move {
        if let Ok(found) = call(ListTemplates {}).await {
            templates.try_set(found);
        }
    });
    let sample = move |from: StartFrom| {
        busy.set(true);
        spawn_local(async move {
            let command = CreateCompetition { title: String::new(), event: String::new(), from };
            match call(command).await {
                Ok(id) => go(&format!("/c/{id}/home")),
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="start">
            <header>
                <h1>{move || t("start-title")}</h1>
                <p>{move || t("start-about")}</p>
            </header>
            <div class="column">
                <section class="choices" aria-label=move || t("start-begin")>
                    <h2>{move || t("start-begin")}</h2>
                    {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert" data-testid="start-fault">{move || wire_error(&error)}</p> })}
                    <div class="card choice">
                        <b>{move || t("start-sample")}</b>
                        <p>{move || t("start-sample-about")}</p>
                        <button class="btn primary" data-testid="start-sample" prop:disabled=move || busy.get() on:click=move |_| sample(StartFrom::Sample)>
                            {move || t(if busy.get() { "start-opening" } else { "start-open" })}
                        </button>
                    </div>
                    <div class="card choice">
                        <b>{move || t("start-sample-2")}</b>
                        <p>{move || t("start-sample-2-about")}</p>
                        <button class="btn" data-testid="start-sample-2" prop:disabled=move || busy.get() on:click=move |_| sample(StartFrom::RiceWineSample)>
                            {move || t(if busy.get() { "start-opening" } else { "start-open" })}
                        </button>
                    </div>
                </section>
                <section aria-label=move || t("start-competitions")>
                    <h2>{move || t("start-competitions")}</h2>
                    <div class="card">
                        {move || competitions.get().map(|rows| if rows.is_empty() {
                            view! { <p class="empty" data-testid="start-empty">{move || t("start-empty")}</p> }.into_any()
                        } else {
                            let lines = rows.into_iter().enumerate().map(|(index, row)| line(index, row)).collect_view();
                            view! { <ul class="competitions">{lines}</ul> }.into_any()
                        })}
                    </div>
                </section>
                <section class="choices" aria-label=move || t("start-tools")>
                    <h2>{move || t("start-tools")}</h2>
                    {verify()}
                    <div class="card choice">
                        <b>{move || t("backups-title")}</b>
                        <p>{move || t("start-backups-about")}</p>
                        <a class="btn" href="#/backups" data-testid="start-backups">{move || t("start-open")}</a>
                    </div>
                    <div class="card choice">
                        <b>{move || t("bundle-title")}</b>
                        <p>{move || t("start-exchange-about")}</p>
                        <a class="btn" href="#/exchange" data-testid="start-exchange">{move || t("start-open")}</a>
                    </div>
                    <div class="card choice">
                        <b>{move || t("hq-title")}</b>
                        <p>{move || t("start-headquarters-about")}</p>
                        <a class="btn" href="#/headquarters" data-testid="start-headquarters">{move || t("start-open")}</a>
                    </div>
                </section>
            </div>
            <section class="templates" aria-label=move || t("start-templates")>
                <h2>{move || t("start-templates")}</h2>
                <div class="template-cards">{move || templates.get().into_iter().map(|template| card(template, chosen)).collect_view()}</div>
            </section>
            {create(chosen)}
        </div>
    }
}

fn card(template: Template, chosen: RwSignal<Option<Template>>) -> impl IntoView {
    let (title, about) = (template.title.clone(), template.about.clone());
    let testid = format!("start-template-{}", template.id);
    view! {
        <div class="card choice">
            <b>{move || title.get(&language()).to_owned()}</b>
            <p>{move || about.get(&language()).to_owned()}</p>
            <button class="btn" data-testid=testid on:click=move |_| chosen.set(Some(template.clone()))>{move || t("start-use")}</button>
        </div>
    }
}

fn line(index: usize, row: CompetitionRow) -> impl IntoView {
    let address = format!("#/c/{}/home", row.id);
    let (date, entries) = (row.date.clone(), row.entries.to_string());
    let about = move || match date.as_str() {
        date if row.public => {
            [date, &t("hq-public-part")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }
        "" => tx("registration-total", &[("count", &entries)]),
        date => tx("start-line", &[("date", date), ("entries", &entries)]),
    };
    view! {
        <li>
            <a href=address data-testid=format!("competition-{index}")>
                <b>{row.title}</b>
                {row.synthetic.then(|| view! { <span class="tag plain">{move || t("synthetic")}</span> })}
                <small>{about}</small>
                <small>{moment(row.changed_at)}</small>
            </a>
        </li>
    }
}

/// The dialog that names a new competition.
fn create(chosen: RwSignal<Option<Template>>) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let event = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let close = Callback::new(move |()| {
        chosen.set(None);
        fault.set(None);
    });
    let submit = move || {
        let Some(template) = chosen.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let command = CreateCompetition {
                title: title.get_untracked(),
                event: event.get_untracked(),
                from: StartFrom::Template(template.id),
            };
            match call(command).await {
                Ok(id) => go(&format!("/c/{id}/home")),
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || chosen.with(Option::is_some))
            title=Signal::derive(move || t("create-heading"))
            close=close
            testid="create"
        >
            <form on:submit=move |event| {
                event.prevent_default();
                submit();
            }>
                <div class="stack">
                    <p>{move || chosen.with(|chosen| chosen.as_ref().map(|template| template.title.get(&language()).to_owned()))}</p>
                    <TextField label="create-title" value=title testid="create-title" must=true first=true wrong=beside(fault, TITLE) />
                    <TextField label="create-event" value=event testid="create-event" />
                    {move || fault.get().filter(|fault| !TITLE.contains(&fault.code.as_str())).map(|error| view! { <p class="wrong-text" role="alert" data-testid="create-fault">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="create-submit" prop:disabled=move || busy.get()>{move || t("create-do")}</button>
                </p>
            </form>
        </Dialog>
    }
}

/// Verifying the calculation on this computer, with real judges' marks.
fn verify() -> impl IntoView {
    let report = RwSignal::new(None::<Result<CalculationReport, WireError>>);
    let busy = RwSignal::new(false);
    let run = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = call(VerifyCalculation {}).await;
            busy.try_set(false);
            report.try_set(Some(answer));
        });
    };
    let told = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if report.with(Option::is_some) {
            // Once it is in the page: what was asked for must be in sight.
            request_animation_frame(move || {
                if let Some(told) = told.get_untracked() {
                    told.scroll_into_view_with_bool(false);
                }
            });
        }
    });
    let said = move || {
        report.get().map(|report| match report {
            Ok(report) => {
                let good = report.mismatches.is_empty();
                let args = [report.segments, report.marks, report.compared].map(|number| number.to_string());
                let key = if good { "verify-good" } else { "verify-bad" };
                let words = move || tx(key, &[("segments", &args[0]), ("marks", &args[1]), ("compared", &args[2])]);
                let source = report.source.clone();
                view! {
                    <p class:saved-text=good class:wrong-text=!good role="status" data-testid="verify-report" data-good=good.to_string()>{words}</p>
                    <p>{move || tx("verify-source", &[("source", &source)])}</p>
                    {report.mismatches.into_iter().map(|line| view! { <p class="wrong-text">{line}</p> }).collect_view()}
                }.into_any()
            }
            Err(error) => view! { <p class="wrong-text" role="alert">{move || wire_error(&error)}</p> }.into_any(),
        })
    };
    view! {
        <div class="card choice">
            <b>{move || t("verify-title")}</b>
            <p>{move || t("verify-about")}</p>
            <button class="btn" data-testid="verify" prop:disabled=move || busy.get() on:click=run>
                {move || t(if busy.get() { "verify-running" } else { "verify-do" })}
            </button>
            <div class="told" node_ref=told>{said}</div>
        </div>
    }
}
