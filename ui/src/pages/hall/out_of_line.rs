//! Panel marks that are out of line or cannot be checked, and marks to be given again with the first beside the present ones.

use super::View;
use super::act::Act;
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::hall::{HallCheck, HallRescore};
use leptos::prelude::*;

/// The checks.
pub(super) fn checks(view: View) -> impl IntoView {
    move || {
        let _ = language();
        let checks = view.read(|hall| hall.checks.clone());
        let body = if checks.is_empty() {
            view! { <p class="sub hall-quiet">{t("hall-in-line")}</p> }.into_any()
        } else {
            let rows = checks.into_iter().map(|check| check_row(view, check)).collect_view();
            view! {
                <div class="scroll short" tabindex="0" role="region" aria-label=t("hall-checks")>
                    <table>
                        <thead><tr>
                            <th>{t("hall-session")}</th><th>{t("hall-station")}</th><th>{t("hall-item")}</th><th>{t("hall-marks")}</th>
                            <th>{t("hall-check")}</th><th><span class="sr-only">{t("hall-do")}</span></th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! { <section class="card" data-testid="hall-checks"><h2 class="pad">{t("hall-checks")}</h2>{body}</section> }
    }
}

fn check_row(view: View, check: HallCheck) -> impl IntoView {
    let HallCheck { entry, session, station, item, name, spread, limit, marked, marks } = check;
    let given = marks.iter().map(|(_, code, mark)| {
        let mark = if mark.is_empty() { "·".to_owned() } else { mark.clone() };
        view! { <span class="hall-mark"><small>{code.clone()}</small> <b class="num">{mark}</b></span> " " }
    });
    let said = match &spread {
        Some(spread) => {
            let words = tx("hall-spread", &[("spread", spread), ("limit", &limit)]);
            view! { <span class="tag warn">{words}</span> }.into_any()
        }
        None => {
            let words = tx("hall-not-possible", &[("count", &marked.to_string())]);
            view! { <span class="tag plain">{words}</span> }.into_any()
        }
    };
    let testid = format!("hall-rescore-{station}-{item}");
    let act = Act::Rescore(entry, item.clone(), Vec::new(), false, station.clone());
    view! {
        <tr>
            <td>{session}</td><th scope="row">{station}</th><td>{item.to_string()} " " {name.get(&language()).to_owned()}</td>
            <td>{given.collect_view()}</td><td>{said}</td>
            <td>{spread.is_some().then(|| view! { <button class="btn quiet" data-testid=testid on:click=move |_| view.act.set(Some(act.clone()))>{t("hall-rescore")}</button> })}</td>
        </tr>
    }
}

/// Marks to be given again.
pub(super) fn rescores(view: View) -> impl IntoView {
    move || {
        let _ = language();
        let rescores = view.read(|hall| hall.rescores.clone());
        (!rescores.is_empty()).then(|| {
            let rows = rescores.into_iter().map(|own| rescore_row(view, own)).collect_view();
            view! {
                <section class="card" data-testid="hall-rescores">
                    <h2 class="pad">{t("hall-rescores")}</h2>
                    <div class="scroll short" tabindex="0" role="region" aria-label=t("hall-rescores")>
                        <table>
                            <thead><tr>
                                <th>{t("hall-session")}</th><th>{t("hall-station")}</th><th>{t("hall-item")}</th><th>{t("hall-judge")}</th>
                                <th class="num">{t("hall-first")}</th><th class="num">{t("hall-now")}</th><th>{t("hall-state")}</th><th>{t("reason")}</th>
                                <th><span class="sr-only">{t("hall-do")}</span></th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
            }
        })
    }
}

fn rescore_row(view: View, own: HallRescore) -> impl IntoView {
    let HallRescore { entry, session, station, item, judge, who, first, now, done, reason } = own;
    let act = Act::Rescore(entry, item.clone(), judge.into_iter().collect(), true, station.clone());
    let state = if done {
        view! { <span class="tag ok">{t("hall-rescored")}</span> }.into_any()
    } else {
        view! { <span class="tag warn">{t("hall-rescore-waits")}</span> }.into_any()
    };
    view! {
        <tr>
            <td>{session}</td><th scope="row">{station}</th><td>{item.to_string()}</td><td>{who}</td>
            <td class="num">{first}</td><td class="num">{now}</td><td>{state}</td><td>{reason}</td>
            <td>{(!done).then(|| view! { <button class="btn quiet" on:click=move |_| view.act.set(Some(act.clone()))>{t("hall-rescore-withdraw")}</button> })}</td>
        </tr>
    }
}
