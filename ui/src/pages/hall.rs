//! The chief judge's view (裁判长): the hall at a glance, sheets that are not handed in, what is out of line, what waits for a decision.

mod act;
mod adjust;
mod lock;
mod out_of_line;
mod panel;
mod seats;
mod sheets;

use crate::components::follow;
use crate::i18n::{language, t, tx, wire_error};
use crate::session::link;
use act::{Act, ActDialog};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::hall::{Hall, HallGroup, HallRemark, ShowHall};
use jiangsai_domain::sheet::Confirmation;
use leptos::prelude::*;

/// What the parts of the page share. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct View {
    /// The hall as the application last said.
    hall: RwSignal<Option<Hall>>,
    /// What is asked about before it is done.
    act: RwSignal<Option<Act>>,
}

impl View {
    /// Entries to choose from, by 场次 and 赛位号; nobody first.
    fn entries(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let mut found: Vec<(String, String)> = vec![(String::new(), t("hall-choose"))];
            for (entry, session, station) in self.read(|hall| hall.entries.clone()) {
                found.push((entry.to_string(), format!("{session} {station}")));
            }
            found
        })
    }

    fn read<T: Default>(self, read: impl FnOnce(&Hall) -> T) -> T {
        self.hall.with(|hall| hall.as_ref().map(read).unwrap_or_default())
    }
}

/// The page.
#[component]
pub fn HallPage() -> impl IntoView {
    let view = View { hall: RwSignal::new(None), act: RwSignal::new(None) };
    let fault = RwSignal::new(None::<WireError>);
    let locking = RwSignal::new(false);
    follow(|competition, event| ShowHall { competition, event }, view.hall, fault);
    let empty = move || {
        view.hall.with(|hall| hall.as_ref().is_some_and(|hall| hall.sheets.is_empty() && hall.adjustable.is_empty()))
    };
    view! {
        <div class="hall">
            <header class="head">
                <h1>{move || t("hall-title")}</h1>
                <span class="sub" data-testid="hall-signed">{move || {
                    let (signed, sheets) = view.read(|hall| {
                        (hall.groups.iter().map(|group| group.signed).sum::<u32>(), hall.sheets.len())
                    });
                    tx("hall-signed", &[("signed", &signed.to_string()), ("sheets", &sheets.to_string())])
                }}</span>
                <span class="push">
                    <button class="btn" data-testid="hall-lock" on:click=move |_| locking.set(true)>{move || t("hall-lock")}</button>
                    <a class="btn" href=move || link("desk")>{move || t("nav-desk")}</a>
                </span>
            </header>
            {move || fault.get().map(|error| view! { <p class="marks-banner bad" role="alert">{move || wire_error(&error)}</p> })}
            <Show when=empty>
                <section class="card empty" data-testid="hall-empty">
                    <h2>{move || t("hall-empty-title")}</h2>
                    <p>{move || t("hall-empty")}</p>
                    <p class="actions"><a class="btn primary" href=move || link("judges")>{move || t("nav-judges")}</a></p>
                </section>
            </Show>
            <Show when=move || !empty()>
                {out_of_line::checks(view)}
                {panel::panel(view)}
                {out_of_line::rescores(view)}
                {sheets::unsigned(view)}
                {groups(view)}
                {adjust::adjust(view)}
                {seats::seats(view)}
                {remarks(view)}
            </Show>
            <ActDialog view=view />
            <lock::LockDialog open=locking />
        </div>
    }
}

fn groups(view: View) -> impl IntoView {
    let row = |group: HallGroup| {
        let HallGroup { session, module, judge, missing, items, signed, sheets } = group;
        let done = items.saturating_sub(missing);
        let nobody = judge.is_empty();
        view! {
            <tr>
                <td>{session}</td>
                <td>{module.get(&language()).to_owned()}</td>
                <th scope="row">{if nobody { t("hall-nobody") } else { judge }}</th>
                <td class="num">{format!("{done} / {items}")}</td>
                <td><progress class="meter" max=items.to_string() value=done.to_string() aria-label=t("hall-marked")></progress></td>
                <td class="num">{format!("{signed} / {sheets}")}</td>
                <td>{(signed == sheets).then(|| view! { <span class="tag ok">{t("hall-all-in")}</span> })}</td>
            </tr>
        }
    };
    view! {
        <section class="card" data-testid="hall-groups">
            <h2 class="pad">{move || t("hall-groups")}</h2>
            <div class="scroll short" tabindex="0" role="region" aria-label=move || t("hall-groups")>
                <table>
                    <thead><tr>
                        <th>{move || t("hall-session")}</th><th>{move || t("hall-module")}</th><th>{move || t("hall-judge")}</th>
                        <th class="num">{move || t("hall-marked")}</th><th><span class="sr-only">{move || t("hall-marked")}</span></th>
                        <th class="num">{move || t("hall-sheets-signed")}</th><th><span class="sr-only">{move || t("hall-state")}</span></th>
                    </tr></thead>
                    <tbody>{move || { let _ = language(); view.read(|hall| hall.groups.clone()).into_iter().map(row).collect_view() }}</tbody>
                </table>
            </div>
        </section>
    }
}

/// What contestants said, and 补时.
fn remarks(view: View) -> impl IntoView {
    let row = |remark: HallRemark| {
        let HallRemark { session, station, module, confirmed, seconds, reason } = remark;
        let said = confirmed.map(|said| {
            t(match said {
                Confirmation::Signed => "desk-confirm-signed",
                Confirmation::Refused => "desk-confirm-refused",
                Confirmation::Withdrawn => "desk-confirm-withdrawn",
            })
        });
        let extra = (seconds > 0).then(|| {
            tx(
                "desk-extra-shown",
                &[("minutes", &(seconds / 60).to_string()), ("seconds", &(seconds % 60).to_string())],
            )
        });
        view! {
            <tr>
                <td>{session}</td><th scope="row">{station}</th><td>{module.get(&language()).to_owned()}</td>
                <td>{said}</td><td>{extra}</td><td>{reason}</td>
            </tr>
        }
    };
    move || {
        let remarks = view.read(|hall| hall.remarks.clone());
        (!remarks.is_empty()).then(|| {
            view! {
                <section class="card" data-testid="hall-remarks">
                    <h2 class="pad">{t("hall-remarks")}</h2>
                    <div class="scroll short" tabindex="0" role="region" aria-label=t("hall-remarks")>
                        <table>
                            <thead><tr>
                                <th>{t("hall-session")}</th><th>{t("hall-station")}</th><th>{t("hall-module")}</th>
                                <th>{t("hall-confirmed")}</th><th>{t("desk-extra")}</th><th>{t("reason")}</th>
                            </tr></thead>
                            <tbody>{remarks.into_iter().map(row).collect_view()}</tbody>
                        </table>
                    </div>
                </section>
            }
        })
    }
}
