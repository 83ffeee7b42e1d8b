//! What is printed when names are locked: three slips with a code each, and the numbers of the works. Pages for the printer, and nowhere stored.

use crate::i18n::{t, tx};
use crate::session::use_session;
use crate::time::{moment, now};
use jiangsai_domain::command::draw::{Label, LockPlan};
use jiangsai_domain::draw::Office;
use leptos::prelude::*;

/// The papers, each on a page of its own when printed.
#[component]
pub fn Papers(
    /// What is on them.
    plan: LockPlan,
) -> impl IntoView {
    let session = use_session();
    // The slips of a plan that was given up look like those of the one that was locked.
    let (time, mark) = (moment(i64::try_from(now()).unwrap_or_default()), plan.mark.clone());
    let told = move |testid: String| {
        let (mark, time) = (tx("lock-slip-mark", &[("mark", &mark)]), tx("lock-slip-time", &[("time", &time)]));
        view! { <p class="mono lock-mark" data-testid=testid><span>{mark}</span>" "<span>{time}</span></p> }
    };
    let list_told = told("lock-mark-labels".to_owned());
    let heading = move || {
        let event = session.event.get();
        let (title, name) = session.home.with(|home| {
            let home = home.as_ref();
            let named = home.and_then(|home| home.events.iter().find(|(id, _)| Some(id) == event.as_ref()));
            (
                home.map(|home| home.title.clone()).unwrap_or_default(),
                named.map(|(_, name)| name.clone()).unwrap_or_default(),
            )
        });
        tx("lock-slip", &[("competition", &title), ("event", &name)])
    };
    let slip = move |(office, code): (Office, String)| {
        view! {
            <section class="lock-slip">
                <p class="sub">{heading}</p>
                <h3>{t(office.key())}</h3>
                <p class="mono lock-code" data-testid=format!("lock-code-{}", office.name())>{code}</p>
                {told(format!("lock-mark-{}", office.name()))}
                <p class="sub">{t("lock-slip-about")}</p>
            </section>
        }
    };
    let row = |Label { before, code }: Label| {
        view! { <tr><td class="num">{before.clone()}</td><td class="num"><b data-testid=format!("lock-label-{before}")>{code}</b></td></tr> }
    };
    view! {
        <div class="lock-papers" data-testid="lock-papers">
            {plan.codes.into_iter().map(slip).collect_view()}
            <section class="lock-labels">
                <p class="sub">{heading}</p>
                <h3>{t("lock-labels")}</h3>
                {list_told}
                <p class="sub">{t("lock-labels-about")}</p>
                <table>
                    <thead><tr><th>{t("lock-col-before")}</th><th>{t("lock-col-code")}</th></tr></thead>
                    <tbody>{plan.labels.into_iter().map(row).collect_view()}</tbody>
                </table>
            </section>
        </div>
        <p><button type="button" class="btn" data-testid="lock-print" on:click=move |_| {
            // Where there is no printer the papers are written down by hand.
            let _ = window().print();
        }>{t("lock-print")}</button></p>
    }
}
