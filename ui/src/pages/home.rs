//! The home page of a competition: a checklist of phases with one next step and what is still missing.

use crate::i18n::{language, message, t, tx, value};
use crate::session::{link, use_session};
use crate::time::moment;
use jiangsai_domain::command::competition::{HistoryLine, Phase, PhaseState};
use jiangsai_scoring::Text;
use leptos::prelude::*;

/// How many of the latest records the page has room for.
const RECENT: usize = 6;

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let session = use_session();
    let home = move || session.home.get();
    // Where nothing came, the frame says why.
    let nothing = move || session.home.with(Option::is_none);
    let public = move || session.home.with(|home| home.as_ref().is_some_and(|home| home.public));
    view! {
        <Show when=public><Public /></Show>
        <div class:hidden=move || nothing() || public()>
            <header class="head">
                <h1>{move || t("home-title")}</h1>
                <span class="sub">{move || home().and_then(|home| {
                    let next = home.phases.into_iter().find(|phase| phase.state == PhaseState::Next)?;
                    Some(tx("home-next", &[("step", &t(&format!("phase-{}", next.id)))]))
                })}</span>
            </header>
            <ul class="phases card" data-testid="phases">
                {move || home().map(|home| home.phases.into_iter().enumerate().map(|(index, phase)| line(index, phase)).collect_view())}
            </ul>
            <div class="home-cards">
                <section class="card pad">
                    <h2>{move || t("home-progress")}</h2>
                    {move || home().map(|home| if home.modules.is_empty() {
                        view! { <p>{move || t("home-progress-empty")}</p> }.into_any()
                    } else {
                        home.modules.into_iter().map(progress).collect_view().into_any()
                    })}
                </section>
                <section class="card pad">
                    <h2>{move || t("home-recent")}</h2>
                    <ul class="recent">
                        {move || home().map(|home| home.recent.into_iter().take(RECENT).map(recent).collect_view())}
                    </ul>
                </section>
            </div>
        </div>
    }
}

/// A level above, which receives public facts and statistics alone: what is missing says nothing, and nobody works on it here.
#[component]
fn Public() -> impl IntoView {
    view! {
        <header class="head"><h1>{move || t("home-title")}</h1></header>
        <section class="card pad stack" data-testid="home-public">
            <h2>{move || t("hq-public-part")}</h2>
            <p>{move || t("hq-public-about")}</p>
            <p><a class="btn primary" href="#/headquarters">{move || t("home-public-see")}</a></p>
        </section>
    }
}

fn line(index: usize, phase: Phase) -> impl IntoView {
    let class = match phase.state {
        PhaseState::Done => "done",
        PhaseState::Next => "next",
        PhaseState::Later => "later",
    };
    let number = if phase.state == PhaseState::Done { "✓".to_owned() } else { (index + 1).to_string() };
    let id = phase.id.clone();
    let name = phase.id.clone();
    let whole = phase.id.clone();
    let address = phase.id.clone();
    let notes = phase.notes;
    let end = match phase.state {
        PhaseState::Done => view! { <span class="tag ok">{move || t("phase-done")}</span> }.into_any(),
        PhaseState::Later => view! { <span class="tag plain">{move || t("phase-later")}</span> }.into_any(),
        PhaseState::Next => view! {
            <a class="btn primary" data-testid="next-step" href=move || link(&id)>{
                let id = phase.id.clone();
                move || t(&format!("phase-{id}-do"))
            }</a>
        }
        .into_any(),
    };
    view! {
        <li class=class data-phase=whole>
            <span class="n" aria-hidden="true">{number}</span>
            <a class="t" href=move || link(&address)>{move || t(&format!("phase-{name}"))}</a>
            <span class="d">{move || notes.iter().map(|(key, args)| message(key, args)).collect::<Vec<_>>().join(" · ")}</span>
            {end}
        </li>
    }
}

fn progress((name, done, all): (Text, u32, u32)) -> impl IntoView {
    let label = name.clone();
    view! {
        <p><span>{move || name.get(&language()).to_owned()}</span><span>{format!("{done} / {all}")}</span></p>
        <progress class="meter" max=all value=done aria-label=move || label.get(&language()).to_owned()></progress>
    }
}

fn recent(line: HistoryLine) -> impl IntoView {
    let (key, args) = line.what;
    let after = line.after;
    let shown = Signal::derive(move || {
        let (what, after) = (message(&key, &args), value(&after));
        let what = what.trim_end();
        if after.is_empty() { what.to_owned() } else { tx("home-recent-line", &[("what", what), ("after", &after)]) }
    });
    view! {
        <li>
            <time>{moment(line.at).get(5..16).unwrap_or_default().to_owned()}</time>
            <span title=shown>{shown}</span>
        </li>
    }
}
